r"""Characters that nobody meant to write: controls, replacements, what has no width.

    >>> [each.message for each in overrides("Dr. Lee", "\u202eeeL .rD\u202c", profile("ar"))]
    ['U+202E RIGHT-TO-LEFT OVERRIDE turns the order of letters round']

The functions are like those of `polypage.checking.typography`: a source text, its translation and the
translation's profile go in, a remark for each thing found comes out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from polypage.checking.remarks import Remark, all_of
from polypage.profiles import Profile


def is_visible(text: str) -> bool:
    """Whether there is anything but blanks and what has no width."""
    return text[:1].isalnum() or any(
        not c.isspace() and unicodedata.category(c) != "Cf" for c in text
    )


_OPENING = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
"""Embeddings and isolates, and what ends them (Unicode Standard Annex 9)."""


def unpaired_controls(_source: str, target: str, _profile: Profile) -> Iterator[Remark]:
    """Find controls of direction that are not ended, and ends of none."""
    controls = re.findall("[\u202a-\u202e\u2066-\u2069]", target)
    places = {letter: all_of(letter, target) for letter in {*controls}}
    open_: list[str] = []
    for letter in controls:
        if letter in _OPENING:
            open_.append(letter)
        elif not (open_ and _OPENING[open_.pop()] == letter):
            yield Remark(f"{_named(letter)} ends nothing", target=places[letter])
    for letter in open_:
        message = f"{_named(letter)} has no {_named(_OPENING[letter])}"
        yield Remark(message, target=places[letter])


def overrides(source: str, target: str, _profile: Profile) -> Iterator[Remark]:
    """Find controls that make text read other than it is stored."""
    for letter in _new(source, target, "\u202d\u202e"):
        message = f"{_named(letter)} turns the order of letters round"
        yield Remark(message, target=all_of(letter, target))


def replacements(source: str, target: str, _profile: Profile) -> Iterator[Remark]:
    """Find the sign that stands for a character that was lost."""
    if _new(source, target, "\ufffd"):
        message = "a character is lost: U+FFFD stands in its place"
        yield Remark(message, target=all_of("\ufffd", target))


_TRAILING = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")
_GARBLED = re.compile(f"[\u00c2-\u00f4][{re.escape(_TRAILING)}]")
"""What a letter beyond ASCII begins with, if it was in UTF-8."""
MAY_BE_GARBLED = re.compile(rf"{_GARBLED.pattern}|\A[\u00c2-\u00f4]\Z")
"""The same in a word; of a lone letter nobody knows what is behind it."""


def garbled(source: str, target: str, _profile: Profile) -> Iterator[Remark]:
    """Find UTF-8 that was read as Windows-1252."""
    if not _GARBLED.search(target):
        return
    runs = re.findall("[\u0080-\u024f\u02c6\u02dc\u2013-\u2122]{2,}", target)
    for run in dict.fromkeys(runs):
        try:
            meant = run.encode("cp1252").decode()
        except UnicodeError:
            continue
        if run not in source:
            message = f"{run!r} seems to be {meant!r} in the wrong encoding"
            yield Remark(message, target=all_of([run], target))


_JOINING = frozenset("fa ar ur ps ckb ug sd he hi bn mr ne gu pa ta te kn ml si my km lo".split())
"""Languages whose spelling or display needs characters without width."""
_UNSPACED = frozenset("th lo km my ja zh bo".split())
"""Languages where a zero-width space says where a line may end."""


def invisible(source: str, target: str, profile: Profile) -> Iterator[Remark]:
    """Find characters that nobody sees, and that the language has no use for."""
    for letter in sorted(set(target) - set(source)):
        if _is_invisible(letter) and not _is_of_use(letter, target, profile):
            yield Remark(f"{_named(letter)} cannot be seen", target=all_of(letter, target))


def _is_invisible(letter: str) -> bool:
    if letter in "\n\t\r":
        return False
    return unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cn", "Cs"} or letter in _FILLERS


_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2028\u2029"


def has_odd(text: str) -> bool:
    """Whether a text has characters that checks are about, of use or not."""
    if text.isascii() and text.isprintable():
        return False
    return "\ufffd" in text or any(map(_is_invisible, text))


def _is_of_use(letter: str, target: str, profile: Profile) -> bool:
    """Whether typography, or another check, knows what to do with it."""
    if letter in "\u00ad\u2060" or letter in _OPENING or letter in _OPENING.values():
        return True
    if letter == "\u200b":
        return profile.language in _UNSPACED
    if letter in "\u200c\u200d":
        return profile.language in _JOINING or bool(_EMOJI.search(target))
    return letter in "\u200e\u200f\u061c"


_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
"""Their parts are held together by a character without width."""


def _new(source: str, target: str, letters: str) -> list[str]:
    return [c for c in letters if c in target and c not in source]


def _named(letter: str) -> str:
    return f"U+{ord(letter):04X} {unicodedata.name(letter, 'no character')}"
