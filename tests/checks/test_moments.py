from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.checking.checks import check_entry
from polypage.language.dates import Date, dates
from polypage.language.moments import moments
from polypage.language.readings import Reading
from polypage.language.texts import Text
from polypage.language.times import Time, times
from polypage.model import Entry
from polypage.profiles import profile, written_date
from tests.contents import content
from tests.growth import assert_grows_evenly

_, DATES, TIMES, TRANSLATIONS = re.split(
    r"(?:\A|\n)# (?:dates|times|translations)\n",
    Path(__file__).with_name("moments.txt").read_text("utf-8"),
)


def cases(table: str) -> Iterator[tuple[str, str, list[str]]]:
    for block in table.strip().split("\n\n"):
        head, text = block.split("\n")
        locale, *found = head.split()
        yield locale, text, found


def as_date(found: Date) -> str:
    weekday = "" if found.day.weekday is None else f"/{found.day.weekday}"
    return f"{found.day}{weekday}" + (f"|{found.other}" if found.other else "")


def as_time(found: Time) -> str:
    return "|".join(f"{each // 60}:{each % 60:02}" for each in sorted(found.minutes))


@pytest.mark.parametrize(("locale", "text", "found"), [*cases(DATES)])
def test_dates_are_found_as_a_locale_writes_them(locale: str, text: str, found: list[str]) -> None:
    assert sorted(map(as_date, dates(Text.of(text, profile(locale))))) == sorted(found)


@pytest.mark.parametrize(("locale", "text", "found"), [*cases(TIMES)])
def test_times_are_found_as_a_locale_writes_them(locale: str, text: str, found: list[str]) -> None:
    assert [as_time(each) for each in times(Text.of(text, profile(locale)))] == found


def translations(table: str) -> Iterator[tuple[str, str, str, str]]:
    for block in table.strip().split("\n\n"):
        source, *lines = block.split("\n")
        for line in lines:
            locale, worst, target = line.split(maxsplit=2)
            yield locale, source, target, worst


@pytest.mark.parametrize(("locale", "source", "target", "worst"), [*translations(TRANSLATIONS)])
def test_a_moment_is_the_same_or_is_found(
    locale: str, source: str, target: str, worst: str
) -> None:
    entry = Entry(source, target, line=1)

    found = check_entry(entry, content(source), profile(locale), path="locales/x.po")

    severities = {str(each.severity) for each in found}
    assert next((each for each in ("error", "warning") if each in severities), "good") == worst, (
        found
    )


LOCALES = st.sampled_from(
    "ar de en en_GB es fi fr hi hu id it ja ko ms nl pl pt ru sv th tr uk vi zh zh_Hant_TW".split()
)


YEARS = st.dates(date(1000, 1, 1), date(2399, 12, 31))
"""From 2400 on, Thai years are those of the Buddhist era."""


@given(day=YEARS, one=LOCALES, other=LOCALES, form=st.sampled_from(["long", "full", "medium"]))
def test_a_date_is_the_same_in_all_languages(day: date, one: str, other: str, form: str) -> None:
    before, after = (
        Reading(Text.of(written_date(day, locale, form) or "", profile(locale)))
        for locale in (one, other)
    )

    assert moments(before, after).slips == ()


@pytest.mark.parametrize(
    "piece", ["4 March 2020 ", "03/04/2020 ", "8:30 pm ", "half past 8 ", "8 4 ", "May "]
)
def test_many_moments_take_no_longer_each(piece: str) -> None:
    def compared(count: int) -> object:
        one, other = (Reading(Text.of(piece * count, profile(each))) for each in ("en", "fr"))
        return moments(one, other)

    assert_grows_evenly(compared, 250, 2_000)
