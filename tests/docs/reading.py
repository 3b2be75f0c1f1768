"""The documentation as tests read it: fenced blocks, sections, tables, links.

A block says behind its language what it is an example of. All examples of a page are done one
after the other in an empty folder:

    console run         commands after `$ `, each with what it prints; `…` stands for anything
    console serve       a command that goes on, with its first line: the address there is opened
    text output         what the Python block before it prints
    html write=PATH     a file of the example
    toml into=PATH      settings to change in a file
    toml write=PATH     a file of the example: of links, or of settings
    po into=PATH        translations to put into a catalog
    po from=PATH        an excerpt of one of the project's own catalogs
    po locale=LOCALE    an example of a check, which `docs.checks` has tried

Python blocks are always run, and TOML blocks always read as settings. What an example needs and
readers need not see stands in a comment: `<!-- run: polypage init . -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@dataclass(frozen=True, slots=True)
class Block:
    """What stands between fences."""

    language: str
    options: dict[str, str]
    text: str
    line: int
    section: str
    """The heading it stands under."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what follows it, up to the next heading of any level."""

    title: str
    level: int
    text: str


_FENCED = re.compile(r"^```(\w*)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HIDDEN = re.compile(r"^<!-- run: (.*?) -->$", re.MULTILINE)
_HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`+[^`\n]+`+")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> Iterator[Block]:
    """Yield fenced blocks and hidden commands in order."""
    text = page.read_text("utf-8")
    found = sorted([*_FENCED.finditer(text), *_HIDDEN.finditer(text)], key=re.Match.start)
    for match in found:
        line = text.count("\n", 0, match.start()) + 1
        section = [*_HEADING.finditer(text, 0, match.start())]
        title = plain(section[-1][2]) if section else ""
        if match.re is _HIDDEN:
            yield Block("console", {"hidden": ""}, f"$ {match[1]}\n", line, title)
        else:
            options = dict(option.partition("=")[::2] for option in match[2].split())
            yield Block(match[1], options, match[3], line, title)


def sections(page: Path) -> Iterator[Section]:
    text = _FENCED.sub(lambda block: re.sub(r"^#", " #", block[0], flags=re.MULTILINE), prose(page))
    headings = [*_HEADING.finditer(text)]
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    for heading, end in zip(headings, ends, strict=True):
        yield Section(plain(heading[2]), len(heading[1]), text[heading.end() : end])


def section(page: Path, title: str) -> str:
    return next(each.text for each in sections(page) if each.title == title)


def prose(page: Path) -> str:
    """Return a page without its fenced blocks."""
    return _FENCED.sub("", page.read_text("utf-8"))


def rows(text: str) -> list[list[str]]:
    """Return the cells of the tables in a text, without their heads."""
    lines = [line for line in text.split("\n") if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    rules = [at for at, row in enumerate(cells) if all(set(cell) <= {"-", ":"} for cell in row)]
    heads = {*rules, *(at - 1 for at in rules)}
    return [row for at, row in enumerate(cells) if at not in heads]


def links(page: Path) -> Iterator[str]:
    return (match[1] for match in _LINK.finditer(_CODE.sub("", prose(page))))


def anchors(page: Path) -> set[str]:
    """Return what a link to a heading of a page may name."""
    return {anchor(each.title) for each in sections(page)}


def anchor(title: str) -> str:
    """Return what a link to a heading names, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def plain(title: str) -> str:
    return title.replace("`", "")
