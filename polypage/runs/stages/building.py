"""Articles and catalogs to proven pages."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from polypage.building.banner import without_banner
from polypage.building.twins import NO_TWINS
from polypage.model import BuildOutcome, Finding, Severity, Status, Target
from polypage.profiles import is_pseudo, tag
from polypage.runs.outcomes import STAYS, Checked, Extracted, first_error, is_error
from polypage.runs.pages import page_of, proof_of
from polypage.runs.registry import (
    Registry,
    address,
    alternates,
    dead,
    editions,
    languages,
    links,
    missing,
)
from polypage.runs.sources import Source
from polypage.runs.stages.auditing import remember_proof
from polypage.runs.stages.batch import Batch, opened
from polypage.runs.stages.checking import judged
from polypage.runs.stages.extracting import facts_of
from polypage.runs.stages.recalling import kept_back
from polypage.runs.stages.versions import target_of, translations_again, version_of
from polypage.runs.state import digest

log = logging.getLogger(__name__)


def build_batch(
    root: Path,
    slugs: Sequence[str],
    locales: Sequence[str],
    registry: Registry,
    *,
    rehearsal: Path | None = None,
) -> tuple[BuildOutcome, ...]:
    """Build, prove and publish pages; one outcome per slug and locale, the source's first.

    In a rehearsal the outcomes say what would become of them.
    """
    with opened(root, rehearsal=rehearsal) as batch:
        chosen = batch.locales(locales)
        return tuple(
            build_page(batch, slug, locale, registry) for slug in slugs for locale in chosen
        )


def unread(
    root: Path,
    extracted: Sequence[Extracted],
    locales: Sequence[str],
    *,
    rehearsal: Path | None = None,
) -> tuple[BuildOutcome, ...]:
    """Say of the articles that cannot be read what becomes of their pages, as `build_batch` does.

    They stay, urgent ones too: what is said of a page is compared with its source.
    """
    stopped = [(one.slug, one.failure) for one in extracted if one.failure]
    if not stopped:
        return ()
    with opened(root, rehearsal=rehearsal) as batch:
        return tuple(
            outcome
            for slug, failure in stopped
            for outcome in _unread(batch, slug, batch.locales(locales), failure)
        )


def _unread(
    batch: Batch, slug: str, locales: Sequence[str], failure: Finding
) -> Iterator[BuildOutcome]:
    paths = [batch.project.page_path(slug, tag(locale)) for locale in locales]
    standing = [path for path in paths if batch.site.read(path) is not None]
    places = ", ".join(map(batch.relative, standing))
    remedy = (
        "mend the source page" if failure.code == "source-unreadable" else "mend what stopped it"
    )
    doubt = replace(
        failure,
        message=f"nobody knows whether what stands is still right: {places}; {remedy}",
        line=None,
    )
    for locale, path in zip(locales, paths, strict=True):
        reason, stands = f"{failure.path}: {failure.message}", path in standing
        yield BuildOutcome(
            slug,
            locale,
            Status.FAILED,
            batch.relative(path),
            f"{reason}; nobody knows whether it is still right; {STAYS}" if stands else reason,
            findings=(doubt,) if stands else (failure,),
            standing=stands,
        )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of a build."""

    outcome: BuildOutcome
    page: str = ""
    """The digest of the page that was published, if one was."""


def build_page(batch: Batch, slug: str, locale: str, registry: Registry) -> BuildOutcome:
    """Build, prove and publish one page, as `build_batch` does."""
    path = batch.project.page_path(slug, tag(locale))
    place = batch.relative(path)

    def failed(failure: Finding, outcome: BuildOutcome | None = None) -> BuildOutcome:
        reason = f"{failure.path}: {failure.message}"
        standing = batch.site.read(path) is not None
        reason = f"{reason}; {STAYS}" if outcome and standing else reason
        return BuildOutcome(
            slug,
            locale,
            Status.FAILED,
            place,
            reason,
            findings=(failure,),
            standing=standing,
        )

    outcome = batch.attempt(partial(_build, batch, slug, locale, registry), failed, path=place)
    if outcome.status in (Status.HELD, Status.FAILED):
        outcome = batch.attempt(
            partial(kept_back, batch, outcome, registry),
            partial(failed, outcome=outcome),
            path=place,
        )
    log.info("%s %s%s", outcome.status, place, f": {outcome.reason}" if outcome.reason else "")
    return outcome


