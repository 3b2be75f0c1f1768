"""The proof that a built page carries its notice, and nothing that its source page does not have.

It reads the bytes that are to be published with lxml alone. It shares no code with what builds
pages, so that one mistake cannot be made on both sides:

    expected = Expected(tag="vi", direction="ltr", source_tag="en", source_link=".source-link a",
                        source_url="https://health.example/needles", disclaimer=".disclaimer",
                        disclaimers=(Wording("Chỉ để tham khảo.", frozenset(("vi",))),))
    audit_page(page, expected, path="site/vi/needles.html")     -> () when it is proven

What it cannot know is what style sheets and scripts do to the page in a browser.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TypeAlias

from cssselect import SelectorError
from lxml import etree
from lxml import html as lxml_html

from polypage.errors import SettingsError
from polypage.model import Direction, Finding, Severity


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
        root = _parse(page)
    except (etree.LxmlError, ValueError) as exc:
        return (_finding("audit-unreadable", f"the page cannot be read back: {exc}", path),)
    problems = (
        *_encoding_problems(root),
        *_language_problems(root, expected),
        *_link_problems(root, expected),
        *_disclaimer_problems(root, expected),
        *_foreign_matter(page, root, expected),
    )
    return tuple(_finding(code, message, path) for code, message in dict.fromkeys(problems))


_Problem: TypeAlias = tuple[str, str]


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


def _parse(page: bytes) -> etree._Element:
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    root = lxml_html.document_fromstring(page, parser)
    for entry in parser.error_log:
        # What libxml2 gives up on is cut off there, and nothing behind it can be proven.
        if entry.level == etree.ErrorLevels.FATAL:
            raise ValueError(f"line {entry.line}: {entry.message}")
        if "misplaced <html>" in entry.message:
            _adopt_attributes(root, page)
    return root


_HTML_TAG = re.compile(
    rb"""<!--.*?(?:-->|\Z) | <(script|style|title|textarea)\b.*?(?:</\1|\Z)
       | (?P<html><html(?=[\s/>])(?:"[^"]*"|'[^']*'|[^>"'])*>)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def _adopt_attributes(root: etree._Element, page: bytes) -> None:
    """Give the root the attributes of an html tag that stands behind others (HTML §13.2.6.4.7)."""
    for match in _HTML_TAG.finditer(page):
        if match["html"]:
            for name, value in _parse(match["html"]).attrib.items():
                root.set(name, root.get(name, value))


# --- the page ---------------------------------------------------------------------------------


def _encoding_problems(root: etree._Element) -> Iterator[_Problem]:
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


def _language_problems(root: etree._Element, expected: Expected) -> Iterator[_Problem]:
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


def _link_problems(root: etree._Element, expected: Expected) -> Iterator[_Problem]:
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


def _count_problems(what: str, found: int, wanted: int, css: str) -> Iterator[_Problem]:
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


def _address_problems(found: str, wanted: str) -> Iterator[_Problem]:
    if _address(found) != _address(wanted):
        message = (
            f"the source link leads to {found!r}, not to {wanted!r}; no override may change it"
        )
        yield "notice-source-link-changed", message


def _address(written: str) -> str:
    """Take away what browsers do: white space around, line breaks within; and the case of %2f."""
    bare = re.sub(r"[\t\n\r]", "", written).strip(" \f")
    return re.sub(r"%[0-9a-fA-F]{2}", lambda code: code[0].upper(), bare)


def _title_problems(link: etree._Element, title: str | None) -> Iterator[_Problem]:
    text = _visible_text(link)
    if title is not None and text != _collapsed(title):
        message = f"the source link says {text!r}, not the title {_collapsed(title)!r}"
        yield "notice-source-link-title", f"{message}; translate both alike"
    elif not _says_something(text) and next(link.iter("img", "svg"), None) is None:
        yield "notice-source-link-title", "the source link is empty; translate its text"


# --- the disclaimer ---------------------------------------------------------------------------


def _disclaimer_problems(root: etree._Element, expected: Expected) -> Iterator[_Problem]:
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
) -> Iterator[_Problem]:
    text, wanted = _visible_text(element), _collapsed(wording.text)
    if text != wanted:
        message = f"the disclaimer says {text!r}, not {wanted!r}; build the page again"
        yield "notice-disclaimer-changed", message
    if wording.tags and expected.tag != expected.source_tag:
        yield from _marking_problems(element, wording, expected)


