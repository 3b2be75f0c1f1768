"""Pages that are out of date in what matters: marked or taken off the site, and mended again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from polypage.model import BuildOutcome, Entry, Status
from polypage.project import Project
from polypage.runs.outcomes import Run
from polypage.runs.pipeline import rehearse, run
from polypage.runs.report import Page, totals
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, SETTINGS, times, translate

PAGE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Dose</title></head>
<body>
<h1>Dose</h1>
<p>Take 5 mg a day.</p>
<p>You may drive.</p>
<table><tr><td>Adults</td><td>10</td></tr><tr><td>Children</td><td>5</td></tr></table>
<p class="warning">Keep it dry and away from children.</p>
<p>It tastes of mint, as many do.</p>
<p class="disclaimer">For information only.</p>
<p class="source-link">Source: <a href="https://clinic.example/dose">Dose</a></p>
<footer>Since 1999</footer>
</body>
</html>
"""
URGENT = '[[publish.classes]]\narticles = ["dose"]\nurgent = true\nwarnings = [".warning"]\n'
STRICT = f"[publish]\nmin_coverage = 1\n{URGENT}"
BANNER = "data-polypage-recall"


@pytest.fixture
def make_clinic(make_project: MakeProject) -> Callable[..., Project]:
    """Make the clinic's project with one more article, published in Vietnamese and Arabic."""

    def make(settings: str = STRICT, page: str = PAGE) -> Project:
        project = make_project(
            {
                **FILES,
                "polypage.toml": f"{SETTINGS}{settings}",
                "source_articles/dose.html": page,
            }
        )
        run(project.root, stages=["extract", "update"])
        for locale in ("vi", "ar"):
            for slug in ("rolling", "peeling", "dose", "site"):
                translate(project, slug, locale)
        assert run(project.root).good
        return project

    return make


def edit(project: Project, old: str, new: str) -> Run:
    """Edit the source page, and run without any work of translators."""
    path = project.source_path("dose")
    page = path.read_text("utf-8")
    assert old in page
    path.write_text(page.replace(old, new), "utf-8")
    return run(project.root)


def wait(project: Project) -> None:
    """Keep the page from being built, whatever else becomes of it, by words that do not matter."""
    done = edit(project, "<h1>Dose</h1>", "<h1>Dose</h1><p>Something else to read.</p>")
    assert outcome(done).status is Status.HELD


def settled(entry: Entry) -> Entry:
    return replace(entry, msgstr=f"{entry.msgid} !", flags=())


def outcome(done: Run, locale: str = "vi") -> BuildOutcome:
    return next(page for page in done.built if (page.slug, page.locale) == ("dose", locale))


def page(project: Project, tag: str = "vi") -> str:
    return project.page_path("dose", tag).read_text("utf-8")


