"""Years of simultaneous work in minutes: editors in processes of their own, against updates.

    told = hammer(Path("scratch"), saves=5000)

Each editor has a catalog open, types a text of its own into an entry and saves, one time after
the other, as editors do: by renaming a new file over the old one, or by writing into the file at
once or piece by piece. It reads the file again now and then only, so most of what it saves is a
stale buffer with one edit. Meanwhile another process brings the catalogs up to date, as one
run after the other does, with pages whose paragraphs move, leave, return and are edited all the time.

A text is lost if its editor saved it and did not replace it later, and it is nowhere: not live, not
obsolete, not in a comment that names it as the other one of two.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.synchronize import Event
from pathlib import Path

from polypage.catalogs.catalog import Catalog, read, serialize
from polypage.catalogs.catalog import template as make_template
from polypage.catalogs.merge import update
from polypage.catalogs.uniting import CONFLICT
from polypage.errors import CatalogError
from polypage.model import Entry
from polypage.project import load
from polypage.runs.stages.recovering import recover

STYLES = ("renames", "writes in place", "writes in pieces")
TEXTS = [f"Paragraph {word}: roll gently and wait." for word in "a b c d e f g h".split()]
RELOADS = 0.3
"""How often an editor reads the file again before it changes it."""
PAUSE = 0.02
"""Seconds; less than anybody takes to type a letter."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it."""

    saves: int = 0
    updates: int = 0
    """How often a catalog was brought up to date, written or not."""
    written: int = 0
    """How many of these wrote it."""
    busy: int = 0
    """How many gave way to an editor that kept saving."""
    conflicts: int = 0
    """Texts that stand in comments, as the other one of two."""
    lost: tuple[str, ...] = field(default=())
    leftovers: tuple[str, ...] = ()
    """Files beside the catalogs, which should be none."""
    seconds: float = 0.0


def hammer(root: Path, *, saves: int, pause: float = PAUSE) -> Told:
    """Let one editor of each style save its catalog, all together `saves` times.

    `pause` is how many seconds each waits at most between two saves.
    """
    context = multiprocessing.get_context("spawn")
    (root / "polypage.toml").write_text('[project]\nlocales = ["vi"]\n', "utf-8")
    project = load(root)
    paths = [project.catalog_path(style.replace(" ", "-"), "vi") for style in STYLES]
    for path, template in zip(paths, templates(), strict=False):
        update(path, template, clock=time)
    ended, told = context.Event(), context.SimpleQueue()
    shares = [saves // len(paths) + (place < saves % len(paths)) for place in range(len(paths))]
    editors = [
        context.Process(target=edit, args=(path, style, share, pause))
        for path, style, share in zip(paths, STYLES, shares, strict=True)
    ]
    updater = context.Process(target=keep_up, args=(root, paths, ended, told))
    started = time.monotonic()
    for process in (updater, *editors):
        process.start()
    for process in editors:
        process.join()
    ended.set()
    updater.join()
    seconds = time.monotonic() - started
    assert {process.exitcode for process in (*editors, updater)} == {0}
    counts = told.get()
    return replace(_found(paths), saves=saves, seconds=seconds, **counts)


def templates() -> Iterator[Catalog]:
    """Yield the templates of an article that is edited all the time."""
    number = 0
    while True:
        number += 1
        chance = random.Random(number)  # noqa: S311  (the same days every time)
        texts = [*chance.sample(TEXTS, k=len(TEXTS) - 2), f"News of day {number}"]
        texts.append(chance.choice(TEXTS).replace("gently", f"gently, on day {number},"))
        chance.shuffle(texts)
        entries = [Entry(text, references=(f"day-{number}.html",)) for text in texts]
        yield make_template(entries, project="health", created=f"day {number}")


# --- editors ----------------------------------------------------------------------------------


def edit(path: Path, style: str, saves: int, pause: float) -> None:
    """Save a catalog again and again, and write beside it what was typed last into each entry."""
    chance = random.Random(f"{style} {saves}")  # noqa: S311
    typed: dict[str, str] = {}
    catalog = read(path)
    for number in range(saves):
        if chance.random() < RELOADS:
            catalog = _reloaded(path) or catalog
        entry = chance.choice([one for one in catalog.live if one.msgid in TEXTS])
        typed[entry.msgid] = f"Translation {number} of {style}."
        catalog = _with(catalog, replace(entry, msgstr=typed[entry.msgid], flags=()))
        _save(path, serialize(catalog), style)
        time.sleep(chance.random() * pause)
    path.with_suffix(".typed").write_text("\n".join(typed.values()), "utf-8")


def _reloaded(path: Path) -> Catalog | None:
    try:
        return read(path)
    except CatalogError:
        return None


def _with(catalog: Catalog, changed: Entry) -> Catalog:
    entries = (changed if one.key == changed.key else one for one in catalog.entries)
    return replace(catalog, entries=tuple(entries))


def _save(path: Path, data: bytes, style: str) -> None:
    if style == "renames":
        beside = path.with_suffix(".editor")
        beside.write_bytes(data)
        beside.replace(path)
        return
    size = len(data) if style == "writes in place" else len(data) // 5 + 1
    with path.open("wb") as file:
        for start in range(0, len(data), size):
            file.write(data[start : start + size])
            file.flush()
            time.sleep(0 if size == len(data) else 0.001)


# --- updates ----------------------------------------------------------------------------------


def keep_up(
    root: Path, paths: list[Path], ended: Event, told: multiprocessing.SimpleQueue[Counter[str]]
) -> None:
    """Bring catalogs up to date until all editors have gone home, and once more."""
    counts: Counter[str] = Counter()
    days = templates()
    last = False
    while not last:
        last = ended.is_set()
        recover(load(root))
        for path in paths:
            counts["updates"] += 1
            try:
                counts["written"] += update(path, next(days), clock=time).changed
            except CatalogError as error:
                if "keeps saving" not in error.problem:
                    raise
                counts["busy"] += 1
    told.put(counts)


def _found(paths: list[Path]) -> Told:
    lost: list[str] = []
    conflicts = 0
    for path in paths:
        entries = read(path).entries
        comments = [comment for entry in entries for comment in entry.translator_comments]
        named = [comment for comment in comments if comment.startswith(CONFLICT)]
        texts = {entry.msgstr for entry in entries}
        texts |= {comment.removeprefix(CONFLICT).strip() for comment in named}
        conflicts += len(named)
        typed = path.with_suffix(".typed").read_text("utf-8").splitlines()
        lost += [text for text in typed if text not in texts]
    own = {path.with_suffix(suffix).name for path in paths for suffix in (".po", ".typed")}
    others = sorted({file.name for file in paths[0].parent.iterdir()} - own)
    return Told(conflicts=conflicts, lost=tuple(lost), leftovers=tuple(others))
