"""A dose in words that is another one, lost or added is told."""

from __future__ import annotations

import pytest

from tests.checks.graded import grade_of, graded


@pytest.mark.parametrize(("locale", "source", "target", "worst"), [*graded("doses.txt")])
def test_a_dose_in_words_that_is_another_is_told(
    locale: str, source: str, target: str, worst: str
) -> None:
    assert grade_of(locale, source, target, of=("number-", "unit-")) == worst
