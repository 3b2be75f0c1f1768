"""The proof that a built page carries its notice, and nothing that its source page does not have.

It reads the bytes that are to be published with lxml alone. It shares no code with what builds
pages, so that one mistake cannot be made on both sides:

    expected = Expected(tag="vi", direction="ltr", source_tag="en", source_link=".source-link a",
                        links=(Link("https://health.example/needles", "Kim châm"),),
                        disclaimer=".disclaimer",
                        disclaimers=(Wording("Chỉ để tham khảo.", frozenset(("vi",))),))
    audit_page(page, expected, path="site/vi/needles.html")     -> () when it is proven

What it cannot know is what style sheets in files of their own, and scripts, do to the page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from lxml import etree

from polypage.model import Direction, Finding, Severity
from polypage.proving.matter import Problem, foreign_matter, parse
from polypage.proving.notices import (
    disclaimed,
    early_problems,
    hidden_problems,
    linked,
    moved_problems,
    sequence,
)
from polypage.proving.visibility import Sight
from polypage.proving.words import STRAY, collapsed, passages, says_something, visible_text


@dataclass(frozen=True, slots=True)
class Link:
    """What a source link must be."""

    url: str
    """Where it must lead."""
    title: str | None = None
    """What it must say; None: something, or show an image."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a disclaimer must say."""

    text: str
    """To the letter; only how white space is written does not count."""
    tags: frozenset[str] = frozenset()
    """Which of the page's and the source's language it must be marked as, by `lang` on it or around
    it; empty where that says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a built page must show."""

    tag: str
    """Its language."""
    direction: Direction
    source_tag: str
    """The source's language; a page in it keeps the `lang` and `dir` that its source has."""
    source_direction: Direction = "ltr"
    source_link: str | None = None
    """A CSS selector, for the link or for what holds it; None: no link is asked for."""
    links: tuple[Link, ...] = ()
    """All that there must be, in any order: a sentence with two may be turned round."""
    disclaimer: str | None = None
    """A CSS selector; None: no disclaimer is asked for."""
    disclaimers: tuple[Wording, ...] = ()
    """What they must say, in document order: as many must there be."""
    after: str | None = None
    """A CSS selector for what the notice must stand behind; None: the page's order is its source's."""
    source: bytes | None = None
    """The source page in UTF-8, stray bytes as they are; None: the page is not compared with it."""
    inserted: str = ""
    """The HTML that a build adds to the source page for the notice."""


def audit_page(page: bytes, expected: Expected, *, path: str) -> tuple[Finding, ...]:
    """Compare a built page with what it must show; no findings: it is proven.

    Raises:
        SettingsError: A selector cannot be understood.
    """
    problem = _undecodable(page, expected.source or b"")
    if problem:
        return (_finding("audit-encoding", problem, path),)
    try:
        root = parse(page)
    except (etree.LxmlError, ValueError) as exc:
        return (_finding("audit-unreadable", f"the page cannot be read back: {exc}", path),)
    sight, parts = Sight(root), _Parts.of(root, expected.disclaimer, expected.source_link)
    problems = (
        *_encoding_problems(root),
        *_language_problems(root, expected),
        *_link_problems(sight, parts.links, expected),
        *_disclaimer_problems(sight, parts.disclaimers, expected),
        *_order_problems(root, parts.named, expected),
        *_foreign(page, root, expected),
    )
    return tuple(_finding(code, message, path) for code, message in dict.fromkeys(problems))


class _Parts(NamedTuple):
    """What a page has of a notice."""

    disclaimers: Sequence[etree._Element]
    links: Sequence[etree._Element]

    @classmethod
    def of(cls, root: etree._Element, disclaimer: str | None, source_link: str | None) -> Self:
        return cls(
            [] if disclaimer is None else disclaimed(root, disclaimer),
            [] if source_link is None else linked(root, source_link),
        )

    @property
    def named(self) -> list[tuple[str, etree._Element]]:
        return [
            *(("disclaimer", node) for node in self.disclaimers),
            *(("source link", node) for node in self.links),
        ]


def _foreign(page: bytes, root: etree._Element, expected: Expected) -> Iterator[Problem]:
    if expected.source is not None:
        yield from foreign_matter(page, root, expected.source, expected.inserted)


