"""The examples in the documentation do what it says they do."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from polypage.approval import read as read_approval
from polypage.building.twins import read as read_twins
from polypage.catalogs.catalog import Catalog, parse, serialize
from polypage.cli import main
from polypage.model import Entry
from polypage.settings import parse as parse_settings
from tests.conftest import ROOT
from tests.docs.reading import PAGES, Block, blocks, name

_DONE = ("run", "serve", "hidden", "write", "into")


def is_done(block: Block) -> bool:
    return block.language == "python" or any(option in block.options for option in _DONE)


def all_blocks(language: str) -> Iterator[object]:
    for page in PAGES:
        for block in blocks(page):
            if block.language == language:
                yield pytest.param(page, block, id=f"{name(page)}:{block.line}")


DONE = [page for page in PAGES if any(map(is_done, blocks(page)))]


@pytest.mark.skipif(os.name != "posix", reason="the examples are for a shell of the Bourne family")
@pytest.mark.parametrize("page", DONE, ids=name)
def test_the_examples_of_a_page_do_what_it_says(page: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)

    for block in blocks(page):
        reader.follow(block)


@pytest.mark.parametrize(("page", "block"), [*all_blocks("toml")])
def test_settings_in_examples_can_be_read(page: Path, block: Block) -> None:
    if block.options.get("write", "").endswith("notice.toml"):
        assert read_approval(block.text.encode(), path=name(page)).text
    elif block.options.get("write", "").endswith("links.toml"):
        read_twins(block.text.encode(), path=name(page), files=())
    else:
        parse_settings(block.text.encode(), path=page)


@pytest.mark.parametrize(("page", "block"), [*all_blocks("po")])
def test_entries_in_examples_are_what_catalogs_hold(page: Path, block: Block) -> None:
    entries = parse(block.text.encode(), path=name(page)).entries

    assert entries
    if origin := block.options.get("from"):
        catalog = (ROOT / origin).read_text("utf-8")
        missing = [part for part in block.text.strip().split("\n\n") if part not in catalog]
        assert not missing, f"not in {origin}"


class Reader:
    """Somebody who does what a page says, from an empty folder on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printed = ""
        """By the last Python block."""

    def follow(self, block: Block) -> None:
        options = block.options
        if "write" in options:
            path = self.folder / options["write"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
        elif "into" in options:
            change = with_settings if block.language == "toml" else with_translations
            path = self.folder / options["into"]
            path.write_text(change(path.read_text("utf-8"), block.text), "utf-8")
        elif "hidden" in options:
            self.run(block.text.removeprefix("$ "))
        elif "run" in options:
            self.type(block)
        elif "serve" in options:
            self.visit(block)
        elif block.language == "python":
            self.printed = call(self.folder, sys.executable, "-c", block.text)
        elif "output" in options:
            assert matches(self.printed, block.text), self.printed

    def type(self, block: Block) -> None:
        """Type the commands of a block, and see that each prints what is said."""
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            printed = self.run(command)
            assert matches(printed, expected), f"line {block.line}: {command}\n{printed}"

    def visit(self, block: Block) -> None:
        """Start a server on some free port, and open the address it tells in its first line."""
        command, _, expected = block.text.removeprefix("$ ").partition("\n")
        words = [sys.executable, "-u", "-m", *shlex.split(command), "--port", "0"]
        with subprocess.Popen(words, cwd=self.folder, stdout=subprocess.PIPE, text=True) as server:
            try:
                told = server.stdout.readline() if server.stdout else ""
                assert matches(told, re.sub(r":\d+/", ":…/", expected)), told
                address = re.findall(r"http://127\.0\.0\.1:\d+/\S*", told)[0]
                with urlopen(address) as answer:  # noqa: S310 - it is http, to this machine
                    assert answer.status == HTTPStatus.OK
            finally:
                server.terminate()

    def run(self, command: str) -> str:
        if command.startswith("cd "):
            self.folder /= command.removeprefix("cd ").strip()
            return ""
        if command.startswith("polypage ") and not set(command) & _OF_SHELLS:
            with contextlib.chdir(self.folder):  # in this process: it starts sooner
                return CliRunner().invoke(main, shlex.split(command)[1:]).output
        return call(self.folder, "bash", "-c", command)


_OF_SHELLS = frozenset("|&;<>$")


def call(folder: Path, *command: str) -> str:
    own = Path(sys.executable).parent
    path = f"{own}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "SAMPLE": str(ROOT)}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def matches(printed: str, expected: str) -> bool:
    """Say whether something is printed as expected; `…` stands for anything."""
    pattern = ".*".join(map(re.escape, trimmed(expected).split("…")))
    return re.fullmatch(pattern, trimmed(printed), re.DOTALL) is not None


def trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


def with_settings(present: str, wanted: str) -> str:
    """Change settings, each on a line of its own, as somebody with an editor would."""
    table = ""
    for line in wanted.splitlines():
        key = line.partition("=")[0].strip()
        if line.startswith("["):
            table = line.strip()
            present += "" if f"\n{table}\n" in present else f"\n{table}\n"
        elif key:
            before, head, rest = present.partition(f"\n{table}\n")
            own, mark, others = rest.partition("\n[")
            kept = [each for each in own.split("\n") if each.partition("=")[0].strip() != key]
            present = "".join((before, head, "\n".join((line, *kept)), mark, others))
    return present


def with_translations(present: str, wanted: str) -> str:
    """Put translations into a catalog, comments and all."""
    catalog = parse(present.encode(), path="catalog")
    given = {entry.key: entry for entry in parse(wanted.encode(), path="example").entries}
    assert not given.keys() - {entry.key for entry in catalog.entries}
    entries = tuple(translated(entry, given.get(entry.key)) for entry in catalog.entries)
    return serialize(Catalog(catalog.header, entries)).decode()


def translated(entry: Entry, given: Entry | None) -> Entry:
    if given is None:
        return entry
    return replace(
        entry,
        msgstr=given.msgstr,
        flags=given.flags,
        translator_comments=given.translator_comments,
        previous_msgid=given.previous_msgid,
    )
