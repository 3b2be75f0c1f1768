"""How `python -m flows.serve` ends: when it is asked to, and when its server is no more."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from polypage.runs.scaffold import init
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell of children")
def test_it_says_that_its_server_is_gone_and_ends(tmp_path: Path) -> None:
    with _serving(tmp_path) as serving:
        (server,) = _servers(serving.pid)
        os.kill(server, signal.SIGKILL)
        _, errors = serving.communicate(timeout=120)

    assert "Prefect's server has ended (with status -9)" in errors
    assert serving.returncode == 1


def test_it_ends_quietly_when_it_is_asked_to(tmp_path: Path) -> None:
    with _serving(tmp_path) as serving:
        time.sleep(3)  # Prefect has a handler of its own soon after, and says nothing of it
        serving.terminate()
        _, errors = serving.communicate(timeout=120)

    assert "Warning" not in errors
    assert "Traceback" not in errors
    assert serving.returncode == 0


@contextmanager
def _serving(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start it in a new project, and wait until it is at work."""
    init(folder / "clinic", locales=["vi"])
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PREFECT_HOME": str(folder / "home")}
    environment.pop("PREFECT_API_URL", None)
    with subprocess.Popen(
        [sys.executable, "-m", "flows.serve", "--port", str(_free_port())],
        cwd=folder / "clinic",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as serving:
        assert serving.stdout
        said = ""
        while "Your deployments are being served" not in said:
            line = serving.stdout.readline()
            assert line, serving.stderr and serving.stderr.read()
            said += line
        yield serving


def _servers(pid: int) -> Iterator[int]:
    """Yield the children of a process that are servers of Prefect's."""
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            if b"\0server\0start\0" in Path(f"/proc/{child}/cmdline").read_bytes():
                yield int(child)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