def _finding(code: str, message: str, path: str) -> Finding:
    return Finding(code, Severity.ERROR, message, path)


def _undecodable(page: bytes, source: bytes) -> str | None:
    """Tell of bytes that are no UTF-8, save those that stand in the source page."""
    try:
        page.decode("utf-8")
    except UnicodeDecodeError as exc:
        if not _stray(page) <= _stray(source):
            what = f"the byte {page[exc.start]:#04x} at offset {exc.start} is not UTF-8"
            return f"{what}; build the page again"
    return None


def _stray(page: bytes) -> Counter[str]:
    return Counter(STRAY.findall(page.decode("utf-8", "surrogateescape")))


# --- the page ---------------------------------------------------------------------------------


def _encoding_problems(root: etree._Element) -> Iterator[Problem]:
    for meta in root.iter("meta"):
        declared = _declared(meta)
        if declared is not None and declared.lower() not in {"utf-8", "utf8"}:
            message = f"the page is UTF-8 but declares {declared!r}; build it again"
            yield "audit-encoding", message


def _declared(meta: etree._Element) -> str | None:
    if "charset" in meta.attrib:
        return (meta.get("charset") or "").strip()
    if (meta.get("http-equiv") or "").strip().lower() != "content-type":
        return None
    declared = re.search(
        r"charset\s*=\s*[\"']?([^\s\"';]+)", meta.get("content") or "", re.IGNORECASE
    )
    return declared[1] if declared else None


def _language_problems(root: etree._Element, expected: Expected) -> Iterator[Problem]:
    if expected.tag == expected.source_tag:
        return
    for name, wanted in (("lang", expected.tag), ("dir", expected.direction)):
        found = root.get(name)
        if found != wanted:
            code = "audit-language" if name == "lang" else "audit-direction"
            yield code, f"<html> has {name}={_shown(found)} for {wanted!r}; build it again"


def _shown(value: str | None) -> str:
    return "none" if value is None else repr(value)


# --- the source link --------------------------------------------------------------------------


def _link_problems(
    sight: Sight, links: Sequence[etree._Element], expected: Expected
) -> Iterator[Problem]:
    if expected.source_link is None:
        return
    wanted = len(expected.links)
    yield from _count_problems("source link", len(links), wanted, expected.source_link)
    for link, promised in _matched(links, expected.links):
        yield from _address_problems(link.get("href") or "", promised.url)
        yield from hidden_problems("source link", sight, link)
        yield from _title_problems(link, promised.title)
        yield from _site_problems(link, promised.url, expected)


def _matched(
    found: Sequence[etree._Element], wanted: Sequence[Link]
) -> Iterator[tuple[etree._Element, Link]]:
    """Find the promise for each link: one with its address, else the next that nobody keeps."""
    open_promises = list(wanted)
    strays: list[etree._Element] = []
    for link in found:
        address = _address(link.get("href") or "")
        kept = next((each for each in open_promises if _address(each.url) == address), None)
        if kept is None:
            strays.append(link)
        else:
            open_promises.remove(kept)
            yield link, kept
    yield from zip(strays, open_promises or list(wanted[:1]) * len(strays), strict=False)


def _count_problems(what: str, found: int, wanted: int, css: str) -> Iterator[Problem]:
    code = f"notice-{what.replace(' ', '-')}"
    if found == 0 and wanted:
        message = f"the page shows no {what} ({css}): it is not there, or empty"
        yield f"{code}-missing", f"{message}; translate it, or mend the source page"
    elif found < wanted:
        message = f"the page shows {found} of {wanted} {what}s ({css}); translate them all"
        yield f"{code}-missing", message
    elif found > wanted:
        message = f"the page shows {found} {what}s ({css}) for {wanted}; make the selector narrower"
        yield f"{code}-duplicate", message


def _address_problems(found: str, wanted: str) -> Iterator[Problem]:
    if _address(found) != _address(wanted):
        message = (
            f"the source link leads to {found!r}, not to {wanted!r}; no override may change it"
        )
        yield "notice-source-link-changed", message


def _address(written: str) -> str:
    """Take away what browsers do: white space around, line breaks within; and the case of %2f."""
    bare = re.sub(r"[\t\n\r]", "", written).strip(" \f")
    return re.sub(r"%[0-9a-fA-F]{2}", lambda code: code[0].upper(), bare)


