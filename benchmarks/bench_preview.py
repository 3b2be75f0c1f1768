"""The preview: how soon a page of some size is answered, and a saved catalog seen.

    python -m benchmarks.bench_preview [--bytes 5000000]

The page is the sample article over and over, each paragraph with a number of its own, translated
but for one entry in three. Times are the processor's, all threads together, and the clock's: of the
first request to a preview that knows nothing so far, whose answer is the page with the list of its
entries; of the two frames, by which the page is seen; of checking, and a frame after that; of the list
and the frames after a save.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.measuring import ROOT, print_table
from polypage.catalogs.catalog import read, serialize
from polypage.preview.server import application
from polypage.project import Project, load
from polypage.runs.pipeline import run

HOST = "127.0.0.1:8643"
_ANSWERS = ("answered", "seen", "checked", "frame", "saved", "seen again")
_SETTINGS = '[project]\nlocales = ["vi"]\n[notice]\non_missing = "ignore"\n'


def main() -> None:
    """Print the figures of the sample article and of a large page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--bytes", type=int, default=5_000_000, help="of the page (default: 5000000)"
    )
    size = parser.parse_args().bytes
    rows = []
    for wanted in (0, size):
        with tempfile.TemporaryDirectory() as folder:
            rows.append(_measured(_made(Path(folder), wanted)))
    print_table(
        ("ms of the processor / clock", "entries", *_ANSWERS),
        rows,
    )


def _made(root: Path, size: int) -> Project:
    """Make a project of one page, at least as large as asked for, and translate two thirds of it."""
    page = (ROOT / "source_articles/micro-needle-rolling.html").read_text("utf-8")
    start, end = page.index("<article"), page.rindex("</article>")
    numbers = count(1)
    copies = max(1, size // (end - start))
    body = "".join(
        re.sub(r"<p>", lambda _: f"<p>{next(numbers)}. ", page[start:end]) for _ in range(copies)
    )
    (root / "source_articles").mkdir()
    (root / "polypage.toml").write_text(_SETTINGS)
    (root / "source_articles/page.html").write_text(page[:start] + body + page[end:], "utf-8")
    run(root, stages=["extract", "update"])
    project = load(root)
    _translate(project.catalog_path("page", "vi"))
    return project


def _translate(path: Path) -> None:
    catalog = read(path)
    entries = tuple(
        replace(entry, msgstr=entry.msgid) if number % 3 else entry
        for number, entry in enumerate(catalog.entries)
    )
    path.write_bytes(serialize(replace(catalog, entries=entries)))


def _measured(project: Project) -> tuple[str | float, ...]:
    path = project.catalog_path("page", "vi")
    size = project.source_path("page").stat().st_size
    with TestClient(application(project.root, host=HOST), base_url=f"http://{HOST}") as client:
        answered, page = _timed(lambda: client.get("/vi/page").text)
        found = re.findall(r'src="([^"]+side=\w+)"', page)
        source, target = (address.replace("&amp;", "&") for address in found)
        seen, _ = _timed(lambda: client.get(source).text + client.get(target).text)
        checked, listed = _timed(lambda: client.get("/-/entries/vi/page").text)
        framed, _ = _timed(lambda: client.get(target).text)
        data = path.read_bytes()
        path.write_bytes(data.replace(b'msgstr ""\n\n', b'msgstr "1"\n\n', 1))
        saved, _ = _timed(lambda: client.get("/-/entries/vi/page?at-once").text)
        again, _ = _timed(lambda: client.get(source).text + client.get(target).text)
    return (
        f"{size / 1e6:.2f} MB",
        float(listed.count("<li ")),
        answered,
        seen,
        checked,
        framed,
        saved,
        again,
    )


def _timed(ask: Callable[[], str]) -> tuple[str, str]:
    """Return how many milliseconds an answer takes of the processor and by the clock, and it."""
    work, clock = time.process_time(), time.perf_counter()
    answer = ask()
    took = (time.process_time() - work, time.perf_counter() - clock)
    return " / ".join(f"{1000 * seconds:,.0f}" for seconds in took), answer


if __name__ == "__main__":
    main()
