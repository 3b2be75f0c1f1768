"""Which text of a translated page is the translation of which text of its source.

    source      heading · paragraph · paragraph, link to dose · list item, 5 · list item
    translated  heading · paragraph, link to dose · list item, 5 and more

    beads       (0 0) (1 -) (2 1) (3+4 2)

Both pages are told in order; the cheapest way through them is looked for, one text to one, one to
none, two to one or one to two, as Gale and Church do it (Computational Linguistics 19:1, 1993),
with what is the same in every language beside the lengths. A bead is sure only if it is part of
nearly every other good way too, if no neighbour could stand in for it, and nothing tells against
it: a page whose paragraphs were joined, dropped or moved shifts nothing in silence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from polypage.language.drift import drift
from polypage.language.texts import Text
from polypage.model import Syntax
from polypage.profiles import Profile
from polypage.reuse.alignment import is_as_long
from polypage.reuse.landmarks import Landmarks


@dataclass(frozen=True, slots=True)
class Bead:
    """Texts of the source and their translation, by their places; one side may be empty."""

    sources: tuple[int, ...]
    targets: tuple[int, ...]
    doubt: str = ""
    """Why it has to be looked at; empty where there is no doubt."""

    @property
    def sure(self) -> bool:
        return not self.doubt


def pair_up(
    source: Sequence[Landmarks], target: Sequence[Landmarks], *, spoken: Profile, written: Profile
) -> tuple[Bead, ...]:
    """Pair the texts of a page with those of its translation, in order of the source."""
    table = _Table(tuple(source), tuple(target))
    beads = _cheapest(table)
    settled = []
    for place, (bead, odds) in enumerate(zip(beads, _odds(table, beads), strict=True)):
        doubt = _doubt(table, place, beads, spoken, written)
        if not doubt and odds < _ODDS:
            doubt = "might belong to another text"
        settled.append(Bead(bead.sources, bead.targets, doubt))
    return tuple(_moved(table, settled))


# --- what a pair costs ------------------------------------------------------------------------

_GAP = 4.0
"""What it costs to leave a text without a counterpart."""
_JOINT = 4.0
"""What it costs to join two texts."""
_NEVER = 1000.0
_OTHER_CLASS = 4.0
_OTHER_QUESTION = 3.0
_OTHER_SIGNS = 1.0
"""What a sign more or less costs that divides a text."""
_VARIANCE = 6.8
"""Of a translation's length per character of its source (Gale and Church)."""
_MOST_BY_LENGTH = 10.0
_STEPS = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
_BAND = 40
"""How far from the diagonal a way may go, in texts; on long pages a twentieth more."""


class _Table:
    """Two pages, and what it costs to pair their texts."""

    def __init__(self, source: tuple[Landmarks, ...], target: tuple[Landmarks, ...]) -> None:
        self.source = source
        self.target = target
        self._costs: dict[tuple[int, int], float] = {}
        self._joints: dict[tuple[int, int, int], float] = {}
        self._band = _BAND + len(target) // 20

    @cached_property
    def growth(self) -> float:
        """How many characters the translation has for one of the source."""
        before = sum(each.length for each in self.source)
        return sum(each.length for each in self.target) / before if before else 1.0

    def columns(self, one: int) -> range:
        """Return the places of the translation that a way may have come to with those before `one`."""
        end = len(self.target)
        middle = one * end // len(self.source) if self.source else 0
        first = 0 if one == 0 else max(middle - self._band, 0)
        return range(
            first, end + 1 if one in {0, len(self.source)} else min(middle + self._band, end) + 1
        )

    def cost(self, one: int, other: int) -> float:
        """Return what it costs to take one text for the translation of another."""
        place = one, other
        if place not in self._costs:
            self._costs[place] = self._cost(self.source[one], self.target[other])
        return self._costs[place]

    def step(self, one: int, other: int, step: tuple[int, int]) -> float:
        """Return what a bead costs whose texts end before the places given."""
        match step:
            case (1, 1):
                return self.cost(one - 1, other - 1)
            case (1, 0) | (0, 1):
                return _GAP
        place = one, other, step[0]
        if place not in self._joints:
            self._joints[place] = self._joint(
                self.source[one - step[0] : one], self.target[other - step[1] : other]
            )
        return self._joints[place]

    def standing(self, one: int, other: int) -> float:
        """Return what a pair costs; a heading with what it stands over."""
        cost = self.cost(one, other)
        is_over = one + 1 < len(self.source) and other + 1 < len(self.target)
        if is_over and self.source[one].segment.role.startswith("heading"):
            cost += max(min(self.cost(one + 1, other + 1), _MOST_BY_LENGTH), -_MOST_BY_LENGTH)
        return cost

    def _cost(self, one: Landmarks, other: Landmarks) -> float:
        return (
            _cost_of_role(one, other)
            + _cost_of_length(one.length * self.growth, other.length)
            + _cost_of_marks((one,), (other,))
            + _cost_of_shape(one, other)
            + (_OTHER_CLASS if one.classes != other.classes else 0.0)
            + (_OTHER_QUESTION if one.asks != other.asks else 0.0)
        )

    def _joint(self, ones: tuple[Landmarks, ...], others: tuple[Landmarks, ...]) -> float:
        if not _can_join(*(ones if len(ones) > 1 else others)):
            return _NEVER
        length = sum(each.length for each in ones) * self.growth
        return (
            _JOINT
            + _cost_of_role(ones[0], others[0])
            + _cost_of_length(length, sum(each.length for each in others))
            + _cost_of_marks(ones, others)
        )


