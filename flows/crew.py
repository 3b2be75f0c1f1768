"""The crew of a run under Prefect: every batch of articles is one task run.

    with gathered(root, How(workers=2), onlooker) as crew:
        pipeline.run_with(crew, root)

A task run costs Prefect some 50 ms, a page us 5 to 40 over all stages, and each stage something else.
So the first batch of a stage that is done says how large the others are (`batches`). Tasks are
threads that wait: for processes of this machine, or for a cluster.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar, cast

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture, as_completed
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.batches import by_cost, by_pages, most, trials
from flows.cluster import joined
from flows.parameters import How
from polypage.project import STATE_DIR
from polypage.runs.packing import packed
from polypage.runs.workers import Batch, Done, hired, timed

T = TypeVar("T")

Work: TypeAlias = Callable[..., tuple[T, ...]]
Future: TypeAlias = PrefectFuture[tuple[Done[T], ...]]


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
        """Hear how many of a stage's articles are done."""

    def outcomes(self, stage: str, outcomes: Sequence[object]) -> None:
        """See what came of a stage."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Does the work of a stage in task runs."""

    root: Path
    runner: TaskRunner[Any]
    workers: Workers
    pages: int | None
    """How many pages a batch has, if there are as many; without it, some seconds of work."""
    onlooker: Onlooker

    def over(self, stage: str, work: Work[T], slugs: Sequence[str], *more: object) -> Sequence[T]:
        """Do a stage's work over articles, in batches; the outcomes are in their order."""
        self.onlooker.begins(stage, slugs)
        self.onlooker.progress(stage, 0, len(slugs))

        def begun(articles: range) -> Future[T]:
            part = slugs[articles.start : articles.stop]
            name = f"{stage} {_named(articles)} of {len(slugs):,}"
            batch = do_batch.with_options(name=stage, task_run_name=name)
            # Prefect looks for other tasks in every value it is given, but not in a partial.
            do = partial(self.workers, partial(timed, self.root, part, work, *more))
            return cast("Future[T]", self.runner.submit(batch, {"do": do}))

        def told() -> Iterator[tuple[T, ...]]:
            futures, done = self._begun(begun, len(slugs), _versions(more)), 0
            while futures:
                # A future has what came of its batch as long as anybody has the future.
                (batch,) = futures.popleft().result()
                yield batch.outcomes()
                done += batch.articles
                self.onlooker.progress(stage, done, len(slugs))

        outcomes = packed(told(), self.root / STATE_DIR)
        self.onlooker.outcomes(stage, outcomes)
        return outcomes

    def _begun(
        self, begun: Callable[[range], Future[T]], articles: int, versions: int
    ) -> deque[Future[T]]:
        """Begin all batches, as soon as it is known how large they are to be."""
        workers = self.workers.size
        if self.pages:
            parts = by_pages(articles, workers=workers, pages=self.pages, versions=versions)
            return deque(map(begun, parts))
        first = trials(articles, workers=workers, versions=versions)
        futures = deque(map(begun, first))
        if first and (rest := range(first[-1].stop, articles)):
            # The first that is done, while others may be at a page that takes very long.
            (batch,) = next(as_completed([*futures])).result()
            seconds = batch.seconds / batch.articles
            futures.extend(map(begun, by_cost(rest, workers=workers, seconds=seconds)))
        return futures


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
    return ThreadPoolTaskRunner(max_workers=most(size) if how.runner == "dask" else size)


# --- batches ----------------------------------------------------------------------------------


def _versions(more: Sequence[Any]) -> int:
    """Return how many pages an article has in a stage: its locales come first, if it has any."""
    return max(1, len(more[0])) if more else 1


def _named(articles: range) -> str:
    """Name articles by their places among all: 3, or 3 to 5."""
    first, last = f"{articles.start + 1:,}", f"{articles.stop:,}"
    return first if first == last else f"{first} to {last}"


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
