"""A locale's site that is published at one stroke."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from polypage.model import Entry, Status
from polypage.project import Project
from polypage.runs.pipeline import rehearse, run
from tests.conftest import ROOT, MakeProject
from tests.pipeline.projects import FILES, SETTINGS, times, translate, tree
from tests.refusals import refusing

DOSE = """\
<html lang="en"><title>Dose</title><h1>Dose</h1><p>Take 5 mg a day.</p>
<p class="disclaimer">For information only.</p>
<p class="source-link"><a href="https://clinic.example/dose">Dose</a></p>
"""
SWITCHED = f"""\
{SETTINGS}[publish]
min_coverage = 1
switch = "locale"
on_recall = "pull"
[[publish.classes]]
articles = ["dose"]
urgent = true
"""
CALM = DOSE.replace("Dose", "Sleep").replace("dose", "sleep")


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a project whose next build has pages to write and to take away, and some to leave."""
    project = make_project(
        {
            **FILES,
            "polypage.toml": SWITCHED,
            "source_articles/dose.html": DOSE,
            "source_articles/sleep.html": CALM,
        }
    )
    run(project.root, stages=["extract", "update"])
    for slug in ("rolling", "peeling", "dose", "sleep", "site"):
        translate(project, slug, "vi")
    run(project.root)
    (project.site_dir / "vi/by-hand.txt").write_text("kept", "utf-8")
    project.source_path("dose").write_text(DOSE.replace("5 mg", "50 mg"), "utf-8")
    (project.source_dir / "img/needle.svg").write_text("<svg/>", "utf-8")
    translate(project, "rolling", "vi", louder)
    run(project.root, stages=["extract", "update"])
    return project


def louder(entry: Entry) -> Entry:
    return replace(entry, msgstr=f"{entry.msgstr}!")


def site(project: Project) -> dict[str, bytes]:
    return {path: data for path, data in tree(project.root).items() if path.startswith("site/")}


def test_switching_publishes_what_page_by_page_does(clinic: Project, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(clinic.root, other, ignore=lambda *_: {"other"})
    settings = other / "polypage.toml"
    settings.write_text(settings.read_text("utf-8").replace('"locale"', '"page"'), "utf-8")

    done = run(clinic.root)
    page_by_page = run(other)

    assert done.built == page_by_page.built
    assert done.finished == page_by_page.finished
    own = site(clinic)
    assert own == {p: d for p, d in tree(other).items() if p.startswith("site/")}
    assert "site/vi/dose.html" not in own
    assert own["site/vi/by-hand.txt"] == b"kept"
    assert not [path for path in clinic.site_dir.iterdir() if path.name.startswith(".")]


def test_pages_that_stay_are_the_same_files(clinic: Project) -> None:
    before = clinic.page_path("sleep", "vi").stat()

    run(clinic.root)

    after = clinic.page_path("sleep", "vi").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_run_with_nothing_to_do_switches_nothing(clinic: Project) -> None:
    run(clinic.root)
    run(clinic.root)  # the page that was taken away is not told of any more
    folder, before = (clinic.site_dir / "vi").stat().st_ino, times(clinic.root)

    done = run(clinic.root)

    assert not done.changed
    assert (clinic.site_dir / "vi").stat().st_ino == folder
    assert times(clinic.root) == before


def test_a_plan_is_what_the_switch_does(clinic: Project) -> None:
    plan = rehearse(clinic.root, prune=True)
    done = run(clinic.root, stages=["build"], prune=True)

    assert (plan.built, plan.finished) == (done.built, done.finished)
    assert Status.RECALLED in {page.status for page in done.built}


def test_a_folder_that_is_a_link_stays_one(clinic: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (clinic.site_dir / "vi").rename(elsewhere)
    (clinic.site_dir / "vi").symlink_to(elsewhere)

    run(clinic.root)

    assert (clinic.site_dir / "vi").is_symlink()
    assert "!!" in (elsewhere / "rolling.html").read_text("utf-8")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".polypage-n")]


def test_without_an_exchange_two_steps_do(clinic: Project) -> None:
    with refusing("exchange") as asked:
        asked(run, clinic.root)

    assert "!!" in clinic.page_path("rolling", "vi").read_text("utf-8")
    assert not [path for path in clinic.site_dir.iterdir() if path.name.startswith(".")]


def test_a_site_that_was_put_aside_when_a_run_was_killed_is_put_back(clinic: Project) -> None:
    expected = site(clinic)
    (clinic.site_dir / "vi").rename(clinic.site_dir / ".polypage-last-vi")
    half = clinic.site_dir / ".polypage-next-vi/rolling.html"
    half.parent.mkdir()
    half.write_text("half", "utf-8")

    run(clinic.root, stages=["extract"])
    assert not [path for path in clinic.site_dir.iterdir() if path.name.startswith(".")]

    run(clinic.root, stages=["update"])
    assert site(clinic) == expected


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="each build is a fork")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="folders are exchanged there")
def test_a_build_that_is_killed_at_any_step_leaves_the_old_site_or_the_new_one(
    clinic: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scratch = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.pipeline.killing", str(clinic.root), str(scratch)]

    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)

    kills = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(kills) > 15
    assert {state for kill in kills for state in kill["states"].values()} == {"old", "new"}
    assert all(kill["mended"] for kill in kills)
    assert any(kill["left"] for kill in kills)
