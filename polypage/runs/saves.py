"""Which files the next run has something to do about, of those that changed.

    unsettled(project, changed)     what a whole run wrote and proved itself is none of them

A watcher sees catalogs change that a run updates as it sees those that people save. What a run left
settled needs no other run: neither does a file that was saved again as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from polypage.project import ENDINGS, SITE, Project
from polypage.runs.ledger import Ledger
from polypage.runs.stages.batch import recipe_of


def unsettled(project: Project, changed: Iterable[Path]) -> frozenset[Path]:
    """Return the files whose articles are not as the last whole run left them.

    A file that all articles share counts as settled as long as any of them is, as none would be if
    it were another.
    """
    articles = {path: _article(project, path) for path in changed}
    ledger = Ledger(project, recipe_of(project))
    named = {slug for slug in articles.values() if slug}
    ledger.look(project.articles().slugs if None in articles.values() else named)
    return frozenset(
        path
        for path, slug in articles.items()
        if (slug not in ledger.settled if slug else not ledger.settled)
    )


def _article(project: Project, path: Path) -> str | None:
    """Return the article that a page or a catalog is of; None: all share it."""
    if path.suffix.lower() in ENDINGS and path.is_relative_to(project.source_dir):
        return path.relative_to(project.source_dir).with_suffix("").as_posix()
    if path.suffix == ".po" and path.is_relative_to(project.locales_dir):
        locale, *names = path.relative_to(project.locales_dir).parts
        folder = project.catalog_path(SITE, locale).parent
        if names and path.is_relative_to(folder):
            slug = path.relative_to(folder).with_suffix("").as_posix()
            return None if slug == SITE else slug
    return None
