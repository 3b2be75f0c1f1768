"""A source page, and everything that is read from it.

    source = open_source(project, "micro-needle-rolling")
    source.data                 the bytes: enough to know whether anything changed
    source.article.segments     the page, parsed and judged by the project's rules
    source.facts                what other pages need to know of it

Each thing is read when it is first asked for, and once.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from polypage.errors import SourceError
from polypage.files import open_file
from polypage.model import Article, Entry, Segment, SlotKind, Span
from polypage.profiles import tag
from polypage.project import Project
from polypage.rules.its_files import beside, counted_on
from polypage.runs import records
from polypage.runs.outcomes import Facts
from polypage.runs.state import digest
from polypage.settings import ArticleSettings, Settings

if TYPE_CHECKING:
    from polypage.building.notice import Notice
    from polypage.html.document import Document, Element
    from polypage.rules.its import Its
    from polypage.rules.its_rules import Loader, Rule
    from polypage.rules.judging import Rules

# What reads pages is imported when one is read: where the bytes tell that nothing changed, it
# never is, and commands start sooner.
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


def _values(article: Article, *kinds: SlotKind) -> tuple[str, ...]:
    slots = (slot.value for slot in article.skeleton.slots if slot.kind in kinds)
    return tuple(dict.fromkeys(value for value in slots if value))
