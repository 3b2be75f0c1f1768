"""Structured data (JSON-LD): the strings in it that people read, and where they stand.

What goes in is the content of a `<script type="application/ld+json">`, what comes out are spans
of JSON strings, quotes included, so that a build can write others in their place and leave
every other character alone:

    {"@type": "Article", "headline": "Bread", "author": {"@type": "Person", "name": "Ann"}}
                                     ^^^^^^^ offered                                 ^^^^^ kept

Which strings are read follows from the property and the type as schema.org means them: names of
people, organizations and sites are proper names and stay, and so does every address, date and code.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from polypage.model import Span


class JsonString(NamedTuple):
    """A string in structured data."""

    span: Span
    """Where it stands in the page, quotes included."""
    value: str
    """What it says, escapes resolved."""
    property: str
    """The schema.org property it is a value of: `headline`; `keywords` for each of an array."""
    type: str = ""
    """The (first) type of the object that has the property: `Answer`; empty where none is given."""
    path: str = ""
    """Every property from the outermost object down: `mainEntity[0].acceptedAnswer.text`."""
    language: str = ""
    """What the nearest `inLanguage` or `@language` around it says, if any does."""
    html: bool = False
    """It is HTML, as what comes from a CMS: it holds tags or character references."""


@dataclass(frozen=True, slots=True)
class Structured:
    """What a build may change in one block of structured data, each in document order."""

    strings: tuple[JsonString, ...] = ()
    """Texts for people, whatever language they are in."""
    languages: tuple[JsonString, ...] = ()
    """The values of `inLanguage` and `@language`."""
    urls: tuple[JsonString, ...] = ()
    """The page's own address, as its `url` or `mainEntityOfPage`."""
    links: tuple[JsonString, ...] = ()
    """Other addresses: of pictures, of other pages."""


def read(text: str, *, offset: int = 0) -> Structured | None:
    """Find the strings for people in the content of a script element, or None if it is not JSON.

    `offset` is where the content begins in the page. An empty script has no strings.
    """
    body = _unwrapped(text)
    if body.start == body.end:
        return Structured()
    if not _is_json(text[body.start : body.end]):
        return None
    root = _scan(text, body, offset)
    return None if root is None else _Reader(text).read(root)


