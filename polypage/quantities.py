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
    bound: str = ""
    """`<` or `>` where a sign says that it is one."""
    afternoon: bool = False
    """An hour that others may count from midnight."""
    bare: bool = False
    """Nothing follows that could be a unit."""
    start: int = 0
    """Where the figure begins; counted in a text without ornaments, good for comparing only."""

    def __str__(self) -> str:
        sign = f"{self.bound} " if self.bound else ""
        return f"{sign}{self.figure}{self.measure}"

    @property
    def end(self) -> int:
        """Where the figure itself ends."""
        return self.start + len(self.figure)

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
    plain = _plain(text)
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
    return re.compile(rf"{grouped}|{other}")


_FRACTIONS = str.maketrans({"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"})


def _plain(text: str) -> str:
    """Write all digits the European way, and each ornament as the letter it adorns."""
    text = text.translate(_FRACTIONS).replace("İ", "I")
    if not text.isascii():
        text = "".join(map(_digit, _BARE.sub("", text)))
    return text


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
    value, misread = _values(figure, profile)
    rest = _after(profile.language).match(words, match.end())
    assert rest  # noqa: S101 - all of it is optional
    is_minute = words.endswith(":", 0, match.start())
    unit, scale = "" if is_minute else rest["unit"] or "", rest["scale"] or ""
    measure = plain[match.end() : rest.end()].rstrip() if unit or scale else ""
    times = lexicon(profile.language).scales.get(scale, 1)
    quantity = Quantity(
        value=(value or Decimal(0)) * times,
        figure=figure,
        measure=measure,
        unit=_unit(unit, measure, profile) or _unit_before(words[: match.start()]),
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
    return re.compile(rf"(?:\s?(?P<scale>{scale}))?(?:[\s-]?\s?(?P<unit>{unit}))?")


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


_PERCENT = re.compile(r"(?:[%٪]|百分之|ร้อยละ)\s?\Z")


def _unit_before(words: str) -> str | None:
    return "percent" if _PERCENT.search(words) else None


_SIGN = re.compile(r"([<≤⩽＜﹤]|[>≥⩾＞﹥])=?\s*\Z")


def _bound(words: str) -> str:
    sign = _SIGN.search(words)
    return ("<" if sign[1] in "<≤⩽＜﹤" else ">") if sign else ""
