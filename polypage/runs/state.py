"""What earlier runs found out, in `.polypage/`: a help that is never relied on.

A stage asks whether it has done this very work before, and tells what came of it:

    with StateStore(project.state_dir) as state:
        inputs = digest(source, settings)
        outcome = state.find("extract", slug, inputs, Extracted)
        if outcome is None:
            state.keep("extract", slug, inputs, do_the_work())

Everything in it can be found out again: it may be deleted at any time, and a broken or
unwritable one is forgotten, not complained about. `exclusive` keeps two runs apart.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from polypage.errors import UNREADABLE_DATABASE, PolypageError
from polypage.files import fingerprint
from polypage.runs import records

T = TypeVar("T")

log = logging.getLogger(__name__)

_TABLE = (
    "CREATE TABLE IF NOT EXISTS state"
    " (stage TEXT, name TEXT, inputs TEXT, value BLOB, PRIMARY KEY (stage, name)) WITHOUT ROWID"
)


_PROOF = len(fingerprint(b""))
"""How many bytes of a value prove the others: what has come to say something else is forgotten, and
what code of another version wrote."""


def digest(*parts: bytes | str) -> str:
    """Identify these inputs, in this order."""
    identity = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        identity.update(len(data).to_bytes(8, "big"))
        identity.update(data)
    return identity.hexdigest()


class StateStore:
    """What came of stages, by stage and name, each with the digest of its inputs.

    What is kept is written when the context ends; nothing is made before there is something to
    keep, and a run that finds all it asks for writes nothing.
    """

    def __init__(self, folder: Path, *, keeps: bool = True, patience: float = 30) -> None:
        """Begin with a folder, which stays as it is if the store is told to keep nothing.

        While others write, it waits so many seconds; then it does without.
        """
        self._keeps = keeps
        self._patience = patience
        self._path = folder / "state.sqlite3"
        self._new: dict[tuple[str, str], tuple[str, bytes]] = {}
        self._last: dict[str, tuple[tuple[str, str], object]] = {}
        """What was found last of each stage: of an article it is asked for each locale."""
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.flush()
        if self._connection is not None:
            self._connection.close()

    def find(self, stage: str, name: str, inputs: str, kind: type[T]) -> T | None:
        """Return what came of this stage with these inputs, or None if that is not known."""
        asked, value = self._last.get(stage, (("", ""), None))
        if asked == (name, inputs) and isinstance(value, kind):
            return value
        found = self._find(stage, name, inputs, kind)
        if found is not None:
            self._last[stage] = (name, inputs), found
        return found

    def _find(self, stage: str, name: str, inputs: str, kind: type[T]) -> T | None:
        known = self._new.get((stage, name)) or self._read(stage, name)
        if known is None or known[0] != inputs:
            return None
        value = known[1][_PROOF:]
        if known[1] != _proven(kind, value):
            return None
        try:
            return records.read(kind, value)
        except (ValueError, KeyError):
            return None

    def keep(self, stage: str, name: str, inputs: str, value: object) -> None:
        """Keep what came of this stage for the next run."""
        data = records.write(value)
        self._last.pop(stage, None)
        self._new[stage, name] = inputs, _proven(type(value), data)

    def flush(self) -> None:
        """Write what is to be kept now, not only at the end."""
        if not self._keeps:
            return
        rows = [(*key, *value) for key, value in self._new.items()]
        self._new = {}
        if rows:
            try:
                self._write(rows)
            except UNREADABLE_DATABASE as error:
                if not _is_busy(error):
                    self._forget()
                    with suppress(OSError, sqlite3.Error):
                        self._write(rows)
            except OSError as error:
                log.debug("nothing kept in %s: %s", self._path, error)

    def _read(self, stage: str, name: str) -> tuple[str, bytes] | None:
        if self._connection is None and not self._path.exists():
            return None
        try:
            row: tuple[str, bytes] | None = (
                self._connect()
                .execute(
                    "SELECT inputs, value FROM state WHERE stage = ? AND name = ?", (stage, name)
                )
                .fetchone()
            )
        except UNREADABLE_DATABASE as error:
            if not _is_busy(error):
                self._forget()
            return None
        # In a damaged file a column may be of any type.
        return row if row and isinstance(row[1], bytes) else None

    def _write(self, rows: list[tuple[str, str, str, bytes]]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._connect()
        with connection:
            connection.execute(_TABLE)
            connection.executemany("INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?)", rows)

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = sqlite3.connect(self._path, timeout=self._patience)
            # What a power cut takes away can be found out again; waiting for the disk cannot.
            self._connection.execute("PRAGMA synchronous = OFF")
        return self._connection

    def _forget(self) -> None:
        log.debug("starting anew: %s cannot be used", self._path)
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if not self._keeps:
            return
        for path in (self._path, self._path.with_name(f"{self._path.name}-journal")):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _proven(kind: type, value: bytes) -> bytes:
    return fingerprint(records.shape(kind) + value) + value


def _is_busy(error: Exception) -> bool:
    """Whether somebody else is at work on a database: it is as good as ever, only not now."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Keep other runs of ours out of this project until the context ends.

    Raises:
        PolypageError: Another run is at work.

    """
    import filelock  # noqa: PLC0415 - commands that only read start faster without

    path = folder / "lock"
    lock = filelock.FileLock(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_GLANCE, poll_interval=_GLANCE / 10)
    except filelock.Timeout as error:
        raise PolypageError(
            path, "another run is at work in this project", remedy="wait until it has ended"
        ) from error
    except OSError as error:
        raise PolypageError(
            path, f"cannot be made ({error.strerror})", remedy="make the folder writable"
        ) from error
    try:
        yield
    finally:
        lock.release()


_GLANCE = 0.5
"""For how many seconds at most the lock may be held by somebody who only asks about it."""


def is_at_work(folder: Path) -> bool:
    """Say whether a run of ours is at work in this project."""
    import filelock  # noqa: PLC0415 - as above

    if not (folder / "lock").exists():
        return False
    try:
        with filelock.FileLock(folder / "lock", blocking=False):
            return False
    except filelock.Timeout:
        return True
    except OSError as error:
        log.debug("nobody knows whether a run is at work: %s", error)
        return False
