"""The preview as files, for a reviewer who has no polypage: a browser opens `index.html`.

write(root, Path("handout"), slugs=("rolling",), locales=("vi",))

index.html                                 all articles in all locales
preview.css  preview.js
vi/skin/collagen.html                      an article beside its translation, all details in it
pages/skin/collagen.vi.target.html         a frame, with all its pictures in it
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from polypage.errors import PolypageError, PublishError, SettingsError
from polypage.files import write_atomically
from polypage.model import Finding
from polypage.preview import writing
from polypage.preview.contents import Contents, settled
from polypage.preview.desk import Desk
from polypage.preview.details import details
from polypage.preview.framing import own_file
from polypage.preview.inlining import inlined
from polypage.preview.writing import Addresses, Listing, Setting
from polypage.profiles import is_pseudo, profile
from polypage.project import Project, load
from polypage.runs.report import place
from polypage.runs.scope import Scope, scope_of
from polypage.runs.stages.batch import failure

_OWN = "data:"
"""Where a frame's pictures come from: itself."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it."""

    files: int
    """How many there are."""
    failures: tuple[Finding, ...] = ()
    """What could not be read, each once; the pages in question say so themselves."""


def write(
    root: Path,
    folder: Path,
    *,
    slugs: Sequence[str] = (),
    locales: Sequence[str] = (),
    remote: bool = False,
) -> Written:
    """Write the preview of articles in locales, all if none are named.

    Raises:
        PolypageError: The project has no such article or locale, a file cannot be written, or the
            folder is one of the project's own.
    """
    project = load(root)
    _refuse_own(project, folder)
    scope = scope_of(project, slugs, locales)
    count, failures = 0, dict[Finding, None]()
    for name, text, unread in _files(project, scope, remote=remote):
        try:
            write_atomically(folder / name, text.encode("utf-8", "surrogateescape"))
        except OSError as error:
            problem = f"cannot be written: {error.strerror}"
            raise PublishError(folder / name, problem) from error
        count += 1
        failures |= dict.fromkeys(unread)
    return Written(count, tuple(failures))


def _refuse_own(project: Project, folder: Path) -> None:
    own = (project.source_dir, project.locales_dir, project.site_dir, project.state_dir)
    place = folder.resolve()
    if any(place.is_relative_to(each.resolve()) for each in own) or place == project.root.resolve():
        remedy = "choose a folder of its own"
        raise SettingsError(folder, "the project keeps its own files there", remedy=remedy)


class _File(NamedTuple):
    """A file of the preview."""

    name: str
    text: str
    unread: tuple[Finding, ...] = ()
    """Why something that belongs into it cannot be read."""


def _files(project: Project, scope: Scope, *, remote: bool) -> Iterator[_File]:
    desk = Desk(project.root)
    for name in ("preview.css", "preview.js"):
        yield _File(name, own_file(name))
    yield _File("index.html", _contents(project, scope))
    for locale in scope.locales:
        found = settled(project, scope.slugs, locale)
        for slug in scope.slugs:
            try:
                written = _article(
                    desk, project, slug, locale, remote=remote, is_settled=slug in found
                )
                yield from [*written]
            except PolypageError as error:
                stopped = failure(error, project.root)
                told = f"{place(stopped)}: {stopped.message}"
                page = writing.problem_page(told, _addresses(slug, locale))
                yield _File(f"{locale}/{slug}.html", page, (stopped,))


def _contents(project: Project, scope: Scope) -> str:
    known = Contents()
    listings = [
        Listing(
            profile(locale),
            f"#{profile(locale).tag}",
            [
                (f"{locale}/{quote(progress.slug)}.html", progress)
                for progress in known.of(project, locale)
                if progress.slug in scope.slugs
            ],
        )
        for locale in scope.locales
    ]
    at = Addresses(style="preview.css", script="", contents="", locale="")
    return writing.contents_page(listings, at, project.root.name)


def _article(
    desk: Desk, project: Project, slug: str, locale: str, *, remote: bool, is_settled: bool
) -> Iterator[_File]:
    sheet = desk.sheet(slug, locale)
    source = profile(project.settings.project.source_locale)
    setting = Setting(_addresses(slug, locale), profile(locale), source)
    page = None if is_pseudo(locale) else desk.standing(slug, locale)
    told = [details(project.root, row, locale) for row in sheet.rows]
    written = writing.article_page(sheet, setting, told, page, is_settled=is_settled)
    unread = tuple(failure(each, project.root) for each in sheet.unread)
    yield _File(f"{locale}/{slug}.html", written, unread)
    for side in ("source", "target"):
        framed = desk.frame(
            slug, locale, side, own=_OWN, remote=remote, links=partial(inlined, project)
        )
        yield _File(f"pages/{slug}.{locale}.{side}.html", framed)


def _addresses(slug: str, locale: str) -> Addresses:
    """Return where the parts of the preview are found from the page of an article."""
    up = "../" * (1 + slug.count("/"))
    return Addresses(
        style=f"{up}preview.css",
        script=f"{up}preview.js",
        contents=f"{up}index.html",
        locale=f"{up}index.html#{profile(locale).tag}",
        source=f"{up}pages/{quote(slug)}.{locale}.source.html",
        target=f"{up}pages/{quote(slug)}.{locale}.target.html",
    )
