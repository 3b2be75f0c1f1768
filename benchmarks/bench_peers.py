"""The whole job beside translate-toolkit, po4a and itstool: extract, merge, build one locale.

    python -m benchmarks.bench_peers [--pages 200] [--slow 20]

Every translation says what its source says, so that a page that was built is the page it was built
from. po4a and itstool read XML only, so they are given each page as XHTML, which lxml made of it.
All tools work at the same time, so that what else the machine does falls on all of them.
Seconds are the processor's, of the tool's own processes; one that takes 60 for one page is stopped.
A page failed where the tool wrote none; it changed where a judge that parses as browsers do sees
another page than the one that was given, languages and addresses aside. Its text changed where
there are other characters between its tags, white space aside. Tools that are not installed are
named.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from dataclasses import replace as altered
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

from lxml import etree, html
from selectolax.lexbor import LexborHTMLParser

from benchmarks.measuring import ROOT, pages, print_table, shared
from polypage.catalogs.catalog import Catalog, read, serialize

_LOCALE = "en_GB"
_MOST = 60
"""Seconds of the processor for one page, in one process."""
_SETTINGS = f"""\
[project]
source_locale = "en"
locales = ["{_LOCALE}"]
[publish]
on_incomplete = "mixed"
[notice]
on_missing = "ignore"
"""
_BENT = "href,src,srcset,action,poster,data,content"
"""Attributes with addresses, which polypage bends as the page moves."""
_ASIDE = re.compile(
    rb'<meta property="og:locale:alternate"[^>]*>\s*|^<\?xml[^>]*>\s*|"inLanguage"\s*:\s*"[^"]*"'
)
"""What polypage and itstool add on purpose, and the language that structured data name."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What processes took."""

    seconds: float = 0.0
    stopped: int = 0
    """How many of them were stopped."""

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.seconds + other.seconds, self.stopped + other.stopped)


@dataclass(frozen=True, slots=True)
class Cost:
    """What came of a tool's work."""

    name: str
    pages: int
    megabytes: float
    seconds: float
    stopped: int
    failed: int
    """How many pages were not built."""
    changed: int
    other_text: int


@dataclass(frozen=True, slots=True)
class Tool:
    """How one of them does the job in a folder that has the pages below `source_articles`."""

    name: str
    programs: tuple[str, ...]
    work: Callable[[Path], Spent]
    built: str
    """Where the built pages are, below the folder."""
    is_given_xhtml: bool = False
    is_slow: bool = False


def main() -> int:
    """Print a row for each tool."""
    parser = argparse.ArgumentParser(description="Do the whole job beside other tools.")
    parser.add_argument("--pages", type=int, default=6, help="how many of the measuring data")
    parser.add_argument(
        "--slow", type=int, default=20, help="how many of them po4a is given at most"
    )
    options = parser.parse_args()
    chosen = dict(_chosen(options.pages))
    print(f"{len(chosen)} pages, {_megabytes(chosen):.1f} MB, one locale", flush=True)
    costs = list(_costs(chosen, slow=options.slow))
    print_table(_HEAD, [_row(cost, costs[0]) for cost in costs])
    return 0


def _costs(chosen: dict[str, bytes], *, slow: int) -> Iterator[Cost]:
    """Let each tool work in a process of its own, whose children's time is known."""
    with ProcessPoolExecutor(len(_TOOLS), mp_context=get_context("fork")) as processes:
        working = []
        for tool in _TOOLS:
            missing = [name for name in tool.programs if _program(name) is None]
            if missing:
                print(f"{tool.name}: left out, {', '.join(missing)} not installed")
                continue
            given = dict(_some(chosen, slow)) if tool.is_slow else chosen
            working.append(processes.submit(_measured, tool, given))
        for future in as_completed(working):
            print(f"{future.result().name}: {future.result().seconds:.0f} s", flush=True)
        yield from (future.result() for future in working)


