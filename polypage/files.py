"""Files: written whole or not at all, and never over what somebody saved meanwhile.

A page, a template or a state file is written beside its place and moved into it:

    write_atomically(Path("site/vi/collagen.html"), page)

Other people are at work on a catalog, so it is changed by a function from what is on disk, and
what the change displaces is looked at once more:

    commit(Path("locales/vi/LC_MESSAGES/collagen.po"), change, reconcile=reconcile, clock=time)
"""

from __future__ import annotations

import ctypes
import errno
import itertools
import os
import signal
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

try:
    import fcntl
except ImportError:  # no such thing on Windows
    fcntl = None  # type: ignore[assignment]

Change: TypeAlias = Callable[[bytes | None], bytes | None]
"""From what is on disk (None: no file) to what should be there; None leaves it as it is."""

Reconcile: TypeAlias = Callable[[Sequence[bytes], bytes, bytes], bytes]
"""From earlier versions, what we hold, and what somebody saved since, to all of it."""

ATTEMPTS = 40
"""How often a file that somebody keeps saving is tried before giving up."""
PATIENCE = 10.0
"""Seconds to wait for a file that somebody is writing."""
QUIET = 1.5
"""Seconds without a change after which a file counts as written, where the system cannot tell."""

_PREFIX = ".polypage-"
_SUFFIX = ".tmp"
_PAUSE = 0.02
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_counter = itertools.count()


class Clock(Protocol):
    """What is needed of time; the module `time` is one."""

    def time(self) -> float:
        """Return the seconds since the epoch."""

    def sleep(self, seconds: float, /) -> None:
        """Let time pass."""


class BusyFileError(OSError):
    """A file that somebody saves faster than it can be merged."""


def write_atomically(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all; say whether there was anything to write.

    Raises:
        OSError: the file cannot be written; what was there before is still there.

    """
    if read_if_exists(path) == data:
        return False
    target = _prepare(path)
    temporary = _write_beside(target, data)
    try:
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def read_if_exists(path: Path) -> bytes | None:
    """Return a file's bytes, or None where there is no file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def read_at_rest(
    path: Path, *, clock: Clock, whole: Callable[[bytes], bool] = lambda _: True
) -> bytes | None:
    """Return a file's bytes once nobody is writing it, at the latest after `PATIENCE` seconds.

    `whole` says whether bytes could be the complete file; it is asked where the system cannot say
    whether somebody has the file open.
    """
    deadline = clock.time() + PATIENCE
    while True:
        busy = _has_writer(path)
        data = read_if_exists(path)
        if data is None or busy is False or clock.time() >= deadline:
            return data
        if busy is None and (whole(data) or _quiet(path, clock.time())):
            return data
        clock.sleep(_PAUSE)


def commit(
    path: Path,
    change: Change,
    *,
    reconcile: Reconcile,
    clock: Clock,
    whole: Callable[[bytes], bool] = lambda _: True,
) -> bool:
    """Replace a file by what `change` makes of it; say whether it was replaced.

    What the new file displaces is compared with what `change` was given. If somebody saved in
    between, their version is reconciled with what was held before, and `change` is asked again.

    Raises:
        BusyFileError: somebody kept saving; their latest version stands.
        OSError: the file cannot be written.

    """
    target = _prepare(path)
    first = held = seen = read_at_rest(target, clock=clock, whole=whole)
    known = [] if seen is None else [seen]
    displaced: bytes | None = None
    try:
        for attempt in range(ATTEMPTS):
            wanted = change(held)
            if wanted is None or wanted == seen:
                return attempt > 0
            displaced = _exchange(target, wanted, clock=clock, whole=whole)
            if displaced is None or displaced == seen:
                return True
            held = displaced if held is None else reconcile(known, held, displaced)
            known.append(wanted)
            seen = wanted
    except Exception:
        _give_back(target, displaced, held if held != first else None, clock=clock)
        raise
    _give_back(target, displaced, held, clock=clock)
    raise BusyFileError(errno.EBUSY, "somebody keeps saving it", str(path))


