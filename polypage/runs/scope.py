"""Which articles and locales the work is about.

    scope_of(project, ("rolling",), ())     one article, in all locales

People name them on the command line; what the project does not have is an error.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from polypage.errors import SettingsError
from polypage.profiles import is_pseudo, spelling
from polypage.project import ENDINGS, Project


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles and locales that a run is about."""

    slugs: tuple[str, ...]
    others: tuple[str, ...]
    """The project's other articles, which pages may link to."""
    locales: tuple[str, ...]
    whole: bool
    """Whether it is about all articles."""


def scope_of(project: Project, slugs: Sequence[str], locales: Sequence[str]) -> Scope:
    """Look up articles and locales by name; none named means all of the project's.

    An article's name is its slug, or the path of its page.
    Pseudo-locales can be named though the settings do not.

    Raises:
        SettingsError: The project has no such article or locale, or no folder of articles.
        SourceError: There is such a page, whose name makes it no article.
    """
    articles, known = project.articles(), project.settings.project.locales
    every = articles.slugs
    named = dict.fromkeys(_slug(name, project) for name in slugs)
    for problem in articles.problems:
        page = Path(problem.path).relative_to(project.source_dir)
        if page.with_suffix("").as_posix() in named:
            raise problem
    chosen = {slug: _known(slug, every, "article", project.source_dir) for slug in named}
    wanted = dict.fromkeys(_known_locale(spelling(locale), project) for locale in locales)
    others = tuple(slug for slug in every if slug not in chosen) if chosen else ()
    return Scope(tuple(chosen) or every, others, tuple(wanted) or known, whole=not chosen)


def _slug(name: str, project: Project) -> str:
    """Return the slug of an article that is named by its path, as shells complete it."""
    path = Path(name)
    if path.suffix.lower() not in ENDINGS:
        return name
    folder = project.source_dir.resolve()
    for start in (Path.cwd(), project.root):
        whole = (start / path).resolve()
        if whole.is_relative_to(folder):
            return whole.relative_to(folder).with_suffix("").as_posix()
    return path.with_suffix("").as_posix()


def _known_locale(locale: str, project: Project) -> str:
    settings = project.settings.project
    if is_pseudo(locale):
        return locale
    if locale == settings.source_locale:
        problem = f"{locale!r} is the source language, whose pages every run takes in"
        raise SettingsError(project.root, problem, remedy="leave it out")
    return _known(locale, settings.locales, "locale of this project", project.root)


def _known(name: str, names: Sequence[str], what: str, where: Path) -> str:
    if name in names:
        return name
    near = difflib.get_close_matches(name, names, n=1)
    remedy = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names) or 'none'}"
    raise SettingsError(where, f"{name!r} is no {what}", remedy=remedy)
