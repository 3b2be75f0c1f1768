"""Localized twins: what links and pictures lead to on the pages of a locale instead.

The people of a locale keep them in `locales/<locale>/links.toml`, by addresses as browsers show
them, or by files below the source folder:

    [links]
    "https://www.who.int/health-topics/" = "https://www.who.int/vietnam/vi/health-topics/"
    "https://en.wikipedia.org/wiki/*" = "https://vi.wikipedia.org/wiki/*"
    "img/diagram.png" = "img/diagram.vi.png"

A `*` at the end stands for any rest, which comes again in the twin if that ends with one too. An
address that is named itself comes first, then the longest beginning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlsplit

from polypage import tomlfile
from polypage.errors import SettingsError

_TABLE = "links"


@dataclass(frozen=True, slots=True)
class Twins:
    """What a locale has in place of addresses and files."""

    exact: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    beginnings: tuple[tuple[str, str], ...] = ()
    """Without the `*`; the longest first. A twin may end with one."""

    def of(self, address: str) -> str | None:
        """Return the twin of an address or a file; None where there is none."""
        if address in self.exact:
            return self.exact[address]
        for beginning, twin in self.beginnings:
            if address.startswith(beginning):
                rest = address[len(beginning) :]
                return f"{twin[:-1]}{rest}" if twin.endswith("*") else twin
        return None

    def leads_to(self, address: str) -> bool:
        """Say whether an address is a twin."""
        twins = (*self.exact.values(), *(twin for _, twin in self.beginnings))
        return any(
            address.startswith(twin[:-1]) if twin.endswith("*") else address == twin
            for twin in twins
        )


NO_TWINS = Twins()


def read(data: bytes, *, path: str, files: Collection[str]) -> Twins:
    """Read a locale's twins; `files` are those below the source folder.

    Raises:
        SettingsError: The file makes no sense; the error names the line.
    """
    text = tomlfile.decode(data, path=path)
    tables = tomlfile.read(text, path=path)
    for name in tables:
        if name != _TABLE or not isinstance(tables[name], dict):
            problem = f"{name!r} has no meaning here"
            line = tomlfile.line_of(text, (name,))
            remedy = f'write links as "address" = "twin" below [{_TABLE}]'
            raise SettingsError(path, problem, line=line, remedy=remedy)
    links: Mapping[str, object] = tables.get(_TABLE, {})
    for key, twin in links.items():
        for problem, remedy in _problems(key, twin, files):
            line = tomlfile.line_of(text, (_TABLE, key))
            raise SettingsError(path, f"{key!r}: {problem}", line=line, remedy=remedy)
    found = {key: str(twin) for key, twin in links.items()}
    beginnings = ((key[:-1], twin) for key, twin in found.items() if key.endswith("*"))
    return Twins(
        {key: twin for key, twin in found.items() if not key.endswith("*")},
        tuple(sorted(beginnings, key=lambda each: (-len(each[0]), each[0]))),
    )


def is_address(written: str) -> bool:
    """Say whether this is an absolute web address, not a file of the site."""
    return written[:8].lower().startswith(("http://", "https://"))


def _problems(key: str, twin: object, files: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a link, and the remedy."""
    if not isinstance(twin, str) or not twin:
        yield "its twin must be a text", "put the address between quotes"
        return
    for written in (key, twin):
        bare = written.removesuffix("*")
        if "*" in bare or any(character.isspace() for character in written):
            yield f"{written!r} is no address", "have no blanks in it, and * at its end alone"
        elif is_address(written) and not _host(bare):
            yield f"{written!r} names no host", "write it as the browser shows it"
        elif not is_address(written) and not _is_path(bare):
            problem = f"{written!r} is neither an address nor a file"
            yield problem, "begin it with https://, or name a file as seen from source_articles"
    if twin.endswith("*") and not key.endswith("*"):
        yield "its twin ends with *, it does not", "end both with *, or none"
    for written in (key, twin):
        if not (written.endswith("*") or is_address(written) or written in files):
            problem = f"there is no file {written!r} below source_articles"
            yield problem, "put it there, or take the line out"


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _is_path(written: str) -> bool:
    parts = written.split("/")
    return ":" not in parts[0] and ".." not in parts and not written.startswith(("/", "#", "?"))
