"""Findings stand in the catalogs, for editors to show, as long as they are true."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from polypage.catalogs.catalog import Catalog, read
from polypage.catalogs.merge import merge
from polypage.catalogs.threeway import merge_versions
from polypage.catalogs.uniting import FINDING, noted_code, united
from polypage.checking.checklist import CHECKS
from polypage.checking.rows import Check
from polypage.model import Entry
from polypage.project import Project
from polypage.runs.pipeline import run
from tests.conftest import MakeProject

PAGE = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Dose</title></head>
<body><p>Take 5 mg.</p><p>Rest well.</p><p>Do not drive.</p></body></html>
"""
TRANSLATED = {"Dose": "Dosis", "Take 5 mg.": "Nehmen Sie 50 mg.", "Rest well.": "Ruhen Sie gut."}
WRITE = ("note", "check", "compare")
DOSE = "finding: number-changed: 5 mg has become 50 mg"


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    """Make a project with one wrong translation."""
    made = make_project({"source_articles/dose.html": PAGE})
    run(made.root, stages=["extract", "update"], locales=["de"])
    type_in(catalog(made), TRANSLATED)
    return made


def catalog(project: Project, slug: str = "dose") -> Path:
    return project.catalog_path(slug, "de")


def type_in(path: Path, translations: dict[str, str], comment: str = "") -> None:
    text = path.read_text("utf-8")
    for msgid, msgstr in translations.items():
        start = text.index(f'msgid "{msgid}"\n')
        end = text.index("\n", text.index("msgstr", start))
        line = f'{comment}msgid "{msgid}"\nmsgstr "{msgstr}"'
        text = text[:start] + line + text[end:]
    path.write_text(text, "utf-8")


def noted(path: Path) -> dict[str, list[str]]:
    """Return the comments about findings by msgid."""
    told = {
        entry.msgid: [line for line in entry.extracted_comments if line.startswith(FINDING)]
        for entry in read(path).entries
    }
    return {msgid: lines for msgid, lines in told.items() if lines}


def write(project: Project, *slugs: str) -> bool:
    return run(project.root, stages=WRITE, slugs=slugs).changed


def test_findings_are_written_at_their_entries_once(project: Project) -> None:
    before = catalog(project).read_text("utf-8")

    assert write(project)

    assert noted(catalog(project)) == {"Take 5 mg.": [DOSE]}
    assert catalog(project).read_text("utf-8").replace(f"#. {DOSE}\n", "") == before
    assert not write(project)


def test_the_lines_that_are_told_are_those_of_the_catalog_with_its_comments(
    project: Project,
) -> None:
    (finding,) = run(project.root, stages=WRITE, locales=["de"]).findings

    lines = catalog(project).read_text("utf-8").split("\n")
    assert lines[(finding.line or 0) - 1] == 'msgstr "Nehmen Sie 50 mg."'


@pytest.mark.parametrize(
    ("msgstr", "comment"),
    [
        ("Nehmen Sie 5 mg.", ""),
        ("", ""),
        ("Nehmen Sie 50 mg.", "# polypage-ok: number-changed sold so here\n"),
    ],
    ids=["mended", "emptied", "waived"],
)
def test_what_is_no_finding_any_more_goes(project: Project, msgstr: str, comment: str) -> None:
    write(project)
    text = catalog(project).read_text("utf-8")

    where = text.index("#. paragraph")
    catalog(project).write_text(text[:where] + comment + text[where:], "utf-8")
    type_in(catalog(project), {"Take 5 mg.": msgstr})
    write(project)

    assert noted(catalog(project)) == {}
    assert not write(project)


@pytest.mark.parametrize(
    ("msgstr", "comment"),
    [
        ("Nehmen Sie 5 mg.", ""),
        ("Nehmen Sie 50 mg.", "# polypage-ok: number-changed sold so here\n"),
    ],
    ids=["mended", "waived"],
)
def test_an_update_takes_away_what_is_no_finding_any_more_and_nothing_else(
    project: Project, msgstr: str, comment: str
) -> None:
    write(project)
    type_in(catalog(project), {"Rest well.": "Ruhen Sie 3 Tage."})  # a finding that nobody noted
    text = catalog(project).read_text("utf-8")
    where = text.index("#. paragraph")
    catalog(project).write_text(text[:where] + comment + text[where:], "utf-8")
    type_in(catalog(project), {"Take 5 mg.": msgstr})
    saved = catalog(project).read_text("utf-8")

    (updated,) = run(project.root, stages=["update"], slugs=["dose"], locales=["de"]).updated

    assert updated.written
    assert catalog(project).read_text("utf-8") == saved.replace(f"#. {DOSE}\n", "")
    assert not run(project.root, stages=["update"], locales=["de"]).changed


def test_an_update_tells_anew_what_is_still_found(project: Project) -> None:
    write(project)
    type_in(catalog(project), {"Take 5 mg.": "Nehmen Sie 500 mg."})

    run(project.root, stages=["update"], locales=["de"])

    assert noted(catalog(project)) == {"Take 5 mg.": [DOSE.replace("50", "500")]}


