"""What must be true of a page before it goes out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from polypage.model import BuildOutcome, Entry, Status
from polypage.project import Project
from polypage.runs.outcomes import Run
from polypage.runs.pipeline import rehearse, run
from polypage.runs.policy import policy_of
from polypage.runs.sources import open_source
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, PEELING, SETTINGS, translate

CLASSES = """\
[project]
locales = ["vi", "ar", "th"]
[publish]
min_coverage = 0.5
[publish.locales.vi]
min_coverage = 0.6
on_incomplete = "mixed"
[publish.locales.th]
fuzzy = true
[[publish.classes]]
articles = ["recalls/*", "dose"]
min_coverage = 0.8
[[publish.classes]]
pages = [".draft", "[data-kind=draft]"]
on_incomplete = "mixed"
fuzzy = true
[[publish.classes]]
articles = ["recalls/*"]
locales = ["ar"]
min_coverage = 1
"""

PLAIN, DRAFT = "<html lang=en><p>Text", "<html lang=en><p data-kind=draft>Text"

HELD = [
    # article          page   locale  min_coverage on_incomplete fuzzy
    ("skin",            PLAIN, "ar",   0.5,         "hold",       False),  # [publish]
    ("skin",            PLAIN, "vi",   0.6,         "mixed",      False),  # its locale, two keys
    ("skin",            PLAIN, "th",   0.5,         "hold",       True),   # its locale, one key
    ("dose",            PLAIN, "vi",   0.8,         "mixed",      False),  # a class before a locale
    ("dose-of-more",    PLAIN, "ar",   0.5,         "hold",       False),  # a pattern is whole
    ("recalls/needle",  PLAIN, "th",   0.8,         "hold",       True),   # a folder
    ("recalls/2026/a",  PLAIN, "th",   0.8,         "hold",       True),   # a folder in it
    ("recalls/needle",  PLAIN, "ar",   1.0,         "hold",       False),  # the last class
    ("skin",            DRAFT, "ar",   0.5,         "mixed",      True),   # what is on the page
    ("recalls/needle",  DRAFT, "ar",   1.0,         "mixed",      True),   # of three classes
]  # fmt: skip


@pytest.mark.parametrize(("slug", "page", "locale", "min_coverage", "on_incomplete", "fuzzy"), HELD)
def test_what_is_said_later_comes_first_key_by_key(
    make_project: MakeProject,
    slug: str,
    page: str,
    locale: str,
    min_coverage: float,
    on_incomplete: str,
    fuzzy: bool,
) -> None:
    project = make_project({"polypage.toml": CLASSES, f"source_articles/{slug}.html": page})

    policy = policy_of(open_source(project, slug), locale)

    assert (policy.min_coverage, policy.on_incomplete) == (min_coverage, on_incomplete)
    assert policy.fuzzy is fuzzy


# --- in runs ----------------------------------------------------------------------------------


def clinic(make_project: MakeProject, settings: str) -> Project:
    """Make the clinic's project with settings of its own, and catalogs that are empty."""
    project = make_project({**FILES, "polypage.toml": f"{SETTINGS}{settings}"})
    run(project.root, stages=["extract", "update"])
    return project


def outcome(done: Run, slug: str, locale: str) -> BuildOutcome:
    return next(page for page in done.built if (page.slug, page.locale) == (slug, locale))


def test_pages_of_a_class_go_out_while_others_are_held(make_project: MakeProject) -> None:
    project = clinic(
        make_project,
        '[[publish.classes]]\narticles = ["peel*"]\nlocales = ["vi"]\non_incomplete = "mixed"\n',
    )

    done = run(project.root)

    published = {(one.slug, one.locale) for one in done.built if one.status is Status.PUBLISHED}
    assert published == {("peeling", "en"), ("rolling", "en"), ("peeling", "vi")}


def test_a_change_of_policy_is_heeded_though_nothing_else_changed(
    make_project: MakeProject,
) -> None:
    project = clinic(make_project, "")
    run(project.root)
    settings = project.root / "polypage.toml"
    settings.write_text(f"{SETTINGS}[publish.locales.ar]\nmin_coverage = 0\n", "utf-8")

    done = run(project.root)

    assert outcome(done, "peeling", "ar").status is Status.PUBLISHED
    assert outcome(done, "peeling", "vi").status is Status.HELD


# --- fuzzy translations -----------------------------------------------------------------------


def fuzzily(entry: Entry) -> Entry:
    return replace(entry, msgstr=f"{entry.msgid} ?", flags=("fuzzy",))


def test_fuzzy_translations_do_not_go_out(make_project: MakeProject) -> None:
    project = clinic(make_project, "[publish]\nmin_coverage = 0\n")
    translate(project, "peeling", "vi", fuzzily)

    done = run(project.root)

    assert "?" not in project.page_path("peeling", "vi").read_text("utf-8")
    assert outcome(done, "peeling", "vi").coverage.translated == 0


