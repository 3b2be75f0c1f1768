"""What a text denies or forbids, and its translation does not; and the other way round.

    >>> english, spanish = lexicon("en"), lexicon("es")
    >>> words, others = "do not drive. rest.", "conduzca. descanse."
    >>> source = denials(words, find(words, english), sentences(words))
    >>> target = denials(others, find(others, spanish), sentences(others))
    >>> [*lost(source, target)]
    [Loss(cue='not', certain=True)]

A denial must meet one, or a word that says the same: `avoid`, `unsafe`. Sentence is compared with
sentence where there are as many of them; where there are not, all with all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from polypage.language.cues import Cue, between
from polypage.language.lexicon import COMPARISONS


class Loss(NamedTuple):
    """A denial without a counterpart."""

    cue: str
    certain: bool
    """Whether no other denial of the sentence may stand for it."""


class Denials(NamedTuple):
    """What one sentence denies."""

    plain: tuple[str, ...]
    """Words that do nothing else, one for each clause."""
    likely: tuple[str, ...]
    """Words that say it in another way."""
    opposite: tuple[str, ...]
    """Those of them that deny what is said of a thing."""
    compared: bool
    """Whether it has a comparison with a denial in it: no more than."""
    compares: bool
    """Whether it has any comparison."""
    possible: tuple[str, ...]
    """Words that another language may say with a denial."""
    words: int
    """How many words deny, in whichever way."""
    told: int = 0
    """How many things plain words deny; words that agree with each other deny one: ne … pas."""
    besides: int = 0
    """How many words certainly say it in another way."""
    excepts: int = 0
    """How many words except something, and need no denial for it."""
    hints: int = 0
    """How many of the possible words may become a denial where no other word stands for them."""
    holds: int = 0
    """How many words another language may say with a denial, whatever else it has for them.

    `until`, `unless`, `not only`, and the `or` between things that are denied.
    """
    leads: bool = False
    """Whether a denial stands before what begins another clause, and so is not of that: if."""
    not_only: str = ""
    """What says that something is not the only one."""
    merely: bool = False
    """Whether something is said to be the only one."""
    spared: bool = False
    """Whether there is a denial that denies nothing: not only."""
    until: bool = False
    """Whether it says until when something is denied."""
    only: bool = False
    """Whether it has a word that says from when on it is so."""
    only_until: bool = False
    """Whether it says that it is so only until then."""
    aside: bool = False
    """Whether all that it denies stands in a clause beside another: if, when."""
    bare: bool = False
    """Whether it says only of what is without something."""
    lacks: bool = False
    """Whether it denies what is without something."""
    links: int = 0
    """How many words go on with another denial: nor."""

    @property
    def met(self) -> bool:
        """Whether a denial of the other text has a counterpart here."""
        return bool(self.plain or self.likely or self.compared)

    @property
    def may_meet(self) -> bool:
        """Whether a denial that another language adds may stand for something here."""
        return bool(self.met or self.possible or self.excepts)


_NONE = Denials((), (), (), False, False, (), 0)  # noqa: FBT003


def denials(
    words: str, cues: Sequence[Cue], spans: Sequence[tuple[int, int]], *, concord: bool = False
) -> list[Denials]:
    """Find the denials of each sentence of a folded text; in one clause, concord makes them one."""
    within = [cues] if len(spans) == 1 else [between(cues, *span) for span in spans]
    return [_of_sentence(words, each, concord=concord) if each else _NONE for each in within]


_CLAUSE_END = re.compile(r"[,;:()،؛，；、：（）—–]")


def _of_sentence(words: str, within: Sequence[Cue], *, concord: bool) -> Denials:
    alone = within[0] if len(within) == 1 else None
    if alone and COMPARISONS.isdisjoint(alone.names):  # as in most; nothing around it counts
        return _of_one(alone.text, alone.names)
    return _of_several(words, within, concord=concord)


@lru_cache(1_000)
def _of_one(text: str, names: frozenset[str]) -> Denials:
    return _of_several(text, [Cue(0, len(text), text, names)], concord=False)


def _of_several(words: str, within: Sequence[Cue], *, concord: bool) -> Denials:
    there = within[0].names.union(*[cue.names for cue in within[1:]])
    plain = [cue for cue in within if "negations" in cue.names and not _is_bound(words, cue)]
    first = [
        cue
        for n, cue in enumerate(plain)
        if n == 0 or _is_of_its_own(words, plain[n - 1], cue, concord=concord)
    ]
    comparing = [cue for cue in _of(COMPARISONS, within, there) if _is_of_figure(words, cue)]
    denying = _of(_DENYING, within, there)
    likely = [cue for cue in denying if cue not in comparing]
    possible = [cue for cue in _of(_POSSIBLE, within, there) if cue.names.isdisjoint(_COUNTED)]
    return Denials(
        tuple([cue.text for cue in first]),
        tuple([cue.text for cue in likely]),
        tuple([cue.text for cue in _of(_OPPOSITE, within, there)]),
        len(likely) < len(denying),
        bool(comparing),
        tuple([cue.text for cue in possible]),
        len(plain) + len(likely),
        _told(words, within) if concord else len(plain),
        sum(cue.names.isdisjoint(_UNSURE) for cue in likely),
        len(_of(_EXCEPTING, within, there)),
        sum(cue.names.isdisjoint(_NO_HINT) for cue in possible if not _is_bare(cue, plain)),
        sum(cue.names.isdisjoint(_STEADY) for cue in _of(_HOLDING, within, there))
        + (len(_of(_OR, within, there)) if plain else 0),
        _leads(within, there),
        next((cue.text for cue in _of(_NOT_ONLY, within, there)), ""),
        "merely" in there,
        "harmless" in there,
        "until" in there,
        "only" in there,
        {"only", "until"} <= there and _is_only_until(words, within),
        _is_aside(words, within, there),
        there >= _BARE and any(_is_bare(cue, plain) for cue in possible),
        any("without" in cue.names for cue in plain[1:]),
        len(_of(_LINKING, within, there)),
    )


def _is_bare(cue: Cue, plain: Sequence[Cue]) -> bool:
    """Whether an `only` stands before what nothing else can deny: only without."""
    return "merely" in cue.names and any("without" in each.names for each in plain)


def _is_aside(words: str, within: Sequence[Cue], there: frozenset[str]) -> bool:
    """Whether all denials stand in a clause of their own, and none in that beside it."""
    if "negations" not in there or _CLAUSES.isdisjoint(there):
        return False
    denying = [cue for cue in within if "negations" in cue.names]
    closing = max((cue.start for cue in within if "closing" in cue.names), default=0)
    if denying[-1].end <= closing:
        return True
    parting = next((cue for cue in within if "parting" in cue.names), denying[-1])
    if parting.start >= denying[0].start:
        return False
    end = _CLAUSE_END.search(words, parting.end)
    if end is None:
        return not _BEGINNING.search(words, 0, parting.start)
    return denying[-1].end <= end.start()


_BEGINNING = re.compile(r"(?:\A|[.!?؟।\n])[^\w.!?؟।\n]*\Z")


def _is_of_its_own(words: str, last: Cue, cue: Cue, *, concord: bool) -> bool:
    """Whether a word denies something else than the one before: not so in neither beer nor wine."""
    between = words[last.end : cue.start]
    if "linking" in cue.names:
        return bool(_CLAUSE_END.search(between))
    return _is_other_clause(between, concord=concord)


def _is_only_until(words: str, within: Sequence[Cue]) -> bool:
    """Whether one word says only, and until when the next: solo hasta; not 直到…才."""
    return any(
        "only" in one.names
        and "until" in other.names
        and not _is_other_clause(words[one.end : other.start], concord=False)
        for one, other in pairwise(within)
    )


def _of(names: frozenset[str], cues: Iterable[Cue], there: frozenset[str]) -> list[Cue]:
    """Pick the cues of some lines of the lexicon, if any is `there` at all."""
    if names.isdisjoint(there):
        return []
    return [cue for cue in cues if not names.isdisjoint(cue.names)]


_DENYING, _OPPOSITE = frozenset({"denying"}), frozenset({"opposites"})
_POSSIBLE = frozenset({"hinting", "harmless"})
_EXCEPTING = frozenset({"excepting"})
_COUNTED = _EXCEPTING | {"negations"}
"""What is counted for itself, whatever else it may be."""
_STEADY, _HOLDING = frozenset({"steady"}), _EXCEPTING | {"until", "harmless"}
_PARTING = frozenset({"parting"})
_BARE = frozenset({"merely", "without"})
_CLAUSES = _PARTING | {"closing"}
_NOT_ONLY = frozenset({"not_only"})
_OR, _LINKING = frozenset({"or"}), frozenset({"linking"})
_NO_HINT = _STEADY | _HOLDING
_UNSURE = _COUNTED | _POSSIBLE


def _leads(within: Sequence[Cue], there: frozenset[str]) -> bool:
    if _PARTING.isdisjoint(there):
        return False
    clause = takewhile(lambda cue: "parting" not in cue.names, within)
    return any("negations" in cue.names for cue in clause)


def _told(words: str, within: Sequence[Cue]) -> int:
    """Count what is denied where words agree: `ne … pas` is one, `no … sin` two, `no … no` too."""
    count, last, led = 0, None, False
    for cue in within:
        if "parting" in cue.names:
            last = None
        if "negations" not in cue.names:
            continue
        alone, leads = "without" in cue.names, "leading" in cue.names
        near = last and not _is_other_clause(words[last.end : cue.start], concord=True)
        if alone or not near or (leads and led):
            count, led = count + 1, leads or alone
        last, led = cue, led or leads
    return count


def _is_bound(words: str, cue: Cue) -> bool:
    """Whether a word that may deny stands at once before a figure, as its bound: دون 8."""
    return not COMPARISONS.isdisjoint(cue.names) and bool(_AT_FIGURE.match(words, cue.end))


_AT_FIGURE = re.compile(r"\s*[0-9]")


def _is_of_figure(words: str, cue: Cue) -> bool:
    return bool(_DIGIT.search(words, max(cue.start - _FIGURE, 0), cue.end + _FIGURE))


_DIGIT = re.compile("[0-9²³¹፩-፱᧚⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒]")
"""European digits, and those that stand above or below a line or in a circle."""
_FIGURE = 24
"""How many letters from a figure a comparison may stand that is of it."""


def _is_other_clause(between: str, *, concord: bool) -> bool:
    far = _CLAUSE * 3 if concord else _CLAUSE
    return bool(_CLAUSE_END.search(between)) or len(between) > far


_CLAUSE = 12
"""How many letters between two denials tell that they are of two things."""


def lost(source: Sequence[Denials], target: Sequence[Denials]) -> Iterator[Loss]:
    """Find the denials of the source that nothing in the target stands for."""
    if any(one.not_only for one in source):
        yield from _turned(_all_of(source), _all_of(target))
    if not any(one.plain or one.opposite for one in source):
        return
    if len(source) != len(target):
        yield from _lost_somewhere(source, target)
        return
    aligned = [*zip(source, target, strict=True)]
    yield from (
        Loss(one.plain[0], certain=False) for one, other in aligned if _is_moved(one, other)
    )
    if all(map(_is_plainly_met, source, target)):  # as in most
        return
    gone = [
        Loss(one.plain[0], certain=not _may_be_said(one, other))
        for one, other in aligned
        if one.plain and not (_is_met(one, other) or _is_said_by_only(one, other))
    ]
    # A denial that has moved into another sentence may be meant there.
    moved = sum(bool(other.plain) and not one.may_meet for one, other in aligned)
    yield from (loss._replace(certain=False) for loss in gone[:moved])
    yield from gone[moved:]
    for one, other in aligned:
        if cue := _doubtful(one, other):
            yield Loss(cue, certain=_is_plain_loss(one, other))


def _turned(one: Denials, other: Denials) -> Iterator[Loss]:
    """Find a `not only` that has become an only."""
    if other.merely and not (one.merely or other.met or other.spared):
        yield Loss(one.not_only, certain=True)


def _is_moved(one: Denials, other: Denials) -> bool:
    """Whether what was denied before an `if` is so no more, but something behind it is."""
    if not (one.leads and other.aside and other.plain) or len(one.plain) != 1:
        return False
    here, there = (sum(cue not in each.plain for cue in each.likely) for each in (one, other))
    return (there < here or there == 0) and not _may_be_said(one, other)


def _is_plainly_met(one: Denials, other: Denials) -> bool:
    """Whether nothing is denied, or one thing is and the other text denies it or another too."""
    if not (one.plain or one.opposite):
        return True
    return bool(other.plain) and len(one.plain) <= 1 and not one.excepts


def _is_met(one: Denials, other: Denials) -> bool:
    """Whether a denial has a counterpart, or what excepts something stands for it."""
    return other.met or other.excepts > one.excepts


def _is_said_by_only(one: Denials, other: Denials) -> bool:
    """Whether what is not so until then, or not so if or without something, is so only then."""
    is_only_if = one.lacks or (one.leads and len(one.plain) == _BOTH)
    is_said = is_only_if and other.merely and not one.merely
    return is_said or _is_from_then_on(one, other)


_BOTH = 2
"""How many denials make `only if`."""


def _is_from_then_on(one: Denials, other: Denials) -> bool:
    """Whether what is not so until then is so only from then on; only until then is the contrary."""
    return one.until and other.only and len(one.plain) == 1 and not other.only_until


def _may_be_said(one: Denials, other: Denials) -> bool:
    """Whether a sentence has words for a denial that are not those of a word of the source."""
    excepting = max(one.excepts - other.excepts, 0)
    return other.spared or len(other.possible) > len(one.possible) + excepting


def _counterparts(one: Denials, other: Denials) -> int:
    """Count what stands for denials in a text, beside what stands for other words of the source.

    Where that excepts something in a word of its own, `unless`, a denial may be said for it; what
    it says by words such as `stop` has as many of them in the translation. `Only` stands for both
    a denial and what is excepted of it: nothing except.
    """
    only = int(other.merely and not one.merely and one.excepts > other.excepts)
    hints = max(len(other.possible) - len(one.possible), 0)
    excepting = 0 if other.leads else max(one.excepts - other.excepts - hints - only, 0)
    likely = max(other.besides - one.besides, 0) + max(other.excepts - one.excepts, 0)
    links = max(other.links - one.links, 0)  # and do not: nor
    return other.told + other.compared + likely + links + only - excepting


def _is_plain_loss(one: Denials, other: Denials) -> bool:
    """Whether all that still denies says no more than the other words of the source: stop."""
    besides = [cue for cue in one.likely if cue not in one.plain]
    denies = other.plain or other.compared or len(other.likely) > len(besides)
    return bool(one.plain) and not (denies or _may_be_said(one, other))


def _doubtful(one: Denials, other: Denials) -> str | None:
    """Return a denial of a sentence that its translation has no word of its own for."""
    few = _counterparts(one, other) < len(one.plain) and not _may_be_said(one, other)
    if other.met and few:
        return one.plain[-1]
    if one.plain and one.likely and other.met and not (other.plain or other.compared):
        return one.plain[0] if len(other.likely) <= len(one.likely) else None
    if one.opposite and not (one.plain or other.met or _may_be_said(one, other)):
        return one.opposite[0]
    return None


def _lost_somewhere(source: Sequence[Denials], target: Sequence[Denials]) -> Iterator[Loss]:
    denying = [one.plain[0] for one in source if one.plain]
    comparing = sum(bool(one.plain) and one.compares for one in source)
    met = sum(one.words for one in target)
    met += min(comparing, sum(one.compared for one in target))
    for n, cue in enumerate(denying[met:]):
        spare = _may_be_said(_all_of(source), _all_of(target))
        yield Loss(cue, certain=met == 0 and n == 0 and not spare)


def added(source: Sequence[Denials], target: Sequence[Denials]) -> Iterator[str]:
    """Find the denials of the target that nothing in the source stands for."""
    if not any(one.plain or one.opposite for one in target):
        return
    if len(source) != len(target):
        source, target = [_all_of(source)], [_all_of(target)]
    aligned = [*zip(source, target, strict=True)]
    yield from (other.plain[-1] for one, other in aligned if _is_only_with(one, other))
    new = [
        cue
        for one, other in aligned
        for cue in _new(one, other)
        if not _is_from_then_on(other, one)
    ]
    if not new:  # as in most
        return
    # A denial that has moved into another sentence is none too many.
    moved = _all_of(target), _all_of(source)
    yield from new[: max(len(moved[0].plain or moved[0].opposite) - _denied(*moved), 0)]


def _is_only_with(one: Denials, other: Denials) -> bool:
    """Whether what is so only without something is not so without it: that is so only with it."""
    is_said = other.merely or other.spared
    return one.bare and bool(other.plain) and not is_said and other.told > one.told


def _new(one: Denials, other: Denials) -> Sequence[str]:
    """Return the denials of a translation that are more than its source can have become."""
    if not other.plain:
        return other.opposite[:1] if not one.may_meet else ()
    hints = len(one.possible) - len(other.possible)
    hints = max(min(hints, one.hints), 0) + one.holds
    return other.plain[-1:] if len(other.plain) > _denied(other, one) + hints else ()


def _denied(other: Denials, one: Denials) -> int:
    """Count what a source denies, beside what the translation says in another way as well."""
    likely = max(one.besides - other.besides, 0)
    return one.told + one.compared + likely


def _all_of(sentences: Sequence[Denials]) -> Denials:
    if len(sentences) == 1:
        return sentences[0]
    return Denials(
        tuple(cue for each in sentences for cue in each.plain),
        tuple(cue for each in sentences for cue in each.likely),
        tuple(cue for each in sentences for cue in each.opposite),
        any(each.compared for each in sentences),
        any(each.compares for each in sentences),
        tuple(cue for each in sentences for cue in each.possible),
        sum(each.words for each in sentences),
        sum(each.told for each in sentences),
        sum(each.besides for each in sentences),
        sum(each.excepts for each in sentences),
        sum(each.hints for each in sentences),
        sum(each.holds for each in sentences),
        any(each.leads for each in sentences),
        next((each.not_only for each in sentences if each.not_only), ""),
        any(each.merely for each in sentences),
        any(each.spared for each in sentences),
        any(each.until for each in sentences),
        any(each.only for each in sentences),
        any(each.only_until for each in sentences),
        all(each.aside for each in sentences if each.plain),
        any(each.bare for each in sentences),
        any(each.lacks for each in sentences),
        sum(each.links for each in sentences),
    )
