"""What a run's work costs, piece by piece, and what a project of another size would take by that.

    $ python -m benchmarks.bench_constants --articles 5000 1000000 --locales 50

Two made-up clinics are run here, stage by stage, in this one process, and what the larger one costs
more is parted among what it has more: what each run costs anyway is in none of the pieces. Times are
the processor's. The second table is arithmetic: pieces times their number, nothing else. `--prefect` measures task
and flow runs, too, with a server of its own, which takes a minute.
"""

from __future__ import annotations

import argparse
import logging
import os
import pickle
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from benchmarks.clinic import LOCALES, make
from benchmarks.measuring import peak, print_table, seconds
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
    parser = argparse.ArgumentParser(description="Measure what the pieces of a run cost.")
    parser.add_argument(
        "--measured", type=int, nargs=2, default=[10, 40], help="articles to measure with"
    )
    parser.add_argument(
        "--articles", type=int, nargs="+", default=[5_000, 1_000_000], help="to reckon with"
    )
    parser.add_argument("--locales", type=int, default=50, help="to reckon with")
    parser.add_argument("--prefect", action="store_true")
    given = parser.parse_args()
    logging.disable()
    constants = measured(given.measured, LOCALES)
    print_table(("piece", "cost"), _pieces(constants))
    heads = (f"{articles:,} articles" for articles in given.articles)
    reckoned = (_reckoned(constants, articles, given.locales) for articles in given.articles)
    rows = ((what[0][0], *(cost for _, cost in what)) for what in zip(*reckoned, strict=True))
    print_table((f"× {given.locales} locales", *heads), rows)
    if given.prefect:
        print_table(("Prefect", "s", "processor, s"), _prefect())


def measured(sizes: Sequence[int], locales: Sequence[str]) -> Constants:
    """Run projects of two sizes here, and for nothing again."""
    collect_seldom()
    with _clinic(sizes[0], locales) as root:
        run(root)  # which loads all that is loaded once
    few, many = (_measured(size, locales) for size in sizes)
    articles = sizes[1] - sizes[0]
    pages, catalogs = articles * (len(locales) + 1), articles * len(locales)
    more = {what: many[what] - few[what] for what in many}
    return Constants(
        stages={stage: more[stage] / (articles if stage == "extract" else pages) for stage in _PER},
        alone=more["alone"] / pages,
        nothing=more["nothing"] / pages,
        look=more["looks"] / more["files"],
        state=more["state"] / pages,
        catalogs=more["catalogs"] / catalogs,
        pages=more["pages"] / pages,
        held=more["held"] / pages,
        registry=more["registry"] / articles,
        sent=more["sent"] / articles,
    )


def _measured(articles: int, locales: Sequence[str]) -> dict[str, float]:
    """Return what a project costs as a whole."""
    with _clinic(articles, locales) as root:
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


@contextmanager
def _clinic(articles: int, locales: Sequence[str]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), articles=articles, locales=locales)
        yield Path(folder)


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
        yield f"{what} ({stage})", f"{own.stages[stage] * 1e3:.2f} ms"
    yield "beside the stages, for a page in one language", f"{own.alone * 1e3:.2f} ms"
    yield "run for nothing, for a page in one language", f"{own.nothing * 1e3:.2f} ms"
    yield "of that, a look at a file", f"{own.look * 1e6:.1f} µs"
    yield "state, for a page in one language", f"{own.state / 1e3:.2f} kB"
    yield "a catalog", f"{own.catalogs / 1e3:.1f} kB"
    yield "a built page", f"{own.pages / 1e3:.1f} kB"
    yield "memory of a run for nothing, for a page in one language", f"{own.held / 1e3:.2f} kB"
    yield "an article in the registry, as it is sent", f"{own.registry:.0f} bytes"
    yield "sending and receiving it", f"{own.sent * 1e6:.1f} µs"


def _reckoned(own: Constants, articles: int, locales: int) -> Iterator[tuple[str, str]]:
    pages = articles * (locales + 1)
    files = articles * _files(locales)
    shared = sum(cost for stage, cost in own.stages.items() if stage != "extract") * pages
    shared += own.stages["extract"] * articles
    yield "pages", f"{pages:,}"
    yield "files of articles", f"{files:,}"
    yield "first run, what any number of cores share", f"{shared / 3600:,.0f} hours of a core"
    yield "first run, what one process does", f"{own.alone * pages / 3600:,.1f} hours"
    yield "run for nothing, in one process", f"{own.nothing * pages / 3600:,.1f} hours"
    yield "of that, looks at files", f"{own.look * files / 60:,.1f} minutes"
    yield "memory of that process", f"{own.held * pages / 1e9:,.0f} GB"
    yield "registry that each batch of builds is sent", f"{own.registry * articles / 1e6:,.0f} MB"
    yield "sending and receiving it", f"{own.sent * articles:,.1f} s"
    yield "catalogs", f"{own.catalogs * articles * locales / 1e12:,.2f} TB"
    yield "built pages", f"{own.pages * pages / 1e12:,.2f} TB"
    yield "state", f"{own.state * pages / 1e9:,.0f} GB"


# --- Prefect ----------------------------------------------------------------------------------


def _prefect(tasks: int = 100) -> Iterator[tuple[str, float, float]]:
    """Yield what flow and task runs cost that do nothing, with a temporary server."""
    with _home():
        from benchmarks.idle import idle  # noqa: PLC0415
        from benchmarks.one_run import clocked  # noqa: PLC0415 - Prefect reads its home at once

        start = clocked(lambda: idle(0))
        empty = min(clocked(lambda: idle(0)) for _ in range(3))
        full = clocked(lambda: idle(tasks))
        yield "its server started, and a first flow run", *start
        yield "a flow run", *empty
        yield "a task run", (full[0] - empty[0]) / tasks, (full[1] - empty[1]) / tasks


@contextmanager
def _home() -> Iterator[None]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ |= {"PREFECT_HOME": folder, "PREFECT_LOGGING_LEVEL": "CRITICAL"}
        os.environ.pop("PREFECT_API_URL", None)
        yield


if __name__ == "__main__":
    main()
