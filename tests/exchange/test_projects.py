"""Files leave a project and come back to it; one that cannot be taken stops itself alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from polypage.catalogs import catalog as catalogs
from polypage.cli import main
from polypage.project import Project
from polypage.runs.exchanges import lines, receive, send
from polypage.runs.pipeline import run
from polypage.runs.report import Page
from polypage.runs.state import exclusive
from tests.conftest import ROOT, MakeProject
from tests.pipeline.projects import FILES, translated, tree

PO = "locales/vi/LC_MESSAGES/rolling.po"
FORMS = ("xliff", "xliff-1.2")


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make the clinic's project, with catalogs that are complete in Vietnamese."""
    return translated(make_project(FILES), "vi")


def edit(file: Path, *edits: tuple[str, str]) -> None:
    text = file.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_the_sample_project_comes_back_as_it_was(form: str, tmp_path: Path) -> None:
    for folder in ("source_articles", "locales"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "polypage.toml", tmp_path)
    before = tree(tmp_path / "locales")

    sent = send(tmp_path, tmp_path / "out", form=form)
    got = receive(tmp_path, [tmp_path / "out"])

    assert len(sent.catalogs) == len(got.catalogs) == 24
    assert (sent.exit_status, got.exit_status) == (0, 0)
    assert not any(each.written for each in got.catalogs)
    assert tree(tmp_path / "locales") == before


@pytest.mark.parametrize("form", FORMS)
def test_catalogs_that_are_gone_are_made_of_their_files_to_the_byte(
    form: str, clinic: Project
) -> None:
    before = tree(clinic.root / "locales")
    send(clinic.root, clinic.root / "out", form=form)
    for path in (clinic.root / "locales").rglob("*.po"):
        path.unlink()

    receive(clinic.root, [clinic.root / "out"])

    assert tree(clinic.root / "locales") == before


def test_what_an_error_keeps_off_pages_goes_out_to_memories_as_fuzzy_or_not_at_all(
    clinic: Project,
) -> None:
    edit(clinic.root / PO, ('msgstr "A needle !"', 'msgstr "A needle\u202e !"'))

    sent = send(clinic.root, clinic.root / "a", form="tmx", slugs=["rolling"], locales=["vi"])
    send(clinic.root, clinic.root / "b", form="tmx", slugs=["rolling"], locales=["vi"], fuzzy=True)

    without, marked = ((clinic.root / f"{name}/vi/rolling.tmx").read_text() for name in "ab")
    assert "A needle\u202e !" not in without
    assert "A needle\u202e !" in marked
    assert marked.count('"x-fuzzy"') == sent.catalogs[0].wrong == 1
    assert any("1 with an error" in line for line in lines(sent, Page()))


@pytest.mark.parametrize("form", FORMS)
def test_an_edit_comes_in_and_nothing_else_changes(form: str, clinic: Project) -> None:
    before = tree(clinic.root / "locales")
    send(clinic.root, clinic.root / "out", form=form, slugs=["rolling"], locales=["vi"])
    edit(clinic.root / "out/vi/rolling.xlf", (">A needle !<", ">Cây kim<"))

    got = receive(clinic.root, [clinic.root / "out"])

    after = tree(clinic.root / "locales")
    assert [(each.path, each.taken) for each in got.catalogs] == [(PO, 1)]
    path = PO.removeprefix("locales/")
    assert after[path] == before[path].replace(b"A needle !", "Cây kim".encode())
    assert {name for name in after if after[name] != before[name]} == {path}
    assert not receive(clinic.root, [clinic.root / "out"]).catalogs[0].written


def test_an_export_is_the_same_bytes_again_and_is_not_written_again(clinic: Project) -> None:
    send(clinic.root, clinic.root / "out", form="xliff")

    again = send(clinic.root, clinic.root / "out", form="xliff")

    assert again.catalogs
    assert not any(each.written for each in again.catalogs)


