"""What came of each article the last time, and whether that still holds.

    ledger = Ledger(project, recipe)
    ledger.look(slugs)                              which articles are what they were
    ledger.recall("check", slugs, locales, …)       what came of them, by slug
    ledger.keep(settled, …)                         for the next run

An article is settled when doing its stages again changes nothing. It stays so as long as the files
of its own are what they were, those that all articles share, and what its links lead to. That is
found out with a look at each file: nothing is read, and no stage asked. All of it is a help that
is never relied on: without it, the stages ask what they themselves remember.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from polypage.project import Project
from polypage.runs.answers import AtHand, Part
from polypage.runs.basis import Basis, basis_of
from polypage.runs.belongings import Belongings
from polypage.runs.outcomes import Extracted
from polypage.runs.registry import Registry, surroundings
from polypage.runs.rows import Common, Rows
from polypage.runs.settled import Gist, Settled, gist_of, recalled
from polypage.runs.stamps import is_sure, moment, moved, stamp
from polypage.runs.state import digest

Holds: TypeAlias = Callable[[Settled, Gist], bool]
"""Says whether what came of a stage still holds for an article."""


def view_of(registry: Registry, extracted: Extracted, *, has_twins: bool) -> str:
    """Identify what an article's links lead to."""
    links = extracted.facts.links
    return digest(surroundings(registry, extracted.slug, links, has_twins=has_twins))


class Ledger:
    """The settled articles of a project."""

    def __init__(self, project: Project, recipe: str) -> None:
        self._project = project
        self._recipe = recipe
        self._belongings = Belongings(project)
        self._kept = Rows(project.state_dir / "ledger.sqlite3")
        self._basis: Basis | None = None
        self._rows: dict[str, Settled] = {}
        self._gists: dict[str, Gist] = {}
        self._touched: list[str] = []
        self._gone: frozenset[str] = frozenset()
        self.world = ""
        """Identifies the site in which what is known of each article holds; empty: no single one."""

    def look(self, slugs: Collection[str]) -> None:
        """Find out which articles are what they were when they were settled.

        The others are gone: `keep` keeps nothing of them.
        """
        rows, common = self._kept.all(), self._kept.common()
        self._gone = frozenset(rows) - frozenset(slugs)
        self._basis = basis_of(self._project, self._recipe, common.basis if common else None)
        self.world = common.world if common else ""
        root = f"{self._project.root}/"
        for slug in slugs:
            row = rows.get(slug)
            if row is None or row.basis != self._basis.identity:
                continue
            files = self._belongings.of(slug)
            found = stamp(files, row.stamps)
            if files[0] == root + row.page and found.digests == row.stamps.digests:
                self._rows[slug] = row
                if found is not row.stamps and moved(row.stamps, found):
                    self._touched.append(slug)

    def forget(self) -> None:
        """Take nothing for settled any more: somebody is changing files."""
        self._rows.clear()
        self._touched.clear()

    def recall(
        self,
        stage: str,
        slugs: Iterable[str],
        locales: Sequence[str],
        *,
        holds: Holds = lambda _row, _gist: True,
    ) -> dict[str, Part[Any]]:
        """Return what came of a stage, by slug, where it still holds."""
        every = {*self._project.settings.project.locales}
        if not {*locales} <= every or not (stage in _BEFORE_SITE or self._stands()):
            return {}
        known = {slug: self._rows[slug] for slug in slugs if slug in self._rows}
        found = {
            slug: recalled(row, gist, stage)
            for slug, row in known.items()
            if holds(row, gist := self._gist(slug))
        }
        if stage in ("extract", "read") or {*locales} == every:
            return found
        wanted = {self._project.settings.project.source_locale, *locales}
        return {slug: _in_locales(part, wanted) for slug, part in found.items()}

    def standing(self, slug: str) -> frozenset[str]:
        """Say in which languages the page of an article stands that is what it was."""
        return self._belongings.standing(self._rows[slug].stamps)

    def catalogs(self, *, without: Container[str]) -> dict[str, bytes]:
        """Return a fingerprint of each catalog that is what it was, by path below the root."""
        start = len(str(self._project.root)) + 1
        return {
            path[start:]: row.stamps.digest(n)
            for slug, row in self._rows.items()
            if slug not in without
            for n, path in self._belongings.catalogs(slug)
        }

    def pages(self, *, without: Container[str]) -> dict[str, dict[str, bytes]]:
        """Return the mark of each page that is what it was, by language and article."""
        marks: dict[str, dict[str, bytes]] = {tag: {} for tag in self._belongings.tags}
        for slug, row in self._rows.items():
            if slug not in without:
                for tag, mark in self._belongings.pages(row.stamps):
                    if is_sure(mark):
                        marks[tag][slug] = mark
        return marks

    def keep(self, articles: Sequence[Settled], *, world: str, without: Iterable[str] = ()) -> None:
        """Keep what has been settled for the next run, and nothing of articles that are not.

        In this `world` all that is kept holds.
        """
        gone = {*self._gone, *without}
        worth = len(self._touched) > _SHARE * len(self._rows) or world != self.world
        if not (articles or worth or gone):
            return
        now = moment(self._project.state_dir)
        basis = basis_of(self._project, self._recipe, now=now)
        touched = (self._stamped_again(slug, now) for slug in self._touched if slug not in gone)
        rows = (*filter(None, touched), *articles)
        self._kept.put(rows, Common(basis, world), without=gone)

    def _stamped_again(self, slug: str, now: int) -> Settled | None:
        row = self._rows[slug]
        found = stamp(self._belongings.of(slug), row.stamps, now=now)
        return replace(row, stamps=found) if found.digests == row.stamps.digests else None

    def _gist(self, slug: str) -> Gist:
        if slug not in self._gists:
            self._gists[slug] = gist_of(self._rows[slug])
        return self._gists[slug]

    def _stands(self) -> bool:
        """Whether what all articles share is what it was when they were looked at."""
        if self._basis is None:
            return False
        now = basis_of(self._project, self._recipe, self._basis)
        return now.identity == self._basis.identity


_BEFORE_SITE = ("extract", "read", "update")
"""The stages that come before the site's catalogs are up to date."""
_SHARE = 0.1
"""From which share of articles on it is worth while to note that files were touched alone."""


def _in_locales(part: Part[Any], locales: Container[str]) -> AtHand[Any]:
    return AtHand(tuple(one for one in part.outcomes() if one.locale in locales))
