"""How runs grow with a project: the first, one for nothing, one after an edit; and its status.

    $ python -m benchmarks.bench_scale --articles 100 1000 --pages varied --by threads

A made-up clinic of each size is written into a scratch folder, with all its catalogs complete, and
run in processes of their own. Each figure is measured: nothing is carried from one size to another.
At the end it is told how time and memory grew from size to size.

At the sizes named by `--prefect` a first run is done through the Prefect flow as well, in turns with
one without, which tells what share of the clock and of the processor is Prefect's; the start of its
server, which is there already where there is one, is told apart. Of `--rounds` the fastest count.
Without `--prefect` that is done at one size, the largest of up to 1,000 articles.
"""

from __future__ import annotations

import argparse
import os
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.clinic import LOCALES, PAGES, make, slug
from benchmarks.measuring import print_table, scratch
from benchmarks.one_run import ALONE, STATUS, Cost, measured

FIRST, NOTHING = "first run", "nothing changed"
RUNNERS = ("threads", "processes", "dask")
_OF_PREFECT = 1_000
"""Up to how many articles Prefect's share is taken, if nobody says at which sizes."""
_WIDE = 36
"""Characters for what is measured."""


@dataclass(frozen=True, slots=True)
class Size:
    """What the runs of a project took."""

    name: str
    costs: Mapping[str, Cost]


def main() -> None:
    """Print a table for each size, then how the figures grew."""
    given = chosen()
    print(f"{os.cpu_count()} cores, {given.workers} workers, load {os.getloadavg()[0]:.1f}\n")
    sizes = [_size(articles, given) for articles in given.articles]
    if sizes[1:]:
        print_table(_GROWTH, growth(sizes), first=_WIDE)


def chosen(arguments: Sequence[str] | None = None) -> Namespace:
    """Read the command line; `prefect` has the sizes at which its share is taken."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.prefect is None:
        up_to = [articles for articles in given.articles if articles <= _OF_PREFECT]
        given.prefect = [max(up_to, default=min(given.articles))]
    if strange := set(given.prefect) - set(given.articles):
        parser.error(f"--prefect: {min(strange)} is none of the sizes that --articles names")
    return given


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure runs of projects of different sizes.")
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--locales", type=int, default=10, help=f"at most {len(LOCALES)}")
    told = "; ".join(f"{name}: {min(each):,} to {max(each):,}" for name, each in PAGES.items())
    parser.add_argument(
        "--pages", choices=PAGES, default="small", help=f"of how many bytes ({told})"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument(
        "--prefect", type=int, nargs="*", help="at which sizes its share is taken, if at any"
    )
    parser.add_argument("--by", nargs="+", choices=RUNNERS, default=RUNNERS)
    parser.add_argument("--rounds", type=int, default=1, help="with Prefect and without")
    parser.add_argument("--folder", type=Path, help="where projects are made, and stay")
    return parser


def _size(articles: int, given: Namespace) -> Size:
    """Make a project of a size and run it; print each figure as it comes."""
    name = f"{articles:,} × {given.locales}"
    with scratch(given.folder) as folder:
        # Beside it, Prefect keeps what it knows of its runs.
        root = folder / f"{articles}x{given.locales}-{given.pages}" / "clinic"
        locales = LOCALES[: given.locales]
        make(root, articles=articles, locales=locales, pages=given.pages)
        title = f"{name}, {given.pages} pages"
        costs: dict[str, Cost] = {}
        print_table(
            (title, *_HEAD), _told(_runs(root, given.workers, locales[0]), costs), first=_WIDE
        )
        print(f"- catalogs: {_bytes(root / 'locales', '.po') / 1e6:.1f} MB")
        print(f"- pages: {_bytes(root / 'site', '.html') / 1e6:.1f} MB")
        print(f"- state: {_bytes(root / '.polypage', '') / 1e6:.1f} MB\n", flush=True)
        if articles in given.prefect:
            by_prefect = _prefect(root, given.workers, given.by, given.rounds)
            print_table((title, *_BY_PREFECT), by_prefect, first=_WIDE)
    return Size(name, costs)


_HEAD = (
    "s",
    "processor, s",
    "pages",
    "written",
    "pages per s and core",
    "MB at most",
    "MB a worker",
)


def _runs(root: Path, workers: int, locale: str) -> Iterator[tuple[str, Cost]]:
    yield FIRST, measured(root, workers=workers)
    yield NOTHING, measured(root, workers=workers)
    _edit_catalog(root / f"locales/{locale}/LC_MESSAGES/{slug(0)}.po")
    yield "one catalog changed", measured(root, workers=workers)
    _edit_page(root / f"source_articles/{slug(1)}.html")
    yield "one page changed", measured(root, workers=workers)
    yield "polypage status", measured(root, workers=workers, by=STATUS)


def _told(
    runs: Iterator[tuple[str, Cost]], costs: dict[str, Cost]
) -> Iterator[tuple[str | float, ...]]:
    """Note what runs cost, and yield a row for each."""
    for what, cost in runs:
        costs[what] = cost
        rate = cost.built / cost.processor if cost.built else "-"
        peaks = cost.peak / 1e6, cost.peak_of_a_worker / 1e6
        yield what, cost.seconds, cost.processor, f"{cost.pages:,}", f"{cost.built:,}", rate, *peaks


# --- growth -----------------------------------------------------------------------------------

_GROWTH = (
    "growth",
    "times the pages",
    "times the time",
    "ms per page more",
    "MB per 1,000 pages more",
)


def growth(sizes: Sequence[Size]) -> Iterator[tuple[str | float, ...]]:
    """Yield what each page more takes of the processor's time and of memory, from size to size."""
    for run in (FIRST, NOTHING):
        for less, more in pairwise(sizes):
            few, many = less.costs[run], more.costs[run]
            pages = many.pages - few.pages
            yield (
                f"{run}: {less.name} → {more.name}",
                many.pages / few.pages,
                many.processor / few.processor,
                (many.processor - few.processor) / pages * 1e3,
                (many.peak - few.peak) / 1e6 / pages * 1e3,
            )


# --- Prefect ----------------------------------------------------------------------------------

_BY_PREFECT = (
    "s",
    "without, s",
    "share",
    "processor, s",
    "without, s",
    "share",
    "s to start",
    "nothing changed, s",
)


def _prefect(
    root: Path, workers: int, runners: Sequence[str], rounds: int
) -> Iterator[tuple[str | float, ...]]:
    for runner in runners:
        alone, flow = _in_turns(root, workers, runner, rounds)
        nothing = measured(root, workers=workers, by=runner)
        yield (
            f"first run, Prefect with {runner}",
            flow.seconds,
            alone.seconds,
            f"{1 - alone.seconds / flow.seconds:.1%}",
            flow.processor,
            alone.processor,
            f"{1 - alone.processor / flow.processor:.1%}",
            flow.start,
            nothing.seconds,
        )


def _in_turns(root: Path, workers: int, runner: str, rounds: int) -> tuple[Cost, Cost]:
    """Return what first runs cost, without Prefect and with it, done in the same minutes."""
    costs: dict[str, list[Cost]] = {ALONE: [], runner: []}
    for by in (ALONE, runner) * rounds:
        _forget(root)
        costs[by].append(measured(root, workers=workers, by=by))
    alone, flow = (min(each, key=lambda cost: cost.seconds) for each in costs.values())
    return alone, flow


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


def _bytes(folder: Path, ending: str) -> int:
    paths = folder.rglob(f"*{ending}")
    return sum(path.stat().st_size for path in paths if path.is_file())


if __name__ == "__main__":
    main()
