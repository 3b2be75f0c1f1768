"""Projects that are about to be run, and what undisturbed runs make of them.

    for scene in scenes(scratch):
        shutil.copytree(scene.start, root)

Each is a small clinic of six articles in three languages, at a moment of its life: before its first
run, after its pages were edited, or its catalogs, or all at once.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clinic import LOCALES, make, page, slug
from benchmarks.faults.judging import Tree, tree
from benchmarks.faults.running import begun, finished

ARTICLES = 6
_LOCALES = LOCALES[:3]


@dataclass(frozen=True, slots=True)
class Scene:
    """A project at a moment of its life."""

    name: str
    start: Path
    before: Tree
    after: Tree
    """What an undisturbed run makes of it."""
    status: int
    """How that one ends."""
    seconds: float
    """How long that one takes from the moment it has the project for itself."""


def copied(scene: Scene, root: Path) -> Path:
    """Make a project that is as it is in a scene."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(scene.start, root)
    return root


def scenes(folder: Path, *, named: Collection[str] = ()) -> Iterator[Scene]:
    """Make the scenes in a folder, all or those named."""
    made, run = folder / "made", folder / "run"
    make(made, articles=ARTICLES, locales=_LOCALES, pages="small")
    shutil.rmtree(made / ".polypage", ignore_errors=True)
    shutil.copytree(made, run)
    finished(run)
    for name in named or _CHANGES:
        is_run, change = _CHANGES[name]
        start = folder / "starts" / name.replace(" ", "-")
        shutil.copytree(run if is_run else made, start)
        change(start)
        yield scene_of(name, start, folder / "undisturbed")


def scene_of(name: str, start: Path, root: Path) -> Scene:
    """Run a copy of a project that is about to be run."""
    (start / ".polypage/lock").unlink(missing_ok=True)
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(start, root)
    with begun(root) as run:
        moment = time.monotonic()
        status = run.status()
        seconds = time.monotonic() - moment
    assert status is not None
    return Scene(name, start, tree(start), tree(root), status, seconds)


# --- what happened before the run -------------------------------------------------------------


def edit_pages(root: Path) -> None:
    """Have authors mend a heading, change a dose, and take a paragraph out."""
    first, second, third = (root / f"source_articles/{slug(n)}.html" for n in range(3))
    _replace(first, "</h1>", " again</h1>")
    _replace(second, " mg every", "0 mg every")
    text = third.read_text("utf-8")
    start = text.index("<p>" if "<p>" in text else "<li>")
    end = text.index("\n", start)
    third.write_text(text[:start] + text[end + 1 :], "utf-8")


def edit_catalogs(root: Path) -> None:
    """Have translators mend the last translation of some catalogs, and of the site's."""
    for locale in _LOCALES:
        for name in (*map(slug, (0, 3)), "site"):
            path = root / f"locales/{locale}/LC_MESSAGES/{name}.po"
            before, msgid, after = path.read_text("utf-8").rpartition("\nmsgid ")
            text, msgstr, translation = after.rpartition('\nmsgstr "')
            mended = f'{text}{msgstr}({translation[:-2]})"\n'
            path.write_text(f"{_noted(before)}{msgid}{mended}", "utf-8")


def _noted(before: str) -> str:
    """Put a translator's comment above the last entry."""
    others, gap, comments = before.rpartition("\n\n")
    return f"{others}{gap}# Mended after a call.\n{comments}"


def _edit_everything(root: Path) -> None:
    edit_pages(root)
    edit_catalogs(root)
    (root / f"source_articles/{slug(ARTICLES - 1)}.html").unlink()
    new = root / f"source_articles/{slug(ARTICLES)}.html"
    new.parent.mkdir(exist_ok=True)
    new.write_text(page(ARTICLES, ARTICLES + 1, "small"), "utf-8")


def _edit_before_a_switch(root: Path) -> None:
    with (root / "polypage.toml").open("a", encoding="utf-8") as file:
        file.write('[publish]\nswitch = "locale"\n')
    edit_pages(root)


def _leave(_root: Path) -> None:
    """Change nothing."""


def _without_catalogs(root: Path) -> None:
    shutil.rmtree(root / "locales")


def _replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


_CHANGES: dict[str, tuple[bool, Callable[[Path], None]]] = {
    "first run": (False, _leave),
    "no catalogs": (False, _without_catalogs),
    "pages edited": (True, edit_pages),
    "catalogs edited": (True, edit_catalogs),
    "all at once": (True, _edit_everything),
    "at one stroke": (True, _edit_before_a_switch),
}
"""Whether a run came before, and what happened since."""
