"""What a page gets that it lacks of its notice: which elements, and what stands in them.

    shell = link_shell(document, place, "p.source-link a")
    link_html(shell, url, title, target, …)     <p class="source-link">Source link &lt; <a href=…

The elements are those that the selectors of the settings ask for; the words are the site's, whose
catalog has them as the entries of `texts`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from string import Formatter
from typing import NamedTuple
from urllib.parse import urlsplit

from polypage.errors import SettingsError
from polypage.html.document import Document, select
from polypage.html.references import escape_attribute, escape_text
from polypage.model import Article, Content, Inline, Span, Standalone, Target
from polypage.reading.configured import SETTINGS_FILE, configured, configured_segment
from polypage.settings import NoticeSettings


class Part(NamedTuple):
    """An element to insert."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()


class Phrase(NamedTuple):
    """A text in the page's language or the source's."""

    text: str
    tag: str
    approved: tuple[str, ...] = ()
    """The paragraphs of an approved text; none if it is not one."""


# --- the texts --------------------------------------------------------------------------------


def texts(settings: NoticeSettings, *, approved: Collection[str] = ()) -> Article:
    """Return what pages may lack as an article: its segments belong to the site's catalog.

    They are the disclaimer and the line with the link; there are none if nothing is inserted.
    `approved` are the locales that have an approved disclaimer.

    Raises:
        SettingsError: The pattern of the line has not exactly one title.
    """
    if settings.on_missing != "insert":
        return configured()
    words, notes = (settings.disclaimer_text or "",), tuple(approval_notes(approved))
    disclaimer = configured_segment(words, "disclaimer", notes=notes)
    return configured(disclaimer, configured_segment(_line(settings), "line with the source link"))


def approval_notes(approved: Collection[str]) -> Iterator[str]:
    """Yield what translators of a disclaimer are told of locales with an approved text."""
    if locales := ", ".join(sorted(approved)):
        yield f"approved text: in {locales} the page says what was approved, whatever stands here"


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
        raise SettingsError(SETTINGS_FILE, problem, remedy=remedy)
    return tuple(content)


# --- the elements -----------------------------------------------------------------------------


def link_shell(document: Document, place: Span, css: str) -> tuple[Part, ...]:
    """Return the elements that a source link needs at a place, the outermost first.

    The selector may name the link alone, or only what holds it.

    Raises:
        SettingsError: The selector does not tell what to insert.
    """
    shell = _shell(document, place, css, "source_link")
    if shell[-1].tag != "a":
        return (*shell, Part("a"))
    return shell if len(shell) > 1 else (Part("p"), *shell)


def disclaimer_shell(document: Document, place: Span, css: str) -> tuple[Part, ...]:
    """Return the elements that a disclaimer needs at a place, the outermost first.

    Raises:
        SettingsError: The selector does not tell what to insert.
    """
    return _shell(document, place, css, "disclaimer")


class _Step(NamedTuple):
    """One element that a selector speaks of."""

    start: int
    child: bool
    """It is a child of the one before it, not just somewhere in it."""
    part: Part


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


def _shell(document: Document, place: Span, css: str, setting: str) -> tuple[Part, ...]:
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
    raise SettingsError(SETTINGS_FILE, problem, remedy=remedy)


def _steps(css: str) -> tuple[_Step, ...]:
    """Read the first alternative of a selector; nothing if it is more than tags and conditions."""
    steps: list[_Step] = []
    position = 0
    while match := _STEP.match(css, position):
        part = Part(match["tag"].lower() or "p", tuple(_attributes(match["rest"])))
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
    around = [
        element
        for element in document.elements
        if element.content.start <= place.start and place.end <= element.content.end
    ]
    selected = select(document, css)
    if step.child:
        # A lone link comes in a paragraph of its own, and is no child of what is around that.
        return step.part.tag != "a" and around[-1] in selected
    return any(element in selected for element in around)


# --- the HTML ---------------------------------------------------------------------------------


def disclaimer_html(shell: Sequence[Part], text: Phrase, target: Target) -> str:
    """Write a disclaimer in its shell, which says the language where it is not the page's."""
    content = content_of(text, roomy=holds_paragraphs(shell[-1].tag))
    return _wrapped(shell, content, marks(text.tag, target.tag, target))


def content_of(text: Phrase, *, roomy: bool) -> str:
    """Write a text; where paragraphs cannot stand, two line breaks part those of an approved one."""
    paragraphs = [escape_text(paragraph) for paragraph in text.approved or (text.text,)]
    if roomy and paragraphs[1:]:
        return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return "<br><br>".join(paragraphs)


def holds_paragraphs(tag: str) -> bool:
    """Say whether paragraphs may stand in an element."""
    return tag in _ROOMY


_ROOMY = frozenset(
    "article aside blockquote body dd details div fieldset figcaption figure footer form header li"
    " main nav search section td th".split()
)


def link_html(
    shell: Sequence[Part],
    url: str,
    title: Phrase,
    target: Target,
    *,
    line: Content | None,
    settings: NoticeSettings,
) -> str:
    """Write the line with a source link; without a translation it is in the source language."""
    *around, link = shell
    tag = target.source_tag if line is None else target.tag
    address = (*(a for a in link.attributes if a[0] != "href"), ("href", url))
    codes = {
        "title": _wrapped(
            [Part("a", address)], escape_text(title.text), marks(title.tag, tag, target)
        ),
        "site": escape_text(_host(url)),
    }
    content = "".join(
        escape_text(part) if isinstance(part, str) else codes[part.name]
        for part in (_line(settings) if line is None else line)
    )
    return _wrapped(around, content, marks(tag, target.tag, target))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def marks(tag: str, around: str, target: Target) -> str:
    """Write the `lang` and `dir` of a text in another language than the one around it."""
    if tag == around or not target.mark_fallback:
        return ""
    direction = target.direction if tag == target.tag else target.source_direction
    return f' lang="{tag}" dir="{direction}"'


def _wrapped(parts: Sequence[Part], content: str, innermost: str) -> str:
    """Put content into elements; the innermost takes the marks."""
    for part in reversed(parts):
        attributes = "".join(_attribute(name, value) for name, value in part.attributes)
        content = f"<{part.tag}{attributes}{innermost}>{content}</{part.tag}>"
        innermost = ""
    return content


def _attribute(name: str, value: str) -> str:
    quote = '"'
    return f" {name}={quote}{escape_attribute(value, quote)}{quote}"
