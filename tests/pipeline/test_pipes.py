"""A pipe in the place of a file is told of, and not waited for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, translated

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")

HUNG = 120
"""Seconds after which a run is taken for one that waits for ever."""


def polypage(root: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "polypage", *arguments, "--project", str(root)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=HUNG, cwd=root
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "path",
    [
        "source_articles/pipe.html",
        "source_articles/peeling.html",
        "locales/vi/LC_MESSAGES/peeling.po",
        "locales/vi/compendium.po",
        "locales/vi/glossary.csv",
        "locales/templates/peeling.pot",
    ],
)
def test_a_pipe_stops_what_needs_it_and_nothing_else(make_project: MakeProject, path: str) -> None:
    project = translated(make_project(FILES), "vi")
    pipe = project.root / path
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)

    told = polypage(project.root, "run", "-l", "vi")

    assert f"{path}: cannot be read: it is no regular file" in told, told
    assert (project.site_dir / "en/rolling.html").is_file()


def test_a_pipe_among_the_pictures_is_told_of_and_left_out(make_project: MakeProject) -> None:
    project = translated(make_project(FILES), "vi")
    os.mkfifo(project.source_dir / "img/pipe.svg")

    told = polypage(project.root, "run")

    assert "it is no regular file" in told, told
    assert (project.site_dir / "vi/rolling.html").is_file()
    assert not (project.site_dir / "img/pipe.svg").exists()


def test_settings_that_are_a_pipe_are_told_of(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "polypage.toml")

    assert "cannot be read: it is no regular file" in polypage(tmp_path, "run")
