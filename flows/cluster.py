"""Machines that share nothing but the project's folder, as a crew's workers: a Dask cluster.

    with joined("tcp://10.0.0.5:8786", workers=2, folder=Path("clinic/.polypage/dask")) as cluster:
        outcomes = cluster(partial(build_batch, root, slugs, locales, registry))

Tasks stay with the flow; what is sent to the cluster is the work alone, so its workers need
polypage and Dask, and neither Prefect nor the flows. Dask gives a batch to another worker when one
dies with it; a batch that took several along is what it is: the run's failure, by name.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any, TypeVar

from polypage.errors import PolypageError
from polypage.runs.hearing import retell
from polypage.runs.processes import without_program
from polypage.runs.stages.batch import own_code
from polypage.runs.workers import Batch, killed, serve

T = TypeVar("T")

CONNECTS_WITHIN = 10
"""Seconds that a scheduler has to answer."""
WORKERS_WITHIN = 60
"""Seconds that a cluster without any worker is waited for, at the start and later."""
_LOOK_AROUND = 5
"""After how many seconds without an answer, at most, it is looked whether there are workers at all."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers that a Dask scheduler knows."""

    address: str
    client: Any
    size: int
    """How many batches it did at a time when the run began; more workers may come."""
    patience: float
    """Seconds that it may be without any worker."""

    def __call__(self, batch: Batch[T]) -> tuple[T, ...]:
        """Have a batch done, and log here what is warned of there.

        Raises:
            PolypageError: It kills the workers that it is given to, or there are none any more.
        """
        dask = import_module("distributed")
        future = self.client.submit(serve, batch, code=own_code(), pure=False)
        try:
            outcomes, records = self._awaited(future)
        except dask.KilledWorker as error:
            raise killed(batch) from error
        except (dask.CancelledError, dask.comm.CommClosedError) as error:
            raise self._gone("the Dask scheduler has gone") from error
        retell(records)
        return tuple(outcomes)

    def _awaited(self, future: Any) -> Any:  # noqa: ANN401 - Dask has no types
        """Wait for an answer as long as there is somebody to give it."""
        answered = Event()
        # An answer that takes its time to be fetched is none that is late.
        future.add_done_callback(lambda _: answered.set())
        seen = monotonic()
        while not answered.wait(min(_LOOK_AROUND, self.patience)):
            if self.client.nthreads():
                seen = monotonic()
            elif monotonic() - seen > self.patience:
                raise self._gone("the Dask cluster has no workers any more")
        return future.result()

    def _gone(self, problem: str) -> PolypageError:
        remedy = "start it again, then run again: what is done stays done"
        return PolypageError(self.address, problem, remedy=remedy)


@contextmanager
def joined(
    address: str | None, *, workers: int, folder: Path, patience: float = WORKERS_WITHIN
) -> Iterator[Cluster]:
    """Join the cluster at an address, or the one that Dask's settings name, or else make one here.

    One that is made here has so many workers, and keeps what it must in a folder.

    Raises:
        PolypageError: Dask is not installed, no scheduler answers, or it has no workers.
    """
    try:
        dask = import_module("distributed")
    except ImportError as error:
        problem, remedy = "there is no Dask here", "install polypage[dask], or choose threads"
        raise PolypageError("runner", problem, remedy=remedy) from error
    # Dask reads DASK_SCHEDULER_ADDRESS, and its own files.
    named = address or import_module("dask").config.get("scheduler-address", None)
    with _connected(dask, named) if named else _local(dask, workers, folder) as client:
        where = named or client.scheduler.address
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            problem = f"this Dask scheduler has had no workers for {patience:g} seconds"
            remedy = f"start some: dask worker {where}"
            raise PolypageError(where, problem, remedy=remedy) from error
        yield Cluster(where, client, sum(client.nthreads().values()), patience)


@contextmanager
def _connected(dask: Any, address: str) -> Iterator[Any]:  # noqa: ANN401
    try:
        client = dask.Client(address, timeout=CONNECTS_WITHIN, set_as_default=False)
    except (OSError, ValueError) as error:
        problem, remedy = "no Dask scheduler answers there", "start it: dask scheduler"
        raise PolypageError(address, problem, remedy=remedy) from error
    with client:
        yield client


@contextmanager
def _local(dask: Any, workers: int, folder: Path) -> Iterator[Any]:  # noqa: ANN401
    with import_module("dask").config.set(_SETTINGS), _quiet(logging.getLogger("distributed")):
        # Its workers need neither Prefect nor the flow, which they would import for nothing.
        with without_program():
            cluster = dask.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                scheduler_kwargs=_WITHOUT_PAGES,
                local_directory=folder,
            )
        with cluster, dask.Client(cluster, set_as_default=False) as client:
            client.register_worker_callbacks(_SILENCE)
            yield client


_SETTINGS = {"distributed.worker.daemon": False}
"""Workers may have processes of their own, where work that takes too long is stopped."""

_WITHOUT_PAGES = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}
"""Else it takes the port of Dask's pages, and warns where another cluster has it."""

_SILENCE = partial(logging.getLogger("distributed.worker").setLevel, logging.CRITICAL)
"""Said to a worker: one that is beating when its cluster ends calls that an error."""


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    """Hear what is wrong with a cluster, and not each step of its life."""
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)
