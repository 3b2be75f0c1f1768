from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from polypage.building.render import render
from tests.render.pages import GERMAN, article, translated

FRAME = '<!DOCTYPE html><html lang="{}" dir="ltr"><meta charset="utf-8">'


class Case(NamedTuple):
    """A source page, its translations by msgid, and the page they make."""

    name: str
    source: str
    msgstrs: Mapping[str, str]
    page: str


def read_cases() -> Iterator[Case]:
    text = (Path(__file__).parent / "cases.txt").read_text("utf-8")
    for block in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        name, *lines = block.rstrip("\n").split("\n")
        yield Case(
            name,
            "\n".join(_lines(lines, "<")),
            dict(zip(_lines(lines, "-"), _lines(lines, "+"), strict=True)),
            "\n".join(_lines(lines, ">")),
        )


def _lines(lines: list[str], mark: str) -> list[str]:
    found = [line[2:] for line in lines if line.startswith(f"{mark} ")]
    return [line.replace(r"\n", "\n") for line in found] if mark in "-+" else found


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.name)
def test_a_page_is_rebuilt_as_its_case_shows(case: Case) -> None:
    source = article(FRAME.format("en") + case.source)
    assert {segment.msgid for segment in source.segments} >= case.msgstrs.keys()

    page = render(source, translated(source, case.msgstrs), GERMAN)

    assert page == FRAME.format("de") + case.page
