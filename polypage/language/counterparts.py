"""The quantities of a text and of its translation, and which of them belong together.

A quantity's counterpart has the same amount, or else the same figure: 1000 mg is 1 g, 3:30 pm is
15 h 30, 1 000 is a thousand where the other text has a thousand. Dates, lists and hours are taken
apart, and put together, as the other text has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from polypage.language.quantities import Quantity
from polypage.language.readings import Reading


class Drift(NamedTuple):
    """A figure that is not what it was."""

    kind: Literal["changed", "missing", "added", "unit", "format", "bound", "moved"]
    message: str
    certain: bool = True
    """Whether it can hardly be a matter of style."""
    before: tuple[Quantity, ...] = ()
    """The figures of the source that it is about."""
    after: tuple[Quantity, ...] = ()
    """Those of the translation."""


Pair: TypeAlias = "tuple[Quantity, Quantity]"


class Side(NamedTuple):
    """One of the two texts, and its figures that have no counterpart so far."""

    reading: Reading
    left: list[Quantity]

    @classmethod
    def of(cls, reading: Reading) -> Side:
        return cls(reading, [*reading.figures])


def pairs_of(before: Side, after: Side) -> list[Pair]:
    """Pair what is alike, the likest first; what is left has no counterpart."""
    pairs = [pair for alike in _ALIKE for pair in paired_by(before, after, alike)]
    if before.left or after.left:
        pairs += _regrouped(before, after)
    return pairs


def paired_by(
    before: Side, after: Side, alike: Callable[[Quantity, Quantity], bool]
) -> Iterator[Pair]:
    """Take out each quantity of the source, and the first of the translation that is alike."""
    for quantity in tuple(before.left):
        if other := next((other for other in after.left if alike(quantity, other)), None):
            before.left.remove(quantity)
            after.left.remove(other)
            yield quantity, other


def _is_same_amount(one: Quantity, other: Quantity) -> bool:
    return one.unit is not None and other.unit is not None and one.amount == other.amount


def _is_same_in_time(one: Quantity, other: Quantity) -> bool:
    dimensions = {one.amount[0], other.amount[0]}
    return one.value == other.value and dimensions <= {"time", "months"}


def _is_same_figure(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value and None in {one.unit, other.unit}


def _is_same_hour(one: Quantity, other: Quantity) -> bool:
    return bool(one.half or other.half) and one.hour == other.hour


def _is_same_year(one: Quantity, other: Quantity) -> bool:
    """Thailand counts from the Buddha's death, Taiwan from the republic."""
    values = (one.value, other.value) if one.value < other.value else (other.value, one.value)
    is_year = one.unit in {None, "year"} and max(values) > 1900  # noqa: PLR2004
    return is_year and values[1] - values[0] in {543, 1911}


def _is_same_but_for_unit(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value


_ALIKE = (
    _is_same_amount,
    _is_same_in_time,
    _is_same_figure,
    _is_same_hour,
    _is_same_year,
    _is_same_but_for_unit,
)


def _regrouped(before: Side, after: Side) -> list[Pair]:
    """Look for counterparts among dates, lists and telephone numbers taken apart or together."""
    pairs: list[Pair] = []
    for one, other in ((before, after), (after, before)):
        _take_apart(one, other.left)
        _put_together(one, other.left)
    for alike in _ALIKE:
        pairs += paired_by(before, after, alike)
    return pairs


def _take_apart(side: Side, wanted: Sequence[Quantity]) -> None:
    values = {each for quantity in wanted for each in (quantity.value, quantity.hour)}
    values |= {quantity.value - 543 for quantity in wanted if quantity.value > 2300}  # noqa: PLR2004
    for quantity in tuple(side.left):
        parts = quantity.parts()
        if len(parts) > 1 and all(
            {part.value, part.hour} & values or part.figure == "00" for part in parts
        ):
            at = side.left.index(quantity)
            side.left[at : at + 1] = [part for part in parts if part.figure != "00"]


def _put_together(side: Side, wanted: Sequence[Quantity]) -> None:
    """Read `5 000` as five thousand where the other text has five thousand."""
    values = {quantity.value for quantity in wanted}
    for one, other in pairwise(tuple(side.left)):
        figure = one.figure + other.figure
        if (
            one.end + 1 == other.start
            and re.fullmatch(r"\d{4,6}", figure)
            and len(other.figure) == 3  # noqa: PLR2004
            and Decimal(figure) in values
        ):
            side.left.remove(other)
            at = side.left.index(one)
            side.left[at] = Quantity(
                Decimal(figure),
                f"{one.figure} {other.figure}",
                other.measure,
                other.unit,
                start=one.start,
            )


def said_pairs(before: Side, after: Side) -> list[Pair]:
    """Pair what one of the texts says in words, or both, by their values."""
    ones = [*before.left, *(each for each in before.reading.worded if each.value != 1)]
    others = [*after.left, *(each for each in after.reading.worded if each.value != 1)]
    pairs: list[Pair] = []
    for one in ones:
        alike = [other for other in others if one.value == other.value]
        best = next(
            (other for other in alike if other.amount == one.amount), alike[0] if alike else None
        )
        if best:
            others.remove(best)
            pairs.append((one, best))
    bounded = zip(_bounded_ones(before.reading), _bounded_ones(after.reading), strict=False)
    return [*pairs, *bounded]


def _bounded_ones(reading: Reading) -> Iterator[Quantity]:
    """Find `at least one`: alone, the word for one is most often an article."""
    ones = [each for each in reading.worded if each.value == 1]
    if not ones or "comparisons" not in reading.signals:
        return
    ends = {cue.end for cue in reading.cues if not cue.names.isdisjoint({"more", "less"})}
    for each in ones:
        behind = reading.words[: each.start].rstrip()
        if len(behind) in ends:
            yield each
