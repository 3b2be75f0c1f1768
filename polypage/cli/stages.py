"""The stages of a run as commands, and all of them as one.

    polypage run skin/scars -l vi
    polypage check --limit 20

They exit with 1 where there are errors or pages are held.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from polypage import terminal
from polypage.cli.group import main
from polypage.cli.options import (
    FindingsFormat,
    Format,
    as_findings,
    as_format,
    built_locales,
    in_project,
    some_locales,
    some_slugs,
    taking,
    with_prune,
    with_workers,
)
from polypage.cli.reports import conclude, reported, tell, work

if TYPE_CHECKING:
    pass

# What a command needs is imported when it runs, so that `--help` and completion are quick.
# ruff: noqa: PLC0415


@main.command()
@taking(in_project, some_slugs, as_format)
def extract(root: Path, slugs: tuple[str, ...], form: Format) -> None:
    """Write the templates of the articles.

    It reads the source pages and writes `locales/templates/<article>.pot`, and `site.pot`. A
    template whose only change would be its date is not written.
    """
    work("extract", ["extract"], root, form, slugs=slugs)


@main.command()
@taking(in_project, some_slugs, some_locales, as_format)
def update(root: Path, slugs: tuple[str, ...], locales: tuple[str, ...], form: Format) -> None:
    """Merge the templates into the catalogs.

    The catalogs are `locales/<locale>/LC_MESSAGES/<article>.po`. A translator may have one open
    meanwhile: what is saved before, during or after is kept.
    """
    work("update", ["update"], root, form, slugs=slugs, locales=locales)


@main.command(epilog="More: docs/reference/checks.md, docs/reference/findings.md")
@click.option(
    "--limit",
    type=click.IntRange(0),
    metavar="N",
    show_default="all",
    help="Show N findings, errors before warnings.",
)
@click.option(
    "--write",
    is_flag=True,
    help="Write errors and warnings into the catalogs too, as comments that editors show:"
    " `#. finding: number-changed: 5 mg has become 50 mg`. They go with the next update once"
    " they are mended or waived, and when the text changes.",
)
@taking(in_project, some_slugs, some_locales, as_findings)
def check(
    root: Path,
    form: FindingsFormat,
    *,
    limit: int | None,
    write: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    """Look for mistakes in the catalogs; changes no catalog or page unless asked.

    It looks whether pages can be proven, too, and remembers in `.polypage/` what it found out.

    Findings stand catalog by catalog, in the order of the lines, with the words that they are
    about: underlined on a terminal, between ⟦ and ⟧ otherwise. A table at the end says for each
    locale how many translations were looked at, and what was found, by the families of checks.
    About all articles, it also compares their translations.
    """
    from polypage.runs.pipeline import run as perform
    from polypage.runs.showing import checked

    with terminal.progress(shown=form == "text") as progress:
        stages = ["note"] * write + ["check", "compare"]
        outcome = perform(root, stages=stages, on_progress=progress, **options)
    if form == "text":
        lines: Iterable[str] = checked(outcome, terminal.page(), limit=limit)
    else:
        lines = reported(outcome, "check", root, form)
    for line in lines:
        click.echo(line)
    sys.exit(outcome.exit_status)


@main.command(epilog="More: docs/how-to/publishing.md, docs/how-to/readers.md")
@click.option("--plan", "only_plan", is_flag=True, help="Only say what would be done, and why.")
@taking(in_project, some_slugs, built_locales, with_workers, with_prune, as_format)
def build(root: Path, form: Format, *, only_plan: bool, **options: Any) -> None:  # noqa: ANN401
    """Build, prove and publish the pages.

    They go below `site/`, with their assets, front pages, feeds, and `sitemap.xml`. The catalogs are
    used as they are; templates and catalogs are not touched. With `--plan` nothing is written: it
    says what would be published, held, recalled or removed, and why, and ends as the build would.
    """
    if not only_plan:
        work("build", ["build"], root, form, **options)
    from polypage.runs.pipeline import rehearse

    with terminal.progress(shown=form == "text") as progress:
        outcome = rehearse(root, on_progress=progress, **options)
    conclude(outcome, "build", root, form)


@main.command(epilog="More: docs/how-to/notice.md, docs/how-to/before-translators.md")
@click.option(
    "--extraction",
    is_flag=True,
    help="Account for every text of the source pages instead: what translators get, and what not."
    " It takes no locales.",
)
@click.option(
    "--folder",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Prove the pages below this folder instead, whoever built them. It takes no articles and no"
    " locales.",
)
@click.option(
    "--source-link",
    metavar="CSS",
    show_default="as the settings say",
    help="With `--folder`: selects the source link.",
)
@click.option(
    "--disclaimer",
    metavar="CSS",
    show_default="as the settings say",
    help="With `--folder`: selects the disclaimer.",
)
@click.option(
    "--approved",
    multiple=True,
    metavar="LOCALE=FILE",
    help="With `--folder`: a `notice.toml` with the approved disclaimer; repeatable. Those of the"
    " project count too.",
)
@taking(in_project, some_slugs, some_locales, with_workers, as_findings)
def audit(
    root: Path,
    slugs: tuple[str, ...],
    locales: tuple[str, ...],
    workers: int,
    form: FindingsFormat,
    *,
    extraction: bool,
    folder: Path | None,
    **demanded: Any,  # noqa: ANN401
) -> None:
    """Prove source link and disclaimer on the published pages; changes no catalog or page.

    It reads the bytes of the pages that stand below `site/`, or with `--folder` those of pages from
    elsewhere. With `--extraction` it is about the source pages, and ends with 1 if one of their
    texts was missed.
    """
    if folder is not None:
        if slugs or locales or extraction:
            raise click.UsageError("--folder takes no articles, no --locale and no --extraction")
        _inspect(root, folder, form, workers, **demanded)
    elif any(demanded.values()):
        raise click.UsageError("--source-link, --disclaimer and --approved go with --folder")
    elif not extraction:
        work("audit", ["audit"], root, form, slugs=slugs, locales=locales, workers=workers)
    elif locales:
        raise click.UsageError("--extraction is about source pages: it takes no --locale")
    elif form in ("sarif", "github"):
        raise click.UsageError("--extraction reports as text or json")
    else:
        _account(root, slugs, form)


@main.command(epilog="More: docs/how-to/operations.md")
@taking(in_project, some_slugs, built_locales, with_workers, with_prune, as_findings)
def run(root: Path, form: FindingsFormat, **options: Any) -> None:  # noqa: ANN401
    """Extract, update, check, build and audit: bring everything up to date.

    This is the command to use every day; those five are its parts.
    """
    work("run", ["extract", "update", "check", "build", "audit"], root, form, **options)


def _account(root: Path, slugs: tuple[str, ...], form: FindingsFormat) -> None:
    from polypage.runs.accounts import lines, survey, to_json

    with terminal.progress(shown=form == "text") as progress:
        accounts = survey(root, slugs=slugs, on_progress=progress)
    tell(accounts, form, to_json=to_json, lines=lines)
    sys.exit(accounts.exit_status)


def _inspect(root: Path, folder: Path, form: FindingsFormat, workers: int, **demanded: Any) -> None:  # noqa: ANN401
    from polypage.runs import annotations, inspections

    demands = inspections.demands_of(root, **demanded)
    with terminal.progress(shown=form == "text") as progress:
        found = inspections.inspect(folder, demands, workers=workers, on_progress=progress)
    if form == "text":
        told = inspections.lines(found, terminal.page())
    elif form == "json":
        told = iter([inspections.to_json(found)])
    else:
        told = iter(annotations.lines((*found.failures, *found.findings), form=form, folder="."))
    for line in told:
        click.echo(line)
    sys.exit(found.exit_status)
