"""The notice of an article: the link to its source, and its disclaimer.

`find` says where a source page has them, `localize` what becomes of them in a language: the link
leads where it led, an approved disclaimer stands word for word, and what the page lacks is
inserted where the settings say so:

    <p class="disclaimer">For reference only.</p>
    <p class="source-link">Source link &lt; <a href="https://…">Needles</a> &gt; health.example</p>

`localize` also says what the built page must show, and `polypage.proving.audit` proves it there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

from polypage.approval import Approval, paragraphs
from polypage.building.insertion import (
    Part,
    Phrase,
    approval_notes,
    content_of,
    disclaimer_html,
    disclaimer_shell,
    holds_paragraphs,
    link_html,
    link_shell,
    marks,
)
from polypage.building.wording import Wording, wording, wordings
from polypage.html.blanks import collapsed
from polypage.html.document import Document, Element, select
from polypage.html.markup import StartTag
from polypage.html.references import escape_attribute
from polypage.model import (
    Article,
    Content,
    Edit,
    Finding,
    Segment,
    Severity,
    SlotKind,
    Span,
    Syntax,
    Target,
)
from polypage.reading.inline import plain_text
from polypage.settings import NoticeSettings


class SourceLink(NamedTuple):
    """A link to the article's source."""

    span: Span
    """The `a` element, tags included."""
    url: str
    """Where it leads on every built page."""
    is_title: bool
    """It says the article's title."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of a source page, and what is missing of it."""

    article: Article
    settings: NoticeSettings
    place: Span
    """Where the page takes what it lacks."""
    source_url: str = ""
    """Where a source link to insert leads."""
    links: tuple[SourceLink, ...] = ()
    edits: tuple[Edit, ...] = ()
    """Their addresses, which stay or are what the settings say, whatever other links become."""
    title: int | None = None
    """The place of the title among the article's segments; None where it is not translated."""
    disclaimers: tuple[Span, ...] = ()
    """The content of the elements."""
    roomy: frozenset[Span] = frozenset()
    """Those of them that paragraphs may stand in."""
    link_shell: tuple[Part, ...] = ()
    """The elements to insert for a missing link, the outermost first; empty: nothing is inserted."""
    disclaimer_shell: tuple[Part, ...] = ()
    """Likewise for a missing disclaimer."""
    findings: tuple[Finding, ...] = ()
    """Errors; a page that has any is held."""

    @property
    def has_link(self) -> bool:
        """Whether built pages show a source link."""
        return bool(self.links or self.link_shell)

    @property
    def has_disclaimer(self) -> bool:
        """Whether built pages show a disclaimer."""
        return bool(self.disclaimers or self.disclaimer_shell)


@dataclass(frozen=True, slots=True)
class Localized:
    """The notice in one language: what a build changes, and what the page shows in the end."""

    edits: tuple[Edit, ...]
    links: tuple[tuple[str, str | None], ...]
    """Where each source link leads, and what it says if that is the title."""
    disclaimers: tuple[tuple[str, frozenset[str]], ...]
    """What each disclaimer says, and the languages it is marked as; none where marks say nothing."""
    inserted: str = ""
    """The HTML that the source page lacks, or has other words in place of."""


# --- finding ----------------------------------------------------------------------------------


def find(
    document: Document,
    article: Article,
    settings: NoticeSettings,
    *,
    source_url: str | None = None,
    approved: Collection[str] = (),
) -> Notice:
    """Find the notice of a source page.

    `source_url` is where the settings have its link lead, `approved` are the locales that have an
    approved disclaimer.

    Raises:
        SettingsError: Something is to be inserted, and its selector does not tell what.
    """
    links = tuple(_links(document, settings.source_link))
    disclaimers = tuple(_disclaimers(document, article, settings))
    title = _title(article, links)
    notice = Notice(
        article,
        settings,
        _place(article, document, settings),
        source_url=source_url or _address(links, article),
        links=tuple(_source_links(article, links, title, source_url)),
        edits=tuple(_pinned(document, link.tag, source_url) for link in links if link.tag),
        title=title,
        disclaimers=tuple(element.content for element in disclaimers),
        roomy=frozenset(each.content for each in disclaimers if holds_paragraphs(each.name)),
    )
    if settings.on_missing == "insert":
        notice = _with_shells(notice, document)
    problems = (*_problems(notice, links, document), *_unlike(notice, document, approved))
    return replace(notice, findings=problems)


