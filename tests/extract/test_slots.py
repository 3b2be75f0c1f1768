"""Where slots are, and where there is none."""

from __future__ import annotations

import pytest

from polypage.html.document import read
from polypage.model import SlotKind
from polypage.reading.extract import extract
from polypage.rules.judging import Rules

PLACES = (
    ("<article><h1>A</h1>|</article>", "the only article"),
    ("<article>x</article><main><article><h1>A</h1>|</article></main>", "the one with the title"),
    ("<header><article>x</article></header><main><h1>A</h1>|</main>", "no teaser's"),
    ("<article class=drop><h1>x</h1></article><article><h1>A</h1>|</article>", "none left out"),
    ("<template><article><h1>x</h1></article></template><main><h1>A</h1>|</main>", "no template's"),
    ("<article><p>x</p>|</article>", "without a title, the only article"),
    ("<body><article>x</article><article>y</article>|</body>", "without a title, none of several"),
    ("<p>x</p>|", "the whole page"),
)


@pytest.mark.parametrize(("marked", "why"), PLACES, ids=[why for _, why in PLACES])
def test_what_is_missing_goes_to_the_end_of_the_article(marked: str, why: str) -> None:
    page = marked.replace("|", "")

    (slot,) = slots(page, SlotKind.BODY_END)

    assert slot == (marked.index("|"), marked.index("|")), why


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("<link rel=canonical href>", SlotKind.CANONICAL),
        ("<meta charset>", SlotKind.CHARSET),
        ("<meta property=og:locale content>", SlotKind.OG_LOCALE),
        ('<meta property="og:url" content="">', SlotKind.OG_URL),
    ],
)
def test_an_attribute_without_a_value_is_no_slot(tag: str, kind: SlotKind) -> None:
    assert slots(f"<head>{tag}</head><p>x", kind) == []


def test_the_name_of_a_style_sheet_is_not_for_translators() -> None:
    page = (
        b'<link rel=stylesheet href=a.css title="Main style"><style title="Other">p{}</style><p>x y'
    )

    article = extract(read(page, path="x.html"), Rules(), slug="x", source_tag="en")

    assert [segment.msgid for segment in article.segments] == ["x y"]


def slots(page: str, kind: SlotKind) -> list[tuple[int, int]]:
    document = read(page.encode(), path="x.html")
    article = extract(document, Rules(drop=(".drop",)), slug="x", source_tag="en")
    return [slot.span for slot in article.skeleton.slots if slot.kind is kind]
