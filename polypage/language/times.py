"""The times of day in a text, by the clock of twelve hours or of 24.

    >>> [found] = times(Text.of("at 8:30 pm", profile("en")))
    >>> sorted(found.minutes), found.sure
    ([1230], True)
    >>> [found] = times(Text.of("um 20.30 Uhr", profile("de")))
    >>> sorted(found.minutes), found.sure
    ([1230], True)

CLDR tells what the parts of the day are called, when they are, and how many hours a locale's clock
has. What may be a length of time, or a figure with a fraction, counts for comparing alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from polypage.language.clocks import spoken
from polypage.language.lexicon import lexicon
from polypage.language.patterns import END, any_of, beginning, folded, hung_on
from polypage.language.quantities import unit_behind
from polypage.language.texts import Text
from polypage.profiles import Period, calendar


class Time(NamedTuple):
    """A time of day in a text; places are counted in the text without ornaments."""

    minutes: frozenset[int]
    """How many minutes after midnight it may be: two numbers, if nothing tells which half of the day."""
    span: tuple[int, int]
    sure: bool
    """Whether figures or words tell which half of the day it is in."""
    plain: bool
    """Whether it can be nothing but a time of day."""
    whole: bool = False
    """Whether its hour is one of a clock of 24 hours alone."""


def times(text: Text, *, phrased: bool = True) -> Iterator[Time]:
    """Find the times of day in a text; no phrase tells minutes, unless it may be `phrased`."""
    forms = _forms(text.profile.locale)
    told = [*_spoken(text, forms)] if phrased else []
    yield from told
    if told:
        text = text.without(each.span for each in told)
    last: re.Match[str] | None = None
    done = 0
    for match in _matches(forms, text):
        found = _time(match, forms, text, done)
        if found and last:
            yield from _range_start(last, match, found, text)
        if found:
            yield found
            done = match.end()
        last = None if found else match


def _matches(forms: _Forms, text: Text) -> Iterable[re.Match[str]]:
    """Find what may be a time, in figures and, where a word for its hour tells, in words."""
    figures = forms.time.finditer(text.words)
    if not (text.known.unspaced and any(map(text.words.__contains__, forms.clocks))):
        return figures
    return sorted((*figures, *forms.worded.finditer(text.words)), key=re.Match.start)


def _spoken(text: Text, forms: _Forms) -> Iterator[Time]:
    """Find the times that are told with a phrase for their minutes."""
    for hour, past, (start, end), alone in spoken(text):
        if unit_behind(text, end) not in {None, "hour"}:
            continue
        behind, ahead = forms.told.match(text.words, end), _ahead(forms, text, start)
        assert behind  # noqa: S101 - all of it is optional
        is_ahead = bool(ahead and (forms.period_first or not behind["period"]))
        word = _spaced((ahead["period"] if ahead and is_ahead else behind["period"]) or "")
        hours = _hours(hour, word, forms, text) if word else _either(hour)
        is_told = bool(word or behind["clock"]) or text.words.endswith(forms.at, 0, start)
        yield Time(
            frozenset((each * 60 + past) % _DAY for each in hours),
            (ahead.start("period") if ahead and is_ahead else start, behind.end()),
            sure=len(hours) == 1,
            plain=alone or is_told,
        )


def phrases_of_clocks(locale: str) -> frozenset[str]:
    """Return what may tell an hour and its minutes, without the hour."""
    known = lexicon(locale.partition("_")[0])
    return frozenset(each.strip("# ") for each in (*known.clocks.past, *known.clocks.maybe_past))


def words_of_clocks(locale: str) -> frozenset[str]:
    """Return the words beside an hour that make it a time of day and nothing else."""
    return lexicon(locale.partition("_")[0]).clocks.clock.union(_periods(locale))


@cache
def names_of(locale: str, minute: int) -> tuple[str, ...]:
    """Return what a locale calls an hour that has a name of its own: noon, midnight."""
    hour = minute // 60
    named = Period(hour, hour + 1)
    return tuple(name for name, period in _periods(locale).items() if period == named)


CLOCK = re.compile(r"[0-9](?::|\s?h\s?|\.)[0-5][0-9]")
"""What there is in any other time of day that can be nothing else."""


def _time(match: re.Match[str], forms: _Forms, text: Text, done: int) -> Time | None:
    hour, mark = _number(match["hour"], text), (match["mark"] or "").strip()
    is_at = match.string.endswith(forms.at, 0, match.start())
    if hour > _HOURS or not (mark or match["period"] or match["clock"] or is_at):
        return None
    is_bare = not (mark or match["period"] or match["clock"])
    if is_bare and unit_behind(text, match.end("hour")) not in {None, "hour"}:
        return None
    word, start = _period(match, forms, text, done)
    if word in text.known.units and not (mark or match["clock"] or is_at):
        return None  # Russian дня is of the afternoon, and of days
    is_clock, hour_is_figure = match["clock"] in text.known.clocks.clock, match["hour"].isdecimal()
    is_told = bool(word or is_clock or is_at)
    if mark == "." and not is_told and forms.point != ".":
        return None
    hours = _hours(hour, word, forms, text) if word else _unnamed(hour, forms, text)
    minute = _HALF_HOUR if _is_half_past(match) else int(match["minute"] or match["after"] or 0)
    return Time(
        frozenset(each % _HOURS * 60 + minute for each in hours),
        (start, match.end()),
        sure=len(hours) == 1 and (bool(word) or hour > _NOON or hour == 0),
        plain=bool(mark == ":" or word or (mark and is_told) or (is_clock and hour_is_figure)),
        whole=hour > _NOON and not word,
    )


def _number(hour: str, text: Text) -> int:
    return int(hour) if hour.isdecimal() else text.known.numerals[hour]


def _is_half_past(match: re.Match[str]) -> bool:
    return bool(match["half"] or match["halved"])


_HALF_HOUR = 30


def _period(match: re.Match[str], forms: _Forms, text: Text, done: int) -> tuple[str, int]:
    """Find the part of the day that is named beside a time; say where both begin."""
    ahead = _ahead(forms, text, match.start(), done)
    if ahead and (forms.period_first or not match["period"]):
        return _spaced(ahead["period"]), ahead.start("period")
    return _spaced(match["period"] or ""), match.start()


def _ahead(forms: _Forms, text: Text, start: int, done: int = 0) -> re.Match[str] | None:
    return forms.ahead.search(text.words, max(start - _NEAR, done), start)


def _range_start(
    first: re.Match[str], match: re.Match[str], found: Time, text: Text
) -> Iterator[Time]:
    """Read the 8 of `8 to 9 pm`: it is in the same half of the day, or in the one before."""
    between = text.words[first.end() : match.start()].strip()
    hour = _number(first["hour"], text)
    if between not in text.known.to | _DASHES or hour > _HOURS:
        return
    if not (found.sure and match["period"]):
        minute = hour % _HOURS * 60 + int(first["minute"] or 0)
        yield Time(frozenset({minute}), (first.start(), first.end()), sure=False, plain=False)
    elif 0 < hour <= _NOON:
        (end,) = found.minutes
        both = (hour % _NOON * 60, (hour % _NOON + _NOON) * 60)
        start = max((each for each in both if each < end), default=both[0])
        yield Time(frozenset({start}), first.span("hour"), sure=True, plain=True)


_DASHES = frozenset("-–—~〜")
_HOURS, _NOON, _DAY = 24, 12, 24 * 60
_NEAR = 40


def _hours(hour: int, word: str, forms: _Forms, text: Text) -> frozenset[int]:
    """Say which hour of the day it is, if it lies in the part of the day that is named."""
    period, known = forms.periods[word], text.known
    if hour > _NOON:
        return frozenset({hour})
    if word in _EVENING_HOURS and hour < _DAWN:
        return frozenset({hour + _DUSK})
    both = _either(hour)
    within = frozenset(each for each in both if _is_within(each, period))
    if within:
        return within
    if _is_night(period) and word not in known.clocks.am:
        return _hours_of_night(both, period)
    # Nobody is held to CLDR's end of the afternoon, but it is no morning.
    halves = frozenset(
        each for each in both if (period.start >= _NOON <= each) or (each < _NOON >= period.end)
    )
    return halves or both


_DAWN, _DUSK = 6, 18
_EVENING_HOURS = frozenset({"ทุ่ม"})
"""Thai counts the hours from six in the evening: the fourth is ten o'clock."""


