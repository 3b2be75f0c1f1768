"""What is logged where work is done, brought to where somebody listens.

    heard(partial(check_batch, root, slugs, locales))    (outcomes, (record, …))
    retell(records)

Worker processes have nobody who reads their log, and whatever they log is lost with them. A
traceback travels as text within its record.
"""

import logging
from collections.abc import Callable, Iterable
from logging.handlers import QueueHandler
from queue import SimpleQueue
from threading import get_ident
from typing import TypeVar

T = TypeVar("T")


def heard(work: Callable[[], T]) -> tuple[T, tuple[logging.LogRecord, ...]]:
    """Do some work; return what comes of it, and what polypage warned of meanwhile."""
    records: SimpleQueue[logging.LogRecord] = SimpleQueue()
    handler = QueueHandler(records)
    handler.setLevel(logging.WARNING)
    own = get_ident()  # other threads may be heard, too
    handler.addFilter(lambda record: record.thread == own)
    ours = logging.getLogger("polypage")
    ours.addHandler(handler)
    try:
        outcome = work()
    finally:
        ours.removeHandler(handler)
    return outcome, tuple(records.get() for _ in range(records.qsize()))


def retell(records: Iterable[logging.LogRecord]) -> None:
    """Log here what was logged elsewhere."""
    for record in records:
        logging.getLogger(record.name).handle(record)
