"""Which pages will stand, and what to do when one of them does not after all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from polypage.model import BuildOutcome, Status
from polypage.profiles import PSEUDO_LOCALES
from polypage.profiles import tag as tag_of
from polypage.project import SITE, Project, load
from polypage.runs.answers import fresh, notable
from polypage.runs.outcomes import Checked, Extracted
from polypage.runs.registry import Listing, Registry, register, without
from polypage.runs.stages.batch import unworkable

_ENDINGS = (".html", ".htm")


def plan(
    root: Path,
    extracted: Sequence[Extracted],
    checked: Sequence[Checked],
    *,
    standing: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Registry:
    """Say which pages will stand after the build, from the outcomes of ALL articles.

    A page that is not among the checked ones, or is held, stands if it was built before and is not
    withdrawn. Of some articles it may be known that their pages go on `standing` as they are, in
    these of the project's languages.
    """
    project = load(root)
    own, others = _tags(project)
    publishable: dict[str, list[str]] = {}
    withdrawn: dict[str, list[str]] = {}
    for check in fresh(checked):
        for kind, belongs in ((publishable, check.publishable), (withdrawn, check.withdrawn)):
            if belongs and check.slug not in standing:
                kind.setdefault(check.slug, []).append(tag_of(check.locale))

    def among(slug: str, tags: Iterable[str]) -> Iterator[str]:
        ready, going = publishable.get(slug, ()), withdrawn.get(slug, ())
        for tag in tags:
            is_there = tag not in going and project.page_path(slug, tag).is_file()
            if tag in ready or is_there:
                yield tag

    alike: dict[frozenset[str], frozenset[str]] = {}
    listings = dict(_left_alone(project, (*own, *others)))
    for one in extracted:
        if one.slug != SITE:
            known = standing.get(one.slug)
            tags = frozenset(among(one.slug, own) if known is None else known).union(
                among(one.slug, others)
            )
            listings[one.slug] = Listing(
                source=one.source.partition("/")[2],
                tags=alike.setdefault(tags, tags),
                addresses=_absolute(one.facts.addresses),
            )
    return register(
        listings,
        source_tag=own[0],
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
    for page in (page for page in notable(built) if not page.standing):
        tag = tag_of(page.locale)
        if tag in settled.listings[page.slug].tags:
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


def _tags(project: Project) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the languages of the project, and others in which pages may stand."""
    settings = project.settings.project
    own = dict.fromkeys(map(tag_of, (settings.source_locale, *settings.locales)))
    # Pseudo-locales may have pages though the settings do not name them.
    others = (tag for tag in map(tag_of, PSEUDO_LOCALES) if tag not in own)
    return tuple(own), tuple(tag for tag in others if (project.site_dir / tag).is_dir())


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
