"""What ends with a flow that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOW = """\
import signal, subprocess, sys, time
from flows.lifeline import tie
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background has none
server = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
tie(server.pid)
print(server.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the system has no such handles")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_server_ends_with_the_flow_that_started_it(tmp_path: Path, end: signal.Signals) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", FLOW],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as flow:
        assert flow.stdout
        server = int(flow.stdout.readline())
        time.sleep(1)  # the one that waits has begun to

        flow.send_signal(end)

    assert _ends(server)


def _ends(pid: int) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text():  # nobody is left to ask for it
            return True
        time.sleep(0.1)
    return False
