"""The values that travel through polypage; plain, frozen, importing next to nothing.

A source page becomes an `Article`: its `Segment`s, which translators see as entries, and its
`Skeleton`, the page's own text with the slots that a build fills. Positions are always
half-open spans of characters into `Skeleton.text`. What a page has thousands of is a named tuple,
which is made in a fifth of the time that a frozen dataclass takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeAlias

from polypage.limits import Limits, LocaleFilter, admits

Direction: TypeAlias = Literal["ltr", "rtl"]
Domain: TypeAlias = Literal["article", "site"]
Segmentation: TypeAlias = Literal["block", "sentence"]


class Span(NamedTuple):
    """A half-open range of characters of the source text."""

    start: int
    end: int


# --- inline content ---------------------------------------------------------------------------


class Standalone(NamedTuple):
    """An inline code without content of its own for the translator: an image, a line break, a comment."""

    name: str
    """The tag's name in the notation, number included: `br`, `img1`."""
    span: Span
    """Everything it stands for, end tag and protected content included."""
    legend: str = ""
    """What a translator may want to know: `image collagen.jpg`."""
    fixed: bool = False
    """A tag without its partner in this segment: it keeps its place among the other fixed codes."""


class Paired(NamedTuple):
    """An inline code around content: a link, emphasis."""

    name: str
    open: Span
    """The start tag."""
    close: Span
    """The end tag; empty where the page leaves it out."""
    children: Content
    legend: str = ""


Inline: TypeAlias = "str | Paired | Standalone"
Content: TypeAlias = "tuple[Inline, ...]"
"""What a segment holds: plain text (character references resolved, no markup) and inline codes."""


# --- articles ---------------------------------------------------------------------------------


class Syntax(StrEnum):
    """How text is written at the place where a segment stands."""

    MARKUP = "markup"
    """Element content: text is escaped, inline codes are copied from the skeleton."""
    RCDATA = "rcdata"
    """Content of title and textarea: text only, character references resolved by browsers."""
    ATTRIBUTE = "attribute"
    """An attribute's value; the span takes in its quotes, if it has any."""
    PLAIN = "plain"
    """Nothing but text, within an inset that is no page: a JSON string, or a line of one."""


class Holder(NamedTuple):
    """An element that can say of all that stands in it which language that is in."""

    span: Span
    carrier: int
    """Where `lang` can be added to its start tag."""


class Segment(NamedTuple):
    """One place of a page with text to translate.

    Segments with the same `key` and domain are one entry: the same words in the page title, the
    heading and the Open Graph title are translated once.
    """

    msgid: str
    """The content in the notation of `polypage.reading.inline`."""
    content: Content
    span: Span
    """What a translation replaces."""
    line: int
    """Where the span begins; the first line is 1."""
    role: str
    """What the text is on the page: `heading level 2`, `list item`, `image text`, `page title`."""
    syntax: Syntax = Syntax.MARKUP
    context: str | None = None
    """gettext's msgctxt: what the author or a rule calls the text, never its position."""
    domain: Domain = "article"
    """Whose catalog holds it: the article's own, or the one shared by the whole site."""
    headings: tuple[str, ...] = ()
    """The headings it stands under, outermost first, as plain text."""
    notes: tuple[str, ...] = ()
    """What the author wrote for translators."""
    preserve_space: bool = False
    """White space counts, as in `pre`."""
    carrier: int | None = None
    """Where `lang` can be added to the start tag of the element that holds this text alone."""
    markable: bool = True
    """A `span` may be put around it; not so in SVG, MathML and the like."""
    holder: Holder | None = None
    """For a text that neither has a carrier nor is markable, the element it stands in with others."""
    locales: LocaleFilter | None = None
    """Which locales it is for; None: for all."""
    limits: tuple[Limits, ...] = ()
    """Which characters its translation may have, and how much room there is for it."""

    @property
    def key(self) -> EntryKey:
        return EntryKey(self.context, self.msgid)


