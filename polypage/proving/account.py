"""The account of an extraction: what becomes of every text of a source page that people may read.

It is given the source page, and a copy of it in which each text that translators are offered is
overwritten with a marker, sign by sign. What is overwritten is a segment. Whatever else the page
says was left out by a rule, which is named, or it was missed:

    source    <p>Take <b translate="no">Forte</b> daily.</p>  <li>5 mg</li>  <p>Ask your doctor.</p>
    copy      <p>ЖЖЖЖ <b translate="no">Forte</b> ЖЖЖЖЖЖ</p>  <li>ЖЖЖЖ</li>  <p>Ask your doctor.</p>
    account      segment           protected: translate          segment          missed

What rules of ITS say of elements is written on their tags, in both pages (`polypage.rules.its_telling`).
Both pages are read by lxml alone, and where people read is written down a second time, in
`polypage.proving.readable`: the account shares nothing with what extracts and builds, so that one mistake
cannot be made on both sides. Nor is it asked what the extraction says of itself.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from cssselect import SelectorError
from lxml import etree

from polypage.errors import SettingsError, SourceError
from polypage.proving.readable import Sort, Spot, parse, spots

MARKERS = "Ж薬אꙮ𐘀"
"""Letters to overwrite texts with; one that the page does not have is to be taken."""


class Fate(StrEnum):
    """What becomes of a text."""

    SEGMENT = "segment"
    PROTECTED = "protected"
    """The page or the settings say that it stays as it is."""
    IGNORED = "ignored"
    """Nobody reads it, or there is nothing to translate in it."""
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a page: what stands between two tags, in an attribute, in structured data."""

    value: str
    """What it says; where part of it is a segment, the rest."""
    place: str
    """Where people read it: `<p>`, `<img alt>`, `JSON-LD headline`."""
    fate: Fate
    rule: str = ""
    """Why it is no segment: `translate`, `language`, `number`."""
    line: int | None = None
    """Where it begins if it was missed, else about where."""


