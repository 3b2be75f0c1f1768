"""What changes in a project's files, told to those who look at it.

watcher = Watcher(root)
async for changed in watcher.changes():     frozenset({"locales/vi/LC_MESSAGES/rolling.po"})
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

log = logging.getLogger(__name__)

_ENDINGS = (".po", ".html", ".htm", ".csv", ".tbx", ".toml", ".css")
_STEP, _SETTLED = 50, 200
"""Milliseconds: how often the system is asked, and how long changes are gathered at most."""
LOOK_AROUND = 1000
"""After how many milliseconds it is asked whether there are other folders by now."""


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
        polling = False
        while not self._stop.is_set():
            try:
                await self._watch(folders(self._root), polling=polling)
            except OSError as error:
                if polling:
                    raise
                log.warning("%s; files are looked at again and again instead", error)
                polling = True

    async def _watch(self, watched: tuple[Path, ...], *, polling: bool) -> None:
        """Watch until there are other folders."""
        async for changes in awatch(
            *watched,
            watch_filter=_Interesting(),
            debounce=_SETTLED,
            step=_STEP,
            rust_timeout=LOOK_AROUND,
            yield_on_timeout=True,
            stop_event=self._stop,
            force_polling=polling or None,
        ):
            if folders(self._root) != watched:
                return
            if not changes:
                continue
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


def folders(root: Path) -> tuple[Path, ...]:
    """Return the folders that people save in and that are there by now: the first run makes one."""
    named = (root / name for name in ("locales", "source_articles"))
    return tuple(folder for folder in named if folder.is_dir())
