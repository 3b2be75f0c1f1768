"""What came of each article the last time, and whether that still holds.

    ledger = Ledger(project, recipe)
    ledger.look(slugs)                              which articles are what they were
    ledger.recall("check", slugs, locales, …)       what came of them, by slug
    ledger.keep(settled)                            for the next run

An article is settled when doing its stages again changes nothing. It stays so as long as the files
of its own are what they were, those that all articles share, and what its links lead to. That is
found out with a look at each file: nothing is read, and no stage asked. All of it is a help that
is never relied on: without it, the stages ask what they themselves remember.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeAlias

from polypage.files import fingerprint
from polypage.model import BuildOutcome
from polypage.profiles import tag
from polypage.project import SITE, Project
from polypage.runs.outcomes import Audited, Checked, Extracted, Updated
from polypage.runs.records import packed, unpacked
from polypage.runs.registry import Registry, surroundings
from polypage.runs.sources import without_references
from polypage.runs.stamps import NOTHING, Stamps, moment, moved, stamp
from polypage.runs.state import digest

log = logging.getLogger(__name__)

Outcome: TypeAlias = Extracted | Updated | Checked | BuildOutcome | Audited
"""What comes of a stage."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What the stages make of an article that is settled, in all locales of the project."""

    extracted: Extracted
    """Without its share of the site's template: that is looked up when the template changes."""
    updated: tuple[Updated, ...] = ()
    checked: tuple[Checked, ...] = ()
    built: tuple[BuildOutcome, ...] = ()
    audited: tuple[Audited, ...] = ()
    advice: tuple[tuple[str, str], ...] = ()
    """What the memory was, by locale, where there are entries that it might help."""


@dataclass(frozen=True, slots=True)
class Settled:
    """An article as it was when doing its stages again changed nothing."""

    slug: str
    page: str
    """Its path below the project's root, as templates name it."""
    basis: str
    """Identifies what all articles share."""
    view: str
    """Identifies what its links lead to."""
    stamps: Stamps
    """Of its own files."""
    outcomes: bytes


def settled(
    slug: str, *, page: str, basis: str, view: str, stamps: Stamps, outcomes: Outcomes
) -> Settled:
    """Note what came of an article."""
    facts = replace(outcomes.extracted.facts, site_entries=())
    lean = replace(outcomes, extracted=replace(outcomes.extracted, facts=facts))
    data = json.dumps(packed(lean), ensure_ascii=False, separators=(",", ":"))
    return Settled(slug, page, basis, view, stamps, data.encode("utf-8", "surrogatepass"))


def files_of(project: Project, slug: str) -> tuple[str, ...]:
    """Name the files of an article: its page, its template, its catalogs and what is built."""
    settings = project.settings.project
    locales, site = str(project.locales_dir), str(project.site_dir)
    tags = (tag(locale) for locale in (settings.source_locale, *settings.locales))
    return (
        str(project.source_path(slug)),
        f"{locales}/templates/{slug}.pot",
        *(f"{locales}/{locale}/LC_MESSAGES/{slug}.po" for locale in settings.locales),
        *(f"{site}/{tag}/{slug}.html" for tag in tags),
    )


def has_twins(project: Project) -> bool:
    """Say whether a locale has twins of links, so that any file may be what a link leads to."""
    locales = project.settings.project.locales
    return any(project.links_path(locale).is_file() for locale in locales)


def view_of(registry: Registry, extracted: Extracted, *, has_twins: bool) -> str:
    """Identify what an article's links lead to."""
    links = extracted.facts.links
    return digest(surroundings(registry, extracted.slug, links, has_twins=has_twins))


# --- what all articles share ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Basis:
    """What all articles share: settings and code, the site's texts, glossaries and such."""

    identity: str
    stamps: Stamps
    meanings: tuple[str, ...]
    """Of each file, what tells it from others."""


def basis_of(project: Project, recipe: str, before: Basis | None = None, *, now: int = 0) -> Basis:
    """Identify what all articles share; what it was `before` saves reading the files in question."""
    paths = tuple(_shared(project))
    known = before if before and len(before.meanings) == len(paths) else None
    stamps = stamp(paths, known.stamps if known else NOTHING, now=now)
    meanings = tuple(
        known.meanings[n]
        if known and known.stamps.digest(n) == stamps.digest(n)
        else _meaning(path, stamps.digest(n))
        for n, path in enumerate(paths)
    )
    names = (project.relative(Path(path)) for path in paths)
    return Basis(digest(recipe, *names, *meanings), stamps, meanings)


