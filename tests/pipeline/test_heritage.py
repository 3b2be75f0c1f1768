"""Articles that are renamed, and parts that move between articles and the site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from polypage.catalogs import catalog as catalogs
from polypage.catalogs.catalog import Catalog
from polypage.model import Entry
from polypage.project import Project
from polypage.runs.pipeline import SITE, run
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, SETTINGS, translate, tree

LONG = "<p>Peel for 5 minutes. Then see"
EDITED = "<p>Peel for 10 minutes. Then see"


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    """Make a project whose Vietnamese catalogs are translated."""
    made = make_project(FILES)
    run(made.root)
    for slug in ("peeling", "rolling", SITE):
        translate(made, slug, "vi")
    run(made.root)
    return made


def read(project: Project, slug: str) -> Catalog:
    return catalogs.read(project.catalog_path(slug, "vi"))


def live(project: Project, slug: str) -> dict[str, tuple[str, bool]]:
    return {entry.msgid: (entry.msgstr, entry.fuzzy) for entry in read(project, slug).live}


def usable(project: Project, slug: str) -> set[str]:
    return {entry.msgid for entry in read(project, slug).live if entry.usable}


def rename(project: Project, old: str, new: str) -> Path:
    page = project.source_path(new)
    page.parent.mkdir(parents=True, exist_ok=True)
    return project.source_path(old).rename(page)


def change(project: Project, slug: str, msgid: str, **what: object) -> None:
    path = project.catalog_path(slug, "vi")
    catalog = catalogs.read(path)
    entries = (
        replace(entry, **what) if entry.msgid == msgid else entry  # type: ignore[arg-type]
        for entry in catalog.entries
    )
    catalogs.write(path, replace(catalog, entries=tuple(entries)))


def settle(project: Project, parts: str) -> None:
    text = SETTINGS.replace('parts = ["footer"]', f"parts = [{parts}]")
    (project.root / "polypage.toml").write_text(text)


# --- articles that are renamed ----------------------------------------------------------------


def test_a_renamed_article_keeps_its_translations(project: Project) -> None:
    before = live(project, "peeling")
    rename(project, "peeling", "skin/peels")

    run(project.root)

    assert live(project, "skin/peels") == before
    assert all(msgstr for msgstr, _ in before.values())


def test_a_renamed_article_keeps_all_that_translators_wrote(project: Project) -> None:
    change(project, "peeling", "Peeling", flags=("fuzzy",), translator_comments=("hm",))
    path = project.catalog_path("peeling", "vi")
    catalog = catalogs.read(path)
    assert catalog.header
    catalogs.write(
        path,
        replace(
            catalog,
            header=catalog.header.with_field("Last-Translator", "Lan"),
            entries=(*catalog.entries, Entry("Gone", "Weg", obsolete=True)),
        ),
    )
    rename(project, "peeling", "peels")

    run(project.root)

    after = read(project, "peels")
    assert after.header
    assert after.header.get("Last-Translator") == "Lan"
    assert after.header.get("Project-Id-Version") == "peels"
    (peeling,) = (entry for entry in after.live if entry.msgid == "Peeling")
    assert (peeling.msgstr, peeling.fuzzy) == ("Peeling !", True)
    assert peeling.translator_comments == ("hm",)
    assert after.obsolete == (Entry("Gone", "Weg", obsolete=True),)


def test_a_text_that_is_edited_while_its_article_is_renamed_is_found(project: Project) -> None:
    page = rename(project, "peeling", "peels")
    page.write_text(page.read_text().replace(LONG, EDITED))

    run(project.root)

    (edited,) = (entry for entry in read(project, "peels").live if "10 minutes" in entry.msgid)
    assert edited.fuzzy
    assert edited.previous_msgid
    assert "5 minutes" in edited.previous_msgid


def test_a_renamed_article_leaves_its_old_catalog_as_it_was(project: Project) -> None:
    before = project.catalog_path("peeling", "vi").read_bytes()
    rename(project, "peeling", "peels")

    done = run(project.root)

    assert project.catalog_path("peeling", "vi").read_bytes() == before
    assert "locales/vi/LC_MESSAGES/peeling.po" in done.finished.orphans


def test_a_run_after_a_rename_writes_nothing(project: Project) -> None:
    rename(project, "peeling", "peels")
    run(project.root)
    before = tree(project.root)

    run(project.root)

    assert tree(project.root) == before


def test_a_paragraph_of_an_article_that_is_gone_keeps_its_translation_in_another(
    project: Project,
) -> None:
    paragraph = "<p>Peel for 5 minutes. Then see <a href='x.html'>rolling</a>.</p>"
    project.source_path("peeling").unlink()
    page = project.source_path("rolling")
    page.write_text(page.read_text().replace("<footer>", f"{paragraph}<footer>"))

    run(project.root)

    text = "Peel for 5 minutes. Then see <a1>rolling</a1>."
    assert live(project, "rolling")[text] == (f"{text} !", False)


def test_an_article_that_lives_on_gives_guesses_at_most(project: Project) -> None:
    page = project.source_path("rolling")
    page.write_text(page.read_text().replace("<footer>", "<h2>Peeling</h2><footer>"))

    run(project.root)

    assert "Peeling" not in usable(project, "rolling")


def test_a_catalog_of_a_gone_article_that_cannot_be_read_stops_nothing(project: Project) -> None:
    rename(project, "peeling", "peels")
    broken = project.catalog_path("peeling", "vi")
    broken.write_text("<<<<<<< HEAD\n")

    done = run(project.root)

    assert not done.failures
    assert "Peeling" not in usable(project, "peels")
    assert broken.read_text() == "<<<<<<< HEAD\n"


def test_what_is_obsolete_here_returns_before_what_another_article_said(project: Project) -> None:
    page = project.source_path("rolling")
    whole = page.read_text()
    page.write_text(whole.replace("<h1>Rolling</h1>", "<h1>Peeling</h1>"))
    run(project.root)
    change(project, "rolling", "Peeling", msgstr="own", flags=())
    page.write_text(whole)
    run(project.root)
    project.source_path("peeling").unlink()
    page.write_text(whole.replace("<h1>Rolling</h1>", "<h1>Peeling</h1>"))

    run(project.root)

    assert live(project, "rolling")["Peeling"] == ("own", False)


# --- parts that move --------------------------------------------------------------------------


def test_a_part_that_becomes_the_sites_keeps_its_translation(project: Project) -> None:
    change(project, "rolling", "For information only.", translator_comments=("legal",))
    settle(project, '"footer", "p.disclaimer"')

    run(project.root)

    entries = {entry.msgid: entry for entry in read(project, SITE).live}
    disclaimer = entries["For information only."]
    assert (disclaimer.msgstr, disclaimer.fuzzy) == ("For information only. !", False)
    assert "For information only." not in live(project, "rolling")


def test_a_part_that_becomes_the_articles_keeps_its_translation(project: Project) -> None:
    settle(project, "")

    run(project.root)

    for slug in ("rolling", "peeling"):
        assert live(project, slug)["All rights reserved"] == ("All rights reserved !", False)


def test_a_part_that_moves_there_and_back_says_what_was_said_last(project: Project) -> None:
    text = "For information only."
    settle(project, '"footer", "p.disclaimer"')
    run(project.root)
    change(project, SITE, text, msgstr="newer")
    settle(project, '"footer"')

    run(project.root)

    for slug in ("rolling", "peeling"):
        (entry,) = (entry for entry in read(project, slug).live if entry.msgid == text)
        assert (entry.msgstr, entry.fuzzy) == ("newer", False)
        assert entry.translator_comments == (f"polypage-conflict: {text} !",)


def test_a_fuzzy_translation_moves_as_fuzzy(project: Project) -> None:
    change(project, SITE, "All rights reserved", flags=("fuzzy",), previous_msgid="All rights")
    settle(project, "")

    run(project.root)

    (moved,) = (one for one in read(project, "rolling").live if one.msgid == "All rights reserved")
    assert (moved.msgstr, moved.fuzzy) == ("All rights reserved !", True)
    assert moved.previous_msgid == "All rights"


def test_a_text_that_is_still_the_sites_is_not_taken_from_it(project: Project) -> None:
    page = project.source_path("rolling")
    page.write_text(page.read_text().replace("</h1>", "</h1><p>All rights reserved</p>"))

    run(project.root)

    assert "All rights reserved" not in usable(project, "rolling")


def test_a_run_after_a_move_writes_nothing(project: Project) -> None:
    settle(project, '"footer", "p.disclaimer"')
    run(project.root)
    before = tree(project.root)

    run(project.root)

    assert tree(project.root) == before
