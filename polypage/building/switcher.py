"""The language switcher: links to an article's other languages, in elements of the source page.

What the source page has in `<nav class="languages">` gives way to

    <ul><li><a href="../en/dose.html" lang="en" dir="ltr" hreflang="en">English</a></li>
    <li><a href="dose.html" lang="vi" dir="ltr" hreflang="vi" aria-current="page">Tiếng Việt</a></li></ul>

They are plain links, each in its own language: they need no scripts, and work by keyboard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from polypage.errors import SettingsError
from polypage.html import vocabulary as html
from polypage.html.references import escape_attribute, escape_text
from polypage.html.tree import Element
from polypage.model import Edit, Edition, Target

_LISTS = frozenset("ul ol menu".split())
_FOR_WORDS = frozenset("p span h1 h2 h3 h4 h5 h6 small strong em b i label summary bdi".split())
"""Elements that can hold links, but no list of them (HTML §4.4.1, §3.2.5.2.5)."""
_UNFIT = html.VOID | html.RAW_TEXT | frozenset("a button datalist select textarea title".split())
"""Elements that can hold no links."""


def filled(elements: Iterable[Element], target: Target) -> tuple[Edit, ...]:
    """Fill elements with links to a page's languages; as they are if it has no place on the site.

    Raises:
        SettingsError: An element cannot hold links.
    """
    return tuple(_filled(elements, target)) if target.editions else ()


def _filled(elements: Iterable[Element], target: Target) -> Iterator[Edit]:
    end = 0
    for element in elements:
        if element.name in _UNFIT or element.foreign:
            problem = f"[publish] switcher: <{element.name}> can hold no links"
            raise SettingsError(
                "polypage.toml", problem, remedy="name another element, such as nav"
            )
        if element.span.start >= end:  # not one within another
            end = element.span.end
            yield Edit(element.content, _content(element.name, target))


def _content(name: str, target: Target) -> str:
    links = [link(edition, is_current=edition.tag == target.tag) for edition in target.editions]
    if name in _FOR_WORDS:
        return "\n".join(links)
    items = "\n".join(f"<li>{each}</li>" for each in links)
    return items if name in _LISTS else f"<ul>{items}</ul>"


def link(edition: Edition, *, is_current: bool) -> str:
    """Write the link to a page in another language, or to this very page."""
    href = escape_attribute(edition.href, '"')
    current = ' aria-current="page"' if is_current else ""
    marks = f'lang="{edition.tag}" dir="{edition.direction}" hreflang="{edition.tag}"'
    # A language's name begins as small as in a sentence; here it stands alone.
    name = f"{edition.name[:1].title()}{edition.name[1:]}"
    return f'<a href="{href}" {marks}{current}>{escape_text(name)}</a>'
