"""How runs grow with a project: the first, one for nothing, one after an edit; and its status.

    $ python -m benchmarks.bench_scale --articles 100 1000 --locales 10 --workers 2

A made-up clinic of each size is written into a scratch folder, with all its catalogs complete, and
run in processes of their own. Each figure is measured: nothing is carried from one size to another.
`--by threads processes dask` runs it through the Prefect flow as well, in turns with a run without,
and says what share of the clock and of the processor is Prefect's; the start of its server, which is
there already where there is one, is told apart. Of `--rounds` the fastest count.

By default it is 100, 1,000 and 10,000 articles, and both are measured with everything: this takes
hours, nearly all of them for the largest. `--articles 100 1000` takes a tenth of that.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.clinic import LOCALES, make, slug
from benchmarks.measuring import print_table
from benchmarks.one_run import ALONE, STATUS, Cost, measured

_HEAD = (
    "articles × locales, run",
    "s",
    "processor, s",
    "pages",
    "written",
    "pages per s and core",
    "MB at most",
    "MB a worker",
)


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description="Measure runs of projects of different sizes.")
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--locales", type=int, default=10, help=f"at most {len(LOCALES)}")
    parser.add_argument("--sizes", type=int, nargs="+", help="bytes that pages are to have")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--by", nargs="*", default=["threads", "processes", "dask"])
    parser.add_argument("--rounds", type=int, default=1, help="with Prefect and without")
    parser.add_argument("--folder", type=Path, help="where projects are made, and stay")
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, {given.workers} workers, load {os.getloadavg()[0]:.1f}")
    locales = LOCALES[: given.locales]
    for articles in given.articles:
        with _folder(given.folder, f"{articles}x{given.locales}") as folder:
            root = folder / "clinic"
            make(root, articles=articles, locales=locales, sizes=given.sizes)
            name = f"{articles:,} × {len(locales)}"
            rows = list(
                _rows(root, name, locales, workers=given.workers, by=given.by, rounds=given.rounds)
            )
            print_table(_HEAD, rows)
            print(f"catalogs: {_size(root / 'locales', '.po') / 1e6:.1f} MB;", end=" ")
            print(f"pages: {_size(root / 'site', '.html') / 1e6:.1f} MB;", end=" ")
            print(f"state: {_size(root / '.polypage', '') / 1e6:.1f} MB\n", flush=True)


def _rows(
    root: Path, name: str, locales: Sequence[str], *, workers: int, by: Sequence[str], rounds: int
) -> Iterator[tuple[str | float, ...]]:
    first = measured(root, workers=workers)
    yield _row(f"{name}: first", first)
    yield _row("nothing changed", measured(root, workers=workers))
    _edit_catalog(root / f"locales/{locales[0]}/LC_MESSAGES/{slug(0)}.po")
    yield _row("one catalog changed", measured(root, workers=workers))
    _edit_page(root / f"source_articles/{slug(1)}.html")
    yield _row("one page changed", measured(root, workers=workers))
    yield _row("polypage status", measured(root, workers=workers, by=STATUS))
    for runner in by:
        alone, flow = _in_turns(root, workers, runner, rounds)
        yield _row(f"first, again, beside {runner}", alone)
        yield _row(f"first, Prefect with {runner}: {_share(alone, flow)}", flow)
        yield _row("nothing changed", measured(root, workers=workers, by=runner))


def _in_turns(root: Path, workers: int, runner: str, rounds: int) -> tuple[Cost, Cost]:
    """Return what first runs cost, without Prefect and with it, done in the same minutes."""
    costs: dict[str, list[Cost]] = {ALONE: [], runner: []}
    for by in (ALONE, runner) * rounds:
        _forget(root)
        costs[by].append(measured(root, workers=workers, by=by))
    alone, flow = (min(each, key=lambda cost: cost.seconds) for each in costs.values())
    return alone, flow


def _share(alone: Cost, flow: Cost) -> str:
    clock, processor = 1 - alone.seconds / flow.seconds, 1 - alone.processor / flow.processor
    return (
        f"{clock:.0%} of the clock, {processor:.0%} of the processor; {flow.start:.0f} s to start"
    )


def _row(what: str, cost: Cost) -> tuple[str | float, ...]:
    rate = cost.built / cost.processor if cost.built else "-"
    peaks = cost.peak / 1e6, cost.peak_of_a_worker / 1e6
    times = cost.seconds, cost.processor
    return (what, *times, f"{cost.pages:,}", f"{cost.built:,}", rate, *peaks)


def _edit_catalog(path: Path) -> None:
    """Have a translator mend one translation, the last one."""
    before, msgstr, after = path.read_text("utf-8").rpartition('\nmsgstr "')
    path.write_text(f'{before}{msgstr}({after[:-2]})"\n', "utf-8")


def _edit_page(path: Path) -> None:
    """Have an author mend one text, the heading."""
    text = path.read_text("utf-8")
    path.write_text(text.replace("</h1>", " again</h1>", 1), "utf-8")


def _forget(root: Path) -> None:
    """Take away everything that runs have made."""
    for folder in ("site", ".polypage", "locales/templates"):
        for path in sorted((root / folder).rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()


def _size(folder: Path, ending: str) -> int:
    paths = folder.rglob(f"*{ending}")
    return sum(path.stat().st_size for path in paths if path.is_file())


@contextmanager
def _folder(given: Path | None, name: str) -> Iterator[Path]:
    if given is None:
        with tempfile.TemporaryDirectory() as scratch:
            yield Path(scratch)
    else:
        yield given / name


if __name__ == "__main__":
    main()
