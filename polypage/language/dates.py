"""The dates in a text, in words or in figures, as the text's locale writes them.

    >>> [found] = dates(Text.of("Reviewed on 4 March 2020.", profile("en_GB")))
    >>> found.day
    Day(year=2020, month=3, day=4, weekday=None)
    >>> [found] = dates(Text.of("03/04/2020", profile("en_US")))
    >>> found.day.month, found.other.month, found.sure
    (3, 4, True)

CLDR tells what months and weekdays are called and which part of a date comes first; around a
month, its day and year may stand on either side. Years of the Buddhist era count as those of the
common one, those of Japanese and Chinese eras where the era is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from polypage.language.lexicon import lexicon
from polypage.language.patterns import END, any_of, beginning, folded, hung_on
from polypage.language.quantities import unit_behind
from polypage.language.texts import Text
from polypage.profiles import calendar


class Day(NamedTuple):
    """What is said of a day; None for what is not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """Monday is 0."""

    def __str__(self) -> str:
        parts = ((self.year, 4), (self.month, 2), (self.day, 2))
        return "-".join(f"{part:0{width}}" for part, width in parts if part is not None)


class Date(NamedTuple):
    """A date in a text; places are counted in the text without ornaments."""

    day: Day
    """As the locale reads it."""
    places: Mapping[str, tuple[int, int]]
    """Where each part of it begins and ends, by the names of `Day`."""
    other: Day | None = None
    """As others may read it, with day and month the other way round."""
    sure: bool = True
    """Whether readers of the locale take it for nothing else."""

    @property
    def span(self) -> tuple[int, int]:
        return min(self.places.values())[0], max(end for _, end in self.places.values())


def dates(text: Text, *, worded: bool = True) -> Iterator[Date]:
    """Find the dates in a text: those in words, if there may be any, then those in figures."""
    in_words = [*_worded(text)] if worded else []
    weekdays: set[tuple[int, int]] = set()
    for found in (*in_words, *_in_figures(text)):
        named = _with_weekday(found, text, weekdays)
        weekdays |= {place for part, place in named.places.items() if part == "weekday"}
        yield named
    if text.known.language in ERAS:
        yield from _years(text, {each.places["year"] for each in in_words if each.day.year})


def month_names(text: Text) -> Iterator[tuple[str, int, int]]:
    """Find the names of months: each with its number, and where it begins."""
    names = _names(text.profile.locale)
    for match in names.month.finditer(text.words):
        yield match["name"], names.months[_spaced(match["name"])], match.start("name")


FIGURES = re.compile(r"[0-9](?:[./-]\s?[0-9]{1,2}[./-]|/(?:19|20|25)[0-9][0-9])")
"""What there is in any date without the name of a month or of an era."""


# --- around the name of a month ---------------------------------------------------------------


class _Part(NamedTuple):
    """A day or a year beside a month."""

    name: str
    value: int
    place: tuple[int, int]
    comma: bool
    """Whether one parts it from what stands nearer to the month."""


def _worded(text: Text) -> Iterator[Date]:
    locale = text.profile.locale
    months, pattern = _names(locale).months, _names(locale).month
    taken: set[tuple[int, int]] = set()
    for match in pattern.finditer(text.words):
        start, end = match.span("name")
        ahead = [each for each in _ahead(text, match.start()) if each.place not in taken]
        parts = _chosen(ahead, [*_behind(text, end)], locale)
        if parts:
            places = {"month": (start, end), **{each.name: each.place for each in parts}}
            taken |= {*places.values()}
            sole = [each for each in parts if not _is_of_range(each, (start, end), text)]
            values = {each.name: each.value for each in sole}
            month = months[_spaced(match["name"])]
            kept = {name: place for name, place in places.items() if name in {"month", *values}}
            yield Date(Day(month=month, **values), kept)


def _chosen(ahead: list[_Part], behind: list[_Part], locale: str) -> list[_Part]:
    """Take no part twice: of two figures that may be the day, one is something else."""
    day, other = _day_of(ahead), _day_of(behind)
    if day and other:
        is_ahead = other.comma if day.comma != other.comma else _order(locale) != "mdy"
        ahead, behind = (ahead, _without_day(behind)) if is_ahead else ([], behind)
    return [*{each.name: each for each in (*ahead, *behind)}.values()]


