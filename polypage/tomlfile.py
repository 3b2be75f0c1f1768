r"""Changing one value of a TOML file, and nothing else: comments, order and blanks stay.

    >>> with_value("[extract]  # rules\nskip = []\n", "extract", "segmentation", "sentence")
    '[extract]  # rules\nsegmentation = "sentence"\nskip = []\n'

Files are understood as people write them: a table below its header, a value on its line. What
comes of it is read back, and is right or not given at all.
"""

from __future__ import annotations

import re
import tomllib


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
