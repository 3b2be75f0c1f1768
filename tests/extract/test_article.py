"""What holds of an article as a whole."""

from __future__ import annotations

import pytest

from polypage.model import EntryKey
from polypage.rules.judging import Rules
from tests.render.pages import article

TITLE = "Rolling needles"


def test_one_text_in_many_places_is_one_entry() -> None:
    page = article(
        f"""<title>{TITLE}</title><meta property="og:title" content="{TITLE}">
        <script type="application/ld+json">{{"@type": "Article", "headline": "{TITLE}"}}</script>
        <h1>Rolling
        needles</h1><img alt="{TITLE}"><p data-polypage-context="verb">{TITLE}</p>"""
    )

    keys = [segment.key for segment in page.segments]

    assert len(keys) == 6
    assert set(keys) == {EntryKey(None, TITLE), EntryKey("verb", TITLE)}


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Head</title><h1>First</h1><h1>Second</h1>", "First"),
        ("<title>Head</title><h2>Second level</h2>", "Head"),
        ("<title>\n Head \n of it</title><p>x", "Head of it"),
        ("<title>Head</title><header><h1>Site</h1></header><h1>Own</h1>", "Own"),
        ("<title>Head</title><header><h1>Site</h1></header>", "Head"),
        ("<title>Head</title><h1><a href=x>A <b>bold</b> one</a></h1>", "A bold one"),
        ("<title>Head</title><h1><div>In a block</div></h1>", "In a block"),
        ("<title>Head</title><h1>2019</h1>", "2019"),
        ("<svg><title>Chart</title></svg><p>x", ""),
        ("<p>x", ""),
    ],
)
def test_the_title_is_the_first_heading_or_the_title_element(page: str, title: str) -> None:
    assert article(page, Rules(site=("header",))).title == title


def test_segments_stand_in_the_pages_order_attributes_before_content() -> None:
    page = article('<p title="One">Two <img alt="Three"> four</p><ul title="Five"><li>Six</ul>')

    assert [segment.msgid for segment in page.segments] == [
        *("One", "Two <img1/> four", "Three", "Five", "Six")
    ]
