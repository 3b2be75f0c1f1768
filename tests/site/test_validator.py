"""The W3C's validator has nothing to say of a built page that it does not say of its source."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

import pytest

from polypage.project import Project, load
from polypage.runs.pipeline import run
from tests.conftest import ROOT, MakeProject

pytestmark = [pytest.mark.needs_program("java"), pytest.mark.slow]

JAR = ROOT / ".venv/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
"""Where `.ci/run` puts the validator."""
PAGES, LARGEST = 50, 100_000
SETTINGS = """\
[project]
locales = ["ar"]
base_url = "https://h.example"
[publish]
min_coverage = 0
on_incomplete = "mixed"
[notice]
on_missing = "ignore"
"""
BY_CHANCE = "Text run is not in Unicode Normalization Form C"
"""It is said of as much of a text as is in the validator's buffer, and again of the rest."""
OPTIONS = ("--stdout", "--exit-zero-always", "--format", "json", "--no-langdetect")
"""Which language a page is in it would guess by drawing lots: it says now this, now that."""
Said: TypeAlias = "dict[str, Counter[str]]"
Validate: TypeAlias = Callable[[Iterable[Path]], Said]


@pytest.fixture(scope="session")
def validate() -> Validate:
    """Return what the validator says of pages, by their names."""
    jar = Path(os.environ.get("POLYPAGE_VNU", JAR))
    if not jar.is_file():
        pytest.skip("the W3C's validator is not here (POLYPAGE_VNU names its vnu.jar)")

    def ask(pages: Iterable[Path]) -> Said:
        paths = sorted(pages)
        command = ["java", "-jar", str(jar), *OPTIONS]
        done = subprocess.run([*command, *map(str, paths)], capture_output=True, check=True)
        said: Said = {path.name: Counter() for path in paths}
        for message in json.loads(done.stdout)["messages"]:
            if message["message"].startswith(BY_CHANCE):
                continue
            said[Path(message["url"]).name][f"{message['type']}: {message['message']}"] += 1
        return said

    return ask


def new(built: Said, source: Said) -> list[str]:
    """Return what is said of built pages and not of their sources."""
    return [f"{name}: {message}" for name in built for message in built[name] - source[name]]


def articles(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.html") if path.name != "index.html"]


def test_what_is_wrong_is_said(validate: Validate, tmp_path: Path) -> None:
    page = "<!DOCTYPE html><html lang=en><title>a</title><p>"
    (tmp_path / "a.html").write_text(page, "utf-8")
    good = validate([tmp_path / "a.html"])
    (tmp_path / "a.html").write_text(f"{page}<time>no <b>time</b></time>", "utf-8")

    assert new(validate([tmp_path / "a.html"]), good)


def test_the_sample_is_as_valid_as_its_sources(validate: Validate, tmp_path: Path) -> None:
    for name in ("source_articles", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    settings = (ROOT / "polypage.toml").read_text("utf-8")
    more = 'switcher = "nav.site-nav"\non_incomplete = "mixed"\n'
    mixed = settings.replace('on_incomplete = "hold"\n', more)
    (tmp_path / "polypage.toml").write_text(mixed, "utf-8")
    run(tmp_path, stages=["build"])
    source = validate(articles(tmp_path / "source_articles"))

    folders = [path for path in (tmp_path / "site").iterdir() if path.is_dir()]
    assert len(source) > 0
    assert len(folders) == 1 + len(load(tmp_path).settings.project.locales)
    for folder in folders:
        built = validate(articles(folder))
        assert len(built) == len(source)
        assert new(built, source) == []


def test_front_pages_are_valid(validate: Validate, make_project: MakeProject) -> None:
    page = "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Dose</title><h1>Dose</h1>"
    files = {f"source_articles/a{n}.html": f"{page}<p>{n} a day" for n in range(3)}
    project = make_project({**files, "polypage.toml": SETTINGS})
    run(project.root)

    said = validate([project.site_dir / tag / "index.html" for tag in ("en", "ar")])

    assert [name for name, messages in said.items() if messages] == []


@pytest.fixture
def real(shared: Path, tmp_path: Path) -> Project:
    """Make a project of real pages, every fifth of those that are not too large."""
    (tmp_path / "polypage.toml").write_text(SETTINGS, "utf-8")
    (tmp_path / "source_articles").mkdir()
    with tarfile.open(shared / "corpora/articles-dev.tar.xz") as archive:
        pages = (each for each in archive if each.name.endswith(".html") and each.size < LARGEST)
        for n, member in enumerate(pages):
            page = archive.extractfile(member) if n % 5 == 0 else None
            if page is not None:
                (tmp_path / f"source_articles/{n:04}.html").write_bytes(page.read())
            if n // 5 + 1 == PAGES:
                break
    return load(tmp_path)


def test_real_pages_are_as_valid_as_their_sources(validate: Validate, real: Project) -> None:
    done = run(real.root, stages=["extract", "update", "build"])
    source = validate(articles(real.source_dir))

    assert len([page for page in done.built if page.status == "published"]) == 2 * PAGES
    for tag in ("en", "ar"):
        assert new(validate(articles(real.site_dir / tag)), source) == []
