"""What comes of the work on an article: one frozen, picklable value per stage.

Every stage of `polypage.runs.pipeline` answers for each article (and locale) with one of these, in
the order it was asked, so that one bad article never stops the others:

    Extracted → Updated → Checked → model.BuildOutcome → Audited, and Finished once per run.

What stopped the work is a `Finding` in `failure`; what somebody should know is in `findings`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Protocol

from polypage.model import (
    Backlog,
    BuildOutcome,
    Coverage,
    Entry,
    Finding,
    Packable,
    Severity,
    Status,
)
from polypage.runs.answers import found, notable
from polypage.runs.ordering import Ordered

STAYS = "the last good page stays"
"""Ends the reason for which a page is held or failed, where an older one stands on the site."""


@dataclass(frozen=True, slots=True)
class Facts(Packable):
    """What other pages, and the site's template, need to know about an article."""

    title: str = ""
    addresses: tuple[str, ...] = ()
    """Its own absolute addresses: canonical and `og:url`."""
    links: tuple[str, ...] = ()
    """The distinct values of its links and sources, as written, in document order."""
    site_entries: tuple[Entry, ...] = ()
    """Its share of the site's template."""
    share: str = ""
    """Tells that share from any other."""
    lacking: tuple[str, ...] = ()
    """Selectors of the settings that find nothing on it: see `polypage.runs.idle`."""


@dataclass(frozen=True, slots=True)
class Extracted(Packable):
    """What came of extracting one article, or the site's shared texts, into a template."""

    slug: str
    source: str
    """The source page below the project's root; empty for the site's shared texts."""
    path: str
    """The template below the project's root."""
    written: bool = False
    entries: int = 0
    words: int = 0
    facts: Facts = Facts()
    findings: tuple[Finding, ...] = ()
    failure: Finding | None = None


@dataclass(frozen=True, slots=True)
class Updated(Packable):
    """What came of merging one template into the catalog of one locale."""

    slug: str
    locale: str
    path: str
    """The catalog below the project's root."""
    written: bool = False
    entries: int = 0
    new: int = 0
    fuzzy: int = 0
    obsolete: int = 0
    complete: bool = False
    """Whether each of its entries has a translation, if only a fuzzy one."""
    failure: Finding | None = None


@dataclass(frozen=True, slots=True)
class Checked(Packable):
    """What checking one catalog found, and whether its page may be built."""

    slug: str
    locale: str
    path: str
    """The catalog below the project's root; without one, the source page or the site's template."""
    coverage: Coverage = field(default_factory=Coverage)
    """Of the page: its own entries and the site's that stand on it."""
    hold: str = ""
    """Why its page is not to be published, known before building: one sentence."""
    standing: bool = False
    """Whether a page, if only an older one, stands on the site."""
    recall: str = ""
    """Why that page must not stay as it is, if it does: what matters has changed."""
    withdrawn: bool = False
    """Whether it is to be taken off the site for that."""
    checked: int = 0
    """How many finished translations the catalog has that were looked at."""
    backlog: Backlog = field(default_factory=Backlog)
    """Of the catalog; pages may have texts of the site's catalog besides."""
    findings: tuple[Finding, ...] = ()
    failure: Finding | None = None

    @property
    def publishable(self) -> bool:
        return self.failure is None and not self.hold


def told_errors(coverage: Coverage) -> str:
    """Say how many entries of a page errors keep out; empty if there are none."""
    wrong = coverage.rejected
    return f"{wrong} {'entry has an error' if wrong == 1 else 'entries have errors'}" * (wrong > 0)


@dataclass(frozen=True, slots=True)
class Noted:
    """What came of writing findings into one catalog."""

    slug: str
    locale: str
    path: str
    """The catalog below the project's root."""
    written: bool = False
    entries: int = 0
    """How many entries have findings."""
    failure: Finding | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing all translations of one locale found."""

    locale: str
    findings: tuple[Finding, ...] = ()
    failure: Finding | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """Whether a locale has an approved disclaimer, and what is known of its approval."""

    locale: str
    path: str = ""
    """The file that has it, below the project's root; empty where there is none."""
    by: str = ""
    """Who or which desk approved it; empty where that is not known."""
    on: str = ""
    """When: `2026-03-04`."""
    failure: Finding | None = None


@dataclass(frozen=True, slots=True)
class Audited(Packable):
    """What the proof on a published page's bytes gave."""

    slug: str
    locale: str
    path: str
    """The page below the project's root."""
    findings: tuple[Finding, ...] = ()
    failure: Finding | None = None

    @property
    def proven(self) -> bool:
        return self.failure is None and not any(map(is_error, self.findings))


@dataclass(frozen=True, slots=True)
class Finished:
    """What was done once for the whole site."""

    written: tuple[str, ...] = ()
    """Assets, lists of articles and sitemap that changed, below the project's root."""
    orphans: tuple[str, ...] = ()
    """Files that belong to no article or locale any more, below the project's root."""
    removed: tuple[str, ...] = ()
    """Orphans that were removed because it was asked for."""
    failures: tuple[Finding, ...] = ()


class _Stoppable(Protocol):
    @property
    def failure(self) -> Finding | None: ...


