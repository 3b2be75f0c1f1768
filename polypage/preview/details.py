"""What a preview tells of one entry: its texts in pieces, terms, similar translations.

pieces("Read <a1>this</a1>.", {"a1": "link to x.html"})
    -> text "Read ", code "a1" that opens, text "this", code "a1" that closes, text "."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from polypage.catalogs.changes import plain_text
from polypage.catalogs.worddiff import compared
from polypage.checking.glossary import Glossary, Status, occurrences
from polypage.errors import DamagedError, GlossaryError
from polypage.html.references import resolve
from polypage.model import Entry
from polypage.preview.sheet import Row
from polypage.profiles import is_pseudo
from polypage.project import Project, load
from polypage.reuse.memory import Hit, opened
from polypage.reuse.vetting import errors_of
from polypage.runs.localefiles import open_glossary
from polypage.runs.standards import standards_of

_LEAST = 60
"""Percent of likeness: less is of no help to anybody."""
_MOST = 3
"""How many similar translations are shown."""


class Piece(NamedTuple):
    """A stretch of a text as the panel draws it."""

    kind: str
    """`text`, or how a code is written: `open`, `close`, `standalone`; in a comparison `same`,
    `gone`, `come`."""
    text: str
    legend: str = ""
    """What a code is."""


class TermNote(NamedTuple):
    """A term of the glossary that occurs in a text."""

    source: str
    preferred: tuple[str, ...]
    forbidden: tuple[str, ...]
    kept: bool
    """It is not translated."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """All that is told of an entry."""

    row: Row
    msgid: tuple[Piece, ...]
    msgstr: tuple[Piece, ...]
    change: tuple[Piece, ...]
    """What became of the text that the translation was made for."""
    comments: tuple[str, ...]
    """What polypage says of it."""
    terms: tuple[TermNote, ...]
    hits: tuple[Hit, ...]


def details(root: Path, row: Row, locale: str) -> Details:
    """Tell all that is known of an entry.

    Raises:
        PolypageError: The settings make no sense.
    """
    project, entry = load(root), row.entry
    legends = _legends(entry)
    return Details(
        row,
        msgid=tuple(pieces(entry.msgid, legends)),
        msgstr=tuple(pieces(entry.msgstr, legends)),
        change=tuple(_change(entry)),
        comments=tuple(line for line in entry.extracted_comments if not _LEGEND.match(line)),
        terms=tuple(_terms(entry.msgid, _glossary(project, locale))),
        hits=() if is_pseudo(locale) else _similar(project, row, locale),
    )


# --- texts ------------------------------------------------------------------------------------

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>&\"'=]*)\s*(/?)>")
_LEGEND = re.compile(r"([A-Za-z][^\s/<>&\"'=:]*): (.*)")
_KINDS = {("", ""): "open", ("/", ""): "close", ("", "/"): "standalone"}


def pieces(text: str, legends: Mapping[str, str]) -> Iterator[Piece]:
    """Part a msgid or msgstr into its text, as people read it, and its codes."""
    end = 0
    for tag in _TAG.finditer(text):
        if tag.start() > end:
            yield _text(text[end : tag.start()])
        kind = _KINDS.get((tag[1], tag[3]), "standalone")
        yield Piece(kind, tag[2], legends.get(tag[2], ""))
        end = tag.end()
    if end < len(text):
        yield _text(text[end:])


def _text(written: str) -> Piece:
    return Piece("text", resolve(written, attribute=True))


def _legends(entry: Entry) -> Mapping[str, str]:
    """Read back from the comments what the codes of a msgid are."""
    names = {tag[2] for tag in _TAG.finditer(entry.msgid)}
    found = filter(None, map(_LEGEND.match, entry.extracted_comments))
    return {match[1]: match[2] for match in found if match[1] in names}


def _change(entry: Entry) -> Iterator[Piece]:
    if entry.previous_msgid is None or entry.previous_msgid == entry.msgid:
        return
    for old, new in compared(entry.previous_msgid, entry.msgid):
        if old == new:
            yield Piece("same", "".join(new))
            continue
        if old:
            yield Piece("gone", "".join(old))
        if new:
            yield Piece("come", "".join(new))


# --- what helps -------------------------------------------------------------------------------


def _glossary(project: Project, locale: str) -> Glossary:
    """Read the locale's glossary; that one cannot be read is told among the findings."""
    try:
        return open_glossary(project, locale).glossary
    except GlossaryError:
        return Glossary()


def _terms(msgid: str, glossary: Glossary) -> Iterator[TermNote]:
    if not glossary.terms:
        return
    found = occurrences(plain_text(msgid), glossary)
    for terms in dict.fromkeys(occurrence.terms for occurrence in found):
        by_status = {
            status: tuple(term.target for term in terms if term.status is status)
            for status in Status
        }
        yield TermNote(
            terms[0].source,
            by_status[Status.PREFERRED],
            by_status[Status.FORBIDDEN],
            bool(by_status[Status.DO_NOT_TRANSLATE]),
            tuple(dict.fromkeys(term.note for term in terms if term.note)),
        )


def _similar(project: Project, row: Row, locale: str) -> tuple[Hit, ...]:
    """Find what was translated before: neither the entry's own, nor what an error keeps off pages."""
    with opened(project.memory_dir) as memory:
        try:
            hits = memory.similar(row.entry.msgid, locale, least=_LEAST) if memory.exists else ()
        except DamagedError:
            return ()  # the next run makes it anew
    own = row.path, row.entry.key
    others = (
        hit for hit in hits if (hit.path, (hit.context, hit.msgid)) != own or hit.catalogs > 1
    )
    standards = standards_of(project, locale)
    sound = (hit for hit in others if not errors_of(hit.entry, standards))
    return tuple(islice(sound, _MOST))
