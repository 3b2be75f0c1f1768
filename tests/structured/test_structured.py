"""Structured data: which of its strings people read, and where they stand."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.reading.structured import Structured, lines, read
from tests.growth import assert_grows_evenly

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

READ = [
    ("a headline", {"@type": "Article", "headline": "Bread"}, ["Bread"]),
    ("the second headline", {"@type": "Article", "alternativeHeadline": "Crust"}, ["Crust"]),
    ("no type at all", {"headline": "Bread", "name": "Bread"}, ["Bread", "Bread"]),
    ("the type behind its properties", {"name": "Ann", "@type": "Person"}, []),
    ("a description", {"@type": "WebPage", "description": "All of it"}, ["All of it"]),
    ("an abstract", {"@type": "ScholarlyArticle", "abstract": "In short"}, ["In short"]),
    ("the section", {"@type": "Article", "articleSection": "Food"}, ["Food"]),
    ("sections", {"@type": "Article", "articleSection": ["Food", "Home"]}, ["Food", "Home"]),
    ("keywords in one string", {"keywords": "bread, crust"}, ["bread, crust"]),
    ("keywords in an array", {"keywords": ["bread", 5, None, "crust"]}, ["bread", "crust"]),
    ("keywords as terms", {"keywords": [{"@type": "DefinedTerm", "name": "bread"}]}, ["bread"]),
    ("the whole article", {"@type": "Article", "articleBody": "Mix. Bake."}, ["Mix. Bake."]),
    ("a person's name", {"author": {"@type": "Person", "name": "Ann"}}, []),
    ("a person's work", {"author": {"@type": "Person", "jobTitle": "Baker"}}, ["Baker"]),
    ("an author without a type", {"author": {"name": "Ann"}}, []),
    ("an author as a string", {"author": "Ann"}, []),
    ("authors", {"author": [{"name": "Ann"}, {"name": "Bob"}]}, []),
    ("a publisher", {"publisher": {"@type": "Organization", "name": "Mill"}}, []),
    ("a kind of organization", {"@type": "MedicalOrganization", "name": "Clinic"}, []),
    (
        "a type with the vocabulary's address",
        {"@type": "https://schema.org/Person", "name": "A"},
        [],
    ),
    ("a property with the vocabulary's prefix", {"schema:headline": "Bread"}, ["Bread"]),
    ("several types", {"@type": ["Person", "Thing"], "name": "Ann"}, []),
    ("capitals that are wrong", {"@type": "organization", "name": "Mill"}, []),
    (
        "a brand",
        {"@type": "Product", "name": "Loaf", "brand": {"@type": "Brand", "name": "M"}},
        ["Loaf"],
    ),
    (
        "a site's name",
        {"@type": "WebSite", "name": "Mill", "description": "All of it"},
        ["All of it"],
    ),
    (
        "the site that a page is part of",
        {"isPartOf": {"@type": "CreativeWork", "name": "Mill"}},
        [],
    ),
    ("the page that it is part of", {"isPartOf": {"@type": "WebPage", "name": "Bread"}}, ["Bread"]),
    ("a caption", {"image": {"@type": "ImageObject", "caption": "A loaf"}}, ["A loaf"]),
    (
        "the captions of a portrait and a logo",
        {
            "author": {"@type": "Person", "image": {"@type": "ImageObject", "caption": "Ann"}},
            "publisher": {"logo": {"@type": "ImageObject", "caption": "Mill", "name": "Mill"}},
        },
        [],
    ),
    (
        "a question",
        {
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": "Why?",
                    "acceptedAnswer": {"@type": "Answer", "text": "So."},
                    "suggestedAnswer": [{"@type": "Answer", "text": "Or so."}],
                }
            ],
        },
        ["Why?", "So.", "Or so."],
    ),
    (
        "a comment",
        {"comment": {"@type": "Comment", "text": "Good", "author": {"name": "B"}}},
        ["Good"],
    ),
    (
        "breadcrumbs",
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://a.example/"},
                {"@type": "ListItem", "item": {"@id": "https://a.example/b", "name": "Bread"}},
            ],
        },
        ["Home", "Bread"],
    ),
    (
        "instructions",
        {
            "@type": "HowTo",
            "name": "Bake",
            "totalTime": "PT1H",
            "tool": "oven",
            "step": [
                {
                    "@type": "HowToStep",
                    "name": "Mix",
                    "text": "Mix it.",
                    "url": "https://a.example/#1",
                }
            ],
        },
        ["Bake", "oven", "Mix", "Mix it."],
    ),
    ("ingredients", {"@type": "Recipe", "recipeIngredient": ["5 g salt"]}, ["5 g salt"]),
    ("a condition", {"@type": "MedicalCondition", "signOrSymptom": [{"name": "Itch"}]}, ["Itch"]),
    (
        "a graph",
        {"@graph": [{"@type": "Person", "name": "A"}, {"@type": "Article", "name": "B"}]},
        ["B"],
    ),
    ("several objects", [{"headline": "Bread"}, [{"headline": "Crust"}]], ["Bread", "Crust"]),
    ("values with a language", {"headline": {"@value": "Bread", "@language": "en"}}, ["Bread"]),
    ("lists of JSON-LD", {"keywords": {"@list": ["bread", "crust"]}}, ["bread", "crust"]),
    (
        "what machines read",
        {
            "@context": {"name": "https://schema.org/name", "headline": "x"},
            "@id": "#1",
            "@type": "Article",
            "url": "https://a.example/",
            "datePublished": "2026-01-01",
            "sku": "A-1",
            "email": "a@b.example",
            "thumbnailUrl": "https://a.example/1.png",
            "identifier": {"@type": "PropertyValue", "name": "Mill", "value": "17"},
            "potentialAction": {"@type": "SearchAction", "name": "Search", "target": "x"},
        },
        [],
    ),
    (
        "an address in the place of words",
        {"name": "https://a.example/", "about": "//a.example"},
        [],
    ),
    ("nothing but blanks", {"headline": " \n", "description": ""}, []),
    ("half a character", {"headline": "\ud83d"}, []),
    ("a whole one, escaped", {"headline": "\U0001f35e"}, ["\U0001f35e"]),
    ("a string that is the whole", "Bread", []),
    ("a number", 5, []),
]


@pytest.mark.parametrize(
    ("data", "expected"), [case[1:] for case in READ], ids=[c[0] for c in READ]
)
@pytest.mark.parametrize("indent", [None, 2])
def test_what_people_read_is_found_where_it_stands(
    data: Json, expected: list[str], indent: int | None
) -> None:
    text = f"\n{json.dumps(data, indent=indent)}\n"

    found = read(text, offset=1000)

    assert found is not None
    assert [string.value for string in found.strings] == expected
    spans = [slice(string.span.start - 1000, string.span.end - 1000) for string in found.strings]
    assert [json.loads(text[span]) for span in spans] == expected


WRAPPED = [
    ("bare", '{"name": "A"}', ["A"]),
    ("blank", " \n", []),
    ("empty", "", []),
    ("an empty comment", "<!-- -->", []),
    ("a comment around", '<!--\n{"name": "A"}\n-->', ["A"]),
    ("CDATA around", '<![CDATA[\n{"name": "A"}]]>', ["A"]),
    ("CDATA in line comments", '//<![CDATA[\n{"name": "A"}\n//]]>', ["A"]),
    ("CDATA in comments", '/*<![CDATA[*/{"name": "A"}/*]]>*/', ["A"]),
    ("CDATA for everyone", '<!--//--><![CDATA[//><!--\n{"name": "A"}\n//--><!]]>', ["A"]),
    ("escaped slashes", r'{"name": "A\/B", "url": "https:\/\/a.example"}', ["A/B"]),
    ("escapes", r'{"name": "\u0041\"\\\n"}', ['A"\\\n']),
    ("a surrogate pair", r'{"name": "\ud83c\udf5e"}', ["\U0001f35e"]),
    ("brackets in strings", '{"name": "}]{[:,"}', ["}]{[:,"]),
    ("marks of comments in strings", '{"name": "-->"}', ["-->"]),
    ("a huge number", f'{{"n": {"9" * 5000}, "name": "A"}}', ["A"]),
]


@pytest.mark.parametrize(
    ("text", "expected"), [c[1:] for c in WRAPPED], ids=[c[0] for c in WRAPPED]
)
def test_json_is_read_however_it_is_wrapped_and_written(text: str, expected: list[str]) -> None:
    found = read(text)

    assert found is not None
    assert [string.value for string in found.strings] == expected
    assert [json.loads(text[slice(*string.span)]) for string in found.strings] == expected


BROKEN = [
    ("words", "Bread and crust"),
    ("a comma too many", '{"name": "A",}'),
    ("a comma too few", '{"name": "A" "url": "b"}'),
    ("single quotes", "{'name': 'A'}"),
    ("a line break in a string", '{"name": "A\nB"}'),
    ("two objects side by side", '{"name": "A"} {"name": "B"}'),
    ("an end that is missing", '{"name": "A"'),
    ("what Python alone takes for a number", '{"name": "A", "n": NaN}'),
    ("a template of a server", '{"name": "A", "n": {{ n }}}'),
    ("nesting beyond all sense", "[" * 5000 + "]" * 5000),
    ("nesting beyond sense", "[" * 200 + '{"name": "A"}' + "]" * 200),
]


@pytest.mark.parametrize("text", [c[1] for c in BROKEN], ids=[c[0] for c in BROKEN])
def test_what_is_no_json_is_left_alone(text: str) -> None:
    assert read(text) is None


LANGUAGES = [
    ("of a page", {"@type": "WebPage", "inLanguage": "en"}, ["en"]),
    ("several", {"inLanguage": ["en", "fr"]}, ["en", "fr"]),
    (
        "of parts",
        {"image": {"inLanguage": "en-US"}, "isPartOf": {"inLanguage": "en"}},
        ["en-US", "en"],
    ),
    ("of all texts", {"@context": ["https://schema.org", {"@language": "en"}]}, ["en"]),
    ("of one text", {"name": {"@value": "Bread", "@language": "en"}}, ["en"]),
    ("as an object, which is a name", {"inLanguage": {"@type": "Language", "name": "English"}}, []),
]


@pytest.mark.parametrize(
    ("data", "expected"), [c[1:] for c in LANGUAGES], ids=[c[0] for c in LANGUAGES]
)
def test_languages_are_found(data: Json, expected: list[str]) -> None:
    found = read(json.dumps(data))

    assert found is not None
    assert [language.value for language in found.languages] == expected


PAGE = "https://a.example/bread"
ADDRESSES = [
    ("of a page", {"@type": "WebPage", "url": PAGE}, ["url"]),
    ("of an article", {"@type": "NewsArticle", "mainEntityOfPage": PAGE}, ["mainEntityOfPage"]),
    (
        "of the page of an article",
        {"@type": "Article", "mainEntityOfPage": {"@type": "WebPage", "@id": PAGE}},
        ["mainEntityOfPage.@id"],
    ),
    (
        "of the page of an article, without a type",
        {"@type": "Article", "mainEntityOfPage": {"@id": PAGE, "url": PAGE}},
        ["mainEntityOfPage.@id", "mainEntityOfPage.url"],
    ),
    (
        "that ties two nodes together",
        {
            "@graph": [
                {"@type": "WebPage", "@id": PAGE, "url": PAGE},
                {"@type": "Article", "mainEntityOfPage": {"@id": PAGE}},
            ]
        },
        ["url"],
    ),
    ("with a fragment", {"@type": "Article", "mainEntityOfPage": {"@id": f"{PAGE}#webpage"}}, []),
    ("in a list", [{"@type": "Article", "url": PAGE}], ["url"]),
    (
        "of what a page is about",
        {"@type": "WebPage", "mainEntity": {"@type": "Recipe", "url": PAGE}},
        ["mainEntity.url"],
    ),
    ("of a site", {"@type": "WebSite", "url": PAGE}, []),
    (
        "of a publisher",
        {"@type": "Article", "publisher": {"@type": "Organization", "url": PAGE}},
        [],
    ),
    ("of an image", {"@type": "Article", "image": {"@type": "ImageObject", "url": PAGE}}, []),
    ("of another article", {"@type": "Article", "citation": {"@type": "Article", "url": PAGE}}, []),
    ("that is none", {"@type": "Article", "mainEntityOfPage": True, "url": ""}, []),
]


@pytest.mark.parametrize(
    ("data", "expected"), [c[1:] for c in ADDRESSES], ids=[c[0] for c in ADDRESSES]
)
def test_the_pages_own_address_is_found(data: Json, expected: list[str]) -> None:
    found = read(json.dumps(data))

    assert found is not None
    assert [url.path for url in found.urls] == expected
    assert {url.value for url in found.urls} <= {PAGE}


def test_a_string_knows_where_it_belongs() -> None:
    answer = {"@type": "Answer", "text": "<p>So.</p>", "inLanguage": "de"}
    data = {"@type": "FAQPage", "inLanguage": "en", "mainEntity": [{"acceptedAnswer": answer}]}

    found = read(json.dumps(data))

    assert found is not None
    (string,) = found.strings
    assert (string.property, string.type, string.language) == ("text", "Answer", "de")
    assert string.path == "mainEntity[0].acceptedAnswer.text"
    assert string.html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 < 6 & 7", False),
        ("AT&T", False),
        ("salt & pepper; more", False),
        ("<b>Bread</b>", True),
        ("salt &amp; pepper", True),
        ("it&#8217;s", True),
        ("a<!-- b -->", True),
        ("BMI <b", False),
        ("<title>use <b>", False),
        ("use x<y>z", False),
        ("&lt;y&gt; and <y>", False),
        ("one<BR/>two", True),
        ('<h2 class="x">Bread', True),
    ],
)
def test_a_string_with_markup_is_said_to_be_so(text: str, *, expected: bool) -> None:
    found = read(json.dumps({"headline": text}))

    assert found is not None
    assert [string.html for string in found.strings] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("Mix. Bake.", ["Mix. Bake."]),
        (" Mix.\n\n Bake.\r\n", ["Mix.", "Bake."]),
        ("Mix\r\n\r\nBake", ["Mix", "Bake"]),
        ("Mix.\nBake.", ["Mix.", "Bake."]),
        ("“Mix!”\r\n  Bake.", ["“Mix!”", "Bake."]),
        ("Mix all of it\nwith water", ["Mix all of it\nwith water"]),
        ("Mix it,\nMary", ["Mix it,\nMary"]),
        ("Take 5 mg approx.\nonce", ["Take 5 mg approx.\nonce"]),
        (f"Bread\n{'Mix it. ' * 20}\nThen", ["Bread", ("Mix it. " * 20).strip(), "Then"]),
        ("混ぜる。\n焼く。", ["混ぜる。", "焼く。"]),
    ],
)
def test_a_plain_text_is_parted_where_its_paragraphs_are(text: str, expected: list[str]) -> None:
    assert [text[slice(*line)] for line in lines(text)] == expected


@given(st.text(st.sampled_from("aB. \n\r\t"), max_size=30))
def test_no_character_of_a_plain_text_is_lost(text: str) -> None:
    spans = lines(text)

    left = list(text)
    for span in reversed(spans):
        del left[slice(*span)]
    assert "".join(left).isspace() or not left
    assert all(before.end < after.start for before, after in pairwise(spans))


def json_values() -> st.SearchStrategy[Json]:
    keys = st.sampled_from(["@type", "@id", "@graph", "name", "headline", "author", "url", "text"])
    scalars = (
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    )
    words = st.text(max_size=8) | st.sampled_from(["Article", "Person", "en", PAGE, '"', "\\", "]"])
    return st.recursive(
        scalars | words,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(keys | words, inner, max_size=4)
        ),
        max_leaves=20,
    )


@given(json_values(), st.booleans(), st.sampled_from([None, 1]))
def test_every_span_is_a_string_of_the_json_and_none_overlaps(
    data: Json,
    ascii_only: bool,
    indent: int | None,
) -> None:
    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent)

    found = read(text)

    assert isinstance(found, Structured)
    every = (*found.strings, *found.languages, *found.urls)
    assert all(json.loads(text[slice(*each.span)]) == each.value for each in every)
    spans = sorted(each.span for each in every)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(st.text())
def test_any_text_can_be_read_or_not(text: str) -> None:
    found = read(text)

    assert found is None or isinstance(found, Structured)


def test_comments_without_end_are_looked_through_once() -> None:
    def page(comments: int) -> str:
        return json.dumps({"@type": "Answer", "text": "<!--" * comments})

    assert_grows_evenly(read, page(2_000), page(16_000))
