"""Small pages, read and translated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polypage.html.document import read
from polypage.model import Article, Content, Target
from polypage.reading.extract import extract
from polypage.reading.inline import from_msgstr
from polypage.rules.judging import Rules

ENGLISH = Target("en", "ltr", "en_US", "en", "ltr", mark_fallback=False)
GERMAN = Target("de", "ltr", "de_DE", "en", "ltr")
ARABIC = Target("ar", "rtl", "ar_AR", "en", "ltr")


def article(page: str, rules: Rules | None = None) -> Article:
    """Read a page in English."""
    document = read(page.encode(), path="source_articles/page.html")
    return extract(document, rules or Rules(), slug="page", source_tag="en")


def untranslated(article: Article) -> Sequence[None]:
    return [None] * len(article.segments)


def translated(article: Article, msgstrs: Mapping[str, str]) -> Sequence[Content | None]:
    """Read the translations there are, by msgid."""
    return [
        from_msgstr(
            msgstrs[segment.msgid], segment.content, preserve_space=segment.preserve_space
        ).content
        if segment.msgid in msgstrs
        else None
        for segment in article.segments
    ]
