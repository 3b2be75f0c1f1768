"""How the time that something takes grows with what it is given.

No limit of seconds, which another machine would not keep: what is asked is whether eight times
the text takes about eight times the time, or sixty-four.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time
from typing import TypeVar

Given = TypeVar("Given")

_NOTHING = 0.01
"""Seconds below which a time says nothing about its growth."""


def assert_grows_evenly(act: Callable[[Given], object], few: Given, many: Given) -> None:
    """Assert that something that is eight times as much takes less than thirty times as long."""
    assert seconds(act, many) < 30 * (seconds(act, few) + _NOTHING)


def seconds(act: Callable[[Given], object], given: Given) -> float:
    """Return the processor's time in the best of a few runs, which others disturb least."""
    gc.disable()
    try:
        return min(_once(act, given) for _ in range(3))
    finally:
        gc.enable()


def _once(act: Callable[[Given], object], given: Given) -> float:
    begun = process_time()
    act(given)
    return process_time() - begun
