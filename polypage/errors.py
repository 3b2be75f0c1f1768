"""The errors that stop the work on one article, one catalog, or the project's settings.

Each knows the file, the line where there is one, what is wrong and what to do about it:

    source_articles/dose.html:12: "charset=foo" is no known encoding; declare utf-8

What a translator got wrong is never one of these: it is a `Finding`.
"""

import sqlite3
from pathlib import Path

from polypage.oneline import visible

UNREADABLE_DATABASE = sqlite3.Error, UnicodeDecodeError
"""What SQLite raises of a damaged file; its complaints may quote what is no text any more."""


def place_of(path: str, line: int | None) -> str:
    """Name a file, and a line of it, as terminals understand it, and so that it can be seen."""
    return visible(path) if line is None else f"{visible(path)}:{line}"


class PolypageError(Exception):
    """Something that cannot be worked with, and its remedy."""

    def __init__(
        self, path: Path | str, problem: str, *, line: int | None = None, remedy: str | None = None
    ) -> None:
        self.path = str(path)
        self.problem = problem
        self.line = line
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        what = f"{place_of(self.path, self.line)}: {self.problem}"
        return visible(f"{what}; {self.remedy}" if self.remedy else what)

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way between processes: the default would call `__init__` with one argument."""
        return _rebuild, (type(self), self.path, self.problem, self.line, self.remedy)


def _rebuild(
    kind: type[PolypageError], path: str, problem: str, line: int | None, remedy: str | None
) -> PolypageError:
    return kind(path, problem, line=line, remedy=remedy)


class SourceError(PolypageError):
    """A source page that cannot be read."""


class CatalogError(PolypageError):
    """A catalog or template that cannot be read or written."""


class SettingsError(PolypageError):
    """Settings, or a locale, that make no sense."""


class PublishError(PolypageError):
    """A built page or a report that cannot be written."""


class ExchangeError(PolypageError):
    """A file from translators' tools that cannot be read."""


class GlossaryError(PolypageError):
    """A glossary that cannot be read."""


class TimeLimitError(PolypageError):
    """Work on one page, or one catalog, that was stopped because it took too long."""


class DamagedError(Exception):
    """What polypage keeps for itself cannot be read: it is made anew, and nobody is told."""
