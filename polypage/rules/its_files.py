"""The files of ITS rules that a project and its pages name.

    named(root, ("rules/medical.its",))        -> the rules in them, in order
    load = beside(root, root / "source_articles")
    load("medical.its", "source_articles/skin/dose.html")
        -> LinkedFile("source_articles/skin/medical.its", …)

A page's links lead to files next to it, in the source folder and nowhere else: nothing is fetched.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from polypage.errors import PolypageError, SettingsError, SourceError
from polypage.files import read_file

if TYPE_CHECKING:
    from polypage.rules.its_rules import LinkedFile, Loader, Rule

# What reads rules and pages is imported where there are rules: most projects have none.
# ruff: noqa: PLC0415


def named(root: Path, paths: Sequence[str]) -> tuple[Rule, ...]:
    """Read the rules of files, named by their paths below a project's root.

    Raises:
        SettingsError: A file cannot be read, or holds no rules that can be.
    """
    from polypage.rules.its_rules import parse

    load = beside(root, root)
    return tuple(rule for path in paths for rule in parse(_data(root, path), path=path, load=load))


def _data(root: Path, path: str) -> bytes:
    try:
        return read_file(root / path)
    except OSError as exc:
        remedy = "put it there, or take it out of [extract] its_rules"
        raise SettingsError(path, f"cannot be read: {exc.strerror}", remedy=remedy) from exc


def beside(root: Path, within: Path) -> Loader:
    """Return what finds the files that links lead to, none but those in a folder of the project."""

    def load(href: str, path: str) -> LinkedFile | None:
        from polypage.rules.its_rules import LinkedFile

        with suppress(OSError, ValueError):  # ValueError: no address, or no name of a file
            parts = urlsplit(href)
            if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
                return None
            name = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            if (root / name).resolve().is_relative_to(within.resolve()):
                return LinkedFile(name, read_file(root / name))
        return None

    return load


def counted_on(data: bytes, *, path: str, load: Loader) -> tuple[bytes, ...]:
    """Return the bytes of the files that a page's rules are in, and of those they link to.

    A file that is not there counts as well: it may come.
    """
    if not _may_link(data):
        return ()
    from polypage.rules.its_rules import parse

    found: list[bytes] = []

    def heard(href: str, origin: str) -> LinkedFile | None:
        file = load(href, origin)
        found.append(b"" if file is None else file.path.encode() + b"\0" + file.data)
        return file

    with suppress(SourceError):  # who reads the page will say what is wrong with it
        for rules, origin in _linked(data, path, heard):
            with suppress(PolypageError):
                parse(rules, path=origin, load=heard)
    return tuple(found)


def _may_link(data: bytes) -> bool:
    lower = data.lower()
    return any(sign in lower for sign in _SIGNS)


_SIGNS = tuple(
    sign.encode(encoding)
    for sign in ("its-rules", "its+xml")
    for encoding in ("ascii", "utf-16-be", "utf-16-le")
)


def _linked(data: bytes, path: str, load: Loader) -> Iterator[tuple[bytes | str, str]]:
    """Yield the rules that a page links to, and those in it, with the path of their file."""
    from polypage.html.decoding import decode
    from polypage.html.markup import StartTag, tokenize

    text = decode(data, path=path)[0]
    tokens = tokenize(text)
    for at, token in enumerate(tokens):
        if not isinstance(token, StartTag) or token.name not in ("link", "script"):
            continue
        said = {each.name: each.value for each in token.attributes}
        if token.name == "link" and "its-rules" in said.get("rel", "").lower().split():
            file = load(said.get("href", "").strip(), path)
            if file:
                yield file.data, file.path
        elif "its+xml" in said.get("type", "").lower() and at + 1 < len(tokens):
            yield text[tokens[at + 1].start : tokens[at + 1].end], path
