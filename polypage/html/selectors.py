"""CSS selectors on a tree of lxml elements.

matching(root, "p.source-link a")     -> the links, in document order
"""

from __future__ import annotations

from functools import lru_cache

from cssselect import SelectorError, parse
from lxml import etree
from lxml.cssselect import CSSSelector

from polypage.errors import SettingsError


def matching(root: etree._Element, css: str) -> list[etree._Element]:
    """Return the elements below and including `root` that a selector matches, in document order.

    Raises:
        SettingsError: The selector cannot be understood.
    """
    nodes: list[etree._Element] = _compiled(css)(root)  # type: ignore[assignment]
    return nodes


def check(css: str) -> str | None:
    """Return what is wrong with a selector; None when nothing is."""
    try:
        CSSSelector(css, translator="html")(_NOTHING)
    except (SelectorError, etree.XPathError) as exc:
        return str(exc)
    return None


def children(css: str) -> str:
    """Return the selector of what stands directly in the elements that a selector matches."""
    return ", ".join(f"{selector.canonical()} > *" for selector in parse(css))


_NOTHING = etree.Element("html")


@lru_cache(maxsize=1024)
def _compiled(css: str) -> CSSSelector:
    problem = check(css)
    if problem is not None:
        raise SettingsError("polypage.toml", f"{css!r} is no CSS selector: {problem}")
    return CSSSelector(css, translator="html")
