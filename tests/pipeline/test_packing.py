"""What came of articles is put away, and given back as it was."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from polypage.errors import PolypageError
from polypage.model import (
    Backlog,
    BuildOutcome,
    Coverage,
    Excerpt,
    Finding,
    Packable,
    Severity,
    Span,
    Status,
    Todo,
)
from polypage.runs.answers import found, fresh
from polypage.runs.outcomes import Audited, Compared
from polypage.runs.packing import Store, by_article, packed
from tests.conftest import SEALED

HEARD = Finding("lost-negation", Severity.ERROR, "a denial is lost", "vi/dose.po", 12)
DOSE = (
    Audited("dose", "vi", "site/vi/dose.html", (HEARD,)),
    Audited("dose", "ar", "site/ar/dose.html"),
)
REST = (Audited("rest", "vi", "site/vi/rest.html"),)


def test_outcomes_are_given_back_in_their_order(tmp_path: Path) -> None:
    outcomes = packed(((*DOSE, *REST), ()), tmp_path)

    assert outcomes == (*DOSE, *REST)
    assert (outcomes[2], [*found(outcomes)], [*fresh(outcomes)]) == (
        REST[0],
        [HEARD],
        [*DOSE, *REST],
    )


def test_outcomes_are_told_apart_by_article(tmp_path: Path) -> None:
    batches = ((*DOSE, *REST),)

    for outcomes in (packed(batches, tmp_path), batches[0]):
        assert {slug: part.outcomes() for slug, part in by_article(outcomes)} == {
            "dose": DOSE,
            "rest": REST,
        }


def test_outcomes_of_no_article_are_packed_too(tmp_path: Path) -> None:
    compared = (Compared("vi", (HEARD,)), Compared("ar"))

    assert packed((compared,), tmp_path) == compared


@pytest.mark.parametrize(
    "value",
    [
        Todo("new", 2, 31),
        Backlog(3, 40, (Todo("new", 2, 31),), 7, "2026-03-04"),
        Excerpt("not twice", (Span(0, 3),)),
        Finding("lost-negation", Severity.ERROR, "a denial is lost", "vi/dose.po", 12),
        BuildOutcome(
            "dose", "vi", Status.HELD, "site/vi/dose.html", "why", Coverage(5, 4, 1, 60, 50)
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_goes_from_process_to_process_comes_there_as_it_was(value: Packable) -> None:
    there = pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))  # noqa: S301 - our own

    assert (type(there), there) == (type(value), value)


@pytest.mark.parametrize("in_memory", [0, 5, 1_000])
def test_a_store_gives_back_what_it_was_given(tmp_path: Path, in_memory: int) -> None:
    store = Store(tmp_path, in_memory=in_memory)

    kept = [store.put(data) for data in (b"one", b"two", b"", b"three")]

    assert [store.get(each) for each in reversed(kept)] == [b"three", b"", b"two", b"one"]
    assert [*tmp_path.iterdir()] == []


@pytest.mark.skipif(not SEALED.is_dir(), reason="no folder here refuses files to everybody")
def test_a_store_that_can_make_no_file_keeps_all_in_memory() -> None:
    store = Store(SEALED, in_memory=0)

    assert store.get(store.put(b"one")) == b"one"


def test_a_file_that_lost_something_is_told_of(tmp_path: Path) -> None:
    store = Store(tmp_path, in_memory=0)
    kept = store.put(b"three")
    assert isinstance(kept, tuple)

    with pytest.raises(PolypageError, match="cannot be read back"):
        store.get((kept[0] + 1, kept[1]))
