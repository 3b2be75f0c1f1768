"""Pages from elsewhere: judged by their bytes alone, a folder at a time."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from polypage.cli import main
from polypage.proving.elsewhere import Demands, inspect_page

PAGE = """\
<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Kim</title></head>
<body><div class="body"><h1>Kim</h1><p>Kim châm.</p></div>
<p class="disclaimer">Chỉ để tham khảo.</p>
<p class="source">Nguồn: <a href="https://health.example/needles">Needles</a></p>
</body></html>
"""
DEMANDS = Demands(
    source_link=".source",
    disclaimer=".disclaimer",
    after=".body",
    approved={"vi": "Chỉ để\n\ntham khảo.", "id": "Hanya untuk informasi."},
)
LINK = "https://health.example/needles"


def codes(page: str | bytes, demands: Demands = DEMANDS) -> list[str]:
    data = page if isinstance(page, bytes) else page.encode()
    return [finding.code for finding in inspect_page(data, demands, path="kim.html").findings]


def test_a_page_that_shows_its_notice_is_fit() -> None:
    inspected = inspect_page(PAGE.encode(), DEMANDS, path="kim.html")

    assert (inspected.fit, inspected.language, inspected.findings) == (True, "vi", ())


UNFIT = [
    ("no link", f'<a href="{LINK}">Needles</a>', "Needles", ["notice-source-link-missing"]),
    ("a link to nowhere", LINK, "#", ["notice-source-link-address"]),
    ("a script for a link", LINK, "javascript:go()", ["notice-source-link-address"]),
    ("a broken address", LINK, "https://[", ["notice-source-link-address"]),
    ("a name before the host", LINK, "https://health.example@evil.example/", ["notice-source-link-deceptive"]),
    ("a Cyrillic letter in the host", LINK, "https://heаlth.example/needles", ["notice-source-link-deceptive"]),
    ("the same in ASCII", LINK, "https://xn--helth-3ve.example/", ["notice-source-link-deceptive"]),
    ("a host of look-alikes alone", LINK, "https://сосо.example/", ["notice-source-link-deceptive"]),
    ("a host turned round", LINK, "https://\u202eelpmaxe.htlaeh/", ["notice-source-link-deceptive"]),
    ("a letter that nobody sees", LINK, "https://heal\u200bth.example/", ["notice-source-link-deceptive"]),
    ("an empty link", ">Needles</a>", "></a>", ["notice-source-link-title"]),
    ("a link twice", "</a></p>", f'</a> <a href="{LINK}">x</a></p>', ["notice-source-link-duplicate"]),
    ("no disclaimer", "disclaimer", "claim", ["notice-disclaimer-missing"]),
    ("a disclaimer without words", "Chỉ để tham khảo.", "…", ["notice-disclaimer-missing"]),
    ("a disclaimer twice", '<p class="source">', '<p class="disclaimer">Chỉ để tham khảo.</p><p class="source">', ["notice-disclaimer-duplicate"]),
    ("other words", "Chỉ để", "Để", ["notice-disclaimer-changed"]),
    ("the words of another language", "Chỉ để tham khảo.", "Hanya untuk informasi.", ["notice-disclaimer-changed"]),
    ("a disclaimer marked as English", '<p class="disclaimer"', '<p lang="en" class="disclaimer"', ["notice-disclaimer-language"]),
    ("a hidden disclaimer", '<p class="disclaimer"', '<p hidden class="disclaimer"', ["notice-hidden"]),
    ("hidden by a style sheet", "</head>", "<style>.source { opacity: 0 }</style></head>", ["notice-hidden"]),
    ("backwards", '<p class="disclaimer">', '<p class="disclaimer" style="unicode-bidi: bidi-override">', ["notice-direction"]),
    ("before the article", '<div class="body">', '<p>Kim.</p></div><div class="body">', []),
    ("in the article", "</p></div>", "</p>", ["notice-moved", "notice-moved"]),
    ("no language", ' lang="vi"', "", ["audit-language"]),
    ("a redirection", "</head>", '<meta http-equiv="Refresh" content="0; URL=https://evil.example/"></head>', ["audit-redirect"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "found"), [c[1:] for c in UNFIT], ids=[c[0] for c in UNFIT])
def test_what_is_wrong_with_a_page_is_found(old: str, new: str, found: list[str]) -> None:
    assert old in PAGE

    assert codes(PAGE.replace(old, new, 1)) == found


FIT = [
    ("a relative link", LINK, "../en/needles.html"),
    ("a host in Cyrillic", LINK, "https://здоровье.example/"),
    ("a host in Chinese", LINK, "https://健康.example/"),
    ("an address with letters of the language", LINK, f"{LINK}?q=Chỉ"),
    ("a region", 'lang="vi"', 'lang="vi-VN"'),
    ("a language without an approved text", 'lang="vi"', 'lang="fr"'),
    ("a page that loads itself anew", "</head>", '<meta http-equiv="refresh" content="600"></head>'),
    ("a picture for a link", ">Needles</a>", '><img src="s.png" alt="Source"></a>'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), [c[1:] for c in FIT], ids=[c[0] for c in FIT])
def test_what_is_well_is_fit(old: str, new: str) -> None:
    assert old in PAGE

    assert codes(PAGE.replace(old, new)) == []


def test_only_what_is_asked_for_is_looked_for() -> None:
    bare = "<html lang=en><p>Kim"

    assert codes(bare, Demands(disclaimer=".x")) == ["notice-disclaimer-missing"]
    assert codes(bare, Demands(source_link=".x")) == ["notice-source-link-missing"]


def test_pages_in_other_encodings_are_read_if_they_say_so() -> None:
    latin = (
        PAGE.replace("Chỉ để tham khảo.", "Für alle.").replace("châm", "ch").replace("Nguồn", "Q")
    )
    demands = replace(DEMANDS, approved={"vi": "Für alle."})

    assert codes(latin.replace("utf-8", "iso-8859-1").encode("latin-1"), demands) == []
    assert codes(latin.encode("latin-1").replace(b'charset="utf-8"', b""), demands) == [
        "audit-encoding"
    ]
    assert codes(latin.replace("utf-8", "klingon").encode("latin-1"), demands) == [
        "audit-unreadable"
    ]


@given(st.binary())
def test_any_bytes_get_an_answer(page: bytes) -> None:
    assert not inspect_page(page, DEMANDS, path="kim.html").fit


# --- folders ----------------------------------------------------------------------------------


def audit(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["audit", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with two fit pages, and what is no page."""
    for name in ("a.html", "deep/b.HTM", ".hidden/c.html", "d.txt"):
        path = tmp_path / "www" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, "utf-8")
    return tmp_path / "www"


