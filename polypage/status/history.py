"""How coverage grew, from the catalogs that git has.

    found = history(project, ("rolling", "peeling"), ("vi", "ar"))
    found.points[0].day, found.points[0].ratios["vi"]        ("2026-03-04", 0.12)

Catalogs are measured as they were at no more than 30 commits of the current branch, the first and
the last among them. Large projects are measured by part of their articles, chosen evenly, and no
further back than so many versions of catalogs: it takes seconds, whatever the size. What has been
measured once is remembered. The articles are those of today.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from polypage.errors import CatalogError, PolypageError
from polypage.model import Coverage
from polypage.project import SITE, Project
from polypage.runs.repository import Commit, commits, contents, files, is_in_repository
from polypage.runs.stages.batch import recipe_of
from polypage.runs.state import StateStore

T = TypeVar("T")

log = logging.getLogger(__name__)

_MOST_POINTS = 30
_MOST_CATALOGS = 1_000
"""At one commit."""
_MOST_VERSIONS = 2_000
"""Of catalogs, at all commits."""


@dataclass(frozen=True, slots=True)
class Point:
    """How much was translated once."""

    day: str
    ratios: Mapping[str, float]
    """By locale, where it had catalogs."""


@dataclass(frozen=True, slots=True)
class History:
    """How much was translated, and when; nothing where git knows nothing."""

    points: tuple[Point, ...] = ()
    """Oldest first."""
    articles: int = 0
    """How many were measured."""


def history(project: Project, slugs: Sequence[str], locales: Sequence[str]) -> History:
    """Measure what git has of the catalogs of these articles."""
    if not is_in_repository(project.root) or not locales:
        return History()
    chosen = _evenly(slugs, max(_MOST_CATALOGS // len(locales) - 1, 1))
    paths = {
        project.relative(project.catalog_path(slug, locale)): locale
        for slug in (*chosen, SITE)
        for locale in locales
    }
    try:
        every = commits(project.root, project.relative(project.locales_dir))
        states = _states(project, _evenly(every, _MOST_POINTS), tuple(paths))
        with StateStore(project.state_dir) as state:
            measured = _measured(project, state, dict.fromkeys(_identities(states)))
    except PolypageError as error:  # such as a repository without commits
        log.debug("no history: %s", error)
        return History()
    points = (_point(commit, found, paths, measured) for commit, found in states)
    return History(tuple(point for point in points if point.ratios), len(chosen))


def _evenly(every: Sequence[T], most: int) -> tuple[T, ...]:
    """Choose so many at most, the first and the last among them."""
    if len(every) <= most:
        return tuple(every)
    last = len(every) - 1
    return tuple(every[place * last // max(most - 1, 1)] for place in range(most))


def _states(
    project: Project, every: Sequence[Commit], paths: Sequence[str]
) -> list[tuple[Commit, dict[str, str]]]:
    """Look up the catalogs of commits, from the newest back to where they become too many."""
    states: list[tuple[Commit, dict[str, str]]] = []
    seen: set[str] = set()
    for commit in reversed(every):
        found = files(project.root, commit, paths)
        seen.update(found.values())
        if states and len(seen) > _MOST_VERSIONS:
            break
        states.insert(0, (commit, found))
    return states


def _identities(states: Iterable[tuple[Commit, dict[str, str]]]) -> Iterable[str]:
    return (identity for _, found in states for identity in found.values())


def _measured(
    project: Project, state: StateStore, identities: Iterable[str]
) -> dict[str, Coverage]:
    """Measure versions of catalogs; one that cannot be read counts for nothing."""
    recipe = recipe_of(project)
    known = {each: state.find("history", each, recipe, Coverage) for each in identities}
    left = [each for each, coverage in known.items() if coverage is None]
    fresh = {each: _coverage(data) for each, data in contents(project.root, left)}
    for each, coverage in fresh.items():
        state.keep("history", each, recipe, coverage)
    return {each: coverage for each, coverage in known.items() if coverage} | fresh


def _coverage(data: bytes) -> Coverage:
    from polypage.catalogs.catalog import parse  # noqa: PLC0415 - where there is history alone
    from polypage.catalogs.words import coverage_of  # noqa: PLC0415

    try:
        return coverage_of(parse(data, path=""))
    except CatalogError:
        return Coverage()


def _point(
    commit: Commit,
    found: Mapping[str, str],
    paths: Mapping[str, str],
    measured: Mapping[str, Coverage],
) -> Point:
    totals: dict[str, Coverage] = {}
    for path, identity in found.items():
        coverage = measured.get(identity, Coverage())
        if coverage.words:
            totals[paths[path]] = totals.get(paths[path], Coverage()) + coverage
    return Point(commit.day, {locale: total.ratio for locale, total in sorted(totals.items())})
