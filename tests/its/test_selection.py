"""What selectors lead to: XPath with and without prefixes, CSS, and pages unlike XML."""

from __future__ import annotations

import pytest

from polypage.errors import SettingsError
from polypage.html.document import Document
from polypage.rules.its import read
from polypage.rules.its_selection import Finder, Part
from tests.its.marking import page, parsed

TABLE = "<table><tr><td>a<td>b<tbody><tr><td>c</table>"

SELECTORS = {
    "a name with a prefix": ("//h:b", "<p><b>", ["b"]),
    "any name with a prefix": ("//h:p/h:*", "<p><b><i>", ["b"]),
    "a prefix in a literal": ("//h:p[.='h:b']/h:b", "<p><b>h:b</b><p><i>", ["b"]),
    "a prefix after an axis": ("/descendant::h:b", "<p><b>", ["b"]),
    "a name without a prefix": ("//p/b", "<p><b>", ["b"]),
    "names of both kinds do not mix": ("//h:p/b", "<p><b>", []),
    "the root": ("/h:html", "<p>", ["html"]),
    "a function of the name": ("//h:*[local-name()='b' and name()!='p']", "<p><b>", ["b"]),
    "a union": ("//h:i | //h:b", "<p><b><i>", ["b", "i"]),
    "an identifier": ("id('x')/h:b", "<p><b></b><p id=x><b>", ["b"]),
    "a position": ("(//h:b)[2]", "<p><b></b><b>", ["b"]),
    "an attribute": ("//h:p/@title", "<p title=a><i title=b>", ["p/@title"]),
    "any attribute": ("//h:p/@*", "<p title=a dir=ltr>", ["p/@title", "p/@dir"]),
    "any attribute without a prefix": ("//@title", "<p title=a><i title=b>", ["p/@title", "i/@title"]),
    "SVG": ("//svg:title", "<title>x</title><svg><title>y</title></svg>", ["title"]),
    "SVG is not HTML": ("//h:svg", "<svg></svg>", []),
    "names with capitals": ("//svg:foreignObject/h:p", "<svg><foreignObject><p>", ["p"]),
    "what XML does not take for a name": ("//h:p[2]", "<p @click=a v-on:b=c><o:p>x</o:p><p>", ["p"]),
    "rows": ("//h:table/h:tbody/h:tr", TABLE, ["tr", "tr"]),
    "rows without a prefix": ("//table/tr", TABLE, ["tr"]),
    "cells": ("//h:tbody[1]//h:td", TABLE, ["td", "td"]),
    "cells without rows": ("//h:tbody/h:tr/h:td", "<table><td>a<td>b</table>", ["td", "td"]),
    "columns": ("//h:colgroup/h:col", "<table><col><col></table>", ["col", "col"]),
    "text of scripts is none": ("//h:p[contains(., 'var')]", "<p>a<script>var</script>", []),
}  # fmt: skip


@pytest.mark.parametrize(("selector", "html", "expected"), SELECTORS.values(), ids=SELECTORS)
def test_an_expression_selects(selector: str, html: str, expected: list[str]) -> None:
    document = page(html)
    (rule,) = parsed(f'<translateRule selector="{selector}" translate="no"/>')

    assert names(document, Finder(document).select(rule)) == expected


def test_a_css_selector_selects() -> None:
    document = page("<p class=a><b>x</b></p><P id=b>")

    its = read(
        document,
        rules=parsed(
            '<translateRule selector="p.a > b:first-child, #b" translate="no"/>'
            '<locNoteRule selector="p.a" locNoteType="alert" locNotePointer="b"/>',
            'queryLanguage="css"',
        ),
    )

    assert names(document, [Part(place) for place in sorted(its.rules)]) == ["p", "b", "p"]
    assert [marks.note and marks.note.text for marks in its.rules.values()] == [None, None, "x"]


def test_what_is_said_of_a_part_without_tags_is_handed_to_what_it_holds() -> None:
    document = page("<table><tr><td>a<tr translate=yes><td>b<thead><tr><td>c</table>")
    inner = (
        '<translateRule selector="//h:tbody" translate="no"/>'
        '<withinTextRule selector="//h:tbody" withinText="yes"/>'
        '<locNoteRule selector="//h:tbody" locNoteType="alert" locNotePointer="h:tr/h:td"/>'
        '<dirRule selector="//h:tr[2]" dir="rtl"/>'
    )

    its = read(document, rules=parsed(inner))

    rows = [each.place for each in document.elements if each.name == "tr"]
    assert [its.rules[place].translate for place in rows[:2]] == [False, False]
    assert [its.rules[place].within_text for place in rows[:2]] == [None, None]
    assert its.rules[rows[0]].note == its.rules[rows[1]].note
    assert its.rules[rows[1]].direction == "rtl"
    assert sorted(its.rules) == rows[:2]


@pytest.mark.parametrize(
    ("selector", "problem"),
    [
        ("//h:p/text()", "selects neither elements nor attributes"),
        ("(1 + 1)", "selects neither elements nor attributes"),
        ("//h:p[position(1)]", "Invalid number of arguments"),
        ("//h:p[document('x')]", "Unregistered function"),
    ],
)
def test_a_selector_that_cannot_be_applied_is_an_error(selector: str, problem: str) -> None:
    (rule,) = parsed(f'<translateRule selector="{selector}" translate="no"/>')

    with pytest.raises(SettingsError, match=problem) as caught:
        read(page("<p>text"), rules=[rule])

    assert (caught.value.path, caught.value.line) == ("glossary.its", 1)


def test_a_page_is_as_before_when_a_pointer_calls_a_function_at_an_attribute() -> None:
    document = page("<img id=a alt=b>")
    before = [node.tag for node in document.nodes[0].iter()]

    read(document, rules=parsed('<idValueRule selector="//@alt" idValue="concat(., ../@id)"/>'))

    assert [node.tag for node in document.nodes[0].iter()] == before


def names(document: Document, parts: tuple[Part, ...] | list[Part]) -> list[str]:
    return [
        document.elements[part.place].name + (f"/@{part.attribute}" if part.attribute else "")
        for part in parts
    ]
