"""The words of some languages that checks know: numerals, units, denials, comparisons.

    >>> lexicon("fr").numerals["deux"]
    2
    >>> lexicon("fr").cues["ne pas dépasser"]
    frozenset({'less'})

A language that has no table in `lexicons/` is checked without: its figures are compared all the
same, its words are not, but for those of CLDR for thousands and millions. To add one, write a table
like those there: a line is a name and words, a word's blanks are written `_`, and every line is
optional.

    numerals    from 0 on, other spellings behind a slash; on from 20 in `tens`; where they are words
                of their own, 21 to 29 in `twenties`, 31 to 39 in `thirties`, 100 to 900 in
                `hundreds`; `glued` for German
    ordinals    from 1 on
    ranks       those of them, and other words, that say which of several is meant, from 1 on
    unranked    what only looks like one of them: first aid
    joined      those of the other spellings that can be part of a larger numeral
    joins       what may stand between the parts of a numeral
    counters    what follows a numeral, where its syllables stand in all kinds of words
    neither     a numeral or unit and, after `=`, the pattern that makes it another word
    particles   what may be hung onto a unit of one syllable, where anything else makes another word
    half        what stands for one half, or for `1/2`
    and_half    what adds a half to the number, or the unit, that it stands behind
    half_ahead  what does so to the number that it stands before
    mixed       what says a number and its half in one word: `anderthalb=1.5`
    quarter     what stands for quarters
    third_part  what stands for thirds; in these three lines, a hyphen stands for a unit glued on
    frequency   how often something is done: `twice=2`
    repeats     what stands behind a number and says the same: times
    fasting, fed    what says before meals, or after them
    doses       what medicine is counted in that is no unit: puffs, sachets
    two         where a noun's ending says two: `word=tablet`, `word=` for what is no unit
    fortnight   what two weeks are called in one word
    spans       what some days are called in one word: `이틀=2`
    scales      what makes thousands and millions of a figure
    decade      how the figure of a decade is written, `#` for the figure
    decades     what decades are called in words, from the twenties on, if not by their numerals
    nonstop     what stands for 24 hours a day, or for 7 days a week
    century     what stands beside the figure of a century
    months      in order, if they are words
    weekdays    in order from Monday on, in the forms that CLDR does not have
    am, pm      what says which half of the day an hour is in
    night       what says the same of any hour of the night
    clock       what stands behind the hours of a clock alone
    hours       what stands behind them and behind lengths of time as well
    at          what stands before them
    half_past   what stands behind them for thirty minutes more
    past        what tells an hour and its minutes, `#` for the hour: `half_past_#=30`
    maybe_past  what may do so, and may be a number or a length of time as well
    hour_words  the hours in such phrases, from one on, if not by their numerals
    dating      what stands between the parts of a date, beside what CLDR has there
    to          what stands between the ends of a range
    either      what stands between figures one of which is meant
    per         what divides one unit by another, beside the stroke
    among       what stands between a part and its whole: 1 in 10
    total       what stands between a whole and its part, where the whole is named first
    roman       what Roman numerals stand behind
    minus       what makes a temperature one below zero
    ahead       what stands before a figure and names its unit: `華氏=fahrenheit`
    negations   what denies or forbids; a hyphen stands for the rest of a word
    denying     what says the same by another word, and what no other language need deny
    opposites   those of them that deny what is said of a thing: unsafe, prohibited
    hinting     what others may say with a denial
    steady      those of them that are never said with a denial alone: before, reduce
    harmless    what only looks like one of them
    neutral     words that only begin like one of them
    from        those of `more` that leave it to a word behind the figure: from 12 or under
    excepting   what makes an exception without a denial: unless, save for
    leading     in languages with concord, those negations that others only agree with
    without     those that never agree with another
    linking     those that only go on with another in their clause: neither beer nor wine
    or          what stands between things that are all denied: no beer or wine
    parting     what begins another clause: if, when
    closing     what ends one that stands before another: 場合は
    not_only    those of them that deny a word of `merely`
    merely      what says that nothing else is so: only
    until       what denies no more than that it was so before: not until
    only        what says the same without a denial
    often       what names a unit in another way: `daily=day`
    more, less  what says before a figure that it is a bound; `more_after`, `less_after` behind it
    UNIT        what the unit is called, beside its symbol
    unspaced    for languages that put no blanks between words, or hang syllables onto them:
                their words are searched for the letters alone
    length      how long a text is, if it is 1 in English
    concord     for languages that deny one thing with several words
    fifteen     for languages that call a fortnight fifteen days
    dual        for languages where a noun's ending says one or two

Words are matched without regard to case.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import NamedTuple

from polypage.language.patterns import folded
from polypage.profiles import scales

UNITS = {
    # name: dimension, size, symbols
    "ng": ("mass", "1e-9", "ng"),
    "mcg": ("mass", "1e-6", "mcg µg μg ug"),
    "mg": ("mass", "1e-3", "mg"),
    "g": ("mass", "1", "g gr"),
    "kg": ("mass", "1e3", "kg"),
    "lb": ("pounds", "1", "lb lbs"),
    "oz": ("ounces", "1", "oz"),
    "ml": ("volume", "1e-3", "ml cc"),
    "cl": ("volume", "1e-2", "cl"),
    "dl": ("volume", "1e-1", "dl"),
    "l": ("volume", "1", "l"),
    "tsp": ("teaspoons", "1", "tsp"),
    "tbsp": ("tablespoons", "1", "tbsp"),
    "cup": ("cups", "1", ""),
    "drop": ("drops", "1", ""),
    "mm": ("length", "1e-3", "mm"),
    "cm": ("length", "1e-2", "cm"),
    "m": ("length", "1", "m"),
    "km": ("length", "1e3", "km"),
    "inch": ("inches", "1", ""),
    "foot": ("feet", "1", "ft"),
    "second": ("time", "1", "s sec"),
    "minute": ("time", "60", "min"),
    "hour": ("time", "3600", "h hr hrs"),
    "day": ("time", "86400", "d"),
    "week": ("time", "604800", "wk"),
    "month": ("months", "1", ""),
    "year": ("months", "12", ""),
    "percent": ("share", "0.01", "% ٪ ％"),
    "tenth": ("share", "0.1", ""),
    "permille": ("share", "0.001", "‰"),
    "iu": ("activity", "1", "iu"),
    "mmol": ("amount", "1e-3", "mmol"),
    "mmhg": ("pressure", "1", "mmhg"),
    "kcal": ("energy", "1", "kcal"),
    "kj": ("joules", "1", "kj"),
    "tablet": ("tablets", "1", ""),
    "celsius": ("celsius", "1", "°c ℃ ºc"),
    "fahrenheit": ("fahrenheit", "1", "°f ℉ ºf"),
}
"""The dimension of each unit, its size there, and the symbols that all languages have for it."""


class Clocks(NamedTuple):
    """How a language names a time of day."""

    am: frozenset[str]
    pm: frozenset[str]
    night: frozenset[str]
    clock: frozenset[str]
    hours: frozenset[str]
    at: frozenset[str]
    half_past: frozenset[str]
    past: Mapping[str, int]
    maybe_past: Mapping[str, int]
    hour_words: Mapping[str, int]
    """What phrases for hours and minutes call the hours."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    language: str
    numerals: Mapping[str, int]
    cardinals: frozenset[str]
    """Those of the numerals that count something, and nothing else."""
    ranks: Mapping[str, int]
    """What says which of several is meant."""
    unranked: frozenset[str]
    half: frozenset[str]
    and_half: frozenset[str]
    half_ahead: frozenset[str]
    mixed: Mapping[str, Decimal]
    """What says a number and its half in one word."""
    quarter: frozenset[str]
    third: frozenset[str]
    decade: frozenset[str]
    decades: Mapping[str, int]
    century: frozenset[str]
    nonstop: frozenset[str]
    minus: frozenset[str]
    fortnight: frozenset[str]
    spans: Mapping[str, int]
    """What some days are called in one word."""
    frequencies: Mapping[str, int]
    """What says how often something is done."""
    repeats: frozenset[str]
    doses: frozenset[str]
    fasting: frozenset[str]
    """What says before meals."""
    fed: frozenset[str]
    two: Mapping[str, str]
    """What says two of something by its ending: words to the name in `UNITS`, if it has one."""
    scales: Mapping[str, int]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    """Monday is 0."""
    clocks: Clocks
    dating: frozenset[str]
    to: frozenset[str]
    either: frozenset[str]
    per: frozenset[str]
    among: frozenset[str]
    total: frozenset[str]
    """What stands between a whole and its part."""
    joins: frozenset[str]
    counters: frozenset[str]
    particles: frozenset[str]
    roman: frozenset[str]
    neither: Mapping[str, str]
    """A numeral or a unit, and the pattern of what must not follow it."""
    units: Mapping[str, str]
    """What each unit is called, and its symbols: words to the name in `UNITS`."""
    ahead: Mapping[str, str]
    """What stands before a figure and names its unit."""
    often: Mapping[str, str]
    """What names a unit that things are done by, or taken in: words to the name in `UNITS`."""
    cues: Mapping[str, frozenset[str]]
    """What denies, forbids or compares: words to the names of their lines."""
    stems: Mapping[str, frozenset[str]]
    """The same of words whose end may be any."""
    endings: Mapping[str, frozenset[str]]
    """The same of words whose beginning may be any."""
    unspaced: bool
    concord: bool
    dual: bool
    fifteen: bool
    """Whether a fortnight is called fifteen days."""
    length: float | None
    """How long a text is, if it is 1 in English; None where we do not know."""

    @property
    def range_words(self) -> frozenset[str]:
        """What stands between the ends of a range, and not merely between two of a list."""
        return (self.to | _DASHES) - _AND


