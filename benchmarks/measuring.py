"""What the measurements share: where data is, how a page is read without a project, figures.

Times are the processor's, of this process alone, with the garbage collector as a run sets it. What
is compared is done in turns, and of several rounds the median is taken, so that what else the
machine does falls on both:

    ours, theirs = seconds(read_ours, read_theirs)
    print_table(("", "MB/s"), [("polypage", size / ours), ("lxml", size / theirs)])
"""

from __future__ import annotations

import os
import tarfile
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from polypage.building.render import render
from polypage.html.document import read
from polypage.model import Article, Content, Segmentation, Target
from polypage.reading.extract import extract
from polypage.reading.inline import from_msgstr
from polypage.rules.judging import Rules
from polypage.runs.stages.batch import collect_seldom

ROOT = Path(__file__).resolve().parent.parent


def shared() -> Path | None:
    """Return the folder of measuring data, which is no part of the project; None without it."""
    folder = Path(os.environ.get("POLYPAGE_SHARED", ROOT.parent / "shared"))
    return folder if folder.is_dir() else None


def pages(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each page of an archive."""
    return _files(archive, ".html", ".htm")


def catalogs() -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each real catalog; without measuring data, of the sample project's."""
    if folder := shared():
        yield from _files(folder / "corpora/po-dev.tar.xz", ".po")
        return
    for path in sorted((ROOT / "locales").rglob("*.po")):
        yield path.name, path.read_bytes()


def _files(archive: Path, *endings: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith(endings) else None
            if file is not None:
                yield member.name, file.read()


def as_article(name: str, data: bytes, segmentation: Segmentation = "block") -> Article:
    """Read a page in the language it says it is in."""
    document = read(data, path=name)
    tag = document.elements[0].attribute("lang") or "en"
    tag = tag.replace("_", "-")
    return extract(document, Rules(), slug="page", source_tag=tag, segmentation=segmentation)


def echoed(article: Article) -> list[Content | None]:
    """Translate each segment by its own msgid."""
    return [
        from_msgstr(segment.msgid, segment.content, preserve_space=segment.preserve_space).content
        for segment in article.segments
    ]


def built(article: Article, translations: list[Content | None]) -> bytes:
    """Build the page in its own language: its texts, and nothing else, may change."""
    target = Target("en", "ltr", "en_US", "en", "ltr")
    text = render(article, translations, target)
    data = text.encode("utf-8", "surrogateescape")
    return b"\xef\xbb\xbf" + data if article.skeleton.bom else data


@contextmanager
def scratch(given: Path | None) -> Iterator[Path]:
    """Have a folder for a while; one that is given stays."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


# --- figures ----------------------------------------------------------------------------------


def seconds(*works: Callable[[], object], rounds: int = 5) -> tuple[float, ...]:
    """Return how long each takes, done in turns: the median of some rounds."""
    collect_seldom()
    times = [[_once(work) for work in works] for _ in range(rounds)]
    return tuple(map(median, zip(*times, strict=True)))


def _once(work: Callable[[], object]) -> float:
    begun = time.process_time()
    done = work()
    taken = time.process_time() - begun
    del done  # only now: what is thrown away at the end is not part of the work
    return taken


def peak(work: Callable[[], object]) -> int:
    """Return how many bytes some work holds at most, beside what was there before."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def print_table(
    head: Sequence[str], rows: Iterable[Sequence[str | float]], *, first: int = 24
) -> None:
    """Print a Markdown table that can be pasted into the documentation, each row as it comes.

    Numbers have three digits that count; `first` is how many characters the first column has.
    """
    widths = [first, *(max(_LEAST, len(name)) for name in head[1:])]
    _print_cells(head, widths)
    _print_cells(["-" * first, *(":".rjust(width, "-") for width in widths[1:])], widths)
    for row in rows:
        _print_cells([*map(_figure, row)], widths)
    print()


_LEAST = 5
"""Characters of a column with figures."""


def _print_cells(cells: Sequence[str], widths: Sequence[int]) -> None:
    padded = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    print(f"| {' | '.join((cells[0].ljust(widths[0]), *padded))} |", flush=True)


def _figure(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.0f}" if value >= _WHOLE else f"{value:.3g}"


_WHOLE = 100


def time_of(seconds: float) -> str:
    """Say how long something takes, in the unit that fits."""
    return _in_units(seconds, _TIMES)


def size_of(bytes_: float) -> str:
    """Say how large something is, in the unit that fits."""
    return _in_units(bytes_, _BYTES)


def _in_units(value: float, units: Sequence[tuple[float, str]]) -> str:
    size, name = next((unit for unit in units if abs(value) >= unit[0]), units[-1])
    return f"{_figure(value / size)} {name}"


_TIMES = (
    (24 * 3600, "days"),
    (3600, "hours"),
    (60, "minutes"),
    (1, "s"),
    (1e-3, "ms"),
    (1e-6, "µs"),
)
_BYTES = ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "bytes"))
