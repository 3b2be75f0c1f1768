"""Work for crews that goes wrong; worker processes import this, so it needs next to nothing."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path


def fails_at_first(
    root: Path, slugs: Sequence[str], _locales: Sequence[str], kind: type[Exception]
) -> tuple[str, ...]:
    """Fail, but not a second time."""
    mark = root / "tried"
    if not mark.exists():
        mark.touch()
        raise kind("not now")
    return tuple(slugs)


def dies(_root: Path, slugs: Sequence[str]) -> tuple[str, ...]:
    """Take the process along, as the kernel does where memory runs out."""
    if "last" in slugs:
        os._exit(9)
    return tuple(slugs)


def dies_once(root: Path, slugs: Sequence[str]) -> tuple[str, ...]:
    """Take the process along, but not a second time."""
    mark = root / "died"
    if not mark.exists():
        mark.touch()
        os._exit(9)
    return tuple(slugs)


def costs(_root: Path, slugs: Sequence[str], seconds: float) -> tuple[int, ...]:
    """Take so long for each article, and say how many the batch has."""
    time.sleep(seconds * len(slugs))
    return tuple(len(slugs) for _ in slugs)


def burden(_root: Path, slugs: Sequence[str]) -> tuple[bool, ...]:
    """Say whether the process has imported Prefect or the program it works for."""
    return tuple("prefect" in sys.modules or "_pytest" in sys.modules for _ in slugs)


def meets_a_defect(_root: Path, slugs: Sequence[str]) -> tuple[str, ...]:
    """Do what can be done, and log why the rest cannot."""
    done = []
    for slug in slugs:
        try:
            assert slug != "bad" or 1 // 0
            done.append(slug)
        except ZeroDivisionError:
            logging.getLogger("polypage.test").exception("%s: a defect", slug)
    return tuple(done)


def kills_its_worker(root: Path, slugs: Sequence[str]) -> tuple[str, ...]:
    """Have the process killed that sent this one to work, but not a second time."""
    mark = root / "killed"
    if "b" in slugs and not mark.exists():
        mark.touch()
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    return tuple(slugs)


def lasts(_root: Path, slugs: Sequence[str]) -> tuple[str, ...]:
    """Take longer than anybody waits."""
    time.sleep(60)
    return tuple(slugs)
