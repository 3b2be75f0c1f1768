"""Batches of articles, done in processes of their own: here, or on machines that share the project.

    with hired(2) as workers:
        outcomes = workers(partial(build_batch, root, slugs, locales, registry))

    serve(batch, code=own_code())      what another machine does with a batch that it is sent

Work has the main thread of a process, so that it can be stopped when it takes too long. A process
that is killed takes the others of its pool along: each batch that this hits is done again in a
process of its own, and only one that kills that one, too, stops the run.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.util import Finalize
from pathlib import Path
from time import perf_counter
from typing import Any, Generic, TypeAlias, TypeVar, cast

from polypage.errors import PolypageError
from polypage.project import SETTINGS_FILE
from polypage.runs import processes
from polypage.runs.hearing import heard, retell
from polypage.runs.processes import pool
from polypage.runs.stages.batch import own_code

T = TypeVar("T")

Batch: TypeAlias = partial[tuple[T, ...]]
"""A stage's function with its arguments: the project's root, the articles, and what else it needs."""
Heard: TypeAlias = tuple[tuple[T, ...], tuple[logging.LogRecord, ...]]
"""What came of a batch, and what was warned of meanwhile."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What came of a batch, and what it took; many of them may wait to be looked at."""

    packed: bytes
    articles: int
    seconds: float
    """By the clock, without the way to whoever did it."""

    def outcomes(self) -> tuple[T, ...]:
        """Unpack what came of it."""
        own: tuple[T, ...] = pickle.loads(self.packed)  # noqa: S301 - it is from our own workers
        return own


@dataclass(frozen=True, slots=True)
class Workers:
    """A pool of processes on this machine."""

    size: int
    processes: Executor

    def __call__(self, batch: Batch[T]) -> tuple[T, ...]:
        """Do a batch, and log here what is warned of there.

        Raises:
            PolypageError: It kills whatever process it is given.
        """
        outcomes, records = _done(self.processes, batch)
        retell(records)
        return outcomes


@contextmanager
def hired(size: int) -> Iterator[Workers]:
    """Have so many workers until the context ends."""
    with pool(size) as processes:
        yield Workers(size, processes)


def timed(
    root: Path, slugs: Sequence[str], work: Callable[..., tuple[T, ...]], *more: object
) -> tuple[Done[T], ...]:
    """Do a stage's work over the articles of a batch, and look at the clock."""
    begun = perf_counter()
    outcomes = pickle.dumps(work(root, slugs, *more), pickle.HIGHEST_PROTOCOL)
    return (Done(outcomes, len(slugs), perf_counter() - begun),)


def serve(batch: Batch[T], *, code: str) -> Heard[T]:
    """Do a batch for a run of another process, perhaps on another machine.

    Raises:
        PolypageError: This machine has another version of polypage, or does not see the project.
    """
    host, root = socket.gethostname(), Path(batch.args[0])
    if own_code() != code:
        problem = "this machine has another version of polypage, or of Babel, than the run"
        remedy = "install the same, and restart its workers"
        raise PolypageError(host, problem, remedy=remedy)
    if not (root / SETTINGS_FILE).is_file():
        remedy = "let it have the project's folder at the same path"
        raise PolypageError(f"{host}: {root}", "the project is not there", remedy=remedy)
    if multiprocessing.current_process().daemon:  # which must have no children
        return heard(batch)
    return _done(_standing(), batch)


def killed(batch: Batch[Any]) -> PolypageError:
    """Return what to say of a batch that kills whoever works on it."""
    return processes.killed(_slugs(batch))


def _done(executor: Executor, batch: Batch[T]) -> Heard[T]:
    work = partial(heard, batch)
    return processes.ended(executor.submit(work), work, _slugs(batch))


def _slugs(batch: Batch[Any]) -> Sequence[str]:
    _root, slugs, *_more = batch.args
    return cast("Sequence[str]", slugs)


@cache
def _standing() -> Executor:
    """Return the workers of this process, which end with it; none is started before there is work."""
    return _until_the_end.enter_context(pool(os.cpu_count() or 1))


_until_the_end = ExitStack()
# Not by `atexit`: a child of multiprocessing, as Dask's workers are, waits for its own children
# first. Queues are closed at priority 10, and nobody could tell those that they are to end.
Finalize(None, _until_the_end.close, exitpriority=100)
