"""Writes `docs/reference/commands.md` from the commands themselves: what `--help` says of each.

make reference
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence

import click

from docs.prose import REFERENCE, cell, sentences
from polypage.cli import main

PAGE = REFERENCE / "commands.md"


def page() -> str:
    """Return the page of the reference."""
    context = click.Context(main, info_name="polypage", **main.context_settings)
    parts = [_HEAD.strip(), *_paragraphs(main), _options(main.get_params(context), context)]
    for name, command in sorted(main.commands.items()):
        parts += _section(command, click.Context(command, context, info_name=name))
    return "\n\n".join(parts) + "\n"


def _section(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    yield f"## {context.command_path}"
    yield f"```text\n{usage}\n```"
    yield from _paragraphs(command)
    yield _options(command.params, context)
    if command.epilog:
        yield f"{sentences(command.epilog)}."


def _paragraphs(command: click.Command) -> Iterator[str]:
    """Yield what a command says of itself; lines that click leaves as they are stay so here."""
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        kept = paragraph.removeprefix("\b\n")
        yield sentences(paragraph) if kept == paragraph else f"```text\n{kept}\n```"


def _options(params: Sequence[click.Parameter], context: click.Context) -> str:
    rows = (_row(each, context) for each in params if isinstance(each, click.Option))
    return "\n".join(("| option | meaning |", "|---|---|", *rows))


def _row(option: click.Option, context: click.Context) -> str:
    value = "" if option.is_flag else f" {option.make_metavar(context).strip('[]')}"
    names = ", ".join(f"`{name}`" for name in option.opts[:-1])
    written = f"{names}, `{option.opts[-1]}{value}`" if names else f"`{option.opts[-1]}{value}`"
    return f"| {cell(written)} | {cell(f'{option.help}{_default(option, context)}')} |"


def _default(option: click.Option, context: click.Context) -> str:
    """Say what counts where the option is not given, as `--help` does."""
    extra = option.get_help_extra(context)
    if extra.get("required"):
        return " Needed."
    default = extra.get("default", "")
    told = default.strip("()") if default.startswith("(") else f"`{default}`"
    return f" Default: {told}." if default else ""


_HEAD = """\
# Commands

<!-- written by `make reference` from polypage/cli/ -->

`polypage COMMAND --help` says the same.
The command is installed into `.venv/bin` by `make run` and `make test`.
Progress bars are shown on a terminal, and never with `--format json`; an error that stops a whole run is one line on standard error.
[Reports for other programs](reports.md) tells what `--format` prints.
The Prefect flows have [an exit status of their own](../how-to/operations.md).
"""
