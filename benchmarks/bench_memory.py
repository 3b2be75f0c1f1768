"""The translation memory: how long it takes to make, how large it is, how fast and well it finds.

    python -m benchmarks.bench_memory [--size 1000000]

The texts are sentences of real catalogs (those in ../shared or POLYPAGE_SHARED, else the sample
project's), put together anew until there are as many as asked for, in catalogs of 500 entries.
Each figure is of one process that did nothing before, on files that the system has at hand. What is
looked for are such texts after an edit or two; found counts if its score is what rapidfuzz gives
for the best of all texts, one by one. Speeds are per second of this process's own time, and by the
clock in brackets: the two are far apart where others work too.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, TypeVar

from rapidfuzz import fuzz, process

from benchmarks.measuring import catalogs, print_table
from polypage.catalogs.catalog import Catalog, new_header, parse, serialize
from polypage.catalogs.changes import plain_text
from polypage.errors import PolypageError
from polypage.model import Entry
from polypage.reuse.holdings import Gist, gist
from polypage.reuse.memory import opened
from polypage.runs.stages.batch import collect_seldom

T = TypeVar("T")

_IN_CATALOG = 500
_LEAST = 75
_EXACT, _SIMILAR = 100_000, 200


def main() -> None:
    """Print the figures of a memory of English texts as it grows, then of other scripts."""
    parser = argparse.ArgumentParser(description="Measure the translation memory.")
    parser.add_argument("--size", type=int, default=40_000, help="how many texts (default: 40000)")
    size = parser.parse_args().size
    parts = (*(("en", size // each) for each in (4, 2, 1)), *((each, size // 4) for each in _DENSE))
    print_table(_HEAD, (_row(*part) for part in parts if _has_texts(part[0])))


_DENSE = ("zh", "ja", "th")
"""Languages that leave no blanks between words."""
_HEAD = (
    "texts",
    "made in, s",
    "bytes per text",
    "MB at most",
    "exact/s",
    "similar/s",
    "of how many",
    "found",
)


def _has_texts(language: str) -> bool:
    """Whether there are any; the sample project has few languages."""
    has = any(True for _ in _sentences(language))
    if not has:
        print(f"no texts in {language}: left out", file=sys.stderr)
    return has


def _row(language: str, count: int) -> tuple[str | float, ...]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        texts = _alone(_write, root, language, count)
        made = _alone(_make, root)
        found = _alone(_find, root)
    name, each, most = f"{texts:,} {language}", made.bytes / texts, made.peak / 1e6
    speeds = found.exact, found.similar
    return name, made.seconds, each, most, *speeds, found.findable, f"{found.share:.1%}"


def _alone(work: Callable[..., T], *arguments: object) -> T:
    """Do some work in a process of its own, so that its memory can be measured."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


# --- texts ------------------------------------------------------------------------------------


def _write(root: Path, language: str, count: int) -> int:
    """Write catalogs of texts; return how many there are."""
    texts = _texts(language, count)
    header = new_header(project="bench", created="2026-11-01 10:00+0000", language="vi")
    for start in range(0, len(texts), _IN_CATALOG):
        entries = tuple(Entry(text, text.swapcase()) for text in texts[start : start + _IN_CATALOG])
        (root / f"{start:08}.po").write_bytes(serialize(Catalog(header, entries)))
    return len(texts)


def _texts(language: str, count: int) -> list[str]:
    """Put sentences together until there are enough texts."""
    chance = random.Random(count)  # noqa: S311 - the same texts every time
    pool = sorted(set(_sentences(language)))
    texts = dict.fromkeys(pool[:count])
    while len(texts) < count:
        texts[_recombined(pool, chance, "" if language in _DENSE else " ")] = None
    shuffled = list(texts)
    chance.shuffle(shuffled)
    return shuffled


