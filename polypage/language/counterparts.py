"""The quantities of a text and of its translation, and which of them belong together.

A quantity's counterpart has the same amount, or else the same figure: 1000 mg is 1 g, 3:30 pm is
15 h 30, 1 000 is a thousand where the other text has a thousand. Dates, lists and hours are taken
apart, and put together, as the other text has them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
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


def same_pairs(before: Side, after: Side) -> list[Pair]:
    """Pair the figures that are the same in the same order, units first; none if any is another.

    That is what `pairs_of` would come to, and most translations do.
    """
    ones, others = before.left, after.left
    if len(ones) != len(others) or not all(map(_are_same, ones, others)):
        return []
    pairs = [*zip(ones, others, strict=True)]
    before.left[:], after.left[:] = [], []
    return [pair for pair in pairs if pair[0].unit] + [pair for pair in pairs if not pair[0].unit]


def _are_same(one: Quantity, other: Quantity) -> bool:
    return (
        one.value == other.value
        and one.unit == other.unit
        and one.per == other.per
        and one.half == other.half
    )


def pairs_of(before: Side, after: Side) -> list[Pair]:
    """Pair what is alike, the likest first; what is left has no counterpart."""
    if not (before.left and after.left):
        return []
    pairs = _paired(before, after)
    return [*pairs, *_regrouped(before, after)] if before.left and after.left else pairs


def _paired(before: Side, after: Side) -> list[Pair]:
    return [pair for likeness in _LIKENESSES for pair in paired_by(before, after, likeness)]


class Likeness(NamedTuple):
    """What makes two quantities alike: a key that both have."""

    of_source: Callable[[Quantity], Iterable[Hashable]]
    of_target: Callable[[Quantity], Iterable[Hashable]]


def paired_by(before: Side, after: Side, likeness: Likeness) -> list[Pair]:
    """Take out each quantity of the source, and the first of the translation that is alike."""
    if not (before.left and after.left):
        return []
    queue = Queue(after.left, likeness.of_target)
    pairs: list[Pair] = []
    left: list[Quantity] = []
    for one in before.left:
        if other := queue.take(likeness.of_source(one)):
            pairs.append((one, other))
        else:
            left.append(one)
    if pairs:
        before.left[:], after.left[:] = left, queue.left()
    return pairs


class Queue:
    """Quantities that wait for a counterpart, by their keys."""

    def __init__(
        self, waiting: Sequence[Quantity], keys: Callable[[Quantity], Iterable[Hashable]]
    ) -> None:
        self._waiting: list[Quantity | None] = [*waiting]
        self._places: dict[Hashable, deque[int]] = {}
        for place, quantity in enumerate(waiting):
            for key in keys(quantity):
                self._places.setdefault(key, deque()).append(place)

    def take(self, keys: Iterable[Hashable]) -> Quantity | None:
        """Take the first that has one of some keys."""
        found = min(filter(None, map(self._place, keys)), default=None)
        if found is None:
            return None
        taken, self._waiting[found[0]] = self._waiting[found[0]], None
        return taken

    def _place(self, key: Hashable) -> tuple[int] | None:
        places = self._places.get(key, deque())
        while places and self._waiting[places[0]] is None:
            places.popleft()
        return (places[0],) if places else None

    def left(self) -> list[Quantity]:
        """Return those that are not taken."""
        return [each for each in self._waiting if each is not None]


def _measure(quantity: Quantity) -> Iterator[Hashable]:
    """Return a day apart from 24 hours: where there are both, each has its own."""
    if quantity.unit is not None:
        yield quantity.value, quantity.unit


def _amount(quantity: Quantity) -> Iterator[Hashable]:
    if quantity.unit is not None:
        yield quantity.amount


def _value_in_time(quantity: Quantity) -> Iterator[Hashable]:
    if quantity.amount[0] in {"time", "months"}:
        yield quantity.value


def _figure(quantity: Quantity) -> Iterator[Hashable]:
    """One of the two has no unit."""
    yield quantity.value, quantity.unit is None


def _figure_of_target(quantity: Quantity) -> Iterator[Hashable]:
    yield quantity.value, True
    if quantity.unit is None:
        yield quantity.value, False


def _hour(quantity: Quantity) -> Iterator[Hashable]:
    """One of the two says which half of the day it is in."""
    if quantity.unit in _HOURS:
        yield quantity.hour, bool(quantity.half)


_HOURS = frozenset({None, "hour"})


def _hour_of_target(quantity: Quantity) -> Iterator[Hashable]:
    if quantity.unit not in _HOURS:
        return
    yield quantity.hour, True
    if quantity.half:
        yield quantity.hour, False


_ERAS = (543, 1911)
"""Thailand counts from the Buddha's death, Taiwan from the republic."""
_YEARS = 1900
"""What is no more than that is no year."""


def _year(quantity: Quantity) -> Iterator[Hashable]:
    if quantity.unit in {None, "year"}:
        for era in _ERAS:
            if quantity.value + era > _YEARS:
                yield quantity.value + era
            if quantity.value > _YEARS:
                yield quantity.value - era


def _value(quantity: Quantity) -> Iterator[Hashable]:
    yield quantity.value


_LIKENESSES = (
    Likeness(_measure, _measure),
    Likeness(_amount, _amount),
    Likeness(_value_in_time, _value_in_time),
    Likeness(_figure, _figure_of_target),
    Likeness(_hour, _hour_of_target),
    Likeness(_year, _value),
    Likeness(_value, _value),
)
"""From the likest to what is alike but for its unit."""


