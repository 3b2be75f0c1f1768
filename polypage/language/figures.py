"""Figures in a text, whatever they measure: where they stand, and how much each is.

    >>> figure_of(profile("de")).findall("Bis zu 1.000,5 mg")
    ['1.000,5']
    >>> value_of("1.000,5", profile("de"))
    (Decimal('1000.5'), None)

Digits are European by now; which of two separators parts the fraction, the figure itself may
tell, or else the locale.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from polypage.language.lexicon import lexicon
from polypage.language.patterns import any_of
from polypage.language.texts import Text
from polypage.profiles import Profile

_SPACES = "\u00a0\u2009\u202f"


def figure_of(profile: Profile) -> re.Pattern[str]:
    """Find figures as a locale writes them."""
    # Where spaces part thousands, nobody can be held to use those that do not break.
    return _figure(f"{_SPACES} " if profile.group.isspace() else _SPACES)


@cache
def _figure(spaces: str) -> re.Pattern[str]:
    grouped = rf"\d{{1,3}}(?:[{spaces}]\d{{3}})+(?:[.,٫]\d+)?(?!\d)"  # 1 000 000,5
    other = r"(?:(?<![\w.,])[.,٫])?\d+(?:[.,٫٬،'·]\d+)*"  # .5  1.000,5  12.06.2026
    fraction = r"(?<![\w/.,])(?:\d+\s)?[1-9][/⁄][2-8](?![\w/]|[.,]\d)"  # 1 1/2
    parts = r"[2-9]\s?(?:分[の之]|분의)\s?[1-9](?!\d)"  # 3分の2
    return re.compile(
        rf"{parts}|(?:\d+[ \u00a0\u2009\u202f]?)?[½¼¾⅓⅔⅛]|{fraction}|{grouped}|{other}"
    )


def value_of(figure: str, profile: Profile) -> tuple[Decimal | None, Decimal | None]:
    """Read a figure as the locale does, and as others would; None if it is no one number."""
    if figure.isdecimal():  # as most are
        return Decimal(figure), None
    if fraction := _fraction(figure):
        return fraction, None
    groups = _NO_DIGIT.split(figure)
    separators = _NO_DIGIT.findall(figure)
    match separators:
        case [one]:
            return _with_one(one, groups, profile)
        case [*grouping, last] if last not in grouping and _are_grouped(groups[:-1], grouping):
            return Decimal("".join(groups[:-1]) + f".{groups[-1]}"), None
        case _ if _are_grouped(groups, separators):
            return Decimal("".join(groups)), None
    return None, None


_NO_DIGIT = re.compile(r"\D")


def _fraction(figure: str) -> Decimal | None:
    match = _FRACTION.fullmatch(figure)
    if not match:
        parts = _PARTS.fullmatch(figure)
        return Decimal(parts[2]) / Decimal(parts[1]) if parts else None
    above, below = (match[2], match[3]) if match[2] else _FRACTIONS[match[4]].split("/")
    return Decimal(match[1] or 0) + Decimal(above) / Decimal(below)


_FRACTION = re.compile(r"(?:(\d+)\s?)??(?:(\d)[/⁄](\d)|([½¼¾⅓⅔⅛]))")
_PARTS = re.compile(r"([2-9])\s?(?:分[の之]|분의)\s?([1-9])")
_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8"}


def _with_one(
    separator: str, groups: list[str], profile: Profile
) -> tuple[Decimal | None, Decimal | None]:
    """Tell thousands from fractions where there is one separator.

    The Arabic sign for thousands is no other: where it parts none, that is no one number.
    """
    fraction = Decimal(f"{groups[0] or 0}.{groups[1]}")
    if separator == "٫" or not _are_grouped(groups, [separator]):
        return (None if separator == "٬" else fraction), None
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
        and (all(len(group) == 3 for group in groups[1:]) or _are_lakhs(groups))  # noqa: PLR2004
    )


def _are_lakhs(groups: list[str]) -> bool:
    """Whether a figure is grouped as in India: 2,50,000."""
    lengths = [len(group) for group in groups]
    return lengths[-1] == 3 and lengths[0] <= 2 and set(lengths[1:-1]) == {2}  # noqa: PLR2004


# --- Roman numerals ---------------------------------------------------------------------------


class Roman(NamedTuple):
    """A Roman numeral that can be nothing else."""

    start: int
    written: str
    value: Decimal


def romans(text: Text) -> Iterator[Roman]:
    """Find the Roman numerals in a text."""
    found = (_roman(match, text) for match in ROMAN.finditer(text.plain))
    return (each for each in found if each)


ROMAN = re.compile(r"([IVX]{1,6}|[Ⅰ-Ⅻ])(?:er?\b|ème\b|(?![A-Za-zÀ-ɏ'’\d&]|\.\w))")
_WITHIN = re.compile(r"[A-Za-zÀ-ɏ.&'’\d]")
_CANONICAL = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})")


def _roman(match: re.Match[str], text: Text) -> Roman | None:
    numeral = unicodedata.normalize("NFKC", match[1])
    behind_letter = match.start() and _WITHIN.match(text.plain[match.start() - 1])
    if behind_letter or not _CANONICAL.fullmatch(numeral):
        return None
    # Alone it may be a pronoun, or stand for `intravenous`.
    if (len(numeral) == 1 or numeral == "IV") and not _is_labelled(match, text):
        return None
    return Roman(match.start(), match[1], worth(numeral))


def worth(numeral: str) -> Decimal:
    """Say how much a Roman numeral is."""
    return Decimal(sum(_worth(numeral, n) for n in range(len(numeral))))


def _worth(numeral: str, n: int) -> int:
    worths = {"I": 1, "V": 5, "X": 10}
    worth = worths[numeral[n]]
    return -worth if worth < worths.get(numeral[n + 1 : n + 2], 0) else worth


def _is_labelled(match: re.Match[str], text: Text) -> bool:
    if not text.known.roman:
        return False
    ahead, behind = _labels(text.known.language)
    start, end = match.span()
    return bool(
        ahead.search(text.words, max(start - _NEAR, 0), start) or behind.match(text.words, end)
    )


_NEAR = 24
"""How many letters before a numeral its label may begin."""


@cache
def _labels(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    label = any_of(lexicon(language).roman)
    return re.compile(rf"(?:{label})[\s-]?\Z"), re.compile(rf"[\s-]?(?:{label})")