MATTERS = [
    ("another figure", "5 mg a day", "50 mg a day"),
    ("another unit", "5 mg a day", "5 ml a day"),
    ("a denial", "You may drive", "You may not drive"),
    ("a figure that stands alone", "<td>10</td>", "<td>20</td>"),
    ("figures that change places", "10</td></tr><tr><td>Children</td><td>5",
     "5</td></tr><tr><td>Children</td><td>10"),
    ("a new figure", "It tastes of mint", "It tastes of mint for 2 hours"),
    ("a new passage", "<p>It tastes", "<p>Never take it with milk.</p><p>It tastes"),
    ("a passage that is gone", "<p>Take 5 mg a day.</p>", "<p>Take it.</p>"),
    ("a word of a warning", "Keep it dry", "Keep it cool"),
    ("a new warning", "<p>It tastes", '<p class="warning">Shake it.</p><p>It tastes'),
    ("a warning that is gone", '<p class="warning">Keep it dry and away from children.</p>', "<p>So."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"), [case[1:] for case in MATTERS], ids=[case[0] for case in MATTERS]
)
def test_a_page_that_lacks_what_matters_is_marked(
    make_clinic: Callable[..., Project], old: str, new: str
) -> None:
    project = make_clinic()
    wait(project)

    done = edit(project, old, new)

    assert outcome(done).status is Status.RECALLED
    assert BANNER in page(project)


HARMLESS = [
    ("other words", "It tastes of mint", "It smells of mint"),
    ("other words around a figure", "Take 5 mg a day.", "Swallow 5 mg each day."),
    ("other typography", "Keep it dry and", "Keep it  dry  and"),
    ("other markup of a warning", "Keep it dry", "Keep it <i>dry</i>"),
    ("a paragraph more", "<p>It tastes", "<p>Good luck.</p><p>It tastes"),
    ("a year in what all pages share", "Since 1999", "Since 1998"),
]


@pytest.mark.parametrize(
    ("old", "new"), [case[1:] for case in HARMLESS], ids=[case[0] for case in HARMLESS]
)
def test_a_page_that_lacks_other_things_stays_as_it_is(
    make_clinic: Callable[..., Project], old: str, new: str
) -> None:
    project = make_clinic()
    before = page(project)
    wait(project)

    done = edit(project, old, new)

    assert outcome(done).status is Status.HELD
    assert page(project) == before


def test_the_banner_leads_to_the_source_page_in_a_language_that_is_marked(
    make_clinic: Callable[..., Project],
) -> None:
    project = make_clinic(f'{STRICT}[publish.locales.ar]\nrecall_text = "هذه الصفحة <قديمة>."\n')
    translate(project, "site", "vi", lambda entry: replace(entry, msgstr=entry.msgstr and "Cũ."))

    edit(project, "5 mg", "50 mg")

    vietnamese, arabic = page(project, "vi"), page(project, "ar")
    assert 'role="alert" lang="vi" dir="ltr"' in vietnamese
    assert '<a href="../en/dose.html" hreflang="en" style="color:inherit">Cũ.</a></p>' in vietnamese
    assert vietnamese.index(BANNER) < vietnamese.index("<h1>")
    assert 'role="alert" lang="ar" dir="rtl"' in arabic
    assert "هذه الصفحة &lt;قديمة" in arabic


def test_a_banner_that_nobody_translated_is_in_the_source_language(
    make_clinic: Callable[..., Project],
) -> None:
    project = make_clinic()
    translate(project, "site", "ar", lambda entry: replace(entry, msgstr=""))

    edit(project, "5 mg", "50 mg")

    assert 'role="alert" lang="en" dir="ltr"' in page(project, "ar")


def test_translators_are_asked_for_the_banner_only_if_a_page_may_need_it(
    make_project: MakeProject, make_clinic: Callable[..., Project]
) -> None:
    project = make_clinic()
    template = project.template_path("site").read_text("utf-8")

    plain = make_project({"polypage.toml": SETTINGS})
    run(plain.root)

    assert "This page is out of date." in template
    assert '#: source_articles/dose.html\nmsgid "This page is out of date.' in template
    assert "out of date" not in plain.template_path("site").read_text("utf-8")


@pytest.mark.parametrize("deleted", [False, True], ids=["with state", "without"])
def test_translators_are_asked_for_the_banner_as_long_as_a_page_may_need_it(
    make_clinic: Callable[..., Project], deleted: bool
) -> None:
    project = make_clinic(STRICT, PAGE.replace("<footer>Since 1999</footer>", ""))
    template = project.template_path("site").read_bytes()
    if deleted:
        shutil.rmtree(project.state_dir)

    run(project.root)
    done = run(project.root)

    assert project.template_path("site").read_bytes() == template
    assert not done.changed


@pytest.mark.parametrize("deleted", [False, True], ids=["with state", "without"])
def test_a_page_stays_recalled_until_it_can_be_published_whole(
    make_clinic: Callable[..., Project], deleted: bool
) -> None:
    project = make_clinic()
    whole = page(project)
    wait(project)
    edit(project, "5 mg", "50 mg")
    recalled = page(project)
    if deleted:
        shutil.rmtree(project.state_dir)

    # The figure is mended, but the page falls short still: what stands has the old figure.
    translate(project, "dose", "vi", mended)
    half = run(project.root)

    assert outcome(half).status is Status.RECALLED
    assert page(project) == recalled

    translate(project, "dose", "vi", settled)
    done = run(project.root)

    assert outcome(done).status is Status.PUBLISHED
    assert outcome(done).reason == "whole again"
    assert BANNER not in page(project)
    assert "50 mg" in page(project)
    assert whole != page(project)


def mended(entry: Entry) -> Entry:
    return settled(entry) if "50 mg" in entry.msgid else entry


def test_a_page_whose_source_says_again_what_it_said_is_as_it_was(
    make_clinic: Callable[..., Project],
) -> None:
    project = make_clinic()
    whole = page(project)
    edit(project, "5 mg", "50 mg")
    edit(project, "It tastes", "Really, it tastes")

    done = edit(project, "50 mg", "5 mg")

    assert outcome(done).status is Status.HELD
    assert page(project) == whole


def test_a_recalled_page_is_not_written_twice(make_clinic: Callable[..., Project]) -> None:
    project = make_clinic()
    assert edit(project, "5 mg", "50 mg").changed
    before = times(project.root)

    done = run(project.root)

    assert times(project.root) == before
    assert outcome(done).status is Status.RECALLED
    assert not done.changed
    assert done.exit_status == 1


def test_a_recalled_page_is_proven_as_an_older_one(make_clinic: Callable[..., Project]) -> None:
    project = make_clinic()

    done = edit(project, "5 mg", "50 mg")

    assert all(audited.proven for audited in done.audited)


# --- taken off the site -----------------------------------------------------------------------


def test_a_page_is_taken_off_the_site_and_links_lead_to_the_source(
    make_clinic: Callable[..., Project],
) -> None:
    linked = PAGE.replace("It tastes of mint", '<a href="peeling.html">It tastes of mint</a>')
    project = make_clinic(f'{STRICT}on_recall = "pull"\n', linked)
    other = project.source_path("rolling")
    other.write_text(other.read_text("utf-8").replace("peeling.html#care", "dose.html"), "utf-8")
    run(project.root)
    rolling = project.page_path("rolling", "vi")
    assert 'href="dose.html"' in rolling.read_text("utf-8")

    done = edit(project, "5 mg", "50 mg")

    assert not project.page_path("dose", "vi").exists()
    assert outcome(done).status is Status.RECALLED
    assert 'href="../en/dose.html"' in rolling.read_text("utf-8")
    assert "vi/dose.html" not in (project.site_dir / "sitemap.xml").read_text("utf-8")
    assert run(project.root).held

    translate(project, "dose", "vi", settled)
    assert outcome(run(project.root)).reason == "new"
    assert 'href="dose.html"' in rolling.read_text("utf-8")


def test_a_page_that_is_held_itself_leads_to_no_page_that_is_taken_off_the_site(
    make_clinic: Callable[..., Project],
) -> None:
    project = make_clinic(f'{STRICT}on_recall = "pull"\n')
    other = project.source_path("rolling")
    source = other.read_text("utf-8").replace("peeling.html#care", "dose.html?a=1&amp;b#day")
    other.write_text(source, "utf-8")
    run(project.root)
    other.write_text(source.replace("</h1>", "</h1><p>Not translated yet.</p>"), "utf-8")
    run(project.root)
    rolling = project.page_path("rolling", "vi")
    whole = rolling.read_text("utf-8")
    link = 'href="dose.html?a=1&amp;b#day"'
    assert link in whole
    assert "Not translated" not in whole

    done = edit(project, "5 mg", "50 mg")

    led = whole.replace(f"<a {link}", '<a hreflang="en" href="../en/dose.html?a=1&amp;b#day"')
    assert rolling.read_text("utf-8") == led != whole
    assert all(audited.proven for audited in done.audited)
    assert not run(project.root).changed

    translate(project, "dose", "vi", settled)
    run(project.root)

    assert rolling.read_text("utf-8") == whole.replace(link, f'hreflang="vi" {link}')


# --- what cannot be known, and what cannot be read --------------------------------------------


def test_a_page_that_was_built_before_its_article_was_urgent_is_recalled(
    make_clinic: Callable[..., Project],
) -> None:
    project = make_clinic("[publish]\nmin_coverage = 1\n")
    marked = PAGE.replace("<body>", "<body data-polypage-urgent>")
    project.source_path("dose").write_text(marked.replace("5 mg", "50 mg"), "utf-8")

    done = run(project.root)

    assert outcome(done).status is Status.RECALLED
    assert "does not say what it was built from" in outcome(done).reason


def test_a_passage_is_a_warning_where_the_page_says_so(
    make_clinic: Callable[..., Project],
) -> None:
    project = make_clinic(
        "[publish]\nmin_coverage = 1\n",
        PAGE.replace("<p>You may", "<p data-polypage-urgent>You may"),
    )
    before = page(project)

    held = edit(project, "5 mg", "50 mg")
    assert outcome(held).status is Status.HELD
    assert page(project) == before

    recalled = edit(project, "You may drive", "You may drive slowly")
    assert outcome(recalled).status is Status.RECALLED


def test_a_page_is_recalled_though_its_catalog_is_broken(
    make_clinic: Callable[..., Project],
) -> None:
    project = make_clinic()
    catalog = project.catalog_path("dose", "vi")
    catalog.write_bytes(catalog.read_bytes() + b'\nmsgid "unclosed\n')

    done = edit(project, "5 mg", "50 mg")

    assert outcome(done).status is Status.RECALLED
    assert BANNER in page(project)
    assert done.exit_status == 1


def test_a_build_recalls_before_anything_is_extracted(
    make_clinic: Callable[..., Project],
) -> None:
    project = make_clinic()
    path = project.source_path("dose")
    path.write_text(path.read_text("utf-8").replace("5 mg", "50 mg"), "utf-8")

    done = run(project.root, stages=["check", "build"])

    assert outcome(done).status is Status.RECALLED
    assert BANNER in page(project)


def test_a_page_that_has_no_place_for_a_banner_is_taken_off_the_site(
    make_clinic: Callable[..., Project],
) -> None:
    project = make_clinic()
    path = project.page_path("dose", "vi")
    path.write_bytes(b"")

    done = edit(project, "5 mg", "50 mg")

    assert outcome(done).status is Status.RECALLED
    assert not path.exists()


BROKEN_FILES: list[tuple[str, Callable[[Project], Path]]] = [
    ("the approved disclaimer", lambda project: project.approval_path("vi")),
    ("the twins of links", lambda project: project.links_path("vi")),
    ("the site's catalog", lambda project: project.catalog_path("site", "vi")),
    ("the page's own catalog", lambda project: project.catalog_path("dose", "vi")),
    ("the glossary", lambda project: project.glossary_path("vi", ".csv")),
]


@pytest.mark.parametrize("place", [place for _, place in BROKEN_FILES], ids=dict(BROKEN_FILES))
def test_a_page_is_recalled_whichever_file_of_its_locale_is_broken(
    make_clinic: Callable[..., Project], place: Callable[[Project], Path]
) -> None:
    project = make_clinic()
    place(project).write_bytes(b'"unclosed = \xff\n')

    done = edit(project, "5 mg", "50 mg")

    assert outcome(done).status is Status.RECALLED
    assert BANNER in page(project)
    assert done.exit_status == 1


def test_a_page_is_taken_off_the_site_if_no_banner_can_be_proven(
    make_clinic: Callable[..., Project],
) -> None:
    project = make_clinic()
    settings = project.root / "polypage.toml"
    insert = 'on_missing = "insert"\ndisclaimer_text = "No advice."\nsource_link = ":has(p) i a"\n'
    settings.write_text(f"{settings.read_text('utf-8')}[notice]\n{insert}", "utf-8")

    done = edit(project, "5 mg", "50 mg")

    assert outcome(done).status is Status.RECALLED
    assert not project.page_path("dose", "vi").exists()
    assert "settings-wrong" in {finding.code for finding in outcome(done).findings}


@pytest.mark.parametrize(
    "work",
    [
        run,
        lambda root: run(root, stages=["build"]),
        rehearse,
    ],
    ids=["run", "build", "plan"],
)
def test_pages_whose_source_cannot_be_read_are_told_of(
    make_clinic: Callable[..., Project], work: Callable[[Path], Run]
) -> None:
    project = make_clinic()
    project.page_path("dose", "ar").unlink()
    project.source_path("dose").write_bytes(b"")

    done = work(project.root)

    standing = {page.locale: page.standing for page in done.built if page.slug == "dose"}
    assert standing == {"en": True, "vi": True, "ar": False}
    assert outcome(done).status is Status.FAILED
    assert "nobody knows whether it is still right" in outcome(done).reason
    assert any("site/vi/dose.html" in failure.message for failure in done.failures)
    assert any("3 failed" in line for line in totals(done, Page()))
    assert done.exit_status == 1
