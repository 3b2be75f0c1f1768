"""Years of simultaneous work in a second: an editor and polypage on one catalog."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from polypage.catalogs.catalog import Catalog, read, serialize
from polypage.catalogs.catalog import template as make_template
from polypage.catalogs.merge import update
from polypage.model import Entry
from tests.merge.hammering import hammer

SAVES = 30
TEXTS = [f"Paragraph {word}: roll gently and wait." for word in "one two three four five".split()]


class Editor(threading.Thread):
    """Somebody who changes one translation after the other, each with a text of its own."""

    def __init__(self, path: Path, *, in_place: bool, reloads: float) -> None:
        super().__init__()
        self.path = path
        self.in_place = in_place
        self.reloads = reloads
        self.chance = random.Random(SAVES)  # noqa: S311  (the same days every time)
        self.typed: dict[str, str] = {}

    def run(self) -> None:
        catalog = read(self.path)
        for number in range(SAVES):
            if self.chance.random() < self.reloads:
                catalog = self.reloaded()
            catalog = self.edited(catalog, f"Translation {number}.")
            self.save(serialize(catalog))
            time.sleep(self.chance.random() / 20)

    def reloaded(self) -> Catalog:
        """Read the file; where last words are missing for a moment, somebody is about to merge them."""
        for _ in range(100):
            catalog = read(self.path)
            msgstrs = {entry.msgid: entry.msgstr for entry in catalog.entries}
            if self.typed.items() <= msgstrs.items():
                break
            time.sleep(0.01)
        return catalog

    def edited(self, catalog: Catalog, text: str) -> Catalog:
        entry = self.chance.choice([one for one in catalog.live if one.msgid in TEXTS])
        self.typed[entry.msgid] = text
        entries = (
            replace(one, msgstr=text, flags=()) if one is entry else one for one in catalog.entries
        )
        return replace(catalog, entries=tuple(entries))

    def save(self, data: bytes) -> None:
        if not self.in_place:
            beside = self.path.with_suffix(".editor")
            beside.write_bytes(data)
            beside.replace(self.path)
            return
        with self.path.open("wb") as file:
            for part in (data[:300], data[300:]):
                file.write(part)
                file.flush()
                time.sleep(0.0005)


def templates() -> Iterator[Catalog]:
    """Yield the templates of an article that is edited all the time, outside of these texts."""
    number = 0
    while True:
        number += 1
        texts = [*TEXTS, f"News of day {number}"]
        random.Random(number).shuffle(texts)  # noqa: S311
        entries = [Entry(text, references=(f"day-{number}.html",)) for text in texts]
        yield make_template(entries, project="health", created=f"day {number}")


@pytest.mark.parametrize("in_place", [False, True], ids=["renames", "writes in place"])
@pytest.mark.parametrize("reloads", [1.0, 0.3], ids=["reloads", "has old texts open"])
def test_nothing_that_an_editor_saves_is_lost(
    tmp_path: Path, *, in_place: bool, reloads: float
) -> None:
    path = tmp_path / "rolling.po"
    days = templates()
    update(path, next(days), clock=time)
    editor = Editor(path, in_place=in_place, reloads=reloads)

    editor.start()
    while editor.is_alive():
        update(path, next(days), clock=time)
    editor.join()
    update(path, next(days), clock=time)

    msgstrs = {entry.msgid: entry.msgstr for entry in read(path).entries}
    assert {msgid: msgstrs[msgid] for msgid in editor.typed} == editor.typed
    assert [file.name for file in tmp_path.iterdir()] == ["rolling.po"]


def test_nothing_is_lost_between_processes(tmp_path: Path) -> None:
    told = hammer(tmp_path, saves=150)

    assert (told.lost, told.leftovers) == ((), ())
    assert told.written > 0
