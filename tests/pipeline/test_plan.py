"""What a build would do, said before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from polypage.model import Status
from polypage.project import Project
from polypage.runs.pipeline import rehearse, run
from polypage.runs.report import summary
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, PEELING, SETTINGS, shouted, times, translate

DOSE = """\
<html lang="en"><title>Dose</title><h1>Dose</h1><p>Take 5 mg a day.</p>
<p class="disclaimer">For information only.</p>
<p class="source-link"><a href="https://clinic.example/dose">Dose</a></p>
"""
POLICY = """\
[publish]
min_coverage = 1
[[publish.classes]]
articles = ["dose*"]
urgent = true
[[publish.classes]]
articles = ["dose-gone"]
on_recall = "pull"
"""
ARTICLES = ("rolling", "peeling", "dose", "dose-gone", "old")


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a project where the next build does all that a build can do."""
    old = PEELING.replace("peeling", "old")
    project = make_project(
        {
            **FILES,
            "polypage.toml": f"{SETTINGS}{POLICY}",
            "source_articles/dose.html": DOSE,
            "source_articles/dose-gone.html": DOSE.replace('/dose"', '/gone"'),
            "source_articles/old.html": old.replace(
                "Peel for", '<a href="dose-gone.html">Peel</a> for'
            ),
        }
    )
    run(project.root, stages=["extract", "update"])
    for slug in (*ARTICLES, "site"):
        translate(project, slug, "vi")
    run(project.root)
    for slug in ("dose", "dose-gone"):
        path = project.source_path(slug)
        path.write_text(path.read_text("utf-8").replace("5 mg", "50 mg"), "utf-8")
    project.source_path("peeling").unlink()
    (project.source_dir / "img/needle.svg").write_text("<svg/>", "utf-8")
    translate(
        project,
        "rolling",
        "vi",
        lambda entry: replace(shouted(entry), msgstr=entry.msgstr.replace("!", "!!")),
    )
    translate(project, "rolling", "ar")
    translate(project, "site", "ar")
    run(project.root, stages=["extract", "update"])
    return project


def without_state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in (folder, *folder.rglob("*"))
    }


@pytest.mark.parametrize(
    "state",
    [lambda _: None, lambda project: shutil.rmtree(project.state_dir)],
    ids=["with state", "without"],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_plan_writes_nothing_at_all(
    clinic: Project, state: Callable[[Project], None], workers: int
) -> None:
    state(clinic)
    before = without_state(clinic.root)

    rehearse(clinic.root, prune=True, workers=workers)

    assert without_state(clinic.root) == before


@pytest.mark.parametrize("prune", [False, True])
def test_a_plan_says_what_the_build_after_it_does(clinic: Project, prune: bool) -> None:
    plan = rehearse(clinic.root, prune=prune)

    done = run(clinic.root, stages=["build"], prune=prune)

    statuses = {(page.slug, page.locale): page.status for page in plan.built}
    assert statuses["rolling", "ar"] is Status.PUBLISHED
    assert statuses["dose", "vi"] is statuses["dose-gone", "vi"] is Status.RECALLED
    assert statuses["old", "vi"] is Status.PUBLISHED  # it links to the page that goes
    assert statuses["old", "ar"] is Status.HELD
    assert Status.UNCHANGED in statuses.values()
    assert plan.built == done.built
    assert plan.finished == done.finished
    assert "site/en/img/needle.svg" in plan.finished.written
    assert ("site/vi/peeling.html" in plan.finished.removed) is prune
    assert "site/vi/peeling.html" in plan.finished.orphans
    assert (plan.exit_status, plan.changed) == (done.exit_status, done.changed)


def test_after_the_build_there_is_nothing_left_to_plan(clinic: Project) -> None:
    run(clinic.root, stages=["build"], prune=True)
    before = times(clinic.root)

    plan = rehearse(clinic.root, prune=True)

    assert not plan.changed
    assert not [page for page in plan.built if page.status is Status.PUBLISHED]
    assert times(clinic.root) == before


def test_a_plan_tells_people_what_would_be_done_and_why(clinic: Project) -> None:
    told = list(summary(rehearse(clinic.root, prune=True)))

    assert "  site/vi/rolling.html: changed" in told
    assert "  site/ar/rolling.html: new" in told
    assert "  site/en/img/needle.svg" in told
    assert "  site/vi/peeling.html: to be removed" in told
    assert any(
        line.startswith(
            "  site/vi/dose.html: line 1 of the source page has come to say 'Take 50 mg"
        )
        for line in told
    )
    assert told[-1] == "nothing was written: this is what a build would do"