def test_an_update_leaves_comments_alone_while_the_page_cannot_be_read(project: Project) -> None:
    write(project)
    type_in(catalog(project), {"Take 5 mg.": "Nehmen Sie 5 mg."})
    (project.root / "source_articles/dose.html").write_bytes(b"\xfe\xff\xd8")  # half of UTF-16

    run(project.root, stages=["update"], slugs=["dose"], locales=["de"])

    assert noted(catalog(project)) == {"Take 5 mg.": [DOSE]}


def test_an_update_leaves_them_where_the_text_stays(project: Project) -> None:
    write(project)
    source = project.root / "source_articles/dose.html"

    source.write_text(PAGE.replace("Rest well", "Rest now"), "utf-8")
    run(project.root, stages=["extract", "update"], locales=["de"])
    assert noted(catalog(project)) == {"Take 5 mg.": [DOSE]}

    source.write_text(PAGE.replace("5 mg", "6 mg"), "utf-8")
    run(project.root, stages=["extract", "update"], locales=["de"])
    assert noted(catalog(project)) == {}


def test_what_only_comparing_finds_stays_when_one_article_is_checked(
    make_project: MakeProject,
) -> None:
    project = make_project({"source_articles/dose.html": PAGE, "source_articles/rest.html": PAGE})
    run(project.root, stages=["extract", "update"], locales=["de"])
    type_in(catalog(project), {"Rest well.": "Ruhen Sie gut."})
    type_in(catalog(project, "rest"), {"Rest well.": "Erholen Sie sich."})
    write(project)
    (told,) = noted(catalog(project, "rest"))["Rest well."]

    assert told.startswith("finding: translation-varies: the same text is")
    assert not write(project, "rest")


def test_they_go_with_the_translation_that_they_are_about() -> None:
    base = Entry("Take 5 mg.", "50 mg", extracted_comments=("paragraph", DOSE))
    mended = Entry("Take 5 mg.", "5 mg", extracted_comments=("paragraph", DOSE))

    assert united(base, base, mended).extracted_comments == ("paragraph",)
    assert united(base, base, base).extracted_comments == ("paragraph", DOSE)


def test_what_an_author_writes_of_a_finding_stays(make_project: MakeProject) -> None:
    note = "finding: means the result of a scan"
    page = PAGE.replace("<p>Take", f'<p data-translate-comment="{note}">Take')
    project = make_project({"source_articles/dose.html": page})
    run(project.root, stages=["extract", "update"], locales=["de"])
    type_in(catalog(project), TRANSLATED)

    write(project)

    assert noted(catalog(project))["Take 5 mg."] == [note, DOSE]
    run(project.root, stages=["extract", "update"], locales=["de"])
    assert noted(catalog(project))["Take 5 mg."] == [note, DOSE]


def test_an_authors_note_goes_with_the_source_text_alone() -> None:
    note = "finding: means the result of a scan"
    base = Entry("Scan.", "Scann.", extracted_comments=(note, DOSE))
    mended = replace(base, msgstr="Aufnahme.")
    versions = [f'#. {note}\nmsgid "Scan."\nmsgstr "{s}"\n'.encode() for s in ("A", "B")]

    assert united(base, base, mended).extracted_comments == (note,)
    assert merge_versions(versions[0], *versions).data == versions[1]
    assert merge(Catalog(None, (base,)), Catalog(None, (Entry("Scan."),))).catalog.entries[
        0
    ].extracted_comments == (DOSE,)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_each_check_is_known_by_its_comment(check: Check) -> None:
    assert noted_code(f"finding: {check.code}: 5 mg: none") == check.code


@pytest.mark.parametrize(
    "line",
    ["finding: 5 mg", "finding: note: see below", "Finding: blank: x", "a finding: blank: x"],
)
def test_other_comments_are_of_no_check(line: str) -> None:
    assert noted_code(line) is None


def test_git_keeps_them_with_the_translation_that_stands() -> None:
    base, noted_, mended = (
        f'{comment}msgid "Take 5 mg."\nmsgstr "{msgstr}"\n'.encode()
        for comment, msgstr in (("", "50 mg"), (f"#. {DOSE}\n", "50 mg"), ("", "5 mg"))
    )

    assert merge_versions(base, noted_, base).data == noted_
    assert merge_versions(base, noted_, mended).data == mended


def test_a_catalog_that_cannot_be_read_is_left_alone(project: Project) -> None:
    broken = catalog(project).read_text("utf-8") + '\nmsgid "open\n'
    catalog(project).write_text(broken, "utf-8")

    outcome = run(project.root, stages=WRITE, locales=["de"])

    assert [failure.code for failure in outcome.failures] == ["catalog-unreadable"]
    assert catalog(project).read_text("utf-8") == broken