def _regrouped(before: Side, after: Side) -> list[Pair]:
    """Look for counterparts among dates, lists and telephone numbers taken apart or together."""
    for one, other in ((before, after), (after, before)):
        one.left[:] = [*_apart(one.left, other.left)]
        one.left[:] = _together(one.left, other.left)
        one.left[:] = [*_scaled(one, other.left)]
    return _paired(before, after)


def _apart(left: Iterable[Quantity], wanted: Sequence[Quantity]) -> Iterator[Quantity]:
    values = {each for quantity in wanted for each in (quantity.value, quantity.hour)}
    values |= {quantity.value - 543 for quantity in wanted if quantity.value > 2300}  # noqa: PLR2004
    for quantity in left:
        parts = quantity.parts()
        if (
            len(parts) > 1
            and not _is_fraction(quantity)
            and all({part.value, part.hour} & values or part.figure == "00" for part in parts)
        ):
            yield from (part for part in parts if part.figure != "00")
        else:
            yield quantity


def _is_fraction(quantity: Quantity) -> bool:
    """Whether a separator is certain to part a fraction: 1.5 mg is neither a date nor a list."""
    return bool(quantity.value % 1) and quantity.amount[0] in {"mass", "volume", "activity"}


def _together(left: Iterable[Quantity], wanted: Sequence[Quantity]) -> list[Quantity]:
    """Read `5 000` as five thousand where the other text has five thousand."""
    values = {quantity.value for quantity in wanted}
    joined: list[Quantity] = []
    for other in left:
        last = joined[-1] if joined else None
        if last and _is_thousand(last, other) and Decimal(last.figure + other.figure) in values:
            figure = f"{last.figure} {other.figure}"
            value = Decimal(last.figure + other.figure)
            joined[-1] = Quantity(value, figure, other.measure, other.unit, start=last.start)
        else:
            joined.append(other)
    return joined


def _is_thousand(one: Quantity, other: Quantity) -> bool:
    figure = one.figure + other.figure
    is_near = one.end + 1 == other.start and len(other.figure) == 3  # noqa: PLR2004
    return is_near and bool(re.fullmatch(r"\d{4,6}", figure))


def _scaled(side: Side, wanted: Sequence[Quantity]) -> Iterator[Quantity]:
    """Read millions that are named once for two figures where the other text has them: 12 to 5 million."""
    values = {quantity.value for quantity in wanted}
    for each in side.left:
        value = each.value * _scale_of_next(each, side.reading)
        yield each._replace(value=value) if value in values else each


def _scale_of_next(quantity: Quantity, reading: Reading) -> int:
    """Say what the word behind the next figure makes of that, if a word or a dash stands between."""
    figures, end = reading.figures, quantity.full_end
    place = bisect_left(figures, end, key=lambda each: each.start)
    heir = figures[place] if place < len(figures) else None
    if heir is None or not _SHORT_WORD.fullmatch(reading.words, end, heir.start):
        return 1
    measure, scales = reading.words[heir.end : heir.full_end].lstrip(), reading.known.scales
    word = max(filter(measure.startswith, scales), key=len, default="")
    return scales[word] if word else 1


_SHORT_WORD = re.compile(r"\s?(?:[^\W\d_]{1,4}|[-–—])\s?")


def said_pairs(before: Side, after: Side) -> list[Pair]:
    """Pair what one of the texts says in words, or both, by their values."""
    ones = [*before.left, *before.reading.numbers]
    others = [*after.left, *after.reading.numbers] if ones else []
    pairs: list[Pair] = []
    if ones and others:
        queue = Queue(others, lambda each: (each.value, each.amount, (each.value, each.amount)))
        pairs += [(one, other) for one in ones if (other := _said_alike(one, queue))]
    here, there = before.reading.signals, after.reading.signals
    if "comparisons" in here & there and "ones" in here | there:
        both = zip(_bounded_ones(before.reading), _bounded_ones(after.reading), strict=False)
        pairs += (pair for pair in both if not all(each.figure.isdecimal() for each in pair))
    return pairs


def _said_alike(one: Quantity, queue: Queue) -> Quantity | None:
    """Take what is the same, or the same number; 30 minutes are half an hour."""
    found = queue.take([(one.value, one.amount)]) or queue.take([one.value])
    return found or (queue.take([one.amount]) if one.unit else None)


BOUND_OF_ONE = frozenset({"ones", "comparisons"})
"""What the words of `at least one` signal."""


_VERB = 3
"""Letters of what may stand between, where words have no blanks: 至少出现一种."""


def _bounded_ones(reading: Reading) -> Iterator[Quantity]:
    """Find `at least one`, or 1: alone, the word for one is most often an article."""
    ones = [each for each in reading.all if each.value == 1]
    if not ones:
        return
    reach = _VERB if reading.known.unspaced else 0
    ends = {cue.end for cue in reading.cues if not cue.names.isdisjoint({"more", "less"})}
    starts = {cue.start for cue in reading.cues if not cue.names.isdisjoint(_BEHIND)}
    for each in ones:
        behind = reading.words[: each.start].rstrip()
        is_next = not ends.isdisjoint(range(len(behind) - reach, len(behind) + 1))
        if is_next or not starts.isdisjoint((each.full_end, each.full_end + 1)):
            yield each


_BEHIND = frozenset({"more_after", "less_after"})
