"""A whole project is moved, and comes back; until it is told to, nothing is written."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from polypage.catalogs import catalog as catalogs
from polypage.cli import main
from polypage.project import Project, load
from polypage.runs.migrations import perform, survey
from polypage.runs.pipeline import run
from tests.conftest import ROOT, MakeProject
from tests.pipeline.projects import FILES, SETTINGS, translated, tree

PO = "locales/vi/LC_MESSAGES/peeling.po"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Copy the sample project, brought up to date."""
    for folder in ("source_articles", "locales"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "polypage.toml", tmp_path)
    run(tmp_path)
    return tmp_path


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make the clinic's project, with catalogs that are complete in Vietnamese."""
    return translated(make_project(FILES), "vi")


def translations(root: Path) -> dict[tuple[str, str], str]:
    """Return the translation of every live entry."""
    return {
        (path.relative_to(root).as_posix(), entry.msgid): f"{entry.msgstr} {entry.fuzzy}"
        for path in sorted((root / "locales").rglob("*.po"))
        for entry in catalogs.read(path).live
    }


def test_the_sample_project_is_moved_there_and_back(sample: Path) -> None:
    before = translations(sample)

    there = perform(sample, to="sentence")
    between = translations(sample)
    back = perform(sample, to="block")

    assert not there.failures
    assert not back.failures
    assert len(between) > len(before)
    assert translations(sample) == before
    assert 'segmentation = "block"' in (sample / "polypage.toml").read_text()


def test_where_all_translations_are_carried_the_pages_are_the_same(sample: Path) -> None:
    pages = {path: data for path, data in tree(sample).items() if path.startswith("site/")}

    moved = perform(sample, to="sentence")
    run(sample)

    doubtful = {each.locale for each in moved.catalogs if each.fuzzy or each.open}
    tags = {locale.replace("_", "-") for locale in doubtful}
    same = {path for path in pages if path.split("/")[1] not in tags}
    assert {"site/vi/micro-needle-rolling.html", "site/es/micro-needle-rolling.html"} <= same
    assert {path for path in same if tree(sample)[path] != pages[path]} == set()


def test_after_a_move_everything_is_up_to_date(sample: Path) -> None:
    # What is like one of the new texts would be suggested, as for any text without a translation.
    settings = sample / "polypage.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n[memory]\nsuggest = false\n", "utf-8")
    perform(sample, to="sentence")
    before = tree(sample)

    done = run(sample, stages=["extract", "update"])

    assert not done.changed
    assert tree(sample) == before


def test_a_survey_writes_nothing_and_says_what_would_be(clinic: Project) -> None:
    before = tree(clinic.root)

    plan = survey(clinic.root, to="sentence")

    assert tree(clinic.root) == before
    peeling = next(each for each in plan.catalogs if each.path == PO)
    assert (peeling.before.entries, peeling.after.entries) == (4, 5)
    assert (peeling.before.translated, peeling.after.translated) == (4, 5)
    assert (peeling.carried, peeling.fuzzy, peeling.open) == (2, 0, 0)


def test_one_broken_catalog_keeps_all_as_they_are(clinic: Project) -> None:
    path = clinic.root / PO
    path.write_text(path.read_text().replace('msgstr "Peeling !"', 'msgstr "Peeling !'))
    before = tree(clinic.root)

    moved = perform(clinic.root, to="sentence")

    assert tree(clinic.root) == before
    assert [failure.path for failure in moved.failures] == [PO]
    assert not moved.written


def test_what_translators_did_meanwhile_goes_the_way_back(clinic: Project) -> None:
    perform(clinic.root, to="sentence")
    catalog = catalogs.read(clinic.root / PO)
    entries = (
        replace(entry, msgstr="Lột 5 phút.") if entry.msgid == "Peel for 5 minutes." else entry
        for entry in catalog.entries
    )
    catalogs.write(clinic.root / PO, replace(catalog, entries=tuple(entries)))

    perform(clinic.root, to="block")

    live = {entry.msgid: entry for entry in catalogs.read(clinic.root / PO).live}
    block = live["Peel for 5 minutes. Then see <a1>rolling</a1>."]
    assert block.msgstr == "Lột 5 phút. Then see <a1>rolling</a1>. !"


def test_a_setting_changed_by_hand_comes_first(make_project: MakeProject, clinic: Project) -> None:
    """Whoever sets it and runs before moving loses nothing by it."""
    make_project({"polypage.toml": f'{SETTINGS}[extract]\nsegmentation = "sentence"\n'})
    run(clinic.root, stages=["extract", "update"])

    moved = perform(clinic.root, to="sentence")

    live = {entry.msgid: entry for entry in catalogs.read(clinic.root / PO).live}
    assert not moved.failures
    assert live["Peel for 5 minutes."].usable
    assert live["Then see <a1>rolling</a1>."].usable


# --- the command ------------------------------------------------------------------------------


def polypage(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(arguments))
    return done.exit_code, done.output


def test_the_command_says_what_would_be_and_how_to_do_it(clinic: Project) -> None:
    status, output = polypage("migrate", "--to", "sentence", "--project", str(clinic.root))

    assert status == 0
    assert "nothing is written yet: polypage migrate --to sentence --write does it" in output
    assert load(clinic.root).settings.extract.segmentation == "block"


def test_the_command_does_it_when_told(clinic: Project) -> None:
    status, output = polypage(
        "migrate", "--to", "sentence", "--write", "--project", str(clinic.root)
    )

    assert status == 0
    assert 'moved; polypage.toml now says segmentation = "sentence"' in output
    assert load(clinic.root).settings.extract.segmentation == "sentence"


def test_the_command_speaks_json(clinic: Project) -> None:
    status, output = polypage(
        "migrate", "--to", "sentence", "--project", str(clinic.root), "--format", "json"
    )

    report = json.loads(output)
    assert status == 0
    assert (report["command"], report["to"], report["written"]) == ("migrate", "sentence", False)
    peeling = next(each for each in report["catalogs"] if each["path"] == PO)
    assert peeling["before"]["entries"] == 4
    assert peeling["after"]["entries"] == 5


def test_the_command_names_what_cannot_be_read(clinic: Project) -> None:
    (clinic.root / PO).write_text('msgid "unfinished')

    status, output = polypage(
        "migrate", "--to", "sentence", "--write", "--project", str(clinic.root)
    )

    assert status == 1
    assert f"{PO}:1" in output
    assert "nothing is written: all must be readable first" in output
