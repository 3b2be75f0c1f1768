"""Whole runs over a small site."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from polypage.errors import SettingsError, SourceError
from polypage.model import BuildOutcome, Entry, Status
from polypage.project import Project
from polypage.runs.outcomes import Run
from polypage.runs.pipeline import STAGES, rehearse, run
from polypage.runs.status import survey
from tests.conftest import SEALED, MakeProject
from tests.pipeline.projects import (
    FILES,
    PEELING,
    ROLLING,
    SETTINGS,
    shouted,
    times,
    translate,
    translated,
    tree,
)


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make the clinic's project, with catalogs that are complete in Vietnamese."""
    return translated(make_project(FILES), "vi")


def page(project: Project, slug: str, tag: str) -> str:
    return project.page_path(slug, tag).read_text("utf-8")


def outcome(done: Run, slug: str, locale: str) -> BuildOutcome:
    return next(page for page in done.built if (page.slug, page.locale) == (slug, locale))


def test_a_first_run_publishes_the_source_pages_and_makes_catalogs(
    make_project: MakeProject,
) -> None:
    project = make_project(FILES)

    done = run(project.root)

    made = set(tree(project.root)) - set(FILES)
    assert made == {
        *(f"locales/templates/{slug}.pot" for slug in ("peeling", "rolling", "site")),
        *(
            f"locales/{locale}/LC_MESSAGES/{slug}.po"
            for locale in ("vi", "ar")
            for slug in ("peeling", "rolling", "site")
        ),
        *(f"site/en/{name}" for name in ("peeling.html", "rolling.html", "img/needle.svg")),
        "site/sitemap.xml",
        "site/en/index.html",
    }
    assert done.changed
    assert {page.locale for page in done.held} == {"vi", "ar"}
    assert done.exit_status == 1


def test_a_run_with_nothing_to_do_writes_nothing(clinic: Project) -> None:
    run(clinic.root)
    before = times(clinic.root)

    done = run(clinic.root)

    assert times(clinic.root) == before
    assert not done.changed
    assert done.settled


def _scribble(folder: Path) -> None:
    (folder / "state.sqlite3").write_bytes(b"x" * 9000)


@pytest.mark.parametrize("harm", [shutil.rmtree, _scribble])
def test_what_is_remembered_may_be_lost(clinic: Project, harm: Callable[[Path], object]) -> None:
    run(clinic.root)
    harm(clinic.state_dir)
    before = {path: time for path, time in times(clinic.root).items() if ".polypage" not in path}

    done = run(clinic.root)

    after = {path: time for path, time in times(clinic.root).items() if ".polypage" not in path}
    assert {path for path in after if after[path] != before.get(path)} <= {str(clinic.root)}
    assert not done.changed


