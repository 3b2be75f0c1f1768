"""How fast pages from elsewhere are proven, beside lxml's bare parse of the same bytes.

The sample articles are small, and share no styles of their own. Real pages, if the measuring data
is there (../shared or POLYPAGE_SHARED), bring style sheets that are read and weighed: their footers
stand in for disclaimers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from lxml import etree

from benchmarks.measuring import ROOT, pages, print_table, seconds, shared
from polypage.proving.elsewhere import Demands, inspect_page

_EVERY = 8
"""Of the real pages one in so many."""
_SAMPLE = Demands(source_link="p.source-link a", disclaimer="p.disclaimer")
_REAL = Demands(source_link="footer a", disclaimer="footer")
_REPEATED = 30
"""How often each sample article is proven in a round."""


def main() -> None:
    """Print how many pages a second are proven."""
    rows = [_measured(*collection) for collection in _collections()]
    print_table(("pages", "pages/s", "MB/s", "times lxml's"), rows)


def _collections() -> Iterator[tuple[str, Sequence[bytes], Demands]]:
    articles = [path.read_bytes() for path in sorted((ROOT / "source_articles").rglob("*.html"))]
    yield "sample articles", articles * _REPEATED, _SAMPLE
    if folder := shared():
        archive = folder / "corpora" / "articles-dev.tar.xz"
        yield "real pages", [data for _, data in islice(pages(archive), 0, None, _EVERY)], _REAL


def _measured(
    name: str, data: Sequence[bytes], demands: Demands
) -> tuple[str, float, float, float]:
    prove: Callable[[bytes], object] = partial(inspect_page, demands=demands, path="page")
    proven, bare = seconds(partial(_each, prove, data), partial(_each, _tree, data), rounds=3)
    return name, len(data) / proven, sum(map(len, data)) / 1e6 / proven, proven / bare


def _each(do: Callable[[bytes], object], data: Sequence[bytes]) -> None:
    for page in data:
        do(page)


def _tree(page: bytes) -> object:
    return etree.fromstring(page, etree.HTMLParser())


if __name__ == "__main__":
    main()
