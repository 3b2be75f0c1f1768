"""Built pages in a browser: a reader changes the language without a mouse."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from polypage.model import Entry
from polypage.project import Project
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, ROLLING, SETTINGS, translate

pytestmark = pytest.mark.needs_program("chromium")

NAV = '<nav class="languages" aria-label="Languages"></nav>'
WORDS = {
    "Rolling": "تدليك البشرة",
    "Languages": "اللغات",
    "All rights reserved": "جميع الحقوق محفوظة",
    "For information only.": "للمعلومات فقط.",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page of a browser that runs no scripts of pages."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 800, "height": 500})
    yield context.new_page()
    context.close()


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a clinic whose article is published in Arabic, in part."""
    settings = f'{SETTINGS}[publish]\nmin_coverage = 0\nswitcher = "nav.languages"\n'
    source = ROLLING.replace("<h1>", f"{NAV}<h1>")
    project = make_project(
        {**FILES, "source_articles/rolling.html": source, "polypage.toml": settings}
    )
    run(project.root, stages=["extract", "update"])
    for slug in ("rolling", "site"):
        translate(project, slug, "ar", _said)
    run(project.root)
    return project


def _said(entry: Entry) -> Entry:
    return replace(entry, msgstr=WORDS.get(entry.msgid, ""))


def focused(page: Page) -> str:
    return page.locator(":focus").inner_text()


def test_the_switcher_works_by_keyboard_from_the_arabic_page(clinic: Project, page: Page) -> None:
    page.goto(clinic.page_path("rolling", "ar").as_uri())

    visited = []
    for _ in range(3):
        page.keyboard.press("Tab")
        visited.append(focused(page))
    assert visited == ["English", "العربية", "Tiếng Việt"]
    if picture := os.environ.get("POLYPAGE_PICTURES"):
        page.screenshot(path=Path(picture) / "arabic.png")

    page.keyboard.press("Enter")

    expect(page).to_have_url(clinic.page_path("rolling", "vi").as_uri())
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.keyboard.press("Tab")
    assert focused(page) == "English"


def test_the_arabic_page_reads_from_right_to_left(clinic: Project, page: Page) -> None:
    page.goto(clinic.page_path("rolling", "ar").as_uri())

    expect(page.locator("html")).to_have_css("direction", "rtl")
    current = page.get_by_role("navigation", name="اللغات").locator("[aria-current=page]")
    expect(current).to_have_text("العربية")
    expect(current).to_have_css("direction", "rtl")
    expect(page.get_by_role("link", name="English")).to_have_css("direction", "ltr")
    expect(page.get_by_text("first.")).to_have_css("direction", "ltr")


def test_front_pages_lead_on_by_keyboard(clinic: Project, page: Page) -> None:
    page.goto((clinic.site_dir / "ar/index.html").as_uri())
    if picture := os.environ.get("POLYPAGE_PICTURES"):
        page.screenshot(path=Path(picture) / "front.png")

    visited = []
    for _ in range(5):
        page.keyboard.press("Tab")
        visited.append(focused(page))
    assert visited[:3] == ["English", "العربية", "Tiếng Việt"]
    assert set(visited[3:]) == {"تدليك البشرة", "Peeling"}

    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text(visited[-1])
