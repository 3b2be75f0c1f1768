"""What the pages of a locale say of themselves, for its front page and its feed.

    cards(batch, "vi", pages_standing(batch, registry, slugs, "vi"))   {"doses": Card(title="…", …), …}

A page is read once, and again when it changed; what it said is kept with all others of its locale.
Where there are many to read, a crew reads them, a locale at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from polypage.reading.card import Card, card_of
from polypage.runs.registry import Registry
from polypage.runs.stages.batch import Batch, opened
from polypage.runs.stamps import bytes_of, mark_of

log = logging.getLogger(__name__)

Seen: TypeAlias = Callable[[str, str], bytes | None]
"""Gives the mark of a page by language and article; None where it is to be looked at."""


def unseen(_tag: str, _slug: str) -> None:
    """Have every page looked at."""


def pages_standing(
    batch: Batch, registry: Registry, slugs: Sequence[str], tag: str, *, seen: Seen = unseen
) -> dict[str, bytes]:
    """Return the articles that stand in a language, and what tells each page from what it was.

    A page that was counted on may not be there after all.
    """
    counted_on = [slug for slug in slugs if tag in registry.listings[slug].tags]
    marks = {slug: seen(tag, slug) for slug in counted_on}
    looked_at = batch.site.pages(tag, [slug for slug, mark in marks.items() if mark is None])
    marks.update((slug, mark_of(stat)) for slug, stat in looked_at)
    return {slug: bytes_of(mark) for slug, mark in marks.items() if mark}


def card_batch(
    root: Path, tags: Sequence[str], slugs: Sequence[str], registry: Registry
) -> tuple[str, ...]:
    """Read the cards of the pages of languages, and keep them; return the languages."""
    with opened(root) as batch:
        for tag in tags:
            cards(batch, tag, pages_standing(batch, registry, slugs, tag))
            batch.state.flush()
    return tuple(tags)


@dataclass(frozen=True, slots=True)
class _Kept:
    """The card of a page as it was."""

    slug: str
    identity: str
    """What its mark tells of its bytes, in hexadecimal digits."""
    card: Card


@dataclass(frozen=True, slots=True)
class _Shelf:
    """All cards of a locale."""

    cards: tuple[_Kept, ...] = ()


def cards(batch: Batch, tag: str, pages: Mapping[str, bytes]) -> dict[str, Card]:
    """Return the cards of a locale's pages; only those that changed are read."""
    inputs = batch.digest()
    shelf = batch.state.find("cards", tag, inputs, _Shelf) or _Shelf()
    known = {(kept.slug, kept.identity): kept.card for kept in shelf.cards}
    found: dict[str, Card] = {}
    for slug, identity in pages.items():
        card = known.get((slug, identity.hex())) or _read(batch, batch.project.page_path(slug, tag))
        if card is not None:
            found[slug] = card
    kept = tuple(_Kept(slug, pages[slug].hex(), card) for slug, card in found.items())
    if kept != shelf.cards:
        batch.state.keep("cards", tag, inputs, _Shelf(kept))
    return found


def _read(batch: Batch, path: Path) -> Card | None:
    try:
        page = batch.site.read(path)
        return card_of((page or b"").decode("utf-8-sig", "replace"))
    except OSError as error:
        log.warning("%s cannot be read (%s): it is in no list", path, error.strerror)
        return None
