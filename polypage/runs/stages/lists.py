"""Files of the site that tell of all pages, which are made anew only when what they tell is news.

    standing(batch, "sitemap", "", inputs)      where the files are; None: they are to be made
    note(batch, "sitemap", "", inputs, made)    what was made of these inputs, by its digests

A file that somebody took away or changed meanwhile does not stand as it was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from polypage.files import fingerprint
from polypage.runs.stages.batch import Batch


@dataclass(frozen=True, slots=True)
class _Made:
    """What is remembered of files that were made together."""

    names: tuple[str, ...]
    """Below the folder of the site."""
    digests: tuple[str, ...]
    """Of their bytes, in hexadecimal digits; empty: there is to be no file."""


def standing(batch: Batch, stage: str, name: str, inputs: str) -> tuple[Path, ...] | None:
    """Return the paths of the files made of these inputs if they stand as they were made."""
    known = batch.state.find(stage, name, inputs, _Made)
    if known is None:
        return None
    paths = tuple(batch.project.site_dir / each for each in known.names)
    return (
        paths
        if tuple(digest_of(batch.site.read(path)) for path in paths) == known.digests
        else None
    )


def note(
    batch: Batch,
    stage: str,
    name: str,
    inputs: str,
    made: Mapping[Path, str],
    *,
    absent: Sequence[Path] = (),
) -> None:
    """Remember which files are made of these inputs, and which are not."""
    site = batch.project.site_dir
    names = tuple(path.relative_to(site).as_posix() for path in (*made, *absent))
    digests = (*made.values(), *(digest_of(None) for _ in absent))
    batch.state.keep(stage, name, inputs, _Made(names, digests))


def digest_of(data: bytes | None) -> str:
    """Tell the bytes of a file from any others, in hexadecimal digits; empty: there is no file."""
    return "" if data is None else fingerprint(data).hex()
