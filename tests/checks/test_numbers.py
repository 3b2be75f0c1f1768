"""Numbers are read as their language says them."""

from __future__ import annotations

import pytest

from tests.checks.tables import cases, findings


@pytest.mark.parametrize(("locale", "source", "target", "code"), [*cases("numbers")])
def test_a_number_is_read(locale: str, source: str, target: str, code: str) -> None:
    found = findings(locale, source, target)

    assert {each.code for each in found} == ({code} - {"good"}), found
