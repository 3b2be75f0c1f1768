"""Where one sentence ends and the next begins.

    >>> gaps("Dr. Lee came. He left.", "en")
    (Span(start=13, end=14),)

A gap is what stands between two sentences: white space, or nothing in scripts that put none
there. Cutting a text at its gaps loses nothing. sentencex proposes them, and what is doubtful is
refused: a translator can live with two sentences in one entry, but not with half of one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from polypage.language.abbreviations import Abbreviations, abbreviations
from polypage.model import Span


def has_letters(text: str) -> bool:
    """Say whether there is anything to read aloud in a text."""
    return any(map(str.isalpha, text))


def gaps(
    text: str,
    tag: str,
    *,
    offered: Callable[[str], bool] = has_letters,
    eager: bool = False,
) -> tuple[Span, ...]:
    """Return the gaps between the sentences of a text in the language of a BCP 47 tag.

    `offered` says whether a text is for translators: each sentence is. With `eager`, all is a gap
    that could be one: for texts of which it is known how many sentences they have.
    """
    if not _MARK.search(text):
        return ()
    language = _language(tag)
    found: list[Span] = []
    begin = at = 0
    opened: list[str] = []
    is_empty = True
    for gap in _possible(text) if eager else _proposed(text, language):
        more, at = text[at : gap.start], gap.start
        _follow(more, opened)
        is_empty = is_empty and not has_letters(more)
        if is_empty or opened or not _is_end(text, begin, gap, language):
            continue
        if offered(text[begin:at]):
            found.append(gap)
            begin = at = gap.end
            is_empty = True
    if found and not offered(text[begin:]):
        found.pop()
    return tuple(found)


CODE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for an inline code that a sentence can begin or end with."""


class Unit(NamedTuple):
    """What a text is made of: characters, or an inline code with all that is in it."""

    text: str
    is_code: bool


def gaps_between(units: Sequence[Unit], find: Callable[[str], Sequence[Span]]) -> tuple[Span, ...]:
    """Return the gaps in what units say together, counted from the first; none lies in a code."""
    lengths = [len(unit.text) for unit in units]
    starts = list(accumulate(lengths, initial=0))[:-1]

    def code_around(at: int) -> Span | None:
        place = bisect_right(starts, at) - 1
        code = Span(starts[place], starts[place] + lengths[place])
        return code if units[place].is_code and code.start < at < code.end else None

    def outside(gap: Span) -> Span:
        before, behind = code_around(gap.start), code_around(gap.end)
        return Span(before.end if before else gap.start, behind.start if behind else gap.end)

    found = map(outside, find("".join(unit.text for unit in units)))
    return tuple(gap for gap in found if gap.start <= gap.end)


class Slice(NamedTuple):
    """A part of a unit."""

    unit: int
    start: int
    end: int


def without(gaps: Sequence[Span], units: Sequence[Unit]) -> Iterator[list[Slice]]:
    """Yield what stands before, between and behind gaps."""
    lengths = [len(unit.text) for unit in units]
    ends = [*(gap.start for gap in gaps), sum(lengths)]
    unit = at = 0
    for begin, end in zip([0, *(gap.end for gap in gaps)], ends, strict=True):
        slices: list[Slice] = []
        while at < end:
            length = lengths[unit]
            if begin < at + length:
                slices.append(Slice(unit, max(begin - at, 0), min(end - at, length)))
            if at + length > end:
                break
            at += length
            unit += 1
        yield slices


def blank_after(sentence: str, tag: str) -> str:
    """Return what a language puts between a sentence and the next: a blank or nothing."""
    unspaced = _language(tag) in _UNSPACED and not sentence.rstrip()[-1:].isascii()
    return "" if unspaced else " "


def refilled(gap: str, sentence: str, tag: str) -> str | None:
    """Return what a gap becomes behind a sentence in another language; None: it stays."""
    blank = blank_after(sentence, tag)
    return None if bool(blank) == bool(gap) else blank


_UNSPACED = frozenset("ja zh yue wuu".split())
"""Languages that put no blank between sentences."""


def _language(tag: str) -> str:
    return tag.replace("_", "-").split("-", 1)[0].lower()


# --- proposals --------------------------------------------------------------------------------

