"""A flow as a command: `python -m flows.localize [--project DIR] [-l LOCALE]… [ARTICLE]…`.

It prints what `polypage` prints. Exit status: 0 all is well, or pages merely wait for their
translators; 1 something is wrong, if only in translations; 2 it could not work.
"""

import sys
import traceback
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import wraps
from pathlib import Path
from shutil import get_terminal_size
from typing import Any, TypeVar, get_args, get_type_hints

from prefect import Flow
from prefect.client.schemas.objects import State
from pydantic import BaseModel

from flows.contact import impatient, require_server
from flows.endings import WITH_ERRORS, RunError
from flows.parameters import Runner
from polypage.errors import PolypageError
from polypage.runs import report
from polypage.runs.outcomes import Run

T = TypeVar("T")


def main(flow: Flow[..., State[Any]], arguments: Sequence[str] | None = None) -> int:
    """Run a flow as its command line says; return the exit status."""
    options = vars(_parser(flow).parse_args(arguments))
    parameters = {
        name: model(**{each: options[each] for each in model.model_fields})
        for name, model in _models(flow).items()
    }
    try:
        state = _ending(flow, parameters)
    except PolypageError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except Exception:  # noqa: BLE001 - Python's own exit status for it means something else here
        traceback.print_exc()
        return 2
    lines, status = _result(state)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return status


def _models(flow: Flow[..., State[Any]]) -> dict[str, type[BaseModel]]:
    return {name: each for name, each in get_type_hints(flow.fn).items() if name != "return"}


def _parser(flow: Flow[..., State[Any]]) -> ArgumentParser:
    parser = ArgumentParser(prog=f"python -m flows.{flow.name}", description=flow.description)
    for model in _models(flow).values():
        for name, field in model.model_fields.items():
            flags, settings = _OPTIONS[name]
            default = {} if "action" in settings else {"default": field.default}
            parser.add_argument(*flags, **settings, **default, help=field.description)
    return parser


def _positive(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


_OPTIONS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "project": (("--project",), {"metavar": "DIR", "type": Path}),
    "articles": (("articles",), {"metavar": "ARTICLE", "nargs": "*"}),
    "locales": (
        ("-l", "--locale"),
        {"dest": "locales", "metavar": "LOCALE", "action": "append", "default": []},
    ),
    "prune": (("--prune",), {"action": "store_true"}),
    "approval": (("--approval",), {"metavar": "HOURS", "type": float}),
    "status": (("--status",), {"metavar": "FILE", "type": Path}),
    "runner": (("--runner",), {"choices": get_args(Runner)}),
    "workers": (("--workers",), {"metavar": "N", "type": _positive}),
    "pages": (("--pages",), {"metavar": "N", "type": _positive}),
    "scheduler": (("--scheduler",), {"metavar": "ADDRESS"}),
    "limit": (("--limit",), {"metavar": "NAME"}),
}
"""How the parameters of flows are given on a command line."""


def _ending(flow: Flow[..., State[Any]], parameters: dict[str, Any]) -> State[Any]:
    """Run a flow; what it came to counts, even if Prefect's server has gone and cannot be told.

    Raises:
        PolypageError: The server does not answer, so nothing was done.
    """
    require_server()
    ended: list[State[Any]] = []
    heard = copy(flow)
    heard.fn = _heard(flow.fn, ended.append)
    try:
        with impatient():
            return heard(**parameters, return_state=True)
    except Exception as error:
        if not ended:
            require_server()  # that it has gone meanwhile may be the reason
            raise
        sys.stderr.write(
            f"Prefect was not told how the run ended, as it does not answer: {error}\n"
        )
        return ended[-1]


def _heard(fn: Callable[..., T], tell: Callable[[T], None]) -> Callable[..., T]:
    @wraps(fn)
    def call(*arguments: object, **named: object) -> T:
        answer = fn(*arguments, **named)
        tell(answer)
        return answer

    return call


def _result(state: State[Any]) -> tuple[Iterator[str], int]:
    """Return what to print, and the exit status."""
    match state.result(raise_on_failure=False):
        case Run() as run:
            return report.summary(run, _page()), int(state.name == WITH_ERRORS)
        case RunError(run=run):
            return report.summary(run, _page()), run.exit_status
        case _:
            return iter([state.message or "It could not work"]), 2


def _page() -> report.Page:
    return report.Page(width=get_terminal_size().columns if sys.stdout.isatty() else None)
