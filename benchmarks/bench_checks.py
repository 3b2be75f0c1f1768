"""How long it takes to check a translation: the sample project's, all of them."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.measuring import ROOT, as_article
from polypage.catalogs import catalog
from polypage.checking.checks import check_entry
from polypage.model import Content, Entry
from polypage.profiles import Profile, profile
from polypage.project import Project, load

ROUNDS = 5


def main() -> None:
    """Print the mean over some rounds."""
    entries = [*_entries(load(ROOT))]
    begun = time.process_time()
    for _ in range(ROUNDS):
        for entry, content, target in entries:
            check_entry(entry, content, target, path="")
    each = (time.process_time() - begun) / ROUNDS / len(entries)
    print(f"{len(entries)} entries, {each * 1e6:.0f} µs each")


def _entries(project: Project) -> Iterator[tuple[Entry, Content, Profile]]:
    for slug, page in project.articles().paths.items():
        contents = {each.key: each.content for each in as_article(slug, page.read_bytes()).segments}
        for locale in project.settings.project.locales:
            path = project.catalog_path(slug, locale)
            entries = catalog.parse(path.read_bytes(), path=path.name).entries
            yield from (
                (entry, contents[entry.key], profile(locale))
                for entry in entries
                if entry.usable and entry.key in contents
            )


if __name__ == "__main__":
    main()