def _can_join(one: Landmarks, other: Landmarks) -> bool:
    return one.segment.syntax is other.segment.syntax is Syntax.MARKUP and (
        one.segment.role == other.segment.role and not one.segment.role.startswith("heading")
    )


def _cost_of_role(one: Landmarks, other: Landmarks) -> float:
    if one.segment.syntax is not other.segment.syntax or (
        one.segment.domain != other.segment.domain
    ):
        return _NEVER
    if one.segment.role == other.segment.role:
        return 0.0
    if one.segment.syntax is not Syntax.MARKUP:
        return _NEVER
    headings = [each.segment.role.startswith("heading") for each in (one, other)]
    return 4.0 if headings[0] == headings[1] else 8.0


def _cost_of_length(expected: float, length: float) -> float:
    mean = (expected + length) / 2 + 1
    deviation = (length - expected) / math.sqrt(_VARIANCE * mean)
    return min(deviation * deviation / 2, _MOST_BY_LENGTH)


def _cost_of_marks(ones: Sequence[Landmarks], others: Sequence[Landmarks]) -> float:
    """Weigh what is the same in every language: negative where much of it is in both."""
    cost = 0.0
    before, after = _joined(ones), _joined(others)
    for code in before.codes | after.codes:
        shared = min(before.codes.get(code, 0), after.codes.get(code, 0))
        left = max(before.codes.get(code, 0), after.codes.get(code, 0)) - shared
        cost += (3.0 if " " in code else 0.6) * (0.8 * left - min(shared, 3))
    for figure in before.figures | after.figures:
        cost += -2.5 if figure in before.figures and figure in after.figures else 2.0
    cost -= 6.0 * min(len(before.around & after.around), 2)
    cost -= 1.5 * min(len(before.names & after.names), 4)
    return max(cost, -20.0)


def _cost_of_shape(one: Landmarks, other: Landmarks) -> float:
    return sum(
        _OTHER_SIGNS * min(abs(before - after), 2)
        for before, after in zip(one.shape, other.shape, strict=True)
    )


class _Marks(NamedTuple):
    codes: dict[str, int]
    figures: set[str]
    names: set[str]
    around: set[str]


def _joined(texts: Sequence[Landmarks]) -> _Marks:
    marks = _Marks({}, set(), set(), set())
    for text in texts:
        for code, count in text.codes.items():
            marks.codes[code] = marks.codes.get(code, 0) + count
        marks.figures.update(text.figures)
        marks.names.update(text.names)
        marks.around.update(text.around)
    return marks


# --- the cheapest way, and its odds -----------------------------------------------------------

_Rows: TypeAlias = list[dict[int, float]]
"""What it costs to come to a place, or to go on from it: by texts of the source, then of the other."""


def _cheapest(table: _Table) -> list[Bead]:
    rows = _before(table, min)
    beads: list[Bead] = []
    one, other = len(table.source), len(table.target)
    while one or other:
        costs = {
            step: rows[one - step[0]].get(other - step[1], math.inf) + table.step(one, other, step)
            for step in _STEPS
            if step[0] <= one and step[1] <= other
        }
        ones, others = min(costs, key=lambda step: costs[step])
        beads.append(Bead(tuple(range(one - ones, one)), tuple(range(other - others, other))))
        one, other = one - ones, other - others
    return beads[::-1]


def _odds(table: _Table, beads: Sequence[Bead]) -> list[float]:
    """Return which share of all ways, weighed by what they cost, has each bead."""
    before, after = _before(table, _all_of), _after(table)
    whole = after[0][0]
    odds = []
    one = other = 0
    for bead in beads:
        step = len(bead.sources), len(bead.targets)
        cost = before[one][other]
        one, other = one + step[0], other + step[1]
        cost += table.step(one, other, step) + after[one][other]
        odds.append(math.exp(min(whole - cost, 0.0)))
    return odds


