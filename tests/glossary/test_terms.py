"""Terms are found as readers find them, and translators are told of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.catalogs.catalog import Catalog
from polypage.checking.glossary import Glossary, Status, Term, glossed, occurrences
from polypage.model import Entry


def found(
    text: str, *sources: str, language: str = "en", case_sensitive: bool = False
) -> list[str]:
    terms = tuple(Term(source, "x", case_sensitive=case_sensitive) for source in sources)
    return [text[each.start : each.end] for each in occurrences(text, Glossary(terms, language))]


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("A scar heals.", ("scar",), ["scar"]),
        ("Scar, SCAR", ("scar",), ["Scar", "SCAR"]),
        ("scarf, escar, scar-free", ("scar",), ["scar"]),
        ("Scars of a scar's", ("scar",), ["Scars", "scar's"]),
        ("scars’ patches", ("scar", "patch"), ["scars’", "patches"]),
        ("acne scars and acne", ("acne", "acne scar", "scar"), ["acne scars", "acne"]),
        ("micro needle\n rolling", ("micro needle rolling",), ["micro needle\n rolling"]),
        ("micro\N{NO-BREAK SPACE}needle", ("micro needle",), ["micro\N{NO-BREAK SPACE}needle"]),
        ("vitamin C, vitamin CD", ("vitamin C",), ["vitamin C"]),
        ("5 mg/ml of it", ("mg/ml",), ["mg/ml"]),
        ("C++ (.NET) 5%", ("C++", ".NET", "%"), ["C++", ".NET", "%"]),
        ("snake_scar", ("scar",), []),
        ("", ("scar",), []),
        ("İstanbul ISTANBUL", ("istanbul",), ["ISTANBUL"]),
    ],
)
def test_a_term_is_found_where_it_is_a_word(
    text: str, terms: tuple[str, ...], expected: list[str]
) -> None:
    assert found(text, *terms) == expected


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("微針滾輪能促進膠原蛋白", ("膠原", "膠原蛋白", "滾輪"), ["滾輪", "膠原蛋白"]),
        ("เข็มขนาดเล็กช่วยคอลลาเจน", ("คอลลาเจน",), ["คอลลาเจน"]),
        ("使用collagen霜", ("collagen",), ["collagen"]),
        ("비타민C와 흉터가", ("흉터", "비타민"), ["비타민", "흉터"]),
    ],
)
def test_scripts_without_blanks_have_no_borders_of_words(
    text: str, terms: tuple[str, ...], expected: list[str]
) -> None:
    assert found(text, *terms, language="zh") == expected


def test_capitals_count_where_the_glossary_says_so() -> None:
    assert found("IT is it, It", "IT", case_sensitive=True) == ["IT"]


def test_a_language_that_is_not_english_has_no_plural_in_s() -> None:
    assert found("scar scars", "scar", language="de") == ["scar"]


@given(
    text=st.text(alphabet="ab c-", max_size=30),
    sources=st.sets(st.text(alphabet="abc", min_size=1, max_size=4), max_size=5),
)
def test_occurrences_are_in_order_apart_and_what_they_say(text: str, sources: set[str]) -> None:
    glossary = Glossary(tuple(Term(source, "x") for source in sorted(sources)), "de")

    places = occurrences(text, glossary)

    assert all(one.end <= other.start for one, other in pairwise(places))
    words = {text[each.start : each.end] for each in places}
    assert words == {word for word in text.replace("-", " ").split() if word in sources}


# --- what translators are told ----------------------------------------------------------------

GLOSSARY = Glossary(
    (
        Term("collagen", "", Status.DO_NOT_TRANSLATE),
        Term("scar", "sẹo"),
        Term("scar", "vết sẹo"),
        Term("scar", "thẹo", Status.FORBIDDEN, note="a dialect's word"),
        Term("wonder", "phép lạ", Status.FORBIDDEN),
    )
)


@pytest.mark.parametrize(
    ("msgid", "comments"),
    [
        ("Nothing here.", ()),
        ("How <b>coll</b>agen helps", ("term: collagen → collagen (do not translate)",)),
        (
            "Scars wonder, <a1>scars</a1>",
            (
                "term: scar → sẹo / vết sẹo (not: thẹo) · a dialect's word",
                "term: wonder (not: phép lạ)",
            ),
        ),
    ],
)
def test_an_entry_tells_of_its_terms_once_in_their_order(
    msgid: str, comments: tuple[str, ...]
) -> None:
    template = Catalog(entries=(Entry(msgid, extracted_comments=("paragraph",)),))

    (entry,) = glossed(template, GLOSSARY).entries

    assert entry.extracted_comments == ("paragraph", *comments)
