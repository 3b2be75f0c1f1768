"""The translation memory: what was translated before, in any article of the project.

    with opened(folder) as memory:
        memory.refresh(lambda: [gist("locales/vi/LC_MESSAGES/dose.po", "vi", data)])
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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from polypage.catalogs.changes import plain_text
from polypage.catalogs.similarity import scores
from polypage.errors import UNREADABLE_DATABASE, DamagedError
from polypage.model import Entry
from polypage.reuse import holdings
from polypage.reuse.holdings import Gist

if TYPE_CHECKING:
    from polypage.reuse.index import Index

log = logging.getLogger(__name__)


Known: TypeAlias = Callable[[str], bytes | None]
"""Gives the fingerprint of a catalog by its path; None where it is to be read."""


def unknown(_path: str) -> None:
    """Have every catalog read."""


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
    waivers: tuple[str, ...] = ()
    """The comments by which translators answer for what checks find in it."""

    @property
    def entry(self) -> Entry:
        """The translation as it stands in its catalog."""
        return Entry(self.msgid, self.msgstr, self.context, translator_comments=self.waivers)


class Holding(NamedTuple):
    """What a memory holds of a locale."""

    locale: str
    catalogs: int
    texts: int
    """Source texts with a translation, each once."""
    translations: int
    """All of them, in each catalog."""


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
    def size(self) -> int:
        """How many bytes it takes on the disk."""
        return sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())

    def refresh(
        self,
        catalogs: Callable[[], Iterable[Gist]],
        *,
        known: Known = unknown,
    ) -> bool:
        """Hold what these catalogs hold, and nothing else; say whether that is something new.

        A catalog without a digest of its file stays as it was, and one that is held with a
        fingerprint that is `known` need not be named.
        Where nothing can be written there is no memory, and no error.
        """
        if self._damaged.exists() or not self._is_current():
            self.forget()
        for _ in range(2):
            try:
                return self._refreshed(catalogs(), known)
            except (*UNREADABLE_DATABASE, DamagedError, OSError) as error:
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
        try:
            found = holdings.identity(self._connection, locale) if self.exists else holdings.NOTHING
        except UNREADABLE_DATABASE as error:
            raise self._damage(error) from error
        return found.hex()

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

    def held(self, folder: str = "") -> dict[str, bytes]:
        """Return the fingerprint of each catalog in a folder that is held, by path.

        There are none if that is not known.
        """
        try:
            return dict(holdings.held(self._connection, folder)) if self.exists else {}
        except UNREADABLE_DATABASE:
            return {}

    def fingerprints(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Return the fingerprint of each of these catalogs that is held, by path.

        There are none if that is not known.
        """
        try:
            return dict(holdings.fingerprints(self._connection, paths)) if self.exists else {}
        except UNREADABLE_DATABASE:
            return {}

    def exact(self, msgids: Iterable[str], locale: str) -> dict[str, tuple[Hit, ...]]:
        """Find the translations of these very texts, by text, the most used first.

        Raises:
            DamagedError: The memory cannot be read.
        """
        wanted = {holdings.number_of(msgid): msgid for msgid in msgids}
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
        except DamagedError as error:
            raise self._damage(error) from error
        found = list(self._msgids(numbers))
        alike = scores(text, [plain_text(other) for _, other in found], least=least)
        translations = dict(self._translations([found[n][0] for n, _ in alike], locale))
        hits = (
            hit._replace(score=score)
            for n, score in alike
            for hit in _hits(found[n][1], translations.get(found[n][0], ()))
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
        except UNREADABLE_DATABASE as error:
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
        except UNREADABLE_DATABASE:
            return False
        return bool(version == holdings.VERSION)

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._open_connection is None:
            self._open_connection = sqlite3.connect(self._path, timeout=30)
            # What a power cut takes away can be had again; waiting for the disk cannot.
            self._open_connection.execute("PRAGMA synchronous = OFF")
            self._open_connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            # A third faster than reading page by page, in a process that has read nothing yet.
            self._open_connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        return self._open_connection

    def _index(self, *, make: bool = False) -> Index:
        # A run with nothing to look up starts sooner without.
        from polypage.reuse.index import Index  # noqa: PLC0415

        if self._open_index is None:
            self._open_index = Index(self._folder / "index", make=make)
        return self._open_index

    def _refreshed(self, catalogs: Iterable[Gist], known: Known) -> bool:
        held = holdings.held(self._connection) if self.exists else ()
        left = {path: own for path, own in held if known(path) != own}
        changed = False
        named = iter(catalogs)
        while some := [*islice(named, _WRITTEN)]:
            before = {each.path: left.pop(each.path, b"") for each in some}
            news = [each for each in some if each.file and each.file != before[each.path]]
            changed |= bool(news) and self._hold(news)
        for path in left:
            changed |= holdings.release(self._connection, path)
        if self._open_connection is not None:
            self._connection.commit()
            self._settle()
        return changed

    def _hold(self, gists: Sequence[Gist]) -> bool:
        if not self.exists:
            self._folder.mkdir(parents=True, exist_ok=True)
            holdings.create(self._connection)
        return holdings.hold(self._connection, gists)

    def _settle(self) -> None:
        """Tell the index what changed; if that is interrupted, it is done the next time."""
        from polypage.reuse.index import Indexed  # noqa: PLC0415

        if not (self._folder / "index" / "meta.json").is_file():
            holdings.unsettle(self._connection)
        elif next(holdings.unsettled(self._connection), None) is None:
            return
        index = self._index(make=True)
        index.change(
            removed=holdings.unsettled(self._connection) if index.size else (),
            added=(
                Indexed(text.number, plain_text(text.msgid), text.locales)
                for text in holdings.unsettled_texts(self._connection)
            ),
        )
        holdings.settle(self._connection)
        self._connection.commit()


_CACHE = 4_000
"""Kilobytes of the database that are kept at hand: with sixteen times as many nothing is faster."""
_MAPPED = 1 << 24
"""Bytes of it that are mapped into memory, and read when they are needed."""
_WRITTEN = 500
"""How many catalogs are written at a time."""
_AT_ONCE = 1000
"""How many texts one query asks for."""

_FIND = """
    SELECT t.text, t.context, t.msgstr, t.waivers, c.path
    FROM json_each(?2) n JOIN translations t ON t.text = n.value AND t.locale = ?1
    JOIN catalogs c ON c.number = t.catalog
"""
_NAME = "SELECT number, msgid FROM json_each(?) n JOIN texts ON number = n.value"


# --- rows -------------------------------------------------------------------------------------

_Row: TypeAlias = tuple[int, str, str, str, str]
"""The number of a text, the context, the translation, its waivers, and the catalog's path."""
_first = itemgetter(0)


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))


def _hits(msgid: str, rows: Sequence[_Row]) -> tuple[Hit, ...]:
    """Unite the translations that stand in several catalogs."""
    if len(rows) == 1:
        _, context, msgstr, waivers, path = rows[0]
        told = tuple(waivers.splitlines())
        return (Hit(100, msgid, holdings.context_of(context), msgstr, path, 1, told),)
    paths: dict[tuple[str, str], list[str]] = {}
    answered: dict[tuple[str, str], set[str]] = {}
    for _, context, msgstr, waivers, path in rows:
        paths.setdefault((context, msgstr), []).append(path)
        answered.setdefault((context, msgstr), set()).update(waivers.splitlines())
    hits = (
        Hit(100, msgid, holdings.context_of(own), msgstr, min(found), len(found), told)
        for (own, msgstr), found in paths.items()
        for told in [tuple(sorted(answered[own, msgstr]))]
    )
    return tuple(sorted(hits, key=_rank))


def _rank(hit: Hit) -> tuple[float, int, str, str, str, str]:
    """Return what decides which of several comes first: nothing of it depends on chance."""
    return -hit.score, -hit.catalogs, hit.path, hit.msgid, hit.context or "", hit.msgstr
