"""The translation memory: what was translated before, in any article of the project.

    with opened(folder) as memory:
        memory.refresh(lambda: [Kept("locales/vi/LC_MESSAGES/dose.po", "vi", data)])
        memory.exact(["Take it with food."], "vi")
        memory.similar("Take it with some food.", "vi", least=75)

Everything in it comes from catalogs and can be had from them again: a memory that is missing,
damaged or another version's is made anew. Source texts are kept once for all locales, by a hash of
theirs, in SQLite; those that are alike are found by an index beside it.

Only translations that somebody answers for are kept: no fuzzy ones. Obsolete ones are: their text
has left its article, and they are still right; it may well come back in another.
"""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from polypage.catalog import parse
from polypage.changes import plain_text
from polypage.errors import CatalogError
from polypage.index import Index, IndexDamagedError, Indexed, is_present
from polypage.similarity import scores

log = logging.getLogger(__name__)


class Kept(NamedTuple):
    """A catalog that the memory is to hold."""

    path: str
    """Below the project's root."""
    locale: str
    data: bytes


class Hit(NamedTuple):
    """A translation that was found."""

    score: float
    """How much its text is like the one that was asked for, in percent; codes and capitals do not
    count."""
    msgid: str
    context: str | None
    msgstr: str
    path: str
    """The catalog it stands in; the first by name if there are several."""
    catalogs: int
    """In how many catalogs it stands."""


class Holding(NamedTuple):
    """What a memory holds of a locale."""

    locale: str
    catalogs: int
    texts: int
    """Source texts with a translation, each once."""
    translations: int
    """All of them, in each catalog."""


class DamagedError(Exception):
    """The memory cannot be read; when it is refreshed, it is made anew."""


@contextmanager
def opened(folder: Path) -> Iterator[Memory]:
    """Open the memory in a folder; nothing is made before there is something to hold."""
    with closing(Memory(folder)) as memory:
        yield memory


