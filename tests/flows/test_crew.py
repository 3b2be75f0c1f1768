"""What a crew does when work goes wrong."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from flows.crew import gathered
from flows.parameters import How
from polypage.errors import PolypageError
from tests.flows.works import burden, costs, dies, fails_at_first

pytestmark = pytest.mark.usefixtures("prefect_server")


class Nobody:
    """Looks on and says nothing."""

    def begins(self, stage: str, slugs: Sequence[str]) -> None: ...

    def progress(self, stage: str, done: int, total: int) -> None: ...

    def outcomes(self, stage: str, outcomes: Sequence[object]) -> None: ...


def test_what_may_pass_is_tried_again(tmp_path: Path) -> None:
    with gathered(tmp_path, How(workers=1), Nobody()) as crew:
        outcomes = crew.over("build", fails_at_first, ("a", "b"), ("vi",), OSError)

    assert outcomes == ("a", "b")


def test_a_mistake_is_not_tried_again(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="not now"),
        gathered(tmp_path, How(workers=1), Nobody()) as crew,
    ):
        crew.over("build", fails_at_first, ("a", "b"), ("vi",), ValueError)


@pytest.mark.parametrize(
    ("seconds", "sizes"),
    [
        (0, [60, 60, 200]),  # for so little no worker need wait for another
        (0.01, [60, 60, 50, 50, 50, 50]),
    ],
)
def test_the_first_batch_that_is_done_says_how_large_the_others_are(
    tmp_path: Path, seconds: float, sizes: list[int]
) -> None:
    slugs = [str(n) for n in range(320)]

    with gathered(tmp_path, How(workers=2), Nobody()) as crew:
        outcomes = crew.over("build", partial(costs, seconds=seconds), slugs)

    assert [*outcomes] == [size for size in sizes for _ in range(size)]


def test_worker_processes_import_nothing_but_their_work(tmp_path: Path) -> None:
    with gathered(tmp_path, How(workers=2, pages=1), Nobody()) as crew:
        outcomes = crew.over("build", burden, ("a", "b"))

    assert outcomes == (False, False)


def test_a_killed_worker_is_told_with_the_articles_it_may_have_been_at(tmp_path: Path) -> None:
    with (
        pytest.raises(PolypageError, match="first … last: the process at work on these was killed"),
        gathered(tmp_path, How(workers=2, pages=2), Nobody()) as crew,
    ):
        crew.over("build", dies, ("zero", "first", "last"))
