"""The whole job beside translate-toolkit, po4a and itstool: extract, merge, build one locale.

    python -m benchmarks.bench_peers [--pages 6]

Every translation says what its source says, so that a page that was built is the page it was built
from. po4a and itstool read XML only, so they are given each page as XHTML, which lxml made of it.
Seconds are the processor's, of the tool's own processes. A page failed where the tool wrote none;
it changed where a judge that parses as browsers do sees another page than the one that was given,
languages and addresses aside. Tools that are not installed are named.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import replace as altered
from pathlib import Path
from types import ModuleType

from lxml import etree, html

from benchmarks.measuring import ROOT, pages, print_table, shared
from polypage.catalogs.catalog import Catalog, read, serialize

_LOCALE = "en_GB"
_TIMEOUT = 60
"""Seconds for one process."""
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
_ASIDE = re.compile(rb'<meta property="og:locale:alternate"[^>]*>\s*|^<\?xml[^>]*>\s*')
"""What polypage and itstool add on purpose."""


@dataclass(frozen=True, slots=True)
class Tool:
    """How one of them does the job in a folder that has the pages below `source_articles`."""

    name: str
    programs: tuple[str, ...]
    work: Callable[[Path], float]
    """Returns the seconds it took."""
    built: str
    """Where the built pages are, below the folder."""
    is_given_xhtml: bool = False


def main() -> int:
    """Print a row for each tool."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=6, help="how many of the measuring data")
    chosen = dict(_chosen(parser.parse_args().pages))
    size = sum(map(len, chosen.values())) / 1e6
    print(f"{len(chosen)} pages, {size:.1f} MB, one locale")
    rows: list[tuple[str | float, ...]] = []
    first = 0.0
    for tool in _TOOLS:
        missing = [name for name in tool.programs if _program(name) is None]
        if missing:
            print(f"{tool.name}: left out, {', '.join(missing)} not installed")
            continue
        seconds, failed, changed = _measured(tool, chosen)
        first = first or seconds
        good = len(chosen) - failed
        rows.append((tool.name, seconds, seconds / first, failed, changed, good and seconds / good))
    print_table(("", "s", "× polypage", "failed", "changed", "s per page built"), rows)
    return 0


