"""What a text has that is the same in every language: addresses, figures, names, its place.

    landmarks(article, profile("vi"))[3]

A page and its translation lead to the same addresses, show the same images, name the same doses
and products; by these the texts of the one are found in the other.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polypage.html.markup import Comment, StartTag, Text, Token, tokenize
from polypage.language import quantities, texts
from polypage.model import Article, Content, Segment, Standalone, Syntax
from polypage.profiles import Profile
from polypage.reading.inline import Open, plain_text, steps

_ADDRESSES = ("href", "src", "data", "poster", "srcset")
_ALIKE = {"strong": "b", "em": "i", "del": "s", "strike": "s", "font": "span", "acronym": "abbr"}
"""Elements that one page has where another has its like."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{3,}")
_ASKS = ("?", "？", "؟", "\u037e")
_SIGNS = (r"[.!?。！？؟…।]+(?=\s|\Z|[\"'”’»)])|[。！？]", "[:：]", "[(（]", "[;；؛]", r"\d")
"""What divides a text, in any script: its sentences, what is announced, what stands in brackets."""
_SYMBOLS = frozenset({"Pc", "Sk", "Sm", "So"})
_OF_FIGURES = frozenset("<>≤≥±+=−×÷°")
"""They may be said in words."""
_FILE = re.compile(r"([^/?#]*)/?(?:index\.\w+)?(?:\?[^#]*)?(?:#.*)?\Z")


@dataclass(frozen=True, slots=True)
class Landmarks:
    """A text and what it can be told by."""

    segment: Segment
    text: str
    codes: Counter[str]
    """Inline codes by element and where they lead: `a dose`, `b`."""
    around: frozenset[str]
    """Where the tags around it lead, and their ids: `a dose`, `#side-effects`."""
    classes: frozenset[str]
    """Of these tags."""
    figures: Counter[str]
    names: frozenset[str]
    """Words in Latin letters: names stay as they are in most languages."""
    asks: bool
    shape: tuple[int, ...]
    """How many signs of each kind it has."""
    symbols: frozenset[str]
    """Signs that belong to no language: `_`, `©`."""

    @property
    def length(self) -> int:
        return len(self.text)


def landmarks(article: Article, written: Profile) -> tuple[Landmarks, ...]:
    """Return what each segment of an article can be told by, in order."""
    tokens = tokenize(article.skeleton.text)
    starts = [token.start for token in tokens]
    found = []
    for segment in article.segments:
        text = plain_text(segment.content, code=" ")
        place = bisect_right(starts, segment.span.start) - 1
        tags = tuple(_tags_around(segment, tokens, place, article.skeleton.text))
        figures = (
            str(each.value.normalize()) for each in quantities.read(texts.Text.of(text, written))
        )
        found.append(
            Landmarks(
                segment,
                text,
                Counter(code_landmark(code, article) for code in codes(segment.content)),
                frozenset(each for tag in tags for each in _of_tag(tag)),
                frozenset(each for tag in tags for each in _classes(tag)),
                Counter(figures),
                frozenset(name.casefold() for name in _NAME.findall(text)),
                text.rstrip(" \"'’”»)」』").endswith(_ASKS),
                tuple(len(re.findall(signs, text)) for signs in _SIGNS),
                frozenset(filter(_is_symbol, text)),
            )
        )
    return tuple(found)


def codes(content: Content) -> Iterator[Open | Standalone]:
    """Yield the inline codes of a content, pairs where they begin."""
    for step in steps(content):
        if isinstance(step, Open | Standalone):
            yield step


def code_landmark(code: Open | Standalone, article: Article) -> str:
    """Name a code by its element and where it leads."""
    span = code.code.open if isinstance(code, Open) else code.span
    name = (code.code.name if isinstance(code, Open) else code.name).rstrip("0123456789")
    first = next(iter(tokenize(article.skeleton.text[span.start : span.end])), None)
    address = _address(first) if isinstance(first, StartTag) else ""
    return f"{_ALIKE.get(name, name)} {address}".strip()


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character) in _SYMBOLS and character not in _OF_FIGURES


def _tags_around(
    segment: Segment, tokens: Sequence[Token], place: int, page: str
) -> Iterator[StartTag]:
    """Yield the start tag that an attribute is in, or those that directly precede a text."""
    token = tokens[place] if 0 <= place < len(tokens) else None
    if segment.syntax is Syntax.ATTRIBUTE:
        if isinstance(token, StartTag):
            yield token
        return
    if token is not None and token.start >= segment.span.start:
        place -= 1
    while place >= 0:
        match tokens[place]:
            case StartTag() as tag:
                yield tag
            case Comment():
                pass
            case Text(start, end) if end > segment.span.start or page[start:end].isspace():
                pass
            case _:
                return
        place -= 1


def _of_tag(tag: StartTag) -> Iterator[str]:
    if address := _address(tag):
        yield f"{tag.name} {address}"
    identity = tag.get("id")
    if identity is not None and identity.value:
        yield f"#{identity.value}"


def _classes(tag: StartTag) -> list[str]:
    classes = tag.get("class")
    return classes.value.split() if classes else []


def _address(tag: StartTag) -> str:
    """Return the last part of an address: the way to it differs from language to language."""
    for name in _ADDRESSES:
        attribute = tag.get(name)
        if attribute is not None and attribute.value:
            value = attribute.value.strip()
            last = _FILE.search(value)
            fragment = value.rpartition("#")[2] if value.startswith("#") else ""
            return fragment or (last[1].rpartition(".")[0] or last[1] if last else "") or "/"
    return ""
