"""What all articles of a project share, and whether it is what it was.

    basis = basis_of(project, recipe)
    basis_of(project, recipe, basis).identity == basis.identity       as long as it is

These are the settings and our own code, by a recipe, and the files beside the settings and above
the catalogs, glossaries for instance, with the site's catalogs less references and dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from polypage.files import fingerprint, read_file
from polypage.project import SITE, Project
from polypage.runs.localefiles import without_references
from polypage.runs.stamps import NOTHING, Stamps, stamp
from polypage.runs.state import digest


@dataclass(frozen=True, slots=True)
class Basis:
    """What all articles share."""

    identity: str
    stamps: Stamps
    meanings: tuple[str, ...]
    """Of each file, what tells it from others."""


def basis_of(project: Project, recipe: str, before: Basis | None = None, *, now: int = 0) -> Basis:
    """Identify what all articles share; what it was `before` saves reading the files in question."""
    paths = tuple(_shared(project))
    known = before if before and len(before.meanings) == len(paths) else None
    stamps = stamp(paths, known.stamps if known else NOTHING, now=now)
    meanings = tuple(
        known.meanings[n]
        if known and known.stamps.digest(n) == stamps.digest(n)
        else _meaning(path, stamps.digest(n))
        for n, path in enumerate(paths)
    )
    names = (project.relative(Path(path)) for path in paths)
    return Basis(digest(recipe, *names, *meanings), stamps, meanings)


def has_twins(project: Project) -> bool:
    """Say whether a locale has twins of links, so that any file may be what a link leads to."""
    locales = project.settings.project.locales
    return any(project.links_path(locale).is_file() for locale in locales)


def _shared(project: Project) -> Iterator[str]:
    """Name the files that are of no article: those beside the settings, and above the catalogs."""
    yield from _files_in(project.root, ".toml")
    yield from _files_in(project.locales_dir / project.settings.project.source_locale)
    for locale in project.settings.project.locales:
        yield from _files_in(project.locales_dir / locale)
        yield str(project.catalog_path(SITE, locale))


def _files_in(folder: Path, ending: str = "") -> list[str]:
    with suppress(OSError):
        found = (path for path in folder.iterdir() if path.name.endswith(ending))
        return sorted(str(path) for path in found if path.name[0] != "." and path.is_file())
    return []


def _meaning(path: str, digest_of_bytes: bytes) -> str:
    """Tell a file from others: a catalog by what pages have of it, any other by its bytes."""
    with suppress(OSError):
        if path.endswith(f"/LC_MESSAGES/{SITE}.po"):
            return fingerprint(without_references(read_file(Path(path)))).hex()
    return digest_of_bytes.hex()
