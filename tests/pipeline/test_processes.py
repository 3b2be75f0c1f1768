"""Work of processes that are killed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from polypage.errors import PolypageError
from polypage.runs.processes import ended, pool
from tests.pipeline.dying import die, die_once, live


def test_what_a_killed_process_was_at_is_done_once_more(tmp_path: Path) -> None:
    work = partial(die_once, tmp_path / "tried")

    with pool(1) as processes:
        first, second = processes.submit(live), processes.submit(work)
        outcomes = [ended(first, live, ["a"]), ended(second, work, ["b"])]
        after = ended(processes.submit(live), live, ["c"])

    assert outcomes == ["done", "done"]
    assert after == "done"


def test_work_that_kills_two_processes_is_told_with_its_articles() -> None:
    with (
        pytest.raises(PolypageError, match="first … last: the process at work on these was killed"),
        pool(1) as processes,
    ):
        ended(processes.submit(die), die, ["first", "middle", "last"])
