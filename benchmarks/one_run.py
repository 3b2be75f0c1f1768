"""One run in a process of its own, and what it took, as JSON.

    $ python -m benchmarks.one_run /srv/clinic --workers 2 --by threads
    {"seconds": 61.2, "processor": 113.0, "peak": 157286400, "peak_of_a_worker": 91226112, …}

Seconds are those of the clock, without the start of Python, of its modules and of Prefect's server,
which `start` tells of; the processor's are those of all its processes, Prefect's server among them.
Peaks are bytes of resident memory.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from polypage.model import Status
from polypage.runs.outcomes import Run

ALONE = "alone"
"""Without Prefect."""
STATUS = "status"
"""No run, but `polypage status`."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took."""

    start: float
    """Seconds that Prefect took to start its server, and to run a flow that does nothing."""
    seconds: float
    processor: float
    peak: int
    peak_of_a_worker: int
    pages: int
    """Pages that stand as they should after it."""
    built: int
    """Pages that it wrote."""


def measured(root: Path, *, workers: int, by: str = ALONE) -> Cost:
    """Run a project in a process of its own."""
    options = ["--workers", str(workers), "--by", by]
    command = [sys.executable, "-m", "benchmarks.one_run", str(root), *options]
    # Prefect keeps what it knows of runs beside the project, not in somebody's home.
    home = {"PREFECT_HOME": str(root.parent / "prefect"), "PREFECT_LOGGING_LEVEL": "ERROR"}
    done = subprocess.run(
        command, env={**os.environ, **home}, stdout=subprocess.PIPE, text=True, check=True
    )
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Run once, and print what it took."""
    parser = argparse.ArgumentParser(description="Run a project once and print what it took.")
    parser.add_argument("project", type=Path)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--by", default=ALONE, help="alone, status, threads, processes or dask")
    given = parser.parse_args()
    logging.disable()
    work = _work(given.project, given.workers, given.by)
    start, _ = (0.0, 0.0) if given.by in (ALONE, STATUS) else clocked(_nothing)
    runs: list[Run] = []
    taken, used = clocked(lambda: runs.append(work()))
    own, others = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    standing = (Status.PUBLISHED, Status.UNCHANGED)
    cost = {
        "start": start,
        "seconds": taken,
        "processor": used,
        "peak": own.ru_maxrss * 1024,
        "peak_of_a_worker": others.ru_maxrss * 1024,
        "pages": sum(runs[0].statuses.get(status, 0) for status in standing),
        "built": runs[0].statuses.get(Status.PUBLISHED, 0),
    }
    print(json.dumps(cost))


def _work(root: Path, workers: int, by: str) -> Callable[[], Run]:
    if by == ALONE:
        return lambda: _told(root, workers)
    if by == STATUS:
        return lambda: _status(root)
    from flows.localize import localize  # noqa: PLC0415
    from flows.parameters import How, Scope  # noqa: PLC0415

    how = How(runner=by, workers=workers)  # type: ignore[arg-type]  # it says what it knows
    return lambda: localize(Scope(project=root), how=how)  # type: ignore[return-value]


def _told(root: Path, workers: int) -> Run:
    """Run, and have told what people are told at the end."""
    from polypage.runs.pipeline import run  # noqa: PLC0415 - without Prefect
    from polypage.runs.report import summary  # noqa: PLC0415

    done = run(root, workers=workers)
    deque(summary(done), maxlen=0)
    return done


def _status(root: Path) -> Run:
    from polypage.runs.report import Page  # noqa: PLC0415
    from polypage.runs.status import survey  # noqa: PLC0415
    from polypage.status.figures import figures  # noqa: PLC0415
    from polypage.status.table import locale_table  # noqa: PLC0415

    done = survey(root)
    deque(locale_table(figures(done), Page()), maxlen=0)
    return done


def _nothing() -> None:
    from benchmarks.idle import idle  # noqa: PLC0415

    idle(0)


def clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of the clock that some work takes, and the processor's."""
    begun, used = time.perf_counter(), _processor()
    work()
    return time.perf_counter() - begun, _processor() - used


def _processor() -> float:
    """Return the processor's seconds of this process, its dead children and its living ones."""
    times = os.times()
    dead = times.children_user + times.children_system
    living = sum(map(_of_process, _children("self")))
    return times.user + times.system + dead + living


def _children(process: str) -> Iterator[str]:
    """Yield the numbers of a process's children, and of theirs, where the system tells (Linux)."""
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in path.read_text().split():
            yield child
            yield from _children(child)


def _of_process(process: str) -> float:
    # proc_pid_stat(5): the name, in parentheses, may have spaces; utime and what follows, in ticks.
    _, _, told = Path(f"/proc/{process}/stat").read_text().rpartition(")")
    return sum(map(int, told.split()[11:15])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
