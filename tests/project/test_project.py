from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path
from subprocess import run

import pytest

from polypage.errors import SettingsError
from polypage.project import load
from tests.conftest import ROOT, MakeProject

PAGE = "<p>Rest.</p>"


def test_everything_has_its_place_below_the_root(make_project: MakeProject) -> None:
    project = make_project({})

    assert [
        project.relative(path)
        for path in (
            project.source_dir,
            project.template_path("skin/collagen"),
            project.catalog_path("skin/collagen", "zh_Hant_TW"),
            project.page_path("skin/collagen", "zh-Hant-TW"),
            project.state_dir,
        )
    ] == [
        "source_articles",
        "locales/templates/skin/collagen.pot",
        "locales/zh_Hant_TW/LC_MESSAGES/skin/collagen.po",
        "site/zh-Hant-TW/skin/collagen.html",
        ".polypage",
    ]


def test_articles_are_the_pages_in_the_source_folder(make_project: MakeProject) -> None:
    project = make_project(
        {
            "source_articles/sleep.html": PAGE,
            "source_articles/skin/scars.htm": PAGE,
            "source_articles/Ernährung.HTML": PAGE,
            "source_articles/a b.html": PAGE,
            "source_articles/notes.txt": "no page",
            "source_articles/.draft.html": PAGE,
            "source_articles/.git/x.html": PAGE,
        }
    )

    articles = project.articles()

    assert articles.slugs == ("Ernährung", "a b", "skin/scars", "sleep")
    assert articles.problems == ()
    assert articles.paths["skin/scars"] == project.source_dir / "skin/scars.htm"
    assert project.source_path("skin/scars") == project.source_dir / "skin/scars.htm"


def test_a_link_out_of_the_folder_is_refused_and_the_others_go_on(
    make_project: MakeProject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.html"
    outside.write_text(PAGE, "utf-8")
    project = make_project({"source_articles/skin/scars.html": PAGE, "notes.html": PAGE})
    folder = project.source_dir
    (folder / "also.html").symlink_to(folder / "skin/scars.html")
    (folder / "absolute.html").symlink_to(outside)
    (folder / "skin/relative.html").symlink_to("../../notes.html")
    (folder / "circle.html").symlink_to(folder / "circle.html")

    articles = project.articles()

    assert "also" in articles.slugs
    assert not {"absolute", "skin/relative"} & set(articles.slugs)
    told = {problem.path: str(problem) for problem in articles.problems}
    assert set(told) == {f"{folder}/absolute.html", f"{folder}/skin/relative.html"}
    assert all("is a link to a file outside of source_articles" in each for each in told.values())


def test_pages_that_would_share_their_catalogs_are_refused_and_the_others_go_on(
    make_project: MakeProject,
) -> None:
    project = make_project(
        {
            "source_articles/sleep.html": PAGE,
            "source_articles/scars.html": PAGE,
            "source_articles/scars.htm": PAGE,
            "source_articles/Site.html": PAGE,
            "source_articles/skin/site.html": PAGE,
        }
    )

    articles = project.articles()

    assert articles.slugs == ("skin/site", "sleep")
    assert [(Path(each.path).name, each.problem) for each in articles.problems] == [
        ("Site.html", "an article cannot be called 'site', as the catalog of the whole site is"),
        ("scars.htm", "has the name of scars.html, but for ending or letter case"),
        ("scars.html", "has the name of scars.htm, but for ending or letter case"),
    ]


@pytest.mark.parametrize(("one", "other"), [("Scars", "scars"), ("pha\u0302n", "phân")])
def test_names_that_are_one_on_other_systems_are_refused(
    one: str, other: str, make_project: MakeProject, tmp_path: Path
) -> None:
    project = make_project(
        {f"source_articles/{one}.html": PAGE, f"source_articles/{other}.html": PAGE}
    )
    if len(os.listdir(tmp_path / "source_articles")) == 1:  # noqa: PTH208 - names alone
        pytest.skip("this file system does not tell them apart")

    articles = project.articles()

    assert articles.slugs == ()
    assert len(articles.problems) == 2


@pytest.mark.skipif(os.name != "posix", reason="no such names there")
@pytest.mark.parametrize("name", [b"two\nlines.html", b"latin-\xe4.html"])
def test_names_that_no_catalog_can_refer_to_are_refused(
    name: bytes, make_project: MakeProject
) -> None:
    project = make_project({"source_articles/sleep.html": PAGE})
    Path(os.fsdecode(os.fsencode(project.source_dir) + b"/" + name)).write_text(PAGE)

    articles = project.articles()

    assert articles.slugs == ("sleep",)
    assert len(articles.problems) == 1


def test_a_missing_source_folder_is_an_error_with_its_remedy(make_project: MakeProject) -> None:
    project = make_project({})

    with pytest.raises(SettingsError, match="there is no such folder; make it"):
        project.articles()


def test_missing_settings_are_an_error_with_their_remedy(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such file; `polypage init` writes one"):
        load(tmp_path)


def test_settings_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "polypage.toml").mkdir()

    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        load(tmp_path)


def test_a_project_travels_to_worker_processes(make_project: MakeProject) -> None:
    project = make_project({})

    assert pickle.loads(pickle.dumps(project)) == project  # noqa: S301 - our own bytes


def test_the_root_holds_wherever_the_work_is_done(
    make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_project({})
    monkeypatch.chdir(tmp_path)

    assert load(Path()).root == tmp_path


def test_the_settings_of_the_sample_project_are_in_order() -> None:
    assert load(ROOT).articles().problems == ()


def test_loading_a_project_imports_nothing_slow() -> None:
    code = "import sys, polypage.project; print(*sys.modules)"

    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"prefect", "pydantic", "polib", "rich"} & set(done.stdout.split())
