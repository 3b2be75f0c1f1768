"""What is told of an entry, and the editors that open it."""

from __future__ import annotations

from pathlib import Path

import pytest

from polypage.preview.details import Piece, pieces
from polypage.preview.editors import Editor, available, command


def test_a_text_is_parted_at_its_codes() -> None:
    found = tuple(pieces("A &lt; <a1>b</a1><br/>c", {"a1": "link to x.html"}))

    assert found == (
        Piece("text", "A < "),
        Piece("open", "a1", "link to x.html"),
        Piece("text", "b"),
        Piece("close", "a1", "link to x.html"),
        Piece("standalone", "br"),
        Piece("text", "c"),
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("code", ["/usr/bin/code", "--goto", "/x.po:12"]),
        ("subl", ["/usr/bin/subl", "/x.po:12"]),
        ("poedit", ["/usr/bin/poedit", "/x.po"]),
        ("kate", ["/usr/bin/kate", "--line", "12", "/x.po"]),
        ("gedit", ["/usr/bin/gedit", "+12", "/x.po"]),
    ],
)
def test_editors_are_told_the_line_as_they_know_it(name: str, expected: list[str]) -> None:
    editor = Editor(name, (f"/usr/bin/{name}",))

    assert command(editor, Path("/x.po"), 12) == expected


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    for name in ("poedit", "vim", "gedit"):
        (tmp_path / name).touch(mode=0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, ["poedit"]),
        ({"EDITOR": "gedit --wait"}, ["gedit", "poedit"]),
        ({"EDITOR": "gedit", "VISUAL": "poedit"}, ["poedit", "poedit"]),
        ({"EDITOR": "vim"}, ["poedit"]),
        ({"EDITOR": "no-such-program"}, ["poedit"]),
        ({"EDITOR": ""}, ["poedit"]),
    ],
)
def test_only_editors_that_can_be_had_are_offered(
    programs: Path, environment: dict[str, str], expected: list[str]
) -> None:
    found = available({"PATH": str(programs), **environment})

    assert [editor.name for editor in found] == expected


def test_an_editor_for_terminals_gets_one(programs: Path) -> None:
    terminal = programs / "x-terminal-emulator"
    terminal.touch(mode=0o755)

    found = available({"PATH": str(programs), "EDITOR": "vim"})[0]

    assert command(found, Path("/x.po"), 12) == [str(terminal), "-e", "vim", "+12", "/x.po"]