def _chosen(count: int) -> Iterator[tuple[str, bytes]]:
    folder = shared()
    if folder is None:
        articles = ROOT / "source_articles"
        yield from ((path.stem, path.read_bytes()) for path in sorted(articles.rglob("*.html")))
        return
    everything = list(pages(folder / "corpora/articles-dev.tar.xz"))
    for number, (_, data) in enumerate(everything[:: max(1, len(everything) // count)][:count]):
        yield f"page-{number}", data


def _measured(tool: Tool, chosen: dict[str, bytes]) -> tuple[float, int, str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = (
            {slug: _xhtml(data) for slug, data in chosen.items()} if tool.is_given_xhtml else chosen
        )
        for slug, data in given.items():
            _write(folder / f"source_articles/{slug}.html", data)
        seconds = tool.work(folder)
        results = {slug: folder / tool.built / f"{slug}.html" for slug in given}
        good = {slug for slug, path in results.items() if path.is_file() and path.stat().st_size}
        changed = [slug for slug in good if _differs(given[slug], results[slug].read_bytes())]
    return seconds, len(given) - len(good), str(len(changed)) if _judge() else "no judge"


def _xhtml(data: bytes) -> bytes:
    root = html.document_fromstring(data)
    return etree.tostring(root, method="xml", encoding="utf-8", doctype="<!DOCTYPE html>")


def _differs(given: bytes, built: bytes) -> bool:
    judge = _judge()
    if judge is None:
        return False
    options = {"ws": "render", "ignore_locale": True, "ignore_attr": frozenset(_BENT.split(","))}
    return judge.diff(_ASIDE.sub(b"", given), _ASIDE.sub(b"", built), **options) is not None


def _judge() -> ModuleType | None:
    folder = shared()
    if folder is None:
        return None
    if str(folder / "judge") not in sys.path:
        sys.path.insert(0, str(folder / "judge"))
    import dom_equal  # noqa: PLC0415 (its place is known only now)

    return dom_equal  # type: ignore[no-any-return, unused-ignore]


# --- how each does it -------------------------------------------------------------------------


def _polypage(folder: Path) -> float:
    (folder / "polypage.toml").write_text(_SETTINGS)
    command = (sys.executable, "-m", "polypage", "run", "--project", str(folder))
    first = _seconds(*command)
    for path in (folder / "locales" / _LOCALE).rglob("*.po"):
        catalog = read(path)
        entries = tuple(altered(each, msgstr=each.msgid) for each in catalog.entries)
        path.write_bytes(serialize(Catalog(catalog.header, entries)))
    return first + _seconds(*command)


def _translate_toolkit(folder: Path) -> float:
    quiet = "--progress=none"
    seconds = _seconds("html2po", quiet, "-P", "-i", "source_articles", "-o", "pot", folder=folder)
    for path in (folder / "pot").rglob("*.pot"):
        _echo(path, folder / f"po/{path.stem}.po")
    merge = ("pot2po", quiet, "-i", "pot", "-t", "po", "-o", "merged")
    build = ("po2html", quiet, "-i", "merged", "-t", "source_articles", "-o", "built")
    return seconds + _seconds(*merge, folder=folder) + _seconds(*build, folder=folder)


def _po4a(folder: Path) -> float:
    seconds = 0.0
    for path in sorted((folder / "source_articles").iterdir()):
        page = ("-f", "xhtml", "-M", "UTF-8", "-m", str(path))
        catalog, built = folder / f"{path.stem}.po", folder / "built" / path.name
        built.parent.mkdir(exist_ok=True)
        seconds += _seconds("po4a-updatepo", *page, "-p", f"{catalog}t")
        if not catalog.with_suffix(".pot").exists():
            continue
        _echo(catalog.with_suffix(".pot"), catalog)
        seconds += _seconds("po4a-updatepo", *page, "-p", str(catalog))
        result = ("-p", str(catalog), "-l", str(built), "-L", "UTF-8", "-k", "0")
        seconds += _seconds("po4a-translate", *page, *result)
    return seconds


def _itstool(folder: Path) -> float:
    seconds = 0.0
    (folder / "built").mkdir()
    for path in sorted((folder / "source_articles").iterdir()):
        template, catalog = folder / f"{path.stem}.pot", folder / f"{path.stem}.po"
        seconds += _seconds("itstool", "-o", str(template), str(path))
        if not template.exists() or not template.stat().st_size:
            continue
        _echo(template, catalog)
        seconds += _seconds("msgmerge", "--quiet", "--update", str(catalog), str(template))
        compiled = str(catalog.with_suffix(".mo"))
        seconds += _seconds("msgfmt", str(catalog), "-o", compiled)
        built = ("-m", compiled, "-l", "en", "-o", str(folder / "built" / path.name))
        seconds += _seconds("itstool", *built, str(path))
    return seconds


_TOOLS = (
    Tool("polypage", (), _polypage, "site/en-GB"),
    Tool("translate-toolkit", ("html2po", "pot2po", "po2html"), _translate_toolkit, "built"),
    Tool("po4a", ("po4a-updatepo", "po4a-translate"), _po4a, "built", is_given_xhtml=True),
    Tool("itstool", ("itstool", "msgmerge"), _itstool, "built", is_given_xhtml=True),
)


# ----------------------------------------------------------------------------------------------


def _seconds(*command: str, folder: Path | None = None) -> float:
    """Run a program, and return the processor time that it took; what it says is not read."""
    begun = _spent()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    called = (_program(command[0]) or command[0], *command[1:])
    try:
        subprocess.run(
            called,
            cwd=folder,
            env=environment,
            timeout=_TIMEOUT,
            capture_output=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        print(f"{command[0]}: stopped after {_TIMEOUT} s")
    return _spent() - begun


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


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