def _before(table: _Table, combine: Callable[[list[float]], float]) -> _Rows:
    rows: _Rows = []
    for one in range(len(table.source) + 1):
        row: dict[int, float] = {}
        rows.append(row)
        for other in table.columns(one):
            row[other] = (
                0.0
                if one == other == 0
                else combine(
                    [
                        rows[one - ones].get(other - others, math.inf)
                        + table.step(one, other, step)
                        for step in _STEPS
                        if (ones := step[0]) <= one and (others := step[1]) <= other
                    ]
                )
            )
    return rows


def _after(table: _Table) -> _Rows:
    last, end = len(table.source), len(table.target)
    rows: _Rows = [{} for _ in range(last + 1)]
    for one in range(last, -1, -1):
        for other in reversed(table.columns(one)):
            rows[one][other] = (
                0.0
                if (one, other) == (last, end)
                else _all_of(
                    [
                        rows[one + ones].get(other + others, math.inf)
                        + table.step(one + ones, other + others, step)
                        for step in _STEPS
                        if one + (ones := step[0]) <= last and other + (others := step[1]) <= end
                    ]
                )
            )
    return rows


def _all_of(costs: list[float]) -> float:
    """Return what several ways cost as one: less than the cheapest of them."""
    least = min(costs)
    if least == math.inf:
        return least
    return least - math.log(sum(math.exp(least - cost) for cost in costs))


# --- doubt ------------------------------------------------------------------------------------

_ODDS = 0.98
_MARGIN = 3.0
"""How much dearer any other counterpart must be."""
_NEIGHBOURS = 8
"""How many beads to either side might have changed places."""


def _doubt(
    table: _Table, place: int, beads: Sequence[Bead], spoken: Profile, written: Profile
) -> str:
    """Say what tells against a bead, beside its odds."""
    bead = beads[place]
    if not (bead.sources and bead.targets):
        return "has no counterpart"
    if len(bead.sources) > 1:
        return "is joined with another there"
    if len(bead.targets) > 1:
        return "is in two parts there"
    one, other = table.source[bead.sources[0]], table.target[bead.targets[0]]
    against = _contradictions(one, other, table.growth, spoken, written)
    return next(against, "") or _rival(table, place, beads)


def _contradictions(
    one: Landmarks, other: Landmarks, growth: float, spoken: Profile, written: Profile
) -> Iterator[str]:
    if one.segment.role != other.segment.role:
        yield f"is a {other.segment.role} there"
    if one.codes != other.codes:
        yield "has other inline codes there"
    for each in drift(Text.of(one.text, spoken), Text.of(other.text, written)):
        yield each.message
    if one.asks != other.asks:
        yield "only one of the two is a question"
    if not is_as_long(one.length * growth, other.length):
        yield "is of quite another length there"
    if one.symbols != other.symbols:
        yield "has other signs there"
    if one.text == other.text:
        yield "stands there untranslated"


def _rival(table: _Table, place: int, beads: Sequence[Bead]) -> str:
    """Find a neighbour that could as well be the counterpart."""
    (one,), (other,) = beads[place].sources, beads[place].targets
    role = table.source[one].segment.role
    for near in (
        *beads[max(place - _NEIGHBOURS, 0) : place],
        *beads[place + 1 : place + _NEIGHBOURS + 1],
    ):
        if len(near.sources) == len(near.targets) == 1:
            (source,), (target,) = near.sources, near.targets
            dearer = (
                table.standing(one, target)
                + table.standing(source, other)
                - table.standing(one, other)
                - table.standing(source, target)
            )
            rivals = table.source[source].segment.role == role and dearer < _MARGIN
        else:
            own = table.standing(one, other)
            rivals = any(
                table.standing(source, other) - own < _MARGIN for source in near.sources
            ) or any(table.standing(one, target) - own < _MARGIN for target in near.targets)
        if rivals:
            return "a neighbour could be meant as well"
    return ""


# --- what stands elsewhere --------------------------------------------------------------------

_FAR = -3.0
"""What a pair may cost at most that stands in another order."""


def _moved(table: _Table, beads: Sequence[Bead]) -> Iterator[Bead]:
    """Pair what was left on both pages and has marks of its own; the rest stays alone."""
    ones = [one for bead in beads if not bead.targets for one in bead.sources]
    others = [other for bead in beads if not bead.sources for other in bead.targets]
    found = sorted((table.cost(one, other), one, other) for one in ones for other in others)
    pairs: dict[int, int] = {}
    for cost, one, other in found:
        if cost <= _FAR and one not in pairs and other not in pairs.values():
            pairs[one] = other
    for bead in beads:
        if not bead.targets and bead.sources[0] in pairs:
            yield Bead(bead.sources, (pairs[bead.sources[0]],), "stands elsewhere there")
        elif bead.sources or bead.targets[0] not in pairs.values():
            yield bead
