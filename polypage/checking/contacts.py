"""Web and e-mail addresses that stand in texts for people to read.

>>> list(changed("See who.example/flu.", "Voir who.example/grippe.", kind="url"))
['who.example/flu has become who.example/grippe']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["url", "mail"]

_SIGN_OF_ADDRESS = re.compile(r"[.@:](?:(?<!:)\w|(?<=:)//)")
_LETTER = r"[^\s\"<>\x7f-\U0010ffff]"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_DOMAINS = "com|org|net|gov|edu|info|int|example"
_ADDRESS = re.compile(
    rf"(?P<mail>{_MAIL})|(?P<url>(?:https?://|www\.){_LETTER}+|\b(?:[a-z0-9-]+\.)+(?:{_DOMAINS})\b(?:/{_LETTER}*)?)",
    re.IGNORECASE | re.ASCII,
)


@lru_cache(2_000)
def without(text: str) -> str:
    """Put a blank in the place of each address: figures and words in it are its own."""
    return _ADDRESS.sub(" ", text) if _SIGN_OF_ADDRESS.search(text) else text


def changed(source: str, target: str, *, kind: Kind) -> Iterator[str]:
    """Find addresses of a kind that are others in the translation, are missing, or were added."""
    before, after = _found(source, kind), _found(target, kind)
    gone = [written for key, written in before.items() if key not in after]
    new = [written for key, written in after.items() if key not in before]
    for one, other in zip(gone, new, strict=False):
        yield f"{one} has become {other}"
    for one in gone[len(new) :]:
        yield f"{one} is missing"
    for other in new[len(gone) :]:
        yield f"{other} is not in the source"


def _found(text: str, kind: Kind) -> dict[str, str]:
    """Find addresses as they are written, by what makes no difference to where they lead."""
    if not _SIGN_OF_ADDRESS.search(text):
        return {}
    matches = (match[kind] for match in _ADDRESS.finditer(text) if match[kind])
    written = (match.rstrip(".,;:!?)]}>'\"") for match in matches)
    return {re.sub(r"^(https?://)?(www\.)?|/$", "", each.lower()): each for each in written}
