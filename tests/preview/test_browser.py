"""A preview in a browser, as people use it, and as hostile articles would."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from playwright.sync_api import Browser, Error, Frame, Page, expect, sync_playwright

from polypage.preview.handout import write
from polypage.project import Project
from polypage.runs.pipeline import run
from tests.conftest import ROOT, SETTINGS, MakeProject
from tests.preview.conftest import CATALOG, FILES, PAGE, TRANSLATED

pytestmark = pytest.mark.needs_program("chromium")

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
Serve: TypeAlias = Callable[[Path], str]
expect.set_options(timeout=20_000)  # machines are shared


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            # Nothing but this machine: what an article asks of others would be seen as an error.
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve projects as the command does; each has an address of its own."""
    servers: list[subprocess.Popen[str]] = []

    def start(root: Path) -> str:
        words = [sys.executable, "-m", "polypage", "preview", "--port", "0", "--project", str(root)]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
        server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
        servers.append(server)
        assert server.stdout
        told = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", told)
        assert found, told
        return found[0]

    yield start
    for server in servers:
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0
        assert server.stdout
        server.stdout.close()


@pytest.fixture
def address(serve: Serve, project: Project) -> str:
    return serve(project.root)


def opened(page: Page, address: str) -> Page:
    """Open an article, and wait until its frames have answered."""
    page.goto(address)
    for side in ("source", "target"):
        shown = page.frame_locator(f"iframe[name={side}]:not(.coming)")
        expect(shown.locator("html")).to_have_attribute("data-polypage-show", re.compile("fuzzy"))
    return page


def frame(page: Page, side: str) -> Frame:
    found = page.frame(name=side)
    assert found
    return found


def listed(page: Page) -> list[str]:
    return page.locator("#entries > li:visible .msgid").all_inner_texts()


def save(project: Project, old: str, new: str) -> None:
    """Save the catalog as editors do: a new file takes the place of the old one."""
    path = project.root / CATALOG
    text = path.read_text("utf-8")
    assert old in text
    beside = path.with_suffix(".new")
    beside.write_text(text.replace(old, new), "utf-8")
    beside.replace(path)


# --- looking ----------------------------------------------------------------------------------


