"""Texts that pages get from the settings: no source page holds them, the site's catalog does.

    configured(configured_segment(("This page is out of date.",), "banner"))

They are translated as all else is, and stand nowhere: their spans are empty.
"""

from __future__ import annotations

from polypage.model import Article, Content, Segment, Skeleton, Span
from polypage.reading.inline import to_msgid

SETTINGS_FILE = "polypage.toml"


def configured(*segments: Segment) -> Article:
    """Return texts of the settings as an article of their own."""
    return Article("site", SETTINGS_FILE, Skeleton("", ()), segments)


def configured_segment(content: Content, role: str, *, notes: tuple[str, ...] = ()) -> Segment:
    """Return a text of the settings as a segment of the site."""
    return Segment(
        msgid=to_msgid(content),
        content=content,
        span=Span(0, 0),
        line=1,
        role=role,
        domain="site",
        notes=notes,
    )
