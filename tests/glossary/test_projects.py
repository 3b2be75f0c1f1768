"""Where the settings say so, catalogs tell of terms, and a run with nothing to do writes nothing."""

from __future__ import annotations

from pathlib import Path

from polypage.catalogs import catalog as catalogs
from polypage.project import Project
from polypage.runs.migrations import perform
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.glossary.test_reading import DCA
from tests.pipeline.projects import FILES, SETTINGS, times, translate, tree

ON = {"polypage.toml": f"{SETTINGS}[glossary]\nshow_terms = true\n"}
CSV = "locales/vi/glossary.csv"
TABLE = {CSV: "source,target\nneedle,kim\n"}
STAGES = ["extract", "update"]


def told(project: Project, locale: str, slug: str = "rolling") -> list[str]:
    entries = catalogs.read(project.catalog_path(slug, locale)).entries
    comments = (comment for entry in entries for comment in entry.extracted_comments)
    return [comment for comment in comments if comment.startswith("term:")]


def test_terms_are_told_in_the_catalogs_of_their_locale(make_project: MakeProject) -> None:
    project = make_project({**FILES, **ON, **TABLE})

    run(project.root, stages=STAGES)

    assert told(project, "vi") == ["term: needle → kim"]
    assert told(project, "ar") == []
    assert "term:" not in project.template_path("rolling").read_text("utf-8")


def test_nothing_is_told_unless_the_settings_say_so(make_project: MakeProject) -> None:
    project = make_project({**FILES, **TABLE})

    run(project.root, stages=STAGES)

    assert told(project, "vi") == []


def test_a_run_with_nothing_to_do_writes_nothing(make_project: MakeProject) -> None:
    project = make_project({**FILES, **ON, **TABLE})
    run(project.root)
    before = times(project.locales_dir)

    again = run(project.root)

    assert again.settled
    assert times(project.locales_dir) == before


def test_a_change_of_the_glossary_changes_comments_alone(make_project: MakeProject) -> None:
    project = make_project({**FILES, **ON, **TABLE})
    run(project.root, stages=STAGES)
    translate(project, "rolling", "vi")
    run(project.root, stages=STAGES)  # suggests to the other article what was translated
    before = tree(project.locales_dir)

    make_project({**ON, CSV: "source,target\nneedle,mũi kim\n"})
    run(project.root, stages=STAGES)

    after = tree(project.locales_dir)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"vi/glossary.csv", "vi/LC_MESSAGES/rolling.po"}
    name = "vi/LC_MESSAGES/rolling.po"
    assert after[name] == before[name].replace("→ kim".encode(), "→ mũi kim".encode())


def test_without_its_glossary_a_locale_is_told_nothing_any_more(make_project: MakeProject) -> None:
    project = make_project({**FILES, **ON, **TABLE})
    run(project.root, stages=STAGES)

    (project.root / CSV).unlink()
    run(project.root, stages=STAGES)

    assert told(project, "vi") == []


def test_a_glossary_may_be_tbx_or_both(make_project: MakeProject) -> None:
    text = DCA.replace(">scar<", ">reserved<")
    project = make_project({**FILES, **ON, **TABLE, "locales/vi/glossary.tbx": text})

    run(project.root, stages=STAGES)

    assert told(project, "vi") == ["term: needle → kim"]
    assert told(project, "vi", "site") == ["term: reserved → sẹo (not: thẹo) · a dialect's word"]


def test_a_broken_glossary_stops_its_own_locale_and_changes_nothing_there(
    make_project: MakeProject,
) -> None:
    project = make_project({**FILES, **ON, **TABLE})
    run(project.root, stages=STAGES)
    before = tree(project.locales_dir / "vi/LC_MESSAGES")

    make_project({**ON, CSV: "source,target\nneedle,\n"})
    outcome = run(project.root, stages=STAGES)

    assert [(f.code, f.path, f.line) for f in outcome.failures] == [("glossary-unreadable", CSV, 2)]
    assert tree(project.locales_dir / "vi/LC_MESSAGES") == before
    assert all(each.failure is None for each in outcome.updated if each.locale == "ar")


def test_after_a_move_to_sentences_everything_is_up_to_date(make_project: MakeProject) -> None:
    project = make_project({**FILES, **ON, CSV: "source,target\nminute,phút\n"})
    run(project.root, stages=STAGES)

    perform(project.root, to="sentence")

    assert told(project, "vi", "peeling") == ["term: minute → phút"]
    assert not run(project.root, stages=STAGES).changed


def test_forms_of_a_glossary_that_contradict_each_other_are_refused(
    make_project: MakeProject,
) -> None:
    csv = "source,target\nscar,thẹo\n"
    project = make_project({**FILES, **ON, CSV: csv, "locales/vi/glossary.tbx": DCA})

    outcome = run(project.root, stages=STAGES)

    (failure,) = outcome.failures
    assert Path(failure.path).name == "glossary.tbx"
    assert f"is forbidden here and preferred in {CSV}:2" in failure.message
