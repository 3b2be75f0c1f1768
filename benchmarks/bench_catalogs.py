"""How fast catalogs are read and written, beside polib, which asks less of them.

Catalogs are real ones, if the measuring data is there (../shared or POLYPAGE_SHARED), else the
sample project's; what grows is a sample catalog, its texts made different.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import polib

from benchmarks.measuring import ROOT, catalogs, peak, print_table, seconds, shared
from polypage.catalogs.catalog import Catalog, parse, serialize
from polypage.errors import CatalogError

_EVERY = 8
"""Of the real catalogs one in so many."""
_SIZES = (1_000, 2_000, 4_000)


def main() -> None:
    """Print speed, then how time and memory grow with the size of a catalog."""
    every = islice(catalogs(), 0, None, _EVERY if shared() else 1)
    sample = [*_readable(data for _, data in every)]
    size = sum(map(len, sample)) / 1e6
    print(f"{len(sample)} catalogs, {size:.1f} MB\n")
    ours = [_read(data) for data in sample]
    theirs = [_polib(data) for data in sample]
    read, written, polib_read, polib_written = seconds(
        lambda: [*map(_read, sample)],
        lambda: [*map(serialize, ours)],
        lambda: [*map(_polib, sample)],
        lambda: [str(catalog) for catalog in theirs],
        rounds=3,
    )
    print_table(
        ("", "MB/s", "polib", "times as fast"),
        [
            ("read", size / read, size / polib_read, polib_read / read),
            ("written", size / written, size / polib_written, polib_written / written),
        ],
    )
    print_table(("entries", "read, µs each", "written, µs each", "MB at most"), map(_grown, _SIZES))


def _read(data: bytes) -> Catalog:
    return parse(data, path="benchmark.po")


def _polib(data: bytes) -> polib.POFile:
    return polib.pofile(data.decode())


def _readable(every: Iterator[bytes]) -> Iterator[bytes]:
    """Leave out what one of the two refuses, or only one reads as UTF-8."""
    for data in every:
        try:
            text = data.decode()
            if "charset=utf-8" in text.lower():
                _read(data)
                polib.pofile(text)
                yield data
        except (CatalogError, OSError, ValueError):
            continue


def _grown(entries: int) -> tuple[str, float, float, float]:
    data = _repeated(ROOT / "locales/vi/LC_MESSAGES/micro-needle-rolling.po", entries)
    catalog = _read(data)
    times = seconds(lambda: _read(data), lambda: serialize(catalog), rounds=3)
    read, written = (time / entries * 1e6 for time in times)
    return f"{entries}", read, written, peak(lambda: _read(data)) / 1e6


def _repeated(path: Path, count: int) -> bytes:
    catalog = _read(path.read_bytes())
    entries = (
        replace(catalog.live[number % len(catalog.live)], context=f"{number}")
        for number in range(count)
    )
    return serialize(Catalog(catalog.header, tuple(entries)))


if __name__ == "__main__":
    main()
