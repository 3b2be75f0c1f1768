"""An article in one language, from the project's files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from polypage.building.completeness import text
from polypage.checking.glossary import NO_TERMS, Glossary
from polypage.errors import GlossaryError, SettingsError
from polypage.model import Coverage, Finding, Segment, Target
from polypage.profiles import is_pseudo, profile
from polypage.runs.pages import Version
from polypage.runs.policy import policy_of
from polypage.runs.sources import Source
from polypage.runs.stages.batch import Batch, Material, failure
from polypage.runs.translations import Translations, made_up, retold, translate
from polypage.runs.urgency import urgency_of


def translations_of(batch: Batch, material: Material) -> Translations:
    """Check an article's translations and return them, those of what is inserted after its own.

    Raises:
        CatalogError: A catalog cannot be read.
        SettingsError: The locale's approved disclaimer makes no sense.
    """
    source, locale = material.source, material.locale
    if made := _made_here(batch, source, locale):
        return made
    segments, said = texts_of(source)
    glossary, problems = _terms(batch, material)
    approved = _approved(batch, locale)
    work = partial(
        translate,
        catalogs=material.catalogs,
        profile=profile(locale),
        source_locale=batch.source_locale,
        weights=batch.project.settings.checks.weights(locale),
        glossary=glossary,
        fuzzy=policy_of(source, locale).fuzzy,
        approved=approved,
    )
    found = work(segments, replaced=disclaimer_places(source) if approved else frozenset())
    note = work(said) if said else Translations((None,))
    return replace(
        found,
        findings=tuple(dict.fromkeys((*problems, *found.findings, *note.findings))),
        note=note.contents[0],
        kept_out=(*found.kept_out, *(len(segments) + place for place in note.kept_out)),
    )


def translations_again(
    batch: Batch, material: Material, kept_out: Collection[int], coverage: Coverage
) -> Translations:
    """Return what `translations_of` does, without findings, where it is known what came of them.

    Raises:
        CatalogError: A catalog cannot be read.
    """
    source, locale = material.source, material.locale
    if made := _made_here(batch, source, locale):
        return made
    segments, said = texts_of(source)
    contents = retold(
        (*segments, *said),
        material.catalogs,
        profile(locale),
        kept_out=kept_out,
        source_locale=batch.source_locale,
        fuzzy=policy_of(source, locale).fuzzy,
    )
    note = contents[-1] if said else None
    return Translations(contents[: len(segments)], coverage, note=note)


def untranslated(source: Source) -> Translations:
    """Return what a page in its source's own language has."""
    return Translations((None,) * len(texts_of(source)[0]))


def _made_here(batch: Batch, source: Source, locale: str) -> Translations | None:
    """Return the translations where no translator makes them."""
    if locale == batch.source_locale:
        return untranslated(source)
    return made_up(texts_of(source)[0], locale) if is_pseudo(locale) else None


def texts_of(source: Source) -> tuple[Sequence[Segment], Sequence[Segment]]:
    """Return the texts of a page with what is inserted, and the note on how much is translated."""
    return (*source.article.segments, *source.inserts), text(source.settings.publish).segments


def _approved(batch: Batch, locale: str) -> str:
    """Return the text of a locale's approved disclaimer; empty if there is none."""
    approval = batch.approval(locale).approval
    return approval.text if approval else ""


def disclaimer_places(source: Source) -> frozenset[int]:
    """Return which of the texts are the disclaimer."""
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


def _terms(batch: Batch, material: Material) -> tuple[Glossary, tuple[Finding, ...]]:
    """Return a locale's glossary; one that cannot be read is an error, and stops no page."""
    try:
        return material.glossary.glossary, ()
    except GlossaryError as error:
        return NO_TERMS, (failure(error, batch.project.root),)


def older_version_of(batch: Batch, source: Source, locale: str) -> Version:
    """Return what is known of the version that an older page was built as, whose catalog is gone.

    A page can be proven as that whichever file of its locale is broken.
    """
    found = untranslated(source)
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
