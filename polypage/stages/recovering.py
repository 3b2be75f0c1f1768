"""What a run that was killed left beside catalogs.

A catalog is exchanged for its new version in one step, and only then is what it displaced looked
at: somebody may have saved it a moment before. A run that is killed in between leaves the one or
the other of the two behind, under a name of ours.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from polypage.catalog import parse
from polypage.errors import CatalogError
from polypage.files import DISPLACED, read_if_exists
from polypage.project import Project

log = logging.getLogger(__name__)


def recover(project: Project) -> tuple[Path, ...]:
    """Remove leftovers whose translations all stand in a catalog beside them; return the others."""
    kept = []
    for path in leftovers(project):
        if _is_needless(path):
            path.unlink(missing_ok=True)
        else:
            log.warning("%s may hold what somebody saved: compare it, then delete it", path)
            kept.append(path)
    return tuple(kept)


def leftovers(project: Project) -> Iterator[Path]:
    """Yield the files that may hold what somebody saved."""
    yield from sorted(project.locales_dir.rglob(f".polypage-*{DISPLACED}"))


def _is_needless(path: Path) -> bool:
    translations = _translations(path)
    if translations is None:
        return False
    others = (_translations(other) for other in path.parent.glob("*.po"))
    return any(other is not None and translations <= other for other in others)


def _translations(path: Path) -> frozenset[str] | None:
    """Return all that translators wrote in a catalog; None where it cannot be read."""
    try:
        entries = parse(read_if_exists(path) or b"", path=str(path)).entries
    except (CatalogError, OSError):
        return None
    return frozenset(
        text
        for entry in entries
        for text in (entry.msgstr, *entry.plural_msgstrs, *entry.translator_comments)
        if text
    )
