"""Languages whose words are not known get no errors that it takes their words to judge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.check_quality import polypage
from benchmarks.mutations import Pair
from polypage.language.lexicon import lexicon

_, *BLOCKS = Path(__file__).with_name("untabled.txt").read_text("utf-8").strip().split("\n\n")
LOCALES = "nl pl tr sv cs fa he uk el hu fi da ro".split()


def pairs(locale: str) -> Iterator[Pair]:
    """Take a translation both ways."""
    for block in BLOCKS:
        source, *lines = block.split("\n")
        for line in lines:
            name, _, target = line.partition(" ")
            if name == locale:
                english = source.removeprefix("- ")
                yield Pair("en", locale, english, target, "")
                yield Pair(locale, "en", target, english, "")


@pytest.mark.parametrize("locale", LOCALES)
def test_right_translations_have_no_errors(locale: str) -> None:
    tried = [*pairs(locale)]

    found = [(pair, polypage(pair, pair.msgstr)) for pair in tried]

    assert not lexicon(locale).numerals
    assert len(tried) >= 2 * 8
    assert [each for each in found if "error" in {severity for severity, _ in each[1]}] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_another_dose_is_found_all_the_same(locale: str) -> None:
    (pair,) = (each for each in pairs(locale) if each.spoken == "en" and "40 mg of" in each.msgid)
    other = pair.msgstr.replace("40", "400").replace("۴۰", "۴۰۰")

    assert "error" in {severity for severity, _ in polypage(pair, other)}
