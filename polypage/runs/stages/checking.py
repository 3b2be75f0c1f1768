"""Catalogs to findings, coverage, and the word whether their pages may be built."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from polypage.limits import admits
from polypage.model import Backlog, Coverage, Finding, Severity
from polypage.profiles import is_pseudo, tag
from polypage.project import SITE
from polypage.runs.localefiles import CatalogFile
from polypage.runs.outcomes import Checked, first_error, is_error, told_errors
from polypage.runs.policy import policy_of
from polypage.runs.sources import Source
from polypage.runs.stages.batch import Batch, Material, opened

if TYPE_CHECKING:
    from polypage.runs.translations import Translations

# Imported when there is something to check, so that `polypage status` starts sooner.
# ruff: noqa: PLC0415

log = logging.getLogger(__name__)


def check_batch(
    root: Path, slugs: Sequence[str], locales: Sequence[str], *, rehearsal: Path | None = None
) -> tuple[Checked, ...]:
    """Check catalogs and measure pages; one outcome per slug and locale, the source's first.

    Nothing is written. Of `SITE` only the coverage is told: its findings are with the articles, and
    what has errors is known to `measure_site`.
    """
    with opened(root, rehearsal=rehearsal) as batch:
        chosen = batch.locales(locales)
        return tuple(check_catalog(batch, slug, locale) for slug in slugs for locale in chosen)


def measure_site(
    root: Path, locales: Sequence[str], found: Iterable[Finding]
) -> tuple[Checked, ...]:
    """Measure the site's catalogs, given what was found in them with all articles."""
    wrong: dict[str, set[int]] = {}
    for finding in filter(is_error, found):
        if finding.line:
            wrong.setdefault(finding.path, set()).add(finding.line)
    with opened(root) as batch:
        return tuple(
            attempted(batch, SITE, locale, partial(_measure_site, batch, SITE, locale, wrong))
            for locale in batch.locales(locales)
        )


def check_catalog(batch: Batch, slug: str, locale: str) -> Checked:
    """Check one catalog, as `check_batch` does."""
    work = _measure_site if slug == SITE else check_one
    return attempted(batch, slug, locale, partial(work, batch, slug, locale))


@dataclass(frozen=True, slots=True)
class Judged:
    """What checking an article in a locale came to."""

    checked: Checked
    kept_out: tuple[int, ...] = ()
    """As `polypage.runs.translations.Translations` has it."""


def check_one(batch: Batch, slug: str, locale: str) -> Checked:
    """Check one catalog, unless that is remembered.

    Raises:
        PolypageError: The source page or a catalog cannot be read.
    """
    return judged(batch, batch.material(slug, locale)).checked


def judged(batch: Batch, material: Material) -> Judged:
    """Check what a page is made of, unless that is remembered.

    Raises:
        CatalogError: A catalog cannot be read.
        SettingsError: The locale's approved disclaimer makes no sense.
    """
    name, inputs = f"{material.source.slug}/{material.locale}", batch.digest(material.identity)
    known = batch.state.find("check", name, inputs, Judged)
    if known is not None:
        return known
    from polypage.runs.stages.versions import translations_of

    found = outcome_of(batch, material, translations_of(batch, material))
    batch.state.keep("check", name, inputs, found)
    log.info("checked %s: %d findings", found.checked.path, len(found.checked.findings))
    return found


def attempted(batch: Batch, slug: str, locale: str, work: Callable[[], Checked]) -> Checked:
    """Return what comes of checking a catalog, or what stopped it, and what becomes of its page."""
    path = batch.relative(_path(batch, slug, locale))
    checked = batch.attempt(
        work,
        lambda failure: Checked(slug, locale, path, failure=failure),
        path=path,
    )
    standing = batch.project.page_path(slug, tag(locale)).is_file()
    checked = replace(checked, standing=standing)
    return checked if checked.publishable or not standing else _with_recall(batch, checked)


def _path(batch: Batch, slug: str, locale: str) -> Path:
    """Return the path of a catalog, or of what is there in its place."""
    project = batch.project
    if _has_catalogs(batch, locale):
        return project.catalog_path(slug, locale)
    return project.template_path(slug) if slug == SITE else project.source_path(slug)


def _has_catalogs(batch: Batch, locale: str) -> bool:
    return locale != batch.source_locale and not is_pseudo(locale)


def _with_recall(batch: Batch, checked: Checked) -> Checked:
    """Say of a page that is held back whether the older one that stands may stay."""
    from polypage.runs.stages.recalling import recall_of

    def recalled() -> Checked:
        recall = recall_of(batch, checked.slug, checked.locale)
        return replace(checked, recall=recall.reason, withdrawn=recall.withdraws)

    # Where the source page cannot be read, that has been said already.
    return batch.attempt(recalled, lambda _: checked, path=checked.path)


