"""What commands print, and how they end.

    work("extract", ["extract"], root, "text", slugs=())

prints what came of it and exits with its status.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from polypage import terminal
from polypage.cli.options import FindingsFormat

if TYPE_CHECKING:
    from polypage.runs.outcomes import Run
    from polypage.runs.report import Page

# What a command needs is imported when it runs, so that `--help` and completion are quick.
# ruff: noqa: PLC0415

_Told = TypeVar("_Told")


def work(
    command: str,
    stages: Sequence[str],
    root: Path,
    form: FindingsFormat,
    **options: Any,  # noqa: ANN401
) -> NoReturn:
    """Do stages of a run, report, and end."""
    from polypage.runs.pipeline import run as perform

    with terminal.progress(shown=form == "text") as progress:
        outcome = perform(root, stages=stages, on_progress=progress, **options)
    conclude(outcome, command, root, form)


def conclude(outcome: Run, command: str, root: Path, form: FindingsFormat) -> NoReturn:
    """Report what came of a run, and end with its exit status."""
    for line in reported(outcome, command, root, form):
        click.echo(line)
    sys.exit(outcome.exit_status)


def reported(outcome: Run, command: str, root: Path, form: FindingsFormat) -> Iterable[str]:
    """Return the lines that report what came of a run, in any format."""
    from polypage.runs import annotations, report

    if form == "text":
        return report.summary(outcome, terminal.page())
    if form == "json":
        return [report.to_json(outcome, command=command)]
    folder = Path(os.path.relpath(root)).as_posix()
    found = (*outcome.failures, *annotations.waiting(outcome), *outcome.findings)
    return annotations.lines(found, form=form, folder=folder, read=partial(_lines_of, root))


def tell(
    told: _Told,
    form: str,
    *,
    to_json: Callable[[_Told], str],
    lines: Callable[[_Told, Page], Iterable[str]],
) -> None:
    """Print what a command found out, as one JSON document or for people."""
    for line in [to_json(told)] if form == "json" else lines(told, terminal.page()):
        click.echo(line)


@lru_cache(8)
def _lines_of(root: Path, path: str) -> tuple[str, ...]:
    """Return the lines of a file of the project; none where it cannot be read as text."""
    try:
        return tuple((root / path).read_text("utf-8").split("\n"))
    except (OSError, UnicodeDecodeError):
        return ()
