"""A project's way from one segmentation to the other: catalogs, settings and templates.

    plan = survey(Path("clinic"), to="sentence")     what would become of the catalogs
    done = perform(Path("clinic"), to="sentence")    the same, written
    lines(done, Page())                              before and after, by locale

Either all catalogs are moved or none: as long as one of them, or an article, cannot be read,
nothing is written. How translations are cut and joined is told in `polypage.reuse.migrate`.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polypage.errors import SettingsError
from polypage.files import read_file, write_atomically
from polypage.model import Coverage, Finding, Segmentation
from polypage.oneline import visible
from polypage.project import SETTINGS_FILE, load
from polypage.runs import records
from polypage.runs.pipeline import exclusive
from polypage.runs.report import VERSION, Page, place
from polypage.runs.stages.extracting import extract_batch, extract_site, misnamed
from polypage.runs.stages.migrating import Migrated, migrate_catalogs
from polypage.tomlfile import with_value


@dataclass(frozen=True, slots=True)
class Migration:
    """What becomes, or became, of a project's catalogs."""

    to: Segmentation
    catalogs: tuple[Migrated, ...] = ()
    refused: tuple[Finding, ...] = ()
    """Pages whose names make them no articles."""
    written: bool = False
    """Whether it is done: catalogs, settings, templates."""

    @property
    def failures(self) -> tuple[Finding, ...]:
        stopped = (catalog.failure for catalog in self.catalogs if catalog.failure)
        return (*self.refused, *stopped)

    @property
    def exit_status(self) -> int:
        """0 when all can be or is moved, 1 otherwise."""
        return 1 if self.failures else 0


def survey(root: Path, *, to: Segmentation) -> Migration:
    """Say what would become of the catalogs; nothing is written.

    Raises:
        PolypageError: The settings make no sense.
    """
    refused = tuple(each.failure for each in misnamed(root) if each.failure)
    return Migration(to, migrate_catalogs(root, load(root).articles().slugs, to), refused)


def perform(root: Path, *, to: Segmentation) -> Migration:
    """Move the catalogs, change the setting, write the templates.

    Raises:
        PolypageError: The settings make no sense or cannot be changed, or a run is at work.
    """
    with exclusive(root) as project:
        plan = survey(root, to=to)
        if plan.failures:
            return plan
        path = root / SETTINGS_FILE
        settings = _with_segmentation(path, to)
        slugs = project.articles().slugs
        moved = Migration(to, migrate_catalogs(root, slugs, to, write=True), written=True)
        write_atomically(path, settings)
        extract_site(root, extract_batch(root, slugs))
        return moved


def _with_segmentation(path: Path, to: Segmentation) -> bytes:
    """Return the settings file with another segmentation, and nothing else changed."""
    data = read_file(path)
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    changed = with_value(data.decode("utf-8-sig"), "extract", "segmentation", to)
    if changed is None:
        remedy = f'write segmentation = "{to}" into [extract] yourself, and do this again'
        raise SettingsError(path, "the segmentation cannot be changed from here", remedy=remedy)
    return mark + changed.encode()


# --- as text ----------------------------------------------------------------------------------


def lines(migration: Migration, page: Page) -> Iterator[str]:
    """Yield what could not be read, before and after by locale, and what to do next."""
    if migration.failures:
        yield page.paint("Could not be worked on", "error")
        for failure in migration.failures[: page.most]:
            yield f"  {page.paint(place(failure), 'strong')}: {visible(failure.message)}"
        if len(migration.failures) > page.most:
            more = f"  … and {len(migration.failures) - page.most} more; --format json names them"
            yield page.paint(more, "faint")
        yield ""
    yield from _table(migration, page)
    yield page.paint(_next(migration), "error" if migration.failures else "good")


def _table(migration: Migration, page: Page) -> Iterator[str]:
    rows = [_row(locale, found) for locale, found in _by_locale(migration).items()]
    heads = ("locale", "entries", "fuzzy", "translated", "in words", "carried", "to review", "open")
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for n, row in enumerate((heads, *rows)):
        cells = (f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        line = "   ".join((f"{row[0]:<{widths[0]}}", *cells))
        yield line if n else page.paint(line, "faint")
    yield ""


def _by_locale(migration: Migration) -> dict[str, list[Migrated]]:
    found: dict[str, list[Migrated]] = {}
    for catalog in migration.catalogs:
        if catalog.failure is None:
            found.setdefault(catalog.locale, []).append(catalog)
    return found


def _row(locale: str, catalogs: list[Migrated]) -> tuple[str, ...]:
    before = sum((each.before for each in catalogs), Coverage())
    after = sum((each.after for each in catalogs), Coverage())
    changes = (
        (before.entries, after.entries),
        (before.fuzzy, after.fuzzy),
        (before.translated, after.translated),
        (before.translated_words, after.translated_words),
    )
    counts = (
        sum(each.carried for each in catalogs),
        sum(each.fuzzy for each in catalogs),
        sum(each.open for each in catalogs),
    )
    told = [f"{one:,} → {other:,}" for one, other in changes]
    return (locale, *told, *(f"{count:,}" for count in counts))


def _next(migration: Migration) -> str:
    if migration.written and migration.failures:
        return "not all catalogs are moved: do it again when those above can be"
    if migration.failures:
        return "nothing is written: all must be readable first"
    if migration.written:
        return f'moved; {SETTINGS_FILE} now says segmentation = "{migration.to}"'
    return f"nothing is written yet: polypage migrate --to {migration.to} --write does it"


# --- JSON -------------------------------------------------------------------------------------


def to_json(migration: Migration) -> str:
    """Write all that becomes of the catalogs as JSON."""
    report = {
        "version": VERSION,
        "command": "migrate",
        "good": migration.exit_status == 0,
        "to": migration.to,
        "written": migration.written,
        "catalogs": [_plain(catalog) for catalog in migration.catalogs],
        "failures": [records.plain(failure) for failure in migration.failures],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _plain(catalog: Migrated) -> dict[str, Any]:
    plain: dict[str, Any] = records.plain(catalog)
    for when, coverage in (("before", catalog.before), ("after", catalog.after)):
        plain[when]["ratio"] = round(coverage.ratio, 4)
    return plain
