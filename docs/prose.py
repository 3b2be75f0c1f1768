"""Docstrings as the reference shows them: one sentence on a line, paths as links.

    told("Elements that are not translated; docs/how-to/leave-parts-out.md.")
    'Elements that are not translated; [Leave parts of a page out](../how-to/leave-parts-out.md).'

A docstring names a page of the documentation by its path in this repository, which is of use where
the docstring itself is read; the reference has the page's title, or the heading's, in its place.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.docs.reading import anchor, sections

REFERENCE = Path(__file__).with_name("reference")


def told(text: str) -> str:
    """Return a paragraph on one line, with its links."""
    return _PATH.sub(_link, " ".join(text.split()))


def sentences(text: str) -> str:
    """Return a paragraph with its links, one sentence on a line."""
    return re.sub(r"(?<=[a-z)”`])([.?!]) (?=[A-Z`])", r"\1\n", told(text))


def cell(text: str) -> str:
    """Return a paragraph as the cell of a table."""
    return told(text).replace("|", "\\|")


_PATH = re.compile(r"docs/([\w/-]+\.md)(?:#([\w-]+))?")


def _link(path: re.Match[str]) -> str:
    page = REFERENCE.parent / path[1]
    headings = (each.title for each in sections(page))
    title = next(each for each in headings if path[2] is None or anchor(each) == path[2])
    place = (
        path[1].removeprefix("reference/") if path[1].startswith("reference/") else f"../{path[1]}"
    )
    return f"[{title}]({place}{'#' + path[2] if path[2] else ''})"
