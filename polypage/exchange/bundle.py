"""A catalog on its way to translators' tools and back, whatever the format of the file.

    bundle = pack(catalog, path="locales/vi/LC_MESSAGES/dose.po", source="en", target="vi")
    bundle.units[0].entry        an entry as it goes out
    bundle.units[0].base         what its words were then: tells later who changed them
    bundle.catalog               the catalog again, to the byte

The formats (`xliff`, `xliff12`, `tmx`) write and read bundles; `exchange` takes into a catalog
what came back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from polypage.catalogs.catalog import Catalog, Header
from polypage.errors import ExchangeError
from polypage.exchange import codes
from polypage.exchange.codes import Pieces
from polypage.model import Entry, EntryKey


@dataclass(frozen=True, slots=True)
class Unit:
    """An entry in an exchange file."""

    entry: Entry
    """Its `line` is that in the file."""
    base: str = ""
    """The digest of its words when it went out; empty where the file does not tell."""
    noted: str = ""
    """That of its translator comments, likewise."""

    @property
    def reworded(self) -> bool:
        """Whether its words may differ from those that went out."""
        return self.base != words_digest(self.entry)

    @property
    def commented(self) -> bool:
        """Whether it may have translator comments that did not go out; tools may drop them all."""
        comments = self.entry.translator_comments
        return bool(comments) and self.noted != comments_digest(self.entry)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A catalog in an exchange file."""

    path: str
    """The catalog's, below the project's root."""
    source: str
    """The language tag of the source texts."""
    target: str
    """That of the translations."""
    units: tuple[Unit, ...] = ()
    """Live entries in document order, then obsolete ones."""
    header: Header | None = None
    trailer: tuple[str, ...] = ()

    @property
    def catalog(self) -> Catalog:
        return Catalog(self.header, tuple(unit.entry for unit in self.units), self.trailer)

    @property
    def finished(self) -> Bundle:
        """The bundle without what is fuzzy, obsolete or missing."""
        return replace(self, units=tuple(unit for unit in self.units if unit.entry.usable))

    def doubted(self, keys: Collection[EntryKey]) -> Bundle:
        """Return the bundle with the translations of these entries as fuzzy ones."""
        if not keys:
            return self
        return replace(self, units=tuple(_doubted(unit, keys) for unit in self.units))


def _doubted(unit: Unit, keys: Collection[EntryKey]) -> Unit:
    entry = unit.entry
    if entry.key not in keys or not entry.usable:
        return unit
    return replace(unit, entry=replace(entry, flags=("fuzzy", *entry.flags)))


def pack(catalog: Catalog, *, path: str, source: str, target: str) -> Bundle:
    """Make a bundle of a catalog."""
    units = tuple(
        Unit(entry, words_digest(entry), comments_digest(entry)) for entry in catalog.entries
    )
    return Bundle(path, source, target, units, catalog.header, catalog.trailer)


def words_digest(entry: Entry) -> str:
    """Identify what a translator decides about an entry, but for comments."""
    return _digest(entry.msgstr, *entry.plural_msgstrs, "fuzzy" if entry.fuzzy else "")


def comments_digest(entry: Entry) -> str:
    """Identify what translators noted on an entry."""
    return _digest(*entry.translator_comments)


def identify(key: EntryKey) -> str:
    """Name an entry so that every export of it has the same name, fit for an XML id."""
    return f"e{_digest(key.context or '', key.msgid, str(key.context is None))}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def as_written(text: str, pieces: Pieces) -> str | None:
    """Return a text that its pieces alone would not give back, such as one with `R&D`."""
    return None if codes.notation(pieces) == text else text


def restored(pieces: Pieces, written: str | None, before: Pieces) -> str:
    """Return the text of pieces; just as it was written if they are those it had before."""
    text = codes.notation(pieces)
    return written if written is not None and text == codes.notation(before) else text


def refuse_unfit(units: Iterable[Unit], path: str) -> None:
    """Refuse a file with two translations of one entry, or with one of nothing.

    Raises:
        ExchangeError: There is such a unit.
    """
    seen: dict[EntryKey, int | None] = {}
    for unit in units:
        entry = unit.entry
        if not entry.msgid and entry.context is None:
            remedy = "delete the unit, or export again"
            raise ExchangeError(path, "a unit has no source text", line=entry.line, remedy=remedy)
        if entry.key in seen:
            problem = f'"{entry.msgid[:40]}" is there twice, first on line {seen[entry.key]}'
            remedy = "delete the unit that is not to count"
            raise ExchangeError(path, problem, line=entry.line, remedy=remedy)
        seen[entry.key] = entry.line
