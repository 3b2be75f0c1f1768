"""The notice of an article: the link to its source, and its disclaimer.

`find` says where a source page has them, `localize` what becomes of them in a language: the link
leads where it led, an approved disclaimer stands word for word, and what the page lacks is
inserted where the settings say so:

    <p class="disclaimer">For reference only.</p>
    <p class="source-link">Source link &lt; <a href="https://…">Needles</a> &gt; health.example</p>

`localize` also says what the built page must show, and `polypage.proving.audit` proves it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import Formatter
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

from polypage.building.wording import collapsed, wording
from polypage.errors import SettingsError
from polypage.html.document import Document, Element, select
from polypage.html.markup import StartTag
from polypage.html.references import escape_attribute, escape_text
from polypage.model import (
    Article,
    Content,
    Edit,
    Finding,
    Inline,
    Segment,
    Severity,
    Skeleton,
    SlotKind,
    Span,
    Standalone,
    Syntax,
    Target,
)
from polypage.reading.inline import plain_text, to_msgid
from polypage.settings import NoticeSettings

_SETTINGS_FILE = "polypage.toml"


class _Part(NamedTuple):
    """An element to insert."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of a source page, and what is missing of it."""

    article: Article
    settings: NoticeSettings
    place: Span
    """Where the page takes what it lacks."""
    source_url: str = ""
    """Where the source link of every built page leads."""
    links: tuple[Span, ...] = ()
    """The `a` elements, tags included."""
    edits: tuple[Edit, ...] = ()
    """Their addresses, which stay or are what the settings say, whatever other links become."""
    link_is_title: bool = False
    """They say the article's title, or the one to insert will."""
    title: int | None = None
    """The place of the title among the article's segments; None where it is not translated."""
    disclaimers: tuple[Span, ...] = ()
    """The content of the elements."""
    link_shell: tuple[_Part, ...] = ()
    """The elements to insert for a missing link, the outermost first; empty: nothing is inserted."""
    disclaimer_shell: tuple[_Part, ...] = ()
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
    title: str | None
    """What the source link says; None where that is not the title."""
    disclaimers: tuple[tuple[str, frozenset[str]], ...]
    """What each disclaimer says, and the languages it is marked as; none where marks say nothing."""
    inserted: str = ""
    """The HTML that the source page lacks."""
    links: int = 1
    """How many source links there are."""


# --- finding ----------------------------------------------------------------------------------


def find(
    document: Document,
    article: Article,
    settings: NoticeSettings,
    *,
    source_url: str | None = None,
) -> Notice:
    """Find the notice of a source page; `source_url` is where the settings have its link lead.

    Raises:
        SettingsError: Something is to be inserted, and its selector does not tell what.
    """
    links = tuple(_links(document, settings.source_link))
    disclaimers = tuple(_disclaimers(document, article, settings))
    title = _title(article, links)
    notice = Notice(
        article,
        settings,
        _place(article),
        source_url=source_url or _address(links, article),
        links=tuple(link.span for link in links),
        edits=tuple(_pinned(document, link.tag, source_url) for link in links if link.tag),
        link_is_title=_is_title(article, links, title),
        title=title,
        disclaimers=tuple(element.content for element in disclaimers),
    )
    if settings.on_missing == "insert":
        notice = _with_shells(notice, document)
    findings = tuple(_problems(notice, links, document))
    return replace(notice, findings=findings)


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


def _is_title(article: Article, links: Sequence[Element], title: int | None) -> bool:
    if title is None:
        return not links
    wanted = wording(article, article.segments[title].span).text
    return all(wording(article, link.content).text == wanted for link in links)


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


def _place(article: Article) -> Span:
    end = len(article.skeleton.text)
    slots = article.skeleton.slots
    return next((s.span for s in slots if s.kind is SlotKind.BODY_END), Span(end, end))


