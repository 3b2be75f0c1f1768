"""What a translation makes of the figures of its source.

    >>> one = Text.of("Take 5 mg for 2 weeks.", profile("en"))
    >>> [*drift(one, Text.of("Nehmen Sie 50 mg 2 Wochen lang.", profile("de")))]
    [Drift(kind='changed', message='5 mg has become 50 mg')]

Translators turn separators and units into those of their language, spell figures out or write
them for words, repeat one that the source has once, name the hour by the 24-hour clock: that
changes nothing. Only what is left when all of this is accounted for is worth a reader's eyes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import pairwise

from polypage.language.bounds import turned_bounds
from polypage.language.counterparts import (
    BOUND_OF_ONE,
    Drift,
    Likeness,
    Pair,
    Side,
    paired_by,
    pairs_of,
    said_pairs,
    same_pairs,
)
from polypage.language.decades import without_decades
from polypage.language.doses import other_doses, tells_doses
from polypage.language.fortnights import with_fortnights
from polypage.language.frequencies import other_frequencies, other_halves
from polypage.language.labels import exchanged
from polypage.language.measures import (
    exchanged_units,
    joined,
    other_divisors,
    other_ones,
    other_rates,
    strange_lengths,
    strange_units,
    swapped_units,
    with_shared_unit,
    without_shared_units,
)
from polypage.language.months import other_months, other_weekdays
from polypage.language.portions import says_portion
from polypage.language.proportions import (
    other_shares,
    says_share,
    shares,
    tells_share,
    turned_proportions,
)
from polypage.language.quantities import Quantity
from polypage.language.readings import Reading
from polypage.language.telephones import without_telephones
from polypage.language.texts import Text
from polypage.profiles import Profile


def drift(source: Text, target: Text) -> Iterator[Drift]:
    """Compare the figures of a text in one language and its translation into another.

    Their bounds are compared by signs alone.
    """
    yield from drifts(Reading(source, cued=False), Reading(target, cued=False))


def drifts(one: Reading, other: Reading) -> Iterator[Drift]:
    """Compare the figures of two readings, and their bounds by words as well."""
    one, other = with_fortnights(*without_decades(*without_telephones(one, other)))
    if is_quiet(one, other):
        return
    before, after = Side.of(one), Side.of(other)
    same = same_pairs(before, after)
    if not same or _may_be_unlike(one, other):
        yield from _unlike(same, before, after)
    if one.figures and other.figures and not (before.left or after.left):
        yield from _moved(one, other)
    if not (before.left or after.left) and one.has_several and other.has_several:
        yield from exchanged(one, other)
        yield from turned_proportions(one, other)


def _may_be_unlike(one: Reading, other: Reading) -> bool:
    """Whether texts with the same figures may have words or signs that say something else of them."""
    here, there = one.signals, other.signals
    if not (_OF_EITHER.isdisjoint(here | there) and _OF_BOTH.isdisjoint(here & there)):
        return True
    return one.has_bounds and other.has_bounds


_OF_EITHER = frozenset({"numerals", "months"})
_OF_BOTH = frozenset({"rates", "comparisons", "weekdays"})
"""What the words of one text signal that it takes, or those of both."""


def _unlike(same: Sequence[Pair], before: Side, after: Side) -> Iterator[Drift]:
    """Find what is another; `same` are the figures, if they all are."""
    one, other = before.reading, after.reading
    pairs = same or pairs_of(before, after)
    yield from _misread(before, after)
    swapped = [*swapped_units(before, after)]
    said = said_pairs(before, after)
    unlike = () if same else pairs
    plain = [*without_shared_units(unlike, one, other)]
    others = [
        *strange_units(plain, one, other),
        *([] if swapped else strange_lengths(said)),
        *(_turned_ranges(unlike, one, other) or exchanged_units(plain)),
        *other_divisors(unlike, one, other),
        *other_ones(before, after),
    ]
    found = [
        *swapped,
        *others,
        *([] if others else other_rates(one, other)),
        *other_frequencies(one, other),
        *other_halves(one, other),
        *turned_bounds([*pairs, *said], one, other),
        *other_months(one, other),
        *other_weekdays(one, other),
        *other_shares(one, other),
        *_leftovers(before, after, pairs),
    ]
    yield from found or other_doses(one, other)


def is_quiet(one: Reading, other: Reading) -> bool:
    """Whether no figure of a text can be another in its translation.

    Where there are none, both must have numbers in words other than one, or both have `a` and `every`
    with something that it is done by, or that makes a bound of it; or one has a dose in words.
    """
    here, there = one.signals, other.signals
    if not may_drift(here, there):
        return True
    if one.figures or other.figures:
        return False
    both = here & there
    is_named = "months" in both or (one.weekdays and other.weekdays)
    if is_named or ("numerals" in both and _are_numbered(one, other)):
        return False
    if both >= _BOUND_OF_HALF:
        return False
    is_said_of_one = "rates" in both or both >= BOUND_OF_ONE
    return not ((is_said_of_one and one.worded) or tells_doses(one) or tells_doses(other))


def _are_numbered(one: Reading, other: Reading) -> bool:
    """Whether both have numbers in words other than one, or shares: one third."""
    return bool((one.numbers and other.numbers) or (tells_share(one) and tells_share(other)))


def may_drift(here: frozenset[str], there: frozenset[str]) -> bool:
    """Whether what the words of two texts signal leaves it open that a figure is another."""
    if "figures" in here or "figures" in there:
        return True
    if here >= _TOLD_ALONE or there >= _TOLD_ALONE:
        return True
    both = here & there
    return bool(both) and (not both.isdisjoint(_TOLD_BY_WORDS) or both >= BOUND_OF_ONE)


_TOLD_ALONE = frozenset({"numerals", "rates"})
"""What the words of one text signal that may count doses, whatever the other says."""


_TOLD_BY_WORDS = frozenset({"numerals", "rates", "months", "weekdays"})
_BOUND_OF_HALF = frozenset({"numerals", "comparisons"})


def _moved(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find figures that all are there, but in other sentences than before."""
    if len(before.sentences) == 1 or len(before.sentences) != len(after.sentences):
        return
    ones, others = _by_sentence(before), _by_sentence(after)
    if ones == others:  # as in most, in the same order
        return
    one, other = [*map(Counter, ones)], [*map(Counter, others)]
    strange = next((n for n in range(len(one)) if one[n] != other[n]), None)
    if strange is not None and sum(one, Counter()) == sum(other, Counter()):
        gone = next(iter(one[strange] - other[strange] or one[strange] or other[strange]))
        told = next(each for each in before.figures if each.amount == gone)
        yield Drift("moved", f"{told} stands in another sentence", certain=False, before=(told,))


