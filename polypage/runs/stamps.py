"""Whether files are what they were, without reading those that the system says nobody touched.

    stamps = stamp(paths, now=moment(folder))
    stamp(paths, stamps) == stamps          as long as nobody changed a file: looked at, not read
    stamps.digests                          tell the bytes of the files from all others

For each file there is a mark: size, times of its last change and of its entry's, number. A file
with the mark it had is the file it was. One with another mark is read, so that a copied tree, a
checkout or a mere touch cost time only. As in git's index, a mark that is as young as the clock of
the file system tells too little: what is written in the same tick has the same mark. Such a file is
read again the next time.
"""

from __future__ import annotations

import os
import stat
import struct
import tempfile
from collections.abc import Sequence
from functools import partial
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import NamedTuple

from polypage.files import open_file

_MARK = struct.Struct("<qqqQ")
_MARK_SIZE, _DIGEST_SIZE = _MARK.size, 16
_NO_FILE = bytes(_MARK_SIZE), bytes(_DIGEST_SIZE)
_UNSURE = b"\xff" * _MARK_SIZE
"""Is no file's mark: the file has to be read."""
_UNREADABLE = _UNSURE, b"\xff" * _DIGEST_SIZE
_NUMBERS = (1 << 64) - 1


class Stamps(NamedTuple):
    """What some files were, in the order of their paths."""

    marks: bytes = b""
    digests: bytes = b""

    def mark(self, at: int) -> bytes:
        """Tell what the system said of one file."""
        return self.marks[at * _MARK_SIZE : (at + 1) * _MARK_SIZE]

    def digest(self, at: int) -> bytes:
        """Tell the bytes of one file; zeros where there is none."""
        return self.digests[at * _DIGEST_SIZE : (at + 1) * _DIGEST_SIZE]

    def part(self, start: int, end: int) -> Stamps:
        """Return those of some of the files."""
        return Stamps(
            self.marks[start * _MARK_SIZE : end * _MARK_SIZE],
            self.digests[start * _DIGEST_SIZE : end * _DIGEST_SIZE],
        )

    def has_file(self, at: int) -> bool:
        """Whether there was a file."""
        return self.digest(at) != _NO_FILE[1]


NOTHING = Stamps()


def stamp(paths: Sequence[str], before: Stamps = NOTHING, *, now: int = 0) -> Stamps:
    """Look at files; read those that are not, as far as can be told, what they were `before`.

    `now` is a `moment` not later than this one. Without it every file that is read counts as just
    written.
    """
    marks = [_mark(path) for path in paths]
    if b"".join(marks) == before.marks:
        return before
    found = [
        (mark, before.digest(n)) if mark == before.mark(n) != _UNSURE else _read(path, now)
        for n, (path, mark) in enumerate(zip(paths, marks, strict=True))
    ]
    return Stamps(b"".join(mark for mark, _ in found), b"".join(digest for _, digest in found))


def moment(folder: Path) -> int:
    """Return what time it is by the clock of the file system that a folder is on, in nanoseconds.

    Where nothing can be written it is 0: long ago.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\n")
            file.flush()
            return os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return 0


def mark_of(found: os.stat_result) -> bytes:
    """Return the mark of a file of which the system tells this."""
    number = found.st_ino & _NUMBERS
    return _MARK.pack(found.st_size, found.st_mtime_ns, found.st_ctime_ns, number)


def is_sure(mark: bytes) -> bool:
    """Say whether a mark tells of a file which one it is, and not only that it was read."""
    return mark != _UNSURE


def is_file(mark: bytes) -> bool:
    """Say whether there was a file when it got its mark."""
    return mark != _NO_FILE[0]


def bytes_of(mark: bytes) -> bytes:
    """Return what a mark tells of a file's bytes: the time of its entry changes with links to it."""
    return mark[:_ENTRY] + mark[_ENTRY + 8 :]


_ENTRY = 16
"""Where in a mark the time of the entry stands."""


def moved(before: Stamps, found: Stamps) -> bool:
    """Say whether a file that had a mark has another one now."""
    return any(
        before.mark(n) not in (found.mark(n), _UNSURE)
        for n in range(len(before.digests) // _DIGEST_SIZE)
    )


_fingerprint = partial(blake2b, digest_size=_DIGEST_SIZE)
"""As `files.fingerprint` tells bytes that are at hand."""


def _mark(path: str) -> bytes:
    try:
        return mark_of(os.stat(path))  # noqa: PTH116 - 100,000 times in a run
    except (FileNotFoundError, NotADirectoryError):
        return _NO_FILE[0]
    except (OSError, ValueError):
        return _UNSURE


def _read(path: str, now: int) -> tuple[bytes, bytes]:
    try:
        with open_file(path) as file:
            found = os.fstat(file.fileno())
            digest = file_digest(file, _fingerprint).digest()
    except (FileNotFoundError, NotADirectoryError):
        return _NO_FILE
    except (OSError, ValueError):
        return _UNREADABLE
    sure = stat.S_ISREG(found.st_mode) and max(found.st_mtime_ns, found.st_ctime_ns) < now
    return mark_of(found) if sure else _UNSURE, digest
