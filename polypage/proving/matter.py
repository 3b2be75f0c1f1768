"""What a page is made of, and what a built page has that its source page has not.

    tuple(foreign_matter(page, parse(page), source, ""))
        -> (("audit-script", "the page has a <script> its source has not: 'alert(1)'; …"),)

Elements, attributes, scripts and addresses that browsers run or follow may come from the source
page alone, whatever translators write; pages in its frames are read as well. The words and where
links lead are not compared.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TypeAlias

from lxml import etree
from lxml import html as lxml_html

Problem: TypeAlias = tuple[str, str]
"""The code of a finding, and what it says."""


def foreign_matter(
    page: bytes, root: etree._Element, source_page: bytes, inserted_html: str
) -> Iterator[Problem]:
    """Yield what a built page has that neither its source page nor the inserted HTML has."""
    try:
        source = _matter_of(source_page)
        inserted = _matter_inserted(inserted_html)
    except (etree.LxmlError, ValueError) as exc:
        yield "audit-unreadable", f"the source page cannot be read for comparison: {exc}"
        return
    built = _matter(root) if page != source_page else source
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


def parse(page: bytes, *, encoding: str = "utf-8") -> etree._Element:
    """Read a page.

    Raises:
        ValueError: It cannot be read to its end.
        etree.LxmlError: It has not one element.
        LookupError: The encoding is not known.
    """
    # lxml.html's own parser looks up a class for each element in Python.
    parser = etree.HTMLParser(encoding=encoding, huge_tree=True)
    root = etree.fromstring(page, parser)
    if root is None:
        raise etree.ParserError("there is nothing in it")
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
            for name, value in parse(match["html"]).attrib.items():
                root.set(name, root.get(name, value))


# --- what a page is made of -------------------------------------------------------------------


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
_ADDED_TO_LINKS = frozenset((("a", "hreflang"), ("area", "hreflang")))


@lru_cache(maxsize=4)
def _matter_of(page: bytes) -> _Matter:
    return _matter(parse(page))


@lru_cache(maxsize=16)  # most pages of a site get the same, or nothing
def _matter_inserted(html: str) -> _Matter:
    return _matter(lxml_html.fragment_fromstring(html, create_parent="html"))


def _matter(root: etree._Element) -> _Matter:
    roots = (root, *_framed(root))
    nodes = tuple(node for each in roots for node in each.iter(etree.Element) if not _is_ours(node))
    attributes = tuple(_attributes(nodes))
    scripts = tuple(node for each in roots for node in each.iter("script", "style"))
    return _Matter(
        elements=Counter(str(node.tag) for node in nodes),
        attributes=frozenset(
            (tag, name)
            for tag, name, _ in attributes
            if name not in _ADDED_ATTRIBUTES and (tag, name) not in _ADDED_TO_LINKS
        ),
        active=frozenset((*_active(attributes), *_pragmas(nodes))),
        schemes=frozenset((*_schemes(attributes), *_schemes_in_styles(attributes, scripts))),
        scripts=Counter((str(node.tag), _code(node)) for node in scripts if not _holds_data(node)),
        broken_data=sum(not _is_json(node.text or "") for node in scripts if _holds_data(node)),
    )


def _framed(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the pages within a page, and those within them."""
    for frame in root.iter("iframe"):
        try:
            inner = parse((frame.get("srcdoc") or "").encode("utf-8", "surrogateescape"))
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
            return set(node.attrib) == {"charset"} or _is_alternate(node)
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


def _is_alternate(meta: etree._Element) -> bool:
    """Say whether it names another language of the page, for social media."""
    named = meta.get("property") == "og:locale:alternate" and len(meta.attrib) == len(_NAMED)
    return named and _OG_LOCALE.fullmatch(meta.get("content") or "") is not None


_NAMED = frozenset(("property", "content"))
_OG_LOCALE = re.compile(r"[a-z]{2,3}(_[A-Z0-9]{2,3})?")


_Attribute: TypeAlias = tuple[str, str, str]
"""Element, name and value."""


def _attributes(nodes: Iterable[etree._Element]) -> Iterator[_Attribute]:
    for node in nodes:
        for name, value in node.items():
            yield str(node.tag), str(name), str(value)


def _active(attributes: Iterable[_Attribute]) -> Iterator[_Attribute]:
    for tag, name, value in attributes:
        if name.startswith("on") or (tag, name) == ("base", "href"):
            yield tag, name, value
        elif name == "style":
            yield tag, name, _STYLE_ADDRESS.sub("", value)


def _pragmas(nodes: Iterable[etree._Element]) -> Iterator[_Attribute]:
    for node in nodes:
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


def _schemes(attributes: Iterable[_Attribute]) -> Iterator[_Attribute]:
    for tag, name, value in attributes:
        if name in _ADDRESSES:
            addresses = re.split(r"[\s,]+", value) if name.endswith("srcset") else [value]
            for scheme in map(_scheme, addresses):
                if scheme and scheme not in _HARMLESS_SCHEMES:
                    yield tag, name, scheme


def _schemes_in_styles(
    attributes: Iterable[_Attribute], scripts: Iterable[etree._Element]
) -> Iterator[_Attribute]:
    in_attributes = ((tag, value) for tag, name, value in attributes if name == "style")
    sheets = (("style", node.text or "") for node in scripts if node.tag == "style")
    for tag, style in chain(in_attributes, sheets):
        for address in _STYLE_ADDRESS.findall(style):
            scheme = _scheme(address.strip(" \t\n\r\f\"'"))
            if scheme and scheme not in _HARMLESS_SCHEMES:
                yield tag, "style", scheme


_CONTROLS = "".join(map(chr, range(33)))


def _scheme(address: str) -> str:
    """Read an address's scheme as browsers do: blind for line breaks and leading controls."""
    bare = re.sub(r"[\t\n\r]", "", address).lstrip(_CONTROLS)
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
