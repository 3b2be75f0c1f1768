from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from polypage.model import Content, Paired, Severity, Standalone
from polypage.reading.inline import Close, Open, Step, from_msgstr, plain_text, steps, to_msgid
from tests.strategies import contents, msgstrs


@given(contents())
def test_a_msgid_is_read_back_as_its_content(content: Content) -> None:
    assert from_msgstr(to_msgid(content), content).content == content


@given(contents(preserve_space=True))
def test_white_space_that_counts_is_read_back_too(content: Content) -> None:
    assert from_msgstr(to_msgid(content), content, preserve_space=True).content == content


@given(contents())
def test_a_text_is_its_own_translation_without_findings(content: Content) -> None:
    assert not from_msgstr(to_msgid(content), content).findings


@given(st.data())
def test_a_translation_has_the_codes_of_its_source_and_no_others(data: st.DataObject) -> None:
    source = data.draw(contents())

    translation = from_msgstr(data.draw(msgstrs(source)), source).content

    assert translation is None or _tags(translation) == _tags(source)


@given(st.data())
def test_what_cannot_be_used_has_an_error_and_only_that(data: st.DataObject) -> None:
    source = data.draw(contents())

    reading = from_msgstr(data.draw(msgstrs(source)), source)

    has_error = any(finding.severity is Severity.ERROR for finding in reading.findings)
    assert has_error == (reading.content is None)


@given(st.data())
def test_a_translation_written_again_reads_the_same(data: st.DataObject) -> None:
    source = data.draw(contents())
    translation = from_msgstr(data.draw(msgstrs(source)), source).content

    again = None if translation is None else from_msgstr(to_msgid(translation), source).content

    assert again == translation


@given(st.data())
def test_blanks_in_tags_make_no_difference(data: st.DataObject) -> None:
    source = data.draw(contents())
    msgstr = data.draw(msgstrs(source))
    names = "|".join({step.name for step in map(_code, steps(source)) if step})

    spaced = re.sub(rf"<(/?(?:{names})/?)>", r"<\1 >", msgstr) if names else msgstr

    one, other = from_msgstr(msgstr, source), from_msgstr(spaced, source)
    assert (one.content, len(one.findings)) == (other.content, len(other.findings))


@given(contents())
def test_plain_text_has_all_text_and_nothing_else(content: Content) -> None:
    texts = [step for step in steps(content) if isinstance(step, str)]

    assert plain_text(content) == "".join(texts)


def _tags(content: Content) -> Counter[Paired | Standalone | tuple[object, ...]]:
    """Count the spans of the page that content copies."""
    return Counter(
        (step.code.open, step.code.close) if isinstance(step, Open) else step
        for step in steps(content)
        if isinstance(step, Open | Standalone)
    )


def _code(step: Step) -> Paired | Standalone | None:
    if isinstance(step, Open | Close):
        return step.code
    return None if isinstance(step, str) else step
