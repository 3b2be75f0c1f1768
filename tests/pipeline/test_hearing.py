"""What is logged in worker processes."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

import pytest

from polypage.runs.hearing import heard, retell
from polypage.runs.pipeline import pool
from tests.flows.works import meets_a_defect


def test_a_traceback_comes_out_of_a_worker_process(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pool(1) as processes:
        work = partial(meets_a_defect, tmp_path, ("good", "bad"))
        outcomes, records = processes.submit(heard, work).result()

    retell(records)

    assert outcomes == ("good",)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "bad: a defect" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_what_is_no_warning_is_left_where_it_is() -> None:
    log = logging.getLogger("polypage.test")

    _, records = heard(partial(log.info, "merged"))

    assert records == ()
