"""How much is translated.

    survey(Path("clinic")).checked      for each article and locale its coverage

It is asked often, so it does without importing what reads and builds pages as long as every
answer is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from polypage.project import SITE, load
from polypage.runs.outcomes import Run
from polypage.runs.scope import scope_of
from polypage.runs.stages.checking import check_batch


def survey(root: Path, *, slugs: Sequence[str] = (), locales: Sequence[str] = ()) -> Run:
    """Check the catalogs and nothing else; empty `slugs` and `locales` mean all.

    Raises:
        PolypageError: The settings make no sense, or an article or locale is not the project's.
    """
    project = load(root)
    scope = scope_of(project, slugs, locales)
    shared = (SITE,) if scope.whole and project.template_path(SITE).is_file() else ()
    return Run(checked=check_batch(root, (*scope.slugs, *shared), scope.locales))