def _marking_problems(
    element: etree._Element, wording: Wording, expected: Expected
) -> Iterator[_Problem]:
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


def _hidden_problems(what: str, element: etree._Element) -> Iterator[_Problem]:
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


# --- what its source page does not have -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a page is made of, as far as it could do harm."""

    elements: Counter[str]
    attributes: frozenset[tuple[str, str]]
    """Every attribute's element and name."""
    active: frozenset[tuple[str, str, str]]
    """Element, attribute and value of what browsers run or obey."""
    schemes: frozenset[tuple[str, str, str]]
    """Element, attribute and scheme of every address that has one."""
    scripts: Counter[tuple[str, str]]
    """The content of every script and style."""
    broken_data: int
    """How many blocks of structured data are no JSON."""


_HARMLESS_SCHEMES = frozenset(("http", "https"))
_ADDED_ATTRIBUTES = frozenset(("lang", "dir"))


def _foreign_matter(page: bytes, root: etree._Element, expected: Expected) -> Iterator[_Problem]:
    if expected.source is None:
        return
    try:
        source = _matter_of(expected.source)
        inserted = _matter(lxml_html.fragment_fromstring(expected.inserted, create_parent="html"))
    except (etree.LxmlError, ValueError) as exc:
        yield "audit-unreadable", f"the source page cannot be read for comparison: {exc}"
        return
    built = _matter(root) if page != expected.source else source
    remedy = "find out what put it there"
    for tag in sorted((built.elements - source.elements - inserted.elements).keys()):
        yield "audit-element", f"the page has more <{tag}> elements than its source; {remedy}"
    for tag, name in sorted(built.attributes - source.attributes - inserted.attributes):
        yield "audit-attribute", f"the page has {name} on <{tag}>, its source has not; {remedy}"
    for tag, name, value in sorted(built.active - source.active):
        yield "audit-attribute", f"the page has {name}={value!r} on <{tag}>; {remedy}"
    for tag, name, scheme in sorted(built.schemes - source.schemes):
        yield "audit-scheme", f"the page has a {scheme}: address in {name} of <{tag}>; {remedy}"
    for tag, text in sorted((built.scripts - source.scripts).keys()):
        yield "audit-script", f"the page has a <{tag}> its source has not: {text[:60]!r}; {remedy}"
    if built.broken_data > source.broken_data:
        yield "audit-json", "structured data that was JSON in the source page no longer is"


@lru_cache(maxsize=4)
def _matter_of(page: bytes) -> _Matter:
    return _matter(_parse(page))


def _matter(root: etree._Element) -> _Matter:
    roots = (root, *_framed(root))
    nodes = tuple(node for each in roots for node in each.iter(etree.Element) if not _is_ours(node))
    scripts = tuple(node for each in roots for node in each.iter("script", "style"))
    return _Matter(
        elements=Counter(str(node.tag) for node in nodes),
        attributes=frozenset(
            (tag, name) for tag, name, _ in _attributes(nodes) if name not in _ADDED_ATTRIBUTES
        ),
        active=frozenset(chain.from_iterable(map(_active, nodes))),
        schemes=frozenset(_schemes(nodes)),
        scripts=Counter((str(node.tag), _code(node)) for node in scripts if not _holds_data(node)),
        broken_data=sum(not _is_json(node.text or "") for node in scripts if _holds_data(node)),
    )