def _measure_site(
    batch: Batch,
    slug: str,
    locale: str,
    wrong: Mapping[str, Collection[int]] = MappingProxyType({}),
) -> Checked:
    """Measure a catalog by itself; `wrong` are the lines of errors, by path."""
    file = batch.catalog(slug, locale)
    lines = wrong.get(file.path, ())
    inputs = batch.digest(locale, file.identity, *map(str, sorted(lines)))
    known = batch.state.find("check", f"{slug}/{locale}", inputs, Checked)
    if known is not None:
        return known
    from polypage.catalogs.words import coverage_of

    coverage = coverage_of(file.catalog, wrong=lines)
    backlog = _backlog(batch, file, locale, lines)
    looked_at = coverage.translated + coverage.rejected
    path = batch.relative(_path(batch, slug, locale))
    checked = Checked(slug, locale, path, coverage, checked=looked_at, backlog=backlog)
    batch.state.keep("check", f"{slug}/{locale}", inputs, checked)
    return checked


def outcome_of(batch: Batch, material: Material, found: Translations) -> Judged:
    """Say what the translations of a page come to, and whether it may be built of them.

    Raises:
        PolypageError: A catalog, or the approved disclaimer, cannot be read.
    """
    from polypage.runs.pages import page_of, proof_of
    from polypage.runs.stages.recalling import unspoken
    from polypage.runs.stages.versions import version_of

    source, locale = material.source, material.locale
    findings = (
        *source.notice.findings,
        *_uncovered(batch, material),
        *unspoken(batch, source, locale),
        *found.findings,
    )
    hold = _hold(source, locale, found.coverage)
    if not hold:
        findings = (*findings, *_untranslated_disclaimer(batch, material, found))
        # Proven before other pages count on it; where its links lead makes no difference.
        version = version_of(batch, source, locale, found)
        page = batch.project.page_path(source.slug, version.target.tag)
        problems = proof_of(version, page_of(version), path=batch.relative(page))
        hold, findings = first_error(problems), (*findings, *problems)
    checked = Checked(
        source.slug,
        locale,
        material.own.path if _has_catalogs(batch, locale) else source.path,
        found.coverage,
        hold,
        checked=found.checked,
        backlog=_backlog(batch, material.own, locale, _wrong(material.own, findings)),
        findings=findings,
    )
    return Judged(checked, found.kept_out)


def _wrong(file: CatalogFile, findings: Sequence[Finding]) -> frozenset[int]:
    """Return the lines of a catalog's errors."""
    errors = filter(is_error, findings)
    return frozenset(each.line for each in errors if each.line and each.path == file.path)


def _backlog(batch: Batch, file: CatalogFile, locale: str, wrong: Collection[int]) -> Backlog:
    """Say what a translator has to do; who needs none has nothing to do."""
    if not _has_catalogs(batch, locale):
        return Backlog()
    from polypage.catalogs.backlog import backlog_of

    return backlog_of(file.catalog, wrong=wrong, language=batch.source_profile.language)


def _uncovered(batch: Batch, material: Material) -> Iterator[Finding]:
    """Yield what the locale's approved disclaimer was not approved for."""
    from polypage.building.notice import uncovered
    from polypage.runs.stages.versions import target_of

    if approval := material.approval.approval:
        target = target_of(batch, material.locale)
        yield from uncovered(material.source.notice, approval, target)


def _untranslated_disclaimer(
    batch: Batch, material: Material, found: Translations
) -> Iterator[Finding]:
    """Warn of a page that is published with its disclaimer in the source language.

    An entry that an error keeps out has that error, and is not told of again.
    """
    source, locale = material.source, material.locale
    if material.approval.approval or not _has_catalogs(batch, locale):
        return
    from polypage.runs.stages.versions import disclaimer_places, texts_of

    texts, _ = texts_of(source)
    # The same words for all locales, which reports then tell of at once.
    message = (
        f"the disclaimer is not translated, its readers get it in {batch.source_profile.name};"
        " translate it, or have a text approved"
    )
    for place in sorted(disclaimer_places(source) - {*found.kept_out}):
        text = texts[place]
        if found.contents[place] is None and admits(text.locales, tag(locale)):
            file = material.catalogs[text.domain]
            entry = file.live.get(text.key)
            line = entry.told_line if entry else None
            yield Finding(
                "notice-disclaimer-untranslated", Severity.WARNING, message, file.path, line
            )


def _hold(source: Source, locale: str, coverage: Coverage) -> str:
    """Say what keeps the page from being built, as far as that is known beforehand."""
    policy = policy_of(source, locale)
    if not admits(source.article.locales, tag(locale)):
        return "the page is for other locales, as its ITS locale filter says"
    if problem := first_error(source.notice.findings):
        return problem
    if policy.on_incomplete == "hold" and coverage.ratio < policy.min_coverage:
        # Rounded down and up, so that they are never said to be the same.
        have, wanted = int(coverage.ratio * 100), -int(-policy.min_coverage * 100 // 1)
        told = f"{have} % of its words are translated, {wanted} % are needed"
        return "; ".join(filter(None, (told, told_errors(coverage))))
    return ""
