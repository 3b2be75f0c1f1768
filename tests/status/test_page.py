"""The status page, as a parser of its own and git see it."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html

from polypage.cli import main
from polypage.model import Backlog, Coverage, Finding, Severity, Todo
from polypage.project import Project
from polypage.runs.outcomes import Approved, Checked, Run
from polypage.runs.report import Page
from polypage.runs.scope import scope_of
from polypage.status.figures import figures
from polypage.status.history import History, Point, history
from polypage.status.page import to_html
from polypage.status.table import locale_table
from tests.conftest import ROOT, MakeProject
from tests.pipeline.projects import FILES, translate

GOLDEN = Path(__file__).parent / "status.html"
STYLE = (ROOT / "polypage/status/page.css").read_text("utf-8")


def polypage(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def checked(slug: str, locale: str, *todo: Todo, hold: str = "", standing: bool = False) -> Checked:
    path = f"locales/{locale}/LC_MESSAGES/{slug}.po"
    left = sum(each.words for each in todo)
    line = 12 if todo else None
    finding = Finding("number-changed", Severity.ERROR, "5 <mg> has become 50 <mg>", path, 12)
    return Checked(
        slug,
        locale,
        path,
        Coverage(entries=9, translated=8, words=100, translated_words=100 - left),
        hold=hold,
        standing=standing,
        backlog=Backlog(9, 100, todo, line, "2026-03-04"),
        findings=(finding,) if todo else (),
    )


RUN = Run(
    checked=(
        checked("heart/dose", "vi", standing=True),
        checked("heart/dose", "ar", Todo("new", 2, 30), hold="70 % <of> 90 %", standing=True),
        checked("skin/a&b", "vi", Todo("number", 1, 7), Todo("wrong", 1, 4), hold="89 % of 90 %"),
        Checked(
            "skin/a&b",
            "ar",
            "locales/ar/LC_MESSAGES/skin/a&b.po",
            failure=Finding(
                "catalog-unreadable",
                Severity.ERROR,
                "a quote is not closed",
                "locales/ar/LC_MESSAGES/skin/a&b.po",
                3,
            ),
        ),
        checked("site", "vi"),
        checked("site", "ar", Todo("review", 1, 5)),
    ),
    approved=(Approved("vi"), Approved("ar")),
)
HISTORY = History(
    (Point("2026-02-01", {"vi": 0.1}), Point("2026-03-04", {"vi": 0.9, "ar": 0.5})), 2
)


def test_recalled_pages_are_counted_apart_from_those_that_are_held() -> None:
    waits = checked("heart/dose", "vi", hold="70 % of 90 %", standing=True)
    recalled = replace(waits, slug="skin/a&b", recall="line 12 has come to say 'Take 10 mg.'")
    run = Run(checked=(waits, recalled), approved=(Approved("vi"),))

    found = figures(run)

    (vi,) = found.locales
    assert (vi.pages, vi.held, vi.stale, vi.recalled) == (2, 1, 1, 1)
    assert "0 of 2 pages published, 1 held, 1 recalled," in to_html(run, found, HISTORY)
    assert "recalled" in next(locale_table(found, Page(width=40)))


def test_the_page_is_what_it_was() -> None:
    assert to_html(RUN, figures(RUN), HISTORY) == GOLDEN.read_text("utf-8")


class References(HTMLParser):
    """Collects whatever could lead a browser elsewhere, or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        leading = {"src", "href", "srcset", "data", "action", "poster", "xlink:href", "style"}
        if tag in {"script", "link", "iframe", "img", "object", "base"}:
            self.found.append(tag)
        self.found += [name for name, _ in attrs if name in leading or name.startswith("on")]


def test_the_page_needs_nothing_from_elsewhere() -> None:
    references = References()

    references.feed(GOLDEN.read_text("utf-8"))

    assert references.found == []
    assert re.findall(r"url\(|@import|https?:", GOLDEN.read_text("utf-8")) == []


