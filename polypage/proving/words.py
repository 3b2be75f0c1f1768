"""What a passage of a built page says to its readers, and in which languages.

    visible_text(element)       "Chỉ để tham khảo."
    passages(element)           Passage("Chỉ để ", "vi", "ltr"), …

White space is as browsers show it; a no-break space is a letter.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from polypage.proving.visibility import keeps_back

STRAY = re.compile("[\ud800-\udfff]")
"""A byte that is no UTF-8, as Python has it."""


class Passage(NamedTuple):
    """A piece of text as it is marked."""

    text: str
    language: str
    """The nearest `lang`; empty if there is none."""
    direction: str
    """The nearest `dir`, likewise."""


def visible_text(element: etree._Element) -> str:
    """Return what an element says, white space collapsed."""
    return collapsed("".join(passage.text for passage in passages(element)))


def collapsed(text: str) -> str:
    """Write white space and stray bytes as browsers show them."""
    return re.sub(r"[ \t\n\r\f]+", " ", STRAY.sub("\ufffd", text)).strip(" ")


def says_something(text: str) -> bool:
    """Say whether there is a letter or a figure in it."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def passages(element: etree._Element) -> Iterator[Passage]:
    """Walk through the text that shows."""
    marks = [(_around(element, "lang"), _around(element, "dir"))]
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            language, direction = marks[-1]
            marks.append((node.get("lang", language), node.get("dir", direction)))
            if node is element or not keeps_back(node):
                yield Passage(_break(node) + (node.text or ""), *marks[-1])
            else:
                walk.skip_subtree()
        elif event == "end":
            marks.pop()
        if event != "start" and node is not element:
            yield Passage(_break(node) + (node.tail or ""), *marks[-1])


def _around(element: etree._Element, name: str) -> str:
    around = (node.get(name) for node in element.iterancestors())
    return next((str(value) for value in around if value is not None), "")


_BREAKS = frozenset(
    "address article aside blockquote br caption center dd desc details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu mtext nav"
    " ol optgroup option p pre search section summary table tbody td text tfoot th thead tr ul".split()
)


def _break(node: etree._Element) -> str:
    return " " if node.tag in _BREAKS else ""
