"""What becomes of a page that stands while a new one cannot be published.

The last good page stays, and leads to no page that has gone meanwhile. If what matters on the source page has changed since that was built, it
must not stay as it is: it gets a banner that leads to the source page, or is taken off the site,
until the translation is mended and the next build publishes the page whole.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import quote

from polypage.building.banner import Banner, with_banner, without_banner
from polypage.errors import CatalogError
from polypage.model import BuildOutcome, Finding, Severity, Status
from polypage.profiles import is_pseudo, profile, tag
from polypage.project import SITE
from polypage.reading.inline import plain_text
from polypage.runs.outcomes import STAYS
from polypage.runs.pages import proof_of
from polypage.runs.policy import policy_of
from polypage.runs.registry import Registry
from polypage.runs.relinking import relinked
from polypage.runs.sources import Source
from polypage.runs.stages.batch import Batch
from polypage.runs.stages.versions import older_version_of
from polypage.runs.translations import translate
from polypage.runs.urgency import may_be_urgent, outdated, recall_segment, urgency_of
from polypage.settings import RECALL_TEXT


@dataclass(frozen=True, slots=True)
class Recall:
    """Why a page that stands must not stay as it is."""

    reason: str = ""
    """Nothing: it may stay."""
    withdraws: bool = False
    """It is to be taken off the site."""


def recall_of(batch: Batch, slug: str, locale: str) -> Recall:
    """Say whether a page that stands is recalled, should it not be built anew.

    Raises:
        PolypageError: The source page cannot be read.
    """
    if locale == batch.source_locale or is_pseudo(locale):
        return Recall()
    page = batch.site.read(batch.project.page_path(slug, tag(locale)))
    if page is None:
        return Recall()
    source = batch.source(slug)
    policy = policy_of(source, locale)
    urgency = urgency_of(source, policy) if may_be_urgent(source, policy) else None
    reason = outdated(page, urgency) if urgency else ""
    return Recall(reason, withdraws=bool(reason) and policy.on_recall == "pull")


def kept_back(batch: Batch, outcome: BuildOutcome, registry: Registry) -> BuildOutcome:
    """See to the page that stands where a new one is held or failed."""
    path = batch.project.root / outcome.path
    page = batch.site.read(path)
    if page is None:
        return replace(outcome, standing=False)
    recall = recall_of(batch, outcome.slug, outcome.locale)
    if not recall.reason:
        kept = _relinked(batch, outcome, without_banner(page), registry)
        written = batch.site.put(path, kept)
        return replace(outcome, reason=f"{outcome.reason}; {STAYS}", written=written)
    failures: list[Finding] = []
    # Nothing that fails here may leave a page on the site that must not stay as it is.
    marked = batch.attempt(
        lambda: None if recall.withdraws else _marked(batch, outcome, page, registry),
        failures.append,
        path=outcome.path,
    )
    told = "is taken off the site" if marked is None else "says that it is out of date"
    return replace(
        outcome,
        findings=tuple(dict.fromkeys((*outcome.findings, *failures))),
        status=Status.RECALLED,
        reason=f"{recall.reason}; the older page {told} ({outcome.reason})",
        standing=marked is not None,
        written=batch.site.remove(path) if marked is None else batch.site.put(path, marked),
    )


def _marked(batch: Batch, outcome: BuildOutcome, page: bytes, registry: Registry) -> bytes | None:
    """Put the banner on a page; None where it cannot be, or hides what must be seen."""
    source, kept = batch.source(outcome.slug), without_banner(page)
    linked = _relinked(batch, outcome, kept, registry)
    marked = with_banner(linked, _banner(batch, source, outcome.locale, registry))
    return marked if marked and _proves_as_much(batch, outcome, marked, kept) else None


def _relinked(batch: Batch, outcome: BuildOutcome, page: bytes, registry: Registry) -> bytes:
    """Lead a page's links to pages that stand, if no less can be proven of it then."""
    linked = relinked(page, registry, outcome.slug, tag(outcome.locale))
    is_good = linked == page or _proves_as_much(batch, outcome, linked, page)
    return linked if is_good else page


def _proves_as_much(batch: Batch, outcome: BuildOutcome, page: bytes, older: bytes) -> bool:
    """Say whether of a page all is proven that was of the older one.

    Which catalog that was built of is not known.
    """
    expected = older_version_of(batch, batch.source(outcome.slug), outcome.locale)
    prove = partial(proof_of, expected, path=outcome.path, current=False)
    return {found.code for found in prove(page)} <= {found.code for found in prove(older)}


# --- what readers are told --------------------------------------------------------------------


def unspoken(batch: Batch, source: Source, locale: str) -> Iterator[Finding]:
    """Warn, before it is needed, where a recalled page would speak another language than its own."""
    policy = policy_of(source, locale)
    is_for_readers = locale != batch.source_locale and not is_pseudo(locale)
    if not (is_for_readers and policy.on_recall == "mark" and may_be_urgent(source, policy)):
        return
    text, spoken = _text(batch, locale)
    if spoken == locale or urgency_of(source, policy) is None:
        return
    site = batch.catalog(SITE, locale)
    key = recall_segment(text).key
    lines = (entry.told_line for entry in site.catalog.live if entry.key == key)
    # The same words for all locales, which reports then tell of at once.
    message = (
        "what a recalled page says is not translated, its readers would get it in"
        f" {profile(spoken).name}; translate it, or set recall_text for the locale"
    )
    yield Finding("recall-untranslated", Severity.WARNING, message, site.path, next(lines, None))


def _banner(batch: Batch, source: Source, locale: str, registry: Registry) -> Banner:
    text, spoken = _text(batch, locale)
    own = profile(spoken)
    address = _address(registry, source, tag(locale))
    return Banner(text, own.tag, own.direction, address, registry.source_tag)


def _text(batch: Batch, locale: str) -> tuple[str, str]:
    """Return the banner's text, and the locale it is in."""
    publish = batch.project.settings.publish
    own = publish.locales.get(locale)
    if own and own.recall_text:
        return own.recall_text, locale
    if translated := _translated(batch, publish.recall_text, locale):
        return translated, locale
    spoken = "en" if publish.recall_text == RECALL_TEXT else batch.source_locale
    return publish.recall_text, spoken


def _translated(batch: Batch, text: str, locale: str) -> str | None:
    """Return what the site's catalog makes of the text, if that could be published."""
    segment = recall_segment(text)
    try:
        site = batch.catalog(SITE, locale)
        found = translate(
            (segment,), {"site": site}, profile(locale), source_locale=batch.source_locale
        )
    except CatalogError:
        return None
    return plain_text(found.contents[0]) if found.contents[0] else None


def _address(registry: Registry, source: Source, own: str) -> str:
    """Return where the source page is, as seen from a page in a language."""
    stands = source.slug in registry.listings and (
        registry.source_tag in registry.listings[source.slug].tags
    )
    if not stands:
        return source.notice.source_url
    start = posixpath.dirname(f"{own}/{source.slug}")
    return quote(posixpath.relpath(f"{registry.source_tag}/{source.slug}.html", start))
