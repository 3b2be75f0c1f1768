"""How a language is written, where that can be seen from the outside: scripts, signs, blanks.

    >>> [each.message for each in ends("Did you sleep?", "As-tu dormi", profile("fr"))]
    ['the source ends with a question mark, the translation does not']

Each function takes a source text, its translation and the translation's profile, and yields a
remark for each thing that is not as the language has it. What the source has in the same way,
such as a name or an address, is no mistake of the translation.

The conventions are those of the Unicode Standard (chapters 6, 9 and 18), of CLDR's likely
subtags, and of the Imprimerie nationale's rules for French.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from polypage.checking.contacts import without
from polypage.checking.remarks import Remark, all_of
from polypage.language.texts import composed
from polypage.model import Span
from polypage.profiles import Profile

_EDGE = " \t\n\u00a0\u202f\u200b\u200e\u200f\u061c\u2069\"'”’»›)]}」』）】〉》"
"""What may stand behind the sign that ends a text."""

# --- the sign at the end ----------------------------------------------------------------------

_SIGNS = {
    **dict.fromkeys("?？؟\u037e", "question mark"),
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys(".。．｡।۔።។။!！", "full stop"),
}
_ELLIPSIS = ("..", "…", "⋯")
_NO_STOP = frozenset("th lo".split())
"""Languages that end a sentence with a blank."""
_NO_QUESTION_MARK = frozenset("th lo km my ja".split())
"""Languages that may ask with words alone."""


_SHORT = 4
"""Letters that an abbreviation has at most."""


def ends(source: str, target: str, profile: Profile) -> Iterator[Remark]:
    """Find a question, a list or a sentence that is none any more by its last sign."""
    meant, is_there = _sign(source), _sign(target, greek=profile.language == "el")
    if meant == is_there or "…" in (meant, is_there) or not target.strip():
        return
    if meant == "question mark" and profile.language in _NO_QUESTION_MARK:
        return
    if meant == "full stop" and (is_there == "question mark" or profile.language in _NO_STOP):
        return
    if meant == "full stop" and _is_abbreviated(source):
        return
    if meant:
        message = f"the source ends with a {meant}, the translation does not"
        yield Remark(message, _last(source), _last(target))
    elif not (_is_abbreviated(target) or _ends_without_stop(source, is_there)):
        message = f"the translation ends with a {is_there}, the source does not"
        yield Remark(message, target=_last(target))


def may_end_otherwise(source: str, target: str, profile: Profile) -> bool:
    """Whether the last characters leave it open that the texts end with other signs."""
    one, other = source[-1:], target[-1:]
    if one in _EDGE or other in _EDGE or profile.language == "el":
        return True
    return _SIGNS.get(one) != _SIGNS.get(other)


def _sign(text: str, *, greek: bool = False) -> str:
    """Name the sign that a text ends with; an ellipsis may stand for any."""
    end = text.rstrip(_EDGE)
    if end.endswith(_ELLIPSIS):
        return "…"
    if greek and end.endswith(";"):
        return "question mark"
    return _SIGNS.get(end[-1:], "")


def _last(text: str) -> tuple[Span, ...]:
    """Say where the last sign or letter stands."""
    end = len(text.rstrip(_EDGE))
    return (Span(end - 1, end),) if end else ()


def _ends_without_stop(source: str, sign: str) -> bool:
    """Whether a source is in Thai or Lao, whose sentences end with nothing."""
    return sign == "full stop" and "\u0e00" <= source.rstrip(_EDGE)[-1:] <= "\u0eff"


def _is_abbreviated(text: str) -> bool:
    """Say whether the full stop at the end may belong to an abbreviation."""
    word = text.rstrip(_EDGE).rstrip(".!").rsplit(maxsplit=1)[-1:]
    return not word or "." in word[0] or len(word[0]) <= _SHORT


# --- signs of other languages -----------------------------------------------------------------

_CJK = "\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f"
_FOREIGN = {
    "Arab": (re.compile(r"(?<=[\u0620-\u06ff])\s?([,;?])(?=\s|\Z|[\u0620-\u06ff])"), "،؛؟", ",;?"),
    "Hans": (re.compile(rf"(?<=[{_CJK}])([,;:!?.])(?=\s|\Z|[{_CJK}])"), "，；：！？。", ",;:!?."),
    "Jpan": (re.compile(rf"(?<=[{_CJK}])([,;.])(?=\s|\Z|[{_CJK}])"), "、；。", ",;."),
    "Grek": (re.compile(r"(?<=[\u0370-\u03ff\u1f00-\u1fff])(\?)(?=\s|\Z)"), ";", "?"),
}
_FOREIGN["Hant"] = _FOREIGN["Hans"]
FOREIGN_SIGNS = frozenset({*_FOREIGN, "Thai"})
"""Scripts with signs of their own."""
_FRENCH_SIGN = re.compile("[?!;:»«]")


def own_signs(profile: Profile) -> re.Pattern[str] | None:
    """Return what checks of a language's own signs are about; None where there are none."""
    if profile.language == "fr":
        return _FRENCH_SIGN
    if profile.language == "es":
        return _SPANISH_END
    if profile.script in _FOREIGN:
        return re.compile(f"[{re.escape(_FOREIGN[profile.script][2])}]")
    return _STOP if profile.script == "Thai" else None


