"""What cannot be worked on is told with its file, line and remedy; all else is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from polypage.cli import main
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, PEELING, SETTINGS, translated

BAD = "source_articles/bad.html"
GOOD_PAGES = ("site/en/rolling.html", "site/vi/rolling.html", "site/en/peeling.html")


def puts(path: str, content: str | bytes) -> Callable[[Path], None]:
    """Return what puts a file into a project."""

    def put(root: Path) -> None:
        data = content.encode() if isinstance(content, str) else content
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)

    return put


def breaks_catalog(root: Path) -> None:
    path = root / "locales/vi/LC_MESSAGES/peeling.po"
    path.write_text(path.read_text().replace('msgstr "Peeling !"', 'msgstr "Peeling !'))


def blocks_site(root: Path) -> None:
    (root / "site").write_text("a file in the folder's place")


def blocks_locale(root: Path) -> None:
    (root / "site").mkdir()
    (root / "site/vi").write_text("a file in the folder's place")


def removes_sources(root: Path) -> None:
    for path in sorted((root / "source_articles").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (root / "source_articles").rmdir()


@dataclass(frozen=True)
class Case:
    """One kind of bad input."""

    name: str
    spoil: Callable[[Path], None]
    says: tuple[str, ...]
    """What stands on one line of the output, in this order."""
    status: int = 1
    lost: tuple[str, ...] = ()
    """The good pages that it costs."""


CASES = [
    Case("an empty file", puts(BAD, b" \n"), (f"{BAD}: is empty;",)),
    Case("a binary file", puts(BAD, bytes(range(256)) * 99), (f"{BAD}: ", "; put")),
    Case(
        "undecodable bytes",
        puts(BAD, b'<meta charset="utf-8">\n<p>caf\xe9</p>'),
        (f"{BAD}:2: ", "0xe9", "offset 29", "; save"),
    ),
    Case(
        "a 20 MB page",
        puts(BAD, PEELING + "<p>More.</p>" * 1_700_000),
        (f"{BAD}: is 20.4 MB large", "; take"),
    ),
    Case(
        "100,000 nested elements",
        puts(BAD, f"{PEELING}{'<div>' * 100_000}deep"),
        (f"{BAD}:12: nests elements more than", "; "),
    ),
    Case(
        "a catalog with a syntax error",
        breaks_catalog,
        ("locales/vi/LC_MESSAGES/peeling.po:", "; "),
    ),
    Case(
        "two articles with one slug",
        puts("source_articles/rolling.htm", PEELING),
        ("source_articles/rolling.htm: has the name of rolling.html", "; rename"),
        lost=("site/en/rolling.html", "site/vi/rolling.html"),
    ),
    Case(
        "an article called site",
        puts("source_articles/site.html", PEELING),
        ("source_articles/site.html: ", "; rename"),
    ),
    Case(
        "a file in the place of site/",
        blocks_site,
        ("site/en/rolling.html: cannot be written", "; see that"),
        lost=GOOD_PAGES,
    ),
    Case(
        "a file in the place of a locale's folder",
        blocks_locale,
        ("site/vi/rolling.html: cannot be written", "; see that"),
        lost=("site/vi/rolling.html",),
    ),
    Case(
        "a missing folder",
        removes_sources,
        ("source_articles: there is no such folder; make it",),
        status=2,
        lost=GOOD_PAGES,
    ),
    Case(
        "a locale that nobody knows",
        puts("polypage.toml", SETTINGS.replace("ar", "arabic")),
        ("polypage.toml:2: ", "'arabic'", "; did you mean 'ar'"),
        status=2,
        lost=GOOD_PAGES,
    ),
    Case(
        "settings that are no TOML",
        puts("polypage.toml", "[project\n"),
        ("polypage.toml:1: is no TOML",),
        status=2,
        lost=GOOD_PAGES,
    ),
    Case(
        "an unknown setting",
        puts("polypage.toml", f"{SETTINGS}[publish]\nmin_covrage = 1\n"),
        ("polypage.toml:7: [publish] min_covrage: unknown key; did you mean 'min_coverage'?",),
        status=2,
        lost=GOOD_PAGES,
    ),
]


@pytest.fixture
def clinic(make_project: MakeProject) -> Path:
    """Make a project whose pages can be published in Vietnamese."""
    return translated(make_project(FILES), "vi").root


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_is_named_with_its_remedy_and_costs_nothing_else(
    clinic: Path, case: Case
) -> None:
    case.spoil(clinic)

    done = CliRunner().invoke(main, ["run", "--project", str(clinic)])

    assert any(in_order(case.says, line) for line in done.output.splitlines()), done.output
    assert done.exit_code == case.status
    built = {path for path in GOOD_PAGES if (clinic / path).is_file()}
    assert built == set(GOOD_PAGES) - set(case.lost)


def test_a_catalog_that_is_broken_is_left_as_it_was(clinic: Path) -> None:
    breaks_catalog(clinic)
    path = clinic / "locales/vi/LC_MESSAGES/peeling.po"
    before = path.read_bytes()

    CliRunner().invoke(main, ["run", "--project", str(clinic)])

    assert path.read_bytes() == before
    assert not (clinic / "site/vi/peeling.html").exists()


@pytest.mark.parametrize("more", [[], ["--articles"], ["rolling", "peeling"], ["--html"]])
def test_status_names_what_it_could_not_read(clinic: Path, more: list[str]) -> None:
    breaks_catalog(clinic)
    asked = [*more, str(clinic / "status.html")] if "--html" in more else more

    done = CliRunner().invoke(main, ["status", "--project", str(clinic), *asked])

    named = "  locales/vi/LC_MESSAGES/peeling.po:"
    assert [line for line in done.output.splitlines() if line.startswith(named)], done.output
    assert "Could not be worked on" in done.output
    assert done.exit_code == 1


def test_status_counts_what_it_could_not_read(clinic: Path) -> None:
    breaks_catalog(clinic)

    done = CliRunner().invoke(main, ["status", "--project", str(clinic)])

    head, vi, ar = (line.split() for line in done.output.splitlines()[:3])
    place = head.index("failed") + 1  # a share takes two words
    assert (vi[place], ar[place]) == ("1", "0")


def test_status_is_good_while_all_can_be_read(clinic: Path) -> None:
    done = CliRunner().invoke(main, ["status", "--project", str(clinic)])

    assert done.exit_code == 0
    assert "failed" not in done.output


def test_status_ends_with_2_where_nothing_can_be_read(clinic: Path) -> None:
    (clinic / "source_articles/rolling.html").write_text("", "utf-8")

    done = CliRunner().invoke(main, ["status", "rolling", "--project", str(clinic)])

    assert done.exit_code == 2


def in_order(parts: Iterable[str], line: str) -> bool:
    """Say whether a line has all of these parts, one after the other."""
    start = 0
    for part in parts:
        start = line.find(part, start)
        if start < 0:
            return False
        start += len(part)
    return True
