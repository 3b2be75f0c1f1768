"""A run that somebody cancels on Prefect's pages while a worker is at it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import State
from prefect.deployments.runner import RunnerDeployment
from prefect.states import Cancelling

from flows.localize import localize
from flows.parameters import How, Scope
from polypage.project import Project
from polypage.runs.pipeline import run
from tests.conftest import ROOT, MakeProject
from tests.pipeline.projects import FILES, translated, tree

POOL = "cancelled"
ENDLESS = f"<html lang=en><title>Long</title>{'<p>Take <b>one</b>.</p>' * 300_000}"


@pytest.mark.slow
def test_a_run_that_is_cancelled_leaves_all_to_the_next(
    make_project: MakeProject, prefect_server: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clinic = translated(make_project(FILES), "vi")
    other = tmp_path_factory.mktemp("other") / "clinic"
    shutil.copytree(clinic.root, other)
    uninterrupted = run(other)
    endless = clinic.source_path("endless")
    endless.write_text(ENDLESS)

    with worker(prefect_server, tmp_path_factory.mktemp("worker")):
        run_id = started(clinic)
        wait_for(lambda: _state(run_id).is_running() and (clinic.root / ".polypage").is_dir())
        time.sleep(2)  # at the page that takes long
        with get_client(sync_client=True) as client:
            client.set_flow_run_state(run_id, Cancelling(), force=False)
        wait_for(lambda: _state(run_id).is_final())

    assert _state(run_id).name == "Cancelled"
    endless.unlink()
    again = run(clinic.root)  # whoever was at it has let go of the lock
    assert again.statuses == uninterrupted.statuses
    pages = tree(clinic.root / "site")
    assert {path: data for path, data in pages.items() if "endless" not in path} == tree(
        other / "site"
    )
    assert tree(other / "locales").keys() <= tree(clinic.root / "locales").keys()


@contextmanager
def worker(server: str, folder: Path) -> Iterator[None]:
    """Have a worker of a pool until the context ends."""
    with get_client(sync_client=True) as client:
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PREFECT_API_URL": server}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        ) as process,
    ):
        try:
            yield
        finally:
            # Asked to end, it sends itself a SIGINT, which those started in the background ignore.
            os.killpg(process.pid, signal.SIGKILL)


def started(project: Project) -> UUID:
    """Start a run of a deployment that the pool's worker does."""
    parameters = {
        "scope": Scope(project=project.root).model_dump(mode="json"),
        "how": How(workers=2).model_dump(mode="json"),
    }
    made = cast("RunnerDeployment", localize.to_deployment(POOL, parameters=parameters))
    made.entrypoint, made.work_pool_name = f"{ROOT}/flows/localize.py:localize", POOL
    with get_client(sync_client=True) as client:
        return client.create_flow_run_from_deployment(cast("UUID", made.apply())).id


def wait_for(holds: Callable[[], bool], *, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.5)


def _state(run_id: UUID) -> State[Any]:
    with get_client(sync_client=True) as client:
        state = client.read_flow_run(run_id).state
    assert state
    return state
