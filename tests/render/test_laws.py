from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from polypage.building.render import render
from polypage.html.markup import Comment, StartTag, tokenize
from polypage.model import Article, Content, Paired
from polypage.reading.inline import from_msgstr
from tests.render.pages import ENGLISH, GERMAN, article, untranslated
from tests.strategies import HOSTILE, msgstrs, pages

UNMARKED = replace(GERMAN, mark_fallback=False)
READ_BY_PEOPLE = {"alt", "content", "label", "title"}
SET_BY_BUILDS = {"lang", "dir"}

ALL_ATTRIBUTES = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>T</title>'
    '<script type="application/its+xml"><its:rules xmlns:its="http://www.w3.org/2005/11/its"'
    ' version="2.0"><its:translateRule selector="//@*" translate="yes"/></its:rules></script></head>'
)
HELD_FOR_TEXT = ("title", "alt", "label", "placeholder", "aria-label", "data-label")
OBEYED = (
    *("action", "code", "commandfor", "content", "data", "fill", "from", "by", "to", "values"),
    *("imagesrcset", "srcset", "list", "onclick", "popovertarget", "style", "value", "xlink:href"),
    *("data-bind", "data-config", "data-hx-get", "data-item-id", "data-on-click", "data-onclick"),
    *("data-srcset", "data-url", "data-image-url", "data-v-html", "data-href", "data-", "data"),
    *("hx-get", "v-html", "x-on:click", ":href", "@click", "ng-click", "is", "target", "rel"),
)
BEARERS = (
    "<b {}>x</b>",
    '<img src="a.png" {}>',
    '<input type="hidden" {}>',
    '<a href="x.html" {}>x</a>',
    '<meta name="referrer" {}>',
    '<link rel="preload" {}>',
    '<object data="a.swf" {}></object>',
    '<svg><a><animate attributeName="href" {}/><text {}>x</text></a></svg>',
    "<math><mtext {}>x</mtext></math>",
)
"""Elements whose attributes browsers or scripts may obey."""


@given(pages() | pages(tidy=False))
def test_without_translations_a_page_in_its_own_language_is_its_source(source: str) -> None:
    page = article(source)

    assert render(page, untranslated(page), ENGLISH) == source


@given(pages() | pages(tidy=False))
def test_a_page_translated_by_itself_is_its_source(source: str) -> None:
    page = article(source)

    assert render(page, _read(page, [each.msgid for each in page.segments]), ENGLISH) == source


@given(pages())
def test_other_words_leave_the_structure_as_it_is(source: str) -> None:
    page = article(source)
    translations = [_with_words(each.content, ["x"]) for each in page.segments]

    built = render(page, translations, UNMARKED)

    assert list(_elements(built)) == list(_elements(source))


@given(st.data())
def test_a_translation_brings_no_tag_attribute_or_url_with_it(data: st.DataObject) -> None:
    page = article(data.draw(pages()))
    msgstrs_drawn = [data.draw(msgstrs(each.content)) for each in page.segments]

    built = render(page, _read(page, msgstrs_drawn), UNMARKED)

    assert Counter(_elements(built)) == Counter(_elements(page.skeleton.text))
    assert Counter(_tags(built)) == Counter(_tags(page.skeleton.text))
    assert _structured_data(built).keys() == _structured_data(page.skeleton.text).keys()


@given(st.data())
def test_not_even_where_browsers_repair_the_page(data: st.DataObject) -> None:
    page = article(data.draw(pages(tidy=False)))
    msgstrs_drawn = [data.draw(msgstrs(each.content)) for each in page.segments]

    built = render(page, _read(page, msgstrs_drawn), UNMARKED)

    # A browser repeats a font that nothing ends around all texts after it.
    assert set(_elements(built)) <= set(_elements(page.skeleton.text))
    assert Counter(_tags(built)) == Counter(_tags(page.skeleton.text))


