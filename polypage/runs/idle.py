"""Settings that are about nothing: most are misspelt, and what they ask for holds for no page.

    idle_settings(project)              'medicine/*' fits no article; did you mean 'medicines/*'?
    idle_selectors(project, lacking)    'p.warnign' finds nothing on any page; …

Names are held against the articles there are. What selectors find is known page by page: `lacking`
says it of one, and a selector that is lacking on all of them is told of. Those that keep pages safe
are asked about, and those that something is put into; that others find nothing does no harm.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from functools import partial, reduce
from pathlib import Path

from polypage.files import read_file
from polypage.model import Finding, Severity
from polypage.project import SETTINGS_FILE, Project
from polypage.runs.policy import finds, fits
from polypage.runs.sources import Source
from polypage.settings import NoticeSettings, Settings
from polypage.tomlfile import Keys, decode, line_of


def idle_settings(project: Project) -> tuple[Finding, ...]:
    """Warn of patterns and names in the settings that fit no article."""
    named: list[tuple[Keys, str]] = [
        (("publish", "classes", place, "articles"), pattern)
        for place, one in enumerate(project.settings.publish.classes)
        for pattern in one.articles
    ]
    named += [(("articles", slug), slug) for slug in project.settings.articles]
    return tuple(_idle(project, named)) if named else ()


def _idle(project: Project, named: Sequence[tuple[Keys, str]]) -> Iterator[Finding]:
    pages = project.articles()
    refused = (Path(each.path).relative_to(project.source_dir) for each in pages.problems)
    slugs = (*pages.slugs, *(page.with_suffix("").as_posix() for page in refused))
    for keys, pattern in named:
        is_meant = partial(fits, pattern=pattern) if keys[0] == "publish" else pattern.__eq__
        if not any(map(is_meant, slugs)):
            yield _finding(
                project, keys, pattern, f"{pattern!r} fits no article; {_meant(pattern, slugs)}"
            )


def _meant(pattern: str, slugs: Sequence[str]) -> str:
    """Guess the name of an article, or the pattern of a folder, that was meant."""
    folders = {f"{folder}/*" for slug in slugs if (folder := slug.rpartition("/")[0])}
    near = difflib.get_close_matches(pattern, [*sorted(folders), *slugs], n=1)
    return f"did you mean {near[0]!r}?" if near else "correct it, or take it out"


# --- selectors --------------------------------------------------------------------------------


def lacking(source: Source) -> tuple[str, ...]:
    """Return the selectors that find nothing on a source page."""
    wanted = dict.fromkeys(css for _, css in _selectors(source.settings))
    return tuple(css for css in wanted if not finds(css, source.document))


def idle_selectors(project: Project, lacking_on: Sequence[Collection[str]]) -> tuple[Finding, ...]:
    """Warn of selectors that find nothing on any page, given what each page lacks."""
    if not lacking_on:
        return ()
    everywhere = reduce(frozenset.intersection, map(frozenset, lacking_on))
    return tuple(
        _finding(
            project, keys, css, f"{css!r} finds nothing on any page; correct it, or take it out"
        )
        for keys, css in (_selectors(project.settings) if everywhere else ())
        if css in everywhere
    )


def _selectors(settings: Settings) -> Iterator[tuple[Keys, str]]:
    publish, notice = settings.publish, settings.notice
    yield from ((("publish", "warnings"), css) for css in publish.warnings)
    for locale, own in publish.locales.items():
        yield from ((("publish", "locales", locale, "warnings"), css) for css in own.warnings or ())
    for place, one in enumerate(publish.classes):
        here = ("publish", "classes", place)
        yield from (((*here, "pages"), css) for css in one.pages)
        yield from (((*here, "warnings"), css) for css in one.warnings or ())
    for key in ("switcher", "note_in"):
        if css := getattr(publish, key):
            yield ("publish", key), css
    if notice.on_missing != "fail":  # else each page without them is an error
        for key in ("source_link", "disclaimer"):
            if (css := getattr(notice, key)) != getattr(NoticeSettings(), key):
                yield ("notice", key), css


def _finding(project: Project, keys: Keys, value: str, message: str) -> Finding:
    path = project.root / SETTINGS_FILE
    line = line_of(decode(read_file(path), path=path), keys, value)
    return Finding("settings-idle", Severity.WARNING, message, SETTINGS_FILE, line)
