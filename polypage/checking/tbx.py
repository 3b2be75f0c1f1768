"""TBX, the exchange format of terminologies: glossaries of TBX-Basic and its kin.

    terms = read_tbx(data, path="locales/vi/glossary.tbx", source="en", target="vi")

Three forms are read: TBX 3 (ISO 30042:2019) in both its styles, where what is said of a term is
the element's name (DCT) or its `type` (DCA), and TBX 2 (`martif`, ISO 30042:2008):

    <conceptEntry id="1">
      <langSec xml:lang="en"><termSec><term>scar</term></termSec></langSec>
      <langSec xml:lang="vi">
        <termSec><term>sẹo</term></termSec>
        <termSec>
          <term>thẹo</term>
          <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
        </termSec>
      </langSec>
    </conceptEntry>

A term that is the same in both languages is not to be translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from polypage.checking.glossary import Status, Term, refuse_contradictions
from polypage.errors import ExchangeError, GlossaryError
from polypage.html.xmltree import Element, parse

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_CONCEPTS, _LANGUAGES, _TERMS = (
    {"conceptEntry", "termEntry"},
    {"langSec", "langSet"},
    {"termSec", "tig", "ntig"},
)
_STATUSES = {
    "preferredTerm-admn-sts": Status.PREFERRED,
    "admittedTerm-admn-sts": Status.PREFERRED,
    "deprecatedTerm-admn-sts": Status.FORBIDDEN,
    "supersededTerm-admn-sts": Status.FORBIDDEN,
    "preferred": Status.PREFERRED,
    "admitted": Status.PREFERRED,
    "notRecommended": Status.FORBIDDEN,
    "obsolete": Status.FORBIDDEN,
}
"""Of TBX-Basic, and of TBX-Min."""


def read_tbx(data: bytes, *, path: str, source: str, target: str) -> tuple[Term, ...]:
    """Read the terms of a TBX file in two languages, given by their tags.

    Raises:
        GlossaryError: It is no TBX, or has no terms in both languages; the error names the line.
    """
    try:
        root = parse(data, path=path, prefixes={_NAMESPACE: "tbx"})
    except ExchangeError as exc:
        raise GlossaryError(path, exc.problem, line=exc.line, remedy=exc.remedy) from exc
    if _local(root.name) not in {"tbx", "martif"}:
        remedy = "bring TBX 3 (tbx) or TBX 2 (martif)"
        raise GlossaryError(path, "is no TBX", line=root.line, remedy=remedy)
    concepts = (each for each in _below(root) if _local(each.name) in _CONCEPTS)
    terms = tuple(term for concept in concepts for term in _pairs(concept, path, source, target))
    if not terms:
        remedy = "see which languages its terms are said to be in"
        raise GlossaryError(path, f"has no terms in {source} and {target}", remedy=remedy)
    refuse_contradictions(terms)
    return terms


@dataclass(frozen=True, slots=True)
class _Word:
    """A term in one language."""

    text: str
    status: Status
    part_of_speech: str
    note: str
    line: int | None


def _pairs(concept: Element, path: str, source: str, target: str) -> Iterator[Term]:
    sections = [each for each in concept.elements if _local(each.name) in _LANGUAGES]
    spoken = _words(sections, source, path)
    written = _words(sections, target, path)
    for word in spoken:
        for other in written:
            same = word.text == other.text and other.status is Status.PREFERRED
            yield Term(
                word.text,
                "" if same else other.text,
                Status.DO_NOT_TRANSLATE if same else other.status,
                other.note,
                other.part_of_speech or word.part_of_speech,
                path=path,
                line=other.line,
            )


def _words(sections: list[Element], language: str, path: str) -> list[_Word]:
    """Return the terms in a language: of just that tag, or else of the language without region."""
    tags = [section.get("xml:lang").lower() for section in sections]
    wanted = language.lower()
    if wanted not in tags:
        wanted = wanted.partition("-")[0]
        tags = [tag.partition("-")[0] for tag in tags]
    return [
        _word(each, path)
        for section, tag in zip(sections, tags, strict=True)
        if tag == wanted
        for each in section.elements
        if _local(each.name) in _TERMS
    ]


def _word(section: Element, path: str) -> _Word:
    said = {_category(each): " ".join(each.text.split()) for each in _below(section)}
    text = said.get("term", "")
    if not text:
        raise GlossaryError(path, "a term is empty", line=section.line, remedy="delete it")
    status = said.get("administrativeStatus", "preferred")
    if status not in _STATUSES:
        remedy = f"there are: {', '.join(_STATUSES)}"
        problem = f"{status!r} is no administrative status"
        raise GlossaryError(path, problem, line=section.line, remedy=remedy)
    note = said.get("note", "")
    return _Word(text, _STATUSES[status], said.get("partOfSpeech", ""), note, section.line)


def _category(element: Element) -> str:
    """Return what an element says: by its type, or by its name."""
    return element.get("type") or _local(element.name)


def _below(element: Element) -> Iterator[Element]:
    for child in element.elements:
        yield child
        yield from _below(child)


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]
