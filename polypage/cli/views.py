"""Commands that show how a project stands.

    polypage status --html report.html
    polypage preview skin/scars -l ar
    polypage memory search "sterile needles"

Catalogs and pages stay as they are.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from polypage import terminal
from polypage.cli.group import main
from polypage.cli.options import (
    Format,
    as_format,
    in_project,
    only,
    some_locales,
    some_slugs,
    taking,
)
from polypage.cli.reports import tell

if TYPE_CHECKING:
    from polypage.runs.outcomes import Run

# What a command needs is imported when it runs, so that `--help` and completion are quick.
# ruff: noqa: PLC0415


@main.command(epilog="More: docs/how-to/status.md, docs/how-to/readers.md")
@click.option(
    "--links", is_flag=True, help="Show the links that leave their page's language instead."
)
@click.option("--articles", is_flag=True, help="Show each article in each locale instead.")
@click.option(
    "--html",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all of it into FILE, a page for browsers.",
)
@taking(in_project, some_slugs, some_locales, as_format)
def status(
    root: Path,
    slugs: tuple[str, ...],
    locales: tuple[str, ...],
    form: Format,
    *,
    links: bool,
    articles: bool,
    file: Path | None,
) -> None:
    """Show how much is translated. Catalogs and pages stay as they are; --html writes a report.

    \b
    done     the share of the words whose translation can be published
    words    how many words of the source its catalogs have, each text once
    new      how many of them have no translation
    fuzzy    how many have one that somebody has to look at
    wrong    how many have one that an error keeps from being published
    pages    how many pages stand in their newest state
    held     how many may not be published as they are
    stale    at how many of those an older page stands
    recalled at how many more the older page must not stay as it is; shown where any is
    failed   how many have a page or catalog that cannot be read; shown where any has
    oldest   the day on which texts last came to the unfinished catalog that has waited
             longest; the last line names the catalog, and the line of its first text

    A narrow terminal gets fewer columns. With articles, or `--articles`, it shows each article in
    each locale: how much of the page is translated, whether it is published (`●`), and where an
    older page stands while the new one is held (`○`) or is recalled (`▲`). The texts that pages share
    are the row `site`, which can be asked for like an article.

    What cannot be read is named with its line below the table; the words of such a catalog are in
    no column. It is what makes the exit status 1: pages that are held, and errors in translations,
    do not.

    If a locale has an approved disclaimer, it also tells who approved which, and which locales have
    none.
    """  # noqa: D301
    if links:
        _departures(root, slugs, locales, form)
    from polypage.runs.status import survey

    outcome = survey(root, slugs=slugs, locales=locales)
    if file is not None:
        _status_page(root, outcome, file)
    elif form == "json":
        _status_json(outcome)
    else:
        _status_tables(outcome, by_article=articles or bool(slugs))
    sys.exit(outcome.exit_status if outcome.failures else 0)


@main.command(epilog="More: docs/how-to/preview.md")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8643,
    metavar="N",
    help="Where to serve it on this machine; 0 lets the system choose.",
)
@click.option("--open", "show", is_flag=True, help="Open it in a browser.")
@click.option(
    "--remote",
    is_flag=True,
    help="Load pictures, styles, fonts and media from other servers too, over HTTPS. Without it"
    " nothing is asked of them.",
)
@click.option(
    "--static",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write it into DIR instead, for people who have no polypage: those articles and locales"
    " that are named, or all.",
)
@taking(
    in_project, some_slugs, only(help="Only this locale; repeatable. Pseudo-locales can be named.")
)
def preview(
    root: Path,
    slugs: tuple[str, ...],
    locales: tuple[str, ...],
    *,
    port: int,
    show: bool,
    remote: bool,
    folder: Path | None,
) -> None:
    """Show articles beside their translations in a browser, while you edit the catalogs.

    It serves this machine alone, until Ctrl+C ends it. With an article it names that article's page,
    in the first locale asked for; without, a table of contents. Nothing is written, unless
    `--static` asks for files; what could not be read for them is named, and makes the exit status 1.
    """
    if folder is not None:
        from polypage.preview.handout import write
        from polypage.runs import report

        written = write(root, folder, slugs=slugs, locales=locales, remote=remote)
        for line in report.failures(written.failures, terminal.page()):
            click.echo(line)
        click.echo(f"wrote {written.files} files to {folder}")
        sys.exit(1 if written.failures else 0)
    from polypage.preview.server import address, serve

    page = address(root, slugs=slugs, locales=locales)

    def started(server: str) -> None:
        click.echo(f"preview: {server}{page} (Ctrl+C ends it)")
        if show:
            click.launch(f"{server}{page}")

    serve(root, port=port, remote=remote, on_start=started)


@main.command(epilog="More: docs/how-to/memory.md")
@click.argument("action", type=click.Choice(["status", "rebuild", "search"]))
@click.argument("text", default="")
@taking(in_project, only(help="Search only in this locale; repeatable."), as_format)
def memory(root: Path, action: str, text: str, locales: tuple[str, ...], form: Format) -> None:
    """Look into the translation memory: its size, or TEXT in it; or make it anew.

    It holds the translations of all catalogs as of the last update.

    \b
    status       show how much is remembered of each locale; writes nothing
    rebuild      make it anew from the catalogs
    search TEXT  show the translations of texts that are at least half like TEXT, the most
                 alike first, at most ten for each locale; writes nothing

    It ends with 0, whether anything is found or not.
    """  # noqa: D301
    if (action == "search") != bool(text):
        raise click.UsageError("search takes a text" if not text else f"{action} takes no text")
    if locales and action != "search":
        raise click.UsageError(f"{action} takes no --locale")
    from polypage.runs import memories

    if action == "search":
        found = memories.search(root, text, locales=locales)
        as_json, as_text = memories.found_json(found), memories.found_lines(found, terminal.page())
    else:
        held = memories.rebuild(root) if action == "rebuild" else memories.survey(root)
        as_json, as_text = (
            memories.holdings_json(held),
            memories.holdings_lines(held, terminal.page()),
        )
    for line in [as_json] if form == "json" else as_text:
        click.echo(line)


def _status_tables(outcome: Run, *, by_article: bool) -> None:
    from polypage.runs import report
    from polypage.status.articles import article_table
    from polypage.status.figures import figures
    from polypage.status.table import locale_table

    page = terminal.page()
    table = (
        article_table(outcome.checked, page) if by_article else locale_table(figures(outcome), page)
    )
    failures = [*report.failures(outcome.failures, page)]
    gap = [""] if failures else []
    for line in (*table, *gap, *failures, *report.approvals(outcome.approved, page)):
        click.echo(line)


def _status_json(outcome: Run) -> None:
    from polypage.status.figures import figures, to_json

    for piece in to_json(outcome, figures(outcome)):
        click.echo(piece, nl=False)
    click.echo()


def _status_page(root: Path, outcome: Run, file: Path) -> None:
    from polypage.project import load
    from polypage.runs import report
    from polypage.status.page import write_survey

    size = write_survey(file, outcome, load(root))
    for line in report.failures(outcome.failures, terminal.page()):
        click.echo(line)
    click.echo(f"wrote {file} ({size / 1000:,.0f} KB)")


def _departures(root: Path, slugs: tuple[str, ...], locales: tuple[str, ...], form: Format) -> None:
    from polypage.runs.departures import lines, survey, to_json

    found = survey(root, slugs=slugs, locales=locales)
    tell(found, form, to_json=to_json, lines=lines)
    sys.exit(found.exit_status)
