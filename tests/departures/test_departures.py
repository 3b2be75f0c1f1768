"""The links on published pages that leave their language."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from polypage.cli import main
from polypage.project import Project
from polypage.runs.departures import survey
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, ROLLING, SETTINGS, shouted, translate

LINKS = """\
<nav class="languages"></nav>
<p>One <a href="https://who.example/skin">x</a></p>
<p>Two <a href="https://wiki.example/en/skin">x</a> <a href="#care">x</a></p>
<p>Three <a href="mailto:a@clinic.example">x</a> <a href="img/needle.svg">x</a></p>
<p>Four <a href="//cdn.example/">x</a> <a href="rolling.html">x</a></p>
"""


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a clinic of which one article of two is published in Vietnamese."""
    project = make_project(
        {
            **FILES,
            "source_articles/rolling.html": ROLLING.replace("<h1>", f"{LINKS}<h1>"),
            "polypage.toml": f"{SETTINGS}[publish]\nswitcher = 'nav'\n",
            "locales/vi/links.toml": '[links]\n"https://wiki.example/en/*" = "https://wiki.example/vi/*"\n',
        }
    )
    run(project.root, stages=["extract", "update"])
    for slug in ("rolling", "site"):
        translate(project, slug, "vi")
    run(project.root)
    return project


def test_links_are_told_that_leave_the_language(clinic: Project) -> None:
    found = survey(clinic.root)

    (page,) = found.pages
    lines = clinic.page_path("rolling", "vi").read_text("utf-8").split("\n")
    assert (page.path, page.locale) == ("site/vi/rolling.html", "vi")
    assert [(link.href, link.leads) for link in page.links] == [
        ("https://who.example/skin", None),
        ("//cdn.example/", None),
        ("../en/peeling.html#care", "en"),
    ]
    assert all(link.href in lines[link.line - 1] for link in page.links)


def test_a_page_in_the_same_language_is_none(clinic: Project) -> None:
    translate(clinic, "peeling", "vi", lambda entry: replace(shouted(entry), flags=()))
    run(clinic.root)

    found = survey(clinic.root, slugs=["rolling"])

    assert "en" not in {link.leads for page in found.pages for link in page.links}


def test_the_command_tells_them_in_text_and_json(clinic: Project) -> None:
    ask = ["status", "--links", "--project", str(clinic.root)]

    text = CliRunner().invoke(main, ask)
    plain = CliRunner().invoke(main, [*ask, "--format", "json"])

    assert text.exit_code == 0
    assert text.output.splitlines()[0] == "site/vi/rolling.html"
    assert text.output.splitlines()[-1] == "links  3 leave the language of their page"
    told = json.loads(plain.output)
    assert [link["leads"] for link in told["pages"][0]["links"]] == [None, None, "en"]


def test_links_that_make_no_sense_are_a_failure_with_its_line(clinic: Project) -> None:
    clinic.links_path("vi").write_text("[links", "utf-8")

    found = survey(clinic.root)

    assert [(each.path, each.line) for each in found.failures] == [("locales/vi/links.toml", 1)]
    assert found.exit_status == 1