def _is_within(hour: int, period: Period) -> bool:
    if period.start > period.end:
        return hour >= period.start or hour < period.end
    return period.start <= hour < period.end


def _is_night(period: Period) -> bool:
    """Whether a part of the day begins in the dark, after what may be the evening."""
    return period.start > _DUSK or (period.start < _DEEP and period.end <= _DAWN)


_DEEP = 3
"""From here on it is dawn rather than night."""


def _hours_of_night(both: frozenset[int], period: Period) -> frozenset[int]:
    """Say which of two hours may be in the night: who says night at eleven does so at one."""
    if _NOON in both:
        return frozenset({0})
    end = max(period.end % _HOURS, _DAWN - 1)
    return frozenset(each for each in both if each <= end or each >= _DUSK - 1)


def _unnamed(hour: int, forms: _Forms, text: Text) -> frozenset[int]:
    """Say which hours it may be where no part of the day stands beside it.

    Where one is named farther away, it may be about this time too.
    """
    is_whole = hour > _NOON or hour == 0
    if is_whole or not (forms.half_days or forms.period.search(text.words)):
        return frozenset({hour})
    return _either(hour)


def _either(hour: int) -> frozenset[int]:
    return frozenset({hour % _NOON, hour % _NOON + _NOON})


def _spaced(words: str) -> str:
    return re.sub(r"\s", " ", words)