def test_fuzzy_translations_go_out_where_they_may(make_project: MakeProject) -> None:
    project = clinic(make_project, "[publish]\nmin_coverage = 0\nlocales.vi.fuzzy = true\n")
    for locale in ("vi", "ar"):
        translate(project, "peeling", locale, fuzzily)

    done = run(project.root)

    assert "<h1>Peeling ?</h1>" in project.page_path("peeling", "vi").read_text("utf-8")
    assert "Peeling ?" not in project.page_path("peeling", "ar").read_text("utf-8")
    assert outcome(done, "peeling", "vi").coverage.translated > 0


def test_a_fuzzy_translation_of_another_dose_never_goes_out(make_project: MakeProject) -> None:
    project = clinic(make_project, "[publish]\nmin_coverage = 0\nfuzzy = true\n")
    translate(project, "peeling", "vi")
    page = project.source_path("peeling")
    page.write_text(PEELING.replace("5 minutes", "10 minutes").replace("see", "look at"), "utf-8")

    run(project.root)

    built = project.page_path("peeling", "vi").read_text("utf-8")
    assert '<p lang="en" dir="ltr">Peel for 10 minutes.' in built
    assert "5 minutes" not in built


def test_a_fuzzy_translation_with_an_error_does_not_go_out(make_project: MakeProject) -> None:
    project = clinic(make_project, "[publish]\nmin_coverage = 0\nfuzzy = true\n")
    translate(
        project, "peeling", "vi", lambda entry: replace(fuzzily(entry), msgstr="Không có liên kết")
    )

    done = run(project.root)

    assert 'see <a href="rolling.html">rolling</a>' in project.page_path("peeling", "vi").read_text(
        "utf-8"
    )
    assert outcome(done, "peeling", "vi").coverage.rejected


# --- coverage ---------------------------------------------------------------------------------

APPROVED = '[notice.approved]\nvi = "Chỉ để tham khảo."\n'
INSERTED = """\
[notice]
disclaimer = "p.legal"
on_missing = "insert"
disclaimer_text = "Ask a doctor before you peel."
"""


@pytest.mark.parametrize(
    ("settings", "disclaimer"),
    [
        (APPROVED, "For information only."),
        (f"{INSERTED}{APPROVED}", "Ask a doctor before you peel."),
    ],
    ids=["on the page", "inserted"],
)
def test_a_disclaimer_with_an_approved_text_lacks_no_translation(
    make_project: MakeProject, settings: str, disclaimer: str
) -> None:
    project = clinic(make_project, settings)

    def all_else(entry: Entry) -> Entry:
        return entry if entry.msgid == disclaimer else replace(entry, msgstr=f"{entry.msgid} !")

    for slug in ("peeling", "site"):
        for locale in ("vi", "ar"):
            translate(project, slug, locale, all_else)

    done = run(project.root)

    assert outcome(done, "peeling", "vi").coverage.ratio == 1
    assert outcome(done, "peeling", "ar").coverage.ratio < 1


def test_the_words_of_a_disclaimer_count_where_they_stand_elsewhere_too(
    make_project: MakeProject,
) -> None:
    project = clinic(make_project, APPROVED)
    page = project.source_path("peeling")
    page.write_text(PEELING.replace("<h1>", "<p>For information only.</p><h1>"), "utf-8")
    run(project.root, stages=["extract", "update"])

    done = run(project.root)

    assert outcome(done, "peeling", "vi").coverage.translated == 0


STRAY = """\
[project]
locales = ["vi"]
[[publish.classes]]
urgent = true
articles = [
  "medicines/*",
  "medicine/*",
]
[articles."medicines/dosis"]
source_url = "https://clinic.example/dose"
[articles."medicines/dose"]
source_url = "https://clinic.example/dose"
"""


def test_settings_about_articles_that_are_not_there_are_told_of(make_project: MakeProject) -> None:
    project = make_project({"polypage.toml": STRAY, "source_articles/medicines/dose.html": PEELING})

    for done in (
        run(project.root),
        run(project.root, stages=["check"]),
        rehearse(project.root),
    ):
        idle = [each for each in done.findings if each.code == "settings-idle"]
        assert [(each.path, each.line, each.message) for each in idle] == [
            (
                "polypage.toml",
                7,
                "'medicine/*' fits no article; did you mean 'medicines/*'?",
            ),
            (
                "polypage.toml",
                9,
                "'medicines/dosis' fits no article; did you mean 'medicines/dose'?",
            ),
        ]
    assert not run(project.root, slugs=["medicines/dose"]).idle
