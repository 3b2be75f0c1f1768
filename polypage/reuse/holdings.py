"""What the translation memory holds of which catalog: its tables in SQLite, and who fills them.

    create(connection)
    hold(connection, "locales/vi/LC_MESSAGES/dose.po", "vi", data)      True: something is new
    held(connection)                                                    the catalogs, by path
    release(connection, "locales/vi/LC_MESSAGES/dose.po")

A text's number is a hash of it, so that it is the same in every memory. What the index beside the
tables is to be told stands in one of them until it has been.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
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


def hold(connection: sqlite3.Connection, path: str, locale: str, data: bytes) -> bool:
    """Hold what a catalog holds now; say whether its translations changed.

    Raises:
        CatalogError: It cannot be read; what was held of it stays.
    """
    translations = _translations_of(data, path)
    _toggle_in_identity(connection, path)
    insert = "INSERT OR IGNORE INTO catalogs (path, locale, texts) VALUES (?, ?, x'')"
    connection.execute(insert, (path, locale))
    changed = _replace(connection, path, translations)
    content = fingerprint(repr(sorted(translations.items())).encode("utf-8", "surrogatepass"))
    update = "UPDATE catalogs SET bytes = ?, content = ? WHERE path = ?"
    connection.execute(update, (fingerprint(data), content, path))
    _toggle_in_identity(connection, path)
    return changed


def release(connection: sqlite3.Connection, path: str) -> bool:
    """Hold nothing of a catalog any more; say whether it had translations."""
    _toggle_in_identity(connection, path)
    changed = _replace(connection, path, {})
    connection.execute("DELETE FROM catalogs WHERE path = ?", (path,))
    return changed


def identity(connection: sqlite3.Connection, locale: str) -> bytes:
    """Tell what is held of a locale from what was held when anything in it changes.

    That is read in one row: each batch of a run asks, and there may be 10,000 catalogs.
    """
    row = connection.execute("SELECT identity FROM identities WHERE locale = ?", (locale,))
    (found,) = row.fetchone() or (NOTHING,)
    return bytes(found)


def _toggle_in_identity(connection: sqlite3.Connection, path: str) -> None:
    """Take a catalog as it is held into its locale's identity, or out of it if it is in there.

    The digests of catalogs are united by exclusive or: in whatever order, and twice is not at all.
    """
    query = "SELECT locale, content FROM catalogs WHERE path = ?"
    locale, content = connection.execute(query, (path,)).fetchone() or ("", None)
    if content is None:  # not held yet
        return
    own = blake2b(repr((path, content)).encode(), digest_size=len(NOTHING)).digest()
    united = bytes(map(xor, identity(connection, locale), own))
    connection.execute("INSERT OR REPLACE INTO identities VALUES (?, ?)", (locale, united))


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


def _replace(connection: sqlite3.Connection, path: str, new: _Translations) -> bool:
    """Replace the translations of a catalog; say whether any is another."""
    query = "SELECT number, locale, texts FROM catalogs WHERE path = ?"
    catalog, locale, numbers = connection.execute(query, (path,)).fetchone()
    old = _present(connection, catalog, locale, array("q", numbers))
    now = {
        key: (msgstr, waivers)
        for key, (msgid, msgstr, waivers) in new.items()
        if _is_own(connection, key[0], msgid)
    }
    gone = [key for key in old if key not in now]
    put = [(key, told) for key, told in now.items() if old.get(key) != told]
    connection.executemany(
        "DELETE FROM translations WHERE text = ? AND locale = ? AND catalog = ? AND context = ?",
        [(text, locale, catalog, context) for text, context in gone],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO texts VALUES (?, ?)", [(key[0], new[key][0]) for key, _ in put]
    )
    connection.executemany(
        "INSERT OR REPLACE INTO translations VALUES (?, ?, ?, ?, ?, ?)",
        [(text, locale, catalog, context, *told) for (text, context), told in put],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO unsettled VALUES (?)",
        {(text,) for text, _ in (*gone, *(key for key, _ in put if key not in old))},
    )
    texts = array("q", sorted({text for text, _ in now})).tobytes()
    connection.execute("UPDATE catalogs SET texts = ? WHERE number = ?", (texts, catalog))
    return bool(gone or put)


def _present(
    connection: sqlite3.Connection, catalog: int, locale: str, numbers: Sequence[int]
) -> dict[tuple[int, str], tuple[str, str]]:
    query = """
        SELECT context, msgstr, waivers FROM translations
        WHERE text = ? AND locale = ? AND catalog = ?
    """
    return {
        (number, context): (msgstr, waivers)
        for number in numbers
        for context, msgstr, waivers in connection.execute(query, (number, locale, catalog))
    }


def _is_own(connection: sqlite3.Connection, number: int, msgid: str) -> bool:
    """Whether a number is this text's: once in many millions it is another's, who keeps it."""
    row = connection.execute("SELECT msgid FROM texts WHERE number = ?", (number,)).fetchone()
    return row is None or row == (msgid,)
