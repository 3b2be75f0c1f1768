"""What Prefect is told of a run, while it goes on and when it has ended.

Artifacts are for people who look at the run's page, events for automations:

    polypage.article.published    pages of an article were written
    polypage.article.held         pages of an article are not as they should be, and why
    polypage.article.recalled     pages of an article were wrong in what matters: they say so, or are gone
    polypage.site.published       pages were written or recalled: once for the whole run

All of it is a service: where Prefect cannot be told, the run goes on, and does not wait for it.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from time import monotonic
from typing import Any, Self, cast
from urllib.parse import quote
from uuid import UUID

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.events import emit_event

from flows import markdown
from flows.titles import Title
from polypage.errors import PolypageError
from polypage.model import BuildOutcome, Status
from polypage.project import Project
from polypage.runs.answers import notable
from polypage.runs.outcomes import Checked, Run
from polypage.runs.pipeline import STAGES
from polypage.runs.status import survey
from polypage.status.page import write_survey

log = logging.getLogger("polypage.flows")  # to which Prefect listens
log.setLevel(logging.INFO)

MOST_LINES = 500
"""How many lines tell what became of pages; a new site of 100,000 pages is no reading for anybody."""
SELDOM = 5.0
"""Seconds between two looks at how far a run is: each costs Prefect some 20 ms."""
MOST_EVENTS = 100
"""Of how many articles that were published automations hear, and of how many that are held; Prefect's
server takes some 3 ms for each, and of more than 10,000 that wait it loses some."""


class Announcer:
    """Shows what a run is about, how far it is, and what it is going to build; a `crew.Onlooker`.

    Prefect is told by a thread of its own, so that no worker waits for that; all has been told when
    the context ends.
    """

    def __init__(self, stages: Sequence[str], title: Title, *, workers: int) -> None:
        self._stages = tuple(stages)
        self._title = title
        self._workers = workers
        self._seldom = Seldom(SELDOM)
        self._artifact: UUID | None = None
        self._teller = ThreadPoolExecutor(1, "polypage-teller")

    def __enter__(self) -> Self:
        self._tell(self._title.show)
        return self

    def __exit__(self, error: type[BaseException] | None, *_more: object) -> None:
        # Who cancels a run does not wait for what is left to tell.
        cancelled = error is not None and not issubclass(error, Exception)
        self._teller.shutdown(cancel_futures=cancelled)

    def begins(self, stage: str, slugs: Sequence[str]) -> None:
        """Name the run after what it works on; merely to read an article is no work on it."""
        if stage in self._stages and stage in STAGES:
            self._tell(self._title.works_on, slugs)

    def progress(self, stage: str, done: int, total: int) -> None:
        """Show how many of a stage's articles are done, now and then."""
        if stage in self._stages and total and self._seldom.due(whatever=done == total):
            share = (self._stages.index(stage) + done / total) / len(self._stages)
            self._tell(self._show_progress, 100 * share)

    def outcomes(self, stage: str, outcomes: Sequence[object]) -> None:
        """Show what is going to be built, once that is known; log what became of each page."""
        if stage == "build":
            self._tell(_log, cast("Sequence[BuildOutcome]", outcomes))
        if stage == "check" and "build" in self._stages:
            self._tell(self._show_plan, cast("Sequence[Checked]", outcomes))

    def _show_plan(self, checked: Sequence[Checked]) -> None:
        plan = markdown.plan(checked, workers=self._workers)
        _show("plan", "What is going to be built", plan)

    def _show_progress(self, percent: float) -> None:
        if self._artifact is None:
            made = create_progress_artifact(percent, "polypage-progress", "How far the run is")
            self._artifact = cast("UUID", made)
        else:
            update_progress_artifact(self._artifact, percent)

    def _tell(self, tell: Callable[..., object], *what: object) -> None:
        # Prefect's settings, and the run that it is told of, are those of a context.
        self._teller.submit(copy_context().run, _try, tell, *what)


