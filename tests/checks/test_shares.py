"""Shares and counts in words are compared, and what says them in figures is the same."""

from __future__ import annotations

import pytest

from tests.checks.tables import cases, findings


@pytest.mark.parametrize(("locale", "source", "target", "code"), [*cases("shares")])
def test_a_share_or_count_is_compared(locale: str, source: str, target: str, code: str) -> None:
    found = findings(locale, source, target)

    assert {each.code for each in found} == ({code} - {"good"}), found
