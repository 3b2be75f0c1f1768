"""A page with its passages marked is the page that would be published, but for the marks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from polypage.building.render import render
from polypage.html.decoding import Decoded
from polypage.html.document import Document, parse
from polypage.model import Article, Content, Target
from polypage.preview.framing import Mark, framed, ours, policy
from polypage.reading.extract import extract
from polypage.reading.inline import from_msgstr
from polypage.rules.judging import Rules
from tests.conftest import ROOT

TARGET = Target("vi", "ltr", "vi_VN", "en", "ltr")


def read(text: str) -> tuple[Document, Article]:
    document = parse(Decoded(text, bom=False, stray=False), path="page.html")
    return document, extract(document, Rules(), slug="page", source_tag="en")


def half_translated(article: Article) -> list[Content | None]:
    """Translate every other segment by other words around its own codes."""
    contents = [from_msgstr(f"· {each.msgid} ·", each.content).content for each in article.segments]
    return [content if n % 2 else None for n, content in enumerate(contents)]


def marks(article: Article) -> list[Mark]:
    return [
        Mark(f"{n:012x}", "fuzzy", has_findings=n % 3 == 0) for n in range(len(article.segments))
    ]


def seen(html: str) -> str:
    """Return what a browser makes of a page, without our marks."""
    tree = LexborHTMLParser(html)
    for node in tree.css("span[data-polypage]"):
        node.unwrap()
    for node in tree.css("*"):
        for name in [each for each in node.attributes if each.startswith("data-polypage")]:
            del node.attrs[name]
    return tree.html or ""


def sources(shared: Path | None) -> dict[str, str]:
    pages = {
        path.name: path.read_text("utf-8") for path in (ROOT / "source_articles").rglob("*.html")
    }
    if shared:
        cases = json.loads((shared / "cases/hard-cases.json").read_text("utf-8"))
        # What is in a template the judge's selectors do not find, nor does anybody see it.
        pages |= {case["name"]: case["html"] for case in cases if "<template" not in case["html"]}
    return pages


def differing(pages: dict[str, str]) -> list[str]:
    found = []
    for name, text in pages.items():
        _, article = read(text)
        contents = half_translated(article)
        with_marks = framed(
            article,
            contents,
            TARGET,
            marks(article),
        )
        if seen(with_marks) != seen(render(article, contents, TARGET)):
            found.append(name)
    return found


def test_marks_change_nothing_else_of_the_sample_pages() -> None:
    assert differing(sources(None)) == []


def test_marks_change_nothing_else_of_hard_pages(shared: Path) -> None:
    assert differing(sources(shared)) == []


def test_each_passage_that_can_be_seen_is_marked_once() -> None:
    text = '<p>One</p><div>Two <p>Three</p></div><img alt="Four"><title>Five</title>'
    _, article = read(text)

    page = framed(
        article,
        [None] * 4 + [None],
        TARGET,
        marks(article),
    )

    assert re.findall(r' data-polypage="(\d+)"', page) == ["0", "1", "2"]
    assert re.findall(r" data-polypage-text-(\d+)=", page) == ["3"]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("<!doctype html><p>x", "<!doctype html>"),
        ("<!-- a --> <!DOCTYPE html>\n<html>", "<!-- a --> <!DOCTYPE html>"),
        ("<!-- <!doctype html> --><p>x", ""),
        ("<script>evil()</script><!doctype html><p>x", ""),
        ("<html><head><script>evil()</script>", ""),
        ("<!-- --!><script>evil()</script> --><!doctype html>", ""),
    ],
)
def test_our_policy_comes_before_anything_of_the_article_can_run(text: str, before: str) -> None:
    document, _ = read(text)

    edit, *_ = ours(document, own="'self'", remote=False)

    assert text[: edit.span.start] == before
    assert edit.text.startswith('<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"')


def test_the_policy_lets_other_servers_in_only_if_told() -> None:
    assert "https:" not in policy(own="http://127.0.0.1:1/-/pages/k/", remote=False)
    assert "script-src 'sha256-" in policy(own="x", remote=True)
    assert "img-src x data: https:" in policy(own="x", remote=True)
