"""Runs in processes of their own, which are killed, waited for and heard.

    with begun(root, workers=2) as run:        it has the project for itself
        os.kill(run.pid, signal.SIGKILL)
    run.ended                               "killed"

Each is `polypage run`, forked from a process that has imported all of it: only what it does is worth
killing, and a start takes longer than the run of a small project. Its own workers are started as
always. Each has a session of its own, so that its processes can be told from others.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from multiprocessing import connection
from pathlib import Path
from threading import Lock
from typing import Protocol

from benchmarks.measuring import ROOT

ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "DO_NOT_TRACK": "1",
    "SOURCE_DATE_EPOCH": "1767225600",  # files that are edited to no end have no date of their own
}
KILLED = "killed"
_PATIENCE = 300
"""Seconds for a run; one that takes longer hangs."""
_PAUSE = 0.005


class Process(Protocol):
    """What processes of both kinds have."""

    @property
    def pid(self) -> int: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def kill(self) -> None: ...


class Run:
    """A run, or another command, in a session of its own."""

    def __init__(self, process: Process, paper: Path) -> None:
        self._process = process
        self._paper = paper
        self.pid = process.pid

    @property
    def is_alive(self) -> bool:
        return self.status(0) is None

    def status(self, seconds: float = _PATIENCE) -> int | None:
        """Wait for the exit status; None if it goes on for longer."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    @property
    def said(self) -> str:
        return self._paper.read_text("utf-8", "replace")

    @property
    def ended(self) -> str:
        """Wait for the end, and say how it came."""
        status = self.status()
        if status is None:
            return f"hung for {_PATIENCE} s"
        return KILLED if status == -signal.SIGKILL else told(self.said, status)

    def workers(self, named: str = "spawn_main") -> list[int]:
        """Return its processes that have this in their command lines."""
        return [pid for pid in _living(self.pid) if named in _called(pid)]

    def end(self) -> None:
        """See that none of its processes is left, once it has ended by itself or was killed."""
        if self.is_alive:
            self._process.kill()
        self.status()
        deadline = time.monotonic() + _PATIENCE
        while _living(self.pid) and time.monotonic() < deadline:
            time.sleep(_PAUSE)


def told(said: str, status: int) -> str:
    """Say how a command ended, and the last exception that it had something to say about."""
    _, traceback, last = said.rpartition("Traceback (most recent call last):\n")
    if not traceback:
        return f"exit {status}"
    raised = next((line for line in last.splitlines() if line[:1].strip()), "cut off")
    return f"exit {status} with a traceback of {raised.partition(':')[0]}"


@contextmanager
def begun(root: Path, *, workers: int = 1) -> Iterator[Run]:
    """Start a run, and wait until it has the project for itself."""
    (root / ".polypage/lock").unlink(missing_ok=True)
    with started(root, workers=workers) as run:
        await_begin(root, run)
        yield run


def await_begin(root: Path, run: Run) -> None:
    """Wait until a run has a project for itself, in which there was no lock before."""
    while not (root / ".polypage/lock").exists() and run.is_alive:
        time.sleep(_PAUSE)


def finished(root: Path) -> Run:
    """Run a project to its end."""
    with started(root) as run:
        run.status()
    return run


@contextmanager
def started(root: Path, *, workers: int = 1) -> Iterator[Run]:
    """Start a run."""
    arguments = ["run", "--project", str(root), "--workers", str(workers)]
    paper = _paper(root)
    process = _SERVER.Process(target=_work, args=(arguments, str(paper)))
    with _LOOKING:
        process.start()
    run = Run(_Forked(process), paper)
    try:
        yield run
    finally:
        run.end()


@contextmanager
def called(root: Path, command: Sequence[str], **names: object) -> Iterator[Run]:
    """Start any other command, with these in its environment."""
    environment = {**os.environ, **ENVIRONMENT, **{name: str(names[name]) for name in names}}
    paper = _paper(root)
    with (
        paper.open("wb") as file,
        subprocess.Popen(
            command, env=environment, stdout=file, stderr=file, start_new_session=True
        ) as process,
    ):
        run = Run(process, paper)
        try:
            yield run
        finally:
            run.end()


def _paper(root: Path) -> Path:
    """Name a file for what a command says."""
    return root.with_name(f"{root.name}-{next(_counter)}.said")


_counter = count()


# --- processes --------------------------------------------------------------------------------

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["polypage.cli", "polypage.runs.pipeline", __name__])


_LOOKING = Lock()
"""Each start looks which processes have ended; how one ended can be read but once."""


def _work(arguments: Sequence[str], paper: str) -> None:
    """Be the command."""
    os.setsid()
    said = os.open(paper, os.O_WRONLY | os.O_CREAT)
    os.dup2(said, sys.stdout.fileno())
    os.dup2(said, sys.stderr.fileno())
    os.environ.update(ENVIRONMENT)
    from polypage.cli import main  # noqa: PLC0415 - it is there already

    main(arguments, prog_name="polypage")


class _Forked:
    """A process of multiprocessing, as those of subprocess are."""

    def __init__(self, process: multiprocessing.process.BaseProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def wait(self, timeout: float | None = None) -> int:
        if not connection.wait([self._process.sentinel], timeout):
            raise subprocess.TimeoutExpired("polypage run", timeout or 0)
        with _LOOKING:
            self._process.join()
        assert self._process.exitcode is not None
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()


def _living(session: int) -> list[int]:
    pids = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
    return [pid for pid in pids if _session(pid) == session]


def _session(pid: int) -> int | None:
    """Return the session that a process belongs to; None if it has ended."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return None
    state, _parent, _group, session, *_ = said.rpartition(")")[2].split()
    return None if state == "Z" else int(session)


def _called(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
    except OSError:
        return ""
