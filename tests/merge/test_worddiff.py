from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.catalogs.catalog import Catalog, parse, serialize
from polypage.catalogs.worddiff import word_diff
from polypage.model import Entry

LONG = " ".join(f"word{n}" for n in range(60))
CASES = [
    # what it was, what it is, how that is told
    ("Roll.", "Roll.", ""),
    ("", "Roll.", "{+Roll.+}"),
    ("Roll.", "", "[-Roll.-]"),
    ("Take 1.5 mg.", "Take 15 mg.", "Take [-1.5-]{+15+} mg."),
    ("Do it.", "Don't do it.", "[-Do-]{+Don't do+} it."),
    ("Rest. Roll.", "Rest. Wash it. Roll.", "Rest. {+Wash it. +}Roll."),
    ("Rest, then roll.", "Rest.", "Rest[-, then roll-]."),
    ("It is dry.", "It is dry. Now rest.", "It is dry.{+ Now rest.+}"),
    ("a b c", "x y z", "[-a b c-]{+x y z+}"),
    ("one\ttwo", "one\ntwo", "one[-⇥-]{+↵+}two"),
    (f"{LONG} 5 {LONG}", f"{LONG} 50 {LONG}", "… word56 word57 word58 word59 [-5-]{+50+} word0"),
    (f"5 {LONG} 5", f"50 {LONG} 50", "[-5-]{+50+} word0 word1 word2 word3 word4 … word56"),
    # A letter and the marks that belong to it stay together.
    ("ที่นี่", "ที่นั่น", "ที่[-นี่-]{+นั่น+}"),
    ("दिन में", "दिनों में", "[-दिन-]{+दिनों+} में"),
    # What stayed by chance between two changes is told as changed.
    ("酸素を吸う", "炭素と吸う", "[-酸素を-]{+炭素と+}吸う"),
]


@pytest.mark.parametrize(("old", "new", "told"), CASES)
def test_a_change_is_told_in_a_line(old: str, new: str, told: str) -> None:
    line = word_diff(old, new)

    assert line.startswith(told)
    assert bool(line) == bool(told)


def test_what_is_too_much_is_counted() -> None:
    old = " ".join(f"old{n} and then comes {n}" for n in range(40))
    new = " ".join(f"new{n} and then comes {n}" for n in range(40))

    line = word_diff(old, new)

    assert len(line) < 450
    shown = line.count("{+")
    assert line.endswith(f" … (and {40 - shown} more)")


def test_texts_that_are_too_long_to_compare_are_told_as_other_ones() -> None:
    old, new = (" ".join(f"{word}{n}" for n in range(3000)) for word in ("a", "b"))

    assert word_diff(old, new).startswith("[-a0 a1 ")


WORDS = st.sampled_from(
    ["take", "5", "50", "mg", "not", ",", ".", " ", " ", "酸", "素", "ที่", "<b>"]
)


@given(st.lists(WORDS, max_size=8).map("".join), st.lists(WORDS, max_size=8).map("".join))
def test_both_texts_can_be_read_from_it(old: str, new: str) -> None:
    line = word_diff(old, new)

    if old == new:
        assert not line
    else:
        came = re.sub(r"\{\+(.*?)\+\}", r"\1", re.sub(r"\[-.*?-\]", "", line))
        gone = re.sub(r"\[-(.*?)-\]", r"\1", re.sub(r"\{\+.*?\+\}", "", line))
        assert (gone.strip(), came.strip()) == (old.strip(), new.strip())


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), st.text("a b\\"))
def test_it_stands_in_a_comment_as_it_is(old: str, new: str) -> None:
    entry = Entry("Roll.", extracted_comments=("changed: " + word_diff(old, new),))

    assert parse(serialize(Catalog(None, (entry,))), path="x.po").entries == (entry,)
