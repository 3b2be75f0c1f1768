r"""Where in msgid and msgstr stands what a remark is about.

    >>> excerpt("Dose: <b>5&nbsp;mg</b>", "Dose: 5\u00a0mg", [Span(6, 10)], frozenset({"b"}))
    Excerpt(text='Dose: <b>5&nbsp;mg</b>', spans=(Span(start=9, end=18),))

Checks look at texts without inline codes, figures are looked for in texts without ornaments and
addresses: their places are found again in what the translator has before the eyes. That is done
for what was found, and for nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from polypage.checking.remarks import all_of
from polypage.html.references import resolve
from polypage.language.quantities import Quantity
from polypage.language.texts import Text
from polypage.model import Content, Excerpt, Span, Standalone
from polypage.reading.inline import Open, steps


def excerpt(
    written: str, plain: str, spans: Iterable[Span], codes: frozenset[str]
) -> Excerpt | None:
    """Mark spans of a plain text in the msgid or msgstr that it was read from.

    None if there are none, or if the text cannot be found again; `codes` are the names of the
    inline codes, in small letters.
    """
    wanted = [span for span in spans if span.start < span.end]
    if not wanted or written == plain:  # as it is where there is no code
        return Excerpt(written, tuple(_united(wanted))) if wanted else None
    places = _places(written, plain, codes)
    if not places.starts:
        return None
    marked = (Span(places.starts[one.start], places.ends[one.end - 1]) for one in wanted)
    return Excerpt(written, tuple(_united(marked)))


def excerpt_of(written: str, words: Iterable[str]) -> Excerpt | None:
    """Mark words of a msgid or msgstr, inline codes among them."""
    spans = all_of(words, written)
    return Excerpt(written, tuple(_united(spans))) if spans else None


def codes_of(content: Content) -> frozenset[str]:
    """Return the names of the inline codes of a source text, in small letters."""
    names: set[str] = set()
    for step in steps(content):
        match step:
            case Open(code) | (Standalone() as code):
                names.add(code.name.lower())
            case _:
                pass
    return frozenset(names)


def _united(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans in order, those that overlap as one."""
    last: Span | None = None
    for span in sorted(spans):
        if last is None:
            last = span
        elif span.start < last.end:
            last = Span(last.start, max(last.end, span.end))
        else:
            yield last
            last = span
    if last is not None:
        yield last


# --- from a text without inline codes to the one with them ------------------------------------

_PIECE = re.compile(
    r"<\s*/?\s*(?P<name>[a-z][^\s/<>&\"'=]*)[^<>]*>|&\#?\w+;?|[ \t\n\f\r]+|[^<&\s]+|.",
    re.DOTALL | re.IGNORECASE,
)


class _Places(NamedTuple):
    """Where the characters of a plain text are written; nothing if that is not found."""

    starts: list[int]
    ends: list[int]


@lru_cache(4)  # an entry may have many findings
def _places(written: str, plain: str, codes: frozenset[str]) -> _Places:
    starts: list[int] = []
    ends: list[int] = []
    for piece in _PIECE.finditer(written):
        texts = _texts(piece, codes)
        text = next((each for each in texts if plain.startswith(each, len(starts))), None)
        if text is None:
            return _Places([], [])
        start, end = piece.span()
        if text == piece[0]:
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        else:
            starts += [start] * len(text)
            ends += [end] * len(text)
    return _Places(starts, ends) if len(starts) == len(plain) else _Places([], [])


def _texts(piece: re.Match[str], codes: Collection[str]) -> tuple[str, ...]:
    """Return what a piece of a msgid or msgstr may stand for, the likeliest first."""
    what = piece[0]
    if piece["name"] and piece["name"].lower() in codes:
        return " ", ""
    if what[0] == "&":
        return resolve(what, attribute=True), what
    return (what, " ", "") if what.isspace() else (what,)


# --- from a text without ornaments to the one with them ---------------------------------------


def spans_of(figures: Iterable[Quantity], text: Text, plain: str) -> tuple[Span, ...]:
    """Say where figures stand in a text without inline codes."""
    return spans_in(((each.start, each.full_end) for each in figures), text, plain)


def spans_in(spans: Iterable[tuple[int, int]], text: Text, plain: str) -> tuple[Span, ...]:
    """Say where spans of a text without ornaments stand in the text."""
    places = _adorned(text.plain, plain)
    return tuple(
        Span(places[start], places[min(end, len(places)) - 1] + 1)
        for start, end in spans
        if start < min(end, len(places))
    )


@lru_cache(4)
def _adorned(bare: str, text: str) -> Sequence[int]:
    """Say for each letter of a text without ornaments where it stands; nothing if that is not found."""
    if bare == text:  # as most are
        return range(len(text))
    places: list[int] = []
    for place, letter in enumerate(text):
        wanted = bare[len(places) : len(places) + 1]
        if letter != wanted and unicodedata.category(letter) in {"Cf", "Lm", "Mn"}:
            continue
        places.append(place)
    return places if len(places) == len(bare) else []
