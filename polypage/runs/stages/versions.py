"""An article in one language, from the project's files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from polypage.building.completeness import text
from polypage.checking.glossary import NO_TERMS, Glossary
from polypage.errors import GlossaryError, SettingsError
from polypage.model import Domain, Finding, Target
from polypage.profiles import is_pseudo, profile
from polypage.project import SITE
from polypage.runs.pages import Version
from polypage.runs.policy import policy_of
from polypage.runs.sources import CatalogFile, Source
from polypage.runs.stages.batch import Batch, failure
from polypage.runs.translations import Translations, made_up, translate
from polypage.runs.urgency import urgency_of


def translations_of(
    batch: Batch,
    source: Source,
    locale: str,
    catalogs: Mapping[Domain, CatalogFile] | None = None,
) -> Translations:
    """Return an article's translations, those of what is inserted after its own.

    They are taken from the catalogs given, or else from the project's.

    Raises:
        CatalogError: A catalog cannot be read.
        SettingsError: The locale's approved disclaimer makes no sense.
    """
    segments = (*source.article.segments, *source.inserts)
    if locale == batch.source_locale:
        return Translations((None,) * len(segments))
    if is_pseudo(locale):
        return made_up(segments, locale)
    glossary, problems = _terms(batch, locale)
    approved = _approved(batch, locale)
    in_files = catalogs or {
        "article": batch.catalog(source.slug, locale),
        "site": batch.catalog(SITE, locale),
    }
    work = partial(
        translate,
        catalogs=in_files,
        profile=profile(locale),
        source_locale=batch.source_locale,
        weights=batch.project.settings.checks.weights(locale),
        glossary=glossary,
        fuzzy=policy_of(source, locale).fuzzy,
        approved=approved,
    )
    found = work(segments, replaced=_replaced(source) if approved else frozenset())
    said = text(source.settings.publish).segments
    note = work(said) if said else Translations((None,))
    findings = dict.fromkeys((*problems, *found.findings, *note.findings))
    return replace(found, findings=tuple(findings), note=note.contents[0])


def _approved(batch: Batch, locale: str) -> str:
    """Return the text of a locale's approved disclaimer; empty if there is none."""
    approval = batch.approval(locale).approval
    return approval.text if approval else ""


def _replaced(source: Source) -> frozenset[int]:
    """Return the places of the texts that an approved disclaimer stands for."""
    spans = source.notice.disclaimers
    own = source.article.segments
    within = (
        place
        for place, segment in enumerate(own)
        if any(span.start <= segment.span.start and segment.span.end <= span.end for span in spans)
    )
    # What is inserted is the disclaimer, then the line with the link.
    inserted = [len(own)] if source.notice.disclaimer_shell and source.inserts else []
    return frozenset((*within, *inserted))


def _terms(batch: Batch, locale: str) -> tuple[Glossary, tuple[Finding, ...]]:
    """Return a locale's glossary; one that cannot be read is an error, and stops no page."""
    try:
        return batch.glossary(locale).glossary, ()
    except GlossaryError as error:
        return NO_TERMS, (failure(error, batch.project.root),)


def older_version_of(batch: Batch, source: Source, locale: str) -> Version:
    """Return what is known of the version that an older page was built as, whose catalog is gone.

    A page can be proven as that whichever file of its locale is broken.
    """
    found = translations_of(batch, source, batch.source_locale)
    try:
        approved = _approved(batch, locale)
    except SettingsError:
        approved = ""
    return _version(batch, source, locale, found, approved)


def version_of(
    batch: Batch, source: Source, locale: str, found: Translations, target: Target | None = None
) -> Version:
    """Return an article with its translations, for a page without links if there is no target.

    Raises:
        SettingsError: The locale's approved disclaimer makes no sense.
    """
    return _version(batch, source, locale, found, _approved(batch, locale), target)


def _version(
    batch: Batch,
    source: Source,
    locale: str,
    found: Translations,
    approved: str,
    target: Target | None = None,
) -> Version:
    own = len(source.article.segments)
    return Version(
        source,
        target or target_of(batch, locale),
        found.contents[:own],
        inserted=found.contents[own:],
        approved=approved or None,
        mark=_mark(batch, source, locale),
        note=found.note,
        coverage=found.coverage,
    )


def _mark(batch: Batch, source: Source, locale: str) -> str:
    """Return what a page says of what it was made of; one for no readers says nothing."""
    if locale == batch.source_locale or is_pseudo(locale):
        return ""
    urgency = urgency_of(source, policy_of(source, locale))
    return urgency.mark if urgency else ""


def target_of(batch: Batch, locale: str) -> Target:
    """Return what a page is built for, without its place among the others."""
    own, source = profile(locale), batch.source_profile
    return Target(
        tag=own.tag,
        direction=own.direction,
        og_locale=own.og_locale,
        source_tag=source.tag,
        source_direction=source.direction,
    )
