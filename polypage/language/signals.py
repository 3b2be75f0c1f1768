"""What a text may have for checks to look at, told by one look at each of its words.

    >>> sorted(signals("Take one tablet", profile("en")))
    ['ones', 'rates']
    >>> signals("see your doctor", profile("en"))
    frozenset()

Most words are none that checks know, and most texts are made of words that were met before. What
a word may be is remembered; what is not signalled is not there, so nobody need look for it. The
contrary does not hold: `no more than` denies nothing, but signals a denial.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import filterfalse
from typing import Literal, TypeAlias

from polypage.language.dates import months_of, weekdays_of
from polypage.language.figures import ROMAN
from polypage.language.lexicon import COMPARISONS, Lexicon, lexicon
from polypage.language.patterns import any_of, folded, hung_on
from polypage.language.texts import composed, unadorned
from polypage.language.times import phrases_of_clocks, words_of_clocks
from polypage.profiles import Profile

Signal: TypeAlias = Literal[
    "denials",
    "comparisons",
    "numerals",
    "ones",
    "rates",
    "ranks",
    "meals",
    "months",
    "weekdays",
    "clocks",
    "hours",
    "figures",
    "addresses",
    "adorned",
]
Tell: TypeAlias = Callable[[str], Iterable[str]]
"""Says what a piece of a text may be; of what is none of it, it says nothing."""


def signals(text: str, profile: Profile) -> frozenset[str]:
    """Say which kinds of words a text may have, and whether it has figures or addresses."""
    return told(text, _met(profile.locale))


def told(text: str, met: Met) -> frozenset[str]:
    """Say what the pieces of a text tell."""
    if not met.letters:
        return _all_of(text.split(" "), met)
    whole = composed(text)
    found = _all_of({*whole}, met)
    return found if whole == text else found | met[text]


def _all_of(pieces: Iterable[str], met: Met) -> frozenset[str]:
    telling = [*filterfalse(met.silent.__contains__, pieces)]  # sooner done than a set of them
    return _NOTHING.union(*map(met.__getitem__, telling)) if telling else _NOTHING


_NOTHING: frozenset[str] = frozenset()


class Met(dict[str, frozenset[str]]):
    """What the pieces tell that were met: words, or letters where words are not parted."""

    def __init__(self, *tells: Tell, letters: bool) -> None:
        super().__init__()
        self.letters = letters
        self.silent: set[str] = set()
        """Those that tell nothing, as most; all of a text's at once are taken out of it."""
        self._tells = tells
        self._same: dict[frozenset[str], frozenset[str]] = {}

    def __missing__(self, piece: str) -> frozenset[str]:
        found = frozenset(kind for tell in self._tells for kind in tell(piece))
        if len(piece) <= _LONGEST:
            self._remember(piece, found)
        return found

    def _remember(self, piece: str, found: frozenset[str]) -> None:
        if len(self) + len(self.silent) >= _MOST:
            self.clear()
            self.silent.clear()
        if found:
            self[piece] = self._same.setdefault(found, found)
        else:
            self.silent.add(piece)


_MOST = 20_000
"""How many words of a language are remembered."""
_LONGEST = 40
"""Letters of the longest word that is likely to be met again."""


@cache
def _met(locale: str) -> Met:
    known = lexicon(locale.partition("_")[0])
    return Met(teller(locale), letters=known.unspaced)


def teller(locale: str) -> Tell:
    """Return what tells of a piece which signals it gives."""
    known = lexicon(locale.partition("_")[0])
    make = _letters_of if known.unspaced else _words_of
    patterns = {kind: make([*_known(kind, known, locale)], known) for kind in _KINDS}
    clocks = words_of_clocks(locale)
    patterns["clocks"] = _letters_of(clocks, known) if known.unspaced else _bounded(clocks)
    patterns["hours"] = make([*phrases_of_clocks(locale)], known)
    roman = _ROMAN_LETTER if known.unspaced else ROMAN
    address = _ADDRESS_LETTER if known.unspaced else SIGN_OF_ADDRESS

    def tell(piece: str) -> Iterator[str]:
        plain = unadorned(piece)
        words = folded(plain)
        if plain != piece:
            yield "adorned"
        if _DIGIT.search(plain) or roman.search(plain):
            yield "figures"
        if address.search(piece):
            yield "addresses"
        yield from (kind for kind, pattern in patterns.items() if pattern.search(words))

    return tell


