"""Every code that polypage can say is explained, and each example is true."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from polypage import errors
from polypage.catalogs.catalog import parse
from polypage.checking.checklist import CHECKS, COMPARED, Check
from polypage.checking.checks import check_entry
from polypage.checking.glossary import Glossary, Status, Term
from polypage.limits import Limits, Storage
from polypage.profiles import profile
from polypage.runs.stages.batch import failure
from tests.conftest import ROOT
from tests.contents import content
from tests.docs.reading import Block, Section, blocks, sections

PAGE = ROOT / "docs/reference/findings.md"
SECTIONS = {each.title: each for each in sections(PAGE) if each.level == 3}
FIXED = ("font1", "font2")
"""The codes of the examples whose partners are elsewhere."""


def test_the_explained_codes_are_those_there_are() -> None:
    checks = [check.code for check in CHECKS]

    assert set(SECTIONS) == {*checks, *COMPARED, *written_in_the_code(), *of_failures()}
    assert list(SECTIONS)[: len(checks)] == checks


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


@pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)
def test_a_code_is_explained_with_severity_meaning_example_and_remedy(section: Section) -> None:
    severity = r"\*\*(?:error|warning|info)\*\* · [A-Z].*[^.]"
    remedy = r"[A-Z].*\."

    assert re.match(rf"\s+{severity}\n\n", section.text)
    assert re.search(rf"^{remedy}$", section.text, re.MULTILINE)
    assert re.search(r"^`.+`$", section.text, re.MULTILINE) or section.title == "failed"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.code))
def test_a_check_is_explained_as_the_code_means_it(check: Check) -> None:
    text = SECTIONS[check.code].text

    assert text.strip().split("\n")[0] == f"**{check.severity}** · {check.about}"


def examples() -> Iterator[object]:
    for block in blocks(PAGE):
        if "locale" in block.options:
            yield pytest.param(block, id=block.section)


@pytest.mark.parametrize("block", [*examples()])
def test_an_example_has_the_finding_that_is_said(block: Block) -> None:
    (entry,) = parse(block.text.encode(), path="example").entries
    source = content(entry.msgid, fixed=FIXED)
    said = re.findall(r"^`(.+)`$", SECTIONS[block.section].text, re.MULTILINE)

    found = check_entry(
        entry,
        source,
        profile(block.options["locale"]),
        path="example",
        limits=limits(block),
        glossary=glossary(block),
    )

    assert said[0] in {finding.message for finding in found if finding.code == block.section}


def limits(block: Block) -> tuple[Limits, ...]:
    """Return what the author of an example asks for."""
    size = block.options.get("bytes")
    storage = Storage(int(size)) if size else None
    found = Limits("", block.options.get("characters"), storage)
    return () if found == Limits() else (found,)


def glossary(block: Block) -> Glossary:
    """Return the terms that an example is about."""
    cells = [term.split(":") for term in block.options.get("terms", "").split() if term]
    return Glossary(tuple(Term(one, other, Status(status)) for one, other, status in cells))


def test_each_check_has_an_example() -> None:
    shown = {block.section for block in blocks(PAGE) if "locale" in block.options}

    assert shown == {check.code for check in CHECKS}
