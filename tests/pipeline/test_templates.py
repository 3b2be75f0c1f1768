"""What translators are told about the texts of an article."""

from __future__ import annotations

import os

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from polypage.catalogs.catalog import Catalog, template
from polypage.catalogs.templates import for_locale, site_entries, template_entries
from polypage.limits import LocaleFilter, admits
from polypage.model import Article, Entry, Segment, Skeleton
from polypage.project import Project
from polypage.reading.configured import configured_segment
from polypage.runs.localefiles import open_template
from polypage.runs.pipeline import run
from tests.conftest import MakeProject

PAGE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Collagen</title></head>
<body>
<h1>Collagen</h1>
<h2>The
  benefits</h2>
<ul>
<li data-polypage-note="For patients.">Read <a href="rolling.html">how</a> <img src="a.jpg" alt="">.</li>
<li>Rest</li>
</ul>
<h2>After that</h2>
<p>Rest</p>
<p data-polypage-context="tariff">Rest</p>
<p class="source-link">Source link &lt; <a href="https://clinic.example/collagen">Collagen</a></p>
<footer>Rest</footer>
</body>
</html>
"""
SETTINGS = """\
[project]
locales = ["vi"]
[site]
parts = ["footer", ".source-link"]
[notice]
on_missing = "ignore"
"""


def entries(project: Project, slug: str) -> dict[tuple[str | None, str], Entry]:
    catalog: Catalog = open_template(project, slug).catalog
    return {(entry.context, entry.msgid): entry for entry in catalog.entries}


def test_an_entry_says_where_its_texts_stand_and_what_its_codes_are(
    make_project: MakeProject,
) -> None:
    project = make_project({"polypage.toml": SETTINGS, "source_articles/collagen.html": PAGE})

    run(project.root, stages=["extract"])

    own = entries(project, "collagen")
    assert {key: entry.extracted_comments for key, entry in own.items()} == {
        (None, "Collagen"): (
            "page title",
            "heading level 1",
            "link · under: Collagen / After that",
        ),
        (None, "The benefits"): ("heading level 2",),
        (None, "Read <a1>how</a1> <img1/>."): (
            "list item · under: Collagen / The benefits",
            "For patients.",
            "a1: link to rolling.html",
            "img1: image a.jpg",
        ),
        (None, "Rest"): (
            "list item · under: Collagen / The benefits",
            "paragraph · under: Collagen / After that",
        ),
        (None, "After that"): ("heading level 2",),
        ("tariff", "Rest"): ("paragraph · under: Collagen / After that",),
    }
    assert {entry.references for entry in own.values()} == {("source_articles/collagen.html",)}
    assert list(entries(project, "site")) == [(None, "Source link &lt; <a1/>"), (None, "Rest")]


def test_references_name_lines_if_the_settings_say_so(make_project: MakeProject) -> None:
    settings = f'{SETTINGS}[extract]\nreferences = "line"\n'
    project = make_project({"polypage.toml": settings, "source_articles/collagen.html": PAGE})

    run(project.root, stages=["extract"])

    assert entries(project, "collagen")[None, "Rest"].references == (
        "source_articles/collagen.html:10",
        "source_articles/collagen.html:13",
    )


@pytest.mark.parametrize(("named", "is_same"), [("file", True), ("line", False)])
def test_a_template_without_lines_is_the_same_when_only_lines_move(
    make_project: MakeProject, named: str, *, is_same: bool
) -> None:
    settings = f'{SETTINGS}[extract]\nreferences = "{named}"\n'
    project = make_project({"polypage.toml": settings, "source_articles/collagen.html": PAGE})
    run(project.root, stages=["extract"])
    before = project.template_path("collagen").read_bytes()

    page = PAGE.replace("<body>", "<body>\n\n").replace("</h1>\n", "</h1>\n<!-- new -->\n")
    project.source_path("collagen").write_text(page, "utf-8")
    os.utime(project.source_path("collagen"), (2e9, 2e9))
    run(project.root, stages=["extract"])

    after = project.template_path("collagen").read_bytes()
    assert (after == before) is is_same
    assert (b"POT-Creation-Date: 2033" in after) is not is_same


def test_what_is_to_be_inserted_is_translated_once_for_all(make_project: MakeProject) -> None:
    settings = SETTINGS.replace(
        '"ignore"', '"insert"\ndisclaimer_text = "For information & nothing else."'
    )
    project = make_project({"polypage.toml": settings, "source_articles/collagen.html": PAGE})

    run(project.root, stages=["extract"])

    shared = entries(project, "site")
    assert (None, "For information &amp; nothing else.") in shared
    assert (None, "Source link &lt; <title/> > <site/>") in shared


def test_a_shared_text_names_a_few_of_its_articles_only() -> None:
    shares = [(Entry("Home", references=(f"{n}.html",)),) for n in range(9)]

    assert [entry.references for entry in site_entries(shares)] == [
        ("0.html",),
        ("1.html",),
        ("2.html",),
    ]


APPROVED = """\
[project]
locales = ["vi", "es"]
[notice]
on_missing = "insert"
disclaimer_text = "For information only."
disclaimer = "p.disclaimer"
source_link = "p.source-link a"
[notice.approved]
vi = "Chỉ để tham khảo."
es = "Solo información."
"""
TOLD = "approved text: in es, vi the page says what was approved, whatever stands here"


def test_the_entry_of_a_disclaimer_names_the_locales_that_have_an_approved_text(
    make_project: MakeProject,
) -> None:
    disclaimer = '<p class="disclaimer">Ask <em>your</em> doctor.</p><p>Rest well.</p>'
    page = PAGE.replace("<footer>", f"{disclaimer}<footer>")
    project = make_project({"polypage.toml": APPROVED, "source_articles/collagen.html": page})

    run(project.root, stages=["extract"])

    own = entries(project, "collagen")
    assert TOLD in own[None, "Ask <em>your</em> doctor."].extracted_comments
    assert TOLD in entries(project, "site")[None, "For information only."].extracted_comments
    told = [entry.msgid for entry in own.values() if TOLD in entry.extracted_comments]
    assert told == ["Ask <em>your</em> doctor."]


# --- for which locales ------------------------------------------------------------------------

FILTERS = (
    None,
    LocaleFilter("fr"),
    LocaleFilter("de, fr-CA"),
    LocaleFilter("fr", exclude=True),
    LocaleFilter(""),
)


def segment(msgid: str, locales: LocaleFilter | None) -> Segment:
    return configured_segment((msgid,), "paragraph")._replace(locales=locales)


@example([[("a", LocaleFilter("fr"))]] * 4 + [[("a", None)]])
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(FILTERS)), max_size=5),
        max_size=4,
    )
)
def test_a_catalog_has_what_any_place_of_any_article_is_for(
    articles: list[list[tuple[str, LocaleFilter | None]]],
) -> None:
    shares = [
        template_entries(
            Article(
                f"a{at}", f"a{at}.html", Skeleton("", ()), tuple(segment(*each) for each in own)
            ),
            "site",
        )
        for at, own in enumerate(articles)
    ]

    made = template(site_entries(shares), project="site", created="")

    for tag in ("fr", "fr-CA", "de", "vi"):
        wanted = {msgid for own in articles for msgid, filter_ in own if admits(filter_, tag)}
        assert {entry.msgid for entry in for_locale(made, tag).entries} == wanted
