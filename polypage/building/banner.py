"""The banner on a page that is out of date in what matters.

The page was built from a source page and a catalog that are gone, so its bytes stay as they are:
the banner is put in front of what its body holds, and taken out again.

    <body>
    <p data-polypage-recall role="alert" …><a href="../en/needles.html" …>This page is …</a></p>
    <h1>Kim</h1>
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from polypage.errors import SourceError
from polypage.html.document import read
from polypage.html.references import escape_attribute, escape_text
from polypage.model import Direction

_STYLE = "margin:0;padding:1em;border:3px solid #a00;background:#fff;color:#a00;font-weight:bold"
_BANNER = re.compile(rb"\n?<p data-polypage-recall .*?</p>\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Banner:
    """What readers are told, and where they are sent."""

    text: str
    tag: str
    """The language of the text."""
    direction: Direction
    address: str
    """Of the source page, or of what its source link leads to."""
    source_tag: str
    """The language of the page there."""


def with_banner(page: bytes, banner: Banner) -> bytes | None:
    """Put a banner on a page in UTF-8, in the place of one it has; None if it has no body."""
    bare = without_banner(page)
    try:
        document = read(bare, path="")
    except SourceError:
        return None
    body = next((each for each in document.elements if each.name == "body"), None)
    if body is None:
        return None
    at = body.content.start
    text = f"{document.text[:at]}\n{_html(banner)}\n{document.text[at:]}"
    bom = codecs.BOM_UTF8 if document.bom else b""
    return bom + text.encode("utf-8", "surrogateescape")


def without_banner(page: bytes) -> bytes:
    """Take the banner off a page, if it has one."""
    return _BANNER.sub(b"", page, count=1)


def _html(banner: Banner) -> str:
    language = f'lang="{banner.tag}" dir="{banner.direction}"'
    address = escape_attribute(banner.address, '"')
    link = f'<a href="{address}" hreflang="{banner.source_tag}" style="color:inherit">'
    shown = f"{link}{escape_text(banner.text)}</a>"
    return f'<p data-polypage-recall role="alert" {language} style="{_STYLE}">{shown}</p>'
