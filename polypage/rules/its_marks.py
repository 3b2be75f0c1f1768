"""What ITS 2.0 can say of a part of a page: its data categories, as values.

    marks = marks_of({"term": "yes", "termInfoRef": "#TDPV"})
    marks.term                                  -> Term(reference="#TDPV")
    over(marks, Marks(translate=False))         both, and where both speak the second prevails

Sections are those of https://www.w3.org/TR/its20/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final, Literal, TypeAlias, cast

from polypage.limits import LineBreak, LocaleFilter, Storage
from polypage.rules.its_selection import Part

WithinText: TypeAlias = Literal["no", "yes", "nested"]


@dataclass(frozen=True, slots=True)
class Note:
    """What the author wants translators to know."""

    text: str = ""
    reference: str = ""
    """Where it can be read, if it is not here."""
    alert: bool = False
    """Whether it must not be overlooked."""


@dataclass(frozen=True, slots=True)
class Term:
    """Whether a passage is a term, and what is known of it."""

    is_term: bool = True
    info: str = ""
    reference: str = ""
    """Where its definition can be read."""
    confidence: str = ""
    """Between 0 and 1, where a program found it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where the page itself keeps the translation of a passage."""

    pointer: str
    """An XPath expression, or a CSS selector, from the passage."""
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What is said of an element or an attribute; None where nothing is."""

    translate: bool | None = None
    within_text: WithinText | None = None
    note: Note | None = None
    term: Term | None = None
    language: str | None = None
    """The language tag; empty for an unknown language."""
    direction: str | None = None
    """ltr, rtl, or auto; lro and rlo override the characters' own direction."""
    domains: tuple[str, ...] | None = None
    locales: LocaleFilter | None = None
    id_value: str | None = None
    preserve_space: bool | None = None
    external_resource: str | None = None
    """The address of something that is to be localized too."""
    target: Target | None = None
    allowed_characters: str | None = None
    """As `limits.forbidden` reads it; no character is allowed where it is empty."""
    storage: Storage | None = None
    annotators: tuple[tuple[str, str], ...] | None = None
    """For data categories, in alphabetical order, the program that gave their values."""


def marks_of(said: Mapping[str, str]) -> Marks:
    """Make sense of values by ITS's names for them."""
    return Marks(
        translate=_YES_NO.get(said.get("translate", "")),
        within_text=cast("WithinText | None", said.get("withinText")),
        note=_note(said),
        term=_term(said),
        language=said.get("lang"),
        direction=said.get("dir"),
        locales=_locales(said),
        id_value=said.get("idValue") or None,
        preserve_space=_SPACE.get(said.get("space", "")),
        external_resource=said.get("externalResourceRef") or None,
        allowed_characters=said.get("allowedCharacters"),
        storage=_storage(said),
        annotators=_annotators(said),
    )


_YES_NO: Final = {"yes": True, "no": False}
_SPACE: Final = {"preserve": True, "default": False}


def _note(said: Mapping[str, str]) -> Note | None:
    text = " ".join(said.get("locNote", "").split())
    reference = said.get("locNoteRef", "")
    if not text and not reference:
        return None
    return Note(text, reference, alert=said.get("locNoteType") == "alert")


def _term(said: Mapping[str, str]) -> Term | None:
    if said.get("term") != "yes":
        return Term(is_term=False) if "term" in said else None
    return Term(
        info=" ".join(said.get("termInfo", "").split()),
        reference=said.get("termInfoRef", ""),
        confidence=said.get("termConfidence", ""),
    )


def _locales(said: Mapping[str, str]) -> LocaleFilter | None:
    if "localeFilterList" not in said:
        return None
    exclude = said.get("localeFilterType") == "exclude"
    return LocaleFilter(said["localeFilterList"].strip(), exclude)


def _storage(said: Mapping[str, str]) -> Storage | None:
    if "storageSize" not in said:
        return None
    return Storage(
        int(said["storageSize"]),
        said.get("storageEncoding") or "UTF-8",
        cast("LineBreak", said.get("lineBreakType", "lf")),
    )


def _annotators(said: Mapping[str, str]) -> tuple[tuple[str, str], ...] | None:
    pairs = (each.partition("|") for each in said.get("annotatorsRef", "").split())
    return tuple(sorted({category: program for category, _, program in pairs}.items())) or None


def domains_of(texts: Iterable[str], mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Part lists of domains, and call each what the rule calls it (ITS §8.8)."""
    named = (domain.strip() for text in texts for domain in text.split(","))
    bare = (_QUOTES.sub("", domain) for domain in named)
    return tuple(dict.fromkeys(mapping.get(domain, domain) for domain in bare if domain))


_QUOTES = re.compile(r"\A[\"']|[\"']\Z")


# --- precedence -------------------------------------------------------------------------------

_TO_CHILDREN: Final = (
    "translate", "note", "language", "direction", "domains", "locales", "preserve_space",
    "allowed_characters", "annotators",
)  # fmt: skip
"""What elements inherit (ITS §8.1)."""


def inherited(marks: Marks) -> Marks:
    """Return what the elements within an element inherit."""
    return Marks(**{name: getattr(marks, name) for name in _TO_CHILDREN})


def over(weak: Marks | None, strong: Marks | None) -> Marks:
    """Put what is said with more weight over what is said with less."""
    if weak is None or strong is None:
        return weak or strong or Marks()
    said = {name: value for name in _CATEGORIES if (value := getattr(strong, name)) is not None}
    if weak.annotators and strong.annotators:
        said["annotators"] = tuple(
            sorted({**dict(weak.annotators), **dict(strong.annotators)}.items())
        )
    return replace(weak, **said)


_CATEGORIES: Final = tuple(each.name for each in fields(Marks))
