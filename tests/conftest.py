"""What tests of all kinds need: projects on disk, other programs, the measuring data."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

from polypage.project import Project, load

ROOT = Path(__file__).resolve().parent.parent
SEALED = Path("/sys/kernel")
"""A folder of Linux where nobody can make a file, whatever their rights."""

# Machines are shared, so no deadlines; in CI the same examples every time.
settings.register_profile("polypage", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("polypage")

SETTINGS = """\
[project]
locales = ["de", "vi", "ar"]
[notice]
on_missing = "ignore"
"""


class MakeProject(Protocol):
    """Writes files and loads the project that they are."""

    def __call__(self, files: Mapping[str, str | bytes], /) -> Project: ...


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Make a project of files by their paths; with settings for German, Vietnamese and Arabic."""

    def make(files: Mapping[str, str | bytes], /) -> Project:
        for name, content in {"polypage.toml": SETTINGS, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return load(tmp_path)

    return make


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with the measuring data, which is no part of the repository."""
    folder = Path(os.environ.get("POLYPAGE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the measuring data is not here (POLYPAGE_SHARED names its folder)")
    return folder


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a program that is not here; in CI that is a failure."""
    for marker in item.iter_markers("needs_program"):
        for program in marker.args:
            if shutil.which(program) is None:
                lack = f"{program} is not on the PATH"
                pytest.fail(lack) if os.environ.get("CI") else pytest.skip(lack)
