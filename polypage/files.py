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
import re
import signal
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from io import BufferedReader
from pathlib import Path
from typing import Protocol, TypeAlias

try:
    import fcntl
except ImportError:  # no such thing on Windows
    fcntl = None  # type: ignore[assignment]

Change: TypeAlias = Callable[[bytes | None], bytes | None]
"""From what there is (None: no file) to what there should be; None: it is right as it is."""

Reconcile: TypeAlias = Callable[[Sequence[bytes], bytes, bytes], bytes]
"""From earlier versions, what we hold, and what somebody saved since, to all of it."""

ATTEMPTS = 40
"""How often a file that somebody keeps saving is tried before giving up."""
PATIENCE = 10.0
"""Seconds to wait for a file that somebody is writing."""
QUIET = 1.5
"""Seconds without a change after which a file counts as written, where the system cannot tell."""

HIDDEN = ".polypage-"
"""Begins the names of files that are of no use once they have been moved into place."""
_SUFFIX = ".tmp"
DISPLACED = ".displaced"
"""Ends the name of a file that may hold what somebody saved, if a run is killed at that moment."""
_NAMED = re.compile(rf"{re.escape(HIDDEN)}\d+-\d+-(?P<target>.+){re.escape(DISPLACED)}", re.DOTALL)
_NAME_MAX = 255
"""How many bytes a file's name may have."""
_PAUSE = 0.02
"""Seconds between two looks at a file that somebody is writing."""
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
    target = Path(os.path.realpath(path))
    with _named(path):
        temporary = _write_beside(target, data)
        try:
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    return True


def fingerprint(data: bytes) -> bytes:
    """Tell bytes from all others."""
    return blake2b(data, digest_size=16).digest()


def read_file(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        OSError: It cannot be read, or is no regular file.
    """
    with open_file(path) as file:
        return file.read()


def open_file(path: Path | str) -> BufferedReader:
    """Open a file of a project for reading; all that a project is made of comes in here.

    Raises:
        OSError: It cannot be opened, or is a pipe or a device, which might be waited for without end.
    """
    if not (stat.S_ISREG(mode := os.stat(path).st_mode) or stat.S_ISDIR(mode)):  # noqa: PTH116 - a name will do
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return open(path, "rb")  # noqa: PTH123 - as above; who asks closes it


def read_if_exists(path: Path) -> bytes | None:
    """Return a file's bytes, or None where there is no file.

    Raises:
        OSError: It cannot be read, or is no regular file.
    """
    try:
        return read_file(path)
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
    data = read_if_exists(path)
    while data is not None and clock.time() < deadline:
        busy = _has_writer(path)
        again = read_if_exists(path)
        same = again == data
        data = again
        if busy is None:
            busy = data is not None and not whole(data) and not _quiet(path, clock.time())
        if not busy and same:
            break
        if busy:
            clock.sleep(_PAUSE)
    return data


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
    target = Path(os.path.realpath(path))
    first = held = seen = read_at_rest(target, clock=clock, whole=whole)
    known = [] if seen is None else [seen]
    displaced = ours = None
    try:
        for attempt in range(ATTEMPTS):
            changed = change(held)
            wanted = held if changed is None else changed
            if wanted is None or wanted == seen:
                return attempt > 0
            present, placed = _put(target, wanted, seen, clock=clock, whole=whole)
            if placed and present in {None, seen}:
                return True
            ours = wanted if placed else None
            if present is not None:
                displaced = present if placed else None
                held = present if held is None else reconcile(known, held, present)
            seen = wanted if placed else present
            known += [] if seen is None else [seen]
    except BaseException:
        _give_back(target, displaced, ours, None if held == first else held, clock=clock)
        raise
    _give_back(target, displaced, ours, held, clock=clock)
    raise BusyFileError(errno.EBUSY, "somebody keeps saving it", str(path))


def exchange_folders(new: Path, target: Path, *, aside: Path) -> None:
    """Put a folder in the place of another, in one step where the system can.

    Afterwards what was there is where the new one was, or aside: a run that is killed where it
    takes two steps leaves it there, and nothing in its place.

    Raises:
        OSError: it cannot be done; the folder that was there is there, or aside.

    """
    if _swap(new, target):
        return
    if target.exists():
        target.rename(aside)
    new.rename(target)


def remove_stale(folder: Path) -> tuple[Path, ...]:
    """Remove temporary files that an interrupted run left below a folder, whatever their age.

    How old they are depends on two clocks, and either may have been set since.
    """
    found = sorted(map(Path, files_below(folder, _SUFFIX, hidden=HIDDEN)))
    stale = [path for path in found if path.is_file()]
    for path in stale:
        path.unlink(missing_ok=True)
    return tuple(stale)


def files_below(folder: Path, ending: str = "", *, hidden: str | None = None) -> Iterator[str]:
    """Yield the paths of the files below a folder whose names end so.

    Hidden ones are left out; or, if `hidden` says how they begin, all others.
    """
    for parent, _, names in os.walk(folder):
        for name in names:
            wanted = name[0] != "." if hidden is None else name.startswith(hidden)
            if wanted and name.endswith(ending):
                yield f"{parent}{os.sep}{name}"


def displaced_from(path: Path) -> Path | None:
    """Return the file that another was displaced from; None where its name does not say."""
    named = _NAMED.fullmatch(path.name)
    return path.with_name(named["target"]) if named else None


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Have an error name the file that was to be written, not the one beside it, or none."""
    try:
        yield
    except OSError as error:
        if error.filename and HIDDEN not in str(error.filename):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _write_beside(target: Path, data: bytes) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
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
        temporary = _name_beside(target, _SUFFIX)
        try:
            return temporary, os.open(temporary, flags, 0o666)
        except FileExistsError:
            continue


def _name_beside(target: Path, suffix: str) -> Path:
    return target.with_name(f"{HIDDEN}{os.getpid()}-{next(_counter)}{suffix}")


def _name_displaced(target: Path) -> Path:
    """Name what is displaced from a file, after it where the name does not get too long."""
    while True:
        path = _name_beside(target, f"-{target.name}{DISPLACED}")
        if len(os.fsencode(path.name)) > _NAME_MAX:
            path = _name_beside(target, DISPLACED)
        # A run that was killed may have had the same process id.
        if not path.exists():
            return path


def _keep_mode(target: Path, descriptor: int) -> None:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(mode))


