"""Which pages will stand, and what to do when one of them does not after all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from polypage.model import BuildOutcome, Status
from polypage.profiles import PSEUDO_LOCALES
from polypage.profiles import tag as tag_of
from polypage.project import SITE, Project, load
from polypage.runs.outcomes import Checked, Extracted
from polypage.runs.registry import Listing, Registry, register, without
from polypage.runs.stages.batch import unworkable

_ENDINGS = (".html", ".htm")


def plan(root: Path, extracted: Sequence[Extracted], checked: Sequence[Checked]) -> Registry:
    """Say which pages will stand after the build, from the outcomes of ALL articles.

    A page that is not among the checked ones, or is held, stands if it was built before and is not
    withdrawn.
    """
    project = load(root)
    publishable = {(one.slug, tag_of(one.locale)) for one in checked if one.publishable}
    withdrawn = {(one.slug, tag_of(one.locale)) for one in checked if one.withdrawn}
    tags = [tag_of(locale) for locale in _locales(project)]
    return register(
        dict(_left_alone(project, tags))
        | {
            outcome.slug: Listing(
                source=_below_sources(project, outcome.slug),
                tags=frozenset(
                    tag
                    for tag in tags
                    if (outcome.slug, tag) in publishable
                    or (
                        (outcome.slug, tag) not in withdrawn
                        and project.page_path(outcome.slug, tag).is_file()
                    )
                ),
                addresses=_absolute(outcome.facts.addresses),
            )
            for outcome in extracted
            if outcome.slug != SITE
        },
        source_tag=tags[0],
        base_url=project.settings.project.base_url,
        assets=assets(project),
    )


def unsettled(
    registry: Registry, built: Sequence[BuildOutcome]
) -> tuple[Registry, tuple[str, ...]] | None:
    """Return the corrected registry and the articles to build again, or None when all is well.

    A page that was counted on but failed its proof is no longer linked to. Each round takes pages
    away, so there is a last one.
    """
    settled = registry
    for page in built:
        tag = tag_of(page.locale)
        if not page.standing and tag in settled.listings[page.slug].tags:
            settled = without(settled, page.slug, tag)
    if settled is registry:
        return None
    return settled, tuple(dict.fromkeys(page.slug for page in built))


def replace_outcomes(
    earlier: Sequence[BuildOutcome], later: Sequence[BuildOutcome]
) -> tuple[BuildOutcome, ...]:
    """Put the outcomes of a further round in the places of the earlier ones."""
    news = {(page.slug, page.locale): page for page in later}
    return tuple(_latest(page, news.get((page.slug, page.locale), page)) for page in earlier)


def assets(project: Project) -> Iterator[str]:
    """Yield the files below the source folder that are no articles; hidden ones are none."""
    for parent, folders, names in os.walk(project.source_dir):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and not name.lower().endswith(_ENDINGS):
                yield (Path(parent) / name).relative_to(project.source_dir).as_posix()


def _left_alone(project: Project, tags: Sequence[str]) -> Iterator[tuple[str, Listing]]:
    """Yield the pages that stand though the names of their sources make them no articles now."""
    for slug, _ in unworkable(project):
        standing = frozenset(tag for tag in tags if project.page_path(slug, tag).is_file())
        if standing and slug != SITE:
            yield slug, Listing(_below_sources(project, slug), standing)


def _locales(project: Project) -> tuple[str, ...]:
    settings = project.settings.project
    # Pseudo-locales may have pages though the settings do not name them.
    return tuple(dict.fromkeys((settings.source_locale, *settings.locales, *PSEUDO_LOCALES)))


def _below_sources(project: Project, slug: str) -> str:
    return project.source_path(slug).relative_to(project.source_dir).as_posix()


def _absolute(addresses: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in addresses if each.lower().startswith(("http://", "https://")))


def _latest(earlier: BuildOutcome, later: BuildOutcome) -> BuildOutcome:
    # Written in the first round and found up to date in the second: it was published all the same.
    if earlier.status is Status.PUBLISHED and later.status is Status.UNCHANGED:
        return earlier
    # The page that was withdrawn in the first round is not there in the second.
    if earlier.status is Status.RECALLED and later.status in (Status.HELD, Status.FAILED):
        return earlier
    return replace(later, written=later.written or earlier.written)
