"""Where people read on a page: every text with its place, found in lxml's tree alone.

    [(spot.place, spot.value, spot.rule) for spot in spots(root)]
        -> [("<title>", "Dose", ""), ("<img alt>", "A spoon", ""), ("<style>", "p {}", "code"), …]

This is for proving that nothing was missed, so it knows nothing of what extracts. It also lists
what looks like a text and is none, with the rule that says so: scripts, metadata for machines,
names and codes in structured data.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple, cast

from lxml import etree
from lxml import html as lxml_html


class Sort(StrEnum):
    """What kind of place a text stands in."""

    CONTENT = "content"
    """Between two tags."""
    ATTRIBUTE = "attribute"
    DATA = "data"
    """A string in structured data."""


class Spot(NamedTuple):
    """A text at its place."""

    place: str
    """As people call it: `<p>`, `<img alt>`, `JSON-LD headline`."""
    value: str
    element: etree._Element
    """What it stands in, or belongs to."""
    line: int
    """Where the tag before it ends."""
    sort: Sort
    rule: str = ""
    """Why nobody reads it; empty where people do."""
    language: str = ""
    """What structured data says of its language."""
    around: tuple[etree._Element, ...] = ()
    """Of a page within the page, the elements that it and those around it stand in."""


def parse(page: bytes) -> etree._Element:
    """Read a page in UTF-8.

    Raises:
        ValueError: It cannot be read to its end.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = lxml_html.document_fromstring(_EMPTY_SCRIPT.sub(rb"\1 >", page), parser)
    except etree.LxmlError as exc:
        raise ValueError(str(exc)) from exc
    for entry in parser.error_log:
        if entry.level == etree.ErrorLevels.FATAL:
            raise ValueError(f"line {entry.line}: {entry.message}")
    return root


# HTML §13.1.2.1: the slash means nothing here. libxml2 takes it for an end tag.
_EMPTY_SCRIPT = re.compile(rb"(<script\b[^<>]*)/>", re.IGNORECASE)


def spots(root: etree._Element) -> Iterator[Spot]:
    """Yield every text of a page that is more than white space, in document order."""
    is_off = any(map(_switched_off, [*root.itersiblings(etree.Comment, preceding=True)][:1]))
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        found: Iterator[Spot] = iter(())
        if event == "start":
            found = _of_element(node)
        elif (around := node.getparent()) is not None:
            is_off = _switched_off(node, otherwise=is_off) if event == "comment" else is_off
            found = iter((_content(around, node.tail or "", after=node),))
        for spot in filter(_says_something, found):
            yield spot._replace(rule="switched off") if is_off and not spot.rule else spot


def _switched_off(comment: etree._Element, *, otherwise: bool = False) -> bool:
    """Say whether what follows a comment is not translated, by translate toolkit's word for it."""
    switch = re.fullmatch(r"translate:(on|off)", (comment.text or "").strip())
    return switch[1] == "off" if switch else otherwise


def _says_something(spot: Spot) -> bool:
    return bool(spot.value.strip())


def _of_element(element: etree._Element) -> Iterator[Spot]:
    for attribute, value in element.attrib.items():
        yield from _of_attribute(element, str(attribute), str(value))
    if _holds_data(element):
        yield from _of_data(element)
    else:
        yield _content(element, element.text or "", after=element)


_UNREAD = {
    **dict.fromkeys(("script", "style"), "code"),
    **dict.fromkeys(("iframe", "noembed", "noframes", "plaintext", "xmp"), "raw text"),
}
"""Elements whose content is no markup: for machines, or for browsers of long ago."""


def _content(element: etree._Element, value: str, *, after: etree._Element) -> Spot:
    name = str(element.tag)
    return Spot(f"<{name}>", value, element, _line(after), Sort.CONTENT, _UNREAD.get(name, ""))


