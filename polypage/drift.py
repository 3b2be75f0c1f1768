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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from functools import cache, cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from polypage.cues import Bound, Cue, bound
from polypage.lexicon import BEGINNING, END, UNITS, Lexicon, any_of, lexicon
from polypage.numerals import read_words
from polypage.profiles import Profile
from polypage.quantities import Quantity, Text, read
from polypage.telephones import without_telephones


class Drift(NamedTuple):
    """A figure that is not what it was."""

    kind: Literal["changed", "missing", "added", "unit", "format", "bound"]
    message: str
    certain: bool = True
    """Whether it can hardly be a matter of style."""


def drift(source: Text, target: Text, cues: Sequence[Sequence[Cue]] = ((), ())) -> Iterator[Drift]:
    """Compare the figures of a text in one language and its translation into another.

    Without the cues of both, their bounds are compared by signs alone.
    """
    source, target = without_telephones(source, target)
    before, after = _Side.of(source, cues[0]), _Side.of(target, cues[1])
    if not (before.left or before.counts or after.left or after.counts):
        return
    pairs = [pair for alike in _ALIKE for pair in _paired(before, after, alike)]
    if before.left or after.left:
        pairs += _regrouped(before, after)
    yield from _misread(before, after, target.profile)
    swapped = [*_swapped(before, after)]
    said = _said_pairs(before, after)
    others = [
        *_strange_units(pairs, before, after),
        *([] if swapped else _strange_lengths(said)),
        *(_turned_ranges(pairs, before, after) or _exchanged_units(pairs)),
        *_other_divisors(pairs, before, after),
    ]
    yield from [*swapped, *others, *([] if others else _other_rates(before, after))]
    yield from _turned_bounds([*pairs, *said], before, after)
    yield from _other_months(before, after)
    yield from _leftovers(before, after, pairs)


@dataclass
class _Side:
    """One of the two texts, and its quantities that have no counterpart so far."""

    text: Text
    cues: tuple[Cue, ...]
    figures: tuple[Quantity, ...]
    left: list[Quantity] = field(default_factory=list)

    @classmethod
    def of(cls, text: Text, cues: Sequence[Cue]) -> _Side:
        figures = read(text)
        return cls(text, tuple(cues), figures, [*figures])

    @property
    def lexicon(self) -> Lexicon:
        return self.text.known

    @cached_property
    def worded(self) -> tuple[Quantity, ...]:
        """What is said in words; it needs no counterpart."""
        return read_words(self.text, self.figures)

    @cached_property
    def counts(self) -> list[Quantity]:
        """Pick the words that can be nothing but a number, and more than the article."""
        return [each for each in self.worded if not each.vague and each.value > 1]

    @property
    def all(self) -> tuple[Quantity, ...]:
        """Return what the text says in figures or in words."""
        return self.figures + self.worded

    def says(self, *words: str) -> bool:
        """Whether one of some words is in the text."""
        return bool(words and _whole_words(words, self.lexicon.language).search(self.text.words))


@cache
def _whole_words(words: tuple[str, ...], language: str) -> re.Pattern[str]:
    if lexicon(language).unspaced:
        return re.compile(any_of(words))
    begin = rf"{BEGINNING}[وف]?[بلك]?(?:ال)?" if language == "ar" else BEGINNING
    return re.compile(f"{begin}{any_of(words, END)}")


_Pair = tuple[Quantity, Quantity]


# --- counterparts -----------------------------------------------------------------------------


def _paired(
    before: _Side, after: _Side, alike: Callable[[Quantity, Quantity], bool]
) -> Iterator[_Pair]:
    """Take out each quantity of the source, and the first of the translation that is alike."""
    for quantity in tuple(before.left):
        if other := next((other for other in after.left if alike(quantity, other)), None):
            before.left.remove(quantity)
            after.left.remove(other)
            yield quantity, other


def _is_same_amount(one: Quantity, other: Quantity) -> bool:
    return one.unit is not None and other.unit is not None and one.amount == other.amount


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


def _is_same_in_time(one: Quantity, other: Quantity) -> bool:
    dimensions = {one.amount[0], other.amount[0]}
    return one.value == other.value and dimensions <= {"time", "months"}


