"""What changes in a project is told to all who listen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from polypage.preview.watching import Watcher
from polypage.project import Project
from tests.conftest import MakeProject
from tests.preview.conftest import CATALOG, FILES


def heard(root: Path, change: Callable[[], object]) -> frozenset[str]:
    """Return what is told first of a change, which is made again until it is."""

    async def listen(watcher: Watcher) -> frozenset[str]:
        async for changed in watcher.changes():
            return changed
        return frozenset()

    async def both() -> frozenset[str]:
        watcher = Watcher(root)
        watching = asyncio.create_task(watcher.run())
        listening = asyncio.create_task(listen(watcher))
        while not listening.done():
            change()
            await asyncio.wait([listening], timeout=0.5)
        watcher.stop()
        await watching
        return listening.result()

    return asyncio.run(asyncio.wait_for(both(), 60))


def test_a_catalog_that_is_written_is_told_of(project: Project) -> None:
    path = project.root / CATALOG

    assert heard(project.root, lambda: path.write_text("x")) == {CATALOG}


def test_a_catalog_that_takes_the_place_of_another_is_told_of(project: Project) -> None:
    path = project.root / CATALOG

    def replace() -> None:
        beside = path.with_name(".rolling.po.part")
        beside.write_text("x")
        beside.replace(path)

    assert heard(project.root, replace) == {CATALOG}


def test_a_folder_of_catalogs_that_comes_later_is_watched(make_project: MakeProject) -> None:
    page = "source_articles/rolling.html"
    project = make_project({page: FILES[page]})
    path = project.root / CATALOG

    def write() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")

    assert heard(project.root, write) == {CATALOG}
