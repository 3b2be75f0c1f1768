"""How far each article is, by its catalog, and what becomes of its page, as the last run left it.

Contents().of(project, "vi")             each article's progress
settled(project, ("rolling",), "vi")     pages of which nothing has changed since the last run
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from polypage.catalogs.backlog import WRONG
from polypage.errors import CatalogError
from polypage.preview.sheet import State, listed
from polypage.profiles import is_pseudo
from polypage.project import Project
from polypage.runs.answers import Answers
from polypage.runs.ledger import Ledger
from polypage.runs.localefiles import open_catalog
from polypage.runs.outcomes import Checked
from polypage.runs.stages.batch import recipe_of


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an article is in a locale."""

    slug: str
    counts: Mapping[State, int]
    """How many entries there are of each state; those that fall back are known with the page."""
    problem: str = ""
    """Why the catalog cannot be read."""
    page: Checked | None = None
    """What becomes of its page; None where that is not known since the last run."""

    @property
    def entries(self) -> int:
        return sum(self.counts.values())

    @property
    def share(self) -> int:
        """How much is translated, in percent of the entries, rounded down."""
        return 100 * self.counts[State.TRANSLATED] // self.entries if self.entries else 0


def settled(project: Project, slugs: Sequence[str], locale: str) -> Mapping[str, Checked]:
    """Return what the last run found out of pages whose files nobody has touched since."""
    ledger = Ledger(project, recipe_of(project))
    ledger.look(slugs)
    known = Answers[Checked](ledger.find("check", slugs, (locale,)).values())
    return {each.slug: each for each in known if each.locale == locale}


class Contents:
    """The progress of all articles; a catalog is read again when its file has changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, int], Progress]] = {}

    def of(self, project: Project, locale: str) -> tuple[Progress, ...]:
        """Say how far each article is in a locale.

        Raises:
            SettingsError: There is no folder of articles.
        """
        slugs = project.articles().slugs
        pages = settled(project, slugs, locale)
        progress = (self._one(project, slug, locale) for slug in slugs)
        return tuple(_with_page(each, pages.get(each.slug)) for each in progress)

    def _one(self, project: Project, slug: str, locale: str) -> Progress:
        path = project.catalog_path(slug, locale)
        try:
            stat = path.stat()
        except OSError:
            return Progress(slug, Counter())
        stamp = stat.st_mtime_ns, stat.st_size
        known = self._known.get(path)
        if known is None or known[0] != stamp:
            known = stamp, _measured(project, slug, locale)
            self._known[path] = known
        return known[1]


def _with_page(progress: Progress, page: Checked | None) -> Progress:
    """Add what becomes of the page; entries with errors are not translated, as readers see it."""
    todo = page.backlog.todo if page and progress.entries else ()
    wrong = sum(each.entries for each in todo if each.kind == WRONG)
    moved = {State.TRANSLATED: -wrong, State.FALLBACK: wrong}
    counts = {state: progress.counts[state] + moved.get(state, 0) for state in State}
    return replace(progress, counts=counts, page=page)


def _measured(project: Project, slug: str, locale: str) -> Progress:
    if is_pseudo(locale):
        return Progress(slug, Counter())
    try:
        file = open_catalog(project, slug, locale)
        rows = listed(file.catalog, file.path)
    except CatalogError as error:
        return Progress(slug, Counter(), str(error))
    return Progress(slug, Counter(row.state for row in rows))
