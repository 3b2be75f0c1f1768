"""What a command does where Prefect's server does not answer, or goes away."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_CLIENT_MAX_RETRIES,
    PREFECT_SERVER_ALLOW_EPHEMERAL_MODE,
    temporary_settings,
)

from flows import automations
from flows.command import main
from flows.contact import RETRIES, impatient, require_server
from flows.localize import localize
from flows.serve import answers
from polypage.errors import PolypageError
from polypage.runs.scaffold import init
from tests.conftest import ROOT

FLOW = """\
import os, signal, sys
from typing import Any
from prefect import flow
from prefect.client.schemas.objects import State
from flows.command import main
from flows.contact import leave
from flows.parameters import DEFAULT, EVERYTHING, How, Scope
from flows.runs import perform
from polypage.runs.pipeline import STAGES

@flow(persist_result=False)
def localize(scope: Scope = EVERYTHING, how: How = DEFAULT) -> State[Any]:
    os.kill({server}, signal.SIGKILL)
    return perform(STAGES, scope, how)

leave(main(localize))
"""
NOBODY = "http://127.0.0.1:9/api"


def test_a_server_that_is_down_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    init(tmp_path, locales=["vi"])

    with temporary_settings({PREFECT_API_URL: NOBODY}):
        status = main(localize, ["--project", str(tmp_path)])

    said = capsys.readouterr().err
    assert status == 2
    assert said.count("\n") == 1
    assert said.startswith(f"{NOBODY}: no Prefect server answers there (")
    assert "start it: prefect server start" in said
    assert not (tmp_path / "site").exists()


def test_notes_cannot_be_arranged_with_a_server_that_is_down(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with temporary_settings({PREFECT_API_URL: NOBODY}), pytest.raises(SystemExit, match="2"):
        automations.main(["--notify", "slack-webhook/editors"])

    assert "no Prefect server answers there" in capsys.readouterr().err


def test_where_no_server_may_be_started_it_says_what_to_do() -> None:
    none = {PREFECT_API_URL: None, PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: False}

    with temporary_settings(none), pytest.raises(PolypageError, match="name it in PREFECT_API_URL"):
        require_server()


@pytest.mark.parametrize(("chosen", "tries"), [({}, RETRIES), ({PREFECT_CLIENT_MAX_RETRIES: 7}, 7)])
def test_calls_are_tried_less_often_unless_somebody_said_how_often(
    chosen: dict[object, int], tries: int
) -> None:
    with temporary_settings(chosen), impatient():
        assert PREFECT_CLIENT_MAX_RETRIES.value() == tries


@pytest.mark.slow
def test_a_run_whose_server_is_killed_does_its_work_and_ends(
    tmp_path: Path, server: tuple[str, int]
) -> None:
    address, process = server
    init(tmp_path / "clinic", locales=["vi"])
    (tmp_path / "flow.py").write_text(FLOW.format(server=process))

    # Impatient as it is, Prefect's client would wait for a minute in all.
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PREFECT_API_URL": address,
        "PREFECT_CLIENT_MAX_RETRIES": "1",
    }
    done = subprocess.run(
        [sys.executable, "flow.py", "--project", "clinic"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,  # without an end of ours it lingers for longer
    )

    assert done.returncode == 0, done.stderr
    assert "open       site/en/sleeping-well.html" in done.stdout
    assert "Prefect was not told how the run ended" in done.stderr


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """Start a server that may be killed; return its address, and its number."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PREFECT_HOME": str(tmp_path_factory.mktemp("home")),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        end = time.monotonic() + 120
        while not answers(f"http://127.0.0.1:{port}") and time.monotonic() < end:
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/api", process.pid
        process.kill()