_DASHES = frozenset("-–—~〜～")
_AND = frozenset({"and", "y", "et", "und", "و"})


@cache
def lexicon(language: str) -> Lexicon:
    """Return what is known of a language, by its code: nothing but symbols of units for most."""
    lines = dict(_lines(language))
    cues = dict(_cues(lines))
    return Lexicon(
        language=language,
        numerals=dict(_numerals(lines)),
        cardinals=frozenset(_cardinals(lines)),
        ranks={word: n for n, word in _listed(lines.get("ranks", ""), start=1)},
        unranked=_words(lines.get("unranked", "")),
        half=_words(lines.get("half", "")),
        and_half=_words(lines.get("and_half", "")),
        half_ahead=_words(lines.get("half_ahead", "")),
        mixed={word: Decimal(value) for word, value in _assigned(lines.get("mixed", ""))},
        quarter=_words(lines.get("quarter", "")),
        third=_words(lines.get("third_part", "")),
        decade=_words(lines.get("decade", "")),
        decades={word: 10 * n for n, word in _listed(lines.get("decades", ""), start=2)},
        century=_words(lines.get("century", "")),
        nonstop=_words(lines.get("nonstop", "")),
        minus=_words(lines.get("minus", "")),
        frequencies=dict(_frequencies(lines)),
        repeats=_words(lines.get("repeats", "")),
        doses=_words(lines.get("doses", "")),
        fasting=_words(lines.get("fasting", "")),
        fed=_words(lines.get("fed", "")),
        two=dict(_assigned(lines.get("two", ""))),
        fortnight=_words(lines.get("fortnight", "")),
        spans=dict(_counted(lines.get("spans", ""))),
        scales=dict(_scales(lines["scales"])) if lines else _scales_of(language),
        months={word: n for n, word in _listed(lines.get("months", ""), start=1)},
        weekdays={word: n for n, word in _listed(lines.get("weekdays", ""), start=0)},
        clocks=_clocks(lines),
        dating=_words(lines.get("dating", "")),
        to=_words(lines.get("to", "")),
        either=_words(lines.get("either", "")),
        per=_words(lines.get("per", "")),
        among=_words(lines.get("among", "")),
        total=_words(lines.get("total", "")),
        joins=_words(lines.get("joins", "")),
        counters=_words(lines.get("counters", "")),
        particles=_words(lines.get("particles", "")),
        roman=_words(lines.get("roman", "")),
        neither=_neither(lines.get("neither", "")),
        units=dict(_units(lines)),
        ahead=dict(_assigned(lines.get("ahead", ""))),
        often=dict(_often(lines)),
        cues={word: names for word, names in cues.items() if "-" not in (word[0], word[-1])},
        stems={word[:-1]: names for word, names in cues.items() if word[-1] == "-"},
        endings={word[1:]: names for word, names in cues.items() if word[0] == "-"},
        unspaced="unspaced" in lines,
        concord="concord" in lines,
        dual="dual" in lines,
        fifteen="fifteen" in lines,
        length=float(lines["length"]) if "length" in lines else None,
    )


