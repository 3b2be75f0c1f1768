"""The figures in a text and what they measure, read as the text's language writes them.

    >>> text = Text.of("Không quá 1.000 mg mỗi 8 giờ", profile("vi"))
    >>> [str(quantity) for quantity in read(text)]
    ['1.000 mg', '8 giờ']

Digits may be of any script, the separators those of the locale or plainly the other ones: `2.5`
is two and a half in French as well, where `2,5` is usual, but `1.000` is a thousand in German.
Roman numerals are figures where they can be nothing else: behind `type`, or from two letters on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from polypage.language.figures import figure_of, romans, value_of
from polypage.language.lexicon import UNITS, Lexicon, lexicon
from polypage.language.once import new
from polypage.language.patterns import any_of
from polypage.language.texts import Text


class Quantity(NamedTuple):
    """A figure with its unit."""

    value: Decimal
    figure: str
    """As written, in European digits."""
    measure: str = ""
    """The unit as written, with what stands between."""
    unit: str | None = None
    """The unit's name in `lexicon.UNITS`; None where we know none."""
    misread: Decimal | None = None
    """The value, if the separator were the other kind: a thousand instead of one."""
    per: frozenset[str] = frozenset()
    """The units that the measure is divided by: kg and day in mg/kg/day."""
    bound: str = ""
    """`<` or `>` where a sign says that it is one."""
    half: str = ""
    """`am` or `pm` where it is an hour in that half of the day."""
    bare: bool = False
    """Nothing follows that could be a unit."""
    vague: bool = False
    """Said by a word that may not count anything: the article, `each`."""
    start: int = 0
    """Where the figure begins; counted in a text without ornaments, good for comparing only."""

    def __str__(self) -> str:
        sign = f"{self.bound} " if self.bound else ""
        sign += "-" if self.value < 0 else ""
        return f"{sign}{self.figure}{self.measure}"

    @property
    def end(self) -> int:
        """Where the figure itself ends."""
        return self.start + len(self.figure)

    @property
    def full_end(self) -> int:
        """Where its unit ends."""
        return self.end + len(self.measure)

    @property
    def amount(self) -> tuple[str, Decimal]:
        """What is measured, and how much of it there is: the same for 1000 mg and 1 g."""
        dimension, size = _SIZES[self.unit] if self.unit else _SIZELESS
        return dimension, self.value * size

    @property
    def hour(self) -> Decimal:
        """The hour of the day, from 0 to 24, if it is one."""
        if not (self.half and self.value <= 2 * _NOON):
            return self.value
        return self.value % _NOON + (_NOON if self.half == "pm" else 0)

    def parts(self) -> tuple[Quantity, ...]:
        """Take the separators for those of a date, a list, a time or a telephone number."""
        figures = list(re.finditer(r"\d+", self.figure))
        last = len(figures) - 1
        return tuple(
            Quantity(
                Decimal(match[0]),
                match[0],
                measure=self.measure if n == last else "",
                unit=self.unit if n == last else None,
                half="" if n else self.half,
                start=self.start + match.start(),
            )
            for n, match in enumerate(figures)
        )


_SIZES = {name: (dimension, Decimal(size)) for name, (dimension, size, _) in UNITS.items()}
_SIZELESS = ("", Decimal(1))
_NOON = 12


def read(text: Text, *, halves: bool = True) -> tuple[Quantity, ...]:
    """Find the quantities in a text, in their order; without `halves` no word tells those of a day."""
    figures = (
        _joined(_figures(text, halves=halves), text.words) if _HAS_FIGURE.search(text.words) else []
    )
    if not _HAS_ROMAN.search(text.plain):
        return tuple(figures)
    numerals = (Quantity(value, written, start=start) for start, written, value in romans(text))
    return tuple(sorted([*figures, *numerals], key=lambda each: each.start))


_HAS_FIGURE = re.compile("[0-9½¼¾⅓⅔⅛]")
_HAS_ROMAN = re.compile("[IVXⅠ-Ⅻ]")


def _figures(text: Text, *, halves: bool) -> list[Quantity]:
    found: list[Quantity] = []
    has_half = halves and any(map(text.words.__contains__, _halves_of_days(text.known.language)))
    has_bound = bool(_SIGN.search(text.words))
    for match in _matches(figure_of(text.profile), text.words):
        if not _is_full_hour(match):
            found += _quantity(match, text, has_half=has_half, has_bound=has_bound)
    return found


def _matches(pattern: re.Pattern[str], words: str) -> Iterator[re.Match[str]]:
    """Find what a pattern of figures does, which alone would be tried at each letter."""
    place = 0
    while start := _BEGINNING.search(words, place):
        match = pattern.match(words, start.start())
        place = (match or start).end()
        if match:
            yield match


_BEGINNING = re.compile(r"[0-9.,٫½¼¾⅓⅔⅛](?:(?<![.,٫])|(?=\d))")


def _is_full_hour(match: re.Match[str]) -> bool:
    """Whether it is what many languages leave out of 8:00."""
    return match[0] == "00" and match.string.endswith((":", "h", "h "), 0, match.start())


