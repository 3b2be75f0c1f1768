"""Exchange files for tests: what goes out, and what somebody makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from polypage.catalogs.catalog import Catalog, parse
from polypage.exchange.bundle import Bundle, Unit, pack
from polypage.exchange.formats import FORMATS
from polypage.model import Entry

PATH = "locales/vi/LC_MESSAGES/dose.po"

HEADER = 'msgid ""\nmsgstr "Language: vi\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'


def catalog(text: str) -> Catalog:
    """Read a catalog from its entries."""
    return parse(f"{HEADER}{text}".encode(), path=PATH)


def bundle_of(made: Catalog) -> Bundle:
    return pack(made, path=PATH, source="en", target="vi")


def written(made: Catalog, form: str = "xliff") -> str:
    """Return the file that a catalog goes out as."""
    return FORMATS[form].serialize(bundle_of(made)).decode()


def read(text: str, form: str = "xliff") -> Bundle:
    (bundle,) = FORMATS[form].parse(text.encode(), path="dose.xlf")
    return bundle


def edited(bundle: Bundle, changes: Mapping[str, Callable[[Entry], Entry]]) -> Bundle:
    """Edit the entries with these msgids, as a translator does."""

    def edit(unit: Unit) -> Unit:
        change = changes.get(unit.entry.msgid)
        return replace(unit, entry=change(unit.entry)) if change else unit

    return replace(bundle, units=tuple(map(edit, bundle.units)))


def says(msgstr: str, *, fuzzy: bool = False) -> Callable[[Entry], Entry]:
    """Translate."""
    flags = ("fuzzy",) if fuzzy else ()
    return lambda entry: replace(entry, msgstr=msgstr, flags=flags)
