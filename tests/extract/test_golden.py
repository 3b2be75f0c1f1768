"""What is read from whole pages, as the files `*.golden.txt` keep it.

They hold names and msgids only. After a change that is meant, write them anew and look at the
difference before it is committed:

    POLYPAGE_GOLDEN=write pytest tests/extract/test_golden.py
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks.measuring import as_article, built, echoed
from polypage.document import read
from polypage.extract import extract
from polypage.model import Article
from polypage.project import load
from polypage.sources import open_source
from tests.extract.showing import WRITTEN, shown

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
ARTICLES = sorted((ROOT / "source_articles").rglob("*.html"))


def test_the_hard_cases_are_read_as_they_were(shared: Path) -> None:
    lines = [
        line
        for name, page in hard_cases(shared)
        for line in (f"# {name}", *(_line(each.msgid) for each in _article(name, page).segments))
    ]

    assert lines == golden("hard_cases.golden.txt", lines)


def test_all_that_people_read_in_the_hard_cases_is_read(shared: Path) -> None:
    texts, attributes = 0, 0
    for name, page in hard_cases(shared):
        ...


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_the_sample_articles_are_read_as_they_were(path: Path) -> None:
    slug = path.relative_to(ROOT / "source_articles").with_suffix("").as_posix()
    article = open_source(load(ROOT), slug).article

    lines = list(shown(article, "legends", "notes", "context", "domain"))

    assert lines == golden(f"{path.stem}.golden.txt", lines)
