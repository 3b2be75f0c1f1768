"""Flows that are killed, and what they lean on: Prefect's server, a worker of a Dask cluster.

    trial = kill_flow(scene, root, random.Random(1))

The server and the cluster are ours, on loopback, started when first needed and ended with the
program.
"""

from __future__ import annotations

import atexit
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.faults.judging import harm_of
from benchmarks.faults.killing import BEFORE
from benchmarks.faults.running import ENVIRONMENT, KILLED, Run, await_begin, called
from benchmarks.faults.scenes import Scene, copied
from benchmarks.faults.trials import Trial, concluded

_NOWHERE = "http://127.0.0.1:9/api"
_SOON_GIVES_UP = {"PREFECT_CLIENT_MAX_RETRIES": "1"}
"""Unless told so, Prefect tries for a minute before it lets a call be."""
_STARTS_WITHIN = 600
"""Seconds for a server or a cluster on a busy machine."""
_STARTS = 3
"""Seconds that a flow takes beside the work, at least."""


def kill_flow(scene: Scene, root: Path, chance: random.Random) -> Trial:
    """Kill a Prefect flow at some moment, alone or with its workers."""
    with _flow(scene, root, server()) as run:
        if run.status((scene.seconds + _STARTS) * chance.random()) is None:
            (os.killpg if chance.random() < 0.5 else os.kill)(run.pid, signal.SIGKILL)
        ended = run.ended
    return _concluded(scene, root, ended if ended == KILLED else BEFORE)


def start_without_server(scene: Scene, root: Path, _chance: random.Random) -> Trial:
    """Start a flow while nothing answers where Prefect's server should be."""
    with _flow(scene, root, _NOWHERE, **_SOON_GIVES_UP) as run:
        ended = run.ended
    return _concluded(scene, root, ended)


def kill_server(scene: Scene, root: Path, chance: random.Random) -> Trial:
    """Kill Prefect's server in the middle of a flow."""
    with (
        _serving() as (address, own),
        _flow(scene, root, address, **_SOON_GIVES_UP) as run,
    ):
        run.status((scene.seconds + _STARTS) * chance.random())
        own.kill()
        ended = run.ended
    return _concluded(scene, root, ended)


def kill_dask_worker(scene: Scene, root: Path, chance: random.Random) -> Trial:
    """Kill one of two workers of a Dask cluster in the middle of a flow, and start another."""
    options = "--runner", "dask", "--scheduler", cluster().address, "--pages", "1"
    with _flow(scene, root, server(), *options) as run:
        if run.status((scene.seconds + _STARTS) * chance.random()) is None:
            cluster().replace_worker()
            ended = run.ended
        else:
            ended = BEFORE
    return _concluded(scene, root, ended)


def has_dask() -> bool:
    """Whether there is any Dask here."""
    return find_spec("distributed") is not None


@contextmanager
def _flow(scene: Scene, root: Path, address: str, *options: str, **names: str) -> Iterator[Run]:
    """Start the flow, and wait until it has the project for itself."""
    copied(scene, root)
    how = options or ("--workers", "2", "--pages", "4")
    command = [sys.executable, "-m", "flows.localize", "--project", str(root), *how]
    with called(root, command, **_settings(), **names, PREFECT_API_URL=address) as run:
        await_begin(root, run)
        yield run


def _concluded(scene: Scene, root: Path, ended: str) -> Trial:
    return concluded(root, scene, [ended], harm_of(root, before=scene.before, after=scene.after))


# --- servers ----------------------------------------------------------------------------------

_until_the_end = ExitStack()
atexit.register(_until_the_end.close)


def server() -> str:
    """Return the address of a Prefect server that nothing befalls."""
    with _STARTING:
        return _server()


@cache
def _server() -> str:
    address, _ = _until_the_end.enter_context(_serving())
    return address


_STARTING = RLock()
"""Two trials that go on at the same time are to have the same server, home and cluster."""


def _home() -> str:
    with _STARTING:
        return _made_home()


@cache
def _made_home() -> str:
    return _until_the_end.enter_context(TemporaryDirectory(prefix="prefect-"))


def _settings() -> dict[str, str]:
    return {"PREFECT_HOME": _home(), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}


@contextmanager
def _serving() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start a Prefect server with a home of its own."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}/api"
    with TemporaryDirectory(prefix="prefect-") as home:
        options = "--host", "127.0.0.1", "--port", str(port), "--no-ui"
        command = [sys.executable, "-m", "prefect", "server", "start", *options]
        with _standing(command, Path(home), **{**_settings(), "PREFECT_HOME": home}) as process:
            _await(lambda: _answers(f"{address}/health"))
            yield address, process


class Cluster:
    """A Dask scheduler and two workers, in processes of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.address = f"tcp://127.0.0.1:{_free_port()}"
        port = self.address.rpartition(":")[2]
        here = "--host=127.0.0.1", f"--port={port}", "--dashboard-address=127.0.0.1:0"
        _until_the_end.enter_context(_standing(_dask("scheduler", *here), folder))
        self._workers = [self._hired(), self._hired()]

    def replace_worker(self) -> None:
        """Kill a worker, and start another."""
        worker = self._workers.pop(0)
        worker.kill()
        worker.wait()
        self._workers.append(self._hired())

    def _hired(self) -> subprocess.Popen[bytes]:
        options = "--nthreads=1", "--no-nanny", "--no-dashboard"
        command = _dask("worker", self.address, *options)
        return _until_the_end.enter_context(_standing(command, self._folder))


def cluster() -> Cluster:
    """Return a Dask cluster whose workers may be killed, and the flows' server is there as well."""
    server()
    with _STARTING:
        return _made_cluster()


@cache
def _made_cluster() -> Cluster:
    return Cluster(Path(_home()))


def _dask(what: str, *options: str) -> list[str]:
    return [sys.executable, "-m", f"distributed.cli.dask_{what}", *options]


@contextmanager
def _standing(command: list[str], folder: Path, **names: str) -> Iterator[subprocess.Popen[bytes]]:
    """Have a process until the context ends, however that comes."""
    environment = {**os.environ, **ENVIRONMENT, **names}
    with (
        (folder / "said").open("ab") as said,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def _await(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN
    while not is_so():
        assert time.monotonic() < deadline, "it does not start"
        time.sleep(0.2)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
