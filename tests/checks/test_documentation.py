from __future__ import annotations

import re

from polypage.checks import CHECKS
from tests.conftest import ROOT

PAGE = (ROOT / "docs/reference/findings.md").read_text("utf-8")


def test_the_documented_checks_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\w+) \| (.*) \|$", PAGE, re.MULTILINE)

    assert {(check.code, check.severity.value, check.about) for check in CHECKS} <= set(rows)
