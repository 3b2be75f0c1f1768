from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.checking.checks import check_entry
from polypage.checking.glossary import Glossary, Status, Term
from polypage.checking.terminology import forbidden, translated, unused
from polypage.model import Entry
from polypage.profiles import profile

STATUSES = {"=": Status.PREFERRED, "-": Status.FORBIDDEN, "!": Status.DO_NOT_TRANSLATE}


class Case(NamedTuple):
    title: str
    language: str
    codes: list[str]
    glossary: Glossary
    entry: Entry


def read_case(title: str, expected: str, terms: str, source: str, target: str) -> Case:
    language, *codes = expected.split()
    glossary = Glossary(tuple(map(read_term, terms.split())))
    return Case(title, language, [*filter("good".__ne__, codes)], glossary, Entry(source, target))


def read_term(written: str) -> Term:
    source, _, target = written[1:].replace("_", " ").partition(":")
    return Term(source, target, STATUSES[written[0]])


TEXT = Path(__file__).with_name("terms.txt").read_text("utf-8")
CASES = [read_case(*block.strip().split("\n")) for block in re.split(r"\n\n# ", TEXT)[1:]]


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_a_translation_keeps_to_the_glossary_or_not(case: Case) -> None:
    findings = check_entry(
        case.entry, (case.entry.msgid,), profile(case.language), path="", glossary=case.glossary
    )

    codes = [finding.code for finding in findings if finding.code.startswith("term-")]
    assert codes == case.codes, findings


words = st.text("abcé ", min_size=1).filter(str.strip)
terms = st.builds(Term, words, words, st.sampled_from(Status))


@given(st.lists(terms), words)
def test_a_preferred_translation_is_always_found_again(others: list[Term], target: str) -> None:
    glossary = Glossary((Term("scar", " ".join(target.split())), *others))

    told = unused("A scar", f"Eine {' '.join(target.split())}!", glossary, language="de")

    assert not any(each.message.startswith("scar ") for each in told)


@given(st.lists(terms), st.text(), st.text(), st.sampled_from(["de", "vi", "th"]))
def test_any_texts_can_be_compared(
    those: list[Term], source: str, target: str, language: str
) -> None:
    glossary = Glossary(tuple(those))

    for find in (unused, forbidden, translated):
        assert all(find(source, target, glossary, language=language))
