"""The parts of a notice on a page, whether they can be seen, and where they stand.

linked(root, "p.source-link")             the links in it
disclaimed(root, ".disclaimer")           the disclaimers that say something
hidden_problems("disclaimer", sight, …)   "notice-hidden", "the disclaimer is hidden: …"
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from polypage.errors import SettingsError
from polypage.proving.matter import Problem
from polypage.proving.visibility import Sight
from polypage.proving.words import says_something, visible_text


def linked(root: etree._Element, css: str) -> list[etree._Element]:
    """Find the source links themselves, whether the selector names them or what holds them.

    Raises:
        SettingsError: The selector cannot be understood.
    """
    found = dict.fromkeys(
        link
        for match in select(root, css)
        for link in ([match] if match.tag == "a" else match.iter("a"))
    )
    return [link for link in found if (link.get("href") or "").strip()]


def disclaimed(root: etree._Element, css: str) -> list[etree._Element]:
    """Find the disclaimers that say something, the outermost where they nest.

    Raises:
        SettingsError: The selector cannot be understood.
    """
    found = select(root, css)
    within = set(found)
    outermost = (each for each in found if within.isdisjoint(each.iterancestors()))
    return [each for each in outermost if says_something(visible_text(each))]


def select(root: etree._Element, css: str) -> list[etree._Element]:
    """Find what a selector of the settings names, in document order.

    Raises:
        SettingsError: The selector cannot be understood.
    """
    nodes: list[etree._Element] = _compiled(css)(root)  # type: ignore[assignment]
    return nodes


@lru_cache(maxsize=64)
def _compiled(css: str) -> CSSSelector:
    try:
        return CSSSelector(css, translator="html")
    except SelectorError as exc:
        raise SettingsError("polypage.toml", f"{css!r} is no CSS selector: {exc}") from exc


# --- whether they can be seen -----------------------------------------------------------------


def hidden_problems(what: str, sight: Sight, element: etree._Element) -> Iterator[Problem]:
    """Say what hides a part of the notice, or has its letters read in another order."""
    remedy = "show it in the source page"
    if hiding := sight.hidden(element):
        yield "notice-hidden", f"the {what} is hidden: {hiding.reason} of <{hiding.tag}>; {remedy}"
    elif hiding := sight.hidden_part(element):
        told = f"words of the {what} are hidden: {hiding.reason} of <{hiding.tag}>"
        yield "notice-hidden", f"{told}; {remedy}"
    if turned := sight.reversed(element):
        told = f"the {what} is written backwards: {turned.reason} of <{turned.tag}>"
        yield "notice-direction", f"{told}; take it out of the source page"


# --- where they stand -------------------------------------------------------------------------


def early_problems(
    root: etree._Element, parts: Sequence[tuple[str, etree._Element]], css: str
) -> Iterator[Problem]:
    """Yield the parts that stand in or before what they must stand behind.

    Raises:
        SettingsError: The selector cannot be understood.
    """
    order = {node: place for place, node in enumerate(root.iter())}
    ends = [order[list(body.iter())[-1]] for body in select(root, css)]
    for what, node in parts:
        if ends and order[node] <= max(ends):
            told = f"the {what} does not stand behind the article ({css})"
            yield "notice-moved", f"{told}; move it, or correct [notice] after"


def moved_problems(now: Sequence[str], then: Sequence[str]) -> Iterator[Problem]:
    """Yield what stands elsewhere than in the source page: among its headings, or the other parts.

    Both are what `sequence` says of a page.
    """
    now_parts, then_parts = ([each for each in one if each != HEADING] for one in (now, then))
    if sorted(now_parts) != sorted(then_parts):
        return  # something is missing, which is told already
    if now.count(HEADING) != then.count(HEADING):
        now, then = now_parts, then_parts  # a part of the page was dropped
    differing = (
        part for pair in zip(now, then, strict=True) if len(set(pair)) > 1 for part in pair
    )
    moved = next((part for part in differing if part != HEADING), None)
    if moved:
        told = f"the {moved} stands elsewhere on the page than in its source"
        yield "notice-moved", f"{told}; build the page again"


HEADING = "heading"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def sequence(root: etree._Element, parts: Sequence[tuple[str, etree._Element]]) -> tuple[str, ...]:
    """Return the headings of a page and the parts of its notice, as they follow each other."""
    names = {node: what for what, node in parts}
    order = (
        names.get(node) or HEADING for node in root.iter() if node in names or node.tag in _HEADINGS
    )
    return tuple(order)
