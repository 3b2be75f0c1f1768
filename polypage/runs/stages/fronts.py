"""The front page and the feed of each locale, from the pages that stand on the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import compress, islice
from pathlib import Path
from string import Template
from typing import NamedTuple, TypeAlias
from urllib.parse import urlsplit

from polypage.building.teasers import DEFAULT, FEED, Front, Teaser, feed, front_page, in_order
from polypage.building.teasers import template as template_of
from polypage.errors import SettingsError
from polypage.files import read_file
from polypage.model import Edition
from polypage.profiles import profile
from polypage.profiles import tag as tag_of
from polypage.reading.card import Card
from polypage.runs.registry import Registry, address, alternates_of, readers_tags, to_page
from polypage.runs.stages.batch import Batch, Over
from polypage.runs.stages.cards import Seen, card_batch, cards, pages_standing
from polypage.runs.stages.lists import digest_of, note, standing
from polypage.runs.state import digest
from polypage.settings import PublishSettings
from polypage.tomlfile import decode

INDEX = "index"
FRONTS = (f"{INDEX}.html", FEED)
"""The files of each locale."""


Lists: TypeAlias = dict[Path, bytes]
"""A locale's front page and feed, as far as there are to be some."""


class Fronts(NamedTuple):
    """What becomes of front pages and feeds."""

    news: tuple[Callable[[], Lists], ...] = ()
    """What makes those of a locale."""
    left: tuple[Path, ...] = ()
    """Those of locales of which no page stands any more."""


def fronts(batch: Batch, registry: Registry, seen: Seen, over: Over | None) -> Fronts:
    """Return what makes each locale's front page and feed, where they may be news.

    An article called index is its locales' front page itself. Pages that were `seen` are not looked
    at again. A crew reads what they say `over` batches of languages, if many may have to be read.

    Raises:
        SettingsError: The template cannot be read, or makes no sense.
    """
    tags = readers_tags(registry)
    slugs = sorted(registry.listings)
    # The pages of one language at a time: those of all are too much to hold.
    pages = partial(pages_standing, batch, registry, slugs, seen=seen)
    shown = {tag: own for tag in tags if (own := _identity(pages(tag)))}
    written = _template(batch)
    in_source = shown.get(registry.source_tag, "")
    news: dict[str, Callable[[], Lists]] = {}
    for tag, own in shown.items():
        paths = _paths(batch, registry, tag)
        told = (registry.base_url, (*shown,), in_source, own, [path.name for path in paths])
        inputs = batch.digest(written, repr(told))
        if standing(batch, "front", tag, inputs) is None:
            made = template_of(written, path=_template_path(batch))
            files = partial(_files, batch, registry, pages, (*shown,), tag, made)
            news[tag] = partial(_noted, batch, registry, tag, inputs, files)
    if over and _are_many(registry, slugs, news, seen):
        told_of = dict.fromkeys((registry.source_tag, *news))
        over("list", card_batch, (*told_of,), slugs, registry)
    return Fronts(tuple(news.values()), tuple(_left(batch, registry, shown)))


def _left(batch: Batch, registry: Registry, shown: Container[str]) -> Iterator[Path]:
    """Yield the files of locales that have nothing to list."""
    settings = batch.project.settings.project
    for tag in map(tag_of, (settings.source_locale, *settings.locales)):
        if tag not in shown:
            yield from (path for path in _paths(batch, registry, tag) if path.is_file())


def _are_many(registry: Registry, slugs: Sequence[str], tags: Iterable[str], seen: Seen) -> bool:
    """Whether more than a few pages may have to be read."""
    pages = ((tag, slug) for tag in tags for slug in slugs if tag in registry.listings[slug].tags)
    return sum(1 for _ in islice((page for page in pages if seen(*page) is None), _FEW)) == _FEW


_FEW = 500
"""So many pages are read sooner than a crew is asked to."""


def _identity(pages: Mapping[str, bytes]) -> str:
    """Tell these pages from others; empty where there are none."""
    return digest("\n".join(pages), b"".join(pages.values())) if pages else ""


def asked_for(publish: PublishSettings) -> tuple[str, ...]:
    """Return which of the files the settings ask for."""
    return tuple(compress(FRONTS, (publish.index, publish.feed)))