def remove_stale(folder: Path, *, before: float) -> tuple[Path, ...]:
    """Remove temporary files that an interrupted run left below a folder, last changed `before`."""
    stale = [
        path
        for path in sorted(folder.rglob(f"{_PREFIX}*{_SUFFIX}"))
        if path.is_file() and path.stat().st_mtime < before
    ]
    for path in stale:
        path.unlink(missing_ok=True)
    return tuple(stale)


def _prepare(path: Path) -> Path:
    """Return the file itself where the path is a link to it, and see that its folder is there."""
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _write_beside(target: Path, data: bytes) -> Path:
    temporary, descriptor = _create_beside(target)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123  (a descriptor, not a path)
            _keep_mode(target, descriptor)
            file.write(data)
            file.flush()
            os.fsync(descriptor)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _create_beside(target: Path) -> tuple[Path, int]:
    """Create a file with a name of its own, even where two machines share the folder."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        temporary = target.with_name(f"{_PREFIX}{os.getpid()}-{next(_counter)}{_SUFFIX}")
        try:
            return temporary, os.open(temporary, flags, 0o666)
        except FileExistsError:
            continue


def _keep_mode(target: Path, descriptor: int) -> None:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(mode))


def _exchange(
    target: Path,
    data: bytes,
    *,
    clock: Clock,
    whole: Callable[[bytes], bool] = lambda _: True,
) -> bytes | None:
    """Put the data in the file's place and return what is displaced.

    An editor that writes in place may still have the displaced file open: it is waited for.
    """
    temporary = _write_beside(target, data)
    try:
        if _swap(temporary, target):
            return read_at_rest(temporary, clock=clock, whole=whole)
        if _link(temporary, target):
            return None
        return _displace(target, temporary, clock=clock, whole=whole)
    finally:
        temporary.unlink(missing_ok=True)


def _swap(one: Path, other: Path) -> bool:
    """Swap two files in one step; False where the system cannot or one of them is missing."""
    if _renameat2 is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(_renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _link(one: Path, other: Path) -> bool:
    """Give a file a second name that nobody has yet; False where somebody has it."""
    try:
        other.hardlink_to(one)
    except OSError:
        return False
    return True


def _displace(
    target: Path, temporary: Path, *, clock: Clock, whole: Callable[[bytes], bool]
) -> bytes | None:
    """Rename over the file, holding on to the old one, where the two cannot be swapped."""
    backup = target.with_name(f"{_PREFIX}{os.getpid()}-{next(_counter)}{_SUFFIX}")
    linked = _link(target, backup)
    displaced = read_at_rest(target, clock=clock, whole=whole)
    temporary.replace(target)
    if linked:
        displaced = read_at_rest(backup, clock=clock, whole=whole)
        backup.unlink()
    return displaced


def _give_back(target: Path, latest: bytes | None, held: bytes | None, *, clock: Clock) -> None:
    """Put back what somebody saved last, and beside it what was held of other versions."""
    if latest is not None:
        _exchange(target, latest, clock=clock)
        if held not in {None, latest}:
            write_atomically(target.with_name(f"{target.name}.unmerged"), held or b"")


def _has_writer(path: Path) -> bool | None:
    """Say whether anybody has a file open for writing; None where the system does not tell.

    Linux grants a read lease on a file only while nobody has it open for writing.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        # A lease broken in the instant it is held must not send a signal that ends the process.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return False


def _quiet(path: Path, now: float) -> bool:
    try:
        return now - path.stat().st_mtime >= QUIET
    except FileNotFoundError:
        return True


def _find_renameat2() -> Callable[..., int] | None:
    """Linux has it, by way of the C library."""
    try:
        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return None
    descriptor, name = ctypes.c_int, ctypes.c_char_p
    function.argtypes = [descriptor, name, descriptor, name, ctypes.c_uint]
    function.restype = ctypes.c_int
    return function


_renameat2 = _find_renameat2()
