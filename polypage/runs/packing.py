"""Outcomes as stages answer, put away article by article until somebody asks for them.

    built = packed(batches, folder)       batches of outcomes, as they come
    len(built), next(iter(built))         a sequence; of what is asked for, one article is unpacked

What comes of a hundred thousand pages is more than a process should hold. The first half a megabyte
stays in memory, so that small runs make no file. The rest goes to a file that has no name: no other
program sees it, and it is gone with the process that made it, however that ends. Where there is no
room for it, all stays in memory.
"""

from __future__ import annotations

import logging
import pickle
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import IO, TypeAlias, TypeVar
from weakref import finalize

from polypage.errors import PolypageError
from polypage.model import Finding
from polypage.runs.answers import Answers, AtHand, Part, Whole, parts_of

T = TypeVar("T")

log = logging.getLogger(__name__)


def packed(batches: Iterable[Sequence[T]], folder: Path) -> Answers[T]:
    """Put away the outcomes of batches; `folder` is where a file may be made for them."""
    return Answers(_parts(batches, Store(folder)))


def _parts(batches: Iterable[Sequence[T]], store: Store) -> Iterator[Stowed[T]]:
    for outcomes in batches:
        for slug, own in groupby(outcomes, _article):
            yield Stowed(slug, tuple(own), store)


def _article(outcome: object) -> str:
    """Return the slug of the article that an outcome is of; empty where it is of none."""
    slug: str = getattr(outcome, "slug", "")
    return slug


def by_article(outcomes: Sequence[T]) -> Iterator[tuple[str, Part[T]]]:
    """Yield the slugs of articles, each with its outcomes."""
    for part in parts_of(outcomes):
        if isinstance(part, Stowed):
            yield part.slug, part
        else:
            for slug, own in groupby(part.outcomes(), _article):
                yield slug, AtHand(tuple(own))


class Stowed(Whole[T]):
    """What came of a stage for an article, put away."""

    __slots__ = ("_data", "_size", "_store", "slug")
    is_fresh = True

    def __init__(self, slug: str, outcomes: tuple[T, ...], store: Store) -> None:
        self.slug = slug
        self._size = len(outcomes)
        self._store = store
        self._data = store.put(pickle.dumps(outcomes, pickle.HIGHEST_PROTOCOL))

    def __len__(self) -> int:
        return self._size

    def outcomes(self) -> tuple[T, ...]:
        """Unpack all of them.

        Raises:
            PolypageError: The file that has them cannot be read.
        """
        data = self._store.get(self._data)
        own: tuple[T, ...] = pickle.loads(data)  # noqa: S301 - nobody else can write that file
        return own


class Quiet(Stowed[T]):
    """What came of a stage for an article where nothing was found, written, or failed."""

    __slots__ = ()

    def notable(self) -> tuple[T, ...]:
        """Return none: each is as it should be."""
        return ()

    def found(self) -> Iterable[Finding]:
        """Return none: there are none."""
        return ()


Place: TypeAlias = bytes | tuple[int, int]
"""Where a piece of data is: itself, or where in the file it begins and how long it is."""


class Store:
    """Keeps pieces of data: the first ones in memory, the others in a file without a name."""

    def __init__(self, folder: Path | None, *, in_memory: int = 500_000) -> None:
        """Keep so many bytes in memory; where there is no folder, the system has one for such files."""
        self._folder = folder if folder and folder.is_dir() else None
        self._room = in_memory
        self._file: IO[bytes] | None = None
        self._at_file = Lock()

    def put(self, data: bytes) -> Place:
        """Keep a piece; return what `get` gives it back for."""
        self._room -= len(data)
        if self._room >= 0:
            return data
        try:
            if self._file is None:
                file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
                finalize(self, file.close)
                self._file = file
            with self._at_file:
                start = self._file.seek(0, 2)
                written = self._file.write(data)
        except OSError as error:
            log.debug("outcomes stay in memory: %s", error)
            return data
        return (start, written) if written == len(data) else data

    def get(self, kept: Place) -> bytes:
        """Give back a piece.

        Raises:
            PolypageError: The file cannot be read.
        """
        if isinstance(kept, bytes):
            return kept
        start, size = kept
        data = b""
        if self._file is not None:
            with suppress(OSError), self._at_file:
                self._file.seek(start)
                data = self._file.read(size)
        if len(data) != size:
            problem = "what came of articles cannot be read back"
            remedy = "look after the disk, then run again: what was written stands"
            raise PolypageError(self._folder or tempfile.gettempdir(), problem, remedy=remedy)
        return data
