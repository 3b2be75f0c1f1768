"""The use cases, from source pages to published ones.

A run is made of stages, each a top-level function over a batch of articles that can be sent to
another process and answers with frozen outcomes, in the order of its arguments. The same
functions serve the command line, Prefect flows and tests:

    with exclusive(root) as project:                              # one run at a time
        slugs, locales = project.articles().slugs, project.settings.project.locales
        refused = misnamed(root)                                  # pages that cannot be articles
        extracted = extract_batch(root, slugs)                    # any number of batches
        site = extract_site(root, (*refused, *extracted))         # once, needs all of them
        slugs = workable(extracted)
        remember(root)                                            # once
        updated = update_batch(root, (*slugs, SITE), locales)     # any number of batches
        checked = check_batch(root, (*slugs, SITE), locales)      # any number of batches
        registry = plan(root, extracted, checked)                 # once, needs all of them
        built = build_batch(root, slugs, locales, registry)       # any number of batches
        while again := unsettled(registry, built):          # hardly ever
            registry, affected = again
            built = replace_outcomes(built, build_batch(root, affected, locales, registry))
        built += unread(root, extracted, locales)                 # once
        audited = audit_batch(root, slugs, locales)               # any number of batches
        finished = finish(root, registry)                         # once
        Run((*refused, *extracted, site), updated, checked, built, audited, finished)

`run` is that, over a pool of processes if wanted. Check, build and audit take in the source
locale's pages without being told.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

from polypage.files import remove_stale
from polypage.model import BuildOutcome
from polypage.project import SITE, STATE_DIR, Project, load
from polypage.runs import state
from polypage.runs.answers import Answers, joined, notable, paired
from polypage.runs.idle import idle_selectors, idle_settings
from polypage.runs.ledger import Ledger
from polypage.runs.outcomes import Audited, Checked, Extracted, Finished, Run, Updated
from polypage.runs.packing import by_article, packed
from polypage.runs.processes import ended, pool
from polypage.runs.registry import Registry
from polypage.runs.scope import Scope, scope_of
from polypage.runs.site import recover as recover_site
from polypage.runs.sparing import Crew, Sparing
from polypage.runs.stages.auditing import audit_batch
from polypage.runs.stages.batch import recipe_of
from polypage.runs.stages.building import build_batch, unread
from polypage.runs.stages.checking import check_batch
from polypage.runs.stages.comparing import compare_batch
from polypage.runs.stages.extracting import extract_batch, extract_site, misnamed
from polypage.runs.stages.finishing import finish
from polypage.runs.stages.noting import note_batch
from polypage.runs.stages.planning import plan, replace_outcomes, unsettled
from polypage.runs.stages.recovering import recover
from polypage.runs.stages.remembering import broken_memories, remember
from polypage.runs.stages.settling import settle_batch
from polypage.runs.stages.updating import both_updates, update_batch

__all__ = [
    "SITE",
    "STAGES",
    "Audited",
    "BuildOutcome",
    "Checked",
    "Crew",
    "Extracted",
    "Finished",
    "Progress",
    "Registry",
    "Run",
    "Updated",
    "audit_batch",
    "build_batch",
    "check_batch",
    "exclusive",
    "extract_batch",
    "extract_site",
    "finish",
    "misnamed",
    "plan",
    "pool",
    "rehearse",
    "remember",
    "replace_outcomes",
    "run",
    "run_with",
    "unread",
    "unsettled",
    "update_batch",
    "workable",
]

T = TypeVar("T")

STAGES = ("extract", "update", "check", "build", "audit")
_WRITING = {"extract", "update", "build", "note"}
_BATCH = 25
"""How many articles go to a process at a time."""


class Progress(Protocol):
    """Hears the stage at work, how many of its articles are done and how many there are."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def run(
    root: Path,
    *,
    stages: Collection[str] = STAGES,
    slugs: Sequence[str] = (),
    locales: Sequence[str] = (),
    workers: int = 1,
    prune: bool = False,
    on_progress: Progress | None = None,
) -> Run:
    """Bring templates, catalogs and pages up to date, and prove the pages.

    Empty `slugs` and `locales` mean all. With fewer `stages`, only those are reported. The stages
    `compare`, which reads every catalog, and `note`, which writes what is found into them, are none
    of `STAGES`: they are done if asked for.

    Raises:
        PolypageError: The settings make no sense, an article or locale is not the project's, or
            another run is at work.
    """
    with pool(workers) if workers > 1 else nullcontext() as processes:
        crew = _Crew(root, workers, processes, on_progress)
        return run_with(crew, root, stages=stages, slugs=slugs, locales=locales, prune=prune)


