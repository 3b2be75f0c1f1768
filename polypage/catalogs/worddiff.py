"""What became other words between two versions of a source text, in one line for people.

    >>> word_diff("Take 5 mg daily, with water.", "Take 50 mg daily, with water.")
    'Take [-5-]{+50+} mg daily, with water.'

The notation is that of wdiff and of `git diff --word-diff`: `[-gone-]`, `{+new+}`. Long stretches
are shortened to their ends around `…`. Scripts that put no blanks between words are compared letter
by letter, a letter with the marks that belong to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Letters of Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
_TOKEN = re.compile(
    r"</?[^\s<>]+>"
    r"|&\#?\w+;"
    rf"|[\u0e40-\u0e44\u0ec0-\u0ec4]?[{_UNSPACED}][\u0e30\u0e32\u0e33]?"
    r"|\d+(?:[.,]\d+)*"
    rf"|[^\W\d{_UNSPACED}]+(?:['\u2019-][^\W\d{_UNSPACED}]+)*"
    r"|[ ]+|.",
    re.DOTALL,
)
_JOINERS = "\u200c\u200d"
_SEEN = str.maketrans({"\n": "↵", "\t": "⇥", "\r": "↵"})
"""Line ends have no place in a comment's line."""

_CONTEXT = 30
"""How many characters of what stayed are shown on either side of a change."""
_CHANGED = 160
"""How many characters of what changed are shown at a time."""
_LENGTH = 400
"""How long a line may become before the changes that follow are only counted."""
_MOST_TOKENS = 1000
"""More than these are not compared: comparing takes the square of their number."""


class Piece(NamedTuple):
    """A stretch of both texts: the same in both, or what is in place of the other."""

    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def changed(self) -> bool:
        return self.old != self.new


def word_diff(old: str, new: str) -> str:
    """Write both versions as one line; empty if they are the same."""
    pieces = compared(old, new)
    if not any(piece.changed for piece in pieces):
        return ""
    line = ""
    for place, piece in enumerate(pieces):
        written = _written(piece, first=place == 0, last=place == len(pieces) - 1)
        if line and piece.changed and len(line) + len(written) > _LENGTH:
            left = sum(piece.changed for piece in pieces[place:])
            return f"{line.rstrip(' …')} … (and {left} more)"
        line += written
    line = line.strip()
    return f"{line} " if line.endswith("\\") else line  # gettext would add the next line to it


# --- comparing --------------------------------------------------------------------------------


def compared(old: str, new: str) -> list[Piece]:
    """Cut both versions into stretches that stayed and stretches that changed, whole."""
    return _slid([*_united(_pieces(_tokens(old), _tokens(new)))])


def _tokens(text: str) -> tuple[str, ...]:
    """Cut a text into words, letters, codes, blanks and signs; joined they are the text."""
    if text.isascii():
        return tuple(_TOKEN.findall(text))
    tokens: list[str] = []
    open_ended = False
    for token in _TOKEN.findall(text):
        is_mark = unicodedata.category(token[0])[0] == "M" or token[0] in _JOINERS
        if tokens and (is_mark or (open_ended and token[0].isalpha())):
            tokens[-1] += token
        else:
            tokens.append(token)
        # A mark is no letter to `re`: what follows it is the rest of the word.
        open_ended = is_mark and not _is_unspaced(tokens[-1])
    return tuple(tokens)


def _is_unspaced(token: str) -> bool:
    return bool(re.match(f"[{_UNSPACED}]", token))


def _pieces(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Piece]:
    """Compare two texts; what is alike at both ends is set aside first."""
    start = _alike(old, new)
    end = min(_alike(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    yield Piece(old[:start], new[:start])
    yield from _inner(old[start : len(old) - end], new[start : len(new) - end])
    yield Piece(old[len(old) - end :], new[len(new) - end :])


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Count the tokens that both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    differing = (place for place, (one, other) in pairs if one != other)
    return next(differing, min(len(old), len(new)))


def _inner(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Piece]:
    if not old or not new or max(len(old), len(new)) > _MOST_TOKENS:
        yield Piece(old, new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        yield Piece(old[start:end], new[new_start:new_end])


def _united(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Unite changes that nothing worth reading stands between."""
    waiting: list[Piece] = []
    for piece in pieces:
        if not piece.old and not piece.new:
            continue
        if piece.changed or (waiting and _is_slight(piece)):
            waiting.append(piece)
            continue
        yield from _one(waiting)
        waiting = []
        yield piece
    yield from _one(waiting)


def _is_slight(piece: Piece) -> bool:
    """Whether what stayed is but blanks and signs, or one letter that may be there by chance."""
    letters = [token for token in piece.old if any(map(str.isalnum, token))]
    return not letters or (len(letters) == 1 and _is_unspaced(letters[0]))


def _one(waiting: list[Piece]) -> Iterator[Piece]:
    """Make one piece of changes; what stayed after the last of them stays a piece."""
    rest = [waiting.pop()] if waiting and not waiting[-1].changed else []
    if waiting:
        yield Piece(
            tuple(token for piece in waiting for token in piece.old),
            tuple(token for piece in waiting for token in piece.new),
        )
    yield from rest


def _slid(pieces: list[Piece]) -> list[Piece]:
    """Have what only came or went begin after a sign, not before it: `dry.{+ Then rest.+}`."""
    for place in range(1, len(pieces) - 1):
        before, piece, after = pieces[place - 1 : place + 2]
        changed = piece.old or piece.new
        one_sided = piece.changed and not (piece.old and piece.new)
        if one_sided and _is_sign(changed[0]) and changed[:1] == after.new[:1]:
            slid = (*changed[1:], changed[0])
            pieces[place - 1 : place + 2] = (
                Piece(*((*stayed, changed[0]) for stayed in before)),
                Piece(slid, ()) if piece.old else Piece((), slid),
                Piece(after.old[1:], after.new[1:]),
            )
    return [piece for piece in pieces if piece.old or piece.new]


def _is_sign(token: str) -> bool:
    return len(token) == 1 and not token.isalnum() and not token.isspace()


# --- writing ----------------------------------------------------------------------------------


def _written(piece: Piece, *, first: bool, last: bool) -> str:
    if piece.changed:
        gone, came = (_shortened(tokens, _CHANGED) for tokens in piece)
        return (f"[-{gone}-]" if gone else "") + (f"{{+{came}+}}" if came else "")
    if first:
        return _end(piece.new)
    if last:
        return _start(piece.new)
    return _shortened(piece.new, 2 * _CONTEXT)


def _shortened(tokens: Sequence[str], length: int) -> str:
    """Leave out the middle of what is longer."""
    text = "".join(tokens)
    if len(text) <= length:
        return text.translate(_SEEN)
    return f"{_start(tokens, length // 2)}{_end(tokens, length // 2).lstrip('… ')}"


def _start(tokens: Sequence[str], length: int = _CONTEXT) -> str:
    """Return whole tokens from the start, an ellipsis for the rest."""
    shown = "".join(_fitting(tokens, length))
    return f"{shown.rstrip()} … " if len(shown) < sum(map(len, tokens)) else shown


def _end(tokens: Sequence[str], length: int = _CONTEXT) -> str:
    shown = "".join([*_fitting(tokens[::-1], length)][::-1])
    return f"… {shown.lstrip()}" if len(shown) < sum(map(len, tokens)) else shown


def _fitting(tokens: Sequence[str], length: int) -> Iterator[str]:
    for token in tokens:
        length -= len(token)
        if length < 0:
            return
        yield token.translate(_SEEN)
