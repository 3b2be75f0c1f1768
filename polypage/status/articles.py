"""How far each article has come in each locale, as a table on a terminal.

    article      words      vi       ar
    rolling      1,291  100 % ●   66 % ○

Where it would be wider than the terminal, the locales are spread over several tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from polypage.oneline import visible
from polypage.runs import columns, standing
from polypage.runs.answers import bare
from polypage.runs.outcomes import Checked
from polypage.runs.report import Page, Style, percent


def article_table(checked: Sequence[Checked], page: Page) -> Iterator[str]:
    """Yield a line for each article: how much is translated, and whether that is published."""
    cells: dict[str, dict[str, _Cell]] = {}
    locales: dict[str, None] = {}
    most: dict[str, int] = {}
    for one in bare(checked):
        cells.setdefault(one.slug, {})[one.locale] = _cell_of(one)
        locales.setdefault(one.locale)
        most[one.slug] = max(most.get(one.slug, 0), one.coverage.words)
    names = max(map(columns.width, (*map(visible, cells), "article")), default=0)
    if page.width is not None:
        names = min(names, max(20, page.width // 2))
    # Nothing where no locale could be measured.
    words = {slug: f"{count:,}" if count else "" for slug, count in most.items()}
    counts = max(map(len, (*words.values(), "words")))
    widths = [(locale, max(len(locale), len("100 % ●"))) for locale in locales]
    for shown in _spread(widths, page.width, names + 2 + counts):
        head = "".join(f"  {locale:>{width}}" for locale, width in shown)
        yield page.paint(f"{'article':<{names}}  {'words':>{counts}}{head}".rstrip(), "faint")
        for slug, row in cells.items():
            drawn = (_drawn(row.get(locale), width, page) for locale, width in shown)
            name = columns.padded(columns.shortened(visible(slug), names), names)
            yield f"{name}  {words[slug]:>{counts}}{''.join(drawn)}".rstrip()
        yield ""
    found = {cell.sign for row in cells.values() for cell in row.values()}
    told = [
        f"{sign} {meaning}"
        for sign, meaning in standing.SIGNS.items()
        if sign == "●" or sign in found
    ]
    yield page.paint("   ".join(told), "faint")


class _Cell(NamedTuple):
    """An article in a locale."""

    share: str
    sign: str
    style: Style


@cache  # Of very many, few differ.
def _cell(share: str, sign: str, style: Style) -> _Cell:
    return _Cell(share, sign, style)


def _cell_of(checked: Checked) -> _Cell:
    if checked.failure is not None:
        return _cell("failed", standing.sign(checked), "error")
    # A source page is not translated, so there is nothing to measure.
    share = percent(checked.coverage) if checked.coverage.entries else ""
    style: Style = "good" if checked.publishable else "warning"
    return _cell(share, standing.sign(checked), style)


def _spread(
    widths: Sequence[tuple[str, int]], most: int | None, names: int
) -> Iterator[list[tuple[str, int]]]:
    """Yield the columns that fit beside each other."""
    chosen: list[tuple[str, int]] = []
    used = names
    for locale, width in widths:
        if chosen and most is not None and used + width + 2 > most:
            yield chosen
            chosen, used = [], names
        chosen.append((locale, width))
        used += width + 2
    yield chosen


def _drawn(cell: _Cell | None, width: int, page: Page) -> str:
    if cell is None:
        return f"  {'':>{width}}"
    text = "failed" if cell.style == "error" else f"{cell.share} {cell.sign or ' '}"
    return page.paint(f"  {text:>{width}}", cell.style)