class Seldom:
    """A clock for what is to be done now and then."""

    def __init__(self, seconds: float, *, clock: Callable[[], float] = monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._next = clock()

    def due(self, *, whatever: bool = False) -> bool:
        """Say whether it is time again, whatever the time if so said; then it is not for a while."""
        now = self._clock()
        if not whatever and now < self._next:
            return False
        self._next = now + self._seconds
        return True


def announce(run: Run, root: Path, *, base_url: str | None) -> None:
    """Show what a run came to, and tell automations of its articles."""
    if run.checked:
        _show("coverage", "How much is translated", markdown.coverage(run.checked, run.built))
    if run.checked or run.updated:
        work = markdown.effort(run.checked, run.updated)
        _show("effort", "What translators have to do", work)
    if run.built:
        _show("pages", "Where the pages are", markdown.pages(run.built, root, base_url=base_url))
    _show("findings", "What somebody should look at", markdown.findings(run))
    _show("report", "What the run came to", markdown.summary(run))
    for event in events(run.built, root):
        _try(emit_event, event.name, event.resource, payload=event.payload)


def show_status(project: Project, file: Path) -> None:
    """Write the page that says how far each locale has come, and show where it is."""
    path = project.root / file
    try:
        write_survey(path, survey(project.root), project)
    except PolypageError as error:
        log.warning("%s", error)
        return
    base_url = project.settings.project.base_url
    if base_url and path.is_relative_to(project.site_dir):
        url = f"{base_url}/{quote(path.relative_to(project.site_dir).as_posix())}"
    else:
        url = path.as_uri()
    _try(create_link_artifact, url, file.name, "polypage-status", "How far each locale has come")


# --- events -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an article, for all its pages at once."""

    name: str
    resource: dict[str, str]
    payload: dict[str, Any]


def events(
    built: Sequence[BuildOutcome], root: Path, *, most: int = MOST_EVENTS
) -> Iterator[Event]:
    """Yield what is to be told of the site, and of articles whose pages were written, held or recalled.

    Each recall is told; of the others so many of a kind.
    """
    news = [page for page in notable(built) if page.status in _NEWS]
    changed = Counter(page.status for page in news if page.status in _CHANGES)
    if changed:
        yield Event(SITE_PUBLISHED, _of_project(root), {"project": str(root), "pages": {**changed}})
    for name, pages in groupby(sorted(news, key=_told_of), key=lambda page: _NEWS[page.status]):
        articles = groupby(pages, key=lambda page: page.slug)
        told = articles if name == _NEWS[Status.RECALLED] else islice(articles, most)
        for slug, own in told:
            payload = {"project": str(root), "pages": [*map(_page, own)]}
            yield Event(name, _resource("article", slug), payload)


SITE_PUBLISHED = "polypage.site.published"
_CHANGES = (Status.PUBLISHED, Status.RECALLED)
_NEWS = {
    Status.PUBLISHED: "polypage.article.published",
    Status.HELD: "polypage.article.held",
    Status.RECALLED: "polypage.article.recalled",
    Status.FAILED: "polypage.article.held",
}


def _told_of(page: BuildOutcome) -> tuple[str, str]:
    return _NEWS[page.status], page.slug


def _of_project(root: Path) -> dict[str, str]:
    return _resource("project", root.resolve().name)


def _resource(kind: str, name: str) -> dict[str, str]:
    """Name what an event is about, as Prefect's automations tell things apart."""
    return {"prefect.resource.id": f"polypage.{kind}.{name}", "prefect.resource.name": name}


def _page(page: BuildOutcome) -> dict[str, str]:
    told = {"locale": page.locale, "path": page.path, "reason": page.reason}
    return {key: value for key, value in told.items() if value}


# --- the log ----------------------------------------------------------------------------------


def _log(built: Sequence[BuildOutcome]) -> None:
    """Say what became of pages, those that went wrong first."""
    told = sorted(lines(built), key=itemgetter(0), reverse=True)
    for level, line in told[:MOST_LINES]:
        log.log(level, "%s", line)
    if len(told) > MOST_LINES:
        log.info("and so on: %d more lines", len(told) - MOST_LINES)


def lines(built: Iterable[BuildOutcome]) -> Iterator[tuple[int, str]]:
    """Yield a line for each article, or several if not the same became of all of its pages."""
    for slug, pages in groupby(built, key=lambda page: page.slug):
        groups: dict[tuple[Status, str], list[str]] = {}
        for page in pages:
            groups.setdefault((page.status, page.reason), []).append(page.locale)
        for (status, reason), locales in groups.items():
            told = ": ".join(filter(None, (status, reason)))
            yield _LEVELS[status], f"{slug} in {', '.join(locales)} {told}"


_LEVELS = {
    Status.PUBLISHED: logging.INFO,
    Status.UNCHANGED: logging.INFO,
    Status.HELD: logging.WARNING,
    Status.RECALLED: logging.WARNING,
    Status.FAILED: logging.ERROR,
}


# --- best effort ------------------------------------------------------------------------------


def _show(key: str, title: str, text: str) -> None:
    _try(create_markdown_artifact, text, f"polypage-{key}", title)


class Line:
    """The way to Prefect: where nobody answers for long, nobody is called for a while.

    Prefect's client tries a call again and again before it fails, for more than a minute, and a
    run has as many calls as batches.
    """

    def __init__(
        self, *, patience: float, rest: float, clock: Callable[[], float] = monotonic
    ) -> None:
        """Rest for so many seconds after a call that took more than patience has to fail."""
        self._patience = patience
        self._rest = rest
        self._clock = clock
        self._rests_until = 0.0

    def tell(self, tell: Callable[..., object], *what: object, **more: object) -> None:
        """Call Prefect; say so if it cannot be told."""
        begun = self._clock()
        if begun < self._rests_until:
            return
        try:
            tell(*what, **more)
        except Exception as error:  # noqa: BLE001 - whatever keeps Prefect from hearing it
            log.warning("Prefect could not be told: %s", error)
            if self._clock() - begun > self._patience:
                self._rests_until = self._clock() + self._rest


_try = Line(patience=3, rest=300).tell
