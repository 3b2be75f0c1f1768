"""Articles to what need not be done again as long as nobody touches them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from polypage.errors import SourceError
from polypage.model import BuildOutcome, Status
from polypage.rules.its_files import counted_on
from polypage.runs.basis import basis_of, has_twins
from polypage.runs.belongings import Belongings
from polypage.runs.ledger import view_of
from polypage.runs.outcomes import Audited, Checked
from polypage.runs.registry import Registry
from polypage.runs.settled import Outcomes, Settled, settled
from polypage.runs.stages.auditing import prove_page
from polypage.runs.stages.batch import Batch, opened
from polypage.runs.stages.building import build_page
from polypage.runs.stages.checking import check_catalog
from polypage.runs.stages.extracting import extract_article
from polypage.runs.stages.remembering import identities
from polypage.runs.stages.updating import advised, update_catalog
from polypage.runs.stamps import Stamps, moment, stamp


def settle_batch(
    root: Path, slugs: Sequence[str], locales: Sequence[str], registry: Registry
) -> tuple[Settled, ...]:
    """Do all stages again, which remember what they did; return the articles where nothing changes.

    Nor may anybody have changed their files meanwhile: what came of the stages belongs to those.
    """
    with opened(root, holds=True) as batch:
        slugs = [slug for slug in slugs if not _counts_on_others(batch, slug)]
        now = moment(batch.project.state_dir)
        look = partial(_look, batch, slugs, now=now)
        before, basis = look(), basis_of(batch.project, batch.recipe)
        found = dict(_again(batch, slugs, locales, registry))
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
    batch: Batch, slugs: Sequence[str], locales: Sequence[str], registry: Registry
) -> Iterator[tuple[str, Outcomes]]:
    """Yield what comes of each article.

    Its catalogs are updated before any of its pages is looked at, whose stages share what they open.
    """
    chosen = batch.locales(locales)
    with advised(batch, locales) as advice:
        for slug in slugs:
            extracted = extract_article(batch, slug)
            updated = [update_catalog(batch, slug, *each) for each in advice.items()]
            pages = [_page_again(batch, slug, locale, registry) for locale in chosen]
            checked, built, audited = zip(*pages, strict=True)
            proven = tuple(each for each in audited if each is not None)
            yield slug, Outcomes(extracted, tuple(updated), checked, built, proven)


def _page_again(
    batch: Batch, slug: str, locale: str, registry: Registry
) -> tuple[Checked, BuildOutcome, Audited | None]:
    return (
        check_catalog(batch, slug, locale),
        build_page(batch, slug, locale, registry),
        prove_page(batch, slug, locale),
    )


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