_DIGIT = re.compile("[0-9½¼¾⅓⅔⅛]")
_ROMAN_LETTER = re.compile("[IVXⅠ-Ⅻ]")
DOMAINS = "com|org|net|gov|edu|info|int|example"
"""What the name of a host ends with, where neither `www` nor a scheme begins it."""
SIGN_OF_ADDRESS = re.compile(
    rf"[.@:](?:(?<=@)\w|(?<=:)//|(?<=www\.)|(?<=\.)(?:{DOMAINS}))", re.IGNORECASE
)
"""What every web or e-mail address has."""
_ADDRESS_LETTER = re.compile("[.@:]")

# --- the words of a language ------------------------------------------------------------------

_KINDS: tuple[Signal, ...] = (
    "denials",
    "comparisons",
    "numerals",
    "ones",
    "rates",
    "ranks",
    "meals",
    "months",
    "weekdays",
)


def _known(kind: Signal, known: Lexicon, locale: str) -> Iterable[str]:
    """Return all words of a kind; a hyphen stands for the rest of a word."""
    match kind:
        case "denials":
            return _cues(known, frozenset({"negations", "opposites"}))
        case "comparisons":
            return _cues(known, COMPARISONS)
        case "numerals":
            others = (word for word, value in known.numerals.items() if value != 1)
            parts = (*known.half, *known.quarter, *known.third)
            halves = (*known.and_half, *known.half_ahead, *known.mixed)
            return (
                *others,
                *known.scales,
                *parts,
                *halves,
                *known.fortnight,
                *known.spans,
                *known.two,
            )
        case "ones":
            return (word for word, value in known.numerals.items() if value == 1)
        case "rates" | "ranks" | "meals":
            return {
                "rates": (*known.often, *known.doses, *known.two),
                "ranks": known.ranks,
                "meals": known.fasting | known.fed,
            }[kind]
        case _:
            return weekdays_of(locale) if kind == "weekdays" else months_of(locale)


def _cues(known: Lexicon, kinds: frozenset[str]) -> Iterator[str]:
    tables: tuple[tuple[str, Mapping[str, frozenset[str]]], ...] = (
        ("{}", known.cues),
        ("{}-", known.stems),
        ("-{}", known.endings),
    )
    for written, cues in tables:
        yield from (written.format(word) for word, names in cues.items() if names & kinds)


def _letters_of(words: Iterable[str], _known: Lexicon) -> re.Pattern[str]:
    """Make the pattern of the first letters, for languages without blanks."""
    return re.compile(any_of(word.lstrip("0123456789")[0] for word in words))


def _words_of(words: Iterable[str], known: Lexicon) -> re.Pattern[str]:
    """Make the pattern of a word that something known has in it."""
    telling = {_telling(word) for word in words}
    endings = any_of({word[1:] for word in telling if word.startswith("-")})
    stems = {word[:-1] for word in telling if word.endswith("-")}
    whole = any_of(
        {word for word in telling if "-" not in (word[0], word[-1])}, r"(?:(?<=')|(?!\w))"
    )
    signs = any_of({word for word in telling if not (word[0].isalnum() or word[0] == "-")})
    hung = hung_on(known.language)
    return re.compile(rf"(?<![^\W\d]){hung}(?:{whole}|{any_of(stems)})|{signs}|{endings}")


def _bounded(words: Iterable[str]) -> re.Pattern[str]:
    """Make the pattern of words that may stand at once beside anything but letters like theirs."""
    by_bounds: dict[tuple[str, str], list[str]] = {}
    for word in map(_telling, words):
        begin = rf"(?<!{_LATIN})" if re.match(_LATIN, word) else ""
        end = rf"(?!{_LATIN})" if re.search(rf"{_LATIN}\Z", word) else ""
        by_bounds.setdefault((begin, end), []).append(word)
    groups = (f"{begin}{any_of(group)}{end}" for (begin, end), group in by_bounds.items())
    return re.compile("|".join(groups) or r"(?!)")


_LATIN = "[a-zà-ɏḀ-ỿ]"


def _telling(words: str) -> str:
    """Return the longest of some words, which tells best of them all: `least` of `at least`."""
    return max(words.split(" "), key=len)
