from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.checking.consistency import Placed, compare
from polypage.model import Entry, Finding

DOSE = "Do not take this with alcohol."
SLEEP = "Go to bed at the same time."


def placed(*entries: Entry) -> list[Placed]:
    """Put entries into a catalog each, each on a line of its own."""
    return [Placed(f"{n}.po", replace(entry, line=n)) for n, entry in enumerate(entries, start=1)]


def found(*entries: Entry) -> list[tuple[str, str]]:
    return [(finding.path, finding.code) for finding in compare(placed(*entries))]


def test_one_text_in_two_ways_is_found_where_it_is_the_rarer() -> None:
    usual, rare = Entry(DOSE, "Nicht mit Alkohol."), Entry(DOSE, "Ohne Alkohol.")

    (finding,) = compare(placed(rare, usual, usual))

    assert (finding.path, finding.line, finding.code) == ("1.po", 1, "translation-varies")
    assert finding.message == "the same text is “Nicht mit Alkohol.” in 2.po:2"


def test_one_translation_of_two_texts_is_found() -> None:
    (finding,) = compare(
        placed(Entry(DOSE, "Nicht mit Alkohol."), Entry(SLEEP, "Nicht mit Alkohol."))
    )

    assert (finding.path, finding.code) == ("2.po", "translation-shared")
    assert finding.message == f"it also stands for “{DOSE}” in 1.po:1"


ALIKE = {
    "the same in the same way": [Entry(DOSE, "A"), Entry(DOSE, "A")],
    "the same but for blanks": [Entry(DOSE, "A b"), Entry(DOSE, "A \n b")],
    "the same with another context": [Entry(DOSE, "A"), Entry(DOSE, "B", context="menu")],
    "one of them fuzzy": [Entry(DOSE, "A"), Entry(DOSE, "B", flags=("fuzzy",))],
    "one of them not translated": [Entry(DOSE, "A"), Entry(DOSE)],
    "one of them obsolete": [Entry(DOSE, "A"), Entry(DOSE, "B", obsolete=True)],
    "texts that differ in signs": [Entry(f"{DOSE[:-1]}!", "A"), Entry(f"<b>{DOSE}</b>", "A")],
    "short texts": [Entry("Close", "Zu"), Entry("Closed", "Zu")],
}


@pytest.mark.parametrize("entries", ALIKE.values(), ids=ALIKE)
def test_there_is_nothing_to_find_in(entries: list[Entry]) -> None:
    assert found(*entries) == []


# --- lengths ----------------------------------------------------------------------------------


def sentences(count: int) -> list[Entry]:
    """Make translations a little longer than their texts, no two of one length."""
    return [
        Entry(f"Text {n} {'abc ' * (12 + n % 7)}", f"Satz {n} {'abcd ' * (12 + n % 7 + n % 2)}")
        for n in range(count)
    ]


def cut(entry: Entry) -> Entry:
    return replace(entry, msgstr=entry.msgstr[: len(entry.msgstr) // 2])


def test_a_lost_half_is_found() -> None:
    first, *others = sentences(40)

    assert found(cut(first), *others) == [("1.po", "length-odd")]


def test_a_translation_twice_is_found() -> None:
    first, *others = sentences(40)

    assert found(replace(first, msgstr=first.msgstr * 2), *others) == [("1.po", "length-odd")]


def test_few_translations_tell_nothing_of_lengths() -> None:
    first, *others = sentences(20)

    assert found(cut(first), *others) == []


def test_short_texts_may_be_of_any_length() -> None:
    assert found(Entry("Rest.", "Ruhen Sie sich bitte einmal richtig aus."), *sentences(40)) == []


# --- laws -------------------------------------------------------------------------------------

entries = st.builds(
    Entry,
    st.sampled_from([DOSE, SLEEP, "", "x"]) | st.text(),
    st.sampled_from(["A", "B", ""]) | st.text(),
    st.none() | st.just("menu"),
)


@given(st.lists(entries, max_size=40))
def test_each_finding_is_about_an_entry_that_is_translated(entries: Sequence[Entry]) -> None:
    there = {(each.path, each.entry.line) for each in placed(*entries) if each.entry.msgstr}

    assert {(finding.path, finding.line) for finding in compare(placed(*entries))} <= there


@given(st.lists(entries, max_size=40))
def test_what_is_found_is_always_the_same(entries: Sequence[Entry]) -> None:
    def once() -> list[Finding]:
        return [*compare(placed(*entries))]

    assert once() == once()
