"""A project: the settings in `polypage.toml`, and where everything lies below its root.

    >>> project = load(Path("."))
    >>> project.catalog_path("skin/collagen", "vi")
    PosixPath('/srv/health/locales/vi/LC_MESSAGES/skin/collagen.po')

The settings are plain values, so a project can be sent to worker processes. Whatever is wrong
with them is a `SettingsError` that names the line and, where there is one, what was meant.
"""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from polypage.errors import SettingsError, SourceError
from polypage.files import read_file
from polypage.rules.its_files import named as rules_in
from polypage.settings import Settings, complaint, parse

if TYPE_CHECKING:
    from polypage.rules.its_rules import Rule

SETTINGS_FILE = "polypage.toml"
STATE_DIR = ".polypage"
"""Where what runs found out is kept, below a project's root: it can always be made again."""
SITE = "site"
"""The slug of the catalog that all articles share."""
ENDINGS = (".html", ".htm")


def load(root: Path) -> Project:
    """Read a project's settings.

    Raises:
        SettingsError: they are missing, or make no sense.
    """
    path = root / SETTINGS_FILE
    try:
        data = read_file(path)
    except FileNotFoundError as exc:
        remedy = "`polypage init` writes one, `--project DIR` leads to another project"
        raise SettingsError(path, "there is no such file", remedy=remedy) from exc
    except OSError as exc:
        raise SettingsError(path, f"cannot be read: {exc.strerror}") from exc
    settings = _parsed(data, path)
    for keys, named in _named_files(settings):
        if not (root / named).is_file():
            remedy = "put it there, or take it out of the settings"
            raise complaint(data, keys, named, "is no file", path=path, remedy=remedy)
    rules = rules_in(root, settings.extract.its_rules) if settings.extract.its_rules else ()
    project = Project(root.absolute(), settings, rules)
    return replace(project, approved=tuple(_approved(project)))


_parsed = lru_cache(4)(lambda data, path: parse(data, path=path))
"""Settings are asked for by each stage of a run."""


def _named_files(settings: Settings) -> Iterator[tuple[tuple[str, str], str]]:
    for named in settings.extract.its_rules:
        yield ("extract", "its_rules"), named
    if settings.publish.index_template is not None:
        yield ("publish", "index_template"), settings.publish.index_template


