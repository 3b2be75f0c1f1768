"""Words of a text that deny, forbid or compare, and what they are about.

    >>> [cue.text for cue in find("do not take more than 8", lexicon("en"))]
    ['not', 'more than']

Of all that a word may be, the longest counts: `no more than` denies nothing, and `not only` is
no denial either.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Literal, NamedTuple, TypeAlias

from polypage.language.lexicon import Lexicon, lexicon
from polypage.language.once import new
from polypage.language.patterns import END, any_of, beginning, hung_on


class Cue(NamedTuple):
    """A word, or some, and the lines of the lexicon that have it."""

    start: int
    end: int
    text: str
    names: frozenset[str]


def find(words: str, known: Lexicon) -> tuple[Cue, ...]:
    """Find the cues in a folded text, in their order."""
    if not known.cues:
        return ()
    has_ending = any(map(words.__contains__, known.endings))
    found = _pattern(known.language, has_ending).finditer(words)
    if not _QUOTE.search(words):
        return tuple([_cue(match, known) for match in found])
    return tuple([_cue(match, known) for match in found if not _is_quoted(match)])


def sentences(words: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text begin and end."""
    if not _INNER_END.search(words):  # as in most texts
        return [(0, len(words))] if words.strip() else []
    ends = [*(match.end() for match in _SENTENCE_END.finditer(words)), len(words)]
    return [span for span in pairwise([0, *ends]) if words[slice(*span)].strip()]


_SENTENCE_END = re.compile(
    r"[.!?؟।。！？\n](?:(?<=[.!?؟।])(?<![.!?؟।]{2})(?<![^\W\d]\.[^\W\d]\.)[.!?؟।]*+(?<!\d\.)[\s)»”\"']+"
    r"|(?<=[。！？])[。！？]*|(?<=\n)\n*)"
)
_INNER_END = re.compile(r"[.!?؟।。！？\n](?:(?<=[。！？\n])|[\s)»”\"'])")
"""What there is wherever a sentence ends; a pattern that begins with a set is the faster one."""


def _is_quoted(match: re.Match[str]) -> bool:
    """Whether a word stands for itself alone."""
    text = match.string
    return (
        text[match.start() - 1 : match.start()] in _QUOTES
        and text[match.end() : match.end() + 1] in _QUOTES
    )


_QUOTES = frozenset("\"'“”„‘‚«»「」『』`")
_QUOTE = re.compile(f"[{''.join(sorted(_QUOTES))}]")


def _cue(match: re.Match[str], known: Lexicon) -> Cue:
    group = match.lastgroup or "word"
    text, table = match[group], known.cues
    if group != "word":
        table = known.stems if group == "stem" else known.endings
    names = table.get(text) or table[_BLANK.sub(" ", text)]
    start, end = match.span()
    return new(Cue, (start, end, match[0].strip(), names))


_BLANK = re.compile(r"\s+")


@cache
def _pattern(language: str, has_ending: bool) -> re.Pattern[str]:  # noqa: FBT001 - a part of the key
    known = lexicon(language)
    if known.unspaced:
        return re.compile(f"(?P<word>{any_of(known.cues)})")
    begin = rf"{beginning(language)}(?<!-){hung_on(language)}"
    word, stem = any_of(known.cues, END), any_of(known.stems)
    pattern = rf"{begin}(?:(?P<word>{word})|(?P<stem>{stem})\w*)"
    if has_ending:  # which would be tried behind each letter
        pattern += rf"|(?<=[\w-])(?P<ending>{any_of(known.endings, END)})"
    return re.compile(pattern)


# --- bounds -----------------------------------------------------------------------------------


Denied: TypeAlias = Literal["", "within", "clause", "ahead", "late", "turned"]
"""Whether something is denied beside a figure.

By the words that make a bound of it (no more than), in its clause, and there by a plain denial ahead
of it; or whether a denial turns the sign round: maybe, since it comes at the end, or certainly.
"""


class Bound(NamedTuple):
    """What words make of a figure."""

    sign: str
    """`<` or `>`, or nothing."""
    denied: Denied = ""

    def agrees(self, other: Bound) -> Literal["yes", "no", "hardly"]:
        """Say whether both mean the same; `hardly` where something else may be denied."""
        if not self.sign or not other.sign:
            return "yes"
        denied = {_LIKE.get(self.denied, self.denied), _LIKE.get(other.denied, other.denied)}
        if (self.denied, other.denied) == ("ahead", "within") and self.sign != other.sign:
            return "yes"  # not for longer than, which has become for no longer than
        if (self.sign == other.sign) != (denied in ({"turned", ""}, {"late", ""})):
            return "yes"
        return "hardly" if denied in ({"clause", ""}, {"late", ""}) else "no"


_LIKE: Mapping[Denied, Denied] = {"within": "", "ahead": "clause"}
"""What is the same, as far as two bounds of one sign go."""

UNBOUND = Bound("")

