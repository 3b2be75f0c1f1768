"""Opening a catalog at a line in an editor of the user's, on the machine that the preview runs on.

available(os.environ)                   (Editor("nvim", …), Editor("poedit", …))
command(editor, path, 12)               ["nvim", "+12", "…/vi/LC_MESSAGES/rolling.po"]
"""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_NAMED_BY = ("VISUAL", "EDITOR")
_WITH_LINE = {
    "code": ("--goto", "{path}:{line}"),
    "codium": ("--goto", "{path}:{line}"),
    "subl": ("{path}:{line}",),
    "zed": ("{path}:{line}",),
    "hx": ("{path}:{line}",),
    "micro": ("{path}:{line}",),
    "kate": ("--line", "{line}", "{path}"),
    "gnome-text-editor": ("{path}",),
    "poedit": ("{path}",),
    "lokalize": ("{path}",),
}
_AS_MOST = ("+{line}", "{path}")
"""vi, emacs, nano, gedit and their like."""
_IN_A_TERMINAL = frozenset("ed hx joe jed mcedit micro ne nano nvim pico vi view vim".split())
_TERMINAL = "x-terminal-emulator"
"""What Debian and its kin call the terminal of the user's choice."""


class Editor(NamedTuple):
    """A program that catalogs can be opened with."""

    name: str
    words: tuple[str, ...]
    """How it is called."""


def available(environment: Mapping[str, str]) -> tuple[Editor, ...]:
    """Find the editors: what the environment names, then Poedit if it is installed."""
    return tuple(dict.fromkeys(_found(environment)))


def _found(environment: Mapping[str, str]) -> Iterator[Editor]:
    path = environment.get("PATH")
    named = (tuple(shlex.split(environment.get(variable, ""))) for variable in _NAMED_BY)
    words = next((each for each in named if each and shutil.which(each[0], path=path)), None)
    if words:
        yield from _named(words, shutil.which(_TERMINAL, path=path))
    if poedit := shutil.which("poedit", path=path):
        yield Editor("poedit", (poedit,))


def _named(words: tuple[str, ...], terminal: str | None) -> Iterator[Editor]:
    """Give an editor that needs a terminal one of its own: that of the preview is taken."""
    name = Path(words[0]).name
    if name not in _IN_A_TERMINAL:
        yield Editor(name, words)
    elif terminal:
        yield Editor(name, (terminal, "-e", *words))


def command(editor: Editor, path: Path, line: int | None) -> list[str]:
    """Write the command that opens a file at a line."""
    form = _WITH_LINE.get(editor.name, _AS_MOST)
    return [*editor.words, *(part.format(path=path, line=line or 1) for part in form)]