def lines(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of a plain text, without the white space around them.

    A blank line parts them, and a line break at the end of a sentence. Where lines are longer than
    anybody breaks them, each is a paragraph.
    """
    is_wide = max(map(len, text.splitlines()), default=0) > _WIDEST
    found: list[Span] = []
    start = end = 0
    for line in _LINE.finditer(text):
        if end and (is_wide or _is_parted(text, end, line.start())):
            found.append(Span(start, end))
            end = 0
        start, end = start if end else line.start(), line.end()
    return (*found, Span(start, end)) if end else ()


_WIDEST = 120
"""How many characters a line has at most that was broken to fit on a page."""
_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_SENTENCE_END = re.compile(r"[.!?…:;。！？：]['\"’”»)\]]*\Z")


def _is_parted(text: str, end: int, start: int) -> bool:
    """Say whether a paragraph ends where a line does, and the next one begins."""
    if len(text[end:start].rstrip(" \t").splitlines()) > 1:
        return True
    return bool(_SENTENCE_END.search(text, max(0, end - 4), end)) and not text[start].islower()


# What XHTML pages and old habits put around a script's content. Readers of JSON-LD skip it.
_OPENING = re.compile(r"(?:[ \t\n\r\f]|<!--|-->|<!\[CDATA\[|//(?:><!--)?|/\*|\*/)*+")
_CLOSINGS = ("-->", "<!]]>", "]]>", "<!--", "//", "/*", "*/")


def _unwrapped(text: str) -> Span:
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    body = text[start:].rstrip(" \t\n\r\f")
    while closing := next((mark for mark in _CLOSINGS if body.endswith(mark)), None):
        body = body.removesuffix(closing).rstrip(" \t\n\r\f")
    return Span(start, start + len(body))


def _is_json(text: str) -> bool:
    try:
        # Numbers stay text: one of 5,000 digits is good JSON, and nobody here computes with it.
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(constant: str) -> None:
    raise ValueError(constant)  # NaN and Infinity are Python's, not JSON's


# --- the values, with their spans -------------------------------------------------------------


class _Text(NamedTuple):
    span: Span
    value: str


@dataclass(slots=True)
class _Array:
    items: list["_Value"]


@dataclass(slots=True)
class _Object:
    members: list[tuple[str, "_Value"]]
    key: str | None = None
    """The key whose value comes next while the object is being read."""


_Value: TypeAlias = _Text | _Array | _Object | None
"""A JSON value; None for numbers, true, false and null, which have no words."""

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]|[^\s{}\[\]",:]++')
_DEEPEST = 100


def _scan(text: str, body: Span, offset: int) -> _Array | None:
    """Read validated JSON once more, for the spans; None if it nests too deep to be meant."""
    root = _Array([])
    stack: list[_Array | _Object] = [root]
    for token in _TOKEN.finditer(text, body.start, body.end):
        match token[0][0]:
            case "{" | "[" as bracket:
                inner = _Object([]) if bracket == "{" else _Array([])
                _add(stack[-1], inner)
                stack.append(inner)
            case "}" | "]":
                stack.pop()
            case '"':
                span = Span(token.start() + offset, token.end() + offset)
                _add(stack[-1], _Text(span, _string(token[0])))
            case _:
                _add(stack[-1], None)
        if len(stack) > _DEEPEST:
            return None
    return root


def _add(container: _Array | _Object, value: _Value) -> None:
    match container:
        case _Array():
            container.items.append(value)
        case _Object(key=None) if isinstance(value, _Text):
            container.key = value.value
        case _Object(key=key):
            container.members.append((key or "", value))
            container.key = None


def _string(literal: str) -> str:
    return str(json.loads(literal)) if "\\" in literal else literal[1:-1]


# --- what they mean ---------------------------------------------------------------------------

_TEXTS = frozenset(
    (
        # any creative work
        " headline alternativeHeadline description disambiguatingDescription abstract"
        " articleSection articleBody keywords text transcript accessibilitySummary"
        " about genre slogan backstory correction acceptedAnswer suggestedAnswer"
        " itemListElement learningResourceType teaches jobTitle"
        # reviews
        " reviewBody reviewAspect ratingExplanation positiveNotes negativeNotes"
        # instructions and recipes
        " step steps tool supply yield recipeIngredient ingredients recipeYield"
        " recipeInstructions recipeCategory recipeCuisine cookingMethod servingSize"
        # health
        " adverseOutcome aetiology alcoholWarning bodyLocation breastfeedingWarning"
        " clinicalPharmacology contraindication diagnosis dosageForm epidemiology"
        " expectedPrognosis followup foodWarning howPerformed indication"
        " mechanismOfAction naturalProgression overdosage pathophysiology"
        " possibleComplication possibleTreatment pregnancyWarning preparation"
        " primaryPrevention procedure purpose riskFactor safetyConsideration"
        " secondaryPrevention signOrSymptom typicalTest warning"
    ).split()
)
_NAMES = frozenset(("name", "alternateName", "caption"))

_PROPER_PROPERTIES = frozenset(
    (
        " accountablePerson actor address affiliation alumniOf areaServed author"
        " brand byArtist contributor copyrightHolder creator director editor"
        " founder funder identifier illustrator isPartOf location maintainer"
        " manufacturer member memberOf organizer parentOrganization performer"
        " producer provider publication publisher publishingPrinciples reviewedBy"
        " sdPublisher seller sourceOrganization sponsor subOrganization translator"
        " worksFor"
    ).split()
)
_PROPER_TYPES = re.compile(
    r"""(?: Person | Patient | Physician | Dentist | Pharmacy | Hospital | Corporation | NGO | School
          | \w*(?: Organization | Organisation | Business | Clinic | Store | Restaurant | University
               | Team | Group | Audience | Consortium | Airline | Project )
          | Brand | WebSite | WebApplication | Blog | Periodical | Newspaper | \w*Series
          | Place | City | Country | State | Continent | AdministrativeArea | PostalAddress
          | \w*Address | Language | PropertyValue | MedicalCode | ContactPoint | \w*Action | EntryPoint
        )""",
    re.VERBOSE | re.IGNORECASE,
)
_PICTURES = frozenset(("image", "logo", "photo", "thumbnail", "primaryImageOfPage"))
_LEADING = _PICTURES | frozenset(
    "contentUrl downloadUrl embedUrl thumbnailUrl item relatedLink significantLink citation".split()
)
"""Properties that may lead to a file or a page, beside `url`."""
_PAGES = re.compile(r"\w*(?:Page|Article|Posting|Review)|Recipe|HowTo|Report|Guide", re.IGNORECASE)
_VOCABULARY = re.compile(r"(?:https?://schema\.org/|schema:)")
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|h[1-6]|hr|i"
    r"|iframe|img|ins|kbd|li|mark|ol|p|pre|q|s|section|small|span|strong|style|sub|summary|sup|table"
    r"|tbody|td|th|thead|time|tr|u|ul|video|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""A tag that is hardly meant as text, as `BMI <b` and `x<y>z` are."""
_RAW = re.compile(r"<(?:title|textarea|xmp|noembed|noframes|plaintext)\b", re.IGNORECASE)
"""What makes plain text of the tags behind it: no content management system writes it into data."""
_TAG_LIKE = re.compile("<[a-zA-Z/!?]")
_REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_HALF = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S*|//\S+")


class _Scope(NamedTuple):
    """Where a value stands."""

    property: str = ""
    type: str = ""
    path: str = ""
    language: str = ""
    proper: bool = False
    """Names in this object are proper names."""
    page: bool = False
    """This object is about the page as a whole."""
    outermost: bool = True


class _Reader:
    """Collects the strings on one walk in document order."""

    def __init__(self, text: str) -> None:
        self._source = text
        self._strings: list[JsonString] = []
        self._languages: list[JsonString] = []
        self._urls: list[JsonString] = []
        self._links: list[JsonString] = []

    def read(self, root: _Array) -> Structured:
        for item in root.items:
            self._value(item, _Scope())
        found = self._strings, self._languages, self._urls, self._links
        return Structured(*map(tuple, found))

    def _value(self, value: _Value, scope: _Scope) -> None:
        match value:
            case _Text():
                self._text(value, scope)
            case _Array(items):
                for index, item in enumerate(items):
                    place = scope._replace(path=f"{scope.path}[{index}]") if scope.path else scope
                    self._value(item, place)
            case _Object(members):
                inside = _inside(value, scope)
                for key, member in members:
                    self._member(key, member, inside, scope)

    def _member(self, key: str, value: _Value, inside: _Scope, scope: _Scope) -> None:
        match key:
            case "@graph" | "@included":
                self._value(value, inside._replace(outermost=True))
            case "@list" | "@set" | "@value":
                # JSON-LD 1.1 §4.2, §4.3: these wrap the value of the property they stand in.
                self._value(value, scope._replace(language=inside.language))
            case "@context":
                self._default_language(value)
            case "@id" if scope.property == "mainEntityOfPage" and inside.page:
                self._address(value, inside._replace(property=key, path=f"{inside.path}.{key}"))
            case "@language":
                self._language(value, inside)
            case _ if not key.startswith("@"):
                self._property(_VOCABULARY.sub("", key), value, inside)

    def _default_language(self, context: _Value) -> None:
        for part in context.items if isinstance(context, _Array) else [context]:
            for key, value in part.members if isinstance(part, _Object) else []:
                if key == "@language":
                    self._language(value, _Scope(path="@context"))

    def _property(self, name: str, value: _Value, inside: _Scope) -> None:
        path = f"{inside.path}.{name}" if inside.path else name
        place = inside._replace(property=name, path=path, outermost=False)
        if name == "inLanguage":
            self._language(value, place)
        elif name in {"url", "mainEntityOfPage"} and isinstance(value, _Text):
            self._address(value, place)
        else:
            self._value(value, place)

    def _language(self, value: _Value, place: _Scope) -> None:
        for item in value.items if isinstance(value, _Array) else [value]:
            if isinstance(item, _Text):
                named = place._replace(property=place.property or "@language")
                self._languages.append(_found(item, named))

    def _address(self, value: _Value, place: _Scope) -> None:
        if not isinstance(value, _Text) or not value.value.strip():
            return
        if not place.page:
            # The site of a publisher or an author is their name, as it were.
            if not place.proper or place.type == "ImageObject":
                self._links.append(_found(value, place))
            return
        # A fragment names a part of the page or a node of the graph, never the page itself.
        if "#" not in value.value and not (place.property == "@id" and self._refers(value.value)):
            self._urls.append(_found(value, place))

    def _refers(self, node_id: str) -> bool:
        """Tell whether an `@id` stands twice: then it ties nodes together and is no mere address."""
        spellings = "|".join(re.escape(node_id.replace("/", slash)) for slash in ("/", r"\/"))
        return len(re.findall(rf'"@id"\s*:\s*"(?:{spellings})"', self._source)) > 1

    def _text(self, value: _Text, scope: _Scope) -> None:
        if scope.property in _LEADING and value.value.strip():
            self._links.append(_found(value, scope))
        elif _offered(scope) and _legible(value.value):
            self._strings.append(_found(value, scope))


def _inside(value: _Object, scope: _Scope) -> _Scope:
    """Say what holds inside an object, whatever the order of its members."""
    types = tuple(_types(value))
    page = any(map(_PAGES.fullmatch, types))
    proper = _proper(types, scope, page=page)
    return _Scope(
        property=scope.property,
        type=types[0] if types else "",
        path=scope.path,
        language=next(_own_languages(value), scope.language),
        proper=proper,
        page=_about_the_page(scope, page=page, proper=proper),
        outermost=scope.outermost and not types,
    )


def _types(value: _Object) -> Iterator[str]:
    for key, member in value.members:
        if key in {"@type", "type"}:
            for item in member.items if isinstance(member, _Array) else [member]:
                if isinstance(item, _Text):
                    yield _VOCABULARY.sub("", item.value)


def _own_languages(value: _Object) -> Iterator[str]:
    for key, member in value.members:
        if key in {"inLanguage", "@language"} and isinstance(member, _Text):
            yield member.value


def _proper(types: tuple[str, ...], scope: _Scope, *, page: bool) -> bool:
    if any(map(_PROPER_TYPES.fullmatch, types)):
        return True
    if scope.property in _PROPER_PROPERTIES:
        return not page  # `isPartOf` may be this very page
    # The caption of a portrait or a logo is a proper name too.
    return scope.proper and scope.property in _PICTURES


def _about_the_page(scope: _Scope, *, page: bool, proper: bool) -> bool:
    match scope.property:
        case "mainEntityOfPage":
            return scope.page and not proper
        case "mainEntity":
            return scope.page and page
        case _:
            return scope.outermost and page


def _offered(scope: _Scope) -> bool:
    return scope.property in _TEXTS or (scope.property in _NAMES and not scope.proper)


def _legible(value: str) -> bool:
    if not value.strip() or _ADDRESS.fullmatch(value.strip()):
        return False
    # Half of a surrogate pair, written as an escape, has no UTF-8: it stays as it is.
    return _HALF.search(value) is None


def _found(text: _Text, scope: _Scope) -> JsonString:
    return JsonString(
        span=text.span,
        value=text.value,
        property=scope.property,
        type=scope.type,
        path=scope.path,
        language=scope.language,
        html=_is_html(text.value),
    )


def _is_html(text: str) -> bool:
    if _TAG.search(text) or _has_comment(text):
        return not _RAW.search(text)
    return _REFERENCE.search(text) is not None and not _TAG_LIKE.search(text)


def _has_comment(text: str) -> bool:
    begun = text.find("<!--")
    return begun >= 0 and text.find("-->", begun + len("<!--")) >= 0
