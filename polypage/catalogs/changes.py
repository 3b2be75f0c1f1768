"""What changed between two versions of a source text, and whether its translation still holds.

    >>> classify("Take it... slowly.", "Take it… slowly.", language="en")
    <Change.TYPOGRAPHY: 'typography'>
    >>> carry("<b>Nie</b> 5 mg.", old="<b>Never</b> 5 mg.", new="<strong>Never</strong> 5 mg.")
    '<strong>Nie</strong> 5 mg.'

A translation is carried over only where nothing it says can be wrong afterwards: the same words
in the same order, with codes that are renamed or taken away. All else is for a translator to see.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from polypage.catalogs.tags import FORMATTING, TAG, element_of, renamed
from polypage.language.cues import find
from polypage.language.lexicon import lexicon
from polypage.language.patterns import folded


class Change(StrEnum):
    """What kind of change a new source text is."""

    TYPOGRAPHY = "typography"
    """White space, quotation marks, dashes: the same words and codes."""
    MARKUP = "markup"
    """The same words with other inline codes."""
    NUMBER = "number"
    """A figure, a unit or a comparison is another."""
    NEGATION = "negation"
    """Something is denied or forbidden that was not, or the other way round."""
    TEXT = "text"
    """Other words."""


class _Code(NamedTuple):
    """An inline code and the span of the normal form that it surrounds."""

    start: int
    end: int
    name: str
    paired: bool


_Figure: TypeAlias = tuple[str, str | None]
"""A figure as written, and the unit after it."""

_LAYOUT = re.compile(r"[\n\t]|  ")
_BLANKS = re.compile(r"\s+")
_EVEN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\xab\xbb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", None),
        "…": "...",
    }
)
_WORD = re.compile(
    r"[<>≤≥±%]|(?:(?<!\w)[-\u2212])?\d+(?:[.,'\u066b\u066c\u2019 \u00a0\u202f]?\d+)*|°?[^\W\d_]+(?:'[^\W\d_]+)*"
)
_SIGNS = frozenset("<>≤≥±")


def classify(old: str, new: str, *, language: str) -> Change:
    """Say what kind of change leads from one msgid to another, as its language reads."""
    if normal_form(old) == normal_form(new):
        return Change.TYPOGRAPHY if _codes(old) == _codes(new) else Change.MARKUP
    before, after = plain_text(old), plain_text(new)
    if _figures_differ(before, after, language):
        return Change.NUMBER
    if _denials(before, language) != _denials(after, language):
        return Change.NEGATION
    return Change.TEXT


def matter(msgid: str, *, language: str) -> str:
    """Write down the figures, units and denials of a text, to be compared; nothing: it has none.

    Of texts for which this is not the same, `classify` says that figures or denials changed; it
    may be silent on numerals that are spelled out.
    """
    text = plain_text(msgid)
    counts = (*_figures(text, language), _denials(text, language))
    return "|".join(str(sorted(map(str, count.elements()))) for count in counts) * any(counts)


def carry(msgstr: str, *, old: str, new: str) -> str | None:
    """Return a translation of `old` as one of `new`; None unless that is certain to be right."""
    if normal_form(old) != normal_form(new) or _LAYOUT.search(old + new):
        return None
    names = _renamed(_codes(old), _codes(new))
    if names is None or _tags(msgstr) != _tags(old):
        return None
    return renamed(msgstr, names)


def plain_text(msgid: str) -> str:
    """Return the words of a msgid: no codes, no references, single blanks."""
    return " ".join(html.unescape(_without_codes(msgid)).split())


def normal_form(msgid: str) -> str:
    """Return the words of a msgid with their typography evened out."""
    return " ".join(_even(_without_codes(msgid)).split())


def _without_codes(msgid: str) -> str:
    """Leave out codes; words around a line break or an image stay apart."""
    return TAG.sub(lambda tag: " " if tag[3] else "", msgid) if "<" in msgid else msgid


def _even(text: str) -> str:
    if text.isascii() and "&" not in text:
        return text
    return unicodedata.normalize("NFC", html.unescape(text)).translate(_EVEN)


def _codes(msgid: str) -> Counter[_Code] | None:
    """Return the codes with what they surround; None where pairs are not balanced."""
    codes: Counter[_Code] = Counter()
    opened: list[tuple[int, str]] = []
    place = end = 0
    for tag in TAG.finditer(msgid):
        place += len(_BLANKS.sub("", _even(msgid[end : tag.start()])))
        end = tag.end()
        close, name, standalone = tag.groups()
        if standalone:
            codes[_Code(place, place, name, paired=False)] += 1
        elif not close:
            opened.append((place, name))
        elif opened and opened[-1][1] == name:
            codes[_Code(opened.pop()[0], place, name, paired=True)] += 1
        else:
            return None
    return None if opened else codes


def _renamed(
    old: Counter[_Code] | None, new: Counter[_Code] | None
) -> dict[str, str | None] | None:
    """Say what became of each code's name, None if it is gone; None if that is not certain."""
    if old is None or new is None:
        return None
    added = list((new - old).elements())
    found: list[tuple[str, str | None]] = [(code.name, code.name) for code in old & new]
    for code in (old - new).elements():
        match = next((other for other in added if _replaceable(code, other)), None)
        if match is not None:
            added.remove(match)
        elif not _harmless(code):
            return None
        found.append((code.name, match and match.name))
    names = dict(found)
    return names if not added and all(names[name] == now for name, now in found) else None


def _replaceable(code: _Code, other: _Code) -> bool:
    if code[:2] != other[:2] or code.paired != other.paired:
        return False
    return element_of(code.name) == element_of(other.name) or (_harmless(code) and _harmless(other))


def _harmless(code: _Code) -> bool:
    return code.paired and element_of(code.name) in FORMATTING


def _tags(text: str) -> Counter[tuple[str, ...]]:
    return Counter(tag.groups() for tag in TAG.finditer(text))


def _figures_differ(before: str, after: str, language: str) -> bool:
    """Compare figures; one that is spelled out counts only if another takes its place."""
    figures, numerals = _figures(before, language)
    new_figures, new_numerals = _figures(after, language)
    replaced = bool(numerals - new_numerals) and bool(new_numerals - numerals)
    return figures != new_figures or replaced


def _figures(text: str, language: str) -> tuple[Counter[_Figure], Counter[_Figure]]:
    """Count figures and signs of comparison, and numerals above one, with their units."""
    known = lexicon(language)
    figures: Counter[_Figure] = Counter()
    numerals: Counter[_Figure] = Counter()
    words = _WORD.findall(folded(text))
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if known.numerals.get(word, 0) > 1:
            numerals[str(known.numerals[word]), known.units.get(following)] += 1
        elif word[-1].isdecimal() or word in _SIGNS:
            figures[word, known.units.get(following)] += 1
    return figures, numerals


def _denials(text: str, language: str) -> Counter[str]:
    found = find(folded(text), lexicon(language))
    return Counter(cue.text for cue in found if "negations" in cue.names)
