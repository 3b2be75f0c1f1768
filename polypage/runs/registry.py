"""Which pages stand on the site, and where the links on them lead.

A link to another article leads to its page in the same locale, or to the source page where
there is none; pictures and other assets stay with the source page. On the Vietnamese page of
`collagen`:

    rolling.html#care               stays: it is published in Vietnamese too
    peeling.html                    ../en/peeling.html, because that is not
    img/needles.jpg                 ../en/img/needles.jpg
    https://clinic.example/rolling  rolling.html: it is the article's own address
"""

from __future__ import annotations

import pickle
import posixpath
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from polypage.building.twins import NO_TWINS, Twins, is_address
from polypage.model import Edition
from polypage.profiles import is_pseudo, profile
from polypage.runs.state import digest

_IN_PATHS = "/~!$&'()*+,;=:@"
"""What may stand in the path of a URL besides letters and digits (RFC 3986 §3.3)."""
_TRACKING = re.compile(r"(utm_[^=]*|fbclid|gclid|mc_cid|mc_eid)(=|$)")
"""A part of a query that only says where readers come from."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is known of one article on the site."""

    source: str
    """Its page below the source folder."""
    tags: frozenset[str]
    """The language tags in which its page stands."""
    addresses: tuple[str, ...] = ()
    """Its own absolute addresses: canonical and `og:url`."""


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """All pages of the site; made by `register`."""

    source_tag: str
    base_url: str | None
    listings: Mapping[str, Listing]
    """By slug."""
    assets: frozenset[str]
    """The files below the source folder that are no articles."""
    by_source: Mapping[str, str]
    """Slugs by the listings' sources."""
    by_address: Mapping[str, str]
    """Slugs by the listings' addresses, made comparable."""

    def __reduce__(self) -> tuple[Callable[[bytes], Registry], tuple[bytes]]:
        # Each batch of a run is sent the same one, of all articles: it is packed once for all of
        # them, and unpacked once by each process that gets some.
        return _unpacked, (_packed(self),)


@lru_cache(maxsize=1)
def _packed(registry: Registry) -> bytes:
    values = [getattr(registry, each.name) for each in fields(registry)]
    return zlib.compress(pickle.dumps(values, pickle.HIGHEST_PROTOCOL), level=1)


@lru_cache(maxsize=1)
def _unpacked(data: bytes) -> Registry:
    return Registry(*pickle.loads(zlib.decompress(data)))  # noqa: S301 - packed by this run


def register(
    listings: Mapping[str, Listing],
    *,
    source_tag: str,
    base_url: str | None = None,
    assets: Iterable[str] = (),
) -> Registry:
    """Make the registry of these articles."""
    return Registry(
        source_tag=source_tag,
        base_url=base_url.rstrip("/") if base_url else None,
        listings=listings,
        assets=frozenset(assets),
        by_source={listing.source: slug for slug, listing in listings.items()},
        by_address=_owners(listings),
    )


def without(registry: Registry, slug: str, tag: str) -> Registry:
    """Return the registry less one page."""
    listing = registry.listings[slug]
    left = replace(listing, tags=listing.tags - {tag})
    return replace(registry, listings={**registry.listings, slug: left})


def address(registry: Registry, slug: str, tag: str) -> str | None:
    """Return the public address of a page; None where the project has no base URL.

    A pseudo-locale's page has that of the source page: search engines that find it are led there.
    """
    if registry.base_url is None:
        return None
    tag = registry.source_tag if is_pseudo(tag) else tag
    return f"{registry.base_url}/{quote(f'{tag}/{slug}.html', safe=_IN_PATHS)}"


def alternates(registry: Registry, slug: str) -> tuple[tuple[str, str], ...]:
    """Return hreflang and address of each version of an article, `x-default` last."""
    return alternates_of(registry, slug, _for_readers(registry, slug))


