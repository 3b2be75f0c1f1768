"""The documentation's pictures of previews and of the status page, taken of the sample project.

    python -m tests.preview.pictures [DIR]

They go to `docs/pictures` if no folder is named. Copies of some sample catalogs are worked on
first, so that there are entries in every state; the status page is of the samples as they are, with a
history made for it. Look at the pictures before you commit them, reduced to 256 colours, which makes
a third of their bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from polypage.catalogs.catalog import parse, read, serialize
from polypage.model import Entry
from polypage.project import Project, load
from polypage.runs.pipeline import run
from tests.conftest import ROOT

SLUG = "micro-needle-rolling"
FUZZY = "According to dermatologists"
HALF_DONE = ("vi", "ar")
"""The locales whose catalogs are worked on; the others are shown as they are."""
SHOWN = {"vi": FUZZY, "ar": "You can learn more: Treating", "id": "Avoid sun exposure"}
"""By locale, how the entry begins that is chosen."""


def main() -> None:
    """Take a picture for each locale."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/pictures"
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        project = _half_done(Path(place) / "half-done")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        with _served(project) as address:
            for locale, begins in SHOWN.items():
                _choose(page, f"{address}/{locale}/{SLUG}", begins)
                page.screenshot(path=folder / f"preview-{locale}.png")
        page.set_viewport_size({"width": 1280, "height": 1330})
        page.goto(_status_page(Path(place) / "grown").as_uri())
        page.screenshot(path=folder / "status.png")
        browser.close()


def _samples(root: Path) -> Project:
    for name in ("source_articles", "locales"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "polypage.toml", root)
    return load(root)


def _half_done(root: Path) -> Project:
    project = _samples(root)
    for locale in HALF_DONE:
        path = project.catalog_path(SLUG, locale)
        catalog = read(path)
        entries = tuple(_worked_on(n, entry) for n, entry in enumerate(catalog.entries))
        path.write_bytes(serialize(replace(catalog, entries=entries), original=path.read_bytes()))
    project.glossary_path("ar", ".csv").write_text("source,target\nscar,ندبة\n", "utf-8")
    run(root)
    return project


def _worked_on(number: int, entry: Entry) -> Entry:
    if entry.obsolete:
        return entry
    if entry.msgid.startswith(FUZZY):
        before = entry.msgid.replace("2 days", "3 days").replace(
            "dead skin peeling off", "the peel"
        )
        return replace(entry, flags=("fuzzy",), previous_msgid=before, translator_comments=())
    if number % 12 == 5:
        return replace(entry, msgstr="")
    if "<a1>" in entry.msgid and number % 2:
        return replace(entry, msgstr=entry.msgstr.replace("</a1>", ""))
    return entry


def _status_page(root: Path) -> Path:
    """Write the status page of samples that were translated month by month."""
    project = _samples(root)
    catalogs = {path: path.read_bytes() for path in sorted(project.locales_dir.rglob("*.po"))}
    _git(root, "init", "--quiet")
    months = range(3, 11)
    for month in months:
        share = (month - months.start + 1) / len(months)
        for path, data in catalogs.items():
            path.write_bytes(data if share == 1 else _begun(path, data, share))
        _git(root, "add", "locales")
        _git(root, "commit", "--quiet", "--message=Translate", day=f"2026-{month:02}-11T12:00:00Z")
    run(root)
    page = root / "status.html"
    words = [sys.executable, "-m", "polypage", "status", "--project", str(root)]
    subprocess.run([*words, "--html", str(page)], stdout=subprocess.DEVNULL, check=True)
    return page


def _begun(path: Path, data: bytes, share: float) -> bytes:
    """Keep some translations of a catalog, from its beginning on."""
    catalog = parse(data, path=str(path))
    kept = round(share * len(catalog.entries))
    entries = tuple(
        entry if number < kept else replace(entry, msgstr="", flags=(), previous_msgid=None)
        for number, entry in enumerate(catalog.entries)
        if not entry.obsolete
    )
    return serialize(replace(catalog, entries=entries))


def _git(root: Path, *words: str, day: str = "") -> None:
    who = {"NAME": "Ana", "EMAIL": "ana@example.org", "DATE": day}
    said = {f"GIT_{role}_{what}": who[what] for role in ("AUTHOR", "COMMITTER") for what in who}
    subprocess.run(["git", *words], cwd=root, env={**os.environ, **said}, check=True)


@contextmanager
def _served(project: Project) -> Iterator[str]:
    words = [sys.executable, "-u", "-m", "polypage", "preview", "--port", "0"]
    server = subprocess.Popen(
        [*words, "--project", str(project.root)], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout
    found = re.search(r"http://[\d.:]+", server.stdout.readline())
    assert found
    yield found[0]
    server.terminate()
    server.wait()


def _choose(page: Page, address: str, begins: str) -> None:
    page.goto(address)
    for side in ("source", "target"):
        html = page.frame_locator(f"iframe[name={side}]")
        html.locator("html[data-polypage-show]").wait_for()
    page.locator("#entries button").filter(has_text=begins).first.click()
    page.locator("#panel .texts").wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(1000)  # until pictures are drawn


if __name__ == "__main__":
    main()