_SPANISH_END, _STOP = re.compile("[?!]"), re.compile(r"\.")
_THAI_STOP = re.compile(r"[\u0e00-\u0e7f]{12}\.\Z")
"""What is too long for an abbreviation."""


def foreign(_source: str, target: str, profile: Profile) -> Iterator[Remark]:
    """Find signs that are those of other languages."""
    text = without(target)
    if profile.script == "Thai" and _THAI_STOP.search(text.rstrip(_EDGE)):
        yield Remark("Thai ends a sentence without a full stop", target=_last(target))
    if profile.script in _FOREIGN:
        pattern, own, others = _FOREIGN[profile.script]
        for sign in dict.fromkeys(pattern.findall(text)):
            message = f"{sign} should be {own[others.index(sign)]} here"
            yield Remark(message, target=_at(pattern, target, sign))


def _at(pattern: re.Pattern[str], text: str, sign: str) -> tuple[Span, ...]:
    """Say where a sign stands that a pattern finds as one of its groups."""
    found = (
        (match, group) for match in pattern.finditer(text) for group in range(1, pattern.groups + 1)
    )
    return tuple(Span(*match.span(group)) for match, group in found if match[group] == sign)


def opening(_source: str, target: str, profile: Profile) -> Iterator[Remark]:
    """Find Spanish questions and exclamations that are ended, but not begun."""
    if profile.language != "es":
        return
    text = without(target)
    for first, last in ("¿?", "¡!"):
        if text.count(last) > text.count(first) and (first not in text or last * 2 not in text):
            message = f"{first} is missing before what {last} ends"
            yield Remark(message, target=all_of(last, target))


# --- blanks -----------------------------------------------------------------------------------

_WIDE_SIGNS = r"[?!;»]|:(?!//|\d)"
_FRENCH_MISSING = re.compile(rf"[\w)»]({_WIDE_SIGNS})(?=[\s»).,]|\Z)|(«)\w")
_FRENCH_BREAKING = re.compile(rf"\w ({_WIDE_SIGNS})(?=[\s»).,]|\Z)|(«) \w")
_STRAY_BLANK = re.compile(r"\w[ \u00a0]([,.;:!?،؛؟])(?=\s|\Z)")
_STRAY_IN_FRENCH = re.compile(r"\w[ \u00a0]([,.])(?=\s|\Z)")
_NO_BLANK = re.compile(r"[^\W\d_]{2}([,;،؛])[^\W\d_]{2}")
_UNSPACED = frozenset("Hans Hant Jpan Thai Laoo Khmr Mymr Tibt".split())


