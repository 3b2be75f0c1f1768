"""What a locale has in place of links and pictures."""

from __future__ import annotations

import pytest

from polypage.building.twins import NO_TWINS, Twins, read
from polypage.errors import SettingsError
from polypage.model import Status
from polypage.project import Project
from polypage.runs.outcomes import Run
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, ROLLING, SETTINGS, times, translated

PATH = "locales/vi/links.toml"
FILES_BELOW = {"img/a.png", "img/a.vi.png"}


def twins(links: str) -> Twins:
    return read(links.encode(), path=PATH, files=FILES_BELOW)


def test_a_file_of_twins_is_read() -> None:
    found = twins("""\
[links]
"https://who.example/" = "https://who.example/vi/"
"https://wiki.example/en/*" = "https://wiki.example/vi/*"
"https://wiki.example/en/skin/*" = "https://wiki.example/vi/da"
"img/a.png" = "img/a.vi.png"
""")

    assert found.of("https://who.example/") == "https://who.example/vi/"
    assert found.of("https://wiki.example/en/x") == "https://wiki.example/vi/x"
    assert found.of("https://wiki.example/en/skin/x") == "https://wiki.example/vi/da"
    assert found.of("img/a.png") == "img/a.vi.png"
    assert found.of("https://who.example/x") is None


def test_an_empty_file_has_no_twins() -> None:
    assert twins("# none yet") == NO_TWINS


WRONG = {
    '[links]\n"https://a.example" = ': (2, "is no TOML"),
    "[pages]\n": (1, "has no meaning here"),
    "links = 1\n": (1, "has no meaning here"),
    '[links]\n"https://a.example" = 1': (2, "its twin must be a text"),
    '[links]\n"https://a.example" = ""': (2, "its twin must be a text"),
    '[links]\n\n"https://a.example" = "javascript:alert(1)"': (3, "neither an address nor a file"),
    '[links]\n"https://a.example" = "//b.example"': (2, "neither an address nor a file"),
    '[links]\n"https://a.example" = "../img/a.png"': (2, "neither an address nor a file"),
    '[links]\n"https://a.example" = "https://"': (2, "names no host"),
    '[links]\n"https://[" = "https://a.example"': (2, "names no host"),
    '[links]\n"https://a.example/*/b" = "https://b.example"': (2, "is no address"),
    '[links]\n"https://a.example" = "https://b.example/ c"': (2, "is no address"),
    '[links]\n"https://a.example" = "https://b.example/*"': (2, "its twin ends with *"),
    '[links]\n"img/a.png" = "img/b.png"': (2, "there is no file 'img/b.png'"),
    '[links]\n"img/b.png" = "https://b.example/b.png"': (2, "there is no file 'img/b.png'"),
}


@pytest.mark.parametrize(("text", "wrong"), WRONG.items(), ids=WRONG)
def test_what_makes_no_sense_is_said_with_its_line(text: str, wrong: tuple[int, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        twins(text)

    assert (caught.value.path, caught.value.line) == (PATH, wrong[0])
    assert wrong[1] in caught.value.problem


def test_bytes_that_are_no_text_are_said_to_be_none() -> None:
    with pytest.raises(SettingsError, match="is not UTF-8"):
        read(b"[links]\n\xff", path=PATH, files=())


# --- on a site --------------------------------------------------------------------------------

OUTSIDE = '<p><a href="https://who.example/en/skin">Skin</a> <img src="img/needle.svg" alt=""></p>'


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a clinic that leads elsewhere, published in Vietnamese."""
    head = '<meta property="og:image" content="https://who.example/en/a.png">'
    page = ROLLING.replace("<p>", f"{OUTSIDE}<p>", 1).replace("</head>", f"{head}</head>")
    extra = {
        "source_articles/rolling.html": page,
        "source_articles/img/needle.vi.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        PATH: '[links]\n"https://who.example/en/*" = "https://who.example/vi/*"\n',
        "polypage.toml": SETTINGS,
    }
    project = translated(make_project({**FILES, **extra}), "vi")
    run(project.root)
    return project


def page(project: Project, tag: str = "vi") -> str:
    return project.page_path("rolling", tag).read_text("utf-8")


def published(done: Run) -> set[tuple[str, str]]:
    return {(each.slug, each.locale) for each in done.built if each.status is Status.PUBLISHED}


def test_pages_of_the_locale_lead_to_twins_and_others_do_not(clinic: Project) -> None:
    assert '<a href="https://who.example/vi/skin">' in page(clinic)
    assert 'content="https://who.example/vi/a.png"' in page(clinic)
    assert '<a href="https://who.example/en/skin">' in page(clinic, "en")


def test_a_changed_file_changes_the_pages_concerned_alone(clinic: Project) -> None:
    before = times(clinic.site_dir / "en")
    path = clinic.links_path("vi")
    path.write_text(path.read_text("utf-8") + '"img/needle.svg" = "img/needle.vi.svg"\n', "utf-8")

    done = run(clinic.root)

    assert published(done) == {("rolling", "vi")}
    assert 'src="../en/img/needle.vi.svg"' in page(clinic)
    assert times(clinic.site_dir / "en") == before


def test_a_broken_file_leaves_the_pages_of_its_locale_as_they_are(clinic: Project) -> None:
    before = page(clinic)
    clinic.links_path("vi").write_text("[links", "utf-8")

    done = run(clinic.root)

    assert page(clinic) == before
    assert {(each.code, each.path, each.line) for each in done.failures} == {
        ("settings-wrong", PATH, 1)
    }
    assert {each.locale for each in done.built if each.status is Status.FAILED} == {"vi"}


def test_the_source_link_leads_where_it_led(clinic: Project) -> None:
    own = '"https://clinic.example/rolling/" = "https://who.example/"\n'
    path = clinic.links_path("vi")
    path.write_text(path.read_text("utf-8") + own, "utf-8")

    done = run(clinic.root)

    assert 'Source: <a href="https://clinic.example/rolling/">' in page(clinic)
    assert all(each.proven for each in done.audited)


def test_a_picture_that_is_not_there_is_a_warning_with_its_line(clinic: Project) -> None:
    (clinic.source_dir / "img/needle.svg").unlink()

    done = run(clinic.root)

    (found,) = {each for each in done.findings if each.code == "picture-missing"}
    lines = clinic.source_path("rolling").read_text("utf-8").split("\n")
    assert found.path == "source_articles/rolling.html"
    assert "img/needle.svg" in lines[(found.line or 0) - 1]
    assert done.findings == run(clinic.root).findings


def test_a_link_to_no_article_is_a_warning_with_its_line_until_there_is_one(
    clinic: Project,
) -> None:
    path = clinic.source_path("peeling")
    run(clinic.root)
    path.rename(path.with_stem("scars"))

    done = run(clinic.root)

    (found,) = {each for each in done.findings if each.code == "link-missing"}
    lines = clinic.source_path("rolling").read_text("utf-8").split("\n")
    assert found.path == "source_articles/rolling.html"
    assert "peeling.html#care" in lines[(found.line or 0) - 1]
    assert done.findings == run(clinic.root).findings
    path.with_stem("scars").rename(path)
    assert not [each for each in run(clinic.root).findings if each.code == "link-missing"]
