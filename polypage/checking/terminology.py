"""Whether a translation keeps to its locale's glossary.

    glossary = Glossary(read_csv(…))                scar,cicatriz,preferred / scar,marca,forbidden
    list(unused("Old scars", "Viejas marcas", glossary, language="es"))
        -> [Remark("scar should be translated cicatriz", source=(Span(4, 9),))]

Words are found in any of their forms, as far as their beginnings stay the same: `cicatriz` in
`cicatrices`. That finds too much rather than too little of what is preferred, and the other way
round for what is forbidden, so that hardly anything is said in vain.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from polypage.checking.glossary import UNSPACED, Glossary, Occurrence, Status, Term, occurrences
from polypage.checking.remarks import Remark, all_of
from polypage.model import Span

_FIXED = frozenset("vi th lo km my zh ja yue".split())
"""Languages whose words have one form."""
_STEM = 3
"""Letters that a word keeps in all its forms."""


def unused(source: str, target: str, glossary: Glossary, *, language: str) -> Iterator[Remark]:
    """Find terms of the source whose translation is none of the preferred ones."""
    for found, places in _distinct(source, glossary):
        preferred = _with(found, Status.PREFERRED)
        if preferred and not any(_is_used(term, target, language) for term in preferred):
            told = " or ".join(dict.fromkeys(term.target for term in preferred))
            yield Remark(f"{found.terms[0].source} should be translated {told}", places)


def forbidden(source: str, target: str, glossary: Glossary, *, language: str) -> Iterator[Remark]:
    """Find translations that a term of the source must not have."""
    for found, places in _distinct(source, glossary):
        allowed = _without(target, _with(found, Status.PREFERRED), language)
        for term in _with(found, Status.FORBIDDEN):
            if said := _exactly(term, language).search(allowed):
                message = f"{term.source} must not be translated {term.target}"
                yield Remark(message, places, all_of([said[0]], target))


def translated(
    source: str,
    target: str,
    glossary: Glossary,
    *,
    language: str,  # noqa: ARG001 - as the others, though no language inflects what is not its own
) -> Iterator[Remark]:
    """Find terms that stay as they are and did not."""
    for found, places in _distinct(source, glossary):
        for term in _with(found, Status.DO_NOT_TRANSLATE):
            if _plain(term.source) not in _plain(target):
                yield Remark(f"{term.source} stays as it is", places)


def _distinct(source: str, glossary: Glossary) -> Iterator[tuple[Occurrence, tuple[Span, ...]]]:
    """Find each term, and all places where it stands."""
    places: dict[tuple[Term, ...], list[Occurrence]] = {}
    for found in occurrences(source, glossary) if glossary.terms else ():
        places.setdefault(found.terms, []).append(found)
    for same in places.values():
        yield same[0], tuple(Span(each.start, each.end) for each in same)


def _with(found: Occurrence, status: Status) -> list[Term]:
    return [term for term in found.terms if term.status is status]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _is_used(term: Term, target: str, language: str) -> bool:
    """Say whether all words of a translation are there, in any form and order."""
    text = _plain(target)
    if _plain(term.target) in text:
        return True
    if language in _FIXED:
        return False
    return all(_stem(word) in text for word in _plain(term.target).split())


def _stem(word: str) -> str:
    """Return what stays of a word in most of its forms: two thirds of it."""
    return word if len(word) <= _STEM else word[: max(_STEM, len(word) * 2 // 3)]


def _exactly(term: Term, language: str) -> re.Pattern[str]:
    """Make the pattern of a translation as whole words, but for a short ending of the last one."""
    words = r"\s+".join(map(re.escape, _plain(term.target).split()))
    if language in _FIXED:
        # Those that put blanks between words, as Vietnamese does, need them here too.
        return re.compile(rf"(?<![^\W{UNSPACED}]){words}(?![^\W{UNSPACED}])")
    return re.compile(rf"\b{words}\w{{0,2}}\b")


def _without(target: str, preferred: Iterable[Term], language: str) -> str:
    """Take out what is preferred: `vết sẹo` may have a forbidden `sẹo` in it."""
    text = _plain(target)
    for term in preferred:
        text = _exactly(term, language).sub(" ", text)
    return text
