"""The proof that a built page carries its notice, and nothing that its source page does not have.

It reads the bytes that are to be published with lxml alone. It shares no code with what builds
pages, so that one mistake cannot be made on both sides:

    expected = Expected(tag="vi", direction="ltr", source_tag="en", source_link=".source-link a",
                        source_url="https://health.example/needles", disclaimer=".disclaimer",
                        disclaimers=(Wording("Chỉ để tham khảo.", frozenset(("vi",))),))
    audit_page(page, expected, path="site/vi/needles.html")     -> () when it is proven

What it cannot know is what style sheets and scripts do to the page in a browser.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cssselect import SelectorError
from lxml import etree

from polypage.errors import SettingsError
from polypage.model import Direction, Finding, Severity
from polypage.proving.matter import Problem, foreign_matter, parse


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
    source_link: str | None = None
    """A CSS selector, for the link or for what holds it; None: no link is asked for."""
    source_url: str = ""
    """Where every such link must lead."""
    links: int = 1
    """How many there must be."""
    title: str | None = None
    """What they must say; None: something, or show an image."""
    disclaimer: str | None = None
    """A CSS selector; None: no disclaimer is asked for."""
    disclaimers: tuple[Wording, ...] = ()
    """What they must say, in document order: as many must there be."""
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
    problems = (
        *_encoding_problems(root),
        *_language_problems(root, expected),
        *_link_problems(root, expected),
        *_disclaimer_problems(root, expected),
        *_foreign(page, root, expected),
    )
    return tuple(_finding(code, message, path) for code, message in dict.fromkeys(problems))


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
    return Counter(_STRAY.findall(page.decode("utf-8", "surrogateescape")))


_STRAY = re.compile("[\ud800-\udfff]")


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


def _link_problems(root: etree._Element, expected: Expected) -> Iterator[Problem]:
    if expected.source_link is None:
        return
    links = tuple(_links(root, expected.source_link))
    yield from _count_problems("source link", len(links), expected.links, expected.source_link)
    for link in links:
        yield from _address_problems(link.get("href") or "", expected.source_url)
        yield from _hidden_problems("source link", link)
        yield from _title_problems(link, expected.title)


def _links(root: etree._Element, css: str) -> Iterator[etree._Element]:
    """Find the links themselves, whether the selector names them or what holds them."""
    found = dict.fromkeys(
        link
        for match in _select(root, css)
        for link in ([match] if match.tag == "a" else match.iter("a"))
    )
    return (link for link in found if (link.get("href") or "").strip())


def _select(root: etree._Element, css: str) -> list[etree._Element]:
    try:
        return root.cssselect(css)
    except SelectorError as exc:
        raise SettingsError("polypage.toml", f"{css!r} is no CSS selector: {exc}") from exc


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
    text = _visible_text(link)
    if title is not None and text != _collapsed(title):
        message = f"the source link says {text!r}, not the title {_collapsed(title)!r}"
        yield "notice-source-link-title", f"{message}; translate both alike"
    elif not _says_something(text) and next(link.iter("img", "svg"), None) is None:
        yield "notice-source-link-title", "the source link is empty; translate its text"


# --- the disclaimer ---------------------------------------------------------------------------


def _disclaimer_problems(root: etree._Element, expected: Expected) -> Iterator[Problem]:
    if expected.disclaimer is None:
        return
    found = [e for e in _outermost(_select(root, expected.disclaimer)) if _is_filled(e)]
    wanted = expected.disclaimers
    yield from _count_problems("disclaimer", len(found), len(wanted), expected.disclaimer)
    for element, wording in zip(found, wanted, strict=False):
        yield from _hidden_problems("disclaimer", element)
        yield from _wording_problems(element, wording, expected)


def _outermost(elements: list[etree._Element]) -> Iterator[etree._Element]:
    within = set(elements)
    return (e for e in elements if within.isdisjoint(e.iterancestors()))


def _is_filled(element: etree._Element) -> bool:
    return _says_something(_visible_text(element))


def _wording_problems(
    element: etree._Element, wording: Wording, expected: Expected
) -> Iterator[Problem]:
    text, wanted = _visible_text(element), _collapsed(wording.text)
    if text != wanted:
        message = f"the disclaimer says {text!r}, not {wanted!r}; build the page again"
        yield "notice-disclaimer-changed", message
    if wording.tags and expected.tag != expected.source_tag:
        yield from _marking_problems(element, wording, expected)


def _marking_problems(
    element: etree._Element, wording: Wording, expected: Expected
) -> Iterator[Problem]:
    marked = {language for text, language in _passages(element) if text.strip()}
    ours = marked & {expected.tag, expected.source_tag}
    if ours != wording.tags:
        found, wanted = (" and ".join(sorted(tags)) or "none" for tags in (marked, wording.tags))
        message = f"the disclaimer's language is marked as {found}, not as {wanted}"
        yield "notice-disclaimer-language", f"{message}; a fallback needs lang and dir"


# --- what a reader sees -----------------------------------------------------------------------

# Elements whose content browsers do not show, or only where they cannot do better.
_UNSEEN = frozenset(
    "audio canvas datalist head iframe noembed noframes noscript object script select style template"
    " textarea title video xmp".split()
)
_BREAKS = frozenset(
    "address article aside blockquote br caption center dd desc details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu mtext nav"
    " ol optgroup option p pre search section summary table tbody td text tfoot th thead tr ul".split()
)
_HIDING_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|(?:opacity|font-size)\s*:\s*0*\.?0+(?:[a-z%]*)\s*(?:!|;|$))",
    re.IGNORECASE,
)


def _hidden_problems(what: str, element: etree._Element) -> Iterator[Problem]:
    for node in (element, *element.iterancestors()):
        reason = _hides(node) or ("aria-hidden" if _is_aria_hidden(node) else None)
        if reason:
            message = f"the {what} is hidden: {reason} of <{node.tag}>; show it in the source page"
            yield "notice-hidden", message
            return


def _hides(node: etree._Element) -> str | None:
    if node.tag in _UNSEEN:
        return "the content"
    if "hidden" in node.attrib:
        return "the attribute hidden"
    if node.tag == "dialog" and "open" not in node.attrib:
        return "the closed state"
    return "the style" if _HIDING_STYLE.search(node.get("style") or "") else None


def _is_aria_hidden(node: etree._Element) -> bool:
    return (node.get("aria-hidden") or "").strip().lower() == "true"


def _visible_text(element: etree._Element) -> str:
    return _collapsed("".join(text for text, _ in _passages(element)))


def _collapsed(text: str) -> str:
    """Write white space and stray bytes as browsers show them; a no-break space is a letter."""
    return re.sub(r"[ \t\n\r\f]+", " ", _STRAY.sub("\ufffd", text)).strip(" ")


def _says_something(text: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _passages(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Walk through the text that shows, each piece with the language it is marked as."""
    languages = [_language_around(element)]
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            languages.append(node.get("lang", languages[-1]))
            if node is element or not _hides(node):
                yield _break(node) + (node.text or ""), languages[-1]
            else:
                walk.skip_subtree()
        elif event == "end":
            languages.pop()
        if event != "start" and node is not element:
            yield _break(node) + (node.tail or ""), languages[-1]


def _language_around(element: etree._Element) -> str:
    return next(
        (str(node.get("lang")) for node in element.iterancestors() if "lang" in node.attrib), ""
    )


def _break(node: etree._Element) -> str:
    return " " if node.tag in _BREAKS else ""
