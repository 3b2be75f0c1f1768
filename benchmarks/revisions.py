"""Revisions of real articles: texts edited as editors edit them, with what must become of each.

revision = revise(article_texts, donors, chance, language="en")
revision.first      the texts after some were taken out and new ones put in
revision.second     the texts after those came back and the others were edited
revision.blocks     for each text or edit: its kind, where it came from, how it must be offered
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from typing import TypeAlias


class Manner(StrEnum):
    """How the translation of the origin must be offered."""

    PLAIN = "plain"
    """As it is: what it says is still right."""
    FUZZY = "fuzzy"
    """To be looked at."""
    NONE = "none"
    """Not at all: the text is new."""


@dataclass(frozen=True)
class Block:
    """One text of the article, or what became of it."""

    kind: str
    origins: frozenset[int]
    """The numbers of the texts it was made of."""
    manner: Manner
    first: tuple[str, ...]
    """What it is in the first revision."""
    second: tuple[str, ...]
    """What it is in the second."""


@dataclass(frozen=True)
class Revision:
    """An article that was revised twice."""

    blocks: tuple[Block, ...]

    @property
    def first(self) -> tuple[str, ...]:
        return tuple(text for block in self.blocks for text in block.first)

    @property
    def second(self) -> tuple[str, ...]:
        return tuple(text for block in self.blocks for text in block.second)


@dataclass(frozen=True)
class Donors:
    """Texts of other articles in the same language."""

    paragraphs: tuple[str, ...]
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    words: tuple[str, ...]


_Edit: TypeAlias = "Callable[[str, Donors, Random, str], tuple[str, ...]]"
"""Makes other texts of one; none if it cannot."""

_TRIES = 25
_HEADING = 8
"""A text of so many words at most is edited as headings are."""


def revise(
    texts: Sequence[str], donors: Donors, chance: Random, *, language: str, share: int
) -> Revision:
    """Edit one of so many texts of an article, each in one way, all ways in turn."""
    blocks = [
        Block("untouched", frozenset([number]), Manner.PLAIN, (text,), (text,))
        for number, text in enumerate(texts)
    ]
    wanted = max(4, len(texts) // share)
    taken: set[int] = set()
    kinds = list(_KINDS)
    chance.shuffle(kinds)
    for kind in kinds * -(-wanted // len(kinds)):
        if len(taken) >= wanted:
            break
        free = [place for place in range(len(texts) - 1) if not {place, place + 1} & taken]
        for place in chance.sample(free, min(_TRIES, len(free))):
            if edited := _edited(kind, blocks[place : place + 2], donors, chance, language):
                blocks[place : place + 2] = edited
                taken |= {place} if edited[1].kind == "untouched" else {place, place + 1}
                break
    return Revision(tuple(_with_insertions(blocks, donors, chance)))


def _edited(
    kind: str, pair: Sequence[Block], donors: Donors, chance: Random, language: str
) -> list[Block] | None:
    """Edit the first of two neighbours, or both; None where that kind of edit does not fit."""
    block, neighbour = pair
    match kind:
        case "removed" | "removed and restored":
            back = block.second if kind == "removed and restored" else ()
            return [replace(block, kind=kind, first=(), second=back), neighbour]
        case "two swapped":
            return [replace(neighbour, kind=kind), replace(block, kind=kind)]
        case "two joined":
            return _joined(kind, block, neighbour)
        case "rewritten":
            return [_rewritten(kind, block, donors, chance), neighbour]
        case _:
            text, (manner, edit) = block.first[0], _EDITS[kind]
            texts = edit(text, donors, chance, language)
            if texts and text not in texts:
                return [replace(block, kind=kind, manner=manner, second=texts), neighbour]
            return None


def _joined(kind: str, block: Block, neighbour: Block) -> list[Block] | None:
    one, other = block.first[0], neighbour.first[0]
    if min(len(one.split()), len(other.split())) < _FEWEST_JOINED:
        return None
    origins = block.origins | neighbour.origins
    return [
        Block(kind, origins, Manner.FUZZY, block.first, (_renumbered(one, other),)),
        Block(kind, origins, Manner.FUZZY, neighbour.first, ()),
    ]


_FEWEST_JOINED = 6


def _renumbered(one: str, other: str) -> str:
    """Join two texts; codes of the second get numbers that the first does not have."""
    highest = max((int(number) for number in re.findall(r"<[a-z]+(\d+)/?>", one)), default=0)
    return f"{one} " + re.sub(
        r"<(/?[a-z]+)(\d+)(/?)>", lambda tag: f"<{tag[1]}{int(tag[2]) + highest}{tag[3]}>", other
    )


def _rewritten(kind: str, block: Block, donors: Donors, chance: Random) -> Block:
    is_heading = len(block.first[0].split()) <= _HEADING
    text = chance.choice(donors.headings if is_heading else donors.paragraphs)
    return Block(kind, block.origins, Manner.NONE, block.first, (text,))


def _with_insertions(blocks: Sequence[Block], donors: Donors, chance: Random) -> Iterator[Block]:
    """Put in new paragraphs and headings; no more than one in twenty of what is there."""
    places = {chance.randrange(len(blocks)) for _ in range(1 + len(blocks) // 20)}
    for place, block in enumerate(blocks):
        yield block
        if place in places:
            pool = donors.headings if chance.random() < _HEADINGS else donors.paragraphs
            text = chance.choice(pool)
            yield Block("new text", frozenset(), Manner.NONE, (text,), (text,))


_HEADINGS = 0.25


# --- edits of one text ------------------------------------------------------------------------

_PLAIN_WORD = re.compile(r"[^\W\d_]{2,}", re.UNICODE)
_SENTENCE_END = re.compile(r"(?<=[a-zß-ÿ\d)][.!?])\s+(?=[A-ZÀ-Þ])")
_LINK = re.compile(r"<(a\d*)>(.*?)</\1>")
_FIGURE = re.compile(r"(?<![\w.,&#])\d+(?![\w;])")


def _typo(text: str, _donors: Donors, chance: Random, _language: str) -> tuple[str, ...]:
    """Exchange two letters within a word."""
    words = _words(text, fewest_letters=5)
    if not words:
        return ()
    start, end = chance.choice(words)
    place = chance.randrange(start + 1, end - 2)
    return (f"{text[:place]}{text[place + 1]}{text[place]}{text[place + 2 :]}",)


def _words(text: str, *, fewest_letters: int = 2) -> list[tuple[int, int]]:
    """Return the spans of words outside of codes and references."""
    outside = re.sub(r"<[^<>]*>|&\w+;", lambda code: " " * len(code[0]), text)
    spans = (word.span() for word in _PLAIN_WORD.finditer(outside))
    return [(start, end) for start, end in spans if end - start >= fewest_letters]


def _even_typography(
    text: str, _donors: Donors, _chance: Random, _language: str
) -> tuple[str, ...]:
    """Write quotation marks, dashes and ellipses as a typesetter does, or as a typist does."""
    typeset = text.replace("...", "…").replace("'", "\u2019").replace(" - ", " \u2013 ")
    typeset = re.sub(r'"([^"<>]*)"', "“\\1”", typeset)
    typed = text.replace("…", "...").replace("\u2019", "'").replace(" \u2013 ", " - ")
    return (typeset,) if typeset != text else (typed,) if typed != text else ()


def _sentence_added(text: str, donors: Donors, chance: Random, _language: str) -> tuple[str, ...]:
    if len(text.split()) <= _HEADING:
        return ()
    sentence = chance.choice(donors.sentences)
    return (f"{text} {sentence}" if chance.random() < 0.7 else f"{sentence} {text}",)


def _sentence_deleted(
    text: str, _donors: Donors, chance: Random, _language: str
) -> tuple[str, ...]:
    sentences = _whole_sentences(text)
    if len(sentences) < 2:
        return ()
    del sentences[chance.randrange(len(sentences))]
    left = " ".join(sentences)
    return (left,) if len(left.split()) >= _FEWEST_LEFT else ()


_FEWEST_LEFT = 4
"""Fewer words are no part of the text that somebody would call its rest."""


def _whole_sentences(text: str) -> list[str]:
    """Cut a text into sentences; none if that would part a pair of codes."""
    sentences = _SENTENCE_END.split(text)
    whole = all(_balanced(sentence) for sentence in sentences)
    return sentences if whole else []


def _balanced(text: str) -> bool:
    opened = re.findall(r"<(\w+)>", text)
    return sorted(opened) == sorted(re.findall(r"</(\w+)>", text))


def _split(text: str, _donors: Donors, chance: Random, _language: str) -> tuple[str, ...]:
    sentences = _whole_sentences(text)
    if len(sentences) < 2:
        return ()
    place = chance.randrange(1, len(sentences))
    halves = " ".join(sentences[:place]), " ".join(sentences[place:])
    return halves if min(len(half.split()) for half in halves) >= _FEWEST_LEFT else ()


def _split_and_edited(text: str, donors: Donors, chance: Random, language: str) -> tuple[str, ...]:
    """Split a text, and put another word into the second half."""
    halves = _split(text, donors, chance, language)
    words = _words(halves[1]) if halves else []
    if len(words) < _FEWEST_JOINED:
        return ()
    start, end = chance.choice(words)
    return halves[0], f"{halves[1][:start]}{chance.choice(donors.words)}{halves[1][end:]}"


def _wrapped(name: str) -> _Edit:
    """Make the edit that puts one to three words into a pair of codes."""

    def edit(text: str, _donors: Donors, chance: Random, _language: str) -> tuple[str, ...]:
        words = [] if f"<{name}>" in text else _words(text, fewest_letters=3)
        if len(words) < 3:
            return ()
        first = chance.randrange(len(words))
        last = min(first + chance.randrange(3), len(words) - 1)
        start, end = words[first][0], words[last][1]
        if "<" in text[start:end]:
            return ()
        return (f"{text[:start]}<{name}>{text[start:end]}</{name}>{text[end:]}",)

    return edit


def _link_removed(text: str, _donors: Donors, _chance: Random, _language: str) -> tuple[str, ...]:
    """Take away the only link."""
    without = " ".join(_LINK.sub(r"\2", text).split())
    return (without,) if len(_LINK.findall(text)) == 1 else ()


def _markup_replaced(
    text: str, _donors: Donors, _chance: Random, _language: str
) -> tuple[str, ...]:
    for old, new in (("b", "strong"), ("i", "em"), ("strong", "b"), ("em", "i")):
        if f"<{old}>" in text and f"<{new}>" not in text:
            return (text.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>"),)
    return ()


def _heading_changed(text: str, donors: Donors, chance: Random, _language: str) -> tuple[str, ...]:
    """Replace words of a heading, up to half of them, or add one."""
    words = _words(text)
    if not words or len(text.split()) > _HEADING:
        return ()
    if len(words) == 1 or chance.random() < 0.3:
        return (f"{text} {chance.choice(donors.words)}",)
    for start, end in sorted(chance.sample(words, chance.randint(1, len(words) // 2)))[::-1]:
        text = f"{text[:start]}{chance.choice(donors.words)}{text[end:]}"
    return (text,)


def _recased(text: str, _donors: Donors, _chance: Random, _language: str) -> tuple[str, ...]:
    """Write a heading in capitals or small letters."""
    if len(text.split()) > _HEADING or re.search("[<&]", text) or not _words(text):
        return ()
    return (text.upper() if text != text.upper() else text.capitalize(),)


def _number_changed(text: str, _donors: Donors, chance: Random, _language: str) -> tuple[str, ...]:
    figures = [*_FIGURE.finditer(re.sub(r"<[^<>]*>", lambda tag: " " * len(tag[0]), text))]
    if not figures:
        return ()
    figure = chance.choice(figures)
    other = f"{figure[0]}0" if chance.random() < 0.5 else str(int(figure[0]) + 1)
    return (f"{text[: figure.start()]}{other}{text[figure.end() :]}",)


_DENIED: Mapping[str, Sequence[tuple[str, str]]] = {
    "en": (
        (r"\b(is|are|was|were|can|will|should|could|would|must|has|have)(?= \w)", r"\1 not"),
        (r"\b(a|any|more|always)\b", "no"),
    ),
    "de": (
        (r"\b(ist|sind|war|waren|wird|werden|kann|können|soll|muss|hat|haben)(?= \w)", r"\1 nicht"),
        (r"\b([Ee])in(e|en|em|er)?(?= \w)", r"kein\2"),
    ),
    "fr": ((r"\b(est|sont|peut|doit|a|ont)(?= \w)", r"n'\1 pas"),),
    "es": ((r"\b(es|son|puede|debe|ha|han|está|están)(?= \w)", r"no \1"),),
}
"""What denies a sentence, by language: a pattern and what to put in its place."""


def _negated(text: str, _donors: Donors, chance: Random, language: str) -> tuple[str, ...]:
    """Put a denial in, or take one out."""
    for pattern, denied in _DENIED.get(language, ()):
        removed = re.sub(r" (not|nicht|no)(?= \w)", "", text, count=1)
        if removed != text and chance.random() < 0.5:
            return (removed,)
        if len(text.split()) > 3 and re.search(pattern, text):
            return (re.sub(pattern, denied, text, count=1),)
    return ()


def _reworded(text: str, donors: Donors, chance: Random, _language: str) -> tuple[str, ...]:
    """Put other words for a fifth of them, leave some out, add some."""
    words = _words(text)
    if len(words) <= _HEADING:
        return ()
    for start, end in words[::-1]:
        match chance.randrange(20):
            case 0 | 1 | 2 | 3:
                text = f"{text[:start]}{chance.choice(donors.words)}{text[end:]}"
            case 4:
                text = text[:start] + text[end:].lstrip(" ")
            case 5:
                text = f"{text[:end]} {chance.choice(donors.words)}{text[end:]}"
    return (text,)


_EDITS: Mapping[str, tuple[Manner, _Edit]] = {
    "typography": (Manner.PLAIN, _even_typography),
    "link removed": (Manner.PLAIN, _link_removed),
    "markup replaced": (Manner.PLAIN, _markup_replaced),
    "typo": (Manner.FUZZY, _typo),
    "number changed": (Manner.FUZZY, _number_changed),
    "not added or removed": (Manner.FUZZY, _negated),
    "link added": (Manner.FUZZY, _wrapped("a99")),
    "markup added": (Manner.FUZZY, _wrapped("mark")),
    "sentence added": (Manner.FUZZY, _sentence_added),
    "sentence deleted": (Manner.FUZZY, _sentence_deleted),
    "split in two": (Manner.FUZZY, _split),
    "split and edited": (Manner.FUZZY, _split_and_edited),
    "reworded": (Manner.FUZZY, _reworded),
    "heading changed": (Manner.FUZZY, _heading_changed),
    "heading re-cased": (Manner.FUZZY, _recased),
}
_KINDS = (
    *_EDITS,
    "two joined",
    "two swapped",
    "removed and restored",
    "removed",
    "rewritten",
)
KINDS = ("untouched", *_KINDS, "new text")
"""All kinds of edits, in the order of the table."""
