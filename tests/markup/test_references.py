"""Character references, read and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.html.markup import StartTag, Text, tokenize, value
from polypage.html.references import escape_anywhere, escape_attribute, escape_text, resolve
from tests.strategies import texts

EVERYWHERE = [
    ("", ""),
    ("plain", "plain"),
    ("&amp;&lt;&gt;&quot;&apos;&nbsp;", "&<>\"'\N{NO-BREAK SPACE}"),
    ("&amp;lt;", "&lt;"),
    ("&NotEqualTilde;", "\u2242\u0338"),
    ("&AMP &AMP;", "& &"),
    ("&Amp; &unknown; & &; &# &#; &#x &#x; &#xg;", "&Amp; &unknown; & &; &# &#; &#x &#x; &#xg;"),
    ("&amp", "&"),
    ("&hearts", "&hearts"),
    ("&#65;&#65 &#x41;&#X4a&#65&#065;", "AA AJAA"),
    ("&#0;&#xD800;&#xdfff;&#x110000;&#99999999999;", "\ufffd" * 5),
    ("&#x10FFFF;&#xFFFE;&#1;", "\U0010ffff\ufffe\x01"),
    ("&#128;&#x99;&#159;&#129;&#xA0;", "€™Ÿ\x81\xa0"),
    ("&#13;&#10;", "\r\n"),
    ("&#x" + "0" * 5000 + "41;", "A"),
    ("&#" + "9" * 5000 + ";", "\ufffd"),
]


@pytest.mark.parametrize("attribute", [False, True], ids=["text", "attribute"])
@pytest.mark.parametrize(("written", "read"), EVERYWHERE)
def test_a_reference_is_its_character(written: str, read: str, *, attribute: bool) -> None:
    assert resolve(written, attribute=attribute) == read


@pytest.mark.parametrize(
    ("written", "in_text", "in_attribute"),
    [
        ("&ampx", "&x", "&ampx"),
        ("&amp=", "&=", "&amp="),
        ("&amp;=", "&=", "&="),
        ("&amp-", "&-", "&-"),
        ("&notit;", "¬it;", "&notit;"),
        ("&notin;", "∉", "∉"),
        ("&not;in", "¬in", "¬in"),
        ("&notin", "¬in", "&notin"),
        ("?a=1&copy=2&lt=3&lt;4", "?a=1©=2<=3<4", "?a=1&copy=2&lt=3<4"),
        ("&#65=&#65x", "A=Ax", "A=Ax"),
    ],
)
def test_addresses_in_attributes_stay_whole(written: str, in_text: str, in_attribute: str) -> None:
    assert resolve(written) == in_text
    assert resolve(written, attribute=True) == in_attribute


@pytest.mark.parametrize(
    ("text", "in_text", "in_quotes", "in_apostrophes"),
    [
        ("R&D", "R&amp;D", "R&amp;D", "R&amp;D"),
        ("a < b > c", "a &lt; b &gt; c", "a &lt; b &gt; c", "a &lt; b &gt; c"),
        ("\"it's\"", "\"it's\"", "&quot;it's&quot;", '"it&#39;s"'),
        ("5\N{NO-BREAK SPACE}mg\n", "5\N{NO-BREAK SPACE}mg\n", "5\N{NO-BREAK SPACE}mg\n", "5\N{NO-BREAK SPACE}mg\n"),
        ("a\rb", "a&#13;b", "a&#13;b", "a&#13;b"),
    ],
)  # fmt: skip
def test_only_what_must_be_is_escaped(
    text: str, in_text: str, in_quotes: str, in_apostrophes: str
) -> None:
    assert escape_text(text) == in_text
    assert escape_attribute(text, '"') == in_quotes
    assert escape_attribute(text, "'") == in_apostrophes


ANY = texts() | st.text()
READABLE = ANY.filter(lambda text: "\0" not in text)
"""No markup gives a NUL."""


@given(ANY)
def test_escaped_text_is_read_back(text: str) -> None:
    assert resolve(escape_text(text)) == text


@given(ANY, st.sampled_from("\"'"))
def test_an_escaped_value_is_read_back(text: str, quote: str) -> None:
    assert resolve(escape_attribute(text, quote), attribute=True) == text
    assert resolve(escape_anywhere(text), attribute=True) == text
    assert quote not in escape_anywhere(text)


@given(READABLE)
def test_an_escaped_text_is_one_token(text: str) -> None:
    markup = f"<p>{escape_text(text)}</p>"

    _, *found, _ = tokenize(markup)

    assert "".join(value(markup, token) for token in found if isinstance(token, Text)) == text
    assert len(found) <= 1


@given(READABLE, st.sampled_from("\"'"))
def test_an_escaped_value_stays_in_its_quotes(text: str, quote: str) -> None:
    (tag,) = tokenize(f"<p title={quote}{escape_attribute(text, quote)}{quote} id=a>")

    assert isinstance(tag, StartTag)
    assert [attribute.value for attribute in tag.attributes] == [text, "a"]


@given(text=ANY, attribute=st.booleans())
def test_text_without_an_ampersand_is_itself(text: str, *, attribute: bool) -> None:
    plain = text.replace("&", "")

    assert resolve(plain, attribute=attribute) == plain
