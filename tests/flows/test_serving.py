"""What `python -m flows.serve` does when the server that it started is no more."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from polypage.runs.scaffold import init
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell of children")
def test_it_says_that_its_server_is_gone_and_ends(tmp_path: Path) -> None:
    init(tmp_path / "clinic", locales=["vi"])
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PREFECT_HOME": str(tmp_path / "home")}
    environment.pop("PREFECT_API_URL", None)
    with subprocess.Popen(
        [sys.executable, "-m", "flows.serve", "--port", str(_free_port())],
        cwd=tmp_path / "clinic",
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

        (server,) = _servers(serving.pid)
        os.kill(server, signal.SIGKILL)
        _, errors = serving.communicate(timeout=120)

    assert "Prefect's server has ended (with status -9)" in errors
    assert serving.returncode == 1


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