def test_a_lost_code_comes_in_is_reported_and_never_breaks_the_page(clinic: Project) -> None:
    send(clinic.root, clinic.root / "out", form="xliff", locales=["vi"])
    run(clinic.root)
    page = clinic.root / "site/vi/rolling.html"
    file = clinic.root / "out/vi/rolling.xlf"
    text = file.read_text("utf-8")
    start = text.index("<target>Read")
    end = text.index("</target>", start)
    file.write_text(f"{text[:start]}<target>Đọc trước đã.{text[end:]}", "utf-8")

    got = receive(clinic.root, [file])
    run(clinic.root)

    assert [finding.code for finding in got.findings] == ["inline-missing"]
    assert got.findings[0].path == PO
    assert got.exit_status == 1
    assert "Đọc trước đã." not in page.read_text("utf-8")
    assert '<a href="peeling.html#care">' in page.read_text("utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_imported_again_has_its_errors_told_again(
    form: str, clinic: Project
) -> None:
    send(clinic.root, clinic.root / "out", form=form, slugs=["rolling"], locales=["vi"])
    file = clinic.root / "out/vi/rolling.xlf"
    edit(file, (">A needle !<", ">A needle\u202e !<"))
    first = receive(clinic.root, [file])

    again = receive(clinic.root, [file])

    assert "bidi-override" in {finding.code for finding in first.findings}
    assert again.findings == first.findings
    assert (again.exit_status, again.catalogs[0].written) == (1, False)


def test_a_file_that_cannot_be_taken_stops_itself_alone(clinic: Project) -> None:
    send(clinic.root, clinic.root / "out", form="xliff", locales=["vi"])
    folder = clinic.root / "out/vi"
    edit(folder / "rolling.xlf", ("</xliff>", ""))
    edit(folder / "site.xlf", ("LC_MESSAGES/site.po", "LC_MESSAGES/../../../x.po"))
    edit(folder / "peeling.xlf", (">Peeling !<", ">Lột da<"))

    got = receive(clinic.root, [folder])

    assert [(f.path, f.code) for f in got.failures] == [
        ("out/vi/rolling.xlf", "exchange-unreadable"),
        ("out/vi/site.xlf", "exchange-unreadable"),
    ]
    assert got.exit_status == 1
    entries = catalogs.read(clinic.root / "locales/vi/LC_MESSAGES/peeling.po").entries
    assert any(entry.msgstr == "Lột da" for entry in entries)


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        (("LC_MESSAGES/rolling.po", "LC_MESSAGES/roling.po"), "'roling' is no article"),
        (("locales/vi/", "locales/de/"), "'de' is no locale of this project"),
        (('trgLang="vi"', 'trgLang="ar"'), "is for vi, but its translations are said to be in ar"),
        (('trgLang="vi"', 'trgLang="vx"'), "'vx' is no language"),
        (("locales/vi/", "/etc/"), "is no catalog"),
    ],
)
def test_a_file_of_another_project_is_refused(
    edits: tuple[str, str], says: str, clinic: Project
) -> None:
    send(clinic.root, clinic.root / "out", form="xliff", locales=["vi"], slugs=["rolling"])
    edit(clinic.root / "out/vi/rolling.xlf", edits)
    before = tree(clinic.root / "locales")

    got = receive(clinic.root, [clinic.root / "out"])

    (failure,) = got.failures
    assert says in failure.message
    assert failure.path == "out/vi/rolling.xlf"
    assert got.exit_status == 2
    assert tree(clinic.root / "locales") == before


def test_a_catalog_that_cannot_be_read_is_left_and_the_others_go_out(clinic: Project) -> None:
    (clinic.root / PO).write_text('msgid "unfinished')

    sent = send(clinic.root, clinic.root / "out", form="xliff", locales=["vi"])

    assert [failure.path for failure in sent.failures] == [PO]
    assert sent.exit_status == 1
    assert sorted(path.name for path in (clinic.root / "out/vi").iterdir()) == [
        "peeling.xlf",
        "site.xlf",
    ]


def test_a_page_that_cannot_be_read_keeps_its_own_catalogs_at_home(clinic: Project) -> None:
    (clinic.root / "source_articles/rolling.html").write_bytes(b"")

    sent = send(clinic.root, clinic.root / "out", form="xliff", locales=["vi"])

    assert [failure.code for failure in sent.failures] == ["source-unreadable"]
    assert sum(each.written for each in sent.catalogs) == 2


# --- memories ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("reviewed", "name"), [(False, "memory.po"), (True, "compendium.po")])
def test_a_memory_is_taken_in_once(reviewed: bool, name: str, clinic: Project) -> None:
    send(clinic.root, clinic.root / "out", form="tmx", locales=["vi"], slugs=["rolling"])

    first = receive(clinic.root, [clinic.root / "out"], reviewed=reviewed)
    path = clinic.root / "locales/vi" / name
    written = path.read_bytes()
    second = receive(clinic.root, [clinic.root / "out/vi/rolling.tmx"], reviewed=reviewed)

    assert first.catalogs[0].taken == len(catalogs.read(path).entries) > 3
    assert not second.catalogs[0].written
    assert path.read_bytes() == written
    assert [each.name for each in path.parent.glob("*.po")] == [name]


