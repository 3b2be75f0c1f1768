"""A locale's glossary: its terms, where they occur, and what translators are told of them.

    glossary = Glossary(read_csv(data, path="locales/vi/glossary.csv"), language="en")
    occurrences("Rolling helps collagen.", glossary)     the term collagen, at 14 to 22
    glossed(template, glossary)                          #. term: collagen → collagen (do not translate)

As a table, a glossary is CSV with a line of names above it; `polypage.checking.tbx` reads the other form:

    source,target,status,note
    collagen,,do-not-translate,
    scar,sẹo,preferred,
    scar,thẹo,forbidden,a dialect's word
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.changes import plain_text
from polypage.errors import GlossaryError
from polypage.model import Entry


class Status(StrEnum):
    """What a glossary says of a translation."""

    PREFERRED = "preferred"
    FORBIDDEN = "forbidden"
    DO_NOT_TRANSLATE = "do-not-translate"
    """The source term stays as it is."""


@dataclass(frozen=True, slots=True)
class Term:
    """A source term and a translation of it."""

    source: str
    target: str = ""
    """Empty for what is not translated."""
    status: Status = Status.PREFERRED
    note: str = ""
    part_of_speech: str = ""
    case_sensitive: bool = False
    """Whether other capitals make it another word: `IT` is not `it`."""
    path: str = field(default="", compare=False)
    line: int | None = field(default=None, compare=False)
    """Where it stands."""


@dataclass(frozen=True)
class Glossary:
    """The terms of a locale."""

    terms: tuple[Term, ...] = ()
    language: str = "en"
    """The language of the source terms, whose inflections are looked for as well."""

    @cached_property
    def index(self) -> _Index:
        """The terms by how they begin."""
        return _index(self.terms, self.language)


NO_TERMS = Glossary()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term in a text."""

    start: int
    end: int
    terms: tuple[Term, ...]
    """All that the glossary has for it: translations preferred and forbidden."""


# --- reading ----------------------------------------------------------------------------------

_COLUMNS = ("source", "target", "status", "note", "part_of_speech", "case_sensitive")
_TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


def read_csv(data: bytes, *, path: str) -> tuple[Term, ...]:
    """Read a glossary in CSV: UTF-8, parted by commas, semicolons or tabs.

    Raises:
        GlossaryError: It makes no sense; the error names the line.
    """
    text = _decoded(data, path)
    rows = _rows(text, path)
    head = next(rows, None)
    if head is None:
        raise GlossaryError(path, "is empty", remedy=f"begin it with {','.join(_COLUMNS[:4])}")
    columns = _columns(head[1], path, head[0])
    terms = tuple(_term(columns, row, path, line) for line, row in rows if any(map(str.strip, row)))
    refuse_contradictions(terms)
    return terms


def _decoded(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        raise GlossaryError(path, "is not UTF-8", line=line, remedy="save it as UTF-8") from exc


def _rows(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the lines they begin on."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as exc:
        remedy = "close the quotes, and write a quote within quotes twice"
        raise GlossaryError(path, f"is no CSV: {exc}", line=line, remedy=remedy) from exc


def _columns(head: Sequence[str], path: str, line: int) -> tuple[str, ...]:
    columns = tuple(re.sub(r"[\s-]+", "_", name.strip().lower()) for name in head)
    for name in columns:
        if name not in _COLUMNS:
            near = difflib.get_close_matches(name, _COLUMNS, n=1)
            remedy = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(_COLUMNS)}"
            raise GlossaryError(path, f"{name!r} is no column", line=line, remedy=remedy)
        if columns.count(name) > 1:
            raise GlossaryError(path, f"{name!r} is there twice", line=line, remedy="delete one")
    if "source" not in columns:
        remedy = f"begin it with {','.join(_COLUMNS[:4])}"
        raise GlossaryError(path, "has no column 'source'", line=line, remedy=remedy)
    return columns


def _term(columns: Sequence[str], row: Sequence[str], path: str, line: int) -> Term:
    if len(row) > len(columns):
        remedy = "put a text with the delimiter in it into quotes"
        problem = f"has {len(row)} cells for {len(columns)} columns"
        raise GlossaryError(path, problem, line=line, remedy=remedy)
    cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False)}
    term = Term(
        " ".join(cells["source"].split()),
        " ".join(cells.get("target", "").split()),
        _status(cells.get("status", ""), path, line),
        " ".join(cells.get("note", "").split()),
        cells.get("part_of_speech", ""),
        _truth(cells.get("case_sensitive", ""), path, line),
        path,
        line,
    )
    if not term.source:
        raise GlossaryError(path, "has no source term", line=line, remedy="write one")
    if not term.target and term.status is not Status.DO_NOT_TRANSLATE:
        problem = f"{term.source!r} has no target"
        remedy = f"write one, or the status {Status.DO_NOT_TRANSLATE}"
        raise GlossaryError(path, problem, line=line, remedy=remedy)
    return term


def _status(written: str, path: str, line: int) -> Status:
    name = re.sub(r"[\s_]+", "-", written.lower()) or Status.PREFERRED
    if name not in set(Status):
        near = difflib.get_close_matches(name, [*Status], n=1)
        remedy = f"did you mean {str(near[0])!r}?" if near else f"there are: {', '.join(Status)}"
        raise GlossaryError(path, f"{written!r} is no status", line=line, remedy=remedy)
    return Status(name)


