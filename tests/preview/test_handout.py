"""A preview as files."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from polypage.cli import main
from polypage.errors import SettingsError
from polypage.preview.handout import write
from polypage.project import Project
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, translated


def links(page: Path) -> list[Path]:
    """Return the files that a page refers to."""
    tree = LexborHTMLParser(page.read_text("utf-8"))
    found = [
        each.attributes.get(name)
        for name in ("href", "src")
        for each in tree.css(f"[{name}]")
        if not (each.attributes.get(name) or "").startswith(("data:", "#"))
    ]
    return [page.parent / (each or "").partition("#")[0] for each in found]


def test_the_command_writes_what_is_asked_for(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "review"

    done = CliRunner().invoke(
        main, ["preview", "--project", str(project.root), "-l", "de", "--static", str(folder)]
    )

    assert done.exit_code == 0, done.output
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {
        "index.html",
        "preview.css",
        "preview.js",
        "de/rolling.html",
        "pages/rolling.de.source.html",
        "pages/rolling.de.target.html",
    }
    assert f"wrote {len(names)} files" in done.output


def test_its_pages_lead_to_files_that_are_there(project: Project, tmp_path: Path) -> None:
    write(project.root, tmp_path / "review")

    pages = [page for page in (tmp_path / "review").rglob("*.html") if "pages" not in page.parts]
    assert {page.name for page in pages} == {"index.html", "rolling.html"}
    for page in pages:
        assert links(page)
        assert [link for link in links(page) if not link.is_file()] == []


def test_all_that_is_told_of_entries_is_in_the_page(project: Project, tmp_path: Path) -> None:
    write(project.root, tmp_path / "review", locales=("de",))

    page = (tmp_path / "review/de/rolling.html").read_text("utf-8")

    names = re.findall(r'data-entry="([0-9a-f]+)"', page)
    assert names
    assert [f'id="details-{name}"' in page for name in names] == [True] * len(names)
    assert "Take 5 mg" in page
    assert "data-token" in page
    assert 'data-token=""' in page


def test_the_frames_bear_their_policy_themselves(project: Project, tmp_path: Path) -> None:
    write(project.root, tmp_path / "review", locales=("de",))

    page = (tmp_path / "review/pages/rolling.de.target.html").read_text("utf-8")

    assert page.startswith('<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Sec')
    assert "default-src 'none'" in page


def test_the_frames_have_their_pictures_and_styles_in_them(
    make_project: MakeProject, tmp_path: Path
) -> None:
    page = '<link rel=stylesheet href="a/s.css"><img src="a/n.png" alt="x"><img src="/n.png">'
    project = make_project(
        {
            "source_articles/in/page.html": f'{page}<img src="../../polypage.png" alt="y">',
            "source_articles/in/a/s.css": "p{background:url(../a/n.png)} @import 'other.css'",
            "source_articles/in/a/n.png": b"PNG",
            "polypage.png": b"PNG",
        }
    )

    write(project.root, tmp_path / "review", locales=("de",))

    frame = (tmp_path / "review/pages/in/page.de.target.html").read_text("utf-8")
    picture = "data:image/png;base64,UE5H"
    style = re.search(r'href="data:text/css;charset=utf-8;base64,([^"]+)"', frame)
    assert style
    assert f"url({picture})" in base64.b64decode(style[1]).decode()
    assert frame.count(f'src="{picture}"') == 1


def test_the_same_project_gives_the_same_files(project: Project, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"

    write(project.root, one)
    write(project.root, other)

    for path in one.rglob("*.*"):
        assert path.read_bytes() == (other / path.relative_to(one)).read_bytes()


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a project of two articles that are translated."""
    return translated(make_project(FILES), "vi")


def said(page: Path) -> str:
    """Return what a page of the preview says above its entries."""
    tree = LexborHTMLParser(page.read_text("utf-8"))
    parts = [each.text() for each in tree.css("#standing, .share, .problem")]
    return " ".join(" ".join(parts).split())


def test_a_catalog_that_cannot_be_read_is_told_of(clinic: Project, tmp_path: Path) -> None:
    catalog = clinic.catalog_path("rolling", "vi")
    catalog.write_text(
        catalog.read_text("utf-8").replace('msgstr "Rolling !"', 'msgstr "Rolling !')
    )
    asked = ["preview", "--project", str(clinic.root), "-l", "vi", "--static", str(tmp_path / "r")]

    done = CliRunner().invoke(main, asked)

    where = "locales/vi/LC_MESSAGES/rolling.po:"
    assert done.exit_code == 1
    assert f"  {where}" in done.output
    assert "wrote 9 files" in done.output
    told = said(tmp_path / "r/vi/rolling.html")
    assert told.startswith(f"failed: {where}")
    assert "how much is translated is not known" in told
    assert where not in (tmp_path / "r/vi/peeling.html").read_text("utf-8")


def test_a_source_page_that_cannot_be_read_costs_its_own_article(
    clinic: Project, tmp_path: Path
) -> None:
    clinic.source_path("rolling").write_text("", "utf-8")

    written = write(clinic.root, tmp_path / "review", locales=("vi",))

    assert [each.path for each in written.failures] == ["source_articles/rolling.html"]
    assert said(tmp_path / "review/vi/rolling.html").startswith("source_articles/rolling.html: is ")
    assert (tmp_path / "review/pages/peeling.vi.target.html").is_file()


@pytest.mark.parametrize("place", [".", "locales", "source_articles/x", "site", ".polypage"])
def test_the_projects_own_folders_are_refused(project: Project, place: str) -> None:
    with pytest.raises(SettingsError, match="its own files"):
        write(project.root, project.root / place)
