"""The sitemap, which names the pages of all articles to search engines, each with its versions.

    dict(sitemaps(registry))    {"sitemap.xml": b"<?xml …"}

https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from polypage.runs.registry import Registry, alternates

_MAP = "sitemap.xml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(
    registry: Registry, *, most: int = 50_000, size: int = 5_000_000
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the sitemap, name and bytes; none where the project has no base URL.

    sitemaps.org allows 50,000 addresses and 52,428,800 bytes in one file, so a large site gets an
    index of several, which comes last. They are smaller than allowed: a run holds one at a time.
    """
    if registry.base_url is None:
        return
    urls = (url for slug in sorted(registry.listings) for url in _urls(registry, slug))
    index: list[str] = []
    for part, more in _parts(urls, most, size):
        if not (more or index):
            yield _MAP, _file("urlset", part)
            return
        name = f"sitemap-{len(index) + 1}.xml"
        yield name, _file("urlset", part)
        part.clear()
        index.append(f"<sitemap><loc>{_xml(f'{registry.base_url}/{name}')}</loc></sitemap>")
    yield _MAP, _file("sitemapindex", map(str.encode, index))


def _urls(registry: Registry, slug: str) -> Iterator[str]:
    """Yield the addresses of an article's pages, each with all of them as its versions."""
    addresses = {tag: _xml(url) for tag, url in alternates(registry, slug)}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{url}"/>'
        for tag, url in addresses.items()
    )
    for tag in sorted(addresses.keys() - {"x-default"}):
        yield f"<url><loc>{addresses[tag]}</loc>{others}</url>"


def _parts(urls: Iterable[str], most: int, size: int) -> Iterator[tuple[list[bytes], bool]]:
    """Part addresses so that each part has so many at most, and so many bytes, or but one.

    With each part it is said whether there are more.
    """
    part: list[bytes] = []
    room = size
    for url in map(str.encode, urls):
        if part and (len(part) == most or len(url) > room):
            yield part, True
            part, room = [], size
        part.append(url)
        room -= len(url)
    yield part, False


def _file(name: str, parts: Iterable[bytes]) -> bytes:
    declared = f' xmlns="{_NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{name}{declared}>'
    return b"\n".join((head.encode(), *parts, f"</{name}>\n".encode()))


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
