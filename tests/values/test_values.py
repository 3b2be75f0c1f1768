"""Numbers and dates that stand alone, written as each language writes them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.building.render import render
from polypage.html.document import read as read_page
from polypage.language.quantities import read
from polypage.language.texts import Text
from polypage.language.values import Dated, dated, is_number, localized, written
from polypage.model import Article
from polypage.profiles import profile, tag, written_date
from polypage.proving.account import Fate
from polypage.reading.extract import extract
from polypage.rules.judging import Rules
from polypage.runs.pipeline import run
from polypage.runs.stages.accounting import account_of
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES
from tests.render.pages import ARABIC, ENGLISH, untranslated

EGYPT = replace(ARABIC, tag="ar-EG")

# --- numbers ----------------------------------------------------------------------------------

NUMBERS = [
    ("1,234.5", "vi", "1.234,5"),
    ("1,234.5", "fr", "1\N{NARROW NO-BREAK SPACE}234,5"),
    ("1,234.5", "zh-Hant-TW", "1,234.5"),
    ("1,234.50", "ar-EG", "١٬٢٣٤٫٥٠"),
    ("1234", "es", "1234"),
    ("2026", "fa", "۲۰۲۶"),
    ("0.50", "de", "0,50"),
    ("50%", "fr", "50\N{NO-BREAK SPACE}%"),
    ("50 %", "tr", "%50"),
    ("12.5%", "ar-EG", "١٢٫٥٪\N{ARABIC LETTER MARK}"),
    ("12.5%", "ar", "12.5\N{LEFT-TO-RIGHT MARK}%\N{LEFT-TO-RIGHT MARK}"),
]


@pytest.mark.parametrize(("text", "language", "expected"), NUMBERS)
def test_a_number_is_written_as_the_language_does(text: str, language: str, expected: str) -> None:
    assert localized(text, "en", language) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "x", "5 mg", "5mg", "%", "1,2,3", "12.06.2026", "12:30", "1/2", "½", "555-1234"),
        *("007", "00", "-3", "+5", "±2", "<5", "5–6", "1 234 56", "5.", ".5", "1e9", "5 %%", "%5%"),
        "1234567890123456",
    ],
)
def test_what_may_be_no_number_stays_as_it_is(text: str) -> None:
    assert localized(text, "en", "vi") is None
    assert not is_number(text, "en")


LOCALES = ("en", "vi", "id", "th", "ar", "ar_EG", "zh_Hant_TW", "es", "fr", "de", "de_CH", "fa", "hi",
           "bn", "my", "tr", "he", "ru", "pl", "sw", "ne", "mr")  # fmt: skip


@given(
    st.decimals(min_value=0, max_value=10**9, places=3) | st.integers(0, 10**9).map(Decimal),
    st.sampled_from(LOCALES),
    st.booleans(),
    st.booleans(),
)
def test_a_number_is_read_back_as_the_same_number(
    number: Decimal, locale: str, grouped: bool, percent: bool
) -> None:
    text = f"{number:{',' if grouped else ''}f}{'%' if percent else ''}"
    anew = localized(text, "en", tag(locale))

    if anew is not None:
        (found,) = read(Text.of(anew, profile(locale)))
        assert found.value == number
        assert found.unit == ("percent" if percent else None)
    # Other groups than of three digits are the only reason to leave one alone.
    assert anew is not None or (grouped and locale in {"hi", "bn", "mr", "ne"})


# --- dates ------------------------------------------------------------------------------------

DATES = [
    ("March 4, 2026", "2026-03-04", "long"),
    ("4 March 2026", "2026-03-04T10:30:00+02:00", "long"),
    ("Mar 4, 2026", "2026-03-04", "medium"),
    ("Wednesday, March 4, 2026", "2026-03-04", "full"),
    ("04/03/2026", "2026-03-04", "yMd"),
    ("4 March", "2026-03-04", "MMMMd"),
    ("March 2026", "2026-03", "yMMMM"),
    ("March 2026", "2026-03-04", "yMMMM"),
]


@pytest.mark.parametrize(("text", "datetime", "form"), DATES)
def test_a_date_is_read_with_the_form_it_has(text: str, datetime: str, form: str) -> None:
    found = dated(text, datetime, "en")

    assert found is not None
    assert (found.day, found.form) == (datetime[:10], form)


@pytest.mark.parametrize(
    ("text", "datetime"),
    [
        ("yesterday", "2026-03-04"),
        ("Updated March 4, 2026", "2026-03-04"),
        ("March 5, 2026", "2026-03-04"),
        ("March 4, 2026, 10:30", "2026-03-04T10:30"),
        ("4th of March 2026", "2026-03-04"),
        ("2026-03-04", "2026-03-04"),
        ("04/03/26", "2026-03-04"),
        ("2026", "2026"),
        ("two days", "P2D"),
        ("10:30", "10:30"),
        ("March 4, 2026", "2026-02-30"),
        ("March 4, 2026", ""),
        (f"March {'1' * 5000}, 2026", "2026-03-04"),
    ],
)
def test_no_date_is_guessed(text: str, datetime: str) -> None:
    assert dated(text, datetime, "en") is None


WRITTEN = [
    ("vi", "long", "4 tháng 3, 2026"),
    ("es", "full", "miércoles, 4 de marzo de 2026"),
    ("ar-EG", "long", "٤ مارس ٢٠٢٦"),
    ("ar", "long", "4 مارس 2026"),
    ("zh-Hant-TW", "long", "2026年3月4日"),
    ("th", "long", "4 มีนาคม ค.ศ. 2026"),
    ("id", "MMMMd", "4 Maret"),
    ("vi", "yMMMM", "tháng 3 năm 2026"),
]


@pytest.mark.parametrize(("language", "form", "text"), WRITTEN)
def test_a_date_is_written_as_the_language_does(language: str, form: str, text: str) -> None:
    assert written(Dated("2026-03-04", form), language) == text


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)),
    st.sampled_from(LOCALES),
    st.sampled_from(["full", "long", "medium", "yMd"]),
)
def test_a_date_is_read_back_as_the_same_date(day: date, locale: str, form: str) -> None:
    text = written(Dated(day.isoformat(), form), tag(locale))

    assert text is not None
    again = dated(text, day.isoformat(), tag(locale))
    assert again is not None or re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    assert dated(text, (day + timedelta(1)).isoformat(), tag(locale)) is None


def test_a_form_that_no_language_has_is_none() -> None:
    assert written_date(date(2026, 3, 4), "vi", "QQQQQQQQ") is None


# --- pages ------------------------------------------------------------------------------------

PAGE = (
    '<!DOCTYPE html><html lang="en" dir="ltr"><meta charset="utf-8">'
    '<p><time datetime="2026-03-04">March 4, 2026</time></p><p><b>1,234.5</b></p><td>50%</td>'
    '<p>By Jane, <time datetime="2026-03-04">March 4, 2026</time> at noon</p>'
    '<p><time datetime="2026-03-04">yesterday</time></p><p><time>March 4, 2026</time></p>'
    "<p>5 mg</p><p translate=no>1.5</p><p title=1.5>x"
)


def article(page: str, *, localize_values: bool = True) -> Article:
    document = read_page(page.encode(), path="page.html")
    return extract(document, Rules(), slug="page", source_tag="en", localize_values=localize_values)


def test_values_that_stand_alone_are_not_for_translators() -> None:
    assert [segment.msgid for segment in article(PAGE).segments] == [
        "By Jane, <time1>March 4, 2026</time1> at noon",
        "yesterday",
        "March 4, 2026",
        "5 mg",
        "x",
    ]


def test_values_that_stand_alone_are_written_anew() -> None:
    source = article(PAGE)

    built = render(source, untranslated(source), replace(EGYPT, mark_fallback=False))

    changed = (
        PAGE.replace('lang="en" dir="ltr"', 'lang="ar-EG" dir="rtl"')
        .replace("March 4, 2026", "٤ مارس ٢٠٢٦", 1)
        .replace("1,234.5", "١٬٢٣٤٫٥")
        .replace("50%", "٥٠٪\N{ARABIC LETTER MARK}")
    )
    assert built == changed


def test_values_in_a_page_within_the_page_are_too() -> None:
    source = article('<html lang="en"><iframe srcdoc="<html lang=en><td>1.5</td>"></iframe>')

    assert "١٫٥" in render(source, [], EGYPT)


def test_in_the_source_language_values_stay_as_they_are() -> None:
    source = article(PAGE)

    assert render(source, untranslated(source), ENGLISH) == PAGE


def test_without_the_setting_values_stay_as_they_are() -> None:
    source = article(PAGE, localize_values=False)

    built = render(source, untranslated(source), replace(EGYPT, mark_fallback=False))

    assert built == PAGE.replace('lang="en" dir="ltr"', 'lang="ar-EG" dir="rtl"')


def test_dates_that_stand_alone_are_accounted_for() -> None:
    source = article(PAGE)

    found = account_of(source, source_tag="en", localize_values=True)

    assert found.missed == ()
    assert found.rules[Fate.IGNORED, "date"] == 1


def test_the_setting_is_obeyed(make_project: MakeProject) -> None:
    page = str(FILES["source_articles/rolling.html"]).replace("<h1>", "<table><td>1.5</table><h1>")
    settings = '[project]\nlocales = ["de"]\n[extract]\nlocalize_values = true\n'
    notice = (
        '[publish]\non_incomplete = "mixed"\nmin_coverage = 0\n[notice]\non_missing = "ignore"\n'
    )
    project = make_project(
        {"source_articles/rolling.html": page, "polypage.toml": f"{settings}{notice}"}
    )

    run(project.root)

    assert "<td>1,5</table>" in project.page_path("rolling", "de").read_text("utf-8")
