"""A small clinic's site, for tests of whole runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from polypage.catalogs import catalog as catalogs
from polypage.model import Entry
from polypage.project import Project
from polypage.runs.pipeline import run

SETTINGS = """\
[project]
locales = ["vi", "ar"]
base_url = "https://h.example"
[site]
parts = ["footer"]
"""

ROLLING = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Rolling</title>
<link rel="canonical" href="https://clinic.example/rolling/">
</head>
<body>
<h1>Rolling</h1>
<p>Read about <a href="peeling.html#care">peeling</a> first.</p>
<img src="img/needle.svg" alt="A needle">
<p class="disclaimer">For information only.</p>
<p class="source-link">Source: <a href="https://clinic.example/rolling/">Rolling</a></p>
<footer>All rights reserved</footer>
</body>
</html>
"""

PEELING = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Peeling</title></head>
<body>
<h1>Peeling</h1>
<p>Peel for 5 minutes. Then see <a href="https://clinic.example/rolling/">rolling</a>.</p>
<p class="disclaimer">For information only.</p>
<p class="source-link">Source: <a href="https://clinic.example/peeling">Peeling</a></p>
<footer>All rights reserved</footer>
</body>
</html>
"""

FILES: dict[str, str | bytes] = {
    "polypage.toml": SETTINGS,
    "source_articles/rolling.html": ROLLING,
    "source_articles/peeling.html": PEELING,
    "source_articles/img/needle.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


def shouted(entry: Entry) -> Entry:
    """Translate an entry, as far as a test can tell."""
    return replace(entry, msgstr=f"{entry.msgid} !")


def translate(
    project: Project, slug: str, locale: str, change: Callable[[Entry], Entry] = shouted
) -> None:
    """Do a translator's work in a catalog."""
    path = project.catalog_path(slug, locale)
    catalog = catalogs.read(path)
    catalogs.write(path, replace(catalog, entries=tuple(map(change, catalog.entries))))


def translated(project: Project, *locales: str) -> Project:
    """Make a project of these articles catalogs that are complete in some locales."""
    run(project.root, stages=["extract", "update"])
    for slug in ("rolling", "peeling", "site"):
        for locale in locales:
            translate(project, slug, locale)
    return project


def tree(root: Path) -> dict[str, bytes]:
    """Return every file but those in `.polypage`, by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".polypage" not in path.relative_to(root).parts
    }


def times(root: Path) -> dict[str, int]:
    """Return when every file and folder was changed."""
    return {str(path): path.stat().st_mtime_ns for path in root.rglob("*")}


def changed(data: bytes, changes: Iterable[tuple[int, int]]) -> bytes:
    """Write other bytes at some places of a file, wherever it ends."""
    damaged = bytearray(data)
    for place, byte in changes:
        damaged[place % len(damaged)] = byte
    return bytes(damaged)
