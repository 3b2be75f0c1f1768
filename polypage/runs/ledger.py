"""What came of each article the last time, and whether that still holds.

    ledger = Ledger(project, recipe)
    ledger.look(slugs)                              which articles are what they were
    ledger.find("check", slugs, locales, …)       what came of them, by slug
    ledger.keep(settled, …)                         for the next run

An article is settled when doing its stages again changes nothing. It stays so as long as the files
of its own are what they were, those that all articles share, and what its links lead to. That is
found out with a look at each file: nothing is read, and no stage asked. All of it is a help that
is never relied on: without it, the stages ask what they themselves remember.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, TypeAlias

from polypage.project import Project
from polypage.runs.answers import AtHand, Part
from polypage.runs.basis import Basis, basis_of
from polypage.runs.belongings import Belongings
from polypage.runs.outcomes import Extracted
from polypage.runs.packing import Quiet, Store, Stowed
from polypage.runs.registry import Registry, surroundings
from polypage.runs.rows import Common, Rows
from polypage.runs.settled import Brief, Settled, brief_of, gist_of, part_of
from polypage.runs.stamps import Stamps, moment, moved, stamp
from polypage.runs.state import digest

Holds: TypeAlias = Callable[["Known"], bool]
"""Says whether what came of a stage still holds for an article."""


def view_of(registry: Registry, extracted: Extracted, *, has_twins: bool) -> str:
    """Identify what an article's links lead to."""
    links = extracted.facts.links
    return digest(surroundings(registry, extracted.slug, links, has_twins=has_twins))


class Known:
    """A settled article: what is known of it is put away, and read when somebody asks."""

    __slots__ = ("_stamps", "_store", "_where", "brief", "extracted", "slug")

    def __init__(self, row: Settled, store: Store, alike: dict[Brief, Brief]) -> None:
        """Put a row away; what is the same of many articles is kept once."""
        gist = gist_of(row)
        brief = brief_of(row, gist)
        self.slug = row.slug
        self.brief = alike.setdefault(brief, brief)
        read = gist.extracted
        stowed = Stowed if read.written or read.failure or read.findings else Quiet
        self.extracted: Part[Extracted] = stowed(row.slug, (read,), store)
        self._store = store
        # They are asked for more often than all else, and are little of it.
        self._stamps = store.put(b"".join(row.stamps)), len(row.stamps.marks)
        self._where = store.put(pickle.dumps(row, pickle.HIGHEST_PROTOCOL))

    def stamps(self) -> Stamps:
        """Read what its files were."""
        where, size = self._stamps
        both = self._store.get(where)
        return Stamps(both[:size], both[size:])

    def row(self) -> Settled:
        """Read its row."""
        row: Settled = pickle.loads(self._store.get(self._where))  # noqa: S301 - our own
        return row

    def part(self, stage: str) -> Part[Any]:
        """Return what came of a stage."""
        if stage in ("extract", "read"):
            return self.extracted
        return part_of(self.row, self.brief, stage)


