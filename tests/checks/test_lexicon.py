"""The tables of words are what the reader of them takes them for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.language import lexicon as module
from polypage.language.cues import find
from polypage.language.lexicon import UNITS, lexicon
from polypage.language.numerals import read_words
from polypage.language.patterns import any_of
from polypage.language.texts import Text
from polypage.profiles import profile
from tests.conftest import ROOT

TABLES = sorted((ROOT / "polypage/language/lexicons").glob("*.txt"))
EXPLAINED = set(re.findall(r"^    ([a-z_, ]+?)  ", module.__doc__ or "", re.MULTILINE))
NAMES = {name for names in EXPLAINED for name in names.split(", ")} | {
    "tens",
    "twenties",
    "thirties",
    "hundreds",
    "glued",
    "more_after",
    "less_after",
}


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_each_line_of_a_table_is_one_that_is_read(table: Path) -> None:
    _, *lines = table.read_text("utf-8").splitlines()

    names = [line.partition(" ")[0] for line in lines]

    assert set(names) <= NAMES | UNITS.keys()
    assert len(names) == len(set(names))


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_a_language_has_the_words_that_all_checks_need(table: Path) -> None:
    known = lexicon(table.stem)

    kinds = {name for names in known.cues.values() for name in names}
    assert {"negations", "denying", "hinting", "more", "less"} <= kinds
    assert set(range(1, 13)) <= set(known.numerals.values())
    assert {"mg", "g", "ml", "hour", "day", "week", "year"} <= set(known.units.values())
    assert known.length


@given(st.lists(st.text("abc ", min_size=1), min_size=1))
def test_the_longest_of_some_words_is_found(words: list[str]) -> None:
    found = re.compile(any_of(words)).match(max(words, key=len))

    assert found
    assert found[0] == max(words, key=len)


@pytest.mark.parametrize(
    ("language", "text", "cues"),
    [
        ("en", "do not take more than 8", ["not", "more than"]),
        ("en", "no more than 8", ["no more than"]),
        ("en", "not only children", ["not only"]),
        ("en", "turn off --no-proxy", []),
        ("en", 'the word "never"', []),
        ("ja", "必ず服用しなければなりません", ["必ず", "なければなりません"]),
        ("ru", "необходимо несколько недель", ["необходимо", "несколько", "недель"]),
        ("th", "อย่างน้อย", ["อย่างน้อย"]),
        ("sw", "usitumie", []),
    ],
)
def test_the_longest_cue_counts(language: str, text: str, cues: list[str]) -> None:
    assert [cue.text for cue in find(text, lexicon(language))] == cues


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "two hundred and five", [205]),
        ("es", "treinta y dos", [32]),
        ("de", "fünfundzwanzig", [25]),
        ("fr", "soixante-quinze", [75]),
        ("vi", "hai mươi lăm", [25]),
        ("hi", "पच्चीस", [25]),
        ("zh", "二十五", [25]),
        ("ja", "三百五十", [350]),
        ("ko", "두 번", [2]),
        ("ru", "двадцать пять", [25]),
        ("it", "ventitré", [23]),
        ("pt", "duzentos e cinco", [205]),
        ("ms", "dua puluh lima", [25]),
    ],
)
def test_numerals_are_read_as_a_whole(language: str, text: str, values: list[int]) -> None:
    assert [each.value for each in read_words(Text.of(text, profile(language)))] == values
