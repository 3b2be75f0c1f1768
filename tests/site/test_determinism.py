"""The same input makes the same bytes, whatever the machine is like."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from polypage.project import load
from polypage.runs.pipeline import run
from tests.conftest import ROOT
from tests.pipeline.projects import FILES, PEELING, ROLLING, SETTINGS, translate, tree

DATED = '<meta property="article:published_time" content="2020-06-12T23:30:00-05:00"></head>'
PAGES = {f"source_articles/more/page-{n}.html": PEELING.replace("5", str(n)) for n in range(9)}
INPUT: Mapping[str, str | bytes] = {
    **FILES,
    **PAGES,
    "source_articles/rolling.html": ROLLING.replace("</head>", DATED).replace(
        "<h1>", "<nav></nav><h1>"
    ),
    "polypage.toml": f"{SETTINGS}[publish]\nmin_coverage = 0\nswitcher = 'nav'\n",
    "locales/vi/links.toml": '[links]\n"https://a.example/*" = "https://b.example/"\n',
}

WAYS = {
    "another hash seed": ({"PYTHONHASHSEED": "1"}, 1),
    "a third hash seed": ({"PYTHONHASHSEED": "4242"}, 1),
    "east of here": ({"TZ": "Pacific/Kiritimati"}, 1),
    "west of here": ({"TZ": "America/Adak"}, 1),
    "another language": ({"LANG": "ar_EG.UTF-8", "LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar"}, 1),
    "no language": ({"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}, 1),
    "three processes": ({"PYTHONHASHSEED": "random"}, 3),
}


def write(root: Path, files: Mapping[str, str | bytes], *, seed: int) -> None:
    """Write files in an order of its own: folders list them as they came on many systems."""
    names = sorted(files)
    random.Random(seed).shuffle(names)  # noqa: S311 - no secret
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = files[name]
        path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Make a project with translations; return its files, the built ones left out."""
    root = tmp_path_factory.mktemp("first")
    write(root, INPUT, seed=0)
    run(root, stages=["extract", "update"])
    for slug in ("rolling", "more/page-3", "site"):
        translate(load(root), slug, "vi")
    return tree(root)


def built(
    root: Path, environment: Mapping[str, str], *, workers: int, here: Path
) -> dict[str, bytes]:
    """Run polypage as a program of its own, from another folder; return all files there are."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    fixed = {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1600000000"}
    command = [sys.executable, "-m", "polypage", "run", "--project", os.path.relpath(root, here)]
    done = subprocess.run(
        [*command, "--workers", str(workers)],
        cwd=here,
        env={**kept, **fixed, **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
    return tree(root)


@pytest.fixture(scope="module")
def expected(
    translated: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    root = tmp_path_factory.mktemp("expected")
    write(root, translated, seed=1)
    return built(root, {"PYTHONHASHSEED": "0", "TZ": "UTC"}, workers=1, here=root)


@pytest.mark.slow
@pytest.mark.parametrize(("environment", "workers"), WAYS.values(), ids=WAYS)
def test_the_same_input_makes_the_same_bytes(
    environment: Mapping[str, str],
    workers: int,
    translated: dict[str, bytes],
    expected: dict[str, bytes],
    tmp_path: Path,
) -> None:
    root, here = tmp_path / "a folder" / "project", tmp_path / "elsewhere"
    here.mkdir()
    write(root, translated, seed=len(str(environment)))

    made = built(root, environment, workers=workers, here=here)

    assert [name for name in expected if made.get(name) != expected[name]] == []
    assert made.keys() == expected.keys()
    assert len([name for name in made if name.startswith("site/")]) > 3 * len(PAGES)


@pytest.mark.slow
def test_what_was_remembered_makes_no_difference(
    translated: dict[str, bytes], expected: dict[str, bytes], tmp_path: Path
) -> None:
    write(tmp_path, translated, seed=3)
    built(tmp_path, {}, workers=1, here=tmp_path)
    shutil.rmtree(tmp_path / "site" / "vi")

    made = built(tmp_path, {}, workers=1, here=tmp_path)

    assert made == expected
