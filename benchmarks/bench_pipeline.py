"""How long a run takes over projects of different sizes: the first, one for nothing, one for an edit.

Articles and translations are the sample project's, each under many names, in three languages.
Times are the processor's: what a disk takes is not in them.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import ROOT, print_table, seconds
from polypage.runs.pipeline import run

_LOCALES = ("vi", "es", "zh_Hant_TW")
_SIZES = (5, 10, 20)
_SAMPLE = "micro-needle-rolling"
_CATALOG = f"LC_MESSAGES/{_SAMPLE}"


def main() -> None:
    """Print the seconds of each run, and of that for each page in each language."""
    logging.disable()
    print_table(
        (
            "articles",
            "first, s",
            "ms per page",
            "unchanged, s",
            "a translation, s",
            "an article, s",
        ),
        map(_measured, _SIZES),
    )


def _measured(count: int) -> tuple[str | float, ...]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _make(root, count)
        (first,) = seconds(lambda: run(root), rounds=1)
        (unchanged,) = seconds(lambda: run(root), rounds=3)
        catalog = root / f"locales/vi/{_CATALOG}-1.po"
        translated = _after(
            root, lambda: _edit(catalog, '"Plural-Forms', '"X-Edited: 1\\n"\n"Plural-Forms')
        )
        article = root / f"source_articles/{_SAMPLE}-2.html"
        edited = _after(root, lambda: _edit(article, "</h1>", " again</h1>"))
    pages = count * len(_LOCALES)
    return f"{count} × {len(_LOCALES)}", first, first / pages * 1e3, unchanged, translated, edited


def _make(root: Path, count: int) -> None:
    settings = (ROOT / "polypage.toml").read_text()
    locales = ", ".join(f'"{locale}"' for locale in _LOCALES)
    named = (
        f"locales = [{locales}]" if line.startswith("locales =") else line
        for line in settings.splitlines()
    )
    _write(root / "polypage.toml", "\n".join(named))
    page = (ROOT / f"source_articles/{_SAMPLE}.html").read_text()
    for number in range(count):
        _write(root / f"source_articles/{_SAMPLE}-{number}.html", page)
    for locale in _LOCALES:
        folder = f"locales/{locale}/LC_MESSAGES"
        _write(root / folder / "site.po", (ROOT / folder / "site.po").read_text())
        catalog = (ROOT / folder / f"{_SAMPLE}.po").read_text()
        for number in range(count):
            _write(root / folder / f"{_SAMPLE}-{number}.po", catalog)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _after(root: Path, edit: Callable[[], None]) -> float:
    edit()
    (time,) = seconds(lambda: run(root), rounds=1)
    return time


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


if __name__ == "__main__":
    main()