def _day_of(parts: Iterable[_Part]) -> _Part | None:
    return next((each for each in parts if each.name == "day"), None)


def _without_day(parts: list[_Part]) -> list[_Part]:
    """Leave out a figure that is no day, and what stands beyond it."""
    return parts[: next(n for n, each in enumerate(parts) if each.name == "day")]


_NEAR = 32
"""How far from a month, or from its day, the next part of a date may be."""


def _ahead(text: Text, end: int) -> Iterator[_Part]:
    pattern = _names(text.profile.locale).ahead

    def match(end: int) -> re.Match[str] | None:
        return pattern.search(text.words, max(end - _NEAR, 0), end)

    return _beside(match, end, text, re.Match.start)


def _behind(text: Text, start: int) -> Iterator[_Part]:
    pattern = _names(text.profile.locale).behind

    def match(start: int) -> re.Match[str] | None:
        return pattern.match(text.words, start, start + _NEAR)

    return _beside(match, start, text, re.Match.end)


def _beside(
    match: Callable[[int], re.Match[str] | None],
    place: int,
    text: Text,
    beyond: Callable[[re.Match[str]], int],
) -> Iterator[_Part]:
    """Read the day and the year on one side of a month; nothing of a date is beyond its year."""
    for _ in range(2):
        found = match(place)
        part = _part(found, text) if found else None
        if not found or not part:
            return
        yield part
        if part.name == "year":
            return
        place = beyond(found)


def _part(match: re.Match[str], text: Text) -> _Part | None:
    """Say what a figure beside a month is; nothing if it can be neither a day nor a year."""
    figure, comma = match["figure"], "," in match["apart"]
    place = match.span("figure")
    if match["era"]:
        reign = 1 if figure == "元" else int(figure)
        year = ERAS[text.known.language][match["era"]] + reign
        return _Part("year", year, (match.start("era"), place[1]), comma)
    if not figure.isdecimal():
        return None
    if len(figure) == _YEAR:
        return _Part("year", _common(int(figure), text), place, comma)
    # No day has a unit but those of dates: 4 mg, 4日.
    is_day = 1 <= int(figure) <= _DAYS and unit_behind(text, place[1]) in _OF_DATES
    return _Part("day", int(figure), place, comma) if is_day else None


_OF_DATES = {None, "day", "month", "year"}
_YEAR, _DAYS = 4, 31


def _is_of_range(part: _Part, month: tuple[int, int], text: Text) -> bool:
    """Whether a day is one end of a range, or of a list: which of them is named first differs."""
    if part.name != "day":
        return False
    start, end = part.place
    # The month itself may have a figure: 3월 4일, ngày 4 tháng 3.
    low = month[1] if month[1] <= start else 0
    high = month[0] if end <= month[0] else end + _NEAR
    ahead = _OTHER_AHEAD.search(text.words, max(start - _NEAR, low), start)
    return bool(ahead or _OTHER_BEHIND.match(text.words, end, high))


_OTHER_AHEAD = re.compile(r"(?<![\d.,:])[0-3]?\d(?!\d)[^\d(),;:]{1,6}\Z")
_OTHER_BEHIND = re.compile(r"[^\d(),;:]{1,6}(?<!\d)[0-3]?\d(?![\d.,:]|\s?[月월])")


# --- in figures -------------------------------------------------------------------------------

_FIGURES = re.compile(
    r"(?<![\d./:-])(?:"
    r"(?P<first>[12]\d{3})(?P<mark>[./-])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})"
    r"|(?P<one>\d{1,2})(?P<sign>[./-])\s?(?P<two>\d{1,2})(?P=sign)\s?(?P<last>[12]\d{3})"
    r"|(?P<three>\d{1,2})/(?P<four>\d{1,2})/(?P<short>\d\d)"
    r"|(?P<only>0?[1-9]|1[0-2])/(?P<year>(?:19|20|25)\d\d)"
    r")(?![\d/:-])(?![.,]\d)"
)


