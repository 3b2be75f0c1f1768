"""Work on a Dask cluster: a scheduler and two workers, in processes and folders of their own."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Timer
from typing import Any, cast

import pytest
from prefect.client.schemas.objects import State

from flows.cluster import joined
from flows.crew import gathered
from flows.localize import localize
from flows.parameters import How, Scope
from polypage.errors import PolypageError
from polypage.project import Project
from tests.conftest import ROOT, MakeProject
from tests.flows.test_crew import Nobody
from tests.flows.works import costs, dies, kills_its_worker, lasts
from tests.pipeline.projects import FILES, translated, tree

pytest.importorskip("distributed")
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect_server")]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a cluster as its operator would; return its address."""
    place = tmp_path_factory.mktemp("scheduler") / "scheduler.json"
    with ExitStack() as processes:
        here = ["--host=127.0.0.1", f"--scheduler-file={place}", "--dashboard-address=127.0.0.1:0"]
        processes.enter_context(_started("scheduler", place.parent, *here, "--port=0"))
        for name in ("first", "second"):
            folder = tmp_path_factory.mktemp(name)
            alone = [f"--scheduler-file={place}", "--nthreads=1", "--no-nanny", "--no-dashboard"]
            processes.enter_context(_started("worker", folder, *alone))
        yield _address(place)


class _started:  # noqa: N801 - used as a function
    """A process of Dask's command line, ended with the context."""

    def __init__(self, what: str, folder: Path, *options: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *options]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=self._log, stderr=subprocess.STDOUT
        )

    def __enter__(self) -> subprocess.Popen[bytes]:
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        self._log.close()


def _address(place: Path) -> str:
    end = time.monotonic() + 60
    while not place.exists() and time.monotonic() < end:
        time.sleep(0.1)
    return str(json.loads(place.read_bytes())["address"])


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    return translated(make_project(FILES), "vi")


def localized(project: Path, how: How) -> State[Any]:
    return cast("State[Any]", localize(Scope(project=project), how=how, return_state=True))


def test_machines_that_share_only_the_folder_give_the_same_bytes(
    clinic: Project,
    scheduler: str,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path_factory.mktemp("other") / "clinic"
    shutil.copytree(clinic.root, other)
    localized(other, How(workers=2, pages=1))
    monkeypatch.chdir(clinic.root.parent)

    state = localized(Path(clinic.root.name), How(runner="dask", scheduler=scheduler, pages=1))

    assert state.name == "CompletedWithHolds"
    assert tree(clinic.root) == tree(other)


def test_without_an_address_a_cluster_is_made_here_and_says_nothing_of_itself(
    clinic: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    state = localized(clinic.root, How(runner="dask", workers=1))

    assert state.name == "CompletedWithHolds"
    assert "distributed" not in "".join(capfd.readouterr())  # nor that a worker had to be killed
    assert (clinic.state_dir / "dask").is_dir()


def test_a_cluster_that_is_made_here_leaves_the_port_of_dasks_pages_alone(tmp_path: Path) -> None:
    (tmp_path / "polypage.toml").touch()

    with joined(None, workers=1, folder=tmp_path) as cluster:
        served_at = cluster.client.cluster.scheduler.http_server.port

    assert served_at not in {0, 8787}


def test_a_worker_whose_beat_is_on_its_way_when_its_cluster_ends_is_silent(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "polypage.toml").touch()
    asked = Event()

    async def never(**_: object) -> None:
        asked.set()
        await asyncio.sleep(60)

    with joined(None, workers=1, folder=tmp_path) as cluster:
        cluster.client.cluster.scheduler.handlers["heartbeat_worker"] = never
        assert asked.wait(60)
        assert cluster(partial(costs, tmp_path, ("a",), 0)) == (1,)

    assert "distributed" not in "".join(capfd.readouterr())


def test_work_goes_on_with_another_worker(clinic: Project, scheduler: str) -> None:
    how = How(runner="dask", scheduler=scheduler, pages=1)

    with gathered(clinic.root, how, Nobody()) as crew:
        outcomes = crew.over("build", kills_its_worker, ("a", "b", "c"))

    assert outcomes == ("a", "b", "c")


def test_a_batch_that_kills_whoever_works_on_it_is_named(clinic: Project, scheduler: str) -> None:
    how = How(runner="dask", scheduler=scheduler, pages=2)

    with (
        pytest.raises(PolypageError, match="first … last: the process at work on these was killed"),
        gathered(clinic.root, how, Nobody()) as crew,
    ):
        crew.over("build", dies, ("zero", "zero", "first", "last"))


def test_a_scheduler_without_workers_is_not_waited_for_for_ever(
    lonely: str, tmp_path: Path
) -> None:
    with (
        pytest.raises(PolypageError, match="has had no workers for 2 seconds; start some: dask"),
        joined(lonely, workers=1, folder=tmp_path, patience=2),
    ):
        pytest.fail("there is nobody")


def test_a_cluster_that_loses_its_last_worker_is_not_waited_for_for_ever(
    lonely: str, tmp_path: Path
) -> None:
    alone = [lonely, "--nthreads=1", "--no-nanny", "--no-dashboard"]
    (tmp_path / "polypage.toml").touch()

    with (
        _started("worker", tmp_path, *alone) as worker,
        joined(lonely, workers=1, folder=tmp_path) as cluster,
    ):
        Timer(1, worker.kill).start()
        with pytest.raises(PolypageError, match="has no workers any more; start it again"):
            replace(cluster, patience=2)(partial(lasts, tmp_path, ("a",)))


def test_a_scheduler_that_goes_meanwhile_is_named(tmp_path: Path) -> None:
    (tmp_path / "polypage.toml").touch()
    place = tmp_path / "scheduler.json"
    here = ["--host=127.0.0.1", f"--scheduler-file={place}", "--no-dashboard", "--port=0"]

    with _started("scheduler", tmp_path, *here) as scheduler:
        address = _address(place)
        alone = [address, "--nthreads=1", "--no-nanny", "--no-dashboard"]
        with (
            _started("worker", tmp_path, *alone) as worker,
            joined(address, workers=1, folder=tmp_path) as cluster,
        ):
            Timer(1, scheduler.kill).start()
            with pytest.raises(PolypageError, match="scheduler has gone; start it again"):
                cluster(partial(lasts, tmp_path, ("a",)))
            worker.kill()


def test_an_answer_is_none_that_is_late_however_often_it_is_looked_for(
    scheduler: str, tmp_path: Path
) -> None:
    (tmp_path / "polypage.toml").touch()

    with joined(scheduler, workers=1, folder=tmp_path) as cluster:
        restless = replace(cluster, patience=0.001)
        answers = [restless(partial(costs, tmp_path, ("a",), 0.003)) for _ in range(100)]

    assert answers == 100 * [(1,)]


@pytest.fixture
def lonely(tmp_path: Path) -> Iterator[str]:
    """Start a scheduler that has no workers; return its address."""
    place = tmp_path / "scheduler.json"
    here = ["--host=127.0.0.1", f"--scheduler-file={place}", "--no-dashboard", "--port=0"]
    with _started("scheduler", tmp_path, *here):
        yield _address(place)


def test_a_scheduler_that_does_not_answer_is_named(clinic: Project) -> None:
    state = localized(clinic.root, How(runner="dask", scheduler="tcp://127.0.0.1:9"))

    assert str(state.message) == (
        "tcp://127.0.0.1:9: no Dask scheduler answers there; start it: dask scheduler"
    )
