"""The pages of the documentation lead to each other, and hardly anywhere else."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT
from tests.docs.reading import PAGES, anchors, links, name

PICTURES = sorted((ROOT / "docs/pictures").iterdir())
STANDARDS = {"html.spec.whatwg.org", "keepachangelog.com", "schema.org", "semver.org", "www.w3.org"}
"""Hosts that pages may name, beside those that are made for examples (RFC 2606)."""

each_page = pytest.mark.parametrize("page", PAGES, ids=name)


@each_page
def test_links_lead_to_files_and_headings(page: Path) -> None:
    broken = [link for link in links(page) if not urlsplit(link).netloc and not leads(page, link)]

    assert not broken


def leads(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


@each_page
def test_no_hosts_are_named_but_of_examples_and_standards(page: Path) -> None:
    hosts = set(re.findall(r"https?://([\w.-]+)", page.read_text("utf-8")))

    assert not {host for host in hosts - STANDARDS if not host.endswith((".example", "127.0.0.1"))}


@each_page
def test_a_line_holds_one_sentence(page: Path) -> None:
    text = re.sub(
        r"^```.*?^```$|^\|.*?$|`[^`\n]*`",
        "",
        page.read_text("utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
    ended = re.findall(r"^(?![-*#\d<]).*[a-z)”][.?!] [A-Z].*$", text, re.MULTILINE)

    assert not ended


def test_every_page_is_on_the_map() -> None:
    mapped = {(ROOT / link).resolve() for link in links(ROOT / "README.md")}
    own = {page for page in PAGES if page.parent.name != "decisions" and page.name != "README.md"}

    assert own <= mapped


def test_pictures_are_small_and_shown() -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in links(page)}

    for picture in PICTURES:
        assert picture.stat().st_size < 200_000
        assert picture.suffix == ".html" or picture in shown
