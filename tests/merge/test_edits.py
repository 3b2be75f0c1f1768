from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.changes import classify
from polypage.catalogs.leverage import CARRIED
from polypage.catalogs.merge import CHANGED, merge
from polypage.model import Entry

NEIGHBOURS = tuple(Entry(f"Neighbour {word}", f"Nachbar {word}") for word in "ABCD")


class Case(NamedTuple):
    """An article's entries before and after an edit, and how the latter came by what."""

    name: str
    language: str
    old: Catalog
    template: Catalog
    outcomes: tuple[Outcome, ...]


class Outcome(NamedTuple):
    """What became of one entry."""

    how: str
    difference: str = ""
    notes: tuple[str, ...] = ()


def read_cases() -> Iterator[Case]:
    text = (Path(__file__).parent / "edits.txt").read_text("utf-8")
    for block in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        heading, *lines = block.split("\n")
        name, _, language = heading.partition(" @")
        yield read_case(name, language or "en", lines)


def read_case(name: str, language: str, lines: list[str]) -> Case:
    old: list[Entry] = []
    new: list[Entry] = []
    outcomes: list[Outcome] = []
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
                outcomes.append(Outcome(text))
            case "%":
                outcomes[-1] = outcomes[-1]._replace(difference=text)
            case "*" if outcomes:
                outcomes[-1] = outcomes[-1]._replace(notes=(*outcomes[-1].notes, text))
            case "*":
                notes = (*old[-1].translator_comments, text)
                old[-1] = replace(old[-1], translator_comments=notes)
    live = (*NEIGHBOURS[:2], *(one for one in old if not one.obsolete), *NEIGHBOURS[2:])
    obsolete = (one for one in old if one.obsolete)
    around = [replace(neighbour, msgstr="") for neighbour in NEIGHBOURS]
    template = (*around[:2], *new, *around[2:])
    return Case(
        name, language, Catalog(None, (*live, *obsolete)), Catalog(None, template), tuple(outcomes)
    )


def entry(text: str) -> Entry:
    context = re.match(r"\[(.*?)\] ", text)
    return Entry(text[context.end() :], context=context[1]) if context else Entry(text)


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.name)
def test_an_edit_has_the_outcome_of_its_case(case: Case) -> None:
    merged = merge(case.old, case.template, source_language=case.language)

    edited = merged.catalog.live[2:-2]
    assert tuple(outcome(case, entry) for entry in edited) == case.outcomes


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.name)
def test_an_edit_loses_nothing_and_is_done_at_once(case: Case) -> None:
    merged = merge(case.old, case.template, source_language=case.language)

    before = {entry.msgstr for entry in case.old.entries}
    assert before <= {entry.msgstr for entry in merged.catalog.entries} | {""}
    assert [one.key for one in merged.catalog.live] == [one.key for one in case.template.live]
    again = merge(merged.catalog, case.template, source_language=case.language)
    assert again.catalog == merged.catalog
    assert not again.changed


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.name)
def test_what_was_not_edited_around_it_stays(case: Case) -> None:
    merged = merge(case.old, case.template, source_language=case.language)

    live = merged.catalog.live
    assert (*live[:2], *live[-2:]) == NEIGHBOURS


def outcome(case: Case, entry: Entry) -> Outcome:
    """Tell from an entry how it came by its translation, and what its translator is told."""
    told = entry.extracted_comments
    notes = (note for note in entry.translator_comments if not note.startswith(CARRIED))
    return Outcome(
        f"{how(case, entry)}: {entry.msgstr}" if entry.msgstr else "new",
        told[-1].removeprefix(f"{CHANGED} ") if told else "",
        tuple(notes),
    )


def how(case: Case, entry: Entry) -> str:
    if entry.fuzzy and entry.previous_msgid == entry.msgid:
        return "fuzzy context"
    if entry.fuzzy and entry.previous_msgid is not None:
        return f"fuzzy {classify(entry.previous_msgid, entry.msgid, language=case.language)}"
    for comment in entry.translator_comments:
        if comment.startswith(CARRIED):
            return comment.removeprefix(f"{CARRIED} only the ").partition(" ")[0]
    found = "returned" if entry.key in {one.key for one in case.old.obsolete} else "unchanged"
    return f"{found} fuzzy" if entry.fuzzy else found
