"""How many tablets, drops or spoons are taken, and how often, where a text says it in words.

>>> one = Side.of(Reading(Text.of("Take one tablet twice a day", profile("en"))))
>>> other = Side.of(Reading(Text.of("Zweimal täglich zwei Tabletten", profile("de"))))
>>> [each.message for each in other_doses(one, other)]
['one tablet has become zwei Tabletten']

Each number is asked for by what it counts: twice a day does not answer for two tablets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from polypage.language.counterparts import Drift, Side
from polypage.language.lexicon import UNITS
from polypage.language.quantities import Quantity
from polypage.language.readings import Reading

_FORMS = ("tablet", "drop", "tsp", "tbsp", "cup")
"""What medicine is counted by, where it is taken."""


def other_doses(before: Side, after: Side) -> Iterator[Drift]:
    """Find one tablet that has become two, and tablets that have got a number or lost it.

    What is found is no figure without a counterpart any more.
    """
    one, other = before.reading, after.reading
    if "rates" not in one.signals & other.signals:
        return
    ones, others = _doses(one), _doses(other)
    for form in _FORMS:
        was, is_ = ones.get(form, ()), others.get(form, ())
        if was and is_:
            yield from _changed(was, is_, before, after)
        elif was and other.says(*_words(form, other)):
            gone = (each for each in was if _is_lost(each, one, other))
            yield from (_told("missing", each, "is missing") for each in gone)
        elif is_:
            new = (each for each in is_ if _is_lost(each, other, one))
            yield from (_told("added", each, "is not in the source") for each in new)


def _doses(reading: Reading) -> Mapping[str, list[Quantity]]:
    found: dict[str, list[Quantity]] = {}
    for each in (*reading.all, *_pairs(reading)):
        if each.unit in _FORMS:
            found.setdefault(each.unit, []).append(each)
    return found


def _pairs(reading: Reading) -> Iterator[Quantity]:
    """Find nouns whose ending says two: قرصين."""
    if not reading.known.dual:
        return
    for word, unit in reading.known.units.items():
        if unit in _FORMS and word.endswith(_DUAL) and reading.says(word):
            yield Quantity(Decimal(2), word, unit=unit)


_DUAL = ("ين", "ان")


def _words(form: str, reading: Reading) -> tuple[str, ...]:
    return tuple(word for word, unit in reading.known.units.items() if unit == form)


def _changed(
    was: Sequence[Quantity], is_: Sequence[Quantity], before: Side, after: Side
) -> Iterator[Drift]:
    """Find one that has become several, or several that have become one.

    Several of one number that have become several of another are found without this.
    """
    one, other = before.reading, after.reading
    gone = [each for each in _not_among(is_, _open(was, before)) if not _is_elsewhere(each, other)]
    new = [each for each in _not_among(was, _open(is_, after)) if not _is_elsewhere(each, one)]
    for lost, got in zip(gone, new, strict=False):
        are_worded = not (lost in one.figures and got in other.figures)
        if are_worded and 1 in {lost.value, got.value}:
            certain = not (lost.vague or got.vague)
            yield Drift("changed", f"{lost} has become {got}", certain, (lost,), (got,))
            before.left[:] = [each for each in before.left if each is not lost]
            after.left[:] = [each for each in after.left if each is not got]


def _open(doses: Iterable[Quantity], side: Side) -> Iterator[Quantity]:
    """Leave out the figures that have a counterpart."""
    settled = {id(each) for each in side.reading.figures} - {id(each) for each in side.left}
    return (each for each in doses if id(each) not in settled)


def _not_among(known: Iterable[Quantity], some: Iterable[Quantity]) -> Iterator[Quantity]:
    values = {each.value for each in known}
    return (each for each in some if each.value not in values and each.value % 1 == 0)


def _is_elsewhere(dose: Quantity, reading: Reading) -> bool:
    """Whether a text has a number without what it counts: one in the morning and two tablets at night.

    One is an article, too often.
    """
    if dose.value == 1:
        return False
    bare = sum(each.value == dose.value and each.unit is None for each in reading.all)
    return bare > (dose.value in reading.frequencies)


def _is_lost(dose: Quantity, own: Reading, other: Reading) -> bool:
    """Whether a number that is said in words is not in the other text, though what it counts may be."""
    if dose.vague or dose.value <= 1 or dose in own.figures:
        return False
    if any(each.value == dose.value and each.unit for each in other.all):
        return False
    return not _is_elsewhere(dose, other)


def _told(kind: str, dose: Quantity, what: str) -> Drift:
    message = f"{dose} {what}"
    if kind == "missing":
        return Drift("missing", message, certain=False, before=(dose,))
    return Drift("added", message, certain=False, after=(dose,))


# --- how often --------------------------------------------------------------------------------


def lone_frequencies(before: Reading, after: Reading) -> Iterator[Drift]:
    """Find twice a day of which the other text says nothing, be it in figures or by times of day."""
    if word := _lone_frequency(before, after):
        yield Drift("missing", f"{word} is missing", certain=False)
    elif word := _lone_frequency(after, before):
        yield Drift("added", f"{word} is not in the source", certain=False)


def _lone_frequency(own: Reading, other: Reading) -> str | None:
    """Return how often one text has something done by day or week, if only one says so."""
    if len(own.frequencies) != 1 or other.frequencies or not _times_named(own):
        return None
    ((count, word),) = own.frequencies.items()
    if count == 1 or _times_named(other) >= count:
        return None
    is_told = any(each.value == count or _is_interval(each) for each in other.all)
    return None if is_told else word


def _times_named(reading: Reading) -> int:
    """Count the times that a text names: each day, the morning and the evening."""
    return sum(map(_is_time, reading.rates))


def _is_interval(quantity: Quantity) -> bool:
    return quantity.value != 1 and _is_time(quantity.unit or "tablet")


def _is_time(unit: str) -> bool:
    return UNITS[unit][0] in {"time", "months"}
