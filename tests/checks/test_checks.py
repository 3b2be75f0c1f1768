from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.checks import FIXED
from docs.checks import found as found_in
from polypage.checking.checklist import CHECKS
from polypage.checking.checks import check_entry
from polypage.checking.rows import Check, Family
from polypage.language.drift import drift
from polypage.language.texts import Text
from polypage.model import Entry, Finding, Weight
from polypage.profiles import profile
from tests.contents import content
from tests.growth import assert_grows_evenly


class Case(NamedTuple):
    title: str
    locale: str
    codes: list[str]
    entry: Entry


def read_cases(text: str) -> list[Case]:
    _, *blocks = re.split(r"\n\n# ", text.rstrip("\n"))
    return [read_case(*block.split("\n")) for block in blocks]


def read_case(title: str, expected: str, msgid: str, msgstr: str, *comments: str) -> Case:
    locale, *codes = expected.split()
    entry = Entry(
        msgid.removeprefix("- "),
        msgstr.removeprefix("+ "),
        translator_comments=tuple(comment.removeprefix("# ") for comment in comments),
        line=7,
    )
    return Case(title, locale, [code for code in codes if code != "good"], entry)


CASES = read_cases(Path(__file__).with_name("cases.txt").read_text("utf-8"))


def check(entry: Entry, locale: str) -> tuple[Finding, ...]:
    source = content(entry.msgid, fixed=FIXED)
    return check_entry(entry, source, profile(locale), path="locales/x.po")


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_a_translation_has_the_findings_it_deserves(case: Case) -> None:
    findings = check(case.entry, case.locale)

    assert sorted(finding.code for finding in findings) == sorted(case.codes), findings


each_check = pytest.mark.parametrize("check_", CHECKS, ids=[check_.code for check_ in CHECKS])


@each_check
def test_a_check_finds_its_example(check_: Check) -> None:
    found = found_in(check_.example)

    assert (check_.code, check_.severity) in {(each.code, each.severity) for each in found}


@each_check
def test_a_check_spares_what_is_near_its_example(check_: Check) -> None:
    assert found_in(check_.spared) == ()


def test_the_checks_of_a_family_stand_together() -> None:
    families = [family for family, _ in groupby(CHECKS, key=lambda check_: check_.family)]

    assert families == [*Family]


def test_codes_are_stable_names_and_all_different() -> None:
    codes = Counter(check_.code for check_ in CHECKS)

    assert set(codes.values()) == {1}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


def test_each_code_is_tried_on_a_case() -> None:
    tried = {code for case in CASES for code in case.codes}
    elsewhere = {
        check_.code
        for check_ in CHECKS
        if check_.compared
        or check_.family is Family.ACCESSIBILITY
        or check_.code.startswith(("inline-", "its-", "term-", "disclaimer-"))
    }

    assert {check_.code for check_ in CHECKS} - elsewhere <= tried


def test_a_finding_says_where_its_entry_is() -> None:
    (finding,) = check(Entry("Take 5 mg.", "Nehmen Sie 6 mg.", line=12), "de")

    assert (finding.path, finding.line) == ("locales/x.po", 12)
    assert finding.message == "5 mg has become 6 mg"


@pytest.mark.parametrize(
    "unready",
    [
        Entry("Take 5 mg."),
        Entry("Take 5 mg.", "Nehmen Sie 6 mg.", flags=("fuzzy",)),
        Entry("Take 5 mg.", "Nehmen Sie 6 mg.", obsolete=True),
        Entry("%d mg", plural="%d mg", plural_msgstrs=("6", "7")),
    ],
    ids=["untranslated", "fuzzy", "obsolete", "plural"],
)
def test_what_is_not_published_is_not_checked(unready: Entry) -> None:
    assert check(unready, "de") == ()


def test_the_source_may_be_in_any_language() -> None:
    entry = Entry("Nehmen Sie 1,5 mg und nicht mehr.", "Take 1.5 mg and more.")

    findings = check_entry(entry, (entry.msgid,), profile("en"), path="", source_locale="de")

    assert [finding.code for finding in findings] == ["negation-lost"]


