"""A translator who saves a catalog every few milliseconds, as editors do.

with Translator(path, random.Random(1)) as translator:
    ...
translator.text     what was typed last
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from polypage.catalogs.catalog import Catalog, parse, read, serialize
from polypage.errors import CatalogError

_PAUSE = 0.01
"""Seconds between saves, at most."""


class Translator:
    """Types into one entry, as long as the context lasts."""

    def __init__(self, path: Path, msgid: str, chance: random.Random) -> None:
        self._path = path
        self._msgid = msgid
        self._chance = chance
        self._in_place = chance.random() < 0.5
        self._ended = Event()
        self._thread = Thread(target=self._type)
        self.text = next(entry.msgstr for entry in read(path).live if entry.msgid == msgid)
        """What was typed last."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _type(self) -> None:
        for number in count(1):
            if self._ended.is_set():
                return
            text = f"Text {number}."
            try:
                self._save(with_text(self._path.read_bytes(), self._msgid, text))
            except (CatalogError, FileNotFoundError):
                continue
            self.text = text
            time.sleep(self._chance.random() * _PAUSE)

    def _save(self, data: bytes) -> None:
        if self._in_place:
            self._path.write_bytes(data)
            return
        beside = self._path.with_suffix(".editor")
        beside.write_bytes(data)
        beside.replace(self._path)


def with_text(data: bytes, msgid: str, text: str) -> bytes:
    """Return a catalog in which an entry has this translation."""
    catalog = parse(data, path="catalog")
    entries = tuple(
        replace(entry, msgstr=text, flags=()) if entry.msgid == msgid else entry
        for entry in catalog.entries
    )
    return serialize(Catalog(catalog.header, entries, catalog.trailer), original=data)
