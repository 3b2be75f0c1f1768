"""Do runs to harm, and print what they leave.

    python -m benchmarks.faults [--times 200] [--only killed disk] [--seed 1]

Each line is a kind of fault: how often it was tried, how the runs ended that it befell, what was
lost, which files were half ones, of the runs that followed, how many left the very files that an
undisturbed one leaves, and how many seconds all that took. As many trials go on at the same time as
there are cores. Exit status 1: something was lost, or is not whole. Ctrl-C ends it, with what was
tried until then.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.faults import killing, places, serving
from benchmarks.faults.scenes import scenes
from benchmarks.faults.trying import Fault, Tries, tried
from benchmarks.measuring import print_table

_HAS_RUN = ("pages edited", "catalogs edited", "all at once", "at one stroke")
_HAS_CATALOGS = ("first run", "pages edited", "catalogs edited")

FAULTS = (
    # First what mostly waits: the others are done meanwhile.
    Fault("Prefect's server killed in mid-run", serving.kill_server, 0.005),
    Fault("Prefect's server down at the start", serving.start_without_server, 0.01),
    *(
        Fault(f"{name} locked", places.lock_state(name), 0.005, _HAS_RUN)
        for name in places.STATE
        if name.endswith(".sqlite3")
    ),
    Fault(
        "a Dask worker killed",
        serving.kill_dask_worker,
        0.1,
        needs=serving.has_dask,
        alone=True,
        start=serving.cluster,
    ),
    Fault("the flow killed", serving.kill_flow, 0.1, start=serving.server),
    Fault("runs killed", killing.kill_runs),
    Fault("a worker killed", killing.kill_workers, 0.1),
    Fault("a run killed while a translator saves", killing.kill_while_saving, 0.1, _HAS_CATALOGS),
    Fault("a translator saves all the time", killing.save_while_running, 0.1, _HAS_CATALOGS),
    Fault("three runs at once", killing.run_at_once, 0.03),
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
    *(Fault(f"{name} damaged", places.damage_state(name), 0.03, _HAS_RUN) for name in places.STATE),
    Fault("clock set back by a year", places.set_clock_back, 0.03),
    Fault("edits by a clock that is behind", places.save_by_another_clock, 0.02, _HAS_RUN),
)


def main() -> int:
    """Print a table of trials."""
    given = _parser().parse_args()
    begun = time.monotonic()
    chosen = [fault for fault in FAULTS if _is_named(fault, given.only)]
    possible = [fault for fault in chosen if fault.needs()]
    for fault in chosen:
        if fault not in possible:
            print(f"{fault.name}: left out, this cannot be done here")
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        every = tuple(scenes(Path(folder)))
        all_tries = [Tries(fault, every, given.times, given.seed) for fault in possible]
        rows = map(_row, tried(all_tries, Path(folder), at_once=given.at_once))
        print_table(_HEAD, rows, first=max(len(fault.name) for fault in FAULTS))
    print(f"{time.monotonic() - begun:.0f} s, {given.at_once} at a time, the start included")
    return _complained(all_tries)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Do runs to harm, and tell what they leave.")
    parser.add_argument(
        "--times",
        type=int,
        default=200,
        help="how many runs are killed, at least; others are rarer",
    )
    parser.add_argument("--only", nargs="+", default=[], help="parts of the names of faults")
    parser.add_argument("--at-once", type=int, default=os.cpu_count(), help="trials at a time")
    parser.add_argument("--seed", type=int, default=1)
    return parser


def _is_named(fault: Fault, parts: Sequence[str]) -> bool:
    return not parts or any(part in fault.name for part in parts)


def _complained(all_tries: Sequence[Tries]) -> int:
    """Print what is not as it should be; return the exit status."""
    bad = [
        (tries.fault.name, trial) for tries in all_tries for trial in tries.trials if not trial.good
    ]
    for name, trial in bad:
        print(f"{name}: {', '.join(trial.ended)}")
        for path in (*trial.harm.lost, *trial.harm.halves, *trial.strays, *trial.different):
            print(f"  {path}")
    return 1 if bad else 0


_HEAD = (
    "fault",
    "times",
    "lost",
    "half files",
    "stray files",
    "next run the same",
    "s",
    "how it ended",
)


def _row(tries: Tries) -> tuple[str | float, ...]:
    trials = tries.trials
    ended = Counter(each for trial in trials for each in trial.ended)
    ended.pop(killing.BEFORE, None)
    told = ", ".join(f"{how} × {times}" for how, times in sorted(ended.items()))
    lost, halves = (
        sum(len(found) for found in column)
        for column in zip(*((each.harm.lost, each.harm.halves) for each in trials), strict=True)
    )
    same = sum(not trial.different for trial in trials)
    stray = sum(len(trial.strays) for trial in trials)
    same_of = f"{same} of {len(trials)}"
    return tries.fault.name, ended.total(), lost, halves, stray, same_of, tries.seconds, told


if __name__ == "__main__":
    sys.exit(main())
