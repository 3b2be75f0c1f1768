"""What lies open while a project is previewed: pages, catalogs, and what came of checking them.

    desk = Desk(root)
    desk.sheet("rolling", "vi")               checked, which takes time for a large page
    desk.sheet("rolling", "vi", at_once=True) as far as it is known without that
    desk.frame("rolling", "vi", "target", …)  the page with its marks, checked or at once

Nothing is written. A page is read once for all that is asked about it, until its bytes change; a
catalog that an editor is just writing, or that cannot be read, is told of, and what it held last
goes on being shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Literal, TypeAlias, TypeVar

from polypage.catalogs.catalog import Catalog
from polypage.errors import CatalogError
from polypage.model import Article, Content, Coverage, Domain
from polypage.preview import sheet
from polypage.preview.framing import Mark, framed, ours
from polypage.preview.sheet import Row, Sheet
from polypage.profiles import is_pseudo, tag
from polypage.project import SITE
from polypage.reading.inline import to_msgid
from polypage.runs.localefiles import CatalogFile, open_catalog
from polypage.runs.outcomes import Checked
from polypage.runs.scope import scope_of
from polypage.runs.sources import Source
from polypage.runs.stages.batch import Batch, Material, opened
from polypage.runs.stages.checking import attempted, outcome_of
from polypage.runs.stages.versions import (
    target_of,
    translations_again,
    translations_of,
    version_of,
)
from polypage.runs.translations import Translations

Side: TypeAlias = Literal["source", "target"]
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_AT_ONCE = 200_000
"""Bytes that a page may have to be read and checked before anything is shown."""
_KEPT = 8
"""How many pages lie open."""


@dataclass(frozen=True)
class _Reading:
    """A page in a locale, read and checked."""

    inputs: str
    material: Material
    found: Translations
    rows: tuple[Row, ...]
    left: int
    """How many entries of the catalog the page has no more."""


class Desk:
    """The pages and catalogs that lie open."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._sources: dict[str, Source] = {}
        self._catalogs: dict[str, CatalogFile] = {}
        self._readings: dict[tuple[str, str], _Reading] = {}
        self._glances: dict[tuple[str, str], _Reading] = {}
        """Readings of large pages whose translations are not checked."""
        self._outcomes: dict[tuple[str, str], tuple[str, Checked]] = {}
        self._locks: dict[tuple[str, ...], Lock] = {}

    def sheet(self, slug: str, locale: str, *, at_once: bool = False) -> Sheet:
        """List the entries of an article in a locale; unchecked if that must be `at_once`.

        Raises:
            PolypageError: The project has no such article or locale, or the page cannot be read.
        """
        with opened(self._root) as batch:
            slug, locale = _known(batch, slug, locale)
            if at_once and self._is_slow(batch, slug, locale):
                return self._listed(batch, slug, locale)
            reading, unread = self._reading(batch, slug, locale)
        left = (_left(reading.left),) if reading.left else ()
        title, problems = reading.material.source.article.title, (*map(str, unread), *left)
        return Sheet(
            slug, locale, reading.rows, title, checked=True, problems=problems, unread=unread
        )

    def frame(
        self,
        slug: str,
        locale: str,
        side: Side,
        *,
        own: str,
        remote: bool,
        at_once: bool = False,
        links: Callable[[Article], Mapping[str, str]] = lambda _: {},
    ) -> str:
        """Write the source page, or the page in a locale, with its marks.

        `own` and `remote` are as in `policy`; `links` says what addresses in the page become. If it
        must be `at_once`, a large page is shown with its translations unchecked.

        Raises:
            PolypageError: As `sheet`.
        """
        with opened(self._root) as batch:
            slug, locale = _known(batch, slug, locale)
            at_once = at_once and self._is_slow(batch, slug, locale)
            reading, _ = self._reading(batch, slug, locale, at_once=at_once)
            version = version_of(batch, reading.material.source, locale, reading.found)
            source_target = target_of(batch, batch.source_locale)
        article = reading.material.source.article
        to = replace(version.target if side == "target" else source_target, links=links(article))
        marks = _marks(article, reading.rows, with_findings=side == "target")
        before = ours(reading.material.source.document, own=own, remote=remote)
        if side == "source":
            nothing: tuple[Content | None, ...] = (None,) * len(article.segments)
            return framed(article, nothing, to, marks, before=before)
        edits = version.localized.edits
        return framed(article, version.contents, to, marks, edits=edits, before=before)

    def standing(self, slug: str, locale: str) -> Checked:
        """Say what becomes of an article's page in a locale, as `polypage status` does.

        Raises:
            PolypageError: As `sheet`.
        """
        with opened(self._root) as batch:
            slug, locale = _known(batch, slug, locale)
            reading, unread = self._reading(batch, slug, locale)

            def outcome() -> Checked:
                for problem in unread:
                    raise problem
                return self._outcome(batch, reading, locale)

            return attempted(batch, slug, locale, outcome)

    def _outcome(self, batch: Batch, reading: _Reading, locale: str) -> Checked:
        """Prove the page as it would be published, once as long as nothing in it changes."""
        slug = reading.material.source.slug
        inputs, checked = self._outcomes.get((slug, locale), ("", None))
        if checked is None or inputs != reading.inputs:
            checked = outcome_of(batch, reading.material, reading.found).checked
            self._outcomes[slug, locale] = reading.inputs, checked
            _forget_oldest(self._outcomes)
        return checked

    def row(self, slug: str, locale: str, name: str) -> Row | None:
        """Find an entry by its name, checked if that is known by now."""
        found = self.sheet(slug, locale, at_once=True).by_name.get(name)
        return found or self.sheet(slug, locale).by_name.get(name)

    # --- as far as it is known at once --------------------------------------------------------

    def _is_slow(self, batch: Batch, slug: str, locale: str) -> bool:
        try:
            size = batch.project.source_path(slug).stat().st_size
        except OSError:
            return False  # what is wrong comes out when it is read
        reading = self._readings.get((slug, locale))
        return size > _AT_ONCE and (
            reading is None or reading.inputs != self._inputs(batch, slug, locale)
        )

    def _listed(self, batch: Batch, slug: str, locale: str) -> Sheet:
        file, problem = self._catalog(batch, slug, locale)
        rows, unread = sheet.listed(file.catalog, file.path), (problem,) if problem else ()
        return Sheet(slug, locale, rows, slug, problems=(*map(str, unread),), unread=unread)

    def _lock(self, *about: str) -> Lock:
        return self._locks.setdefault(about, Lock())

    # --- read and checked ---------------------------------------------------------------------

    def _reading(
        self, batch: Batch, slug: str, locale: str, *, at_once: bool = False
    ) -> tuple[_Reading, tuple[CatalogError, ...]]:
        """Read and check, once however many ask; say what could not be read."""
        kept = self._glances if at_once else self._readings
        with self._lock(slug, locale, "at once" * at_once):
            files, unread = self._files(batch, slug, locale)
            source = self._source(batch, slug)
            with self._lock(slug):
                _ = (
                    source.article
                )  # which takes long enough to be waited for rather than done twice
            inputs = _identity(batch, source, locale, files)
            known = kept.get((slug, locale))
            if known is None or known.inputs != inputs:
                known = _read(batch, source, locale, files, inputs, is_checked=not at_once)
                kept.pop((slug, locale), None)
                kept[slug, locale] = known
                _forget_oldest(kept)
        return known, unread

    def _inputs(self, batch: Batch, slug: str, locale: str) -> str:
        files, _ = self._files(batch, slug, locale)
        return _identity(batch, self._source(batch, slug), locale, files)

    def _source(self, batch: Batch, slug: str) -> Source:
        """Open a page; one that has not changed is not read again."""
        with self._lock(slug):
            fresh, held = batch.source(slug), self._sources.pop(slug, None)
            same = held is not None and _is_same(held, fresh)
            source = held if held is not None and same else fresh
            self._sources[slug] = source
            _forget_oldest(self._sources)
        return source

    def _files(
        self, batch: Batch, slug: str, locale: str
    ) -> tuple[dict[Domain, CatalogFile], tuple[CatalogError, ...]]:
        own, problem = self._catalog(batch, slug, locale)
        site, other = self._catalog(batch, SITE, locale)
        return {"article": own, "site": site}, tuple(filter(None, (problem, other)))

    def _catalog(
        self, batch: Batch, slug: str, locale: str
    ) -> tuple[CatalogFile, CatalogError | None]:
        """Open a catalog, or what it was when it could be read last; say what is wrong with it."""
        path = batch.relative(batch.project.catalog_path(slug, locale))
        held = self._catalogs.get(path)
        try:
            fresh = open_catalog(batch.project, slug, locale)
            if held is not None and held.data == fresh.data:
                return held, None
            _ = fresh.catalog
        except CatalogError as error:
            return held or CatalogFile(path, None), error
        self._catalogs[path] = fresh
        return fresh, None


