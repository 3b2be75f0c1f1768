"""The files of the site: each written whole, or those of a locale all at one stroke.

    site = Site(project)
    site.put(path, page)        True: what stands there is another page, or none
    site.switch()               with [publish] switch = "locale": now it is the new page

With that setting what changes is written aside, below `site/.polypage-next-vi/` for `site/vi/`. To
switch, all that stays is linked there, or copied, and the two folders change places. A run that is
killed leaves the old site or the new one, and `recover` takes away the rest.

A rehearsal notes what would change in a folder of its own, and leaves the site as it is.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from polypage.errors import PublishError
from polypage.files import exchange_folders, read_file, write_atomically
from polypage.profiles import PSEUDO_LOCALES
from polypage.profiles import tag as tag_of
from polypage.project import Project

_NEXT, _LAST = ".polypage-next-", ".polypage-last-"
_GONE = ".polypage-gone"
"""A folder aside that has an empty file for each that is to stand no more."""


@dataclass(frozen=True, slots=True)
class Site:
    """The folder with built pages, as far as a run has come with it."""

    project: Project
    rehearsal: Path | None = None
    """The folder of a rehearsal; None: it is in earnest."""

    def place(self, path: Path) -> Path | None:
        """Return where the bytes are that stand at a path, or will; None: nothing does."""
        if aside := self._aside(path):
            if aside.new.is_file():
                return aside.new
            if aside.gone.is_file():
                return None
        return path if path.is_file() else None

    def pages(self, tag: str, slugs: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
        """Yield the articles whose pages stand in a language, or will, with what the system tells."""
        folder = self.project.site_dir / tag
        aside = self._aside(folder / "any")
        is_direct = not (aside and (aside.new.parent.exists() or aside.gone.parent.exists()))
        for slug in slugs:
            path = f"{folder}{os.sep}{slug}.html"
            place = path if is_direct else self.place(Path(path))
            if place and (found := _look(place)):
                yield slug, found

    def read(self, path: Path) -> bytes | None:
        """Return what stands at a path, or will; None: nothing does."""
        place = self.place(path)
        return read_file(place) if place else None

    def put(self, path: Path, data: bytes) -> bool:
        """Have a file stand at a path; say whether that is news.

        Raises:
            PublishError: It cannot be written.
        """
        with _telling(path):
            if self.read(path) == data:
                return False
            self._put(path, data)
        return True

    def remove(self, path: Path) -> bool:
        """Have nothing stand at a path; say whether that is news.

        Raises:
            PublishError: It cannot be removed.
        """
        with _telling(path):
            if self.read(path) is None:
                return False
            self._remove(path)
        return True

    def switch(self) -> None:
        """Publish what was written aside, one locale after the other.

        Raises:
            PublishError: A locale's site cannot be exchanged; the old one stands.
        """
        if self.rehearsal or self.project.settings.publish.switch != "locale":
            return
        for target in _folders(self.project):
            aside = _beside(target, _NEXT)
            with _telling(target):
                if any(names for _, _, names in os.walk(aside)):
                    _complete(aside, target)
                    exchange_folders(aside, target, aside=_beside(target, _LAST))
                _clear(target)

    def _put(self, path: Path, data: bytes) -> None:
        aside = self._aside(path)
        if aside is None:
            write_atomically(path, data)
            return
        aside.gone.unlink(missing_ok=True)
        if path.is_file() and read_file(path) == data:
            aside.new.unlink(missing_ok=True)
        elif self.rehearsal:
            aside.new.parent.mkdir(parents=True, exist_ok=True)
            aside.new.write_bytes(data)
        else:
            write_atomically(aside.new, data)

    def _remove(self, path: Path) -> None:
        aside = self._aside(path)
        if aside is None:
            path.unlink(missing_ok=True)
            return
        aside.new.unlink(missing_ok=True)
        if path.is_file():
            write_atomically(aside.gone, b"")

    def _aside(self, path: Path) -> _Aside | None:
        """Return where it is noted what becomes of a file; None where that is done at once."""
        below = path.relative_to(self.project.site_dir)
        if self.rehearsal:
            return _Aside(self.rehearsal / "new" / below, self.rehearsal / "gone" / below)
        tag, *parts = below.parts
        if self.project.settings.publish.switch != "locale" or not parts:
            return None
        folder = _beside(_folder(self.project, tag), _NEXT)
        return _Aside(folder.joinpath(*parts), folder.joinpath(_GONE, *parts))


@dataclass(frozen=True, slots=True)
class _Aside:
    new: Path
    gone: Path


def _look(path: str | Path) -> os.stat_result | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - 100,000 times in a run
    except OSError:
        return Path(path).stat() if Path(path).is_file() else None
    return found if stat.S_ISREG(found.st_mode) else None


def recover(project: Project) -> None:
    """Put each locale's site into its place, and take away what a run that was killed left beside.

    Raises:
        PublishError: It cannot be done.
    """
    for target in _folders(project):
        last = _beside(target, _LAST)
        with _telling(target):
            if last.is_dir() and not target.exists():
                last.rename(target)
            _clear(target)


# --- folders ----------------------------------------------------------------------------------


def _folders(project: Project) -> Iterator[Path]:
    settings = project.settings.project
    locales = (settings.source_locale, *settings.locales, *PSEUDO_LOCALES)
    return (_folder(project, tag_of(locale)) for locale in dict.fromkeys(locales))


def _folder(project: Project, tag: str) -> Path:
    """Return where a locale's site is; its folder may be a link to elsewhere."""
    return Path(os.path.realpath(project.site_dir / tag))


def _beside(target: Path, prefix: str) -> Path:
    return target.with_name(f"{prefix}{target.name}")


def _complete(aside: Path, target: Path) -> None:
    """Add what stays of a site to what was written aside."""
    for parent, folders, names in os.walk(target):
        below = Path(parent).relative_to(target)
        there, gone = aside / below, aside / _GONE / below
        there.mkdir(exist_ok=True)
        shutil.copymode(parent, there)
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in (*names, *links):
            if not (os.path.lexists(there / name) or (gone / name).is_file()):
                _add(Path(parent) / name, there / name)
    shutil.rmtree(aside / _GONE, ignore_errors=True)


def _add(file: Path, copy: Path) -> None:
    try:
        os.link(file, copy, follow_symlinks=False)
    except OSError:
        shutil.copy2(file, copy, follow_symlinks=False)


def _clear(target: Path) -> None:
    for prefix in (_NEXT, _LAST):
        if os.path.lexists(left := _beside(target, prefix)):
            shutil.rmtree(left)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        remedy = "see that its folder is one and can be written to"
        raise PublishError(path, f"cannot be written: {exc.strerror}", remedy=remedy) from exc
