"""Catalogs for memories, written as short as can be."""

from __future__ import annotations

from collections.abc import Mapping

from polypage.catalogs.catalog import Catalog, new_header, serialize
from polypage.model import Entry
from polypage.reuse.holdings import Gist, gist

HEADER = new_header(project="health", created="2026-11-01 10:00+0000", language="vi")


def catalog(translations: Mapping[str, str] | list[Entry]) -> bytes:
    entries = (
        translations
        if isinstance(translations, list)
        else [Entry(msgid, msgstr) for msgid, msgstr in translations.items()]
    )
    return serialize(Catalog(HEADER, tuple(entries)))


def kept(slug: str, translations: Mapping[str, str] | list[Entry], locale: str = "vi") -> Gist:
    return gist(f"locales/{locale}/LC_MESSAGES/{slug}.po", locale, catalog(translations))