def _line(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 1


# --- attributes -------------------------------------------------------------------------------

_ON_ALL = frozenset(
    "title aria-label aria-description aria-roledescription aria-valuetext aria-placeholder".split()
)
_ON_SOME = {
    "img": ("alt",),
    "area": ("alt",),
    "input": ("alt", "placeholder"),
    "textarea": ("placeholder",),
    "track": ("label",),
    "option": ("label",),
    "optgroup": ("label",),
    "table": ("summary",),
    "th": ("abbr",),
}
_BUTTONS = ("button", "reset", "submit")
_VALUED = ("button", "data", "input", "option", "param")


def _of_attribute(element: etree._Element, attribute: str, value: str) -> Iterator[Spot]:
    name = str(element.tag)
    spot = Spot(f"<{name} {attribute}>", value, element, _line(element), Sort.ATTRIBUTE)
    if attribute == "title" and name in ("link", "style"):
        yield spot._replace(rule="metadata for machines")
    elif attribute in _ON_ALL or attribute in _ON_SOME.get(name, ()):
        yield spot
    elif attribute == "value" and name in _VALUED:
        is_button = name == "input" and _said(element, "type").lower() in _BUTTONS
        yield spot if is_button else spot._replace(rule="form value")
    elif attribute == "content" and name == "meta":
        yield _metadata(element, value)
    elif attribute == "srcdoc" and name == "iframe":
        yield from _of_page(value, spot._replace(place="srcdoc"))


def _of_page(page: str, spot: Spot) -> Iterator[Spot]:
    """Yield the texts of a page that is the value of a spot."""
    try:
        root = parse(page.encode("utf-8", "surrogateescape"))
    except ValueError:
        return  # without any element there is no text either
    for inner in spots(root):
        yield inner._replace(
            place=f"{spot.place} {inner.place}",
            line=spot.line,
            rule=spot.rule or inner.rule,
            language=spot.language or inner.language,
            around=(spot.element, *inner.around),
        )


def _said(element: etree._Element, attribute: str) -> str:
    return (element.get(attribute) or "").strip()


_METADATA = re.compile(
    r"(?:dc\.|dcterms\.|og:|twitter:)?(?:title|description)|abstract|keywords|application-name"
    r"|apple-mobile-web-app-title|og:site_name|article:(?:section|tag)|(?:og|twitter):image:alt|twitter:(?:label|data)[12]"
    r"|(?:name|(?:alternative)?headline)",  # itemprop
    re.IGNORECASE,
)
"""The names of metadata that people read: in search results, shared links, windows."""


def _metadata(element: etree._Element, value: str) -> Spot:
    named = [_said(element, key) for key in ("name", "property", "itemprop", "http-equiv")]
    read = [name for name in named if _METADATA.fullmatch(name)]
    place = f"<meta {next(filter(None, (*read, *named)), 'content')}>"
    rule = "" if read else "metadata for machines"
    return Spot(place, value, element, _line(element), Sort.ATTRIBUTE, rule)


# --- structured data --------------------------------------------------------------------------

_FOR_PEOPLE = frozenset(
    (
        "abstract alternativeHeadline articleBody articleSection description"
        " disambiguatingDescription headline jobTitle keywords reviewBody slogan text transcript"
        # questions, instructions, recipes
        " acceptedAnswer suggestedAnswer step steps tool supply recipeIngredient recipeInstructions"
        " recipeCategory recipeCuisine recipeYield"
    ).split()
)
"""The properties of schema.org whose values are texts."""
_NAMES = ("name", "alternateName", "caption")
_PROPER = re.compile(
    r"""Person|Physician|Dentist|Hospital|Pharmacy|Patient|Corporation|NGO|\w*Organi[sz]ation
      | \w*Business|\w*Clinic|\w*Store|\w*University|School|\w*Team|\w*Series|\w*Group|\w*Project
      | Brand|WebSite|Blog|Newspaper|Periodical|WebApplication|\w*Audience
      | \w*Place|City|Country|State|AdministrativeArea|\w*Address|Language|ContactPoint
      | PropertyValue|MedicalCode|\w*Action|EntryPoint""",
    re.VERBOSE | re.IGNORECASE,
)
"""The types of what has a proper name."""
_BEARERS = frozenset(
    "accountablePerson actor address affiliation alumniOf author brand contributor copyrightHolder"
    " creator director editor founder funder illustrator isPartOf location maintainer manufacturer"
    " memberOf organizer performer producer provider publication publisher reviewedBy seller"
    " sourceOrganization sponsor translator worksFor".split()
)
"""The properties whose values have proper names, whatever they say they are."""
_PORTRAITS = ("image", "logo", "photo", "thumbnail")
_PAGES = re.compile(r"\w*(?:Page|Article|Posting|Review)|Recipe|HowTo|Report|Guide")


def _holds_data(element: etree._Element) -> bool:
    return element.tag == "script" and _said(element, "type").lower() == "application/ld+json"


class _Members(list[tuple[str, Any]]):
    """A JSON object."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What is known of where a value stands."""

    key: str = ""
    proper: bool = False
    """A name here is a proper name."""
    language: str = ""


def _of_data(script: etree._Element) -> Iterator[Spot]:
    text = script.text or ""
    try:
        strings = list(_strings(_json(text), _Around()))
    except (ValueError, RecursionError):
        yield Spot("JSON-LD", text, script, _line(script), Sort.DATA, "broken data")
        return
    for value, around in strings:
        place, rule = f"JSON-LD {around.key}", _unread(around)
        spot = Spot(place, value, script, _line(script), Sort.DATA, rule, around.language)
        if rule or not _TAG.search(value) or _PLAIN.search(value):
            yield spot._replace(value=html.unescape(value))
        else:
            yield from _of_page(value, spot)


_TAG = re.compile(
    r"</?(?:h[1-6]|[abipqsu]|br|hr|tr|[dou]l|d[dt]|t[dh]|li|em|del|ins|div|img|kbd|pre|su[bp]|wbr"
    r"|abbr|cite|code|mark|span|time|small|strong|style|table|t(?:body|head)|video|figure|iframe"
    r"|details|section|summary|blockquote|figcaption)(?:\s[^<>]*)?/?>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
"""What makes a string a page: a tag that content management systems write, or a comment."""
_PLAIN = re.compile(r"<(?:title|textarea|xmp|noembed|noframes|plaintext)\b", re.IGNORECASE)
"""What a page in data does not have: the tags behind it would be text."""


# Old habits put comments and CDATA sections around it.
_JSON = re.compile(r'(?:\{|(?<!CDATA)\[(?=\s*["\[{\]])).*[}\]](?!\]?>)', re.DOTALL)


def _json(text: str) -> Any:  # noqa: ANN401 - JSON is anything
    body = _JSON.search(text)
    return json.loads(body[0] if body else text or "[]", object_pairs_hook=_Members)


def _strings(value: Any, around: _Around) -> Iterator[tuple[str, _Around]]:  # noqa: ANN401
    match value:
        case str():
            yield value, around
        case _Members():
            inside = _inside(value, around)
            for key, member in value:
                yield from _strings(member, replace(inside, key=_property(key, around)))
        case list():
            for item in value:
                yield from _strings(item, around)


def _inside(members: _Members, around: _Around) -> _Around:
    """Say what holds for the members of an object."""
    types = [
        re.split(r"[/:#]", str(kind))[-1]
        for key, kinds in members
        if key in ("@type", "type")
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    ]
    is_page = any(map(_PAGES.fullmatch, types))
    proper = any(map(_PROPER.fullmatch, types)) or (around.key in _BEARERS and not is_page)
    is_portrait = around.proper and around.key in _PORTRAITS
    languages = (
        member
        for key, member in members
        if key in ("inLanguage", "@language") and isinstance(member, str)
    )
    return replace(around, proper=proper or is_portrait, language=next(languages, around.language))


def _property(key: str, around: _Around) -> str:
    """Name the property of schema.org that a member is a value of."""
    if key in ("@value", "@list", "@set"):
        return around.key
    return re.sub(r"^(?:https?://schema\.org/|schema:)", "", key)


def _unread(around: _Around) -> str:
    if around.key in _NAMES:
        return "proper name" if around.proper else ""
    return "" if around.key in _FOR_PEOPLE else "data for machines"
