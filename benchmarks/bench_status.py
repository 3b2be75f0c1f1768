"""How long `polypage status` takes for a large project that was run: table, JSON and page.

    $ python -m benchmarks.bench_status --articles 50 --locales 10 --copies 200

A made-up clinic is run, and its articles are copied under other names, with all files and with what
the run left behind about them, as if they had been run too: to run as many would take hours.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.clinic import LOCALES, make
from benchmarks.measuring import print_table, scratch
from polypage.project import Project, load
from polypage.runs.answers import Part
from polypage.runs.basis import basis_of
from polypage.runs.belongings import Belongings
from polypage.runs.ledger import Ledger
from polypage.runs.outcomes import Extracted, Updated
from polypage.runs.pipeline import run
from polypage.runs.settled import Outcomes, Settled, settled
from polypage.runs.stages.batch import recipe_of
from polypage.runs.stamps import moment, stamp
from polypage.runs.status import survey
from polypage.status.figures import figures, to_json
from polypage.status.history import History
from polypage.status.page import to_html

T = TypeVar("T")


def main() -> None:
    """Print how long each part takes, and how large what it gives is."""
    parser = argparse.ArgumentParser(description="Measure polypage status.")
    parser.add_argument("--articles", type=int, default=20, help="how many are run")
    parser.add_argument("--locales", type=int, default=3, help=f"at most {len(LOCALES)}")
    parser.add_argument("--copies", type=int, default=10, help="how often each is there then")
    parser.add_argument("--findings", type=int, default=2, help="of each page, that copies keep")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the project is made, and stays")
    given = parser.parse_args()
    with scratch(given.folder) as folder:
        root = folder / "clinic"
        make(root, articles=given.articles, locales=LOCALES[: given.locales])
        for _ in range(2):
            run(root, workers=given.workers)
        _copy(root, given.copies, given.findings)
        _measure(root)


def _measure(root: Path) -> None:
    found, *taken = _timed(lambda: survey(root))
    told, *more = _timed(lambda: figures(found))
    rows: list[tuple[str | float, ...]] = [("survey", *taken, "-"), ("figures", *more, "-")]
    makers: tuple[tuple[str, Callable[[], str]], ...] = (
        ("JSON", lambda: "".join(to_json(found, told))),
        ("page", lambda: to_html(found, told, History())),
    )
    for name, work in makers:
        text, *taken = _timed(work)
        rows.append((name, *taken, len(text.encode()) / 1e6))
    locales = len(told.locales)
    print(f"{len(told.articles):,} articles × {locales} locales, load {os.getloadavg()[0]:.1f}")
    print_table(("", "s", "processor, s", "MB"), rows)


def _timed(work: Callable[[], T]) -> tuple[T, float, float]:
    start, busy = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - start, time.process_time() - busy


# --- copies -----------------------------------------------------------------------------------


def _copy(root: Path, times: int, findings: int) -> None:
    """Have each settled article stand under other names as well."""
    project = load(root)
    recipe = recipe_of(project)
    ledger = Ledger(project, recipe)
    slugs = project.articles().slugs
    ledger.look(slugs)
    locales = project.settings.project.locales
    known = [
        ledger.find(stage, slugs, locales)
        for stage in ("extract", "update", "check", "build", "audit")
    ]
    if missing := sum(slug not in known[0] for slug in slugs):
        sys.exit(f"{missing} articles are not settled")
    names = [(slug, f"{slug}-copy-{number}") for slug in slugs for number in range(1, times)]
    for slug, name in names:
        _link(project, slug, name)
    time.sleep(_TICK)
    basis, now = basis_of(project, recipe).identity, moment(project.state_dir)
    settle = partial(_copied, project, basis=basis, now=now, findings=findings)
    copies = [settle(slug, name, [each[slug] for each in known]) for slug, name in names]
    ledger.keep(copies, world=ledger.world)


_TICK = 0.1
"""Seconds after which files do not count as just written."""


def _link(project: Project, slug: str, name: str) -> None:
    """Have an article's files under another name."""
    own = Belongings(project)
    for path, copy in zip(own.of(slug), own.of(name), strict=True):
        os.link(path, copy)


def _copied(
    project: Project,
    slug: str,
    name: str,
    known: Sequence[Part[Any]],
    *,
    basis: str,
    now: int,
    findings: int,
) -> Settled:
    """Return what came of an article, under another name."""
    moved = partial(_moved, before=f"/{slug}.", name=f"/{name}.", findings=findings)
    own = [tuple(replace(moved(each), slug=name) for each in part.outcomes()) for part in known]
    (extracted,), *others = own
    stamps = stamp(Belongings(project).of(name), now=now)
    page = project.relative(project.source_path(name))
    outcomes = Outcomes(extracted, *others)
    return settled(name, page=page, basis=basis, view="", stamps=stamps, outcomes=outcomes)


def _moved(outcome: T, *, before: str, name: str, findings: int) -> T:
    """Return an outcome that tells of files under another name, with so many findings at most."""
    own: Any = outcome
    told: dict[str, Any] = {"path": own.path.replace(before, name)}
    if isinstance(outcome, Extracted):
        told["source"] = own.source.replace(before, name)
    if not isinstance(outcome, Updated):
        told["findings"] = tuple(
            replace(finding, path=finding.path.replace(before, name))
            for finding in own.findings[:findings]
        )
    return replace(own, **told)  # type: ignore[no-any-return]


if __name__ == "__main__":
    main()
