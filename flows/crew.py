"""The crew of a run under Prefect: every batch of articles is one task run.

    with gathered(root, How(workers=2), onlooker) as crew:
        pipeline.run_with(crew, root)

A task run costs Prefect some 50 ms, a page us 5 to 40, so a batch has a few hundred pages: that
keeps the cost below one part in twenty, and task runs few enough to be looked at. Tasks are threads
that wait: for processes of this machine, or for a cluster.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.cluster import joined
from flows.parameters import How
from polypage.project import STATE_DIR
from polypage.runs.packing import packed
from polypage.runs.workers import Batch, hired

T = TypeVar("T")

Work: TypeAlias = Callable[..., tuple[T, ...]]

MOST = 40
"""How many batches a stage has at most: Prefect's own server keeps up with a few hundred in all."""


LIGHT = {"audit": 8, "settle": 4}
"""How many times as many pages a batch has in stages that take so much less (`bench_constants`)."""


class Workers(Protocol):
    """Do batches, wherever they are."""

    @property
    def size(self) -> int:
        """How many batches they do at a time."""

    def __call__(self, batch: Batch[T]) -> tuple[T, ...]:
        """Do a batch."""


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
    workers: Workers
    pages: int
    """How many pages a batch has in most stages, if there are as many."""
    onlooker: Onlooker

    def over(self, stage: str, work: Work[T], slugs: Sequence[str], *more: object) -> Sequence[T]:
        """Do a stage's work over articles, in batches; the outcomes are in their order."""
        size, pages = self.workers.size, self.pages * LIGHT.get(stage, 1)
        parts = batches(slugs, workers=size, pages=pages, versions=_versions(more))
        self.onlooker.begins(stage, slugs)
        self.onlooker.progress(stage, 0, len(parts))
        futures = deque(
            self.runner.submit(
                do_batch.with_options(name=stage, task_run_name=f"{stage} {n} of {len(parts)}"),
                # Prefect looks for other tasks in every value it is given, but not in a partial.
                {"do": partial(self.workers, partial(work, self.root, part, *more))},
            )
            for n, part in enumerate(parts, 1)
        )

        def told() -> Iterator[tuple[T, ...]]:
            for done in range(1, len(parts) + 1):
                # A future has what came of its batch as long as anybody has the future.
                yield futures.popleft().result()
                self.onlooker.progress(stage, done, len(parts))

        outcomes = packed(told(), self.root / STATE_DIR)
        self.onlooker.outcomes(stage, outcomes)
        return outcomes


@contextmanager
def gathered(root: Path, how: How, onlooker: Onlooker) -> Iterator[Crew]:
    """Gather a crew for a run.

    Raises:
        PolypageError: Dask is asked for, and not there or not ready.
    """
    with _workers(root, how) as workers, _runner(how, workers.size) as runner:
        yield Crew(root, runner, workers, how.pages, onlooker)


# --- who works --------------------------------------------------------------------------------


def _workers(root: Path, how: How) -> AbstractContextManager[Workers]:
    match how.runner:
        case "threads":
            return hired(how.crew_size)
        case "processes":
            return nullcontext(_Alone(how.crew_size))
        case "dask":
            return joined(
                how.scheduler, workers=how.crew_size, folder=root.absolute() / STATE_DIR / "dask"
            )


@dataclass(frozen=True, slots=True)
class _Alone:
    """Whoever has the task does the work."""

    size: int

    def __call__(self, batch: Batch[T]) -> tuple[T, ...]:
        return batch()


def _runner(how: How, size: int) -> TaskRunner[Any]:
    if how.runner == "processes":
        return ProcessPoolTaskRunner(max_workers=size)
    # A cluster is given all batches of a stage, for workers that come later.
    return ThreadPoolTaskRunner(max_workers=max(MOST, size) if how.runner == "dask" else size)


# --- batches ----------------------------------------------------------------------------------


def batches(
    slugs: Sequence[str], *, workers: int, pages: int, versions: int = 1
) -> list[Sequence[str]]:
    """Part articles, each of so many pages, into batches that are all of a size.

    All workers get equally many, if the batches do not become too small by that.
    """
    total = len(slugs) * versions
    fewest = -(-total // pages)
    even = -(-fewest // workers) * workers
    count = min(even if total >= even * pages // 2 else fewest, max(MOST, workers), len(slugs))
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
def do_batch(do: partial[tuple[T, ...]]) -> tuple[T, ...]:
    """Do a stage's work over one batch of articles."""
    return do()
