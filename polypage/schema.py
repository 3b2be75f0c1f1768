"""What a setting can be: functions that read a value, and tables made of them.

    @dataclass(frozen=True)
    class PublishSettings:
        min_coverage: float = setting(share, 0.9)

    table(PublishSettings)({"min_coverage": 2})
    UnfitError: must be a number from 0 to 1, not 2

Each function takes what TOML has and returns what we have, or raises `UnfitError`; where in the
file it stands is for the reader of the file to say. Its docstring says what it accepts, and
`accepted(share)` says it to people: a number from 0 to 1.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, fields
from string import Formatter
from typing import Any, TypeVar
from urllib.parse import urlsplit

from polypage.errors import SettingsError
from polypage.html.selectors import check
from polypage.model import Weight
from polypage.profiles import spelling
from polypage.tomlfile import Keys

_T = TypeVar("_T")


class UnfitError(Exception):
    """A value that a setting cannot have."""

    def __init__(
        self, problem: str, *, remedy: str | None = None, value: str = "", unknown: str = ""
    ) -> None:
        self.problem = problem
        self.remedy = remedy
        self.value = value
        """What to look for in a list over many lines."""
        self.unknown = unknown
        """A key that is like none of those there are."""
        self.keys: Keys = ()
        super().__init__(problem)

    def below(self, key: str | int) -> UnfitError:
        """Say that it was found under a key, or in a place of a list."""
        self.keys = (key, *self.keys)
        return self


def setting(read: Callable[[object], _T], default: _T | Callable[[], _T]) -> Any:  # noqa: ANN401 - as dataclasses.field, whose value stands for the default
    """Return a field of a table, with what reads its value, and what makes its default."""
    if callable(default):
        return field(default_factory=default, metadata={"read": read})
    return field(default=default, metadata={"read": read})


def accepted(read: Callable[[object], object]) -> str:
    """Say what a function accepts, as its docstring does up to the first stop or semicolon."""
    told = re.match(r"Accept ([^.;]+)", read.__doc__ or "")
    return told[1].replace("\n", " ") if told else "a table"


def _accepting(read: Callable[[object], _T], what: str) -> Callable[[object], _T]:
    read.__doc__ = f"Accept {what}."
    return read


def text(value: object) -> str:
    """Accept a text that is not blank."""
    if isinstance(value, str) and value.strip():
        return value
    raise UnfitError(f"must be a text, not {_shown(value)}")


def _shown(value: object) -> str:
    return "empty" if value == "" else repr(value)


def truth(value: object) -> bool:
    """Accept true or false."""
    if isinstance(value, bool):
        return value
    raise UnfitError(f"must be true or false, not {_shown(value)}")


def share(value: object) -> float:
    """Accept a number from 0 to 1."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    raise UnfitError(f"must be a number from 0 to 1, not {_shown(value)}")


def seconds(value: object) -> float:
    """Accept a number of seconds, a day's at most."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _DAY:
        return float(value)
    raise UnfitError(f"must be a number of seconds, a day's at most, not {_shown(value)}")


_DAY = 24 * 60 * 60


def one_of(*choices: str) -> Callable[[object], Any]:
    """Accept one of some words."""

    def read(value: object) -> object:
        if value in choices:
            return value
        near = difflib.get_close_matches(str(value), choices, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else None
        raise UnfitError(f"must be {_listed(choices)}, not {_shown(value)}", remedy=remedy)

    return _accepting(read, " or ".join(f'`"{choice}"`' for choice in choices))


def _listed(choices: Iterable[str]) -> str:
    return " or ".join(repr(choice) for choice in choices)


def list_of(read: Callable[[object], _T]) -> Callable[[object], tuple[_T, ...]]:
    """Accept a list of values."""

    def read_all(value: object) -> tuple[_T, ...]:
        if isinstance(value, list):
            return tuple(read(item) for item in value)
        raise UnfitError(f"must be a list, not {_shown(value)}", remedy="put it in [ ]")

    return _accepting(read_all, f"a list, each {accepted(read)}")


def tables_of(read: Callable[[object], _T]) -> Callable[[object], tuple[_T, ...]]:
    """Read tables that all have the same name: `[[publish.classes]]`."""

    def read_all(value: object) -> tuple[_T, ...]:
        if isinstance(value, list):
            return tuple(_under(place, read, item) for place, item in enumerate(value))
        raise UnfitError("must be a list of tables", remedy="write its name between [[ and ]]")

    return _accepting(read_all, "any number of tables")


def mapping_of(
    read_key: Callable[[object], str], read: Callable[[object], _T]
) -> Callable[[object], Mapping[str, _T]]:
    """Accept a table whose keys are not known beforehand."""

    def read_all(value: object) -> Mapping[str, _T]:
        return {_under(key, read_key, key): _under(key, read, item) for key, item in _items(value)}

    return _accepting(read_all, f"a table: for {accepted(read_key)}, {accepted(read)}")


def _items(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        return iter(value.items())
    raise UnfitError(f"must be a table, not {_shown(value)}")


def _under(key: str | int, read: Callable[[object], _T], value: object) -> _T:
    try:
        return read(value)
    except UnfitError as exc:
        raise exc.below(key) from None


def selector(value: object) -> str:
    """Accept a CSS selector."""
    written = text(value)
    if problem := check(written):
        raise UnfitError(f"{written!r} is no CSS selector: {problem}", value=written)
    return written


def locale(value: object) -> str:
    """Accept a locale; it is spelled as the project does."""
    written = text(value)
    try:
        return spelling(written)
    except SettingsError as exc:
        raise UnfitError(f"{written!r}: {exc.problem}", remedy=exc.remedy, value=written) from None


def locales(value: object) -> tuple[str, ...]:
    """Accept a list of locales, each once."""
    named = list_of(locale)(value)
    for position, each in enumerate(named):
        if each in named[:position]:
            raise UnfitError(f"{each!r} is named twice")
    return named


def path(value: object) -> str:
    """Accept a path below the project's root."""
    written = text(value)
    if written.startswith("/") or ".." in written.split("/") or "\\" in written or "\0" in written:
        remedy = "name it as seen from polypage.toml, with forward slashes"
        problem = f"{written!r} is no path below the project's root"
        raise UnfitError(problem, remedy=remedy, value=written)
    return written


