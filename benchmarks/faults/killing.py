"""Runs and workers that are killed at random moments, while translators save perhaps.

trial = kill_runs(scene, root, random.Random(1))
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.judging import Harm, harm_of, without_conflicts
from benchmarks.faults.running import KILLED, begun, finished, started
from benchmarks.faults.saving import Translator, with_text
from benchmarks.faults.scenes import Scene, copied, scene_of
from benchmarks.faults.trials import Trial, concluded
from polypage.catalogs.catalog import parse

_IN_A_ROW = 3
"""How many runs are killed at most before one is left alone."""
BEFORE = "ended before"
"""How a run ended that nothing befell: it was done before."""


def kill_runs(scene: Scene, root: Path, chance: random.Random) -> Trial:
    """Kill some runs, one after the other, and let the next one be."""
    copied(scene, root)
    ended, harms = [], []
    for _ in range(chance.randint(1, _IN_A_ROW)):
        ended.append(killed(scene, root, chance))
        harms.append(harm_of(root, before=scene.before, after=scene.after))
    return concluded(root, scene, ended, *harms)


def killed(scene: Scene, root: Path, chance: random.Random) -> str:
    """Kill a run at some moment, alone or with its workers; say how it ended."""
    workers = chance.choice((1, 1, 2))
    with begun(root, workers=workers) as run:
        # Workers take their time to start.
        if run.status(workers * scene.seconds * chance.random()) is None:
            (os.killpg if chance.random() < 0.5 else os.kill)(run.pid, signal.SIGKILL)
        return run.ended if run.ended == KILLED else BEFORE


def kill_while_saving(scene: Scene, root: Path, chance: random.Random) -> Trial:
    """Kill a run while a translator saves a catalog again and again."""
    with _translating(scene, root, chance) as (path, msgid, translator):
        ended = killed(scene, root, chance)
    return _judged(scene, root, ended, path, {msgid: translator.text})


def save_while_running(scene: Scene, root: Path, chance: random.Random) -> Trial:
    """Let a translator save a catalog again and again during a run."""
    with _translating(scene, root, chance) as (path, msgid, translator):
        ended = finished(root).ended
    return _judged(scene, root, ended, path, {msgid: translator.text})


@contextmanager
def _translating(
    scene: Scene, root: Path, chance: random.Random
) -> Iterator[tuple[str, str, Translator]]:
    """Have somebody type into an entry that stays what it is; tell the catalog and the msgid."""
    copied(scene, root)
    path = chance.choice([name for name in scene.before if name.endswith(".po")])
    stays = set(parse(scene.before[path], path=path).live)
    stays &= set(parse(scene.after[path], path=path).live)
    msgid = chance.choice(sorted(entry.msgid for entry in stays if entry.usable))
    with Translator(root / path, msgid, chance) as translator:
        yield path, msgid, translator


def _judged(scene: Scene, root: Path, ended: str, path: str, typed: Mapping[str, str]) -> Trial:
    """Judge by what an undisturbed run makes of the translator's last word."""
    start, undisturbed = root.with_name("told"), root.with_name("told-undisturbed")
    copied(scene, start)
    for msgid, text in typed.items():
        (start / path).write_bytes(with_text((start / path).read_bytes(), msgid, text))
    wanted = scene_of(scene.name, start, undisturbed)
    harm = harm_of(root, before=wanted.before, after=wanted.after)
    # A page may be that of any word in between; the next run makes it that of the last one.
    lost = Harm(harm.lost, tuple(name for name in harm.halves if name.endswith(".po")))
    return concluded(root, wanted, [ended], lost, look=without_conflicts)


def kill_workers(scene: Scene, root: Path, chance: random.Random) -> Trial:
    """Kill one of a run's processes; the run itself is left alone."""
    copied(scene, root)
    with begun(root, workers=2) as run:
        while not (workers := run.workers()) and run.is_alive:
            time.sleep(0.02)  # to look at all processes takes a while itself
        run.status(scene.seconds * chance.random())
        if hit := [pid for pid in run.workers() if pid in workers][:1]:
            os.kill(hit[0], signal.SIGKILL)
        ended = run.ended if hit else BEFORE
    return concluded(root, scene, [ended], harm_of(root, before=scene.before, after=scene.after))


def run_at_once(scene: Scene, root: Path, _chance: random.Random) -> Trial:
    """Start three runs of a project at the same moment."""
    copied(scene, root)
    with started(root) as first, started(root) as second, started(root) as third:
        ended = [run.ended for run in (first, second, third)]
    return concluded(root, scene, ended, harm_of(root, before=scene.before, after=scene.after))
