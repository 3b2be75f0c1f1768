"""How far each locale has come, as a table on a terminal.

    locale                words     new  fuzzy  held  stale  oldest
    vi   ██████▌    66 %  12,044  3,950    120     4      1  2026-03-04

It is as wide as the terminal at most: the names of the languages stand in it where it is wide,
the bar takes what is left, and of what cannot be shown the least telling columns are left out. In
logs and mails there is no bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polypage.errors import place_of
from polypage.runs.columns import padded, width
from polypage.runs.report import Page, Style
from polypage.status.figures import Figures, LocaleFigures

_LEFT_TO_RIGHT = "\u200e"
"""Takes no column, and keeps figures behind a name in Arabic where they are."""
_LONGEST_BAR, _SHORTEST_BAR = 20, 6
_GAP = 2
_WIDE = 100
"""Columns from which on a table names the languages, which takes a while to look up."""


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    cells: tuple[str, ...]
    is_text: bool = False
    """Begins at the left; figures end at the right."""

    @property
    def width(self) -> int:
        return max(map(width, (self.name, *self.cells)))


def locale_table(found: Figures, page: Page) -> Iterator[str]:
    """Yield a line for each locale: what is translated, what is left, what became of its pages."""
    rows = found.locales
    is_wide = page.width is not None and page.width >= _WIDE
    columns = _fitting([*_columns(rows, named=is_wide)], page.width)
    bar = _room(columns, page.width)
    yield page.paint(_line(columns, None, " " * (bar + _GAP) if bar else ""), "faint")
    for place, row in enumerate(rows):
        drawn = f"{_bar(row.ratio, bar)}{' ' * _GAP}" if bar else ""
        yield page.paint(_line(columns, place, drawn), _style(row))
    yield ""
    yield from _legend(found, page)


def _columns(rows: Sequence[LocaleFigures], *, named: bool) -> Iterator[_Column]:
    """Yield all columns in their order."""
    oldest = [row.oldest for row in rows]
    yield _Column("locale", tuple(row.locale for row in rows), is_text=True)
    if named:
        yield _Column("", tuple(f"{row.name}{_LEFT_TO_RIGHT}" for row in rows), is_text=True)
    yield from (
        _Column("done", tuple(f"{int(row.ratio * 100)} %" for row in rows)),
        _Column("words", tuple(f"{row.words:,}" for row in rows)),
        _Column("new", tuple(f"{row.of('new').words:,}" for row in rows)),
        _Column("fuzzy", tuple(f"{row.fuzzy_words:,}" for row in rows)),
        _Column("wrong", tuple(f"{row.of('wrong').words:,}" for row in rows)),
        _Column("pages", tuple(f"{row.published:,}" for row in rows)),
        _Column("held", tuple(f"{row.held:,}" for row in rows)),
        _Column("stale", tuple(f"{row.stale:,}" for row in rows)),
        *_grave(rows),
        _Column("oldest", tuple(each.since if each else "" for each in oldest), is_text=True),
    )


def _grave(rows: Sequence[LocaleFigures]) -> Iterator[_Column]:
    """Yield how many pages are recalled or failed, where any is; these are never left out."""
    if any(row.recalled for row in rows):
        yield _Column("recalled", tuple(f"{row.recalled:,}" for row in rows))
    if any(row.failed for row in rows):
        yield _Column("failed", tuple(f"{row.failed:,}" for row in rows))


def _fitting(columns: list[_Column], most: int | None) -> list[_Column]:
    """Leave out what there is no room for, the least telling first."""
    for name in ("", "wrong", "pages", "stale", "oldest", "words"):
        bar = _SHORTEST_BAR + _GAP
        if most is None or _taken(columns) + bar <= most:
            break
        columns = [column for column in columns if column.name != name]
    return columns


def _room(columns: Sequence[_Column], most: int | None) -> int:
    """Say how long bars may be; 0: there is none."""
    if most is None:
        return 0
    left = most - _taken(columns) - _GAP
    return min(left, _LONGEST_BAR) if left >= _SHORTEST_BAR else 0


def _taken(columns: Sequence[_Column]) -> int:
    return sum(column.width for column in columns) + _GAP * (len(columns) - 1)


def _line(columns: Sequence[_Column], place: int | None, bar: str) -> str:
    """Write one line, or the head; the bar stands before the share that it shows."""
    parts = []
    for column in columns:
        text = column.name if place is None else column.cells[place]
        before = bar if column.name == "done" else ""
        parts.append(before + padded(text, column.width, right=not column.is_text))
    return (" " * _GAP).join(parts).rstrip()


_EIGHTHS = " ▏▎▍▌▋▊▉█"


def _bar(ratio: float, length: int) -> str:
    """Draw a share as a bar, in eighths of a column; only all of it fills the bar."""
    eighths = int(ratio * length * 8)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + _EIGHTHS[rest] * (whole < length)).ljust(length, "·").replace(" ", "·")


def _style(row: LocaleFigures) -> Style:
    if row.failed or row.recalled:
        return "error"
    return "warning" if row.held or row.todo else "good"


def _legend(found: Figures, page: Page) -> Iterator[str]:
    """Say what the columns do not, of what has waited longest the place."""
    waiting = [row.oldest for row in found.locales if row.oldest]
    if not waiting:
        return
    first = min(waiting, key=lambda each: (each.since, each.path))
    yield page.paint("oldest ", "faint") + place_of(first.path, first.line)
