"""Tells Prefect that somebody saved a catalog or a page, so that deployments can start.

    $ python -m flows.watch                                   until it is stopped
    $ python -m flows.watch locales/vi/LC_MESSAGES/skin.po    of these files, as a hook of git would

The events are `polypage.catalog.changed` and `polypage.source.changed`, each with the files that
were saved together; a glossary, approved texts and links count as catalogs. A run that updates
catalogs is told of too, and finds nothing to build.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import TypeAlias

from prefect.events import emit_event
from watchfiles import watch as changes_in

from polypage.errors import PolypageError
from polypage.project import ENDINGS, Project, load

CATALOG, SOURCE = "polypage.catalog.changed", "polypage.source.changed"
SETTLED = 2_000
"""For how many milliseconds at most changes are gathered: an editor that saves all does so quickly."""
_BESIDE = (".po", ".csv", ".tbx", ".toml")
"""Catalogs, and what a locale has beside them: a glossary, approved texts, links."""
News: TypeAlias = tuple[str, tuple[str, ...]]


def watch(project: Project, stop: Event | None = None) -> None:
    """Tell Prefect of what is saved, until told to stop."""
    folders = [each for each in (project.locales_dir, project.source_dir) if each.is_dir()]
    for changes in changes_in(*folders, debounce=SETTLED, stop_event=stop, raise_interrupt=False):
        tell(project, (Path(path) for _, path in changes))


def tell(project: Project, saved: Iterable[Path]) -> tuple[News, ...]:
    """Tell Prefect of what was saved; return what it was told."""
    told = tuple(news(project, saved))
    root = project.root.resolve()
    for event, files in told:
        emit_event(
            event,
            # Prefect's automations tell resources apart by this name.
            {
                "prefect.resource.id": f"polypage.project.{root.name}",
                "prefect.resource.name": root.name,
            },
            payload={"project": str(root), "files": list(files)},
        )
    return told


def news(project: Project, saved: Iterable[Path]) -> Iterator[News]:
    """Yield what there is to tell: of catalogs, then of pages, if there are any among the files."""
    root, files = project.root.resolve(), sorted({path.resolve() for path in saved})
    seen = [path for path in files if not path.name.startswith(".")]
    for event, folder, endings in (
        (CATALOG, project.locales_dir, _BESIDE),
        (SOURCE, project.source_dir, ENDINGS),
    ):
        own = [
            path.relative_to(root).as_posix()
            for path in seen
            if path.is_relative_to(folder.resolve()) and path.suffix.lower() in endings
        ]
        if own:
            yield event, tuple(own)


def main(arguments: Sequence[str] | None = None) -> int:
    """Watch, or tell of the files that are named; return the exit status."""
    parser = ArgumentParser(prog="python -m flows.watch", description=watch.__doc__)
    parser.add_argument("--project", metavar="DIR", type=Path, default=Path())
    parser.add_argument("files", metavar="FILE", type=Path, nargs="*", help="tell only of these")
    options = parser.parse_args(arguments)
    try:
        project = load(options.project)
    except PolypageError as error:
        parser.error(str(error))
    if options.files:
        tell(project, options.files)
    else:
        watch(project)
    return 0


if __name__ == "__main__":
    sys.exit(main())