@dataclass(frozen=True, slots=True)
class Account:
    """What becomes of all texts of a page."""

    texts: tuple[Text, ...] = ()
    """In document order."""

    @property
    def missed(self) -> tuple[Text, ...]:
        return tuple(text for text in self.texts if text.fate is Fate.MISSED)

    @property
    def counts(self) -> Counter[Fate]:
        return Counter(text.fate for text in self.texts)

    @property
    def rules(self) -> Counter[tuple[Fate, str]]:
        """How many texts are left out by each rule."""
        return Counter((text.fate, text.rule) for text in self.texts if text.rule)

    @property
    def coverage(self) -> float:
        """The share of the texts that are accounted for, between 0 and 1."""
        return 1 - len(self.missed) / len(self.texts) if self.texts else 1.0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the settings leave out."""

    skip: Collection[str] = ()
    """CSS selectors of what is not translated."""
    drop: Collection[str] = ()
    """CSS selectors of what built pages are without."""
    dates: bool = False
    """Builds write the dates of `time` elements that stand alone."""


def account(
    source: bytes,
    copy: bytes,
    *,
    marker: str,
    source_tag: str,
    path: str,
    left_out: LeftOut = LeftOut(),
) -> Account:
    """Account for every text of a source page, given with its overwritten copy, both in UTF-8.

    Raises:
        SourceError: The page cannot be read to its end, or the copy is not one.
        SettingsError: A selector cannot be understood.
    """
    root, marked = _parsed(source, path), _parsed(copy, path)
    language = _language(source_tag)
    rules = _Rules(language, left_out)
    lines = _Lines(source.decode("utf-8", "replace"))
    texts: list[Text] = []
    for spot, rest in _rests(root, marked, marker, path):
        rule = _judged(spot, rest, rules.of(spot), language)
        if rule is _MISSED and left_out.dates and _is_dated(spot):
            rule = _DATE
        value = spot.value.strip() if rule is _SEGMENT else rest
        line = lines.of(spot, rest) if rule is _MISSED else spot.line
        texts.append(Text(value, spot.place, rule.fate, rule.name, line))
    return Account(tuple(texts))


def _parsed(page: bytes, path: str) -> etree._Element:
    try:
        return parse(page)
    except ValueError as exc:
        remedy = "mend the source page there"
        raise SourceError(path, f"lxml gives up: {exc}", remedy=remedy) from exc


def _rests(
    root: etree._Element, marked: etree._Element, marker: str, path: str
) -> Iterator[tuple[Spot, str]]:
    """Yield each text of a page with what is left of it in the copy; nothing if no word is."""
    for spot, other in zip_longest(spots(root), spots(marked)):
        if spot is None or other is None or spot.place != other.place:
            problem = "a text was lost or moved when the page was written anew"
            line = None if spot is None else spot.line
            raise SourceError(path, problem, line=line, remedy="please report it")
        left = other.value.replace(marker, " ")
        # Of a segment, a figure or a dash may stay, or a byte that is no text.
        is_segment = marker in other.value and not any(map(str.isalpha, left))
        yield spot, "" if is_segment else " ".join(left.split())


# --- what the page and the settings protect ---------------------------------------------------


class _Rule(NamedTuple):
    """Why something is no segment."""

    fate: Fate
    name: str


_SEGMENT = _Rule(Fate.SEGMENT, "")
_MISSED = _Rule(Fate.MISSED, "")
_SKIPPED = _Rule(Fate.PROTECTED, "skip")
_DROPPED = _Rule(Fate.IGNORED, "drop")
_GRAPHIC = _Rule(Fate.PROTECTED, "graphic")
_FOREIGN = _Rule(Fate.PROTECTED, "language")
_ITS = _Rule(Fate.PROTECTED, "its")
_GRAPHICS = ("svg", "math")
_IN_GRAPHICS = ("text", "title", "desc", "foreignobject", "mtext")
"""The elements of SVG and MathML that hold texts."""


class _Rules:
    """Says of each element why its texts are no segments; None: nothing is said against them."""

    def __init__(self, language: str, left_out: LeftOut) -> None:
        self._language = language
        self._selectors = ((_SKIPPED, left_out.skip), (_DROPPED, left_out.drop))
        self._known: dict[etree._Element, _Rule | None] = {}

    def of(self, spot: Spot) -> _Rule | None:
        """Return the rule for a text's element; a page within the page inherits what is around it."""
        rule: _Rule | None = None
        for depth, element in enumerate((*spot.around, spot.element)):
            if element not in self._known:
                self._read(element.getroottree().getroot(), rule, is_inner=depth > 0)
            rule = self._known[element]
        return rule

    def _read(self, root: etree._Element, outer: _Rule | None, *, is_inner: bool) -> None:
        chosen = self._chosen(root)
        for element in root.iter(etree.Element):
            around = element.getparent()
            above = outer if around is None else self._known[around]
            if _DROPPED in (above, chosen.get(element)):
                self._known[element] = _DROPPED
                continue
            rule = chosen.get(element) or _by_its(element, _in_graphic(element, above))
            if is_inner or around is not None:
                rule = _in_language(element, rule, self._language)
            self._known[element] = _by_marks(element, rule)

    def _chosen(self, root: etree._Element) -> dict[etree._Element, _Rule]:
        try:
            return {
                element: rule
                for rule, selectors in self._selectors
                for css in selectors
                for element in root.cssselect(css)
            }
        except SelectorError as exc:
            raise SettingsError("polypage.toml", f"a selector cannot be understood: {exc}") from exc


def _in_graphic(element: etree._Element, above: _Rule | None) -> _Rule | None:
    if element.tag in _GRAPHICS:
        return above or _GRAPHIC
    return None if above is _GRAPHIC and element.tag in _IN_GRAPHICS else above


def _by_its(element: etree._Element, rule: _Rule | None) -> _Rule | None:
    """Obey a rule of ITS, as it was written on the element."""
    match element.get("data-polypage-its"):
        case "yes":
            return None
        case "no":
            return _ITS
    return rule


def _in_language(element: etree._Element, rule: _Rule | None, language: str) -> _Rule | None:
    """Say whether what an element says of its language protects it, or ends a protection."""
    written = ("lang", "xml:lang", "data-polypage-its-lang")
    declared = next(filter(None, map(element.get, written)), None)
    if not declared:
        return rule
    if _language(declared) != language:
        return _FOREIGN
    return None if rule is _FOREIGN else rule


