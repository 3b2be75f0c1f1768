"""What must be true of a page before it goes out: the policy for one article in one locale.

The settings say it once for all pages, then for the pages of a locale, then for classes of pages;
what is said later comes first, key by key:

    [publish]                     min_coverage = 0.9
    [publish.locales.vi]          min_coverage = 0.8      Vietnamese pages
    [[publish.classes]]           min_coverage = 1        those of recalls, Vietnamese ones too
    articles = ["recalls/*"]
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from polypage.model import Finding, Severity
from polypage.project import SETTINGS_FILE, Project
from polypage.runs.sources import Source
from polypage.settings import LocalePublishSettings, PublishClass, PublishSettings
from polypage.tomlfile import Keys, decode, line_of

if TYPE_CHECKING:
    from polypage.html.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What holds for one page; each field is the setting of its name."""

    min_coverage: float
    on_incomplete: Literal["hold", "mixed"]
    fuzzy: bool
    urgent: bool
    warnings: tuple[str, ...]
    on_recall: Literal["mark", "pull"]


def policy_of(source: Source, locale: str) -> Policy:
    """Say what holds for an article in a locale."""
    said = list(_layers(source, locale))
    return Policy(**{each.name: _last(said, each.name) for each in fields(Policy)})


def idle_settings(project: Project) -> tuple[Finding, ...]:
    """Warn of patterns and names in the settings that fit no article: most are misspelt."""
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
    path = project.root / SETTINGS_FILE
    for keys, pattern in named:
        fits = partial(fnmatchcase, pat=pattern) if keys[0] == "publish" else pattern.__eq__
        if not any(map(fits, slugs)):
            line = line_of(decode(path.read_bytes(), path=path), keys, pattern)
            message = f"{pattern!r} fits no article; {_meant(pattern, slugs)}"
            yield Finding("settings-idle", Severity.WARNING, message, SETTINGS_FILE, line)


def _meant(pattern: str, slugs: Sequence[str]) -> str:
    """Guess the name of an article, or the pattern of a folder, that was meant."""
    folders = {f"{folder}/*" for slug in slugs if (folder := slug.rpartition("/")[0])}
    near = difflib.get_close_matches(pattern, [*sorted(folders), *slugs], n=1)
    return f"did you mean {near[0]!r}?" if near else "correct it, or take it out"


def _layers(
    source: Source, locale: str
) -> Iterator[PublishSettings | LocalePublishSettings | PublishClass]:
    """Yield the tables that speak of an article, the one that comes first in the end."""
    publish = source.settings.publish
    yield publish
    if locale in publish.locales:
        yield publish.locales[locale]
    yield from (one for one in publish.classes if _is_for(one, source, locale))


def _is_for(one: PublishClass, source: Source, locale: str) -> bool:
    return (
        (not one.locales or locale in one.locales)
        and (not one.articles or any(fnmatchcase(source.slug, each) for each in one.articles))
        and (not one.pages or any(_finds(css, source.document) for css in one.pages))
    )


def _finds(css: str, document: Document) -> bool:
    from polypage.html.document import select  # noqa: PLC0415 - slow, and seldom needed

    return bool(select(document, css))


def _last(said: Sequence[object], name: str) -> Any:  # noqa: ANN401 - as the settings have it
    return next(value for one in reversed(said) if (value := getattr(one, name, None)) is not None)
