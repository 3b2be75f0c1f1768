"""Links of a page that stays as it was built, while other pages of the site come and go.

While the Vietnamese page about doses is off the site, an older Vietnamese page leads to the source
page instead, and back again once it stands:

    <a href="dose.html#day">     becomes     <a hreflang="en" href="../en/dose.html#day">

All else on the page stays as it is, to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator

from polypage.html.markup import Attribute, StartTag, tokenize
from polypage.html.references import escape_attribute
from polypage.model import Edit, Span
from polypage.runs.registry import Registry, address, led_anew

_LINKS = frozenset(("a", "area"))


def relinked(page: bytes, registry: Registry, slug: str, tag: str) -> bytes:
    """Have an article's page in a language, in UTF-8, lead to no page that is gone."""
    text = page.decode("utf-8", "surrogateescape")
    parts, end = [], 0
    for edit in sorted(_edits(text, registry, slug, tag), key=lambda edit: edit.span.start):
        parts += [text[end : edit.span.start], edit.text]
        end = edit.span.end
    return "".join((*parts, text[end:])).encode("utf-8", "surrogateescape")


def _edits(text: str, registry: Registry, slug: str, tag: str) -> Iterator[Edit]:
    for token in tokenize(text):
        if not isinstance(token, StartTag) or (href := token.get("href")) is None:
            continue
        hreflang = token.get("hreflang")
        said = hreflang.value if hreflang else ""
        if token.name in _LINKS:
            led = led_anew(registry, slug, tag, href.value, said=said)
            yield from _led(token, href, *led) if led else ()
        elif token.name == "link" and said not in {"", *registry.listings[slug].tags}:
            is_version = href.value == address(registry, slug, said)
            end = token.end + text.startswith("\n", token.end)
            yield from (Edit(Span(token.start, end), ""),) if is_version else ()


def _led(link: StartTag, href: Attribute, to: str, language: str) -> Iterator[Edit]:
    """Lead a link elsewhere, and have it say in which language the page there is."""
    yield Edit(link.whole(href), f'href="{escape_attribute(to, chr(34))}"')
    if (hreflang := link.get("hreflang")) is not None:
        yield Edit(link.whole(hreflang), f'hreflang="{language}"')
    else:
        at = link.start + len("<") + len(link.name)
        yield Edit(Span(at, at), f' hreflang="{language}"')
