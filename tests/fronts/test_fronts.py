"""Front pages and feeds, as they stand on a site."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from polypage.building.teasers import DEFAULT, Front, Teaser, feed, in_order
from polypage.errors import SettingsError
from polypage.project import Project, load
from polypage.proving.elsewhere import Demands
from polypage.runs.inspections import inspect
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, PEELING, ROLLING, SETTINGS, times, translate

ATOM = "{http://www.w3.org/2005/Atom}"
DATED = (
    '<meta name="description" content="All of it."><meta property="og:site_name" content="Clinic">'
    '<meta property="article:published_time" content="{}"></head>'
)


def site(more: str = "") -> dict[str, str | bytes]:
    return {
        **FILES,
        "polypage.toml": f"{SETTINGS}[publish]\nmin_coverage = 0\n{more}",
        "source_articles/rolling.html": ROLLING.replace("</head>", DATED.format("2020-06-12")),
        "source_articles/skin/peel & rest.html": PEELING.replace(
            "</head>", DATED.format("2021-02-03T04:05:06+07:00")
        ),
    }


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a clinic with dated articles, one of which is translated into Arabic."""
    project = make_project(site())
    run(project.root, stages=["extract", "update"])
    translate(project, "rolling", "ar")
    run(project.root)
    return project


def front(project: Project, tag: str) -> LexborHTMLParser:
    return LexborHTMLParser((project.site_dir / tag / "index.html").read_text("utf-8"))


def first(page: LexborHTMLParser, css: str) -> LexborNode:
    found = page.css_first(css)
    assert found is not None
    return found


def news(project: Project, tag: str) -> etree._Element:
    return etree.fromstring((project.site_dir / tag / "feed.xml").read_bytes())


def test_a_front_page_lists_the_articles_of_its_language_the_newest_first(clinic: Project) -> None:
    page = front(clinic, "ar")

    links = page.css("main li h2 a")
    assert [link.attributes["href"] for link in links] == [
        "skin/peel%20&%20rest.html",
        "rolling.html",
        "peeling.html",
    ]
    assert [link.text() for link in links] == ["Peeling", "Rolling !", "Peeling"]
    assert [time.attributes["datetime"] for time in page.css("time")] == [
        "2021-02-03",
        "2020-06-12",
    ]
    assert first(page, "h1").text() == "Clinic !"


def test_a_front_page_is_in_its_language_and_says_what_is_not(clinic: Project) -> None:
    page = front(clinic, "ar")

    root = first(page, "html").attributes
    assert (root["lang"], root["dir"]) == ("ar", "rtl")
    assert [link.attributes.get("lang") for link in page.css("main h2 a")] == ["en", None, "en"]
    assert [link.attributes.get("dir") for link in page.css("main h2 a")] == ["ltr", None, "ltr"]
    assert [said.attributes for said in page.css("main p span")] == [{"lang": "en", "dir": "ltr"}]
    assert not page.css("script")


def test_front_pages_lead_to_each_other_and_to_their_feed(clinic: Project) -> None:
    page = front(clinic, "vi")

    languages = {link.attributes["href"]: link.attributes for link in page.css("nav a")}
    assert list(languages) == ["../en/index.html", "../ar/index.html", "index.html"]
    assert languages["index.html"]["aria-current"] == "page"
    heads = {each.attributes.get("hreflang"): each.attributes["href"] for each in page.css("link")}
    assert heads["x-default"] == "https://h.example/en/index.html"
    assert first(page, "link[type]").attributes["href"] == "feed.xml"
    assert first(page, "link[rel=canonical]").attributes["href"] == (
        "https://h.example/vi/index.html"
    )