def _links(document: Document, css: str) -> Iterator[Element]:
    """Find the links themselves, whether the selector names them or what holds them."""
    matches = [match.span for match in select(document, css)]
    for element in document.elements:
        leads = element.name == "a" and bool((element.attribute("href") or "").strip())
        if leads and any(_within(element.span, match) for match in matches):
            yield element


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _disclaimers(
    document: Document, article: Article, settings: NoticeSettings
) -> Iterator[Element]:
    """Find the disclaimers, the outermost where they nest. An empty one can be filled, no more."""
    end = 0
    for element in select(document, settings.disclaimer):
        says = wording(article, element.content).text
        if element.span.start >= end and (says or settings.on_missing == "insert"):
            end = element.span.end
            yield element


def _title(article: Article, links: Sequence[Element]) -> int | None:
    """Find the segment that is the article's title: a heading, or else the title element."""
    found = [
        place
        for place, segment in enumerate(article.segments)
        if segment.syntax in {Syntax.MARKUP, Syntax.RCDATA}
        and collapsed(plain_text(segment.content)) == collapsed(article.title)
        and not any(_within(segment.span, link.span) for link in links)
    ]
    headings = (place for place in found if article.segments[place].role.startswith("heading"))
    return next(headings, found[0] if found else None)


def _source_links(
    article: Article, links: Sequence[Element], title: int | None, source_url: str | None
) -> Iterator[SourceLink]:
    wanted = None if title is None else wording(article, article.segments[title].span).text
    for link in links:
        is_title = wording(article, link.content).text == wanted
        yield SourceLink(link.span, source_url or link.attribute("href") or "", is_title)


def _address(links: Sequence[Element], article: Article) -> str:
    """Return where the link leads, or would: to what the page calls its original."""
    if links:
        return links[0].attribute("href") or ""
    slots = article.skeleton.slots
    return next((slot.value for slot in slots if slot.kind is SlotKind.CANONICAL), "")


def _pinned(document: Document, link: StartTag, source_url: str | None) -> Edit:
    href = next(attribute for attribute in link.attributes if attribute.name == "href")
    span = link.written(href)
    if source_url is None or source_url == href.value:
        return Edit(span, document.text[span.start : span.end])
    quote = "" if href.quote else '"'
    return Edit(span, f"{quote}{escape_attribute(source_url, href.quote or quote)}{quote}")


def _place(article: Article, document: Document, settings: NoticeSettings) -> Span:
    """Return where the page takes what it lacks: behind what the settings say, or at its end."""
    end = len(article.skeleton.text)
    behind = select(document, settings.after) if settings.after else []
    if behind:
        last = max(element.span.end for element in behind)
        return Span(last, last)
    slots = article.skeleton.slots
    return next((s.span for s in slots if s.kind is SlotKind.BODY_END), Span(end, end))


def _problems(notice: Notice, links: Sequence[Element], document: Document) -> Iterator[Finding]:
    settings = notice.settings

    def problem(code: str, message: str, at: int | None = None) -> Finding:
        line = None if at is None else document.lines.at(at)
        return Finding(code, Severity.ERROR, message, document.path, line)

    remedy = 'put it back into the source page, mend the selector in [notice], or set on_missing to "insert"'
    if (notice.link_shell or notice.disclaimer_shell) and not _is_free(notice, document):
        message = f"there is no place behind {settings.after!r} to insert a notice"
        yield problem("notice-place-missing", f"{message}; correct [notice] after")
    if settings.on_missing == "fail" and not notice.links:
        message = f"the page has no source link ({settings.source_link}); {remedy}"
        yield problem("notice-source-link-missing", message)
    if settings.on_missing == "fail" and not notice.disclaimers:
        message = f"the page has no disclaimer ({settings.disclaimer}); {remedy}"
        yield problem("notice-disclaimer-missing", message)
    own = f'[articles."{notice.article.slug}"]'
    addresses = {link.attribute("href") for link in links}
    if len(addresses) > 1 and len({link.url for link in notice.links}) == 1:
        shown = " and ".join(sorted(map(repr, addresses)))
        message = f"source links lead to {shown}, and {own} has one source_url for them"
        message = f"{message}; take it out, or make [notice] source_link narrower"
        yield problem("notice-source-link-ambiguous", message, links[1].span.start)
    urls = [link.url for link in notice.links] or [notice.source_url] * notice.has_link
    for url in dict.fromkeys(urls):
        if not _is_web_address(url, relative=bool(notice.links)):
            message = f"the source link would lead to {url!r}; set source_url in {own}"
            yield problem("notice-source-link-address", message)


