"""Every code that polypage can say is explained, and each example is true."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs import checks
from polypage import errors
from polypage.checking.checklist import CODES as CHECKED
from polypage.runs.stages.batch import failure
from tests.conftest import ROOT
from tests.docs.reading import Section, sections

PAGES = checks.PAGE, ROOT / "docs/reference/findings.md"
EXPLAINED = [each for page in PAGES for each in sections(page) if each.level == 3]
CODES = [each.title for each in EXPLAINED]


def test_each_code_there_is_is_explained_once() -> None:
    codes = {*CHECKED, *written_in_the_code(), *of_failures()}

    assert sorted(CODES) == sorted(codes)
    assert CODES[: len(CHECKED)] == list(CHECKED)


def written_in_the_code() -> Iterator[str]:
    """Yield what looks like a code of a family, and what findings are made with."""
    families = re.compile(r"(?:audit|exchange|notice)(?:-[a-z]+)+")
    for path in sorted((ROOT / "polypage").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Constant(value=str(text)) if families.fullmatch(text):
                    yield text
                case ast.Call(func=ast.Name("Finding"), args=[ast.Constant(value=str(code)), *_]):
                    yield code
                case ast.Call(
                    func=ast.Attribute(attr="_report"), args=[ast.Constant(value=code), *_]
                ):
                    yield str(code)
                case ast.Call(
                    func=ast.Name("_count_problems"), args=[ast.Constant(value=what), *_]
                ):
                    yield f"notice-{str(what).replace(' ', '-')}-duplicate"


def of_failures() -> Iterator[str]:
    base = errors.PolypageError
    kinds: list[type[errors.PolypageError]] = [base, *base.__subclasses__()]
    return (failure(kind("x", "is wrong"), Path()).code for kind in kinds)


@pytest.mark.parametrize("section", EXPLAINED, ids=CODES)
def test_a_code_is_explained_with_severity_meaning_example_and_remedy(section: Section) -> None:
    severity = r"\*\*(?:error|warning|info)\*\* · [A-Z].*[^.]"
    remedy = r"[A-Z].*\."

    assert re.match(rf"\s+{severity}\n\n", section.text)
    assert re.search(rf"^{remedy}$", section.text, re.MULTILINE)
    assert re.search(r"^`.+`$", section.text, re.MULTILINE) or section.title == "failed"


def test_the_page_about_checks_is_what_their_table_says() -> None:
    assert checks.PAGE.read_text("utf-8") == checks.page()