def test_names_and_messages_are_text() -> None:
    page = html.fromstring(to_html(RUN, figures(RUN), HISTORY))

    told = str(page.xpath("string()"))
    assert "skin/a&b" in told
    assert "5 <mg> has become 50 <mg>" in told
    assert "70 % <of> 90 %" in told


def test_each_table_has_headers_and_each_chart_words() -> None:
    page = html.fromstring(to_html(RUN, figures(RUN), HISTORY))

    tables = page.findall(".//table")
    assert len(tables) == 7
    for table in tables:
        assert table.findall("thead/tr/th[@scope='col']")
        rows = table.findall("tbody/tr")
        assert [len(row.findall("th[@scope='row']")) for row in rows] == [1] * len(rows)
    charts = page.findall(".//svg")
    assert charts
    assert all(chart.get("aria-hidden") or chart.get("aria-label") for chart in charts)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    full = colour if len(colour) > len("#fff") else "#" + "".join(c * 2 for c in colour[1:])
    parts = [int(full[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 4.5),
        ("faint", "paper", 4.5),
        *(("cell", f"q{n}", 4.5) for n in range(5)),
        ("qxi", "qx", 4.5),
        ("share", "paper", 3),
        ("share", "track", 3),
        *((kind, "paper", 3) for kind in ("new", "text", "number", "negation", "review", "wrong")),
    ],
)
def test_colours_can_be_told_apart(scheme: int, text: str, ground: str, least: float) -> None:
    rules = re.findall(r":root\{[^}]*\}", STYLE)
    colours = dict(re.findall(r"--(\w+):(#\w+)", rules[scheme]))

    light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= least


# --- of a project -----------------------------------------------------------------------------


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    project = make_project(FILES)
    polypage("run", "--project", project.root)
    translate(project, "rolling", "vi")
    return project


def test_the_page_says_what_the_json_says(clinic: Project, tmp_path: Path) -> None:
    file = tmp_path / "out/status.html"

    done = polypage("status", "--project", clinic.root, "--html", file)
    told = json.loads(polypage("status", "--project", clinic.root, "--format", "json").stdout)

    assert done.output.startswith(f"wrote {file} (")
    table = html.parse(file).getroot().find(".//table")
    assert table is not None
    rows = [["".join(cell.itertext()) for cell in row] for row in table.findall("tbody/tr")]
    assert rows == [
        [
            f"{each['locale']} {each['name']}",
            f"{int(each['ratio'] * 100)} %",
            *(
                str(each[key])
                for key in ("words", "new_words", "fuzzy_words", "wrong_words", "published")
            ),
            *(str(each[key]) for key in ("ready", "held", "stale", "recalled", "failed")),
            each["oldest"]["since"] if each["oldest"] else "",
        ]
        for each in told["progress"]
    ]
    assert told["progress"][0]["translated_words"] > told["progress"][1]["translated_words"] == 0


@pytest.mark.needs_program("git")
def test_git_knows_how_coverage_grew(clinic: Project) -> None:
    def git(*arguments: str) -> None:
        own = ("-c", "user.name=t", "-c", "user.email=t@h.example", "-c", "commit.gpgsign=false")
        command = ["git", "-C", str(clinic.root), *own, *arguments]
        subprocess.run(command, check=True, capture_output=True)

    slugs = scope_of(clinic, (), ()).slugs
    git("init", "-q")
    before = history(clinic, slugs, ["vi", "ar"])
    git("add", "locales")
    git("commit", "-q", "-m", "rolling", "--date", "2026-02-01T10:00:00Z")
    translate(clinic, "peeling", "vi")
    git("commit", "-q", "-a", "-m", "peeling")

    found = history(clinic, slugs, ["vi", "ar"])

    assert before == History()
    assert found.articles == 2
    shares = [point.ratios["vi"] for point in found.points]
    assert 0 < shares[0] < shares[1] < 1
    assert [point.ratios["ar"] for point in found.points] == [0, 0]


def test_without_git_there_is_no_history(clinic: Project) -> None:
    found = history(clinic, scope_of(clinic, (), ()).slugs, ["vi"])

    assert found == History()