@dataclass(frozen=True)
class Run:
    """Everything that came of one run; stages that were not asked for are empty."""

    extracted: Sequence[Extracted] = ()
    updated: Sequence[Updated] = ()
    checked: Sequence[Checked] = ()
    built: Sequence[BuildOutcome] = ()
    audited: Sequence[Audited] = ()
    finished: Finished = Finished()
    compared: Sequence[Compared] = ()
    noted: Sequence[Noted] = ()
    approved: tuple[Approved, ...] = ()
    refused: tuple[Finding, ...] = ()
    """The pages whose names make them no articles, where no outcome tells of them."""
    idle: tuple[Finding, ...] = ()
    """Settings that are about articles of which there are none."""
    planned: bool = False
    """Nothing was written: it says what would become of the site."""

    @property
    def changed(self) -> bool:
        """Whether any file was written or removed, or would be."""
        return (
            any(outcome.written for outcome in notable(self.extracted))
            or any(outcome.written for outcome in notable(self.updated))
            or any(outcome.written for outcome in self.noted)
            or any(page.written or page.status is Status.PUBLISHED for page in notable(self.built))
            or bool(self.finished.written or self.finished.removed)
        )

    @cached_property
    def failures(self) -> tuple[Finding, ...]:
        """What stopped the work on an article, catalog or page, each once."""
        stopped = (
            *_stopped(self.extracted),
            *_stopped(self.updated),
            *_stopped(self.checked),
            *_stopped(self.compared),
            *_stopped(self.audited),
            *_stopped(self.approved),
            *_stopped(self.noted),
        )
        pages = (page.findings[0] for page in self._exceptions if page.status is Status.FAILED)
        told = (*self.refused, *stopped, *pages, *self.finished.failures)
        return tuple(dict.fromkeys(told))

    @property
    def held(self) -> tuple[BuildOutcome, ...]:
        """The pages that are not published, or not in their newest state."""
        return tuple(self.pages(Status.HELD))

    @property
    def recalled(self) -> tuple[BuildOutcome, ...]:
        """The pages that say they are out of date, or were taken off the site."""
        return tuple(self.pages(Status.RECALLED))

    def pages(self, status: Status) -> Iterator[BuildOutcome]:
        """Yield the pages that came to this, as long as that is not that they are as they were."""
        return (page for page in self._exceptions if page.status is status)

    @cached_property
    def statuses(self) -> Mapping[Status, int]:
        """How many pages came to what."""
        counts = Counter(page.status for page in self._exceptions)
        counts[Status.UNCHANGED] += len(self.built) - counts.total()
        return counts

    @cached_property
    def proven(self) -> int:
        """How many pages were proven."""
        return len(self.audited) - sum(not outcome.proven for outcome in notable(self.audited))

    @cached_property
    def findings(self) -> Ordered:
        """All findings, each once, by file and line."""
        stages = (self.extracted, self.checked, self.compared, self.built, self.audited)
        return Ordered(chain(self.idle, *map(found, stages)))

    @property
    def settled(self) -> bool:
        """Whether all that could have been written was there already, and nothing is wrong."""
        could = bool(self.extracted or self.updated or self.built)
        wrong = self.failures or self.findings.counts[Severity.ERROR]
        # A build alone knows of mistakes in catalogs by the entries that they cost a page.
        wrong = wrong or any(page.coverage.rejected for page in self.pages(Status.HELD))
        return could and not (self.changed or wrong)

    @property
    def exit_status(self) -> int:
        """0 when all is good, 2 when nothing could be worked on, 1 otherwise."""
        if self.good:
            return 0
        if self.extracted:  # the site's shared texts have no source, and never fail
            worked = any(one.failure is None for one in self.extracted if one.source)
        else:
            worked = _is_done(self.updated) or _is_done(self.checked) or _is_done(self.audited)
        return 1 if worked or self.statuses[Status.FAILED] < len(self.built) else 2

    @cached_property
    def good(self) -> bool:
        """Whether everything is published, proven and free of errors."""
        return not (
            self.failures or self.held or self.recalled or self.findings.counts[Severity.ERROR]
        )

    @property
    def _exceptions(self) -> Iterator[BuildOutcome]:
        """The pages of which there is more to say than that they are as they were."""
        return (page for page in notable(self.built) if page.status is not Status.UNCHANGED)


def _stopped(outcomes: Sequence[_Stoppable]) -> Iterator[Finding]:
    """Yield what stopped a stage."""
    return (one.failure for one in notable(outcomes) if one.failure)


def _is_done(outcomes: Sequence[_Stoppable]) -> bool:
    """Say whether anything came of a stage."""
    return len([*_stopped(outcomes)]) < len(outcomes)


def is_error(finding: Finding) -> bool:
    """Say whether a finding keeps an entry or a page from being published."""
    return finding.severity is Severity.ERROR


def first_error(findings: Sequence[Finding]) -> str:
    """Say in one sentence what is wrong; nothing if none is an error."""
    errors = [finding.message for finding in findings if is_error(finding)]
    more = f" (and {len(errors) - 1} more)" if errors[1:] else ""
    return f"{errors[0]}{more}" if errors else ""
