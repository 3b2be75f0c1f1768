"""What translators' tools are told about inline codes: names, kinds, what may be done to them.

    marks(of_msgid("Read <a1>how</a1><br/>"), {"a1": "link to x.html"}, frozenset())
        {("a1", 1): Mark(id="a1", shown="link to x.html", type="link"),
         ("br", 1): Mark(id="br", shown="<br/>", type="fmt", sub_type="xlf:lb", equal=" ")}

The kinds are those of XLIFF 2.1 (§4.3.1.43 `type`, §4.3.1.41 `subType`), from which the older
formats derive theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from polypage.exchange import codes
from polypage.exchange.codes import Alone, Pieces, Start
from polypage.model import Entry


@dataclass(frozen=True, slots=True)
class Mark:
    """What a tool is told of a code."""

    id: str
    """Unique among the codes of a text: the name in the notation, as a rule."""
    shown: str
    type: str
    sub_type: str = ""
    reorder: str = "yes"
    """`firstNo` and `no` begin and continue a sequence that stays as it is."""
    equal: str = ""
    """What it comes to as plain text, for counting words: a line break parts them."""


_TYPES = {
    "a": ("link", ""),
    "img": ("image", ""),
    "svg": ("image", ""),
    "picture": ("image", ""),
    "b": ("fmt", "xlf:b"),
    "strong": ("fmt", "xlf:b"),
    "i": ("fmt", "xlf:i"),
    "em": ("fmt", "xlf:i"),
    "u": ("fmt", "xlf:u"),
    "br": ("fmt", "xlf:lb"),
    "q": ("quote", ""),
    "button": ("ui", ""),
    "input": ("ui", ""),
    "label": ("ui", ""),
    "select": ("ui", ""),
    "textarea": ("ui", ""),
    **dict.fromkeys("code kbd mark s small span sub sup".split(), ("fmt", "")),
}
_LEGEND = re.compile(r"(?P<name>[a-z][^\s:]*): (?P<legend>.+)")
_ID = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)


def legends(entry: Entry) -> dict[str, str]:
    """Return what the extracted comments of an entry say of its codes, by their names."""
    found = (_LEGEND.fullmatch(comment) for comment in entry.extracted_comments)
    told: dict[str, str] = {}
    for match in found:
        if match:
            told.setdefault(match["name"], match["legend"])
    return told


def marks(
    source: Pieces, legends: Mapping[str, str], fixed: frozenset[str]
) -> dict[tuple[str, int], Mark]:
    """Return the mark of each code of a source text by its name and number among its like."""
    found: dict[tuple[str, int], Mark] = {}
    sequence = False
    for piece, number in codes.numbered(source):
        if isinstance(piece, Start | Alone):
            stays = isinstance(piece, Alone) and piece.name in fixed
            reorder = ("no" if sequence else "firstNo") if stays else "yes"
            sequence = sequence or stays
            key = piece.name, number
            found[key] = _mark(piece, number, legends, reorder, len(found))
    return found


def _mark(
    code: Start | Alone, number: int, legends: Mapping[str, str], reorder: str, place: int
) -> Mark:
    element = code.name.rstrip("0123456789").lower()
    kind, sub_kind = _TYPES.get(element, ("other", ""))
    name = code.name if _ID.fullmatch(code.name) else f"c{place + 1}-"
    return Mark(
        id=name if number == 1 else f"{name}.{number}",
        shown=legends.get(code.name) or codes.tag(code),
        type=kind,
        sub_type=sub_kind,
        reorder=reorder,
        equal=" " if element == "br" else "",
    )
