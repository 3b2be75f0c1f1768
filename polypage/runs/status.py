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
from polypage.runs.answers import Answers, AtHand, Part
from polypage.runs.ledger import Ledger
from polypage.runs.localefiles import open_approval
from polypage.runs.outcomes import Approved, Checked, Run
from polypage.runs.scope import Scope, scope_of
from polypage.runs.settled import part_kinds
from polypage.runs.stages.batch import collect_seldom, failure, recipe_of, unworkable
from polypage.runs.stages.checking import check_batch, measure_site


def survey(root: Path, *, slugs: Sequence[str] = (), locales: Sequence[str] = ()) -> Run:
    """Check the catalogs and nothing else; empty `slugs` and `locales` mean all.

    `site` among the slugs means the texts that pages share.

    Raises:
        PolypageError: The settings make no sense, or an article or locale is not the project's.
    """
    collect_seldom()
    project = load(root)
    named = [slug for slug in slugs if slug != SITE]
    has_site = not slugs or len(named) < len(slugs)
    chosen = scope_of(project, named, locales)
    # What is wrong with the texts that pages share is found with the pages.
    scope = scope_of(project, (), locales) if has_site and named else chosen
    refused = {} if slugs else dict(_refused(project, scope))
    parts = _parts(project, scope) | {slug: AtHand(own) for slug, own in refused.items()}
    shown = {*chosen.slugs, *refused} if named or not slugs else set[str]()
    told = [parts[slug] for slug in sorted(shown)]
    if has_site and _has_shared(project, is_asked=SITE in slugs):
        found = chain.from_iterable(part_kinds(part).shared for part in parts.values())
        told.append(AtHand(measure_site(root, scope.locales, found)))
    approved = (_approved(project, locale) for locale in scope.locales if not is_pseudo(locale))
    return Run(checked=Answers(told), approved=tuple(approved))


def _parts(project: Project, scope: Scope) -> dict[str, Part[Checked]]:
    """Return what checking says of articles, by slug."""
    ledger = Ledger(project, recipe_of(project))
    ledger.look(scope.slugs)
    known = ledger.find("check", scope.slugs, scope.locales)
    left = [slug for slug in scope.slugs if slug not in known]
    checked = check_batch(project.root, left, scope.locales) if left else ()
    fresh = groupby(checked, key=attrgetter("slug"))
    return known | {slug: AtHand(tuple(outcomes)) for slug, outcomes in fresh}


def _has_shared(project: Project, *, is_asked: bool) -> bool:
    """Say whether pages share texts; who asks for them is told if they do not."""
    path = project.template_path(SITE)
    if is_asked and not path.is_file():
        remedy = "`polypage extract` writes it if pages share texts"
        raise SettingsError(path, "is not there", remedy=remedy)
    return path.is_file()


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
