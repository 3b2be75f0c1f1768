"""What stands after a fault, as gettext and polib read it.

    harm = harm_of(root, before=tree(root), after=tree(undisturbed))
    harm.lost       ("locales/vi/LC_MESSAGES/dose.po: Uống hai viên.",)

A translation or a translator's comment is lost if it is neither in its catalog nor in a file beside
it that the next run puts back. A file is half one if gettext or polib cannot read a catalog, or any
other file has neither the bytes it had nor those that an undisturbed run gives it.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import polib
from lxml import html

Tree: TypeAlias = Mapping[str, bytes]
"""Every file of a project but those of `.polypage/`, by its path below the root."""

_OURS = ".polypage-"
"""Begins the names of files that a run works on."""
_CATALOGS = (".po", ".pot")


@dataclass(frozen=True, slots=True)
class Harm:
    """What is not as it should be, by path."""

    lost: tuple[str, ...] = ()
    halves: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lost or self.halves)


def tree(root: Path) -> Tree:
    """Read a project's files."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.relative_to(root).parts[0] != ".polypage"
    }


def harm_of(root: Path, *, before: Tree, after: Tree) -> Harm:
    """Say what is wrong after a fault, given what there was and what there will be."""
    now = tree(root)
    return Harm(tuple(_lost(now, before)), tuple(_halves(now, before, after)))


def strays(now: Tree, after: Tree) -> tuple[str, ...]:
    """Return the files that no undisturbed run leaves."""
    return tuple(sorted(now.keys() - after.keys()))


def different(now: Tree, after: Tree) -> tuple[str, ...]:
    """Return the files of an undisturbed run that are not there, or not the same."""
    return tuple(path for path, data in after.items() if now.get(path) != data)


def without_conflicts(files: Tree) -> Tree:
    """Leave out comments that name an older word of a translator's: how many depends on the moment."""
    return {
        path: _CONFLICT.sub(b"", data) if path.endswith(".po") else data
        for path, data in files.items()
    }


_CONFLICT = re.compile(rb"(?m)^# polypage-conflict:.*\n")


def _lost(now: Tree, before: Tree) -> Iterator[str]:
    for path, data in before.items():
        if path.endswith(".po") and now.get(path) != data:
            beside = "".join(map(_readable, _versions(now, path)))
            held = _words(beside)
            texts = {text for _, text in held}
            for msgid, text in _words(_readable(data)):
                # A text whose page was edited may have another msgid by now.
                if (msgid, text) not in held and text not in texts:
                    yield f"{path}: {text}"


def _versions(now: Tree, path: str) -> Iterator[bytes]:
    folder, _, name = path.rpartition("/")
    for other, data in now.items():
        beside = other.startswith(f"{folder}/{_OURS}") and other.endswith(".displaced")
        if other == path or (beside and name in other):
            yield data


def _halves(now: Tree, before: Tree, after: Tree) -> Iterator[str]:
    for path, data in now.items():
        if _OURS in path or data in (before.get(path), after.get(path)):
            continue
        if path.endswith(_CATALOGS):
            whole = _is_read(data)
        elif path.endswith(".html"):
            texts = _texts(data)
            known = (_texts(each.get(path, b"")) for each in (before, after))
            whole = bool(texts) and texts in known
        else:
            whole = False
        if not whole:
            yield path
    yield from sorted((before.keys() & after.keys()) - now.keys())


def _texts(page: bytes) -> list[str]:
    """Return the words of a page that has its end tag."""
    head, end, _ = page.partition(b"</html>")
    read = html.fromstring(head.decode()).itertext() if head and end else ()
    return "".join(map(str, read)).split()


# --- catalogs, as others read them ------------------------------------------------------------


def _readable(data: bytes) -> str:
    return data.decode("utf-8", "replace") + "\n"


def _words(text: str) -> set[tuple[str, str]]:
    """Return all that translators wrote, each with the text it is about."""
    try:
        catalog = polib.pofile(text, check_for_duplicates=False)
    except (OSError, UnicodeDecodeError):
        return set()
    found: set[tuple[str, str]] = set()
    for entry in catalog:
        texts = (entry.msgstr, *entry.msgstr_plural.values(), *entry.tcomment.split("\n"))
        found.update((entry.msgid, text) for text in texts if text)
    return found


def _is_read(data: bytes) -> bool:
    """Whether gettext and polib read a catalog to its end."""
    told = subprocess.run(
        ["msgfmt", "--output-file=/dev/null", "-"], input=data, capture_output=True, check=False
    )
    return told.returncode == 0 and bool(_words_or_header(data))


def _words_or_header(data: bytes) -> bool:
    try:
        return bool(polib.pofile(_readable(data)).metadata)
    except (OSError, UnicodeDecodeError):
        return False
