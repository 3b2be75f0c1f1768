"""Pages within pages: read and rebuilt as they would be alone."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from polypage.building.render import render
from polypage.errors import SourceError
from polypage.html.insets import json_string, unwrap, wrap
from polypage.model import Article, Inset, Quoting, Span
from polypage.runs.stages.accounting import account_of
from tests.extract.browser import Event, events
from tests.extract.test_laws import echo, forgotten, marked
from tests.render.pages import ARABIC, ENGLISH, article, translated, untranslated
from tests.strategies import HOSTILE, pages, texts

HEAD = '<!DOCTYPE html><html lang="en" dir="ltr"><meta charset="utf-8">'


def framed(page: str, quoting: Quoting) -> str:
    """Put a page into a frame."""
    return f"{HEAD}<iframe srcdoc={quoting}{wrap(page, quoting)}{quoting}></iframe>"


def as_data(page: str) -> str:
    """Make a page the text of structured data."""
    data = f'{{"@type": "Answer", "text": {json_string(page)}}}'
    return f'{HEAD}<script type="application/ld+json">{data}</script>'


def inner(page: str) -> str:
    """Read the page within a page as a browser does."""
    root = LexborHTMLParser(page)
    for frame in root.css("iframe"):
        return frame.attributes["srcdoc"] or ""
    (script,) = root.css("script")
    return str(json.loads(script.text())["text"])


def around(page: str) -> list[Event]:
    """Read all that a page is but for the page within it."""
    return [_hidden(event) for event in events(page)]


def _hidden(event: Event) -> Event:
    if isinstance(event, tuple):
        return event[0], {**event[1], **({"srcdoc": ""} if event[0] == "iframe" else {})}
    return "{}" if event.startswith("{") else event


def body(page: str) -> str:
    return f"<p>{page.partition('<body>')[2]}"


FRAMES = [quoting for quoting in Quoting if quoting is not Quoting.JSON]
made = st.one_of(
    st.builds(framed, pages(), st.sampled_from(FRAMES)),
    # Without its script: content management systems write none into their data.
    st.builds(as_data, pages().map(body)),
)


# --- reading ----------------------------------------------------------------------------------


@given(texts(), st.sampled_from(Quoting))
def test_what_is_wrapped_says_what_it_said(text: str, quoting: Quoting) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    page = f"ab{wrap(text, quoting)}cd"

    unwrapped = unwrap(page, Inset(Span(2, len(page) - 2), quoting))

    assert unwrapped.text == text
    assert unwrapped.span(Span(0, len(text))) == (2, len(page) - 2)


@pytest.mark.parametrize(
    ("raw", "quoting", "text"),
    [
        ("&lt;p>R&amp;amp;D &notit; &copy=1&#x41", Quoting.DOUBLE, "<p>R&amp;D &notit; &copy=1A"),
        ("a\r\nb\rc\0d", Quoting.SINGLE, "a\nb\nc\ufffdd"),
        ("x&fjlig;y&NotEqualTilde;z", Quoting.BARE, "xfjy\u2242\u0338z"),
        (r"\u003cp>\"a\\n\"\/\n\ud83d\ude00!", Quoting.JSON, '<p>"a\\n"/\n😀!'),
    ],
)
def test_each_character_is_found_where_it_is_written(raw: str, quoting: Quoting, text: str) -> None:
    unwrapped = unwrap(f"____{raw}____", Inset(Span(4, 4 + len(raw)), quoting))

    assert unwrapped.text == text
    places = [unwrapped.outer(place) for place in range(len(text) + 1)]
    assert places[0] == 4
    assert places[-1] == 4 + len(raw)
    pieces = [raw[start - 4 : end - 4] for start, end in pairwise(places)]
    assert "".join(pieces) == raw
    for piece, character in zip(pieces, text, strict=True):
        one = unwrap(piece, Inset(Span(0, len(piece)), quoting)).text
        assert one in (character, "") or one.startswith(character)


def test_pages_within_pages_have_an_end() -> None:
    page = "x"
    for _ in range(10):
        page = framed(page, Quoting.DOUBLE)

    with pytest.raises(SourceError, match="pages within pages more than 8 deep"):
        article(page)


def test_what_is_wrong_in_a_page_within_the_page_is_found_in_its_line() -> None:
    page = '<p>\n<iframe srcdoc="<script type=application/ld+json>{</script>"></iframe>'

    (finding,) = article(page).findings

    assert (finding.code, finding.line) == ("json-broken", 2)


def test_a_page_within_the_page_that_nests_too_deeply_is_an_error_in_its_line() -> None:
    page = f'<p>\n<iframe srcdoc="{"<div>" * 2001}"></iframe>'

    with pytest.raises(SourceError, match=r"page\.html:2: nests elements"):
        article(page)


# --- building: laws ---------------------------------------------------------------------------


@given(made)
def test_without_translations_a_page_is_its_source(page: str) -> None:
    source = article(page)

    assert render(source, untranslated(source), ENGLISH) == page


@given(pages().map(body), st.sampled_from(Quoting))
def test_its_texts_written_anew_say_the_same_to_browsers(page: str, quoting: Quoting) -> None:
    page = as_data(page) if quoting is Quoting.JSON else framed(page, quoting)
    source = article(page)

    built = render(forgotten(source), echo(source), ENGLISH)

    assert events(inner(built)) == events(inner(page))
    assert around(built) == around(page)


@given(made)
def test_it_is_rebuilt_as_it_would_be_alone(page: str) -> None:
    source, alone = article(page), article(inner(page))
    contents = [marked(segment.content) for segment in source.segments]

    built = render(source, contents, ENGLISH)

    assert [segment.msgid for segment in source.segments] == [
        segment.msgid for segment in alone.segments
    ]
    expected = render(alone, [marked(each.content) for each in alone.segments], ENGLISH)
    assert events(inner(built)) == events(expected)


@given(made)
def test_nothing_in_it_is_missed(page: str) -> None:
    assert account_of(article(page), source_tag="en").missed == ()


@given(made, st.sampled_from(HOSTILE))
def test_words_stay_words_in_it_and_around_it(page: str, words: str) -> None:
    source = article(page)
    contents = [
        (words, *(each for each in segment.content if not isinstance(each, str)))
        for segment in source.segments
    ]

    built = render(source, contents, ENGLISH)

    assert around(built) == around(page)
    assert _tags(inner(built)) == _tags(inner(page))


def _tags(page: str) -> list[str]:
    return [event[0] for event in events(page) if isinstance(event, tuple)]


# --- building: what differs from locale to locale ---------------------------------------------

BUILT = {
    "a page in a frame has a language of its own": (
        '<iframe srcdoc="<p>Ask us"></iframe>',
        '<iframe srcdoc="&lt;html lang=&quot;ar&quot; dir=&quot;rtl&quot;&gt;<p>اسأل"></iframe>',
    ),
    "or another one": (
        "<iframe srcdoc='<html lang=en-GB dir=auto><body dir=ltr>Ask us'></iframe>",
        '<iframe srcdoc=\'<html lang="ar" dir="rtl"><body dir="rtl">اسأل\'></iframe>',
    ),
    "a page in another language stays in it": (
        "<iframe srcdoc='<html lang=fr dir=auto>Bonjour'></iframe>",
        "<iframe srcdoc='<html lang=fr dir=auto>Bonjour'></iframe>",
    ),
    "a link in a frame, and one without quotes": (
        """<iframe srcdoc="<a href='rice.html'>1</a><a href=rice.html>2</a>"></iframe>""",
        """<iframe srcdoc="&lt;html lang=&quot;ar&quot; dir=&quot;rtl&quot;&gt;"""
        """<a href='/ar/rice.html'>1</a><a href=&quot;/ar/rice.html&quot;>2</a>"></iframe>""",
    ),
    "a fallback passage says its language": (
        '<iframe srcdoc="<html lang=en><p>Sleep"></iframe>',
        '<iframe srcdoc="<html dir=&quot;rtl&quot; lang=&quot;ar&quot;>'
        '<p lang=&quot;en&quot; dir=&quot;ltr&quot;>Sleep"></iframe>',
    ),
    "a fallback passage without an element of its own": (
        "<iframe srcdoc='<html lang=en><p><p>x</p>Sleep'></iframe>",
        '<iframe srcdoc=\'<html dir="rtl" lang="ar"><p><p lang="en" dir="ltr">x</p>'
        '&lt;span lang="en" dir="ltr"&gt;Sleep&lt;/span&gt;\'></iframe>',
    ),
    "an answer": (
        '<script type="application/ld+json">'
        r'{"text": "<p>Ask us<\/p><p>Sleep \"well\"", "inLanguage": "en"}</script>',
        '<script type="application/ld+json">'
        r'{"text": "<p>اسأل<\/p><p>Sleep \"well\"", "inLanguage": "ar"}</script>',
    ),
    "an answer with a link to another article": (
        r"""<script type="application/ld+json">{"text": "<a href=\"rice.html\">1</a>"}</script>""",
        r"""<script type="application/ld+json">{"text": "<a href=\"/ar/rice.html\">1</a>"}</script>""",
    ),
}


@pytest.mark.parametrize(("page", "built"), BUILT.values(), ids=BUILT)
def test_what_differs_from_locale_to_locale_differs_in_it(page: str, built: str) -> None:
    source = article(HEAD + page)
    target = replace(ARABIC, links={"rice.html": "/ar/rice.html"})

    page = render(source, translated(source, {"Ask us": "اسأل"}), target)

    assert page == HEAD.replace("en", "ar").replace("ltr", "rtl") + built


def test_a_page_with_a_base_keeps_the_links_in_its_frames() -> None:
    page = f"{HEAD}<base href='/x/'><iframe srcdoc='<a href=rice.html>1</a>'></iframe>"

    assert "rice.html" not in links(article(page))


def links(source: Article) -> set[str]:
    return {slot.value for slot in source.skeleton.slots if slot.kind == "link"}
