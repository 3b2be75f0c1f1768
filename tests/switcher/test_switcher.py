"""The language switcher, by itself and on built pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from polypage.building.switcher import filled
from polypage.errors import SettingsError
from polypage.html.document import read, select
from polypage.model import Edition, Status
from polypage.project import Project
from polypage.runs.accounts import survey
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, ROLLING, SETTINGS, translate
from tests.render.pages import ARABIC

EDITIONS = (
    Edition("es", "ltr", "español", "es_ES", 'a"b&c.html'),
    Edition("ar", "rtl", "العربية", "ar_AR", "dose.html"),
)
TARGET = replace(ARABIC, editions=EDITIONS)
SPANISH = '<a href="a&quot;b&amp;c.html" lang="es" dir="ltr" hreflang="es">Español</a>'
OWN = '<a href="dose.html" lang="ar" dir="rtl" hreflang="ar" aria-current="page">العربية</a>'


@pytest.mark.parametrize(
    ("element", "content"),
    [
        ("<nav class=x>old</nav>", f"<ul><li>{SPANISH}</li>\n<li>{OWN}</li></ul>"),
        ("<ol class=x></ol>", f"<li>{SPANISH}</li>\n<li>{OWN}</li>"),
        ("<p class=x>old</p>", f"{SPANISH}\n{OWN}"),
    ],
)
def test_an_element_is_filled_with_what_it_can_hold(element: str, content: str) -> None:
    document = read(element.encode(), path="page.html")

    edits = filled(select(document, ".x"), TARGET)

    assert [edit.text for edit in edits] == [content]


def test_a_page_without_a_place_on_the_site_keeps_what_it_has() -> None:
    document = read(b"<nav>old</nav>", path="page.html")

    assert filled(select(document, "nav"), ARABIC) == ()


def test_of_elements_in_each_other_the_outer_one_is_filled() -> None:
    document = read(b"<nav><nav>old</nav></nav><nav></nav>", path="page.html")

    edits = filled(select(document, "nav"), TARGET)

    assert [document.text[slice(*edit.span)] for edit in edits] == ["<nav>old</nav>", ""]


@pytest.mark.parametrize("element", ["<select>", "<img>", "<svg>", "<a>", "<script>"])
def test_an_element_that_can_hold_no_links_is_refused(element: str) -> None:
    document = read(element.encode(), path="page.html")

    with pytest.raises(SettingsError, match="name another element"):
        filled(select(document, element.strip("<>")), TARGET)


# --- on a site --------------------------------------------------------------------------------

NAV = '<nav class="languages" aria-label="Languages"><a href="/">Only English</a></nav>'


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a clinic with a switcher on its pages, whose catalogs are complete in Arabic."""
    pages = {
        "source_articles/rolling.html": ROLLING.replace("<body>", f"<body>{NAV}"),
        "polypage.toml": f"{SETTINGS}[publish]\nswitcher = 'nav.languages, p.none'\n",
    }
    project = make_project({**FILES, **pages})
    run(project.root, stages=["extract", "update"])
    for slug in ("rolling", "site"):
        translate(project, slug, "ar")
    return project


def languages(project: Project, tag: str) -> list[dict[str, str | None]]:
    page = LexborHTMLParser(project.page_path("rolling", tag).read_text("utf-8"))
    return [link.attributes for link in page.css("nav.languages > ul > li > a")]


def test_pages_lead_to_the_languages_that_are_published(clinic: Project) -> None:
    done = run(clinic.root)

    marks = {"lang": "ar", "dir": "rtl", "hreflang": "ar"}
    english = {"lang": "en", "dir": "ltr", "hreflang": "en"}
    assert languages(clinic, "en") == [
        {"href": "rolling.html", **english, "aria-current": "page"},
        {"href": "../ar/rolling.html", **marks},
    ]
    assert languages(clinic, "ar") == [
        {"href": "../en/rolling.html", **english},
        {"href": "rolling.html", **marks, "aria-current": "page"},
    ]
    statuses = {(page.slug, page.locale): page.status for page in done.built}
    assert statuses["rolling", "ar"] is Status.PUBLISHED
    assert statuses["rolling", "vi"] is Status.HELD


def test_what_it_takes_the_place_of_is_offered_to_nobody_and_accounted_for(
    clinic: Project,
) -> None:
    template = clinic.template_path("rolling").read_text("utf-8")

    accounts = survey(clinic.root)

    assert "Only English" not in template
    assert 'msgid "Languages"' in template
    assert accounts.exit_status == 0
