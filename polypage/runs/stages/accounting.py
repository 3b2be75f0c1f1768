"""Source pages to accounts of what becomes of their texts."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from polypage.building.pseudo import overwritten
from polypage.building.render import render
from polypage.model import Article, Edit, Finding, Severity, Target
from polypage.proving.account import MARKERS, Account, LeftOut, Text, account
from polypage.rules.its_telling import told
from polypage.runs.sources import skipped
from polypage.runs.stages.batch import Batch, opened

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Accounted:
    """What came of accounting for one article."""

    slug: str
    path: str
    """The source page below the project's root."""
    account: Account = field(default_factory=Account)
    findings: tuple[Finding, ...] = ()
    """One for each text that was missed."""
    failure: Finding | None = None


def account_batch(root: Path, slugs: Sequence[str]) -> tuple[Accounted, ...]:
    """Account for the texts of these articles; one outcome per slug. Nothing is written."""
    with opened(root) as batch:
        return tuple(_attempted(batch, slug) for slug in slugs)


def account_of(
    article: Article,
    *,
    source_tag: str,
    skip: Collection[str] = (),
    drop: Collection[str] = (),
    localize_values: bool = False,
    said: Sequence[Edit] = (),
) -> Account:
    """Account for an article's texts; the options are as in the settings.

    `said` writes on the page, for the account alone, what rules of ITS say of its elements.

    Raises:
        SourceError: lxml cannot read the page to its end.
    """
    page = article.skeleton.text
    marker = next((letter for letter in MARKERS if letter not in page), MARKERS[-1])
    target = Target(source_tag, "ltr", "", source_tag, "ltr")
    # Without slots nothing else changes: what built pages leave out is still there to be seen.
    bare = replace(
        article,
        skeleton=replace(article.skeleton, slots=()),
        segments=tuple(each._replace(locales=None) for each in article.segments),
    )
    texts = [overwritten(each.content, marker) for each in article.segments]
    copy = render(bare, texts, target, edits=said)
    page = render(bare, [None] * len(texts), target, edits=said) if said else page
    return account(
        page.encode("utf-8", "surrogateescape"),
        copy.encode("utf-8", "surrogateescape"),
        marker=marker,
        source_tag=source_tag,
        path=article.path,
        left_out=LeftOut(skip, drop, dates=localize_values),
    )


def _attempted(batch: Batch, slug: str) -> Accounted:
    path = batch.relative(batch.project.source_path(slug))
    return batch.attempt(
        partial(_account, batch, slug),
        lambda failure: Accounted(slug, path, failure=failure),
        path=path,
    )


def _account(batch: Batch, slug: str) -> Accounted:
    source, settings = batch.source(slug), batch.project.settings
    found = account_of(
        source.article,
        source_tag=batch.source_profile.tag,
        skip=skipped(settings),
        drop=settings.drop.parts,
        localize_values=settings.extract.localize_values,
        said=told(source.document.elements, source.its),
    )
    log.info("accounted for %s: %d texts, %d missed", slug, len(found.texts), len(found.missed))
    missed = tuple(_finding(text, source.path) for text in found.missed)
    return Accounted(slug, source.path, found, missed)


def _finding(text: Text, path: str) -> Finding:
    message = f"{_shortened(text.value)!r} in {text.place} is offered to no translator"
    remedy = 'mark it translate="no" if that is meant, else please report it'
    return Finding("text-missed", Severity.ERROR, f"{message}; {remedy}", path, text.line)


def _shortened(text: str) -> str:
    return text if len(text) <= _LENGTH else f"{text[: _LENGTH - 1]}…"


_LENGTH = 60
