"""What a page says of itself, for lists of pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.reading.card import Card, card_of

SAID = {
    "": Card(),
    "<title> A\n title </title>": Card(title="A title"),
    "<title>A</title><h1>The <b>first</b> &amp; best</h1><h1>Second</h1>": Card(
        title="The first & best"
    ),
    "<h1> </h1><h1>Second": Card(),
    "<h1><img alt=x></h1><h1>Second</h1>": Card(title="Second"),
    "<h1 lang=en dir=ltr>One</h1>": Card(title="One", title_tag="en"),
    "<h1><span lang=en dir=ltr>One</span></h1>": Card(title="One", title_tag="en"),
    "<h1>One <span lang=fr>deux</span></h1>": Card(title="One deux"),
    "<meta name=description content=' How &amp; why '>": Card(description="How & why"),
    "<meta property=og:description content=Why>": Card(description="Why"),
    "<meta property=og:site_name content=Clinic>": Card(site_name="Clinic"),
    "<meta property=article:published_time content=2020-06-12T08:00:00+07:00>": Card(
        published="2020-06-12T08:00:00+07:00", updated="2020-06-12T08:00:00+07:00"
    ),
    "<meta property=article:published_time content=2020-06-12>"
    "<meta property=article:modified_time content=2021-01-02T03:04Z>": Card(
        published="2020-06-12T00:00:00+00:00", updated="2021-01-02T03:04:00+00:00"
    ),
    "<meta name=date content=yesterday><meta name=dcterms.created content=2020-06-12>": Card(
        published="2020-06-12T00:00:00+00:00", updated="2020-06-12T00:00:00+00:00"
    ),
    '<script type="application/ld+json">{"datePublished": "2020-06-12T08:00:00",'
    ' "dateModified":"2020-07-01"}</script>': Card(
        published="2020-06-12T08:00:00+00:00", updated="2020-07-01T00:00:00+00:00"
    ),
    '<script>x = {"datePublished": "2020-06-12"}</script>': Card(),
    "<meta name=date content=0001-01-01T00:00:00+14:00>": Card(),
}


@pytest.mark.parametrize(("page", "card"), SAID.items(), ids=SAID)
def test_a_page_says_what_it_is(page: str, card: Card) -> None:
    assert card_of(page) == card


@given(st.text(alphabet="<>/h1metaln=\"' script{}&;-T:Z0123"))
def test_any_text_has_a_card(page: str) -> None:
    assert isinstance(card_of(page), Card)