def alternates_of(
    registry: Registry, slug: str, tags: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Return hreflang and address of a page in these languages, `x-default` last."""
    versions = [(tag, url) for tag in tags if (url := address(registry, slug, tag))]
    default = [("x-default", url) for tag, url in versions if tag == registry.source_tag]
    return (*versions, *default)


def editions(registry: Registry, slug: str, tag: str) -> tuple[Edition, ...]:
    """Return an article's pages as its page in a language names them, in the order of `alternates`."""
    others = _for_readers(registry, slug)
    return tuple(edition(slug, tag, other) for other in others)


def edition(slug: str, tag: str, other: str) -> Edition:
    """Return an article's page in another language as its page in a language names it."""
    return _edition(slug, other, is_own=other == tag)


@lru_cache(maxsize=4096)  # an article's pages in all other languages name one alike
def _edition(slug: str, tag: str, *, is_own: bool) -> Edition:
    known, place = profile(tag), f"{tag}/{slug}.html"
    href = to_page(slug, tag if is_own else _ANOTHER, place)
    return Edition(tag, known.direction, known.native_name, known.og_locale, href)


_ANOTHER = "any"
"""Stands for the folder of a page in whatever other language."""


def readers_tags(registry: Registry) -> tuple[str, ...]:
    """Return the languages of all pages, the source's first, without pseudo-locales."""
    tags = {tag for listing in registry.listings.values() for tag in listing.tags}
    return tuple(_in_order(registry, tags))


def _for_readers(registry: Registry, slug: str) -> list[str]:
    """Return the tags of an article's pages, the source's first, without those of pseudo-locales."""
    return _in_order(registry, registry.listings[slug].tags)


def _in_order(registry: Registry, tags: Iterable[str]) -> list[str]:
    wanted = (tag for tag in tags if not is_pseudo(tag))
    return sorted(wanted, key=lambda tag: (tag != registry.source_tag, tag))


def links(
    registry: Registry, slug: str, tag: str, written: Sequence[str], twins: Twins = NO_TWINS
) -> dict[str, str]:
    """Return what the links written on a page become, for those that change."""
    became = (
        (each.written, _link(registry, slug, tag, each))
        for each in _destinations(registry, slug, tuple(written))
    )
    found = {value: link for value, link in became if link is not None and link != value}
    return {**found, **_to_twins(registry, slug, tag, written, twins)}


def languages(
    registry: Registry, slug: str, tag: str, written: Sequence[str], twins: Twins = NO_TWINS
) -> dict[str, str]:
    """Return which language the articles are in that links on a page come to lead to."""
    led = _to_twins(registry, slug, tag, written, twins)
    return {
        each.written: _version(registry, each.slug, tag) or registry.source_tag
        for each in _destinations(registry, slug, tuple(written))
        if each.slug is not None and each.written not in led
    }


def led_anew(
    registry: Registry, slug: str, tag: str, written: str, *, said: str = ""
) -> tuple[str, str] | None:
    """Return where a link leads now that an older build wrote on a page, and the language there.

    None: it may stay as it is. A link to the article itself is one of a language switcher where the
    page in the language that is `said` of it is meant.
    """
    url = _relative(written.strip())
    if url is None or url.path.startswith("/"):
        return None
    place = _below(posixpath.dirname(f"{tag}/{slug}"), url.path)
    folder, _, name = place.partition("/")
    to = name.removesuffix(".html")
    by_builds = (said,) if to == slug else (tag, registry.source_tag)
    if to == name or to not in registry.listings or folder not in by_builds:
        return None
    known = registry.listings[to]
    version = _version(registry, to, registry.source_tag if to == slug else tag)
    if folder == version or (to == slug and folder in known.tags):
        return None
    if version is not None:
        return f"{to_page(slug, tag, f'{version}/{to}.html')}{_rest(url)}", version
    own = next(iter(known.addresses), None)
    return (own, registry.source_tag) if own else None


def missing(registry: Registry, slug: str, written: Iterable[str]) -> tuple[str, ...]:
    """Return which links on a page lead to pictures below the source folder that are not there."""
    folder = posixpath.dirname(registry.listings[slug].source)
    return tuple(
        value
        for value in written
        if (url := _relative(value.strip())) is not None
        and url.path.lower().endswith(_PICTURES)
        and not url.path.startswith("/")
        and _below(folder, url.path) not in registry.assets
    )


def dead(registry: Registry, slug: str, written: Sequence[str]) -> tuple[str, ...]:
    """Return which links on a page lead to pages below the source folder that are not there."""
    folder = posixpath.dirname(registry.listings[slug].source)
    led = {each.written for each in _destinations(registry, slug, tuple(written))}
    return tuple(
        value
        for value in written
        if value not in led
        and (url := _relative(value.strip())) is not None
        and url.path.lower().endswith((".html", ".htm"))
        and not url.path.startswith("/")
        and (path := _below(folder, url.path)) not in registry.by_source
        and posixpath.basename(path) != "index.html"  # front pages are made, or a server's own
    )


_PICTURES = tuple(".apng .avif .bmp .gif .ico .jpeg .jpg .png .svg .tif .tiff .webp".split())


def surroundings(registry: Registry, slug: str, written: Sequence[str], *, has_twins: bool) -> str:
    """Spell out all that addresses, alternates and links on an article's pages are made of.

    Where a locale has twins of links, each file below the source folder may be one.
    """
    to = _destinations(registry, slug, tuple(written))
    places = [(each.written, each.path, each.slug) for each in to]
    slugs = sorted({slug, *(each.slug for each in to if each.slug)})
    listings = [(each, _spelled(registry.listings[each])) for each in slugs]
    files = sorted(registry.assets) if has_twins else missing(registry, slug, written)
    return repr((registry.base_url, registry.source_tag, places, listings, files))


@lru_cache(maxsize=2)  # of the site before a build and after
def identity(registry: Registry) -> str:
    """Tell a site from any other where a link could lead elsewhere."""
    listings = [(slug, _spelled(registry.listings[slug])) for slug in sorted(registry.listings)]
    assets = sorted(registry.assets)
    return digest(repr((registry.base_url, registry.source_tag, listings, assets)))


def _spelled(listing: Listing) -> tuple[object, ...]:
    return tuple(
        sorted(value) if isinstance(value, frozenset) else value
        for value in (getattr(listing, field.name) for field in fields(listing))
    )


# --- links ------------------------------------------------------------------------------------


class _Destination(NamedTuple):
    """Where on the site a link leads."""

    written: str
    url: SplitResult
    path: str | None
    """Where below the source folder a relative link leads."""
    slug: str | None
    """The article; None for an asset."""


@lru_cache(maxsize=4)  # a page's links lead to the same articles in all its languages
def _destinations(
    registry: Registry, slug: str, written: tuple[str, ...]
) -> tuple[_Destination, ...]:
    listing = registry.listings[slug]
    address = next(iter(listing.addresses), "")
    folder = posixpath.dirname(listing.source)
    found = (_destination(registry, folder, address, value) for value in written)
    # A link to the page's own address is left alone: it may be the source link.
    return tuple(each for each in found if each and (each.path is not None or each.slug != slug))


def _destination(
    registry: Registry, folder: str, address: str, written: str
) -> _Destination | None:
    value = written.strip()
    if _is_full(value):
        slug = _owner(registry, value)
        return _Destination(written, urlsplit(value), None, slug) if slug else None
    if (url := _relative(value)) is None:
        return None
    if not url.path.startswith("/"):
        path = _below(folder, url.path)
        if path in registry.assets:
            return _Destination(written, url, path, None)
        if path in registry.by_source:
            return _Destination(written, url, path, registry.by_source[path])
    slug = _owner(registry, urljoin(address, value)) if address else None
    return _Destination(written, url, None, slug) if slug else None


def _is_full(value: str) -> bool:
    return value[:8].lower().startswith(("http://", "https://", "//"))


def _relative(value: str) -> SplitResult | None:
    """Take a relative link apart; None for one that leads to no page or file of any site."""
    if value.startswith("#"):
        return None
    try:
        url = urlsplit(value)
    except ValueError:
        return None
    return None if url.scheme or url.netloc or not url.path else url


def _below(folder: str, path: str) -> str:
    """Return where below the source folder a path leads that is written in one of its folders."""
    full = posixpath.normpath(posixpath.join(folder, unquote(path)))
    return posixpath.join(full, "index.html") if path.endswith("/") else full


def _owner(registry: Registry, url: str) -> str | None:
    """Return the article whose own address this is."""
    return registry.by_address.get(_comparable(url))


def _link(registry: Registry, slug: str, tag: str, to: _Destination) -> str | None:
    """Write the link on a page; None where the link as it stands leads there, or nothing does."""
    place = f"{registry.source_tag}/{to.path}"
    if to.slug is not None:
        version = _version(registry, to.slug, tag)
        if version is None:
            addresses = registry.listings[to.slug].addresses
            return None if to.url.netloc else next(iter(addresses), None)
        place = f"{version}/{to.slug}.html"
    if to.path is not None and posixpath.normpath(f"{tag}/{to.path}") == place:
        return None
    return f"{to_page(slug, tag, place)}{_rest(to.url)}"


def _version(registry: Registry, slug: str, tag: str) -> str | None:
    """Return in which language a page leads to an article: its own, else the source's."""
    standing = registry.listings[slug].tags
    return next((each for each in (tag, registry.source_tag) if each in standing), None)


def _rest(url: SplitResult) -> str:
    query = f"?{url.query}" if url.query else ""
    fragment = f"#{url.fragment}" if url.fragment else ""
    return f"{query}{fragment}"


@lru_cache(maxsize=4096)  # the pages of a site lead to the same few files again and again
def to_page(slug: str, tag: str, place: str) -> str:
    """Write how a page leads to a file of the site."""
    relative = quote(posixpath.relpath(place, posixpath.dirname(f"{tag}/{slug}")), safe=_IN_PATHS)
    # RFC 3986 §4.2: a colon in the first part would make that part a scheme.
    return f"./{relative}" if ":" in relative.partition("/")[0] else relative


# --- localized twins --------------------------------------------------------------------------


def _to_twins(
    registry: Registry, slug: str, tag: str, written: Sequence[str], twins: Twins
) -> dict[str, str]:
    """Return the links that lead to localized twins instead."""
    if twins == NO_TWINS:
        return {}
    found = ((value, _to_twin(registry, slug, tag, value.strip(), twins)) for value in written)
    return {value: link for value, link in found if link is not None}


def _to_twin(registry: Registry, slug: str, tag: str, value: str, twins: Twins) -> str | None:
    url = _relative(value)
    if url is not None and not url.path.startswith("/"):
        path = _below(posixpath.dirname(registry.listings[slug].source), url.path)
        if path in registry.assets:
            twin = twins.of(path)
            return None if twin is None else _written_twin(registry, slug, tag, twin, _rest(url))
    full = (
        value if url is None else urljoin(next(iter(registry.listings[slug].addresses), ""), value)
    )
    full = f"https:{full}" if full.startswith("//") else full
    if not is_address(full) or _owner(registry, full) == slug:
        return None
    if (twin := twins.of(full)) is not None:
        return _written_twin(registry, slug, tag, twin, "")
    bare, hash_, fragment = full.partition("#")
    twin = twins.of(bare) if hash_ else None
    return None if twin is None else _written_twin(registry, slug, tag, twin, f"#{fragment}")


def _written_twin(registry: Registry, slug: str, tag: str, twin: str, rest: str) -> str | None:
    if is_address(twin):
        return twin if "#" in twin or rest.startswith("?") else f"{twin}{rest}"
    if twin not in registry.assets:
        return None
    return f"{to_page(slug, tag, f'{registry.source_tag}/{twin}')}{rest}"


def _owners(listings: Mapping[str, Listing]) -> dict[str, str]:
    """Map addresses to slugs; one that two articles claim leads to neither."""
    owners: dict[str, set[str]] = {}
    for slug, listing in listings.items():
        for own in listing.addresses:
            owners.setdefault(_comparable(own), set()).add(slug)
    return {own: slugs.pop() for own, slugs in owners.items() if len(slugs) == 1}


def _comparable(url: str) -> str:
    """Spell an address so that two spellings of it are equal."""
    _, _, rest = url.partition("#")[0].partition("//")
    place, _, query = rest.partition("?")
    host, _, path = place.partition("/")
    kept = "&".join(part for part in query.split("&") if part and not _TRACKING.match(part))
    return f"{host.lower()}/{unquote(path).rstrip('/')}{kept and '?'}{unquote(kept)}"
