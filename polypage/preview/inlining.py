"""Pictures and styles beside a page, as addresses that hold their own data.

    inlined(project, article)      {"assets/needle.png": "data:image/png;base64,…"}

A page that is opened from a disk in a frame without an origin may load no file: so what it shows
has to be in it.
"""

from __future__ import annotations

import base64
import posixpath
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from polypage.files import read_file
from polypage.html.styles import addresses
from polypage.model import Article, SlotKind
from polypage.preview.assets import TYPES, asset
from polypage.project import Project

_MOST_BYTES = 5_000_000
"""Of a file; what is larger, a film, is left out."""


def inlined(project: Project, article: Article) -> Mapping[str, str]:
    """Return by its address in the page what each file beside it becomes."""
    folder = posixpath.dirname(article.slug)
    wanted = {
        slot.value
        for slot in article.skeleton.slots
        if slot.kind in {SlotKind.LINK, SlotKind.STYLE_LINK}
    }
    found = {address: _beside(project, folder, address) for address in sorted(wanted)}
    return {address: _data(project, path) for address, path in found.items() if path}


def _beside(project: Project, folder: str, address: str) -> Path | None:
    """Find the file that an address in a folder leads to, if it is one that a frame may show."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    name = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    path = None if name.startswith("..") else asset(project, name)
    return path if path and path.stat().st_size <= _MOST_BYTES else None


def _data(project: Project, path: Path) -> str:
    data = read_file(path)
    if path.suffix.lower() == ".css":
        folder = path.parent.relative_to(project.source_dir.resolve()).as_posix()
        data = _style(project, folder, data.decode("utf-8", "replace")).encode()
    kind = TYPES[path.suffix.lower()].replace(" ", "")
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _style(project: Project, folder: str, css: str) -> str:
    """Put what a style sheet shows into it; the style sheets that it imports stay out."""
    parts, end = [], 0
    for span in addresses(css):
        path = _beside(project, folder, css[slice(*span)])
        if path and path.suffix.lower() != ".css":
            parts += [css[end : span.start], _data(project, path)]
            end = span.end
    return "".join((*parts, css[end:]))
