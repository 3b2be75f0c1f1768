"""Prefect's temporary server, which is not to outlive the flow that it was started for.

    tie_server()    where a flow has begun; nothing happens where a server is named

Prefect stops its server when Python ends, but `kill -9` lets nobody stop anything. So a small
process waits at a pipe that only the flow holds, and ends the server when that is gone. It holds the
server by a handle of the system's (a pidfd), which never comes to mean another process; where there
are none, as on macOS, it is left to Prefect.
"""

import atexit
import os
import signal
import subprocess
import sys
from contextlib import suppress


def tie_server() -> None:
    """Have the temporary server of this process, if it has one, end with it however that ends."""
    api = sys.modules.get("prefect.server.api.server")  # imported by who has started one
    server = api.SubprocessASGIServer().server_process if api else None
    if server and server.pid not in _tied:
        tie(server.pid)


def tie(pid: int) -> None:
    """Have a child process end with this one."""
    if hasattr(os, "pidfd_open"):
        command = [sys.executable, "-S", "-E", __file__, str(pid)]
        # In a session of its own: what interrupts the flow must not end it first.
        _tied[pid] = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603 - ours


_tied: dict[int, subprocess.Popen[bytes]] = {}
"""Who waits, by the process that is to end; each holds our end of its pipe."""


@atexit.register
def _let_go() -> None:
    """See those out who wait, where this process ends as it should."""
    for waiting in _tied.values():
        waiting.communicate()
    _tied.clear()


def _wait_for_end_of_parent(pid: int) -> None:
    with suppress(ProcessLookupError):  # it has ended already
        handle = os.pidfd_open(pid)
        sys.stdin.buffer.read()
        signal.pidfd_send_signal(handle, signal.SIGTERM)


if __name__ == "__main__":
    _wait_for_end_of_parent(int(sys.argv[1]))
