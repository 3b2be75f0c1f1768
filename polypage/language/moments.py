"""What a translation makes of the dates and the times of day of its source.

    >>> one = Reading(Text.of("Open on 4 March 2020 at 8 pm.", profile("en_GB")))
    >>> other = Reading(Text.of("Ouvert le 3 avril 2020 à 20 h.", profile("fr")))
    >>> [slip.message for slip in moments(one, other).slips]
    ['4 March 2020 has become 3 avril 2020: day and month have changed places']

What has a counterpart, or a wrong one, is accounted for: its figures are no business of others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from polypage.language.dates import Date, Day, is_month_first
from polypage.language.readings import Reading
from polypage.language.times import Time, names_of

Place: TypeAlias = "tuple[int, int]"
Each = TypeVar("Each", bound=Date | Time)


class Slip(NamedTuple):
    """A date or a time of day that is not what it was."""

    kind: Literal["date", "order", "time"]
    message: str
    before: Place
    """Where it stands in the source, in the text without ornaments."""
    after: Place
    certain: bool = True


class Moments(NamedTuple):
    """What has become of dates and times, and the two texts without them."""

    before: Reading
    after: Reading
    slips: tuple[Slip, ...] = ()


def moments(before: Reading, after: Reading) -> Moments:
    """Compare the dates and times of a text and of its translation."""
    if not _may_slip(before, after):
        return Moments(before, after)
    found = [*_times(before, after), *_dates(before, after)]
    if not found:
        return Moments(before, after)
    return Moments(
        before.without(place for each in found for place in each.before),
        after.without(place for each in found for place in each.after),
        tuple(each.slip for each in found if each.slip),
    )


def _may_slip(before: Reading, after: Reading) -> bool:
    """Whether both have dates or times, and not merely figures that may be hours."""
    if not (_may_be_timed(before) or _may_be_timed(after)):
        return False  # as in most texts with words for numbers
    if before.dates or after.dates:
        return before.has_moments and after.has_moments
    may_be_timed = before.may_be_timed or after.may_be_timed
    # One may name noon where the other has figures for it.
    may_be_named = "clocks" in before.signals or "clocks" in after.signals
    if may_be_named and not (before.known.numerals and after.known.numerals):
        return True
    return (may_be_timed or may_be_named) and bool(before.times or after.times)


def _may_be_timed(reading: Reading) -> bool:
    """Whether it has figures or words for times, or may have such words within others."""
    return not _TIMED.isdisjoint(reading.signals) or reading.known.unspaced


_TIMED = frozenset({"figures", "hours"})


class _Found(NamedTuple):
    """Places that belong together, and what is wrong with that."""

    before: tuple[Place, ...]
    after: tuple[Place, ...]
    slip: Slip | None = None


def _paired(
    before: list[Each], after: list[Each], are_alike: Callable[[Each, Each], bool]
) -> Iterator[tuple[Each, Each]]:
    """Take out each of the source's, and the first of the translation's that is like it."""
    for one in [*before]:
        other = next((each for each in after if are_alike(one, each)), None)
        if other is not None:
            before.remove(one)
            after.remove(other)
            yield one, other


def _of_texts(one: Place, other: Place, before: Reading, after: Reading) -> str:
    was, is_ = before.text.plain[slice(*one)], after.text.plain[slice(*other)]
    return f"{was} has become {is_}"


# --- times ------------------------------------------------------------------------------------


def _times(before: Reading, after: Reading) -> Iterator[_Found]:
    ones, others = _told(before.times), _told(after.times)
    yield from (_Found((one,), ()) for one in _sole_named(ones, before, after))
    yield from (_Found((), (other,)) for other in _sole_named(others, after, before))
    if not any(each.plain for each in (*ones, *others)):
        return
    known = frozenset().union(*(each.minutes for each in ones))
    same = [*_paired(ones, others, _same_times)]
    yield from (_Found((one.span,), (other.span,)) for one, other in same)
    yield from (_Found((one.span,), ()) for one in _named(ones, after))
    yield from (_Found((), (other.span,)) for other in _named(others, before))
    yield from (_Found((one.span,), (place,)) for one, place in _pointed(ones, after))
    yield from (_Found((place,), (other.span,)) for other, place in _pointed(others, before))
    likely = [*_paired(ones, others, _may_be_same)]
    yield from (_Found((one.span,), (other.span,)) for one, other in likely)
    if slip := _turned_range([*same, *likely], before, after):
        yield _Found((), (), slip)
    for likeness in (_other_halves, _near_times):
        for one, other in _paired(ones, others, likeness):
            message = _of_texts(one.span, other.span, before, after)
            slip = Slip("time", message, one.span, other.span, _is_certain(one, other))
            yield _Found((one.span,), (other.span,), slip)
    yield from (_Found((), (each.span,)) for each in others if each.plain and each.minutes <= known)


def _turned_range(pairs: list[tuple[Time, Time]], before: Reading, after: Reading) -> Slip | None:
    """Find a range from one time to another whose ends have changed places."""
    for (one, other), (end, other_end) in pairwise(sorted(pairs, key=_starts)):
        here, there = (one.span[0], end.span[1]), (other_end.span[0], other.span[1])
        if _joins(one, end, before) and _joins(other_end, other, after):
            return Slip("time", _of_texts(here, there, before, after), here, there)
    return None


def _starts(pair: tuple[Time, Time]) -> int:
    return pair[0].span[0]


def _joins(one: Time, end: Time, reading: Reading) -> bool:
    """Whether a time goes on to another: from 8 to 5."""
    between = reading.words[one.span[1] : end.span[0]].strip(" .")
    return between in reading.known.range_words


def _told(found: Iterable[Time]) -> list[Time]:
    """Take the clock to be of 24 hours for all times of a text, where it is for one of them."""
    times = [*found]
    if not any(each.whole for each in times):
        return times
    return [each._replace(sure=each.sure or len(each.minutes) == 1) for each in times]


def _sole_named(lone: list[Time], here: Reading, there: Reading) -> Iterator[Place]:
    """Take out twelve hours that the other text calls noon, and that are nothing else there."""
    if here.known.numerals and all(each.plain for each in lone):
        return  # as in most, so that nobody need read all numbers of the other text
    if any(other.value == _NOON for other in there.all):
        return
    for each in [*lone]:
        if not each.plain and any(_is_called(minute, there) for minute in each.minutes):
            lone.remove(each)
            yield each.span
            return
    if here.known.numerals:
        return
    # Where no words of a clock are known, a bare figure may be an hour: kl. 12.
    for figure in here.figures:
        if (
            figure.unit is None
            and figure.value in _NAMED
            and _is_called(_NAMED[figure.value], there)
        ):
            yield figure.start, figure.end
            return


_NAMED = {Decimal(0): 0, Decimal(12): 12 * 60, Decimal(24): 0}
_NOON = 12


def _named(lone: list[Time], reading: Reading) -> Iterator[Time]:
    """Take out noon and midnight where the other text calls them by their names."""
    for each in [*lone]:
        if each.plain and any(_is_called(minute, reading) for minute in each.minutes):
            lone.remove(each)
            yield each


def _pointed(lone: list[Time], reading: Reading) -> Iterator[tuple[Time, Place]]:
    """Take out times that stand as 18.45 in a language whose words around them we do not know."""
    if reading.known.numerals:
        return
    for each in [*lone]:
        written = "|".join(f"0?{minute // 60}[.]{minute % 60:02}" for minute in each.minutes)
        match = re.search(rf"(?<![\d.,])(?:{written})(?![\d%]|[.,]\d)", reading.words)
        if each.plain and match:
            lone.remove(each)
            yield each, match.span()


def _is_called(minute: int, reading: Reading) -> bool:
    if minute % _HALF_DAY:
        return False
    locale = reading.text.profile.locale
    names = names_of(locale, minute)
    others = names_of(locale, (minute + _HALF_DAY) % (2 * _HALF_DAY))
    # Thai midnight has noon in it.
    longer = [other for other in others if any(name in other for name in names)]
    return reading.says(*names) and not reading.says(*longer)


def _is_certain(one: Time, other: Time) -> bool:
    """Whether they are two times of day, and not merely in halves of it that nothing tells."""
    if not (one.plain and other.plain):
        return False
    minutes, others = ({each % _HALF_DAY for each in time.minutes} for time in (one, other))
    return (one.sure and other.sure) or minutes.isdisjoint(others)


def _same_times(one: Time, other: Time) -> bool:
    return one.plain and other.plain and one.minutes == other.minutes


def _may_be_same(one: Time, other: Time) -> bool:
    return (one.plain or other.plain) and bool(one.minutes & other.minutes)


def _other_halves(one: Time, other: Time) -> bool:
    """Whether they are twelve hours apart."""
    return (one.plain or other.plain) and any(
        (minute + _HALF_DAY) % (2 * _HALF_DAY) in other.minutes for minute in one.minutes
    )


_HALF_DAY = 12 * 60


def _near_times(one: Time, other: Time) -> bool:
    """Whether they have the hour or the minute in common, and so are no two different things."""
    if not (one.plain and other.plain):
        return False
    hours, others = ({each // 60 % 12 for each in time.minutes} for time in (one, other))
    minutes, other_minutes = ({each % 60 for each in time.minutes} for time in (one, other))
    return bool(hours & others or minutes & other_minutes)


# --- dates ------------------------------------------------------------------------------------


def _dates(before: Reading, after: Reading) -> Iterator[_Found]:
    ones, others = [*before.dates], [*after.dates]
    known = frozenset(each.day for each in ones)
    years = _years(ones) & _years(others)
    for shared in range(len(Day._fields), 0, -1):
        for one, other in _paired(ones, others, partial(_agree, shared=shared)):
            yield _accounted(one, other, years=years)
    yield from _plain_years(ones, after, swapped=False)
    yield from _plain_years(others, before, swapped=True)
    for one, other in _paired(ones, others, _may_agree):
        yield _accounted(one, other, _misordered(one, other, before, after))
    yield from _plain_days(ones, after, swapped=False)
    yield from _plain_days(others, before, swapped=True)
    are_lone = len(ones) == len(others) == 1
    for likeness in (_are_near, *([_are_of_a_kind] if are_lone else [])):
        for one, other in _paired(ones, others, likeness):
            yield _accounted(one, other, _changed(one, other, before, after))
    yield from (_Found((), tuple(each.places.values())) for each in others if each.day in known)
    yield from (_Found(_said(each, after.dates), ()) for each in ones)
    yield from (_Found((), _said(each, before.dates)) for each in others if each.day not in known)


def _said(date: Date, others: Iterable[Date]) -> tuple[Place, ...]:
    """Take the month and the year that another date says for both: on 4 and 5 March."""
    months = {each.day.month for each in others}
    years = _years(others)
    said = {"month": date.day.month in months, "year": date.day.year in years}
    return tuple(place for part, place in date.places.items() if said.get(part))


def _years(dates: Iterable[Date]) -> frozenset[int | None]:
    return frozenset(each.day.year for each in dates)


def _accounted(
    one: Date,
    other: Date,
    slip: Slip | None = None,
    *,
    years: Container[int | None] = frozenset(),
) -> _Found:
    """Take out what both dates say, and a year that one of them shares with another date."""
    both = frozenset(one.places) & frozenset(other.places)
    return _Found(_taken(one, both, years), _taken(other, both, years), slip)


def _taken(date: Date, parts: frozenset[str], years: Container[int | None]) -> tuple[Place, ...]:
    said = parts | ({"year"} if date.day.year in years else frozenset())
    return tuple(place for part, place in date.places.items() if part in said)


def _parts(one: Day, other: Day) -> list[tuple[int, int]]:
    """Return what both days say of themselves."""
    return [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]


def _agree(one: Date, other: Date, *, shared: int) -> bool:
    parts = _parts(one.day, other.day)
    return len(parts) == shared and _is_same(one.day, other.day)


def _is_same(one: Day, other: Day) -> bool:
    is_enough = one.month is not None or one.month == other.month
    return is_enough and all(a == b for a, b in _parts(one, other)) and bool(_parts(one, other))


def _may_agree(one: Date, other: Date) -> bool:
    """Whether they agree if one of them has day and month the other way round."""
    return any(
        mine and theirs and _is_same(mine, theirs)
        for mine in (one.day, one.other)
        for theirs in (other.day, other.other)
    )


def _are_near(one: Date, other: Date) -> bool:
    """Whether they have something in common, and so are no two different days."""
    parts = _parts(one.day, other.day)
    is_swapped = one.day.day is not None and _turned(one.day) == other.day[1:3]
    return len(parts) > 1 and (is_swapped or any(a == b for a, b in parts))


def _are_of_a_kind(one: Date, other: Date) -> bool:
    return one.places.keys() == other.places.keys()


def _turned(day: Day) -> tuple[int | None, int | None]:
    return day.day, day.month


def _misordered(one: Date, other: Date, before: Reading, after: Reading) -> Slip:
    (start, end), (start_there, end_there) = one.span, other.span
    was, is_ = before.text.plain[start:end], after.text.plain[start_there:end_there]
    if one.sure and other.sure and was != is_:
        return _changed(one, other, before, after)
    message = f"{is_} reads as {other.day}, {was} in the source as {one.day}"
    return Slip("order", message, one.span, other.span, certain=False)


def _changed(one: Date, other: Date, before: Reading, after: Reading) -> Slip:
    message = _of_texts(one.span, other.span, before, after)
    if _turned(one.day) == other.day[1:3] and one.day.day != one.day.month:
        message += ": day and month have changed places"
    return Slip("date", message, one.span, other.span)


def _plain_years(lone: list[Date], reading: Reading, *, swapped: bool) -> Iterator[_Found]:
    """Find the years of an era where the other text has those of the common one: 令和2年, 2020."""
    for each in [*lone]:
        if each.places.keys() == {"year"}:
            match = re.search(rf"(?<![\d.,]){each.day.year}(?!\d)", reading.words)
            if match:
                lone.remove(each)
                places = ((each.places["year"],), (match.span(),))
                yield _Found(*(reversed(places) if swapped else places))


def _plain_days(lone: list[Date], reading: Reading, *, swapped: bool) -> Iterator[_Found]:
    """Find days and months that the other text has in figures alone: 1 February, 1/2."""
    for each in [*lone]:
        day, month, year = each.day.day, each.day.month, each.day.year
        if day is None or month is None or year is not None:
            continue
        one, other = (month, day) if is_month_first(reading.text) else (day, month)
        match = re.search(rf"(?<![\d.,/-])0?{one}[/.-]0?{other}(?![\d/-]|[.,]\d)", reading.words)
        if match:
            lone.remove(each)
            places = ((*each.places.values(),), (match.span(),))
            yield _Found(*(reversed(places) if swapped else places))
