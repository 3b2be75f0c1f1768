"""How many translations are checked in a second, by all checks of single entries.

The network that tells languages is left out.

Three sets: the sample project's catalogs; the sentences with doses that `make check-quality` takes,
most of which have figures; and real catalogs of the languages that checks know, if the measuring
data is there. A text is checked in one locale after the other, as a run does. `alone` is without
what a source text's other locales have found out of it: each locale begins with nothing read. What
single words may be stays known from round to round, as in a run it does from page to page.

Aimed at are 20,000 entries a second. Figures cost most: of the sample's texts every fourth has some,
of those in real catalogs one in thirty. How fast the machine was meanwhile, lxml's parse of the
sample pages tells, which is timed between the rounds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from lxml import etree

from benchmarks.measuring import ROOT, as_article, catalogs, print_table, shared
from benchmarks.mutations import shown, tables
from polypage.catalogs import catalog
from polypage.checking.checks import check_entry
from polypage.checking.contacts import without
from polypage.checking.passage import read_source
from polypage.errors import PolypageError
from polypage.model import Content, Entry, Weight
from polypage.profiles import Profile, profile
from polypage.project import Project, load
from polypage.reading.inline import way
from polypage.runs.stages.batch import collect_seldom
from tests.contents import content

ROUNDS = 9
WITHOUT: Mapping[str, Weight] = {"language-foreign": "off"}
MOST = 400
"""How many entries of a real catalog are taken."""
AIM = 20_000
"""Entries a second that are to be checked, in all locales of a text."""


class Checked(NamedTuple):
    """An entry as it is checked."""

    entry: Entry
    content: Content
    target: Profile


def main() -> None:
    """Print entries per second, and the processor's time for one, in the best of some rounds."""
    collect_seldom()
    project = load(ROOT)
    sets = {"sample project": [*_sample(project)], "sentences with doses": [*_sentences()]}
    sets |= {"real catalogs": real} if (real := [*_real()]) else {}
    pages = [path.read_bytes() for path in project.articles().paths.values()]
    parsed = [_parsed(pages)]
    rows = []
    for name, checked in sets.items():
        rows.append(_measured(name, checked))
        parsed.append(_parsed(pages))
    print_table(_HEAD, rows)
    for row in rows:
        print(f"{row[0]} in all locales: {float(row[3]) / AIM:.0%} of the {AIM:,} aimed at")
    print(f"meanwhile lxml parsed {sum(map(len, pages)) / min(parsed) / 1e6:.0f} MB a second\n")


_HEAD = (
    "entries a second",
    "alone",
    "µs",
    "in all locales",
    "µs",
    "entries",
    "locales",
    "letters",
    "figures",
)


def _parsed(pages: Sequence[bytes]) -> float:
    """Return how long lxml takes to parse some pages."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for page in pages:
            etree.fromstring(page, etree.HTMLParser())
        times.append(time.process_time() - begun)
    return min(times)


def _measured(name: str, checked: Sequence[Checked]) -> tuple[str | float, ...]:
    by_locale = sorted(checked, key=lambda each: each.target.locale)
    locales = [[*each] for _, each in groupby(by_locale, key=lambda each: each.target.locale)]
    with_figures = sum(any(map(str.isdigit, each.entry.msgid)) for each in checked)
    alone, together = sum(map(_seconds, locales)), _seconds(checked)
    return (
        name,
        len(checked) / alone,
        alone / len(checked) * 1e6,
        len(checked) / together,
        together / len(checked) * 1e6,
        float(len(checked)),
        float(len(locales)),
        sum(len(each.entry.msgid) for each in checked) / len(checked),
        f"{with_figures / len(checked):.0%}",
    )


def _seconds(checked: Sequence[Checked]) -> float:
    """Return how long some entries take, with nothing remembered of their texts."""
    return min(_once(checked) for _ in range(ROUNDS))


def _once(checked: Sequence[Checked]) -> float:
    read_source.cache_clear()
    way.cache_clear()
    without.cache_clear()
    begun = time.process_time()
    for entry, source, target in checked:
        check_entry(entry, source, target, path="", weights=WITHOUT)
    return time.process_time() - begun


# --- what is checked --------------------------------------------------------------------------


def _sample(project: Project) -> Iterator[Checked]:
    for slug, page in project.articles().paths.items():
        contents = {each.key: each.content for each in as_article(slug, page.read_bytes()).segments}
        for locale in project.settings.project.locales:
            path = project.catalog_path(slug, locale)
            entries = catalog.parse(path.read_bytes(), path=path.name).entries
            yield from (
                Checked(entry, contents[entry.key], profile(locale))
                for entry in entries
                if entry.usable and entry.key in contents
            )


def _sentences() -> Iterator[Checked]:
    for table in tables():
        for pair in table.pairs:
            if pair.spoken == "en":
                entry = Entry(pair.msgid, shown(pair.msgstr))
                yield Checked(entry, content(pair.msgid), profile(pair.written))


def _real() -> Iterator[Checked]:
    """Yield what is translated in real catalogs, package by package."""
    known = {table.name for table in tables()}
    for name, data in sorted(catalogs()) if shared() else ():
        language = name.rsplit("_", 1)[-1].removesuffix(".po").partition("_")[0]
        if language in known - {"en"}:
            yield from islice(_usable(name, data, language), MOST)


def _usable(name: str, data: bytes, language: str) -> Iterator[Checked]:
    try:
        entries = catalog.parse(data, path=name).entries
    except PolypageError:
        return
    for entry in entries:
        if entry.usable and entry.plural is None and entry.msgid:
            yield Checked(entry, (entry.msgid,), profile(language))


if __name__ == "__main__":
    main()
