"""What all stages do alike: open the project, remember, and let no article stop the others."""

from __future__ import annotations

import errno
import gc
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from polypage import __version__
from polypage.building.twins import NO_TWINS, Twins, read
from polypage.errors import (
    CatalogError,
    ExchangeError,
    GlossaryError,
    PolypageError,
    PublishError,
    SettingsError,
    SourceError,
    TimeLimitError,
)
from polypage.files import read_if_exists
from polypage.model import Domain, Finding, Severity
from polypage.profiles import Profile, profile
from polypage.project import SITE, Project, load
from polypage.runs.localefiles import (
    ApprovalFile,
    CatalogFile,
    GlossaryFile,
    GlossedTemplate,
    open_approval,
    open_catalog,
    open_glossary,
    open_template,
)
from polypage.runs.site import Site
from polypage.runs.sources import Source, open_source
from polypage.runs.state import StateStore, digest
from polypage.runs.timelimit import limited

if TYPE_CHECKING:
    from polypage.catalogs.catalog import Catalog

T = TypeVar("T")

log = logging.getLogger(__name__)

_CODES: dict[type[PolypageError], str] = {
    SourceError: "source-unreadable",
    CatalogError: "catalog-unreadable",
    PublishError: "file-unwritable",
    SettingsError: "settings-wrong",
    ExchangeError: "exchange-unreadable",
    GlossaryError: "glossary-unreadable",
    TimeLimitError: "time-limit",
}


class Over(Protocol):
    """Does work over batches, as a crew does a stage's over articles."""

    def __call__(
        self, stage: str, work: Callable[..., tuple[T, ...]], slugs: Sequence[str], *more: object
    ) -> Sequence[T]:
        """Do it; each batch is `work(root, slugs of the batch, *more)`."""


@dataclass(frozen=True)
class Material:
    """All that a page in a locale is made of, each file as it was when the work on it began."""

    source: Source
    locale: str
    own: CatalogFile
    site: CatalogFile
    glossary: GlossaryFile
    approval: ApprovalFile

    @cached_property
    def identity(self) -> str:
        """Tells it from what it was when anything changes that the page may have."""
        files = (self.source, self.own, self.glossary, self.approval)
        return digest(self.locale, *(file.identity for file in files), self.site.meaning)

    @property
    def catalogs(self) -> dict[Domain, CatalogFile]:
        return {"article": self.own, "site": self.site}


@dataclass(frozen=True, slots=True)
class Batch:
    """What a stage works with."""

    project: Project
    state: StateStore
    site: Site
    recipe: str
    """Identifies the settings and our own code: what came of others is not remembered."""
    holds: bool = False
    """Whether what a page is made of stays open from stage to stage: none may write a catalog."""
    _sources: dict[str, Source] = field(default_factory=dict)
    """The one that is worked on."""
    _materials: dict[tuple[str, str], Material] = field(default_factory=dict)
    """Likewise, by slug and locale, where it stays open."""
    _templates: dict[str, CatalogFile] = field(default_factory=dict)
    """Likewise, as it is for all locales."""
    _shared: dict[str, CatalogFile] = field(default_factory=dict)
    """The site's catalogs by locale."""
    _glossaries: dict[str, GlossaryFile] = field(default_factory=dict)
    _approvals: dict[str, ApprovalFile] = field(default_factory=dict)
    _twins: dict[str, Twins] = field(default_factory=dict)
    _vanished: dict[str, Mapping[str, Catalog]] = field(default_factory=dict)
    """The catalogs of articles that are gone, by locale and slug."""

    def source(self, slug: str) -> Source:
        """Open a source page; the last one stays open."""
        if slug not in self._sources:
            source = open_source(self.project, slug)
            self._sources.clear()
            self._sources[slug] = source
        return self._sources[slug]

    def catalog(self, slug: str, locale: str) -> CatalogFile:
        """Open a catalog; the site's stay open."""
        if slug != SITE:
            return open_catalog(self.project, slug, locale)
        if locale not in self._shared:
            self._shared[locale] = open_catalog(self.project, SITE, locale)
        return self._shared[locale]

    def template(self, slug: str, locale: str) -> CatalogFile:
        """Open a template, with what translators are told in one locale alone; the last stays open."""
        if slug not in self._templates:
            self._templates.clear()
            self._templates[slug] = open_template(self.project, slug)
        template, terms = self._templates[slug], self.terms(locale)
        if template.data is None or terms is None:
            return template
        return GlossedTemplate(template.path, template.data, template, terms)

    def terms(self, locale: str) -> GlossaryFile | None:
        """Open a locale's glossary; None if there is none, or nobody is to be told of it."""
        if not self.project.settings.glossary.show_terms:
            return None
        found = self.glossary(locale)
        return found if found.files else None

    def glossary(self, locale: str) -> GlossaryFile:
        """Open a locale's glossary; all stay open."""
        if locale not in self._glossaries:
            self._glossaries[locale] = open_glossary(self.project, locale)
        return self._glossaries[locale]

    def approval(self, locale: str) -> ApprovalFile:
        """Open a locale's approved disclaimer; all stay open."""
        if locale not in self._approvals:
            self._approvals[locale] = open_approval(self.project, locale)
        return self._approvals[locale]

    def twins(self, locale: str, files: Collection[str]) -> Twins:
        """Read what links of a locale lead to instead; `files` are those below the source folder.

        Raises:
            SettingsError: The file makes no sense.
        """
        if locale not in self._twins:
            path = self.project.links_path(locale)
            data = read_if_exists(path)
            found = NO_TWINS if data is None else read(data, path=self.relative(path), files=files)
            self._twins[locale] = found
        return self._twins[locale]

    def material(self, slug: str, locale: str) -> Material:
        """Open all that a page in a locale is made of; where stages hold it, the last one's stays open.

        Raises:
            PolypageError: A file cannot be read.
        """
        if (slug, locale) in self._materials:
            return self._materials[slug, locale]
        material = Material(
            self.source(slug),
            locale,
            self.catalog(slug, locale),
            self.catalog(SITE, locale),
            self.glossary(locale),
            self.approval(locale),
        )
        self._materials.clear()
        if self.holds:
            self._materials[slug, locale] = material
        return material

    def vanished(self, locale: str) -> Mapping[str, Catalog]:
        """Open the catalogs of articles that are gone; they stay open."""
        if locale not in self._vanished:
            self._vanished[locale] = dict(self._read_vanished(locale))
        return self._vanished[locale]

    def _read_vanished(self, locale: str) -> Iterator[tuple[str, Catalog]]:
        pages = {*self.project.articles().slugs, *(slug for slug, _ in unworkable(self.project))}
        folder = self.project.catalog_path(SITE, locale).parent
        for path in sorted(folder.rglob("*.po")):
            slug = path.relative_to(folder).with_suffix("").as_posix()
            if slug in pages or slug == SITE or path.name.startswith("."):
                continue
            try:
                yield slug, open_catalog(self.project, slug, locale).catalog
            except CatalogError as error:
                log.warning("%s; nothing is taken over from it", error)

    def locales(self, chosen: Iterable[str]) -> tuple[str, ...]:
        """Return the source locale and the chosen ones."""
        return tuple(dict.fromkeys((self.source_locale, *chosen)))

    @property
    def source_locale(self) -> str:
        return self.project.settings.project.source_locale

    @property
    def source_profile(self) -> Profile:
        return profile(self.source_locale)

    def relative(self, path: Path) -> str:
        """Name a file as findings do."""
        return self.project.relative(path)

    def digest(self, *parts: bytes | str) -> str:
        """Identify the inputs of some work."""
        return digest(self.recipe, *parts)

    def attempt(self, work: Callable[[], T], failed: Callable[[Finding], T], *, path: str) -> T:
        """Return what comes of the work, or else the outcome that says what stopped it."""
        try:
            with limited(self.project.settings.run.time_limit, path=path):
                return work()
        except PolypageError as error:
            return failed(failure(error, self.project.root))
        except OSError as error:
            problem = f"cannot be read or written: {error.strerror or error}"
            remedy = "see that it and its folder can be" if error.errno in _FORBIDDEN else None
            unwritable = PublishError(str(error.filename or path), problem, remedy=remedy)
            return failed(failure(unwritable, self.project.root))
        except Exception as error:
            # A defect of ours in one article must not stop the others.
            log.exception("%s: a defect in polypage", path)
            message = f"a defect in polypage: {type(error).__name__}: {error}; please report it"
            return failed(Finding("internal-error", Severity.ERROR, message, path))


