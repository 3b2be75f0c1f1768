"""Everything on one machine: a Prefect server with its pages, the schedules, the runs, the watcher.

    $ python -m flows.serve                  http://127.0.0.1:4200
    $ python -m flows.serve --port 4300

It does what `prefect.yaml` says, without a work pool, and one run at a time; it ends all of it
when it is stopped. Where a server is known already, by `PREFECT_API_URL` or because one answers at
the port, that one is used. If its own server ends, it says so and ends too, with exit status 1: no
schedule is kept without a server, and whoever sees to the command can start it again.
"""

import os
import signal
import subprocess
import sys
import time
import warnings
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import copy_context
from pathlib import Path
from threading import Event, Thread
from typing import Any, NoReturn, cast
from urllib.request import urlopen

import yaml  # type: ignore[import-untyped]  # stubs for one call would be one more thing to lock
from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.events import DeploymentEventTrigger
from prefect.flows import Flow, load_flow_from_entrypoint
from prefect.settings import PREFECT_API_URL, PREFECT_UI_URL, temporary_settings

from flows.automations import arrange_at_least
from flows.contact import GOODBYE
from flows.watch import match, watch
from polypage.errors import PolypageError
from polypage.project import load

STARTS_WITHIN = 120
"""Seconds that a server may take to start, on a busy machine."""


def deployments(folder: Path) -> Iterator[RunnerDeployment]:
    """Yield what `prefect.yaml` deploys, each with its schedule awake.

    Events of other projects start nothing, unless a trigger says which ones it is for.

    Raises:
        PolypageError: There is no `prefect.yaml`, or nothing that it deploys.
    """
    listed = _listed(folder / "prefect.yaml")
    for one in listed:
        flow: Flow[..., Any] = load_flow_from_entrypoint(str(folder / one["entrypoint"]))
        limit = one.get("concurrency_limit")
        made = flow.to_deployment(
            one["name"],
            description=one.get("description"),
            tags=one.get("tags"),
            parameters=one.get("parameters"),
            schedules=[
                CronSchedule(cron=each["cron"], timezone=each["timezone"])
                for each in one.get("schedules", ())
            ],
            triggers=[
                DeploymentEventTrigger(**{"match": match(folder), **each})
                for each in one.get("triggers", ())
            ],
            concurrency_limit=ConcurrencyLimitConfig(**limit) if limit else None,
        )
        yield cast("RunnerDeployment", made)  # what it is wherever nothing is asynchronous


def _listed(path: Path) -> Sequence[Mapping[str, Any]]:
    try:
        listed: Sequence[Mapping[str, Any]] = yaml.safe_load(path.read_bytes())["deployments"]
    except FileNotFoundError as error:
        remedy = "`polypage init` writes one into a project that has none"
        raise PolypageError(path, "is not there", remedy=remedy) from error
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        problem = getattr(error, "problem", None) or "cannot be read"
        raise PolypageError(path, f"is no YAML: {problem}", line=line or None) from error
    except (KeyError, TypeError) as error:
        remedy = "`polypage init` in an empty folder shows what belongs there"
        raise PolypageError(path, "deploys nothing", remedy=remedy) from error
    return listed


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; return the exit status."""
    parser = ArgumentParser(prog="python -m flows.serve", description=__doc__.partition("\n")[0])
    parser.add_argument("--port", type=int, default=4200, help="where Prefect's pages are")
    options = parser.parse_args(arguments)
    try:
        project = load(Path())
        deployed = [*deployments(project.root)]
    except PolypageError as error:
        parser.error(str(error))
    # Until Prefect has a handler of its own, which does the same.
    signal.signal(signal.SIGTERM, _end)
    # That one asks its runner to stop without waiting for it, and then ends all of it.
    unwaited = "coroutine 'Runner.astop' was never awaited"
    warnings.filterwarnings("ignore", unwaited, RuntimeWarning)
    with _server(options.port) as gone, _beside(watch, project):
        try:
            arrange_at_least()
            serve(*deployed, limit=1, pause_on_shutdown=False)
        except SystemExit:
            if not gone.is_set():
                raise
    return int(gone.is_set())


def _end(*_signal: object) -> NoReturn:
    sys.exit(0)


@contextmanager
def _server(port: int) -> Iterator[Event]:
    """Have a server: the one that is named, the one at this port, or one of our own.

    The event happens if our own has gone.
    """
    if PREFECT_API_URL.value():
        yield Event()
        return
    address = f"http://127.0.0.1:{port}"
    with nullcontext(Event()) if answers(address) else _started(address, port) as gone:
        settings = {PREFECT_API_URL: f"{address}/api", PREFECT_UI_URL: address}
        with temporary_settings(settings):
            yield gone


@contextmanager
def _started(address: str, port: int) -> Iterator[Event]:
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    pages = {**os.environ, "PREFECT_SERVER_UI_API_URL": f"{address}/api"}
    gone, stopping = Event(), Event()
    with subprocess.Popen(command, env=pages, stdout=subprocess.DEVNULL) as server:  # noqa: S603 - no shell
        try:
            end = time.monotonic() + STARTS_WITHIN
            while not answers(address):
                if server.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"no Prefect server could be started at {address}")
                time.sleep(0.2)
            Thread(target=_end_with, args=(server, gone, stopping), daemon=True).start()
            yield gone
        finally:
            stopping.set()
            server.terminate()


def _end_with(server: subprocess.Popen[bytes], gone: Event, stopping: Event) -> None:
    """Stop this process when its server ends, unless it is stopping."""
    status = server.wait()
    if stopping.is_set():
        return
    gone.set()
    problem = f"Prefect's server has ended (with status {status}), so nothing is served any more"
    sys.stderr.write(f"{problem}; start it again: python -m flows.serve\n")
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GOODBYE)
    os._exit(1)  # Prefect may wait long for a server that is not there


def answers(address: str) -> bool:
    """Say whether a Prefect server answers there."""
    try:
        with urlopen(f"{address}/api/health", timeout=2):  # noqa: S310 - here, and nowhere else
            return True
    except OSError:
        return False


@contextmanager
def _beside(work: Any, *things: object) -> Iterator[None]:  # noqa: ANN401
    """Do some work in a thread that stops with us."""
    stop = Event()
    # Prefect's settings, too, are those of a context.
    thread = Thread(target=copy_context().run, args=(work, *things, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


if __name__ == "__main__":
    sys.exit(main())