def _by_sentence(reading: Reading) -> list[list[tuple[str, Decimal]]]:
    ends = [end for _, end in reading.sentences]
    amounts: list[list[tuple[str, Decimal]]] = [[] for _ in ends]
    for each in reading.figures:
        amounts[bisect_right(ends, each.start)].append(each.amount)
    return amounts


def _misread(before: Side, after: Side) -> Iterator[Drift]:
    for one, other in paired_by(before, after, _MISREAD):
        better = _formatted(one.value, after.reading.text.profile)
        message = f"{other} reads as {other.value.normalize():f}: write {better} for {one}"
        yield Drift("format", message, before=(one,), after=(other,))


def _value(quantity: Quantity) -> tuple[Decimal]:
    return (quantity.value,)


def _other_value(quantity: Quantity) -> tuple[Decimal | None]:
    return (quantity.misread,)


_MISREAD = Likeness(_value, _other_value)


def _formatted(value: Decimal, profile: Profile) -> str:
    marks = {",": profile.group, ".": profile.decimal}
    return "".join(marks.get(letter, letter) for letter in f"{value:,f}")


def _turned_ranges(pairs: Sequence[Pair], before: Reading, after: Reading) -> list[Drift]:
    """Find a range whose ends have changed places."""
    counterparts = {id(one): other for one, other in pairs}
    found: list[Drift] = []
    for one, end in pairwise(before.figures) if pairs else ():
        other, other_end = counterparts.get(id(one)), counterparts.get(id(end))
        if other is None or other_end is None or one.value == end.value:
            continue
        if _is_joined(one, end, before) and _is_joined(other_end, other, after):
            message = f"{one}–{end} has become {other_end}–{other}"
            is_rising = one.value < end.value and _is_range(one, end, before)
            certain = is_rising and _is_range(other_end, other, after)
            found.append(Drift("changed", message, certain, (one, end), (other_end, other)))
    return found


