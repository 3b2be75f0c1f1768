"""Tables of translations, each with how grave the worst of some findings is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from polypage.checking.checks import check_entry
from polypage.model import Entry, Severity
from polypage.profiles import profile
from tests.contents import content


def graded(table: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield locale, source, translation and grade of each line of a table, whose head tells of it."""
    _, *blocks = Path(__file__).with_name(table).read_text("utf-8").strip().split("\n\n")
    for block in blocks:
        source, *lines = block.split("\n")
        for line in lines:
            locale, grade, target = line.split(maxsplit=2)
            yield locale, source, target, grade


def grade_of(locale: str, source: str, target: str, *, of: tuple[str, ...]) -> str:
    """Say how grave the worst finding is of which the code begins so: error, warning or good."""
    found = check_entry(
        Entry(source, target), content(source), profile(locale), path="", source_locale="en"
    )
    grave = {_GRADES[each.severity] for each in found if each.code.startswith(of)}
    return min(grave, default="good")


_GRADES = {Severity.ERROR: "error", Severity.WARNING: "warning"}
