"""What a translation has that its author does not allow.

forbidden_in(("Größe",), (Limits(allowed="[a-zA-Z]"),))
    -> "'ö', 'ß' may not stand here: allowed is only [a-zA-Z]"
too_long_in(("Wölbung",), (Limits(storage=Storage(7)),))
    -> "1 byte too long: at most 7 in UTF-8"
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from polypage.checking.remarks import Remark, all_of
from polypage.limits import Limits, excess, forbidden, unwritable
from polypage.model import Content, Paired, Standalone
from polypage.reading.inline import Open, plain_text, steps


def forbidden_in(content: Content, limits: Collection[Limits]) -> Iterator[Remark]:
    """Find characters that are not allowed (ITS §8.19), once for each text that has some."""
    apart = {each.code for each in limits if each.code and each.allowed is not None}
    for code, allowed in ((each.code, each.allowed) for each in limits):
        if allowed is None:
            continue
        for text in _texts(content, code, apart):
            if found := forbidden(text, allowed):
                wanted = f"only {allowed}" if allowed else "no character"
                message = f"{_listed(found)} may not stand here: allowed is {wanted}"
                yield Remark(message, target=all_of(found, plain_text(content, code=" ")))


def too_long_in(content: Content, limits: Collection[Limits]) -> Iterator[Remark]:
    """Find texts that there is no room for, or no bytes, where they will be kept (ITS §8.20)."""
    for code, storage in ((each.code, each.storage) for each in limits):
        if storage is None:
            continue
        for text in _texts(content, code):
            if unknown := unwritable(text, storage):
                message = f"{storage.encoding}, where it will be kept, has no {_listed(unknown)}"
                yield Remark(message, target=all_of(unknown, plain_text(content, code=" ")))
            elif more := excess(text, storage):
                what = "1 byte" if more == 1 else f"{more} bytes"
                message = f"{what} too long: at most {storage.size} in {storage.encoding}"
                yield Remark(message)


def _texts(content: Content, code: str, apart: Collection[str] = ()) -> Iterator[str]:
    """Yield the whole text, or what stands in each code of a name.

    Left out are the codes `apart`, which have limits of their own.
    """
    if not code:
        yield _text(content, apart)
        return
    for step in steps(content):
        if isinstance(step, Open) and step.code.name == code:
            yield _text(step.code.children, apart)


def _text(content: Content, apart: Collection[str]) -> str:
    pieces: list[str] = []
    for part in content:
        match part:
            case str():
                pieces.append(part)
            case Standalone(name="br"):
                pieces.append("\n")
            case Paired() if part.name not in apart:
                pieces.append(_text(part.children, apart))
    return "".join(pieces)


def _listed(characters: str) -> str:
    return ", ".join(
        repr(each) if each.isprintable() and not each.isspace() else f"U+{ord(each):04X}"
        for each in characters
    )
