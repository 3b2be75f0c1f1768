"""How articles are parted into batches."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.batches import ENOUGH, LEAST, TRIAL, by_cost, by_pages, most, trials

ARTICLES = st.integers(0, 3_000)
VERSIONS = st.integers(1, 40)
WORKERS = st.integers(1, 64)
SECONDS = st.floats(1e-6, 10)


@pytest.mark.parametrize(
    ("articles", "versions", "workers", "sizes"),
    [
        (0, 6, 2, []),
        (3, 6, 2, [3]),
        (10, 6, 2, [10]),
        (11, 6, 2, [5, 6]),
        (40, 6, 2, [20, 20]),  # all of them: a few more are no reason for a third
        (41, 6, 2, [10, 10]),
        (10_000, 6, 1, [10]),
        (10_000, 1_000, 2, [1, 1]),
    ],
)
def test_at_first_each_worker_gets_some_pages(
    articles: int, versions: int, workers: int, sizes: list[int]
) -> None:
    assert [*map(len, trials(articles, workers=workers, versions=versions))] == sizes


@pytest.mark.parametrize(
    ("articles", "milliseconds", "workers", "sizes"),
    [
        (1_000, 50, 2, [100] * 10),  # five seconds each
        (1_100, 50, 2, [91, 92, 92] * 4),  # as many for one worker as for the other
        (1_000, 5, 2, [250] * 4),  # two for each worker, though there are but five seconds in all
        (1_000, 1, 2, [500] * 2),
        (1_000, 0.8, 2, [1_000]),  # two would be too small
        (1_000, 5, 8, [125] * 8),
        (1_000, 5, 12, [100] * 10),  # not twelve small ones
        (10_000, 50, 2, [250] * 40),  # no more task runs than Prefect keeps up with
        (3, 60_000, 2, [1, 1, 1]),
    ],
)
def test_a_batch_has_seconds_of_work_and_each_worker_several(
    articles: int, milliseconds: float, workers: int, sizes: list[int]
) -> None:
    parts = by_cost(range(articles), workers=workers, seconds=milliseconds / 1e3)

    assert [*map(len, parts)] == sizes


@given(ARTICLES, WORKERS, VERSIONS, SECONDS)
def test_every_article_is_in_one_batch_and_all_in_their_order(
    articles: int, workers: int, versions: int, seconds: float
) -> None:
    first = trials(articles, workers=workers, versions=versions)
    tried = sum(map(len, first))
    rest = by_cost(range(tried, articles), workers=workers, seconds=seconds)

    assert [*chain(*first, *rest)] == [*range(articles)]
    assert [*chain(*by_pages(articles, workers=workers, pages=versions))] == [*range(articles)]


@given(ARTICLES, WORKERS, VERSIONS)
def test_what_is_tried_is_little_work(articles: int, workers: int, versions: int) -> None:
    parts = trials(articles, workers=workers, versions=versions)

    assert len(parts) <= workers
    assert all(len(part) * versions <= 2 * (TRIAL + versions) for part in parts)


@given(ARTICLES, WORKERS, SECONDS)
def test_the_more_an_article_costs_the_fewer_are_in_a_batch(
    articles: int, workers: int, seconds: float
) -> None:
    cheap, dear = (
        by_cost(range(articles), workers=workers, seconds=each) for each in (seconds, 2 * seconds)
    )

    assert len(dear) >= len(cheap)


@given(ARTICLES, WORKERS, SECONDS)
def test_sizes_follow_the_cost(articles: int, workers: int, seconds: float) -> None:
    parts = by_cost(range(articles), workers=workers, seconds=seconds)

    work = [seconds * len(part) for part in parts]
    assert len(parts) <= most(workers)
    assert len(parts) < workers or len(parts) % workers == 0 or len(parts) == articles
    assert not parts or max(work) - min(work) <= seconds * 1.001
    if len(parts) < min(most(workers), articles):
        assert all(each <= ENOUGH + seconds or each < 2 * LEAST * workers for each in work)
    if len(parts) > 1:
        assert all(each > LEAST - seconds * 1.001 for each in work)


@pytest.mark.parametrize(
    ("articles", "versions", "workers", "sizes"),
    [
        (0, 6, 2, []),
        (3, 6, 2, [3]),
        (40, 6, 2, [40]),  # 240 pages: two batches would be too small
        (42, 6, 2, [21, 21]),
        (150, 6, 2, [38, 38, 37, 37]),
        (200, 6, 2, [34, 34, 33, 33, 33, 33]),  # as many for one worker as for the other
        (200, 6, 16, [40] * 5),  # not sixteen small ones
        (100_000, 6, 2, [2_500] * 40),
    ],
)
def test_a_batch_has_as_many_pages_as_it_is_said_to(
    articles: int, versions: int, workers: int, sizes: list[int]
) -> None:
    parts = by_pages(articles, workers=workers, pages=250, versions=versions)

    assert sorted(map(len, parts), reverse=True) == sizes


@given(ARTICLES, WORKERS, VERSIONS, st.sampled_from([1, 10, 1_000]))
def test_batches_of_so_many_pages_are_of_one_size(
    articles: int, workers: int, versions: int, pages: int
) -> None:
    parts = by_pages(articles, workers=workers, pages=pages, versions=versions)

    assert [*chain(*parts)] == [*range(articles)]
    assert len(parts) <= most(workers)
    assert not parts or max(map(len, parts)) - min(map(len, parts)) <= 1
