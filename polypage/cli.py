"""The command line: thin, and the only module that prints.

    polypage init clinic -l vi -l ar
    polypage run --project clinic

Exit status: 0 all is good, 1 there are errors or pages held, 2 it could not work.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, NoReturn, TypeAlias, TypeVar

import click

from polypage import __version__, terminal
from polypage.errors import PolypageError

if TYPE_CHECKING:
    from polypage.model import Segmentation
    from polypage.runs.outcomes import Run

# What a command needs is imported when it runs, so that `--help` and completion are quick.
# ruff: noqa: PLC0415

Format: TypeAlias = Literal["text", "json"]
FindingsFormat: TypeAlias = Literal["text", "json", "sarif", "github"]
_Command = TypeVar("_Command", bound=Callable[..., None])


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
    logging.basicConfig(
        format="%(message)s", stream=sys.stderr, level=logging.INFO if verbose else logging.ERROR
    )


_project = click.option(
    "--project",
    "root",
    default=".",
    show_default="here",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The project's folder.",
)
_only = partial(click.option, "-l", "--locale", "locales", multiple=True, metavar="LOCALE")
_locales = _only(help="Only this locale; repeatable.")
_built_locales = _only(
    help="Only this locale; repeatable. The pages in the source language are always built too."
)
_format = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to report.",
)
_findings_format = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How to report.",
)
_slugs = click.argument("slugs", nargs=-1, metavar="[ARTICLE]...")
_jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    help="How many processes work.",
)
_prune = click.option(
    "--prune",
    is_flag=True,
    help="Remove pages, assets and templates that belong to no article or locale any more."
    " Catalogs always stay. The page of an article that was renamed goes, even while the new one is"
    " still held.",
)


def _takes(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def with_options(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option(
    "-l",
    "--locale",
    "locales",
    multiple=True,
    metavar="LOCALE",
    show_default="vi and ar",
    help="A locale to translate into; repeatable.",
)
@click.option("--source-locale", default="en", metavar="LOCALE", help="The language of the pages.")
def init(folder: Path, locales: tuple[str, ...], source_locale: str) -> None:
    """Make a new project in FOLDER.

    It gets settings, a sample article, Prefect flows with their schedule, `.gitignore`,
    `.gitattributes`, and the settings of Lokalize. The folder is made if need be (default: here); a
    file that is there already is never overwritten. Where there are settings or articles already,
    the sample article is left out.
    """
    from polypage.profiles import spelling
    from polypage.runs.repository import is_in_repository
    from polypage.runs.scaffold import init as make

    made = make(
        folder,
        locales=[spelling(locale) for locale in locales or ("vi", "ar")],
        source_locale=spelling(source_locale),
    )
    for name in made.written:
        click.echo(f"wrote {folder / name}")
    for name in made.kept:
        click.echo(f"kept  {folder / name}")
    here = "" if folder.resolve() == Path.cwd() else f" --project {folder}"
    click.echo(f"\nnext: polypage run{here}")
    if is_in_repository(folder):
        click.echo(f"then: polypage merge-driver --install{here}")


@main.command()
@_takes(_project, _slugs, _format)
def extract(root: Path, slugs: tuple[str, ...], form: Format) -> None:
    """Write the templates of the articles.

    It reads the source pages and writes `locales/templates/<article>.pot`, and `site.pot`. A
    template whose only change would be its date is not written.
    """
    _work("extract", ["extract"], root, form, slugs=slugs)


@main.command()
@_takes(_project, _slugs, _locales, _format)
def update(root: Path, slugs: tuple[str, ...], locales: tuple[str, ...], form: Format) -> None:
    """Merge the templates into the catalogs.

    The catalogs are `locales/<locale>/LC_MESSAGES/<article>.po`. A translator may have one open
    meanwhile: what is saved before, during or after is kept.
    """
    _work("update", ["update"], root, form, slugs=slugs, locales=locales)


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
    " `#. finding: number-changed: 5 mg has become 50 mg`. They go when `--write` finds them mended"
    " or waived, and when the text changes.",
)
@_takes(_project, _slugs, _locales, _findings_format)
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
        lines = _reported(outcome, "check", root, form)
    for line in lines:
        click.echo(line)
    sys.exit(outcome.exit_status)


@main.command(epilog="More: docs/how-to/publishing.md, docs/how-to/readers.md")
@click.option("--plan", "only_plan", is_flag=True, help="Only say what would be done, and why.")
@_takes(_project, _slugs, _built_locales, _jobs, _prune, _format)
def build(root: Path, form: Format, *, only_plan: bool, **options: Any) -> None:  # noqa: ANN401
    """Build, prove and publish the pages.

    They go below `site/`, with their assets, front pages, feeds, and `sitemap.xml`. The catalogs are
    used as they are; templates and catalogs are not touched. With `--plan` nothing is written: it
    says what would be published, held, recalled or removed, and why, and ends as the build would.
    """
    if not only_plan:
        _work("build", ["build"], root, form, **options)
    from polypage.runs.pipeline import rehearse

    with terminal.progress(shown=form == "text") as progress:
        outcome = rehearse(root, on_progress=progress, **options)
    _report(outcome, "build", root, form)


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
@_takes(_project, _slugs, _locales, _jobs, _findings_format)
def audit(
    root: Path,
    slugs: tuple[str, ...],
    locales: tuple[str, ...],
    jobs: int,
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
        _inspect(root, folder, form, jobs, **demanded)
    elif any(demanded.values()):
        raise click.UsageError("--source-link, --disclaimer and --approved go with --folder")
    elif not extraction:
        _work("audit", ["audit"], root, form, slugs=slugs, locales=locales, jobs=jobs)
    elif locales:
        raise click.UsageError("--extraction is about source pages: it takes no --locale")
    elif form in ("sarif", "github"):
        raise click.UsageError("--extraction reports as text or json")
    else:
        _account(root, slugs, form)


@main.command(epilog="More: docs/how-to/operations.md")
@_takes(_project, _slugs, _built_locales, _jobs, _prune, _findings_format)
def run(root: Path, form: FindingsFormat, **options: Any) -> None:  # noqa: ANN401
    """Extract, update, check, build and audit: bring everything up to date.

    This is the command to use every day; those five are its parts.
    """
    _work("run", ["extract", "update", "check", "build", "audit"], root, form, **options)


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
@_takes(_project, _slugs, _locales, _format)
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
    oldest   the day on which texts last came to the unfinished catalog that has waited
             longest; the last line names the catalog, and the line of its first text

    A narrow terminal gets fewer columns. With articles, or `--articles`, it shows each article in
    each locale: how much of the page is translated, whether it is published (`●`), and where an
    older page stands while the new one is held (`○`) or is recalled (`▲`).

    If a locale has an approved disclaimer, it also tells who approved which, and which locales have
    none.
    """  # noqa: D301
    if links:
        _departures(root, slugs, locales, form)
    from polypage.runs import report
    from polypage.runs.status import survey
    from polypage.status.figures import figures, to_json
    from polypage.status.table import locale_table

    outcome = survey(root, slugs=slugs, locales=locales)
    if file is not None:
        _status_page(root, outcome, file)
    elif form == "json":
        click.echo(to_json(outcome, figures(outcome)))
    else:
        page = terminal.page()
        told = (
            report.coverage_table(outcome.checked, page)
            if articles or slugs
            else locale_table(figures(outcome), page)
        )
        for line in (*told, *report.approvals(outcome.approved, page)):
            click.echo(line)


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
@_takes(_project, _slugs, _only(help="Only this locale; repeatable. Pseudo-locales can be named."))
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
    `--static` asks for files.
    """
    if folder is not None:
        from polypage.preview.handout import write

        written = write(root, folder, slugs=slugs, locales=locales, remote=remote)
        click.echo(f"wrote {written} files to {folder}")
        return
    from polypage.preview.server import address, serve

    page = address(root, slugs=slugs, locales=locales)

    def started(server: str) -> None:
        click.echo(f"preview: {server}{page} (Ctrl+C ends it)")
        if show:
            click.launch(f"{server}{page}")

    serve(root, port=port, remote=remote, on_start=started)


@main.command(epilog="More: docs/how-to/segmentation.md")
@click.option(
    "--to",
    type=click.Choice(["block", "sentence"]),
    required=True,
    help="What an entry is to be: a block, such as a paragraph, or a sentence.",
)
@click.option("--write", is_flag=True, help="Do it: write catalogs, templates and the setting.")
@_takes(_project, _format)
def migrate(root: Path, form: Format, *, to: Segmentation, write: bool) -> None:
    """Move all catalogs to the other segmentation, with their translations.

    Without `--write` it only says what would become of them. It ends with 1 if an article or a
    catalog cannot be read; then nothing is written.
    """
    from polypage.runs.migrations import lines, perform, survey, to_json

    migration = (perform if write else survey)(root, to=to)
    for line in [to_json(migration)] if form == "json" else lines(migration, terminal.page()):
        click.echo(line)
    sys.exit(migration.exit_status)


@main.command(epilog="More: docs/how-to/memory.md")
@click.argument("action", type=click.Choice(["status", "rebuild", "search"]))
@click.argument("text", default="")
@_takes(_project, _only(help="Search only in this locale; repeatable."), _format)
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


_file = click.Path(path_type=Path, exists=True, dir_okay=False)


@main.command("import-page", epilog="More: docs/how-to/import-a-translated-page.md")
@click.argument("slug", metavar="ARTICLE")
@click.argument("locale")
@click.argument("file", type=_file)
@click.option("--dry-run", is_flag=True, help="Only say what would be taken over.")
@_takes(_project, _format)
def import_page(
    root: Path, form: Format, *, slug: str, locale: str, file: Path, dry_run: bool
) -> None:
    """Fill a catalog from FILE, the article's page as somebody translated it before.

    FILE is that page, wherever it lies; the article's catalog is brought up to date first. What has
    a translation keeps it, if only a fuzzy one. It prints a line for each entry:

    \b
    taken  the translation surely belongs to it
    fuzzy  it may belong to it; the line says what to look at
    open   the page says nothing that could be meant
    kept   the entry had a translation
    """  # noqa: D301
    from polypage.runs.pageimport import lines, perform, survey, to_json

    done = (survey if dry_run else perform)(root, slug, locale, file)
    for line in [to_json(done)] if form == "json" else lines(done, terminal.page()):
        click.echo(line)


@main.command("merge-driver", epilog="More: docs/how-to/git.md")
@click.argument("base", type=_file, required=False)
@click.argument("ours", type=_file, required=False)
@click.argument("theirs", type=_file, required=False)
@click.argument("marker_size", type=click.IntRange(1), default=7, metavar="[SIZE]")
@click.argument("path", default="")
@click.option(
    "--install",
    is_flag=True,
    help="Tell git: the driver in the clone's"
    " configuration, and in `.gitattributes` which files are ours, unless it says so already.",
)
@_takes(_project)
def merge_driver(
    root: Path,
    base: Path | None,
    ours: Path | None,
    theirs: Path | None,
    marker_size: int,
    path: str,
    *,
    install: bool,
) -> None:
    """Merge THEIRS into OURS, both made of BASE, entry by entry; git runs it.

    `polypage merge-driver --install` has git do so with catalogs and templates, in this clone.

    The three are files, BASE an empty one if the others have none in common, and OURS is written.
    SIZE is the length of conflict markers (default: 7), PATH what the file is called in messages.

    It ends with 1 if there are conflicts, marked at their entries, and with 2 if a file cannot be
    read as a catalog: then its lines are merged as git does without polypage.
    """
    from polypage.runs import repository

    if install:
        installed = repository.install(root)
        if installed.attributes:
            click.echo(f"wrote {installed.attributes}")
        click.echo(f"git runs {installed.driver}")
        return
    if base is None or ours is None or theirs is None:
        raise click.UsageError("it takes BASE, OURS and THEIRS, or --install")
    conflicts = repository.drive(base, ours, theirs, marker_size=marker_size, path=path)
    if conflicts:
        entries = "1 entry is" if conflicts == 1 else f"{conflicts} entries are"
        click.echo(f"polypage: {path or ours}: {entries} in conflict", err=True)
        sys.exit(1)


@main.command(epilog="More: docs/how-to/exchange.md")
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write the files, one per catalog.",
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(["xliff", "xliff-1.2", "tmx"]),
    default="xliff",
    help="XLIFF 2.1, XLIFF 1.2 for older tools, or TMX 1.4 for translation memories.",
)
@click.option(
    "--fuzzy",
    is_flag=True,
    help="With TMX: fuzzy translations too, marked as such; without, finished ones alone.",
)
@_takes(_project, _slugs, _locales, _format)
def export(root: Path, form: Format, folder: Path, kind: str, **options: Any) -> None:  # noqa: ANN401
    """Write catalogs as files for translators' tools.

    There is one for each catalog: `DIR/<locale>/<article>.xlf`. With no article named, the site's
    catalogs go too. A file that would be the same is not written.
    """
    from polypage.runs.exchanges import lines, send, to_json

    sent = send(root, folder, form=kind, **options)
    for line in [to_json(sent)] if form == "json" else lines(sent, terminal.page()):
        click.echo(line)
    sys.exit(sent.exit_status)


@main.command("import", epilog="More: docs/how-to/exchange.md, docs/how-to/memory.md")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option(
    "--reviewed",
    is_flag=True,
    help="With TMX: into `locales/<locale>/compendium.po`, which translates for good; without, into"
    " `memory.po` beside it, which suggests.",
)
@_takes(_project, _format)
def import_(root: Path, form: Format, files: tuple[Path, ...], *, reviewed: bool) -> None:
    """Take files that came back from translators' tools, or folders of them, into the catalogs.

    What was not touched in a file changes nothing. It ends with 1 if a translation could not be
    taken or has an error, or a file cannot be read; the rest is taken.
    """
    from polypage.runs.exchanges import lines, receive, to_json

    received = receive(root, files, reviewed=reviewed)
    for line in [to_json(received)] if form == "json" else lines(received, terminal.page()):
        click.echo(line)
    sys.exit(received.exit_status)


def _work(
    command: str,
    stages: Sequence[str],
    root: Path,
    form: FindingsFormat,
    **options: Any,  # noqa: ANN401
) -> NoReturn:
    from polypage.runs.pipeline import run as perform

    with terminal.progress(shown=form == "text") as progress:
        outcome = perform(root, stages=stages, on_progress=progress, **options)
    _report(outcome, command, root, form)


def _report(outcome: Run, command: str, root: Path, form: FindingsFormat) -> NoReturn:
    for line in _reported(outcome, command, root, form):
        click.echo(line)
    sys.exit(outcome.exit_status)


def _reported(outcome: Run, command: str, root: Path, form: FindingsFormat) -> Iterable[str]:
    from polypage.runs import annotations, report

    if form == "text":
        return report.summary(outcome, terminal.page())
    if form == "json":
        return [report.to_json(outcome, command=command)]
    folder = Path(os.path.relpath(root)).as_posix()
    found = (*outcome.failures, *outcome.findings)
    return annotations.lines(found, form=form, folder=folder, read=partial(_lines_of, root))


@lru_cache(8)
def _lines_of(root: Path, path: str) -> tuple[str, ...]:
    """Return the lines of a file of the project; none where it cannot be read as text."""
    try:
        return tuple((root / path).read_text("utf-8").split("\n"))
    except (OSError, UnicodeDecodeError):
        return ()


def _account(root: Path, slugs: tuple[str, ...], form: FindingsFormat) -> None:
    from polypage.runs.accounts import lines, survey, to_json

    with terminal.progress(shown=form == "text") as progress:
        accounts = survey(root, slugs=slugs, on_progress=progress)
    for line in [to_json(accounts)] if form == "json" else lines(accounts, terminal.page()):
        click.echo(line)
    sys.exit(accounts.exit_status)


def _status_page(root: Path, outcome: Run, file: Path) -> None:
    from polypage.project import load
    from polypage.status.page import write_survey

    size = write_survey(file, outcome, load(root))
    click.echo(f"wrote {file} ({size / 1000:,.0f} KB)")


def _departures(root: Path, slugs: tuple[str, ...], locales: tuple[str, ...], form: Format) -> None:
    from polypage.runs.departures import lines, survey, to_json

    found = survey(root, slugs=slugs, locales=locales)
    for line in [to_json(found)] if form == "json" else lines(found, terminal.page()):
        click.echo(line)
    sys.exit(found.exit_status)


def _inspect(root: Path, folder: Path, form: FindingsFormat, jobs: int, **demanded: Any) -> None:  # noqa: ANN401
    from polypage.runs import annotations, inspections

    demands = inspections.demands_of(root, **demanded)
    with terminal.progress(shown=form == "text") as progress:
        found = inspections.inspect(folder, demands, jobs=jobs, on_progress=progress)
    if form == "text":
        told = inspections.lines(found, terminal.page())
    elif form == "json":
        told = iter([inspections.to_json(found)])
    else:
        told = iter(annotations.lines((*found.failures, *found.findings), form=form, folder="."))
    for line in told:
        click.echo(line)
    sys.exit(found.exit_status)
