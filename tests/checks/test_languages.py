"""Translations in another language than their own are told from those in it."""

from __future__ import annotations

import pytest

from benchmarks.mutations import Table, shown, tables
from polypage.checking.languages import in_another
from polypage.language.identification import KNOWN
from polypage.profiles import profile
from tests.conftest import ROOT

ENGLISH = "Rinse it in warm water, let it dry and keep it in its case; children must not use it."
LONG = 45
"""Letters."""
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in (ROOT / "tests/checks/languages.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("locale", "reads_as", "text"), CASES)
def test_a_language_is_told_from_others_where_that_is_certain(
    locale: str, reads_as: str, text: str
) -> None:
    found = [*in_another(ENGLISH, text, profile("en"), profile(locale))]

    assert [each.message.split(",")[0] for each in found] == [f"it reads as {reads_as}"] * bool(
        reads_as
    )


def test_what_the_source_quotes_may_stand_in_the_translation() -> None:
    quoted = "Rincez soigneusement le rouleau à l'eau tiède après chaque utilisation."

    assert not [*in_another(quoted, f"{quoted} ", profile("en"), profile("de"))]


def test_right_translations_read_as_what_they_are() -> None:
    wrong = [
        (pair, found)
        for table in tables()
        for pair in table.pairs
        for found in in_another(
            pair.msgid, shown(pair.msgstr), profile(pair.spoken), profile(pair.written)
        )
    ]

    assert not wrong


@pytest.mark.parametrize(
    "table", [table for table in tables() if table.name != "en"], ids=lambda table: table.name
)
def test_what_a_translator_left_in_english_is_found(table: Table) -> None:
    """Texts of some length, that is; of short ones nothing is said."""
    long = [pair.msgid for pair in table.pairs if sum(map(str.isalpha, pair.msgid)) > LONG]

    found = [text for text in long if [*in_another("", text, profile("en"), profile(table.name))]]

    assert len(found) >= 0.88 * len(long) > 0


def test_all_languages_that_can_be_told_have_a_name() -> None:
    assert {language for language in KNOWN if not profile(language).name} == set()