def slugs(value: object) -> str:
    """Accept a pattern of slugs."""
    written = text(value)
    if written.startswith(("/", "./")) or written.endswith((".html", ".htm", "/")):
        problem = f"{written!r} is no pattern of slugs"
        remedy = "name articles without folder of sources and ending, as in 'recalls/*'"
        raise UnfitError(problem, remedy=remedy, value=written)
    return written


def address(value: object) -> str:
    """Accept an absolute web address."""
    written = text(value)
    parts = urlsplit(written)
    plain = not re.search(r"\s", written) and "@" not in parts.netloc
    if parts.scheme in {"http", "https"} and parts.netloc and plain:
        return written
    raise UnfitError(f"{written!r} is no address", remedy="begin it with https://")


def base(value: object) -> str:
    """Accept a web address that paths can be put behind."""
    written = address(value)
    if {"?", "#"} & set(written):
        raise UnfitError(f"{written!r} has a query or fragment", remedy="end it with the path")
    return written.rstrip("/")


def note(value: object) -> str:
    """Accept a text with `{share}` in it."""
    written = text(value)
    if _names_in(written) == ["share"]:
        return written
    raise UnfitError(f"{written!r} must have {{share}} once, and nothing else in braces")


def _names_in(pattern: str) -> list[str]:
    """Return what stands in the braces of a pattern; the pattern itself if it is broken."""
    try:
        return [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
    except ValueError:
        return [pattern]


def pattern(value: object) -> str:
    """Accept a text that may have `{title}` and `{site}` in it."""
    written = text(value)
    names = _names_in(written)
    if set(names) <= {"title", "site"}:
        return written
    raise UnfitError(f"{written!r} can have {{title}} and {{site}}, nothing else in braces")


def code(value: object) -> str:
    """Accept the code of a check; of one that a project may weigh as it likes."""
    from polypage.checking.checklist import CHECKS, WEIGHABLE  # noqa: PLC0415 - slow, and seldom needed

    written = text(value)
    if written in WEIGHABLE:
        return written
    if written in {check.code for check in CHECKS}:
        raise UnfitError("a page cannot be built in spite of it: it is always an error")
    near = difflib.get_close_matches(written, WEIGHABLE, n=1)
    remedy = f"did you mean {near[0]!r}?" if near else None
    raise UnfitError("there is no such finding", remedy=remedy)


weight: Callable[[object], Weight] = one_of("error", "warning", "info", "off")
"""How grave a finding is."""


def table(kind: type[_T]) -> Callable[[object], _T]:
    """Accept a table with the settings that a class has."""

    def read(value: object) -> _T:
        known: dict[str, Callable[[object], object]] = readers(kind)
        given = dict(_items(value))
        for key in given:
            if key not in known:
                raise _unknown(key, known).below(key)
        return kind(**{key: _under(key, known[key], item) for key, item in given.items()})

    return read


def readers(kind: type) -> dict[str, Callable[[object], object]]:
    """Return what reads each setting of a table."""
    return {each.name: each.metadata["read"] for each in fields(kind)}


def _unknown(key: str, known: Iterable[str]) -> UnfitError:
    if near := difflib.get_close_matches(key, known, n=1):
        return UnfitError("unknown key", remedy=f"did you mean {near[0]!r}?")
    return UnfitError("unknown key", remedy=f"known here: {', '.join(known)}", unknown=key)