_SPACE = re.compile(r"\s")
_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, as stray bytes are read."""


def _proposed(text: str, language: str) -> Iterator[Span]:
    """Yield the gaps that sentencex finds, in their order."""
    even = _SPACE.sub(" ", _HALF.sub("\N{REPLACEMENT CHARACTER}", text))
    for at in _ends(even, language):
        start = end = at
        while start and even[start - 1] == " ":
            start -= 1
        while end < len(even) and even[end] == " ":
            end += 1
        if start and end < len(even):
            yield Span(start, end)


_WINDOW = 2000
"""How many letters sentencex is given at once: its time grows with their square."""


def _ends(text: str, language: str) -> Iterator[int]:
    """Yield where sentences end, save the last one."""
    at = 0
    while at < len(text):
        window = text[at : at + _WINDOW]
        behind = at + len(window)
        for sentence in _segmented(window, language)[:-1]:
            at += len(sentence)
            yield at
        if behind == len(text) or at + _WINDOW == behind:
            at = behind  # all is seen, or a window without an end


def _segmented(text: str, language: str) -> list[str]:
    # Where nothing is cut, it is never loaded.
    from sentencex import segment  # noqa: PLC0415

    try:
        sentences: list[str] = segment(language, text)
    except BaseException as exc:
        # A defect in Rust code is no Exception, and would stop more than one article.
        if type(exc).__name__ != "PanicException":
            raise
        return [text]
    return sentences if "".join(sentences) == text else [text]


def _possible(text: str) -> Iterator[Span]:
    """Yield what stands behind all marks that could end a sentence."""
    for match in _END.finditer(text):
        if match.end() < len(text):
            yield Span(*match.span(1))


# --- refusals ---------------------------------------------------------------------------------

_FULL = "。！？｡।॥።။។៕"
"""Marks that end a sentence with or without a blank behind them."""
_MARKS = f".!?…؟۔։՞՜;‼⁇⁈⁉‽{_FULL}"
_MARK = re.compile(f"[{_MARKS}].*\\S", re.DOTALL)
_CLOSING = " \u00a0\u202f\"'’”“»›」』)]}）］｝】〉》"
_END = re.compile(f"[{_MARKS}][{re.escape(_CLOSING.strip())}]*+(\\s*+)")
_OPENING = "\"'‘“„‚«‹「『([{（［｛【〈《¿¡"
_BREAK = re.compile("[\t\n\f\r \u3000]")
"""A blank that does not hold together what stands around it."""


def _is_end(text: str, begin: int, gap: Span, language: str) -> bool:
    """Whether a sentence that begins somewhere ends at the gap."""
    sentence = text[max(begin, gap.start - _FAR) : gap.start]
    bare = sentence.rstrip(_CLOSING)
    mark = bare[-1:]
    if not mark or mark not in _MARKS:
        return False
    if mark not in _FULL and not _BREAK.search(text, gap.start, gap.end):
        return False
    if language in _UNSPACED and bare != sentence:
        return False  # 「はい。」と言った goes on
    following = text[gap.end : gap.end + _FAR]
    if mark == "." and _abbreviates(bare[:-1], following, language):
        return False
    return _can_begin(following)


_FAR = 64
"""How many letters around a mark tell what it is."""


def _can_begin(following: str) -> bool:
    """Whether a sentence can begin like this."""
    word = following.lstrip(_OPENING)
    if word[:1].islower() or following[0] in ",;:.!?…%":
        return False
    return unicodedata.category(following[0]) not in {"Pd", "Pe", "Pf"}


_OPENS = "([{（［｛【〈《「『„“"
_CLOSES = {"“": "„", "”": "„“"} | dict(
    zip(")]}）］｝】〉》」』", "([{（［｛【〈《「『", strict=True)
)
"""What each bracket or quotation mark may be the other half of."""
_BRACKET = re.compile(f"[{re.escape(_OPENS)}{re.escape(''.join(_CLOSES))}]")


def _follow(text: str, opened: list[str]) -> None:
    """Note the brackets and quotations that have not come to their end."""
    for match in _BRACKET.finditer(text):
        character = match[0]
        if opened and opened[-1] in _CLOSES.get(character, ""):
            opened.pop()
        elif character in _OPENS:
            opened.append(character)


# --- abbreviations ----------------------------------------------------------------------------

_PARTED = re.compile(r"[\s(\[{\"'“„«‘‚/–—（［。！？，、；：]+")
"""What stands between words."""
_SHORT = 4
"""How long an abbreviation is at most where no blanks part words."""
_LABEL = 2
"""How many digits the number of a list's item has at most."""
_PART = 3
"""How many letters of a word stand between full stops, if it is no address."""


def _abbreviates(text: str, following: str, language: str) -> bool:
    """Whether the full stop after a text belongs to its last word."""
    if text.endswith((".", "…")):
        return False
    known = abbreviations(language)
    before, word = _last_words(text)
    if word.isdecimal():
        return known.ordinals or language in _UNSPACED or _is_label(word, before, known)
    if word in known.always or _is_dotted(word) or _is_initial(word, before, known):
        return True
    if word in known.figures and following[:1].isdecimal():
        return True
    return language == "th" and len(word) <= _SHORT


def _last_words(text: str) -> tuple[str, str]:
    """Return what comes before the last word, and that word."""
    *_, before, word = ("", "", *_PARTED.split(text.casefold()))
    return before, word


def _is_label(word: str, before: str, known: Abbreviations) -> bool:
    """Whether a number counts the items of a list."""
    is_named = before.rstrip(".") in known.figures | known.always
    return len(word) <= _LABEL and not is_named and (not before or before[-1] in ":;.!?,")


def _is_dotted(word: str) -> bool:
    parts = word.split(".")
    lengths = [sum(map(str.isalpha, part)) for part in parts]
    return len(parts) > 1 and all(0 < length <= _PART for length in lengths)


def _is_initial(word: str, before: str, known: Abbreviations) -> bool:
    """Whether a single letter stands for a name, as in `J. Doe`, not in `vitamin C.` or `5 g.`."""
    if len(word) != 1 or not word.isalpha():
        return False
    return before not in known.letters and not before[-1:].isdecimal()
