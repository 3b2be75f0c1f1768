"""The quantities of a text that are said in words, each with its whole numeral.

>>> [str(each) for each in read_words(Text.of("two hundred and five mg", profile("en")))]
['two hundred and five mg']
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate

from polypage.language.lexicon import Lexicon, lexicon
from polypage.language.patterns import END, any_of, beginning, hung_on
from polypage.language.quantities import Quantity, after, unit_before, unit_named
from polypage.language.texts import Text


def read_words(text: Text, figures: Sequence[Quantity] = ()) -> tuple[Quantity, ...]:
    """Find the quantities that are said in words, apart from the figures found before."""
    known = text.known
    if not known.numerals:
        return ()
    found = [*_portions(text), *_spans(text)]
    taken = _Taken((each.start, each.full_end) for each in (*figures, *found))
    done = 0
    for run in _runs(text.words, known):
        start, end = run[0].start("word"), run[-1].end()
        if start < done or taken.meets(start, end):
            continue
        rest = after(known.language).match(text.words, end)
        unit = rest["unit"] or "" if rest and not rest["scale"] else ""
        measure = text.plain[end : rest.end()] if rest and unit else ""
        done = end + len(measure)
        quantity = Quantity(
            _value(run, known),
            text.plain[start:end],
            measure=measure,
            unit=unit_named(unit, measure, known) or unit_before(text.words, start),
            vague=not all(_counts(_word(each), known) for each in run),
            start=start,
        )
        found.append(quantity)
    return tuple(found)


class _Taken:
    """Spans of a text that have been read."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = [*accumulate((end for _, end in ordered), max)]

    def meets(self, start: int, end: int) -> bool:
        """Whether a span has anything of those read."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start


def _portions(text: Text) -> Iterator[Quantity]:
    """Find parts of a unit: half an hour, three quarters of a litre."""
    known = text.known
    if not any(map(text.words.__contains__, words_of_portions(known.language))):
        return
    for match in _part_of(known.language).finditer(text.words):
        word, start = match["unit"], match.start()
        other = known.neither.get(match["part"] or "")
        if other and re.compile(other).match(text.words, match.end("part")):
            continue  # Portuguese noon is no half of a day
        unit = unit_named(word, word, known)
        part, measure = text.plain[start : match.start("unit")], match["unit"]
        yield Quantity(_portion(match, known), part, measure=measure, unit=unit, start=start)


@cache
def words_of_portions(language: str) -> tuple[str, ...]:
    """Return what there is in any part of a unit: half, quarters, thirds."""
    known = lexicon(language)
    return tuple({word.rstrip("-") for word in known.half | known.quarter | known.third})


def _portion(match: re.Match[str], known: Lexicon) -> Decimal:
    part = match["part"] or f"{match['glued']}-"
    if part in known.half:
        return Decimal("0.5")
    count = match["count"] or ("3" if part.startswith(_THREE_QUARTERS) else "1")
    value = Decimal(count) if count.isdecimal() else Decimal(known.numerals[count])
    return value / (3 if part in known.third else 4)


_THREE_QUARTERS = "dreiviertel"


def _spans(text: Text) -> Iterator[Quantity]:
    """Find the words for two weeks, or for some days."""
    known = text.known
    if not any(map(text.words.__contains__, (*known.fortnight, *known.spans))):
        return
    for match in _span(known.language).finditer(text.words):
        word = text.plain[match.start() : match.end()]
        count, unit = (2, "week") if match[0] in known.fortnight else (known.spans[match[0]], "day")
        yield Quantity(Decimal(count), word, unit=unit, start=match.start())


@cache
def _span(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    end = "" if known.unspaced else END
    begin = "" if known.unspaced else beginning(language)
    return re.compile(f"{begin}{any_of((*known.fortnight, *known.spans), end)}")


@cache
def _part_of(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    begin = "" if known.unspaced else beginning(language) + hung_on(language)
    between = r"\s?" if known.unspaced else rf"[\s-](?:of\s)?(?:{_ARTICLE}){hung_on(language)}"
    # No symbols of one letter: French `demi d'eau` is no half of a day.
    words = [unit for unit in known.units if len(unit) > 1 or known.unspaced]
    units = any_of(words, "" if known.unspaced else END)
    several = any_of(word for word, value in known.numerals.items() if value in {2, 3})
    counted = any_of(known.quarter | known.third)
    parts = known.half | known.quarter | known.third
    glued = any_of(part[:-1] for part in parts if part.endswith("-"))
    return re.compile(
        rf"{begin}(?:(?:(?P<count>{several}|[23])[\s-](?={counted}))?"
        rf"(?P<part>(?>{any_of(parts)})){between}"
        rf"|(?P<glued>(?>{glued})))(?P<unit>{units})"
    )


_ARTICLE = r"(?:an?|the|de|di|do|du|da|del|della)\s|d'|dell'|"


@cache
def _numeral(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    words = known.numerals.keys() | known.scales.keys()
    if known.counters:
        counted = any_of({*known.counters, *known.scales})
        return re.compile(rf"(?<!\w)(?P<prefix>)(?P<word>{any_of(words)})(?=\s?(?:{counted}))")
    if known.unspaced:
        return re.compile(f"(?P<prefix>)(?P<word>{any_of(words)})")
    word = any_of(words, END)
    return re.compile(rf"{beginning(language)}(?P<prefix>{hung_on(language)})(?P<word>{word})")


def _runs(words: str, known: Lexicon) -> Iterable[list[re.Match[str]]]:
    """Put together the words that make one numeral."""
    run: list[re.Match[str]] = []
    for match in _numeral(known.language).finditer(words):
        other = known.neither.get(match["word"])
        if other and re.compile(other).match(words, match.end()):
            continue
        if run and not _goes_on(run, match, known):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _goes_on(run: list[re.Match[str]], match: re.Match[str], known: Lexicon) -> bool:
    between = match.string[run[-1].end() : match.start()]
    if not _between(known.language).fullmatch(between):
        return False
    word, last = _word(match), _word(run[-1])
    if not (_counts(word, known) and _counts(last, known)):
        return False
    if word in known.scales:
        return True
    if word in known.units:
        return False  # Vietnamese five is also a year
    value, place = known.numerals[word], _place(last, known)
    if match["prefix"] == "و" and known.numerals.get(last, 0) < 10:  # noqa: PLR2004
        return value in range(20, 100, 10)
    return value < place and value > 0


@cache
def _between(language: str) -> re.Pattern[str]:
    joins = "|".join(lexicon(language).joins)
    return re.compile(rf"[\s-]*(?:(?:{joins})\s)?\s*{_ODD.get(language, '')}")


_ODD = {"zh": "[多余餘]?", "ko": "여?"}
"""What says that a round number is somewhat more: 七十多万."""


def _counts(word: str, known: Lexicon) -> bool:
    return word in known.cardinals or word in known.scales


def _word(match: re.Match[str]) -> str:
    word = match["word"]
    return word if word.isalpha() else _BLANK.sub(" ", word)


_BLANK = re.compile(r"\s")


def _place(word: str, known: Lexicon) -> int:
    """Say below what a number that follows a word adds to it."""
    value = known.scales.get(word) or known.numerals[word]
    if known.language == "fr" and value in {60, 80}:
        return 20  # soixante-quinze
    round_ = str(value).rstrip("0")
    return int(str(value).replace(round_, "1", 1)) if value >= 20 else 0  # noqa: PLR2004


def _value(run: list[re.Match[str]], known: Lexicon) -> Decimal:
    total = current = 0
    for word in map(_word, run):
        scale = known.scales.get(word, 0)
        if scale >= 1000:  # noqa: PLR2004
            total, current = total + max(current, 1) * scale, 0
        elif scale:
            current = max(current, 1) * scale
        else:
            current += known.numerals[word]
    return Decimal(total + current)
