"""The catalogs of one locale to what only all of them together tell."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from polypage.checking.checks import waived, weighed
from polypage.checking.consistency import Placed, compare
from polypage.errors import CatalogError
from polypage.model import Finding
from polypage.profiles import is_pseudo
from polypage.project import SITE
from polypage.runs.outcomes import Compared
from polypage.runs.stages.batch import Batch, opened

log = logging.getLogger(__name__)


def compare_batch(root: Path, locales: Sequence[str]) -> tuple[Compared, ...]:
    """Compare the translations of all articles; one outcome per locale.

    Nothing is written. Catalogs that cannot be read are left out: checking has told of them.
    """
    with opened(root) as batch:
        chosen = [locale for locale in locales if not is_pseudo(locale)]
        return tuple(_attempted(batch, locale) for locale in chosen)


def _attempted(batch: Batch, locale: str) -> Compared:
    return batch.attempt(
        lambda: Compared(locale, compared(batch, locale)),
        lambda failure: Compared(locale, failure=failure),
        path=batch.relative(batch.project.locales_dir / locale),
    )


def compared(batch: Batch, locale: str) -> tuple[Finding, ...]:
    """Compare the translations of one locale, as its catalogs have them and the settings ask."""
    placed = [*_placed(batch, locale)]
    answered = {
        (each.path, each.entry.told_line, code) for each in placed for code in waived(each.entry)
    }
    found = (
        finding
        for finding in compare(placed)
        if (finding.path, finding.line, finding.code) not in answered
    )
    log.info("compared %d entries of %s", len(placed), locale)
    return tuple(weighed(found, batch.project.settings.checks.weights(locale)))


def _placed(batch: Batch, locale: str) -> Iterator[Placed]:
    for slug in (*batch.project.articles().slugs, SITE):
        try:
            file = batch.catalog(slug, locale)
            entries = file.catalog.live
        except CatalogError:
            continue
        yield from (Placed(file.path, entry) for entry in entries)
