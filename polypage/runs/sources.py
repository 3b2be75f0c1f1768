"""A project's files, and everything that is read from them.

    source = open_source(project, "micro-needle-rolling")
    source.data                 the bytes: enough to know whether anything changed
    source.article.segments     the page, parsed and judged by the project's rules
    source.facts                what other pages need to know of it

Each thing is read when it is first asked for, and once.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from polypage.errors import CatalogError, GlossaryError, SettingsError, SourceError
from polypage.files import open_file, read_file
from polypage.model import Article, Entry, EntryKey, Segment, SlotKind, Span
from polypage.profiles import tag
from polypage.project import SETTINGS_FILE, Project
from polypage.rules.its_files import beside, counted_on
from polypage.runs import records
from polypage.runs.outcomes import Facts
from polypage.runs.state import digest
from polypage.settings import ArticleSettings, Settings

if TYPE_CHECKING:
    from polypage.approval import Approval
    from polypage.building.notice import Notice
    from polypage.catalogs.catalog import Catalog
    from polypage.checking.glossary import Glossary
    from polypage.html.document import Document, Element
    from polypage.rules.its import Its
    from polypage.rules.its_rules import Loader, Rule
    from polypage.rules.judging import Rules

# What reads pages and catalogs is imported when something is read: where the bytes tell that
# nothing changed, it never is, and commands start sooner.
# ruff: noqa: PLC0415


MOST_BYTES = 10_000_000
"""Of a page; no reader would load a larger one."""


@dataclass(frozen=True)
class Source:
    """One source page."""

    slug: str
    path: str
    """Below the project's root."""
    data: bytes
    settings: Settings
    rules: tuple[Rule, ...] = ()
    """Those of ITS that hold for all pages."""
    load: Loader | None = None
    """Finds the files of rules that the page links to."""
    approved: tuple[str, ...] = ()
    """The locales that have an approved disclaimer."""

    @cached_property
    def identity(self) -> str:
        """Tells it from what it was when anything in it, or in rules that it links to, changes."""
        linked = counted_on(self.data, path=self.path, load=self.load) if self.load else ()
        return digest(self.slug, self.path, self.data, *linked)

    @cached_property
    def document(self) -> Document:
        from polypage.html.document import read

        return read(self.data, path=self.path)

    @cached_property
    def its(self) -> Its:
        from polypage.rules.its import read_beside_html

        return read_beside_html(self.document, rules=self.rules, load=self.load)

    @cached_property
    def article(self) -> Article:
        from polypage.building.notice import annotated
        from polypage.reading.extract import extract

        source_tag = tag(self.settings.project.source_locale)
        article = extract(
            self.document,
            _rules(self.settings),
            slug=self.slug,
            source_tag=source_tag,
            segmentation=self.settings.extract.segmentation,
            localize_values=self.settings.extract.localize_values,
            its=self.its,
        )
        return annotated(article, self.document, self.settings.notice, approved=self.approved)

    @cached_property
    def notice(self) -> Notice:
        from polypage.building.notice import find

        own = self.settings.articles.get(self.slug, ArticleSettings())
        return find(
            self.document,
            self.article,
            self.settings.notice,
            source_url=own.source_url,
            approved=self.approved,
        )

    @cached_property
    def inserts(self) -> tuple[Segment, ...]:
        """The texts that built pages get because this one lacks them."""
        from polypage.building.insertion import texts

        lacks = self.notice.link_shell or self.notice.disclaimer_shell
        return texts(self.settings.notice, approved=self.approved).segments if lacks else ()

    @cached_property
    def switchers(self) -> tuple[Element, ...]:
        """The elements that lead to a page's other languages."""
        from polypage.html.document import select

        css = self.settings.publish.switcher
        return select(self.document, css) if css else ()

    @cached_property
    def note_place(self) -> Span | None:
        """Where pages say how much of them is translated."""
        from polypage.building.completeness import place_of

        return place_of(self.document, self.settings.publish.note_in)

    @cached_property
    def facts(self) -> Facts:
        from polypage.catalogs.templates import template_entries

        article = self.article
        with_lines = self.settings.extract.references == "line"
        share = template_entries(article, "site", with_lines=with_lines)
        return Facts(
            title=article.title,
            addresses=_values(article, SlotKind.CANONICAL, SlotKind.OG_URL),
            links=_values(article, SlotKind.LINK, SlotKind.STYLE_LINK, SlotKind.JSON_LINK),
            site_entries=share,
            share=digest(records.write(share)) if share else "",
        )


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


