"""Faults, each tried until it has befallen as many runs as are asked for, some at the same time.

    for tries in tried([Tries(fault, scenes, 20, seed=1)], folder, at_once=2):
        tries.trials

One after the other is begun, but where one waits, or may not be tried twice at the same time, the
next ones are tried meanwhile.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.killing import BEFORE
from benchmarks.faults.scenes import Scene
from benchmarks.faults.trials import Trial


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
    alone: bool = False
    """Whether one trial would befall another that goes on at the same time."""
    start: Callable[[], object] = lambda: None
    """Starts what it leans on, unless it is there."""


class Tries:
    """What came of a fault so far."""

    def __init__(self, fault: Fault, scenes: Sequence[Scene], times: int, seed: int) -> None:
        self.fault = fault
        self.trials: list[Trial] = []
        self.seconds = 0.0
        """How long all of them took, one after the other, what they lean on being there."""
        self._scenes = [each for each in scenes if not fault.scenes or each.name in fault.scenes]
        self._wanted = max(1, round(times * fault.share))
        # The same moments every time.
        self._chance = random.Random(f"{fault.name} {seed}")  # noqa: S311
        self._begun = 0

    @property
    def is_done(self) -> bool:
        return self._befallen >= self._wanted and not self._under_way

    @property
    def wants_more(self) -> bool:
        """Whether another one is to begin now."""
        may_begin = not (self.fault.alone and self._under_way)
        return may_begin and self._befallen + self._under_way < self._wanted

    def next_one(self) -> Callable[[Path], tuple[Trial, float]]:
        """Return the next trial, to be done in some folder; it says how long it took."""
        self._begun += 1
        scene, chance = self._chance.choice(self._scenes), random.Random(self._chance.random())  # noqa: S311

        def timed(folder: Path) -> tuple[Trial, float]:
            self.fault.start()
            begun = time.monotonic()
            return self.fault.trial(scene, folder / "project", chance), time.monotonic() - begun

        return timed

    def note(self, trial: Trial, seconds: float) -> None:
        """Note what came of one."""
        self.trials.append(trial)
        self.seconds += seconds

    @property
    def _befallen(self) -> int:
        return sum(ended != BEFORE for trial in self.trials for ended in trial.ended)

    @property
    def _under_way(self) -> int:
        return self._begun - len(self.trials)


def tried(all_tries: Sequence[Tries], folder: Path, *, at_once: int) -> Iterator[Tries]:
    """Try all, and yield each when it is done; when Ctrl-C ends it, what there is of the others."""
    told: list[Tries] = []
    with suppress(KeyboardInterrupt):
        for tries in _tried(all_tries, folder, at_once):
            told.append(tries)
            yield tries
    yield from (tries for tries in all_tries if tries.trials and tries not in told)


def _tried(all_tries: Sequence[Tries], folder: Path, at_once: int) -> Iterator[Tries]:
    free = [folder / f"place-{number}" for number in range(at_once)]
    for place in free:
        place.mkdir()
    working: dict[Future[tuple[Trial, float]], tuple[Tries, Path]] = {}
    with ThreadPoolExecutor(at_once) as pool:
        while working or any(tries.wants_more for tries in all_tries):
            while free and (tries := next((each for each in all_tries if each.wants_more), None)):
                place = free.pop()
                working[pool.submit(tries.next_one(), place)] = tries, place
            for future in wait(working, return_when=FIRST_COMPLETED).done:
                tries, place = working.pop(future)
                free.append(place)
                tries.note(*future.result())
                if tries.is_done:
                    yield tries
