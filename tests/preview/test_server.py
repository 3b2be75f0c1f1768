"""What a preview answers, and to whom."""

from __future__ import annotations

import os
import re
import socket
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser, LexborNode
from starlette.testclient import TestClient

from polypage.cli import main
from polypage.preview.server import address, application
from polypage.project import Project
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.preview.conftest import CATALOG, FILES, HOST, PAGE, TRANSLATED


def one(tree: LexborHTMLParser | LexborNode, css: str) -> LexborNode:
    found = tree.css_first(css)
    assert found, f"nothing is {css}"
    return found


def rows(page: str) -> dict[str, str]:
    """Return the state of each entry in a page by its msgid."""
    items = LexborHTMLParser(page).css("#entries > li")
    return {one(item, ".msgid").text(): item.attributes["data-state"] or "" for item in items}


def name(page: str, msgid: str) -> str:
    buttons = LexborHTMLParser(page).css("#entries button")
    found = next(each for each in buttons if one(each, ".msgid").text() == msgid)
    return found.attributes["data-entry"] or ""


def frames(page: str) -> dict[str, str]:
    found = LexborHTMLParser(page).css("iframe")
    return {each.attributes["name"] or "": each.attributes["src"] or "" for each in found}


def token(page: str) -> str:
    match = re.search(r'data-token="([^"]+)"', page)
    assert match
    return match[1]


# --- pages ------------------------------------------------------------------------------------


def test_the_contents_say_how_far_each_article_is(client: TestClient) -> None:
    tree = LexborHTMLParser(client.get("/").text)

    german = next(each for each in tree.css("section") if "German" in each.text())
    assert one(german, "tbody a").attributes["href"] == "/de/rolling"
    assert "66 %" in one(german, "tbody").text()
    assert [each.text() for each in german.css("td.number")] == ["1", "", "1", "4"]


def test_an_article_lists_its_entries_in_the_order_of_the_page_with_their_states(
    client: TestClient,
) -> None:
    answer = client.get("/de/rolling")

    assert rows(answer.text) == {
        "Rolling": "translated",
        "Read the paper first.": "translated",
        "Take 5 mg of collagen.": "fallback",
        "Rest for two days.": "fuzzy",
        "Drink water.": "untranslated",
        "A needle": "translated",
    }


def test_any_name_of_an_article_will_do(make_project: MakeProject) -> None:
    project = make_project({"source_articles/haut & co/größe #1?.html": PAGE})
    with TestClient(application(project.root, host=HOST), base_url=f"http://{HOST}") as client:
        contents = LexborHTMLParser(client.get("/de/").text)
        page = client.get(one(contents, "tbody a").attributes["href"] or "").text
        listed = client.get(one(LexborHTMLParser(page), "body").attributes["data-entries"] or "")
        target = client.get(frames(page)["target"])

    assert "Drink water." in rows(page)
    assert rows(listed.text) == rows(page)
    assert target.status_code == 200


def test_an_article_without_a_catalog_is_all_untranslated(client: TestClient) -> None:
    assert set(rows(client.get("/vi/rolling").text).values()) == {"untranslated"}


def test_a_pseudo_locale_is_shown_as_it_would_be_built(client: TestClient) -> None:
    page = client.get("/en_XA/rolling").text

    assert set(rows(page).values()) == {"translated"}
    assert "Ŕ" in client.get(frames(page)["target"]).text


