"""The figures in a text and what they measure, read as the text's language writes them.

    >>> [str(quantity) for quantity in read("Không quá 1.000 mg mỗi 8 giờ", profile("vi"))]
    ['1.000 mg', '8 giờ']

Digits may be of any script, the separators those of the locale or plainly the other ones: `2.5`
is two and a half in French as well, where `2,5` is usual, but `1.000` is a thousand in German.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from polypage.lexicon import UNITS, folded, lexicon
from polypage.profiles import Profile


@dataclass(frozen=True, slots=True)
class Quantity:
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
    afternoon: bool = False
    """An hour that others may count from midnight."""
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
        dimension, size, _ = UNITS[self.unit] if self.unit else ("", "1", "")
        return dimension, self.value * Decimal(size)

    def parts(self) -> tuple[Quantity, ...]:
        """Take the separators for those of a date, a list or a telephone number."""
        figures = list(re.finditer(r"\d+", self.figure))
        last = len(figures) - 1
        return tuple(
            Quantity(
                Decimal(match[0]),
                match[0],
                measure=self.measure if n == last else "",
                unit=self.unit if n == last else None,
                start=self.start + match.start(),
            )
            for n, match in enumerate(figures)
        )


def read(text: str, profile: Profile) -> tuple[Quantity, ...]:
    """Find the quantities in a text, in their order."""
    plain = unadorned(text)
    words = folded(plain)
    # Where spaces part thousands, nobody can be held to use those that do not break.
    figure = _figure(f"{_SPACES} " if profile.group.isspace() else _SPACES)
    found = (
        _quantity(match, plain, words, profile)
        for match in figure.finditer(words)
        if not _is_full_hour(match)
    )
    return tuple(quantity for quantities in found for quantity in quantities)


_SPACES = "\u00a0\u2009\u202f"


@cache
def _figure(spaces: str) -> re.Pattern[str]:
    grouped = rf"\d{{1,3}}(?:[{spaces}]\d{{3}})+(?:[.,٫]\d+)?(?!\d)"  # 1 000 000,5
    other = r"(?:(?<![\w.,])[.,٫])?\d+(?:[.,٫٬،'·]\d+)*"  # .5  1.000,5  12.06.2026
    fraction = r"(?<![\w/.,])(?:\d+\s)?[1-9][/⁄][2-8](?![\w/]|[.,]\d)"  # 1 1/2
    return re.compile(rf"(?:\d+[ \u00a0\u2009\u202f]?)?[½¼¾⅓⅔⅛]|{fraction}|{grouped}|{other}")


def unadorned(text: str) -> str:
    """Write all digits the European way, and each ornament as the letter it adorns."""
    text = text.replace("İ", "I")
    if not text.isascii():
        text = "".join(map(_digit, _BARE.sub("", text)))
    return text


def places(text: str) -> list[int]:
    """Say where each letter of the text without ornaments stands in the text itself."""
    return [place for place, letter in enumerate(text) if not _BARE.match(letter)]


# Vowel marks of Arabic, and what stands invisibly in any text; `folded` drops the former too.
_BARE = re.compile("[\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def _is_full_hour(match: re.Match[str]) -> bool:
    """Whether it is what many languages leave out of 8:00."""
    return match[0] == "00" and match.string[: match.start()].endswith((":", "h", "h "))


def _quantity(match: re.Match[str], plain: str, words: str, profile: Profile) -> Iterable[Quantity]:
    """Read a figure and what stands around it."""
    figure = match[0]
    fraction = _fraction(figure)
    value, misread = (fraction, None) if fraction else _values(figure, profile)
    rest = _after(profile.language).match(words, match.end())
    assert rest  # noqa: S101 - all of it is optional
    is_minute = words.endswith(":", 0, match.start())
    unit, scale = "" if is_minute else rest["unit"] or "", rest["scale"] or ""
    measure = plain[match.end() : rest.end()].rstrip() if unit or scale else ""
    times = lexicon(profile.language).scales.get(scale, 1)
    unit_name = _unit(unit, measure, profile) or _unit_before(words[: match.start()])
    if unit_name in {"celsius", "fahrenheit"} and _is_negative(words[: match.start()], profile):
        times = -times
    quantity = Quantity(
        value=(value or Decimal(0)) * times,
        figure=figure,
        measure=measure,
        unit=unit_name,
        per=_divisors(rest["per"] or "", profile) if unit else frozenset(),
        misread=misread and misread * times,
        bound=_bound(words[: match.start()]),
        afternoon=bool(_AFTERNOON.match(words, match.end())),
        bare=bool(_NOTHING.match(words, match.end())),
        start=match.start(),
    )
    return quantity.parts() if value is None else (quantity,)


_AFTERNOON = re.compile(r"(?::\d\d)?\s?p\.?\s?m\b")
_NOTHING = re.compile(r"\s*(?:[.;!?)。؛؟]|\Z)")


# --- figures ----------------------------------------------------------------------------------


def _values(figure: str, profile: Profile) -> tuple[Decimal | None, Decimal | None]:
    """Read a figure as the locale does, and as others would; None if it is no one number."""
    groups = re.split(r"\D", figure)
    separators = re.findall(r"\D", figure)
    match separators:
        case []:
            return Decimal(figure), None
        case [_] if not groups[0]:
            return Decimal(f"0.{groups[1]}"), None
        case [one]:
            return _with_one(one, groups, profile)
        case [*grouping, last] if last not in grouping and _are_grouped(groups[:-1], grouping):
            return Decimal("".join(groups[:-1]) + f".{groups[-1]}"), None
        case _ if _are_grouped(groups, separators):
            return Decimal("".join(groups)), None
    return None, None


def _fraction(figure: str) -> Decimal | None:
    match = re.fullmatch(r"(?:(\d+)\s?)??(?:(\d)[/⁄](\d)|([½¼¾⅓⅔⅛]))", figure)
    if not match:
        return None
    above, below = (match[2], match[3]) if match[2] else _FRACTIONS[match[4]].split("/")
    return Decimal(match[1] or 0) + Decimal(above) / Decimal(below)


_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8"}


def _with_one(
    separator: str, groups: list[str], profile: Profile
) -> tuple[Decimal, Decimal | None]:
    """Tell thousands from fractions where there is one separator."""
    fraction = Decimal(f"{groups[0]}.{groups[1]}")
    if separator == "٫" or not _are_grouped(groups, [separator]):
        return fraction, None
    grouped = Decimal("".join(groups))
    if separator in f"{_SPACES} ٬'":
        return grouped, None
    return (fraction, grouped) if separator == profile.decimal else (grouped, fraction)


def _are_grouped(groups: list[str], separators: list[str]) -> bool:
    """Whether a figure is written in thousands."""
    return (
        len(set(separators)) == 1
        and 1 <= len(groups[0]) <= 3  # noqa: PLR2004
        and not groups[0].startswith("0")
        and all(len(group) == 3 for group in groups[1:])  # noqa: PLR2004
    )


# --- what stands around them ------------------------------------------------------------------


@cache
def _after(language: str) -> re.Pattern[str]:
    """Find a word for thousands and a unit, whatever there is."""
    known = lexicon(language)
    scale, unit = _any_of(known.scales), _any_of(known.units)
    per = rf"(?P<per>(?:(?:{_per(language)})(?:{unit}))*)"
    return re.compile(rf"(?:\s?(?P<scale>{scale}))?(?:[\s-]?\s?(?P<unit>{unit}){per})?")


def _per(language: str) -> str:
    word = {"en": "per", "id": "per", "es": "por", "fr": "par", "de": "pro"}.get(language)
    return rf"\s?/\s?|\s{word}\s" if word else r"\s?/\s?"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(_bounded, sorted(words, key=len, reverse=True))) or r"(?!)"


def _bounded(word: str) -> str:
    """Let no letter of its own script go on after a word, where scripts put blanks there."""
    escaped = re.escape(word).replace(r"\ ", r"\s")
    if re.search(r"[a-zà-ɏḀ-ỿ]\Z", word):
        return rf"{escaped}(?![a-zà-ɏḀ-ỿ])"
    return rf"{escaped}(?![ء-ي])" if re.search(r"[ء-ي]\Z", word) else escaped


def _unit(word: str, measure: str, profile: Profile) -> str | None:
    if not word or measure in {"S", "D", "G", "H", "M"}:
        return None  # 3D, 5G
    return lexicon(profile.language).units[re.sub(r"\s", " ", word)]


def _divisors(words: str, profile: Profile) -> frozenset[str]:
    units = lexicon(profile.language).units
    parts = re.split(_per(profile.language), words)
    return frozenset(units[re.sub(r"\s", " ", part)] for part in parts if part)


def _is_negative(words: str, profile: Profile) -> bool:
    """Whether a sign or a word before a figure puts it below zero; a dash after one is a range."""
    if re.search(r"(?:^|[^\w\s°℃℉%])\s*[-−–]\Z|[^\W\d]\s+[-−–]\Z", words):
        return True
    minus = lexicon(profile.language).minus
    return any(re.search(rf"(?<!al )(?<!au ){word}\s*\Z", words) for word in minus)


_PERCENT = re.compile(r"(?:[%٪]|百分之|ร้อยละ)\s?\Z")


def _unit_before(words: str) -> str | None:
    return "percent" if _PERCENT.search(words) else None


_SIGN = re.compile(r"([<≤⩽＜﹤]|[>≥⩾＞﹥])=?\s*\Z")


def _bound(words: str) -> str:
    sign = _SIGN.search(words)
    return ("<" if sign[1] in "<≤⩽＜﹤" else ">") if sign else ""


# --- numerals ---------------------------------------------------------------------------------


def read_words(text: str, profile: Profile) -> tuple[Quantity, ...]:
    """Find the quantities that are said in words, each with its whole numeral."""
    known = lexicon(profile.language)
    if not known.numerals:
        return ()
    plain = unadorned(text)
    words = folded(plain)
    taken = [(each.start, each.full_end) for each in read(text, profile)]
    found: list[Quantity] = []
    for run in _runs(words, profile.language):
        start, end = run[0].start("word"), run[-1].end()
        if any(first < end and start < last for first, last in taken):
            continue
        rest = _after(profile.language).match(words, end)
        unit = rest["unit"] or "" if rest and not rest["scale"] else ""
        measure = plain[end : rest.end()] if rest and unit else ""
        taken.append((start, end + len(measure)))
        quantity = Quantity(
            _numeral_value(run, profile.language),
            plain[start:end],
            measure=measure,
            unit=_unit(unit, measure, profile) or _unit_before(words[:start]),
            vague=not all(_word(each) in known.cardinals | known.scales.keys() for each in run),
            start=start,
        )
        found.append(quantity)
    return tuple(found)


_JOINERS = {"en": "and", "es": "y", "fr": "et", "ar": "و"}
_NEITHER = {"ห้า": "ม", "สาม": "ารถ", "เก้า": "อี้", "千": "[克米卡]"}
"""What must not follow a numeral, since it would be another word."""


@cache
def _numeral(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    words = sorted({*known.numerals, *known.scales}, key=len, reverse=True)
    any_ = "|".join(
        re.escape(word) + (f"(?!{_NEITHER[word]})" if word in _NEITHER else "") for word in words
    ).replace(r"\ ", r"\s")
    if language in {"th", "zh"}:
        return re.compile(rf"(?P<prefix>)(?P<word>{any_})")
    prefix = "[وف]?[بلك]?(?:ال)?" if language == "ar" else ""
    return re.compile(rf"(?<!\w)(?P<prefix>{prefix})(?P<word>{any_})(?!\w)")


def _runs(words: str, language: str) -> Iterable[list[re.Match[str]]]:
    """Put together the words that make one numeral."""
    run: list[re.Match[str]] = []
    for match in _numeral(language).finditer(words):
        if run and not _goes_on(run, match, language):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _goes_on(run: list[re.Match[str]], match: re.Match[str], language: str) -> bool:
    known = lexicon(language)
    between = match.string[run[-1].end() : match.start()]
    if not re.fullmatch(rf"[\s-]*(?:{_JOINERS.get(language, '')}\s)?\s*", between):
        return False
    word, last = _word(match), _word(run[-1])
    if any(each not in known.cardinals and each not in known.scales for each in (word, last)):
        return False
    if word in known.scales:
        return True
    if word in known.units:
        return False  # Vietnamese five is also a year
    value, place = known.numerals[word], _place(last, language)
    if language == "ar" and match["prefix"] == "و" and known.numerals.get(last, 0) < 10:  # noqa: PLR2004
        return value in range(20, 100, 10)
    return value < place and value > 0


def _word(match: re.Match[str]) -> str:
    return re.sub(r"\s", " ", match["word"])


def _place(word: str, language: str) -> int:
    """Say below what a number that follows a word adds to it."""
    known = lexicon(language)
    value = known.scales.get(word) or known.numerals[word]
    if language == "fr" and value in {60, 80}:
        return 20  # soixante-quinze
    round_ = str(value).rstrip("0")
    return int(str(value).replace(round_, "1", 1)) if value >= 20 else 0  # noqa: PLR2004


def _numeral_value(run: list[re.Match[str]], language: str) -> Decimal:
    known = lexicon(language)
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
