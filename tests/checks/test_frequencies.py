"""How often something is done is compared, in words and by what it is done."""

from __future__ import annotations

import pytest

from tests.checks.tables import cases, findings


@pytest.mark.parametrize(("locale", "source", "target", "code"), [*cases("frequencies")])
def test_how_often_is_compared(locale: str, source: str, target: str, code: str) -> None:
    found = findings(locale, source, target)

    assert {each.code for each in found} == ({code} - {"good"}), found
