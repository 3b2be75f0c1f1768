"""Prefect's server as a command finds it: there, silent, or gone in the middle of a run.

    require_server()    where nobody answers, a `PolypageError` that says what to do
    leave(status)       ends the process; what nobody is there to hear is not told any more

Prefect's own client tries a call for a minute before it fails, then the next one, and at the end of
the process once more for each event that is left: a command that somebody waits for tries less.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from threading import Thread
from typing import NoReturn

from prefect.client.orchestration import get_client
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_CLIENT_MAX_RETRIES,
    get_current_settings,
    temporary_settings,
)

from polypage.errors import PolypageError

RETRIES = 3
"""How often a call is tried again, 14 seconds in all, unless Prefect's settings say how often."""
GOODBYE = 10
"""Seconds that Prefect has at the end to tell what is left, where nobody answers."""


def require_server() -> None:
    """See that there is a server; start one where none is named.

    Raises:
        PolypageError: It does not answer, or does not start.
    """
    address = PREFECT_API_URL.value()
    if not (error := _silence()):
        return
    told = str(error).partition("\n")[0]
    if address:
        problem = f"no Prefect server answers there ({told})"
        remedy = (
            "start it: prefect server start, or do without:"
            " prefect config unset PREFECT_API_URL, and a flow starts a server of its own"
        )
        raise PolypageError(address, problem, remedy=remedy)
    problem = f"the flow's own server does not start ({told})"
    remedy = (
        "start one: prefect server start, and name it in PREFECT_API_URL, or give it more time:"
        " startup_timeout_seconds in prefect.toml"
    )
    raise PolypageError("Prefect", problem, remedy=remedy)


@contextmanager
def impatient() -> Iterator[None]:
    """Have Prefect's client give up sooner, unless somebody has set how soon."""
    chosen = "max_retries" in get_current_settings().client.model_fields_set
    with temporary_settings({} if chosen else {PREFECT_CLIENT_MAX_RETRIES: RETRIES}):
        yield


def leave(status: int) -> NoReturn:
    """End the process with this status, and wait for Prefect only as long as its server answers."""
    sys.stdout.flush()
    if PREFECT_API_URL.value():  # its own would be stopped by then
        # Prefect's settings are those of a context.
        context = copy_context()
        Thread(target=context.run, args=(_end_if_alone, status), daemon=True).start()
    sys.exit(status)


def _end_if_alone(status: int) -> None:
    time.sleep(GOODBYE)
    while not _silence():
        time.sleep(GOODBYE)
    os._exit(status)


def _silence() -> Exception | None:
    """Return why the server does not answer, if it does not."""
    try:
        with (
            temporary_settings({PREFECT_CLIENT_MAX_RETRIES: 0}),
            get_client(sync_client=True) as client,
        ):
            return client.api_healthcheck()
    except (RuntimeError, ValueError) as error:  # it could not be started, or must not be
        return error
