"""What a run's work costs, piece by piece, and what a project of another size would take by that.

    $ python -m benchmarks.bench_constants --articles 5000 1000000 --locales 50

Made-up clinics of some sizes are run here, stage by stage, in this one process, and a line is laid
through what each piece costs them: its slope is the cost of an article more, so that what each run
costs anyway is in none of the pieces. Times are the processor's, the least of some rounds. The
second table is arithmetic: pieces times their number, nothing else. `--prefect` measures task and
flow runs, too, with a server of its own, which takes a minute.
"""

from __future__ import annotations

import argparse
import logging
import os
import pickle
import tempfile
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree
from statistics import linear_regression
from typing import TypeVar

from benchmarks.clinic import LOCALES, PAGES, make
from benchmarks.measuring import peak, print_table, seconds, size_of, time_of
from polypage.runs.pipeline import run, run_with
from polypage.runs.registry import Registry
from polypage.runs.stages.batch import collect_seldom

T = TypeVar("T")

_PER = {
    "extract": "page read",
    "update": "catalog updated",
    "check": "catalog checked",
    "build": "page built, proven, published",
    "audit": "page proven again",
    "settle": "page settled",
}


@dataclass(frozen=True, slots=True)
class Constants:
    """What each piece costs; seconds of the processor, and bytes."""

    stages: dict[str, float]
    """Of a page in one language, by stage; of a source page for `extract`."""
    alone: float
    """Of a page in one language, what the process does that sends out the work."""
    nothing: float
    """Of a page in one language, when nothing is to be done."""
    look: float
    """Of a file that the system is asked about."""
    state: float
    """Bytes of state for a page in one language."""
    catalogs: float
    """Bytes of a catalog."""
    pages: float
    """Bytes of a page."""
    held: float
    """Bytes of memory that a run for nothing holds at most, for a page in one language."""
    registry: float
    """Bytes of an article in what each batch of builds is sent."""
    sent: float
    """Seconds to send an article of that, and to receive it."""


