"""What a catalog has and exchange formats have no place for, by name; and entries made of all that.

    unit_extras(unit, source, target)     ("base", "6e34…"), ("flag", "no-wrap"), …
    file_extras(bundle)                   ("header", "Project-Id-Version: …"), ("trailer", "# …")

The formats write these pairs where they may write what is their own, and hand back what they find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from polypage.catalogs.catalog import Header
from polypage.exchange import codes
from polypage.exchange.bundle import Unit, as_written, restored
from polypage.exchange.codes import Pieces
from polypage.model import Entry

Extras: TypeAlias = Mapping[str, Sequence[str]]
"""The values of each name, in order."""


def unit_extras(unit: Unit, source: Pieces, target: Pieces) -> Iterator[tuple[str, str]]:
    """Yield what is to be told of an entry beside its words, comments and references."""
    entry = unit.entry
    yield from _given(("base", unit.base or None), ("base-comments", unit.noted or None))
    for flag in entry.flags:
        if flag != "fuzzy" or not entry.translated:
            yield "flag", flag
    yield from _given(
        ("msgid", as_written(entry.msgid, source)),
        ("msgstr", as_written(first_msgstr(entry), target)),
        ("plural", entry.plural),
        *(("plural-msgstr", form) for form in entry.plural_msgstrs),
        ("previous-plural", entry.previous_plural),
    )


def first_msgstr(entry: Entry) -> str:
    """Return the translation that tools are shown: of plural forms, the first."""
    return entry.msgstr if entry.plural is None else next(iter(entry.plural_msgstrs), "")


def file_extras(header: Header | None, trailer: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what is to be told of a catalog beside its entries."""
    if header:
        entry = header.entry
        yield "header", entry.msgstr
        yield from (("header-comment", comment) for comment in entry.translator_comments)
        yield from (("header-extracted", comment) for comment in entry.extracted_comments)
        yield from (("header-reference", reference) for reference in entry.references)
        yield from (("header-flag", flag) for flag in entry.flags)
    yield from (("trailer", line) for line in trailer)


def header_of(extras: Extras) -> Header | None:
    """Make the header of a catalog again."""
    if "header" not in extras:
        return None
    entry = Entry(
        "",
        extras["header"][0],
        translator_comments=tuple(extras.get("header-comment", ())),
        extracted_comments=tuple(extras.get("header-extracted", ())),
        references=tuple(extras.get("header-reference", ())),
        flags=tuple(extras.get("header-flag", ())),
    )
    return Header(entry)


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says of an entry."""

    source: Pieces
    target: Pieces
    extras: Extras
    notes: Extras
    """By category: context, extracted, translator, reference, previous-context, previous-source."""
    fuzzy: bool
    """Whether its translation is one to look at."""
    obsolete: bool
    line: int | None


def unit_of(found: Found) -> Unit:
    """Make a unit again."""
    extras, notes = found.extras, found.notes
    written, was = one(extras, "msgid"), one(extras, "msgstr")
    msgid = restored(found.source, written, codes.of_msgid(written or ""))
    msgstr = restored(found.target, was, codes.of_msgstr(was or "", msgid))
    plural = one(extras, "plural")
    entry = Entry(
        msgid,
        msgstr if plural is None else "",
        context=one(notes, "context"),
        plural=plural,
        plural_msgstrs=tuple(extras.get("plural-msgstr", ())),
        translator_comments=tuple(notes.get("translator", ())),
        extracted_comments=tuple(notes.get("extracted", ())),
        references=tuple(notes.get("reference", ())),
        previous_context=one(notes, "previous-context"),
        previous_msgid=one(notes, "previous-source"),
        previous_plural=one(extras, "previous-plural"),
        obsolete=found.obsolete,
        line=found.line,
    )
    flags = tuple(extras.get("flag", ()))
    if found.fuzzy and entry.translated:
        flags = tuple(dict.fromkeys(("fuzzy", *flags)))
    return Unit(
        replace(entry, flags=flags),
        one(extras, "base") or "",
        one(extras, "base-comments") or "",
    )


def one(found: Extras, name: str) -> str | None:
    """Return the first value of a name."""
    return found[name][0] if found.get(name) else None


def _given(*pairs: tuple[str, str | None]) -> Iterator[tuple[str, str]]:
    for name, value in pairs:
        if value is not None:
            yield name, value
