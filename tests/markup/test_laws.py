"""What holds for tokens whatever the text."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.html.markup import EndTag, StartTag, State, Text, TextKind, Token, tokenize, value
from polypage.html.references import resolve
from tests.growth import assert_grows_evenly
from tests.strategies import texts

_PIECES = (
    *("<", "</", "<!", "<?", "<!--", "-->", "--!>", "--", "-", ">", "/", "/>", "=", '"', "'"),
    *(" ", "\t", "\n", "\r", "\r\n", "\f", "\0", "&", "&amp", "&#65;", ";", "a", "B", "é", "1"),
    *("<a ", "<p>", "</p ", "<br/>", "<title>", "</title>", "<textarea>", "</textarea "),
    *("<script>", "</script>", "<script ", "</SCRIPT/", "<style>", "</style>", "<plaintext>"),
    *("<svg>", "</svg>", "<svg/>", "<g>", "</g>", "<foreignObject>", "<desc>", "</desc>"),
    *("<math>", "<mi>", "</mi>", "<annotation-xml>", "<annotation-xml encoding=text/html>"),
    *("<![CDATA[", "]]>", "<!doctype ", "public", "system", "html"),
)
MARKUP = st.lists(st.sampled_from(_PIECES) | texts() | st.text(max_size=3)).map("".join)
STATES = st.sampled_from(State)
NAMES = st.sampled_from((None, "title", "script", "a"))


@given(MARKUP, STATES, NAMES)
def test_tokens_tile_the_text(text: str, state: State, name: str | None) -> None:
    tokens = tokenize(text, state=state, last_start_tag=name)

    spans = [(token.start, token.end) for token in tokens]
    assert all(start < end for start, end in spans)
    assert all(one[1] == other[0] for one, other in pairwise(spans))
    assert (spans[0][0], spans[-1][1]) == (0, len(text)) if text else not spans


@given(MARKUP, st.integers(0, 40))
def test_up_to_an_end_all_tags_are_found_as_in_the_whole_text(text: str, end: int) -> None:
    found, whole = tokenize(text, end=end), tokenize(text)

    def tags(tokens: Sequence[Token]) -> list[Token]:
        return [each for each in tokens if each.start < end and isinstance(each, StartTag | EndTag)]

    assert tags(found) == tags(whole)
    assert [each for each in found if each.end < end] == [each for each in whole if each.end < end]


@given(MARKUP)
def test_attributes_lie_in_their_tag_in_order(text: str) -> None:
    for tag in tokenize(text):
        if isinstance(tag, StartTag):
            spans = map(tag.whole, tag.attributes)
            ends = [tag.start, *(end for span in spans for end in span), tag.end]

            assert ends == sorted(ends)
            assert len({attribute.name for attribute in tag.attributes}) == len(tag.attributes)
            for attribute in tag.attributes:
                whole, written = tag.whole(attribute), tag.written(attribute)
                quoted = f"{attribute.quote}{text[slice(*written)]}{attribute.quote}"
                assert whole.start < written.start <= written.end
                assert text[slice(*whole)].endswith(quoted)


@given(MARKUP)
def test_two_texts_with_references_never_touch(text: str) -> None:
    for one, other in pairwise(tokenize(text)):
        if isinstance(one, Text) and isinstance(other, Text):
            assert TextKind.CDATA in {one.kind, other.kind}


@given(MARKUP)
def test_text_without_markup_is_one_token(text: str) -> None:
    plain = text.replace("<", "").replace("\r", "")

    assert [value(plain, token) for token in tokenize(plain) if isinstance(token, Text)] == (
        [resolve(plain)] if plain else []
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "<" * n,
        lambda n: "a<" * n,
        lambda n: "</" * n,
        lambda n: "<a" * n,
        lambda n: "<a><" * n,
        lambda n: "</>" * n,
        lambda n: "<!--" * n,
        lambda n: "<!-" * n,
        lambda n: "<!-->" * n,
        lambda n: "<!--" + "--!" * n,
        lambda n: "<?" * n,
        lambda n: "<!doctype " * n,
        lambda n: "<!doctype a public '" + "'\"" * n,
        lambda n: "<a " + "x=" * n,
        lambda n: "<a " + "x= " * n,
        lambda n: "<a " + "x " * n,
        lambda n: "<a " + "x=y " * n,
        lambda n: "<a " + "x='y'" * n,
        lambda n: "<a " + "x='y" * n,
        lambda n: "<a" + " x" * n + ">",
        lambda n: "<a" + " " * n + "=" + " " * n,
        lambda n: "<a x" + " " * n + "=" * n,
        lambda n: "<a " + "/" * n,
        lambda n: "<a " + "".join(f"x{i}=y " for i in range(n // 4)) + ">",
        lambda n: "<title>" + "</titl" * n,
        lambda n: "<title>" + "</title " * n,
        lambda n: "<title></title>" * n,
        lambda n: "<script>" + "<!--" * n,
        lambda n: "<script>" + "<!--<script>" * n,
        lambda n: "<script><!--" + "<script></script>" * n,
        lambda n: "<svg>" * n,
        lambda n: "<svg><![CDATA[" * n,
        lambda n: "<svg>" + "<g>" * n + "</x>" * n,
        lambda n: "<svg>" + "<g>" * n + "</g>" * n,
        lambda n: "<b>" + "<svg></b>" * n,
        lambda n: "<svg><g><foreignObject>" + "<i>" * n + "</g>" * n,
        lambda n: "<svg><foreignObject>" * n + "</svg>" * n,
        lambda n: "<p><svg>" * n,
        lambda n: "&" * n,
        lambda n: "&amp" * n,
        lambda n: "&" + "a" * n,
        lambda n: "&#" + "1" * n,
        lambda n: "<a b='" + "&am" * n + "'>",
    ],
    ids=range(43),
)
def test_time_grows_as_the_text_does(make: Callable[[int], str]) -> None:
    def read(text: str) -> None:
        for token in tokenize(text):
            if isinstance(token, Text):
                value(text, token)

    assert_grows_evenly(read, make(1_000), make(8_000))
