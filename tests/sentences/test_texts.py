"""Texts are cut into sentences as `texts.txt` says, and nothing of them is lost."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.language.sentences import Unit, blank_after, gaps, gaps_between, without

CASES = Path(__file__).with_name("texts.txt")
SHOWN = str.maketrans({"⍽": "\N{NO-BREAK SPACE}", "␊": "\n"})

LANGUAGES = "en de fr es vi id th ar zh-Hant-TW ja hi ru el xx".split()
PIECES = (
    *("Take it. ", "Rest! ", "5 mg", " e.g. ", "No. 5", "J. Doe", "Why? ", "…", " ", "\n", "("),
    *(")", "“", "”", "痛嗎？", "好。", "「", "」", "نعم؟ ", "है। ", "น. ", "\ud800", "\0", "J.⍽D"),
)


class Case(NamedTuple):
    """A text and what it is cut into."""

    name: str
    language: str
    text: str
    sentences: list[str]


def cases() -> Iterator[Case]:
    for block in re.split(r"^# ", CASES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, language, text, *cut = block.rstrip("\n").split("\n")
        text, *cut = (line[2:].translate(SHOWN) for line in (text, *cut))
        yield Case(name, language, text, cut or [text])


def sentences(text: str, tag: str, *, eager: bool = False) -> list[str]:
    found = gaps(text, tag, eager=eager)
    begins, ends = [0, *(gap.end for gap in found)], [*(gap.start for gap in found), len(text)]
    return [text[begin:end] for begin, end in zip(begins, ends, strict=True)]


def texts() -> st.SearchStrategy[str]:
    pieces = st.sampled_from([piece.translate(SHOWN) for piece in PIECES]) | st.text(max_size=3)
    return st.lists(pieces, max_size=12).map("".join)


@pytest.mark.parametrize("case", [*cases()], ids=lambda case: case.name)
def test_a_text_is_cut_into_its_sentences(case: Case) -> None:
    found = [each.strip("\n ") for each in sentences(case.text, case.language)]

    assert found == [each.strip("\n ") for each in case.sentences]


@given(texts(), st.sampled_from(LANGUAGES), st.booleans())
def test_between_sentences_is_white_space_or_nothing(text: str, tag: str, eager: bool) -> None:
    for gap in gaps(text, tag, eager=eager):
        assert not text[gap.start : gap.end].strip()


@given(texts(), st.sampled_from(LANGUAGES), st.booleans())
def test_each_sentence_can_be_read_aloud(text: str, tag: str, eager: bool) -> None:
    cut = sentences(text, tag, eager=eager)

    assert len(cut) == 1 or all(any(map(str.isalpha, sentence)) for sentence in cut)


def test_a_long_text_is_cut_all_the_way() -> None:
    text = " ".join(f"This is sentence number {n} of many." for n in range(2000))

    assert len(sentences(text, "en")) == 2000


def test_a_text_that_sentencex_stumbles_over_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """It panics in our stead: no text is known over which the sentencex of today does."""

    class PanicException(BaseException):
        pass

    def segment(_language: str, _text: str) -> list[str]:
        raise PanicException

    monkeypatch.setattr("sentencex.segment", segment)

    assert sentences("One. Two.", "en") == ["One. Two."]


@given(st.lists(st.tuples(texts(), st.booleans()), max_size=6))
def test_no_code_is_cut(drawn: list[tuple[str, bool]]) -> None:
    units = [Unit(text, is_code) for text, is_code in drawn]
    said = "".join(unit.text for unit in units)

    found = gaps_between(units, lambda text: gaps(text, "en"))
    parts = list(without(found, units))

    assert all(
        units[at].text[start:end] == units[at].text
        for part in parts
        for at, start, end in part
        if units[at].is_code
    )
    kept = "".join(units[at].text[start:end] for part in parts for at, start, end in part)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", said)


@pytest.mark.parametrize(
    ("sentence", "tag", "blank"),
    [
        ("One.", "de", " "),
        ("一。", "zh-Hant-TW", ""),
        ("用量 5 mg.", "zh", " "),
        ("一。", "vi", " "),
        ("หนึ่ง", "th", " "),
    ],
)
def test_languages_put_a_blank_between_sentences_or_none(
    sentence: str, tag: str, blank: str
) -> None:
    assert blank_after(sentence, tag) == blank


def test_commands_start_without_the_library_that_cuts() -> None:
    code = "import sys, polypage.cli, polypage.runs.status, polypage.reading.extract; print('sentencex' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