@pytest.mark.parametrize("path", ["/xx/rolling", "/de/roling", "/de/../../etc/passwd", "/xx/"])
def test_what_the_project_has_not_is_said_so(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404


def test_an_entry_is_told_of_with_all_that_helps(client: TestClient) -> None:
    page = client.get("/de/rolling").text

    said = client.get(f"/-/entry/de/{name(page, 'Take 5 mg of collagen.')}/rolling").text

    tree = LexborHTMLParser(said)
    assert one(tree, ".place").text() == f"{CATALOG}:18"
    assert "number" in one(tree, ".finding-error").text()
    assert "Kollagen" in one(tree, "dl").text()
    assert "a protein" in one(tree, "dl").text()


def test_codes_are_drawn_as_chips_with_what_they_are(client: TestClient) -> None:
    page = client.get("/de/rolling").text

    said = client.get(f"/-/entry/de/{name(page, 'Read the paper first.')}/rolling").text

    chips = LexborHTMLParser(said).css(".texts .code")
    assert [chip.text() for chip in chips] == ["a1", "b", "/b", "/a1"] * 2
    assert chips[0].attributes["title"] == "link to x.html"


def test_the_list_draws_codes_as_chips_that_are_no_part_of_the_words(client: TestClient) -> None:
    said = LexborHTMLParser(client.get("/de/rolling").text)

    shown = next(each for each in said.css(".msgid") if "paper" in each.text())

    assert shown.text() == "Read the paper first."
    chips = [chip.attributes["data-code"] for chip in shown.css(".code")]
    assert chips == ["a1", "/a1"]  # what is merely bold is as good without


def test_a_code_that_stands_for_more_than_its_words_is_seen_in_the_list(
    make_project: MakeProject,
) -> None:
    html = '<p>Source:<br><a href="/"><img src="x.png"></a> &lt;b></p>'
    project = make_project({"source_articles/rolling.html": html})

    with TestClient(application(project.root, host=HOST), base_url=f"http://{HOST}") as client:
        listing = LexborHTMLParser(client.get("/-/entries/de/rolling").text)

    shown = one(listing, ".msgid")
    assert shown.text() == "Source:   <b>"  # a line break, a picture
    chips = [chip.attributes["data-code"] for chip in shown.css(".code")]
    assert chips == ["br/", "a1", "img1/", "/a1"]


def test_a_fuzzy_entry_shows_what_became_of_its_text(client: TestClient) -> None:
    page = client.get("/de/rolling").text

    said = client.get(f"/-/entry/de/{name(page, 'Rest for two days.')}/rolling").text

    tree = LexborHTMLParser(said)
    assert one(tree, "del").text() == "three"
    assert one(tree, "ins").text() == "two"
    assert "not sure of the days" in one(tree, "dl").text()


def test_what_was_translated_before_is_shown(remembering: Project) -> None:
    other = remembering.root / "source_articles/other.html"
    other.write_text("<html><title>Other</title><p>Read the paper first, please.</p></html>")
    app = application(remembering.root, host=HOST)
    with TestClient(app, base_url=f"http://{HOST}") as client:
        page = client.get("/de/other").text

        said = client.get(f"/-/entry/de/{name(page, 'Read the paper first, please.')}/other").text

    assert "Lesen Sie zuerst den Artikel." in one(LexborHTMLParser(said), "dl").text()


def test_what_an_error_keeps_off_pages_is_not_shown_as_similar(remembering: Project) -> None:
    catalog = remembering.catalog_path("rolling", "de")
    text = catalog.read_text("utf-8")
    lost = text.replace("Lesen Sie zuerst", "Lesen Sie\u202e zuerst")
    assert lost != text
    catalog.write_text(lost, "utf-8")
    run(remembering.root, stages=["update"])
    other = remembering.root / "source_articles/other.html"
    other.write_text("<html><title>Other</title><p>Read the paper first, please.</p></html>")
    app = application(remembering.root, host=HOST)
    with TestClient(app, base_url=f"http://{HOST}") as client:
        page = client.get("/de/other").text

        said = client.get(f"/-/entry/de/{name(page, 'Read the paper first, please.')}/other").text

    assert "Lesen Sie" not in said


def test_markup_in_a_catalog_is_text(make_project: MakeProject) -> None:
    evil = TRANSLATED.replace("Rollen", "<script>alert(1)</script><img src=x onerror=alert(1)>")
    project = make_project({**FILES, CATALOG: evil})
    with TestClient(application(project.root, host=HOST), base_url=f"http://{HOST}") as client:
        page = client.get("/de/rolling").text
        said = client.get(f"/-/entry/de/{name(page, 'Rolling')}/rolling").text
        target = client.get(frames(page)["target"]).text

    assert "<script>alert" not in page + said + target
    assert LexborHTMLParser(page + said).css("img") == []


def test_a_large_page_is_shown_before_it_is_checked(make_project: MakeProject) -> None:
    large = PAGE.replace("</body>", f"<pre>{'0 ' * 120_000}</pre></body>")
    project = make_project({**FILES, "source_articles/rolling.html": large})
    with TestClient(application(project.root, host=HOST), base_url=f"http://{HOST}") as client:
        at_once = client.get("/de/rolling").text
        framed = client.get(frames(at_once)["target"]).text
        checked = client.get("/-/entries/de/rolling").text
        again = client.get("/de/rolling").text
        framed_again = client.get(frames(again)["target"]).text

    assert 'data-checked="no"' in at_once
    assert rows(at_once)["Take 5 mg of collagen."] == "translated"
    assert "Nehmen Sie 50 mg Kollagen." in framed
    assert "Nehmen Sie 50 mg Kollagen." not in framed_again
    for page in (checked, again):
        assert 'data-checked="yes"' in page
        assert rows(page)["Take 5 mg of collagen."] == "fallback"


# --- catalogs that change ---------------------------------------------------------------------


def test_a_saved_catalog_is_shown_with_the_next_request(
    client: TestClient, project: Project
) -> None:
    assert rows(client.get("/de/rolling").text)["Drink water."] == "untranslated"

    edited = TRANSLATED.replace('water."\nmsgstr ""', 'water."\nmsgstr "Trinken Sie Wasser."')
    (project.root / CATALOG).write_text(edited)

    page = client.get("/de/rolling").text
    assert rows(page)["Drink water."] == "translated"
    assert "Trinken Sie Wasser." in client.get(frames(page)["target"]).text


def test_a_broken_catalog_is_told_of_and_what_it_held_stays(
    client: TestClient, project: Project
) -> None:
    before = rows(client.get("/de/rolling").text)

    (project.root / CATALOG).write_text(f'{TRANSLATED}\nmsgid "half')

    page = client.get("/de/rolling").text
    assert rows(page) == before
    assert f"{CATALOG}:" in one(LexborHTMLParser(page), "#problems").text()
    assert f"failed</strong>: {CATALOG}:" in client.get("/-/standing/de/rolling").text


def test_an_edited_source_page_is_read_again(client: TestClient, project: Project) -> None:
    assert "Drink water." in rows(client.get("/de/rolling").text)

    path = project.root / "source_articles/rolling.html"
    path.write_text(PAGE.replace("Drink water.", "Drink tea."))

    page = client.get("/de/rolling").text
    assert rows(page)["Drink tea."] == "untranslated"
    assert "polypage update" in one(LexborHTMLParser(page), "#problems").text()


# --- the command ------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_said_so(project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        done = CliRunner().invoke(main, ["preview", "--project", str(project.root), "--port", port])

    assert done.exit_code == 2
    assert f"port {port} cannot be had" in done.output
    assert "--port" in done.output


@pytest.mark.parametrize(
    ("slugs", "locales", "expected"),
    [
        ((), (), "/"),
        ((), ("de",), "/de/"),
        (("rolling",), (), "/de/rolling"),
        (("rolling",), ("ar",), "/ar/rolling"),
        (("source_articles/rolling.html",), ("en-XA",), "/en_XA/rolling"),
    ],
)
def test_the_address_is_that_of_what_was_asked_for(
    project: Project, slugs: tuple[str, ...], locales: tuple[str, ...], expected: str
) -> None:
    assert address(project.root, slugs=slugs, locales=locales) == expected


# --- frames -----------------------------------------------------------------------------------


def test_a_frame_has_the_page_with_its_passages_marked(client: TestClient) -> None:
    target = client.get(frames(client.get("/de/rolling").text)["target"])

    tree = LexborHTMLParser(target.text)
    marked = {
        each.text(): each.attributes["data-polypage-state"]
        for each in tree.css("[data-polypage-state]")
    }
    assert marked["Rollen"] == "translated"
    assert marked["Take 5 mg of collagen."] == "fallback"
    assert marked["Rest for two days."] == "fuzzy"
    assert one(tree, "html").attributes["lang"] == "de"


def test_a_frame_may_run_no_script_but_ours_and_has_no_origin(client: TestClient) -> None:
    target = client.get(frames(client.get("/de/rolling").text)["target"])

    said = target.headers["content-security-policy"]
    assert "default-src 'none'" in said
    assert re.search(r"script-src 'sha256-[^']+';", said)
    assert said.endswith("sandbox allow-scripts")
    assert "https:" not in said


def test_pictures_beside_the_page_are_served_to_its_frame(client: TestClient) -> None:
    frame = frames(client.get("/de/rolling").text)["target"]
    folder = frame.partition("?")[0].rpartition("/")[0]

    picture = client.get(f"{folder}/look/needle.png")
    style = client.get(f"{folder}/look/site.css")

    assert picture.headers["content-type"] == "image/png"
    assert "sandbox" in picture.headers["content-security-policy"]
    assert style.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "secret.js",
        "rolling.html",
        "../polypage.toml",
        "%2e%2e/polypage.toml",
        "..%2f..%2fetc%2fpasswd.png",
        "outside.png",
        ".hidden/x.png",
        "look%00.png",
        "look",
    ],
)
def test_nothing_else_is_served(client: TestClient, project: Project, name: str) -> None:
    folder = project.root / "source_articles"
    (folder / "secret.js").write_text("1")
    (folder / ".hidden").mkdir()
    (folder / ".hidden/x.png").write_bytes(b"x")
    outside = project.root / "outside.png"
    outside.write_bytes(b"x")
    (folder / "outside.png").symlink_to(outside)
    frame = frames(client.get("/de/rolling").text)["target"]

    answer = client.get(f"{frame.partition('?')[0].rpartition('/')[0]}/{name}")

    assert answer.status_code == 404


