"""What a translation makes of the figures of its source.

    >>> [*drift("Take 5 mg for 2 weeks.", "Nehmen Sie 50 mg 2 Wochen lang.", english, german)]
    [Drift(kind='changed', message='5 mg has become 50 mg')]

Translators turn separators and units into those of their language, spell figures out or write
them for words, repeat one that the source has once, name the hour by the 24-hour clock: that
changes nothing. Only what is left when all of this is accounted for is worth a reader's eyes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from polypage.lexicon import UNITS, Lexicon, folded, lexicon
from polypage.profiles import Profile
from polypage.quantities import Quantity, read, read_words, unadorned


class Drift(NamedTuple):
    """A figure that is not what it was."""

    kind: Literal["changed", "missing", "added", "unit", "format", "bound"]
    message: str
    certain: bool = True
    """Whether it can hardly be a matter of style."""


def drift(source: str, target: str, *, spoken: Profile, written: Profile) -> Iterator[Drift]:
    """Compare the figures of a text in one language and its translation into another."""
    before, after = _Side.of(source, spoken), _Side.of(target, written)
    if not (before.left or before.worded) and not (after.left or after.worded):
        return
    pairs = [pair for alike in _ALIKE for pair in _paired(before, after, alike)]
    if before.left or after.left:
        pairs += _regrouped(before, after)
    yield from _misread(before, after, written)
    yield from _swapped(before, after)
    yield from _strange_units(pairs, after)
    yield from _other_divisors(pairs, before, after)
    yield from _turned_bounds(pairs, before, after)
    yield from _leftovers(before, after, pairs)


@dataclass(slots=True)
class _Side:
    """One of the two texts, and its quantities that have no counterpart so far."""

    left: list[Quantity]
    figures: tuple[Quantity, ...]
    worded: tuple[Quantity, ...]
    """What is said in words; it needs no counterpart."""
    words: str
    lexicon: Lexicon
    profile: Profile

    @classmethod
    def of(cls, text: str, profile: Profile) -> _Side:
        figures, worded = read(text, profile), read_words(text, profile)
        words = folded(unadorned(text))
        return cls([*figures], figures, worded, words, lexicon(profile.language), profile)

    @property
    def all(self) -> tuple[Quantity, ...]:
        """Return what the text says in figures or in words."""
        return self.figures + self.worded

    def says(self, *words: str) -> bool:
        """Whether one of some words is in the text."""
        alternatives = "|".join(map(re.escape, words))
        return bool(words and re.search(self._whole_words(alternatives), self.words))

    def _whole_words(self, alternatives: str) -> str:
        match self.profile.language:
            case "th" | "zh":
                return alternatives
            case "ar":
                return rf"(?<!\w)[وف]?[بلك]?(?:ال)?(?:{alternatives})(?!\w)"
            case _:
                return rf"(?<!\w)(?:{alternatives})(?!\w)"


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
    return one.afternoon and one.value + 12 == other.value


def _is_same_year(one: Quantity, other: Quantity) -> bool:
    """Thailand counts from the Buddha's death, Taiwan from the republic."""
    return one.unit is None and other.value - one.value in {543, -1911} and one.value > 1800  # noqa: PLR2004


