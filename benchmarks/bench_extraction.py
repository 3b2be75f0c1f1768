"""How fast pages are read, from their bytes to articles, beside what lxml takes to parse them.

Pages are real ones, if the measuring data is there (../shared or POLYPAGE_SHARED), else the sample
articles; what grows is a sample article whose text is repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice, pairwise

from lxml import etree

from benchmarks.measuring import ROOT, as_article, pages, peak, print_table, seconds, shared
from polypage.html.decoding import decode
from polypage.html.document import read
from polypage.html.markup import tokenize

_EVERY = 8
"""Of the real pages one in so many, which is a dozen megabytes."""
_SIZES = (1, 2, 4, 8)
_TRACED = 4
"""Up to how many megabytes memory is measured too, which takes several times as long."""


def main() -> None:
    """Print speed, then how time and memory grow with the size of a page."""
    sample = _pages()
    size = sum(map(len, sample)) / 1e6
    print(f"{len(sample)} pages, {size:.1f} MB of HTML\n")
    *upto, bare = seconds(
        *(partial(_each, read_page, sample) for read_page in (*_STAGES.values(), _tree)), rounds=3
    )
    alone = (after - before for before, after in pairwise((0.0, *upto)))
    rows = (("articles", upto[-1]), *zip(_STAGES, alone, strict=True), ("lxml's parse", bare))
    print_table(
        ("", "MB/s", "ms/MB", "times lxml's"),
        [(what, size / time, time / size * 1e3, time / bare) for what, time in rows],
    )
    print_table(("page", "ms/MB", "MB at most"), map(_grown, _SIZES))


def _each(read_page: Callable[[bytes], object], sample: Sequence[bytes]) -> None:
    for page in sample:
        read_page(page)


def _article(page: bytes) -> object:
    return as_article("page", page)


def _decoded(page: bytes) -> object:
    return decode(page, path="page")


def _tokens(page: bytes) -> object:
    return tokenize(decode(page, path="page").text)


def _document(page: bytes) -> object:
    return read(page, path="page")


_STAGES: Mapping[str, Callable[[bytes], object]] = {
    "- bytes to text": _decoded,
    "- text to tokens": _tokens,
    "- tokens to tree": _document,
    "- rules, segments, slots": _article,
}
"""The stages of reading, each with what goes as far."""


def _tree(page: bytes) -> object:
    return etree.fromstring(page, etree.HTMLParser())


def _grown(megabytes: int) -> tuple[str, float, str]:
    page = _repeated(megabytes * 1_000_000)
    (time,) = seconds(partial(_article, page), rounds=1)
    most = f"{peak(partial(_article, page)) / 1e6:.0f}" if megabytes <= _TRACED else ""
    return f"{megabytes} MB", time / len(page) * 1e9, most


def _pages() -> list[bytes]:
    folder = shared()
    if folder is None:
        return [page.read_bytes() for page in sorted((ROOT / "source_articles").rglob("*.html"))]
    real = pages(folder / "corpora/articles-dev.tar.xz")
    return [data for _, data in islice(real, 0, None, _EVERY)]


def _repeated(size: int) -> bytes:
    """Return a sample article that says everything so often that it has this size."""
    page = (ROOT / "source_articles/micro-needle-rolling.html").read_bytes()
    parts = re.fullmatch(rb"(.*<body[^>]*>)(.*)(</body>.*)", page, re.DOTALL)
    assert parts is not None
    before, text, after = parts.groups()
    return before + text * max(1, (size - len(before + after)) // len(text)) + after


if __name__ == "__main__":
    main()
