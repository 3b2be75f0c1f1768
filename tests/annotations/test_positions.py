"""Words that a finding is about are found in the file, however it is folded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.catalogs.catalog import parse
from polypage.catalogs.po import format_entry
from polypage.model import Entry, Excerpt, Span
from polypage.runs.positions import position


@pytest.mark.parametrize(
    ("catalog", "words", "expected"),
    [
        ('msgid "a"\nmsgstr "Prenez 50 mg."\n', "50 mg", (2, 16, 2, 21)),
        ('msgid "a"\nmsgstr ""\n"Prenez "\n"50 mg."\n', "50 mg", (4, 2, 4, 7)),
        ('msgid "a"\nmsgstr ""\n"Prenez 50 "\n"mg."\n', "50 mg", (3, 9, 4, 4)),
        ('msgid "a"\nmsgstr "\\"Oui\\" 50"\n', "50", (2, 17, 2, 19)),
        ('msgid "a"\nmsgstr "Oui\\302\\24050"\n', "50", None),
    ],
    ids=["one line", "folded", "across a fold", "escapes", "octal"],
)
def test_words_are_found_where_they_are_written(
    catalog: str, words: str, expected: tuple[int, ...] | None
) -> None:
    (entry,) = parse(catalog.encode(), path="x.po").entries
    start = entry.msgstr.index(words)
    part = Excerpt(entry.msgstr, (Span(start, start + len(words)),))

    assert position(catalog.split("\n"), entry.told_line or 0, part) == expected


def test_a_file_that_was_saved_since_has_no_place_for_them() -> None:
    part = Excerpt("Prenez 50 mg.", (Span(7, 12),))

    assert position(['msgstr "Prenez 5 mg."'], 1, part) is None
    assert position([], 1, part) is None


@given(st.text(st.sampled_from('ab"\\\n\té薬'), min_size=1), st.data())
def test_any_letter_of_a_catalog_of_ours_is_found(msgstr: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(msgstr) - 1))
    written = format_entry(Entry("a", msgstr))

    found = position(written.split("\n"), 2, Excerpt(msgstr, (Span(at, at + 1),)))

    assert found is not None
    line = written.split("\n")[found.line - 1]
    meant = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}.get(msgstr[at], msgstr[at])
    assert line[found.column - 1 : found.end_column - 1] == meant