def _paths(batch: Batch, registry: Registry, tag: str) -> tuple[Path, ...]:
    """Return where the files of a locale go that settings ask for, and that nothing else is."""
    has_room = {FRONTS[0]: INDEX not in registry.listings, FEED: FEED not in registry.assets}
    folder = batch.project.site_dir / tag
    wanted = asked_for(batch.project.settings.publish)
    return tuple(folder / name for name in wanted if has_room[name])


def _template(batch: Batch) -> str:
    named = batch.project.settings.publish.index_template
    if named is None:
        return DEFAULT
    try:
        return decode(read_file(batch.project.root / named), path=named)
    except OSError as exc:
        raise SettingsError(named, f"cannot be read: {exc.strerror}") from exc


def _template_path(batch: Batch) -> str:
    return batch.project.settings.publish.index_template or ""


_Pages: TypeAlias = Callable[[str], Mapping[str, bytes]]
"""Gives the articles that stand in a language, and what tells each page from what it was."""


# --- a locale's files -------------------------------------------------------------------------


def _noted(
    batch: Batch, registry: Registry, tag: str, inputs: str, make: Callable[[], Lists]
) -> Lists:
    """Make a locale's files, and remember of what."""
    files = make()
    absent = [path for path in _paths(batch, registry, tag) if path not in files]
    digests = {path: digest_of(data) for path, data in files.items()}
    note(batch, "front", tag, inputs, digests, absent=absent)
    batch.state.flush()
    return files


def _files(
    batch: Batch,
    registry: Registry,
    pages: _Pages,
    tags: Sequence[str],
    tag: str,
    made: Template,
) -> Lists:
    own = cards(batch, tag, pages(tag))
    in_source = cards(batch, registry.source_tag, pages(registry.source_tag))
    front = _front(registry, tag, tags, own, in_source)
    paths = {path.name: path for path in _paths(batch, registry, tag)}
    news = feed(front) if FEED in paths else None
    files = {} if news is None else {paths[FEED]: news}
    if f"{INDEX}.html" in paths:
        shown = replace(front, has_feed=news is not None)
        files[paths[f"{INDEX}.html"]] = front_page(shown, made).encode()
    return files


def _front(
    registry: Registry,
    tag: str,
    tags: Sequence[str],
    cards: Mapping[str, Card],
    in_source: Mapping[str, Card],
) -> Front:
    own, source = profile(tag), profile(registry.source_tag)
    base = registry.base_url
    return Front(
        tag=tag,
        direction=own.direction,
        language=own.native_name,
        source_tag=source.tag,
        source_direction=source.direction,
        title=_site_name(cards, in_source, base) or own.native_name,
        teasers=in_order(
            [
                _teaser(registry, slug, tag, card, in_source.get(slug, Card()))
                for slug, card in cards.items()
            ]
        ),
        url=f"{base}/{tag}/" if base else None,
        editions=tuple(_edition(each, tag) for each in tags),
        alternates=alternates_of(registry, INDEX, tags),
    )


def _site_name(cards: Mapping[str, Card], in_source: Mapping[str, Card], base: str | None) -> str:
    """Return what most pages call the site, translated ones before others; or else its host."""
    named = {slug: card.site_name for slug, card in cards.items() if card.site_name}
    own = [name for slug, name in named.items() if name != in_source.get(slug, Card()).site_name]
    names = Counter(own or named.values())
    most = min(names, key=lambda name: (-names[name], name), default="")
    return most or (urlsplit(base).hostname or "" if base else "")


def _edition(other: str, tag: str) -> Edition:
    known = profile(other)
    href = f"{INDEX}.html" if other == tag else f"../{other}/{INDEX}.html"
    return Edition(other, known.direction, known.native_name, known.og_locale, href)


def _teaser(registry: Registry, slug: str, tag: str, card: Card, source: Card) -> Teaser:
    """List a page; what it says as the source page does is in the source's language."""
    title_tag = registry.source_tag if card.title == source.title else tag
    is_source = card.description == source.description
    return Teaser(
        href=to_page(INDEX, tag, f"{tag}/{slug}.html"),
        url=address(registry, slug, tag),
        title=card.title or slug,
        title_tag=card.title_tag or title_tag,
        description=card.description,
        description_tag=registry.source_tag if is_source else tag,
        published=card.published,
        updated=card.updated,
    )