def test_a_feed_has_what_atom_asks_for(clinic: Project) -> None:
    atom = news(clinic, "ar")

    url = "https://h.example/ar/"
    assert atom.findtext(f"{ATOM}id") == f"{url}feed.xml"
    assert atom.findtext(f"{ATOM}updated") == "2021-02-03T04:05:06+07:00"
    assert atom.findtext(f"{ATOM}author/{ATOM}name") == "Clinic !"
    assert [entry.findtext(f"{ATOM}id") for entry in atom.iter(f"{ATOM}entry")] == [
        f"{url}skin/peel%20&%20rest.html",
        f"{url}rolling.html",
    ]
    for entry in atom.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}title")
        assert entry.findtext(f"{ATOM}updated")
        assert entry.find(f"{ATOM}link") is not None
    titles = [entry.find(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")]
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [title.get(lang) for title in titles if title is not None] == ["en", None]


def test_what_did_not_change_is_not_written_anew(clinic: Project) -> None:
    before = times(clinic.site_dir)

    done = run(clinic.root)

    assert times(clinic.site_dir) == before
    assert not done.changed


def test_lists_follow_a_page_and_come_back_when_they_are_gone(clinic: Project) -> None:
    translate(clinic, "peeling", "ar")
    index, atom = (clinic.site_dir / "ar" / name for name in ("index.html", "feed.xml"))
    index.unlink()
    before = atom.read_bytes()

    done = run(clinic.root)

    assert {"site/ar/index.html"} <= set(done.finished.written)
    assert "Peeling !" in index.read_text("utf-8")
    assert atom.read_bytes() == before


def test_an_article_called_index_is_the_front_page(make_project: MakeProject) -> None:
    project = make_project({**site(), "source_articles/index.html": PEELING})

    run(project.root)

    assert first(front(project, "en"), "h1").text() == "Peeling"
    assert (project.site_dir / "en/feed.xml").is_file()


def test_a_file_of_the_feeds_name_is_left_alone(make_project: MakeProject) -> None:
    project = make_project({**site(), "source_articles/feed.xml": "<mine/>"})

    run(project.root)

    assert (project.site_dir / "en/feed.xml").read_text("utf-8") == "<mine/>"
    assert not front(project, "en").css("link[type]")


def test_settings_do_without_and_prune_what_was(clinic: Project) -> None:
    path = clinic.root / "polypage.toml"
    path.write_text(path.read_text("utf-8") + "index = false\nfeed = false\n", "utf-8")

    done = run(clinic.root, prune=True)

    names = {
        f"site/{tag}/{name}" for tag in ("en", "vi", "ar") for name in ("index.html", "feed.xml")
    }
    assert set(done.finished.removed) == names


def test_without_a_base_url_there_is_no_feed(make_project: MakeProject) -> None:
    settings = site()["polypage.toml"]
    assert isinstance(settings, str)
    bare = settings.replace('base_url = "https://h.example"\n', "")
    project = make_project({**site(), "polypage.toml": bare})

    run(project.root)

    assert first(front(project, "en"), "h1").text() == "Clinic"
    assert not (project.site_dir / "en/feed.xml").exists()


@pytest.mark.parametrize("template", [DEFAULT, "<html lang=$lang><head>$links</head>$articles"])
def test_the_proof_of_a_folder_leaves_front_pages_out(
    make_project: MakeProject, template: str
) -> None:
    project = make_project({**site(NAMED), "look/front.html": template})
    run(project.root)
    copy = project.site_dir / "vi/copy.html"
    copy.write_bytes((project.site_dir / "vi/index.html").read_bytes())

    found = inspect(project.site_dir / "vi", Demands(source_link=".source"))

    names = ["copy.html", "peeling.html", "rolling.html", "skin/peel & rest.html"]
    assert [page.path for page in found.pages] == [
        f"{project.site_dir.as_posix()}/vi/{name}" for name in names
    ]


def test_the_proof_of_a_folder_sees_an_article_called_index(make_project: MakeProject) -> None:
    project = make_project({**site(), "source_articles/index.html": PEELING})
    run(project.root)

    found = inspect(project.site_dir / "en", Demands(source_link=".source"))

    assert f"{project.site_dir.as_posix()}/en/index.html" in {page.path for page in found.pages}


# --- a template of one's own ------------------------------------------------------------------

NAMED = 'index_template = "look/front.html"\n'


def test_a_project_has_a_template_of_its_own(make_project: MakeProject) -> None:
    template = "<p lang=$lang dir=$dir>$$5 ${title}</p><ul>$articles</ul>"
    project = make_project({**site(NAMED), "look/front.html": template})

    run(project.root)

    written = (project.site_dir / "vi/index.html").read_text("utf-8")
    assert written.startswith('<p lang=vi dir=ltr>$5 Clinic</p><ul><li><h2><a href="skin/')


@pytest.mark.parametrize("quote", ['"', "'"])
def test_what_pages_say_stays_within_a_templates_attributes(
    make_project: MakeProject, quote: str
) -> None:
    said = "A &quot; onclick=&quot;a() ' onclick='a() &lt;b&gt;"
    page = ROLLING.replace("</head>", DATED.format("2020-06-12").replace("Clinic", said))
    template = f"<p title={quote}$title{quote} id={quote}$language{quote}>"
    project = make_project(
        {**site(NAMED), "source_articles/rolling.html": page, "look/front.html": template}
    )
    project.root.joinpath("source_articles/skin/peel & rest.html").unlink()

    run(project.root)

    assert first(front(project, "vi"), "p").attributes == {
        "title": "A \" onclick=\"a() ' onclick='a() <b>",
        "id": "Tiếng Việt",
    }


def test_a_template_that_makes_no_sense_is_said_with_its_line(make_project: MakeProject) -> None:
    project = make_project({**site(NAMED), "look/front.html": "<p>\n$titel</p>"})

    done = run(project.root, prune=True)

    (found,) = done.failures
    assert (found.path, found.line) == ("look/front.html", 2)
    assert "$titel" in found.message
    assert project.page_path("rolling", "en").is_file()


def test_a_template_that_is_not_utf8_is_said_with_its_line(make_project: MakeProject) -> None:
    project = make_project({**site(NAMED), "look/front.html": b"<p>\nCaf\xe9 $title</p>"})

    done = run(project.root, stages=["extract", "update", "build", "finish"])

    (found,) = done.failures
    assert (found.path, found.line) == ("look/front.html", 2)
    assert found.message == "is not UTF-8; save it as UTF-8"
    assert project.page_path("rolling", "en").is_file()


def test_a_template_that_is_not_there_is_said_with_the_line_of_the_setting(tmp_path: Path) -> None:
    (tmp_path / "polypage.toml").write_text(f"[publish]\n{NAMED}", "utf-8")

    with pytest.raises(SettingsError, match=r"polypage.toml:2: .*is no file"):
        load(tmp_path)


# --- by themselves ----------------------------------------------------------------------------


def test_what_xml_cannot_hold_is_no_part_of_a_feed() -> None:
    teaser = Teaser(
        href="a.html",
        url="https://h.example/vi/a.html?x=1&y=2",
        title="A\x0b<b>&\ufffe\ud800",
        title_tag="vi",
        updated="2020-01-01T00:00:00+00:00",
    )
    written = feed(
        Front(
            tag="vi",
            direction="ltr",
            language="Tiếng Việt",
            source_tag="en",
            source_direction="ltr",
            title="\x00Clinic",
            teasers=(teaser,),
            url="https://h.example/vi/",
        )
    )

    atom = etree.fromstring(written or b"")
    assert atom.findtext(f"{ATOM}entry/{ATOM}title") == "A\ufffd<b>&\ufffd\ufffd"


def test_moments_are_compared_whatever_their_zones() -> None:
    def teaser(name: str, published: str) -> Teaser:
        return Teaser(href=name, url=None, title=name, title_tag="en", published=published)

    one = teaser("one", "2020-01-01T00:30:00+07:00")
    two = teaser("two", "2019-12-31T18:00:00+00:00")

    assert in_order([teaser("none", ""), one, two]) == (two, one, teaser("none", ""))


def test_a_locale_whose_last_page_is_gone_has_no_list_of_it(
    make_project: MakeProject,
) -> None:
    project = make_project(site())
    run(project.root)
    with_arabic = {path.name for path in (project.site_dir / "ar").glob("*.*")}
    for path in [*(project.site_dir / "ar").rglob("*.html")]:
        if path.name != "index.html":
            path.unlink()
    settings = (project.root / "polypage.toml").read_text("utf-8")
    held = settings.replace("min_coverage = 0", "min_coverage = 1")
    (project.root / "polypage.toml").write_text(held, "utf-8")

    done = run(project.root)

    assert {"index.html", "feed.xml"} <= with_arabic
    assert not [*(project.site_dir / "ar").rglob("*.*")]
    assert {"site/ar/feed.xml", "site/ar/index.html"} <= {*done.finished.removed}
    assert "ar/" not in (project.site_dir / "en/index.html").read_text("utf-8")