def _problems(notice: Notice, links: Sequence[Element], document: Document) -> Iterator[Finding]:
    settings = notice.settings

    def problem(code: str, message: str, at: int | None = None) -> Finding:
        line = None if at is None else document.lines.at(at)
        return Finding(code, Severity.ERROR, message, document.path, line)

    remedy = 'put it back into the source page, mend the selector in [notice], or set on_missing to "insert"'
    if settings.on_missing == "fail" and not notice.links:
        message = f"the page has no source link ({settings.source_link}); {remedy}"
        yield problem("notice-source-link-missing", message)
    if settings.on_missing == "fail" and not notice.disclaimers:
        message = f"the page has no disclaimer ({settings.disclaimer}); {remedy}"
        yield problem("notice-disclaimer-missing", message)
    addresses = {link.attribute("href") for link in links}
    if len(addresses) > 1:
        shown = " and ".join(sorted(map(repr, addresses)))
        message = f"source links lead to {shown}; make [notice] source_link narrower"
        yield problem("notice-source-link-ambiguous", message, links[1].span.start)
    if notice.has_link and not _is_web_address(notice.source_url, relative=bool(notice.links)):
        message = f"the source link would lead to {notice.source_url!r}"
        remedy = f'set source_url in [articles."{notice.article.slug}"]'
        yield problem("notice-source-link-address", f"{message}; {remedy}")
    for_some = [s.span for s in notice.article.skeleton.slots if s.locales]
    for_all = [s for s in notice.disclaimers if not any(_within(s, each) for each in for_some)]
    if settings.approved and len({wording(notice.article, s).text for s in for_all}) > 1:
        message = f"{len(for_all)} different texts are the disclaimer, one is approved"
        yield problem(
            "notice-disclaimer-ambiguous",
            f"{message}; make [notice] disclaimer narrower",
            for_all[1].start,
        )


def _is_web_address(url: str, *, relative: bool) -> bool:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return (parts.scheme in {"http", "https"} and bool(parts.hostname)) or (
        relative and not parts.scheme
    )


# --- what translators are told ----------------------------------------------------------------


def annotated(article: Article, document: Document, settings: NoticeSettings) -> Article:
    """Tell the translators of a disclaimer in which locales an approved text takes its place."""
    if not settings.approved:
        return article
    spans = [element.content for element in _disclaimers(document, article, settings)]
    notes = tuple(_approval(settings))
    segments: list[Segment] = []
    for segment in article.segments:
        is_of_it = any(_within(segment.span, span) for span in spans)
        told = segment._replace(notes=(*segment.notes, *notes)) if is_of_it else segment
        segments.append(told)
    return replace(article, segments=tuple(segments))


def _approval(settings: NoticeSettings) -> Iterator[str]:
    if locales := ", ".join(sorted(settings.approved)):
        yield f"approved text: in {locales} the page says what {_SETTINGS_FILE} has, whatever stands here"


# --- what is to be inserted -------------------------------------------------------------------


def texts(settings: NoticeSettings) -> Article:
    """Return what pages may lack as an article: its segments belong to the site's catalog.

    They are the disclaimer and the line with the link; there are none if nothing is inserted.

    Raises:
        SettingsError: The pattern of the line has not exactly one title.
    """
    segments: tuple[Segment, ...] = ()
    if settings.on_missing == "insert":
        segments = (
            _segment(
                (settings.disclaimer_text or "",), "disclaimer", notes=tuple(_approval(settings))
            ),
            _segment(_line(settings), "line with the source link"),
        )
    return Article("site", _SETTINGS_FILE, Skeleton("", ()), segments)


def _segment(content: Content, role: str, *, notes: tuple[str, ...] = ()) -> Segment:
    return Segment(to_msgid(content), content, Span(0, 0), 1, role, domain="site", notes=notes)


def _line(settings: NoticeSettings) -> Content:
    """Read `Source link < {title} > {site}` as content with two inline codes."""
    legends = {"title": "link to the source, with the article's title", "site": "its host name"}
    content: list[Inline] = []
    for text, name, _, _ in Formatter().parse(settings.source_link_text):
        content += [text] if text else []
        content += [Standalone(name, Span(0, 0), legends[name])] if name in legends else []
    names = [code.name for code in content if isinstance(code, Standalone)]
    if names.count("title") != 1 or names.count("site") > 1:
        problem = f"[notice] source_link_text: {settings.source_link_text!r} makes no line"
        remedy = "have {title} once in it, and {site} at most once"
        raise SettingsError(_SETTINGS_FILE, problem, remedy=remedy)
    return tuple(content)


def _with_shells(notice: Notice, document: Document) -> Notice:
    settings = notice.settings
    if not notice.links:
        shell = _shell(document, notice.place, settings.source_link, "source_link")
        notice = replace(notice, link_shell=_around_link(shell))
    if not notice.disclaimers:
        shell = _shell(document, notice.place, settings.disclaimer, "disclaimer")
        notice = replace(notice, disclaimer_shell=shell)
    return notice


