r"""TOML files: read with the lines that their values stand on, changed in one value alone.

    tables = read(text, path=path)              a SettingsError names the line where it is no TOML
    line_of(text, ("publish", "min_coverage"))  2
    >>> with_value("[extract]  # rules\nskip = []\n", "extract", "segmentation", "sentence")
    '[extract]  # rules\nsegmentation = "sentence"\nskip = []\n'

To be changed, files are understood as people write them: a table below its header, a value on its
line. Comments, order and blanks stay; what comes of it is read back, and is right or not given at
all.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeAlias

from polypage.errors import SettingsError

Keys: TypeAlias = tuple[str | int, ...]
"""The way to a value: names of tables and keys, and places in lists of tables."""


def decode(data: bytes, *, path: Path | str) -> str:
    """Read the characters of a file, lines ended by LF.

    Raises:
        SettingsError: It is not UTF-8.
    """
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        remedy = "save it as UTF-8"
        raise SettingsError(path, "is not UTF-8", line=line, remedy=remedy) from exc


def read(text: str, *, path: Path | str) -> dict[str, Any]:
    """Read the tables of a file.

    Raises:
        SettingsError: It is no TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        problem, line = _problem(str(exc), text)
        raise SettingsError(path, problem, line=line) from exc


def _problem(message: str, text: str) -> tuple[str, int]:
    """Part what tomllib says from where it says it is."""
    problem, _, place = message.partition(" (at ")
    line = re.search(r"line (\d+)", place)
    return f"is no TOML: {problem}", int(line[1]) if line else text.count("\n") + 1


def line_of(text: str, keys: Keys, value: str = "") -> int:
    """Find the line of a key, or of a value in its list over many lines.

    It ends the shortest beginning of the file that has the key. Without such a key it is 1.
    """
    lines = text.splitlines(keepends=True)
    start = 0
    for end in range(1, len(lines) + 1):
        try:
            tables = tomllib.loads("".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue  # in the midst of a list or text over many lines
        if _has(tables, keys):
            return next((n for n in range(start, end) if value and value in lines[n]), start) + 1
        start = end
    return 1


def _has(value: Any, keys: Keys) -> bool:  # noqa: ANN401 - TOML is of any type
    for key in keys:
        if isinstance(value, list) and isinstance(key, int):
            is_there = key < len(value)
        else:
            is_there = isinstance(value, dict) and key in value
        if not is_there:
            return False
        value = value[key]
    return True


def with_value(text: str, table: str, key: str, value: str) -> str | None:
    """Set a key of a table to a text; None where that takes more than changing a line.

    Raises:
        tomllib.TOMLDecodeError: The file is no TOML.
    """
    wanted = tomllib.loads(text)
    section = wanted.setdefault(table, {})
    if not isinstance(section, dict):
        return None
    section[key] = value
    changed = _changed(text, table, key, f'"{value}"')
    try:
        return changed if tomllib.loads(changed) == wanted else None
    except tomllib.TOMLDecodeError:
        return None


def _changed(text: str, table: str, key: str, value: str) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    line = f"{key} = {value}{newline}"
    header = re.search(rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\].*\n", text, re.MULTILINE)
    if header is None:
        parted = f"{text.rstrip()}{newline * 2}" if text.strip() else ""
        return f"{parted}[{table}]{newline}{line}"
    following = _HEADER.search(text, header.end())
    end = following.start() if following else len(text)
    present = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]*=[ \t]*({_TEXT})", re.MULTILINE)
    if found := present.search(text, header.end(), end):
        return f"{text[: found.start(1)]}{value}{text[found.end(1) :]}"
    return f"{text[: header.end()]}{line}{text[header.end() :]}"


_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_TEXT = r"\"[^\"\n]*\"|'[^'\n]*'"
