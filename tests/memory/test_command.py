from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner, Result

from polypage.cli import main
from polypage.project import Project
from polypage.runs.state import exclusive
from tests.conftest import MakeProject
from tests.memory.keeping import catalog


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    return make_project(
        {
            "locales/vi/LC_MESSAGES/dose.po": catalog({"Take it with food.": "Uống khi ăn."}),
            "locales/de/LC_MESSAGES/dose.po": catalog({"Take it with food.": "Zum Essen."}),
            "source_articles/dose.html": "<p>Take it with food.</p>",
        }
    )


def memory(project: Project, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["memory", *arguments, "--project", str(project.root)])


def test_it_is_made_of_the_catalogs_and_says_how_much_it_holds(clinic: Project) -> None:
    made = memory(clinic, "rebuild")

    assert made.exit_code == 0
    assert made.output.splitlines()[:3] == [
        "locale    catalogs       texts  translations",
        "de               1           1             1",
        "vi               1           1             1",
    ]
    assert memory(clinic, "status").output == made.output


def test_texts_are_found_with_their_scores_and_origins(clinic: Project) -> None:
    memory(clinic, "rebuild")

    found = memory(clinic, "search", "Take it with some food.", "-l", "vi")

    assert found.output.splitlines() == [
        "vi",
        "   87 %  Take it with food.",
        "         Uống khi ăn.",
        "         locales/vi/LC_MESSAGES/dose.po",
    ]
    assert "nothing like it" in memory(clinic, "search", "Roll the skin.").output


WORDS = ["food", "Food", "with food", "take ... FOOD"]


@pytest.mark.parametrize("text", WORDS)
def test_a_text_is_found_by_a_word_or_two_of_it(clinic: Project, text: str) -> None:
    memory(clinic, "rebuild")

    found = memory(clinic, "search", text, "-l", "vi").output
    other = memory(clinic, "search", "food water", "-l", "vi").output

    assert "Take it with food." in found
    assert "nothing like it" in other


def test_what_an_error_keeps_off_pages_is_found_with_the_error(make_project: MakeProject) -> None:
    wrong = catalog({"Take 500 mg.": "Nehmen Sie 5000 mg."})
    page = "<p>Take 500 mg.</p>"
    project = make_project(
        {"locales/de/LC_MESSAGES/fever.po": wrong, "source_articles/fever.html": page}
    )
    memory(project, "rebuild")

    found = memory(project, "search", "Take 500 mg.", "-l", "de")
    told = memory(project, "search", "Take 500 mg.", "-l", "de", "--format", "json")

    assert found.output.splitlines()[2:4] == [
        "         Nehmen Sie 5000 mg.",
        "         error: 500 mg has become 5000 mg (number-changed)",
    ]
    assert json.loads(told.output)["found"][0]["hits"][0]["errors"] == [
        {"code": "number-changed", "message": "500 mg has become 5000 mg"}
    ]


def test_json_has_the_same(clinic: Project) -> None:
    memory(clinic, "rebuild")

    status = json.loads(memory(clinic, "status", "--format", "json").output)
    search = json.loads(memory(clinic, "search", "Take it with food.", "--format", "json").output)

    assert status["locales"][0] == {"locale": "de", "catalogs": 1, "texts": 1, "translations": 1}
    assert status["bytes"] > 0
    assert [each["locale"] for each in search["found"]] == ["de", "vi", "ar"]
    assert search["found"][1]["hits"] == [
        {
            "score": 100,
            "msgid": "Take it with food.",
            "context": None,
            "msgstr": "Uống khi ăn.",
            "path": "locales/vi/LC_MESSAGES/dose.po",
            "catalogs": 1,
            "waivers": [],
            "errors": [],
        }
    ]


@pytest.mark.parametrize("arguments", [("status",), ("search", "food")])
def test_where_there_is_none_the_remedy_is_named(
    clinic: Project, arguments: tuple[str, ...]
) -> None:
    done = memory(clinic, *arguments)

    assert done.exit_code == 2
    assert "there is no translation memory; `polypage memory rebuild`" in done.output


def test_a_damaged_one_is_told_with_its_remedy_and_made_anew(clinic: Project) -> None:
    memory(clinic, "rebuild")
    shutil.rmtree(clinic.memory_dir / "index")

    done = memory(clinic, "search", "Take it with food.")

    assert done.exit_code == 2
    assert "cannot be read" in done.output
    assert memory(clinic, "rebuild").exit_code == 0
    assert "Uống khi ăn." in memory(clinic, "search", "Take it with food.").output


def test_it_is_not_made_anew_during_a_run(clinic: Project) -> None:
    with exclusive(clinic.state_dir):
        done = memory(clinic, "rebuild")

    assert done.exit_code == 2
    assert "another run is at work" in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("search",),
        ("status", "food"),
        ("rebuild", "-l", "vi"),
        ("mend",),
        ("search", "x", "-l", "x"),
    ],
)
def test_what_makes_no_sense_is_refused(clinic: Project, arguments: tuple[str, ...]) -> None:
    memory(clinic, "rebuild")

    assert memory(clinic, *arguments).exit_code == 2
