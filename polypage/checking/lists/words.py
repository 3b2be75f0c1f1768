"""Checks of words: denials, addresses, terms, and the language they are in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Protocol

from polypage.checking import meaning, sameness, terminology
from polypage.checking.glossary import Glossary, Status, Term
from polypage.checking.languages import in_another
from polypage.checking.passage import Passage
from polypage.checking.remarks import Remark
from polypage.checking.rows import Check, Example, Family
from polypage.model import Severity


def _terms(passage: Passage, *, find: _Seek) -> Iterator[Remark]:
    if not passage.glossary.terms:
        return iter(())
    return find(passage.source, passage.target, passage.glossary, language=passage.written.language)


class _Seek(Protocol):
    """Looks at a text and its translation for what a glossary says."""

    def __call__(
        self, source: str, target: str, glossary: Glossary, *, language: str
    ) -> Iterator[Remark]: ...


def _languages(passage: Passage) -> Iterator[Remark]:
    one, other = passage.spoken, passage.written
    return in_another(passage.source, passage.target, one, other)


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

NEGATION = (
    Check(
        "negation-lost",
        Family.NEGATION,
        _ERROR,
        "The source denies or forbids something, the translation does not",
        Example("fr", "This is not medical advice.", "Ceci est un avis médical."),
        Example("fr", "Do not drive.", "Évitez de conduire."),
        "See that the translation denies or forbids what the source does, or [say how it does so](#waiving-a-finding).\n"
        "Where both have the same number of sentences, each is compared with its own.\n"
        "As a **warning** it says that a sentence denies two things, and its translation one, or that the denial stands in another sentence.",
        meaning.lost_negation,
        concerns="denied",
    ),
    Check(
        "negation-added",
        Family.NEGATION,
        _WARNING,
        "The translation denies or forbids something, the source does not",
        Example("fr", "Rest when you feel tired.", "Ne vous reposez pas si vous êtes fatigué."),
        Example("fr", "Avoid the stairs.", "Ne prenez pas les escaliers."),
        "See that the source means it so; languages deny with different words, so this may be well.\n"
        "A word such as `stop`, `rarely` or `only` may have become a denial, if the translation has no such word of its own; `any`, `before`, `reduce` and `risk` never do.",
        meaning.added_negation,
        concerns="denying",
    ),
)

ADDRESSES = (
    Check(
        "url-changed",
        Family.ADDRESSES,
        _ERROR,
        "A web address that readers see is another one",
        Example("fr", "See who.example/flu.", "Voir who.example/grippe."),
        Example("fr", "See who.example/flu.", "Voir https://www.who.example/flu."),
        "Write the address as in the source; one that differs for readers of the language needs [a reason](#waiving-a-finding).",
        partial(meaning.addresses, kind="url"),
        concerns="addressed",
    ),
    Check(
        "email-changed",
        Family.ADDRESSES,
        _ERROR,
        "An e-mail address that readers see is another one",
        Example("fr", "Write to help@a.example.", "Écrivez à aide@a.example."),
        Example("fr", "Write to help@a.example.", "Écrivez à Help@a.example."),
        "Write the address as in the source.",
        partial(meaning.addresses, kind="mail"),
        concerns="addressed",
    ),
)

GLOSSARY = (
    Check(
        "term-unused",
        Family.GLOSSARY,
        _WARNING,
        "The translation of a term is none that the glossary prefers",
        Example("es", "An old scar", "Una vieja marca", terms=(Term("scar", "cicatriz"),)),
        Example("es", "Old scars", "Viejas cicatrices", terms=(Term("scar", "cicatriz"),)),
        "Use the word of the [glossary](../how-to/glossary.md), in whatever form the sentence needs.",
        partial(_terms, find=terminology.unused),
        concerns="terms",
    ),
    Check(
        "term-forbidden",
        Family.GLOSSARY,
        _WARNING,
        "A term is translated as the glossary forbids",
        Example(
            "es",
            "An old scar",
            "Una vieja marca",
            terms=(Term("scar", "marca", Status.FORBIDDEN),),
        ),
        Example(
            "es", "An old sign", "Una vieja marca", terms=(Term("scar", "marca", Status.FORBIDDEN),)
        ),
        "Choose another word; the glossary may say which.",
        partial(_terms, find=terminology.forbidden),
        concerns="terms",
    ),
    Check(
        "term-translated",
        Family.GLOSSARY,
        _WARNING,
        "A term is translated that stays as it is",
        Example(
            "es",
            "Use Retinol.",
            "Use vitamina A.",
            terms=(Term("Retinol", status=Status.DO_NOT_TRANSLATE),),
        ),
        Example(
            "es",
            "Use Retinol.",
            "Retinol es lo mejor.",
            terms=(Term("Retinol", status=Status.DO_NOT_TRANSLATE),),
        ),
        "Write the term as the source does.",
        partial(_terms, find=terminology.translated),
        concerns="terms",
    ),
)

LANGUAGE = (
    Check(
        "untranslated",
        Family.LANGUAGE,
        _INFO,
        "The translation is the source text",
        Example("de", "Rest well today.", "Rest well today."),
        Example("de", "Dr. Mary Lee", "Dr. Mary Lee"),
        "Translate it, or let it be: names and single words are not found, nor terms that the glossary leaves as they are, nor what is no word, such as `%s` or `a/b`.\n"
        "Nothing is said of locales that share a language with the source, as `en_GB` does with `en`.",
        sameness.untranslated,
        concerns="alike",
    ),
    Check(
        "language-foreign",
        Family.LANGUAGE,
        _WARNING,
        "The translation is written in another language",
        Example(
            "id",
            "Let the skin rest for two days after each treatment.",
            "Lassen Sie die Haut nach jeder Behandlung zwei Tage ruhen.",
        ),
        Example(
            "id",
            "Let the skin rest for two days after each treatment.",
            "Biarkan kulit beristirahat selama dua hari setelah setiap perawatan.",
        ),
        "Put the translation where it belongs, or translate the text.\n"
        "It takes some forty letters to tell a language; of shorter texts nothing is said.\n"
        "Near relatives are not told apart: Indonesian and Malay, Spanish and Portuguese, Danish and Norwegian.\n"
        "What the source quotes in a third language may stand in the translation.",
        _languages,
    ),
)
