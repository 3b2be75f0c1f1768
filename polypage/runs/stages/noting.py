"""What checks find, into the catalogs: a comment at each entry, for editors to show.

    #. finding: number-changed: 5 mg has become 50 mg

Once the translation is mended or the finding waived, the next update takes the comment away, as does
the next check that writes; what an update still finds it tells anew, and only such a check adds
others. It goes at once where the text changes, and where two versions of the catalog are united and
another translation stands.

An update knows one catalog: what comparing finds, and what stands in the site's catalog, waits for
the check.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.merge import amend
from polypage.catalogs.uniting import FINDING, noted_code, said_in
from polypage.checking.checklist import COMPARED
from polypage.errors import PolypageError
from polypage.model import Entry, EntryKey, Finding, Severity
from polypage.profiles import is_pseudo
from polypage.project import SITE
from polypage.runs.localefiles import CatalogFile, open_catalog
from polypage.runs.outcomes import Noted
from polypage.runs.stages.batch import Batch, opened
from polypage.runs.stages.checking import check_one
from polypage.runs.stages.comparing import compared

log = logging.getLogger(__name__)


def note_batch(
    root: Path, locales: Sequence[str], slugs: Sequence[str], *, whole: bool
) -> tuple[Noted, ...]:
    """Write errors and warnings into the catalogs; one outcome per slug and locale.

    What comparing finds is asked for only if the slugs are the `whole` project. A catalog that
    cannot be checked, or that somebody saves meanwhile, is left as it is.
    """
    with opened(root) as batch:
        chosen = [locale for locale in locales if not is_pseudo(locale)]
        return tuple(
            outcome
            for locale in chosen
            for outcome in _of_locale(batch, locale, slugs, whole=whole)
        )


def without_void_notes(batch: Batch, slug: str, locale: str) -> bool:
    """Take from an article's catalog the comments that are true no more; say whether there were any.

    Raises:
        CatalogError: The catalog cannot be read or written.
    """
    file = open_catalog(batch.project, slug, locale)
    if slug == SITE or FINDING.encode() not in (file.data or b"") or not _has_notes(file.catalog):
        return False
    try:
        found = check_one(batch, slug, locale).findings
    except PolypageError:
        return False  # checking tells of it
    notes = _Notes.of(file, found, whole=False)
    return _written(batch, slug, locale, file, replace(notes, is_adding=False))


def _has_notes(catalog: Catalog) -> bool:
    return any(noted_code(line) for entry in catalog.live for line in entry.extracted_comments)


def _of_locale(batch: Batch, locale: str, slugs: Sequence[str], *, whole: bool) -> Iterator[Noted]:
    files = {slug: open_catalog(batch.project, slug, locale) for slug in slugs}
    found: list[Finding] = []
    left: set[str] = set()
    for slug in slugs:
        if slug == SITE:
            continue
        try:
            found += check_one(batch, slug, locale).findings
        except PolypageError:
            left |= {slug, SITE}  # checking tells of it; what the site's texts lack is not known
    if whole:
        found += compared(batch, locale)
    for slug in slugs:
        noted = _Notes.of(files[slug], found, whole=whole) if slug not in left else None
        yield _attempted(batch, slug, locale, files[slug], noted)


def _attempted(
    batch: Batch, slug: str, locale: str, file: CatalogFile, notes: _Notes | None
) -> Noted:
    unchanged = Noted(slug, locale, file.path)
    if notes is None or file.data is None:
        return unchanged
    return batch.attempt(
        partial(_write, batch, unchanged, file, notes),
        lambda failure: replace(unchanged, failure=failure),
        path=file.path,
    )


def _write(batch: Batch, outcome: Noted, file: CatalogFile, notes: _Notes) -> Noted:
    written = _written(batch, outcome.slug, outcome.locale, file, notes)
    return replace(outcome, written=written, entries=len(notes.lines))


def _written(batch: Batch, slug: str, locale: str, file: CatalogFile, notes: _Notes) -> bool:
    if open_catalog(batch.project, slug, locale).identity != file.identity:
        log.warning("%s: somebody saved it meanwhile; the next check comes to it", file.path)
        return False
    return amend(batch.project.catalog_path(slug, locale), notes.into, clock=time)


@dataclass(frozen=True, slots=True)
class _Notes:
    """The comments of a catalog."""

    known: Mapping[EntryKey, Entry]
    """The entries as they were checked."""
    lines: Mapping[EntryKey, tuple[str, ...]]
    kept: Collection[str]
    """The codes that were not looked for: their comments stay."""
    is_adding: bool = True
    """Whether comments may come of checks that an entry has none of."""

    @classmethod
    def of(cls, file: CatalogFile, found: Sequence[Finding], *, whole: bool) -> _Notes:
        if file.data is None:
            return cls({}, {}, ())
        live = file.catalog.live
        keys = {entry.told_line: entry.key for entry in live}
        lines: dict[EntryKey, dict[str, None]] = {}
        for each in found:
            if each.path == file.path and each.line in keys and each.severity is not Severity.INFO:
                line = f"{FINDING} {each.code}: {' '.join(each.message.split())}"
                lines.setdefault(keys[each.line], {})[line] = None
        told = {key: tuple(those) for key, those in lines.items()}
        return cls({entry.key: entry for entry in live}, told, () if whole else COMPARED)

    def into(self, catalog: Catalog | None) -> Catalog | None:
        """Put them into a catalog; None if all of them are there, and no others."""
        if catalog is None:
            return None
        entries = tuple(map(self._at, catalog.entries))
        return None if entries == catalog.entries else replace(catalog, entries=entries)

    def _at(self, entry: Entry) -> Entry:
        checked = self.known.get(entry.key)
        if entry.obsolete or checked is None or said_in(checked) != said_in(entry):
            return entry
        lines, own = entry.extracted_comments, self.lines.get(entry.key, ())
        if not self.is_adding:
            told = set(map(noted_code, lines))
            own = tuple(line for line in own if noted_code(line) in told)
        others = (line for line in lines if not self._is_void(line))
        return replace(entry, extracted_comments=tuple(dict.fromkeys((*others, *own))))

    def _is_void(self, line: str) -> bool:
        code = noted_code(line)
        return code is not None and code not in self.kept
