"""What pseudo-locales make of texts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.building.pseudo import overwritten, pseudo
from polypage.model import Content
from polypage.profiles import PSEUDO_LOCALES
from polypage.reading.inline import from_msgstr, plain_text, steps, to_msgid
from tests.contents import content
from tests.strategies import contents, texts

PARTED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""A code between two words, which parts them."""
BEGIN, END = "\u200f\u202e", "\u202c\u200f"

each_locale = pytest.mark.parametrize("locale", PSEUDO_LOCALES)


def shown(msgid: str, locale: str) -> str:
    """Translate a msgid; words from right to left are written as `|word|`."""
    translated = to_msgid(pseudo(content(msgid), locale))
    return translated.replace(BEGIN, "|").replace(END, "|")


@pytest.mark.parametrize(
    ("msgid", "accented", "overridden"),
    [
        ("Dose", "⟦Ðöööšééé⟧", "|Dose|"),
        ("Take <b>5 mg</b>.", "⟦Ţååååķéééé <b>5 ḿĝ</b>.⟧", "|Take| <b>5 |mg|</b>."),
        ("<img1/> <a1>Ask</a1><br/>", "<img1/> <a1>⟦Ååååšķ⟧</a1><br/>", "<img1/> <a1>|Ask|</a1><br/>"),
        ("PDF", "⟦ÞþÐðƑƒ⟧", "|PDF|"),
        ("Caf\u00e9", "⟦Çåååååƒ\u00e9⟧", "|Caf\u00e9|"),
        ("2 &lt; 3 &amp; 12:30", "⟦2 &lt; 3 &amp; 12:30⟧", "2 &lt; 3 &amp; 12:30"),
        ("mi<b>cro</b>", "⟦ḿîîî<b>çŕöööö⟧</b>", "|mi<b>cro|</b>"),
    ],
)  # fmt: skip
def test_words_change_and_codes_stay(msgid: str, accented: str, overridden: str) -> None:
    assert shown(msgid, "en_XA") == accented
    assert shown(msgid, "ar_XB") == overridden


@each_locale
@pytest.mark.parametrize(
    "kept",
    [
        "{{ user.name }}",
        "{% if x %}",
        "<%= name %>",
        "{name}",
        "{0}",
        "{count:d}",
        "{user[name]!r}",
        "${name}",
        "%{name}",
        "#{name}",
        "%s",
        "%d",
        "%1$s",
        "%(name)s",
        "%.2f",
        "%-10s",
        "https://a.example/b?c=d",
        "www.a.example",
        "ann.lee@clinic.example",
        '<a href="x">',
        "</p>",
        "<br/>",
        "<!-- note -->",
        "&nbsp;",
        "&#x41;",
    ],
)
def test_what_is_no_word_is_kept(kept: str, locale: str) -> None:
    translated = plain_text(pseudo((f"On {kept} it",), locale))

    assert f" {kept} " in translated
    assert "On" not in translated.replace(f"{BEGIN}On{END}", "")


@each_locale
@pytest.mark.parametrize("text", ["100 % sure", "5 %, then", "{a note}", "x < y", "R&D", "a@b"])
def test_what_only_looks_like_it_is_not(text: str, locale: str) -> None:
    translated = plain_text(pseudo((text,), locale))

    words = len(re.findall("[a-zA-Z]+", text))
    assert translated.count(BEGIN) == (words if locale == "ar_XB" else 0)
    assert len(re.findall("[a-zA-Z]+", translated)) == (words if locale == "ar_XB" else 0)


@pytest.mark.parametrize(
    ("letters", "growth"), [(1, 1), (5, 1), (10, 1), (20, 0.65), (70, 0.4), (1000, 0.307)]
)
def test_short_texts_grow_most(letters: int, growth: float) -> None:
    text = "a" * letters

    translated = plain_text(pseudo((text,), "en_XA"))

    assert len(translated) - len("⟦⟧") == round(letters * (1 + growth))


def test_growth_is_spread_over_all_words() -> None:
    translated = plain_text(pseudo(("The rate of sleep in nine out of ten adults",), "en_XA"))

    words = zip(
        "The rate of sleep in nine out of ten adults".split(), translated.split(), strict=True
    )
    assert all(len(after.strip("⟦⟧")) > len(before) for before, after in words)


def test_white_space_that_counts_stays_outside_of_the_brackets() -> None:
    assert pseudo(("\n  Dose\n",), "en_XA") == ("\n  ⟦Ðöööšééé⟧\n",)


def test_what_is_overwritten_keeps_its_white_space_and_codes() -> None:
    assert to_msgid(overwritten(content("Take <b>5\u00a0mg</b><br/>\tx."), "Ж")) == (
        "ЖЖЖЖ <b>Ж\u00a0ЖЖ</b><br/>\tЖЖ"
    )


# --- laws -------------------------------------------------------------------------------------


def codes(some: Content) -> list[str]:
    return [
        repr(type(step)) + getattr(step, "name", "")
        for step in steps(some)
        if not isinstance(step, str)
    ]


@each_locale
@given(contents(preserve_space=True))
def test_codes_stay_where_they_are(locale: str, source: Content) -> None:
    translated = pseudo(source, locale)

    assert codes(translated) == codes(source)
    assert from_msgstr(to_msgid(translated), translated, preserve_space=True).content == translated


@each_locale
@given(contents(), st.sampled_from([True, False]))
def test_a_pseudo_translation_can_be_read_as_any_other(
    locale: str, source: Content, preserve_space: bool
) -> None:
    translated = pseudo(source, locale)

    reading = from_msgstr(to_msgid(translated), source, preserve_space=preserve_space)

    unread = {finding.code for finding in reading.findings} - {"inline-unknown", "inline-empty"}
    assert not unread
    assert reading.content in (translated, None)


@given(texts())
def test_no_plain_letter_is_left_but_in_what_is_kept(text: str) -> None:
    tags, formats = r"</?[a-zA-Z][^<>]*>|<!--.*?-->|&#?\w+;", r"%[-+0#\d.*$]*[a-zA-Z](?![a-zA-Z])"
    kept = re.compile(f"{tags}|{formats}", re.DOTALL)

    translated = plain_text(pseudo((text,), "en_XA"))

    assert not re.search("[a-zA-Z]", kept.sub("", translated))


@each_locale
@given(contents())
def test_the_same_words_are_the_same_whatever_their_codes(locale: str, source: Content) -> None:
    text = plain_text(source, code=PARTED)

    translated = plain_text(pseudo(source, locale), code=PARTED)

    assert translated == plain_text(pseudo((text,), locale))


@given(contents())
def test_taking_away_what_was_added_gives_the_text_back(source: Content) -> None:
    text = plain_text(source)

    translated = plain_text(pseudo(source, "ar_XB"))

    added = "[\u200f\u202e\u202c]"
    assert re.sub(added, "", translated) == re.sub(added, "", text)
    begun, ended = (translated.count(sign) - text.count(sign) for sign in "\u202e\u202c")
    assert begun == ended
