"""The files that are of one article: its page, its template, its catalogs and what is built.

    own = Belongings(project)
    own.of("rolling")             their paths
    own.standing(stamps)          the languages in which its page stands
    own.digest_of(digests, "locales/vi/LC_MESSAGES/rolling.po")
    own.mark_of(marks, "vi", "rolling")

Paths are plain text: a run looks at hundreds of thousands. What is known of all of them is one
string of bytes an article, not one a file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from polypage.profiles import tag
from polypage.project import Project
from polypage.runs.stamps import Stamps, is_file, is_sure


class Belongings:
    """Where the files of a project's articles are."""

    def __init__(self, project: Project) -> None:
        settings = project.settings.project
        locales, site = str(project.locales_dir), str(project.site_dir)
        self._project = project
        self._sources = str(project.source_dir)
        self._templates = f"{locales}/templates/"
        self._catalogs = [f"{locales}/{locale}/LC_MESSAGES/" for locale in settings.locales]
        start = len(str(project.root)) + 1
        self._by_folder = {folder[start:]: n for n, folder in enumerate(self._catalogs)}
        self.tags = tuple(tag(locale) for locale in (settings.source_locale, *settings.locales))
        """The languages of pages."""
        self._pages = [f"{site}/{tag}/" for tag in self.tags]
        self._by_tag = {tag: n for n, tag in enumerate(self.tags)}
        self._first_page = 2 + len(self._catalogs)

    def of(self, slug: str) -> tuple[str, ...]:
        """Name the files of an article."""
        return (
            self._page(slug),
            f"{self._templates}{slug}.pot",
            *[f"{folder}{slug}.po" for folder in self._catalogs],
            *[f"{folder}{slug}.html" for folder in self._pages],
        )

    def standing(self, stamps: Stamps) -> frozenset[str]:
        """Say in which languages an article stood when its files were stamped."""
        return frozenset(
            tag for n, tag in enumerate(self.tags, self._first_page) if stamps.has_file(n)
        )

    def digests(self, stamps: Stamps) -> bytes:
        """Return what tells the bytes of an article's catalogs."""
        return stamps.part(2, self._first_page).digests

    def digest_of(self, digests: Mapping[str, bytes], path: str) -> bytes | None:
        """Find the digest of a catalog by its path below the root, given those of articles."""
        folder, part, name = path.partition(_MESSAGES)
        place = self._by_folder.get(folder + part)
        own = digests.get(name.removesuffix(".po")) if place is not None else None
        return None if own is None or place is None else Stamps(digests=own).digest(place)

    def marks(self, stamps: Stamps) -> bytes:
        """Return what the system said of an article's pages."""
        return stamps.part(self._first_page, self._first_page + len(self.tags)).marks

    def mark_of(self, marks: Mapping[str, bytes], tag: str, slug: str) -> bytes | None:
        """Find the mark of a page that tells which one it is, given those of articles."""
        place, own = self._by_tag.get(tag), marks.get(slug)
        if place is None or own is None:
            return None
        mark = Stamps(own).mark(place)
        return mark if is_sure(mark) and is_file(mark) else None

    def _page(self, slug: str) -> str:
        path = f"{self._sources}/{slug}.html"
        # The ending may be another one, which takes a look at the folder.
        return path if os.path.isfile(path) else str(self._project.source_path(slug))  # noqa: PTH113


_MESSAGES = "/LC_MESSAGES/"