_ALIKE = (
    _is_same_amount,
    _is_same_in_time,
    _is_same_figure,
    _is_same_hour,
    _is_same_year,
    _is_same_but_for_unit,
)


def _regrouped(before: _Side, after: _Side) -> list[_Pair]:
    """Look for counterparts among dates, lists and telephone numbers taken apart or together."""
    pairs: list[_Pair] = []
    for one, other in ((before, after), (after, before)):
        _take_apart(one, other.left)
        _put_together(one, other.left)
    for alike in _ALIKE:
        pairs += _paired(before, after, alike)
    return pairs


def _take_apart(side: _Side, wanted: Sequence[Quantity]) -> None:
    values = {each for quantity in wanted for each in (quantity.value, quantity.hour)}
    values |= {quantity.value - 543 for quantity in wanted if quantity.value > 2300}  # noqa: PLR2004
    for quantity in tuple(side.left):
        parts = quantity.parts()
        if len(parts) > 1 and all(
            {part.value, part.hour} & values or part.figure == "00" for part in parts
        ):
            at = side.left.index(quantity)
            side.left[at : at + 1] = [part for part in parts if part.figure != "00"]


def _put_together(side: _Side, wanted: Sequence[Quantity]) -> None:
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


# --- what is worth a word ---------------------------------------------------------------------


def _misread(before: _Side, after: _Side, written: Profile) -> Iterator[Drift]:
    def would_be(one: Quantity, other: Quantity) -> bool:
        return one.value == other.misread

    for one, other in _paired(before, after, would_be):
        better = _formatted(one.value, written)
        yield Drift(
            "format", f"{other} reads as {other.value.normalize():f}: write {better} for {one}"
        )


def _formatted(value: Decimal, profile: Profile) -> str:
    marks = {",": profile.group, ".": profile.decimal}
    return "".join(marks.get(letter, letter) for letter in f"{value:,f}")


def _swapped(before: _Side, after: _Side) -> Iterator[Drift]:
    """Find what one text says in words of a unit, where the other has something else of it."""
    lost = [one for one in (*before.left, *before.counts) if not _is_measured(one, after)]
    new = [other for other in (*after.left, *after.counts) if not _is_measured(other, before)]
    for one in lost:
        for other in new:
            in_words = one not in before.left or other not in after.left
            if in_words and one.unit and other.unit and one.amount[0] == other.amount[0]:
                yield Drift("changed", f"{one} has become {other}")
                before.left = [each for each in before.left if each is not one]
                after.left = [each for each in after.left if each is not other]
                new.remove(other)
                break


def _is_measured(quantity: Quantity, side: _Side) -> bool:
    return any(each.unit and each.amount == quantity.amount for each in side.all)


def _strange_units(pairs: Iterable[_Pair], before: _Side, after: _Side) -> Iterator[Drift]:
    for one, other in pairs:
        if one.half and other.half and one.hour != other.hour:
            yield Drift("changed", f"{one} {one.half} has become {other} {other.half}")
        elif one.unit and other.unit and _is_same_but_for_unit(one, other):
            if one.amount != other.amount and not _is_unit_of_time(one, other):
                yield Drift("unit", f"{one} has become {other}")
        elif one.unit and not other.unit and _needs_unit(one, other, before, after):
            yield Drift("unit", f"{one} has lost its unit: {other} is all there is")
        elif other.unit and not one.unit and _is_strange(other, before, after):
            yield Drift("unit", f"{one} has become {other}")


def _is_unit_of_time(one: Quantity, other: Quantity) -> bool:
    """Whether hours, or days and months, are in a time or a date and not a length of time."""
    return bool(one.half or other.half) and {one.unit, other.unit} <= {"hour", "minute"}


_MEASURED = {"mass", "volume", "share", "length", "celsius", "fahrenheit", "amount", "activity"}
"""What is measured with units that have a name in every language we have words of."""


def _needs_unit(one: Quantity, other: Quantity, before: _Side, after: _Side) -> bool:
    if one.unit == "tablet" or _is_of_date(one, before) or _is_unit_said(one, after):
        return False
    return other.bare or (bool(after.lexicon.numerals) and one.amount[0] in _MEASURED)


