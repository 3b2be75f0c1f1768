"""What changes in a project's files, told to those who look at it.

watcher = Watcher(root)
async for changed in watcher.changes():     frozenset({"locales/vi/LC_MESSAGES/rolling.po"})
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

_ENDINGS = (".po", ".html", ".htm", ".csv", ".tbx", ".toml", ".css")
_STEP, _SETTLED = 50, 200
"""Milliseconds: how often the system is asked, and how long changes are gathered at most."""


class _Interesting(DefaultFilter):
    """What a preview shows; files that are still being written are hidden, and none of it."""

    def __call__(self, change: Change, path: str) -> bool:
        name = Path(path).name
        return super().__call__(change, path) and (
            name.endswith(_ENDINGS) and not name.startswith(".")
        )


class Watcher:
    """Watches the folders of a project once, however many listen."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._stop = asyncio.Event()
        self._listening: set[asyncio.Queue[frozenset[str]]] = set()

    async def run(self) -> None:
        """Watch until told to stop."""
        folders = [self._root / name for name in ("locales", "source_articles")]
        watched = [folder for folder in folders if folder.is_dir()]
        async for changes in awatch(
            *watched,
            watch_filter=_Interesting(),
            debounce=_SETTLED,
            step=_STEP,
            stop_event=self._stop,
        ):
            changed = frozenset(self._name(path) for _, path in changes)
            for queue in self._listening:
                queue.put_nowait(changed)

    def stop(self) -> None:
        """End the watching, and all listening."""
        self._stop.set()
        for queue in self._listening:
            queue.put_nowait(frozenset())

    async def changes(self) -> AsyncIterator[frozenset[str]]:
        """Yield what has changed, by paths below the project's root, until the watching ends."""
        queue: asyncio.Queue[frozenset[str]] = asyncio.Queue()
        self._listening.add(queue)
        try:
            while changed := await queue.get():
                yield changed
        finally:
            self._listening.discard(queue)

    def _name(self, path: str) -> str:
        return Path(path).relative_to(self._root).as_posix()