def test_what_becomes_of_the_page_is_told_and_kept_up_to_date(
    page: Page, serve: Serve, project: Project
) -> None:
    run(project.root)
    address = serve(project.root)

    opened(page, f"{address}/de/rolling")
    told = page.locator("#standing")
    expect(told).to_contain_text(
        "held: 38 % of its words are translated, 90 % are asked for; 1 entry has an error."
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


# --- working ----------------------------------------------------------------------------------


def test_a_saved_catalog_is_seen_within_a_second(
    page: Page, address: str, project: Project
) -> None:
    opened(page, f"{address}/de/rolling")
    row = page.locator("#entries > li").filter(has_text="Rolling")
    times = []

    said = "Rollen"
    for n in range(5):
        before, said = said, f"Rollen {n}"
        begun = time.monotonic()
        save(project, f'msgstr "{before}"', f'msgstr "{said}"')
        target = page.frame_locator("iframe[name=target]:not(.coming)")
        expect(target.get_by_role("heading", name=said, exact=True)).to_be_visible()
        expect(row.locator(".msgstr")).to_have_text(said)
        times.append(time.monotonic() - begun)

    assert min(times) < 1  # the machine may have been busy with something else, but not always


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


def test_what_was_chosen_stays_chosen_when_a_catalog_is_saved(
    page: Page, address: str, project: Project
) -> None:
    opened(page, f"{address}/de/rolling")
    page.locator("#entries button").filter(has_text="Drink water.").click()
    expect(page.locator("#panel .texts")).to_contain_text("none")

    save(project, 'water."\nmsgstr ""', 'water."\nmsgstr "Trinken Sie Wasser."')

    expect(page.locator("#panel .texts")).to_contain_text("Trinken Sie Wasser.")
    expect(page.locator("#entries [aria-current]")).to_be_focused()


def test_a_broken_catalog_is_told_of_until_it_is_mended(
    page: Page, address: str, project: Project
) -> None:
    opened(page, f"{address}/de/rolling")

    save(project, 'msgstr "Rollen"', 'msgstr "Rollen')
    expect(page.get_by_role("alert")).to_contain_text(f"{CATALOG}:")
    kept = listed(page)
    save(project, 'msgstr "Rollen', 'msgstr "Rollern"')

    assert "Rolling" in kept
    expect(page.get_by_role("alert")).to_be_empty()


def test_a_preview_that_does_not_answer_any_more_is_told_of(page: Page, address: str) -> None:
    page.route("**/-/events/**", lambda route: route.abort())
    opened(page, f"{address}/de/rolling")
    expect(page.get_by_text("does not answer")).to_be_visible()

    page.unroute_all()

    expect(page.get_by_text("does not answer")).to_be_hidden()


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


def grave(page: Page) -> list[str]:
    """Return what axe finds serious or worse, in the preview's own page."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {iframes: false})")
    return [
        f"{each['id']}: {each['nodes'][0]['html']}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


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


# --- hostile articles -------------------------------------------------------------------------


class Trap:
    """A server elsewhere on this machine that notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(b"caught")

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def trap() -> Iterator[Trap]:
    trap = Trap()
    yield trap
    trap.server.shutdown()
    trap.server.server_close()


HOSTILE = """\
<!doctype html><html><head><title>Hostile</title>
<script>parent.document.title = "owned"; top.location = "TRAP/top-script"; fetch("TRAP/fetch");</script>
<script src="evil.js"></script>
<meta http-equiv="refresh" content="0; url=TRAP/refresh">
<base href="TRAP/base/">
<link rel="stylesheet" href="TRAP/style.css">
<link rel="prefetch" href="TRAP/prefetch">
<script type="module">navigator.serviceWorker.register("worker.js");</script>
</head>
<body onload="top.location='TRAP/onload'">
<p>Take care.</p>
<img src="TRAP/picture.png" alt="x" onerror="top.location='TRAP/onerror'">
<img src="/-/edit" alt="y"><img src="/" alt="z">
<a id="top" href="TRAP/link" target="_top">Leave the page</a>
<a id="blank" href="TRAP/blank" target="_blank">Leave by a window</a>
<a id="script" href="javascript:top.location='TRAP/javascript'">Leave by a script</a>
<form id="form" action="TRAP/form" method="post" target="_top"><button>Send the form</button></form>
<form id="own" action="/-/edit" method="post"><button>Send to the preview</button></form>
<iframe src="TRAP/frame"></iframe><iframe src="/de/hostile"></iframe>
<iframe srcdoc="<script>top.location='TRAP/srcdoc'</script>"></iframe>
<object data="TRAP/object"></object><embed src="TRAP/embed">
<a id="parent"></a>
<svg><script>top.location='TRAP/svg'</script></svg>
<video src="TRAP/video" autoplay></video>
<math><mtext><style><img src=x onerror="top.location='TRAP/mutation'"></style></mtext></math>
</body></html>
"""


@pytest.fixture
def hostile(page: Page, serve: Serve, make_project: MakeProject, trap: Trap) -> Page:
    html = HOSTILE.replace("TRAP", trap.url)
    evil = "top.location = 'evil'"
    files: dict[str, str | bytes] = {
        "source_articles/hostile.html": html,
        "source_articles/evil.js": evil,
        "source_articles/worker.js": "self.onfetch = () => {}",
    }
    return opened(page, f"{serve(make_project(files).root)}/de/hostile")


def test_the_hostile_article_is_hostile(page: Page, tmp_path: Path, trap: Trap) -> None:
    """Else that it reaches nothing would say nothing."""
    path = tmp_path / "hostile.html"
    path.write_text(HOSTILE.replace("TRAP", trap.url))

    page.goto(path.as_uri(), wait_until="commit")
    end = time.monotonic() + 20
    while not trap.asked and time.monotonic() < end:
        page.wait_for_timeout(50)

    assert trap.asked


def test_a_hostile_article_reaches_nothing(hostile: Page, trap: Trap) -> None:
    for side in ("source", "target"):
        within = frame(hostile, side)
        for wanted in ("#top", "#blank", "#script", "#form button", "#own button"):
            within.locator(wanted).dispatch_event("click")
    hostile.wait_for_timeout(1500)

    assert trap.asked == []
    assert "/de/hostile" in hostile.url
    assert hostile.title().startswith("Hostile ·")
    assert len(hostile.context.pages) == 1
    assert hostile.context.service_workers == []
    for side in ("source", "target"):
        assert "/-/pages/" in frame(hostile, side).url
        expect(
            hostile.frame_locator(f"iframe[name={side}]").get_by_text("Take care.")
        ).to_be_visible()


def test_names_in_an_article_do_not_lead_our_script_astray(
    page: Page, serve: Serve, make_project: MakeProject
) -> None:
    names = '<form name="querySelectorAll"></form><iframe name="parent"></iframe>'
    html = f"<!doctype html><html><body>{names}<p>Take care.</p></body></html>"
    project = make_project({"source_articles/named.html": html})
    page.goto(f"{serve(project.root)}/de/named")
    page.locator("#entries button").click()

    # Playwright's own selectors are led astray.
    for side in ("source", "target"):
        frame(page, side).wait_for_function(
            "Document.prototype.querySelectorAll.call(document, '[data-polypage-chosen]').length"
        )


def test_a_frame_has_no_origin_even_for_a_script_in_it(hostile: Page) -> None:
    """Were the policy to fail, the sandbox would hold."""
    within = frame(hostile, "target")

    def attempt(script: str) -> str:
        done = within.evaluate(
            f"(async () => {{ try {{ await ({script})(); return 'done' }}"
            " catch (error) { return error.name } })()"
        )
        return str(done)

    assert within.evaluate("origin") == "null"
    assert attempt("() => parent.document.title") == "SecurityError"
    assert attempt("() => localStorage.length") == "SecurityError"
    assert attempt("() => document.cookie") == "SecurityError"
    assert attempt("() => fetch('/de/hostile')") == "TypeError"
    assert (
        attempt("() => { if (!window.open('about:blank')) throw new TypeError() }") == "TypeError"
    )
    assert attempt("() => { top.location = 'about:blank' }") == "SecurityError"
    assert attempt("() => navigator.serviceWorker.register('x.js')") != "done"
    assert hostile.url.endswith("/de/hostile")
