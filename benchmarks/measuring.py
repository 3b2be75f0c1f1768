"""What the measurements share: where the measuring data is, how a page is read without a project."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

from polypage.document import read
from polypage.extract import extract
from polypage.inline import from_msgstr
from polypage.model import Article, Content, Segmentation, Target
from polypage.render import render
from polypage.rules import Rules

ROOT = Path(__file__).resolve().parent.parent


def shared() -> Path | None:
    """Return the folder of measuring data, which is no part of the project; None without it."""
    folder = Path(os.environ.get("POLYPAGE_SHARED", ROOT.parent / "shared"))
    return folder if folder.is_dir() else None


def pages(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each page of an archive."""
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith((".html", ".htm")) else None
            if file is not None:
                yield member.name, file.read()


def as_article(name: str, data: bytes, segmentation: Segmentation = "block") -> Article:
    """Read a page in the language it says it is in."""
    document = read(data, path=name)
    tag = document.elements[0].attribute("lang") or "en"
    tag = tag.replace("_", "-")
    return extract(document, Rules(), slug="page", source_tag=tag, segmentation=segmentation)


def echoed(article: Article) -> list[Content | None]:
    """Translate each segment by its own msgid."""
    return [
        from_msgstr(segment.msgid, segment.content, preserve_space=segment.preserve_space).content
        for segment in article.segments
    ]


def built(article: Article, translations: list[Content | None]) -> bytes:
    """Build the page in its own language: its texts, and nothing else, may change."""
    target = Target("en", "ltr", "en_US", "en", "ltr")
    text = render(article, translations, target)
    data = text.encode("utf-8", "surrogateescape")
    return b"\xef\xbb\xbf" + data if article.skeleton.bom else data