class Ledger:
    """The settled articles of a project."""

    def __init__(self, project: Project, recipe: str) -> None:
        self._project = project
        self._recipe = recipe
        self._belongings = Belongings(project)
        self._kept = Rows(project.state_dir / "ledger.sqlite3")
        self._basis: Basis | None = None
        self._known: dict[str, Known] = {}
        self._touched: list[str] = []
        self._gone: frozenset[str] = frozenset()
        self.world = ""
        """Identifies the site in which what is known of each article holds; empty: no single one."""

    def look(self, slugs: Collection[str]) -> None:
        """Find out which articles are what they were when they were settled.

        The others are gone: `keep` keeps nothing of them.
        """
        common, wanted, gone = self._kept.common(), frozenset(slugs), set[str]()
        self._basis = basis_of(self._project, self._recipe, common.basis if common else None)
        self.world = common.world if common else ""
        store, alike = Store(self._project.state_dir), dict[Brief, Brief]()
        for row in self._kept.all():
            if row.slug not in wanted:
                gone.add(row.slug)
            elif row.basis == self._basis.identity and self._is_as_it_was(row):
                self._known[row.slug] = Known(row, store, alike)
        self._gone = frozenset(gone)

    def _is_as_it_was(self, row: Settled) -> bool:
        """Look at an article's files; note those that were touched alone."""
        files = self._belongings.of(row.slug)
        found = stamp(files, row.stamps)
        same = (
            files[0] == f"{self._project.root}/{row.page}" and found.digests == row.stamps.digests
        )
        if same and found is not row.stamps and moved(row.stamps, found):
            self._touched.append(row.slug)
        return same

    @property
    def settled(self) -> Collection[str]:
        """The articles that are what they were."""
        return self._known.keys()

    def forget(self) -> None:
        """Take nothing for settled any more: somebody is changing files."""
        self._known.clear()
        self._touched.clear()

    def find(
        self,
        stage: str,
        slugs: Iterable[str],
        locales: Sequence[str],
        *,
        holds: Holds = lambda _known: True,
    ) -> dict[str, Part[Any]]:
        """Return what came of a stage, by slug, where it still holds."""
        every = {*self._project.settings.project.locales}
        if not {*locales} <= every or not (stage in _BEFORE_SITE or self._stands()):
            return {}
        known = (self._known[slug] for slug in slugs if slug in self._known)
        parts = {each.slug: each.part(stage) for each in known if holds(each)}
        if stage in ("extract", "read") or {*locales} == every:
            return parts
        wanted = {self._project.settings.project.source_locale, *locales}
        return {slug: _in_locales(part, wanted) for slug, part in parts.items()}

    def standing(self, slug: str) -> frozenset[str]:
        """Say in which languages the page of an article stands that is what it was."""
        return self._belongings.standing(self._known[slug].stamps())

    def catalogs(self, *, without: Container[str]) -> Callable[[str], bytes | None]:
        """Return what gives a fingerprint of each catalog that is what it was, by path below the root."""
        own = self._belongings
        digests = {slug: own.digests(stamps) for slug, stamps in self._stamps(without)}
        return partial(own.digest_of, digests)

    def pages(self, *, without: Container[str]) -> Callable[[str, str], bytes | None]:
        """Return what gives the mark of each page that is what it was, by language and article."""
        own = self._belongings
        marks = {slug: own.marks(stamps) for slug, stamps in self._stamps(without)}
        return partial(own.mark_of, marks)

    def _stamps(self, without: Container[str]) -> Iterator[tuple[str, Stamps]]:
        """Yield the articles that are what they were, each with what its files were."""
        for slug, known in self._known.items():
            if slug not in without:
                yield slug, known.stamps()

    def keep(self, articles: Sequence[Settled], *, world: str, without: Iterable[str] = ()) -> None:
        """Keep what has been settled for the next run, and nothing of articles that are not.

        In this `world` all that is kept holds.
        """
        gone = {*self._gone, *without}
        worth = len(self._touched) > _SHARE * len(self._known) or world != self.world
        if not (articles or worth or gone):
            return
        now = moment(self._project.state_dir)
        basis = basis_of(self._project, self._recipe, now=now)
        again = [slug for slug in self._touched if slug not in gone]
        rows = _Rows(partial(self._stamped_again, now=now), again, articles)
        self._kept.put(rows, Common(basis, world), without=gone)

    def _stamped_again(self, slug: str, *, now: int) -> Settled | None:
        row = self._known[slug].row()
        found = stamp(self._belongings.of(slug), row.stamps, now=now)
        return row._replace(stamps=found) if found.digests == row.stamps.digests else None

    def _stands(self) -> bool:
        """Whether what all articles share is what it was when they were looked at."""
        if self._basis is None:
            return False
        now = basis_of(self._project, self._recipe, self._basis)
        return now.identity == self._basis.identity


@dataclass(frozen=True, slots=True)
class _Rows(Iterable[Settled]):
    """What is to be kept, made one by one whenever somebody goes through it."""

    stamped_again: Callable[[str], Settled | None]
    touched: Sequence[str]
    settled: Sequence[Settled]

    def __iter__(self) -> Iterator[Settled]:
        return chain(filter(None, map(self.stamped_again, self.touched)), self.settled)


_BEFORE_SITE = ("extract", "read", "update")
"""The stages that come before the site's catalogs are up to date."""
_SHARE = 0.1
"""From which share of articles on it is worth while to note that files were touched alone."""


def _in_locales(part: Part[Any], locales: Container[str]) -> AtHand[Any]:
    return AtHand(tuple(one for one in part.outcomes() if one.locale in locales))
