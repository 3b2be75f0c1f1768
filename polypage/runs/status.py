"""How much is translated.

    survey(Path("clinic")).checked      for each article and locale its coverage
    survey(Path("clinic")).approved     for each locale who approved its disclaimer, and when

It is asked often, so it does without importing what reads and builds pages as long as every
answer is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from polypage.errors import SettingsError
from polypage.profiles import is_pseudo
from polypage.project import SITE, Project, load
from polypage.runs.outcomes import Approved, Run
from polypage.runs.scope import scope_of
from polypage.runs.sources import open_approval
from polypage.runs.stages.batch import failure
from polypage.runs.stages.checking import check_batch


def survey(root: Path, *, slugs: Sequence[str] = (), locales: Sequence[str] = ()) -> Run:
    """Check the catalogs and nothing else; empty `slugs` and `locales` mean all.

    Raises:
        PolypageError: The settings make no sense, or an article or locale is not the project's.
    """
    project = load(root)
    scope = scope_of(project, slugs, locales)
    shared = (SITE,) if scope.whole and project.template_path(SITE).is_file() else ()
    checked = check_batch(root, (*scope.slugs, *shared), scope.locales)
    approved = (_approved(project, locale) for locale in scope.locales if not is_pseudo(locale))
    return Run(checked=checked, approved=tuple(approved))


def _approved(project: Project, locale: str) -> Approved:
    try:
        approval = open_approval(project, locale).approval
    except SettingsError as error:
        path = project.relative(project.approval_path(locale))
        return Approved(locale, path, failure=failure(error, project.root))
    if approval is None:
        return Approved(locale)
    day = approval.on.isoformat() if approval.on else ""
    return Approved(locale, approval.path, approval.by, day)
