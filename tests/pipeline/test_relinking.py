"""Pages that stay as they were built lead to pages that stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.runs.registry import Listing, register
from polypage.runs.relinking import relinked

BOTH = frozenset({"en", "vi"})
REGISTRY = register(
    {
        "rolling": Listing("rolling.html", BOTH),
        "skin/needles": Listing("skin/needles.html", BOTH),
        "pulled": Listing("pulled.html", frozenset({"en"})),
        "gone": Listing("gone.html", frozenset(), ("https://clinic.example/gone?a&b",)),
        "mute": Listing("mute.html", frozenset()),
        "img/x": Listing("img/x.html", BOTH),
    },
    source_tag="en",
    base_url="https://h.example",
)

LINKS = """
a page that stands
<a href="rolling.html#a">
<a href="rolling.html#a">

a page that is gone
<a class=b href="../pulled.html?a=1&amp;b#c" id=d>
<a hreflang="en" class=b href="../../en/pulled.html?a=1&amp;b#c" id=d>

one of which there is no source page either
<a href='../gone.html'>
<a hreflang="en" href="https://clinic.example/gone?a&amp;b">

one that is nowhere
<a href="../mute.html">
<a href="../mute.html">

a page that stands again
<a href="../../en/rolling.html" hreflang=en>
<a href="../rolling.html" hreflang="vi">

a part of an image
<area href=../pulled.html>
<area hreflang="en" href="../../en/pulled.html">

the switcher's link to a version that stands
<a href="../../en/skin/needles.html" lang="en" hreflang="en">
<a href="../../en/skin/needles.html" lang="en" hreflang="en">

the switcher's link to one that is gone
<a href="../../ar/skin/needles.html" lang="ar" hreflang="ar">
<a href="../../en/skin/needles.html" lang="ar" hreflang="en">

the page itself
<a href="needles.html#top">
<a href="needles.html#top">

a version that stands, in the page's head
<link rel="alternate" hreflang="en" href="https://h.example/en/skin/needles.html">
<link rel="alternate" hreflang="en" href="https://h.example/en/skin/needles.html">

a version elsewhere
<link rel="alternate" hreflang="ar" href="https://elsewhere.example/ar/skin/needles.html">
<link rel="alternate" hreflang="ar" href="https://elsewhere.example/ar/skin/needles.html">

what no build wrote
<a href="../../ar/pulled.html"><a href="/pulled.html"><a href="https://h.example/vi/pulled.html">
<a href="../../ar/pulled.html"><a href="/pulled.html"><a href="https://h.example/vi/pulled.html">

what is no link
<script>"<a href=../pulled.html>"</script><!--<a href=../pulled.html>--><q cite="../pulled.html">
<script>"<a href=../pulled.html>"</script><!--<a href=../pulled.html>--><q cite="../pulled.html">
"""
CASES = [tuple(case.split("\n")) for case in LINKS.strip().split("\n\n")]


@pytest.mark.parametrize(
    ("before", "after"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_an_older_page_leads_to_pages_that_stand(before: str, after: str) -> None:
    page = relinked(_in_vietnamese(before), REGISTRY, "skin/needles", "vi")

    assert page == _in_vietnamese(after)
    assert relinked(page, REGISTRY, "skin/needles", "vi") == page


def _in_vietnamese(html: str) -> bytes:
    return f"\ufeff<!doctype html>\r\n<title>Kim</title>{html}<p>Lăn kim\0".encode() + b"\xff"


def test_a_version_that_is_gone_is_named_no_more() -> None:
    gone = b'<link rel="alternate" hreflang="ar" href="https://h.example/ar/rolling.html">\n'

    page = relinked(b"<head>\n" + gone + b"</head>", REGISTRY, "rolling", "vi")

    assert page == b"<head>\n</head>"


PIECES = ["<a ", "<area ", "href=", "hreflang=", '"', "'", ">", "../pulled.html", "../", "en", "\n"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_whatever_a_page_is_links_are_led_elsewhere_once(page: str) -> None:
    once = relinked(page.encode(), REGISTRY, "skin/needles", "vi")

    assert relinked(once, REGISTRY, "skin/needles", "vi") == once