class Memory:
    """The memory in a folder. One process at a time may refresh it, while others read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "segments.sqlite3"
        self._damaged = folder / "damaged"
        self._open_connection: sqlite3.Connection | None = None
        self._open_index: Index | None = None

    def close(self) -> None:
        """Let go of the files."""
        self._open_index = None
        if self._open_connection is not None:
            self._open_connection.close()
            self._open_connection = None

    @property
    def exists(self) -> bool:
        """Whether there is anything to look in."""
        return self._path.is_file()

    @property
    def bytes(self) -> int:
        """How much room it takes on the disk."""
        return sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())

    def refresh(self, catalogs: Callable[[], Iterable[Kept]]) -> bool:
        """Hold what these catalogs hold, and nothing else; say whether that is something new.

        A catalog that did not change costs no more than a look at its bytes; one that cannot be
        read stays as it was. Where nothing can be written there is no memory, and no error.
        """
        if self._damaged.exists() or not self._is_current():
            self.forget()
        for _ in range(2):
            try:
                return self._refreshed(catalogs())
            except (sqlite3.Error, IndexDamagedError, OSError) as error:
                log.info("making the translation memory anew: %s", error)
                self.forget()
        log.warning("%s cannot be written: there is no translation memory", self._folder)
        return False

    def forget(self) -> None:
        """Remove everything; when it is refreshed, it is made anew."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def identity(self, locale: str) -> str:
        """Tell what is held of a locale from what was held when anything in it changes.

        Raises:
            DamagedError: The memory cannot be read.
        """
        query = "SELECT path, content FROM catalogs WHERE locale = ? ORDER BY path"
        return _digest(repr(self._rows(query, locale)).encode()).hex()

    def holdings(self) -> tuple[Holding, ...]:
        """Say what is held, by locale.

        Raises:
            DamagedError: The memory cannot be read.
        """
        query = """
            SELECT c.locale, count(DISTINCT t.catalog), count(DISTINCT t.text), count(*)
            FROM catalogs c JOIN translations t ON t.catalog = c.number
            GROUP BY c.locale ORDER BY c.locale
        """
        return tuple(Holding(*row) for row in self._rows(query))

    def exact(self, msgids: Iterable[str], locale: str) -> dict[str, tuple[Hit, ...]]:
        """Find the translations of these very texts, by text, the most used first.

        Raises:
            DamagedError: The memory cannot be read.
        """
        wanted = {_number(msgid): msgid for msgid in msgids}
        # A hash that is another text's, too: less likely than one in a billion, and to be looked at.
        return {
            wanted[number]: _hits(wanted[number], rows)
            for number, rows in self._translations(sorted(wanted), locale)
        }

    def similar(self, msgid: str, locale: str, *, least: float) -> tuple[Hit, ...]:
        """Find the translations of texts like this one, the most alike first.

        Raises:
            DamagedError: The memory cannot be read.
        """
        text = plain_text(msgid)
        try:
            numbers = self._index().candidates(text, locale) if self.exists else []
        except IndexDamagedError as error:
            raise self._damage(error) from error
        translations = dict(self._translations(numbers, locale))
        found = [
            (other, translations[number])
            for number, other in self._msgids(numbers)
            if number in translations
        ]
        alike = scores(text, [plain_text(other) for other, _ in found], least=least)
        hits = (
            hit._replace(score=score)
            for n, score in alike
            for hit in _hits(found[n][0], found[n][1])
        )
        return tuple(sorted(hits, key=_rank))

    def _translations(
        self, numbers: Sequence[int], locale: str
    ) -> Iterator[tuple[int, list[_Row]]]:
        """Yield the translations of texts into a locale, by the texts' numbers."""
        for some in _portions(numbers):
            for number, rows in groupby(self._rows(_FIND, locale, json.dumps(some)), _first):
                yield number, list(rows)

    def _msgids(self, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        for some in _portions(numbers):
            yield from self._rows(_NAME, json.dumps(some))

    # --- files --------------------------------------------------------------------------------

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        if not self.exists:
            return []
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._damage(error) from error

    def _damage(self, error: Exception) -> DamagedError:
        """Leave word for the next refreshing: who reads may not mend while others read."""
        log.info("the translation memory is damaged: %s", error)
        with suppress(OSError):
            self._damaged.touch()
        return DamagedError(str(error))

    def _is_current(self) -> bool:
        if not self.exists:
            return False
        try:
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.Error:
            return False
        return bool(version == _VERSION)

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._open_connection is None:
            self._open_connection = sqlite3.connect(self._path, timeout=30)
            # What a power cut takes away can be had again; waiting for the disk cannot.
            self._open_connection.execute("PRAGMA synchronous = OFF")
            self._open_connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        return self._open_connection

    def _index(self, *, make: bool = False) -> Index:
        if self._open_index is None:
            self._open_index = Index(self._folder / "index", make=make)
        return self._open_index

    def _refreshed(self, catalogs: Iterable[Kept]) -> bool:
        rows = self._rows("SELECT path, number, bytes FROM catalogs")
        left = {path: (number, digest) for path, number, digest in rows}
        changed = False
        for catalog in catalogs:
            number, before = left.pop(catalog.path, (None, b""))
            if _digest(catalog.data) != before:
                changed |= self._keep(catalog, number)
        for number, _ in left.values():
            changed |= _hold(self._connection, number, {})
            self._connection.execute("DELETE FROM catalogs WHERE number = ?", (number,))
        if self._open_connection is not None:
            self._connection.commit()
            self._settle()
        return changed

    def _keep(self, catalog: Kept, number: int | None) -> bool:
        """Hold what a catalog holds now; say whether its translations changed."""
        try:
            translations = _translations_of(catalog)
        except CatalogError as error:
            log.info("not remembered: %s", error)
            return False
        if not self.exists:
            self._create()
        if number is None:
            insert = "INSERT INTO catalogs (path, locale, texts) VALUES (?, ?, x'')"
            number = self._connection.execute(insert, (catalog.path, catalog.locale)).lastrowid
            assert number is not None  # noqa: S101 - it was just inserted
        changed = _hold(self._connection, number, translations)
        content = _digest(repr(sorted(translations.items())).encode("utf-8", "surrogatepass"))
        update = "UPDATE catalogs SET bytes = ?, content = ? WHERE number = ?"
        self._connection.execute(update, (_digest(catalog.data), content, number))
        return changed

    def _create(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.executescript(_TABLES)

    def _settle(self) -> None:
        """Tell the index what changed; if that is interrupted, it is done the next time."""
        if not is_present(self._folder / "index"):
            self._connection.execute("INSERT OR IGNORE INTO unsettled SELECT number FROM texts")
        elif not self._rows("SELECT 1 FROM unsettled LIMIT 1"):
            return
        # In the order of the numbers, so that a memory made anew is the same, and is made fast.
        rows = self._connection.execute(_UNSETTLED)
        changed = (
            Indexed(number, msgid, tuple(locales.split(","))) for number, msgid, locales in rows
        )
        removed = (number for (number,) in self._rows("SELECT text FROM unsettled"))
        self._index(make=True).change(
            removed=removed,
            added=(text._replace(text=plain_text(text.text)) for text in changed),
        )
        self._connection.execute(_FORGOTTEN)
        self._connection.execute("DELETE FROM unsettled")
        self._connection.commit()


_VERSION = 1
_CACHE = 64_000
"""Kilobytes of the database that are kept at hand."""
_AT_ONCE = 1000
"""How many texts one query asks for."""

_TABLES = f"""
    CREATE TABLE catalogs (
        number INTEGER PRIMARY KEY,
        path TEXT UNIQUE NOT NULL,
        locale TEXT NOT NULL,
        bytes BLOB,     -- a digest of the file
        content BLOB,   -- a digest of its translations
        texts BLOB      -- the numbers of their texts
    );
    CREATE TABLE texts (
        number INTEGER PRIMARY KEY,     -- a hash of the msgid
        msgid TEXT NOT NULL
    );
    CREATE TABLE translations (
        text INTEGER NOT NULL,
        locale TEXT NOT NULL,
        catalog INTEGER NOT NULL,
        context TEXT NOT NULL,          -- with a sign before it; empty where there is none
        msgstr TEXT NOT NULL,
        PRIMARY KEY (text, locale, catalog, context)
    ) WITHOUT ROWID;
    CREATE TABLE unsettled (text INTEGER PRIMARY KEY);  -- what the index is to be told of
    PRAGMA user_version = {_VERSION};
"""
_FIND = """
    SELECT t.text, t.context, t.msgstr, c.path
    FROM json_each(?2) n JOIN translations t ON t.text = n.value AND t.locale = ?1
    JOIN catalogs c ON c.number = t.catalog
"""
_NAME = "SELECT number, msgid FROM json_each(?) n JOIN texts ON number = n.value"
_UNSETTLED = """
    SELECT s.number, s.msgid, group_concat(DISTINCT t.locale)
    FROM unsettled u JOIN texts s ON s.number = u.text JOIN translations t ON t.text = s.number
    GROUP BY s.number ORDER BY s.number
"""
_FORGOTTEN = """
    DELETE FROM texts WHERE number IN (SELECT text FROM unsettled)
    AND NOT EXISTS (SELECT 1 FROM translations t WHERE t.text = number)
"""


# --- rows -------------------------------------------------------------------------------------

_Row: TypeAlias = tuple[int, str, str, str]
"""The number of a text, the context, the translation, and the catalog's path."""
_first = itemgetter(0)

_Translations: TypeAlias = Mapping[tuple[int, str], tuple[str, str]]
"""msgid and msgstr by the text's number and its context."""


def _translations_of(catalog: Kept) -> _Translations:
    entries = parse(catalog.data, path=catalog.path).entries
    return {
        (_number(entry.msgid), _written(entry.context)): (entry.msgid, entry.msgstr)
        for entry in entries
        if entry.translated and not entry.fuzzy and entry.plural is None
    }


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))


