"""How much is translated.

    survey(Path("clinic")).checked      for each article and locale its coverage
    survey(Path("clinic")).approved     for each locale who approved its disclaimer, and when

It is asked often: articles that are settled are looked at, not read, and what reads and builds
pages is not imported as long as every answer is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path

from polypage.errors import SettingsError
from polypage.profiles import is_pseudo, tag
from polypage.project import SITE, Project, load
from polypage.runs.answers import Answers, AtHand
from polypage.runs.ledger import Ledger
from polypage.runs.localefiles import open_approval
from polypage.runs.outcomes import Approved, Checked, Run
from polypage.runs.scope import Scope, scope_of
from polypage.runs.settled import part_kinds
from polypage.runs.stages.batch import collect_seldom, failure, recipe_of, unworkable
from polypage.runs.stages.checking import check_batch, measure_site


def survey(root: Path, *, slugs: Sequence[str] = (), locales: Sequence[str] = ()) -> Run:
    """Check the catalogs and nothing else; empty `slugs` and `locales` mean all.

    Raises:
        PolypageError: The settings make no sense, or an article or locale is not the project's.
    """
    collect_seldom()
    project = load(root)
    scope = scope_of(project, slugs, locales)
    ledger = Ledger(project, recipe_of(project))
    ledger.look(scope.slugs)
    known = ledger.find("check", scope.slugs, scope.locales)
    left = [slug for slug in scope.slugs if slug not in known]
    checked = check_batch(root, left, scope.locales) if left else ()
    fresh = groupby(checked, key=attrgetter("slug"))
    refused = dict(_refused(project, scope)) if scope.whole else {}
    at_hand = refused | {slug: tuple(outcomes) for slug, outcomes in fresh}
    parts = known | {slug: AtHand(outcomes) for slug, outcomes in at_hand.items()}
    told = [parts[slug] for slug in sorted({*scope.slugs, *refused})]
    if scope.whole and project.template_path(SITE).is_file():
        found = chain.from_iterable(part_kinds(part).shared for part in told)
        told.append(AtHand(measure_site(root, scope.locales, found)))
    approved = (_approved(project, locale) for locale in scope.locales if not is_pseudo(locale))
    return Run(checked=Answers(told), approved=tuple(approved))


def _refused(project: Project, scope: Scope) -> Iterator[tuple[str, tuple[Checked, ...]]]:
    """Yield the pages whose names make them no articles, as broken in all locales."""
    locales = dict.fromkeys((project.settings.project.source_locale, *scope.locales))
    for slug, problem in unworkable(project):
        told = failure(problem, project.root)
        yield (
            slug,
            tuple(
                Checked(
                    slug,
                    locale,
                    told.path,
                    standing=project.page_path(slug, tag(locale)).is_file(),
                    failure=told,
                )
                for locale in locales
            ),
        )


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
