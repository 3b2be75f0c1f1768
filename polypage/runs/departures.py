"""Links that leave the language of the page they stand on.

    found = survey(Path("clinic"), locales=["vi"])
    found.pages[0].links[0]         line 12, peeling.html, leads to a page in "en"
    lines(found, Page())            the same for people, page by page

Read are the pages that stand on the site. Not told are the source link, which leads to the source
by contract, the links of a language switcher, and those to twins that `links.toml` names.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from polypage.building.twins import is_address
from polypage.errors import PolypageError
from polypage.files import read_if_exists
from polypage.html.document import Document, read, select
from polypage.html.tree import Element
from polypage.model import Finding
from polypage.oneline import visible
from polypage.profiles import tag as tag_of
from polypage.project import load
from polypage.runs import records
from polypage.runs.report import VERSION, Page, place
from polypage.runs.scope import scope_of
from polypage.runs.stages.batch import Batch, failure, opened
from polypage.runs.stages.planning import assets


@dataclass(frozen=True, slots=True)
class Departure:
    """A link that leads out of the page's language."""

    line: int
    href: str
    """As written on the page, character references resolved."""
    leads: str | None
    """The language of the page of this site that it leads to; None: to another site."""


@dataclass(frozen=True, slots=True)
class Departing:
    """A page and the links on it that leave its language."""

    path: str
    """Below the project's root."""
    locale: str
    links: tuple[Departure, ...]


@dataclass(frozen=True, slots=True)
class Departures:
    """What was found on the pages that were asked for."""

    pages: tuple[Departing, ...] = ()
    """Those that have such links, by locale and path."""
    failures: tuple[Finding, ...] = ()

    @property
    def exit_status(self) -> int:
        """0 when all pages could be read, else 1: such links are no mistakes."""
        return 1 if self.failures else 0


def survey(root: Path, *, slugs: Sequence[str] = (), locales: Sequence[str] = ()) -> Departures:
    """Find the links on published pages that leave their language; nothing is written.

    Raises:
        PolypageError: The settings make no sense, or an article or locale is not the project's.
    """
    scope = scope_of(load(root), slugs, locales)
    pages: list[Departing] = []
    failures: list[Finding] = []
    with opened(root) as batch:
        files = frozenset(assets(batch.project))
        for locale in scope.locales:
            for slug in scope.slugs:
                try:
                    found = _departing(batch, slug, locale, files)
                except PolypageError as error:
                    failures.append(failure(error, batch.project.root))
                    continue
                pages += [found] if found.links else []
    return Departures(tuple(pages), tuple(dict.fromkeys(failures)))


# --- a page -----------------------------------------------------------------------------------


class _Site(NamedTuple):
    """What tells where a link on a page leads."""

    slug: str
    tag: str
    base_url: str
    tags: frozenset[str]


def _departing(batch: Batch, slug: str, locale: str, files: frozenset[str]) -> Departing:
    project, tag = batch.project, tag_of(locale)
    path = project.page_path(slug, tag)
    data = read_if_exists(path)
    if data is None:
        return Departing(batch.relative(path), locale, ())
    settings = project.settings
    tags = frozenset(map(tag_of, batch.locales(settings.project.locales)))
    site = _Site(slug, tag, settings.project.base_url or "", tags)
    document = read(data, path=batch.relative(path))
    twins = batch.twins(locale, files)
    found = (
        Departure(document.lines.at(link.start), href, leads)
        for link, href in _links(document, settings.notice.source_link)
        for leads in _out(href, site)
        if leads is not None or not twins.leads_to(href)
    )
    return Departing(document.path, locale, tuple(found))


def _links(document: Document, source_link: str) -> Iterator[tuple[Element, str]]:
    """Yield the links of a page and where they lead, save the source link."""
    own = [match.span for match in select(document, source_link)]
    for element in document.elements:
        href = element.attribute("href") if element.name in ("a", "area") else None
        is_own = any(s.start <= element.start and element.span.end <= s.end for s in own)
        if href and not is_own:
            yield element, href.strip()


def _out(href: str, site: _Site) -> Iterator[str | None]:
    """Yield the language that a link leaves for; None for that of another site, nothing if it stays."""
    place_ = _on_site(href, site)
    if place_ is None:
        if is_address(href) or href.startswith("//"):
            yield None
        return
    tag, _, page = place_.partition("/")
    is_page = page.endswith(".html") and page != f"{site.slug}.html"
    if is_page and tag in site.tags - {site.tag}:
        yield tag


def _on_site(href: str, site: _Site) -> str | None:
    """Return where below the site's folder a link leads; None for a link that leads elsewhere."""
    if site.base_url and href.startswith(f"{site.base_url}/"):
        return unquote(urlsplit(href[len(site.base_url) + 1 :]).path)
    try:
        url = urlsplit(href)
    except ValueError:
        return None
    if url.scheme or url.netloc or not url.path or url.path.startswith("/"):
        return None
    folder = posixpath.dirname(f"{site.tag}/{site.slug}")
    return posixpath.normpath(posixpath.join(folder, unquote(url.path)))


# --- reports ----------------------------------------------------------------------------------


def lines(departures: Departures, page: Page) -> Iterator[str]:
    """Yield the links page by page, and how many there are."""
    for finding in departures.failures:
        yield page.paint(place(finding), "error") + f": {visible(finding.message)}"
    for each in departures.pages:
        yield page.paint(visible(each.path), "strong")
        width = max(len(str(link.line)) for link in each.links)
        for link in each.links:
            yield f"  {link.line:>{width}}  {link.leads or 'elsewhere':<9}  {link.href}"
    links = sum(len(each.links) for each in departures.pages)
    yield page.paint("links  ", "faint") + f"{links} leave the language of their page"


def to_json(departures: Departures) -> str:
    """Write them as JSON."""
    report = {
        "version": VERSION,
        "command": "status",
        "pages": [records.plain(each) for each in departures.pages],
        "failures": [records.plain(each) for each in departures.failures],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)