def _written(context: str | None) -> str:
    return "" if context is None else f"/{context}"


def _read(context: str) -> str | None:
    return context[1:] if context else None


def _number(msgid: str) -> int:
    data = msgid.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _hold(connection: sqlite3.Connection, catalog: int, new: _Translations) -> bool:
    """Replace the translations of a catalog; say whether any is another."""
    query = "SELECT locale, texts FROM catalogs WHERE number = ?"
    locale, numbers = connection.execute(query, (catalog,)).fetchone()
    old = _held(connection, catalog, locale, array("q", numbers))
    now = {
        key: msgstr for key, (msgid, msgstr) in new.items() if _is_own(connection, key[0], msgid)
    }
    gone = [key for key in old if key not in now]
    put = [(key, msgstr) for key, msgstr in now.items() if old.get(key) != msgstr]
    connection.executemany(
        "DELETE FROM translations WHERE text = ? AND locale = ? AND catalog = ? AND context = ?",
        [(text, locale, catalog, context) for text, context in gone],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO texts VALUES (?, ?)", [(key[0], new[key][0]) for key, _ in put]
    )
    connection.executemany(
        "INSERT OR REPLACE INTO translations VALUES (?, ?, ?, ?, ?)",
        [(text, locale, catalog, context, msgstr) for (text, context), msgstr in put],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO unsettled VALUES (?)",
        {(text,) for text, _ in (*gone, *(key for key, _ in put if key not in old))},
    )
    texts = array("q", sorted({text for text, _ in now})).tobytes()
    connection.execute("UPDATE catalogs SET texts = ? WHERE number = ?", (texts, catalog))
    return bool(gone or put)


def _held(
    connection: sqlite3.Connection, catalog: int, locale: str, numbers: Sequence[int]
) -> dict[tuple[int, str], str]:
    query = "SELECT context, msgstr FROM translations WHERE text = ? AND locale = ? AND catalog = ?"
    return {
        (number, context): msgstr
        for number in numbers
        for context, msgstr in connection.execute(query, (number, locale, catalog))
    }


def _is_own(connection: sqlite3.Connection, number: int, msgid: str) -> bool:
    """Whether a number is this text's: once in many millions it is another's, who keeps it."""
    row = connection.execute("SELECT msgid FROM texts WHERE number = ?", (number,)).fetchone()
    return row is None or row == (msgid,)


def _hits(msgid: str, rows: Sequence[_Row]) -> tuple[Hit, ...]:
    """Unite the translations that stand in several catalogs."""
    if len(rows) == 1:
        _, context, msgstr, path = rows[0]
        return (Hit(100, msgid, _read(context), msgstr, path, 1),)
    paths: dict[tuple[str, str], list[str]] = {}
    for _, context, msgstr, path in rows:
        paths.setdefault((context, msgstr), []).append(path)
    hits = (
        Hit(100, msgid, _read(context), msgstr, min(found), len(found))
        for (context, msgstr), found in paths.items()
    )
    return tuple(sorted(hits, key=_rank))


def _rank(hit: Hit) -> tuple[float, int, str, str, str, str]:
    """Return what decides which of several comes first: nothing of it depends on chance."""
    return -hit.score, -hit.catalogs, hit.path, hit.msgid, hit.context or "", hit.msgstr
