"""What a translation makes of the units of its source.

A figure may measure something else, lose its unit or gain one; two figures may have changed
places, and so with them their units; what is done each day may be done each week.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from polypage.language.counterparts import Drift, Pair, Side
from polypage.language.lexicon import UNITS, lexicon
from polypage.language.patterns import any_of
from polypage.language.quantities import Quantity
from polypage.language.readings import Reading


def without_shared_units(pairs: Iterable[Pair], before: Reading, after: Reading) -> Iterator[Pair]:
    """Leave out figures whose unit is said once for several in one text: 2 to 8 °C."""
    for one, other in pairs:
        if bool(one.unit) == bool(other.unit) or (one.unit or _shared(one, before)) != (
            other.unit or _shared(other, after)
        ):
            yield one, other


def with_shared_unit(quantity: Quantity, reading: Reading) -> Quantity:
    """Give the first figure of a range the length of the last: 7 to 10 days."""
    unit = None if quantity.unit or quantity.value == 1 else _shared(quantity, reading)
    return quantity._replace(unit=unit) if unit and _is_time(unit) else quantity


def _shared(quantity: Quantity, reading: Reading) -> str | None:
    """Name the unit that a bare figure has from one that it goes on to: it is one end of a range."""
    if unit := _shared_ahead(quantity, reading):
        return unit
    between = joined(reading.known.language)
    figures, end = reading.figures, quantity.full_end
    for place in range(bisect_left(figures, end, key=lambda each: each.start), len(figures)):
        heir = figures[place]
        if not between.fullmatch(reading.words, end, heir.start):
            return None
        if heir.unit:
            return heir.unit
        end = heir.full_end
    return None


def _shared_ahead(quantity: Quantity, reading: Reading) -> str | None:
    """Name the unit that stands before a range: ร้อยละ 5 ถึง 10."""
    figures, between = reading.figures, joined(reading.known.language)
    place = bisect_left(figures, quantity.start, key=lambda each: each.start)
    last = figures[place - 1] if place else None
    if not last or last.measure or not last.unit:
        return None
    return last.unit if between.fullmatch(reading.words, last.full_end, quantity.start) else None


@cache
def joined(language: str) -> re.Pattern[str]:
    """Find what stands between the ends of a range, or between figures of a list."""
    known = lexicon(language)
    words = any_of(known.to | known.joins | known.either)
    return re.compile(rf"[°º]?\s*(?:[-–—−~〜～,،、]|{words})\s*{_ARTICLE}")


_ARTICLE = r"(?:[^\W\d_]{1,3}\s)?"
"""Spanish has one before the figure: entre el 5 y el 10 %."""


def strange_units(pairs: Iterable[Pair], before: Reading, after: Reading) -> Iterator[Drift]:
    """Find figures that measure something else, have lost their unit, or have got one."""
    for one, other in pairs:
        if one.half and other.half and one.hour != other.hour:
            message = f"{one} {one.half} has become {other} {other.half}"
            yield Drift("changed", message, before=(one,), after=(other,))
        elif one.unit and other.unit and one.value == other.value:
            if one.amount != other.amount and not _is_unit_of_time(one, other):
                yield Drift("unit", f"{one} has become {other}", before=(one,), after=(other,))
        elif one.unit and not other.unit and _needs_unit(one, other, before, after):
            message = f"{one} has lost its unit: {other} is all there is"
            yield Drift("unit", message, before=(one,), after=(other,))
        elif other.unit and not one.unit and _is_strange(one, other, before, after):
            yield Drift("unit", f"{one} has become {other}", before=(one,), after=(other,))


def _is_unit_of_time(one: Quantity, other: Quantity) -> bool:
    """Whether hours, or days and months, are in a time or a date and not a length of time."""
    return bool(one.half or other.half) and {one.unit, other.unit} <= {"hour", "minute"}


_MEASURED = {"mass", "volume", "share", "length", "celsius", "fahrenheit", "amount", "activity"}
"""What is measured with units that have a name in every language we have words of."""


def _needs_unit(one: Quantity, other: Quantity, before: Reading, after: Reading) -> bool:
    if _is_of_other_range(one, other, after):
        return True
    if one.unit == "tablet" or _is_of_date(one, before) or _is_unit_said(one, after):
        return False
    return other.bare or (bool(after.known.numerals) and one.amount[0] in _MEASURED)


def _is_strange(bare: Quantity, quantity: Quantity, before: Reading, after: Reading) -> bool:
    """Whether a figure has got a unit that nobody would add to help a reader."""
    if _is_of_other_range(quantity, bare, before):
        return True
    if _is_of_date(quantity, after) or _is_run(bare, quantity, before):
        return False
    if quantity.amount[0] not in _MEASURED and quantity.unit not in {"month", "week", "drop"}:
        return False
    return bool(before.known.numerals) and not _is_unit_said(quantity, before)


def _is_run(bare: Quantity, quantity: Quantity, reading: Reading) -> bool:
    """Whether it is a run of so many kilometres, as English names them: 5K."""
    return quantity.unit == "km" and reading.words.startswith("k", bare.end)


def _is_of_other_range(quantity: Quantity, bare: Quantity, reading: Reading) -> bool:
    """Whether what a figure is without a unit of its own, it is in a range of another measure."""
    shared = _shared(bare, reading) if quantity.amount[0] in _MEASURED else None
    return shared not in {None, quantity.unit} and UNITS[shared or ""][0] in _MEASURED


def _is_of_date(quantity: Quantity, reading: Reading) -> bool:
    """Whether what looks like months or days is a date: 12 tháng 6, 3月."""
    unit = quantity.measure.strip()
    if unit in {"月", "월"}:
        return True
    if unit in {"日", "일", "号", "號"}:
        return reading.words[: quantity.start].rstrip().endswith(("月", "월"))
    return quantity.unit == "month" and bool(_DIGIT_NEXT.match(reading.words, quantity.full_end))


_DIGIT_NEXT = re.compile(r"\s\d")


def _is_unit_said(quantity: Quantity, reading: Reading) -> bool:
    """Whether a unit is named anywhere in a text, or is none that a reader needs."""
    if quantity.unit in {"hour", "second", "year"}:
        return True  # 8 am; the 1980s; under 12
    return reading.says(
        *(word for word, unit in reading.known.units.items() if unit == quantity.unit)
    )


def exchanged_units(pairs: Sequence[Pair]) -> Iterator[Drift]:
    """Find two figures that have changed places: 2 drops of 50 mg, 50 drops of 2 mg."""
    # Tablets are left out where they go without saying: one in the morning, two tablets at night.
    lost = [
        (one, other) for one, other in pairs if one.unit and not other.unit and one.unit != "tablet"
    ]
    won = [(one, other) for one, other in pairs if other.unit and not one.unit]
    for one, other in lost:
        for stranger, heir in won:
            if one.unit == heir.unit and one.value != heir.value and one.unit != "hour":
                message = f"{one} has become {heir}, and {stranger} has become {other}"
                # Of two lengths of time, one may go without its unit.
                certain = not _is_time(one.unit or "")
                yield Drift("unit", message, certain, (one, stranger), (heir, other))


def swapped_units(before: Side, after: Side) -> Iterator[Drift]:
    """Find what one text says in words of a unit, where the other has something else of it."""
    if not (before.left or before.reading.counts) or not (after.left or after.reading.counts):
        return
    one_counts, other_counts = before.reading.counts, after.reading.counts
    here, there = _amounts(before.reading), _amounts(after.reading)
    figures, words = _by_dimension(after.left, here), _by_dimension(other_counts, here)
    swapped: set[int] = set()
    for ones, places in ((before.left, (words,)), (one_counts, (figures, words))):
        for one in ones:
            new = next(filter(None, (place.get(one.amount[0]) for place in places)), None)
            if one.unit and one.amount not in there and new:
                other = new.popleft()
                yield Drift("changed", f"{one} has become {other}", before=(one,), after=(other,))
                swapped |= {id(one), id(other)}
    for side in (before, after):
        side.left[:] = [each for each in side.left if id(each) not in swapped]


def _amounts(reading: Reading) -> set[tuple[str, Decimal]]:
    return {each.amount for each in reading.all if each.unit}


def _by_dimension(
    quantities: Iterable[Quantity], known: Container[tuple[str, Decimal]]
) -> Mapping[str, deque[Quantity]]:
    """Sort what is measured and not known from the other text by what it measures."""
    found = defaultdict[str, deque[Quantity]](deque)
    for each in quantities:
        if each.unit and each.amount not in known:
            found[each.amount[0]].append(each)
    return found


def strange_lengths(said: Iterable[Pair]) -> Iterator[Drift]:
    """Find two weeks that have become two months."""
    for one, other in said:
        is_length = one.unit and other.unit and not (one.vague or other.vague)
        if is_length and one.amount != other.amount:
            yield Drift("unit", f"{one} has become {other}", before=(one,), after=(other,))


def other_ones(before: Side, after: Side) -> Iterator[Drift]:
    """Find one millilitre that has become 1 l: a figure and a word for one, of other units."""
    for one in _ones(before.left):
        if other := _other_one(one, after.reading):
            message = f"{one} has become {other}"
            yield Drift("unit", message, certain=False, before=(one,), after=(other,))
    for new in _ones(after.left):
        if was := _other_one(new, before.reading):
            message = f"{was} has become {new}"
            yield Drift("unit", message, certain=False, before=(was,), after=(new,))


def _ones(figures: Iterable[Quantity]) -> Iterator[Quantity]:
    return (each for each in figures if each.value == 1 and each.amount[0] in _MEASURED)


def _other_one(quantity: Quantity, reading: Reading) -> Quantity | None:
    """Return what a text says in words of one of another unit, if it says nothing of this one."""
    if any(each.amount == quantity.amount for each in reading.all):
        return None
    dimension = quantity.amount[0]
    ones = (each for each in reading.worded if each.value == 1 and each.amount[0] == dimension)
    return next(ones, None)


def other_divisors(pairs: Iterable[Pair], before: Reading, after: Reading) -> Iterator[Drift]:
    """Find what was for each kilogram or day, and is for another or for none."""
    for one, other in pairs:
        if one.per == other.per or not one.unit or not other.unit:
            continue
        gone, new = one.per - other.per, other.per - one.per
        both = bool(one.per and other.per)
        if (both and _are_others(gone, new)) or not (
            all(_is_divisor_said(unit, after, by_one=not both) for unit in gone)
            and all(_is_divisor_said(unit, before, by_one=not both) for unit in new)
        ):
            yield Drift("unit", f"{one} has become {other}", before=(one,), after=(other,))


def _are_others(gone: Collection[str], new: Collection[str]) -> bool:
    """Whether one divisor of several has become another; a time may be told apart: 10 mg/kg a day."""
    return bool(gone and new) or not all(map(_is_time, (*gone, *new)))


def _is_divisor_said(unit: str, reading: Reading, *, by_one: bool) -> bool:
    """Whether a text names a divisor, or the one of it that `by_one` lets stand for a time."""
    known = [*reading.known.units.items(), *reading.known.often.items()]
    words = [word for word, name in known if name == unit]
    once = [word for word, number in reading.known.numerals.items() if number == 1]
    if unit == "day" and says_day(reading):
        return True
    return not reading.known.numerals or reading.says(
        *words, *(once if by_one and _is_time(unit) else ())
    )


def other_rates(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find twice a day that has become twice a week."""
    if "rates" not in before.signals or "rates" not in after.signals:
        return
    was = before.rates
    is_ = after.rates if was else was
    if not is_ or was == is_:  # as in most
        return
    gone, new = Counter(was) - Counter(is_), Counter(is_) - Counter(was)
    for alone, reading in ((gone, after), (new, before)):
        if "year" in alone and any(each.unit == "year" for each in reading.all):
            del alone["year"]  # which is told with a figure
    if _is_repetition(gone, new, is_) or _is_repetition(new, gone, was):
        return
    if (says_day(before) and "day" in new) or (says_day(after) and "day" in gone):
        return
    if gone and new and not _same_lengths(before, after):
        yield Drift("unit", f"{min(gone)} has become {min(new)}", certain=False)


def says_day(reading: Reading) -> bool:
    """Whether a text says 24 hours for what is each day."""
    return any(each.amount == _DAY and each.unit != "day" for each in reading.all)


_DAY = ("time", Decimal(86_400))


def _is_repetition(units: Iterable[str], others: Iterable[str], there: Container[str]) -> bool:
    """Whether one text says `2 tablets and 3`, where the other names the tablets both times."""
    return all(unit in there and not _is_time(unit) for unit in units) and all(
        map(_is_time, others)
    )


def _is_time(unit: str) -> bool:
    return UNITS[unit][0] in {"time", "months"}


def _same_lengths(before: Reading, after: Reading) -> bool:
    """Whether a length of time is told in another unit: 7 days, 1 week."""
    lengths = {each.amount for each in before.all if each.amount[0] in {"time", "months"}}
    others = [each for each in after.all if each.amount in lengths]
    return any(
        one.amount == other.amount and one.unit != other.unit
        for one in before.all
        for other in others
    )
