"""A text with all that is found in it, each thing when it is first asked for.

    >>> reading = Reading(Text.of("Take 5 mg, not two tablets.", profile("en")))
    >>> [str(each) for each in reading.figures], [str(each) for each in reading.worded]
    (['5 mg'], ['two tablets'])
    >>> [cue.text for cue in reading.cues]
    ['not']

One source text is compared with its translations into every language, and most texts have none of
what is looked for: so a reading can be kept, and looks for nothing that no word of it signals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import NamedTuple

from polypage.language.cues import Cue, find, sentences
from polypage.language.dates import ERAS, FIGURES, Date, dates, weekdays_of
from polypage.language.halves import of_one_word, with_halves
from polypage.language.lexicon import COMPARISONS, Lexicon, lexicon
from polypage.language.negations import Denials, denials
from polypage.language.numerals import read_words
from polypage.language.once import once
from polypage.language.patterns import END, any_of, beginning, hung_on
from polypage.language.quantities import Quantity, read
from polypage.language.signals import signals
from polypage.language.texts import Text
from polypage.language.times import CLOCK, Time, times


class Said(NamedTuple):
    """What a text says in words."""

    values: frozenset[Decimal]
    unitless: frozenset[Decimal]
    """Those of no unit."""
    counts: frozenset[Decimal]
    """Those of them that count, and nothing else."""
    amounts: frozenset[tuple[str, Decimal]]
    """The others with their units."""


class Frequency(NamedTuple):
    """How often something is done, and where a text says so."""

    value: int
    text: str
    start: int
    end: int


class _Read(NamedTuple):
    """What is read, and what is known of it beforehand."""

    text: Text
    cued: bool = True
    """Whether it has words that deny or compare; else signs alone tell a bound."""
    told: frozenset[str] | None = None
    """What its words signal, if somebody has looked at them already."""


class Reading(_Read):
    """What a text says of figures, bounds and denials."""

    @once
    def known(self) -> Lexicon:
        return self.text.known

    @once
    def words(self) -> str:
        return self.text.words

    @once
    def signals(self) -> frozenset[str]:
        """What it may have."""
        return signals(self.text.plain, self.text.profile) if self.told is None else self.told

    @once
    def figures(self) -> tuple[Quantity, ...]:
        if "figures" not in self.signals:
            return ()
        found = read(self.text, halves="clocks" in self.signals)
        return with_halves(found, self.text) if "numerals" in self.signals else found

    @once
    def digits(self) -> int:
        """How many digits it has."""
        return sum(map(self.words.count, "0123456789"))

    @once
    def worded(self) -> tuple[Quantity, ...]:
        """What is said in words; it needs no counterpart."""
        if _WORDED.isdisjoint(self.signals):
            return ()
        found = read_words(self.text, self.figures)
        if "numerals" not in self.signals:
            return found
        return with_halves((*of_one_word(self.text), *found), self.text)

    @once
    def numbers(self) -> tuple[Quantity, ...]:
        """Pick what is more than the article, or less."""
        if "numerals" not in self.signals:
            return ()
        return tuple([each for each in self.worded if each.value != 1])

    @once
    def counts(self) -> tuple[Quantity, ...]:
        """Pick the words that can be nothing but a number, and more than the article."""
        return tuple([each for each in self.numbers if not each.vague and each.value > 1])

    @once
    def said(self) -> Said:
        """What is said in words, to be looked up."""
        unitless = [each for each in self.worded if not each.unit]
        return Said(
            frozenset(each.value for each in self.worded),
            frozenset(each.value for each in unitless),
            frozenset(each.value for each in unitless if not each.vague),
            frozenset(each.amount for each in self.worded if each.unit),
        )

    @property
    def all(self) -> tuple[Quantity, ...]:
        """Return what the text says in figures or in words."""
        return self.figures + self.worded

    @once
    def has_several(self) -> bool:
        """Whether it has figures of several values."""
        if not (self.figures or self.numbers):
            return False
        return len({each.value for each in self.all if not each.vague}) > 1

    @once
    def cues(self) -> tuple[Cue, ...]:
        """Words that deny or compare."""
        return find(self.words, self.known) if self.cued else ()

    @once
    def denials(self) -> list[Denials]:
        """What each sentence denies."""
        return denials(self.words, self.cues, self.sentences, concord=self.known.concord)

    @once
    def denies(self) -> bool:
        """Whether it denies anything that its translation must deny."""
        # Its cues tell, so that one that does not need not be taken apart into sentences.
        return any(not _DENIALS.isdisjoint(cue.names) for cue in self.cues)

    @once
    def signs(self) -> dict[int, str]:
        """The signs that make bounds of figures, by where these begin."""
        return {each.start: each.bound for each in reversed(self.figures) if each.bound}

    @once
    def sentences(self) -> list[tuple[int, int]]:
        """Where its sentences begin and end."""
        return sentences(self.words)

    @once
    def rates(self) -> tuple[str, ...]:
        """The units that things are done by, or taken in, each time they are: daily, tablets."""
        known = self.known
        if "rates" not in self.signals:
            return ()
        found = _rate(known.language).finditer(self.words)
        words = [match[0] for match in found if not _is_other(match, known)]
        names = [known.often.get(word) or known.often.get(_bare(word, known)) for word in words]
        for each in self.figures if "year" in names else ():
            if each.unit == "year" and "year" in names:
                names.remove("year")  # which is somebody's age
        return tuple(sorted(filter(None, names)))

    @once
    def months(self) -> tuple[tuple[str, int], ...]:
        """The months beside a day or a year: as written, and their numbers."""
        return tuple(_months(self.text)) if "months" in self.signals else ()

    @once
    def weekdays(self) -> Mapping[int, str]:
        """The weekdays by their numbers, and the words for them."""
        if "weekdays" not in self.signals:
            return {}
        names = weekdays_of(self.text.profile.locale)
        found = _weekday(self.text.profile.locale).finditer(self.words)
        return {names[_BLANK.sub(" ", match["name"])]: match["name"] for match in found}

    @property
    def has_moments(self) -> bool:
        """Whether it names a date or a time of day."""
        return bool(self.times or self.dates)

    @once
    def times(self) -> tuple[Time, ...]:
        """The first of its times of day."""
        may_be_worded = "clocks" in self.signals and not _WORDED.isdisjoint(self.signals)
        may_be_worded = may_be_worded and self.known.unspaced
        if not (may_be_worded or "figures" in self.signals or self.may_be_spoken):
            return ()
        return tuple(islice(times(self.text, phrased=self.may_be_spoken), _MOMENTS))

    @once
    def dates(self) -> tuple[Date, ...]:
        """The first of its dates."""
        if "figures" not in self.signals or not self._may_be_dated:
            return ()
        plain = [each.span for each in self.times if each.plain] if self.may_be_timed else ()
        bare = self.text.without(plain) if plain else self.text
        return tuple(islice(dates(bare, worded="months" in self.signals), _MOMENTS))

    @property
    def may_be_spoken(self) -> bool:
        """Whether it may have an hour and a phrase for its minutes."""
        return "hours" in self.signals and not _HOURS.isdisjoint(self.signals)

    @once
    def may_be_timed(self) -> bool:
        """Whether it may have what can be nothing but a time of day."""
        if "figures" not in self.signals:
            return self.may_be_spoken
        signals = self.signals
        return "clocks" in signals or "hours" in signals or bool(CLOCK.search(self.words))

    @property
    def _may_be_dated(self) -> bool:
        if "months" in self.signals or FIGURES.search(self.words):
            return True
        return any(map(self.words.__contains__, ERAS.get(self.known.language, ())))

    @once
    def has_bounds(self) -> bool:
        """Whether there are signs or words that make bounds of figures."""
        if self.signs or not (self.cued and "comparisons" in self.signals):
            return bool(self.signs)
        return any(not cue.names.isdisjoint(COMPARISONS) for cue in self.cues)

    @once
    def named_figures(self) -> Mapping[str, str]:
        """The figures of names, as in vitamin B3, of those that are there once."""
        return _named_figures(self.words) if _BEHIND_LETTER.search(self.words) else {}

    @once
    def frequencies(self) -> tuple[Frequency, ...]:
        """How often it says that something is done."""
        return tuple(_frequencies(self.text)) if "rates" in self.signals else ()

    @once
    def long_words(self) -> frozenset[str]:
        """What it may have in common with a text in another language: names, most often."""
        return frozenset(LONG_WORD.findall(self.words))

    def says(self, *words: str) -> bool:
        """Whether one of some words is in the text."""
        if not words:
            return False
        if words not in self._says:
            found = whole_words(words, self.known.language).search(self.words)
            self._says[words] = bool(found)
        return self._says[words]

    @once
    def _says(self) -> dict[tuple[str, ...], bool]:
        """What was asked before: of many figures, many ask the same."""
        return {}

    def without(self, spans: Iterable[tuple[int, int]]) -> Reading:
        """Put nothing in the place of some spans."""
        places = frozenset(spans)
        if places not in self._without:
            self._without[places] = self._replace(text=self.text.without(places), told=None)
        return self._without[places]

    @once
    def _without(self) -> dict[frozenset[tuple[int, int]], Reading]:
        """What was left before: of a source text, most translations leave the same."""
        return {}


LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_DENIALS = frozenset({"negations", "opposites", "not_only"})
_WORDED = frozenset({"numerals", "ones"})
_HOURS = _WORDED | {"figures"}
_MOMENTS = 40
"""How many dates and times are looked at; the figures of others are compared as they are."""


@cache
def _rate(language: str) -> re.Pattern[str]:
    return whole_words(tuple(lexicon(language).often), language)


def _is_other(match: re.Match[str], known: Lexicon) -> bool:
    """Whether it is the beginning of another word."""
    pattern = known.neither.get(match[0])
    return bool(pattern and re.compile(pattern).match(match.string, match.end()))


def _bare(word: str, known: Lexicon) -> str:
    word = _BLANK.sub(" ", word)
    return word if word in known.often else re.sub(rf"\A{hung_on(known.language)}", "", word)


def _frequencies(text: Text) -> Iterator[Frequency]:
    known = text.known
    if not known.frequencies:
        return
    for match in _frequency(known.language).finditer(text.words):
        words, (start, end) = _BLANK.sub(" ", match[0]), match.span()
        if words in known.frequencies and not _is_other(match, known):
            yield Frequency(known.frequencies[words], text.plain[start:end], start, end)


_BLANK = re.compile(r"\s")


@cache
def _frequency(language: str) -> re.Pattern[str]:
    return whole_words(tuple(lexicon(language).frequencies), language)


def _named_figures(words: str) -> Mapping[str, str]:
    found: dict[str, set[str]] = {}
    for match in _NAMED.finditer(words):
        found.setdefault(match["name"], set()).add(match["figure"].replace(",", "."))
    return {name: next(iter(figures)) for name, figures in found.items() if len(figures) == 1}


_NAMED = re.compile(
    r"(?<![a-z])(?P<name>[a-z]{1,12})(?P<hyphen>-?)(?P<figure>\d+(?:[.,]\d+)?)(?![\w.,:-]\d)"
)
_BEHIND_LETTER = re.compile(r"[0-9](?<=[a-z-].)")
"""What there is in any of them; it is looked for at digits alone, and seldom there."""


@cache
def whole_words(words: tuple[str, ...], language: str) -> re.Pattern[str]:
    """Find one of some words, with whatever a language writes onto their beginning."""
    if lexicon(language).unspaced:
        return re.compile(any_of(words))
    return re.compile(f"{beginning(language)}{hung_on(language)}{any_of(words, END)}")


def _months(text: Text) -> Iterator[tuple[str, int]]:
    known = text.known
    if known.months and not known.unspaced:
        for match in _month(known.language).finditer(text.words):
            name = match["before"] or match["behind"]
            yield text.plain[match.start() : match.end()].strip(), known.months[name]
    elif known.language == "th":
        for match in whole_words(tuple(known.months), "th").finditer(text.words):
            yield match[0], known.months[match[0]]


@cache
def _weekday(locale: str) -> re.Pattern[str]:
    language = locale.partition("_")[0]
    if lexicon(language).unspaced:
        return re.compile(f"(?P<name>{any_of(weekdays_of(locale))}){_NO_COUNT}")
    name = any_of(weekdays_of(locale), END)
    return re.compile(f"{beginning(language)}{hung_on(language)}(?P<name>{name})")


_NO_COUNT = "(?![次回天片粒颗顆杯支针針剂劑瓶包个個])"
"""Once a week is no Monday: 每周一次."""


@cache
def _month(language: str) -> re.Pattern[str]:
    """Find the name of a month beside a day or a year."""
    known = lexicon(language)
    name = any_of(known.months, END)
    of = r"\s?[.,]?\s?(?:de\s|of\s|del\s)?"
    return re.compile(
        rf"{beginning(language)}(?:(?P<before>{name}){of}\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?{of}(?P<behind>{name}))"
    )
