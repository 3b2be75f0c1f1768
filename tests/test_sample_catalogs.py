"""The catalogs of the sample project are sound, and nothing is left to do with them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import polib
import pytest

from polypage.catalogs.catalog import read
from polypage.runs.pipeline import run

ROOT = Path(__file__).resolve().parent.parent
CATALOGS = sorted(path for path in (ROOT / "locales").rglob("*.po*"))
COMPLETE = ("vi", "ar", "es")


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "locales").as_posix()


@pytest.mark.needs_program("msgfmt")
@pytest.mark.parametrize("path", CATALOGS, ids=_name)
def test_gettext_accepts_it(path: Path) -> None:
    done = subprocess.run(
        ["msgfmt", "--check", "--output-file=/dev/null", path],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.needs_program("msgcat")
@pytest.mark.parametrize("path", CATALOGS, ids=_name)
def test_it_is_what_msgcat_would_write(path: Path) -> None:
    done = subprocess.run(["msgcat", "--no-wrap", path], capture_output=True, check=True)

    assert path.read_bytes() == done.stdout


@pytest.mark.parametrize("path", CATALOGS, ids=_name)
def test_polib_reads_the_same_entries(path: Path) -> None:
    ours = [(entry.msgctxt, entry.msgid, entry.msgstr) for entry in polib.pofile(str(path))]

    assert ours == [(entry.context, entry.msgid, entry.msgstr) for entry in read(path).entries]


@pytest.mark.parametrize("locale", COMPLETE)
def test_a_complete_locale_has_every_translation(locale: str) -> None:
    catalogs = [path for path in CATALOGS if path.parts[-3] == locale or f"/{locale}/" in str(path)]

    assert catalogs
    assert all(entry.usable for path in catalogs for entry in read(path).entries)


def test_a_run_leaves_templates_and_catalogs_as_they_are(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name in ("source_articles", "locales"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "polypage.toml", project)
    before = {path: path.read_bytes() for path in (project / "locales").rglob("*.po*")}

    run(project)

    after = {path: path.read_bytes() for path in (project / "locales").rglob("*.po*")}
    assert after == before