def _truth(written: str, path: str, line: int) -> bool:
    if written.lower() not in _TRUTHS:
        problem = f"case_sensitive is {written!r}"
        raise GlossaryError(path, problem, line=line, remedy="write yes or no")
    return _TRUTHS[written.lower()]


def refuse_contradictions(terms: Iterable[Term]) -> None:
    """Refuse a translation both preferred and forbidden, and a term both translated and not.

    Raises:
        GlossaryError: There is one.
    """
    seen: dict[tuple[str, str], Term] = {}
    for term in terms:
        source = _folded(term)
        kept = term.status is Status.DO_NOT_TRANSLATE
        against = {
            Status.PREFERRED: ((source, ""), (source, f"- {term.target}")),
            Status.FORBIDDEN: ((source, f"+ {term.target}"),),
            Status.DO_NOT_TRANSLATE: ((source, "+"),),
        }[term.status]
        other = next((seen[key] for key in against if key in seen), None)
        if other:
            where = f"{other.path}:{other.line}"
            problem = f"{term.source!r} is {term.status} here and {other.status} in {where}"
            raise GlossaryError(term.path, problem, line=term.line, remedy="delete one of the two")
        if kept:
            seen.setdefault((source, ""), term)
        else:
            sign = "-" if term.status is Status.FORBIDDEN else "+"
            seen.setdefault((source, f"{sign} {term.target}"), term)
            if sign == "+":
                seen.setdefault((source, "+"), term)


def _folded(term: Term) -> str:
    return term.source if term.case_sensitive else term.source.casefold()


# --- finding ----------------------------------------------------------------------------------

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
)
"""Letters of scripts that put no blanks between words, or as Korean none before particles."""
_STARTS = re.compile(rf"[{UNSPACED}]|(?<![^\W{UNSPACED}])[^\W{UNSPACED}]|[^\w\s]")
_SPACED = re.compile(rf"[^\W{UNSPACED}]")
_INFLECTIONS = {"en": r"(?:['\u2019]s|s['\u2019]?|es)?"}
"""What a source term may end in and still be the term, by language."""
_KEY = 3
"""By how many letters terms are looked up."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked for: terms with the same source."""

    pattern: re.Pattern[str]
    terms: tuple[Term, ...]


_Index = Mapping[str, tuple[_Sought, ...]]


def occurrences(text: str, glossary: Glossary) -> tuple[Occurrence, ...]:
    """Find the terms in a plain text, in order; of terms that overlap, the first and longest."""
    return tuple(_found(text, glossary.index))


def _found(text: str, index: _Index) -> Iterator[Occurrence]:
    end = 0
    for start in _STARTS.finditer(text):
        if start.start() < end:
            continue
        if found := _longest(text, start.start(), index):
            yield found
            end = found.end


def _longest(text: str, start: int, index: _Index) -> Occurrence | None:
    best: Occurrence | None = None
    for length in range(_KEY, 0, -1):
        for sought in index.get(text[start : start + length].lower(), ()):
            match = sought.pattern.match(text, start)
            if match and (best is None or match.end() > best.end):
                best = Occurrence(start, match.end(), sought.terms)
    return best


def _index(terms: Iterable[Term], language: str) -> _Index:
    alike: dict[tuple[str, bool], list[Term]] = {}
    for term in terms:
        alike.setdefault((_folded(term), term.case_sensitive), []).append(term)
    index: dict[str, list[_Sought]] = {}
    for group in alike.values():
        word = group[0].source.split()[0]
        sought = _Sought(_pattern(group[0], language), tuple(group))
        index.setdefault(word[:_KEY].lower(), []).append(sought)
    return {key: tuple(found) for key, found in index.items()}


def _pattern(term: Term, language: str) -> re.Pattern[str]:
    """Make the pattern of a term, whose words may be parted by any blanks."""
    words = r"\s+".join(map(re.escape, term.source.split()))
    whole = bool(_SPACED.match(term.source[-1]))
    ending = rf"{_INFLECTIONS.get(language, '')}(?![^\W{UNSPACED}])" if whole else ""
    return re.compile(words + ending, 0 if term.case_sensitive else re.IGNORECASE)


# --- telling translators ----------------------------------------------------------------------

_MARK = "term:"
"""Begins the extracted comment that tells of a term."""


def glossed(template: Catalog, glossary: Glossary) -> Catalog:
    """Tell in extracted comments of the terms that occur in the entries of a template."""
    if not glossary.terms:
        return template
    return replace(
        template, entries=tuple(_with_terms(entry, glossary) for entry in template.entries)
    )


def _with_terms(entry: Entry, glossary: Glossary) -> Entry:
    found = occurrences(plain_text(entry.msgid), glossary)
    comments = dict.fromkeys(_told(occurrence.terms) for occurrence in found)
    return replace(entry, extracted_comments=(*entry.extracted_comments, *comments))


def _told(terms: Sequence[Term]) -> str:
    """Say how a term is translated: `scar → sẹo (not: thẹo)`."""
    source = terms[0].source
    preferred = [term.target for term in terms if term.status is Status.PREFERRED]
    forbidden = [term.target for term in terms if term.status is Status.FORBIDDEN]
    told = f"{_MARK} {source}"
    if any(term.status is Status.DO_NOT_TRANSLATE for term in terms):
        told += f" → {source} (do not translate)"
    elif preferred:
        told += f" → {' / '.join(dict.fromkeys(preferred))}"
    if forbidden:
        told += f" (not: {', '.join(dict.fromkeys(forbidden))})"
    notes = dict.fromkeys(term.note for term in terms if term.note)
    return " · ".join((told, *notes))
