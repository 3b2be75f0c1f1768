"""Tokens and the characters they cover."""

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from polypage.html.markup import (
    Attribute,
    Comment,
    Doctype,
    EndTag,
    Junk,
    Lines,
    StartTag,
    State,
    Text,
    TextKind,
    Token,
    tokenize,
    value,
)

HERE = Path(__file__).parent
CONTROLS = str.maketrans({"␍": "\r", "␊": "\n", "␀": "\0", "␠": " "})


def _cases(name: str) -> list[tuple[str, list[str]]]:
    """Read a table: paragraphs of a comment, a line of markup and indented lines of tokens."""
    cases = []
    for paragraph in (HERE / name).read_text("utf-8").split("\n\n"):
        lines = [line for line in paragraph.splitlines() if not line.startswith("#")]
        if lines:
            markup, *tokens = (line.translate(CONTROLS) for line in lines)
            cases.append((markup, [token.removeprefix("    ") for token in tokens]))
    return cases


@pytest.mark.parametrize(("markup", "expected"), _cases("tokens.txt") + _cases("foreign.txt"))
def test_markup_is_cut_into_tokens(markup: str, expected: list[str]) -> None:
    tokens = tokenize(markup)

    assert [f"{_kind(token)} {markup[token.start : token.end]}" for token in tokens] == expected


@pytest.mark.parametrize(("markup", "expected"), _cases("foreign.txt"))
def test_a_browser_sees_the_same_comments(markup: str, expected: list[str]) -> None:
    root = LexborHTMLParser(f"<!DOCTYPE html><body>{markup}").root

    assert root is not None
    seen = [node for node in root.traverse() if node.is_comment_node]

    assert len(seen) == sum(token.startswith("bogus") for token in expected)


def _kind(token: Token) -> str:
    match token:
        case StartTag():
            return "start"
        case EndTag():
            return "end"
        case Text():
            return "text" if token.kind is TextKind.DATA else token.kind
        case Comment():
            return "bogus" if token.bogus else "comment"
        case Doctype():
            return "doctype"
        case Junk():
            return "junk"


@pytest.mark.parametrize(
    ("markup", "name", "text", "whole", "written", "quote"),
    [
        ('<a b="c">', "b", "c", 'b="c"', "c", '"'),
        ("<a b='c\"'>", "b", 'c"', "b='c\"'", 'c"', "'"),
        ("<a b=c/>", "b", "c/", "b=c/", "c/", ""),
        ("<a b = \n'c' >", "b", "c", "b = \n'c'", "c", "'"),
        ("<a b>", "b", "", "b", "", ""),
        ("<a b/>", "b", "", "b", "", ""),
        ('<a b="">', "b", "", 'b=""', "", '"'),
        ("<a b= >", "b", "", "b= ", "", ""),
        ("<svg viewBox='0 0'>", "viewbox", "0 0", "viewBox='0 0'", "0 0", "'"),
        ("<a É=K>", "É", "K", "É=K", "K", ""),
        ("<a =b=c>", "=b", "c", "=b=c", "c", ""),
        ("<a b='1'c=2>", "c", "2", "c=2", "2", ""),
        ("<a/b//c=d>", "c", "d", "c=d", "d", ""),
        ("<a b=1 B=2>", "b", "1", "b=1", "1", ""),
        ("<a b='&lt;&ampx&copy=1'>", "b", "<&ampx&copy=1", "b='&lt;&ampx&copy=1'", "&lt;&ampx&copy=1", "'"),
        ("<a b='\r\n\0'>", "b", "\n\ufffd", "b='\r\n\0'", "\r\n\0", "'"),
    ],
)  # fmt: skip
def test_an_attribute_has_the_spans_of_all_and_of_its_value(
    markup: str, name: str, text: str, whole: str, written: str, quote: str
) -> None:
    (tag,) = tokenize(markup)
    assert isinstance(tag, StartTag)

    found = tag.get(name)

    assert found is not None
    assert (found.value, found.quote) == (text, quote)
    assert markup[slice(*tag.whole(found))] == whole
    assert markup[slice(*tag.written(found))] == written


def test_an_attribute_without_a_value_has_its_span_at_the_end() -> None:
    (tag,) = tokenize("<a hidden>")

    assert isinstance(tag, StartTag)
    assert tag.attributes == (Attribute("hidden", "", 1, 7, 7, ""),)
    assert tag.written(tag.attributes[0]) == (9, 9)


def test_tags_with_the_same_attributes_share_them_each_in_its_own_place() -> None:
    text = '<a class="x">1</a><em class="x">2</em>'
    first, *_, second, _, _ = tokenize(text)
    assert isinstance(first, StartTag)
    assert isinstance(second, StartTag)

    spans = [tag.whole(tag.attributes[0]) for tag in (first, second)]

    assert first.attributes is second.attributes
    assert spans == [(3, 12), (22, 31)]
    assert {text[slice(*span)] for span in spans} == {'class="x"'}


