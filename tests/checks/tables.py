"""Tables of translations and what is told of them: a source, and a line for each translation.

cases("denials")    ("de", "Do not swallow.", "Schlucken.", "error") …
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from polypage.checking.checks import check_entry
from polypage.model import Entry, Finding
from polypage.profiles import profile
from tests.contents import content


def cases(name: str) -> Iterator[tuple[str, str, str, str]]:
    """Read the rows of a table: locale, source, translation, and what is told."""
    table = Path(__file__).with_name(f"{name}.txt")
    _, *blocks = table.read_text("utf-8").strip().split("\n\n")
    for block in blocks:
        source, *lines = block.split("\n")
        for line in lines:
            locale, told, target = line.split(maxsplit=2)
            yield locale, source, target, told


def findings(locale: str, source: str, target: str) -> tuple[Finding, ...]:
    """Check a translation of an English text."""
    entry = Entry(source, target)
    return check_entry(entry, content(source), profile(locale), path="", source_locale="en")
