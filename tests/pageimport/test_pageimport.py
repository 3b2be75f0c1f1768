"""Catalogs filled from pages that were translated before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from polypage.catalogs.catalog import read
from polypage.cli import main
from polypage.html.document import read as read_page
from polypage.model import Article, Entry
from polypage.profiles import profile
from polypage.project import Project
from polypage.reading.extract import extract
from polypage.reuse.adopt import Adopted, adopt
from polypage.rules.judging import Rules
from polypage.runs import report
from polypage.runs.columns import width
from polypage.runs.pageimport import PageImport, Row, State, lines
from tests.conftest import MakeProject

SOURCE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Rolling</title></head><body>
<h1>Rolling</h1>
<p>Read <a href="/en/guide.html">the <b>guide</b></a> before you begin.</p>
<p>Roll for 5 minutes, but never longer, and never over inflamed or broken skin.</p>
<img src="img/roller.jpg" alt="A roller">
<p>Rest for 2 weeks.</p>
<p>Ask <a href="https://clinic.example/ask">a doctor</a> if the skin stays red.</p>
<p>Is it safe?</p>
</body></html>
"""

GERMAN = """\
<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Rollen</title></head><body>
<h1>Rollen</h1>
<p>Lesen Sie zuerst <a class="x" href="../de/guide.html">den <strong>Leitfaden</strong></a>.</p>
<p>5 Minuten rollen, aber nie länger, und nie über entzündete oder verletzte Haut.</p>
<img src="/bilder/roller.jpg" alt="Ein Roller">
<p>2 Wochen ruhen.</p>
<p>Fragen Sie <a href="https://clinic.example/ask">einen Arzt</a>, wenn die Haut rot bleibt.</p>
<p>Ist es sicher?</p>
</body></html>
"""


def article(html: str, tag: str) -> Article:
    document = read_page(html.encode(), path="page.html")
    return extract(document, Rules(), slug="page", source_tag=tag)


def adopted(source: str, target: str) -> dict[str, Adopted]:
    found = adopt(
        article(source, "en"),
        article(target, "de"),
        spoken=profile("en"),
        written=profile("de"),
    )
    return {each.key.msgid: each for each in found}


def test_a_page_of_the_same_make_is_taken_over_in_our_notation() -> None:
    found = adopted(SOURCE, GERMAN)

    assert {msgid: each.msgstr for msgid, each in found.items() if not each.doubt} == {
        "Rolling": "Rollen",
        "Read <a1>the <b>guide</b></a1> before you begin.": (
            "Lesen Sie zuerst <a1>den <b>Leitfaden</b></a1>."
        ),
        "Roll for 5 minutes, but never longer, and never over inflamed or broken skin.": (
            "5 Minuten rollen, aber nie länger, und nie über entzündete oder verletzte Haut."
        ),
        "A roller": "Ein Roller",
        "Rest for 2 weeks.": "2 Wochen ruhen.",
        "Ask <a1>a doctor</a1> if the skin stays red.": (
            "Fragen Sie <a1>einen Arzt</a1>, wenn die Haut rot bleibt."
        ),
        "Is it safe?": "Ist es sicher?",
    }


def test_codes_in_another_order_have_the_names_of_their_own() -> None:
    found = adopted(
        '<html lang="en"><p><a href="a.html">One</a> and <a href="b.html">two</a> of it.</p>',
        '<html lang="de"><p><a href="b.html">Zwei</a> und <a href="a.html">eins</a> davon.</p>',
    )

    (each,) = found.values()
    assert each.msgstr == "<a2>Zwei</a2> und <a1>eins</a1> davon."
    assert not each.doubt


