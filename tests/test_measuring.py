"""What benchmarks print: tables that can be pasted, times and sizes that can be read, growth."""

from __future__ import annotations

import pytest

from benchmarks.bench_scale import FIRST, NOTHING, Size, chosen, growth
from benchmarks.measuring import print_table, size_of, time_of
from benchmarks.one_run import Cost


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.0000012, "1.2 µs"),
        (0.0265, "26.5 ms"),
        (2.0, "2 s"),
        (150, "2.5 minutes"),
        (3600 * 6.5, "6.5 hours"),
        (86400 * 64.54, "64.5 days"),
        (-0.002, "-2 ms"),
        (0, "0 µs"),
    ],
)
def test_a_time_is_told_in_the_unit_that_fits(seconds: float, told: str) -> None:
    assert time_of(seconds) == told


@pytest.mark.parametrize(
    ("size", "told"),
    [(167, "167 bytes"), (52_400, "52.4 kB"), (5e9, "5 GB"), (1.063e12, "1.06 TB")],
)
def test_a_size_is_told_in_the_unit_that_fits(size: float, told: str) -> None:
    assert size_of(size) == told


def test_a_table_is_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("pages", "MB/s"), iter([("small", 1234.5), ("varied", 0.12345)]), first=6)

    assert capsys.readouterr().out == (
        "| pages  |  MB/s |\n| ------ | ----: |\n| small  |  1234 |\n| varied | 0.123 |\n\n"
    )


def test_growth_is_told_of_time_and_memory_from_size_to_size() -> None:
    sizes = [
        Size("100 × 10", {FIRST: _cost(10.0, 60, 1_100), NOTHING: _cost(1.0, 50, 1_100)}),
        Size("1,000 × 10", {FIRST: _cost(109.0, 258, 11_000), NOTHING: _cost(1.99, 50, 11_000)}),
    ]

    told = [(name, [round(float(each), 6) for each in row]) for name, *row in growth(sizes)]

    assert told == [
        ("first run: 100 × 10 → 1,000 × 10", [10, 10.9, 10, 20]),
        ("nothing changed: 100 × 10 → 1,000 × 10", [10, 1.99, 0.1, 0]),
    ]


def _cost(processor: float, megabytes: int, pages: int) -> Cost:
    return Cost(0.0, processor, processor, megabytes * 1_000_000, 0, pages, pages)


@pytest.mark.parametrize(
    ("arguments", "sizes"),
    [
        ("", [1_000]),
        ("--articles 30 --by threads", [30]),
        ("--articles 200 900 10000", [900]),
        ("--articles 5000 10000", [5_000]),
        ("--articles 30 60 --prefect 60 30", [60, 30]),
        ("--articles 30 60 --prefect", []),
    ],
)
def test_the_share_of_prefect_is_taken_unless_nobody_wants_it(
    arguments: str, sizes: list[int]
) -> None:
    assert chosen(arguments.split()).prefect == sizes


def test_a_size_that_is_not_measured_has_no_share_of_prefect(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        chosen(["--articles", "30", "--prefect", "1000"])

    assert "--prefect: 1000 is none of the sizes" in capsys.readouterr().err
