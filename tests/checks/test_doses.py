"""A dose in words that is another in the translation, is lost or added, is told."""

from __future__ import annotations

import pytest

from tests.checks.tables import cases, findings


@pytest.mark.parametrize(("locale", "source", "target", "code"), [*cases("doses")])
def test_a_dose_in_words_is_compared(locale: str, source: str, target: str, code: str) -> None:
    found = findings(locale, source, target)

    assert {each.code for each in found} == ({code} - {"good"}), found
