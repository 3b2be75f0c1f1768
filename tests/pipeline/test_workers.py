"""Worker processes, of this machine and of others."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from polypage.errors import PolypageError
from polypage.runs.stages.batch import own_code
from polypage.runs.stages.extracting import extract_batch
from polypage.runs.workers import hired, serve
from tests.conftest import MakeProject
from tests.flows.works import dies, dies_once
from tests.pipeline.projects import FILES, SETTINGS


def test_a_batch_whose_process_is_killed_is_done_again(tmp_path: Path) -> None:
    with hired(1) as workers:
        outcomes = workers(partial(dies_once, tmp_path, ("a", "b")))

    assert outcomes == ("a", "b")


def test_a_batch_that_kills_whoever_works_on_it_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolypageError, match="first … last: the process"), hired(1) as workers:
        workers(partial(dies, tmp_path, ("first", "last")))


def test_work_that_takes_too_long_is_stopped_there(make_project: MakeProject) -> None:
    text = "".join(f"<p>Take {n} of <b>them</b>.</p>\n" for n in range(200_000))
    endless = f"<html lang=en><title>Long</title>{text}"
    settings = f"{SETTINGS}[run]\ntime_limit = 2\n"
    files = {**FILES, "polypage.toml": settings, "source_articles/endless.html": endless}
    root = make_project(files).root

    with hired(1) as workers:
        extracted = workers(partial(extract_batch, root, ("endless", "peeling")))

    assert [one.failure.code if one.failure else None for one in extracted] == ["time-limit", None]


def test_work_that_is_served_is_done(make_project: MakeProject) -> None:
    root = make_project(FILES).root

    outcomes, records = serve(partial(extract_batch, root, ("peeling",)), code=own_code())

    assert ([one.slug for one in outcomes], records) == (["peeling"], ())


def test_a_machine_with_other_code_does_nothing(make_project: MakeProject) -> None:
    batch = partial(extract_batch, make_project(FILES).root, ("peeling",))

    with pytest.raises(PolypageError, match="another version of polypage"):
        serve(batch, code="of last year")


def test_a_machine_that_does_not_see_the_project_says_so(tmp_path: Path) -> None:
    with pytest.raises(PolypageError, match="the project is not there; let it have"):
        serve(partial(extract_batch, tmp_path / "clinic", ("peeling",)), code=own_code())