def _around_link(shell: tuple[_Part, ...]) -> tuple[_Part, ...]:
    """Complete the shell: the selector may name the link alone, or only what holds it."""
    if shell[-1].tag != "a":
        return (*shell, _Part("a"))
    return shell if len(shell) > 1 else (_Part("p"), *shell)


class _Step(NamedTuple):
    """One element that a selector speaks of."""

    start: int
    child: bool
    """It is a child of the one before it, not just somewhere in it."""
    part: _Part


_STEP = re.compile(
    r"""\s*(?P<child>>?)\s*(?P<tag>[a-zA-Z][\w-]*|(?=[.\#\[]))
        (?P<rest>(?:[.\#][\w-]+|\[\s*[\w:-]+\s*(?:=\s*(?:"[^"]*"|'[^']*'|[\w-]+)\s*)?\])*)
        (?=\s*(?:,|\Z)|[\s>])""",
    re.VERBOSE,
)
_CONDITION = re.compile(
    r"""(?P<sign>[.\#])(?P<name>[\w-]+)
      | \[\s*(?P<attribute>[\w:-]+)\s*(?:=\s*["']?(?P<value>[^"'\]]*?)["']?\s*)?\]""",
    re.VERBOSE,
)
_MOST_PARTS = 2
_UNIQUE = frozenset(("html", "head", "body"))


def _shell(document: Document, place: Span, css: str, setting: str) -> tuple[_Part, ...]:
    """Return the elements that a selector asks for, save those that stand around the place."""
    steps = _steps(css)
    for first in reversed(range(max(0, len(steps) - _MOST_PARTS), len(steps))):
        step = steps[first]
        if step.part.tag in _UNIQUE:
            break
        if not first or _stands_in(document, place, css[: step.start], step):
            return tuple(step.part for step in steps[first:])
    problem = f"[notice] {setting}: {css!r} does not say what to insert"
    remedy = 'write a tag with classes, as in "p.disclaimer", or set on_missing = "fail"'
    raise SettingsError(_SETTINGS_FILE, problem, remedy=remedy)


def _steps(css: str) -> tuple[_Step, ...]:
    """Read the first alternative of a selector; nothing if it is more than tags and conditions."""
    steps: list[_Step] = []
    position = 0
    while match := _STEP.match(css, position):
        part = _Part(match["tag"].lower() or "p", tuple(_attributes(match["rest"])))
        steps.append(_Step(match.start(), bool(match["child"]), part))
        position = match.end()
        if css[position:].lstrip()[:1] in {"", ","}:
            return tuple(steps)
    return ()


def _attributes(conditions: str) -> Iterator[tuple[str, str]]:
    found = list(_CONDITION.finditer(conditions))
    classes = " ".join(match["name"] for match in found if match["sign"] == ".")
    if classes:
        yield "class", classes
    for match in found:
        if match["sign"] == "#":
            yield "id", match["name"]
        elif match["attribute"]:
            yield match["attribute"].lower(), match["value"] or ""


def _stands_in(document: Document, place: Span, css: str, step: _Step) -> bool:
    """Say whether a step taken at the place is one from what the selector before it selects."""
    around = [e for e in document.elements if _within(place, e.content)]
    selected = select(document, css)
    if step.child:
        # A lone link comes in a paragraph of its own, and is no child of what is around that.
        return step.part.tag != "a" and around[-1] in selected
    return any(element in selected for element in around)


# --- in one language --------------------------------------------------------------------------


