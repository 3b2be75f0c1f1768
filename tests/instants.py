"""What happens in the instant between two steps of ours.

    with before_renaming(".displaced", lambda name: path.write_bytes(b"saved")):
        commit(path, change)

Python tells of each file that it moves before it does (sys.addaudithook).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

_Listener: TypeAlias = Callable[[str], None]
_listeners: list[_Listener] = []


@contextmanager
def before_renaming(ending: str, do: Callable[[str], object]) -> Iterator[None]:
    """Do something each time before a file gets a name that ends so; it is given the name."""

    def listener(name: str) -> None:
        if name.endswith(ending):
            do(name)

    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def _tell(event: str, given: tuple[Any, ...]) -> None:
    if event == "os.rename":
        for listener in tuple(_listeners):
            listener(str(given[1]))


sys.addaudithook(_tell)  # which cannot be taken back
