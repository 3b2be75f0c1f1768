"""A translation of one text, made to fit another that is like it.

    >>> fit_codes("Đọc <a2>bài</a2>.", old="Read <a2>this</a2>.", new="Read <a1>that</a1>.")
    'Đọc <a1>bài</a1>.'
    >>> fit_figures("Uống 5 mg.", old="Take 5 mg.", new="Take 10 mg.", spoken=en, written=vi)
    'Uống 10 mg.'

What comes out can be read against the new text. It is a suggestion: whether its words are right is
for a translator to see.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from polypage.catalogs.tags import FORMATTING, TAG, element_of, renamed
from polypage.language.quantities import Quantity, read
from polypage.language.texts import Text, places
from polypage.model import Content, Inline, Paired, Span, Standalone
from polypage.profiles import Profile
from polypage.reading.inline import from_msgstr

# --- codes ------------------------------------------------------------------------------------


def fit_codes(msgstr: str, *, old: str, new: str) -> str | None:
    """Give the codes of a translation of `old` the names they have in `new`; None if it lacks any.

    Codes of one element that are as many in both are the same, in their order. Formatting that
    the new text has not is taken off.
    """
    content = _codes_of(new)
    if content is None:
        return None
    names = _renamed(_codes(old), _codes(new))
    fitted = renamed(msgstr, names)
    reading = from_msgstr(fitted, content, preserve_space=True)
    return fitted if reading.content is not None and fitted.strip() else None


def content_of(msgid: str) -> Content | None:
    """Read a msgid as what it was written of; None where its pairs are not balanced."""
    codes = _codes_of(msgid)
    return from_msgstr(msgid, codes, preserve_space=True).content if codes else None


class _Code(NamedTuple):
    element: str
    name: str
    paired: bool


def _codes(msgid: str) -> list[_Code]:
    """Return the codes of a text, each name once, in their order."""
    tags = (tag for tag in TAG.finditer(msgid) if not tag[1])
    codes = (_Code(element_of(tag[2]), tag[2], paired=not tag[3]) for tag in tags)
    return list(dict.fromkeys(codes))


def _renamed(old: Sequence[_Code], new: Sequence[_Code]) -> dict[str, str | None]:
    """Say what becomes of each code's name; None if it goes."""
    names: dict[str, str | None] = {}
    for kind in dict.fromkeys((code.element, code.paired) for code in old):
        before, after = _of_kind(old, kind), _of_kind(new, kind)
        if len(before) == len(after):
            names |= zip(before, after, strict=True)
        else:
            element, paired = kind
            removable = paired and element in FORMATTING
            names |= {name: None for name in before if name not in after and removable}
    return names


def _of_kind(codes: Sequence[_Code], kind: tuple[str, bool]) -> list[str]:
    return [code.name for code in codes if (code.element, code.paired) == kind]


_NOWHERE = Span(0, 0)


def _codes_of(msgid: str) -> Content | None:
    """Read a msgid for its codes alone; None where pairs are not balanced."""
    here: list[Inline] = []
    around: list[tuple[str, list[Inline]]] = []
    end = 0
    for tag in TAG.finditer(msgid):
        here += filter(None, [msgid[end : tag.start()]])
        end = tag.end()
        close, name, alone = tag.groups()
        if alone:
            here.append(Standalone(name, _NOWHERE))
        elif not close:
            around.append((name, here))
            here = []
        elif around and around[-1][0] == name:
            pair = Paired(name, _NOWHERE, _NOWHERE, tuple(here))
            here = around.pop()[1]
            here.append(pair)
        else:
            return None
    return None if around else (*here, *filter(None, [msgid[end:]]))


# --- figures ----------------------------------------------------------------------------------


