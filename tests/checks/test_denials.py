"""A translation that denies what its source does not, or the other way round, is told."""

from __future__ import annotations

import pytest

from polypage.model import Severity
from tests.checks.tables import cases, findings

WORST = {Severity.ERROR: "error", Severity.WARNING: "warning"}


@pytest.mark.parametrize(("locale", "source", "target", "worst"), [*cases("denials")])
def test_a_denial_that_is_lost_or_added_is_told(
    locale: str, source: str, target: str, worst: str
) -> None:
    found = findings(locale, source, target)

    grave = {WORST[each.severity] for each in found if each.code.startswith("negation-")}
    assert min(grave, default="good") == worst, found