def _is_joined(one: Quantity, end: Quantity, reading: Reading) -> bool:
    """Whether two figures are the ends of a range, or stand in a list."""
    between = joined(reading.known.language)
    return bool(between.fullmatch(reading.words, one.full_end, max(end.start, one.full_end)))


def _is_range(one: Quantity, end: Quantity, reading: Reading) -> bool:
    between = reading.words[one.full_end : max(end.start, one.full_end)]
    return between.strip() in reading.known.range_words


def _leftovers(before: Side, after: Side, pairs: Sequence[Pair]) -> Iterator[Drift]:
    if not (before.left or after.left):
        return
    one, other = before.reading, after.reading
    used, used_there = _Used(one for one, _ in pairs), _Used(other for _, other in pairs)
    lone = _lone_units(before, after)
    gone = [
        each
        for each in before.left
        if not (used.has_alike(each) or _is_spelled_out(with_shared_unit(each, one), other, lone))
    ]
    new = [
        each
        for each in after.left
        if not (used_there.has_alike(each) or _may_be_unsaid(each, one) or _is_said(each, one))
    ]
    for was, is_ in zip(gone, new, strict=False):
        certain = not (_is_half_past(was, is_, one) or _is_end_by_day(was, is_, one))
        yield Drift("changed", f"{was} has become {is_}", certain, (was,), (is_,))
    for was in gone[len(new) :]:
        if _is_of_other_name(was, one, other):
            continue
        certain = _is_certain(was, other) and not (_is_of_idiom(was, one) or _is_of_name(was, one))
        yield Drift("missing", f"{was} is missing", certain, before=(was,))
    for is_ in new[len(gone) :]:
        certain = bool(is_.unit) and _is_certain(is_, one)
        yield Drift("added", f"{is_} is not in the source", certain, after=(is_,))


def _may_be_unsaid(quantity: Quantity, source: Reading) -> bool:
    """Whether an article may say a figure, or the ending of a noun."""
    is_whole = "分" not in quantity.figure and "분" not in quantity.figure
    return (quantity.value == 1 and is_whole) or (
        source.known.dual and quantity.value == 2  # noqa: PLR2004
    )


def _is_of_idiom(quantity: Quantity, reading: Reading) -> bool:
    """Whether it is one of the figures of 24/7, for which most languages have words."""
    around = reading.words[max(quantity.start - 3, 0) : quantity.end + 2]
    return quantity.figure in {"24", "7"} and "24/7" in around


def _is_of_name(quantity: Quantity, reading: Reading) -> bool:
    """Whether it is part of a name: COVID-19."""
    return bool(_name_ahead(quantity, reading))


def _is_of_other_name(quantity: Quantity, reading: Reading, other: Reading) -> bool:
    """Whether it is part of a name that the other text has another one for: 新冠."""
    name = _name_ahead(quantity, reading)
    return bool(name) and name not in other.words


def _name_ahead(quantity: Quantity, reading: Reading) -> str:
    match = _NAME_AHEAD.search(reading.words, max(quantity.start - _NEAR, 0), quantity.start)
    return match[1] if match else ""


_NAME_AHEAD = re.compile(r"(?<![^\W_])([^\W\d_]{2,})-\Z")


def _is_half_past(was: Quantity, is_: Quantity, reading: Reading) -> bool:
    """Whether the next hour is named for half past one, as German does: halb 8."""
    ahead = reading.words[max(was.start - _NEAR, 0) : was.start]
    return ahead.endswith("half past ") and is_.value == was.value % _NOON + 1


def _is_end_by_day(was: Quantity, is_: Quantity, before: Reading) -> bool:
    """Whether the end of a range that falls may be an hour of the afternoon: 10-4, 10-16."""
    if is_.value != was.value + _NOON or not 0 < was.value <= _NOON:
        return False
    start = next(
        (each for each in before.figures if each.full_end + 3 >= was.start > each.start), None
    )
    is_falling = start is not None and was.value < start.value <= _NOON
    return bool(start and is_falling and _is_range(start, was, before))


_NEAR, _NOON = 12, 12


