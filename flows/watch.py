"""Tells Prefect that somebody saved a catalog or a page, so that deployments can start.

    $ python -m flows.watch                                   until it is stopped
    $ python -m flows.watch locales/vi/LC_MESSAGES/skin.po    of these files, as a hook of git would

The events are `polypage.catalog.changed` and `polypage.source.changed`, each with the files that
were saved together; a glossary, approved texts and links count as catalogs. While a run is at work
nothing is told, as it may see to what was saved; afterwards, what it has left to do.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TypeAlias

from prefect.events import emit_event
from watchfiles import Change
from watchfiles import watch as changes_in

from polypage.errors import PolypageError
from polypage.preview.watching import LOOK_AROUND, folders
from polypage.project import ENDINGS, Project, load
from polypage.runs.saves import unsettled
from polypage.runs.state import is_at_work

CATALOG, SOURCE = "polypage.catalog.changed", "polypage.source.changed"
SETTLED = 2_000
"""For how many milliseconds at most changes are gathered: an editor that saves all does so quickly."""
REST = 10.0
"""Seconds after an event until the next: so long may the run take to begin that sees to more."""
_BESIDE = (".po", ".csv", ".tbx", ".toml")
"""Catalogs, and what a locale has beside them: a glossary, approved texts, links."""
News: TypeAlias = tuple[str, tuple[str, ...]]


def watch(project: Project, stop: Event | None = None) -> None:
    """Tell Prefect of what is saved and no run has seen to, until told to stop."""
    for files in due(project, stop or Event()):
        tell(project, files)


def due(project: Project, stop: Event, *, rest: float = REST) -> Iterator[frozenset[Path]]:
    """Yield the files that it is time to tell of, until told to stop; rest so many seconds after."""
    waiting: frozenset[Path] = frozenset()
    rests_until = 0.0
    for files in saved(project, stop):
        waiting |= {path for path in _own(project, files) if _kind(project, path)}
        if waiting and monotonic() > rests_until and not is_at_work(project.state_dir):
            if left := _to_do(project, waiting):
                yield left
                rests_until = monotonic() + rest
            waiting = frozenset()


def _to_do(project: Project, files: frozenset[Path]) -> frozenset[Path]:
    """Return the files that a run has something to do about; all, where that cannot be known."""
    try:
        return unsettled(load(project.root), files)
    except (PolypageError, OSError):
        return files  # the run will say what is wrong


def saved(project: Project, stop: Event) -> Iterator[frozenset[Path]]:
    """Yield the files that were saved together, and none now and then, until told to stop."""
    known = folders(project.root)
    new: frozenset[Path] = frozenset()
    while not stop.is_set():
        for changes in _changes(known, stop):
            # What stands in new folders was saved before they were watched.
            there = (path for folder in new for path in folder.rglob("*"))
            files = frozenset((*(Path(path) for _, path in changes), *there))
            new = frozenset()
            yield files
            if (now := folders(project.root)) != known:
                known, new = now, frozenset(now) - frozenset(known)
                break
        else:  # it was stopped, or interrupted
            return


def _changes(watched: tuple[Path, ...], stop: Event) -> Iterator[set[tuple[Change, str]]]:
    """Yield what changes; nothing, now and then, so that others can look around."""
    return changes_in(
        *watched,
        debounce=SETTLED,
        rust_timeout=LOOK_AROUND,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
    )


def tell(project: Project, saved: Iterable[Path]) -> tuple[News, ...]:
    """Tell Prefect of what was saved; return what it was told."""
    told = tuple(news(project, saved))
    root = project.root.resolve()
    for event, files in told:
        emit_event(
            event,
            {**match(root), "prefect.resource.name": root.name},
            payload={"project": str(root), "files": list(files)},
        )
    return told


def match(root: Path) -> dict[str, str]:
    """Return by what Prefect's automations tell a project from others."""
    return {"prefect.resource.id": f"polypage.project.{root.resolve().name}"}


def news(project: Project, saved: Iterable[Path]) -> Iterator[News]:
    """Yield what there is to tell: of catalogs, then of pages, if there are any among the files."""
    kinds = {path: _kind(project, path) for path in sorted(_own(project, saved))}
    for event in (CATALOG, SOURCE):
        own = tuple(project.relative(path) for path, kind in kinds.items() if kind == event)
        if own:
            yield event, own


def _own(project: Project, files: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of the project, by the path that it goes by itself."""
    root = project.root.resolve()
    for path in map(Path.absolute, files):
        if path.is_relative_to(project.root):
            yield path
        elif (resolved := path.resolve()).is_relative_to(root):
            yield project.root / resolved.relative_to(root)


def _kind(project: Project, path: Path) -> str | None:
    """Return what is told of a file; None: nothing, as it is still being written, or not read."""
    for event, folder, endings in (
        (CATALOG, project.locales_dir, _BESIDE),
        (SOURCE, project.source_dir, ENDINGS),
    ):
        is_meant = path.suffix.lower() in endings and not path.name.startswith(".")
        if is_meant and path.is_relative_to(folder):
            return event
    return None


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
