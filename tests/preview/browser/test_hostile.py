"""A preview of articles that want to reach the reader's machine, or others."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import MakeProject
from tests.preview.browser.conftest import Serve, frame, opened

pytestmark = pytest.mark.needs_program("chromium")


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
