"""The formats of exchange files, and which of them a file is in.

FORMATS["xliff"].serialize(bundle)     bytes of XLIFF 2.1
read(data, path="dose.xlf")            its name, and the bundles in it
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from polypage.errors import ExchangeError
from polypage.exchange import tmx, xliff, xliff12
from polypage.exchange.bundle import Bundle
from polypage.html.xmltree import parse
from polypage.model import EntryKey


class _Serialize(Protocol):
    def __call__(
        self, bundle: Bundle, *, fixed: Mapping[EntryKey, frozenset[str]] | None = None
    ) -> bytes: ...


class _Parse(Protocol):
    def __call__(self, data: bytes, *, path: str) -> tuple[Bundle, ...]: ...


class Format(NamedTuple):
    """A format of exchange files."""

    name: str
    """As on the command line."""
    ending: str
    serialize: _Serialize
    parse: _Parse


FORMATS = {
    each.name: each
    for each in (
        Format("xliff", ".xlf", xliff.serialize, xliff.parse),
        Format("xliff-1.2", ".xlf", xliff12.serialize, xliff12.parse),
        Format("tmx", ".tmx", tmx.serialize, tmx.parse),
    )
}


ENDINGS = tuple(dict.fromkeys((*(each.ending for each in FORMATS.values()), ".xliff")))
"""Of the files that are looked for in a folder."""


def read(data: bytes, *, path: str) -> tuple[str, tuple[Bundle, ...]]:
    """Read an exchange file, whichever its format; return the name of that too.

    Raises:
        ExchangeError: It is in none, or cannot be understood.
    """
    root = parse(data, path=path, prefixes={})
    kind = root.name.rpartition("}")[2], root.get("version")[:2]
    found = FORMATS.get(_KINDS.get(kind, ""))
    if found is None:
        remedy = "bring a file in XLIFF 2.1 or 1.2, or in TMX 1.4"
        raise ExchangeError(path, "is in no format that can be read", line=root.line, remedy=remedy)
    return found.name, found.parse(data, path=path)


_KINDS = {("xliff", "2."): "xliff", ("xliff", "1."): "xliff-1.2", ("tmx", "1."): "tmx"}
