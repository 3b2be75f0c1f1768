"""What a text may be by its author's word: for which locales, in which characters, how long.

    admits(LocaleFilter("*-CA"), "fr-CA")             -> True
    forbidden("Huck Finn", "[a-zA-Z_]")               -> " "
    excess("Curaçao y Bonaire", Storage(12))          -> 6
    unwritable("Đà Nẵng", Storage(25, "ISO-8859-1"))  -> "Đẵ"

The values are those of ITS 2.0: Locale Filter (§8.10), Storage Size (§8.20), and Allowed
Characters (§8.19), which are written as the character class of a regular expression.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

LineBreak: TypeAlias = Literal["cr", "crlf", "lf", "nel"]


@dataclass(frozen=True, slots=True)
class LocaleFilter:
    """Which locales a passage is for, or which it is not for."""

    languages: str = "*"
    """Language ranges as in BCP 47, with commas between them; empty for none."""
    exclude: bool = False


@dataclass(frozen=True, slots=True)
class Storage:
    """How much room there is for a text where it will be kept."""

    size: int
    """In bytes."""
    encoding: str = "UTF-8"
    line_break: LineBreak = "lf"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a text must keep to, or the part of it within an inline code."""

    code: str = ""
    """The code's name; empty where it is the whole text."""
    allowed: str | None = None
    """The characters that it may have; no character is allowed where this is empty."""
    storage: Storage | None = None


def admits(locales: LocaleFilter | None, tag: str) -> bool:
    """Say whether a passage is for the locale of a language tag; without a filter it is for all."""
    if locales is None:
        return True
    return any(_matches(each, tag) for each in _ranges(locales)) is not locales.exclude


def is_for_all(locales: LocaleFilter) -> bool:
    """Say whether a filter keeps no locale out."""
    ranges = tuple(_ranges(locales))
    return not ranges if locales.exclude else "*" in ranges


def _ranges(locales: LocaleFilter) -> Iterator[str]:
    return filter(None, map(str.strip, locales.languages.split(",")))


def _matches(language_range: str, tag: str) -> bool:
    """Compare them by extended filtering (RFC 4647 §3.3.2)."""
    first, *wanted = language_range.lower().split("-")
    own, *subtags = tag.lower().split("-")
    if first not in ("*", own):
        return False
    for subtag in wanted:
        while subtag not in ("*", *subtags[:1]):
            # A singleton begins what is no longer the language: an extension, or private use.
            if not subtags or len(subtags[0]) == 1:
                return False
            subtags.pop(0)
        if subtag != "*":
            subtags.pop(0)
    return True


def forbidden(text: str, allowed: str) -> str:
    """Return the characters of a text that are not allowed, each once, in order of appearance."""
    characters = "".join(dict.fromkeys(text))
    if not allowed:
        return characters
    pattern = _character_class(allowed)
    return "".join(c for c in characters if not pattern.fullmatch(c)) if pattern else ""


def is_character_class(allowed: str) -> bool:
    """Say whether allowed characters can be understood: empty for none, `.`, or `[…]`."""
    return not allowed or _character_class(allowed) is not None


@lru_cache(maxsize=256)
def _character_class(allowed: str) -> re.Pattern[str] | None:
    written = _CLASS.fullmatch(allowed)
    if not written:
        return None
    opening, body = written["opening"] or "", written["body"]
    pattern = allowed if body is None else f"{opening}{_PECULIAR.sub(_escape, body)}]"
    try:
        return re.compile(pattern)
    except (re.error, OverflowError):
        return None


_CLASS = re.compile(r"(?P<opening>\[\^?)(?P<body>(?:\\.|[^\]\\])+)\]|\.|\\[dDsSwW]", re.DOTALL)
_PECULIAR = re.compile(r"\\.|[\[&|~]|--", re.DOTALL)
"""What means something else, or may one day, in a character class of Python's."""


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    return found if found.startswith("\\") else "-\\-" if found == "--" else f"\\{found}"


def excess(text: str, storage: Storage) -> int:
    """Return by how many bytes a text is too long; 0 when it fits."""
    stored = _LINE_BREAK.sub(_LINE_BREAKS[storage.line_break], text)
    data = stored.encode(_codec(storage.encoding) or "utf-8", "replace")
    return max(0, len(data) - storage.size)


def unwritable(text: str, storage: Storage) -> str:
    """Return the characters of a text that its storage has no bytes for, each once."""
    codec = _codec(storage.encoding) or "utf-8"
    return "".join(c for c in dict.fromkeys(text) if not _is_writable(c, codec))


def is_encoding(name: str) -> bool:
    """Say whether an encoding is known; one that is not counts as UTF-8."""
    return _codec(name) is not None


_LINE_BREAK = re.compile("\r\n?|\n")
_LINE_BREAKS: Final = {"cr": "\r", "crlf": "\r\n", "lf": "\n", "nel": "\x85"}


@lru_cache(maxsize=64)
def _codec(name: str) -> str | None:
    # With the byte order named, Python writes no byte order mark.
    explicit = {"utf-16": "utf-16-be", "utf-32": "utf-32-be"}.get(name.lower(), name)
    try:
        codec = codecs.lookup(explicit).name
        "a".encode(codec, "replace")  # which some refuse
    except (LookupError, ValueError):
        return None
    return codec


def _is_writable(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