class SlotKind(StrEnum):
    """What a build writes into a slot of the skeleton."""

    ROOT = "root"
    """A missing `<html>` start tag (empty span)."""
    ROOT_LANG = "root-lang"
    """The attribute ` lang="…"` of `<html>`: the whole attribute with the space before it, or an empty span."""
    ROOT_DIR = "root-dir"
    """The attribute ` dir="…"` of `<html>`, likewise."""
    BODY_DIR = "body-dir"
    """The attribute ` dir="…"` of `<body>`, only where the page has one."""
    LANG = "lang"
    """The value, without quotes, of a `lang` further down that names the source language."""
    CHARSET = "charset"
    """The name of the encoding inside a charset declaration."""
    CHARSET_MISSING = "charset-missing"
    """Where `<meta charset>` belongs in a page that has none (empty span)."""
    LINK = "link"
    """A URL, without quotes, in an attribute: href, src, srcset, `content` of `og:image`."""
    STYLE_LINK = "style-link"
    """A URL, without quotes, in a style sheet, or in an inset: `style`, a bare `srcset`."""
    CANONICAL = "canonical"
    """The URL, without quotes, of `<link rel=canonical>`."""
    ALTERNATE = "alternate"
    """A whole `<link rel=alternate hreflang=…>` tag."""
    OG_LOCALE = "og-locale"
    """The value, without quotes, of `og:locale`."""
    OG_ALTERNATES = "og-alternates"
    """Behind the `og:locale` tag (empty span), with its value: the other languages go here."""
    OG_ALTERNATE = "og-alternate"
    """A whole `<meta property="og:locale:alternate" …>` tag."""
    OG_URL = "og-url"
    """The value, without quotes, of `og:url`."""
    JSON_LANGUAGE = "json-language"
    """The JSON string, quotes included, of `inLanguage` in structured data."""
    JSON_LINK = "json-link"
    """The JSON string, quotes included, of another address in structured data: `contentUrl`."""
    JSON_URL = "json-url"
    """The JSON string, quotes included, of `url` or `mainEntityOfPage` in structured data."""
    HEAD_END = "head-end"
    """Where the head ends (empty span): canonical and alternate links go here."""
    BODY_END = "body-end"
    """Where the article's own content ends (empty span): a missing notice goes here."""
    NUMBER = "number"
    """A number or percentage that stands alone, where the settings have it written anew."""
    DATE = "date"
    """The text of a `time` that stands alone, likewise; its value is `2026-03-04 long`."""
    GAP = "gap"
    """What stands between two sentences that are segments of their own: white space or nothing."""
    DROP = "drop"
    """A part of the page that built pages leave out: all of them, or those it is not for."""


class Slot(NamedTuple):
    """A place of the page, other than a segment, that differs from locale to locale."""

    kind: SlotKind
    span: Span
    value: str = ""
    """What the source page has there, character references resolved."""
    locales: LocaleFilter | None = None
    """Of DROP: which locales the part is for; None: for none."""
    hreflang: Span | None = None
    """Of LINK, in `a` and `area`: the whole attribute, or an empty span where it can be added."""

    def leaves_out(self, tag: str) -> bool:
        """Say whether the page in a language is without what stands here."""
        if self.kind is not SlotKind.DROP:
            return False
        return self.locales is None or not admits(self.locales, tag)


class Quoting(StrEnum):
    """How a page, or a text, is written that stands in another."""

    DOUBLE = '"'
    """As an attribute's value between double quotes."""
    SINGLE = "'"
    BARE = ""
    """As an attribute's value without quotes."""
    JSON = "json"
    """As a JSON string in a script element."""


class Inset(NamedTuple):
    """A page, or a text, that stands in another: `srcdoc`, a string of structured data, `style`."""

    span: Span
    """Without its quotes."""
    quoting: Quoting


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The source page as it is, and the slots in it."""

    text: str
    """The whole decoded page. A byte order mark is not part of it."""
    slots: tuple[Slot, ...]
    """In document order."""
    bom: bool = False
    """The UTF-8 file begins with a byte order mark, and so does the built page."""
    insets: tuple[Inset, ...] = ()
    """In document order; what a build writes within one is quoted as it is."""


@dataclass(frozen=True, slots=True)
class Article:
    """A source page, read."""

    slug: str
    """The page's path below the source folder, without its ending: `skin/collagen`."""
    path: str
    """The page's path below the project's root, with forward slashes."""
    skeleton: Skeleton
    segments: tuple[Segment, ...]
    """In document order; attributes of a start tag stand before its content."""
    title: str = ""
    """The page's title as plain text: its first h1, or else its title element."""
    findings: tuple[Finding, ...] = ()
    locales: LocaleFilter | None = None
    """Which locales the page as a whole is for; None: for all."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to the source text outside of segments."""

    span: Span
    text: str


class Edition(NamedTuple):
    """An article's published page in one language, as its other pages name it."""

    tag: str
    direction: Direction
    name: str
    """What the language calls itself."""
    og_locale: str
    href: str
    """As written on the page that leads there."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a page is built for: its locale and its place among the published pages."""

    tag: str
    """The BCP 47 language tag, as in `lang`: `zh-Hant-TW`."""
    direction: Direction
    og_locale: str
    """As in `og:locale`: `zh_TW`."""
    source_tag: str
    source_direction: Direction
    mark_fallback: bool = True
    """Passages left in the source language carry `lang` and `dir`."""
    url: str | None = None
    """The page's own public address; None where the project has no base URL."""
    alternates: tuple[tuple[str, str], ...] = ()
    """hreflang and URL of every published version, `x-default` last."""
    editions: tuple[Edition, ...] = ()
    """The pages of the article that readers may choose from, the source's first."""
    links: Mapping[str, str] = field(default_factory=dict)
    """What LINK slots' values become; a value not named here stays."""
    link_tags: Mapping[str, str] = field(default_factory=dict)
    """Which language the articles are in that LINK slots lead to, by their values."""


# --- catalogs ---------------------------------------------------------------------------------