def _put(
    target: Path,
    data: bytes,
    expected: bytes | None,
    *,
    clock: Clock,
    whole: Callable[[bytes], bool],
) -> tuple[bytes | None, bool]:
    """Put the data in the file's place, if that is as expected; return what was there, and whether.

    What is displaced is deleted only when it has been read; an editor that writes in place may
    still have it open, and is waited for.
    """
    temporary = _write_beside(target, data)
    present = read_at_rest(target, clock=clock, whole=whole)
    placed = present == expected
    if placed:
        temporary = temporary.rename(_name_displaced(target))
        present = _exchange(target, temporary, clock=clock, whole=whole)
    temporary.unlink(missing_ok=True)
    return present, placed


def _exchange(
    target: Path, temporary: Path, *, clock: Clock, whole: Callable[[bytes], bool]
) -> bytes | None:
    if _swap(temporary, target):
        return read_at_rest(temporary, clock=clock, whole=whole)
    if _link(temporary, target):
        return None
    return _displace(target, temporary, clock=clock, whole=whole)


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
    backup = _name_displaced(target)
    linked = _link(target, backup)
    displaced = read_at_rest(target, clock=clock, whole=whole)
    temporary.replace(target)
    if linked:
        displaced = read_at_rest(backup, clock=clock, whole=whole)
        backup.unlink()
    return displaced


def _give_back(
    target: Path, latest: bytes | None, ours: bytes | None, held: bytes | None, *, clock: Clock
) -> None:
    """Put back in our place what was displaced, and beside it what was held of other versions."""
    for _ in range(ATTEMPTS):
        if latest is None:
            break
        present, placed = _put(target, latest, ours, clock=clock, whole=lambda _: True)
        # What was saved in that instant is later still.
        ours, latest = latest, present if placed and present != ours else None
    for data in (held, latest):
        if data is not None and data != read_if_exists(target):
            _write_beside(target, data).rename(_name_displaced(target))


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