@pytest.mark.parametrize("letter", ["x", "ế"])
def test_pages_are_not_served_without_the_key(client: TestClient, letter: str) -> None:
    frame = frames(client.get("/de/rolling").text)["target"]
    key = frame.split("/")[3]

    assert client.get(frame.replace(key, letter * len(key))).status_code == 404


# --- who may ask ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8643", "127.0.0.1", "localhost:80", ""]
)
def test_other_names_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
@pytest.mark.parametrize(
    "path", ["/", "/de/rolling", "/-/style/preview.js", "/-/events/de/rolling"]
)
def test_other_sites_are_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.get(path, headers=headers).status_code == 403


def test_its_own_pages_and_people_are_answered(client: TestClient) -> None:
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {}):
        assert client.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/").status_code == 403


def test_its_own_pages_run_its_own_script_alone_and_stand_in_no_frame(client: TestClient) -> None:
    headers = client.get("/de/rolling").headers

    assert "script-src 'self';" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"


# --- editors ----------------------------------------------------------------------------------


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an editor on the path that notes what it is asked to open."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program, opened = folder / "pen", tmp_path / "opened"
    program.write_text(f'#!/bin/sh\necho "$@" > {opened}.part && mv {opened}.part {opened}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("VISUAL", "pen --wait")
    return opened


def read_when_there(path: Path) -> str:
    end = time.monotonic() + 10
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return path.read_text()


def edit(client: TestClient, msgid: str, **headers: str) -> int:
    page = client.get("/de/rolling").text
    asked = {"locale": "de", "slug": "rolling", "name": name(page, msgid), "editor": 0}
    token_of_page = {"X-Polypage-Token": token(page)}
    return client.post("/-/edit", json=asked, headers={**token_of_page, **headers}).status_code


def test_an_editor_opens_the_catalog_at_the_entry(editor: Path, project: Project) -> None:
    with TestClient(application(project.root, host=HOST), base_url=f"http://{HOST}") as client:
        status = edit(client, "Drink water.")

    assert status == 200
    assert read_when_there(editor) == f"--wait +29 {project.root / CATALOG}\n"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Polypage-Token": "guessed"},
        {"X-Polypage-Token": ""},
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_nobody_else_opens_an_editor(
    editor: Path, project: Project, headers: dict[str, str]
) -> None:
    with TestClient(application(project.root, host=HOST), base_url=f"http://{HOST}") as client:
        status = edit(client, "Drink water.", **headers)

    assert status == 403
    assert not editor.exists()