class EntryKey(NamedTuple):
    """What identifies an entry in a catalog."""

    context: str | None
    msgid: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a catalog or template. Strings are unescaped; comments lack their marker and one space."""

    msgid: str
    msgstr: str = ""
    context: str | None = None
    plural: str | None = None
    """msgid_plural; polypage writes none, other people's catalogs have them."""
    plural_msgstrs: tuple[str, ...] = ()
    """msgstr[0] and on, where there is a plural."""
    translator_comments: tuple[str, ...] = ()
    extracted_comments: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous_context: str | None = None
    previous_msgid: str | None = None
    previous_plural: str | None = None
    obsolete: bool = False
    line: int | None = field(default=None, compare=False)
    """The line of its msgid in the file it was read from; the first line is 1."""
    msgstr_line: int | None = field(default=None, compare=False)

    @property
    def key(self) -> EntryKey:
        return EntryKey(self.context, self.msgid)

    @property
    def told_line(self) -> int | None:
        """The line that findings name: that of the msgstr, where it is known."""
        return self.msgstr_line or self.line

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Whether it has a translation, if only a fuzzy one."""
        return bool(self.msgstr) if self.plural is None else any(self.plural_msgstrs)

    @property
    def usable(self) -> bool:
        """Whether its translation may be published."""
        return self.translated and not self.fuzzy and not self.obsolete


class Packable:
    """A frozen dataclass of which very many are sent from process to process, and put away.

    It is made anew of its fields; what dataclasses do for that takes twice as long.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        kind: type[Any] = type(self)
        return kind, _fields_of(kind)(self)  # type: ignore[arg-type]  # classes can be hashed


@cache
def _fields_of(kind: type[Any]) -> attrgetter[tuple[Any, ...]]:
    """Return what gives the fields, of which there are several."""
    return attrgetter(*(each.name for each in fields(kind)))


@dataclass(frozen=True, slots=True)
class Coverage(Packable):
    """How much of an article is translated, in entries and in words of the source."""

    entries: int = 0
    translated: int = 0
    fuzzy: int = 0
    words: int = 0
    translated_words: int = 0
    rejected: int = 0
    """Entries whose translation an error keeps out."""

    @property
    def ratio(self) -> float:
        """The translated share of the words, between 0 and 1; 1 where there are none."""
        return self.translated_words / self.words if self.words else 1.0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.entries + other.entries,
            self.translated + other.translated,
            self.fuzzy + other.fuzzy,
            self.words + other.words,
            self.translated_words + other.translated_words,
            self.rejected + other.rejected,
        )


@dataclass(frozen=True, slots=True)
class Todo(Packable):
    """Entries of a catalog that ask the same of a translator."""

    kind: str
    """What is asked: see `polypage.catalogs.backlog`."""
    entries: int
    words: int
    """Of the source."""


@dataclass(frozen=True, slots=True)
class Backlog(Packable):
    """What there is in a catalog, and what a translator has to do in it."""

    entries: int = 0
    words: int = 0
    """Of the source."""
    todo: tuple[Todo, ...] = ()
    line: int | None = None
    """Of the first entry that asks for work."""
    since: str = ""
    """The day of the catalog's POT-Creation-Date, `2026-03-04`: when texts last came or changed."""


# --- what comes of it -------------------------------------------------------------------------


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """The entry, or the page, is not published as it is."""
    WARNING = "warning"
    INFO = "info"


Weight: TypeAlias = Literal["error", "warning", "info", "off"]
"""How much a project wants findings of a kind to weigh."""


@dataclass(frozen=True, slots=True)
class Excerpt(Packable):
    """A text of an entry, as editors show it, and the parts of it that a finding is about."""

    text: str
    spans: tuple[Span, ...]
    """Of the text's characters, in order; none overlaps another."""


@dataclass(frozen=True, slots=True)
class Finding(Packable):
    """Something about a page or an entry that somebody should know."""

    code: str
    """Stable, hyphenated: `inline-missing`."""
    severity: Severity
    message: str
    """One sentence without a full stop, with the words it is about."""
    path: str = ""
    """The file it is in, below the project's root, with forward slashes."""
    line: int | None = None
    """Of an entry, the line of its msgstr."""
    source: Excerpt | None = None
    """The msgid, where some of it is what the finding is about."""
    target: Excerpt | None = None
    """The msgstr, likewise."""

    @property
    def order(self) -> tuple[str, int, str, str]:
        """What findings are sorted by: file and line."""
        return self.path, self.line or 0, self.code, self.message


class Status(StrEnum):
    """What became of a page in a build; what the next one would make of it is `standing.State`."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    HELD = "held"
    """Not good enough to publish; the last good page, if any, stays."""
    RECALLED = "recalled"
    """Held or failed, and the last good page must not stay as it is: it says so, or is gone."""
    FAILED = "failed"
    """Could not be worked on."""


@dataclass(frozen=True, slots=True)
class BuildOutcome(Packable):
    """What came of building one article for one locale."""

    slug: str
    locale: str
    status: Status
    path: str = ""
    """The built page below the project's root."""
    reason: str = ""
    """Why it is written, held, recalled or failed: one sentence."""
    coverage: Coverage = Coverage()
    findings: tuple[Finding, ...] = ()
    standing: bool = True
    """Whether a page, if only an older one, stands on the site after it."""
    written: bool = False
    """Whether that was written, or taken away."""
