"""The ledger's file: a row for each article that is settled.

    rows = Rows(project.state_dir / "ledger.sqlite3")
    rows.all(), rows.common()                      each article, one by one, and what holds for all
    rows.put(articles, common, without=gone)       keep these beside what is there

A file that cannot be read is an empty one, and is made anew. A row that was damaged, or that other
code wrote, is none.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polypage.errors import UNREADABLE_DATABASE
from polypage.files import fingerprint
from polypage.runs.basis import Basis
from polypage.runs.kinds import Kind
from polypage.runs.records import shape
from polypage.runs.settled import Bare, Gist, Outcomes, Packed, Settled
from polypage.runs.stamps import Stamps

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Common:
    """What is kept once for all articles."""

    basis: Basis
    world: str
    """Identifies the site in which the links of each article lead to what its row says; empty where
    that is of no site known of all rows."""


class Rows:
    """The rows in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> Iterator[Settled]:
        """Yield what is kept of each article."""
        for slug, page, basis, view, marks, digests, gist, *told in self._select(_ALL):
            stages = map(Packed, told[::3], told[1::3], told[2::3])
            yield Settled(slug, page, basis, view, Stamps(marks, digests), gist, *stages)

    def common(self) -> Common | None:
        """Return what is kept for all articles."""
        for marks, digests, meanings, world in self._select(_COMMON):
            return Common(Basis("", Stamps(marks, digests), tuple(meanings.split())), world)
        return None

    def put(self, articles: Iterable[Settled], common: Common, *, without: Iterable[str]) -> None:
        """Keep these beside what is there, but for articles that are gone.

        Where the file has to be made anew, `articles` are gone through a second time.
        """
        gone = [(slug,) for slug in without]
        basis = common.basis
        stamps = basis.stamps
        own = _proven(stamps.marks, stamps.digests, " ".join(basis.meanings), common.world)
        for _ in range(2):
            try:
                with closing(sqlite3.connect(self._path, timeout=30)) as connection, connection:
                    # What a power cut takes away can be found out again.
                    connection.execute("PRAGMA synchronous = OFF")
                    connection.executescript(_TABLES)
                    connection.executemany("DELETE FROM articles WHERE slug = ?", gone)
                    connection.executemany(_PUT, map(_row, articles))
                    connection.execute("DELETE FROM common")
                    connection.execute("INSERT INTO common VALUES (?,?,?,?,?)", own)
            except UNREADABLE_DATABASE as error:
                log.debug("%s is made anew: %s", self._path, error)
                with suppress(OSError):
                    self._path.unlink(missing_ok=True)
            else:
                return

    def _select(self, query: str) -> Iterator[tuple[Any, ...]]:
        if not self._path.is_file():
            return
        try:
            with closing(sqlite3.connect(self._path, timeout=30)) as connection:
                for row in connection.execute(query):
                    if _proven(*row[:-1]) == row:
                        yield row[:-1]
        except UNREADABLE_DATABASE as error:
            log.debug("%s cannot be read: %s", self._path, error)


def _row(a: Settled) -> tuple[object, ...]:
    own = (a.slug, a.page, a.basis, a.view, a.stamps.marks, a.stamps.digests, a.gist)
    return _proven(*own, *a.updated, *a.checked, *a.built, *a.audited)


def _proven(*row: object) -> tuple[object, ...]:
    """Add to a row what proves that it is as we wrote it, and that we are who would write it so."""
    # In a damaged file a column may be of any type.
    parts = (each if isinstance(each, bytes) else repr(each).encode() for each in row)
    return *row, fingerprint(b"\0".join((*map(shape, _PACKED), *parts)))


_PACKED = (Gist, Bare, Outcomes, Kind)
"""What is packed in a row."""
_TABLES = """
    CREATE TABLE IF NOT EXISTS articles (
        slug TEXT PRIMARY KEY, page TEXT, basis TEXT, view TEXT, marks BLOB, digests BLOB,
        gist BLOB,
        updated BLOB, by_updates BLOB, of_updates BLOB,
        checked BLOB, by_checks BLOB, of_checks BLOB,
        built BLOB, by_builds BLOB, of_builds BLOB,
        audited BLOB, by_audits BLOB, of_audits BLOB,
        proof BLOB
    );
    CREATE TABLE IF NOT EXISTS common (
        marks BLOB, digests BLOB, meanings TEXT, world TEXT, proof BLOB
    );
"""
_ALL = "SELECT * FROM articles"
_COMMON = "SELECT marks, digests, meanings, world, proof FROM common"
_PUT = "INSERT OR REPLACE INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
