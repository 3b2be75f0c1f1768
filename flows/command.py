"""A flow as a command: `python -m flows.localize [--project DIR] [-l LOCALE]… [ARTICLE]…`.

It prints what `polypage` prints. Exit status: 0 all is well, or pages merely wait for their
translators; 1 something is wrong; 2 it could not work.
"""

import sys
import traceback
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Sequence
from dataclasses import fields
from inspect import signature
from pathlib import Path
from shutil import get_terminal_size
from typing import Any, get_args

from prefect import Flow
from prefect.client.schemas.objects import State

from flows.crew import How, Runner
from flows.endings import RunError
from polypage.runs import report
from polypage.runs.outcomes import Run


def main(flow: Flow[..., State[Any]], arguments: Sequence[str] | None = None) -> int:
    """Run a flow as its command line says; return the exit status."""
    options = vars(_parser(flow).parse_args(arguments))
    how = How(*(options.pop(each.name) for each in fields(How)))
    try:
        state: State[Any] = flow(**options, how=how, return_state=True)
    except Exception:  # noqa: BLE001 - Python's own exit status for it means something else here
        traceback.print_exc()
        return 2
    lines, status = _result(state)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return status


def _parser(flow: Flow[..., State[Any]]) -> ArgumentParser:
    parser = ArgumentParser(prog=f"python -m flows.{flow.name}", description=flow.description)
    for name in (*signature(flow.fn).parameters, *(each.name for each in fields(How))):
        if name in _OPTIONS:
            flags, settings = _OPTIONS[name]
            parser.add_argument(*flags, **settings)
    return parser


def _positive(text: str) -> int:
    if not (text.isdecimal() and int(text)):
        raise ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


_OPTIONS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "project": (
        ("--project",),
        {"metavar": "DIR", "type": Path, "default": Path(), "help": "the project (default: here)"},
    ),
    "slugs": (("slugs",), {"metavar": "ARTICLE", "nargs": "*", "help": "only these articles"}),
    "locales": (
        ("-l", "--locale"),
        {
            "dest": "locales",
            "metavar": "LOCALE",
            "action": "append",
            "default": [],
            "help": "only this locale; repeatable",
        },
    ),
    "prune": (
        ("--prune",),
        {"action": "store_true", "help": "remove built files that belong to nothing any more"},
    ),
    "runner": (
        ("--runner",),
        {"choices": get_args(Runner), "default": "threads", "help": "who runs the tasks"},
    ),
    "workers": (
        ("--workers",),
        {
            "metavar": "N",
            "type": _positive,
            "help": "how many work at once (default: one per core)",
        },
    ),
    "pages": (
        ("--pages",),
        {
            "metavar": "N",
            "type": _positive,
            "default": How.pages,
            "help": "how many pages a batch has",
        },
    ),
    "limit": (
        ("--limit",),
        {"metavar": "NAME", "help": "wait for this concurrency limit of Prefect's"},
    ),
}
"""How the parameters of flows are given on a command line."""


def _result(state: State[Any]) -> tuple[Iterator[str], int]:
    """Return what to print, and the exit status."""
    match state.result(raise_on_failure=False):
        case Run() as run:
            return report.summary(run, _page()), 0
        case RunError(run=run):
            return report.summary(run, _page()), run.exit_status
        case _:
            return iter([state.message or "It could not work"]), 2


def _page() -> report.Page:
    return report.Page(width=get_terminal_size().columns if sys.stdout.isatty() else None)
