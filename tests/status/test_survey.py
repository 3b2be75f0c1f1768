"""What a survey of a project says of the texts that all its pages share."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner

from polypage.cli import main
from polypage.model import Entry
from polypage.project import Project
from polypage.runs.outcomes import Checked, Run
from polypage.runs.pipeline import run
from polypage.runs.status import survey
from polypage.status.figures import figures
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, translate, translated


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a project whose site's catalog has an error in Vietnamese."""
    footer = "<footer>All rights reserved since 2025</footer>"
    pages = {
        name: content.replace("<footer>All rights reserved</footer>", footer)
        for name, content in FILES.items()
        if isinstance(content, str)
    }
    project = translated(make_project(FILES | pages), "vi", "ar")
    translate(project, "site", "vi", _with_another_year)
    return project


def _with_another_year(entry: Entry) -> Entry:
    return replace(entry, msgstr=entry.msgstr.replace("2025", "2052"))


def of_site(done: Run, locale: str) -> Checked:
    (found,) = (one for one in done.checked if (one.slug, one.locale) == ("site", locale))
    return found


@pytest.mark.parametrize("is_settled", [False, True])
def test_an_error_in_a_text_of_the_site_is_no_work_done(
    clinic: Project, *, is_settled: bool
) -> None:
    if is_settled:
        run(clinic.root)
        run(clinic.root)

    done = survey(clinic.root)

    wrong, right = of_site(done, "vi"), of_site(done, "ar")
    assert (wrong.coverage.rejected, right.coverage.rejected) == (1, 0)
    assert wrong.coverage.translated == right.coverage.translated - 1
    assert wrong.coverage.ratio < 1 == right.coverage.ratio
    assert wrong.checked == right.checked
    by_locale = {each.locale: each for each in figures(done).locales}
    assert {name: each.of("wrong").entries for name, each in by_locale.items()} == {
        "vi": 1,
        "ar": 0,
    }
    assert by_locale["vi"].ratio < 1 == by_locale["ar"].ratio


def test_an_error_that_was_mended_counts_no_more(clinic: Project) -> None:
    survey(clinic.root)
    translate(clinic, "site", "vi")

    done = survey(clinic.root)

    assert of_site(done, "vi").coverage.rejected == 0


def test_the_site_can_be_asked_for_like_an_article(clinic: Project) -> None:
    asked = "--project", str(clinic.root), "--format", "json"

    alone, both = polypage("status", "site", *asked), polypage("status", "rolling", "site", *asked)

    assert {one["slug"] for one in alone["checks"]} == {"site"}
    assert {one["slug"] for one in both["checks"]} == {"rolling", "site"}
    vi = next(one for one in alone["checks"] if one["locale"] == "vi")
    assert vi["coverage"]["rejected"] == 1
    assert alone["progress"][0]["pages"] == 0


def test_every_file_that_is_told_of_is_there(clinic: Project) -> None:
    told = polypage("status", "--project", str(clinic.root), "--format", "json", "-l", "en_XA")

    assert [
        one["path"] for one in told["checks"] if not (clinic.root / one["path"]).is_file()
    ] == []


def polypage(*arguments: str) -> dict[str, Any]:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.output)
    return told
