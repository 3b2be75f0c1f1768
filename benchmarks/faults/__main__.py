"""Do runs to harm, and print what they leave.

    python -m benchmarks.faults [--times 60] [--only killed disk] [--seed 1]

Each line is a kind of fault: how often it was tried, how the runs ended that it befell, what was
lost, which files were half ones, and of the runs that followed, how many left the very files that an
undisturbed one leaves. Exit status 1: something was lost, or is not whole. Ctrl-C ends it, with what
was tried until then.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults import killing, places, serving
from benchmarks.faults.scenes import Scene, scenes
from benchmarks.faults.trials import Trial
from benchmarks.measuring import print_table


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault, and how it is tried."""

    name: str
    trial: Callable[[Scene, Path, random.Random], Trial]
    share: float = 1.0
    """Of as many times as are asked for."""
    scenes: tuple[str, ...] = ()
    """Where it can happen; empty: everywhere."""
    needs: Callable[[], bool] = lambda: True
    """Says whether it can be tried here."""


_HAS_RUN = ("pages edited", "catalogs edited", "all at once", "at one stroke")
_HAS_CATALOGS = ("first run", "pages edited", "catalogs edited")

FAULTS = (
    Fault("runs killed", killing.kill_runs),
    Fault("a worker killed", killing.kill_workers, 0.1),
    Fault("a run killed while a translator saves", killing.kill_while_saving, 0.1, _HAS_CATALOGS),
    Fault("a translator saves all the time", killing.save_while_running, 0.05, _HAS_CATALOGS),
    Fault("three runs at once", killing.run_at_once, 0.03),
    Fault("the flow killed", serving.kill_flow, 0.1),
    Fault("Prefect's server down at the start", serving.start_without_server, 0.01),
    Fault("Prefect's server killed in mid-run", serving.kill_server, 0.015),
    Fault("a Dask worker killed", serving.kill_dask_worker, 0.1, needs=serving.has_dask),
    Fault("disk full", places.fill_disk, 0.1, needs=places.can_mount),
    *(
        Fault(f"{name} read-only", places.make_read_only(folder), 0.01, needs=places.can_mount)
        for name, folder in (
            ("site/", "site"),
            ("locales/", "locales"),
            (".polypage/", ".polypage"),
            ("project", "."),
        )
    ),
    *(
        Fault(f"{name} locked", places.lock_state(name), 0.005, _HAS_RUN)
        for name in places.STATE
        if name.endswith(".sqlite3")
    ),
    *(Fault(f"{name} damaged", places.damage_state(name), 0.03, _HAS_RUN) for name in places.STATE),
    Fault("clock set back by a year", places.set_clock_back, 0.03),
    Fault("edits by a clock that is behind", places.save_by_another_clock, 0.02, _HAS_RUN),
)


def main() -> int:
    """Print a table of trials."""
    parser = argparse.ArgumentParser(description="Do runs to harm, and tell what they leave.")
    parser.add_argument("--times", type=int, default=60, help="how many runs are killed, at least")
    parser.add_argument("--only", nargs="+", default=[], help="parts of the names of faults")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun = time.monotonic()
    chosen = [fault for fault in FAULTS if _is_named(fault, options.only)]
    tried: dict[str, list[Trial]] = {}
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, suppress(KeyboardInterrupt):
        every = tuple(scenes(Path(folder)))
        for fault in chosen:
            if not fault.needs():
                print(f"{fault.name}: left out, this cannot be done here")
                continue
            times = max(1, round(options.times * fault.share))
            trials = tried.setdefault(fault.name, [])
            for trial in _tried(fault, every, Path(folder), times, seed=options.seed):
                trials.append(trial)
            print(f"{fault.name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    print_table(_HEAD, [_row(name, trials) for name, trials in tried.items() if trials])
    print(f"{time.monotonic() - begun:.0f} s")
    return _complained(tried)


def _is_named(fault: Fault, parts: Sequence[str]) -> bool:
    return not parts or any(part in fault.name for part in parts)


def _complained(tried: Mapping[str, Sequence[Trial]]) -> int:
    """Print what is not as it should be; return the exit status."""
    bad = [(name, trial) for name in tried for trial in tried[name] if not trial.good]
    for name, trial in bad:
        print(f"{name}: {', '.join(trial.ended)}")
        for path in (*trial.harm.lost, *trial.harm.halves, *trial.strays, *trial.different):
            print(f"  {path}")
    return 1 if bad else 0


_HEAD = ("fault", "times", "how it ended", "lost", "half files", "stray", "next run the same")


def _tried(
    fault: Fault, every: Sequence[Scene], folder: Path, times: int, *, seed: int
) -> Iterator[Trial]:
    """Try a fault as many times as it takes until it has befallen so many runs."""
    chance = random.Random(f"{fault.name} {seed}")  # noqa: S311 - the same moments every time
    here = [scene for scene in every if not fault.scenes or scene.name in fault.scenes]
    befallen = 0
    while befallen < times:
        trial = fault.trial(chance.choice(here), folder / "project", chance)
        befallen += sum(ended != killing.BEFORE for ended in trial.ended)
        yield trial


def _row(name: str, trials: Sequence[Trial]) -> tuple[str | float, ...]:
    ended = Counter(each for trial in trials for each in trial.ended)
    ended.pop(killing.BEFORE, None)
    told = ", ".join(f"{how} × {times}" for how, times in sorted(ended.items()))
    lost, halves = (
        sum(len(found) for found in column)
        for column in zip(*((each.harm.lost, each.harm.halves) for each in trials), strict=True)
    )
    same = sum(not trial.different for trial in trials)
    stray = sum(len(trial.strays) for trial in trials)
    return name, sum(ended.values()), told, lost, halves, stray, f"{same} of {len(trials)}"


if __name__ == "__main__":
    sys.exit(main())
