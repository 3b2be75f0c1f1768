"""What only the translations of many texts together tell.

    placed = [Placed("locales/de/…/dose.po", entry), …]      all of one locale
    list(compare(placed))
        -> [Finding(code='translation-varies', message='“Ruhe” in …/sleep.po:12', line=40, …), …]

Three things: one text that is translated in several ways, one translation that stands for several
texts, and a translation that is much shorter or longer than those of its language are. How long
these are is learned from the translations themselves.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple, TypeVar

from polypage.model import Entry, EntryKey, Finding, Severity

_Key = TypeVar("_Key")


class Placed(NamedTuple):
    """An entry and the catalog that it stands in."""

    path: str
    """Below the project's root."""
    entry: Entry


def compare(placed: Sequence[Placed]) -> Iterator[Finding]:
    """Compare the translations of one locale; those that are fuzzy or obsolete do not count."""
    finished = [each for each in placed if each.entry.usable and each.entry.plural is None]
    yield from _varying(finished)
    yield from _shared(finished)
    yield from _odd_lengths(finished)


def _finding(code: str, message: str, placed: Placed) -> Finding:
    return Finding(code, Severity.WARNING, message, placed.path, placed.entry.told_line)


def _where(placed: Placed) -> str:
    return f"{placed.path}:{placed.entry.told_line}"


_SHOWN = 40
"""How many characters of a text a message has."""


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words if len(words) <= _SHOWN else f'{words[:_SHOWN]}…'}”"


# --- one text, several translations -----------------------------------------------------------


def _varying(placed: Sequence[Placed]) -> Iterator[Finding]:
    """Find what is translated otherwise than most often; of two ways the first is the usual one."""
    same: Mapping[EntryKey, list[Placed]] = _grouped((each.entry.key, each) for each in placed)
    for group in same.values():
        ways = Counter(_words(each.entry.msgstr) for each in group)
        if len(ways) == 1:
            continue
        usual, _ = ways.most_common(1)[0]
        model = next(each for each in group if _words(each.entry.msgstr) == usual)
        for each in group:
            if _words(each.entry.msgstr) != usual:
                told = f"{_quoted(model.entry.msgstr)} in {_where(model)}"
                yield _finding("translation-varies", f"the same text is {told}", each)


def _words(text: str) -> str:
    return " ".join(text.split())


# --- one translation, several texts -----------------------------------------------------------

_ENOUGH = 20
"""Letters of a source text that make it likely to have a translation of its own."""


def _shared(placed: Sequence[Placed]) -> Iterator[Finding]:
    """Find translations that stand for texts of other words: one of them was pasted twice."""
    same = _grouped(
        (_letters(each.entry.msgstr), each)
        for each in placed
        if len(_letters(each.entry.msgid)) >= _ENOUGH
    )
    for group in same.values():
        sources = _grouped((_letters(each.entry.msgid), each) for each in group)
        first, *others = (each[0] for each in sources.values())
        for each in others:
            told = f"{_quoted(first.entry.msgid)} in {_where(first)}"
            yield _finding("translation-shared", f"it also stands for {told}", each)


_TAG = re.compile(r"</?[^<>]*>")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, _TAG.sub("", text))).casefold()


# --- lengths ----------------------------------------------------------------------------------

_LONG = 40
"""Characters from which on the length of a text tells something."""
_MANY = 30
"""Translations from which the usual length can be learned."""
_FACTOR = math.log(1.57)
"""What nobody wonders at, for a very long text."""
_SPREAD = 3
"""Times the usual deviation, likewise."""
_NORMAL = 1.4826
"""The standard deviation of a normal distribution, in median deviations."""


def _odd_lengths(placed: Sequence[Placed]) -> Iterator[Finding]:
    """Find lengths far from the usual: half a sentence may be lost, or two are where one was."""
    measured = [*_measured(placed)]
    if len(measured) < _MANY:
        return
    usual = median(each.ratio for each in measured)
    spread = _NORMAL * median(abs(each.ratio - usual) for each in measured)
    for each in measured:
        most = max(_SPREAD * spread, _FACTOR * (1 + 10 / each.length))
        if abs(each.ratio - usual) > most:
            share = round(100 * math.exp(each.ratio - usual))
            message = f"its length is {share} % of what is usual: see that nothing is lost or added"
            yield _finding("length-odd", message, each.placed)


class _Measured(NamedTuple):
    placed: Placed
    length: int
    """The source's, in characters."""
    ratio: float
    """The logarithm of the translation's share of it."""


def _measured(placed: Iterable[Placed]) -> Iterator[_Measured]:
    for each in placed:
        source, target = _length(each.entry.msgid), _length(each.entry.msgstr)
        if source >= _LONG and target:
            yield _Measured(each, source, math.log(target / source))


def _length(text: str) -> int:
    """Count the characters but for blanks and inline codes."""
    return sum(not character.isspace() for character in _TAG.sub("", text))


def _grouped(pairs: Iterable[tuple[_Key, Placed]]) -> dict[_Key, list[Placed]]:
    groups: dict[_Key, list[Placed]] = defaultdict(list)
    for key, placed in pairs:
        groups[key].append(placed)
    return groups
