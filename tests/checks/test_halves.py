"""Two and a half hours are read as such, however a language says them."""

from __future__ import annotations

import pytest

from tests.checks.tables import cases, findings


@pytest.mark.parametrize(("locale", "source", "target", "code"), [*cases("halves")])
def test_a_number_and_a_half_is_compared(locale: str, source: str, target: str, code: str) -> None:
    found = findings(locale, source, target)

    assert {each.code for each in found} == ({code} - {"good"}), found
