"""Where pages lead: what is found, and how another address is written in its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from polypage.building.render import render
from polypage.html.document import read
from polypage.html.styles import addresses, written
from polypage.model import Article, SlotKind
from polypage.reading.addresses import find_addresses
from tests.growth import assert_grows_evenly
from tests.render.pages import ARABIC, ENGLISH, article, untranslated

FOUND = {
    '<a href="a.html?x=1&amp;y=2">': ["a.html?x=1&y=2"],
    "<a href=' '><a>": [],
    "<img src=a.png srcset='a.png?x=1&amp;y=2 1x, b.png 2x,c.png 3x'>": [
        "a.png",
        "a.png?x=1&y=2",
        "b.png",
        "c.png",
    ],
    "<img data-src=a.png data-srcset='b.png 2x'><source srcset=c.png>": ["a.png", "b.png", "c.png"],
    "<img srcset='data:image/png;base64,AA== 1x, a.png 2x'>": ["a.png"],
    "<img srcset='a.png, b.png 2x,, c.png'>": ["a.png", "b.png", "c.png"],
    "<img srcset='a.png x(1, 2) 2x, b.png y(3'>": ["a.png", "b.png"],
    "<link rel=preload imagesrcset='a.png 1x'><link rel=stylesheet href=a.css>": ["a.png", "a.css"],
    "<link rel=alternate type=application/rss+xml href=feed.xml>": ["feed.xml"],
    "<body background=a.png><table background=b.png><tr><td background=c.png>": [
        "a.png",
        "b.png",
        "c.png",
    ],
    "<svg><image href=a.png /><use xlink:href='s.svg#x'></use></svg>": ["a.png", "s.svg#x"],
    "<meta property=og:image content=a.png><meta name=twitter:image content=b.png>": [
        "a.png",
        "b.png",
    ],
    "<meta itemprop=image content=a.png><meta name=author content=b.png>": ["a.png"],
    "<p style='background: url(a.png), url( \"b c.png\" )'>": ["a.png", "b c.png"],
    '<p style="background: url(&quot;a.png?x=1&amp;y=2&quot;)">': ["a.png?x=1&y=2"],
    "<p style=background:url(a.png)>": ["a.png"],
    "<p style='color: red'><p style='width: calc(1px)'>": [],
    "<p style='background: url(data:image/png;base64,AA==); mask: url(#m)'>": [],
    "<style>@import 'a.css'; @import url(b.css); p { background: URL('c.png?x&y') }</style>": [
        "a.css",
        "b.css",
        "c.png?x&y",
    ],
    "<style>p::after { content: 'a.css' }</style>": [],
    "<base href=/x/><a href=a.html><p style='background: url(a.png)'><style>@import 'a';</style>": [],
    "<iframe srcdoc=\"<p style='background: url(a.png)'>\"></iframe>": ["a.png"],
}


@pytest.mark.parametrize(("page", "found"), FOUND.items(), ids=FOUND)
def test_each_address_is_found(page: str, found: list[str]) -> None:
    assert links(article(page)) == found


def links(page: Article) -> list[str]:
    kinds = (SlotKind.LINK, SlotKind.STYLE_LINK)
    return [slot.value for slot in page.skeleton.slots if slot.kind in kinds]


HEAD = '<!DOCTYPE html><html lang="ar" dir="rtl"><meta charset="utf-8">'
BECOMES = {
    "a.png": "../en/a.png",
    "b.png?x=1&y=2": "../en/b.png?x=1&y=2",
    "a (1).png": "a's (1).png",
}
BUILT = {
    "<img srcset='b.png?x=1&amp;y=2 1x, a.png 2x'>": (
        "<img srcset='../en/b.png?x=1&amp;y=2 1x, ../en/a.png 2x'>"
    ),
    "<img srcset=b.png?x=1&amp;y=2&#32;1x,&#32;a.png&#32;2x alt=P>": (
        "<img srcset=../en/b.png?x&#61;1&#38;y&#61;2&#32;1x,&#32;../en/a.png&#32;2x alt=P>"
    ),
    "<img srcset=a.png>": "<img srcset=../en/a.png>",
    "<svg><image href=a.png /></svg>": '<svg><image href="../en/a.png" /></svg>',
    "<meta property=og:image content='a.png'>": "<meta property=og:image content='../en/a.png'>",
    "<p style='background: url(a.png)'>": "<p style='background: url(../en/a.png)'>",
    '<p style="background: url(&quot;b.png?x=1&amp;y=2&quot;)">': (
        '<p style="background: url(&quot;../en/b.png?x=1&amp;y=2&quot;)">'
    ),
    "<p style=background:url(b.png?x=1&amp;y=2)>": (
        "<p style=background:url(../en/b.png?x&#61;1&#38;y&#61;2)>"
    ),
    """<p style="background: url('a (1).png')">""": (
        """<p style="background: url('a%27s%20%281%29.png')">"""
    ),
    "<style>p { background: url(b.png?x=1&y=2) }</style>": (
        "<style>p { background: url(../en/b.png?x=1&y=2) }</style>"
    ),
}


@pytest.mark.parametrize(("page", "built"), BUILT.items(), ids=BUILT)
def test_another_address_is_written_in_its_place(page: str, built: str) -> None:
    source = article(HEAD + page)

    assert render(source, untranslated(source), replace(ARABIC, links=BECOMES)) == HEAD + built


LEADING = ("a.png", "x(1).png", "a'b.css", 'a"b.png', "</style>", "a\\b", "a b", "é&<.png", "\n")


@given(st.sampled_from(LEADING) | st.text(max_size=5))
def test_no_address_ends_the_style_that_it_stands_in(address: str) -> None:
    page = f"{HEAD}<style>p {{ background: url(a.png) }}</style><p style='mask: url(a.png)'>x"
    source = article(page)

    built = render(source, untranslated(source), replace(ENGLISH, links={"a.png": address}))

    root = LexborHTMLParser(built)
    (style,), (paragraph,) = root.css("style"), root.css("p")
    expected = written(address).replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    assert paragraph.text() == "x"
    assert style.text() == f"p {{ background: url({expected}) }}"
    assert paragraph.attributes["style"] == f"mask: url({expected})"


def test_an_address_is_found_where_it_is_written() -> None:
    css = "@import \"a.css\"; p { background: url( 'b.png' ) url(c.png) url(data:x) }"

    assert [css[slice(*span)] for span in addresses(css)] == ["a.css", "b.png", "c.png"]


@pytest.mark.parametrize("part", ["a ", "a (", ",", "a,", "a b,c "])
def test_a_source_set_is_looked_through_once(part: str) -> None:
    def found(times: int) -> object:
        return find_addresses(read(f"<img srcset='{part * times}('>".encode(), path="a.html"))

    assert_grows_evenly(found, 1_000, 8_000)
