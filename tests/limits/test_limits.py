"""Whether texts keep to what their authors allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.limits import (
    LineBreak,
    LocaleFilter,
    Storage,
    admits,
    excess,
    forbidden,
    is_character_class,
    is_encoding,
    unwritable,
)


@pytest.mark.parametrize(
    ("languages", "tag", "is_for"),
    [
        ("*", "vi", True),
        ("", "vi", False),
        ("vi", "vi", True),
        ("vi", "id", False),
        ("id, vi", "vi", True),
        ("vi", "vi-VN", True),
        ("vi-VN", "vi", False),
        ("FR-ca", "fr-CA", True),
        ("*-CA", "fr-CA", True),
        ("*-CA", "fr-FR", False),
        ("zh-TW", "zh-Hant-TW", True),
        ("zh-Hant", "zh-Hans-CN", False),
        ("de-*-DE", "de-Latn-DE-1996", True),
        ("de-*-DE", "de-DE", True),
        ("de-DE", "de-x-DE", False),
        ("de-DE", "de-Deva", False),
    ],
)
def test_a_passage_is_for_some_locales(languages: str, tag: str, *, is_for: bool) -> None:
    assert admits(LocaleFilter(languages), tag) is is_for
    assert admits(LocaleFilter(languages, exclude=True), tag) is not is_for


@pytest.mark.parametrize(
    ("text", "allowed", "found"),
    [
        ("Huck_Finn", r"[a-zA-Z_\-]", ""),
        ("Huck Finn!!", r"[a-zA-Z_\-]", " !"),
        ("ab\ncd", ".", "\n"),
        ("abc", "", "abc"),
        ("a*b", r"[^*+]", "*"),
        ("a]b", r"[a\]b]", ""),
        ("a[b", "[a[b]", ""),
        ("a&|~-b", "[a&&||~~--b]", ""),
        ("5 mg", r"[\da-z]", " "),
        ("5 mg", r"\d", " mg"),
        ("anything", "a|b", ""),
        ("anything", "[z-a]", ""),
        ("xyz", "[a]|.|[b]", ""),
    ],
)
def test_characters_that_are_not_allowed_are_named(text: str, allowed: str, found: str) -> None:
    assert forbidden(text, allowed) == found


@pytest.mark.parametrize(
    ("allowed", "is_one"),
    [
        ("", True),
        (".", True),
        ("[a-z]", True),
        ("a|b", False),
        ("[z-a]", False),
        ("[]", False),
        ("[a]|.|[b]", False),
        (r"[a\]|.|\[b]", True),
    ],
)
def test_a_character_class_is_understood(allowed: str, *, is_one: bool) -> None:
    assert is_character_class(allowed) is is_one


@pytest.mark.parametrize(
    ("text", "encoding", "line_break", "size"),
    [
        ("cure", "UTF-8", "lf", 4),
        ("Đà", "UTF-8", "lf", 4),
        ("curé", "ISO-8859-1", "lf", 4),
        ("ab", "UTF-16", "lf", 4),
        ("ab", "utf-32", "lf", 8),
        ("a\nb", "UTF-8", "crlf", 4),
        ("a\r\nb", "UTF-8", "lf", 3),
        ("a\n", "UTF-8", "cr", 2),
        ("a\nb", "UTF-8", "nel", 4),
        ("Đà", "EBCDIC-XX", "lf", 4),
        ("ab", "rot13", "lf", 2),
        ("Đà", "idna", "lf", 4),
    ],
)
def test_a_text_takes_room(text: str, encoding: str, line_break: LineBreak, size: int) -> None:
    assert excess(text, Storage(0, encoding, line_break)) == size
    assert excess(text, Storage(size, encoding, line_break)) == 0


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("Đà Đà", "ISO-8859-1", "Đ"),
        ("Đà", "UTF-8", ""),
        ("Đà", "idna", ""),
        ("Đà", "EBCDIC-XX", ""),
    ],
)
def test_characters_that_an_encoding_lacks_are_named(text: str, encoding: str, found: str) -> None:
    assert unwritable(text, Storage(9, encoding)) == found


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("utf8", True), ("UTF-8", True), ("windows-1252", True), ("rot13", False), ("idna", False), ("EBCDIC-XX", False)],
)  # fmt: skip
def test_an_encoding_is_known(name: str, *, is_one: bool) -> None:
    assert is_encoding(name) is is_one


@given(st.text(), st.text(), st.text(max_size=12))
def test_no_limit_is_too_odd_for_a_text(text: str, allowed: str, encoding: str) -> None:
    assert set(forbidden(text, allowed)) <= set(text)
    assert set(forbidden(text, f"[{allowed}]")) <= set(text)
    assert set(unwritable(text, Storage(3, encoding))) <= set(text)
    assert excess(text, Storage(3, encoding)) >= 0
