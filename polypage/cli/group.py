"""The group that all commands belong to.

    @main.command()
    @taking(in_project, as_format)
    def extract(root: Path, form: Format) -> None: ...

What stops the work ends any of them in one line on standard error.
"""

from __future__ import annotations

import logging
import sys
from typing import IO, Any

import click

from polypage import __version__
from polypage.errors import PolypageError
from polypage.oneline import visible


class _Commands(click.Group):
    """The commands, whose errors are lines on standard error and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        try:
            return super().invoke(ctx)
        except PolypageError as error:
            raise _StopError(str(error)) from error


class _StopError(click.ClickException):
    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"polypage: {self.message}", file=file, err=True)


class _Lines(logging.Formatter):
    """One line for each message; a trace of calls stands below it as it is."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - as logging has it
        return visible(record.message)


@click.group(
    cls=_Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "show_default": True,
    },
)
@click.version_option(__version__, prog_name="polypage")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Tell of each article and locale, on standard error: `polypage -v run`.",
)
def main(*, verbose: bool) -> None:
    """Localize article pages through gettext catalogs.

    \b
    polypage init     make a new project
    polypage run      bring everything up to date
    polypage status   see how much is translated
    polypage preview  see pages beside their translations

    Articles are named by their slugs: `skin/scars` is the page `source_articles/skin/scars.html`;
    the path of the page does as well. No article named means all, no locale named means all. A
    command about some articles leaves the site's catalogs, and catalogs and pages of other
    articles, as they are.

    The exit status says how it went:

    \b
    0  all is good: nothing failed, no page is held or recalled, no finding is an error
    1  there are errors, or pages are held; the rest is done
    2  it could not work: the command line or the settings make no sense, another run is
       at work, or nothing of what was asked for could be worked on

    A page that waits for its translators is held, so `run` and `build` end with 1 until everything
    is translated. `check`, `update` and `audit` build nothing, so they hold nothing.
    """  # noqa: D301 (to click, the character itself marks lines that stay as they are)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.basicConfig(handlers=[handler], level=logging.INFO if verbose else logging.ERROR)