_NEAR = 28
"""How many letters before a figure may say that it is a bound."""
_BEHIND, _CLOSE_BEHIND = 16, 7
"""How many letters behind it; the fewer where words have no blanks between them."""
_DENIABLE = 20
"""How many letters, and two words, may stand between a denial and what it turns round."""
_REACH = 400
"""How many letters before a figure one of these words may begin, stems and their ends included."""
_PART = re.compile(r"[\d;:!?(,،。，；：（।؛؟、]|\.(?=\s|\Z)")
_LESS = frozenset({"less", "less_after"})
_BEFORE, _AFTER = frozenset({"more", "less"}), frozenset({"more_after", "less_after"})


def bound(words: str, known: Lexicon, cues: tuple[Cue, ...], start: int, end: int) -> Bound:
    """Say what the words around a figure make of it, if they are plain."""
    if not cues:
        return UNBOUND
    before, behind = _before(words, cues, start), _behind(words, known, cues, end)
    if before and behind and _goes_on(before, behind, words[end : behind.start], known):
        return UNBOUND
    if before and behind and ("from" in before.names or before.names.isdisjoint(_BEFORE)):
        before = None
    if before and (not behind or not words[before.end : start].strip()):
        sign = ">" if before.names.isdisjoint(_LESS) else "<"
        return Bound(sign, _denied(words, known, cues, before, start))
    if behind:
        sign = "<" if "less_after" in behind.names else ">"
        return Bound(sign, _denied(words, known, cues, behind, start))
    return UNBOUND


def _goes_on(before: Cue, behind: Cue, between: str, known: Lexicon) -> bool:
    """Whether it is no bound at all: up to two years of age and beyond."""
    is_near = len(between.strip()) <= (0 if known.unspaced else _OF_AGE)
    return is_near and before.names & _BEFORE == {"less"} and "more_after" in behind.names


_OF_AGE = 8
"""How many letters may stand between a figure and what takes its bound back."""


def between(cues: Sequence[Cue], start: int, end: int) -> Sequence[Cue]:
    """Return the cues that begin between two places."""
    first = bisect_left(cues, start, key=_START)
    return cues[first : bisect_left(cues, end, lo=first, key=_START)]


_START = attrgetter("start")


def _before(words: str, cues: tuple[Cue, ...], start: int) -> Cue | None:
    near = (
        cue
        for cue in reversed(between(cues, start - _REACH, start))
        if start - _NEAR <= cue.end <= start
        and (cue.names & _BEFORE or _is_behind_nothing(words, cue, start))
        and not (words[cue.end : start].strip(", ") and _PART.search(words, cue.end, start))
    )
    return next(near, None)


def _is_behind_nothing(words: str, cue: Cue, start: int) -> bool:
    """Whether what may stand behind a figure stands before one alone: before meals and under 8.5."""
    is_next = not cue.names.isdisjoint(_AFTER) and not words[cue.end : start].strip()
    return is_next and not _DIGIT.search(words, max(cue.start - _BEHIND, 0), cue.start)


_DIGIT = re.compile("[0-9]")


def _behind(words: str, known: Lexicon, cues: tuple[Cue, ...], end: int) -> Cue | None:
    reach = end + (_CLOSE_BEHIND if known.unspaced else _BEHIND)
    near = (
        cue
        for cue in between(cues, end, reach + 1)
        if end <= cue.start <= reach
        and cue.names & _AFTER
        and not _PART.search(words, end, cue.start)
    )
    return next(near, None)


def _denied(words: str, known: Lexicon, cues: tuple[Cue, ...], about: Cue, figure: int) -> Denied:
    if "denying" in about.names:
        return "within"  # no more than: what else is denied is another thing
    start, end = _clause(words, figure, about.end)
    denials = [
        cue for cue in between(cues, start, end) if cue.names & _DENYING and cue is not about
    ]
    ahead = [cue for cue in denials if "negations" in cue.names and cue.end <= about.start]
    if ahead and about.start < figure and _turns(words[ahead[-1].end : about.start], known):
        return "turned"
    late = [cue for cue in denials if cue.start >= figure and "hinting" not in cue.names]
    if known.language in _LATE and late:
        return "late"
    if ahead:
        return "ahead"
    return "clause" if denials else ""


_LATE = frozenset({"de", "hi", "ja", "ko"})
"""Languages where what a clause denies is told at its end."""


def _turns(between: str, known: Lexicon) -> bool:
    """Whether a denial is near enough to a comparison to be of it."""
    if known.unspaced:
        reach = _DENIABLE if known.language == "th" else _DENIABLE // 2
        return len(between) <= reach and not any(map(str.isspace, between))
    return len(between) <= _DENIABLE and len(between.split()) <= 2  # noqa: PLR2004


_DENYING = frozenset({"negations", "denying", "hinting"})


def _clause(words: str, figure: int, about: int) -> tuple[int, int]:
    """Return where the clause of a figure begins and ends."""
    ends, starts = _parts(words)
    last, behind = bisect_right(ends, figure), bisect_left(starts, max(figure, about))
    return (
        ends[last - 1] if last else 0,
        starts[behind] if behind < len(starts) else len(words),
    )


@lru_cache(8)
def _parts(words: str) -> tuple[list[int], list[int]]:
    """Return where the signs that part clauses end, and where they begin."""
    marks = [match for match in _PART.finditer(words) if not match[0].isdigit()]
    return [match.end() for match in marks], [match.start() for match in marks]