def _title_problems(link: etree._Element, title: str | None) -> Iterator[Problem]:
    text = visible_text(link)
    if title is not None and text != collapsed(title):
        message = f"the source link says {text!r}, not the title {collapsed(title)!r}"
        yield "notice-source-link-title", f"{message}; translate both alike"
    elif not says_something(text) and next(link.iter("img", "svg"), None) is None:
        yield "notice-source-link-title", "the source link is empty; translate its text"


def _site_problems(link: etree._Element, url: str, expected: Expected) -> Iterator[Problem]:
    """Say whether the site that is named beside a link in the source page is named no more."""
    if expected.source is None or expected.source_link is None:
        return
    site = _site(url)
    if site in _named(expected.source, expected.source_link) and not _names(link, site):
        message = f"the words beside the source link do not name {site!r} as its source page does"
        yield "notice-source-link-site", f"{message}; correct their translation"


@lru_cache(maxsize=4)
def _named(source: bytes, css: str) -> frozenset[str]:
    """Return the sites that a source page names beside its source links."""
    try:
        links = linked(parse(source), css)
    except (etree.LxmlError, ValueError):
        return frozenset()  # which is told already
    sites = ((link, _site(link.get("href") or "")) for link in links)
    return frozenset(site for link, site in sites if site and _names(link, site))


def _names(link: etree._Element, site: str) -> bool:
    around = link.getparent()
    return around is not None and site in visible_text(around).lower()


def _site(url: str) -> str:
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


# --- the disclaimer ---------------------------------------------------------------------------


def _disclaimer_problems(
    sight: Sight, found: Sequence[etree._Element], expected: Expected
) -> Iterator[Problem]:
    if expected.disclaimer is None:
        return
    wanted = expected.disclaimers
    yield from _count_problems("disclaimer", len(found), len(wanted), expected.disclaimer)
    for element, wording in zip(found, wanted, strict=False):
        yield from hidden_problems("disclaimer", sight, element)
        yield from _wording_problems(element, wording, expected)


def _wording_problems(
    element: etree._Element, wording: Wording, expected: Expected
) -> Iterator[Problem]:
    text, wanted = visible_text(element), collapsed(wording.text)
    if text != wanted:
        message = f"the disclaimer says {text!r}, not {wanted!r}; build the page again"
        yield "notice-disclaimer-changed", message
    if wording.tags and expected.tag != expected.source_tag:
        yield from _marking_problems(element, wording, expected)


def _marking_problems(
    element: etree._Element, wording: Wording, expected: Expected
) -> Iterator[Problem]:
    said = [passage for passage in passages(element) if passage.text.strip()]
    marked = {passage.language for passage in said}
    ours = marked & {expected.tag, expected.source_tag}
    if ours != wording.tags:
        found, wanted = (" and ".join(sorted(tags)) or "none" for tags in (marked, wording.tags))
        message = f"the disclaimer's language is marked as {found}, not as {wanted}"
        yield "notice-disclaimer-language", f"{message}; a fallback needs lang and dir"
    directions = {
        expected.source_tag: expected.source_direction,
        expected.tag: expected.direction,
    }
    for tag in sorted(ours):
        found_directions = {
            each.direction.lower() or "ltr" for each in said if each.language == tag
        }
        if found_directions.isdisjoint((directions[tag], "auto")):
            message = f"the disclaimer is in {tag} and not marked dir={directions[tag]!r}"
            yield "notice-direction", f"{message}; a fallback needs lang and dir"


# --- where they stand -------------------------------------------------------------------------


def _order_problems(
    root: etree._Element, parts: Sequence[tuple[str, etree._Element]], expected: Expected
) -> Iterator[Problem]:
    if expected.after is not None:
        yield from early_problems(root, parts, expected.after)
    if expected.source is not None and parts:
        then = _sequence_of(expected.source, expected.disclaimer, expected.source_link)
        yield from moved_problems(sequence(root, parts), then)


@lru_cache(maxsize=4)
def _sequence_of(source: bytes, disclaimer: str | None, source_link: str | None) -> tuple[str, ...]:
    try:
        root = parse(source)
    except (etree.LxmlError, ValueError):
        return ()  # which is told already
    return sequence(root, _Parts.of(root, disclaimer, source_link).named)
