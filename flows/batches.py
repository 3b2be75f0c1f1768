"""How articles are parted into batches: a few to learn what an article costs, the rest by that.

    trials(1_000, workers=2, versions=6)                     [range(0, 10), range(10, 20)]
    by_cost(range(20, 1_000), workers=2, seconds=0.05)       ten batches, each of five seconds

A batch is a task run, which costs Prefect some 50 ms, so it should have seconds of work; the more
of them there are, the less long do workers without any wait for the last one.
"""

from collections.abc import Iterator
from itertools import pairwise

TRIAL = 60
"""How many pages a worker gets at first: of few stages and pages a second's work."""
ENOUGH = 5.0
"""Seconds of work beside which a task run does not count."""
LEAST = 0.5
"""Seconds of work for which another batch is worth while."""
MOST = 40
"""How many batches a stage has at most: Prefect's own server keeps up with a few hundred in all."""


def most(workers: int) -> int:
    """Return how many batches a stage has at most, beside those to try; a multiple of the workers."""
    return max(MOST - MOST % workers, 2 * workers)


def trials(articles: int, *, workers: int, versions: int = 1) -> list[range]:
    """Return the batches that come first, each with some pages; all articles, if they are few."""
    size = -(-TRIAL // versions)
    if articles <= 2 * workers * size:
        return parted(range(articles), min(workers, -(-articles // size)))
    return parted(range(workers * size), workers)


def by_cost(articles: range, *, workers: int, seconds: float) -> list[range]:
    """Part articles, each of which takes so many seconds, into batches that take some.

    Up to the end there are batches for all workers, if they do not become too small by that.
    """
    work = seconds * len(articles)
    wanted = _even(max(2 * workers, -int(-work // ENOUGH)), workers)
    worth = max(1, int(work / LEAST))
    if worth > workers:
        worth -= worth % workers
    return parted(articles, min(wanted, worth, most(workers)))


def by_pages(articles: int, *, workers: int, pages: int, versions: int = 1) -> list[range]:
    """Part articles into batches of so many pages.

    All workers get equally many, if the batches do not become too small by that.
    """
    total = articles * versions
    fewest = -(-total // pages)
    even = _even(fewest, workers)
    wanted = even if total >= even * pages // 2 else fewest
    return parted(range(articles), min(wanted, most(workers)))


def parted(articles: range, count: int) -> list[range]:
    """Part articles into so many batches of a size, or as many as there are articles."""
    count = min(count, len(articles))
    return [*_between(articles, count)] if count else []


def _between(articles: range, count: int) -> Iterator[range]:
    bounds = (len(articles) * n // count for n in range(count + 1))
    for start, end in pairwise(bounds):
        yield articles[start:end]


def _even(count: int, workers: int) -> int:
    return -(-count // workers) * workers
