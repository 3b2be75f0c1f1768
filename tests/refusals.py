"""A system that refuses some calls, as older ones and other file systems do.

    with refusing("exchange", "link") as asked:
        asked(commit, path, change)         done where files cannot be exchanged, nor have two names

Linux refuses them itself, by a filter (seccomp(2)) that holds for one thread until it ends. A
filter can kill the whole process instead, at the very call.
"""

from __future__ import annotations

import ctypes
import errno
import platform
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple, ParamSpec, Protocol, TypeVar

import pytest

P = ParamSpec("P")
T = TypeVar("T")


class _Call(NamedTuple):
    numbers: dict[str, tuple[int, ...]]
    """Of the system's calls, by machine."""
    error: int
    argument: tuple[int, int] | None = None
    """The place and the value of an argument, if the call is refused only with that."""


_RENAME_EXCHANGE, _F_SETLEASE = 2, 1024
_CALLS = {
    "exchange": _Call({"x86_64": (316,), "aarch64": (276,)}, errno.EINVAL, (4, _RENAME_EXCHANGE)),
    "link": _Call({"x86_64": (86, 265), "aarch64": (37,)}, errno.EPERM),
    "lease": _Call({"x86_64": (72,), "aarch64": (25,)}, errno.EINVAL, (1, _F_SETLEASE)),
}
AVAILABLE = platform.system() == "Linux" and platform.machine() in _CALLS["exchange"].numbers


class Asked(Protocol):
    """Has something done, and returns or raises what comes of it."""

    def __call__(self, do: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T: ...


@contextmanager
def refusing(*calls: str) -> Iterator[Asked]:
    """Have things done where the system refuses these calls: `exchange`, `link`, `lease`."""
    if calls and not AVAILABLE:
        pytest.skip("nobody knows here how to refuse calls")
    with ThreadPoolExecutor(1) as thread:
        thread.submit(refuse, *calls).result()

        def asked(do: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
            return thread.submit(do, *args, **kwargs).result()

        yield asked


def refuse(*calls: str, kills: bool = False) -> None:
    """Have the system refuse these calls to this thread from now on, or kill the process at them."""
    steps = [step for call in calls for step in _steps(_CALLS[call], kills=kills)]
    if steps:
        _filter([*steps, _Step(_RETURN, 0, 0, _ALLOW)])


# --- the filter: what seccomp(2) and linux/bpf_common.h say of it ------------------------------


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("when_equal", ctypes.c_uint8),
        ("when_not", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARGUMENTS = 0, 16
"""Where the call's number is, and its arguments of eight bytes each."""
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2


def _steps(call: _Call, *, kills: bool) -> Iterator[_Step]:
    end = _Step(_RETURN, 0, 0, _KILL if kills else _ERROR | call.error)
    for number in call.numbers[platform.machine()]:
        matching = [end]
        if call.argument is not None:
            place, value = call.argument
            loaded = _Step(_LOAD, 0, 0, _ARGUMENTS + 8 * place)
            matching = [loaded, _Step(_JUMP_IF_EQUAL, 0, 1, value), end]
        yield _Step(_LOAD, 0, 0, _NUMBER)
        yield _Step(_JUMP_IF_EQUAL, 0, len(matching), number)
        yield from matching


def _filter(steps: list[_Step]) -> None:
    system = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if system.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), "the system lets nobody filter calls")