def rehearse(
    root: Path,
    *,
    slugs: Sequence[str] = (),
    locales: Sequence[str] = (),
    workers: int = 1,
    prune: bool = False,
    on_progress: Progress | None = None,
) -> Run:
    """Say what a run of the stage `build` would do, and write nothing.

    Raises:
        PolypageError: The settings make no sense, or an article or locale is not the project's.
    """
    with pool(workers) if workers > 1 else nullcontext() as processes:
        crew = _Crew(root, workers, processes, on_progress)
        scope = scope_of(load(root), slugs, locales)
        with TemporaryDirectory(prefix="polypage-") as folder:
            return _rehearsed(root, crew, scope, Path(folder), prune=prune)


def run_with(
    crew: Crew,
    root: Path,
    *,
    stages: Collection[str] = STAGES,
    slugs: Sequence[str] = (),
    locales: Sequence[str] = (),
    prune: bool = False,
) -> Run:
    """Do what `run` does with a crew of the caller's own.

    Raises:
        PolypageError: As `run`.
    """
    with exclusive(root) if _WRITING & set(stages) else nullcontext(load(root)) as project:
        scope = scope_of(project, slugs, locales)
        return _perform(root, crew, scope, stages, prune=prune)


@contextmanager
def exclusive(root: Path) -> Iterator[Project]:
    """Open a project for writing; what a run that was killed left half-written is removed.

    Raises:
        PolypageError: The settings make no sense, or another run is at work.
    """
    project = load(root)
    with state.exclusive(project.state_dir):
        for folder in (project.site_dir, project.locales_dir):
            remove_stale(folder)
        recover(project)
        recover_site(project)
        yield project


def workable(extracted: Sequence[Extracted]) -> tuple[str, ...]:
    """Return the slugs of the articles that can be read."""
    return tuple(outcome.slug for outcome in extracted if outcome.failure is None)


# --- what is to be done -----------------------------------------------------------------------


def _perform(root: Path, crew: Crew, scope: Scope, stages: Collection[str], *, prune: bool) -> Run:
    project = load(root)
    ledger = Ledger(project, recipe_of(project))
    ledger.look((*scope.slugs, *scope.others))
    sparing = Sparing(project, crew, ledger)
    run, registry = _done(root, sparing, scope, stages, prune=prune)
    every = project.settings.project.locales
    if registry and set(STAGES) <= set(stages) and scope.locales == every:
        changed = tuple(slug for slug in scope.slugs if slug in sparing.changed)
        now = crew.over("settle", settle_batch, changed, every, registry) if changed else ()
        same = sparing.world if scope.whole or sparing.world == ledger.world else ""
        ledger.keep(now, world=same, without={*changed} - dict(by_article(now)).keys())
    return run


def _done(
    root: Path, crew: Sparing, scope: Scope, stages: Collection[str], *, prune: bool
) -> tuple[Run, Registry | None]:
    """Do the stages that are asked for; return the pages that stand, too, if any were built."""
    slugs, locales, project = scope.slugs, scope.locales, load(root)
    refused = misnamed(root)
    done, registry = _told_first(root, scope, refused), None
    read: Sequence[Extracted] = ()
    checked: Sequence[Checked] = ()
    if "extract" in stages:
        extracted, read = _extracted(root, crew, scope, refused)
        done = replace(done, extracted=extracted)
    elif "build" in stages:
        read = crew.over("read", _READ, (*slugs, *scope.others))
    if scope.whole:
        lacking = tuple(dict.fromkeys(one.facts.lacking for one in read))
        done = replace(done, idle=(*done.idle, *idle_selectors(project, lacking)))
    slugs, stopped = _parted(slugs, read)
    shared = (SITE,) if scope.whole and project.template_path(SITE).is_file() else ()
    if "update" in stages:
        done = replace(done, updated=_updated(root, crew, (*slugs, *shared), locales))
    if "note" in stages:
        noted = crew.over(
            "note", partial(note_batch, whole=scope.whole), locales, (*slugs, *shared)
        )
        done = replace(done, noted=noted)
    if "check" in stages or "build" in stages:
        checked = crew.over("check", check_batch, (*slugs, *shared), locales)
        done = replace(done, checked=checked if "check" in stages else ())
    if "compare" in stages and scope.whole:
        done = replace(done, compared=crew.over("compare", compare_batch, locales))
    if "build" in stages:
        registry = plan(root, read, checked, standing=crew.standing)
        built, registry = _built(crew, slugs, locales, registry)
        built = joined(built, unread(root, stopped, locales))
        finished = finish(root, registry, prune=prune, seen=crew.pages(), over=crew.unspared)
        done = replace(done, built=built, finished=finished)
    if "audit" in stages:
        done = replace(done, audited=crew.over("audit", audit_batch, slugs, locales))
    return done, registry


_READ = partial(extract_batch, write=False)


def _parted(
    slugs: Sequence[str], read: Sequence[Extracted]
) -> tuple[tuple[str, ...], tuple[Extracted, ...]]:
    """Part the articles that can be worked on from what stopped the others."""
    chosen = set(slugs)
    stopped = tuple(one for one in read if one.failure and one.slug in chosen)
    failed = {outcome.slug for outcome in stopped}
    return tuple(slug for slug in slugs if slug not in failed), stopped