def _in_figures(text: Text) -> Iterator[Date]:
    for match in _FIGURES.finditer(text.words) if FIGURES.search(text.words) else ():
        if match["first"]:
            found = _fixed(match, text, "first", "month", "day")
        elif match["only"]:
            found = _fixed(match, text, "year", "only", None)
        else:
            found = _ordered(match, text, *(_LONG if match["last"] else _SHORT))
        if found:
            yield found


_LONG, _SHORT = ("one", "two", "last"), ("three", "four", "short")


def _fixed(match: re.Match[str], text: Text, year: str, month: str, day: str | None) -> Date | None:
    """Read a date that has but one order."""
    parts = {"year": year, "month": month, **({"day": day} if day else {})}
    values = {part: int(match[name]) for part, name in parts.items()}
    values["year"] = _common(values["year"], text)
    places = {part: match.span(name) for part, name in parts.items()}
    return Date(Day(**values), places) if _is_possible(values) else None


def _ordered(match: re.Match[str], text: Text, one: str, two: str, last: str) -> Date | None:
    """Read a date whose day and month may come in either order."""
    locale = text.profile.locale
    year = int(match[last])
    year = _common(year, text) if year > _CENTURY else year + (1900 if year >= _TURN else 2000)
    orders = [{"day": one, "month": two}, {"month": one, "day": two}]
    if is_month_first(text):
        orders.reverse()
    readings = [{part: int(match[name]) for part, name in order.items()} for order in orders]
    possible = [n for n, values in enumerate(readings) if _is_possible(values)]
    if not possible:
        return None
    days = [Day(year=year, **readings[n]) for n in possible]
    names = {**orders[possible[0]], "year": last}
    places = {part: match.span(name) for part, name in names.items()}
    other = days[1] if len({*days}) > 1 else None
    return Date(days[0], places, other, sure=other is None or _is_sure(locale))


_CENTURY, _TURN, _MONTHS = 100, 50, 12


def _is_possible(values: Mapping[str, int]) -> bool:
    return 1 <= values["month"] <= _MONTHS and 1 <= values.get("day", 1) <= _DAYS


def _order(locale: str) -> str:
    return calendar(locale).order


def is_month_first(text: Text) -> bool:
    """Whether a month in figures stands before its day in a text."""
    order = _order(text.profile.locale)
    return order.index("m") < order.index("d")


def _is_sure(locale: str) -> bool:
    """Whether a locale is that of one country's readers, or all of its countries have one order.

    Where the year comes first, days and months before a year are somebody else's.
    """
    return locale != "en" and not _order(locale).startswith("y")


# --- years and weekdays -----------------------------------------------------------------------

ERAS: Mapping[str, Mapping[str, int]] = {
    "th": {"พ.ศ.": -543, "พ.ศ": -543, "พุทธศักราช": -543},
    "ja": {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911},
    "zh": {"民國": 1911, "民国": 1911},
}
"""What is added to a year of an era; of others than the common one, those that texts still name."""

_BUDDHIST = 2400
"""From here on, Thai years are counted from the Buddha's death."""


def _common(year: int, text: Text) -> int:
    is_buddhist = text.known.language == "th" and year > _BUDDHIST
    return year + ERAS["th"]["พ.ศ."] if is_buddhist else year


def _years(text: Text, taken: set[tuple[int, int]]) -> Iterator[Date]:
    """Find years that stand alone with their era."""
    for match in _names(text.profile.locale).era.finditer(text.words):
        part = _part(match, text)
        if part and part.place not in taken:
            yield Date(Day(year=part.value), {"year": part.place})


def _with_weekday(found: Date, text: Text, taken: Container[tuple[int, int]]) -> Date:
    """Look for the weekday beside a date, if it is not that of the date before."""
    if found.day.day is None:
        return found
    names = _names(text.profile.locale)
    start, end = found.span
    ahead = names.weekday_ahead.search(text.words, max(start - _NEAR, 0), start)
    is_free = ahead is not None and ahead.span("name") not in taken
    match = ahead if is_free else names.weekday_behind.match(text.words, end, end + _NEAR)
    if not match:
        return found
    group = "initial" if match["initial"] else "name"
    weekday = names.weekdays[_spaced(match[group])]
    places = {**found.places, "weekday": match.span(group)}
    other = found.other and found.other._replace(weekday=weekday)
    return found._replace(day=found.day._replace(weekday=weekday), places=places, other=other)