def main() -> None:
    """Print what pieces cost, and what that makes."""
    given = _parser().parse_args()
    logging.disable()
    kinds = {pages: measured(pages, given) for pages in given.pages}
    head = ("piece", *(f"{pages} pages" for pages in kinds))
    print_table(head, _side_by_side(map(_pieces, kinds.values())), first=_WIDE)
    both = [(pages, articles) for pages in kinds for articles in given.articles]
    head = (f"× {given.locales} locales", *(f"{articles:,} {pages}" for pages, articles in both))
    reckoned = (_reckoned(kinds[pages], articles, given.locales) for pages, articles in both)
    print_table(head, _side_by_side(reckoned), first=_WIDE)
    if given.prefect:
        print_table(("Prefect", "s", "processor, s"), _prefect(), first=_WIDE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure what the pieces of a run cost.")
    parser.add_argument(
        "--measured", type=int, nargs="+", default=[11, 33], help="articles to measure with"
    )
    parser.add_argument("--pages", nargs="+", choices=PAGES, default=["small", "varied"])
    parser.add_argument("--rounds", type=int, default=2, help="of which the least counts")
    parser.add_argument(
        "--articles", type=int, nargs="+", default=[5_000, 1_000_000], help="to reckon with"
    )
    parser.add_argument("--locales", type=int, default=50, help="to reckon with")
    parser.add_argument("--prefect", action="store_true")
    return parser


def _side_by_side(columns: Iterable[Iterable[tuple[str, str]]]) -> Iterator[tuple[str, ...]]:
    """Yield rows of columns that all say the same things."""
    for cells in zip(*columns, strict=True):
        yield cells[0][0], *(cost for _, cost in cells)


_WIDE = 60
"""Characters for what is measured."""


def measured(pages: str, given: Namespace) -> Constants:
    """Run projects of some sizes here, again and again, and for nothing."""
    collect_seldom()
    with _clinics(pages, given.measured) as (clinics, scratch):
        run(copytree(clinics[0], scratch / "first"))  # which loads all that is loaded once
        rounds = [
            [_measured(copytree(clinic, scratch / f"{number}-{clinic.name}")) for clinic in clinics]
            for number in range(given.rounds)
        ]
    return _constants(_slopes(given.measured, rounds), len(LOCALES))


@contextmanager
def _clinics(pages: str, sizes: Sequence[int]) -> Iterator[tuple[Sequence[Path], Path]]:
    with tempfile.TemporaryDirectory() as folder:
        clinics = [Path(folder) / f"{size}" for size in sizes]
        for clinic, size in zip(clinics, sizes, strict=True):
            make(clinic, articles=size, locales=LOCALES, pages=pages)
        yield clinics, Path(folder)


def _slopes(
    sizes: Sequence[int], rounds: Sequence[Sequence[Mapping[str, float]]]
) -> Mapping[str, float]:
    """Return what an article more costs, of each piece, by the least of some rounds."""
    least = [
        {what: min(each[what] for each in same) for what in same[0]}
        for same in zip(*rounds, strict=True)
    ]
    return {
        what: linear_regression(sizes, [each[what] for each in least]).slope for what in least[0]
    }


def _constants(article: Mapping[str, float], locales: int) -> Constants:
    """Part what an article costs among its pages and catalogs."""
    pages = locales + 1
    return Constants(
        stages={stage: article[stage] / (1 if stage == "extract" else pages) for stage in _PER},
        alone=article["alone"] / pages,
        nothing=article["nothing"] / pages,
        look=article["looks"] / article["files"],
        state=article["state"] / pages,
        catalogs=article["catalogs"] / locales,
        pages=article["pages"] / pages,
        held=article["held"] / pages,
        registry=article["registry"],
        sent=article["sent"],
    )


def _measured(root: Path) -> dict[str, float]:
    """Return what a project costs as a whole."""
    crew = _Timed(root)
    (whole,) = seconds(lambda: run_with(crew, root), rounds=1)
    (nothing,) = seconds(lambda: run(root), rounds=5)
    assert crew.registry
    size, sent = _sent(crew.registry)
    files, looks = _looks(root)
    return {
        **{stage: crew.spent[stage] for stage in _PER},
        "alone": whole - crew.spent.total(),
        "nothing": nothing,
        "looks": looks,
        "files": files,
        "state": _size(root / ".polypage"),
        "catalogs": _size(root / "locales", ".po"),
        "pages": _size(root / "site", ".html"),
        "held": peak(lambda: run(root)),
        "registry": size,
        "sent": sent,
    }


@dataclass
class _Timed:
    """A crew of one that looks at the clock."""

    root: Path
    spent: Counter[str] = field(default_factory=Counter)
    registry: Registry | None = None

    def over(
        self, stage: str, work: Callable[..., tuple[T, ...]], slugs: Sequence[str], *more: object
    ) -> tuple[T, ...]:
        self.registry = next((one for one in more if isinstance(one, Registry)), self.registry)
        begun = time.process_time()
        outcomes = work(self.root, slugs, *more)
        self.spent[stage] += time.process_time() - begun  # type: ignore[assignment]
        return outcomes


def _files(locales: int) -> int:
    """Return how many files an article has: its page, its template, its catalogs, what is built."""
    return 2 + locales + (locales + 1)


def _looks(root: Path) -> tuple[int, float]:
    """Return how many pages, templates and catalogs there are, and the seconds to look at them."""
    files = [str(path) for path in root.rglob("*") if path.suffix in {".html", ".po", ".pot"}]
    (taken,) = seconds(lambda: [os.stat(file) for file in files])  # noqa: PTH116 - as runs do
    return len(files), taken


def _sent(registry: Registry) -> tuple[int, float]:
    """Return how large the registry is on its way to a worker, and how long that takes."""
    data = pickle.dumps(registry)
    (taken,) = seconds(lambda: pickle.loads(pickle.dumps(registry)))  # noqa: S301 - our own
    return len(data), taken


def _size(folder: Path, ending: str = "") -> int:
    return sum(path.stat().st_size for path in folder.rglob(f"*{ending}") if path.is_file())


# --- what is printed --------------------------------------------------------------------------


def _pieces(own: Constants) -> Iterator[tuple[str, str]]:
    for stage, what in _PER.items():
        yield f"{what} (`{stage}`)", time_of(own.stages[stage])
    yield "beside the stages, for a page in one language", time_of(own.alone)
    yield "run for nothing, for a page in one language", time_of(own.nothing)
    yield "a look at a file", time_of(own.look)
    yield "state, for a page in one language", size_of(own.state)
    yield "a catalog", size_of(own.catalogs)
    yield "a built page", size_of(own.pages)
    yield "memory of a run for nothing, for a page in one language", size_of(own.held)
    yield "an article in the registry, as it is sent", size_of(own.registry)
    yield "sending and receiving it", time_of(own.sent)


def _reckoned(own: Constants, articles: int, locales: int) -> Iterator[tuple[str, str]]:
    pages = articles * (locales + 1)
    files = articles * _files(locales)
    shared = sum(cost for stage, cost in own.stages.items() if stage != "extract") * pages
    shared += own.stages["extract"] * articles
    yield "pages", f"{pages:,}"
    yield "files of articles", f"{files:,}"
    yield "first run, what any number of cores share", f"{time_of(shared)} of a core"
    yield "first run, what one process does", time_of(own.alone * pages)
    yield "run for nothing, in one process", time_of(own.nothing * pages)
    yield "of that, looks at files", time_of(own.look * files)
    yield "memory of that process", size_of(own.held * pages)
    yield "registry that each batch of builds is sent", size_of(own.registry * articles)
    yield "sending and receiving it", time_of(own.sent * articles)
    yield "catalogs", size_of(own.catalogs * articles * locales)
    yield "built pages", size_of(own.pages * pages)
    yield "state", size_of(own.state * pages)


# --- Prefect ----------------------------------------------------------------------------------


def _prefect(few: int = 100, many: int = 400) -> Iterator[tuple[str, float, float]]:
    """Yield what flow and task runs cost that do nothing, with a temporary server.

    A flow run takes a second to end, in which the first task runs are told of: so they are counted
    from where there are some on.
    """
    with _home():
        from benchmarks.idle import idle  # noqa: PLC0415
        from benchmarks.one_run import clocked  # noqa: PLC0415 - Prefect reads its home at once

        start = clocked(lambda: idle(0))
        empty = min(clocked(lambda: idle(0)) for _ in range(3))
        less, more = clocked(lambda: idle(few)), clocked(lambda: idle(many))
        yield "its server started, and a first flow run", *start
        yield "a flow run", *empty
        seconds, processor = ((b - a) / (many - few) for a, b in zip(less, more, strict=True))
        yield "a task run", seconds, processor


@contextmanager
def _home() -> Iterator[None]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ |= {"PREFECT_HOME": folder, "PREFECT_LOGGING_LEVEL": "CRITICAL"}
        os.environ.pop("PREFECT_API_URL", None)
        yield


if __name__ == "__main__":
    main()
