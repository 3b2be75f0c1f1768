"""Catalogs are moved from one segmentation to the other as `moves.txt` says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from polypage.catalogs.catalog import Catalog, new_header
from polypage.catalogs.leverage import CARRIED
from polypage.catalogs.uniting import is_suggestion
from polypage.model import Entry, Segmentation
from polypage.reuse.migrate import migrate
from tests.migrate.moving import Moving, moving

CASES = Path(__file__).with_name("moves.txt")


class Case(NamedTuple):
    """A catalog before and after."""

    name: str
    locale: str
    to: Segmentation
    comes_back: bool
    page: str
    before: list[str]
    after: list[str]


def cases() -> Iterator[Case]:
    for block in re.split(r"(?m)^# (?=[A-Z].*\n\w+ to )", CASES.read_text("utf-8"))[1:]:
        name, terms, page, *lines = block.rstrip("\n").split("\n")
        locale, _, to = terms.partition(",")[0].split(" ")
        middle = lines.index("----")
        yield Case(
            name,
            locale,
            "sentence" if to == "sentence" else "block",
            terms.endswith("there and back"),
            page.removeprefix("< "),
            lines[:middle],
            lines[middle + 1 :],
        )


def catalog(lines: Iterable[str]) -> Catalog:
    entries: list[Entry] = []
    for line in lines:
        if line.startswith("# "):
            comments = (*entries[-1].translator_comments, line.removeprefix("# "))
            entries[-1] = replace(entries[-1], translator_comments=comments)
            continue
        texts = [text.strip() for text in line.removeprefix("~ ").split("|")]
        flags = ("fuzzy",) if line.startswith("~ ") else ()
        previous = texts[2] if texts[2:] else None
        entries.append(Entry(texts[0], texts[1], flags=flags, previous_msgid=previous))
    return Catalog(new_header(project="page", created="2026-11-22 10:00+0000"), tuple(entries))


def written(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        fuzzy = "~ " if entry.fuzzy else ""
        previous = f" | {entry.previous_msgid}" if entry.previous_msgid else ""
        yield f"{fuzzy}{entry.msgid} | {entry.msgstr}{previous}".rstrip(" ")
        for comment in entry.translator_comments:
            if not comment.startswith(CARRIED):
                yield f"# {comment}"


def moved(case: Case, catalog: Catalog, to: Segmentation) -> Catalog:
    made: Moving = moving(case.page, case.locale)
    old, new = (made.blocks, made.sentences) if to == "sentence" else (made.sentences, made.blocks)
    return migrate(
        catalog, old, new, made.cut, to=to, spoken=made.spoken, written=made.written
    ).catalog


each_case = pytest.mark.parametrize("case", [*cases()], ids=lambda case: case.name)


@each_case
def test_a_catalog_is_moved(case: Case) -> None:
    after = moved(case, catalog(case.before), case.to)

    assert list(written(after.live)) == case.after


@each_case
def test_a_catalog_that_is_moved_again_stays_as_it_is(case: Case) -> None:
    after = moved(case, catalog(case.before), case.to)

    assert moved(case, after, case.to) == after


@pytest.mark.parametrize(
    "case", [case for case in cases() if case.comes_back], ids=lambda case: case.name
)
def test_a_catalog_comes_back_as_it_was(case: Case) -> None:
    after = moved(case, catalog(case.before), case.to)

    back = moved(case, after, "block" if case.to == "sentence" else "sentence")

    assert list(written(back.live)) == case.before


@each_case
def test_no_translation_is_lost(case: Case) -> None:
    before = catalog(case.before)

    after = moved(case, before, case.to)

    assert {entry.msgstr for entry in before.entries} <= {
        entry.msgstr for entry in after.entries
    } | {""}


def page(markup: str, to: Segmentation = "sentence") -> Case:
    return Case("", "de", to, comes_back=False, page=markup, before=[], after=[])


def test_a_sentence_translated_in_two_ways_keeps_the_one_it_had() -> None:
    case = page("<p>Rest now. Then sleep.</p><p>Then sleep. Do it.</p>")
    lines = [
        "Rest now. Then sleep. | Ruhe jetzt. Schlaf dann.",
        "Then sleep. Do it. | Dann schlafen. Mach es.",
    ]
    cut = moved(case, catalog(lines), "sentence")

    again = moved(case, moved(case, cut, "block"), "sentence")

    assert list(written(again.live)) == list(written(cut.live))
    assert "Then sleep. | Schlaf dann." in written(again.live)


def suggested(msgid: str, msgstr: str) -> Entry:
    origin = ("suggested from rolling.po, 100 %",)
    return Entry(msgid, msgstr, extracted_comments=origin, flags=("fuzzy",))


@pytest.mark.parametrize("to", ["sentence", "block"])
def test_what_the_memory_suggested_is_not_moved(to: Segmentation) -> None:
    case = page("<p>Rest now. Then sleep.</p>")
    texts = ["Rest now. Then sleep."] if to == "sentence" else ["Rest now.", "Then sleep."]
    entry = suggested(texts[0], "Ruhe jetzt. Schlaf dann.")
    others = tuple(Entry(text) for text in texts[1:])
    before = replace(catalog([]), entries=(entry, *others))

    after = moved(case, before, to)

    assert not any(entry.translated for entry in after.live)


def test_what_is_moved_takes_the_place_of_what_the_memory_suggested() -> None:
    case = page("<p>Rest now. Then sleep.</p><p>Then sleep.</p>")
    whole = catalog(["~ Rest now. Then sleep. | Ruhe jetzt. Schlaf dann."])
    before = replace(whole, entries=(*whole.entries, suggested("Then sleep.", "Gute Nacht.")))

    after = moved(case, before, "sentence")

    assert [entry.msgstr for entry in after.live] == ["Ruhe jetzt.", "Schlaf dann."]
    assert not any(is_suggestion(entry) for entry in after.live)
