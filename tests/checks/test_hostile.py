"""Text that nobody writes, and that may be pasted all the same, is checked in even time."""

from __future__ import annotations

import pytest

from polypage.checking.checks import check_entry
from polypage.model import Entry
from polypage.profiles import profile
from tests.growth import assert_grows_evenly

REPEATED = [
    "1",
    "1.",
    "1. ",
    "½",
    "1/2",
    "5 mg, ",
    "no more than 5, ",
    "Do not go. ",
    "two tablets ",
    "type IV ",
    "120/80 ",
    "555-123-4567 ",
    ".",
    " ",
    "(",
    "http://",
    "a",
    "a.",
    "a-",
    "a@",
    "e\u0301\u0316",
    "<b>",
    "\u202e",
    "万1",
    "ไม่",
]
SOURCE = "Take 5 mg twice a day. Do not drive."


@pytest.mark.parametrize("repeated", REPEATED)
def test_the_time_of_a_check_grows_with_the_text(repeated: str) -> None:
    def checked(length: int) -> object:
        odd = repeated * (length // len(repeated)) + "7 mg"
        target = check_entry(Entry(SOURCE, odd), (SOURCE,), profile("de"), path="")
        both = check_entry(Entry(f"{odd} x", odd), (f"{odd} x",), profile("zh"), path="")
        return target, both

    assert_grows_evenly(checked, 1_000, 8_000)


def test_no_more_marks_are_put_in_order_than_texts_have() -> None:
    source = "Rest."

    def checked(marks: int) -> object:
        target = "Ruhe" + "\u0301\u0316" * marks
        return check_entry(Entry(source, target), (source,), profile("de"), path="")

    assert_grows_evenly(checked, 3_000, 24_000)