class _Used:
    """Quantities that have a counterpart: what is alike is said once for twice."""

    def __init__(self, quantities: Iterable[Quantity]) -> None:
        self._units: dict[Decimal, set[str | None]] = {}
        for each in quantities:
            self._units.setdefault(each.value, set()).add(each.unit)

    def has_alike(self, quantity: Quantity) -> bool:
        """Whether one has the same value, and no other unit."""
        units = self._units.get(quantity.value, set())
        return bool(units) and (quantity.unit is None or bool(units & {None, quantity.unit}))


def _lone_units(before: Side, after: Side) -> set[str | None]:
    """Return the units of numbers of the translation that may stand in for a single one."""
    known = {one.value for one in before.reading.all}
    strange = (other for other in after.reading.counts if other.value not in known)
    return {other.unit for other in (*after.left, *strange)}


def _is_certain(quantity: Quantity, reading: Reading) -> bool:
    """Whether a figure cannot stand in the other text in words that we do not know."""
    return bool(reading.known.numerals) or quantity.amount[0] not in {"", "time", "months"}


def _is_spelled_out(quantity: Quantity, after: Reading, lone: AbstractSet[str | None]) -> bool:
    """Whether the translation may say a figure of the source in words."""
    if quantity.figure[0] in "IVX" and _is_verbatim(quantity, after):
        return True  # behind a label that we do not know
    is_rate = quantity.value == 1 and quantity.unit not in {None, "tablet"}
    if is_rate and _is_done_by(quantity.unit or "", after):
        return True  # daily
    is_single = quantity.unit in {None, "tablet"} and quantity.value == 1
    is_dual = after.known.dual and quantity.value in {1, 2}
    if is_single or is_dual:  # the article says it, a noun's ending, or nothing
        # What a list counts may be said once: 2 tablets in the morning and 2 at night.
        return lone.isdisjoint(
            {quantity.unit, None if quantity.unit == "tablet" else quantity.unit}
        )
    return _is_said(quantity, after)


def _is_done_by(unit: str, reading: Reading) -> bool:
    return reading.says(*(word for word, name in reading.known.often.items() if name == unit))


def _is_verbatim(quantity: Quantity, reading: Reading) -> bool:
    return bool(re.search(rf"(?<![IVX]){quantity.figure}(?![IVX])", reading.text.plain))


_SMALL = 12


def _is_said(quantity: Quantity, reading: Reading) -> bool:
    """Whether words of a text stand for a figure of the other."""
    known, value = reading.known, quantity.value
    if not known.numerals:
        return value <= _SMALL and value % 1 == 0 and quantity.amount[0] in {"", "time", "months"}
    if _is_named(quantity, reading):
        return True
    if _is_nonstop(quantity) and reading.says(*known.nonstop):
        return True
    if _is_whole_day(quantity) and "day" in (*reading.rates, *_divisors(reading)):
        return True
    if quantity.unit == "percent" and says_share(quantity.value, reading):
        return True
    months = [word for word, number in known.months.items() if number == value]
    return reading.says(*months) or says_portion(quantity, reading)


def _is_nonstop(quantity: Quantity) -> bool:
    """Whether it may be all hours of a day, or all days of a week."""
    return (quantity.value, quantity.unit) in _WHOLE_SPANS


def _is_whole_day(quantity: Quantity) -> bool:
    """Whether it is the time in which something is done each day: 4 tablets in 24 hours."""
    return quantity.amount == _DAY


_DAY = ("time", Decimal(86_400))


def _divisors(reading: Reading) -> Iterator[str]:
    """Yield the units that its figures are for each of: 4 tablets a day."""
    for each in reading.all:
        yield from each.per


_WHOLE_SPANS = {(Decimal(24), "hour"), (Decimal(24), None), (Decimal(7), "day"), (Decimal(7), None)}


def _is_named(quantity: Quantity, reading: Reading) -> bool:
    said = reading.said
    values = {quantity.value, quantity.hour}
    if not quantity.unit:
        # A quarter of an hour may be 15 of a unit that we do not know.
        return not values.isdisjoint(said.values) or ("time", quantity.value * 60) in said.amounts
    if quantity.amount in said.amounts:
        return True
    if quantity.unit == "percent" and shares(reading):
        return False  # three in ten are not 3 %
    # Twice is no two days.
    is_time = quantity.amount[0] == "time"
    return not values.isdisjoint(said.counts if is_time else said.unitless)