def selectors(tmp_path: Path) -> list[str | Path]:
    return ["--project", tmp_path, "--source-link", ".source", "--disclaimer", ".disclaimer"]


def test_a_folder_is_proven(folder: Path, tmp_path: Path) -> None:
    done = audit("--folder", folder, *selectors(tmp_path))

    assert (done.exit_code, done.output) == (0, "pages      2 fit\n")


def test_each_page_that_is_not_fit_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "a.html").write_text(PAGE.replace("disclaimer", "claim"), "utf-8")

    done = audit("--folder", folder, *selectors(tmp_path), "--workers", "2")

    assert done.exit_code == 1
    assert done.output.splitlines() == [
        f"{folder}/a.html: error: the page has no disclaimer (.disclaimer), or an empty one; "
        "put one in, or correct the selector (notice-disclaimer-missing)",
        "pages      1 fit, 1 not",
    ]


def test_the_report_can_be_had_as_json(folder: Path, tmp_path: Path) -> None:
    (folder / "a.html").write_text(PAGE.replace("Chỉ", "Không"), "utf-8")
    approved = tmp_path / "vi.toml"
    approved.write_text(
        'text = "Chỉ để tham khảo."\nsource = "For reference."\n'
        'approved_by = "medical desk"\napproved_on = 2026-03-04\n',
        "utf-8",
    )

    done = audit(
        "--folder", folder, *selectors(tmp_path), "--approved", f"vi={approved}", "--format", "json"
    )

    report = json.loads(done.output)
    assert (done.exit_code, report["good"], report["failures"]) == (1, False, [])
    assert report["pages"] == [
        {"path": f"{folder}/a.html", "language": "vi", "fit": False},
        {"path": f"{folder}/deep/b.HTM", "language": "vi", "fit": True},
    ]
    assert [each["code"] for each in report["findings"]] == ["notice-disclaimer-changed"]


def test_the_settings_of_a_project_say_what_to_look_for(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "polypage.toml").write_text(
        '[project]\nlocales = ["vi"]\n[notice]\nsource_link = ".source"\ndisclaimer = ".claim"\n'
        'approved.vi = "Chỉ để tham khảo."\n',
        "utf-8",
    )

    asked = audit("--folder", folder, "--project", tmp_path)
    other = audit("--folder", folder, "--project", tmp_path, "--disclaimer", ".disclaimer")

    assert asked.exit_code == 1
    assert "(.claim)" in asked.output
    assert other.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--folder", "."], "say what to look for by --source-link and --disclaimer"),
        (["--folder", ".", "--disclaimer", "p["], "'p[' is no CSS selector"),
        (["--folder", ".", "--disclaimer", "p", "--approved", "x.toml"], "names no locale"),
        (["--folder", ".", "--disclaimer", "p", "--approved", "vi=x.toml"], "cannot be read"),
        (["--folder", ".", "-l", "vi"], "--folder takes no articles, no --locale"),
        (["--disclaimer", "p"], "--disclaimer and --approved go with --folder"),
    ],
)
def test_what_cannot_be_asked_is_said(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_text(PAGE, "utf-8")

    done = audit(*arguments)

    assert done.exit_code == 2
    assert says in done.output


def test_a_folder_without_pages_is_not_proven(tmp_path: Path) -> None:
    done = audit("--folder", tmp_path, *selectors(tmp_path))

    assert (done.exit_code, done.output) == (2, "pages      none\n")
