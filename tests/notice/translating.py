"""Translations of an article from a table of them."""

from __future__ import annotations

from collections.abc import Mapping

from polypage.model import Article, Content
from polypage.reading.inline import from_msgstr


def translated(article: Article, words: Mapping[str, str]) -> list[Content | None]:
    """Return what stands for each segment: None where the table has nothing for it."""
    return [
        from_msgstr(words[segment.msgid], segment.content).content
        if segment.msgid in words
        else None
        for segment in article.segments
    ]
