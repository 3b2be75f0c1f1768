"""Work that takes too long is stopped."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable

import pytest

from polypage.errors import TimeLimitError
from polypage.model import Status
from polypage.runs.pipeline import run
from polypage.runs.timelimit import limited
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, SETTINGS

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no alarm clock"),
    # The clock may ring while Hypothesis's listener to the garbage collector is at work, where
    # errors are ignored, with a warning. It rings again.
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"
    ),
]


def _loop() -> None:
    while True:
        pass


def _search() -> None:
    re.search(r"(a|a)*b", "a" * 60)


def _swallow() -> None:
    """Take the first ring for something else."""
    try:
        _loop()
    except TimeLimitError:
        _loop()


@pytest.mark.parametrize("work", [_loop, _search, _swallow])
def test_endless_work_is_stopped(work: Callable[[], None]) -> None:
    told = r"endless\.html: takes longer than 0\.05 seconds"
    with pytest.raises(TimeLimitError, match=told), limited(0.05, path="endless.html"):
        work()


def test_work_that_ends_in_time_leaves_no_alarm() -> None:
    before = signal.getsignal(signal.SIGALRM)

    with limited(60, path="page.html"):
        pass

    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == before


def test_of_limits_within_limits_the_outer_one_goes_on() -> None:
    def work() -> None:
        with limited(60, path="inner"):
            time.sleep(0.01)
        _loop()

    with pytest.raises(TimeLimitError, match="outer"), limited(0.2, path="outer"):
        work()


def test_beside_the_main_thread_work_takes_what_it_takes() -> None:
    done: list[bool] = []

    def work() -> None:
        with limited(0.01, path="page.html"):
            time.sleep(0.05)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert done == [True]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_page_that_takes_too_long_stops_no_other(make_project: MakeProject, workers: int) -> None:
    text = "".join(f"<p>Take {n} of <b>them</b>.</p>\n" for n in range(200_000))
    settings = f"{SETTINGS}[run]\ntime_limit = 2\n"
    project = make_project({**FILES, "polypage.toml": settings})
    run(project.root)
    (project.source_dir / "endless.html").write_text(f"<html lang=en><title>Long</title>{text}")

    done = run(project.root, workers=workers)

    assert {(one.code, one.path) for one in done.failures} == {
        ("time-limit", "source_articles/endless.html")
    }
    worked = {page.slug for page in done.built if page.status is not Status.FAILED}
    assert worked == {"rolling", "peeling"}


def test_of_a_page_that_is_too_large_no_more_is_read_than_it_may_have(
    make_project: MakeProject,
) -> None:
    project = make_project(FILES)
    with (project.source_dir / "huge.html").open("wb") as file:
        file.truncate(200_000_000)

    done = run(project.root)

    assert [one.message for one in done.failures] == [
        "is 200.0 MB large, and a page has 10 at most; "
        "take embedded images out into files of their own, or divide it"
    ]
