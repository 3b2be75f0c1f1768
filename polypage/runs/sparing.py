"""A crew that is spared what is settled.

    sparing = Sparing(project, crew, ledger)
    sparing.over("check", check_batch, slugs, locales)

The outcomes are those that the crew would give; it is asked only for articles that changed, or that
depend on something that did.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from polypage.project import Project
from polypage.runs.answers import Answers
from polypage.runs.basis import has_twins
from polypage.runs.ledger import Holds, Known, Ledger, view_of
from polypage.runs.outcomes import Updated
from polypage.runs.packing import by_article
from polypage.runs.registry import Registry, identity
from polypage.runs.stages.batch import opened
from polypage.runs.stages.remembering import identities

T = TypeVar("T")


class Crew(Protocol):
    """Does the work of stages, here or elsewhere."""

    def over(
        self, stage: str, work: Callable[..., tuple[T, ...]], slugs: Sequence[str], *more: object
    ) -> Sequence[T]:
        """Do a stage's work over articles, in batches; the outcomes are in their order.

        Each batch is `work(root, slugs of the batch, *more)`.
        """


class Sparing:
    """Has a crew do what is not settled."""

    def __init__(self, project: Project, crew: Crew, ledger: Ledger) -> None:
        self._project = project
        self._crew = crew
        self._ledger = ledger
        self.changed: set[str] = set()
        """What the crew was asked for."""
        self._rewritten: set[str] = set()
        """Articles with a catalog that this run wrote: what the ledger knows of them came before."""
        self.standing: dict[str, frozenset[str]] = {}
        """Where an article need not be checked: the languages in which its page stands."""
        self.world = ""
        """Identifies the site that was built last."""

    def over(
        self, stage: str, work: Callable[..., tuple[T, ...]], slugs: Sequence[str], *more: object
    ) -> Sequence[T]:
        """Do a stage's work over articles, where it is not known what comes of it."""
        known = self._known(stage, slugs, more)
        left = [slug for slug in slugs if slug not in known]
        self.changed.update(left)
        done = self._crew.over(stage, work, left, *more) if left else ()
        if stage == "update":
            updated = cast("Sequence[Updated]", done)
            self._rewritten.update(one.slug for one in updated if one.written)
        if stage == "check":
            alike: dict[frozenset[str], frozenset[str]] = {}
            for slug in known:
                tags = self._ledger.standing(slug)
                self.standing[slug] = alike.setdefault(tags, tags)
        if not known:
            return done
        parts = known | dict(by_article(done))
        return Answers(parts[slug] for slug in slugs if slug in parts)

    def unspared(
        self, stage: str, work: Callable[..., tuple[T, ...]], slugs: Sequence[str], *more: object
    ) -> Sequence[T]:
        """Have the crew do work that the ledger knows nothing of."""
        return self._crew.over(stage, work, slugs, *more)

    def catalogs(self) -> Callable[[str], bytes | None]:
        """Return what gives a fingerprint of each catalog that nobody touched, by path below the root."""
        return self._ledger.catalogs(without=self.changed)

    def pages(self) -> Callable[[str, str], bytes | None]:
        """Return what gives the mark of each page that nobody touched, by language and article."""
        return self._ledger.pages(without=self.changed)

    def _known(self, stage: str, slugs: Sequence[str], more: Sequence[object]) -> dict[str, Any]:
        if stage == "note":
            self._ledger.forget()
        if stage not in _STAGES:
            return {}
        holds: Holds = _always
        locales = cast("Sequence[str]", more[0]) if more else ()
        if stage == "update":
            holds = partial(_is_advised, cache(partial(_memory, self._project.root)))
        elif stage == "build":
            registry = cast("Registry", more[1])
            self.world = identity(registry)
            if self.world != self._ledger.world:
                holds = partial(_sees, registry, twins=has_twins(self._project))
        elif stage == "audit":
            holds = partial(_is_none_of, self.changed)
        as_before = [slug for slug in slugs if slug not in self._rewritten]
        return self._ledger.find(stage, as_before, locales, holds=holds)


_STAGES = frozenset(("extract", "read", "update", "check", "build", "audit"))


def _always(_known: Known) -> bool:
    return True


def _is_advised(memory: Callable[[str], str | None], known: Known) -> bool:
    """Say whether the memory has for an article what it had."""
    return all(memory(locale) == was for locale, was in known.brief.advice)


def _memory(root: Path, locale: str) -> str | None:
    with opened(root) as batch:
        return identities(batch, [locale])[locale]


def _sees(registry: Registry, known: Known, *, twins: bool) -> bool:
    """Say whether an article's links lead to what they led to."""
    (extracted,) = known.extracted.outcomes()
    return view_of(registry, extracted, has_twins=twins) == known.row().view


def _is_none_of(slugs: set[str], known: Known) -> bool:
    return known.slug not in slugs
