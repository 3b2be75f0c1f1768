"""A preview says what becomes of a page, and why, as `polypage status` does."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from polypage.preview.handout import write
from polypage.preview.server import application
from polypage.project import Project
from polypage.runs import standing
from polypage.runs.pipeline import run
from polypage.runs.status import survey
from tests.conftest import MakeProject
from tests.pipeline.projects import translate
from tests.preview.conftest import HOST

SETTINGS = """\
[project]
locales = ["de"]
[publish]
min_coverage = 0.9
urgent = true
[notice]
on_missing = "ignore"
"""
DOSE = '<html lang="en"><title>Dose</title><h1>Dose</h1><p>Take 5 mg a day.</p></html>'

WRONG_DOSE = {"Dose": "Dosis", "Take 5 mg a day.": "Nehmen Sie 50 mg am Tag."}


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a project of one article, with an empty catalog."""
    project = make_project({"polypage.toml": SETTINGS, "source_articles/dose.html": DOSE})
    run(project.root, stages=["extract", "update"])
    return project


def published(project: Project) -> None:
    translate(project, "dose", "de")
    run(project.root)


def answered(project: Project, address: str) -> str:
    with TestClient(application(project.root, host=HOST), base_url=f"http://{HOST}") as client:
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def told(project: Project, address: str) -> str:
    """Return the text of a part of the preview."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answered(project, address))).split())


def test_a_page_that_waits_says_what_for(clinic: Project) -> None:
    assert told(clinic, "/-/standing/de/dose") == (
        "held : 0 % of its words are translated, 90 % are needed. On the site: nothing."
    )


def test_a_page_that_can_be_built_says_so(clinic: Project) -> None:
    translate(clinic, "dose", "de")

    assert told(clinic, "/-/standing/de/dose").startswith("ready : nothing keeps the next build")


def test_a_page_that_stands_says_so(clinic: Project) -> None:
    published(clinic)

    assert (
        told(clinic, "/-/standing/de/dose")
        == "● published : nothing of it has changed since the last run."
    )


def test_a_page_whose_article_changed_is_not_said_to_be_up_to_date(clinic: Project) -> None:
    published(clinic)
    translate(clinic, "dose", "de", lambda entry: replace(entry, msgstr=f"{entry.msgid} :"))

    said = told(clinic, "/-/standing/de/dose")

    assert said.startswith("● published : the next build brings it up to date")


def test_a_handout_says_which_pages_are_up_to_date(clinic: Project, tmp_path: Path) -> None:
    published(clinic)

    write(clinic.root, tmp_path / "review")

    page = (tmp_path / "review/de/dose.html").read_text("utf-8")
    assert 'published</strong><span class="faint">: nothing of it has changed since' in page


def test_an_older_page_that_may_not_stay_says_why(clinic: Project) -> None:
    published(clinic)
    clinic.source_path("dose").write_text(DOSE.replace("5 mg", "50 mg"), "utf-8")
    run(clinic.root, stages=["extract", "update"])

    said = told(clinic, "/-/standing/de/dose")

    checked = next(each for each in survey(clinic.root).checked if each.locale == "de")
    assert checked.recall
    assert said.startswith("▲ recalled : ")
    assert standing.why(checked) in said
    assert standing.stands(checked) in said


def test_a_page_that_cannot_be_proven_says_what_is_wrong(make_project: MakeProject) -> None:
    fails = SETTINGS.replace('"ignore"', '"fail"')
    project = make_project({"polypage.toml": fails, "source_articles/dose.html": DOSE})
    run(project.root)

    assert "held : the page has no source link" in told(project, "/-/standing/de/dose")


def test_the_contents_have_it_of_pages_that_nobody_touched(clinic: Project) -> None:
    run(clinic.root)

    assert "held : 0 % of its words are translated, 90 % are needed." in told(clinic, "/de/")


def test_the_contents_say_which_pages_changed_since_the_last_run(clinic: Project) -> None:
    run(clinic.root)
    translate(clinic, "dose", "de")

    assert "changed since the last run" in told(clinic, "/de/")


def test_the_contents_count_entries_with_errors_as_not_translated(clinic: Project) -> None:
    translate(clinic, "dose", "de", lambda entry: replace(entry, msgstr=WRONG_DOSE[entry.msgid]))
    before = told(clinic, "/de/")
    run(clinic.root)

    after = told(clinic, "/de/")

    assert "dose 100 % 0 0 2 changed since the last run" in before
    assert "dose 50 % 0 1 0 1 held" in after
    assert "90 % are needed; 1 entry has an error." in after


def test_a_handout_has_it_on_the_page(clinic: Project) -> None:
    write(clinic.root, clinic.root / "handout")

    page = (clinic.root / "handout/de/dose.html").read_text("utf-8")
    assert 'class="standing-held"' in page
    assert "0 % of its words are translated" in page


def test_a_pseudo_locale_has_no_page_to_speak_of(clinic: Project) -> None:
    assert 'data-standing=""' in answered(clinic, "/en_XA/dose")
