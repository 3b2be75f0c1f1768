"""Processes that work for a run, and what becomes of the work when one is killed.

    with pool(2) as processes:
        work = partial(check_batch, root, slugs, locales)
        outcomes = ended(processes.submit(work), work, slugs)

Work of ours can be done again at any time, so what a killed process was at is done once more, in
a process of its own. If that one is killed too, it is told which articles it was at.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import ParamSpec, TypeVar

from polypage.errors import PolypageError

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def pool(workers: int) -> Iterator[Executor]:
    """Make a pool of processes that end with this one; none is started before there is work."""
    with _Pool(workers) as executor:
        yield executor


class _Pool(Executor):
    """Processes, and others in their place once one of them was killed, which ends them all."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._processes = self._started()
        self._renewing = threading.Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        with self._renewing:
            try:
                return self._processes.submit(fn, *args, **kwargs)
            except BrokenProcessPool:
                self._processes.shutdown()
                self._processes = self._started()
                return self._processes.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        self._processes.shutdown(wait, cancel_futures=cancel_futures)

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._workers, mp_context=_Workers(), initializer=_end_with_parent
        )


def ended(future: Future[T], work: Callable[[], T], slugs: Sequence[str]) -> T:
    """Return what comes of work over these articles that was given to a pool.

    Raises:
        PolypageError: The process that did it was killed, and the one that did it again.
    """
    try:
        return future.result()
    except BrokenProcessPool:
        # One batch ended the pool for all of them.
        try:
            with pool(1) as process:
                return process.submit(work).result()
        except BrokenProcessPool as error:
            raise killed(slugs) from error


def killed(slugs: Sequence[str]) -> PolypageError:
    """Return what to say of work over these articles that kills whoever does it."""
    problem = "the process at work on these was killed, or ran out of memory"
    remedy = "give it fewer pages at a time to find out where"
    return PolypageError(f"{slugs[0]} … {slugs[-1]}", problem, remedy=remedy)


class _Worker(SpawnProcess):
    """A process that does not import the program that starts it, which may be as large as Prefect."""

    def start(self) -> None:
        with without_program():
            super().start()


@contextmanager
def without_program() -> Iterator[None]:
    """Start processes that do not import the program that starts them."""
    with _STARTING:
        program = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = program


_STARTING = threading.Lock()


class _Workers(SpawnContext):
    # Not forked: a process with threads, such as Prefect's, may hold locks that none will free.
    Process = _Worker


def _end_with_parent() -> None:
    """See that a worker does not outlive a run that is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_await_end, args=(parent.sentinel,), daemon=True).start()


def _await_end(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
