"""Pages in pseudo-locales: built and proven like any others, and not for readers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html

from polypage.cli import main
from polypage.project import Project
from polypage.runs import pipeline
from polypage.runs.report import summary
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, SETTINGS, times, tree

WITH_PSEUDO = SETTINGS.replace('"vi", "ar"', '"vi", "en-XA", "ar_XB"')


def polypage(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def page(project: Project, path: str) -> str:
    return (project.site_dir / path).read_text("utf-8")


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a project with both pseudo-locales, and run it once."""
    project = make_project({**FILES, "polypage.toml": WITH_PSEUDO})
    polypage("run", "--project", project.root)
    return project


def test_pages_in_pseudo_locales_need_no_translator(clinic: Project) -> None:
    accented, overridden = page(clinic, "en-XA/rolling.html"), page(clinic, "ar-XB/rolling.html")

    assert '<html dir="ltr" lang="en-XA">' in accented
    assert '<html dir="rtl" lang="ar-XB">' in overridden
    assert "<h1>⟦Ŕööööļļîîîîîñĝ⟧</h1>" in accented
    assert "<h1>\u200f\u202eRolling\u202c\u200f</h1>" in overridden


def test_pseudo_locales_have_no_catalogs(clinic: Project) -> None:
    assert sorted(path.name for path in clinic.locales_dir.iterdir()) == ["templates", "vi"]


def test_no_plain_letter_is_left_for_readers(clinic: Project) -> None:
    tree = html.fromstring(page(clinic, "en-XA/rolling.html"))
    texts = [*map(str, tree.itertext()), *(image.get("alt", "") for image in tree.iter("img"))]

    assert [text for text in texts if re.search("[a-zA-Z]", text)] == []


def test_their_proof_is_that_of_any_page(clinic: Project) -> None:
    done = polypage("audit", "--project", clinic.root, "-l", "en_XA", "-l", "ar-XB")

    assert done.exit_code == 0
    assert "6 proven" in done.output


def test_their_links_lead_to_pages_in_the_same_locale(clinic: Project) -> None:
    assert 'href="peeling.html#care"' in page(clinic, "en-XA/rolling.html")
    assert 'href="rolling.html"' in page(clinic, "ar-XB/peeling.html")
    assert 'src="../en/img/needle.svg"' in page(clinic, "ar-XB/rolling.html")


def test_no_search_engine_is_told_of_them(clinic: Project) -> None:
    built = tree(clinic.site_dir)

    assert {name.partition("/")[0] for name in built} == {"en", "en-XA", "ar-XB", "sitemap.xml"}
    assert b"XA" not in built["sitemap.xml"]
    for name, data in built.items():
        assert not re.search(rb'(?:hreflang|href)="[^"]*(?:XA|XB)', data), name
    assert '<link rel="canonical" href="https://h.example/en/rolling.html">' in page(
        clinic, "en-XA/rolling.html"
    )


def test_a_second_run_writes_nothing(clinic: Project) -> None:
    before = times(clinic.site_dir)

    done = polypage("run", "--project", clinic.root)

    assert "published" not in done.output
    assert times(clinic.site_dir) == before


def test_they_can_be_had_without_being_in_the_settings(make_project: MakeProject) -> None:
    project = make_project(FILES)

    done = polypage("run", "--project", project.root, "-l", "en-XA")
    later = polypage("run", "--project", project.root, "--prune")

    assert done.exit_code == 0
    assert "4 published" in done.output
    assert "belongs to no" not in (done.output + later.output).lower()
    assert "⟦" in page(project, "en-XA/rolling.html")
    assert not (project.locales_dir / "en_XA").exists()


def test_their_pages_go_with_their_articles(clinic: Project) -> None:
    clinic.source_path("peeling").unlink()

    done = polypage("run", "--project", clinic.root, "--prune")

    assert "site/en-XA/peeling.html: removed" in done.output
    assert not (clinic.site_dir / "ar-XB/peeling.html").exists()


def test_status_says_that_they_are_complete(clinic: Project) -> None:
    done = polypage("status", "--articles", "--project", clinic.root, "-l", "en_XA")

    assert done.exit_code == 0
    assert done.output.count("100 % ●") == 2


def test_a_notice_that_is_inserted_is_translated_too(make_project: MakeProject) -> None:
    settings = f"""{WITH_PSEUDO}
[notice]
on_missing = "insert"
disclaimer = "p.safety"
disclaimer_text = "Ask your doctor."
"""
    project = make_project({**FILES, "polypage.toml": settings})

    run = pipeline.run(project.root, locales=("en_XA", "ar_XB"))

    assert run.good, list(summary(run))
    assert "⟦Ååš" in page(project, "en-XA/rolling.html").partition('class="safety"')[2]


def test_an_approved_disclaimer_stands_word_for_word(make_project: MakeProject) -> None:
    settings = f'{WITH_PSEUDO}\n[notice.approved]\nen_XA = "Approved."\n'
    project = make_project({**FILES, "polypage.toml": settings})

    run = pipeline.run(project.root, locales=("en_XA",))

    assert run.good
    assert '<p class="disclaimer">Approved.</p>' in page(project, "en-XA/rolling.html")


def test_a_project_may_have_them_alone(make_project: MakeProject) -> None:
    project = make_project(
        {**FILES, "polypage.toml": '[project]\nlocales = ["en_XA"]\n[site]\nparts = ["footer"]\n'}
    )

    run = pipeline.run(project.root)

    assert run.good
    assert run.updated == ()
