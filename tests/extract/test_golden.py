"""What is read from whole pages, as the files `*.golden.txt` keep it.

They hold names and what `showing` shows. After a change that is meant, write them anew and look at
the difference before it is committed:

    POLYPAGE_GOLDEN=write pytest tests/extract/test_golden.py
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from polypage.building.render import render
from polypage.model import Syntax
from polypage.project import load
from polypage.runs.sources import open_source
from tests.extract.browser import events, legible, texts
from tests.extract.showing import shown
from tests.extract.test_laws import MARK, article, echo, forgotten, marked, without_charset
from tests.render.pages import ENGLISH, untranslated

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
ARTICLES = sorted((ROOT / "source_articles").rglob("*.html"))


# --- the sample articles ----------------------------------------------------------------------


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_a_sample_article_is_read_as_it_was(path: Path) -> None:
    slug = path.relative_to(ROOT / "source_articles").with_suffix("").as_posix()
    article = open_source(load(ROOT), slug).article

    lines = list(shown(article, "legends", "notes", "context", "domain"))

    assert lines == golden(f"{path.stem}.golden.txt", lines)


# --- the hard cases ---------------------------------------------------------------------------


def test_the_hard_cases_are_read_as_they_were(shared: Path) -> None:
    lines: list[str] = []
    for name, page in hard_cases(shared):
        lines += (f"# {name}", *shown(article(page), "notes"))

    assert lines == golden("hard_cases.golden.txt", lines)


PRIVATE = (
    *("ACME-4711", "CardioMax", "Hidden", "שלום"),  # protected, or in another language
    *("abc123", "us", "en_US"),  # values
    *("document.write", "content:"),  # code
)
"""What of the hard cases is not for translators."""


def test_each_text_of_the_hard_cases_is_read_but_addresses(shared: Path) -> None:
    pages = [page for _, page in hard_cases(shared)]
    built = [with_marks(page) for page in pages]
    left = [text for page in built for text in texts(page) if not is_marked(text)]

    assert left == ["https://example.org/", "a@b.org"]
    assert sum(len([*texts(page)]) for page in pages) - len(left) == 142
    assert sum(len([*texts(page)]) for page in built) - len(left) == 142


def test_each_attribute_of_the_hard_cases_is_an_entry_of_its_own(shared: Path) -> None:
    read = [each for _, page in hard_cases(shared) for each in article(page).segments]
    values = [len([*legible(page)]) - len([*texts(page)]) for _, page in hard_cases(shared)]

    assert sum(values) == 16
    assert [each.syntax for each in read].count(Syntax.ATTRIBUTE) == 16


def test_nothing_of_the_hard_cases_that_is_not_for_translators_is_offered(shared: Path) -> None:
    offered = {
        word for _, page in hard_cases(shared) for each in msgids(page) for word in each.split()
    }
    pages = "".join(page for _, page in hard_cases(shared))

    assert [private for private in PRIVATE if private not in pages] == []
    assert [private for private in PRIVATE if private in offered] == []


def test_the_hard_cases_without_translations_are_what_they_were(shared: Path) -> None:
    for _, page in hard_cases(shared):
        source = article(page)

        assert without_charset(render(source, untranslated(source), ENGLISH)) == page


def test_the_hard_cases_written_anew_are_the_same_to_browsers(shared: Path) -> None:
    for name, page in hard_cases(shared):
        source = article(page)

        built = render(forgotten(source), echo(source), ENGLISH)

        assert (name, events(built)) == (name, events(page))


# ----------------------------------------------------------------------------------------------


def hard_cases(shared: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the page of each case; some are a body, or a head and a body, alone."""
    for case in json.loads((shared / "cases/hard-cases.json").read_text("utf-8")):
        html = case["html"]
        if "<html" not in html:
            start = "" if html.startswith("<head>") else "<head></head>"
            html = f"<!doctype html><html lang=en>{start}{html}</html>"
        yield case["name"], html


def golden(name: str, lines: Sequence[str]) -> list[str]:
    """Return the lines that a golden file keeps, written anew if that is asked for."""
    path = FOLDER / name
    if os.environ.get("POLYPAGE_GOLDEN") == "write":
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path.read_text("utf-8").splitlines()


def msgids(page: str) -> list[str]:
    return [each.msgid for each in article(page).segments]


def with_marks(page: str) -> str:
    source = article(page)
    return render(source, [marked(each.content) for each in source.segments], ENGLISH)


def is_marked(text: str) -> bool:
    return set(filter(str.isalpha, text)) == {MARK}
