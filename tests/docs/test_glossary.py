"""One word for one thing: the glossary has the words that code and documentation use, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pytest

from polypage.model import Severity, Status
from polypage.runs.standing import State
from tests.conftest import ROOT
from tests.docs.reading import PAGES, prose, rows

GLOSSARY = ROOT / "docs/glossary.md"
WORDS = [
    word
    for row in rows(prose(GLOSSARY))
    for word in re.sub(r" `[^`]*`", "", row[0]).split(", ")  # without the sign in a catalog
]


def spoken(paths: Iterable[Path]) -> str:
    """Return texts with blanks between words, which names in code do not have."""
    text = " ".join(path.read_text("utf-8") for path in paths)
    return re.sub(r"[\s_-]+", " ", text).lower()


CODE = spoken(path for top in ("polypage", "flows") for path in (ROOT / top).rglob("*.py"))
DOCS = spoken(page for page in PAGES if page not in {GLOSSARY, ROOT / "CHANGELOG.md"})


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_the_glossary_is_used(word: str) -> None:
    used = re.compile(r"\b" + re.escape(word.replace("-", " ")))

    assert used.search(DOCS)
    assert used.search(CODE)


def test_a_word_stands_in_the_glossary_once() -> None:
    assert len(WORDS) == len({*WORDS})


@pytest.mark.parametrize("kind", [Severity, Status, State], ids=lambda kind: kind.__name__)
def test_what_reports_call_things_stands_in_the_glossary(kind: type[StrEnum]) -> None:
    assert {*kind} <= {*WORDS}