def missing_spaces(_source: str, target: str, profile: Profile) -> Iterator[Remark]:
    """Find French signs without the blank that belongs before them, or behind an opening quote."""
    for sign in _french(_FRENCH_MISSING, target, profile):
        message = f"{sign} stands without its no-break space"
        yield Remark(message, target=_at(_FRENCH_MISSING, target, sign))


def breaking_spaces(_source: str, target: str, profile: Profile) -> Iterator[Remark]:
    """Find French signs that may begin a line, and opening quotes that may end one."""
    for sign in _french(_FRENCH_BREAKING, target, profile):
        message = f"a line may break at {sign}: the space there should be a no-break space"
        yield Remark(message, target=_at(_FRENCH_BREAKING, target, sign))


def _french(pattern: re.Pattern[str], target: str, profile: Profile) -> Iterator[str]:
    if profile.language != "fr":
        return
    found = (one or other for one, other in pattern.findall(without(target)))
    for sign in dict.fromkeys(found):
        # In Canada these signs follow at once.
        if not (profile.locale.startswith("fr_CA") and sign in "?!;"):
            yield sign


def stray_spaces(source: str, target: str, profile: Profile) -> Iterator[Remark]:
    """Find a blank before a sign that has none, and a sign with none behind it."""
    text = without(target)
    if _BLANK_AND_SIGN.search(text):
        stray = _STRAY_IN_FRENCH if profile.language == "fr" else _STRAY_BLANK
        for sign in dict.fromkeys(stray.findall(text)):
            if not stray.search(source):
                message = f"there is a space before {sign}"
                yield Remark(message, target=_at(stray, target, sign))
    if _SIGN_AND_LETTERS.search(text) and profile.script not in _UNSPACED:
        for sign in dict.fromkeys(_NO_BLANK.findall(text)):
            if not _NO_BLANK.search(source):
                message = f"there is no space behind {sign}"
                yield Remark(message, target=_at(_NO_BLANK, target, sign))


_BLANK_AND_SIGN = re.compile(r"[ \u00a0][,.;:!?،؛؟]")
_SIGN_AND_LETTERS = re.compile(r"[,;،؛][^\W\d_]{2}")
"""What is looked for first: patterns that begin with one of a few characters are much faster."""
STRAY = re.compile(rf"\A[,.;:!?،؛؟]|\u00a0[,.;:!?،؛؟]|{_NO_BLANK.pattern}")
"""What a word has, parted from others by blanks alone, if one of its signs is astray."""
STRAY_LETTER = re.compile("[,.;:!?،؛؟]")


# --- scripts ----------------------------------------------------------------------------------

_SCRIPTS = {
    "Arab": ("ARABIC",),
    "Armn": ("ARMENIAN",),
    "Beng": ("BENGALI",),
    "Cyrl": ("CYRILLIC",),
    "Deva": ("DEVANAGARI",),
    "Ethi": ("ETHIOPIC",),
    "Geor": ("GEORGIAN",),
    "Grek": ("GREEK",),
    "Gujr": ("GUJARATI",),
    "Guru": ("GURMUKHI",),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Hebr": ("HEBREW",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Khmr": ("KHMER",),
    "Knda": ("KANNADA",),
    "Kore": ("HANGUL", "CJK"),
    "Laoo": ("LAO",),
    "Latn": ("LATIN",),
    "Mlym": ("MALAYALAM",),
    "Mymr": ("MYANMAR",),
    "Sinh": ("SINHALA",),
    "Taml": ("TAMIL",),
    "Telu": ("TELUGU",),
    "Thai": ("THAI",),
}
"""How the names of a script's letters begin."""
_ENOUGH = 16
"""Letters from which on a text can be told to be in another script."""
_WORD = re.compile(r"\w+")
_SENTENCE = 3
"""Words that are no names and that make a sentence, or part of one."""


