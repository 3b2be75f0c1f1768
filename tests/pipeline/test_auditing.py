"""The proof of pages that stand, where nothing is remembered of how they were built."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from polypage.model import Entry
from polypage.project import Project
from polypage.runs.outcomes import Run
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, ROLLING, SETTINGS, shouted, translate

NAV = '<nav class="languages"></nav>'
PUBLISH = """\
[publish]
min_coverage = 0
switcher = ".languages"
note = "{share} of this page is translated."
"""


def without_peeling(entry: Entry) -> Entry:
    return replace(entry, msgstr="") if "peeling" in entry.msgid else shouted(entry)


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a clinic whose pages lead to their languages, and say how much of them is translated."""
    pages = {
        "source_articles/rolling.html": ROLLING.replace("<body>", f"<body>{NAV}"),
        "polypage.toml": f"{SETTINGS}{PUBLISH}",
    }
    project = make_project({**FILES, **pages})
    run(project.root, stages=["extract", "update"])
    translate(project, "rolling", "vi", without_peeling)
    translate(project, "site", "vi")
    assert run(project.root).good
    page = project.page_path("rolling", "vi").read_text("utf-8")
    assert "aria-current" in page
    assert "translation-note" in page
    return project


def audited(project: Project) -> Run:
    """Prove the pages as they stand, by themselves."""
    shutil.rmtree(project.state_dir)
    return run(project.root, stages=["audit"])


def test_pages_are_proven_though_nothing_is_remembered_of_them(clinic: Project) -> None:
    done = audited(clinic)

    assert len(done.audited) > 1
    assert done.findings == ()
    assert done.exit_status == 0


def test_pages_stay_proven_when_a_translation_comes_that_is_not_built(clinic: Project) -> None:
    translate(clinic, "rolling", "vi")

    done = audited(clinic)

    assert done.findings == ()
    assert done.exit_status == 0


@pytest.mark.parametrize(
    ("put_in", "code"),
    [
        ('<p class="translation-note" onclick="x()">', "audit-attribute"),
        ('<a href="x.html" ping="y">', "audit-attribute"),
        ("<nav>", "audit-element"),
        ('<a href="x.html"></a>' * 4, "audit-element"),
    ],
)
def test_what_neither_a_switcher_nor_a_note_brings_is_found(
    clinic: Project, put_in: str, code: str
) -> None:
    path = clinic.page_path("rolling", "vi")
    page = path.read_text("utf-8")
    path.write_text(page.replace("<h1>", f"{put_in}<h1>"), "utf-8")

    done = audited(clinic)

    assert code in {finding.code for finding in done.findings}