class _Phrase(NamedTuple):
    """A text in the page's language or the source's."""

    text: str
    tag: str
    approved: bool = False


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
    `approved` is the disclaimer's text, word for word.
    """
    text, line = inserted
    substitute = _substitute(notice, target, text, approved)
    title = _localized_title(notice, target, translations)
    disclaimers = _standing(notice, notice.disclaimers, target)
    treated = [_treated(notice, s, target, translations, substitute) for s in disclaimers]
    edits, shown = [edit for edit, _ in treated if edit], [shown for _, shown in treated]
    html = ""
    if notice.disclaimer_shell:
        shown.append((substitute.text, _tags({substitute.tag}, target)))
        html += f"\n{_disclaimer_html(notice, target, substitute)}"
    if notice.link_shell:
        html += f"\n{_link_html(notice, target, title, line)}"
    if html:
        edits.append(Edit(notice.place, f"{html}\n"))
    said = title.text if notice.link_is_title else None
    links = len(_standing(notice, notice.links, target)) or 1
    return Localized((*notice.edits, *edits), said, tuple(shown), html, links)


def _standing(notice: Notice, spans: Sequence[Span], target: Target) -> Sequence[Span]:
    """Return which of several the page in a language has.

    One that would be without any has to have them all: it is held.
    """
    gone = [s.span for s in notice.article.skeleton.slots if s.leaves_out(target.tag)]
    return [span for span in spans if not any(_within(span, each) for each in gone)] or spans


def _localized_title(
    notice: Notice, target: Target, translations: Sequence[Content | None]
) -> _Phrase:
    article = notice.article
    if notice.title is None:
        return _Phrase(collapsed(article.title), target.source_tag)
    said = wording(article, article.segments[notice.title].span, translations, tag=target.tag)
    return _Phrase(said.text, target.tag if said.translated == {True} else target.source_tag)


def _substitute(
    notice: Notice, target: Target, text: Content | None, approved: str | None
) -> _Phrase:
    """Return what stands where the source page has no disclaimer, or not the approved one."""
    if approved is not None:
        return _Phrase(collapsed(approved), target.tag, approved=True)
    if text is not None:
        return _Phrase(collapsed(plain_text(text)), target.tag)
    return _Phrase(collapsed(notice.settings.disclaimer_text or ""), target.source_tag)


def _treated(
    notice: Notice,
    span: Span,
    target: Target,
    translations: Sequence[Content | None],
    substitute: _Phrase,
) -> tuple[Edit | None, _Shown]:
    """Keep a disclaimer's own words, or write the approved ones; fill one that is empty."""
    own = wording(notice.article, span, translations, tag=target.tag)
    tags = {target.tag if translated else target.source_tag for translated in own.translated}
    same = own.text == substitute.text and tags <= {substitute.tag}
    if same or not (substitute.approved or not wording(notice.article, span).text):
        return None, (own.text, _tags(tags, target))
    content = escape_text(substitute.text)
    marks = _marks(substitute.tag, target.tag, target)
    edit = Edit(span, f"<span{marks}>{content}</span>" if marks else content)
    return edit, (substitute.text, _tags({substitute.tag}, target))


def _tags(tags: set[str], target: Target) -> frozenset[str]:
    """Say which languages must be marked; none where the page has one language, or marks none."""
    if target.tag == target.source_tag or (target.source_tag in tags and not target.mark_fallback):
        return frozenset()
    return frozenset(tags)


def _disclaimer_html(notice: Notice, target: Target, text: _Phrase) -> str:
    marks = _marks(text.tag, target.tag, target)
    return _wrapped(notice.disclaimer_shell, escape_text(text.text), marks)


def _link_html(notice: Notice, target: Target, title: _Phrase, line: Content | None) -> str:
    *around, link = notice.link_shell
    tag = target.source_tag if line is None else target.tag
    address = (*(a for a in link.attributes if a[0] != "href"), ("href", notice.source_url))
    marks = _marks(title.tag, tag, target)
    codes = {
        "title": _wrapped([_Part("a", address)], escape_text(title.text), marks),
        "site": escape_text(_host(notice.source_url)),
    }
    content = "".join(
        escape_text(part) if isinstance(part, str) else codes[part.name]
        for part in (_line(notice.settings) if line is None else line)
    )
    return _wrapped(around, content, _marks(tag, target.tag, target))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _marks(tag: str, around: str, target: Target) -> str:
    """Write the `lang` and `dir` of a text in another language than the one around it."""
    if tag == around or not target.mark_fallback:
        return ""
    direction = target.direction if tag == target.tag else target.source_direction
    return f' lang="{tag}" dir="{direction}"'


def _wrapped(parts: Sequence[_Part], content: str, marks: str) -> str:
    """Put content into elements; the innermost takes the marks."""
    for part in reversed(parts):
        attributes = "".join(_attribute(name, value) for name, value in part.attributes)
        content = f"<{part.tag}{attributes}{marks}>{content}</{part.tag}>"
        marks = ""
    return content


def _attribute(name: str, value: str) -> str:
    quote = '"'
    return f" {name}={quote}{escape_attribute(value, quote)}{quote}"
