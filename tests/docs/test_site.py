"""The documentation makes a site that stands on its own."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from subprocess import run

import pytest

from tests.conftest import ROOT
from tests.docs.reading import PAGES

LOADING = re.compile(
    r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"?(?:https?:)?//|<link\b(?![^>]*rel=\"?canonical)[^>]*\bhref=\"?(?:https?:)?//|url\(\"?(?:https?:)?//"
)
"""What makes a browser fetch something from elsewhere."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it; a page that is not on the map, or a link that leads nowhere, is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--strict",
        "--site-dir",
        str(folder),
    ]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_site_has_all_pages(site: Path) -> None:
    own = {page.relative_to(ROOT).as_posix().removeprefix("docs/") for page in PAGES}
    wanted = {name.replace("README.md", "index.md").replace(".md", ".html") for name in own}

    assert wanted <= {page.relative_to(site).as_posix() for page in site.rglob("*.html")}


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    texts = {
        page.name: page.read_text("utf-8") for page in [*site.rglob("*.html"), *site.rglob("*.css")]
    }

    assert not {name for name, text in texts.items() if LOADING.search(text)}


def test_the_site_shows_nothing_that_is_for_tests_alone(site: Path) -> None:
    shown = "".join(page.read_text("utf-8") for page in site.rglob("*.html"))

    assert "<!-- run:" not in shown
    assert "```" not in shown