def open_source(project: Project, slug: str) -> Source:
    """Read the bytes of an article's page.

    Raises:
        SourceError: The file cannot be read, or is too large for a page.
    """
    path = project.source_path(slug)
    try:
        with open_file(path) as file:
            data = file.read(MOST_BYTES + 1)
            size = file.seek(0, os.SEEK_END)
    except OSError as exc:
        problem = f"cannot be read: {exc.strerror}"
        raise SourceError(project.relative(path), problem) from exc
    if size > MOST_BYTES:
        problem = f"is {size / 1e6:.1f} MB large, and a page has {MOST_BYTES / 1e6:.0f} at most"
        remedy = "take embedded images out into files of their own, or divide it"
        raise SourceError(project.relative(path), problem, remedy=remedy)
    load = beside(project.root, project.source_dir)
    return Source(
        slug,
        project.relative(path),
        data,
        project.settings,
        project.rules,
        load,
        project.approved,
    )


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


def open_approval(project: Project, locale: str) -> ApprovalFile:
    """Read the bytes of a locale's approved disclaimer, if there is one.

    Raises:
        SettingsError: The file cannot be read.
    """
    path = project.approval_path(locale)
    setting = project.settings.notice.approved.get(locale)
    try:
        data = read_file(path)
    except FileNotFoundError:
        data = None
    except OSError as exc:
        problem = f"cannot be read: {exc.strerror}"
        raise SettingsError(project.relative(path), problem) from exc
    return ApprovalFile(locale, project.relative(path), data, setting)


def approved_texts(project: Project) -> dict[str, str]:
    """Return the approved disclaimers by locale, paragraphs parted by blank lines.

    Raises:
        SettingsError: One of them makes no sense.
    """
    found = ((locale, open_approval(project, locale).approval) for locale in project.approved)
    return {locale: approval.text for locale, approval in found if approval is not None}


def open_glossary(project: Project, locale: str) -> GlossaryFile:
    """Read the bytes of a locale's glossary, which may have two forms, or none.

    Raises:
        GlossaryError: A file cannot be read.
    """
    paths = [project.glossary_path(locale, ending) for ending in (".csv", ".tbx")]
    files = []
    for path in paths:
        try:
            files.append((project.relative(path), read_file(path)))
        except FileNotFoundError:
            continue
        except OSError as exc:
            raise GlossaryError(project.relative(path), f"cannot be read: {exc.strerror}") from exc
    return GlossaryFile(tuple(files), tag(project.settings.project.source_locale), tag(locale))


def _open_catalog(project: Project, path: Path) -> CatalogFile:
    try:
        return CatalogFile(project.relative(path), read_file(path))
    except FileNotFoundError:
        return CatalogFile(project.relative(path), None)
    except OSError as exc:
        problem = f"cannot be read: {exc.strerror}"
        raise CatalogError(project.relative(path), problem) from exc


def _rules(settings: Settings) -> Rules:
    from polypage.rules.judging import Rules

    extract, notice = settings.extract, settings.notice
    return Rules(
        skip=skipped(settings),
        inline=extract.inline,
        block=extract.block,
        nested=(notice.source_link,),
        keep_space=extract.keep_space,
        site=settings.site.parts,
        drop=settings.drop.parts,
        note=extract.note,
        context=extract.context,
    )


def said_by_pages(project: Project) -> tuple[Entry, ...]:
    """Return the entries of what built pages say that source pages do not: notices and notes."""
    from polypage.building import completeness, insertion
    from polypage.catalogs.templates import template_entries

    notices = insertion.texts(project.settings.notice, approved=project.approved)
    note = completeness.text(project.settings.publish)
    return (*template_entries(notices, "site"), *template_entries(note, "site"))


def skipped(settings: Settings) -> tuple[str, ...]:
    """Return the selectors of what is not translated; builds fill the language switcher."""
    from polypage.html.selectors import children

    switcher = settings.publish.switcher
    return (*settings.extract.skip, *([children(switcher)] if switcher else []))


def _values(article: Article, *kinds: SlotKind) -> tuple[str, ...]:
    slots = (slot.value for slot in article.skeleton.slots if slot.kind in kinds)
    return tuple(dict.fromkeys(value for value in slots if value))
