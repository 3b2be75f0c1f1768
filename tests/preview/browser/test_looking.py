"""What is seen in a preview: states, places, what becomes of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from polypage.preview.handout import write
from polypage.project import Project
from polypage.runs.pipeline import run
from tests.conftest import SETTINGS, MakeProject
from tests.preview.browser.conftest import Serve, frame, listed, opened
from tests.preview.conftest import CATALOG, FILES, PAGE, TRANSLATED

pytestmark = pytest.mark.needs_program("chromium")


def test_what_becomes_of_the_page_is_told_and_kept_up_to_date(
    page: Page, serve: Serve, project: Project
) -> None:
    run(project.root)
    address = serve(project.root)

    opened(page, f"{address}/de/rolling")
    told = page.locator("#standing")
    expect(told).to_contain_text(
        "held: 38 % of its words are translated, 90 % are needed; 1 entry has an error."
    )
    expect(told).to_contain_text("On the site: nothing.")
    page.goto(f"{address}/de/")
    expect(page.get_by_role("cell", name="held: 38 % of its words")).to_be_visible()

    (project.root / "polypage.toml").write_text(f"{SETTINGS}[publish]\nmin_coverage = 0.2\n")
    run(project.root)
    opened(page, f"{address}/de/rolling")
    expect(told).to_contain_text("● published")


def test_passages_are_coloured_by_state(page: Page, address: str) -> None:
    opened(page, f"{address}/de/rolling")

    colours = {
        state: frame(page, "target")
        .locator(f"[data-polypage-state={state}]")
        .first.evaluate("mark => getComputedStyle(mark).backgroundColor")
        for state in ("translated", "fuzzy", "untranslated", "fallback")
    }

    assert len(set(colours.values())) == 4


def test_filters_and_search_narrow_the_list(page: Page, address: str) -> None:
    opened(page, f"{address}/de/rolling")

    page.get_by_label("translated", exact=False).and_(page.locator("[value=translated]")).uncheck()
    without_translated = listed(page)
    page.get_by_label("only findings").check()
    with_findings = listed(page)
    page.get_by_label("only findings").uncheck()
    page.get_by_label("Search").fill("tage")
    with_word = listed(page)

    assert without_translated == ["Take 5 mg of collagen.", "Rest for two days.", "Drink water."]
    assert with_findings == ["Take 5 mg of collagen."]
    assert with_word == ["Rest for two days."]


def test_a_state_that_is_filtered_out_bears_no_colour(page: Page, address: str) -> None:
    opened(page, f"{address}/de/rolling")
    mark = frame(page, "target").locator("[data-polypage-state=fuzzy]")
    before = mark.evaluate("mark => getComputedStyle(mark).backgroundColor")

    page.locator("[name=state][value=fuzzy]").uncheck()

    expect(mark).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    assert before != "rgba(0, 0, 0, 0)"


def test_a_click_on_a_passage_tells_of_its_entry(page: Page, address: str) -> None:
    opened(page, f"{address}/de/rolling")

    frame(page, "target").get_by_text("Rest for two days.").click()

    expect(page.locator("#panel del")).to_have_text("three")
    expect(page.locator("#panel .place")).to_contain_text(CATALOG)
    chosen = page.locator("#entries [aria-current]")
    expect(chosen).to_contain_text("Rest for two days.")
    source = frame(page, "source").locator("[data-polypage-chosen]")
    expect(source).to_have_text("Rest for two days.")


def test_a_picture_tells_of_its_text(page: Page, address: str) -> None:
    opened(page, f"{address}/de/rolling")

    frame(page, "target").locator("img").dispatch_event("click")

    expect(page.locator("#panel .texts")).to_contain_text("Eine Nadel")


def test_pictures_and_styles_beside_the_page_are_loaded(page: Page, address: str) -> None:
    opened(page, f"{address}/de/rolling")

    width = frame(page, "target").locator("img").evaluate("image => image.naturalWidth")

    assert width == 1


def test_frames_are_scrolled_together(page: Page, serve: Serve, make_project: MakeProject) -> None:
    text = "".join(f"<p>Paragraph {n}. {'Words. ' * 40}</p>" for n in range(200))
    project = make_project({"source_articles/long.html": f"<html><body>{text}</body></html>"})
    opened(page, f"{serve(project.root)}/de/long")

    assert any(_is_followed(page, 9000) for _ in range(100))


def _is_followed(page: Page, y: int) -> bool:
    """Scroll the source, and say whether its translation follows; not while frames are exchanged."""
    try:
        frame(page, "source").evaluate("y => scrollTo(0, y)", y)
        page.wait_for_timeout(100)
        scrolled: float = frame(page, "target").evaluate("scrollY")
    except Error:
        return False
    return abs(scrolled - y) < 5


def test_a_large_page_is_seen_before_it_is_checked_and_again_when_it_is(
    page: Page, serve: Serve, make_project: MakeProject
) -> None:
    large = PAGE.replace("</body>", f"<pre>{'0 ' * 120_000}</pre></body>")
    project = make_project({**FILES, "source_articles/rolling.html": large})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    opened(page, f"{serve(project.root)}/de/rolling")

    expect(page.locator("#sheet")).to_have_attribute("data-checked", "yes")
    target = page.frame_locator("iframe[name=target]:not(.coming)")
    expect(target.get_by_text("Take 5 mg of collagen.")).to_be_visible()
    seen = [n for n, url in enumerate(asked) if "side=target" in url]
    (checked,) = (n for n, url in enumerate(asked) if "/-/entries/" in url)
    assert len(seen) == 2
    assert seen[0] < checked < seen[1]


def test_arabic_stands_from_right_to_left(
    page: Page, serve: Serve, make_project: MakeProject
) -> None:
    catalog = TRANSLATED.replace("Rollen", "التدحرج").replace('"Language: de', '"Language: ar')
    project = make_project({**FILES, "locales/ar/LC_MESSAGES/rolling.po": catalog})
    opened(page, f"{serve(project.root)}/ar/rolling")

    html = frame(page, "target").locator("html")
    heading = frame(page, "target").locator("h1")
    shown = page.locator("#entries .msgstr").first

    assert html.get_attribute("dir") == "rtl"
    assert heading.inner_text() == "التدحرج"
    assert heading.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert shown.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator("body").evaluate("e => getComputedStyle(e).direction") == "ltr"
    fallback = frame(page, "target").get_by_text("Drink water.")
    assert fallback.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_files_show_the_same_without_a_server(page: Page, project: Project, tmp_path: Path) -> None:
    write(project.root, tmp_path / "review", locales=("de",))

    page.goto((tmp_path / "review/index.html").as_uri())
    page.get_by_role("link", name="rolling").click()
    opened(page, page.url)
    frame(page, "target").get_by_text("Rest for two days.").click()

    expect(page.locator("#panel del")).to_have_text("three")
    expect(page.locator("#panel button")).to_have_text(["Copy place"])
    assert frame(page, "target").locator("img").evaluate("image => image.naturalWidth") == 1
    assert frame(page, "target").evaluate("origin") == "null"