def fit_figures(
    msgstr: str, *, old: str, new: str, spoken: Profile, written: Profile
) -> str | None:
    """Put the figures of `new` for those of `old`, where these texts differ in nothing else.

    None where they differ in more, or where it is not certain which figure is which. The figures
    are written as the locale of the translation has them, in the digits that stood there.
    """
    before, after = _figures(old, spoken), _figures(new, spoken)
    if before is None or after is None or _frame(old, before) != _frame(new, after):
        return None
    changes = _changes(before, after)
    there = _figures(msgstr, written)
    if changes is None or there is None:
        return None
    fitted, end = "", 0
    for figure in there:
        replacement = changes.get(figure.value)
        if replacement is not None and replacement.value != figure.value:
            fitted += msgstr[end : figure.span.start] + _written_as(replacement, figure, written)
            end = figure.span.end
    fitted += msgstr[end:]
    now = _figures(fitted, written)
    return fitted if now is not None and _values(now) == _values(after) else None


class _Figure(NamedTuple):
    """A figure, and where it stands."""

    value: Decimal
    text: str
    span: Span


def _figures(msgid: str, profile: Profile) -> list[_Figure] | None:
    """Find the figures outside of codes; None where one of them is none that we can write."""
    if not unicodedata.is_normalized("NFC", msgid):
        return None  # what is found in it would stand elsewhere
    text = TAG.sub(lambda tag: " " * len(tag[0]), msgid)
    where, found = places(text), read(Text.of(text, profile))
    figures = [_figure(text, where, quantity) for quantity in found]
    return [each for each in figures if each] if all(figures) else None


def _figure(text: str, where: Sequence[int], quantity: Quantity) -> _Figure | None:
    span = Span(where[quantity.start], where[quantity.end - 1] + 1)
    written = text[span.start : span.end]
    digits = "".join(str(int(each)) for each in written if each.isdecimal())
    # Not so with a word for millions, a minus, a fraction, a zero before it.
    simple = _SIMPLE.fullmatch(written) and digits == str(quantity.value).replace(".", "")
    return _Figure(quantity.value, written, span) if simple else None


_SIMPLE = re.compile(r"\d+(?:[^\w\s/]?\d+|[\u00a0\u2009\u202f]\d+)*")


def _frame(text: str, figures: Sequence[_Figure]) -> str:
    """Return a text with its figures taken out."""
    parts = []
    end = 0
    for figure in figures:
        parts.append(text[end : figure.span.start])
        end = figure.span.end
    return "\0".join((*parts, text[end:]))


def _changes(before: Sequence[_Figure], after: Sequence[_Figure]) -> dict[Decimal, _Figure] | None:
    """Say what becomes of each figure; None where two that are the same become different ones."""
    changes: dict[Decimal, _Figure] = {}
    for old, new in zip(before, after, strict=True):
        if changes.setdefault(old.value, new).value != new.value:
            return None
    return changes


def _values(figures: Sequence[_Figure]) -> Counter[Decimal]:
    return Counter(figure.value for figure in figures)


def _written_as(new: _Figure, old: _Figure, profile: Profile) -> str:
    """Write a figure as its locale does, in the digits of the one whose place it takes."""
    whole, _, fraction = f"{new.value:f}".partition(".")
    if _is_grouped(new) or _is_grouped(old):
        whole = profile.group.join(_thousands(whole))
    text = f"{whole}{profile.decimal}{fraction}" if fraction else whole
    zero = ord(old.text[0]) - int(old.text[0])
    digits = "".join(chr(zero + int(each)) if each.isdecimal() else each for each in text)
    return digits.translate(_ARABIC) if zero in _ARABIC_ZEROS else digits


_ARABIC_ZEROS = {0x660, 0x6F0}
_ARABIC = str.maketrans({".": "٫", ",": "٬"})


def _is_grouped(figure: _Figure) -> bool:
    parts = re.split(r"\D", figure.text)
    return figure.value >= 1000 and len(parts) > 1 and all(len(part) == 3 for part in parts[1:])  # noqa: PLR2004


def _thousands(digits: str) -> Iterator[str]:
    first = len(digits) % 3 or 3
    yield digits[:first]
    yield from (digits[start : start + 3] for start in range(first, len(digits), 3))
