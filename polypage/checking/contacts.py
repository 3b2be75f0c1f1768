"""Web and e-mail addresses that stand in texts for people to read.

>>> [each.message for each in changed("See a.example/flu.", "Voir a.example/rhume.", kind="url")]
['a.example/flu has become a.example/rhume']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, TypeAlias

from polypage.checking.remarks import Remark, all_of
from polypage.language.signals import DOMAINS, SIGN_OF_ADDRESS

Kind: TypeAlias = Literal["url", "mail"]

_LETTER = r"[^\s\"<>\x7f-\U0010ffff]"
_MAIL = r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+"
_HOST = rf"\b(?:[a-z0-9-]{{1,63}}+\.){{1,20}}(?:{DOMAINS})\b"
"""Labels have 63 letters at most (RFC 1035); no more of them are looked at than names have."""
_ADDRESS = re.compile(
    rf"(?P<mail>{_MAIL})|(?P<url>(?:https?://|www\.){_LETTER}+|{_HOST}(?:/{_LETTER}*)?)",
    re.IGNORECASE | re.ASCII,
)


@lru_cache(2_000)
def without(text: str) -> str:
    """Put blanks in the place of each address: figures and words in it are its own."""
    if not SIGN_OF_ADDRESS.search(text):
        return text
    return _ADDRESS.sub(lambda address: " " * len(address[0]), text)


def changed(source: str, target: str, *, kind: Kind) -> Iterator[Remark]:
    """Find addresses of a kind that are others in the translation, are missing, or were added."""
    before, after = _found(source, kind), _found(target, kind)
    gone = [written for key, written in before.items() if key not in after]
    new = [written for key, written in after.items() if key not in before]
    for one, other in zip(gone, new, strict=False):
        message = f"{one} has become {other}"
        yield Remark(message, all_of([one], source), all_of([other], target))
    for one in gone[len(new) :]:
        yield Remark(f"{one} is missing", all_of([one], source))
    for other in new[len(gone) :]:
        yield Remark(f"{other} is not in the source", target=all_of([other], target))


def _found(text: str, kind: Kind) -> dict[str, str]:
    """Find addresses as they are written, by what makes no difference to where they lead."""
    if not SIGN_OF_ADDRESS.search(text):
        return {}
    matches = (match[kind] for match in _ADDRESS.finditer(text) if match[kind])
    written = (match.rstrip(".,;:!?)]}>'\"") for match in matches)
    return {re.sub(r"^(https?://)?(www\.)?|/$", "", each.lower()): each for each in written}
