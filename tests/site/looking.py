"""A built site as others see it, read with the standard library alone: nothing is shared with what builds it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin

SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass
class Seen:
    """What a page says of itself and of its other languages."""

    lang: str | None = None
    direction: str | None = None
    canonical: list[str] = field(default_factory=list)
    alternates: list[tuple[str, str]] = field(default_factory=list)
    og_locale: list[str] = field(default_factory=list)
    og_alternates: list[str] = field(default_factory=list)
    switches: list[dict[str, str | None]] = field(default_factory=list)


class _Looker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self._nav = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        seen, href = self.seen, said.get("href") or ""
        match tag, said.get("rel"), said.get("property"):
            case "html", _, _:
                seen.lang, seen.direction = said.get("lang"), said.get("dir")
            case "link", "canonical", _:
                seen.canonical.append(href)
            case "link", "alternate", _ if said.get("hreflang"):
                seen.alternates.append((said["hreflang"] or "", href))
            case "meta", _, "og:locale":
                seen.og_locale.append(said.get("content") or "")
            case "meta", _, "og:locale:alternate":
                seen.og_alternates.append(said.get("content") or "")
            case "nav", _, _:
                self._nav += 1
            case "a", _, _ if self._nav:
                seen.switches.append(said)

    def handle_endtag(self, tag: str) -> None:
        self._nav -= tag == "nav"


def look(path: Path) -> Seen:
    looker = _Looker()
    looker.feed(path.read_text("utf-8"))
    looker.close()
    return looker.seen


def look_at_all(site: Path, base_url: str) -> dict[str, Seen]:
    """Return what each page of a site says, by its address."""
    pages = sorted(path for path in site.rglob("*.html"))
    return {f"{base_url}/{path.relative_to(site).as_posix()}": look(path) for path in pages}


def reciprocity_problems(pages: dict[str, Seen]) -> Iterator[str]:
    """Yield what is wrong with the sets of languages on a site; nothing: they agree."""
    for url, seen in pages.items():
        named = dict(seen.alternates)
        if len(named) != len(seen.alternates):
            yield f"{url}: a language is named twice"
        if seen.canonical != [url]:
            yield f"{url}: its canonical address is {seen.canonical}"
        if named.get(seen.lang or "") != url:
            yield f"{url}: it does not name itself"
        for tag, other in seen.alternates:
            if other not in pages:
                yield f"{url}: {tag} leads to {other}, which is not there"
            elif tag != "x-default" and pages[other].lang != tag:
                yield f"{url}: {other} is said to be {tag} and is {pages[other].lang}"
            elif set(pages[other].alternates) != set(seen.alternates):
                yield f"{url}: {other} names other languages"


def switcher_problems(pages: dict[str, Seen]) -> Iterator[str]:
    """Yield where the language switcher and the `hreflang` links of a page differ."""
    for url, seen in pages.items():
        led = {
            each["hreflang"]: unquote(urljoin(url, each["href"] or "")) for each in seen.switches
        }
        named = {tag: unquote(other) for tag, other in seen.alternates if tag != "x-default"}
        if led != named:
            yield f"{url}: the switcher leads to {led}"
        current = [each["hreflang"] for each in seen.switches if each.get("aria-current") == "page"]
        if current != [seen.lang]:
            yield f"{url}: the current language is {current}"


def sitemap(path: Path) -> dict[str, set[tuple[str, str]]]:
    """Return the languages of each address in a sitemap."""
    found = {}
    for url in ET.parse(path).getroot().iter(f"{SITEMAPS}url"):  # noqa: S314 - we wrote it
        links = {(e.get("hreflang", ""), e.get("href", "")) for e in url.iter(f"{XHTML}link")}
        found[url.findtext(f"{SITEMAPS}loc", "")] = links
    return found
