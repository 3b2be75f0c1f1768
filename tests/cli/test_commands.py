"""The commands, as they are typed."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from polypage.cli import main
from polypage.model import Entry
from polypage.project import Project
from polypage.runs.scope import scope_of
from polypage.runs.state import exclusive
from tests.conftest import ROOT, MakeProject
from tests.pipeline.projects import FILES, times, translate


def polypage(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a project that was run once, and is translated to Vietnamese since."""
    project = make_project(FILES)
    polypage("run", "--project", project.root)
    for slug in ("rolling", "peeling", "site"):
        translate(project, slug, "vi")
    return project


def test_init_makes_a_project_that_runs(tmp_path: Path) -> None:
    folder = tmp_path / "new"

    made = polypage("init", folder, "-l", "vi", "-l", "zh-Hant-TW")
    done = polypage("run", "--project", folder)

    assert made.exit_code == 0
    assert f"wrote {folder}/polypage.toml" in made.output
    assert made.output.endswith(f"next: polypage run --project {folder}\n")
    assert 'locales = ["vi", "zh_Hant_TW"]' in (folder / "polypage.toml").read_text()
    assert (folder / "flows/localize.py").is_file()
    assert (folder / ".gitignore").is_file()
    assert "1 published, 2 held" in done.output
    assert done.output.endswith("open       site/en/sleeping-well.html\n")


def test_init_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "polypage.toml").write_text("# mine\n")

    made = polypage("init", tmp_path)

    assert f"kept  {tmp_path}/polypage.toml" in made.output
    assert (tmp_path / "polypage.toml").read_text() == "# mine\n"


@pytest.mark.parametrize("mine", ["polypage.toml", "source_articles/skin/scars.htm"])
def test_init_puts_no_sample_article_beside_those_of_a_project(tmp_path: Path, mine: str) -> None:
    path = tmp_path / mine
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", "utf-8")

    made = polypage("init", tmp_path)

    assert made.exit_code == 0
    assert "sleeping-well.html" not in made.output
    assert not (tmp_path / "source_articles/sleeping-well.html").exists()
    assert (tmp_path / "flows/localize.py").is_file()


@pytest.mark.parametrize(
    ("asked", "is_heard"),
    [
        (["-l", "fr"], False),
        (["-l", "vi", "-l", "fr"], False),
        (["--source-locale", "de"], False),
        (["-l", "vi"], True),
        (["-l", "zh-Hant-TW", "-l", "vi", "--source-locale", "en"], True),
    ],
)
def test_init_does_nothing_where_the_settings_say_otherwise(
    tmp_path: Path, asked: list[str], *, is_heard: bool
) -> None:
    settings = '[project]\nlocales = ["vi", "zh_Hant_TW"]\n'
    (tmp_path / "polypage.toml").write_text(settings)

    made = polypage("init", tmp_path, *asked)

    assert (tmp_path / "polypage.toml").read_text() == settings
    assert made.exit_code == (0 if is_heard else 2)
    assert (tmp_path / "flows").exists() is is_heard
    assert ("is there already" in made.output) is not is_heard


def test_init_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    made = polypage("init", tmp_path / "file")

    assert made.exit_code == 2
    assert "cannot be written" in made.output


def test_each_stage_can_be_done_on_its_own(clinic: Project) -> None:
    root = clinic.root
    stages = ("extract", "update", "check", "build", "audit")

    outputs = {stage: polypage(stage, "--project", root) for stage in stages}

    assert {stage: done.exit_code for stage, done in outputs.items()} == {
        "extract": 0,
        "update": 0,
        "check": 0,
        "build": 1,
        "audit": 0,
    }
    assert "templates  3 unchanged" in outputs["extract"].output
    assert "catalogs   6 unchanged" in outputs["update"].output
    assert "findings   10 warnings" in outputs["check"].output
    assert "pages      4 published, 2 held" in outputs["build"].output
    assert "proofs     4 proven" in outputs["audit"].output