def _is_strange(quantity: Quantity, before: _Side, after: _Side) -> bool:
    """Whether a figure has got a unit that nobody would add to help a reader."""
    if _is_of_date(quantity, after):
        return False
    if quantity.amount[0] not in _MEASURED and quantity.unit not in {"month", "week", "drop"}:
        return False
    return bool(before.lexicon.numerals) and not _is_unit_said(quantity, before)


def _is_of_date(quantity: Quantity, side: _Side) -> bool:
    """Whether what looks like months or days is a date: 12 tháng 6, 3月."""
    if quantity.measure.strip() in {"月", "월"}:
        return True
    return quantity.unit == "month" and bool(_DIGIT_NEXT.match(side.text.words, quantity.full_end))


_DIGIT_NEXT = re.compile(r"\s\d")


def _exchanged_units(pairs: Sequence[_Pair]) -> Iterator[Drift]:
    """Find two figures that have changed places: 2 drops of 50 mg, 50 drops of 2 mg."""
    lost = [(one, other) for one, other in pairs if one.unit and not other.unit]
    won = [(one, other) for one, other in pairs if other.unit and not one.unit]
    for one, other in lost:
        for stranger, heir in won:
            if one.unit == heir.unit and one.value != heir.value and one.amount[0] != "time":
                yield Drift("unit", f"{one} has become {heir}, and {stranger} has become {other}")


def _is_unit_said(quantity: Quantity, side: _Side) -> bool:
    """Whether a unit is named anywhere in a text, or is none that a reader needs."""
    if quantity.unit in {"hour", "second", "year"}:
        return True  # 8 am; the 1980s; under 12
    return side.says(*(word for word, unit in side.lexicon.units.items() if unit == quantity.unit))


def _other_divisors(pairs: Iterable[_Pair], before: _Side, after: _Side) -> Iterator[Drift]:
    """Find what was for each kilogram or day, and is for another or for none."""
    for one, other in pairs:
        if one.per == other.per or not one.unit or not other.unit:
            continue
        if (one.per and other.per) or not (
            all(_is_divisor_said(unit, after) for unit in one.per)
            and all(_is_divisor_said(unit, before) for unit in other.per)
        ):
            yield Drift("unit", f"{one} has become {other}")


def _is_divisor_said(unit: str, side: _Side) -> bool:
    words = [word for word, name in side.lexicon.units.items() if name == unit]
    once = [word for word, number in side.lexicon.numerals.items() if number == 1]
    is_time = UNITS[unit][0] in {"time", "months"}
    return not side.lexicon.numerals or side.says(*words, *(once if is_time else ()))


def _turned_bounds(pairs: Iterable[_Pair], before: _Side, after: _Side) -> Iterator[Drift]:
    for one, other in pairs:
        agrees = _bound_of(one, before).agrees(_bound_of(other, after))
        if agrees != "yes":
            what = other if other.bound else f"{other} with words for the contrary"
            yield Drift("bound", f"{one} has become {what}", certain=agrees == "no")


def _bound_of(quantity: Quantity, side: _Side) -> Bound:
    """Say what a sign or words make of a figure, if they are plain."""
    words = side.text.words
    ahead, behind = quantity.start, quantity.full_end
    if match := _BOTH_ENDS.search(words, max(ahead - _NEAR, 0), ahead):
        ahead = match.start()
    if match := _OTHER_END.match(words, behind):
        last = next((each for each in side.figures if each.end >= match.end()), quantity)
        behind = last.full_end
    sign = quantity.bound or next((each.bound for each in side.figures if each.start == ahead), "")
    return Bound(sign) if sign else bound(words, side.lexicon, side.cues, ahead, behind)


_NEAR = 12
_BOTH_ENDS = re.compile(r"\d[\d.,]*\s?/\s?\Z")
_OTHER_END = re.compile(r"\s?/\s?\d[\d.,]*")
"""Blood pressure is two figures with one bound."""


def _other_rates(before: _Side, after: _Side) -> Iterator[Drift]:
    """Find twice a day that has become twice a week."""
    was, is_ = _times_said(before), _times_said(after)
    gone, new = was - is_, is_ - was
    if gone and new and not _same_lengths(before, after):
        yield Drift("unit", f"{min(gone)} has become {min(new)}", certain=False)


