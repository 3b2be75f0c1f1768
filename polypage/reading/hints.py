"""What ITS says of a text, for those who translate it and for the checks of what they write.

    told(whole, parts)           -> ("term: dose (see #dose)", "domain: dermatology")
    keeping(content, parts, …)   -> (Limits("b1", allowed="[A-Z]"), Limits(storage=Storage(25)))

A text has limits and a subject by the element that holds it, and terms in it by those within.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from polypage.html.legends import shortened
from polypage.limits import Limits, LocaleFilter, is_for_all
from polypage.model import Content
from polypage.reading.inline import Close, Open, steps
from polypage.rules.its_marks import Marks, Term
from polypage.rules.judging import Verdict, note_of


class Part(NamedTuple):
    """An element and its text."""

    verdict: Verdict
    text: str


def told(whole: Verdict, parts: Iterable[Part]) -> tuple[str, ...]:
    """Say what translators are to know of a text and the elements around and within it."""
    terms = (
        _term(part.verdict.own.term, part.text)
        for part in parts
        if part.verdict.own and part.verdict.own.term and part.verdict.own.term.is_term
    )
    return tuple(dict.fromkeys((*terms, *_about(whole.topics, whole.direction))))


def told_of_value(verdict: Verdict, said: Marks, text: str) -> tuple[str, ...]:
    """Say what translators are to know of an attribute, its element's note included."""
    notes = (note_of(said.note),) if said.note else verdict.notes
    terms = (_term(said.term, text),) if said.term and said.term.is_term else ()
    topics = verdict.topics if said.domains is None else said.domains
    return (*notes, *terms, *_about(topics, said.direction or verdict.direction))


def _term(term: Term, text: str) -> str:
    confidence = f"confidence {term.confidence}" if term.confidence else ""
    reference = f"see {term.reference}" if term.reference else ""
    details = "; ".join(filter(None, (term.info, reference, confidence)))
    return f"term: {shortened(text)}" + (f" ({details})" if details else "")


def _about(topics: Sequence[str], direction: str) -> Iterator[str]:
    if topics:
        yield f"domain: {', '.join(topics)}"
    if direction:
        yield f"direction: {direction}"


def keeping(
    content: Content, around: Sequence[Verdict], within: Mapping[int, Verdict]
) -> tuple[Limits, ...]:
    """Return what a text must keep to.

    It is given the elements around it, the innermost last, and by where they start those within.
    """
    allowed = around[-1].allowed
    found = [Limits("", allowed)] if allowed is not None else []
    found += (
        Limits("", None, each.own.storage) for each in around if each.own and each.own.storage
    )
    open_ = [allowed]
    for step in steps(content) if within else ():
        match step:
            case Open(code):
                verdict = within.get(code.open.start, around[-1])
                if verdict.allowed != open_[-1]:
                    found.append(Limits(code.name, verdict.allowed))
                if verdict.own and verdict.own.storage and verdict is not around[-1]:
                    found.append(Limits(code.name, None, verdict.own.storage))
                open_.append(verdict.allowed)
            case Close():
                open_.pop()
            case _:
                pass
    return tuple(found)


def keeping_of_value(said: Marks) -> tuple[Limits, ...]:
    """Return what an attribute must keep to."""
    limits = Limits("", said.allowed_characters, said.storage)
    return () if limits == Limits() else (limits,)


def locales_of_value(verdict: Verdict, said: Marks) -> LocaleFilter | None:
    """Say which locales an attribute is for."""
    if said.locales is None:
        return verdict.locales
    return None if is_for_all(said.locales) else said.locales
