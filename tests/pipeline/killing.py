"""Builds that are killed at each step in turn: `python -m tests.pipeline.killing PROJECT SCRATCH`.

Every second step is tried, and every fourth of these mended, to be done in seconds.
Every build works on a copy of the project and is a process of its own, which kills itself before
the n-th time that it writes, links, moves or removes anything of the site. For each one a line of
JSON says which language's site was then the old one and which the new one, and whether a further
build, if there was one, made all of it new, with nothing beside.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from polypage.runs.pipeline import run

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_MENDED_EVERY = 8
_STEPS = {"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"}


def main(project: Path, scratch: Path) -> None:
    undisturbed = scratch / "undisturbed"
    shutil.copytree(project, undisturbed)
    _in_child(undisturbed, at=0)
    old, new = trees(project), trees(undisturbed)
    for at in count(1, 2):
        root = scratch / str(at)
        shutil.copytree(project, root)
        if not _in_child(root, at=at):
            break
        states = {tag: _state(tree, old[tag], new[tag]) for tag, tree in trees(root).items()}
        left = sum(_beside(root))
        mended = at % _MENDED_EVERY != 1 or _is_mended(root, new)
        told = {"at": at, "states": states, "left": left, "mended": mended}
        sys.stdout.write(f"{json.dumps(told)}\n")
        shutil.rmtree(root)


def _is_mended(root: Path, new: dict[str, dict[str, bytes]]) -> bool:
    _in_child(root, at=0)
    return trees(root) == new and not any(_beside(root))


def trees(root: Path) -> dict[str, dict[str, bytes]]:
    """Return the files of each language's site; one that is not there has none."""
    return {
        tag: {
            path.relative_to(root / "site" / tag).as_posix(): path.read_bytes()
            for path in (root / "site" / tag).rglob("*")
            if path.is_file()
        }
        for tag in ("en", "vi")
    }


def _state(tree: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> str:
    return "old" if tree == old else "new" if tree == new else "mixed"


def _beside(root: Path) -> Iterator[bool]:
    return (path.name.startswith(".polypage-") for path in (root / "site").rglob("*"))


def _in_child(root: Path, *, at: int) -> bool:
    """Build in a process that is killed before a step; say whether it came to that."""
    pid = os.fork()
    if pid == 0:
        if at:
            _kill_before(at, str(root / "site"))
        run(root, stages=["build"])
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def _kill_before(at: int, site: str) -> None:
    steps = count(1)

    def hook(event: str, given: tuple[Any, ...]) -> None:
        is_step = event in _STEPS or (event == "open" and given[2] & _WRITING)
        if is_step and str(given[0]).startswith(site) and next(steps) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