@given(st.data())
def test_not_even_by_rules_that_have_all_attributes_translated(data: st.DataObject) -> None:
    names = st.sampled_from((*OBEYED, *HELD_FOR_TEXT))
    tags = st.tuples(st.sampled_from(BEARERS), st.lists(names, unique=True, max_size=4))
    drawn = data.draw(st.lists(tags, min_size=1, max_size=4))
    source = f"{ALL_ATTRIBUTES}<body><p>{''.join(_bearing(*each) for each in drawn)}"
    page = article(source)
    msgstrs_drawn = [data.draw(msgstrs(each.content)) for each in page.segments]

    built = render(page, _read(page, msgstrs_drawn), UNMARKED)

    assert _obeyed(built) == _obeyed(source)


@given(pages(), st.permutations(HOSTILE))
def test_words_stay_words_whatever_they_look_like(source: str, words: Sequence[str]) -> None:
    page = article(source)
    translations = [_with_words(each.content, words) for each in page.segments]

    built = render(page, translations, UNMARKED)

    assert list(_elements(built)) == list(_elements(source))
    assert list(_tags(built)) == list(_tags(source))
    assert _structured_data(built).keys() == _structured_data(source).keys()


@given(pages())
def test_marks_change_nothing_but_language_and_direction(source: str) -> None:
    page = article(source)

    marked = render(page, untranslated(page), GERMAN)

    unmarked = [each for each in _elements(marked) if each != ("span", ())]
    assert unmarked == list(_elements(source))


def _read(page: Article, msgstrs: Sequence[str]) -> list[Content | None]:
    return [
        from_msgstr(msgstr, segment.content, preserve_space=segment.preserve_space).content
        for msgstr, segment in zip(msgstrs, page.segments, strict=True)
    ]


def _tags(page: str) -> Iterator[tuple[str, object]]:
    """Read the start tags and comments of a page by our own tokenizer."""
    for token in tokenize(page):
        if isinstance(token, StartTag):
            yield token.name, _fixed({each.name: each.value for each in token.attributes})
        elif isinstance(token, Comment):
            yield "comment", page[token.start : token.end]


def _elements(page: str) -> Iterator[tuple[str, object]]:
    """Read the elements and comments of a page as a browser does."""
    root = LexborHTMLParser(page).root
    assert root
    for node in root.traverse(include_text=False):
        assert node.tag
        yield node.tag, _fixed(node.attributes)


def _bearing(element: str, names: Sequence[str]) -> str:
    return element.replace("{}", " ".join(f'{name}="two words"' for name in names))


def _obeyed(page: str) -> Counter[tuple[str, tuple[tuple[str, str | None], ...]]]:
    """Count a page's elements with the attributes that may hold no translation."""
    root = LexborHTMLParser(page).root
    assert root
    may_differ = SET_BY_BUILDS.union(HELD_FOR_TEXT)
    return Counter(
        (
            node.tag or "",
            tuple(each for each in node.attributes.items() if each[0] not in may_differ),
        )
        for node in root.traverse(include_text=False)
    )


def _fixed(attributes: dict[str, str] | dict[str, str | None]) -> tuple[tuple[str, object], ...]:
    """Leave out what may differ of attributes: words, and what a build sets."""
    return tuple(
        sorted(
            (name, "" if name in READ_BY_PEOPLE else value)
            for name, value in attributes.items()
            if name not in SET_BY_BUILDS
        )
    )


def _structured_data(page: str) -> dict[str, object]:
    (script,) = LexborHTMLParser(page).css("script")
    data: dict[str, object] = json.loads(script.text())
    return data


def _with_words(content: Content, words: Sequence[str]) -> Content:
    """Put words for the words of content, and let its codes be."""
    return tuple(
        words[place % len(words)]
        if isinstance(each, str)
        else each._replace(children=_with_words(each.children, words))
        if isinstance(each, Paired)
        else each
        for place, each in enumerate(content)
    )
