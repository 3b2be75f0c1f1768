"""How long it takes to write, read and take back exchange files: the sample project's catalogs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from benchmarks.measuring import ROOT
from polypage.catalogs.catalog import Catalog, parse
from polypage.exchange.bundle import Bundle, pack
from polypage.exchange.formats import FORMATS, Format
from polypage.exchange.taking import take

T = TypeVar("T")


def main() -> None:
    """Print the time per entry for each format."""
    paths = sorted((ROOT / "locales").rglob("*.po"))
    catalogs = [parse(path.read_bytes(), path=path.name) for path in paths]
    for form in FORMATS.values():
        figures = [f"{what} {each:.0f} µs" for what, each in _figures(form, catalogs).items()]
        print(f"{form.name:<10} each entry {', '.join(figures)}")


def _figures(form: Format, catalogs: list[Catalog]) -> dict[str, float]:
    """Return the microseconds that an entry takes each way."""
    entries = sum(len(catalog.entries) for catalog in catalogs)
    bundles = [_packed(catalog) for catalog in catalogs]
    files, written = _timed(lambda: [form.serialize(bundle) for bundle in bundles])
    back, read = _timed(lambda: [form.parse(file, path="x") for file in files])
    figures = {"written": written, "read": read}
    if form.name != "tmx":
        pairs = [*zip(catalogs, back, strict=True)]
        _, figures["taken"] = _timed(lambda: [take(one, each, path="x") for one, (each,) in pairs])
    return {what: seconds / entries * 1e6 for what, seconds in figures.items()}


def _packed(catalog: Catalog) -> Bundle:
    return pack(catalog, path="locales/vi/LC_MESSAGES/x.po", source="en", target="vi")


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.process_time()
    done = work()
    return done, time.process_time() - begun


if __name__ == "__main__":
    main()