def _framed(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the pages within a page, and those within them."""
    for frame in root.iter("iframe"):
        try:
            inner = _parse((frame.get("srcdoc") or "").encode("utf-8", "surrogateescape"))
        except etree.ParserError:
            continue  # there is not one element in it
        yield inner
        yield from _framed(inner)


def _is_ours(node: etree._Element) -> bool:
    """Leave out what every build may add: the marks of fallback passages, charset, links of versions.

    Elements that a parser makes up itself, where their tags were left out, are left out too.
    """
    match node.tag:
        case "span" | "p" | "html" | "head" | "body":
            return set(node.attrib) <= _ADDED_ATTRIBUTES
        case "meta":
            return set(node.attrib) == {"charset"}
        case "link":
            canonical = node.get("rel") == "canonical" and set(node.attrib) == {"rel", "href"}
            alternate = node.get("rel") == "alternate" and set(node.attrib) == {
                "rel",
                "href",
                "hreflang",
            }
            return (canonical or alternate) and _scheme(node.get("href") or "") in {
                "",
                "http",
                "https",
            }
        case _:
            return False


def _attributes(nodes: tuple[etree._Element, ...]) -> Iterator[tuple[str, str, str]]:
    for node in nodes:
        for name, value in node.attrib.items():
            yield str(node.tag), str(name), str(value)


def _active(node: etree._Element) -> Iterator[tuple[str, str, str]]:
    for tag, name, value in _attributes((node,)):
        if name.startswith("on") or (tag, name) == ("base", "href"):
            yield tag, name, value
        elif name == "style":
            yield tag, name, _STYLE_ADDRESS.sub("", value)
    if node.tag == "meta" and (pragma := (node.get("http-equiv") or "").lower()) in _PRAGMAS:
        yield "meta", pragma, str(node.get("content"))


_STYLE_ADDRESS = re.compile(
    r"""(?<=url\()\s*(?:"[^"]*"|'[^']*'|[^\s"'()]*) | (?<=@import\s)\s*(?:"[^"]*"|'[^']*')""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a style leads to, with its quotes: a picture may stand elsewhere for a built page."""


def _code(node: etree._Element) -> str:
    """Return a script, or a style without what it leads to."""
    code = node.text or ""
    return _STYLE_ADDRESS.sub("", code) if node.tag == "style" else code


_PRAGMAS = frozenset(("refresh", "content-security-policy", "default-style", "set-cookie"))


_ADDRESSES = frozenset(
    "action background cite classid codebase data formaction href longdesc manifest ping poster"
    " profile src srcset data-src data-srcset imagesrcset xlink:href".split()
)


def _schemes(nodes: tuple[etree._Element, ...]) -> Iterator[tuple[str, str, str]]:
    for tag, name, value in _attributes(nodes):
        if name in _ADDRESSES:
            addresses = re.split(r"[\s,]+", value) if name.endswith("srcset") else [value]
            for scheme in map(_scheme, addresses):
                if scheme and scheme not in _HARMLESS_SCHEMES:
                    yield tag, name, scheme
    for tag, style in _styles(nodes):
        for address in _STYLE_ADDRESS.findall(style):
            scheme = _scheme(address.strip(" \t\n\r\f\"'"))
            if scheme and scheme not in _HARMLESS_SCHEMES:
                yield tag, "style", scheme


def _styles(nodes: tuple[etree._Element, ...]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if style := node.get("style"):
            yield str(node.tag), style
        if node.tag == "style":
            yield "style", node.text or ""


def _scheme(address: str) -> str:
    """Read an address's scheme as browsers do: blind for line breaks and leading controls."""
    bare = re.sub(r"[\t\n\r]", "", address).lstrip("".join(map(chr, range(33))))
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", bare)
    return scheme[1].lower() if scheme else ""


def _holds_data(node: etree._Element) -> bool:
    return (
        node.tag == "script" and (node.get("type") or "").strip().lower() == "application/ld+json"
    )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
