"""Catalogs are moved from one segmentation to the other as `moves.txt` says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from polypage.catalog import Catalog, new_header
from polypage.leverage import CARRIED
from polypage.migrate import migrate
from polypage.model import Entry, Segmentation
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
