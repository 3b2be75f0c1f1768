"""Pages are read by sentence as `pages.txt` says, and come out whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.building.render import render
from polypage.building.wording import wording
from polypage.html.document import read
from polypage.model import Article, Content, Segmentation, Standalone, Target
from polypage.reading.extract import extract
from polypage.reading.inline import Open, from_msgstr, steps
from polypage.rules.judging import Rules
from tests.conftest import ROOT
from tests.extract.showing import shown

CASES = Path(__file__).with_name("pages.txt")
ARTICLES = sorted((ROOT / "source_articles").rglob("*.html"))
ENGLISH = Target("en", "ltr", "en_US", "en", "ltr")
TAIWAN = Target("zh-Hant-TW", "ltr", "zh_TW", "en", "ltr")


class Case(NamedTuple):
    """A page and what is read from it."""

    name: str
    page: str
    read: list[str]


def cases() -> Iterator[Case]:
    for block in re.split(r"^# ", CASES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, *lines = block.rstrip("\n").split("\n")
        page = "\n".join(line[2:] for line in lines if line.startswith("< "))
        yield Case(name, page, [line for line in lines if not line.startswith("< ")])


def article(page: str, segmentation: Segmentation = "sentence", *, tag: str = "en") -> Article:
    document = read(page.encode(), path="source_articles/page.html")
    return extract(document, Rules(), slug="page", source_tag=tag, segmentation=segmentation)


def translated(page: Article, *msgstrs: str) -> Sequence[Content | None]:
    return [
        from_msgstr(msgstr, segment.content, preserve_space=segment.preserve_space).content
        for segment, msgstr in zip(page.segments, msgstrs, strict=True)
    ]


def echoed(page: Article) -> Sequence[Content | None]:
    return translated(page, *(segment.msgid for segment in page.segments))


@pytest.mark.parametrize("case", [*cases()], ids=lambda case: case.name)
def test_a_page_is_read_by_sentence(case: Case) -> None:
    lines = shown(article(case.page), "headings", "notes", "source")

    assert [line for line in lines if not line.startswith("    syntax")] == case.read


# --- laws -------------------------------------------------------------------------------------

_TEXTS = (
    *(
        "Take it. ",
        "Rest!",
        " ",
        "\r\n",
        "5 mg",
        "No. 5 ",
        "R&amp;D",
        "&nbsp;",
        "Why? ",
        "&lt;so. ",
    ),
    *(
        "<br>",
        "<img src=x alt='One. Two.'>",
        "<!-- x -->",
        "<svg></svg>",
        "<b>",
        "</i>",
        "好。",
        "AT&T. ",
    ),
)
_TAGS = ("b", "em", "a href=x", "span class=y", "font", "p", "li", "h2", "pre", "ruby")


def pages() -> st.SearchStrategy[str]:
    """Make pages of sentences, half-sentences and tags, some without their other half."""
    pieces = st.recursive(st.sampled_from(_TEXTS), _around, max_leaves=20)
    return st.lists(pieces, max_size=6).map("".join).map("<meta charset=utf-8><p>{}".format)


def _around(within: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def wrapped(tag: str, pieces: list[str]) -> str:
        return f"<{tag}>{''.join(pieces)}</{tag.split(maxsplit=1)[0]}>"

    return st.builds(wrapped, st.sampled_from(_TAGS), st.lists(within, max_size=5))


@given(pages())
def test_a_page_translated_by_itself_is_its_source(source: str) -> None:
    page = article(source)

    assert render(page, echoed(page), ENGLISH) == page.skeleton.text


@given(pages())
def test_sentences_lie_in_blocks_and_hold_their_codes_whole(source: str) -> None:
    blocks, sentences = article(source, "block").segments, article(source).segments

    for sentence in sentences:
        around = [
            block
            for block in blocks
            if block.span.start <= sentence.span.start and sentence.span.end <= block.span.end
        ]
        assert around
        assert codes(sentence.content) <= {c for block in around for c in codes(block.content)}


def codes(content: Content) -> set[tuple[int, ...]]:
    """Return the places of codes, of pairs with both their tags."""
    found: set[tuple[int, ...]] = set()
    for step in steps(content):
        match step:
            case Open(code):
                found.add((*code.open, *code.close))
            case Standalone():
                found.add(step.span)
            case _:
                pass
    return found


@given(pages())
def test_no_word_is_left_out_that_blocks_have(source: str) -> None:
    def left(segmentation: Segmentation) -> str:
        page = article(source, segmentation)
        built = render(page, [()] * len(page.segments), ENGLISH)
        return re.sub(r"<!--.*?-->|<[^>]*>|&nbsp;|\s", "", built)

    assert left("sentence") == left("block")


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_a_sample_article_translated_by_itself_is_the_same_page_either_way(path: Path) -> None:
    source = path.read_text("utf-8")
    by_block, by_sentence = article(source, "block"), article(source)

    target = replace(ENGLISH, tag="vi", og_locale="vi_VN")

    assert len(by_sentence.segments) > len(by_block.segments)
    assert render(by_sentence, echoed(by_sentence), target) == render(
        by_block, echoed(by_block), target
    )


# --- between sentences ------------------------------------------------------------------------


def test_between_chinese_sentences_there_is_no_blank() -> None:
    page = article("<p>One. <b>Two.</b> Three. Four.</p>")

    built = render(page, translated(page, "一。", "二。", "三。", "四。"), TAIWAN)

    assert "<p>一。 <b>二。</b> 三。四。</p>" in built


def test_the_blank_stays_beside_a_sentence_without_translation() -> None:
    page = article("<p>One. Two.</p>")
    translations = [*translated(page, "一。", "")[:1], None]

    built = render(page, translations, TAIWAN)

    assert '一。 <span lang="en" dir="ltr">Two.</span>' in built


def test_between_sentences_from_the_chinese_comes_a_blank() -> None:
    page = article("<p>一。二。</p>", tag="zh")

    built = render(page, translated(page, "One.", "Two."), replace(ENGLISH, source_tag="zh"))

    assert "<p>One. Two.</p>" in built


def test_what_is_said_is_what_is_built() -> None:
    page = article("<p>One. Two.</p>")
    inner = next(s.span for s in article("<p>One. Two.</p>", "block").segments)

    said = wording(page, inner, translated(page, "一。", "二。"), tag="zh-Hant-TW")

    assert said.text == "一。二。"
