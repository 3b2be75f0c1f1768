from __future__ import annotations

import os
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from polypage.catalogs.catalog import read
from polypage.model import Entry
from polypage.project import Project
from polypage.runs.memories import rebuild
from polypage.runs.pipeline import run
from tests.conftest import SETTINGS, MakeProject
from tests.memory.keeping import catalog
from tests.pipeline.projects import tree

PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<p>{text}</p>
"""
UPDATE = ["extract", "update"]


def page(title: str, text: str) -> str:
    return PAGE.format(title=title, text=text)


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make two articles, of which one is translated."""
    project = make_project(
        {
            "source_articles/dose.html": page("Doses", "Take 5 mg with food."),
            "source_articles/skin/roll.html": page("Rolling", "Roll it gently."),
        }
    )
    run(project.root, stages=UPDATE)
    translate(project, "dose", {"Doses": "Liều", "Take 5 mg with food.": "Uống 5 mg khi ăn."})
    return project


def translate(project: Project, slug: str, translations: dict[str, str]) -> None:
    path = project.catalog_path(slug, "vi")
    text = path.read_text("utf-8")
    for msgid, msgstr in translations.items():
        pattern = rf'(msgid "{re.escape(msgid)}"\nmsgstr )"[^\n]*"'
        text, count = re.subn(pattern, rf'\1"{msgstr}"', text)
        assert count == 1
    path.write_text(text, "utf-8")


def edit(project: Project, slug: str, title: str, text: str) -> None:
    project.source_path(slug).write_text(page(title, text), "utf-8")


def entry(project: Project, slug: str, msgid: str, locale: str = "vi") -> Entry:
    entries = read(project.catalog_path(slug, locale)).entries
    return next(each for each in entries if each.msgid == msgid)


def test_what_one_article_has_is_suggested_for_another(clinic: Project) -> None:
    edit(clinic, "skin/roll", "Doses", "Take 10 mg with food.")

    done = run(clinic.root, stages=UPDATE)

    title = entry(clinic, "skin/roll", "Doses")
    assert (title.msgstr, title.fuzzy) == ("Liều", True)
    assert "suggested from dose.po, 100 %" in title.extracted_comments
    text = entry(clinic, "skin/roll", "Take 10 mg with food.")
    assert (text.msgstr, text.fuzzy) == ("Uống 10 mg khi ăn.", True)
    assert not entry(clinic, "skin/roll", "Doses", "de").translated
    fuzzy = {outcome.locale: outcome.fuzzy for outcome in done.updated if "roll" in outcome.slug}
    assert fuzzy == {"de": 0, "vi": 2, "ar": 0}


def test_what_settings_or_the_glossary_call_an_error_is_not_suggested(clinic: Project) -> None:
    glossary = clinic.glossary_path("vi", ".csv")
    glossary.write_text("source,target,status\nDoses,Liều,forbidden\n", "utf-8")
    settings = clinic.root / "polypage.toml"
    wanted = '\n[checks.severity]\nterm-forbidden = "error"\n'
    settings.write_text(settings.read_text("utf-8") + wanted, "utf-8")
    edit(clinic, "skin/roll", "Doses", "Take 10 mg with food.")

    run(clinic.root, stages=UPDATE)

    assert not entry(clinic, "skin/roll", "Doses").translated
    assert entry(clinic, "skin/roll", "Take 10 mg with food.").fuzzy

    glossary.unlink()
    run(clinic.root, stages=UPDATE)

    assert entry(clinic, "skin/roll", "Doses").msgstr == "Liều"


def test_what_was_translated_since_is_suggested_for_what_is_still_empty(clinic: Project) -> None:
    edit(clinic, "skin/roll", "Rolling", "Stop at once.")
    run(clinic.root, stages=UPDATE)
    edit(clinic, "dose", "Doses", "Stop at once.")
    run(clinic.root, stages=UPDATE)

    translate(clinic, "skin/roll", {"Stop at once.": "Dừng ngay."})
    run(clinic.root, stages=UPDATE)

    assert entry(clinic, "dose", "Stop at once.").fuzzy


@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_run_writes_nothing(clinic: Project, workers: int) -> None:
    edit(clinic, "dose", "Doses and more", "Take 5 mg with <strong>food</strong>.")
    edit(clinic, "skin/roll", "Doses", "Take 10 mg with <strong>food</strong>.")

    run(clinic.root, stages=UPDATE, workers=workers)
    before = tree(clinic.root)
    done = run(clinic.root, stages=UPDATE, workers=workers)

    assert done.settled
    assert tree(clinic.root) == before


def test_what_a_crew_remembers_is_what_a_single_process_does(make_project: MakeProject) -> None:
    project = make_project({"source_articles/dose.html": page("Doses", "Take 5 mg.")})
    for number in range(120):  # so many that it is not done alone
        path = project.catalog_path(f"former/{number:03}", "vi" if number % 2 else "de")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(catalog({"Stop at once.": "Dừng", f"Take {number} mg.": f"{number} mg"}))

    run(project.root, stages=["update"], workers=2)

    by_crew = dump(project)
    rebuild(project.root)
    assert len(by_crew["translations"]) == 240
    assert by_crew == dump(project)


def test_a_catalog_that_broke_stays_remembered_until_it_is_mended(clinic: Project) -> None:
    run(clinic.root, stages=UPDATE)
    before = dump(clinic)
    path = clinic.catalog_path("dose", "vi")
    whole = path.read_bytes()

    path.write_bytes(whole[:-20])
    run(clinic.root, stages=["update"])
    broken = dump(clinic)

    path.write_bytes(whole.replace("Liều".encode(), b"Dose"))
    run(clinic.root, stages=["update"])
    assert broken == before != dump(clinic)