def test_commands_that_only_look_write_nothing(clinic: Project) -> None:
    def files() -> dict[str, int]:
        return {p: t for p, t in times(clinic.root).items() if ".polypage" not in p}

    before = files()

    for command in ("check", "audit", "status"):
        polypage(command, "--project", clinic.root)

    assert files() == before


def test_status_shows_how_much_is_translated(clinic: Project) -> None:
    done = polypage("status", "--articles", "--project", clinic.root, "-l", "vi")

    assert done.exit_code == 0
    assert [line.split() for line in done.output.splitlines()] == [
        ["article", "words", "en", "vi"],
        ["peeling", "15", "●", "100", "%"],
        ["rolling", "14", "●", "100", "%"],
        ["site", "3", "100", "%"],
        [],
        ["●", "published"],
    ]


def test_status_tells_how_far_each_locale_has_come(clinic: Project) -> None:
    done = polypage("status", "--project", clinic.root)

    assert [line.split()[:5] for line in done.output.splitlines()[:3]] == [
        ["locale", "done", "words", "new", "fuzzy"],
        ["vi", "100", "%", "26", "0"],
        ["ar", "0", "%", "26", "26"],
    ]


def test_status_reads_nothing_of_what_is_settled(clinic: Project) -> None:
    polypage("run", "--project", clinic.root)
    polypage("run", "--project", clinic.root)
    before = polypage("status", "--project", clinic.root, "--format", "json").stdout
    (clinic.state_dir / "state.sqlite3").unlink()

    told = polypage("status", "--project", clinic.root, "--format", "json").stdout

    assert told == before
    with closing(sqlite3.connect(clinic.state_dir / "state.sqlite3")) as state:
        read = {name for (name,) in state.execute("SELECT name FROM state")}
    assert read == {"site/en", "site/vi", "site/ar"}


def test_reports_can_be_had_as_json(clinic: Project) -> None:
    done = polypage("run", "--project", clinic.root, "--format", "json")

    report = json.loads(done.stdout)
    assert report["command"] == "run"
    assert [page["status"] for page in report["pages"] if page["locale"] == "ar"] == ["held"] * 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["rollin"], "'rollin' is no article; did you mean 'rolling'?"),
        (["-l", "fr"], "'fr' is no locale of this project; there are: vi, ar"),
        (["-l", "klingon"], "klingon: no locale of this name is known"),
    ],
)
def test_names_that_the_project_does_not_have_are_refused(
    clinic: Project, arguments: list[str], says: str
) -> None:
    done = polypage("run", "--project", clinic.root, *arguments)

    assert done.exit_code == 2
    assert says in done.output


def test_two_runs_at_a_time_are_refused(clinic: Project) -> None:
    with exclusive(clinic.state_dir):
        done = polypage("run", "--project", clinic.root)

    assert done.exit_code == 2
    assert "another run is at work" in done.output


def test_several_names_are_worked_on_in_their_order(clinic: Project) -> None:
    scope = scope_of(clinic, ["rolling", "peeling", "rolling"], ["ar"])

    assert scope.slugs == ("rolling", "peeling")
    assert scope.others == ()
    assert scope.locales == ("ar",)