def _times_said(side: _Side) -> set[str]:
    known = side.lexicon
    if not known.often:
        return set()
    words = _whole_words(tuple(known.often), known.language).findall(side.text.words)
    names = {known.often.get(_bare(word, known)) for word in words}
    return {name for name in names if name}


def _bare(word: str, known: Lexicon) -> str:
    word = re.sub(r"\s", " ", word)
    return word if word in known.often else re.sub(r"\A[وف]?[بلك]?(?:ال)?", "", word)


def _same_lengths(before: _Side, after: _Side) -> bool:
    """Whether a length of time is told in another unit: 7 days, 1 week."""
    lengths = {each.amount for each in before.all if each.amount[0] in {"time", "months"}}
    others = [each for each in after.all if each.amount in lengths]
    return any(
        one.amount == other.amount and one.unit != other.unit
        for one in before.all
        for other in others
    )


def _said_pairs(before: _Side, after: _Side) -> list[_Pair]:
    """Pair what one of the texts says in words, or both, by their values."""
    ones = [*before.left, *(each for each in before.worded if each.value > 1)]
    others = [*after.left, *(each for each in after.worded if each.value > 1)]
    pairs: list[_Pair] = []
    for one in ones:
        alike = [other for other in others if one.value == other.value]
        best = next(
            (other for other in alike if other.amount == one.amount), alike[0] if alike else None
        )
        if best:
            others.remove(best)
            pairs.append((one, best))
    return [*pairs, *zip(_bounded_ones(before), _bounded_ones(after), strict=False)]


def _bounded_ones(side: _Side) -> Iterator[Quantity]:
    """Find `at least one`: alone, the word for one is most often an article."""
    ends = {cue.end for cue in side.cues if not cue.names.isdisjoint({"more", "less"})}
    for each in side.worded:
        behind = side.text.words[: each.start].rstrip()
        if each.value == 1 and len(behind) in ends:
            yield each


def _strange_lengths(said: Iterable[_Pair]) -> Iterator[Drift]:
    """Find two weeks that have become two months."""
    for one, other in said:
        is_length = one.unit and other.unit and not (one.vague or other.vague)
        if is_length and one.amount != other.amount:
            yield Drift("unit", f"{one} has become {other}")


def _other_months(before: _Side, after: _Side) -> Iterator[Drift]:
    """Find the month of a date that is another, or gone."""
    months = [*_months(before)]
    if not months or not after.figures:
        return
    there = {number for _, number in _months(after)} | {each.value for each in after.figures}
    there |= {part.value for each in after.figures for part in each.parts()}
    yield from (
        Drift("changed", f"{name} has become another month")
        for name, number in months
        if number not in there and (after.lexicon.months or after.figures)
    )


def _months(side: _Side) -> Iterator[tuple[str, int]]:
    known = side.lexicon
    if known.months and not known.unspaced:
        for match in _month(known.language).finditer(side.text.words):
            name = match["before"] or match["behind"]
            yield side.text.plain[match.start() : match.end()].strip(), known.months[name]
    elif known.language == "th":
        for match in _whole_words(tuple(known.months), "th").finditer(side.text.words):
            yield match[0], known.months[match[0]]


@cache
def _month(language: str) -> re.Pattern[str]:
    """Find the name of a month beside a day or a year."""
    known = lexicon(language)
    name = any_of(known.months, END)
    of = r"\s?[.,]?\s?(?:de\s|of\s|del\s)?"
    return re.compile(
        rf"{BEGINNING}(?:(?P<before>{name}){of}\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?{of}(?P<behind>{name}))"
    )


def _turned_ranges(pairs: Sequence[_Pair], before: _Side, after: _Side) -> list[Drift]:
    """Find a range whose ends have changed places."""
    counterparts = {id(one): other for one, other in pairs}
    found = []
    for one, end in pairwise(before.figures):
        other, other_end = counterparts.get(id(one)), counterparts.get(id(end))
        if other is None or other_end is None or not one.value < end.value:
            continue
        if _is_range(one, end, before) and _is_range(other_end, other, after):
            found.append(Drift("changed", f"{one}–{end} has become {other_end}–{other}"))
    return found


