"""Catalogs to the translation memory, and back to what is asked of it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from polypage.catalogs.catalog import Catalog
from polypage.errors import CatalogError, DamagedError, GlossaryError
from polypage.files import files_below, read_file
from polypage.profiles import is_pseudo
from polypage.project import Project, load
from polypage.reuse.memory import Kept, Known, Memory, opened, unknown
from polypage.runs.localefiles import CatalogFile, open_compendium, open_imported
from polypage.runs.outcomes import Updated
from polypage.runs.stages.batch import Batch
from polypage.runs.stages.batch import opened as open_batch

if TYPE_CHECKING:
    from polypage.reuse.suggestions import Suggestions

log = logging.getLogger(__name__)

COMPENDIUM = "compendium"
"""Stands for an article where a compendium is told of."""
IMPORTED = "memory"
"""Stands for one where translations from other memories are told of."""


def remember(root: Path, *, known: Known = unknown) -> bool:
    """Bring the translation memory up to date with the catalogs; say whether it holds others now.

    Catalogs of which the fingerprint is `known`, by path below the root, are read if the memory
    holds something else.
    One process at a time may do it, while nobody updates catalogs.
    """
    project = load(root)
    if not project.settings.memory.suggest:
        return False
    with opened(project.memory_dir) as memory:
        return memory.refresh(lambda: _changed(project, memory, known), known=known)


def catalogs(project: Project) -> Iterator[tuple[str, str]]:
    """Yield paths below the project's root, and locales, of what is remembered.

    These are the catalogs of all locales, of former articles too, compendiums and imported memories.
    """
    for locale in _remembered(project):
        yield from ((path, locale) for path in _of_locale(project, locale, frozenset()))


def _remembered(project: Project) -> Iterator[str]:
    return (locale for locale in project.settings.project.locales if not is_pseudo(locale))


def _of_locale(project: Project, locale: str, without: AbstractSet[str]) -> Iterator[str]:
    """Yield the paths of one locale that are none of these."""
    start = len(str(project.root)) + 1
    folder = project.catalog_path("any", locale).parent
    others = project.compendium_path(locale), project.imported_path(locale)
    for paths in (map(str, others), files_below(folder, ".po")):
        below = (path[start:].replace(os.sep, "/") for path in paths)
        yield from sorted(path for path in below if path not in without)


def _changed(project: Project, memory: Memory, known: Known) -> Iterator[Kept]:
    """Read the catalogs that are not known to be what the memory holds, locale by locale."""
    for locale in _remembered(project):
        folder = project.relative(project.locales_dir / locale)
        held = memory.held(f"{folder}/")
        same = {path for path, identity in held.items() if known(path) == identity}
        for path in _of_locale(project, locale, same):
            if (project.root / path).is_file():
                yield Kept(path, locale, _bytes(project.root / path))


def _bytes(path: Path) -> bytes | None:
    try:
        return read_file(path)
    except OSError as error:
        log.info("not remembered: %s: %s", path, error)
        return None


class Advice:
    """What there is for entries of a locale that have no translation, opened when it is asked for."""

    def __init__(self, batch: Batch, memory: Memory, locale: str) -> None:
        self._batch = batch
        self._locale = locale
        self._memory = memory if batch.project.settings.memory.suggest else None

    @cached_property
    def suggestions(self) -> Suggestions:
        """Ask the compendium and the memory; a compendium that cannot be read is told of elsewhere."""
        # Where nothing changed nobody asks, and commands start sooner.
        from polypage.reuse.suggestions import Suggestions  # noqa: PLC0415
        from polypage.runs.standards import standards_of  # noqa: PLC0415

        try:
            compendium = self._compendium.catalog
        except CatalogError:
            compendium = Catalog()
        return Suggestions(
            self._memory,
            compendium,
            standards_of(self._batch.project, self._locale),
            least=100 * self._batch.project.settings.memory.min_score,
        )

    @cached_property
    def identity(self) -> str | None:
        """Tell it from what it was when it may have other suggestions; None if that is not known."""
        try:
            known = self._memory.identity(self._locale) if self._memory else ""
            terms = self._batch.glossary(self._locale).identity
            return self._batch.digest(known, self._compendium.identity, terms)
        except (CatalogError, DamagedError, GlossaryError):
            return None

    @property
    def failed(self) -> bool:
        """Whether there may be more than was found."""
        return self.identity is None or self.suggestions.failed

    @cached_property
    def _compendium(self) -> CatalogFile:
        return open_compendium(self._batch.project, self._locale)


def identities(batch: Batch, locales: Sequence[str]) -> dict[str, str | None]:
    """Tell by locale what the memory has for it; None where that is not known."""
    with opened(batch.project.memory_dir) as memory:
        return {locale: Advice(batch, memory, locale).identity for locale in locales}


def broken_memories(root: Path, locales: Sequence[str]) -> tuple[Updated, ...]:
    """Return an outcome for each compendium or imported memory that cannot be read.

    Catalogs are updated without it.
    """
    with open_batch(root) as batch:
        used: dict[str, _Opener] = {COMPENDIUM: open_compendium}
        if batch.project.settings.memory.suggest:
            used[IMPORTED] = open_imported
        found = (
            _read_memory(batch, locale, name, opener)
            for locale in locales
            if not is_pseudo(locale)
            for name, opener in used.items()
        )
        return tuple(outcome for outcome in found if outcome.failure)


_Opener: TypeAlias = Callable[[Project, str], CatalogFile]


def _read_memory(batch: Batch, locale: str, name: str, opener: _Opener) -> Updated:
    path = batch.relative(_PATHS[name](batch.project, locale))
    read = Updated(name, locale, path)

    def attempt() -> Updated:
        file = opener(batch.project, locale)
        inputs = batch.digest(file.identity)
        if batch.state.find(name, locale, inputs, Updated) is None:
            _ = file.catalog
            batch.state.keep(name, locale, inputs, read)
        return read

    return batch.attempt(attempt, lambda failure: replace(read, failure=failure), path=path)


_PATHS: dict[str, Callable[[Project, str], Path]] = {
    COMPENDIUM: Project.compendium_path,
    IMPORTED: Project.imported_path,
}
