"""Work that takes too long is stopped, so that one page cannot stop all the others.

    with limited(300, path="source_articles/endless.html"):
        build(page)

The system's alarm clock interrupts whatever goes on, searches with regular expressions too. It
rings in the main thread of a process alone, and not on Windows: elsewhere work takes what it takes.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from polypage.errors import TimeLimitError

_AGAIN = 1.0
"""Seconds after which it rings again, should somebody have taken the error for another."""


@contextmanager
def limited(seconds: float, *, path: str) -> Iterator[None]:
    """Stop work on a file after some seconds.

    Raises:
        TimeLimitError: It took longer.
    """

    def ring(_number: int, _frame: FrameType | None) -> None:
        remedy = "see what is unusual about it, or raise [run] time_limit"
        raise TimeLimitError(path, f"takes longer than {seconds:g} seconds", remedy=remedy)

    if not hasattr(signal, "setitimer") or threading.current_thread() != threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    left = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        # Of limits within limits, the outer one goes on.
        signal.setitimer(signal.ITIMER_REAL, *left)
        signal.signal(signal.SIGALRM, before)
