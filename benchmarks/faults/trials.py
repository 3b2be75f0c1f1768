"""A trial: something befalls a project, and what stands then, and after the next run, is judged.

with begun(root, workers=2) as run:
    run.kill()
trial = concluded(root, scene, "killed", harm_of(root, before=scene.before, after=scene.after))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from benchmarks.faults.judging import Harm, Tree, different, harm_of, strays, tree
from benchmarks.faults.running import finished
from benchmarks.faults.scenes import Scene

Look: TypeAlias = Callable[[Tree], Tree]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one."""

    ended: tuple[str, ...]
    """How the runs ended that something befell."""
    harm: Harm
    strays: tuple[str, ...] = ()
    """What is there after the next run, and is not after an undisturbed one."""
    different: tuple[str, ...] = ()
    """What is not as after an undisturbed run."""

    @property
    def good(self) -> bool:
        return not (self.harm or self.strays or self.different)


def concluded(
    root: Path, scene: Scene, ended: Sequence[str], *harms: Harm, look: Look = dict
) -> Trial:
    """Have the next run go to its end, and compare what stands with an undisturbed run's.

    `look` takes away what may be different.
    """
    done = finished(root)
    trial = compared(root, scene, ended, *harms, look=look)
    return with_status(trial, scene, done.status(), done.said)


def with_status(trial: Trial, scene: Scene, status: int | None, said: str) -> Trial:
    """Note how the next run ended, where an undisturbed one ends otherwise."""
    if status == scene.status:
        return trial
    told = f"exit status {status}: {said.strip()[-300:]}"
    return replace(trial, different=(told, *trial.different))


def compared(
    root: Path, scene: Scene, ended: Sequence[str], *harms: Harm, look: Look = dict
) -> Trial:
    """Compare what stands with what stands after an undisturbed run."""
    now, after = look(tree(root)), look(scene.after)
    every = (*harms, harm_of(root, before=scene.before, after=scene.after))
    return Trial(
        tuple(ended),
        Harm(
            tuple(text for harm in every for text in harm.lost),
            tuple(path for harm in every for path in harm.halves),
        ),
        strays(now, after),
        different(now, after),
    )
