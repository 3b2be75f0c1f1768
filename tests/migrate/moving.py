"""A page read both ways, for tests of moving its catalogs."""

from __future__ import annotations

from typing import NamedTuple

from polypage.catalogs import catalog as catalogs
from polypage.catalogs.catalog import Catalog
from polypage.catalogs.templates import template_entries
from polypage.html.document import read
from polypage.model import Article, Segmentation
from polypage.profiles import Profile, profile
from polypage.reading.extract import extract
from polypage.reuse.alignment import Block, blocks
from polypage.rules.judging import Rules


class Moving(NamedTuple):
    """What is needed to move the catalog of a page."""

    blocks: Catalog
    sentences: Catalog
    cut: tuple[Block, ...]
    spoken: Profile
    written: Profile


def moving(page: str, locale: str) -> Moving:
    whole, cut = _article(page, "block"), _article(page, "sentence")
    return Moving(
        _template(whole),
        _template(cut),
        blocks(whole, cut, "article"),
        profile("en"),
        profile(locale),
    )


def _article(page: str, segmentation: Segmentation) -> Article:
    document = read(page.encode(), path="source_articles/page.html")
    return extract(document, Rules(), slug="page", source_tag="en", segmentation=segmentation)


def _template(article: Article) -> Catalog:
    entries = template_entries(article, "article")
    return catalogs.template(entries, project="page", created="2026-11-22 10:00+0000")
