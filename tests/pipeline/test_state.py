"""What is remembered between runs."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.errors import PolypageError
from polypage.model import Coverage, Entry, Finding, Severity
from polypage.runs.outcomes import Checked, Extracted, Facts
from polypage.runs.state import StateStore, digest, exclusive
from tests.pipeline.projects import changed

OUTCOME = Checked(
    "rolling",
    "vi",
    "locales/vi/LC_MESSAGES/rolling.po",
    Coverage(2, 1, 0, 30, 10),
    findings=(Finding("inline-missing", Severity.ERROR, "<a1> is missing", line=3),),
)


def test_what_came_of_the_same_inputs_is_remembered(tmp_path: Path) -> None:
    with StateStore(tmp_path) as state:
        state.keep("check", "rolling", "inputs", OUTCOME)

    with StateStore(tmp_path) as state:
        assert state.find("check", "rolling", "inputs", Checked) == OUTCOME
        assert state.find("check", "rolling", "others", Checked) is None
        assert state.find("check", "peeling", "inputs", Checked) is None


def test_what_is_remembered_anew_is_found_anew(tmp_path: Path) -> None:
    with StateStore(tmp_path) as state:
        state.keep("check", "rolling", "inputs", OUTCOME)
        before = state.find("check", "rolling", "inputs", Checked)
        state.keep("check", "rolling", "inputs", replace(OUTCOME, hold="held"))
        after = state.find("check", "rolling", "inputs", Checked)

    assert (before, after) == (OUTCOME, replace(OUTCOME, hold="held"))


def test_a_state_store_that_somebody_writes_into_is_left_to_them(tmp_path: Path) -> None:
    with StateStore(tmp_path) as state:
        state.keep("check", "rolling", "inputs", OUTCOME)
    (path,) = tmp_path.glob("*.sqlite3")

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with StateStore(tmp_path, patience=0.01) as state:
            meanwhile = state.find("check", "rolling", "inputs", Checked)
            state.keep("check", "peeling", "inputs", OUTCOME)
        other.execute("COMMIT")

    with StateStore(tmp_path) as state:
        known = [state.find("check", slug, "inputs", Checked) for slug in ("rolling", "peeling")]
    assert (meanwhile, known) == (None, [OUTCOME, None])


def test_entries_are_remembered_whole(tmp_path: Path) -> None:
    entry = Entry("Home", context="menu", references=("a.html",), flags=("fuzzy",), line=3)
    outcome = Extracted("a", "a.html", "a.pot", facts=Facts(site_entries=(entry,)))

    with StateStore(tmp_path) as state:
        state.keep("extract", "a", "inputs", outcome)

    with StateStore(tmp_path) as state:
        assert state.find("extract", "a", "inputs", Extracted) == outcome


def test_what_came_of_another_stage_is_no_answer(tmp_path: Path) -> None:
    with StateStore(tmp_path) as state:
        state.keep("check", "rolling", "inputs", OUTCOME.coverage)

    with StateStore(tmp_path) as state:
        assert state.find("check", "rolling", "inputs", Checked) is None


def test_what_a_class_of_another_shape_was_is_no_answer(tmp_path: Path) -> None:
    """Run two versions of the code at the same time: what one of them keeps, the other may ask."""
    with StateStore(tmp_path) as state:
        state.keep("check", "rolling", "inputs", _Before(words=12, figures=3))

    with StateStore(tmp_path) as state:
        assert state.find("check", "rolling", "inputs", _Now) is None
        assert state.find("check", "rolling", "inputs", _Before) == _Before(12, 3)


@dataclass(frozen=True)
class _Before:
    words: int
    figures: int


@dataclass(frozen=True)
class _Now:
    words: int
    letters: int


@given(st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=3))
def test_what_was_damaged_is_not_known(changes: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as name, StateStore(Path(name)) as state:
        state.keep("check", "rolling", "inputs", OUTCOME)
        state.flush()
        (path,) = Path(name).iterdir()

        path.write_bytes(changed(path.read_bytes(), changes))

        with StateStore(Path(name)) as again:
            assert again.find("check", "rolling", "inputs", Checked) in (None, OUTCOME)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def _scribble(path: Path) -> None:
    path.write_bytes(b"no database at all" * 500)


def _other_figure(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"[2,1,0,30,10,0]", b"[2,1,0,80,10,0]"))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("harm", [_cut, _scribble, _other_figure, Path.unlink, _folder])
def test_a_broken_state_store_is_an_empty_one(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    with StateStore(tmp_path) as state:
        for n in range(100):
            state.keep("check", f"article {n}", "inputs", OUTCOME)
    (path,) = tmp_path.iterdir()

    harm(path)
    with StateStore(tmp_path) as state:
        found = state.find("check", "article 99", "inputs", Checked)
        state.keep("check", "rolling", "new", OUTCOME)

    assert found in (None, OUTCOME)
    if harm is not _folder:
        with StateStore(tmp_path) as state:
            assert state.find("check", "rolling", "new", Checked) == OUTCOME


def test_recalling_writes_nothing(tmp_path: Path) -> None:
    with StateStore(tmp_path / "state") as state:
        assert state.find("check", "rolling", "inputs", Checked) is None

    assert not (tmp_path / "state").exists()


def test_digests_tell_where_one_input_ends_and_the_next_begins() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a", b"b") == digest(b"a", "b")


def test_a_second_run_is_kept_out_and_let_in_after_the_first_died(tmp_path: Path) -> None:
    hold = (
        "import sys, time; from pathlib import Path; from polypage.runs.state import exclusive\n"
        "with exclusive(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"

        with pytest.raises(PolypageError, match="another run is at work"), exclusive(tmp_path):
            pass

        other.kill()

    with exclusive(tmp_path):
        pass