def test_what_is_there_stands_and_is_reported(clinic: Project) -> None:
    send(clinic.root, clinic.root / "out", form="tmx", locales=["vi"], slugs=["rolling"])
    receive(clinic.root, [clinic.root / "out"])
    written = (clinic.root / "locales/vi/memory.po").read_bytes()
    edit(clinic.root / "out/vi/rolling.tmx", ("A needle !", "Cây kim"))

    got = receive(clinic.root, [clinic.root / "out"])

    assert (clinic.root / "locales/vi/memory.po").read_bytes() == written
    assert [finding.code for finding in got.findings] == ["exchange-otherwise"]


@pytest.mark.parametrize("reviewed", [False, True])
def test_a_memory_only_suggests_unless_it_is_reviewed(reviewed: bool, clinic: Project) -> None:
    send(clinic.root, clinic.root / "out", form="tmx", locales=["vi"], slugs=["rolling"])
    edit(clinic.root / "out/vi/rolling.tmx", ('"vi"', '"ar"'), ("A needle !", "إبرة"))

    receive(clinic.root, [clinic.root / "out"], reviewed=reviewed)
    run(clinic.root, stages=["extract", "update"])

    entries = catalogs.read(clinic.catalog_path("rolling", "ar")).live
    (needle,) = (entry for entry in entries if entry.msgid == "A needle")
    assert needle.msgstr == "إبرة"
    assert needle.fuzzy is not reviewed


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        (('xml:lang="vi"', 'xml:lang="de"'), "de is no locale of this project; there are: vi, ar"),
        (('"en"', '"fr"'), "its source language is fr, the project's is en"),
    ],
)
def test_a_memory_of_other_languages_is_refused(
    edits: tuple[str, str], says: str, clinic: Project
) -> None:
    send(clinic.root, clinic.root / "out", form="tmx", locales=["vi"], slugs=["rolling"])
    edit(clinic.root / "out/vi/rolling.tmx", edits)

    got = receive(clinic.root, [clinic.root / "out"])

    assert [says in failure.message for failure in got.failures] == [True]


# --- the commands -----------------------------------------------------------------------------


def polypage(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_commands_say_what_they_did(clinic: Project) -> None:
    root = clinic.root
    out = polypage("export", "--project", root, "-l", "vi", "-o", root / "out")
    edit(root / "out/vi/rolling.xlf", (">A needle !<", ">Cây kim<"))
    back = polypage("import", "--project", root, root / "out")

    assert out.output == "files      3 written, 0 unchanged · entries: 10\n"
    assert f"{root}/out/vi/rolling.xlf: 1 of 5 entries changed\n" in back.output
    assert back.output.endswith("catalogs   1 of 3 written · entries: 1 changed\n")


def test_the_commands_speak_json(clinic: Project) -> None:
    root, json_ = clinic.root, ("--format", "json")
    out = polypage("export", "--project", root, "-l", "vi", "-o", root / "out", *json_)
    (root / "out/vi/rolling.xlf").write_text("<xliff")
    back = polypage("import", "--project", root, root / "out", *json_)

    sent, got = json.loads(out.stdout), json.loads(back.stdout)
    assert (sent["command"], sent["good"], len(sent["catalogs"])) == ("export", True, 3)
    assert (got["command"], got["good"], len(got["catalogs"])) == ("import", False, 3)
    assert got["failures"][0]["code"] == "exchange-unreadable"
    assert got["failures"][0]["line"] == 1


@pytest.mark.parametrize("files", [["nowhere.xlf"], ["locales"]])
def test_where_there_is_nothing_to_import_it_says_so(files: list[str], clinic: Project) -> None:
    done = polypage("import", "--project", clinic.root, *(clinic.root / each for each in files))

    assert done.exit_code == 2
    assert "there is no such file" in done.output or "has no exchange files in it" in done.output


def test_nothing_is_imported_while_a_run_is_at_work(clinic: Project) -> None:
    polypage("export", "--project", clinic.root, "-o", clinic.root / "out")

    with exclusive(clinic.state_dir):
        done = polypage("import", "--project", clinic.root, clinic.root / "out")

    assert done.exit_code == 2
    assert "another run is at work" in done.output
