"""The terminal that a command writes to: how wide it is, how it is painted, what moves on it.

    for line in summary(run, page()):
        click.echo(line)

What is no terminal, a file or another program, gets plain lines and no bars.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from polypage.runs.pipeline import Progress
    from polypage.runs.report import Page, Style

# What only some commands need is imported when it is needed, so that `--help` is quick.
# ruff: noqa: PLC0415

_STYLES: dict[str, dict[str, Any]] = {
    "good": {"fg": "green"},
    "warning": {"fg": "yellow"},
    "error": {"fg": "red", "bold": True},
    "strong": {"bold": True},
    "faint": {"dim": True},
    "mark": {"bold": True, "underline": True},
}


def page() -> Page:
    """Describe the terminal; anything else gets plain lines."""
    from polypage.runs.report import Page

    if not sys.stdout.isatty():
        return Page()
    return Page(width=get_terminal_size().columns, paint=_painted)


def _painted(text: str, style: Style) -> str:
    return click.style(text, **_STYLES[style])


@contextmanager
def progress(*, shown: bool) -> Iterator[Progress | None]:
    """Show a bar for the stage at work, on a terminal."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield show