def _told_first(root: Path, scope: Scope, refused: Sequence[Extracted]) -> Run:
    """Tell of pages whose names make them no articles, and of settings that are about none.

    Who names articles asks for others.
    """
    if not scope.whole:
        return Run()
    failures = tuple(one.failure for one in refused if one.failure)
    return Run(refused=failures, idle=idle_settings(load(root)))


def _extracted(
    root: Path, crew: Sparing, scope: Scope, refused: Sequence[Extracted]
) -> tuple[Sequence[Extracted], Sequence[Extracted]]:
    """Extract the articles; return what to report, and what is known of all articles."""
    extracted = crew.over("extract", extract_batch, scope.slugs)
    others = crew.over("read", _READ, scope.others)
    by_slug = dict((*by_article(extracted), *by_article(others)))
    read = Answers(by_slug[slug] for slug in sorted(by_slug))
    site = extract_site(root, joined(refused, read))
    reported = joined(refused if scope.whole else (), extracted, (site,))
    return reported, read


def _updated(
    root: Path, crew: Sparing, slugs: Sequence[str], locales: Sequence[str]
) -> Sequence[Updated]:
    """Update catalogs, with what the memory holds once all of them are."""
    remember(root, known=crew.catalogs(), over=crew.unspared)
    updated = crew.over("update", update_batch, slugs, locales)
    written = any(outcome.written for outcome in notable(updated))
    if written and remember(root, known=crew.catalogs(), over=crew.unspared):
        again = crew.over("update", update_batch, slugs, locales)
        updated = paired(both_updates, updated, again)
    return joined(broken_memories(root, locales), updated)


def _rehearsed(root: Path, crew: Crew, scope: Scope, folder: Path, *, prune: bool) -> Run:
    """Do what a build does, with a folder for what it would write."""
    slugs, locales = scope.slugs, scope.locales
    shared = (SITE,) if scope.whole and load(root).template_path(SITE).is_file() else ()
    read = crew.over("read", partial(_READ, rehearsal=folder), (*slugs, *scope.others))
    slugs, stopped = _parted(slugs, read)
    check = partial(check_batch, rehearsal=folder)
    checked = crew.over("check", check, (*slugs, *shared), locales)
    registry = plan(root, read, checked)
    build = partial(build_batch, rehearsal=folder)
    built, registry = _built(crew, slugs, locales, registry, work=build)
    built = joined(built, unread(root, stopped, locales, rehearsal=folder))
    finished = finish(root, registry, prune=prune, rehearsal=folder)
    told = _told_first(root, scope, misnamed(root))
    return replace(told, built=built, finished=finished, planned=True)


def _built(
    crew: Crew,
    slugs: Sequence[str],
    locales: Sequence[str],
    registry: Registry,
    *,
    work: Callable[..., tuple[BuildOutcome, ...]] = build_batch,
) -> tuple[Sequence[BuildOutcome], Registry]:
    """Build until no page counts on one that failed its proof."""
    built = crew.over("build", work, slugs, locales, registry)
    while again := unsettled(registry, built):
        registry, affected = again
        built = replace_outcomes(built, crew.over("build", work, affected, locales, registry))
    return built, registry


# --- who does it ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Crew:
    """This process, or a pool of others."""

    root: Path
    workers: int
    executor: Executor | None
    on_progress: Progress | None

    def over(
        self, stage: str, work: Callable[..., tuple[T, ...]], slugs: Sequence[str], *more: object
    ) -> Sequence[T]:
        """Do a stage's work over articles, in batches; the outcomes are in their order."""
        size = min(_BATCH, -(-len(slugs) // (2 * self.workers))) or 1
        batches = [slugs[start : start + size] for start in range(0, len(slugs), size)]
        do = partial(_do, work, self.root, more)

        def told() -> Iterator[tuple[T, ...]]:
            for n, outcomes in enumerate(self._each(do, batches), 1):
                yield outcomes
                if self.on_progress:
                    self.on_progress(stage, min(n * size, len(slugs)), len(slugs))

        return packed(told(), self.root / STATE_DIR)

    def _each(
        self, do: Callable[[Sequence[str]], tuple[T, ...]], batches: Sequence[Sequence[str]]
    ) -> Iterator[tuple[T, ...]]:
        if self.executor is None:
            yield from map(do, batches)
            return
        works = [partial(do, batch) for batch in batches]
        # A future has what came of its batch as long as anybody has the future.
        futures = deque(self.executor.submit(work) for work in works)
        for batch, work in zip(batches, works, strict=True):
            yield ended(futures.popleft(), work, batch)


def _do(
    work: Callable[..., tuple[T, ...]], root: Path, more: Sequence[object], slugs: Sequence[str]
) -> tuple[T, ...]:
    return work(root, slugs, *more)
