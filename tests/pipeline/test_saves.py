"""What a whole run wrote itself is nothing that the next one has to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from polypage.project import Project
from polypage.runs.pipeline import run
from polypage.runs.saves import unsettled
from polypage.runs.state import exclusive, is_at_work
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    """Make a project, and have a whole run see to it."""
    made = make_project(FILES)
    run(made.root)
    return made


def files(project: Project) -> frozenset[Path]:
    """Return the files that people save."""
    folders = (project.locales_dir, project.source_dir)
    return frozenset(
        path for folder in folders for path in folder.rglob("*") if path.suffix in {".po", ".html"}
    )


def test_what_a_run_wrote_is_settled(project: Project) -> None:
    assert len(files(project)) > 2
    assert unsettled(project, files(project)) == frozenset()


def test_before_a_run_everything_is_to_be_done(make_project: MakeProject) -> None:
    project = make_project(FILES)

    assert unsettled(project, files(project)) == files(project)


@pytest.mark.parametrize(
    "name", ["locales/vi/LC_MESSAGES/peeling.po", "source_articles/peeling.html"]
)
def test_a_file_that_somebody_saved_otherwise_is_to_be_seen_to(project: Project, name: str) -> None:
    path = project.root / name
    other = next(each for each in files(project) if "peeling" not in each.name)
    path.write_bytes(path.read_bytes() + b"\n")

    assert unsettled(project, {path, other}) == {path}


def test_a_file_that_was_saved_as_it_was_is_settled(project: Project) -> None:
    path = project.catalog_path("peeling", "vi")
    path.write_bytes(path.read_bytes())

    assert unsettled(project, {path}) == frozenset()


def test_a_file_that_all_articles_share_is_to_be_seen_to(project: Project) -> None:
    path = project.locales_dir / "vi" / "glossary.csv"
    path.write_text("source,target\nskin,da\n", "utf-8")

    assert unsettled(project, {path}) == {path}


def test_a_catalog_that_is_gone_is_to_be_seen_to(project: Project) -> None:
    path = project.catalog_path("peeling", "vi")
    path.unlink()

    assert unsettled(project, {path}) == {path}


def test_whether_a_run_is_at_work_is_known_and_asking_hinders_none(project: Project) -> None:
    before = is_at_work(project.state_dir)
    with exclusive(project.state_dir):
        meanwhile = is_at_work(project.state_dir)

    assert (before, meanwhile, is_at_work(project.state_dir)) == (False, True, False)
