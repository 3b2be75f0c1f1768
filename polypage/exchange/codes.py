"""A catalog's text cut at its inline codes, and put together again; no page is needed for it.

    of_msgid("Read <a1>R&amp;D</a1>.")          ("Read ", Start("a1"), "R&D", End("a1"), ".")
    of_msgstr("<A1>R&D</A1> lesen.", msgid)     (Start("a1"), "R&D", End("a1"), " lesen.")
    notation(pieces)                            "<a1>R&amp;D</a1> lesen."

What a translator wrote is read as `polypage.reading.inline` reads it, and may be wrong: codes lost, doubled
or across each other all have their pieces. A msgid that is none of ours is one piece of text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from polypage.html.references import resolve
from polypage.reading.inline import to_msgid


@dataclass(frozen=True, slots=True)
class Start:
    """Where a pair begins."""

    name: str


@dataclass(frozen=True, slots=True)
class End:
    """Where a pair ends."""

    name: str


@dataclass(frozen=True, slots=True)
class Alone:
    """A code without content."""

    name: str


Piece: TypeAlias = str | Start | End | Alone
Pieces: TypeAlias = tuple[Piece, ...]

_NAME = r"[a-z][^\s/<>&\"'=]*+"
_NAMED = re.compile(_NAME, re.IGNORECASE)
_TAG = re.compile(rf"<(?:/(?P<end>{_NAME})|(?P<start>{_NAME})(?P<slash>/)?)>", re.IGNORECASE)
_LOOSE_TAG = re.compile(
    rf"<\s*(?:/\s*(?P<end>{_NAME})|(?P<start>{_NAME})\s*(?P<slash>/)?)\s*>", re.IGNORECASE
)


def of_msgid(msgid: str) -> Pieces:
    """Cut a source text at its codes."""
    pieces = tuple(_merged(_cut(msgid)))
    stray = any(isinstance(piece, str) and "<" in piece for piece in _cut(msgid, as_is=True))
    return (msgid,) if stray or not is_nested(pieces) else pieces


def of_msgstr(msgstr: str, msgid: str) -> Pieces:
    """Cut a translation at the codes of its source text; other tags are text."""
    codes: dict[str, set[type]] = {}
    names: dict[str, str] = {}
    for piece in of_msgid(msgid):
        if not isinstance(piece, str):
            names[piece.name.lower()] = piece.name
            codes.setdefault(piece.name.lower(), set()).add(type(piece))
    return tuple(_merged(_of_source(msgstr, codes, names)))


def notation(pieces: Iterable[Piece]) -> str:
    """Write pieces as a catalog has them."""
    return "".join(to_msgid((piece,)) if isinstance(piece, str) else tag(piece) for piece in pieces)


def tag(code: Start | End | Alone) -> str:
    """Write a code."""
    match code:
        case Start(name):
            return f"<{name}>"
        case End(name):
            return f"</{name}>"
        case Alone(name):
            return f"<{name}/>"


def as_name(written: str) -> str:
    """Return what a code may be called; nothing if that is no name."""
    return written if _NAMED.fullmatch(written) else ""


def is_nested(pieces: Iterable[Piece], *, deepest: int | None = None) -> bool:
    """Whether each pair begins and ends, none cuts through another, and none is too deep."""
    opened: list[str] = []
    for piece in pieces:
        match piece:
            case Start(name):
                opened.append(name)
                if deepest is not None and len(opened) > deepest:
                    return False
            case End(name) if not opened or opened.pop() != name:
                return False
            case _:
                pass
    return not opened


def partners(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return for the place of each start that of its end, as far as there is one."""
    found: dict[int, int] = {}
    opened: list[tuple[int, str]] = []
    for place, piece in enumerate(pieces):
        if isinstance(piece, Start):
            opened.append((place, piece.name))
        elif isinstance(piece, End):
            start = next((each for each in reversed(opened) if each[1] == piece.name), None)
            if start is not None:
                opened.remove(start)
                found[start[0]] = place
    return found


def numbered(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, int]]:
    """Give each start and each standalone code its number among those of its name, from 1 on."""
    counts: Counter[str] = Counter()
    for piece in pieces:
        if isinstance(piece, Start | Alone):
            counts[piece.name] += 1
            yield piece, counts[piece.name]
        else:
            yield piece, 0


def _cut(text: str, *, as_is: bool = False) -> Iterator[Piece]:
    end = 0
    for match in _TAG.finditer(text):
        between = text[end : match.start()]
        yield between if as_is else resolve(between, attribute=True)
        if match["end"]:
            yield End(match["end"])
        else:
            yield (Alone if match["slash"] else Start)(match["start"])
        end = match.end()
    yield text[end:] if as_is else resolve(text[end:], attribute=True)


def _of_source(text: str, codes: dict[str, set[type]], names: dict[str, str]) -> Iterator[Piece]:
    start = 0
    for match in _LOOSE_TAG.finditer(text):
        written = (match["start"] or match["end"]).lower()
        kinds = codes.get(written)
        if not kinds:
            continue
        yield resolve(text[start : match.start()], attribute=True)
        start = match.end()
        name = names[written]
        if Alone in kinds and (match["slash"] or Start not in kinds):
            yield Alone(name)
            continue
        if match["start"]:
            yield Start(name)
        if match["end"] or match["slash"]:
            yield End(name)
    yield resolve(text[start:], attribute=True)


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Leave out empty texts, and make those one that follow each other."""
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        if text:
            yield text
        text = ""
        yield piece
    if text:
        yield text


def merged(pieces: Iterable[Piece]) -> Pieces:
    """Make texts that follow each other one, and leave out empty ones."""
    return tuple(_merged(pieces))
