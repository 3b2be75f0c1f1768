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
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from polypage.lexicon import Lexicon, folded, lexicon
from polypage.profiles import Profile
from polypage.quantities import Quantity, read


class Drift(NamedTuple):
    """A figure that is not what it was."""

    kind: Literal["changed", "missing", "added", "unit", "format", "bound"]
    message: str


def drift(source: str, target: str, *, spoken: Profile, written: Profile) -> Iterator[Drift]:
    """Compare the figures of a text in one language and its translation into another."""
    before, after = _Side.of(source, spoken), _Side.of(target, written)
    if not before.left and not after.left:
        return
    pairs = [pair for alike in _ALIKE for pair in _paired(before, after, alike)]
    if before.left or after.left:
        pairs += _regrouped(before, after)
    yield from _misread(before, after, written)
    yield from _strange_units(pairs, after)
    yield from _turned_bounds(pairs, after)
    yield from _leftovers(before, after, pairs)


@dataclass(slots=True)
class _Side:
    """One of the two texts, and its quantities that have no counterpart so far."""

    left: list[Quantity]
    words: str
    lexicon: Lexicon
    profile: Profile

    @classmethod
    def of(cls, text: str, profile: Profile) -> _Side:
        quantities = list(read(text, profile))
        return cls(quantities, folded(text), lexicon(profile.language), profile)

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
                Decimal(figure), f"{one.figure} {other.figure}", other.measure, other.unit
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


def _strange_units(pairs: Iterable[_Pair], after: _Side) -> Iterator[Drift]:
    for one, other in pairs:
        if one.unit and other.unit and _is_same_but_for_unit(one, other):
            if one.amount != other.amount:
                yield Drift("unit", f"{one} has become {other}")
        elif one.unit and other.bare and not _is_unit_said(one, after):
            yield Drift("unit", f"{one} has lost its unit: {other} is all there is")


def _is_unit_said(quantity: Quantity, side: _Side) -> bool:
    """Whether a unit is named anywhere in a text, or is none that a reader needs."""
    if quantity.unit in {"hour", "second"}:
        return True  # 8 am; the 1980s
    return side.says(*(word for word, unit in side.lexicon.units.items() if unit == quantity.unit))


def _turned_bounds(pairs: Iterable[_Pair], after: _Side) -> Iterator[Drift]:
    for one, other in pairs:
        if one.bound and (other.bound or _said_bound(other, after)) not in {one.bound, ""}:
            what = other if other.bound else f"{other} with words for the contrary"
            yield Drift("bound", f"{one} has become {what}")


_NEAR = 24
"""How many letters before a figure may say that it is a bound."""


def _said_bound(quantity: Quantity, side: _Side) -> str:
    """Say what words make of a figure, if they are plain."""
    at = side.words.find(quantity.figure)
    near = side.words[max(at - _NEAR, 0) : max(at, 0)]
    signs = [
        sign
        for sign, words in (("<", side.lexicon.less), (">", side.lexicon.more))
        if words and words.search(near)
    ]
    denied = side.lexicon.denials and side.lexicon.denials.search(near)
    return signs[0] if len(signs) == 1 and not denied else ""


def _leftovers(before: _Side, after: _Side, pairs: Sequence[_Pair]) -> Iterator[Drift]:
    gone = [each for each in before.left if not _is_spelled_out(each, after, pairs)]
    new = [each for each in after.left if not _is_worded(each, before, pairs)]
    for one, other in zip(gone, new, strict=False):
        yield Drift("changed", f"{one} has become {other}")
    for one in gone[len(new) :]:
        yield Drift("missing", f"{one} is missing")
    for other in new[len(gone) :]:
        yield Drift("added", f"{other} is not in the source")


def _is_spelled_out(quantity: Quantity, after: _Side, pairs: Sequence[_Pair]) -> bool:
    """Whether the translation may say a figure of the source in words."""
    if any(_is_alike(quantity, one) for one, _ in pairs):
        return True  # said once for twice
    if quantity.unit is None and quantity.value == 1:
        return True  # the article says it, or nothing
    if after.profile.language in _DUAL and quantity.value in {1, 2}:
        return True
    return _is_said(quantity, after)


_DUAL = {"ar", "he", "sl", "mt"}
"""Languages where a noun's ending says one or two."""


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
    words = [word for word, number in known.numerals.items() if number == value]
    words += [word for word, number in known.months.items() if number == value]
    halves = known.half if value == 2 or value % 1 == Decimal("0.5") else ()  # noqa: PLR2004
    return side.says(*words, *halves)
