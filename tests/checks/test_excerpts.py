"""What a finding is about is marked in msgid and msgstr, as translators see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.checking.checks import check_entry
from polypage.checking.excerpts import codes_of, excerpt
from polypage.model import Content, Entry, Excerpt, Span
from polypage.profiles import profile
from polypage.reading.inline import plain_text, to_msgid
from tests.contents import content
from tests.growth import assert_grows_evenly
from tests.strategies import contents

CASES = """\
a figure, among codes and references
fr number-changed
Take <b>5 mg</b> &amp; rest. | Prenez <b>50&nbsp;mg</b> & dormez.
Take <b>⟦5 mg⟧</b> &amp; rest. | Prenez <b>⟦50&nbsp;mg⟧</b> & dormez.

the one figure of several that is another
de number-changed
Take 5 mg, then 5 mg, then 7 mg. | Nehmen Sie 5 mg, dann 5 mg, dann 9 mg.
Take 5 mg, then 5 mg, then ⟦7 mg⟧. | Nehmen Sie 5 mg, dann 5 mg, dann ⟦9 mg⟧.

digits of another script, vowel signs before them
ar number-changed
Take 5 mg. | تَنَاوَلْ ٥٠ ملغ.
Take ⟦5 mg⟧. | تَنَاوَلْ ⟦٥٠ ملغ⟧.

words without blanks between them
th number-changed
Take 5 mg daily. | รับประทานวันละ 50 มก.
Take ⟦5 mg⟧ daily. | รับประทานวันละ ⟦50 มก.⟧

a figure behind an address
zh_Hans number-changed
See www.who.example and take 5 mg. | 请看 www.who.example 并服用 50 毫克。
See www.who.example and take ⟦5 mg⟧. | 请看 www.who.example 并服用 ⟦50 毫克⟧。

a figure in words
fr number-changed
Wait for two days. | Attendez trois jours.
Wait for ⟦two days⟧. | Attendez ⟦trois jours⟧.

a denial, at each place where its word stands
fr negation-lost
Do not drive, do not swim. | Conduisez, nagez.
Do ⟦not⟧ drive, do ⟦not⟧ swim. | -

a lost code
de inline-missing
Read <a1>the paper</a1>. | Lesen Sie das Papier.
Read ⟦<a1>⟧the paper</a1>. | -

a code too many
de inline-doubled
Rest<br/>well. | Ruhen<br/>Sie<br/>gut.
- | Ruhen⟦<br/>⟧Sie⟦<br/>⟧gut.

what is no code
de inline-unknown
Rest. | Ruhe <b>.
- | Ruhe ⟦<b>⟧.

a sign at the end, before a code
de punctuation-end
<b>Do you sleep?</b> | <b>Schlafen Sie</b>
<b>Do you sleep⟦?⟧</b> | <b>Schlafen Si⟦e⟧</b>

a sign of another language
ar punctuation-foreign
Rest, then walk. | استرح, ثم امش.
- | استرح⟦,⟧ ثم امش.

a word twice
de word-doubled
<b>Rest</b> today. | Ruhen <b>Sie heute</b> heute gut.
- | Ruhen <b>Sie ⟦heute</b> heute⟧ gut.

white space that is shown as one blank
de space-odd
Rest, then walk. | Ruhen Sie ,  dann   gehen Sie.
- | Ruhen Sie ⟦,⟧  dann   gehen Sie.

a character that nobody sees
de character-invisible
Rest | Ru\u200bhe
- | Ru⟦\u200b⟧he

an address
fr url-changed
See <i>who.example/flu</i>. | Voir <i>who.example/grippe</i>.
See <i>⟦who.example/flu⟧</i>. | Voir <i>⟦who.example/grippe⟧</i>.
"""


def cases() -> list[object]:
    blocks = [block.split("\n") for block in CASES.strip().split("\n\n")]
    return [pytest.param(*block[1:], id=block[0]) for block in blocks]


@pytest.mark.parametrize(("check", "entry", "marked"), cases())
def test_the_words_are_marked_that_a_finding_is_about(check: str, entry: str, marked: str) -> None:
    locale, code = check.split()
    msgid, msgstr = entry.replace("⟦", "").replace("⟧", "").split(" | ")
    source = content(msgid)
    said = Entry(to_msgid(source), msgstr)

    found = check_entry(said, source, profile(locale), path="x.po")

    shown = {
        " | ".join(map(written, (each.source, each.target))) for each in found if each.code == code
    }
    assert shown == {marked}


def written(part: Excerpt | None) -> str:
    if part is None:
        return "-"
    text = part.text
    for span in reversed(part.spans):
        text = f"{text[: span.start]}⟦{text[span.start : span.end]}⟧{text[span.end :]}"
    return text


@given(contents(), st.data())
def test_any_word_of_a_text_is_found_again_in_its_msgid(
    source: Content, data: st.DataObject
) -> None:
    plain = plain_text(source, code=" ")
    start = data.draw(st.integers(0, len(plain)))
    end = data.draw(st.integers(start, len(plain)))

    found = excerpt(to_msgid(source), plain, [Span(start, end)], codes_of(source))

    assert (found is None) == (start == end)


@given(st.text(), st.text(), st.sampled_from(["vi", "ar", "zh_Hant_TW", "fr", "th"]))
def test_spans_are_of_their_texts_in_order(msgid: str, msgstr: str, locale: str) -> None:
    for finding in check_entry(Entry(msgid, msgstr), (msgid,), profile(locale), path=""):
        for shown, text in ((finding.source, msgid), (finding.target, msgstr)):
            if shown:
                places = [place for span in shown.spans for place in span]
                assert shown.text == text
                assert places == sorted(places)
                assert places[-1] <= len(text)


@pytest.mark.parametrize(
    "piece", ["{} mg ", "a{}.example ", "½ ", "<b>", "<b{}>", "\u202e", "ab ab "]
)
def test_what_is_wrong_many_times_is_marked_as_fast_as_what_is_wrong_once(piece: str) -> None:
    def check(pieces: int) -> object:
        msgstr = "".join(piece.format(n) for n in range(pieces))
        return check_entry(Entry("Rest.", msgstr), ("Rest.",), profile("de"), path="")

    assert_grows_evenly(check, 200, 1_600)
