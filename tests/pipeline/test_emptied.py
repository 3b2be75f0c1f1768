"""A catalog that was cut to 0 bytes is no new one: nothing that it held is forgotten."""

from __future__ import annotations

from polypage.project import Project
from polypage.reuse.memory import opened
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, translate


def test_an_emptied_catalog_is_an_error_and_stays_as_it_is(make_project: MakeProject) -> None:
    project = _emptied(make_project)

    done = run(project.root)

    (failed,) = (one for one in done.updated if one.failure)
    assert (failed.slug, failed.locale) == ("peeling", "vi")
    assert failed.failure is not None
    assert "is empty" in failed.failure.message
    assert project.catalog_path("peeling", "vi").read_bytes() == b""


def test_the_memory_keeps_what_an_emptied_catalog_held(make_project: MakeProject) -> None:
    project = _emptied(make_project)

    run(project.root)

    with opened(project.memory_dir) as memory:
        assert [hit.msgstr for hit in memory.similar("Peeling", "vi", least=99)] == ["Peeling !"]


def test_one_that_was_deleted_begins_anew(make_project: MakeProject) -> None:
    project = _emptied(make_project)
    project.catalog_path("peeling", "vi").unlink()

    done = run(project.root)

    assert not [one for one in done.updated if one.failure]
    assert b'msgid "Peeling"' in project.catalog_path("peeling", "vi").read_bytes()


def _emptied(make_project: MakeProject) -> Project:
    """Make a project where a translated catalog was cut off."""
    project = make_project(FILES)
    run(project.root)
    translate(project, "peeling", "vi")
    run(project.root)
    project.catalog_path("peeling", "vi").write_bytes(b"")
    return project
