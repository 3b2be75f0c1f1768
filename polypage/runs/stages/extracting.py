"""Articles to templates."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from polypage.catalogs.catalog import Catalog, serialize, template
from polypage.catalogs.templates import site_entries, template_entries
from polypage.catalogs.words import words_of
from polypage.errors import CatalogError
from polypage.files import write_atomically
from polypage.model import Entry
from polypage.project import SITE, load
from polypage.runs import records
from polypage.runs.idle import lacking
from polypage.runs.localefiles import CatalogFile, open_template
from polypage.runs.outcomes import Extracted, Facts
from polypage.runs.sources import Source, said_by_pages
from polypage.runs.stages.batch import Batch, failure, opened, unworkable
from polypage.runs.state import digest
from polypage.runs.urgency import recall_entries

log = logging.getLogger(__name__)


def extract_batch(
    root: Path, slugs: Sequence[str], *, write: bool = True, rehearsal: Path | None = None
) -> tuple[Extracted, ...]:
    """Write the templates of these articles; one outcome per slug.

    Without `write` the articles are only read, for what other stages need to know of them.
    """
    with opened(root, rehearsal=rehearsal) as batch:
        return tuple(extract_article(batch, slug, write=write) for slug in slugs)


def extract_article(batch: Batch, slug: str, *, write: bool = True) -> Extracted:
    """Write the template of one article, as `extract_batch` does."""
    source = batch.relative(batch.project.source_path(slug))
    path = batch.relative(batch.project.template_path(slug))
    return batch.attempt(
        partial(_extract, batch, slug, write=write),
        lambda failure: Extracted(slug, source, path, failure=failure),
        path=source,
    )


def extract_site(root: Path, extracted: Sequence[Extracted]) -> Extracted:
    """Write the template of the shared texts, given the outcomes of ALL articles."""
    with opened(root) as batch:
        path = batch.relative(batch.project.template_path(SITE))
        return batch.attempt(
            partial(_extract_site, batch, extracted),
            lambda failure: Extracted(SITE, "", path, failure=failure),
            path=path,
        )


def facts_of(batch: Batch, source: Source) -> Facts:
    """Return the facts about an article, from memory where that is quicker."""
    known = batch.state.find("extract", source.slug, _inputs(batch, source), _Known)
    return known.extracted.facts if known else _facts(source)


# --- an article -------------------------------------------------------------------------------


def misnamed(root: Path) -> tuple[Extracted, ...]:
    """Return what is to be said of pages whose names make them no articles."""
    project = load(root)
    return tuple(
        Extracted(
            slug,
            project.relative(Path(problem.path)),
            project.relative(project.template_path(slug)),
            failure=failure(problem, project.root),
        )
        for slug, problem in unworkable(project)
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of an extraction."""

    extracted: Extracted
    template: str = ""
    """The digest of the template that was written, if one was."""


def _extract(batch: Batch, slug: str, *, write: bool) -> Extracted:
    source = batch.source(slug)
    present = open_template(batch.project, slug)
    inputs = _inputs(batch, source)
    known = batch.state.find("extract", slug, inputs, _Known)
    if known and (not write or known.template == digest(present.data or b"")):
        return known.extracted
    extracted = _outcome(source, present.path)
    if not write:
        batch.state.keep("extract", slug, inputs, _Known(extracted))
        return extracted
    entries = template_entries(source.article, "article", with_lines=_with_lines(batch))
    data = _template(slug, entries, present, _last_change([batch.project.source_path(slug)]))
    written = write_atomically(batch.project.template_path(slug), data)
    batch.state.keep("extract", slug, inputs, _Known(extracted, digest(data)))
    log.info("extracted %s: %d entries, %d words", slug, extracted.entries, extracted.words)
    return replace(extracted, written=written)


def _inputs(batch: Batch, source: Source) -> str:
    return batch.digest(source.identity)