def _recombined(pool: Sequence[str], chance: random.Random, blank: str) -> str:
    parts = [chance.choice(pool) for _ in range(chance.choice((1, 2, 2, 3)))]
    if chance.random() < 0.5:
        one, other = chance.choice(pool), chance.choice(pool)
        parts.append(one[: len(one) // 2] + other[len(other) // 2 :])
    parts.append(str(chance.randrange(10_000)))
    return blank.join(parts)


def _sentences(language: str) -> Iterator[str]:
    """Yield the msgids, or the translations into a language, of real catalogs."""
    for name, data in catalogs():
        try:
            catalog = parse(data, path=name)
        except PolypageError:
            continue
        spoken = catalog.header.get("Language") if catalog.header else ""
        for entry in catalog.entries:
            text = entry.msgid if language == "en" else entry.msgstr
            if language == "en" or re.split("[-_@]", spoken)[0] == language:
                yield from (line for line in map(str.strip, text.split("\n")) if len(line) > 3)


# --- making -----------------------------------------------------------------------------------


class _Made(NamedTuple):
    seconds: float
    bytes: int
    peak: int


def _make(root: Path) -> _Made:
    begun = time.process_time()
    with opened(root / "memory") as memory:
        memory.refresh(lambda: _kept(root))
    seconds = time.process_time() - begun
    with opened(root / "memory") as memory:
        size = memory.size
    unit = 1 if sys.platform == "darwin" else 1024
    return _Made(seconds, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


def _kept(root: Path) -> Iterator[Gist]:
    return (gist(path.name, "vi", path.read_bytes()) for path in sorted(root.glob("*.po")))


# --- finding ----------------------------------------------------------------------------------


class _Found(NamedTuple):
    exact: str
    similar: str
    share: float
    """Of the texts for which there is something alike, those for which the best was found."""
    findable: int


def _find(root: Path) -> _Found:
    chance = random.Random(7)  # noqa: S311
    texts = [msgid for kept in _kept(root) for _, _, msgid, _, _ in kept.rows]
    chance.shuffle(texts)
    collect_seldom()  # as runs do
    with opened(root / "memory") as memory:
        exact, found = _timed(lambda: len(memory.exact(texts[:_EXACT], "vi")), len(texts[:_EXACT]))
        assert found == len(texts[:_EXACT])
        edited = [_edited(text, chance) for text in texts[:_SIMILAR]]
        similar, hits = _timed(
            lambda: [memory.similar(text, "vi", least=_LEAST) for text in edited], len(edited)
        )
    plain = [plain_text(text).casefold() for text in texts]
    best = [_best(text, plain) for text in edited]
    pairs = [(score, hit) for score, hit in zip(best, hits, strict=True) if score]
    right = sum(bool(hit) and hit[0].score >= score - 1e-9 for score, hit in pairs)
    return _Found(exact, similar, right / len(pairs), len(pairs))


def _timed(work: Callable[[], T], count: int) -> tuple[str, T]:
    begun, cpu = time.perf_counter(), time.process_time()
    result = work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - begun
    return f"{count / cpu:,.0f} ({count / wall:,.0f})", result


def _best(text: str, plain: Iterable[str]) -> float:
    wanted = plain_text(text).casefold()
    found = process.extractOne(wanted, plain, scorer=fuzz.ratio, score_cutoff=_LEAST)
    return found[1] if found else 0.0


def _edited(text: str, chance: random.Random) -> str:
    """Replace, add or take out a few words, or letters where words are not parted."""
    spaced = text.count(" ") > len(text) / 20
    units = text.split() if spaced else list(text)
    for _ in range(chance.choice((1, 1, 2, 3))):
        place = chance.randrange(len(units) + 1)
        new = [chance.choice(units)] if units else []
        match chance.randrange(4):
            case 0:
                units[place : place + 1] = new
            case 1:
                units[place:place] = new
            case 2:
                del units[place : place + 1]
            case _:
                units[place:place] = [str(chance.randrange(100))]
    return (" " if spaced else "").join(units)


if __name__ == "__main__":
    main()