DOSE = Entry("Take 5 mg for 20 days.", "Nehmen Sie 6 mg einige Tage lang.")


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({}, {"number-changed": "error", "number-missing": "error"}),
        ({"number-changed": "off"}, {"number-missing": "error"}),
        (
            {"number-changed": "warning", "number-missing": "info"},
            {"number-changed": "warning", "number-missing": "info"},
        ),
    ],
)
def test_a_project_says_how_grave_findings_are(
    weights: dict[str, Weight], expected: dict[str, str]
) -> None:
    findings = check_entry(DOSE, (DOSE.msgid,), profile("de"), path="", weights=weights)

    assert {finding.code: str(finding.severity) for finding in findings} == expected


def test_a_waiver_of_what_nobody_looks_for_stays() -> None:
    entry = replace(DOSE, translator_comments=("polypage-ok: number-moved by sense",))

    def codes(weights: dict[str, Weight]) -> set[str]:
        found = check_entry(entry, (entry.msgid,), profile("de"), path="", weights=weights)
        return {finding.code for finding in found}

    assert "waiver" in codes({})
    assert "waiver" not in codes({"number-moved": "off"})


def test_a_doubt_stays_one_where_findings_are_errors() -> None:
    entry = Entry("See the table.", "Siehe Tabelle 3.")

    (finding,) = check_entry(
        entry, (entry.msgid,), profile("de"), path="", weights={"number-added": "error"}
    )

    assert (finding.code, finding.severity) == ("number-added", "warning")


def test_white_space_that_counts_is_no_invisible_character() -> None:
    entry = Entry("Rest. Sleep.", "Ruhe.\n\tSchlaf.")

    findings = check_entry(entry, (entry.msgid,), profile("de"), path="", preserve_space=True)

    assert findings == ()


NUMBERS = st.integers(0, 10**7) | st.decimals(0, 10**4, places=2)


def written(number: object, locale: str) -> str:
    marks = {",": profile(locale).group, ".": profile(locale).decimal}
    return "".join(marks.get(letter, letter) for letter in f"{number:,}")


@given(st.lists(NUMBERS, max_size=4), st.sampled_from(["vi", "fr", "de", "ar", "th", "es", "pl"]))
def test_figures_written_as_the_locale_writes_them_are_the_same(
    numbers: list[object], locale: str
) -> None:
    source = "; ".join(written(number, "en") for number in numbers)
    target = "; ".join(written(number, locale) for number in numbers)

    assert not [*drift(Text.of(source, profile("en")), Text.of(target, profile(locale)))]


@given(st.integers(13, 9_999), st.integers(13, 9_999), st.sampled_from(["vi", "fr", "ar", "th"]))
def test_another_dose_is_always_found(one: int, other: int, locale: str) -> None:
    source, target = Text.of(f"{one} mg", profile("en")), Text.of(f"{other} mg", profile(locale))

    found = [*drift(source, target)]

    assert bool(found) == (one != other)


@given(st.text(), st.text(), st.sampled_from(["vi", "ar", "zh_Hant_TW", "fr", "sw"]))
def test_whatever_a_translator_types_is_checked(msgid: str, msgstr: str, locale: str) -> None:
    entry = Entry(msgid, msgstr)

    findings = check_entry(entry, (msgid,), profile(locale), path="")

    assert check_entry(replace(entry, flags=("fuzzy",)), (msgid,), profile(locale), path="") == ()
    assert {finding.code for finding in findings} <= {check_.code for check_ in CHECKS}


def test_many_figures_are_compared_as_fast_as_few() -> None:
    source = Text.of("Take 5 mg.", profile("en"))

    def compared(figures: int) -> object:
        return [*drift(source, Text.of("½" * figures, profile("de")))]

    assert_grows_evenly(compared, 500, 4_000)


@pytest.mark.parametrize(
    "piece", ["2 in the morning, 3 at night. ", "2 in the morning, 3 at night "]
)
def test_many_figures_beside_words_take_no_longer_each(piece: str) -> None:
    def compared(count: int) -> object:
        one, other = (Text.of(piece * count, profile(each)) for each in ("en", "de"))
        return [*drift(one, other)]

    assert_grows_evenly(compared, 250, 2_000)