# --- what a locale calls them -----------------------------------------------------------------


class _Names(NamedTuple):
    """Names of a locale, folded, and the patterns that find them and what is around them."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    month: re.Pattern[str]
    ahead: re.Pattern[str]
    behind: re.Pattern[str]
    era: re.Pattern[str]
    weekday_ahead: re.Pattern[str]
    weekday_behind: re.Pattern[str]


@cache
def months_of(locale: str) -> Mapping[str, int]:
    """Return what a locale calls the months, folded."""
    named = {_bare(name): number for name, number in calendar(locale).months}
    return {**lexicon(locale.partition("_")[0]).months, **named}


@cache
def weekdays_of(locale: str) -> Mapping[str, int]:
    """Return what a locale calls the weekdays, folded, but for abbreviations; Monday is 0."""
    known = lexicon(locale.partition("_")[0])
    # Abbreviations are words of their own in some languages, and ends of words in others.
    short = _SHORT_NAME_UNSPACED if known.unspaced else _SHORT_NAME
    long = ((name, day) for name, day in calendar(locale).weekdays if len(name) > short)
    return {**{folded(name): day for name, day in long}, **known.weekdays}


_SHORT_NAME, _SHORT_NAME_UNSPACED = 4, 2


@cache
def _names(locale: str) -> _Names:
    language = locale.partition("_")[0]
    known, own = lexicon(language), calendar(locale)
    begin, end = ("", "") if known.unspaced else (beginning(language), END)
    months = months_of(locale)
    # An abbreviation may be the end of any word where no blanks part words.
    named = [each for each in own.weekdays if len(each[0]) > 1 and (end or "." not in each[0])]
    weekdays = {_bare(name): number for name, number in named}
    initials = dict(own.initials)
    name = any_of(months, end + _NO_DIGIT)
    month = rf"(?<!\d){begin}{hung_on(language)}(?P<name>{name})"
    apart = _apart(own.between, known.dating, end)
    era = rf"(?P<era>{any_of(ERAS.get(language, ()))})"
    reign = rf"{era}\s?(?P<figure>\d{{1,4}}|元)(?!\d)"
    figure = rf"(?:{era}\s?)?(?P<figure>(?<!\d)(?:[0-3]?\d|1\d\d)|[12]\d{{3}}|元)(?![\d%])"
    suffix = r"(?:\.?[ºª°]|[^\W\d_]{1,3}(?!\w)|-[^\W\d_]{1,3}(?!\w))?" if end else ""
    weekday = rf"{begin}{hung_on(language)}(?P<name>{any_of(weekdays, end)})"
    initial = rf"\((?P<initial>{any_of(initials)})\)"
    return _Names(
        months,
        {**initials, **weekdays},
        re.compile(month),
        re.compile(rf"(?<![\d/:%])(?<!\d[.,]){figure}{suffix}(?P<apart>{apart})\Z"),
        re.compile(rf"(?P<apart>{apart}){figure}(?![/:]\d|[.,]\d){suffix}"),
        re.compile(rf"(?P<apart>){reign}"),
        re.compile(rf"(?P<initial>){weekday}{apart}\Z"),
        re.compile(rf"{apart}(?:{initial}|\(?{weekday})"),
    )


_NO_DIGIT = r"(?!(?<=\d)\d)"
"""No digit behind a name that ends in one: Vietnamese names are `tháng 1` and `tháng 12`."""


def _bare(name: str) -> str:
    """Write a name as it is searched for; the point behind an abbreviation may be missing."""
    return folded(name).replace("\u00a0", " ").removesuffix(".")


def _spaced(words: str) -> str:
    return re.sub(r"\s", " ", words)


def _apart(literals: Iterable[str], words: Iterable[str], end: str) -> str:
    """Write a pattern for what may stand between the parts of a date."""
    between = any_of({folded(word) for word in (*literals, *words)}, end)
    return rf"(?:[\s.,/-]|{between}){{0,8}}"