# --- how a locale writes them -----------------------------------------------------------------


class _Forms(NamedTuple):
    """How times are written, and the patterns that find them."""

    periods: Mapping[str, Period]
    half_days: bool
    period_first: bool
    point: str
    at: tuple[str, ...]
    """What may stand before the figures of a bare hour."""
    clocks: tuple[str, ...]
    """What stands behind an hour in words."""
    time: re.Pattern[str]
    worded: re.Pattern[str]
    ahead: re.Pattern[str]
    period: re.Pattern[str]
    told: re.Pattern[str]
    """What behind a phrase for an hour says of it."""


@cache
def _periods(locale: str) -> Mapping[str, Period]:
    """Return what a locale calls the parts of the day, folded."""
    language = locale.partition("_")[0]
    known, own = lexicon(language), calendar(locale)
    halves = {
        **dict.fromkeys(known.clocks.am, Period(0, 12)),
        **dict.fromkeys(known.clocks.pm, Period(12, 24)),
    }
    # What is said of a half of the day and of a part of it, too, is of the half.
    by_length = sorted(own.periods, key=lambda each: each[1].end - each[1].start)
    named = {folded(name).replace("\u00a0", " "): period for name, period in by_length}
    words = {name: when for name, when in named.items() if not _is_word(name, language)}
    return {**halves, **words, **dict.fromkeys(known.clocks.night, _NIGHT)}


_NIGHT = Period(21, 5)


def _is_word(name: str, language: str) -> bool:
    """Whether what CLDR has for a part of the day says more, or less, or something else.

    German `am` is a word: am Montag. In the evening is no Arabic midnight.
    """
    is_other = name == "am" and language in {"de", "gsw", "lb", "nds", "ro"}
    return is_other or (language == "ar" and name in {"في المساء", "في الصباح"})


_NO_LETTER = r"(?![^\W\d_])"
_NO_VOWEL = r"(?![ะ-ฺๅ็-๎])"
"""No Thai vowel or tone behind: น alone is of the clock, in นาที it begins the word for minutes."""


@cache
def _forms(locale: str) -> _Forms:
    language = locale.partition("_")[0]
    known, own = lexicon(language), calendar(locale)
    begin, end = ("", "") if known.unspaced else (beginning(language), END)
    periods = _periods(locale)
    period = rf"(?P<period>{any_of(periods, end)})"
    minutes = any_of((word for word, unit in known.units.items() if unit == "minute"), end)
    clock = rf"\s?(?P<clock>{any_of(known.clocks.clock | known.clocks.hours, end and _NO_LETTER)}){_NO_VOWEL}"
    after = rf"(?:\s?(?P<after>[0-5]\d)(?!\d)(?:\s?{minutes})?)?"
    at = any_of(known.clocks.at, end)
    alone = r"(?!\s?\d)" if own.period_first else ""  # else it is that of the next time
    half = any_of(known.clocks.half_past, end)
    told = rf"(?:{clock}{after})?(?:\s?(?P<half>{half}))?(?:[\s(]*{period}{alone}(?:\s?(?P<halved>{half}))?)?"
    hours = any_of(word for word in known.cardinals if 0 < known.numerals[word] < _HOURS)
    clocks = known.clocks.clock | known.clocks.hours | _EVENING_HOURS
    unmistaken = "|".join(
        f"{word}(?!{known.neither[word]})" if word in known.neither else word
        for word in sorted(clocks, key=len, reverse=True)
    )
    start = r"(?<!\w)" if known.counters else ""
    return _Forms(
        periods,
        own.half_days,
        own.period_first,
        own.point,
        tuple(sorted(f"{word} " for word in known.clocks.at)),
        tuple(sorted(clocks)),
        re.compile(
            # A pattern that begins with a digit is tried at digits alone.
            r"(?P<hour>\d(?<![\d.,:/]\d)(?:(?<=[01])\d|(?<=2)[0-4])?)"
            rf"(?:(?P<mark>:|\s?h\s?|\.)(?P<minute>[0-5]\d))?"
            rf"(?![\d%:])(?![.,]\d){told}"
        ),
        re.compile(rf"{start}(?P<hour>{hours})(?=\s?(?:{unmistaken}))(?P<mark>)(?P<minute>){told}"),
        re.compile(rf"{begin}{hung_on(language)}{period}\s?(?:(?:{at})\s)?\Z"),
        re.compile(f"{begin}{hung_on(language)}{any_of(periods, end)}"),
        re.compile(rf"(?:\s?(?P<clock>{any_of(known.clocks.clock, end)}))?(?:[\s(]*{period})?"),
    )