def _build(batch: Batch, slug: str, locale: str, registry: Registry) -> BuildOutcome:
    material = batch.material(slug, locale)
    source, found = material.source, judged(batch, material)
    checked = found.checked
    target = _linked(batch, source, locale, registry)
    lacking = _lacking(batch, source, locale, registry)
    path = batch.project.page_path(slug, target.tag)
    outcome = BuildOutcome(
        slug, locale, Status.UNCHANGED, batch.relative(path), coverage=checked.coverage
    )
    if checked.hold:
        wrong = _about_the_page(checked, source.path, outcome.path)
        return replace(outcome, status=Status.HELD, reason=checked.hold, findings=wrong)
    inputs = batch.digest(material.identity, repr(target), *(each.message for each in lacking))
    known = batch.state.find("build", f"{slug}/{locale}", inputs, _Known)
    present = batch.site.read(path)
    if known and known.outcome.status is Status.HELD:
        return known.outcome
    if known and known.page == digest(present or b""):
        return known.outcome
    made = translations_again(batch, material, found.kept_out, checked.coverage)
    version = version_of(batch, source, locale, made, target)
    page = page_of(version)
    problems = proof_of(version, page, path=outcome.path)
    if reason := first_error(problems):
        held = replace(outcome, status=Status.HELD, reason=reason, findings=problems)
        batch.state.keep("build", f"{slug}/{locale}", inputs, _Known(held))
        return held
    outcome = replace(outcome, findings=(*problems, *lacking))
    written = batch.site.put(path, page)
    batch.state.keep("build", f"{slug}/{locale}", inputs, _Known(outcome, digest(page)))
    remember_proof(batch, material, page, outcome)
    if not written:
        return outcome
    return replace(outcome, status=Status.PUBLISHED, reason=_news(present), written=True)


def _news(present: bytes | None) -> str:
    """Say why a page is written."""
    if present is None:
        return "new"
    return "whole again" if without_banner(present) != present else "changed"


def _linked(batch: Batch, source: Source, locale: str, registry: Registry) -> Target:
    """Return what a page is built for, with its place among the published pages."""
    target = target_of(batch, locale)
    written = facts_of(batch, source).links
    is_translated = target.tag != target.source_tag and not is_pseudo(locale)
    twins = batch.twins(locale, registry.assets) if is_translated else NO_TWINS
    return replace(
        target,
        url=address(registry, source.slug, target.tag),
        alternates=alternates(registry, source.slug),
        editions=editions(registry, source.slug, target.tag),
        links=links(registry, source.slug, target.tag, written, twins),
        link_tags=languages(registry, source.slug, target.tag, written, twins),
    )


def _lacking(batch: Batch, source: Source, locale: str, registry: Registry) -> tuple[Finding, ...]:
    """Tell of pictures and articles that are not there: once, with the source's own page."""
    if locale != batch.source_locale:
        return ()
    written = facts_of(batch, source).links
    pictures = missing(registry, source.slug, written)
    return (
        *(_missing_picture(source, value) for value in pictures),
        *(_dead_link(source, value) for value in dead(registry, source.slug, written)),
    )


def _missing_picture(source: Source, value: str) -> Finding:
    message = f"the picture {value!r} is not there; put it below source_articles, or mend the link"
    return Finding(
        "picture-missing", Severity.WARNING, message, source.path, _line_of(source, value)
    )


def _dead_link(source: Source, value: str) -> Finding:
    message = f"the link to {value!r} leads to no article; mend it, or link to the page's address"
    return Finding("link-missing", Severity.WARNING, message, source.path, _line_of(source, value))


def _line_of(source: Source, value: str) -> int:
    slots = source.article.skeleton.slots
    start = next(slot.span.start for slot in slots if slot.value == value)
    return source.document.lines.at(start)


def _about_the_page(checked: Checked, *paths: str) -> tuple[Finding, ...]:
    """Return the errors that no translator can mend in the catalog."""
    return tuple(found for found in checked.findings if is_error(found) and found.path in paths)
