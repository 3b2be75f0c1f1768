"""What is read from small pages, as the files in `cases` say: one for each subject.

A case is a title, settings, a page and what is read from it:

    # a link's words move with the link
    @ show legends                          details to show beside role and msgid
    @ skip .share                           a rule: its name and its selector
    @ note .dose = numbers stay             one with a text
    @ language vi                           of the source; English by default
    @ its <translateRule … />               a rule of ITS
    @ by sentence                           how it is cut, if not by blocks
    < <p>Take <a href="dose.html">5 mg</a> daily.</p>
    - paragraph: Take <a1>5 mg</a1> daily.
        a1: link to dose.html
    ! json-broken                           a finding

␊ ␍ ␉ ⍽ stand for line feed, carriage return, tab and no-break space, ‹93› for the byte 0x93, which
is not UTF-8. A case without a line that begins with `-` has nothing to translate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from polypage.html.document import read
from polypage.model import Article, Segmentation
from polypage.reading.extract import extract
from polypage.rules.its import read as read_its
from polypage.rules.judging import Rules
from tests.extract.showing import shown
from tests.its.marking import parsed

FOLDER = Path(__file__).parent / "cases"
_RULE = re.compile(r"@ (\w+) (.+?)(?: = (.+))?")


class Case(NamedTuple):
    """A page, the rules it is read by, and what must come of it."""

    name: str
    rules: Rules
    language: str
    its: str
    segmentation: Segmentation
    details: Sequence[str]
    page: bytes
    read: Sequence[str]
    findings: Sequence[str]


def read_cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.txt")):
        blocks = re.split(r"^# ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
        yield from (_case(path.stem, *block.rstrip("\n").split("\n")) for block in blocks)


def _case(subject: str, name: str, *lines: str) -> Case:
    rules: dict[str, Any] = {}
    language, its, details = "en", "", list[str]()
    segmentation: Segmentation = "block"
    for line in lines:
        match = _RULE.fullmatch(line)
        if match is None:
            continue
        key, value, text = match.groups()
        if key == "show":
            details = value.split()
        elif key == "language":
            language = value
        elif key == "its":
            its += value
        elif key == "by":
            segmentation = "sentence"
        elif text:
            rules[key] = {**rules.get(key, {}), value: text}
        else:
            rules[key] = (*rules.get(key, ()), value)
    page = "\n".join(line[2:] for line in lines if line.startswith("< "))
    read = [line for line in lines if line.startswith(("- ", "    "))]
    findings = [line[2:] for line in lines if line.startswith("! ")]
    return Case(
        f"{subject}: {name}",
        Rules(**rules),
        language,
        its,
        segmentation,
        details,
        _bytes(page),
        read,
        findings,
    )


def _bytes(page: str) -> bytes:
    page = page.translate(
        {ord(shown): meant for shown, meant in zip("␊␍␉⍽", "\n\r\t\xa0", strict=True)}
    )
    pieces = re.split("‹(..)›", page)
    return b"".join(
        bytes.fromhex(piece) if at % 2 else piece.encode() for at, piece in enumerate(pieces)
    )


def _article(case: Case) -> Article:
    document = read(case.page, path="source_articles/page.html")
    return extract(
        document,
        case.rules,
        slug="page",
        source_tag=case.language,
        segmentation=case.segmentation,
        its=read_its(document, rules=parsed(case.its)) if case.its else None,
    )


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.name)
def test_a_page_is_read_as_its_case_shows(case: Case) -> None:
    article = _article(case)

    assert list(shown(article, *case.details)) == case.read
    assert [finding.code for finding in article.findings] == case.findings
