"""A translation that denies what its source does not, or the other way round, is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from polypage.checking.checks import check_entry
from polypage.model import Entry, Severity
from polypage.profiles import profile
from tests.contents import content

WORST = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def cases() -> Iterator[tuple[str, str, str, str]]:
    _, *blocks = Path(__file__).with_name("denials.txt").read_text("utf-8").strip().split("\n\n")
    for block in blocks:
        source, *lines = block.split("\n")
        for line in lines:
            locale, worst, target = line.split(maxsplit=2)
            yield locale, source, target, worst


@pytest.mark.parametrize(("locale", "source", "target", "worst"), [*cases()])
def test_a_denial_that_is_lost_or_added_is_told(
    locale: str, source: str, target: str, worst: str
) -> None:
    found = check_entry(
        Entry(source, target), content(source), profile(locale), path="", source_locale="en"
    )

    grave = {WORST[each.severity] for each in found if each.code.startswith("negation-")}
    assert min(grave, default="good") == worst, found