# --- tables -----------------------------------------------------------------------------------


def _lines(language: str) -> Iterator[tuple[str, str]]:
    table = resources.files("polypage.language").joinpath("lexicons", f"{language}.txt")
    if not language.isalpha() or not table.is_file():
        return
    for line in unicodedata.normalize("NFC", table.read_text("utf-8")).splitlines():
        name, _, words = line.partition(" ")
        yield name, folded(words)


def _numerals(lines: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for name, start, step in _NUMERALS:
        yield from ((word, n * step) for n, word in _listed(lines.get(name, ""), start=start))
    if "glued" in lines:
        yield from _glued(lines)


_NUMERALS = (
    ("ordinals", 1, 1),
    ("numerals", 0, 1),
    ("tens", 2, 10),
    ("hundreds", 1, 100),
    ("twenties", 21, 1),
    ("thirties", 31, 1),
)
"""The lines with numerals, the number of the first, and how far they are apart."""


def _glued(lines: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Put together what German writes as one word, up to 999."""
    first = [spellings.split("/")[0] for spellings in lines["numerals"].split()]
    tens = [spellings.split("/")[0] for spellings in lines["tens"].split()][:8]
    below = dict(enumerate(first))
    for n, ten in enumerate(tens, 2):
        below |= {10 * n: ten} | {10 * n + m: f"{first[m]}und{ten}" for m in range(1, 10)}
    yield from ((word, n) for n, word in below.items() if n > _GLUED)
    for n in range(1, 10):
        yield f"{first[n]}hundert", 100 * n
        yield from ((f"{first[n]}hundert{word}", 100 * n + m) for m, word in below.items() if m)


_GLUED = 20
"""The numerals up to here are in the table."""


def _cardinals(lines: Mapping[str, str]) -> Iterator[str]:
    for spellings in f"{lines.get('numerals', '')} {lines.get('joined', '')}".split():
        yield spellings.split("/")[0].replace("_", " ")
    for name in ("tens", "hundreds", "twenties", "thirties"):
        yield from (word for _, word in _listed(lines.get(name, ""), start=0))
    if "glued" in lines:
        yield from (word for word, _ in _glued(lines))


def _words(line: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in line.split())


def _listed(words: str, *, start: int) -> Iterator[tuple[int, str]]:
    for n, spellings in enumerate(words.split(), start):
        yield from ((n, spelling.replace("_", " ")) for spelling in spellings.split("/"))


def _clocks(lines: Mapping[str, str]) -> Clocks:
    return Clocks(
        am=_words(lines.get("am", "")),
        pm=_words(lines.get("pm", "")),
        night=_words(lines.get("night", "")),
        clock=_words(lines.get("clock", "")),
        hours=_words(f"h {lines.get('hours', '')}"),
        at=_words(lines.get("at", "")),
        half_past=_words(lines.get("half_past", "")),
        past=dict(_counted(lines.get("past", ""))),
        maybe_past=dict(_counted(lines.get("maybe_past", ""))),
        hour_words={word: n for n, word in _listed(lines.get("hour_words", ""), start=1)},
    )


def _neither(words: str) -> dict[str, str]:
    patterns: dict[str, str] = {}
    for word, _, pattern in (item.partition("=") for item in words.split()):
        patterns[word] = f"{patterns[word]}|{pattern}" if word in patterns else pattern
    return patterns


def _scales(words: str) -> Iterator[tuple[str, int]]:
    for item in words.split():
        word, _, zeros = item.partition("=")
        yield word.replace("_", " "), 10 ** int(zeros)


def _scales_of(language: str) -> dict[str, int]:
    """Return what CLDR has for a language without a table."""
    return {folded(word): size for word, size in scales(language).items()}


def _units(lines: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, (_, _, symbols) in UNITS.items():
        words = f"{symbols} {lines.get(name, '')}".split()
        yield from ((word.replace("_", " "), name) for word in words)


def _counted(words: str) -> Iterator[tuple[str, int]]:
    for item in words.split():
        word, _, count = item.partition("=")
        yield word.replace("_", " "), int(count)


def _frequencies(lines: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the words for how often, and put together those that have none of their own."""
    yield from _counted(lines.get("frequency", ""))
    cardinals = {*_cardinals(lines)}
    between = "" if ("unspaced" in lines and "counters" not in lines) or "glued" in lines else " "
    for word, value in _numerals(lines):
        if value in _OFTEN and word in cardinals:
            yield from ((word + between + times, value) for times in _words(lines["repeats"]))


_OFTEN = range(5, 13)
"""How often things are done in a number of times, beyond what has a line of its own."""


def _often(lines: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from _assigned(lines.get("often", ""))
    for name in ("minute", "hour", "day", "week", "month", "year", "tablet", "drop", "tsp", "tbsp"):
        yield from ((word, name) for word in _words(lines.get(name, "")))


def _assigned(words: str) -> Iterator[tuple[str, str]]:
    pairs = (item.partition("=") for item in words.split())
    yield from ((word.replace("_", " "), unit) for word, _, unit in pairs)


def _cues(lines: Mapping[str, str]) -> Iterator[tuple[str, frozenset[str]]]:
    named = {name: _words(lines.get(name, "")) for name in CUES}
    # What is itself a bound denies nothing within one: دون.
    denying = named["negations"].difference(*(named[name] for name in COMPARISONS))
    for word in frozenset().union(*named.values()):
        names = {name for name, words in named.items() if word in words}
        if names & COMPARISONS and _denies(word, denying, unspaced="unspaced" in lines):
            names.add("denying")
        yield word, frozenset(names)
    yield from _led_on(named)


def _led_on(named: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, frozenset[str]]]:
    """Put together what else would be taken for a bound behind a figure: `and more than` 40."""
    ahead = {word: side for side in ("more", "less") for word in named[side]}
    for behind in named["more_after"] | named["less_after"]:
        first, _, rest = behind.partition(" ")
        for word, side in ahead.items():
            if rest and word.startswith(f"{rest} "):
                yield f"{first} {word}", frozenset({side})


def _denies(phrase: str, negations: Iterable[str], *, unspaced: bool) -> bool:
    """Whether a comparison has a denial in it: `no more than`."""
    if unspaced:
        return any(word in phrase for word in negations)
    return not {*phrase.split()}.isdisjoint(negations)


COMPARISONS = frozenset({"more", "less", "more_after", "less_after"})


CUES = (
    "negations",
    "denying",
    "opposites",
    "hinting",
    "steady",
    "harmless",
    "neutral",
    "excepting",
    "leading",
    "without",
    "linking",
    "or",
    "parting",
    "closing",
    "not_only",
    "merely",
    "until",
    "only",
    "from",
    "more",
    "less",
    "more_after",
    "less_after",
)
"""The lines of what denies, forbids or compares."""