def _shared(project: Project) -> Iterator[str]:
    """Name the files that are of no article: those beside the settings, and above the catalogs."""
    yield from _files_in(project.root, ".toml")
    yield from _files_in(project.locales_dir / project.settings.project.source_locale)
    for locale in project.settings.project.locales:
        yield from _files_in(project.locales_dir / locale)
        yield str(project.catalog_path(SITE, locale))


def _files_in(folder: Path, ending: str = "") -> list[str]:
    with suppress(OSError):
        found = (path for path in folder.iterdir() if path.name.endswith(ending))
        return sorted(str(path) for path in found if path.name[0] != "." and path.is_file())
    return []


def _meaning(path: str, digest_of_bytes: bytes) -> str:
    """Tell a file from others: a catalog by what pages have of it, any other by its bytes."""
    with suppress(OSError):
        if path.endswith(f"/LC_MESSAGES/{SITE}.po"):
            return fingerprint(without_references(Path(path).read_bytes())).hex()
    return digest_of_bytes.hex()


# --- recalling --------------------------------------------------------------------------------


class Ledger:
    """The settled articles of a project."""

    def __init__(self, project: Project, recipe: str) -> None:
        self._project = project
        self._recipe = recipe
        self._store = _Store(project.state_dir / "ledger.sqlite3")
        self._basis: Basis | None = None
        self._rows: dict[str, Settled] = {}
        self._outcomes: dict[str, Outcomes] = {}
        self._touched: list[str] = []
        self._gone: frozenset[str] = frozenset()

    def look(self, slugs: Collection[str]) -> None:
        """Find out which articles are what they were when they were settled.

        The others are gone: `keep` keeps nothing of them.
        """
        rows = self._store.rows()
        self._gone = frozenset(rows) - frozenset(slugs)
        self._basis = basis_of(self._project, self._recipe, self._store.basis())
        for slug in slugs:
            row = rows.get(slug)
            if row is None or row.basis != self._basis.identity:
                continue
            files = files_of(self._project, slug)
            found = stamp(files, row.stamps)
            if (
                self._project.relative(Path(files[0])) == row.page
                and found.digests == row.stamps.digests
            ):
                self._rows[slug] = row
                if moved(row.stamps, found):
                    self._touched.append(slug)

    def forget(self) -> None:
        """Take nothing for settled any more: somebody is changing files."""
        self._rows.clear()
        self._touched.clear()

    def recall(
        self, stage: str, slugs: Iterable[str], locales: Sequence[str], *, holds: Holds
    ) -> dict[str, tuple[Outcome, ...]]:
        """Return what came of a stage, by slug, where it still holds."""
        if not {*locales} <= {*self._project.settings.project.locales}:
            return {}
        if stage not in _BEFORE_SITE and not self._stands():
            return {}
        recalled = {}
        for slug in slugs:
            if slug in self._rows and holds(self._rows[slug], outcomes := self._of(slug)):
                recalled[slug] = _of_stage(outcomes, stage, {self._source, *locales})
        return recalled

    def checked(
        self, slugs: Iterable[str], locales: Sequence[str]
    ) -> dict[str, tuple[Checked, ...]]:
        """Return what came of checking, as `recall` does, and read nothing else of it: sooner."""
        if not {*locales} <= {*self._project.settings.project.locales} or not self._stands():
            return {}
        wanted = {self._source, *locales}
        return {
            slug: tuple(each for each in _checked(self._rows[slug]) if each.locale in wanted)
            for slug in slugs
            if slug in self._rows
        }

    def catalogs(self, *, without: Container[str]) -> dict[str, bytes]:
        """Return a fingerprint of each catalog that is what it was, by path below the root."""
        locales, root = self._project.settings.project.locales, f"{self._project.root}/"
        return {
            path.removeprefix(root): row.stamps.digest(n)
            for slug, row in self._rows.items()
            if slug not in without
            for n, path in enumerate(files_of(self._project, slug)[2 : 2 + len(locales)], 2)
        }

    def keep(self, articles: Sequence[Settled]) -> None:
        """Keep what has been settled, for the next run."""
        worth = len(self._touched) > _SHARE * len(self._rows)
        if not (articles or worth or self._gone):
            return
        now = moment(self._project.state_dir)
        basis = basis_of(self._project, self._recipe, now=now)
        touched = (self._stamped_again(slug, now) for slug in self._touched)
        self._store.put((*articles, *filter(None, touched)), basis, without=self._gone)

    def _stamped_again(self, slug: str, now: int) -> Settled | None:
        row = self._rows[slug]
        found = stamp(files_of(self._project, slug), row.stamps, now=now)
        return replace(row, stamps=found) if found.digests == row.stamps.digests else None

    def _of(self, slug: str) -> Outcomes:
        if slug not in self._outcomes:
            self._outcomes[slug] = _read(self._rows[slug].outcomes)
        return self._outcomes[slug]

    def _stands(self) -> bool:
        """Whether what all articles share is what it was when they were looked at."""
        if self._basis is None:
            return False
        now = basis_of(self._project, self._recipe, self._basis)
        return now.identity == self._basis.identity

    @property
    def _source(self) -> str:
        return self._project.settings.project.source_locale


