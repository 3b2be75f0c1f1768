"""The preview as files, for a reviewer who has no polypage: a browser opens `index.html`.

write(root, Path("handout"), slugs=("rolling",), locales=("vi",))

index.html                                 all articles in all locales
preview.css  preview.js
vi/skin/collagen.html                      an article beside its translation, all details in it
pages/skin/collagen.vi.target.html         a frame, with all its pictures in it
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from polypage.errors import PublishError, SettingsError
from polypage.files import write_atomically
from polypage.preview import writing
from polypage.preview.contents import Contents
from polypage.preview.desk import Desk
from polypage.preview.details import details
from polypage.preview.framing import own_file
from polypage.preview.inlining import inlined
from polypage.preview.writing import Addresses, Listing, Setting
from polypage.profiles import is_pseudo, profile
from polypage.project import Project, load
from polypage.runs.scope import Scope, scope_of

_OWN = "data:"
"""Where a frame's pictures come from: itself."""


def write(
    root: Path,
    folder: Path,
    *,
    slugs: Sequence[str] = (),
    locales: Sequence[str] = (),
    remote: bool = False,
) -> int:
    """Write the preview of articles in locales, all if none are named; return how many files.

    Raises:
        PolypageError: An article, locale or file cannot be had, or the folder is one of the
            project's own.
    """
    project = load(root)
    _refuse_own(project, folder)
    scope = scope_of(project, slugs, locales)
    count = 0
    for name, data in _files(project, scope, remote=remote):
        try:
            write_atomically(folder / name, data)
        except OSError as error:
            problem = f"cannot be written: {error.strerror}"
            raise PublishError(folder / name, problem) from error
        count += 1
    return count


def _refuse_own(project: Project, folder: Path) -> None:
    own = (project.source_dir, project.locales_dir, project.site_dir, project.state_dir)
    place = folder.resolve()
    if any(place.is_relative_to(each.resolve()) for each in own) or place == project.root.resolve():
        remedy = "choose a folder of its own"
        raise SettingsError(folder, "the project keeps its own files there", remedy=remedy)


def _files(project: Project, scope: Scope, *, remote: bool) -> Iterator[tuple[str, bytes]]:
    desk = Desk(project.root)
    for name in ("preview.css", "preview.js"):
        yield name, own_file(name).encode()
    yield "index.html", _contents(project, scope).encode()
    for locale in scope.locales:
        for slug in scope.slugs:
            yield from _article(desk, project, slug, locale, remote=remote)


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
    desk: Desk, project: Project, slug: str, locale: str, *, remote: bool
) -> Iterator[tuple[str, bytes]]:
    sheet = desk.sheet(slug, locale)
    source = profile(project.settings.project.source_locale)
    up = "../" * (1 + slug.count("/"))
    at = Addresses(
        style=f"{up}preview.css",
        script=f"{up}preview.js",
        contents=f"{up}index.html",
        locale=f"{up}index.html#{profile(locale).tag}",
        source=f"{up}pages/{quote(slug)}.{locale}.source.html",
        target=f"{up}pages/{quote(slug)}.{locale}.target.html",
    )
    setting = Setting(at, profile(locale), source)
    page = None if is_pseudo(locale) else desk.standing(slug, locale)
    told = [details(project.root, row, locale) for row in sheet.rows]
    yield f"{locale}/{slug}.html", writing.article_page(sheet, setting, told, page).encode()
    for side in ("source", "target"):
        framed = desk.frame(
            slug, locale, side, own=_OWN, remote=remote, links=partial(inlined, project)
        )
        yield f"pages/{slug}.{locale}.{side}.html", framed.encode("utf-8", "surrogateescape")