@pytest.mark.parametrize("folder", ["", "source_articles"])
def test_an_article_can_be_named_by_its_path(
    clinic: Project, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    page = clinic.source_dir / "rolling.html"
    monkeypatch.chdir(clinic.root / folder)
    here = page.relative_to(clinic.root / folder).as_posix()

    scopes = [scope_of(clinic, [name], []) for name in (here, str(page), "rolling.html")]

    assert [scope.slugs for scope in scopes] == [("rolling",)] * 3


def test_findings_are_named_from_where_the_command_runs(
    clinic: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    translate(clinic, "peeling", "vi", lambda entry: replace(entry, msgstr="Peel for 50 minutes."))
    monkeypatch.chdir(clinic.root.parent)

    github = polypage("check", "--project", clinic.root, "--format", "github")
    sarif = polypage("check", "--project", clinic.root, "--format", "sarif")

    place = f"file={clinic.root.name}/locales/vi/LC_MESSAGES/peeling.po,line="
    assert github.exit_code == sarif.exit_code == 1
    assert f"::error {place}" in github.output
    results = json.loads(sarif.output)["runs"][0]["results"]
    assert "error" in {result["level"] for result in results}


def test_a_page_that_is_held_is_named_to_code_hosts(
    clinic: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    translate(clinic, "peeling", "vi", lambda entry: replace(entry, msgstr=""))
    monkeypatch.chdir(clinic.root.parent)

    github = polypage("run", "--project", clinic.root, "-l", "vi", "--format", "github")
    sarif = polypage("run", "--project", clinic.root, "-l", "vi", "--format", "sarif")

    path = f"{clinic.root.name}/locales/vi/LC_MESSAGES/peeling.po"
    assert github.exit_code == sarif.exit_code == 1
    (told,) = (line for line in github.output.splitlines() if "title=page-held" in line)
    assert told.startswith(f"::warning file={path},line=")
    assert "::site/vi/peeling.html is held: " in told
    (result,) = (
        each
        for each in json.loads(sarif.output)["runs"][0]["results"]
        if each["ruleId"] == "page-held"
    )
    place = result["locations"][0]["physicalLocation"]
    assert (result["level"], place["artifactLocation"]["uri"]) == ("warning", path)
    line = (
        (clinic.root.parent / path).read_text("utf-8").split("\n")[place["region"]["startLine"] - 1]
    )
    assert line.startswith("msgstr")


def test_check_compares_the_translations_of_articles(clinic: Project) -> None:
    def otherwise(entry: Entry) -> Entry:
        return replace(entry, msgstr="Only for you.") if "information" in entry.msgid else entry

    def answered(entry: Entry) -> Entry:
        return replace(entry, translator_comments=("polypage-ok: translation-varies better here",))

    translate(clinic, "rolling", "vi", otherwise)
    findings = polypage("check", "--project", clinic.root).output
    of_one = polypage("check", "--project", clinic.root, "rolling").output
    translate(clinic, "rolling", "vi", answered)
    later = polypage("check", "--project", clinic.root).output

    told = "the same text is “For information only. !” in locales/vi/LC_MESSAGES/peeling.po:"
    assert told in findings
    assert "translation-varies" not in of_one + later


SLOW = {
    "babel.dates",
    "polypage.checking.checks",
    "polypage.reading.extract",
    "prefect",
    "rapidfuzz",
    "rich",
}
"""Modules that take their time to import."""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["status"]])
def test_commands_that_only_look_start_without_what_is_slow(
    clinic: Project, arguments: list[str]
) -> None:
    def call(*options: str) -> str:
        command = [sys.executable, *options]
        return subprocess.run(
            command, cwd=clinic.root, check=True, capture_output=True, text=True
        ).stderr

    call("-m", "polypage", "status")
    told = call("-X", "importtime", "-m", "polypage", *arguments)

    imported = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    assert imported & SLOW == set()


EVERYTHING = """
import pkgutil, sys
import polypage
for module in pkgutil.walk_packages(polypage.__path__, "polypage."):
    if not module.name.endswith(".__main__"):
        __import__(module.name)
import polypage.cli
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_who_imports_all_of_polypage_imports_no_scheduler() -> None:
    command = [sys.executable, "-c", EVERYTHING]

    imported = subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()

    assert {"polypage", "lxml", "click"} <= set(imported)
    assert not {"prefect", "dask", "distributed", "flows"} & set(imported)


def test_every_command_is_documented() -> None:
    written = "\n".join(path.read_text() for path in (ROOT / "docs").rglob("*.md"))

    assert [name for name in main.commands if f"polypage {name}" not in written] == []
