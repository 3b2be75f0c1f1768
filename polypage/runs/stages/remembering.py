"""Catalogs to the translation memory, and back to what is asked of it."""

from __future__ import annotations

import logging
import os
import pickle
import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from polypage.catalogs.catalog import Catalog
from polypage.errors import CatalogError, DamagedError, GlossaryError
from polypage.files import files_below, fingerprint, read_file
from polypage.profiles import is_pseudo
from polypage.project import Project, load
from polypage.reuse.holdings import Gist, Row, gist
from polypage.reuse.memory import Known, Memory, opened, unknown
from polypage.runs.localefiles import CatalogFile, open_compendium, open_imported
from polypage.runs.outcomes import Updated
from polypage.runs.packing import packed
from polypage.runs.stages.batch import Batch, Over, collect_seldom
from polypage.runs.stages.batch import opened as open_batch

if TYPE_CHECKING:
    from polypage.reuse.suggestions import Suggestions

log = logging.getLogger(__name__)

COMPENDIUM = "compendium"
"""Stands for an article where a compendium is told of."""
IMPORTED = "memory"
"""Stands for one where translations from other memories are told of."""


def remember(root: Path, *, known: Known = unknown, over: Over | None = None) -> bool:
    """Bring the translation memory up to date with the catalogs; say whether it holds others now.

    Catalogs of which the fingerprint is `known`, by path below the root, are read if the memory
    holds something else. A crew reads them `over` batches, if there are more than a few; this
    process writes.
    One process at a time may do it, while nobody updates catalogs.
    """
    project = load(root)
    if not project.settings.memory.suggest:
        return False
    with opened(project.memory_dir) as memory:
        return memory.refresh(lambda: _changed(project, memory, known, over), known=known)


def gist_batch(root: Path, names: Sequence[str], locales: Sequence[str]) -> tuple[Gists, ...]:
    """Read what the memory is to hold of catalogs of these names below the folders of locales."""
    collect_seldom()
    project = load(root)
    with opened(project.memory_dir) as memory:
        return tuple(_gists(project, memory, name, locales) for name in names)


@dataclass(frozen=True, slots=True)
class Gists:
    """What the memory is to hold of the catalogs of one name."""

    slug: str
    """Their path below the folder of a locale."""
    packed: bytes
    """Packed where they are read: they pass through more hands than look at them."""

    def unpacked(self) -> tuple[Gist, ...]:
        """Return one for each locale that has the catalog."""
        own: tuple[Gist, ...] = pickle.loads(self.packed)  # noqa: S301 - packed by this run
        return own


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
        yield from sorted(path for path in below if path not in without and _is_text(path))


def _is_text(name: str) -> bool:
    """Whether a file's name can be written down: those of other systems may be any bytes."""
    return name.isascii() or not _NO_TEXT.search(name)


_NO_TEXT = re.compile("[\ud800-\udfff]")


def _changed(project: Project, memory: Memory, known: Known, over: Over | None) -> Iterator[Gist]:
    """Read the catalogs that are not known to be what the memory holds, those of a name together.

    All are read before the first is written: who reads looks at what is held.
    """
    locales = tuple(_remembered(project))
    names = sorted(_names(project, memory, known, locales))
    if over is None or len(names) <= _FEW:
        batches = (gist_batch(project.root, [name], locales) for name in names)
        read: Sequence[Gists] = packed(batches, project.state_dir)
    else:
        read = over("remember", gist_batch, names, locales)
    return chain.from_iterable(each.unpacked() for each in read)


_FEW = 100
"""So many are read sooner than given to others."""


def _names(
    project: Project, memory: Memory, known: Known, locales: Sequence[str]
) -> AbstractSet[str]:
    """Return the paths below a locale's folder of which a catalog is to be looked at."""
    names: set[str] = set()
    for locale in locales:
        folder = _folder(project, locale)
        held = memory.held(folder)
        same = {path for path, identity in held.items() if known(path) == identity}
        for path in _of_locale(project, locale, same):
            if (project.root / path).is_file():
                names.add(path.removeprefix(folder))
    return names


def _folder(project: Project, locale: str) -> str:
    return f"{project.relative(project.locales_dir / locale)}/"


def _gists(project: Project, memory: Memory, name: str, locales: Sequence[str]) -> Gists:
    paths = {f"{_folder(project, locale)}{name}": locale for locale in locales}
    held = memory.fingerprints([*paths])
    texts: dict[str, str] = {}
    gists = [
        _gist(project.root / path, path, locale, held.get(path), texts)
        for path, locale in paths.items()
        if (project.root / path).is_file()
    ]
    return Gists(name, pickle.dumps(gists, pickle.HIGHEST_PROTOCOL))


def _gist(file: Path, path: str, locale: str, held: bytes | None, texts: dict[str, str]) -> Gist:
    """Read what is to be held of a catalog, unless it is or cannot be read.

    Each text that several have is packed once.
    """
    as_it_is = Gist(path, locale)
    try:
        data = read_file(file)
        if fingerprint(data) == held:
            return as_it_is
        read = gist(path, locale, data)
    except (OSError, CatalogError) as error:
        log.info("not remembered: %s: %s", path, error)
        return as_it_is
    return read._replace(rows=tuple(_shared(row, texts) for row in read.rows))


def _shared(row: Row, texts: dict[str, str]) -> Row:
    number, context, msgid, msgstr, waivers = row
    return number, context, texts.setdefault(msgid, msgid), msgstr, waivers


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