Holds: TypeAlias = Callable[[Settled, Outcomes], bool]
"""Says whether what came of a stage still holds for an article."""
_BEFORE_SITE = ("extract", "read", "update")
"""The stages that come before the site's catalogs are up to date."""
_SHARE = 0.1
"""From which share of articles on it is worth while to note that files were touched alone."""


def _read(data: bytes) -> Outcomes:
    return unpacked(Outcomes, json.loads(data.decode("utf-8", "surrogatepass")))


def _checked(row: Settled) -> tuple[Checked, ...]:
    own = json.loads(row.outcomes.decode("utf-8", "surrogatepass"))[_PLACE_OF_CHECKED]
    return tuple(unpacked(Checked, each) for each in own)


_PLACE_OF_CHECKED = [each.name for each in fields(Outcomes)].index("checked")


def _of_stage(outcomes: Outcomes, stage: str, locales: Container[str]) -> tuple[Outcome, ...]:
    match stage:
        case "extract" | "read":
            return (outcomes.extracted,)
        case "update":
            every: tuple[Updated | Checked | BuildOutcome | Audited, ...] = outcomes.updated
        case "check":
            every = outcomes.checked
        case "build":
            every = outcomes.built
        case _:
            every = outcomes.audited
    return tuple(outcome for outcome in every if outcome.locale in locales)


# --- on the disk ------------------------------------------------------------------------------


class _Store:
    """The file; one that cannot be read is an empty one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self) -> dict[str, Settled]:
        """Return what is kept of each article."""
        query = "SELECT slug, page, basis, view, marks, digests, outcomes, proof FROM articles"
        found = {}
        for *row, outcomes, proof in self._select(query):
            slug, page, basis, view, marks, digests = row
            if fingerprint(outcomes) == proof:
                stamps = Stamps(marks, digests)
                found[slug] = Settled(slug, page, basis, view, stamps, outcomes)
        return found

    def basis(self) -> Basis | None:
        """Return what all articles shared."""
        for marks, digests, meanings in self._select("SELECT marks, digests, meanings FROM basis"):
            return Basis("", Stamps(marks, digests), tuple(meanings.split()))
        return None

    def put(self, articles: Iterable[Settled], basis: Basis, *, without: Iterable[str]) -> None:
        """Keep these beside what is there, but for articles that are gone."""
        gone = [(slug,) for slug in without]
        rows = [
            (
                a.slug,
                a.page,
                a.basis,
                a.view,
                a.stamps.marks,
                a.stamps.digests,
                a.outcomes,
                fingerprint(a.outcomes),
            )
            for a in articles
        ]
        for _ in range(2):
            try:
                with closing(sqlite3.connect(self._path, timeout=30)) as connection, connection:
                    # What a power cut takes away can be found out again.
                    connection.execute("PRAGMA synchronous = OFF")
                    connection.executescript(_TABLES)
                    connection.executemany(
                        "INSERT OR REPLACE INTO articles VALUES (?,?,?,?,?,?,?,?)", rows
                    )
                    connection.executemany("DELETE FROM articles WHERE slug = ?", gone)
                    connection.execute("DELETE FROM basis")
                    own = basis.stamps.marks, basis.stamps.digests, " ".join(basis.meanings)
                    connection.execute("INSERT INTO basis VALUES (?,?,?)", own)
            except sqlite3.Error as error:
                log.debug("%s is made anew: %s", self._path, error)
                with suppress(OSError):
                    self._path.unlink(missing_ok=True)
            else:
                return

    def _select(self, query: str) -> list[tuple[Any, ...]]:
        if not self._path.is_file():
            return []
        try:
            with closing(sqlite3.connect(self._path, timeout=30)) as connection:
                return connection.execute(query).fetchall()
        except sqlite3.Error as error:
            log.debug("%s cannot be read: %s", self._path, error)
            return []


_TABLES = """
    CREATE TABLE IF NOT EXISTS articles (
        slug TEXT PRIMARY KEY, page TEXT, basis TEXT, view TEXT,
        marks BLOB, digests BLOB, outcomes BLOB, proof BLOB
    );
    CREATE TABLE IF NOT EXISTS basis (marks BLOB, digests BLOB, meanings TEXT);
"""