def _outcome(source: Source, path: str) -> Extracted:
    own = [segment for segment in source.article.segments if segment.domain == "article"]
    return Extracted(
        source.slug,
        source.path,
        path,
        entries=len({segment.key for segment in own}),
        words=words_of(own),
        facts=_facts(source),
        findings=source.article.findings,
    )


def _facts(source: Source) -> Facts:
    """Return the facts; where a page may be recalled one day, with what it will say then."""
    facts, recalls = replace(source.facts, lacking=lacking(source)), recall_entries(source)
    if not recalls:
        return facts
    share = (*facts.site_entries, *recalls)
    return replace(facts, site_entries=share, share=digest(records.write(share)))


# --- the texts that all articles share --------------------------------------------------------


def _extract_site(batch: Batch, extracted: Sequence[Extracted]) -> Extracted:
    present = open_template(batch.project, SITE)
    told = [(one.source, one.facts.share, one.failure is None) for one in extracted]
    places = sorted(range(len(told)), key=lambda place: told[place][0])
    shared = repr([told[place] for place in places])
    inputs = batch.digest(shared, present.identity)
    known = batch.state.find("extract", SITE, inputs, Extracted)
    if known is not None:
        return known
    made = _site_template(batch, extracted, places, present)
    settled = batch.digest(shared, open_template(batch.project, SITE).identity)
    batch.state.keep("extract", SITE, settled, replace(made, written=False))
    return made


def _site_template(
    batch: Batch, extracted: Sequence[Extracted], places: Sequence[int], present: CatalogFile
) -> Extracted:
    """Write the template from the shares of articles, of which `places` is the order."""
    shares = (_share(batch, extracted[place], present) for place in places)
    entries = (*said_by_pages(batch.project), *site_entries(shares))
    if not entries and present.data is None:
        return Extracted(SITE, "", present.path)
    sources = [batch.project.root / outcome.source for outcome in extracted if outcome.source]
    data = _template(SITE, entries, present, _last_change(sources))
    written = write_atomically(batch.project.template_path(SITE), data)
    made = {entry.key: entry for entry in entries}
    log.info("extracted %s: %d entries", SITE, len(made))
    return Extracted(SITE, "", present.path, written=written, entries=len(made))


def _share(batch: Batch, outcome: Extracted, present: CatalogFile) -> tuple[Entry, ...]:
    """Return an article's share; of one that cannot be read just now, the share it had."""
    facts = outcome.facts
    if outcome.failure is None:
        # What an earlier run found out of an article may come without.
        lean = facts.share and not facts.site_entries
        return (facts_of(batch, batch.source(outcome.slug)) if lean else facts).site_entries
    previous = _readable(present)
    return tuple(
        replace(entry, references=(reference,))
        for entry in (previous.entries if previous else ())
        for reference in entry.references
        if reference.partition(":")[0] == outcome.source
    )


# --- templates --------------------------------------------------------------------------------


def _with_lines(batch: Batch) -> bool:
    return batch.project.settings.extract.references == "line"


def _template(slug: str, entries: Iterable[Entry], present: CatalogFile, created: str) -> bytes:
    """Write a template; its date stays if no entry differs from those that are there."""
    made = template(entries, project=slug, created=created, previous=_readable(present))
    return serialize(made, path=present.path)


def _readable(present: CatalogFile) -> Catalog | None:
    """Return the template that is there; one that is broken is made anew, it is ours."""
    try:
        return present.catalog if present.data else None
    except CatalogError as error:
        log.warning("%s; writing it anew", error)
        return None


def _last_change(sources: Iterable[Path]) -> str:
    """Return when the newest of these files was changed, as catalogs have it.

    SOURCE_DATE_EPOCH overrides it, for builds that are to be the same everywhere.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    times = [path.stat().st_mtime for path in sources if path.is_file()]
    moment = float(given) if given.isdecimal() else max(times, default=0.0)
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M+0000")
