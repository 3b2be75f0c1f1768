"""What people read of a name is on one line, whatever the name is."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.errors import SourceError
from polypage.oneline import visible
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, translated

SHOWN = [
    ("skin/rolling.html", "skin/rolling.html"),
    ("da/hôpital 薬 – 5 %.html", "da/hôpital 薬 – 5 %.html"),
    ("می\u200cروم.html", "می\u200cروم.html"),
    ("new\nline\r.html", r"new\nline\r.html"),
    ("\x1b[31mred.html", r"\x1b[31mred.html"),
    ("\u202elmth.exe", r"\u202elmth.exe"),
    ("a\u2028b\x85c", r"a\u2028b\x85c"),
    ("\udcff.html", r"\udcff.html"),
]


@pytest.mark.parametrize(("name", "shown"), SHOWN)
def test_what_cannot_be_seen_is_shown_escaped(name: str, shown: str) -> None:
    assert visible(name) == shown


@given(st.text(st.characters(codec=None)))
def test_any_name_is_one_line_that_can_be_written_and_is_read_from_one_side(name: str) -> None:
    shown = visible(name)

    assert len(shown.splitlines()) <= 1
    assert shown.encode().decode() == shown
    assert visible(shown) == shown
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not turning & set(map(unicodedata.bidirectional, shown))


def test_an_error_is_one_line() -> None:
    error = SourceError("new\nline.html", "is no page:\n<>", line=3)

    assert str(error) == r"new\nline.html:3: is no page:\n<>"


COMMANDS = ["run", "check", "status --articles", "-v run", "check --format github"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names have no line ends")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_hostile_name_makes_no_line_of_its_own(
    make_project: MakeProject, tmp_path: Path, command: str
) -> None:
    project = translated(make_project(FILES), "vi")
    hostile = "x\nall is good\x1b[2K\u202e"
    project.source_path("peeling").rename(project.source_dir / f"{hostile}.html")
    (project.source_dir / f"{hostile} empty.html").write_bytes(b"\x00\xff")

    done = subprocess.run(
        [sys.executable, "-m", "polypage", *command.split(), "--project", str(project.root)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    told = done.stdout + done.stderr
    assert "all is good" in told
    assert not [line for line in told.splitlines() if line.startswith("all is good")]
    assert "github" in command or not {"\x1b", "\u202e"} & set(told)