def wrong_script(source: str, target: str, profile: Profile) -> Iterator[Remark]:
    """Find a text that is hardly in the script of its language; names alone may be so."""
    names = letter_names(profile)
    if names is None or (target.isascii() and names == ("LATIN",)):
        return
    foreign = filter(_foreign(names).__getitem__, {*target})
    if sum(map(target.count, foreign)) * 4 <= _ENOUGH * 3:
        return  # so few are no three quarters of enough letters
    kept = set(_WORD.findall(source))
    words = (word for word in _WORD.findall(without(target)) if word not in kept)
    letters = list(filter(str.isalpha, "".join(words)))
    if len(letters) < _ENOUGH:
        return
    own = sum(_script(letter) in names for letter in letters)
    is_sentence = sum(word.islower() for word in source.split()) >= _SENTENCE
    if is_sentence and own * 4 < len(letters):
        yield Remark(f"hardly a letter is one of {profile.name}")


def letter_names(profile: Profile) -> tuple[str, ...] | None:
    """Return how the names of the letters begin that a language is written in, where we know."""
    return _SCRIPTS.get(profile.script)


def is_of_other(letter: str, names: tuple[str, ...]) -> bool:
    """Whether a character is a letter with another name than those of a script."""
    return _foreign(names)[letter]


class _Foreign(dict[str, bool]):
    """Whether the characters that were met are letters of another script."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names

    def __missing__(self, letter: str) -> bool:
        self[letter] = letter.isalpha() and _script(letter) not in self.names
        return self[letter]


_foreign = cache(_Foreign)


@lru_cache(4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0].split("-")[0]


_LOOKALIKES = "\u0400-\u052fΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
LOOKALIKE = re.compile(f"[{_LOOKALIKES}]")
_LATIN = re.compile("[A-Za-z]")
MIXED = re.compile(rf"\b(?=\w*[A-Za-z])(?=\w*[{_LOOKALIKES}])[^\W\d_]+")


def mixed_scripts(source: str, target: str, _profile: Profile) -> Iterator[Remark]:
    """Find words of Greek or Cyrillic letters with Latin ones that look the same among them."""
    if not (LOOKALIKE.search(target) and _LATIN.search(target)):
        return
    for word in dict.fromkeys(MIXED.findall(target)):
        if word not in source:
            kinds = sorted({_script(letter).capitalize() for letter in word})
            message = f"{word!r} has letters of several scripts: {', '.join(kinds)}"
            yield Remark(message, target=all_of([word], target))


_COMPOSED = frozenset("Latn Cyrl Grek Kore Jpan".split())
"""Scripts that are typed composed; others keep their marks in the order of typing."""


def is_typed_composed(profile: Profile) -> bool:
    """Whether a letter and its marks are to be one character."""
    return profile.script in _COMPOSED


def decomposed(_source: str, target: str, profile: Profile) -> Iterator[Remark]:
    """Find letters whose marks are characters of their own (Unicode Standard Annex 15, NFC)."""
    if is_typed_composed(profile) and composed(target) != target:
        clusters = re.findall(r"\w[\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]+", target)
        for each in dict.fromkeys(clusters):
            whole = composed(each)
            if whole != each:
                message = f"{whole!r} is written in {len(each)} characters: search will not find it"
                yield Remark(message, target=all_of([each], target))


# --- words ------------------------------------------------------------------------------------

_TWICE = re.compile(r"\b(\w)(\w++)[ \u00a0](?i:\1)\2\b")
_MAY_BE_TWICE = {
    "de": "der die das den dem sie",
    "en": "had that is",
    "es": "",
    "fr": "nous vous",
    "it": "via man piano così poco ben quasi",
    "nl": "dat die",
    "pt": "",
}
"""Languages in which a word twice in a row is a slip, and the words that may be so all the same."""
DOUBLING = frozenset(_MAY_BE_TWICE)


def doubled_words(source: str, target: str, profile: Profile) -> Iterator[Remark]:
    """Find words that stand twice in a row."""
    may_be = _MAY_BE_TWICE.get(profile.language)
    if may_be is None or not _TWICE.search(target) or _TWICE.search(source):
        return
    for match in _TWICE.finditer(target):
        word = match[1] + match[2]
        if word.isalpha() and word.lower() not in may_be.split():
            yield Remark(f"{word!r} is there twice", target=(Span(*match.span()),))
