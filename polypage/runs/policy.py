"""What must be true of a page before it goes out: the policy for one article in one locale.

The settings say it once for all pages, then for the pages of a locale, then for classes of pages;
what is said later comes first, key by key:

    [publish]                     min_coverage = 0.9
    [publish.locales.vi]          min_coverage = 0.8      Vietnamese pages
    [[publish.classes]]           min_coverage = 1        those of recalls, Vietnamese ones too
    articles = ["recalls/*"]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Literal

from polypage.runs.sources import Source
from polypage.settings import LocalePublishSettings, PublishClass, PublishSettings

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
        and (not one.articles or any(fits(source.slug, each) for each in one.articles))
        and (not one.pages or any(finds(css, source.document) for css in one.pages))
    )


def fits(slug: str, pattern: str) -> bool:
    """Say whether an article is one of those that a pattern means."""
    return fnmatchcase(slug, pattern)


def finds(css: str, document: Document) -> bool:
    """Say whether a selector finds anything on a source page."""
    from polypage.html.document import select  # noqa: PLC0415 - slow, and seldom needed

    return bool(select(document, css))


def _last(said: Sequence[object], name: str) -> Any:  # noqa: ANN401 - as the settings have it
    return next(value for one in reversed(said) if (value := getattr(one, name, None)) is not None)