def _is_free(notice: Notice, document: Document) -> bool:
    """Say whether the place is where the settings say, and no text that translators have."""
    after, at = notice.settings.after, notice.place.start
    inside = (segment.span.start < at < segment.span.end for segment in notice.article.segments)
    return not any(inside) and (after is None or bool(select(document, after)))


def _unlike(notice: Notice, document: Document, approved: Collection[str]) -> Iterator[Finding]:
    """Find disclaimers that say different things, where an approved text would stand for each."""
    for_some = [s.span for s in notice.article.skeleton.slots if s.locales]
    for_all = [s for s in notice.disclaimers if not any(_within(s, each) for each in for_some)]
    if approved and len({each.text for each in wordings(notice.article, for_all)}) > 1:
        message = f"{len(for_all)} different texts are the disclaimer, one is approved"
        yield Finding(
            "notice-disclaimer-ambiguous",
            Severity.ERROR,
            f"{message}; make [notice] disclaimer narrower",
            document.path,
            document.lines.at(for_all[1].start),
        )


def _is_web_address(url: str, *, relative: bool) -> bool:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    if parts.username is not None:  # https://health.example@evil.example/
        return False
    absolute = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return absolute or (relative and not parts.scheme and bool(parts.path or parts.query))


def _with_shells(notice: Notice, document: Document) -> Notice:
    settings = notice.settings
    if not notice.links:
        shell = link_shell(document, notice.place, settings.source_link)
        notice = replace(notice, link_shell=shell)
    if not notice.disclaimers:
        shell = disclaimer_shell(document, notice.place, settings.disclaimer)
        notice = replace(notice, disclaimer_shell=shell)
    return notice


# --- what translators are told ----------------------------------------------------------------


def annotated(
    article: Article,
    document: Document,
    settings: NoticeSettings,
    *,
    approved: Collection[str],
) -> Article:
    """Tell the translators of a disclaimer in which locales an approved text takes its place."""
    if not approved:
        return article
    spans = [element.content for element in _disclaimers(document, article, settings)]
    notes = tuple(approval_notes(approved))
    segments: list[Segment] = []
    for segment in article.segments:
        is_of_it = any(_within(segment.span, span) for span in spans)
        told = segment._replace(notes=(*segment.notes, *notes)) if is_of_it else segment
        segments.append(told)
    return replace(article, segments=tuple(segments))


# --- what was approved ------------------------------------------------------------------------


def uncovered(notice: Notice, approval: Approval, target: Target) -> Iterator[Finding]:
    """Tell of disclaimers in the source language that an approval was not given for."""
    spans = _standing(notice, notice.disclaimers, target)
    said = [each.text for each in wordings(notice.article, spans, tag=target.tag)]
    if notice.disclaimer_shell:
        said.append(collapsed(notice.settings.disclaimer_text or ""))
    for text in dict.fromkeys(said):
        if text and not approval.covers(text):
            message = (
                f"the source of the disclaimer is now {text!r}, the text approved on {approval.on}"
                f" translates {collapsed(approval.source or '')!r}; have it approved anew"
            )
            yield Finding(
                "notice-approval-outdated",
                Severity.WARNING,
                message,
                approval.path,
                approval.line,
            )


# --- in one language --------------------------------------------------------------------------


_Shown: TypeAlias = tuple[str, frozenset[str]]