_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
"""What people may do something about: rights, and disks that nothing can be written to."""


def as_it_is(failure: Finding) -> Any:  # noqa: ANN401 - instead of whatever is asked for
    """Answer a failed attempt with what stopped it."""
    return failure


@contextmanager
def opened(root: Path, *, rehearsal: Path | None = None, holds: bool = False) -> Iterator[Batch]:
    """Open a project for a batch of work.

    In a rehearsal, which has a folder of its own, nothing is remembered or published.
    """
    collect_seldom()
    project = load(root)
    with StateStore(project.state_dir, keeps=rehearsal is None) as state:
        yield Batch(project, state, Site(project, rehearsal), recipe_of(project), holds)


def recipe_of(project: Project) -> str:
    """Identify a project's settings, and what works on it: our own code and Babel's data."""
    own = (project.settings, project.rules, project.approved)
    return digest(__version__, own_code(), *map(repr, own))


def collect_seldom() -> None:
    """Have Python look for cycles of dead objects only after this many new ones, from now on.

    A page is tens of thousands of values that live until it is done, and none is part of a cycle:
    to look at them all again and again finds nothing.
    """
    threshold, *others = gc.get_threshold()
    if 0 < threshold < _NEW_OBJECTS:  # 0: the process has turned it off
        gc.set_threshold(_NEW_OBJECTS, *others)


_NEW_OBJECTS = 200_000


def failure(error: PolypageError, root: Path) -> Finding:
    """Turn an error into the finding that tells of it."""
    code = next((code for kind, code in _CODES.items() if isinstance(error, kind)), "failed")
    message = f"{error.problem}; {error.remedy}" if error.remedy else error.problem
    path = Path(error.path)
    place = path.relative_to(root) if path.is_relative_to(root) else path
    return Finding(code, Severity.ERROR, message, place.as_posix(), error.line)


def unworkable(project: Project) -> Iterator[tuple[str, SourceError]]:
    """Yield the pages whose names make them no articles: what would be their slug, and why."""
    for problem in project.articles().problems:
        page = Path(problem.path).relative_to(project.source_dir)
        yield page.with_suffix("").as_posix(), problem


@cache
def own_code() -> str:
    """Identify the code of this package, its tables, and Babel's."""
    package = Path(__file__).parents[2]
    files = sorted(path for path in package.rglob("*") if path.suffix in {".py", ".txt", ".toml"})
    return digest(version("babel"), *(path.read_bytes() for path in files))
