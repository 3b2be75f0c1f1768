"""How many translations are checked in a second, by all checks of single entries.

The network that tells languages is left out.

Three sets: the sample project's catalogs; the sentences with doses that `make check-quality` takes,
most of which have figures; and real catalogs of the languages that checks know, if the measuring
data is there. A text is checked in one locale after the other, as a run does. `alone` is without
what a source text's other locales have found out of it: each locale begins with nothing read.
"""

from __future__ import annotations

import tarfile
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from benchmarks.measuring import ROOT, as_article, print_table, shared
from benchmarks.mutations import shown, tables
from polypage.catalogs import catalog
from polypage.checking.checks import check_entry
from polypage.checking.contacts import without
from polypage.checking.passage import read_source
from polypage.errors import PolypageError
from polypage.model import Content, Entry, Weight
from polypage.profiles import Profile, profile
from polypage.project import Project, load
from polypage.runs.stages.batch import collect_seldom
from tests.contents import content

ROUNDS = 9
WITHOUT: Mapping[str, Weight] = {"language-foreign": "off"}
MOST = 400
"""How many entries of a real catalog are taken."""


class Checked(NamedTuple):
    """An entry as it is checked."""

    entry: Entry
    content: Content
    target: Profile


def main() -> None:
    """Print entries per second, in the best of some rounds."""
    collect_seldom()
    sets = {"sample project": [*_sample(load(ROOT))], "sentences with doses": [*_sentences()]}
    sets |= {"real catalogs": real} if (real := [*_real()]) else {}
    print_table(
        ("entries a second", "alone", "in all locales", "entries", "locales", "letters", "figures"),
        [_measured(name, checked) for name, checked in sets.items()],
    )


def _measured(name: str, checked: Sequence[Checked]) -> tuple[str | float, ...]:
    by_locale = sorted(checked, key=lambda each: each.target.locale)
    locales = [[*each] for _, each in groupby(by_locale, key=lambda each: each.target.locale)]
    with_figures = sum(any(map(str.isdigit, each.entry.msgid)) for each in checked)
    return (
        name,
        len(checked) / sum(map(_seconds, locales)),
        len(checked) / _seconds(checked),
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
    folder = shared()
    archive = folder / "corpora" / "po-dev.tar.xz" if folder else None
    if archive is None or not archive.is_file():
        return
    known = {table.name for table in tables()}
    for name, data in sorted(_files(archive).items()):
        language = name.rsplit("_", 1)[-1].removesuffix(".po").partition("_")[0]
        if language in known - {"en"}:
            yield from islice(_usable(name, data, language), MOST)


def _files(archive: object) -> Mapping[str, bytes]:
    with tarfile.open(str(archive)) as tar:
        files = ((member.name, tar.extractfile(member)) for member in tar)
        return {name: file.read() for name, file in files if file and name.endswith(".po")}


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