def _by_marks(element: etree._Element, rule: _Rule | None) -> _Rule | None:
    """Obey what an element says of translation (HTML §6.8.4.5, the attribute `translate`)."""
    match element.get("translate", "-").strip().lower():
        case "" | "yes":
            return None
        case "no":
            return _Rule(Fate.PROTECTED, "translate")
    if {"data-polypage-skip", "data-translate-ignore"} & set(element.attrib):
        return _SKIPPED
    if "notranslate" in (element.get("class") or "").split():
        return _Rule(Fate.PROTECTED, "notranslate")
    return rule


def _language(tag: str) -> str:
    """Return the language of a tag, without script and region."""
    return re.split("[-_]", tag.strip(), maxsplit=1)[0].lower()


# --- what becomes of one text -----------------------------------------------------------------


def _judged(spot: Spot, rest: str, rule: _Rule | None, language: str) -> _Rule:
    """Say what becomes of a text, given what is left of it, and what is said of its element."""
    if not rest:
        return _SEGMENT
    if spot.sort is not Sort.CONTENT and rule is _GRAPHIC:
        rule = None  # a graphic may have a label, though what is in it is no text
    if spot.sort is Sort.ATTRIBUTE and _is_left_by_its(spot):
        rule = rule or _ITS
    return rule or _by_place(spot, language) or _by_words(spot, rest) or _MISSED


def _is_left_by_its(spot: Spot) -> bool:
    name = "content" if spot.element.tag == "meta" else spot.place.rstrip(">").rpartition(" ")[2]
    return name in spot.element.get("data-polypage-its-attributes", "").split()


def _by_place(spot: Spot, language: str) -> _Rule | None:
    if spot.rule:
        return _Rule(Fate.IGNORED, spot.rule)
    return _FOREIGN if spot.language and _language(spot.language) != language else None


_DATE = _Rule(Fate.IGNORED, "date")


def _is_dated(spot: Spot) -> bool:
    """Say whether a text with a figure is that of a `time` that says which date it is."""
    around = (spot.element, *spot.element.iterancestors())
    is_named = any(each.tag == "time" and each.get("datetime") for each in around)
    return is_named and any(map(str.isdigit, spot.value))


_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
_CODE = re.compile(
    r"(?:doi:)?10\.\d{4,9}/\S+|[a-z]{1,4}[-:_]?\d{6,}|\d{4}-\d{3}x|[\da-f]{32,}"
    r"|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}"
    r"|\S+\.(?:jpg|jpeg|png|gif|webp|avif|svg|bmp|tif|tiff)",
    re.IGNORECASE,
)
"""What identifies something and says nothing."""
_NAME = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
"""What has a scheme, and is an address or a name for machines: `tel:+49`, `urn:isbn:0`."""


def _by_words(spot: Spot, rest: str) -> _Rule | None:
    """Say why words that could be read are not for translators."""
    if not any(map(str.isalpha, rest)):
        return _Rule(Fate.IGNORED, "number" if any(map(str.isdigit, rest)) else "no letters")
    around = "".join(map(str, spot.element.itertext())) if spot.sort is Sort.CONTENT else rest
    if any(_ADDRESS.fullmatch(whole.strip()) for whole in (rest, around)):
        return _Rule(Fate.IGNORED, "address")
    if any(_CODE.fullmatch(whole.strip()) for whole in (rest, around)):
        return _Rule(Fate.IGNORED, "identifier")
    if spot.sort is Sort.DATA and _NAME.fullmatch(rest):
        return _Rule(Fate.IGNORED, "address")
    return _Rule(Fate.IGNORED, "undecodable") if "\N{REPLACEMENT CHARACTER}" in rest else None


# --- where it stands --------------------------------------------------------------------------


class _Lines:
    """The lines of a page. lxml knows in which one a start tag ends."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._starts = [0, *(match.end() for match in re.finditer("\n", page)), len(page)]

    def of(self, spot: Spot, rest: str) -> int:
        """Return the line in which a text begins; the one of its tag if that cannot be told."""
        line = min(spot.line, len(self._starts) - 1)
        words = re.compile(r"\s+".join(map(re.escape, rest.split()[:3])))
        if spot.sort is Sort.ATTRIBUTE:
            end = self._starts[line]
            found = words.search(self._page, max(0, self._page.rfind("<", 0, end)), end)
        else:
            found = words.search(self._page, self._starts[line - 1])
        return self._page.count("\n", 0, found.start()) + 1 if found else line
