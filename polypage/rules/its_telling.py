"""What rules of ITS say of a page's elements, written on their start tags for the account.

    <code>          ->  <code data-polypage-its="no">
    <p>             ->  <p data-polypage-its-lang="fr">
    <img alt="x">   ->  <img data-polypage-its-attributes="alt" alt="x">

Rules are found by selectors in a tree of ours; the account, which has its own eyes for a page,
would have to read them a second time. It is told what they come to instead, on the page itself, as
the page's own `translate` and `lang` would tell it. No page is published with that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from polypage.html.references import escape_attribute
from polypage.html.tree import Element
from polypage.model import Edit, Span
from polypage.rules.its import Its


def told(elements: Sequence[Element], its: Its) -> tuple[Edit, ...]:
    """Return the insertions that write on a page what rules say of its elements."""
    words: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for place, name in its.targets:
        if name is None:
            words[place][""] = "no"
    for place, marks in its.rules.items():
        if marks.translate is not None:
            words[place][""] = "yes" if marks.translate else "no"
        if marks.language:
            words[place]["-lang"] = marks.language
    left = {at for at, marks in its.attributes.items() if marks.translate is False}
    left |= {(place, name) for place, name in its.targets if name is not None}
    for place, name in sorted(left):
        words[place]["-attributes"] = f"{words[place].get('-attributes', '')} {name}".strip()
    return tuple(_written(elements[place], words[place]) for place in sorted(words))


def _written(element: Element, words: dict[str, str]) -> Edit:
    said = "".join(
        f' data-polypage-its{name}="{escape_attribute(value, chr(34))}"'
        for name, value in sorted(words.items())
    )
    if element.tag is None:
        return Edit(Span(element.start, element.start), f"<{element.name}{said}>")
    place = element.tag.start + 1 + len(element.name)
    return Edit(Span(place, place), said)
