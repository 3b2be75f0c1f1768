from __future__ import annotations

from dataclasses import replace

import pytest

from polypage.catalogs.catalog import Catalog, new_header
from polypage.catalogs.heritage import NOTHING, inherit
from polypage.model import Entry


def page(texts: str) -> Catalog:
    return Catalog(None, tuple(Entry(text) for text in texts))


def catalog(texts: str, by: str = "old") -> Catalog:
    header = new_header(project=by, created="2026-11-22 10:00+0000")
    return Catalog(header, tuple(Entry(text, f"{text} {by}") for text in texts))


CASES = [
    # the texts of a new page, those of pages that are gone, which of these it was
    ("abcdefgh", {"old": "abcdefgh"}, "old"),
    ("abcdefgh", {"old": "abcdxyz"}, "old"),
    ("abcdefgh", {"old": "abcuvxyz"}, None),
    ("abc", {"old": "abcdefgh"}, None),
    ("abcdefgh", {"old": "abxyz", "other": "abcdxy"}, "other"),
    ("abcd", {"a": "abcd", "b": "abcd"}, "a"),
    ("abcd", {"old": ""}, None),
    ("abcd", {}, None),
]


@pytest.mark.parametrize(("new", "gone", "name"), CASES)
def test_a_new_page_is_known_by_the_texts_it_had(
    new: str, gone: dict[str, str], name: str | None
) -> None:
    vanished = {slug: catalog(texts, slug) for slug, texts in gone.items()}

    predecessor = inherit(page(new), None, vanished).predecessor

    found = predecessor and predecessor.entries
    assert found == (vanished[name].entries if name else None)


def test_a_page_that_has_a_catalog_begins_with_no_other() -> None:
    assert inherit(page("abcd"), page("abcd"), {"old": catalog("abcd")}) == NOTHING


def test_the_best_translation_arrives() -> None:
    entries = catalog("a").entries
    (fuzzy,) = (replace(entry, msgstr="guess", flags=("fuzzy",)) for entry in entries)
    (gone,) = (replace(entry, msgstr="long ago", obsolete=True) for entry in entries)
    vanished = {
        "a": Catalog(None, (fuzzy,)),
        "b": Catalog(None, (gone,)),
        "c": catalog("a", "c"),
        "d": catalog("a", "d"),
    }

    (arrival,) = inherit(page("ax"), page("x"), vanished).arrivals

    assert arrival == Entry("a", "a c")


def test_what_has_moved_arrives_before_what_is_left_of_articles() -> None:
    (arrival,) = inherit(page("a"), page(""), {"old": catalog("a")}, [Entry("a", "moved")]).arrivals

    assert arrival == Entry("a", "moved")
