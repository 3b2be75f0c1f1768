"""The crew of a run under Prefect: every batch of articles is one task run.

    with gathered(root, How(workers=2), onlooker) as crew:
        pipeline.run_with(crew, root)

A task run costs Prefect some 50 ms, a page us 5 to 40, so a batch has a few hundred pages: that
keeps the cost below one part in twenty, and task runs few enough to be looked at. Work of a
single batch is done here; that of several in a pool of processes that all threads feed.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.hearing import heard, retell
from flows.parameters import How
from polypage.errors import PolypageError
from polypage.runs import pipeline

T = TypeVar("T")

Work: TypeAlias = Callable[..., tuple[T, ...]]

MOST = 40
"""How many batches a stage has at most: Prefect's own server keeps up with a few hundred in all."""


class Onlooker(Protocol):
    """Is told of the stages of a run."""

    def begins(self, stage: str, slugs: Sequence[str]) -> None:
        """Hear which articles a stage is going to work on."""

    def progress(self, stage: str, done: int, total: int) -> None:
        """Hear how many of a stage's batches are done."""

    def outcomes(self, stage: str, outcomes: Sequence[object]) -> None:
        """See what came of a stage."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Does the work of a stage in task runs."""

    root: Path
    runner: TaskRunner[Any]
    processes: Executor | None
    """Where threads send their work; tasks in processes of their own do it themselves."""
    how: How
    onlooker: Onlooker

    def over(self, stage: str, work: Work[T], slugs: Sequence[str], *more: object) -> tuple[T, ...]:
        """Do a stage's work over articles, in batches; the outcomes are in their order."""
        parts = batches(slugs, self.how, versions=_versions(more))
        self.onlooker.begins(stage, slugs)
        self.onlooker.progress(stage, 0, len(parts))
        processes = self.processes if len(parts) > 1 else None
        futures = [
            self.runner.submit(
                do_batch.with_options(name=stage, task_run_name=f"{stage} {n} of {len(parts)}"),
                # Prefect looks for other tasks in every value it is given, but not in a partial.
                {"batch": partial(work, self.root, part, *more), "processes": processes},
            )
            for n, part in enumerate(parts, 1)
        ]
        outcomes: list[T] = []
        for done, future in enumerate(futures, 1):
            outcomes += future.result()
            self.onlooker.progress(stage, done, len(parts))
        self.onlooker.outcomes(stage, outcomes)
        return tuple(outcomes)


@contextmanager
def gathered(root: Path, how: How, onlooker: Onlooker) -> Iterator[Crew]:
    """Gather a crew for a run.

    Raises:
        PolypageError: Dask is asked for and not there.
    """
    with _runner(how) as runner, pipeline.pool(how.crew_size) as processes:
        yield Crew(root, runner, processes if how.runner == "threads" else None, how, onlooker)


# --- who runs tasks ---------------------------------------------------------------------------


def _runner(how: How) -> TaskRunner[Any]:
    match how.runner:
        case "threads":
            return ThreadPoolTaskRunner(max_workers=how.crew_size)
        case "processes":
            return ProcessPoolTaskRunner(max_workers=how.crew_size)
        case "dask":
            return _dask_runner(how.crew_size)


def _dask_runner(workers: int) -> TaskRunner[Any]:
    """Use the cluster that Dask's own variable names, or else make one on this machine."""
    try:
        dask = import_module("prefect_dask")
    except ImportError as error:
        problem, remedy = "there is no Dask here", "install prefect-dask, or choose threads"
        raise PolypageError("runner", problem, remedy=remedy) from error
    address = os.environ.get("DASK_SCHEDULER_ADDRESS")
    local = None if address else {"n_workers": workers, "threads_per_worker": 1}
    runner: TaskRunner[Any] = dask.DaskTaskRunner(address=address, cluster_kwargs=local)
    return runner


# --- batches ----------------------------------------------------------------------------------


def batches(slugs: Sequence[str], how: How, *, versions: int = 1) -> list[Sequence[str]]:
    """Part articles, each of so many pages, into batches that are all of a size.

    All workers get equally many, if the batches do not become too small by that.
    """
    total = len(slugs) * versions
    fewest = -(-total // how.pages)
    even = -(-fewest // how.crew_size) * how.crew_size
    count = min(even if total >= even * how.pages // 2 else fewest, MOST, len(slugs))
    bounds = [len(slugs) * n // count for n in range(count + 1)] if count else []
    return [slugs[start:end] for start, end in pairwise(bounds)]


def _versions(more: Sequence[Any]) -> int:
    """Return how many pages an article has in a stage: its locales come first, if it has any."""
    return max(1, len(more[0])) if more else 1


# --- tasks ------------------------------------------------------------------------------------


def _may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Say whether trying again may help: with a lost connection perhaps, with a mistake never."""
    return isinstance(state.result(raise_on_failure=False), OSError)


@task(
    retries=2,
    retry_delay_seconds=[1, 10],
    retry_condition_fn=_may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def do_batch(batch: partial[tuple[T, ...]], processes: Executor | None) -> tuple[T, ...]:
    """Do a stage's work over one batch of articles, in one of these processes if there are any."""
    if processes is None:
        return batch()
    try:
        return _listened(processes, batch)
    except BrokenProcessPool:
        # One batch ended the pool for all of them; each is tried again in a process of its own.
        return _apart(batch)


def _listened(processes: Executor, batch: partial[tuple[T, ...]]) -> tuple[T, ...]:
    outcomes, records = processes.submit(heard, batch).result()
    retell(records)
    return outcomes


def _apart(batch: partial[tuple[T, ...]]) -> tuple[T, ...]:
    try:
        with pipeline.pool(1) as process:
            return _listened(process, batch)
    except BrokenProcessPool as error:
        _root, slugs, *_more = batch.args
        problem = "the process at work on these was killed, or ran out of memory"
        remedy = "give it fewer pages at a time to find out where"
        raise PolypageError(f"{slugs[0]} … {slugs[-1]}", problem, remedy=remedy) from error
