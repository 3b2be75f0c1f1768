"""Articles to what need not be done again as long as nobody touches them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from polypage.errors import SourceError
from polypage.model import Status
from polypage.rules.its_files import counted_on
from polypage.runs.basis import basis_of, has_twins
from polypage.runs.belongings import Belongings
from polypage.runs.ledger import view_of
from polypage.runs.registry import Registry
from polypage.runs.settled import Outcomes, Settled, settled
from polypage.runs.stages.auditing import audit_batch
from polypage.runs.stages.batch import Batch, opened
from polypage.runs.stages.building import build_batch
from polypage.runs.stages.checking import check_batch
from polypage.runs.stages.extracting import extract_batch
from polypage.runs.stages.remembering import identities
from polypage.runs.stages.updating import update_batch
from polypage.runs.stamps import Stamps, moment, stamp

T = TypeVar("T")


def settle_batch(
    root: Path, slugs: Sequence[str], locales: Sequence[str], registry: Registry
) -> tuple[Settled, ...]:
    """Do all stages again, which remember what they did; return the articles where nothing changes.

    Nor may anybody have changed their files meanwhile: what came of the stages belongs to those.
    """
    with opened(root) as batch:
        slugs = [slug for slug in slugs if not _counts_on_others(batch, slug)]
        now = moment(batch.project.state_dir)
        look = partial(_look, batch, slugs, now=now)
        before, basis = look(), basis_of(batch.project, batch.recipe)
        found = dict(_again(root, slugs, locales, registry))
        advice, twins = identities(batch, locales), has_twins(batch.project)
        after = look(before)
        same = basis_of(batch.project, batch.recipe, basis).identity == basis.identity
        return tuple(
            settled(
                slug,
                page=batch.relative(batch.project.source_path(slug)),
                basis=basis.identity,
                view=view_of(registry, found[slug].extracted, has_twins=twins),
                stamps=before[slug],
                outcomes=_advised(found[slug], advice),
            )
            for slug in slugs
            if same and before[slug] == after[slug] and _is_settled(found[slug])
        )


def _look(
    batch: Batch, slugs: Sequence[str], before: dict[str, Stamps] | None = None, *, now: int
) -> dict[str, Stamps]:
    known, own = before or {}, Belongings(batch.project)
    return {slug: stamp(own.of(slug), known.get(slug, Stamps()), now=now) for slug in slugs}


def _again(
    root: Path, slugs: Sequence[str], locales: Sequence[str], registry: Registry
) -> Iterator[tuple[str, Outcomes]]:
    extracted = extract_batch(root, slugs)
    updated = _by_slug(update_batch(root, slugs, locales))
    checked = _by_slug(check_batch(root, slugs, locales))
    built = _by_slug(build_batch(root, slugs, locales, registry))
    audited = _by_slug(audit_batch(root, slugs, locales))
    for one in extracted:
        own = one.slug
        in_locales = updated.get(own, ()), checked.get(own, ()), built.get(own, ())
        yield own, Outcomes(one, *in_locales, audited.get(own, ()))


def _by_slug(outcomes: Sequence[T]) -> dict[str, tuple[T, ...]]:
    slug = attrgetter("slug")
    return {own: tuple(group) for own, group in groupby(outcomes, slug)}


def _advised(outcomes: Outcomes, advice: Mapping[str, str | None]) -> Outcomes:
    """Note what the memory was, where there are entries that it might help."""
    wanting = (one.locale for one in outcomes.updated if not one.complete)
    return replace(outcomes, advice=tuple((locale, advice[locale] or "") for locale in wanting))


def _is_settled(outcomes: Outcomes) -> bool:
    """Say whether nothing was written, and nothing failed."""
    written = [
        outcomes.extracted.written,
        *(one.written for one in outcomes.updated),
        *(page.written for page in outcomes.built),
    ]
    failures = [
        outcomes.extracted.failure,
        *(one.failure for one in outcomes.updated),
        *(one.failure for one in outcomes.checked),
        *(one.failure for one in outcomes.audited),
    ]
    failed = [page.status is Status.FAILED for page in outcomes.built]
    return not any((*written, *failures, *failed))


def _counts_on_others(batch: Batch, slug: str) -> bool:
    """Say whether a page's rules lie in other files, so that its own do not tell what it is."""
    try:
        source = batch.source(slug)
    except SourceError:
        return True
    return bool(source.load and counted_on(source.data, path=source.path, load=source.load))