def _some(chosen: dict[str, bytes], count: int) -> list[tuple[str, bytes]]:
    everything = list(chosen.items())
    return everything[:: max(1, len(everything) // count)][:count]


def _megabytes(chosen: dict[str, bytes]) -> float:
    return sum(map(len, chosen.values())) / 1e6


_HEAD = (
    "",
    "pages",
    "MB",
    "s",
    "s per MB",
    "times the first",
    "failed",
    "changed",
    "text changed",
    "stopped",
)


def _row(cost: Cost, first: Cost) -> tuple[str | float, ...]:
    rate, usual = cost.seconds / cost.megabytes, first.seconds / first.megabytes
    judged = cost.changed, cost.other_text
    seen = judged if _judge() else ("no judge", "no judge")
    times = cost.megabytes, cost.seconds, rate, rate / usual
    return cost.name, cost.pages, *times, cost.failed, *seen, cost.stopped


def _chosen(count: int) -> Iterator[tuple[str, bytes]]:
    folder = shared()
    if folder is None:
        articles = ROOT / "source_articles"
        yield from ((path.stem, path.read_bytes()) for path in sorted(articles.rglob("*.html")))
        return
    everything = dict(pages(folder / "corpora/articles-dev.tar.xz"))
    for number, (_, data) in enumerate(_some(everything, count)):
        yield f"page-{number}", data


def _measured(tool: Tool, chosen: dict[str, bytes]) -> Cost:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = (
            {slug: _xhtml(data) for slug, data in chosen.items()} if tool.is_given_xhtml else chosen
        )
        for slug, data in given.items():
            _write(folder / f"source_articles/{slug}.html", data)
        spent = tool.work(folder)
        results = {slug: folder / tool.built / f"{slug}.html" for slug in given}
        good = {slug for slug, path in results.items() if path.is_file() and path.stat().st_size}
        pairs = [(given[slug], results[slug].read_bytes()) for slug in sorted(good)]
        return Cost(
            tool.name,
            len(chosen),
            _megabytes(chosen),
            spent.seconds,
            stopped=spent.stopped,
            failed=len(given) - len(good),
            changed=sum(_differs(*pair) for pair in pairs),
            other_text=sum(_text(one) != _text(other) for one, other in pairs),
        )


def _xhtml(data: bytes) -> bytes:
    root = html.document_fromstring(data)
    return etree.tostring(root, method="xml", encoding="utf-8", doctype="<!DOCTYPE html>")


def _differs(given: bytes, built: bytes) -> bool:
    judge = _judge()
    if judge is None:
        return False
    options = {"ws": "render", "ignore_locale": True, "ignore_attr": frozenset(_BENT.split(","))}
    return judge.diff(_ASIDE.sub(b"", given), _ASIDE.sub(b"", built), **options) is not None


def _text(page: bytes) -> str:
    """Return the characters that stand between tags; scripts and styles are no text."""
    judge = _judge()
    if judge is None:
        return ""
    tree = LexborHTMLParser(judge.decode(page))
    tree.strip_tags(["script", "style", "noscript", "template"])
    return "".join(tree.text().split())


def _judge() -> ModuleType | None:
    folder = shared()
    if folder is None:
        return None
    if str(folder / "judge") not in sys.path:
        sys.path.insert(0, str(folder / "judge"))
    import dom_equal  # noqa: PLC0415 (its place is known only now)

    return dom_equal  # type: ignore[no-any-return, unused-ignore]


# --- how each does it -------------------------------------------------------------------------


def _polypage(folder: Path) -> Spent:
    (folder / "polypage.toml").write_text(_SETTINGS)
    command = (sys.executable, "-m", "polypage", "run", "--project", str(folder))
    first = _spent(*command, pages=_pages(folder))
    for path in (folder / "locales" / _LOCALE).rglob("*.po"):
        catalog = read(path)
        entries = tuple(altered(each, msgstr=each.msgid) for each in catalog.entries)
        path.write_bytes(serialize(Catalog(catalog.header, entries)))
    return first + _spent(*command, pages=_pages(folder))


def _translate_toolkit(folder: Path) -> Spent:
    quiet, pages = "--progress=none", _pages(folder)
    extract = ("html2po", quiet, "-P", "-i", "source_articles", "-o", "pot")
    spent = _spent(*extract, folder=folder, pages=pages)
    for path in (folder / "pot").rglob("*.pot"):
        _echo(path, folder / f"po/{path.stem}.po")
    merge = ("pot2po", quiet, "-i", "pot", "-t", "po", "-o", "merged")
    build = ("po2html", quiet, "-i", "merged", "-t", "source_articles", "-o", "built")
    spent += _spent(*merge, folder=folder, pages=pages)
    return spent + _spent(*build, folder=folder, pages=pages)


def _po4a(folder: Path) -> Spent:
    spent = Spent()
    for path in sorted((folder / "source_articles").iterdir()):
        page = ("-f", "xhtml", "-M", "UTF-8", "-m", str(path))
        catalog, built = folder / f"{path.stem}.po", folder / "built" / path.name
        built.parent.mkdir(exist_ok=True)
        spent += _spent("po4a-updatepo", *page, "-p", f"{catalog}t")
        if not catalog.with_suffix(".pot").exists():
            continue
        _echo(catalog.with_suffix(".pot"), catalog)
        spent += _spent("po4a-updatepo", *page, "-p", str(catalog))
        result = ("-p", str(catalog), "-l", str(built), "-L", "UTF-8", "-k", "0")
        spent += _spent("po4a-translate", *page, *result)
    return spent


def _itstool(folder: Path) -> Spent:
    spent = Spent()
    (folder / "built").mkdir()
    for path in sorted((folder / "source_articles").iterdir()):
        template, catalog = folder / f"{path.stem}.pot", folder / f"{path.stem}.po"
        spent += _spent("itstool", "-o", str(template), str(path))
        if not template.exists() or not template.stat().st_size:
            continue
        _echo(template, catalog)
        spent += _spent("msgmerge", "--quiet", "--update", str(catalog), str(template))
        compiled = str(catalog.with_suffix(".mo"))
        spent += _spent("msgfmt", str(catalog), "-o", compiled)
        built = ("-m", compiled, "-l", "en", "-o", str(folder / "built" / path.name))
        spent += _spent("itstool", *built, str(path))
    return spent


_TOOLS = (
    Tool("polypage", (), _polypage, "site/en-GB"),
    Tool("translate-toolkit", ("html2po", "pot2po", "po2html"), _translate_toolkit, "built"),
    Tool(
        "po4a",
        ("po4a-updatepo", "po4a-translate"),
        _po4a,
        "built",
        is_given_xhtml=True,
        is_slow=True,
    ),
    Tool("itstool", ("itstool", "msgmerge"), _itstool, "built", is_given_xhtml=True),
)


# ----------------------------------------------------------------------------------------------


def _spent(*command: str, folder: Path | None = None, pages: int = 1) -> Spent:
    """Run a program over so many pages; what it says is not read."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    called = (_program(command[0]) or command[0], *command[1:])
    begun = _seconds_of_children()
    done = subprocess.run(
        called,
        cwd=folder,
        env=environment,
        preexec_fn=partial(_limit, _MOST * pages),
        capture_output=True,
        check=False,
    )
    return Spent(_seconds_of_children() - begun, done.returncode == -signal.SIGXCPU)


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def _seconds_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _pages(folder: Path) -> int:
    return sum(1 for _ in (folder / "source_articles").iterdir())


def _program(name: str) -> str | None:
    own = Path(sys.executable).parent / name
    return str(own) if own.exists() else shutil.which(name)


def _echo(template: Path, catalog: Path) -> None:
    """Make a catalog in which each text is translated by itself."""
    catalog.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["msgen", "--no-wrap", f"--output-file={catalog}", str(template)],
        capture_output=True,
        check=False,
    )


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
