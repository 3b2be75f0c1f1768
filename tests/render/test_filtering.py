"""What is for some locales only is on their pages, and on no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from polypage.building.render import render
from polypage.html.document import read
from polypage.limits import LocaleFilter, admits
from polypage.model import Content, Segment, Target
from polypage.reading.extract import extract
from polypage.rules.judging import Rules

FILTERS = (None, LocaleFilter("fr"), LocaleFilter("fr", exclude=True), LocaleFilter("*"))
BLOCKS, SPANS = ("div", "section", "blockquote"), ("i", "span", "q")


class Part(NamedTuple):
    """An element with words, and parts, in it."""

    name: str
    locales: LocaleFilter | None
    children: tuple[Part | str, ...]


words = st.integers(0, 9999).map(lambda number: f"word{number}x ")


def parts() -> st.SearchStrategy[Part]:
    locales = st.sampled_from(FILTERS)
    spans = st.recursive(
        words,
        lambda inner: st.builds(
            Part, st.sampled_from(SPANS), locales, st.lists(inner, max_size=3).map(tuple)
        ),
        max_leaves=4,
    )
    return st.recursive(
        st.builds(Part, st.just("p"), locales, st.lists(spans, min_size=1, max_size=4).map(tuple)),
        lambda inner: st.builds(
            Part,
            st.sampled_from(BLOCKS),
            locales,
            st.lists(inner | spans, min_size=1, max_size=4).map(tuple),
        ),
        max_leaves=6,
    )


def markup(part: Part | str) -> str:
    if isinstance(part, str):
        return part
    said = ""
    if part.locales is not None:
        kind = "exclude" if part.locales.exclude else "include"
        said = f' its-locale-filter-list="{part.locales.languages}" its-locale-filter-type={kind}'
    return f"<{part.name}{said}>{''.join(map(markup, part.children))}</{part.name}>"


def spoken(part: Part | str, tag: str, above: LocaleFilter | None = None) -> Iterator[str]:
    """Yield the words for the locale of a tag: the innermost filter decides."""
    if isinstance(part, str):
        if admits(above, tag):
            yield part.strip()
        return
    for child in part.children:
        yield from spoken(child, tag, part.locales or above)


def translated(segment: Segment, tag: str) -> Content | None:
    return segment.content if admits(segment.locales, tag) else None


@given(parts())
def test_a_page_has_what_is_for_its_locale_and_nothing_else(part: Part) -> None:
    page = f'<html lang=en><meta charset="utf-8"><body>{markup(part)}</body></html>'
    article = extract(read(page.encode(), path="a.html"), Rules(), slug="a", source_tag="en")

    for tag in ("fr", "de", "en"):
        target = Target(tag, "ltr", tag, "en", "ltr")
        built = render(article, [translated(each, tag) for each in article.segments], target)
        found = [word for word in re.sub(r"<[^>]*>", " ", built).split() if word.startswith("word")]
        assert found == list(spoken(part, tag))


@given(parts())
def test_a_segment_is_for_the_locales_of_all_its_words(part: Part) -> None:
    page = f"<html lang=en><body>{markup(part)}</body></html>"

    article = extract(read(page.encode(), path="a.html"), Rules(), slug="a", source_tag="en")

    wanted = {tag: sorted(spoken(part, tag)) for tag in ("fr", "de")}
    for tag, said in wanted.items():
        own = [segment.msgid for segment in article.segments if admits(segment.locales, tag)]
        assert sorted(re.findall(r"word\d+x", " ".join(own))) == said
