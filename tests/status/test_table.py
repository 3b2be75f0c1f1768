"""The table of locales, on terminals of several widths and in logs."""

from __future__ import annotations

import pytest

from polypage.model import Todo
from polypage.runs.columns import width
from polypage.runs.report import Page
from polypage.status.figures import Figures, LocaleFigures, Waiting
from polypage.status.table import locale_table


def locale(name: str, *todo: Todo, words: int = 12_000) -> LocaleFigures:
    oldest = Waiting("2026-03-04", f"locales/{name}/LC_MESSAGES/dose.po", 12) if todo else None
    return LocaleFigures(
        name,
        entries=900,
        words=words,
        todo=todo,
        pages=7,
        published=4 if todo else 7,
        ready=0,
        held=3 if todo else 0,
        failed=0,
        stale=1 if todo else 0,
        recalled=0,
        oldest=oldest,
    )


FIGURES = Figures(
    articles=("dose",),
    locales=(
        locale("vi"),
        locale("ar", Todo("new", 300, 3_000), Todo("number", 5, 60)),
        locale("zh_Hant_TW", Todo("new", 900, 12_000)),
    ),
    frequent=(),
)


def test_logs_have_plain_lines_with_everything() -> None:
    lines = list(locale_table(FIGURES, Page()))

    assert [" ".join(line.split()) for line in lines] == [
        "locale done words new fuzzy wrong pages held stale oldest",
        "vi 100 % 12,000 0 0 0 7 0 0",
        "ar 74 % 12,000 3,000 60 0 4 3 1 2026-03-04",
        "zh_Hant_TW 0 % 12,000 12,000 0 0 4 3 1 2026-03-04",
        "",
        "oldest locales/ar/LC_MESSAGES/dose.po:12",
    ]


@pytest.mark.parametrize("most", [40, 60, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal_and_all_columns_stand_below_each_other(
    most: int,
) -> None:
    head, *rows = list(locale_table(FIGURES, Page(width=most)))[:4]

    assert max(map(width, (head, *rows))) <= most
    places = [width(row[: row.index("%")]) for row in rows]
    assert places == [width(head[: head.index("done")]) + len("don")] * 3
    of_new = [
        width(row[: row.index(words) + len(words)])
        for row, words in zip(rows[1:], ("3,000", "12,000 "), strict=True)
    ]
    assert of_new[0] == width(head[: head.index("new")]) + len("new")


@pytest.mark.parametrize(
    ("most", "names"),
    [
        (80, "locale done words new fuzzy pages held stale oldest"),
        (120, "locale done words new fuzzy wrong pages held stale oldest"),
    ],
)
def test_what_matters_most_stands_on_narrow_terminals_too(most: int, names: str) -> None:
    head = next(locale_table(FIGURES, Page(width=most)))

    assert head.split() == names.split()


def test_languages_are_called_by_their_own_names_where_there_is_room() -> None:
    rows = list(locale_table(FIGURES, Page(width=120)))[1:4]

    assert [
        name in row for name, row in zip(("Tiếng Việt", "العربية\u200e", "中文"), rows, strict=True)
    ] == [True] * 3


def test_bars_show_the_share_and_only_all_of_it_fills_them() -> None:
    nearly = locale("de", Todo("new", 1, 1), words=1_000_000)

    rows = list(locale_table(Figures((), (*FIGURES.locales, nearly), ()), Page(width=120)))[1:5]

    bars = ["".join(letter for letter in row if letter in "·█▉▊▋▌▍▎▏") for row in rows]
    assert len({len(bar) for bar in bars}) == 1
    assert set(bars[0]) == {"█"}
    assert set(bars[2]) == {"·"}
    assert set(bars[3]) == {"█", "▉"}
