"""Values that stand alone on a page and that each language writes in its own way.

    localized("1,234.5", "en", "vi")                 "1.234,5"
    dated("March 4, 2026", "2026-03-04", "en")       Dated("2026-03-04", "long")
    written(Dated("2026-03-04", "long"), "vi")       "4 tháng 3, 2026"

What is not beyond doubt stays as it is: a number is written anew only if it is read back as the
same number, and a date only if its text says nothing but what its `datetime` says. A sign, a
fraction such as 1/2, zeros in front, more digits than anybody reads: these are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from polypage.language.quantities import Quantity, read
from polypage.language.texts import Text
from polypage.profiles import Profile, profile, written_date, written_number

_FIGURE = r"\d(?:[\d.,٫٬'’\s]*\d)?"
_NUMBER = re.compile(rf"[%٪]\s?{_FIGURE}|{_FIGURE}(?:\s?[%٪])?")
_DIRECTIONS = re.compile("[\u200e\u200f\u061c]")
"""Marks that CLDR puts beside the signs of scripts from right to left."""
_MOST_DIGITS = 15
_DATE = re.compile(r"([1-9]\d{3})-(\d\d)(?:-(\d\d))?(?:[T ].*)?")
"""What begins with a date, of those that HTML knows (§2.3.5)."""
_SAME_EVERYWHERE = re.compile(r"\d{4}-\d\d-\d\d")
"""A date as ISO 8601 has it, which nobody takes for another."""


def localized(text: str, source_tag: str, tag: str) -> str | None:
    """Write a number or percentage for a language; None if it stays as it is."""
    quantity = _number(text, profile(source_tag))
    if quantity is None:
        return None
    whole, fraction = _digits(quantity)
    is_percent = quantity.unit == "percent"
    anew = written_number(
        quantity.value,
        tag,
        decimals=len(fraction),
        grouped=len(whole) > 1,
        percent=is_percent,
    )
    again = _number(anew, profile(tag))
    is_same = again is not None and (again.value, again.unit) == (quantity.value, quantity.unit)
    return anew if is_same else None


def is_number(text: str, source_tag: str) -> bool:
    """Say whether a text is nothing but a number or a percentage."""
    return _number(text, profile(source_tag)) is not None


def _number(text: str, own: Profile) -> Quantity | None:
    """Read a text that is one number, with or without a percent sign."""
    text = _DIRECTIONS.sub("", text).strip()
    if not _NUMBER.fullmatch(text):
        return None
    found = read(Text.of(text, own))
    if len(found) != 1 or found[0].unit not in (None, "percent"):
        return None
    (quantity,) = found
    groups = re.findall(r"\d+", quantity.figure)
    written = sum(map(str.isdecimal, text))
    is_whole = sum(map(len, groups)) == written <= _MOST_DIGITS
    is_padded = groups[0].startswith("0") and len(groups[0]) > 1
    return quantity if is_whole and not is_padded else None


def _digits(quantity: Quantity) -> tuple[list[str], str]:
    """Return the groups of a figure's whole part, and its fraction."""
    groups = re.findall(r"\d+", quantity.figure)
    exponent = quantity.value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < 0:
        return groups[:-1], groups[-1]
    return groups, ""


# --- dates ------------------------------------------------------------------------------------


class Dated(NamedTuple):
    """A date, and how it is written: in a length of CLDR's, or with the parts of a skeleton."""

    day: str
    """`2026-03-04`, or `2026-03` where no day is named."""
    form: str
    """`long`, `yMMMM`."""


_FORMS = ("full", "long", "medium", "yMd", "MMMMd", "MMMd", "yMMMM", "yMMM")
_WITHOUT_DAY = ("yMMMM", "yMMM")


def dated(text: str, datetime: str, source_tag: str) -> Dated | None:
    """Read the date of a `time` element; None if the text says anything else, or less than a month.

    A time of day depends on where its reader is, so a text that has one is left to translators.
    """
    match = _DATE.fullmatch(datetime.strip())
    if match is None or _SAME_EVERYWHERE.fullmatch(text.strip()):
        return None
    year, month, day = match.groups()
    try:
        moment = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    said = Counter(_parts(text))
    for form in _FORMS if day else _WITHOUT_DAY:
        written_so = written_date(moment, source_tag, form)
        if written_so is not None and Counter(_parts(written_so)) == said:
            return Dated(f"{year}-{month}-{day}" if day else f"{year}-{month}", form)
    return None


def written(value: Dated, tag: str) -> str | None:
    """Write a date for a language; None if the language has no such form."""
    return written_date(date.fromisoformat(f"{value.day}-01"[:10]), tag, value.form)


_PART = re.compile(r"\d+|[^\W\d_]+")


def _parts(text: str) -> Iterator[str]:
    """Yield the words and numbers of a date, however they are ordered, abbreviated and parted."""
    for match in _PART.finditer(unicodedata.normalize("NFKC", text).casefold()):
        part = match[0]
        yield str(int(part)) if part.isdecimal() and len(part) <= _MOST_DIGITS else part
