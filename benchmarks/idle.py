"""A flow of tasks that do nothing: what is left of its time is Prefect's own.

idle(100)    one flow run of a hundred task runs
"""

from functools import partial
from typing import Any

from prefect import flow
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.crew import do_batch


@flow(persist_result=False)
def idle(tasks: int) -> None:
    """Run so many tasks, two at a time."""
    runner: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=2)
    with runner:
        nothing: partial[tuple[object, ...]] = partial(tuple)
        futures = [runner.submit(do_batch, {"do": nothing}) for _ in range(tasks)]
        for future in futures:
            future.result()
