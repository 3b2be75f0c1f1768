"""A translation that denies what its source does not, or the other way round, is told."""

from __future__ import annotations

import pytest

from tests.checks.graded import grade_of, graded


@pytest.mark.parametrize(("locale", "source", "target", "worst"), [*graded("denials.txt")])
def test_a_denial_that_is_lost_or_added_is_told(
    locale: str, source: str, target: str, worst: str
) -> None:
    assert grade_of(locale, source, target, of=("negation-",)) == worst
