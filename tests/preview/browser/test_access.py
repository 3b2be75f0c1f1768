"""A preview for those who have no mouse, little room, or a screen reader: WCAG 2.2."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.preview.browser.conftest import opened

pytestmark = pytest.mark.needs_program("chromium")

AXE = (Path(__file__).parent.parent / "axe.min.js").read_text("utf-8")


def test_the_keyboard_is_enough(page: Page, address: str) -> None:
    opened(page, f"{address}/de/rolling")

    def chosen() -> str:
        return page.locator("#entries [aria-current] .msgid").inner_text()

    page.keyboard.press("n")
    first_to_do = chosen()
    page.keyboard.press("n")
    second_to_do = chosen()
    page.keyboard.press("ArrowDown")
    below = chosen()
    page.keyboard.press("Home")
    top = chosen()
    expect(page.locator("#panel .texts")).to_contain_text("Rollen")
    page.keyboard.press("Enter")
    in_panel = page.evaluate("document.activeElement.id")
    page.keyboard.press("Tab")
    on_button = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("needle")
    page.keyboard.press("Enter")

    assert (first_to_do, second_to_do) == ("Take 5 mg of collagen.", "Rest for two days.")
    assert (below, top) == ("Drink water.", "Rolling")
    assert (in_panel, on_button) == ("panel", "Copy place")
    assert chosen() == "A needle"


def test_every_control_can_be_reached_with_tab(page: Page, address: str) -> None:
    opened(page, f"{address}/de/rolling")
    wanted = {"fuzzy", "translated", "findings", "next", "search", "source", "target"}
    reached: set[str] = set()

    for _ in range(60):  # twice around, for frames that come late
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(e => e.id || e.value || e.name || e.dataset.entry || e.textContent)"
                "(document.activeElement)"
            )
        )

    assert wanted <= reached


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_screen_reader_can_make_sense_of_it(
    page: Page, address: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    found = []

    for path in ("/", "/de/", "/xx/"):
        page.goto(f"{address}{path}")
        found += grave(page)
    opened(page, f"{address}/de/rolling")
    found += grave(page)
    page.keyboard.press("n")
    expect(page.locator("#panel .finding")).to_be_visible()
    found += grave(page)
    page.keyboard.press("n")
    expect(page.locator("#panel del")).to_be_visible()
    found += grave(page)

    assert not found


@pytest.mark.parametrize(("width", "height"), [(320, 256), (420, 800), (1280, 400)])
def test_at_any_zoom_all_of_it_can_be_reached_by_scrolling_down(
    page: Page, address: str, width: int, height: int
) -> None:
    """1280 by 1024 pixels at 400 % are 320 by 256: WCAG 2.2, 1.4.10."""
    page.set_viewport_size({"width": width, "height": height})
    opened(page, f"{address}/de/rolling")
    page.keyboard.press("n")
    expect(page.locator("#panel .finding")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for wanted in ("#panel .place", "iframe[name=source]", "iframe[name=target]"):
        page.locator(wanted).scroll_into_view_if_needed()
        box = page.locator(wanted).bounding_box()
        assert box
        assert box["y"] < height
        assert box["height"] > 10
    for side in ("source", "target"):
        tall = page.locator(f"iframe[name={side}]").evaluate("frame => frame.clientHeight")
        assert tall > height / 2
    assert not grave(page)


def test_on_paper_stand_all_entries_with_all_their_words(page: Page, address: str) -> None:
    opened(page, f"{address}/de/rolling")
    page.keyboard.press("n")

    page.emulate_media(media="print")

    for entry in page.locator("#entries > li").all():
        expect(entry).to_be_visible()
    expect(page.locator("#tools")).to_be_hidden()
    list_, paper = (
        page.evaluate(f"document.querySelector('{each}').scrollHeight")
        for each in ("#list", "html")
    )
    assert paper >= list_ > 0
    assert page.locator("#list").evaluate("list => list.scrollHeight == list.clientHeight")


def grave(page: Page) -> list[str]:
    """Return what axe finds serious or worse, in the preview's own page."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {iframes: false})")
    return [
        f"{each['id']}: {each['nodes'][0]['html']}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
