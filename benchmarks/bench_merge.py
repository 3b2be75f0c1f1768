"""How long it takes to update one catalog: read it, merge a template into it, write it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.measuring import ROOT, as_article
from polypage.catalogs.catalog import Catalog, parse, serialize, template
from polypage.catalogs.merge import merge
from polypage.catalogs.templates import template_entries
from polypage.model import Entry

ROUNDS = 50
EDITS = 13
PAGE = "micro-needle-rolling.html"


def main() -> None:
    """Print the shortest time of some rounds, for an article that was edited and one that was not."""
    article = as_article(PAGE, (ROOT / "source_articles" / PAGE).read_bytes())
    before = template(template_entries(article, "article"), project="p", created="")
    after = replace(before, entries=tuple(_edited(before.entries)))
    catalog = _translated(before)
    for name, page in (("nothing edited", before), (f"{EDITS} texts edited", after)):
        print(f"{len(before.entries)} entries, {name}: {_seconds(catalog, page) * 1e3:.1f} ms")


def _translated(page: Catalog) -> bytes:
    entries = (replace(entry, msgstr=f"{entry.msgid} !") for entry in page.entries)
    return serialize(Catalog(page.header, tuple(entries)))


def _edited(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    every = len(entries) // EDITS
    for number, entry in enumerate(entries):
        is_edited = number % every == 0 and number // every < EDITS
        yield replace(entry, msgid=f"{entry.msgid} And more.") if is_edited else entry


def _seconds(catalog: bytes, page: Catalog) -> float:
    return min(_once(catalog, page) for _ in range(ROUNDS))


def _once(catalog: bytes, page: Catalog) -> float:
    begun = time.process_time()
    merged = merge(parse(catalog, path="benchmark.po"), page)
    if merged.changed:
        serialize(merged.catalog, original=catalog)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