def _approved(project: Project) -> Iterator[str]:
    for locale in (project.settings.project.source_locale, *project.settings.project.locales):
        named = locale in project.settings.notice.approved
        if named or project.approval_path(locale).is_file():
            yield locale


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with articles, their catalogs, and the pages built of them."""

    root: Path
    settings: Settings
    rules: tuple[Rule, ...] = ()
    """Those of ITS that the settings name files of."""
    approved: tuple[str, ...] = ()
    """The locales that have an approved disclaimer."""

    @property
    def source_dir(self) -> Path:
        return self.root / "source_articles"

    @property
    def locales_dir(self) -> Path:
        return self.root / "locales"

    @property
    def site_dir(self) -> Path:
        """Where built pages go."""
        return self.root / "site"

    @property
    def state_dir(self) -> Path:
        """What can be rebuilt at any time."""
        return self.root / STATE_DIR

    def source_path(self, slug: str) -> Path:
        """Return the path of an article's page; the one with `.html` where there is none."""
        path = self.source_dir / f"{slug}.html"
        if path.is_file() or not path.parent.is_dir():
            return path
        # The ending may be another one, in capitals too.
        others = sorted(path.parent.iterdir())
        pages = (each for each in others if each.name.lower().endswith(ENDINGS))
        return next((page for page in pages if page.stem == path.stem), path)

    def template_path(self, slug: str) -> Path:
        return self.locales_dir.joinpath("templates", f"{slug}.pot")

    def catalog_path(self, slug: str, locale: str) -> Path:
        return self.locales_dir.joinpath(locale, "LC_MESSAGES", f"{slug}.po")

    def compendium_path(self, locale: str) -> Path:
        """Where people keep the translations that hold for all articles."""
        return self.locales_dir / locale / "compendium.po"

    def imported_path(self, locale: str) -> Path:
        """Return where translations from other memories are, which only suggest."""
        return self.locales_dir / locale / "memory.po"

    def glossary_path(self, locale: str, ending: str) -> Path:
        """Return where a locale's glossary stands, in the form with an ending: `.csv` or `.tbx`."""
        return self.locales_dir / locale / f"glossary{ending}"

    def approval_path(self, locale: str) -> Path:
        """Return where a locale's approved disclaimer stands, if not in the settings."""
        return self.locales_dir / locale / "notice.toml"

    def links_path(self, locale: str) -> Path:
        """Return where a locale keeps the twins of links and pictures."""
        return self.locales_dir / locale / "links.toml"

    @property
    def memory_dir(self) -> Path:
        """Where the translation memory is."""
        return self.state_dir / "translation-memory"

    def page_path(self, slug: str, tag: str) -> Path:
        return self.site_dir.joinpath(tag, f"{slug}.html")

    def relative(self, path: Path) -> str:
        """Name a file of the project as findings and references do."""
        name, root = str(path), f"{self.root}{os.sep}"
        if name.startswith(root):  # sooner than paths say it: each page's files are named
            return name[len(root) :].replace(os.sep, "/")
        return path.relative_to(self.root).as_posix()

    def articles(self) -> Articles:
        """Find the articles.

        Raises:
            SettingsError: there is no folder to look in.
        """
        if not self.source_dir.is_dir():
            remedy = "make it and put the pages in, or run `polypage init`"
            raise SettingsError(self.source_dir, "there is no such folder", remedy=remedy)
        pages = sorted(_pages(self.source_dir))
        problems = dict(_problems(self.source_dir, pages))
        slugs = {_slug(page): page for page in pages if page not in problems}
        return Articles(self.source_dir, dict(sorted(slugs.items())), tuple(problems.values()))


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of a project, and the pages that cannot be any."""

    folder: Path
    pages: Mapping[str, str]
    """Each article's page below the folder by its slug, sorted."""
    problems: tuple[SourceError, ...] = ()

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(self.pages)

    @property
    def paths(self) -> Mapping[str, Path]:
        """Each article's page by its slug."""
        return {slug: self.folder / page for slug, page in self.pages.items()}


def _pages(folder: Path) -> Iterator[str]:
    """Yield the pages below a folder; hidden files and folders are none."""
    start = len(str(folder)) + 1
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = f"{parent}{os.sep}"[start:].replace(os.sep, "/")
        for name in names:
            if name.lower().endswith(ENDINGS) and not name.startswith("."):
                yield f"{below}{name}"


def _slug(page: str) -> str:
    return page.rpartition(".")[0]


def _problems(folder: Path, pages: Iterable[str]) -> Iterator[tuple[str, SourceError]]:
    """Tell which pages would share their catalogs and built pages with others, or lie elsewhere."""
    alike: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        # macOS and Windows have one file where names differ in case or composition alone.
        alike[unicodedata.normalize("NFC", _slug(page)).casefold()].append(page)
    home, start = os.path.realpath(folder), f"{folder}{os.sep}"
    for slug, group in alike.items():
        for page in group:
            if os.path.islink(start + page) and not _is_below(home, start + page):  # noqa: PTH114 - 10,000 times in a run
                outside = f"is a link to a file outside of {folder.name}"
                yield page, SourceError(folder / page, outside, remedy="put a copy in its place")
            elif problem := _problem(page, slug, [other for other in group if other != page]):
                yield page, SourceError(folder / page, problem, remedy="rename it")


def _is_below(home: str, path: str) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(home)


def _problem(page: str, slug: str, others: list[str]) -> str | None:
    if slug == SITE:
        return f"an article cannot be called {SITE!r}, as the catalog of the whole site is"
    if others:
        return f"has the name of {' and '.join(others)}, but for ending or letter case"
    # What can be printed is in none of those categories.
    if not page.isprintable() and any(map(_is_unfit, page)):
        return "has characters in its name that a catalog cannot refer to"
    return None


def _is_unfit(character: str) -> bool:
    return unicodedata.category(character) in _UNFIT_FOR_REFERENCES


_UNFIT_FOR_REFERENCES = {"Cc", "Cs", "Zl", "Zp"}  # line ends and the like, broken encodings
