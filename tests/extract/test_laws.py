"""What holds for every page, however its tags stand: made ones and the sample articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.building.render import render
from polypage.html.document import read
from polypage.model import Article, Content, Inline, Paired, Span, Standalone
from polypage.reading.extract import extract
from polypage.reading.inline import from_msgstr
from polypage.rules.judging import Rules
from tests.extract.browser import events, legible
from tests.render.pages import ENGLISH, untranslated

ARTICLES = sorted((Path(__file__).parent.parent.parent / "source_articles").rglob("*.html"))

_PARTS = (
    *("Dose", " ", "\n  ", "5 mg &amp; 3&nbsp;g", "a<b", "&", "1", "Öl", "]]>", "&lt;p&gt;"),
    *("<p>", "</p>", "<p class=x>", "<div>", "</div>", "<h2>", "</h2>", "<ul>", "<li>", "</li>"),
    *(
        "</ul>",
        "<blockquote>",
        "</blockquote>",
        "<table><tr><td>",
        "<tr>",
        "<td>",
        "</td></tr></table>",
    ),
    *("<b>", "</b>", "<i>", "</i>", "<b class=y>", '<a href="x">', "</a>", "<span>", "</span>"),
    *("<em title='Tip'>", "</em>", "<br>", "<br/>", "<wbr>", '<img src=a.png alt="A needle">'),
    *("<img alt=''>", "<input type=submit value=Send>", "<label>", "</label>", "<x-y>", "</x-y>"),
    *("<select>", "<option>One", "</select>", "<textarea>\nT</textarea>", "<button>", "</button>"),
    *("<svg><title>S</title><text>A</text></svg>", "</svg>", "<math><mi>x</mi></math>"),
    *("<ruby>漢<rt>kan</ruby>", "<video>", "</video>", "<noscript>", "</noscript>"),
    *("<!-- c -->", "<!-- TRANSLATORS: n -->", "<?php x ?>", "<script>x<p></script>"),
    *("<style>y{}</style>", "<pre>", "</pre>", "<p style='white-space: pre'>", "</body>"),
    *("<form>", "</form>", "<div lang=en>", "<title>Page</title>"),
    '<meta name=description content="About">',
)
"""What pages are made of, in any order."""

_PROTECTING = (
    *("<p translate=no>", "<span translate=no>", "<span translate=yes>", "<span lang=fr>"),
    *("<q class=notranslate>", "</q>", "</span>"),
)


def pages(*parts: str) -> st.SearchStrategy[str]:
    return (
        st.lists(st.sampled_from(parts), max_size=14)
        .map("".join)
        .map("<!DOCTYPE html><body>".__add__)
    )


@given(pages(*_PARTS, *_PROTECTING))
def test_segments_and_their_codes_lie_in_each_other_or_apart(page: str) -> None:
    segments = article(page).segments

    assert list(segments) == sorted(segments, key=lambda each: each.span)
    assert_nested([each.span for each in segments], Span(0, len(page)))
    for segment in segments:
        assert_nested([*code_spans(segment.content)], segment.span)


@given(pages(*_PARTS, *_PROTECTING))
def test_a_page_without_translations_is_its_source(page: str) -> None:
    source = article(page)

    assert without_charset(render(source, untranslated(source), ENGLISH)) == page


@given(pages(*_PARTS, *_PROTECTING))
def test_a_page_whose_texts_are_written_anew_is_the_same_to_browsers(page: str) -> None:
    source = article(page)

    built = render(forgotten(source), echo(source), ENGLISH)

    assert events(built) == events(page)


@given(pages(*_PARTS))
def test_no_text_is_missed(page: str) -> None:
    source = article(page)

    built = render(source, [marked(each.content) for each in source.segments], ENGLISH)

    assert [text for text in legible(built) if set(filter(str.isalpha, text)) - {MARK}] == []


MARK = "Ж"


# --- the sample articles ----------------------------------------------------------------------


@pytest.fixture(params=ARTICLES, ids=lambda path: path.stem)
def page(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_text("utf-8")


def test_a_sample_article_without_translations_is_its_source(page: str) -> None:
    source = article(page)

    assert render(source, untranslated(source), ENGLISH) == page


def test_a_sample_article_written_anew_is_the_same_to_browsers(page: str) -> None:
    source = article(page)

    built = render(forgotten(source), echo(source), ENGLISH)

    assert events(built) == events(page)


def test_no_text_of_a_sample_article_is_missed(page: str) -> None:
    source = article(page)

    built = render(source, [marked(each.content) for each in source.segments], ENGLISH)

    left = [text for text in legible(built) if set(filter(str.isalpha, text)) - {MARK}]
    assert [text for text in left if "@" not in text and "://" not in text] == []


def test_the_segments_of_a_sample_article_lie_in_each_other_or_apart(page: str) -> None:
    assert_nested([each.span for each in article(page).segments], Span(0, len(page)))


# ----------------------------------------------------------------------------------------------


def article(page: str) -> Article:
    document = read(page.encode(), path="source_articles/page.html")
    return extract(document, Rules(), slug="page", source_tag="en")


def echo(source: Article) -> list[Content | None]:
    return [
        from_msgstr(each.msgid, each.content, preserve_space=each.preserve_space).content
        for each in source.segments
    ]


def forgotten(source: Article) -> Article:
    """Have no segment say what its translation says, so that each text is written anew."""
    segments = tuple(each._replace(content=("\0",)) for each in source.segments)
    return replace(source, segments=segments)


def marked(content: Content) -> Content:
    """Put the mark in place of every letter."""
    return tuple(map(_marked, content))


def _marked(part: Inline) -> Inline:
    match part:
        case str():
            return "".join(MARK if character.isalpha() else character for character in part)
        case Paired():
            return part._replace(children=marked(part.children))
        case Standalone():
            return part


def without_charset(page: str) -> str:
    return page.replace('<meta charset="utf-8">', "", 1)


def code_spans(content: Content) -> Iterator[Span]:
    for part in content:
        match part:
            case Paired():
                yield Span(part.open.start, part.close.end)
                yield part.open
                yield from code_spans(part.children)
                yield part.close
            case Standalone():
                yield part.span
            case str():
                pass


def assert_nested(spans: Sequence[Span], around: Span) -> None:
    """Make sure that none leaves the one it begins in."""
    open_: list[Span] = [around]
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        while span.start >= open_[-1].end and len(open_) > 1:
            open_.pop()
        assert open_[-1].start <= span.start <= span.end <= open_[-1].end
        open_.append(span)
