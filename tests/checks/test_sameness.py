from __future__ import annotations

import pytest

from polypage.checking.glossary import Glossary, Status, Term
from polypage.checking.passage import passage_of
from polypage.checking.sameness import untranslated
from polypage.profiles import profile

NO_TRANSLATIONS = [
    "Rest well today.",
    "Wash your hands",
    "World Health Organization guidelines for the flu",
    "See who.example/flu for more advice.",
    "%s: skipping existing file",
    "Files (not found)",
]
THE_SAME = [
    "Vitamin C",
    "Hepatitis B",
    "Virus",
    "Menu",
    "Test",
    "Information",
    "Dr. Mary Lee",
    "Port-au-Prince",
    "mRNA, DNA",
    "World Health Organization (WHO)",
    "5 mg/kg",
    "https://who.example/flu/about-the-virus",
    "%(class_name)s %(instance)s",
    "&task-desktop; {first_name} {last_name}",
    "litre,litres,liter,liters",
    "debconf/priority",
    "64bit ARM",
]


def is_found(text: str, *terms: Term, locale: str = "de") -> bool:
    one, other = profile("en"), profile(locale)
    passage = passage_of((text,), (text,), one, other, glossary=Glossary(terms))
    return [*untranslated(passage)] != []


@pytest.mark.parametrize("text", NO_TRANSLATIONS)
def test_text_of_the_source_is_no_translation(text: str) -> None:
    assert is_found(text)


@pytest.mark.parametrize("text", THE_SAME)
def test_names_codes_and_single_words_may_be_the_same(text: str) -> None:
    assert not is_found(text)


def test_what_the_glossary_leaves_as_it_is_may_be_the_same() -> None:
    kept = Term("skin needling", status=Status.DO_NOT_TRANSLATE)
    same = Term("serum", "Serum")

    assert is_found("Retinol skin needling")
    assert not is_found("Retinol skin needling", kept)
    assert not is_found("Retinol skin needling serum", kept, same)
    assert is_found("Retinol skin needling for scars", kept)


def test_a_locale_of_the_same_language_may_say_the_same() -> None:
    assert not is_found("Rest well today.", locale="en_GB")
