"""The wheel alone, without the checkout it was built from, gets a newcomer to built pages."""

from __future__ import annotations

import os
import sys
import sysconfig
import zipfile
from pathlib import Path
from subprocess import PIPE, STDOUT, CompletedProcess, run
from typing import Any

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="environments are laid out otherwise")


def call(*command: str | Path, **options: Any) -> CompletedProcess[str]:  # noqa: ANN401 - subprocess's own
    return run(command, stdout=PIPE, stderr=STDOUT, text=True, check=False, **options)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = call(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert done.returncode == 0, done.stdout
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def polypage(wheel: Path) -> Path:
    """Install the wheel on its own; what it depends on is borrowed from this environment."""
    home = wheel.parent / "home"
    call(sys.executable, "-m", "venv", "--without-pip", home)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    done = call(*pip, "install", "--no-deps", "--no-index", wheel)
    assert done.returncode == 0, done.stdout
    packages = Path(
        call(python, "-c", "import site; print(site.getsitepackages()[0])").stdout.strip()
    )
    # A path file that adds a folder does not make Python look for path files there, so the
    # checkout's own editable installation stays out of reach.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return home / "bin" / "polypage"


def test_the_wheel_holds_what_init_writes(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    flows = {path.name for path in (ROOT / "flows").glob("*.py")}
    starter = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "polypage/starter").rglob("*")
        if path.is_file()
    }
    assert starter <= names
    assert {f"polypage/starter/flows/{name}" for name in flows} <= names
    assert "polypage/py.typed" in names


def test_the_wheel_holds_the_words_that_checks_know(wheel: Path) -> None:
    tables = {
        f"polypage/language/lexicons/{path.name}"
        for path in (ROOT / "polypage/language/lexicons").iterdir()
    }

    assert tables
    assert tables <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_what_previews_are_made_of(wheel: Path) -> None:
    parts = {
        f"polypage/preview/{folder}/{path.name}"
        for folder in ("templates", "static")
        for path in (ROOT / "polypage/preview" / folder).iterdir()
    }

    assert parts
    assert parts <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_the_style_of_the_status_page(wheel: Path) -> None:
    assert "polypage/status/page.css" in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert not [name for name in names if "__pycache__" in name or "tests" in name]
    assert {name.split("/")[0].split("-")[0] for name in names} == {"polypage"}


def test_a_newcomer_gets_from_the_wheel_to_a_page(polypage: Path, tmp_path: Path) -> None:
    begun = call(polypage, "init", "clinic", "-l", "vi", cwd=tmp_path)
    done = call(polypage, "run", "--project", "clinic", cwd=tmp_path)

    assert begun.returncode == 0, begun.stdout
    assert (tmp_path / "clinic/flows/localize.py").is_file()
    assert done.returncode == 1, done.stdout  # nothing is translated so far
    assert (tmp_path / "clinic/locales/vi/LC_MESSAGES/sleeping-well.po").is_file()
    assert (tmp_path / "clinic/site/en/sleeping-well.html").is_file()
