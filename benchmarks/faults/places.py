"""Places that fail: a full disk, folders that cannot be written to, state that is locked or damaged.

    trial = fill_disk(scene, root, random.Random(1))

Full and read-only places are mounts in a namespace of their own, by `unshare`, so that they need no
rights and are gone when the run is.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.faults.judging import harm_of
from benchmarks.faults.killing import killed
from benchmarks.faults.running import begun, called, finished, told
from benchmarks.faults.scenes import Scene, copied
from benchmarks.faults.trials import Trial, compared, concluded, with_status

_MOUNTING = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")
_BLOCK = 4096
"""Bytes that a file takes a multiple of."""
STATE = (
    "state.sqlite3",
    "ledger.sqlite3",
    "translation-memory/segments.sqlite3",
    "translation-memory/index/meta.json",
)


def can_mount() -> bool:
    """Whether the system lets us have mounts of our own."""
    tried = "mount -t tmpfs tmpfs /tmp"
    try:
        done = subprocess.run((*_MOUNTING, tried), capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


# --- mounts -----------------------------------------------------------------------------------


def fill_disk(scene: Scene, root: Path, chance: random.Random) -> Trial:
    """Run on a disk that gets full, and once more when it has room again."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    full, later = root.with_name("full"), root.with_name("later")
    for folder in (full, later):
        shutil.rmtree(folder, ignore_errors=True)
    least, most = _size(scene.start), _size(scene.start) + 2 * _added(scene)
    size = chance.randint(least, most)
    command = (*_MOUNTING, _ON_A_SMALL_DISK, "sh", *_command(root))
    places = {"ROOT": root, "START": scene.start, "FULL": full, "LATER": later}
    with called(root, command, SIZE=size, **places) as run:
        run.status()
    parts = run.said.split(_STATUS)
    statuses = [int(part.split()[0]) for part in parts[1:]]
    harm = harm_of(full, before=scene.before, after=scene.after)
    trial = compared(later, scene, [told(parts[0], statuses[0])], harm)
    return with_status(trial, scene, statuses[1], parts[1])


_STATUS = "ended with status "
_ON_A_SMALL_DISK = """\
mount -t tmpfs -o size="$SIZE" tmpfs "$ROOT" && cp -a "$START/." "$ROOT" || exit
"$@"; echo "ended with status $?"
cp -a "$ROOT" "$FULL"
mount -o remount,size=1g "$ROOT"
"$@"; echo "ended with status $?"
cp -a "$ROOT" "$LATER"
"""


def _size(folder: Path) -> int:
    files = (path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return sum(-(-size // _BLOCK) * _BLOCK for size in files)


def _added(scene: Scene) -> int:
    """Return how many bytes a run writes, at least."""
    written = (data for path, data in scene.after.items() if scene.before.get(path) != data)
    return sum(-(-len(data) // _BLOCK) * _BLOCK for data in written)


def _command(root: Path) -> list[str]:
    return [sys.executable, "-m", "polypage", "run", "--project", str(root)]


def make_read_only(place: str) -> Callable[[Scene, Path, random.Random], Trial]:
    """Return the trial of a run that cannot write to a folder of the project."""

    def try_it(scene: Scene, root: Path, _chance: random.Random) -> Trial:
        copied(scene, root)
        (root / place).mkdir(exist_ok=True)
        command = (*_MOUNTING, _READ_ONLY, "sh", *_command(root))
        with called(root, command, PLACE=root / place) as run:
            ended = run.ended
        harm = harm_of(root, before=scene.before, after=scene.after)
        return concluded(root, scene, [ended], harm)

    return try_it


_READ_ONLY = """\
mount --bind "$PLACE" "$PLACE" && mount -o remount,bind,ro "$PLACE" || exit 99
"$@"
"""


# --- state ------------------------------------------------------------------------------------


def lock_state(name: str) -> Callable[[Scene, Path, random.Random], Trial]:
    """Return the trial of a run while another program holds a file of ours locked."""

    def try_it(scene: Scene, root: Path, _chance: random.Random) -> Trial:
        copied(scene, root)
        with closing(sqlite3.connect(root / ".polypage" / name)) as other, begun(root) as run:
            other.execute("BEGIN EXCLUSIVE")
            ended = run.ended
        return concluded(
            root, scene, [ended], harm_of(root, before=scene.before, after=scene.after)
        )

    return try_it


def damage_state(name: str) -> Callable[[Scene, Path, random.Random], Trial]:
    """Return the trial of a run that finds a file of ours damaged."""

    def try_it(scene: Scene, root: Path, chance: random.Random) -> Trial:
        copied(scene, root)
        chance.choice(_HARMS)(root / ".polypage" / name, chance)
        ended = finished(root).ended
        return concluded(
            root, scene, [ended], harm_of(root, before=scene.before, after=scene.after)
        )

    return try_it


def _cut(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data))])


def _overwrite(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(path.stat().st_size))


def _scatter(path: Path, chance: random.Random) -> None:
    """Change a byte here and there."""
    data = bytearray(path.read_bytes())
    for _ in range(1 + len(data) // 200):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)


def _make_folder(path: Path, _chance: random.Random) -> None:
    path.unlink()
    path.mkdir()


_HARMS = (_cut, _overwrite, _scatter, _make_folder)


# --- clocks -----------------------------------------------------------------------------------

_YEAR = 365 * 24 * 3600


def set_clock_back(scene: Scene, root: Path, chance: random.Random) -> Trial:
    """Run by a clock that is behind by a year: all that is there, a killed run's files too, is from the future."""
    copied(scene, root)
    ended = killed(scene, root, chance)
    _move(root, _YEAR)
    harm = harm_of(root, before=scene.before, after=scene.after)
    return concluded(root, scene, [ended], harm)


def save_by_another_clock(scene: Scene, root: Path, chance: random.Random) -> Trial:
    """Run after edits that are older, by their files' times, than what they changed."""
    copied(scene, root)
    _move(root / "source_articles", -_YEAR)
    _move(root / "locales", -chance.randrange(_YEAR))
    ended = finished(root).ended
    return concluded(root, scene, [ended], harm_of(root, before=scene.before, after=scene.after))


def _move(folder: Path, seconds: float) -> None:
    for path in folder.rglob("*"):
        found = path.stat()
        os.utime(path, (found.st_atime + seconds, found.st_mtime + seconds))
