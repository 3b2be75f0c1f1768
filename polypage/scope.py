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
from polypage.project import Project


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

    Pseudo-locales can be named though the settings do not.

    Raises:
        SettingsError: The project has no such article or locale, or no folder of articles.
    """
    every, known = project.articles().slugs, project.settings.project.locales
    chosen = dict.fromkeys(_known(slug, every, "article", project.source_dir) for slug in slugs)
    wanted = dict.fromkeys(
        locale
        if is_pseudo(locale)
        else _known(locale, known, "locale of this project", project.root)
        for locale in map(spelling, locales)
    )
    others = tuple(slug for slug in every if slug not in chosen) if chosen else ()
    return Scope(tuple(chosen) or every, others, tuple(wanted) or known, whole=not chosen)


def _known(name: str, names: Sequence[str], what: str, where: Path) -> str:
    if name in names:
        return name
    near = difflib.get_close_matches(name, names, n=1)
    remedy = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names) or 'none'}"
    raise SettingsError(where, f"{name!r} is no {what}", remedy=remedy)
