"""The files beside the source pages that their frames may show: pictures, styles, fonts, media."""

from __future__ import annotations

from pathlib import Path

from polypage.project import Project

TYPES = {
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".vtt": "text/vtt; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
"""Media types by ending; anything else, scripts above all, is nothing for a frame."""


def asset(project: Project, name: str) -> Path | None:
    """Find a file below the source folder; None for what no frame may have.

    Hidden files are none of it, nor is what lies elsewhere though a link or `..` leads there.
    """
    folder = project.source_dir.resolve()
    if "\0" in name or any(part.startswith(".") for part in name.split("/")):
        return None
    path = (folder / name).resolve()
    if path.suffix.lower() not in TYPES or not path.is_relative_to(folder) or not path.is_file():
        return None
    return path