def test_of_attributes_with_one_name_the_first_is_kept() -> None:
    (tag,) = tokenize("<a b=1 c=2 B=3>")

    assert isinstance(tag, StartTag)
    assert [(attribute.name, attribute.value) for attribute in tag.attributes] == [
        ("b", "1"),
        ("c", "2"),
    ]
    assert tag.get("d") is None


@pytest.mark.parametrize(
    ("markup", "name", "closing"),
    [
        ("<br/>", "br", True),
        ("<br / >", "br", False),
        ("<a b=c/>", "a", False),
        ("<a b='c'/>", "a", True),
        ("<a b=c />", "a", True),
        ("<LI>", "li", False),
        ("<\u212aBD>", None, None),
        ("<x\u212aBD>", "x\u212abd", False),
        ("<a\0B>", "a\ufffdb", False),
    ],
)
def test_a_start_tag_has_a_name_and_perhaps_a_closing_slash(
    markup: str, name: str | None, *, closing: bool | None
) -> None:
    (token,) = tokenize(markup)

    if name is None:
        assert isinstance(token, Text)
    else:
        assert isinstance(token, StartTag)
        assert (token.name, token.self_closing) == (name, closing)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a &amp; b\r\nc\rd", "a & b\nc\nd"),
        ("&#13;\r\n", "\r\n"),
        ("<title>&lt;b>\0</title>", "<b>\ufffd"),
        ("<script>a &lt;\r\n\0</script>", "a &lt;\n\ufffd"),
        ("<svg><![CDATA[&lt;]\r\n]]></svg>", "&lt;]\n"),
        ("<svg><![CDATA[never ends", "never ends"),
        ("<!-- a\r\0--!>", " a\n\ufffd"),
        ("<!--a--", "a"),
        ("<!--a---", "a-"),
        ("<!--->", ""),
        ("<!-", "-"),
        ("<?php ?>", "?php ?"),
        ("<!x>", "x"),
        ("</3 >", "3 "),
    ],
)
def test_text_and_comments_are_read_as_browsers_do(markup: str, expected: str) -> None:
    token = next(token for token in tokenize(markup) if isinstance(token, Text | Comment))

    assert value(markup, token) == expected


@pytest.mark.parametrize(
    ("markup", "name", "public_id", "system_id", "quirks"),
    [
        ("<!DOCTYPE html>", "html", None, None, False),
        ("<!doctypeHTML>", "html", None, None, False),
        ("<!doctype html system 'about:legacy-compat'>", "html", None, "about:legacy-compat", False),
        ("<!doctype html public \"a\" 'b'>", "html", "a", "b", False),
        ("<!doctype html public ''>", "html", "", None, False),
        ("<!doctype html system 'a' b>", "html", None, "a", False),
        ("<!doctype html system 'a' 'b'>", "html", None, "a", False),
        ("<!doctype html public 'a' b>", "html", "a", None, True),
        ("<!doctype html public 'a>", "html", "a", None, True),
        ("<!doctype html public>", "html", None, None, True),
        ("<!doctype html a>", "html", None, None, True),
        ("<!doctype html", "html", None, None, True),
        ("<!doctype>", None, None, None, True),
    ],
)  # fmt: skip
def test_a_doctype_has_its_parts(
    markup: str, name: str | None, public_id: str | None, system_id: str | None, *, quirks: bool
) -> None:
    tokens = tokenize(markup)

    assert tokens == (Doctype(0, len(markup), name, public_id, system_id, quirks),)


@pytest.mark.parametrize(
    ("state", "last_start_tag", "kind", "length"),
    [
        (State.RCDATA, "title", "rcdata", 1),
        (State.RAWTEXT, "title", "raw", 1),
        (State.SCRIPT, "title", "raw", 1),
        (State.RAWTEXT, "b", "raw", 12),
        (State.RCDATA, None, "rcdata", 12),
        (State.PLAINTEXT, "title", "raw", 12),
    ],
)
def test_tokenizing_can_begin_inside_of_an_element(
    state: State, last_start_tag: str | None, kind: str, length: int
) -> None:
    first, *_ = tokenize("a</title></b>"[:12], state=state, last_start_tag=last_start_tag)

    assert (_kind(first), first.end) == (kind, length)


def test_lines_end_with_any_line_end() -> None:
    text = "a\nb\r\nc\rd\n\ne"

    lines = Lines(text)

    assert [lines.at(offset) for offset in range(len(text) + 1)] == [
        *(1, 1),
        *(2, 2, 2),
        *(3, 3),
        *(4, 4),
        5,
        *(6, 6),
    ]
