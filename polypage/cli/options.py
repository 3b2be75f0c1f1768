"""What several commands take: options and arguments that mean the same everywhere.

    @main.command()
    @taking(in_project, some_slugs, as_format)
    def extract(root: Path, slugs: tuple[str, ...], form: Format) -> None: ...

Those that belong to one command stand at that command.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

import click

Format: TypeAlias = Literal["text", "json"]
FindingsFormat: TypeAlias = Literal["text", "json", "sarif", "github"]
_Command = TypeVar("_Command", bound=Callable[..., None])

in_project = click.option(
    "--project",
    "root",
    default=".",
    show_default="here",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The project's folder.",
)
only = partial(click.option, "-l", "--locale", "locales", multiple=True, metavar="LOCALE")
some_locales = only(help="Only this locale; repeatable.")
built_locales = only(
    help="Only this locale; repeatable. The pages in the source language are always built too."
)
as_format = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to report.",
)
as_findings = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How to report.",
)
some_slugs = click.argument("slugs", nargs=-1, metavar="[ARTICLE]...")
with_workers = click.option(
    "-w",
    "--workers",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    help="How many processes work.",
)
with_prune = click.option(
    "--prune",
    is_flag=True,
    help="Remove pages, assets and templates that belong to no article or locale any more."
    " Catalogs always stay. The page of an article that was renamed goes, even while the new one is"
    " still held.",
)


def taking(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    """Give a command options, which `--help` lists in this order."""

    def with_options(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options
