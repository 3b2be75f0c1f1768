"""A run that waits for somebody's word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, State
from prefect.deployments.runner import RunnerDeployment
from prefect.flow_runs import resume_flow_run

from flows.approval import identity
from flows.build import build
from flows.parameters import Publishing, Scope
from polypage.project import Project, load
from tests.conftest import ROOT, MakeProject
from tests.pipeline.projects import FILES, translated, tree

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a project that is translated into Vietnamese, and not built."""
    return translated(make_project(FILES), "vi")


def pages(project: Project) -> list[str]:
    return [path for path in tree(project.root) if path.startswith("site/vi/")]


def started(project: Project) -> UUID:
    """Start a run of a deployment that asks before it builds."""
    parameters = {
        "scope": Scope(project=project.root).model_dump(mode="json"),
        "publishing": Publishing(approval=1).model_dump(mode="json"),
    }
    made = cast("RunnerDeployment", build.to_deployment("asking", parameters=parameters))
    made.entrypoint = f"{ROOT}/flows/build.py:build"
    deployment_id = cast("UUID", made.apply())
    with get_client(sync_client=True) as client:
        return client.create_flow_run_from_deployment(deployment_id).id


def executed(run_id: UUID, server: str, folder: Path) -> FlowRun:
    """Do what a worker does with a run that is due; return what has become of it."""
    subprocess.run(
        [sys.executable, "-m", "prefect", "flow-run", "execute", str(run_id)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PREFECT_API_URL": server},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        check=False,
    )
    with get_client(sync_client=True) as client:
        return client.read_flow_run(run_id)


def state_of(flow_run: FlowRun) -> State[Any]:
    assert flow_run.state
    return flow_run.state


@pytest.mark.slow
def test_nothing_is_built_before_somebody_approves_of_what_is_there_now(
    clinic: Project, prefect_server: str, tmp_path: Path
) -> None:
    run_id = started(clinic)
    assert state_of(executed(run_id, prefect_server, tmp_path)).name == "Suspended"
    assert pages(clinic) == []

    source = clinic.source_path("peeling")
    source.write_text(source.read_text().replace("<h1>Peeling</h1>", "<h1>How to peel</h1>"))
    resume_flow_run(run_id, run_input={"approve": True, "by": "editor"})
    asked_again = executed(run_id, prefect_server, tmp_path)

    assert state_of(asked_again).name == "Suspended"
    assert pages(clinic) == []

    resume_flow_run(run_id, run_input={"approve": True, "by": "editor", "remark": "seen"})
    ended = state_of(executed(run_id, prefect_server, tmp_path))

    assert ended.is_completed()
    assert str(ended.message).endswith("approved by editor: seen")
    assert "site/vi/rolling.html" in pages(clinic)


@pytest.mark.slow
def test_nothing_is_built_when_somebody_declines(
    clinic: Project, prefect_server: str, tmp_path: Path
) -> None:
    run_id = started(clinic)
    executed(run_id, prefect_server, tmp_path)

    resume_flow_run(run_id, run_input={"approve": False, "by": "physician", "remark": "50 mg?"})
    ended = state_of(executed(run_id, prefect_server, tmp_path))

    assert (ended.name, ended.message) == (
        "Declined",
        "Nothing was built: declined by physician: 50 mg?",
    )
    assert pages(clinic) == []


def test_a_run_that_nobody_could_resume_does_not_wait(clinic: Project) -> None:
    scope, publishing = Scope(project=clinic.root), Publishing(approval=1)

    state = cast("State[Any]", build(scope=scope, publishing=publishing, return_state=True))

    assert "only runs of deployments can wait for somebody" in str(state.message)
    assert pages(clinic) == []


@pytest.mark.parametrize(
    "path",
    ["polypage.toml", "source_articles/peeling.html", "locales/vi/LC_MESSAGES/peeling.po"],
)
def test_whatever_pages_are_made_of_is_part_of_the_question(clinic: Project, path: str) -> None:
    before = identity(load(clinic.root))
    file = clinic.root / path
    file.write_text(file.read_text().replace("vi", "th") + "\n")

    assert identity(load(clinic.root)) != before