def _known(batch: Batch, slug: str, locale: str) -> tuple[str, str]:
    scope = scope_of(batch.project, (slug,), (locale,))
    return scope.slugs[0], scope.locales[0]


def _is_same(held: Source, fresh: Source) -> bool:
    same_rules = (held.settings, held.rules) == (fresh.settings, fresh.rules)
    return same_rules and held.identity == fresh.identity


def _forget_oldest(kept: dict[_Key, _Value]) -> None:
    while len(kept) > _KEPT:
        del kept[next(iter(kept))]


def _identity(batch: Batch, source: Source, locale: str, files: dict[Domain, CatalogFile]) -> str:
    identities = (source.identity, *(file.identity for file in files.values()))
    beside = batch.glossary(locale).identity, batch.approval(locale).identity
    return batch.digest(locale, *identities, *beside)


def _read(
    batch: Batch,
    source: Source,
    locale: str,
    files: dict[Domain, CatalogFile],
    inputs: str,
    *,
    is_checked: bool,
) -> _Reading:
    segments = source.article.segments
    beside = batch.glossary(locale), batch.approval(locale)
    material = Material(source, locale, files["article"], files["site"], *beside)
    found = translations_of(batch, material) if is_checked else _unchecked(batch, material)
    own = replace(found, contents=found.contents[: len(segments)])
    if is_pseudo(locale):
        msgstrs = (to_msgid(content or ()) for content in own.contents)
        rows = sheet.made_up(segments, msgstrs, files["article"].path)
        return _Reading(inputs, material, found, rows, left=0)
    catalogs = {domain: (file.path, file.catalog) for domain, file in files.items()}
    rows = sheet.compared(segments, catalogs, own, tag=tag(locale))
    return _Reading(inputs, material, found, rows, _unused(files["article"].catalog, rows))


def _unchecked(batch: Batch, material: Material) -> Translations:
    """Return the translations as if nothing were wrong with any that can be read."""
    return translations_again(batch, material, (), Coverage())


def _unused(catalog: Catalog, rows: tuple[Row, ...]) -> int:
    names = {row.name for row in rows}
    return sum(sheet.name_of("article", entry.key) not in names for entry in catalog.live)


def _marks(
    article: Article, rows: tuple[Row, ...], *, with_findings: bool
) -> Sequence[Mark | None]:
    """Say of each segment which entry it belongs to; nothing of one that is not for the locale."""
    known = {
        row.name: Mark(row.name, row.state, with_findings and bool(row.findings)) for row in rows
    }
    return [known.get(sheet.name_of(each.domain, each.key)) for each in article.segments]


def _left(count: int) -> str:
    entries = "1 entry of the catalog is" if count == 1 else f"{count} entries of the catalog are"
    return f"{entries} not on the page any more; run `polypage update`"
