"""How much of a page is translated, said to its readers."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from polypage.building.completeness import note, place_of, text
from polypage.errors import SettingsError
from polypage.html.document import read
from polypage.model import Content, Coverage, Entry, Span
from polypage.project import Project
from polypage.reading.inline import from_msgstr
from polypage.runs.pipeline import run
from polypage.settings import PublishSettings, parse
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, SETTINGS, translate, tree
from tests.render.pages import ARABIC, ENGLISH, GERMAN

SETTING = PublishSettings(note="{share} of this page is translated.")
(SAID,) = text(SETTING).segments
HALF = Coverage(words=1000, translated_words=996)


def translation(msgstr: str) -> Content | None:
    return from_msgstr(msgstr, SAID.content).content


def test_it_is_an_entry_with_a_code_for_the_share() -> None:
    assert SAID.msgid == "<share/> of this page is translated."
    assert SAID.domain == "site"
    assert text(PublishSettings()).segments == ()


def test_it_is_said_in_the_language_of_the_page_and_rounded_down() -> None:
    (edit,) = note(Span(9, 9), SAID, translation("<share/> übersetzt & gut"), GERMAN, HALF)

    assert edit.span == (9, 9)
    assert edit.text == '\n<p class="translation-note">99\xa0% übersetzt &amp; gut</p>'


def test_untranslated_it_is_said_in_the_source_language_and_says_so() -> None:
    (edit,) = note(Span(9, 9), SAID, None, ARABIC, HALF)

    assert edit.text == (
        '\n<p class="translation-note" lang="en" dir="ltr">99% of this page is translated.</p>'
    )


def test_a_page_that_is_whole_or_the_source_says_nothing() -> None:
    assert note(Span(9, 9), SAID, None, GERMAN, Coverage(words=2, translated_words=2)) == ()
    assert note(Span(9, 9), SAID, None, ENGLISH, HALF) == ()
    assert note(None, SAID, None, GERMAN, HALF) == ()


@pytest.mark.parametrize(
    ("page", "css", "behind"),
    [
        ("<body class=x><p>Dose", None, "<body class=x>"),
        ("<p>Dose", None, ""),
        ("<main><p>Dose</main>", "main", "<main>"),
        ("<p class=x>a<div class=x>b", ".x", "<p class=x>a<div class=x>"),
    ],
)
def test_it_stands_at_the_top_of_the_body_or_where_the_settings_say(
    page: str, css: str | None, behind: str
) -> None:
    place = place_of(read(page.encode(), path="page.html"), css)

    assert place == (len(behind), len(behind))


def test_a_page_without_the_element_says_nothing() -> None:
    assert place_of(read(b"<p>Dose", path="page.html"), "main") is None


@pytest.mark.parametrize("pattern", ["translated", "{share} {share}", "{share} {title}", "{", ""])
def test_a_pattern_without_one_share_is_refused(pattern: str) -> None:
    with pytest.raises(SettingsError, match=r"polypage.toml:2: \[publish\] note"):
        parse(f'[publish]\nnote = "{pattern}"'.encode(), path=Path("polypage.toml"))


# --- on a site --------------------------------------------------------------------------------


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a clinic that says how much of its pages is translated."""
    own = f'min_coverage = 0\nnote = "{SETTING.note}"\nnote_in = "body"\n'
    project = make_project({**FILES, "polypage.toml": f"{SETTINGS}[publish]\n{own}"})
    run(project.root, stages=["extract", "update"])
    return project


def said(project: Project, tag: str) -> list[str]:
    page = project.page_path("rolling", tag).read_text("utf-8")
    return re.findall(r'<p class="translation-note".*</p>', page)


def in_part(entry: Entry) -> Entry:
    if "share" in entry.msgid:
        return replace(entry, msgstr="Đã dịch <share/>.")
    return replace(entry, msgstr="" if "peeling" in entry.msgid else f"{entry.msgid} !")


def test_pages_say_it_until_they_are_translated_whole(clinic: Project) -> None:
    for slug in ("rolling", "site"):
        translate(clinic, slug, "vi", in_part)
    done = run(clinic.root)
    (coverage,) = (
        page.coverage for page in done.built if (page.slug, page.locale) == ("rolling", "vi")
    )
    assert said(clinic, "vi") == [
        f'<p class="translation-note">Đã dịch {int(coverage.ratio * 100)}%.</p>'
    ]
    assert said(clinic, "ar")[0].startswith('<p class="translation-note" lang="en" dir="ltr">0%')
    assert said(clinic, "en") == []
    assert all(page.proven for page in done.audited)

    translate(clinic, "rolling", "vi")
    run(clinic.root)

    assert said(clinic, "vi") == []


def test_a_translation_without_the_share_is_a_finding_and_not_said(clinic: Project) -> None:
    translate(
        clinic,
        "site",
        "vi",
        lambda entry: replace(entry, msgstr="Đã dịch." if "share" in entry.msgid else ""),
    )

    done = run(clinic.root)

    codes = {finding.code for finding in done.findings}
    assert codes == {"inline-missing", "notice-disclaimer-untranslated"}
    assert "lang=" in said(clinic, "vi")[0]


def test_a_second_run_changes_nothing(clinic: Project) -> None:
    run(clinic.root)
    before = tree(clinic.root)

    assert not run(clinic.root).changed
    assert tree(clinic.root) == before
