"""Translations that nobody had to make: pseudo-locales, which show what a translation would meet.

    Take <b>5 mg</b> of {name} daily.
    en_XA   ⟦Ţååķééé <b>5 ḿĝ</b> öööƒ {name} ðåååîîîļýýý.⟧
    ar_XB   each word written from right to left, on a page that runs from right to left

On a page in `en_XA` a plain letter is a text that was not extracted, a missing bracket one that is
cut off, and what is too long for its place breaks there. `ar_XB` shows what forgets about
direction, in words that can still be read.

Inline codes stay where they are, and so does whatever is no word: variables of templates, formats,
addresses, tags and references written as text. What is written depends on the words alone: the same
words are the same in a heading and in the link that repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from polypage.model import Content, Inline, Standalone
from polypage.reading.inline import Close, Open, steps


def pseudo(content: Content, locale: str) -> Content:
    """Translate a content into a pseudo-locale."""
    return _rewritten(content, _WRITERS[locale])


def overwritten(content: Content, marker: str) -> Content:
    """Put a marker in the place of every sign that is no white space."""
    return _rewritten(content, lambda text: [sign if sign.isspace() else marker for sign in text])


_CODE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a standalone code where texts are looked at as one."""


def _rewritten(content: Content, write: Callable[[str], list[str]]) -> Content:
    """Rewrite all text of a content at once; `write` gives for each character what stands for it."""
    way = tuple(steps(content))
    pieces = (_CODE if isinstance(step, Standalone) else step for step in way)
    written = iter(write("".join(piece for piece in pieces if isinstance(piece, str))))
    around: list[list[Inline]] = []
    here: list[Inline] = []
    for step in way:
        match step:
            case str():
                here.append("".join(next(written) for _ in step))
            case Standalone():
                next(written)
                here.append(step)
            case Open():
                around.append(here)
                here = []
            case Close(code):
                pair = code._replace(children=tuple(here))
                here = around.pop()
                here.append(pair)
    return tuple(here)


_KEPT = re.compile(
    rf"""
      \{{\{{.*?\}}\}} | \{{%.*?%\}} | <%.*?%> | [$%\#]?\{{[\w.:!\[\]-]*\}}            # templates
    | %(?:\(\w+\)|\d+\$)?[-+0\#]*(?:\d+|\*)?(?:\.\d+)?[a-zA-Z](?![a-zA-Z])            # formats
    | </?[a-zA-Z][^<>{_CODE}]*> | <!--.*?--> | &(?:\w+|\#\w+);                        # HTML as text
    | [a-zA-Z][a-zA-Z0-9+.-]*://[^\s<>{_CODE}]+ | www\.[^\s<>{_CODE}]+                # addresses
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    """,
    re.VERBOSE | re.DOTALL,
)
"""What is no word, though it has letters."""


def _words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text, but for those that are kept."""
    for match in _WORD_OR_KEPT.finditer(text):
        if match["word"]:
            yield match


_WORD_OR_KEPT = re.compile(rf"(?:{_KEPT.pattern})|(?P<word>[^\W\d_]+)", _KEPT.flags)


# --- en_XA ------------------------------------------------------------------------------------

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "åƀçðéƒĝĥîĵķļḿñöþɋŕšţûṽŵẋýžÅɃÇÐÉƑĜĤÎĴĶĻḾÑÖÞɊŔŠŢÛṼŴẊÝŽ"
_ACCENTS = dict(zip(_PLAIN, _ACCENTED, strict=True))
_VOWELS = frozenset("aeiouyAEIOUY")
_SHORT = 10
"""Up to so many letters a text doubles; of those beyond, it grows by a share."""
_GROWTH = 0.3


def _accented(text: str) -> list[str]:
    """Write letters with accents, draw out vowels, and put brackets around the text."""
    written = list(text)
    letters = [place for word in _words(text) for place in range(*word.span())]
    for place in letters:
        written[place] = _ACCENTS.get(text[place], text[place])
    long = [place for place in letters if text[place] in _VOWELS] or letters
    for place, times in zip(long, _spread(_growth(len(letters)), len(long)), strict=True):
        written[place] += written[place].lower() * times
    # Where the text begins and ends, be it in a code: the page may have no room for text beside it.
    visible = [place for place, sign in enumerate(text) if sign not in _UNBRACKETED]
    if visible:
        written[visible[0]] = f"⟦{written[visible[0]]}"
        written[visible[-1]] = f"{written[visible[-1]]}⟧"
    return written


_UNBRACKETED = frozenset((*"\t\n\f\r ", _CODE))


def _growth(letters: int) -> int:
    """Say by how many letters a text of so many grows, as short ones grow most in translations."""
    return round(min(letters, _SHORT) + _GROWTH * max(0, letters - _SHORT))


def _spread(count: int, places: int) -> Iterator[int]:
    """Divide a number evenly over places."""
    for place in range(places):
        yield (place + 1) * count // places - place * count // places


# --- ar_XB ------------------------------------------------------------------------------------

_BEGIN = "\N{RIGHT-TO-LEFT MARK}\N{RIGHT-TO-LEFT OVERRIDE}"
_END = "\N{POP DIRECTIONAL FORMATTING}\N{RIGHT-TO-LEFT MARK}"


def _overridden(text: str) -> list[str]:
    """Have each word run from right to left."""
    written = list(text)
    for word in _words(text):
        written[word.start()] = f"{_BEGIN}{written[word.start()]}"
        written[word.end() - 1] = f"{written[word.end() - 1]}{_END}"
    return written


_WRITERS: dict[str, Callable[[str], list[str]]] = {"en_XA": _accented, "ar_XB": _overridden}
