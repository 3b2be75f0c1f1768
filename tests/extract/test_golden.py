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

from benchmarks.measuring import as_article, built, echoed
from polypage.project import load
from polypage.sources import open_source
from tests.extract.browser import events
from tests.extract.showing import shown

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
ARTICLES = sorted((ROOT / "source_articles").rglob("*.html"))


def test_the_hard_cases_are_read_as_they_were(shared: Path) -> None:
    lines: list[str] = []
    for name, page in hard_cases(shared):
        lines += (f"# {name}", *shown(as_article(name, page), "notes"))

    assert lines == golden("hard_cases.golden.txt", lines)


def test_the_hard_cases_translated_by_themselves_are_the_same_pages(shared: Path) -> None:
    different = []
    for name, page in hard_cases(shared):
        article = as_article(name, page)
        if events(built(article, echoed(article)).decode()) != events(page.decode()):
            different.append(name)

    assert different == []


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_the_sample_articles_are_read_as_they_were(path: Path) -> None:
    slug = path.relative_to(ROOT / "source_articles").with_suffix("").as_posix()
    article = open_source(load(ROOT), slug).article

    lines = list(shown(article, "legends", "notes", "context", "domain"))

    assert lines == golden(f"{path.stem}.golden.txt", lines)


def hard_cases(shared: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the page of each case; some are a body, or a head and a body, alone."""
    for case in json.loads((shared / "cases/hard-cases.json").read_text("utf-8")):
        html = case["html"]
        if "<html" not in html:
            start = "" if html.startswith("<head>") else "<head></head>"
            html = f"<!doctype html><html lang=en>{start}{html}</html>"
        yield case["name"], html.encode()


def golden(name: str, lines: Sequence[str]) -> list[str]:
    """Return the lines that a golden file keeps, written anew if that is asked for."""
    path = FOLDER / name
    if os.environ.get("POLYPAGE_GOLDEN") == "write":
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path.read_text("utf-8").splitlines()