def _joined(found: list[Quantity], words: str) -> list[Quantity]:
    """Add what goes on behind a word for ten thousand: 1万2,500 is one figure."""
    if len(found) == 1:
        return found
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if last and _goes_on(last, quantity, words):
            figure = f"{last.figure}{last.measure}{quantity.figure}"
            value = last.value + quantity.value
            joined[-1] = quantity._replace(value=value, figure=figure, start=last.start)
        else:
            joined.append(quantity)
    return joined


def _goes_on(one: Quantity, other: Quantity, words: str) -> bool:
    return (
        one.measure.strip() in {"万", "萬", "만", "億", "亿", "억", "千", "천"}
        and words[one.full_end : other.start] in {"", " "}
        and other.value < one.value
    )


def _quantity(
    match: re.Match[str], text: Text, *, has_half: bool, has_bound: bool
) -> Iterable[Quantity]:
    """Read a figure and what stands around it."""
    figure, words, known = match[0], text.words, text.known
    start, end = match.span()
    value, misread = value_of(figure, text.profile)
    rest = after(known.language).match(words, end)
    assert rest  # noqa: S101 - all of it is optional
    before = words[max(start - _BEFORE, 0) : start]
    scale, unit, per = rest.group("scale", "unit", "per")
    if unit and (before.endswith(":") or _is_no_unit(unit, rest, before, known)):
        unit = ""
    measure = text.plain[end : rest.end()].rstrip() if unit or scale else ""
    times = known.scales[scale] if scale else 1
    unit_name = (unit and unit_named(unit, measure, known)) or unit_before(words, start)
    if known.ahead and (unit or "") in _UNTOLD:
        unit_name = _unit_ahead(before, known) or unit_name
    if unit_name in _TEMPERATURES and _is_negative(before, known):
        times = -times
    half = _half(match, before, known) if has_half and len(figure) < _TIME else ""
    fields = (
        (value or _ZERO) * times,
        figure,
        measure,
        unit_name or ("hour" if half else None),
        misread and misread * times,
        _divisors(per, known) if unit and per else _NOTHING,
        _bound(before) if has_bound else "",
        half,
        bool(_BARE.match(words, end)),
        False,
        start,
    )
    quantity = new(Quantity, fields)
    return quantity.parts() if value is None else (quantity,)


_ZERO = Decimal(0)
_NOTHING: frozenset[str] = frozenset()
_TEMPERATURES = frozenset({"celsius", "fahrenheit"})


def _is_no_unit(unit: str, rest: re.Match[str], before: str, known: Lexicon) -> bool:
    """Whether it is the beginning of another word, or the figure is an ordinal."""
    if before.endswith(_ORDINAL):
        return True
    behind = rest.string[rest.end() : rest.end() + 4]
    if known.particles and len(unit) == 1 and "가" <= behind[:1] <= "힣":
        return not behind.startswith(tuple(known.particles)) or _is_other(unit, behind, known)
    return _is_other(unit, behind, known)


def _is_other(unit: str, behind: str, known: Lexicon) -> bool:
    pattern = known.neither.get(unit)
    return bool(pattern and re.match(pattern, behind))


_ORDINAL = ("第", "제", "ke-")
_BEFORE, _TIME = 24, 6
_BARE = re.compile(r"\s*(?:[.;!?)。؛؟।,،，、]|\Z)")


# --- what stands around them ------------------------------------------------------------------


@cache
def after(language: str) -> re.Pattern[str]:
    """Find a word for thousands and a unit behind a figure, whatever there is."""
    known = lexicon(language)
    scale, unit = _bounded(known.scales), _bounded(known.units)
    if whole := [word for word in known.units if word.startswith(tuple(known.scales))]:
        scale = rf"(?!{any_of(whole)})(?:{scale})"  # 千卡 is a unit, not a thousand of one
    per = rf"(?P<per>(?:(?:{_per(known)})(?:{unit}){_NO_YEAR})*)"
    return re.compile(
        rf"(?:\s?{_ODD.get(language, '')}(?P<scale>{scale}))?(?:[\s-]?\s?(?P<unit>{unit}){per})?"
    )


_ODD = {"zh": "[多余餘]?", "ko": "여?"}
"""What stands between a round figure and its thousands, and says that it is more: 70多万."""
_NO_YEAR = r"(?!\s[12]\d{3}(?!\d))"
"""No year behind a unit: Arabic `في عام 2022` divides nothing."""


def _per(known: Lexicon) -> str:
    return rf"\s?/\s?|\s(?:{any_of(known.per)})\s" if known.per else r"\s?/\s?"


def _bounded(words: Iterable[str]) -> str:
    """Let no letter of its own script go on after a word, where scripts put blanks there."""
    by_end: dict[str, list[str]] = {}
    for word in words:
        by_end.setdefault(_script_goes_on(word), []).append(word)
    return "|".join(any_of(group, end) for end, group in sorted(by_end.items())) or r"(?!)"


