"""How articles are parted into batches."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.crew import MOST, batches


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
def test_a_batch_has_a_few_hundred_pages(
    articles: int, versions: int, workers: int, sizes: list[int]
) -> None:
    slugs = [f"article-{n}" for n in range(articles)]

    parts = batches(slugs, workers=workers, pages=250, versions=versions)

    assert sorted(map(len, parts), reverse=True) == sizes


@given(
    st.integers(0, 3_000), st.integers(1, 40), st.integers(1, 64), st.sampled_from([1, 10, 1_000])
)
def test_every_article_is_in_one_batch(
    articles: int, versions: int, workers: int, pages: int
) -> None:
    slugs = [str(n) for n in range(articles)]

    parts = batches(slugs, workers=workers, pages=pages, versions=versions)

    assert [*chain.from_iterable(parts)] == slugs
    assert len(parts) <= max(MOST, workers)
    assert not parts or max(map(len, parts)) - min(map(len, parts)) <= 1
