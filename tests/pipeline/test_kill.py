"""A run that is killed, at whatever moment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from polypage.project import Project
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, PEELING, translate, tree

ARTICLES = 12
WORK = """\
import sys
from pathlib import Path
from polypage.runs.pipeline import run
if __name__ == "__main__":
    run(Path(sys.argv[1]), workers=int(sys.argv[2]))
"""


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a project of some size: complete catalogs in one locale, all else to be made."""
    articles = {
        f"source_articles/peeling-{n}.html": PEELING.replace("peeling", f"peeling-{n}")
        for n in range(ARTICLES)
    }
    project = make_project({**FILES, **articles})
    run(project.root, stages=["extract", "update"])
    for slug in (*project.articles().slugs, "site"):
        translate(project, slug, "vi")
    shutil.rmtree(project.locales_dir / "ar")
    shutil.rmtree(project.locales_dir / "templates")
    return project


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "files"), [(1, 16), (2, 30)])
def test_a_run_after_a_killed_one_ends_as_if_nothing_had_happened(
    clinic: Project, tmp_path_factory: pytest.TempPathFactory, workers: int, files: int
) -> None:
    undisturbed = tmp_path_factory.mktemp("undisturbed") / "project"
    shutil.copytree(clinic.root, undisturbed)
    run(undisturbed)
    expected = tree(undisturbed)

    kills = 0
    while _killed(clinic.root, workers, after=files):
        kills += 1
        whole = {path: data for path, data in tree(clinic.root).items() if ".polypage-" not in path}
        assert whole.items() <= expected.items()

    assert kills
    assert tree(clinic.root) == expected


def _killed(root: Path, workers: int, *, after: int) -> bool:
    """Kill a run once it has made some files; say whether it lived that long."""
    before = _files(root)
    with subprocess.Popen([sys.executable, "-c", WORK, str(root), str(workers)]) as process:
        while process.poll() is None:
            if _files(root) >= before + after:
                process.kill()
                return True
            time.sleep(0.001)
        assert process.returncode == 0
    return False


def _files(root: Path) -> int:
    return sum(len(names) for _, _, names in os.walk(root))