def _is_same_but_for_unit(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value


_ALIKE = (_is_same_amount, _is_same_figure, _is_same_hour, _is_same_year, _is_same_but_for_unit)


def _regrouped(before: _Side, after: _Side) -> list[_Pair]:
    """Look for counterparts among dates, lists and telephone numbers taken apart or together."""
    pairs: list[_Pair] = []
    for one, other in ((before, after), (after, before)):
        _take_apart(one, other.left)
        _put_together(one, other.left)
    for alike in _ALIKE:
        pairs += _paired(before, after, alike)
    if len(_digits(before.left)) >= _TELEPHONE and _digits(before.left) == _digits(after.left):
        before.left.clear()
        after.left.clear()
    return pairs


_TELEPHONE = 7
"""How many digits in a row are no accident."""


def _take_apart(side: _Side, wanted: Sequence[Quantity]) -> None:
    values = {
        quantity.value + 12 * half for quantity in wanted for half in (False, quantity.afternoon)
    }
    for quantity in tuple(side.left):
        parts = quantity.parts()
        if len(parts) > 1 and all(part.value in values for part in parts):
            at = side.left.index(quantity)
            side.left[at : at + 1] = parts


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


def _digits(quantities: Iterable[Quantity]) -> str:
    return "".join(re.sub(r"\D", "", quantity.figure) for quantity in quantities)


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
    lost = [one for one in (*before.left, *_counts(before)) if not _is_measured(one, after)]
    new = [other for other in (*after.left, *_counts(after)) if not _is_measured(other, before)]
    for one in lost:
        for other in new:
            in_words = one not in before.left or other not in after.left
            if in_words and one.unit and other.unit and one.amount[0] == other.amount[0]:
                yield Drift("changed", f"{one} has become {other}")
                before.left = [each for each in before.left if each is not one]
                after.left = [each for each in after.left if each is not other]
                new.remove(other)
                break


def _counts(side: _Side) -> list[Quantity]:
    """Pick the words that can be nothing but a number, and more than the article."""
    return [each for each in side.worded if not each.vague and each.value > 1]


def _is_measured(quantity: Quantity, side: _Side) -> bool:
    return any(each.unit and each.amount == quantity.amount for each in side.all)


def _strange_units(pairs: Iterable[_Pair], after: _Side) -> Iterator[Drift]:
    for one, other in pairs:
        if one.unit and other.unit and _is_same_but_for_unit(one, other):
            if one.amount != other.amount:
                yield Drift("unit", f"{one} has become {other}")
        elif one.unit and one.unit != "tablet" and other.bare and not _is_unit_said(one, after):
            yield Drift("unit", f"{one} has lost its unit: {other} is all there is")


def _is_unit_said(quantity: Quantity, side: _Side) -> bool:
    """Whether a unit is named anywhere in a text, or is none that a reader needs."""
    if quantity.unit in {"hour", "second"}:
        return True  # 8 am; the 1980s
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
        was = one.bound or _said_bound(one, before)
        if was and (other.bound or _said_bound(other, after)) not in {was, ""}:
            what = other if other.bound else f"{other} with words for the contrary"
            yield Drift("bound", f"{one} has become {what}")


_NEAR = 24
"""How many letters before a figure may say that it is a bound."""


def _said_bound(quantity: Quantity, side: _Side) -> str:
    """Say what words make of a figure, if they are plain."""
    near = side.words[max(quantity.start - _NEAR, 0) : quantity.start]
    near = re.split(r"[\d.;:!?(,،。，；：（]", near)[-1]  # noqa: RUF001
    if side.profile.language == "zh":
        near += "".join(re.findall(r"\A以[上下]", side.words[quantity.full_end :]))
    less, more = side.lexicon.less, side.lexicon.more
    is_less = bool(less and less.search(near))
    if less:
        near = less.sub(" ", near)  # Thai and Chinese: not more than
    is_more = bool(more and more.search(near))
    denied = side.lexicon.denials and side.lexicon.denials.search(near)
    if denied or is_less == is_more:
        return ""
    return "<" if is_less else ">"


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
    is_single = quantity.unit in {None, "tablet"} and quantity.value == 1
    is_dual = after.profile.language in _DUAL and quantity.value in {1, 2}
    if is_single or is_dual:  # the article says it, a noun's ending, or nothing
        return not _is_outnumbered(quantity, before, after)
    return _is_said(quantity, after)


_DUAL = {"ar", "he", "sl", "mt"}
"""Languages where a noun's ending says one or two."""


def _is_outnumbered(quantity: Quantity, before: _Side, after: _Side) -> bool:
    """Whether a translation has a number of its own that may stand in for a single one."""
    if any(other.unit == quantity.unit for other in after.left):
        return True
    known = {one.value for one in before.all}
    strange = (other for other in _counts(after) if other.value not in known)
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
    return worded.value in {quantity.value, quantity.value + 12 * quantity.afternoon}


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
