"""Commands that make a project, and that move translations into and out of its catalogs.

    polypage init clinic -l vi
    polypage export -o for-translators -l vi
    polypage import for-translators

What translators did is never lost: see `polypage.catalogs.merge`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from polypage.cli.group import main
from polypage.cli.options import (
    Format,
    as_format,
    in_project,
    some_locales,
    some_slugs,
    taking,
)
from polypage.cli.reports import tell

if TYPE_CHECKING:
    from polypage.model import Segmentation

# What a command needs is imported when it runs, so that `--help` and completion are quick.
# ruff: noqa: PLC0415


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
@click.option(
    "--source-locale",
    default="",
    metavar="LOCALE",
    show_default="en",
    help="The language of the pages.",
)
def init(folder: Path, locales: tuple[str, ...], source_locale: str) -> None:
    """Make a new project in FOLDER.

    It gets settings, a sample article, Prefect flows with their schedule, `.gitignore`,
    `.gitattributes`, and the settings of Lokalize. The folder is made if need be (default: here); a
    file that is there already is never overwritten. Where there are settings or articles already,
    the sample article is left out; locales that are not in the settings are an error then.
    """
    from polypage.profiles import spelling
    from polypage.runs.repository import is_in_repository
    from polypage.runs.scaffold import init as make

    made = make(
        folder,
        locales=[spelling(locale) for locale in locales],
        source_locale=source_locale and spelling(source_locale),
    )
    for name in made.written:
        click.echo(f"wrote {folder / name}")
    for name in made.kept:
        click.echo(f"kept  {folder / name}")
    here = "" if folder.resolve() == Path.cwd() else f" --project {folder}"
    click.echo(f"\nnext: polypage run{here}")
    if is_in_repository(folder):
        click.echo(f"then: polypage merge-driver --install{here}")


@main.command(epilog="More: docs/how-to/segmentation.md")
@click.option(
    "--to",
    type=click.Choice(["block", "sentence"]),
    required=True,
    help="What an entry is to be: a block, such as a paragraph, or a sentence.",
)
@click.option("--write", is_flag=True, help="Do it: write catalogs, templates and the setting.")
@taking(in_project, as_format)
def migrate(root: Path, form: Format, *, to: Segmentation, write: bool) -> None:
    """Move all catalogs to the other segmentation, with their translations.

    Without `--write` it only says what would become of them. It ends with 1 if an article or a
    catalog cannot be read; then nothing is written.
    """
    from polypage.runs.migrations import lines, perform, survey, to_json

    migration = (perform if write else survey)(root, to=to)
    tell(migration, form, to_json=to_json, lines=lines)
    sys.exit(migration.exit_status)


_file = click.Path(path_type=Path, exists=True, dir_okay=False)


@main.command("import-page", epilog="More: docs/how-to/import-a-translated-page.md")
@click.argument("slug", metavar="ARTICLE")
@click.argument("locale")
@click.argument("file", type=_file)
@click.option("--dry-run", is_flag=True, help="Only say what would be taken over.")
@taking(in_project, as_format)
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
    tell(done, form, to_json=to_json, lines=lines)


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
@taking(in_project)
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
@taking(in_project, some_slugs, some_locales, as_format)
def export(root: Path, form: Format, folder: Path, kind: str, **options: Any) -> None:  # noqa: ANN401
    """Write catalogs as files for translators' tools.

    There is one for each catalog: `DIR/<locale>/<article>.xlf`. With no article named, the site's
    catalogs go too. A file that would be the same is not written.
    """
    from polypage.runs.exchanges import lines, send, to_json

    sent = send(root, folder, form=kind, **options)
    tell(sent, form, to_json=to_json, lines=lines)
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
@taking(in_project, as_format)
def import_(root: Path, form: Format, files: tuple[Path, ...], *, reviewed: bool) -> None:
    """Take files that came back from translators' tools, or folders of them, into the catalogs.

    What was not touched in a file changes nothing. It ends with 1 if a translation could not be
    taken or has an error, or a file cannot be read; the rest is taken.
    """
    from polypage.runs.exchanges import lines, receive, to_json

    received = receive(root, files, reviewed=reviewed)
    tell(received, form, to_json=to_json, lines=lines)
    sys.exit(received.exit_status)
