"""Translations that are the source text, where another language would say it otherwise.

>>> passage = passage_of(("Rest well today.",), ("Rest well today.",), profile("en"), profile("de"))
>>> [each.message for each in untranslated(passage)]
['the translation is the source text']

Names are the same in many languages, and so are single words (Virus, Test, Menu), terms that the
glossary leaves as they are, and all that is no word: codes, addresses, what a program puts in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from polypage.checking.contacts import without
from polypage.checking.glossary import Glossary, Status, Term, occurrences
from polypage.checking.passage import Passage
from polypage.checking.remarks import Remark


def untranslated(passage: Passage) -> Iterator[Remark]:
    """Find source text in place of a translation."""
    if passage.spoken.language == passage.written.language:
        return
    if passage.source.split() == passage.target.split():
        words = [*_words(_open(passage.source, passage.glossary))]
        if len(words) > 1 and not all(word[0].isupper() for word in words):
            yield Remark("the translation is the source text")


def may_be_same(source: str, target: str) -> bool:
    """Whether the first and the last characters leave it open that the texts are the same words."""
    one, other = source.strip(), target.strip()
    return one[:1] == other[:1] and one[-1:] == other[-1:]


def _open(text: str, glossary: Glossary) -> str:
    """Blank out what needs no translation by its kind, or by what the glossary says."""
    text = _NO_WORDS.sub(_blank, without(text))
    if not glossary.terms:
        return text
    kept = [each for each in occurrences(text, glossary) if any(map(_is_kept, each.terms))]
    for each in kept:
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


_NO_WORDS = re.compile(
    r"%(?:\([^()]*\))?[-+#0 ']*[\d.*]*(?:hh?|ll?|[Lzjt])?[a-zA-Z]"
    r"|\$?\{[^{}]*\}|&[\w.-]+;|https?:\S+"
)
"""What programs put into a text, and references to characters that were meant to stand there."""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_kept(term: Term) -> bool:
    is_same = term.status is Status.PREFERRED and term.source.lower() == term.target.lower()
    return is_same or term.status is Status.DO_NOT_TRANSLATE


def _words(text: str) -> Iterator[str]:
    """Find what is a word and no name: a name has a capital, and more than a sentence gives it."""
    begins = True
    for token in _TOKEN.finditer(text):
        word = _WORD.fullmatch(token["core"])
        is_name = token["core"][:1].isupper() and (not begins or "-" in token["core"])
        if word and not is_name and not _ACRONYM.search(token["core"]):
            yield token["core"]
        begins = bool(token["end"])


_TOKEN = re.compile(r"[^\w\s]*(?P<core>\w(?:\S*\w)?)(?P<end>[^\w\s]*[.!?:;。][^\w\s]*)?\S*")
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_ACRONYM = re.compile(r"\w[A-Z]")