def localize(
    notice: Notice,
    target: Target,
    *,
    translations: Sequence[Content | None],
    inserted: Sequence[Content | None] = (None, None),
    approved: str | None = None,
) -> Localized:
    """Say what becomes of the notice in a language.

    `translations` are parallel to the article's segments, `inserted` to those of `texts`;
    `approved` is the disclaimer's text, word for word, its paragraphs parted by blank lines.
    """
    text, line = inserted
    substitute = _substitute(notice, target, text, approved)
    title = _localized_title(notice, target, translations)
    disclaimers = _standing(notice, notice.disclaimers, target)
    owns = wordings(notice.article, disclaimers, translations, tag=target.tag)
    spoken = zip(disclaimers, owns, strict=True)
    treated = [_treated(notice, span, own, target, substitute) for span, own in spoken]
    edits, shown = [edit for edit, _ in treated if edit], [shown for _, shown in treated]
    html, replaced = "", "".join(edit.text for edit in edits)
    if notice.disclaimer_shell:
        shown.append((substitute.text, _tags({substitute.tag}, target)))
        html += f"\n{disclaimer_html(notice.disclaimer_shell, substitute, target)}"
    if notice.link_shell:
        link = link_html(
            notice.link_shell,
            notice.source_url,
            title,
            target,
            line=line,
            settings=notice.settings,
        )
        html += f"\n{link}"
    if html:
        edits.append(Edit(notice.place, f"{html}\n"))
    links = tuple(_promised(notice, target, title.text))
    return Localized((*notice.edits, *edits), links, tuple(shown), html + replaced)


def _promised(notice: Notice, target: Target, title: str) -> Iterator[tuple[str, str | None]]:
    """Yield where the links of the page in a language lead, and which title they say."""
    if notice.link_shell:
        yield notice.source_url, title
    spans = set(_standing(notice, [link.span for link in notice.links], target))
    for link in notice.links:
        if link.span in spans:
            yield link.url, title if link.is_title else None


def _standing(notice: Notice, spans: Sequence[Span], target: Target) -> Sequence[Span]:
    """Return which of several the page in a language has.

    One that would be without any has to have them all: it is held.
    """
    gone = [s.span for s in notice.article.skeleton.slots if s.leaves_out(target.tag)]
    return [span for span in spans if not any(_within(span, each) for each in gone)] or spans


def _localized_title(
    notice: Notice, target: Target, translations: Sequence[Content | None]
) -> Phrase:
    article = notice.article
    if notice.title is None:
        return Phrase(collapsed(article.title), target.source_tag)
    said = wording(article, article.segments[notice.title].span, translations, tag=target.tag)
    return Phrase(said.text, target.tag if said.translated == {True} else target.source_tag)


def _substitute(
    notice: Notice, target: Target, text: Content | None, approved: str | None
) -> Phrase:
    """Return what stands where the source page has no disclaimer, or not the approved one."""
    if approved is not None:
        return Phrase(collapsed(approved), target.tag, approved=paragraphs(approved))
    if text is not None:
        return Phrase(collapsed(plain_text(text)), target.tag)
    return Phrase(collapsed(notice.settings.disclaimer_text or ""), target.source_tag)


def _treated(
    notice: Notice,
    span: Span,
    own: Wording,
    target: Target,
    substitute: Phrase,
) -> tuple[Edit | None, _Shown]:
    """Keep a disclaimer's own words, or write the approved ones; fill one that is empty."""
    tags = {target.tag if translated else target.source_tag for translated in own.translated}
    same = own.text == substitute.text and tags <= {substitute.tag}
    if same or not (substitute.approved or not wording(notice.article, span).text):
        return None, (own.text, _tags(tags, target))
    content = content_of(substitute, roomy=span in notice.roomy)
    marked = marks(substitute.tag, target.tag, target)
    edit = Edit(span, f"<span{marked}>{content}</span>" if marked else content)
    return edit, (substitute.text, _tags({substitute.tag}, target))


def _tags(tags: set[str], target: Target) -> frozenset[str]:
    """Say which languages must be marked; none where the page has one language, or marks none."""
    if target.tag == target.source_tag or (target.source_tag in tags and not target.mark_fallback):
        return frozenset()
    return frozenset(tags)