def _is_range(one: Quantity, end: Quantity, side: _Side) -> bool:
    between = side.text.words[one.full_end : max(end.start, one.full_end)]
    return between.strip() in {*side.lexicon.to, *"-–—~〜～"} - {"and", "y", "et", "und", "و"}


def _leftovers(before: _Side, after: _Side, pairs: Sequence[_Pair]) -> Iterator[Drift]:
    gone = [each for each in before.left if not _is_spelled_out(each, before, after, pairs)]
    new = [each for each in after.left if not _is_worded(each, before, pairs)]
    for one, other in zip(gone, new, strict=False):
        yield Drift("changed", f"{one} has become {other}")
    for one in gone[len(new) :]:
        yield Drift("missing", f"{one} is missing", _is_certain(one, after))
    for other in new[len(gone) :]:
        certain = bool(other.unit) and _is_certain(other, before)
        yield Drift("added", f"{other} is not in the source", certain)


def _is_certain(quantity: Quantity, side: _Side) -> bool:
    """Whether a figure cannot stand in the other text in words that we do not know."""
    return bool(side.lexicon.numerals) or quantity.amount[0] not in {"", "time", "months"}


def _is_spelled_out(
    quantity: Quantity, before: _Side, after: _Side, pairs: Sequence[_Pair]
) -> bool:
    """Whether the translation may say a figure of the source in words."""
    if any(_is_alike(quantity, one) for one, _ in pairs):
        return True  # said once for twice
    if quantity.figure[0] in "IVX" and _is_verbatim(quantity, after):
        return True  # behind a label that we do not know
    is_single = quantity.unit in {None, "tablet"} and quantity.value == 1
    is_dual = after.lexicon.dual and quantity.value in {1, 2}
    if is_single or is_dual:  # the article says it, a noun's ending, or nothing
        return not _is_outnumbered(quantity, before, after)
    return _is_said(quantity, after)


def _is_verbatim(quantity: Quantity, side: _Side) -> bool:
    return bool(re.search(rf"(?<![IVX]){quantity.figure}(?![IVX])", side.text.plain))


def _is_outnumbered(quantity: Quantity, before: _Side, after: _Side) -> bool:
    """Whether a translation has a number of its own that may stand in for a single one."""
    if any(other.unit == quantity.unit for other in after.left):
        return True
    known = {one.value for one in before.all}
    strange = (other for other in after.counts if other.value not in known)
    return any(other.unit == quantity.unit for other in strange)


def _is_worded(quantity: Quantity, before: _Side, pairs: Sequence[_Pair]) -> bool:
    """Whether the source may say a figure of the translation in words."""
    if any(_is_alike(quantity, other) for _, other in pairs) or quantity.value == 1:
        return True
    return _is_said(quantity, before)


def _is_alike(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value and (None in {one.unit, other.unit} or one.unit == other.unit)


_SMALL = 12


def _is_said(quantity: Quantity, side: _Side) -> bool:
    """Whether words of a text stand for a figure of the other."""
    known, value = side.lexicon, quantity.value
    if not known.numerals:
        return value <= _SMALL and value % 1 == 0 and quantity.amount[0] in {"", "time", "months"}
    if any(_is_named(quantity, each) for each in side.worded):
        return True
    months = [word for word, number in known.months.items() if number == value]
    return side.says(*months, *_parts_of_one(quantity, known))


def _is_named(quantity: Quantity, worded: Quantity) -> bool:
    if quantity.unit and worded.unit:
        return quantity.amount == worded.amount
    if worded.vague and quantity.amount[0] == "time":
        return False  # twice is no two days
    return worded.value in {quantity.value, quantity.hour}


def _parts_of_one(quantity: Quantity, known: Lexicon) -> Iterable[str]:
    """Return the words for the fraction of a figure, if it is one that has words."""
    if re.match(r"\d+/", quantity.figure) and quantity.value > 1:
        return ()  # 3/2 is no way to write one and a half
    # Not the remainder, which Decimal refuses to tell of numbers with more than 28 digits.
    match round(quantity.value - quantity.value.to_integral_value(ROUND_FLOOR), 2):
        case part if part == Decimal("0.5"):
            return known.half
        case part if part in {Decimal("0.25"), Decimal("0.75")}:
            return known.quarter
        case part if part in {Decimal("0.33"), Decimal("0.67")}:
            return known.third
    return ()