def _script_goes_on(word: str) -> str:
    for letters in ("a-zà-ɏḀ-ỿ", "ء-ي", "а-я", "\u0900-\u0963"):
        if re.search(rf"[{letters}]\Z", word):
            return rf"(?![{letters}'])"
    return ""


def unit_named(word: str, measure: str, known: Lexicon) -> str | None:
    """Name the unit that a word behind a figure stands for."""
    if not word or measure in _NO_UNITS:
        return None
    return known.units.get(word) or known.units[_BLANK.sub(" ", word)]


_NO_UNITS = frozenset("SDGHM")
"""3D, 5G"""


_BLANK = re.compile(r"\s")


def unit_behind(text: Text, end: int) -> str | None:
    """Name the unit behind a figure that ends somewhere in a text."""
    rest = after(text.known.language).match(text.words, end)
    unit = rest["unit"] if rest else None
    return text.known.units[_BLANK.sub(" ", unit)] if unit else None


def _divisors(words: str, known: Lexicon) -> frozenset[str]:
    parts = re.split(_per(known), words)
    return frozenset(known.units[_BLANK.sub(" ", part)] for part in parts if part)


def _is_negative(words: str, known: Lexicon) -> bool:
    """Whether a sign or a word before a figure puts it below zero; a dash after one is a range."""
    if re.search(r"(?:^|[^\w\s°℃℉%])\s*[-−–]\Z|[^\W\d]\s+[-−–]\Z", words):
        return True
    if known.unspaced and _BEHIND_LETTER.search(words) and not _UNIT_AND_DASH.search(words):
        return True
    return any(re.search(rf"(?<!al )(?<!au ){word}\s*\Z", words) for word in known.minus)


_BEHIND_LETTER = re.compile(r"[^\W\d_a-z][-−]\Z")
_UNIT_AND_DASH = re.compile(r"\d\s?[^\W\d_]{1,4}[-−]\Z")
"""The dash of a range, whose first figure has its unit."""


def unit_before(words: str, start: int) -> str | None:
    """Name the unit that stands before a figure in some languages."""
    end = start - words[start - 1 : start].isspace()
    return "percent" if words.endswith(_PERCENT, 0, end) else None


def _unit_ahead(before: str, known: Lexicon) -> str | None:
    """Name the unit that is said once before a figure, or before a range: 화씨 97도에서 99도."""
    match = _ahead(known.language).search(before)
    return known.ahead[match["unit"]] if match else None


@cache
def _ahead(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    joined = rf"(?:{any_of(known.to | known.joins | known.either)}|[-–—~〜～])"
    one = rf"[\d.,]+\s?(?:{any_of(_UNTOLD - {''})})?\s?{joined}\s?"
    return re.compile(rf"(?P<unit>{any_of(known.ahead)})\s?(?:{one})?\Z")


_UNTOLD = frozenset({"", "도", "度", "杯"})
"""What stands behind a figure whose unit is said before it."""


_PERCENT = ("%", "٪", "百分之", "ร้อยละ")


_SIGN = re.compile("[<≤⩽﹤>≥⩾﹥]")
_SIGN_BEFORE = re.compile(rf"({_SIGN.pattern})=?\s*\Z")


def _bound(words: str) -> str:
    sign = _SIGN_BEFORE.search(words)
    return ("<" if sign[1] in "<≤⩽﹤" else ">") if sign else ""


# --- hours ------------------------------------------------------------------------------------


def _half(match: re.Match[str], before: str, known: Lexicon) -> str:
    """Say in which half of the day an hour is, if words around it do."""
    behind = _half_behind(known.language).match(match.string, match.end())
    if behind:
        return "am" if behind["am"] else "pm"
    ahead = _half_ahead(known.language).search(before)
    return ("am" if ahead["am"] else "pm") if ahead else ""


@cache
def _halves_of_days(language: str) -> tuple[str, ...]:
    """Return a word of each phrase that says in which half of the day an hour is."""
    known = lexicon(language)
    return tuple({max(phrase.split(), key=len) for phrase in known.clocks.am | known.clocks.pm})


@cache
def _half_behind(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    hour = _bounded(word for word, unit in known.units.items() if unit == "hour")
    minute = _bounded(word for word, unit in known.units.items() if unit == "minute")
    time = rf"(?:[:.]\d\d|\s?(?:{hour}))?(?:\s?\d\d(?!\d)\s?(?:{minute})?)?\s?(?:{hour})?"
    am, pm = _bounded(known.clocks.am), _bounded(known.clocks.pm)
    return re.compile(rf"{time}\s?(?:(?P<am>{am})|(?P<pm>{pm}))")


@cache
def _half_ahead(language: str) -> re.Pattern[str]:
    """In some languages it stands before the hour: 下午5点."""
    known = lexicon(language)
    if language not in {"zh", "ja", "ko", "hi"}:
        return re.compile(r"(?P<am>(?!))(?P<pm>)")
    return re.compile(
        rf"(?:(?P<am>{any_of(known.clocks.am)})|(?P<pm>{any_of(known.clocks.pm)}))\s?\Z"
    )
