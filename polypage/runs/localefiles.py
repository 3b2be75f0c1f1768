"""The files below `locales/`, and what is read from them: catalogs, glossaries, approved disclaimers.

    file = open_catalog(project, "micro-needle-rolling", "vi")
    file.identity               tells from the bytes alone whether anything changed
    file.catalog.entries        the catalog, parsed

Each thing is read when it is first asked for, and once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from polypage.errors import CatalogError, GlossaryError, PolypageError, SettingsError
from polypage.files import read_if_exists
from polypage.model import Entry, EntryKey
from polypage.profiles import tag
from polypage.project import SETTINGS_FILE, Project
from polypage.runs.state import digest

if TYPE_CHECKING:
    from polypage.approval import Approval
    from polypage.catalogs.catalog import Catalog
    from polypage.checking.glossary import Glossary

# What reads catalogs is imported when one is read: where the bytes tell that nothing changed, it
# never is, and commands start sooner.
# ruff: noqa: PLC0415


@dataclass(frozen=True)
class CatalogFile:
    """One catalog, or the place where it will be."""

    path: str
    """Below the project's root."""
    data: bytes | None
    """None where there is no file."""

    @cached_property
    def identity(self) -> str:
        """Tells it from what it was when anything in it changes."""
        return digest(self.path, *([] if self.data is None else [self.data]))

    @cached_property
    def meaning(self) -> str:
        """Tells it from what it was when anything changes in it that pages may have."""
        return digest(self.path, *([] if self.data is None else [without_references(self.data)]))

    @cached_property
    def catalog(self) -> Catalog:
        from polypage.catalogs.catalog import Catalog, parse_file

        return Catalog() if self.data is None else parse_file(self.data, path=self.path)

    @cached_property
    def live(self) -> dict[EntryKey, Entry]:
        """The entries that stand in the article, by what tells them apart."""
        return {entry.key: entry for entry in self.catalog.entries if not entry.obsolete}


def without_references(data: bytes) -> bytes:
    """Empty what a catalog says of places and dates: it changes with articles that come and go.

    Line by line it stays what it is, as findings name lines.
    """
    return _PLACES_AND_DATES.sub(rb"\1", data)


_PLACES_AND_DATES = re.compile(rb'(?m)^(#:|"(?:POT-Creation|PO-Revision)-Date:).*$')


@dataclass(frozen=True)
class GlossaryFile:
    """A locale's glossary, in the forms there are of it."""

    files: tuple[tuple[str, bytes], ...]
    """Paths below the project's root, and bytes."""
    source: str
    """The language tag of the source terms."""
    target: str

    @cached_property
    def identity(self) -> str:
        """Tells it from what it was when anything in it changes."""
        return digest(*(part for file in self.files for part in file))

    @cached_property
    def glossary(self) -> Glossary:
        from polypage.checking.glossary import Glossary, read_csv, refuse_contradictions
        from polypage.checking.tbx import read_tbx

        terms = tuple(
            term
            for path, data in self.files
            for term in (
                read_csv(data, path=path)
                if path.endswith(".csv")
                else read_tbx(data, path=path, source=self.source, target=self.target)
            )
        )
        refuse_contradictions(terms)
        return Glossary(terms, self.source.partition("-")[0])


@dataclass(frozen=True)
class GlossedTemplate(CatalogFile):
    """A template as the catalogs of a locale have it: with the terms of its glossary."""

    plain: CatalogFile
    """The template by itself."""
    terms: GlossaryFile

    @cached_property
    def identity(self) -> str:
        return digest(self.plain.identity, self.terms.identity)

    @cached_property
    def catalog(self) -> Catalog:
        from polypage.checking.glossary import glossed

        return glossed(self.plain.catalog, self.terms.glossary)


@dataclass(frozen=True)
class ApprovalFile:
    """A locale's approved disclaimer: in a file of its own, in the settings, or nowhere."""

    locale: str
    path: str
    """Below the project's root."""
    data: bytes | None
    """None where there is no file."""
    setting: str | None = None
    """What the settings have."""

    @cached_property
    def identity(self) -> str:
        """Tells it from what it was when anything in it changes."""
        return digest(self.data or b"", self.setting or "")

    @cached_property
    def approval(self) -> Approval | None:
        """The approval; None where there is none.

        Raises:
            SettingsError: It makes no sense, or there are two.
        """
        from polypage.approval import Approval, read

        if self.data is None:
            return Approval(self.setting, SETTINGS_FILE) if self.setting else None
        if self.setting is not None:
            problem = f"[notice.approved] in {SETTINGS_FILE} has a text for {self.locale} too"
            raise SettingsError(self.path, problem, remedy="take it out there, this file says more")
        return read(self.data, path=self.path)


def open_catalog(project: Project, slug: str, locale: str) -> CatalogFile:
    """Read the bytes of a catalog, if there is one.

    Raises:
        CatalogError: The file cannot be read.
    """
    return _open_catalog(project, project.catalog_path(slug, locale))


def open_compendium(project: Project, locale: str) -> CatalogFile:
    """Read the bytes of a locale's compendium, if there is one.

    Raises:
        CatalogError: The file cannot be read.
    """
    return _open_catalog(project, project.compendium_path(locale))


def open_imported(project: Project, locale: str) -> CatalogFile:
    """Read the bytes of what a locale has from other memories, if there is anything.

    Raises:
        CatalogError: The file cannot be read.
    """
    return _open_catalog(project, project.imported_path(locale))


def open_template(project: Project, slug: str) -> CatalogFile:
    """Read the bytes of a template, if there is one.

    Raises:
        CatalogError: The file cannot be read.
    """
    return _open_catalog(project, project.template_path(slug))


def _open_catalog(project: Project, path: Path) -> CatalogFile:
    return CatalogFile(project.relative(path), _read(project, path, CatalogError))


def open_glossary(project: Project, locale: str) -> GlossaryFile:
    """Read the bytes of a locale's glossary, which may have two forms, or none.

    Raises:
        GlossaryError: A file cannot be read.
    """
    paths = [project.glossary_path(locale, ending) for ending in (".csv", ".tbx")]
    read = ((project.relative(path), _read(project, path, GlossaryError)) for path in paths)
    files = tuple((path, data) for path, data in read if data is not None)
    return GlossaryFile(files, tag(project.settings.project.source_locale), tag(locale))


def open_approval(project: Project, locale: str) -> ApprovalFile:
    """Read the bytes of a locale's approved disclaimer, if there is one.

    Raises:
        SettingsError: The file cannot be read.
    """
    path = project.approval_path(locale)
    data = _read(project, path, SettingsError)
    setting = project.settings.notice.approved.get(locale)
    return ApprovalFile(locale, project.relative(path), data, setting)


def approved_texts(project: Project) -> dict[str, str]:
    """Return the approved disclaimers by locale, paragraphs parted by blank lines.

    Raises:
        SettingsError: One of them makes no sense.
    """
    found = ((locale, open_approval(project, locale).approval) for locale in project.approved)
    return {locale: approval.text for locale, approval in found if approval is not None}


def _read(project: Project, path: Path, error: type[PolypageError]) -> bytes | None:
    try:
        return read_if_exists(path)
    except OSError as exc:
        raise error(project.relative(path), f"cannot be read: {exc.strerror}") from exc
