"""The git repository that a project is in: it merges catalogs as polypage does, and knows old ones.

    install(Path("clinic"))

tells the repository what `merge=polypage` in `.gitattributes` means, and that it is meant for
catalogs and templates. Git runs the driver whenever it merges: also in a rebase or cherry-pick.

    for commit in commits(root, "locales"):
        blobs = files(root, commit, paths)      what it has at these paths
        contents(root, blobs.values())          the bytes
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from polypage.catalogs.threeway import merge_versions
from polypage.errors import CatalogError, PolypageError
from polypage.files import read_if_exists, write_atomically

ATTRIBUTES = ("*.po merge=polypage", "*.pot merge=polypage")
"""The lines of `.gitattributes` by which git asks us."""

_NAME = "polypage, entry by entry"
_ARGUMENTS = "merge-driver %O %A %B %L %P"


@dataclass(frozen=True, slots=True)
class Installed:
    """What git was told."""

    driver: str
    """The command that git runs."""
    attributes: Path | None
    """The file that had to be written for it; None if git knew which files are ours."""


def install(root: Path) -> Installed:
    """Have git merge a project's catalogs by polypage; only this clone, as git has it.

    Raises:
        PolypageError: The folder is in no git repository, or cannot be written to.

    """
    _git(root, "rev-parse", "--git-dir")
    driver = f"{shlex.quote(sys.executable)} -P -m polypage {_ARGUMENTS}"
    _git(root, "config", "merge.polypage.driver", driver)
    _git(root, "config", "merge.polypage.name", _NAME)
    return Installed(driver, None if _is_asked(root) else _write_attributes(root))


def is_in_repository(folder: Path) -> bool:
    """Whether a folder is in a working tree of git, as far as folders tell."""
    place = folder.resolve()
    return any((each / ".git").exists() for each in (place, *place.parents))


@dataclass(frozen=True, slots=True)
class Commit:
    """A state of the repository."""

    identity: str
    day: str
    """Of the commit, where it was made: `2026-03-04`."""


def commits(root: Path, path: str) -> tuple[Commit, ...]:
    """Return the commits of the current branch that changed something below a path, oldest first.

    Raises:
        PolypageError: The folder is in no git repository, or that has no commits.
    """
    form = "--format=%H %cs"
    told = _git(root, "log", "--first-parent", "--reverse", form, "--", path).splitlines()
    return tuple(Commit(*line.split(" ", 1)) for line in told)


def files(root: Path, commit: Commit, paths: Iterable[str]) -> dict[str, str]:
    """Return the identities of the files that a commit has at these paths below the root."""
    told = _git(root, "--literal-pathspecs", "ls-tree", "-z", commit.identity, "--", *paths)
    lines = (line.partition("\t") for line in told.split("\0") if line)
    return {path: mode.split(" ")[2] for mode, _, path in lines}


def contents(root: Path, identities: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of files by their identities; those that the repository lacks are left out."""
    asked = "".join(f"{identity}\n" for identity in identities).encode()
    told = _called(root, "cat-file", "--batch", given=asked).stdout
    place = 0
    while place < len(told):
        end = told.index(b"\n", place)
        head = told[place:end].decode().split(" ")
        place = end + 1
        if head[1] != "missing":
            size = int(head[2])
            yield head[0], told[place : place + size]
            place += size + 1


def drive(base: Path, ours: Path, theirs: Path, *, marker_size: int, path: str = "") -> int:
    """Merge `theirs` into the file `ours`, as git asks of its merge drivers; count the conflicts.

    `path` is what people know the file by.

    Raises:
        CatalogError: One of the two cannot be read; their lines are merged as git does without us.
        PolypageError: The files cannot be read or written.

    """
    try:
        versions = [each.read_bytes() for each in (base, ours, theirs)]
        merged = merge_versions(*versions, path=path or str(ours), marker_size=marker_size)
        ours.write_bytes(merged.data)
    except CatalogError:
        _merge_lines(base, ours, theirs, marker_size=marker_size)
        raise
    except OSError as error:
        raise PolypageError(error.filename, f"cannot be merged: {error.strerror}") from error
    return merged.conflicts


def _merge_lines(base: Path, ours: Path, theirs: Path, *, marker_size: int) -> None:
    labels = [part for name in ("ours", "base", "theirs") for part in ("-L", name)]
    files = map(str, (ours, base, theirs))
    _git(Path(), "merge-file", "-q", f"--marker-size={marker_size}", *labels, *files, conflicts=127)


def _is_asked(root: Path) -> bool:
    names = ("locales/x.po", "locales/x.pot")
    told = _git(root, "check-attr", "merge", "--", *names).splitlines()
    return all(line.endswith(": polypage") for line in told)


def _write_attributes(root: Path) -> Path:
    path = root / ".gitattributes"
    try:
        present = (read_if_exists(path) or b"").decode(errors="surrogateescape")
        lines = [line for line in ATTRIBUTES if line not in present.splitlines()]
        start = f"{present}\n" if present and not present.endswith("\n") else present
        text = start + "".join(f"{line}\n" for line in lines)
        write_atomically(path, text.encode(errors="surrogateescape"))
    except OSError as error:
        raise PolypageError(path, f"cannot be written: {error.strerror}") from error
    return path


def _git(root: Path, *arguments: str, conflicts: int = 0) -> str:
    """Run git; its exit status may be up to `conflicts`."""
    done = _called(root, *arguments)
    if done.returncode > conflicts:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise PolypageError(root, said[-1] if said else f"git ended with {done.returncode}")
    return done.stdout.decode(errors="replace")


def _called(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - our own arguments, no shell
            ["git", "-C", str(root), *arguments],  # noqa: S607 - whichever git is on the path
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise PolypageError(root, "git cannot be run", remedy="install git") from error
