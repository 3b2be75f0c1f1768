"""The files that are of one article: its page, its template, its catalogs and what is built.

    own = Belongings(project)
    own.of("rolling")             their paths
    own.catalogs("rolling")       those of its catalogs, by place among them
    own.standing(stamps)          the languages in which its page stands
    own.pages(stamps)             the marks of those pages

Paths are plain text: a run looks at hundreds of thousands.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from polypage.profiles import tag
from polypage.project import Project
from polypage.runs.stamps import Stamps


class Belongings:
    """Where the files of a project's articles are."""

    def __init__(self, project: Project) -> None:
        settings = project.settings.project
        locales, site = str(project.locales_dir), str(project.site_dir)
        self._project = project
        self._sources = str(project.source_dir)
        self._templates = f"{locales}/templates/"
        self._catalogs = [f"{locales}/{locale}/LC_MESSAGES/" for locale in settings.locales]
        self.tags = tuple(tag(locale) for locale in (settings.source_locale, *settings.locales))
        """The languages of pages."""
        self._pages = [f"{site}/{tag}/" for tag in self.tags]
        self._first_page = 2 + len(self._catalogs)

    def of(self, slug: str) -> tuple[str, ...]:
        """Name the files of an article."""
        return (
            self._page(slug),
            f"{self._templates}{slug}.pot",
            *[f"{folder}{slug}.po" for folder in self._catalogs],
            *[f"{folder}{slug}.html" for folder in self._pages],
        )

    def catalogs(self, slug: str) -> Iterator[tuple[int, str]]:
        """Yield its catalogs, each with its place among the files of the article."""
        return enumerate((f"{folder}{slug}.po" for folder in self._catalogs), 2)

    def standing(self, stamps: Stamps) -> frozenset[str]:
        """Say in which languages an article stood when its files were stamped."""
        return frozenset(
            tag for n, tag in enumerate(self.tags, self._first_page) if stamps.has_file(n)
        )

    def pages(self, stamps: Stamps) -> Iterator[tuple[str, bytes]]:
        """Yield the languages in which an article stood, each with the mark of the page."""
        for n, own in enumerate(self.tags, self._first_page):
            if stamps.has_file(n):
                yield own, stamps.mark(n)

    def _page(self, slug: str) -> str:
        path = f"{self._sources}/{slug}.html"
        # The ending may be another one, which takes a look at the folder.
        return path if os.path.isfile(path) else str(self._project.source_path(slug))  # noqa: PTH113