def test_several_processes_do_the_same_as_one(clinic: Project, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(clinic.root, other, ignore=lambda *_: {"other"})

    run(clinic.root)
    run(other, workers=2)

    ours = {path: data for path, data in tree(clinic.root).items() if not path.startswith("other")}
    assert tree(other) == ours


def test_links_lead_to_pages_in_the_same_language_and_assets_to_the_source(
    clinic: Project,
) -> None:
    run(clinic.root)

    rolling, peeling = page(clinic, "rolling", "vi"), page(clinic, "peeling", "vi")
    assert 'href="peeling.html#care"' in rolling
    assert 'src="../en/img/needle.svg"' in rolling
    assert 'see <a href="rolling.html">rolling</a>' in peeling
    assert 'see <a href="rolling.html">rolling</a>' in page(clinic, "peeling", "en")
    assert 'Source: <a href="https://clinic.example/rolling/">Rolling !</a>' in rolling


def test_links_lead_to_the_source_page_where_there_is_no_translation(clinic: Project) -> None:
    translate(clinic, "peeling", "vi", lambda entry: replace(entry, msgstr=""))

    run(clinic.root)

    assert 'href="../en/peeling.html#care"' in page(clinic, "rolling", "vi")


def test_versions_name_each_other_once_they_are_published(clinic: Project) -> None:
    run(clinic.root)

    versions = [line for line in page(clinic, "rolling", "en").splitlines() if "hreflang" in line]
    assert [line.split('"')[3] for line in versions] == ["en", "vi", "x-default"]
    assert '<link rel="canonical" href="https://h.example/vi/rolling.html">' in page(
        clinic, "rolling", "vi"
    )
    assert "ar/rolling.html" not in (clinic.site_dir / "sitemap.xml").read_text()

    for slug in ("rolling", "site"):
        translate(clinic, slug, "ar")
    run(clinic.root)

    assert 'hreflang="ar"' in page(clinic, "rolling", "vi")
    assert "ar/rolling.html" in (clinic.site_dir / "sitemap.xml").read_text()


def test_a_page_that_falls_short_is_held_and_its_last_good_version_stays(
    clinic: Project,
) -> None:
    run(clinic.root)
    good = page(clinic, "peeling", "vi")
    source = clinic.source_path("peeling")
    source.write_text(PEELING.replace("</h1>", "</h1><p>Much is new here and was never seen.</p>"))

    done = run(clinic.root)

    held = outcome(done, "peeling", "vi")
    assert held.status is Status.HELD
    assert held.reason.endswith("90 % are needed; the last good page stays")
    assert page(clinic, "peeling", "vi") == good
    assert 'href="peeling.html#care"' in page(clinic, "rolling", "vi")


def test_a_mixed_page_marks_what_is_not_translated(clinic: Project) -> None:
    (clinic.root / "polypage.toml").write_text(
        f'{SETTINGS}[publish]\nmin_coverage = 0.9\non_incomplete = "mixed"\n'
    )

    done = run(clinic.root)

    assert outcome(done, "rolling", "ar").status is Status.PUBLISHED
    assert '<p lang="en" dir="ltr">Read about' in page(clinic, "rolling", "ar")


def test_an_entry_with_an_error_falls_back_alone(clinic: Project) -> None:
    def spoilt(entry: Entry) -> Entry:
        return replace(entry, msgstr="Peel for 50 minutes.") if "minutes" in entry.msgid else entry

    translate(clinic, "peeling", "vi", spoilt)
    (clinic.root / "polypage.toml").write_text(f"{SETTINGS}[publish]\nmin_coverage = 0.1\n")

    done = run(clinic.root)

    built = page(clinic, "peeling", "vi")
    assert '<p lang="en" dir="ltr">Peel for 5 minutes.' in built
    assert "<h1>Peeling !</h1>" in built
    assert "inline-missing" in {finding.code for finding in done.findings}
    assert done.exit_status == 1


def test_fuzzy_translations_are_not_published(clinic: Project) -> None:
    translate(clinic, "peeling", "vi", lambda entry: replace(entry, flags=("fuzzy",)))

    done = run(clinic.root)

    assert outcome(done, "peeling", "vi").status is Status.HELD


def test_a_page_without_its_notice_is_held_in_all_languages(clinic: Project) -> None:
    clinic.source_path("rolling").write_text(ROLLING.replace('class="disclaimer"', ""))

    done = run(clinic.root)

    pages = [page for page in done.built if page.slug == "rolling"]
    assert {page.status for page in pages} == {Status.HELD}
    assert all("no disclaimer" in page.reason for page in pages)
    assert not clinic.page_path("rolling", "en").exists()


def test_a_page_that_fails_its_proof_is_not_linked_to(make_project: MakeProject) -> None:
    # Title and link are two entries here, and their translations differ.
    source = ROLLING.replace("<h1>", '<h1 data-polypage-context="title">')
    project = translated(make_project({**FILES, "source_articles/rolling.html": source}), "vi")
    translate(
        project,
        "rolling",
        "vi",
        lambda entry: replace(entry, msgstr="Other") if entry.context else entry,
    )

    done = run(project.root)

    held = outcome(done, "rolling", "vi")
    assert held.status is Status.HELD
    assert "the source link says" in held.reason
    assert not project.page_path("rolling", "vi").exists()
    assert 'href="../en/rolling.html"' in page(project, "peeling", "vi")
    assert "vi" not in page(project, "rolling", "en")
    assert "vi/rolling" not in (project.site_dir / "sitemap.xml").read_text()

    before = times(project.root)
    assert not run(project.root).changed
    assert times(project.root) == before


def test_what_belongs_to_nothing_any_more_is_reported_and_removed_only_when_asked(
    clinic: Project,
) -> None:
    run(clinic.root)
    clinic.source_path("peeling").unlink()
    (clinic.source_dir / "img/needle.svg").unlink()
    orphans = (
        "locales/ar/LC_MESSAGES/peeling.po",
        "locales/templates/peeling.pot",
        "locales/vi/LC_MESSAGES/peeling.po",
        "site/en/img/needle.svg",
        "site/en/peeling.html",
        "site/vi/peeling.html",
    )

    kept = run(clinic.root).finished
    pruned = run(clinic.root, prune=True).finished

    assert kept.orphans == orphans
    assert kept.removed == ()
    assert pruned.removed == tuple(path for path in orphans if not path.endswith(".po"))
    assert set(orphans) & set(tree(clinic.root)) == set(orphans) - set(pruned.removed)


def test_pruning_takes_the_page_of_a_former_name_though_the_new_one_is_held(
    clinic: Project,
) -> None:
    translate(clinic, "peeling", "vi")
    run(clinic.root)
    page = clinic.source_path("peeling")
    text = page.read_text("utf-8")
    page.unlink()
    many = "".join(f"<p>Nothing of paragraph {n} is translated.</p>" for n in range(20))
    (clinic.source_dir / "peels.html").write_text(text.replace("</body>", f"{many}</body>"))

    kept = run(clinic.root)
    pruned = run(clinic.root, prune=True)

    assert ("peels", "vi") in [(page.slug, page.locale) for page in pruned.held]
    assert "site/vi/peeling.html" in kept.finished.orphans
    assert "site/vi/peeling.html" in pruned.finished.removed


def test_a_sitemap_that_is_no_longer_made_is_reported_and_removed_only_when_asked(
    clinic: Project,
) -> None:
    run(clinic.root)
    (clinic.site_dir / "sitemap-2.xml").write_text("a part too many")
    (clinic.site_dir / "sitemap-news.xml").write_text("somebody's own")

    fewer = run(clinic.root).finished
    settings = [line for line in SETTINGS.splitlines() if not line.startswith("base_url")]
    (clinic.root / "polypage.toml").write_text("\n".join(settings))
    pruned = run(clinic.root, prune=True).finished

    assert fewer.orphans == ("site/sitemap-2.xml",)
    assert pruned.removed == ("site/sitemap-2.xml", "site/sitemap.xml")
    assert [path.name for path in clinic.site_dir.glob("*.xml")] == ["sitemap-news.xml"]


def test_a_locale_that_is_dropped_leaves_pages_that_are_reported(clinic: Project) -> None:
    run(clinic.root)
    (clinic.root / "polypage.toml").write_text(SETTINGS.replace('"vi", ', ""))

    orphans = run(clinic.root).finished.orphans

    assert "site/vi/rolling.html" in orphans
    assert "locales/vi/LC_MESSAGES/rolling.po" in orphans


def test_a_published_page_that_somebody_changed_is_built_again(clinic: Project) -> None:
    run(clinic.root)
    path = clinic.page_path("rolling", "vi")
    good = path.read_bytes()
    path.write_bytes(good.replace(b"clinic.example/rolling/", b"evil.example/"))

    proofs = run(clinic.root, stages=["audit"])
    run(clinic.root)

    assert [proof.proven for proof in proofs.audited if proof.locale == "vi"].count(False) == 1
    assert "notice-source-link-changed" in {finding.code for finding in proofs.findings}
    assert path.read_bytes() == good


def test_a_held_page_is_proven_as_what_it_was(clinic: Project) -> None:
    run(clinic.root)
    translate(
        clinic,
        "rolling",
        "vi",
        lambda entry: replace(shouted(entry), msgstr="Other", flags=("fuzzy",)),
    )

    done = run(clinic.root)

    assert outcome(done, "rolling", "vi").status is Status.HELD
    assert all(proof.proven for proof in done.audited)


def test_a_page_stays_proven_while_its_catalog_is_broken(clinic: Project) -> None:
    run(clinic.root)
    clinic.catalog_path("rolling", "vi").write_text('msgid "Rolling\n')

    done = run(clinic.root)

    assert [failure.code for failure in done.failures] == ["catalog-unreadable"]
    assert outcome(done, "rolling", "vi").status is Status.FAILED
    assert all(proof.proven for proof in done.audited)


@pytest.mark.skipif(not SEALED.is_dir(), reason="no folder here refuses files to everybody")
def test_a_template_that_cannot_be_written_is_named_and_the_source_page_is_not_blamed(
    clinic: Project,
) -> None:
    run(clinic.root)
    shutil.rmtree(clinic.root / "locales/templates")
    (clinic.root / "locales/templates").symlink_to(SEALED)

    done = run(clinic.root)

    told = [f"{failure.path}: {failure.message}" for failure in done.failures]
    assert [each for each in told if "rolling.pot: cannot be read or written" in each]
    assert any("see that it and its folder can be" in each for each in told)
    assert any("site/vi/rolling.html; mend what stopped it" in each for each in told)
    assert not any(".tmp" in each or "mend the source page" in each for each in told)


def test_templates_keep_their_date_until_an_entry_changes(clinic: Project) -> None:
    path = clinic.template_path("rolling")
    before = path.read_bytes()
    source = clinic.source_path("rolling")

    source.write_text(ROLLING.replace("<body>", "<body class='new'>"))
    os.utime(source, (2_000_000_000,) * 2)
    run(clinic.root, stages=["extract"])
    assert path.read_bytes() == before

    source.write_text(ROLLING.replace("first", "at first"))
    os.utime(source, (2_000_000_000,) * 2)
    run(clinic.root, stages=["extract"])
    assert b"POT-Creation-Date: 2033-05-18 03:33+0000" in path.read_bytes()


def test_an_article_that_cannot_be_read_keeps_its_shared_entries(
    make_project: MakeProject,
) -> None:
    project = make_project(
        {
            **FILES,
            "source_articles/peeling.html": PEELING.replace("All rights", "No rights"),
        }
    )
    run(project.root, stages=["extract"])
    before = project.template_path("site").read_bytes()

    project.source_path("peeling").write_bytes(b"")
    done = run(project.root, stages=["extract"])

    assert [failure.path for failure in done.failures] == ["source_articles/peeling.html"]
    assert b"No rights reserved" in before
    assert project.template_path("site").read_bytes() == before


@pytest.mark.parametrize("name", ["Upper.HTML", "old.htm", "a b/ü:x.html", "q#1?.html"])
def test_pages_may_have_all_kinds_of_names(make_project: MakeProject, name: str) -> None:
    project = make_project({**FILES, f"source_articles/{name}": PEELING})

    done = run(project.root)

    assert done.failures == ()
    assert project.page_path(name.rpartition(".")[0], "en").is_file()


def test_only_the_named_articles_and_locales_are_worked_on(clinic: Project) -> None:
    done = run(clinic.root, slugs=["rolling"], locales=["vi"])

    assert {(page.slug, page.locale) for page in done.built} == {
        ("rolling", "en"),
        ("rolling", "vi"),
    }
    assert not clinic.page_path("peeling", "en").exists()


def test_a_stray_byte_comes_out_as_it_went_in(clinic: Project) -> None:
    source = clinic.root / "source_articles/rolling.html"
    data = source.read_bytes()
    body = data.replace(
        b"</body>",
        "<p>Crème, café, naïve, déjà vu, élan, ça.</p>".encode() * 5 + b"<p>K\xfcche</p></body>",
    )
    source.write_bytes(body)

    outcome = run(clinic.root)

    assert b"K\xfcche" in (clinic.root / "site/en/rolling.html").read_bytes()
    assert [f.code for e in outcome.extracted for f in e.findings] == ["undecodable"]


@pytest.fixture
def namesakes(clinic: Project) -> Project:
    """Make a second page of an article's name, once both its pages stand."""
    run(clinic.root)
    (clinic.source_dir / "peeling.htm").write_text(PEELING)
    return clinic


@pytest.mark.parametrize("stages", [["extract"], ["check"], ["build"], ["audit"], STAGES])
def test_pages_of_one_name_are_told_of_whatever_is_done(
    namesakes: Project, stages: Sequence[str]
) -> None:
    done = run(namesakes.root, stages=stages)

    assert [failure.path for failure in done.failures] == [
        "source_articles/peeling.htm",
        "source_articles/peeling.html",
    ]
    assert done.exit_status == 1


def test_pages_of_one_name_are_told_of_by_a_plan_and_are_broken_in_a_survey(
    namesakes: Project,
) -> None:
    assert len(rehearse(namesakes.root).failures) == 2
    surveyed = survey(namesakes.root).checked
    broken = {(one.slug, one.locale) for one in surveyed if one.failure and one.standing}
    assert broken == {("peeling", "en"), ("peeling", "vi")}
    assert {one.slug: one.failure is None for one in surveyed} == {
        "peeling": False,
        "rolling": True,
        "site": True,
    }


def test_pages_that_stand_stay_in_the_sitemap_though_another_page_took_their_name(
    namesakes: Project,
) -> None:
    before = (namesakes.site_dir / "sitemap.xml").read_bytes()

    run(namesakes.root, stages=["build"])

    assert b"/vi/peeling.html" in before
    assert (namesakes.site_dir / "sitemap.xml").read_bytes() == before


@pytest.mark.parametrize("name", ["peeling", "source_articles/peeling.htm"])
def test_who_names_a_page_of_another_ones_name_is_told_of_both(
    namesakes: Project, name: str
) -> None:
    with pytest.raises(SourceError, match=r"peeling\.htm: has the name of peeling\.html"):
        run(namesakes.root, slugs=[name])


def test_who_names_the_source_language_is_told_that_it_is_one(clinic: Project) -> None:
    with pytest.raises(SettingsError, match=r"'en' is the source language, .+; leave it out"):
        run(clinic.root, locales=["vi", "EN"])
