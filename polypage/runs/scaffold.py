"""A new project, ready to run.

    init(Path("clinic"), locales=("vi", "ar"))

writes settings, a sample article, Prefect flows and the editors' settings below `clinic`. What is
there already is never overwritten, and what is a project already gets no sample article. Its locales
are those of its settings: whoever asks for others is told, and nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from polypage.errors import PolypageError, SettingsError
from polypage.files import write_atomically
from polypage.project import ENDINGS, SETTINGS_FILE, load

_DOTTED = {"gitattributes": ".gitattributes", "gitignore": ".gitignore"}
"""Files that would mean something where they lie in the package under their own names."""
_SAMPLES = "source_articles/"
_FILLED = frozenset({SETTINGS_FILE, "index.lokalize"})
DEFAULTS = ("vi", "ar")
"""The locales of a project for which none is asked."""
DEFAULT_SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Scaffold:
    """What a new project was made of, below its root."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Files that were there already."""


def init(folder: Path, *, locales: Sequence[str] = (), source_locale: str = "") -> Scaffold:
    """Make a working project in a folder, with `DEFAULTS` where nothing is asked for.

    Raises:
        PolypageError: Something cannot be written there, or the settings there say otherwise.

    """
    if (locales or source_locale) and (folder / SETTINGS_FILE).exists():
        _agree(folder, locales, source_locale)
    chosen = locales or DEFAULTS
    blanks = {
        "@source_locale@": source_locale or DEFAULT_SOURCE,
        "@locales@": ", ".join(json.dumps(locale) for locale in chosen),
        "@first_locale@": chosen[0],
    }
    written: list[str] = []
    kept: list[str] = []
    is_new = not _is_project(folder)
    for name, data in sorted(_starter_files()):
        if not is_new and name.startswith(_SAMPLES) and not (folder / name).exists():
            continue
        (written if _write(folder / name, _filled(name, data, blanks)) else kept).append(name)
    return Scaffold(tuple(written), tuple(kept))


def _agree(folder: Path, locales: Sequence[str], source_locale: str) -> None:
    """Make sure that a project's settings have what is asked for."""
    settings, path = load(folder).settings.project, folder / SETTINGS_FILE
    if source_locale not in ("", settings.source_locale):
        problem = (
            f"is there already, and says that the source language is {settings.source_locale!r}"
        )
        raise SettingsError(path, problem, remedy="leave out --source-locale")
    new = [locale for locale in locales if locale not in settings.locales]
    if new:
        problem = f"is there already, without {', '.join(map(repr, new))} among its locales"
        remedy = "add what you need to `locales` in it, or leave out --locale"
        raise SettingsError(path, problem, remedy=remedy)


def _is_project(folder: Path) -> bool:
    pages = (path for ending in ENDINGS for path in (folder / _SAMPLES).rglob(f"*{ending}"))
    return (folder / SETTINGS_FILE).exists() or any(pages)


def _starter_files() -> Iterator[tuple[str, bytes]]:
    package = files("polypage")
    yield from _below(package / "starter")
    if not (package / "starter" / "flows").is_dir():
        # In a checkout the flows stand beside the package; the wheel takes them in.
        checkout = Path(str(package)).parent / "flows"
        if checkout.is_dir():
            yield from _below(checkout, "flows/")


def _below(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        if each.name.startswith((".", "__pycache__")):
            continue
        if each.is_dir():
            yield from _below(each, f"{prefix}{each.name}/")
        else:
            yield f"{prefix}{_DOTTED.get(each.name, each.name)}", each.read_bytes()


def _filled(name: str, data: bytes, blanks: dict[str, str]) -> bytes:
    if name not in _FILLED:
        return data
    text = data.decode()
    for blank, value in blanks.items():
        text = text.replace(blank, value)
    return text.encode()


def _write(path: Path, data: bytes) -> bool:
    try:
        return not path.exists() and write_atomically(path, data)
    except OSError as error:
        remedy = "choose a folder that can be written to"
        problem = f"cannot be written: {error.strerror}"
        raise PolypageError(path, problem, remedy=remedy) from error
