"""Which texts are for translators, and which of the others builds write anew.

    offered("Take 5 mg."), offered("5 mg"), offered("12:30")       -> True, True, False

A text is left out only if nobody reads a word in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from polypage.html.tree import Element
from polypage.language.values import dated, is_number
from polypage.model import Slot, SlotKind
from polypage.reading.segmenter import Piece

_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
"""A URL or an e-mail address that is the whole of a text."""
_CODE = re.compile(
    r"(?:doi:)?10\.\d{4,9}/\S+ | [a-z]{1,4}[-:_]?\d{6,} | \d{4}-\d{3}x | [0-9a-f]{32,}"
    r"| [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} | \S+\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)",
    re.IGNORECASE | re.VERBOSE,
)
"""What only machines and catalogs call things by: a DOI, `NCT01234567`, `IMG_8299.jpeg`."""


def offered(text: str) -> bool:
    """Say whether a text is for translators: it has letters and is more than an address or a code.

    Whatever somebody may read as a word is: `B12`, `ISO 9001`, `5 mg`.
    """
    if not text[:1].isalpha() and not any(map(str.isalpha, text)):
        return False
    stripped = text.strip()
    if stripped.isalpha() or " " in stripped:
        return True
    return not (_ADDRESS.fullmatch(stripped) or _CODE.fullmatch(stripped))


def value_slot(piece: Piece, elements: Sequence[Element], source_tag: str) -> Slot | None:
    """Make a slot of a piece that is nothing but a number, or the date of a `time`."""
    if len(piece.content) > 1 or not isinstance(text := piece.content[0], str):
        return None
    if is_number(text, source_tag):
        return Slot(SlotKind.NUMBER, piece.span, text)
    for place in piece.around:
        element = elements[place]
        if element.name == "time" and (datetime := element.attribute("datetime")):
            found = dated(text, datetime, source_tag)
            return Slot(SlotKind.DATE, piece.span, " ".join(found)) if found else None
    return None