EDITS = {
    "a paragraph is missing": ("<p>2 Wochen ruhen.</p>\n", ""),
    "two are joined": ("Haut.</p>\n<img", "Haut. 2 Wochen ruhen.</p>\n<img"),
    "one was added": (
        "<p>2 Wochen",
        "<p>Danach wird die Haut nur sanft gereinigt.</p>\n<p>2 Wochen",
    ),
    "one is in two": (", aber nie länger", ".</p>\n<p>Nie länger"),
    "two changed places": (
        "<p>2 Wochen ruhen.</p>\n<p>Fragen Sie",
        "<p>Fragen Sie",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_nothing_shifts_where_paragraphs_differ(edit: str) -> None:
    before = {each.msgstr for each in adopted(SOURCE, GERMAN).values()}
    right = {msgid: each.msgstr for msgid, each in adopted(SOURCE, GERMAN).items()}
    old, new = EDITS[edit]
    changed = GERMAN.replace(old, new)
    if "places" in edit:
        changed = changed.replace("rot bleibt.</p>", "rot bleibt.</p>\n<p>2 Wochen ruhen.</p>")
    assert changed != GERMAN

    found = adopted(SOURCE, changed)

    for msgid, each in found.items():
        if not each.doubt:
            assert each.msgstr == right[msgid]
        elif each.msgstr in before:
            assert each.msgstr == right[msgid], each.doubt
    sure = [each for each in found.values() if not each.doubt]
    assert len(sure) >= 3


DOUBTS = {
    "a figure is another": ("2 Wochen", "20 Wochen", "2 weeks has become 20 Wochen"),
    "a link leads elsewhere": ("clinic.example/ask", "other.example/shop", "other inline codes"),
    "a link is gone": (
        '<a href="https://clinic.example/ask">einen Arzt</a>',
        "einen Arzt",
        "codes",
    ),
    "it is no question": ("Ist es sicher?", "Es ist sicher.", "only one of the two is a question"),
    "it is not translated": ("Ist es sicher?", "Is it safe?", "stands there untranslated"),
    "it is a list item": (
        "<p>2 Wochen ruhen.</p>",
        "<ul><li>2 Wochen ruhen.</ul>",
        "is a list item",
    ),
    "it has a rule before it": ("2 Wochen ruhen", "___ 2 Wochen ruhen", "has other signs there"),
    "it says much more": ("Ist es sicher?", f"Ist es {'ganz und gar ' * 4}sicher?", "length"),
}


@pytest.mark.parametrize("case", DOUBTS)
def test_what_tells_against_a_pair_makes_it_fuzzy(case: str) -> None:
    old, new, doubt = DOUBTS[case]
    assert old in GERMAN

    found = adopted(SOURCE, GERMAN.replace(old, new))

    assert [each.msgstr for each in found.values() if doubt in each.doubt]


def test_items_of_a_list_that_could_be_each_others_are_never_sure() -> None:
    items = ["Redness", "Swelling", "Bruising", "Itching"]
    source = '<html lang="en"><ul>' + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    german = ["Juckreiz", "Rötung", "Schwellung", "Blutergüsse"]
    target = '<html lang="de"><ul>' + "".join(f"<li>{item}</li>" for item in german) + "</ul>"

    assert all(each.doubt for each in adopted(source, target).values())


def test_a_text_in_several_places_must_be_the_same_in_all() -> None:
    found = adopted(
        '<html lang="en"><title>Rolling</title><h1>Rolling</h1>',
        '<html lang="de"><title>Rollen</title><h1>Das Rollen</h1>',
    )

    assert found["Rolling"].msgstr == "Rollen"
    assert found["Rolling"].doubt == "is translated in several ways there"


def test_a_page_without_texts_gives_none() -> None:
    found = adopted(SOURCE, '<html lang="de"><p></p>')

    assert {each.msgstr for each in found.values()} == {""}
    assert adopted('<html lang="en">', GERMAN) == {}


# --- the command ------------------------------------------------------------------------------

CATALOG = "locales/de/LC_MESSAGES/rolling.po"


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    return make_project(
        {
            "source_articles/rolling.html": SOURCE,
            "old.html": GERMAN.replace("Ist es sicher?", "Es ist sicher."),
        }
    )


def import_page(project: Project, *options: str, page: str = "old.html") -> Result:
    arguments = ["import-page", "--project", str(project.root), *options]
    return CliRunner().invoke(main, [*arguments, "rolling", "de", str(project.root / page)])


def test_a_catalog_is_made_and_filled(clinic: Project) -> None:
    done = import_page(clinic)

    assert done.exit_code == 0, done.output
    entries = {entry.msgid: entry for entry in read(clinic.root / CATALOG).live}
    assert entries["Rest for 2 weeks."].usable
    assert entries["Is it safe?"].fuzzy
    assert "6 taken, 1 fuzzy, 0 open, 0 kept" in done.output


def test_a_dry_run_says_the_same_and_writes_nothing(clinic: Project) -> None:
    before = sorted(clinic.root.rglob("*"))

    done = import_page(clinic, "--dry-run")

    assert sorted(clinic.root.rglob("*")) == before
    assert "taken   Rest for 2 weeks.                     2 Wochen ruhen.\n" in done.output
    assert "only one of the two is a question" in done.output
    assert "6 taken, 1 fuzzy, 0 open, 0 kept\nnothing is written yet" in done.output


def test_what_is_translated_stays_as_it_is(clinic: Project) -> None:
    import_page(clinic)
    path = clinic.root / CATALOG
    text = path.read_text("utf-8")
    mine = text.replace("2 Wochen ruhen.", "Zwei Wochen Pause.").replace('"Rollen"', '""')
    path.write_text(mine, "utf-8")

    done = import_page(clinic)

    assert path.read_text("utf-8") == mine.replace(
        '"Rolling"\nmsgstr ""', '"Rolling"\nmsgstr "Rollen"'
    )
    assert "1 taken, 0 fuzzy, 0 open, 6 kept" in done.output


MEMORY = """\
[project]
locales = ["de"]
[memory]
suggest = true
[notice]
on_missing = "ignore"
"""


@pytest.fixture
def remembering(make_project: MakeProject) -> Project:
    """Make a project whose memory has suggestions for a new article."""
    rest = '<html lang="en"><title>Peeling</title><p>Rest for 2 weeks.</p><p>Is it healthy?</p>'
    project = make_project(
        {"polypage.toml": MEMORY, "source_articles/peeling.html": rest, "old.html": GERMAN}
    )
    CliRunner().invoke(main, ["run", "--project", str(project.root)])
    path = project.root / "locales/de/LC_MESSAGES/peeling.po"
    text = path.read_text("utf-8")
    for msgid, msgstr in (
        ("Rest for 2 weeks.", "2 Wochen Pause machen."),
        ("Is it healthy?", "Ist es gesund?"),
    ):
        text = text.replace(f'"{msgid}"\nmsgstr ""', f'"{msgid}"\nmsgstr "{msgstr}"')
    path.write_text(text, "utf-8")
    CliRunner().invoke(main, ["run", "--project", str(project.root)])
    (project.root / "source_articles/rolling.html").write_text(SOURCE, "utf-8")
    return project


@pytest.mark.parametrize("was_run", [False, True])
def test_words_of_a_page_take_the_place_of_what_the_memory_suggests(
    remembering: Project, *, was_run: bool
) -> None:
    path = remembering.root / CATALOG
    if was_run:
        CliRunner().invoke(main, ["run", "--project", str(remembering.root)])
        assert "suggested from" in path.read_text("utf-8")

    planned = import_page(remembering, "--dry-run")
    done = import_page(remembering)

    assert done.output.strip() == planned.output.partition("\nnothing is written")[0].strip()
    assert "7 taken, 0 fuzzy, 0 open, 0 kept" in done.output
    entries = {entry.msgid: entry for entry in read(path).live}
    assert entries["Rest for 2 weeks."].msgstr == "2 Wochen ruhen."
    assert all(entry.usable and entry.previous_msgid is None for entry in entries.values())
    assert "suggested from" not in path.read_text("utf-8")


def test_a_doubtful_text_takes_the_place_of_a_suggestion_and_stays(remembering: Project) -> None:
    page = remembering.root / "old.html"
    page.write_text(GERMAN.replace("2 Wochen", "20 Wochen"), "utf-8")
    run = ["run", "--project", str(remembering.root)]
    CliRunner().invoke(main, run)

    import_page(remembering)
    CliRunner().invoke(main, run)

    entries = {entry.msgid: entry for entry in read(remembering.root / CATALOG).live}
    rest = entries["Rest for 2 weeks."]
    assert (rest.msgstr, rest.fuzzy) == ("20 Wochen ruhen.", True)
    assert not any(line.startswith("suggested from") for line in rest.extracted_comments)


def test_the_site_s_texts_go_to_its_catalog_where_it_has_them(make_project: MakeProject) -> None:
    footer = "</p>\n<footer>All rights reserved</footer>\n</body>"
    project = make_project(
        {
            "polypage.toml": '[project]\nlocales = ["de"]\n[site]\nparts = ["footer"]\n[notice]\non_missing = "ignore"\n',
            "source_articles/rolling.html": SOURCE.replace("</p>\n</body>", footer),
            "old.html": GERMAN.replace("</p>\n</body>", footer.replace("All rights", "Rechte")),
        }
    )

    early = import_page(project)
    CliRunner().invoke(main, ["run", "--project", str(project.root)])
    late = import_page(project)

    assert "the site's catalog lacks it" in early.output
    assert "1 taken, 0 fuzzy, 0 open, 7 kept" in late.output
    assert read(project.root / "locales/de/LC_MESSAGES/site.po").live == (
        Entry(
            "All rights reserved",
            "Rechte reserved",
            extracted_comments=("text",),
            references=("source_articles/rolling.html",),
        ),
    )


def test_it_can_be_read_by_programs(clinic: Project) -> None:
    told = json.loads(import_page(clinic, "--format", "json", "--dry-run").output)

    assert told["command"] == "import-page"
    assert (told["slug"], told["locale"], told["written"]) == ("rolling", "de", False)
    assert {"domain", "msgid", "state", "msgstr", "doubt"} == set(told["rows"][0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rolling", "fr", "old.html"], "'fr' is no locale of this project"),
        (["peeling", "de", "old.html"], "'peeling' is no article"),
        (["rolling", "en_XA", "old.html"], "en_XA is a locale without catalogs"),
        (["rolling", "vi", "old.html"], 'old.html: declares lang="de", not vi; name its locale'),
    ],
)
def test_what_makes_no_sense_is_an_error(clinic: Project, arguments: list[str], said: str) -> None:
    slug, locale, page = arguments
    command = ["import-page", "--project", str(clinic.root), slug, locale]

    done = CliRunner().invoke(main, [*command, str(clinic.root / page)])

    assert done.exit_code == 2
    assert said in done.output
    assert not (clinic.root / "locales").exists()


def test_a_catalog_that_cannot_be_read_is_left_as_it_is(clinic: Project) -> None:
    path: Path = clinic.root / CATALOG
    path.parent.mkdir(parents=True)
    path.write_text('msgid "torn\n')

    done = import_page(clinic)

    assert done.exit_code == 2
    assert "a quote is not closed" in done.output
    assert path.read_text() == 'msgid "torn\n'


@pytest.mark.parametrize("said", ["Ruhen", "休息", "พักผ่อนที่บ้าน", "休" * 40])
def test_what_is_in_doubt_stands_in_one_column(said: str) -> None:
    rows = tuple(
        Row("article", "Rest", State.FUZZY, msgstr, "who knows") for msgstr in ("Rest", said)
    )

    told = [*lines(PageImport("rolling", "de", "old.html", rows), report.Page())][:2]

    assert len({width(line.partition("who knows")[0]) for line in told}) == 1
