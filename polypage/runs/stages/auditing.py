"""The proof of pages that stand on the site."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from polypage.errors import CatalogError
from polypage.files import read_if_exists
from polypage.model import BuildOutcome, Coverage, Finding, Severity, Target
from polypage.profiles import tag
from polypage.runs.outcomes import Audited
from polypage.runs.pages import Version, proof_of
from polypage.runs.registry import edition
from polypage.runs.stages.batch import Batch, Material, opened
from polypage.runs.stages.checking import judged
from polypage.runs.stages.versions import target_of, translations_again, untranslated, version_of

log = logging.getLogger(__name__)

_OUTDATED = frozenset(("notice-disclaimer-changed", "notice-disclaimer-language"))


def audit_batch(root: Path, slugs: Sequence[str], locales: Sequence[str]) -> tuple[Audited, ...]:
    """Prove the pages that stand on the site from their bytes; one outcome per page there is."""
    with opened(root) as batch:
        chosen = batch.locales(locales)
        proven = (prove_page(batch, slug, locale) for slug in slugs for locale in chosen)
        return tuple(outcome for outcome in proven if outcome is not None)


def remember_proof(batch: Batch, material: Material, page: bytes, outcome: BuildOutcome) -> None:
    """Remember that these bytes are proven to be the page, so that it is not done twice."""
    audited = Audited(outcome.slug, outcome.locale, outcome.path, outcome.findings)
    inputs = batch.digest(material.identity, page)
    batch.state.keep("audit", f"{outcome.slug}/{outcome.locale}", inputs, audited)


def prove_page(batch: Batch, slug: str, locale: str) -> Audited | None:
    """Prove one page that stands on the site, as `audit_batch` does; None: there is none."""
    path = batch.project.page_path(slug, tag(locale))
    place = batch.relative(path)

    def failed(failure: Finding) -> Audited | None:
        return Audited(slug, locale, place, failure=failure)

    return batch.attempt(partial(_audit, batch, slug, locale, path), failed, path=place)


def _audit(batch: Batch, slug: str, locale: str, path: Path) -> Audited | None:
    page = read_if_exists(path)
    if page is None:
        return None
    material, place = batch.material(slug, locale), batch.relative(path)
    inputs = batch.digest(material.identity, page)
    known = batch.state.find("audit", f"{slug}/{locale}", inputs, Audited)
    if known is not None:
        return known
    version, current = _expected(batch, material)
    findings = proof_of(version, page, path=place, current=current)
    audited = Audited(
        slug, locale, place, findings if current else tuple(map(_of_older_page, findings))
    )
    batch.state.keep("audit", f"{slug}/{locale}", inputs, audited)
    log.info("%s %s", "proven" if audited.proven else "NOT proven", place)
    return audited


def _expected(batch: Batch, material: Material) -> tuple[Version, bool]:
    """Return the version that a page is at most, and whether it can be built already.

    A page that is held was built from an older catalog; so was one whose catalog is broken.
    """
    source, locale = material.source, material.locale
    try:
        known = judged(batch, material)
        found = translations_again(batch, material, known.kept_out, known.checked.coverage)
        current = known.checked.publishable
    except CatalogError:
        current, found = False, untranslated(source)
    version = version_of(batch, source, locale, found, _target(batch, source.slug, locale))
    return replace(version, coverage=_IN_PART), current


_IN_PART = Coverage(words=1)
"""A page may say how much of it is translated: it may have been less when it was built."""


def _target(batch: Batch, slug: str, locale: str) -> Target:
    """Return what a page is built for at most: it may lead to any language of the project.

    Which ones had a page when it was built is not known any more.
    """
    target = target_of(batch, locale)
    tags = map(tag, batch.locales(batch.project.settings.project.locales))
    return replace(target, editions=tuple(edition(slug, target.tag, other) for other in tags))


def _of_older_page(finding: Finding) -> Finding:
    """Say less about the words of an older page: they were right when it was built."""
    if finding.code in _OUTDATED:
        return replace(finding, severity=Severity.INFO)
    return finding
