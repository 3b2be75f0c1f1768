from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from polypage.catalog import Catalog
from polypage.changes import classify
from polypage.merge import CARRIED, merge
from polypage.model import Entry

NEIGHBOURS = tuple(Entry(f"Neighbour {word}", f"Nachbar {word}") for word in "ABCD")


class Case(NamedTuple):
    """An article's entries before and after an edit, and how the latter came by what."""

    name: str
    old: Catalog
    template: Catalog
    outcomes: tuple[str, ...]


def read_cases() -> Iterator[Case]:
    text = (Path(__file__).parent / "edits.txt").read_text("utf-8")
    for block in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        name, *lines = block.split("\n")
        yield read_case(name, lines)


def read_case(name: str, lines: list[str]) -> Case:
    old: list[Entry] = []
    new: list[Entry] = []
    outcomes: list[str] = []
    for line in lines:
        mark, _, written = line.partition(" ")
        text = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), written)
        text = text.replace(r"\n", "\n")
        match mark:
            case "<" | "~~":
                old.append(replace(entry(text), obsolete=mark == "~~"))
            case "+" | "~":
                flags = ("fuzzy",) if mark == "~" else ()
                old[-1] = replace(old[-1], msgstr=text, flags=flags)
            case ">":
                new.append(entry(text))
            case "=":
                outcomes.append(text)
    live = (*NEIGHBOURS[:2], *(one for one in old if not one.obsolete), *NEIGHBOURS[2:])
    obsolete = (one for one in old if one.obsolete)
    around = [replace(neighbour, msgstr="") for neighbour in NEIGHBOURS]
    template = (*around[:2], *new, *around[2:])
    return Case(name, Catalog(None, (*live, *obsolete)), Catalog(None, template), tuple(outcomes))


def entry(text: str) -> Entry:
    context = re.match(r"\[(.*?)\] ", text)
    return Entry(text[context.end() :], context=context[1]) if context else Entry(text)


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.name)
def test_an_edit_has_the_outcome_of_its_case(case: Case) -> None:
    merged = merge(case.old, case.template)

    edited = merged.catalog.live[2:-2]
    assert tuple(outcome(case.old, entry) for entry in edited) == case.outcomes


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.name)
def test_an_edit_loses_nothing_and_is_done_at_once(case: Case) -> None:
    merged = merge(case.old, case.template)

    before = {entry.msgstr for entry in case.old.entries}
    assert before <= {entry.msgstr for entry in merged.catalog.entries} | {""}
    assert [one.key for one in merged.catalog.live] == [one.key for one in case.template.live]
    again = merge(merged.catalog, case.template)
    assert again.catalog == merged.catalog
    assert not again.changed


def outcome(old: Catalog, entry: Entry) -> str:
    """Tell from an entry how it came by its translation."""
    if not entry.msgstr:
        return "new"
    return f"{how(old, entry)}: {entry.msgstr}"


def how(old: Catalog, entry: Entry) -> str:
    if entry.fuzzy and entry.previous_msgid == entry.msgid:
        return "fuzzy context"
    if entry.fuzzy:
        assert entry.previous_msgid is not None
        return f"fuzzy {classify(entry.previous_msgid, entry.msgid, language='en')}"
    for comment in entry.translator_comments:
        if comment.startswith(CARRIED):
            return comment.removeprefix(f"{CARRIED} only the ").partition(" ")[0]
    return "returned" if entry.key in {one.key for one in old.obsolete} else "unchanged"
