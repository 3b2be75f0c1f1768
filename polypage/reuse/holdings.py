"""What the translation memory holds of which catalog: its tables in SQLite, and who fills them.

    create(connection)
    hold(connection, [gist("locales/vi/LC_MESSAGES/dose.po", "vi", data)])      True: something is new
    held(connection)                                                    the catalogs, by path
    release(connection, "locales/vi/LC_MESSAGES/dose.po")

A text's number is a hash of it, so that it is the same in every memory. What the index beside the
tables is to be told stands in one of them until it has been.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import count
from operator import xor
from typing import NamedTuple, TypeAlias

from polypage.catalogs.catalog import parse_file
from polypage.catalogs.leverage import WAIVER
from polypage.files import fingerprint
from polypage.model import Entry

VERSION = 4
"""Of the tables, and of what the index finds texts by; a memory of another one is made anew."""

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
        waivers TEXT NOT NULL,          -- the comments that answer for findings, a line each
        PRIMARY KEY (text, locale, catalog, context)
    ) WITHOUT ROWID;
    CREATE TABLE identities (
        locale TEXT PRIMARY KEY,
        identity BLOB NOT NULL          -- of all that is held of it
    );
    CREATE TABLE unsettled (text INTEGER PRIMARY KEY);  -- what the index is to be told of
    PRAGMA user_version = {VERSION};
"""

NOTHING = bytes(16)
"""The identity of a locale of which nothing is held."""


Row: TypeAlias = tuple[int, str, str, str, str]
"""The number of a text, its context with a sign before it, msgid, msgstr, and waivers."""


class Gist(NamedTuple):
    """What is to be held of a catalog."""

    path: str
    """Below the project's root."""
    locale: str
    file: bytes = b""
    """A digest of the file; empty where the catalog stays as it is held."""
    content: bytes = b""
    """A digest of its translations."""
    rows: tuple[Row, ...] = ()


class Text(NamedTuple):
    """A source text, and the locales in which it has a translation."""

    number: int
    msgid: str
    locales: tuple[str, ...]


def create(connection: sqlite3.Connection) -> None:
    """Make the tables, in a new database.

    It keeps SQLite's own journal: with a write-ahead log, whoever only reads makes files.
    """
    connection.executescript(_TABLES)