def dump(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """Read all that the memory holds."""
    with closing(sqlite3.connect(project.memory_dir / "segments.sqlite3")) as connection:
        return {
            table: sorted(connection.execute("SELECT * FROM " + table))  # noqa: S608 - our own
            for table in ("catalogs", "texts", "translations", "identities", "unsettled")
        }


def test_what_a_run_carries_over_serves_other_articles_in_the_same_run(clinic: Project) -> None:
    edit(clinic, "dose", "Doses", "Take 5 mg – with food.")
    translate(clinic, "dose", {"Take 5 mg with food.": "Uống 5 mg – khi ăn."})
    path = clinic.catalog_path("dose", "vi")
    text = path.read_text("utf-8").replace("Take 5 mg with food.", "Take 5 mg - with food.")
    path.write_text(text, "utf-8")
    edit(clinic, "skin/roll", "Rolling", "Take 5 mg – with food.")

    run(clinic.root, stages=UPDATE)
    before = tree(clinic.root)

    carried = entry(clinic, "dose", "Take 5 mg – with food.")
    suggested = entry(clinic, "skin/roll", "Take 5 mg – with food.")
    assert carried.usable
    assert (suggested.msgstr, suggested.fuzzy) == (carried.msgstr, True)
    assert run(clinic.root, stages=UPDATE).settled
    assert tree(clinic.root) == before


def test_catalogs_are_the_same_with_a_new_memory(clinic: Project) -> None:
    edit(clinic, "skin/roll", "Doses", "Take 10 mg with food.")
    run(clinic.root, stages=UPDATE)
    before = tree(clinic.root)
    for path in clinic.state_dir.rglob("*"):
        if path.is_file() and path.name != "lock":
            path.write_bytes(b"damaged")

    done = run(clinic.root, stages=UPDATE)

    assert not done.failures
    assert tree(clinic.root) == before


def test_with_the_setting_off_nothing_is_suggested(clinic: Project) -> None:
    settings = f"{SETTINGS}[memory]\nsuggest = false\n"
    (clinic.root / "polypage.toml").write_text(settings, "utf-8")
    edit(clinic, "skin/roll", "Doses", "Roll it gently.")

    run(clinic.root, stages=UPDATE)

    assert not entry(clinic, "skin/roll", "Doses").translated


def test_a_higher_score_asks_for_more_likeness(clinic: Project) -> None:
    settings = f"{SETTINGS}[memory]\nmin_score = 0.99\n"
    (clinic.root / "polypage.toml").write_text(settings, "utf-8")
    edit(clinic, "skin/roll", "Doses", "Take 10 mg with food.")

    run(clinic.root, stages=UPDATE)

    assert entry(clinic, "skin/roll", "Doses").translated
    assert not entry(clinic, "skin/roll", "Take 10 mg with food.").translated


COMPENDIUM = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Rolling"
msgstr "Lăn kim"
"""


def test_the_compendium_serves_all_articles_once_it_is_there(clinic: Project) -> None:
    clinic.compendium_path("vi").write_text(COMPENDIUM, "utf-8")

    run(clinic.root, stages=UPDATE)

    assert entry(clinic, "skin/roll", "Rolling").usable
    assert run(clinic.root, stages=UPDATE).settled


def test_what_is_like_the_compendium_is_suggested(clinic: Project) -> None:
    clinic.compendium_path("vi").write_text(COMPENDIUM, "utf-8")
    edit(clinic, "skin/roll", "The rolling", "Roll it gently.")

    run(clinic.root, stages=UPDATE)

    found = entry(clinic, "skin/roll", "The rolling")
    assert found.fuzzy
    assert "suggested from compendium.po, 77 %" in found.extracted_comments


@pytest.mark.parametrize("name", ["compendium", "memory"])
def test_a_broken_memory_is_told_once_and_stops_no_catalog(clinic: Project, name: str) -> None:
    path = clinic.locales_dir / "vi" / f"{name}.po"
    path.write_text(f'{COMPENDIUM}\nmsgid "Take', "utf-8")
    edit(clinic, "skin/roll", "Doses", "Roll it gently.")

    done = run(clinic.root, stages=UPDATE)

    (failure,) = done.failures
    assert (failure.path, failure.line) == (f"locales/vi/{name}.po", 7)
    assert entry(clinic, "skin/roll", "Doses").fuzzy
    assert done.exit_status == 1


def test_a_broken_memory_from_elsewhere_is_not_read_where_nothing_is_suggested(
    clinic: Project,
) -> None:
    settings = clinic.root / "polypage.toml"
    settings.write_text(f"{settings.read_text('utf-8')}\n[memory]\nsuggest = false\n", "utf-8")
    clinic.imported_path("vi").write_text('msgid "Take', "utf-8")

    assert not run(clinic.root, stages=UPDATE).failures


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_a_catalog_whose_name_is_no_text_is_not_remembered(clinic: Project) -> None:
    run(clinic.root)
    there, before = clinic.catalog_path("dose", "vi"), dump(clinic)
    Path(os.fsdecode(os.fsencode(there.parent) + b"/bad\xff.po")).write_bytes(there.read_bytes())

    done = run(clinic.root)

    assert not done.failures
    assert dump(clinic) == before