def fingerprints(
    connection: sqlite3.Connection, paths: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield those of these catalogs that are held, each with a digest of its bytes."""
    query = "SELECT path, bytes FROM catalogs WHERE path IN (SELECT value FROM json_each(?))"
    return connection.execute(query, (json.dumps(paths),))


def held(connection: sqlite3.Connection, folder: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield the catalogs in a folder that are held, by path, each with a digest of its bytes.

    A folder's name ends with a slash; without one these are all.
    """
    query = "SELECT path, bytes FROM catalogs"
    if not folder:
        return connection.execute(query)
    # The character behind the slash ends what begins with the folder's name.
    bounds = folder, f"{folder[:-1]}0"
    return connection.execute(f"{query} WHERE path >= ? AND path < ?", bounds)


def gist(path: str, locale: str, data: bytes) -> Gist:
    """Read what is to be held of a catalog.

    Raises:
        CatalogError: It cannot be read.
    """
    translations = _translations_of(data, path)
    content = fingerprint(repr(sorted(translations.items())).encode("utf-8", "surrogatepass"))
    rows = ((*key, *told) for key, told in translations.items())
    return Gist(path, locale, fingerprint(data), content, tuple(rows))


def hold(connection: sqlite3.Connection, gists: Sequence[Gist]) -> bool:
    """Hold what these catalogs hold now; say whether translations changed.

    Their paths differ, and each names its locale, so that it never is another's.
    The more at once, the fewer questions: what a text's translations are stands side by side.
    """
    own = _own_texts(connection, gists)
    held = _held(connection, [each.path for each in gists])
    (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM catalogs").fetchone()
    numbers = count(last + 1)
    places: list[_Place] = []
    edits: list[_Edit] = []
    united: dict[str, bytes] = {}
    for each in gists:
        before = held.get(each.path)
        number = before.number if before else next(numbers)
        rows = [row for row in each.rows if own[row[0]] == row[2]]
        now = {(text, context): (msgstr, waivers) for text, context, _, msgstr, waivers in rows}
        old = _present(connection, before) if before else {}
        edits.append(_Edit(number, each.locale, old, now))
        texts = array("q", sorted({text for text, _ in now})).tobytes()
        places.append((number, each.path, each.locale, each.file, each.content, texts))
        contents = (before.content if before else None, each.content)
        for content in filter(None, contents):
            _toggle(united, each.locale, each.path, content)
    connection.executemany("INSERT OR REPLACE INTO catalogs VALUES (?, ?, ?, ?, ?, ?)", places)
    _unite(connection, united)
    return _change(connection, edits)


def release(connection: sqlite3.Connection, path: str) -> bool:
    """Hold nothing of a catalog any more; say whether it had translations."""
    before = _held(connection, [path])[path]
    changed = _change(
        connection, [_Edit(before.number, before.locale, _present(connection, before), {})]
    )
    united: dict[str, bytes] = {}
    _toggle(united, before.locale, path, before.content)
    _unite(connection, united)
    connection.execute("DELETE FROM catalogs WHERE path = ?", (path,))
    return changed


def identity(connection: sqlite3.Connection, locale: str) -> bytes:
    """Tell what is held of a locale from what was held when anything in it changes.

    That is read in one row: each batch of a run asks, and there may be 10,000 catalogs.
    """
    row = connection.execute("SELECT identity FROM identities WHERE locale = ?", (locale,))
    (found,) = row.fetchone() or (NOTHING,)
    return bytes(found)


def _toggle(united: dict[str, bytes], locale: str, path: str, content: bytes) -> None:
    """Take a catalog as it is held into its locale's identity, or out of it if it is in there.

    The digests of catalogs are united by exclusive or: in whatever order, and twice is not at all.
    """
    own = blake2b(repr((path, content)).encode(), digest_size=len(NOTHING)).digest()
    united[locale] = bytes(map(xor, united.get(locale, NOTHING), own))


def _unite(connection: sqlite3.Connection, united: Mapping[str, bytes]) -> None:
    """Unite what changed of locales with what their identities are."""
    for locale, change in united.items():
        now = bytes(map(xor, identity(connection, locale), change))
        connection.execute("INSERT OR REPLACE INTO identities VALUES (?, ?)", (locale, now))


def number_of(msgid: str) -> int:
    """Return the number of a text."""
    data = msgid.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)


def context_of(column: str) -> str | None:
    """Return a context as it is from what stands in the table."""
    return column[1:] if column else None


# --- what the index is to be told -------------------------------------------------------------


def unsettle(connection: sqlite3.Connection) -> None:
    """Have the index told everything: it is a new one."""
    connection.execute("INSERT OR IGNORE INTO unsettled SELECT number FROM texts")


def unsettled(connection: sqlite3.Connection) -> Iterator[int]:
    """Yield the numbers of the texts of which the index is to be told, be they still held or not."""
    return (number for (number,) in connection.execute("SELECT text FROM unsettled"))


def unsettled_texts(connection: sqlite3.Connection) -> Iterator[Text]:
    """Yield those that are held, in the order of their numbers: the index is always the same."""
    rows = connection.execute(_UNSETTLED)
    return (Text(number, msgid, tuple(locales.split(","))) for number, msgid, locales in rows)


def settle(connection: sqlite3.Connection) -> None:
    """Note that the index has been told; texts without translations are forgotten."""
    connection.execute(_FORGOTTEN)
    connection.execute("DELETE FROM unsettled")


_UNSETTLED = """
    SELECT s.number, s.msgid, group_concat(DISTINCT t.locale)
    FROM unsettled u JOIN texts s ON s.number = u.text JOIN translations t ON t.text = s.number
    GROUP BY s.number ORDER BY s.number
"""
_FORGOTTEN = """
    DELETE FROM texts WHERE number IN (SELECT text FROM unsettled)
    AND NOT EXISTS (SELECT 1 FROM translations t WHERE t.text = number)
"""


# --- the translations of a catalog ------------------------------------------------------------

_Translations: TypeAlias = Mapping[tuple[int, str], tuple[str, str, str]]
"""msgid, msgstr and waivers by the text's number and its context."""


def _translations_of(data: bytes, path: str) -> _Translations:
    return {
        (number_of(entry.msgid), "" if entry.context is None else f"/{entry.context}"): (
            entry.msgid,
            entry.msgstr,
            _waivers(entry),
        )
        for entry in parse_file(data, path=path).entries
        if entry.translated and not entry.fuzzy and entry.plural is None
    }


def _waivers(entry: Entry) -> str:
    if not entry.translator_comments:  # as in most entries
        return ""
    lines = (line.strip() for line in entry.translator_comments)
    return "\n".join(line for line in lines if line.startswith(WAIVER))


class _Held(NamedTuple):
    """A catalog as it is held."""

    path: str
    number: int
    locale: str
    content: bytes
    texts: bytes


def _held(connection: sqlite3.Connection, paths: Sequence[str]) -> dict[str, _Held]:
    query = """
        SELECT path, number, locale, content, texts FROM catalogs
        WHERE path IN (SELECT value FROM json_each(?))
    """
    return {row[0]: _Held(*row) for row in connection.execute(query, (json.dumps(paths),))}


def _own_texts(connection: sqlite3.Connection, gists: Sequence[Gist]) -> dict[int, str]:
    """Give each text a row, and return whose their numbers are.

    Once in many millions a number is that of another text, too, which keeps it.
    """
    wanted = {row[0]: row[2] for each in reversed(gists) for row in reversed(each.rows)}
    numbers = sorted(wanted)
    query = "SELECT number, msgid FROM json_each(?) n JOIN texts ON number = n.value"
    known = dict(connection.execute(query, (json.dumps(numbers),)))
    new = [(number, wanted[number]) for number in numbers if number not in known]
    connection.executemany("INSERT INTO texts VALUES (?, ?)", new)
    return wanted | known


_Told: TypeAlias = Mapping[tuple[int, str], tuple[str, str]]
"""msgstr and waivers by the text's number and its context."""
_Place: TypeAlias = tuple[int, str, str, bytes, bytes, bytes]
"""A row of the table of catalogs."""


class _Edit(NamedTuple):
    """What becomes of the translations of a catalog."""

    catalog: int
    locale: str
    old: _Told
    now: _Told

    @property
    def gone(self) -> Iterator[tuple[int, str]]:
        return (key for key in self.old if key not in self.now)

    @property
    def put(self) -> Iterator[tuple[tuple[int, str], tuple[str, str]]]:
        return ((key, told) for key, told in self.now.items() if self.old.get(key) != told)


def _change(connection: sqlite3.Connection, edits: Sequence[_Edit]) -> bool:
    """Replace the translations of catalogs; say whether any is another."""
    gone = [
        (text, edit.locale, edit.catalog, context) for edit in edits for text, context in edit.gone
    ]
    put = [
        (text, edit.locale, edit.catalog, context, *told)
        for edit in edits
        for (text, context), told in edit.put
    ]
    news = {key[0] for edit in edits for key in edit.now.keys() ^ edit.old.keys()}
    connection.executemany(
        "DELETE FROM translations WHERE text = ? AND locale = ? AND catalog = ? AND context = ?",
        gone,
    )
    # In the table's own order, so that neighbours are written together.
    connection.executemany(
        "INSERT OR REPLACE INTO translations VALUES (?, ?, ?, ?, ?, ?)", sorted(put)
    )
    connection.executemany(
        "INSERT OR IGNORE INTO unsettled VALUES (?)", [(text,) for text in sorted(news)]
    )
    return bool(gone or put)


def _present(connection: sqlite3.Connection, held: _Held) -> _Told:
    query = """
        SELECT context, msgstr, waivers FROM translations
        WHERE text = ? AND locale = ? AND catalog = ?
    """
    return {
        (number, context): (msgstr, waivers)
        for number in array("q", held.texts)
        for context, msgstr, waivers in connection.execute(
            query, (number, held.locale, held.number)
        )
    }
