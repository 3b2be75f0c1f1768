"""`polypage audit --extraction`, as it is typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from polypage.cli import main
from polypage.html.document import read
from polypage.model import Finding, Severity
from polypage.project import Project
from polypage.proving.account import Account, Fate, Text
from polypage.reading.extract import extract
from polypage.rules.judging import Rules
from polypage.runs.accounts import Accounts, lines, survey, to_json
from polypage.runs.report import Page
from polypage.runs.stages.accounting import Accounted, account_batch, account_of
from tests.accounting.test_account import HEAD
from tests.conftest import ROOT, MakeProject
from tests.docs.reading import rows, section
from tests.pipeline.projects import FILES, times


def polypage(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    return make_project(FILES)


def test_an_extraction_that_misses_nothing_is_good(clinic: Project) -> None:
    before = times(clinic.root)

    done = polypage("audit", "--extraction", "--project", clinic.root)

    assert done.exit_code == 0
    assert (
        done.output
        == """\
article  texts    segment  protected    ignored     missed
peeling      9          9          0          0          0  100 %
rolling     10         10          0          0          0  100 %

protected  none
ignored    none
accounted  100 %
"""
    )
    assert {path for path in times(clinic.root) if ".polypage" not in path} == set(before)


def test_articles_can_be_named(clinic: Project) -> None:
    done = polypage("audit", "--extraction", "--project", clinic.root, "rolling")

    assert "rolling" in done.output
    assert "peeling" not in done.output


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["-l", "vi"], "--extraction is about source pages: it takes no --locale"),
        (["roling"], "did you mean 'rolling'?"),
    ],
)
def test_what_makes_no_sense_is_refused(
    clinic: Project, arguments: list[str], problem: str
) -> None:
    done = polypage("audit", "--extraction", "--project", clinic.root, *arguments)

    assert done.exit_code == 2
    assert problem in done.output


def test_the_settings_are_obeyed(make_project: MakeProject) -> None:
    settings = '[extract]\nskip = ["h1"]\n[drop]\nparts = ["footer"]\n'
    project = make_project({**FILES, "polypage.toml": settings})

    (accounted,) = account_batch(project.root, ["rolling"])

    assert accounted.account.rules == {(Fate.PROTECTED, "skip"): 1, (Fate.IGNORED, "drop"): 1}


def test_a_page_that_cannot_be_read_does_not_stop_the_others(make_project: MakeProject) -> None:
    project = make_project({**FILES, "source_articles/broken.html": b"\xff\xfe\x00\xd8"})

    done = polypage("audit", "--extraction", "--project", project.root)
    alone = polypage("audit", "--extraction", "--project", project.root, "broken")

    assert done.exit_code == 1
    assert "Could not be read\n  source_articles/broken.html:" in done.output
    assert "broken   broken\n" in done.output
    assert "accounted  100 %" in done.output
    assert alone.exit_code == 2


def test_pages_whose_names_make_them_no_articles_are_named(make_project: MakeProject) -> None:
    project = make_project({**FILES, "source_articles/site.html": "<p>Dose"})

    accounts = survey(project.root)

    assert [failure.path for failure in accounts.failures] == ["source_articles/site.html"]
    assert accounts.exit_status == 1


# --- what was missed --------------------------------------------------------------------------

MISSED = Finding("text-missed", Severity.ERROR, "'Ask' in <p> is …", "source_articles/a.html", 3)
ACCOUNTS = Accounts(
    (
        Accounted(
            "a",
            "source_articles/a.html",
            Account(
                (
                    Text("Dose", "<h1>", Fate.SEGMENT, line=1),
                    Text("Forte", "<b>", Fate.PROTECTED, "translate", 2),
                    Text("Ask", "<p>", Fate.MISSED, line=3),
                    Text("x" * 300, "<script>", Fate.IGNORED, "code", 4),
                    Text("12", "<p>", Fate.IGNORED, "number", 5),
                    Text("13", "<p>", Fate.IGNORED, "number", 5),
                )
            ),
            (MISSED,),
        ),
    )
)


def test_what_was_missed_is_named_with_its_line() -> None:
    told = list(lines(ACCOUNTS, Page()))

    assert told == [
        "Missed",
        "  source_articles/a.html:3: error: 'Ask' in <p> is … (text-missed)",
        "",
        "article  texts    segment  protected    ignored     missed",
        "a            6          1          1          3          1   83 %",
        "",
        "protected  translate 1",
        "ignored    number 2, code 1",
        "accounted  83 %",
    ]
    assert ACCOUNTS.exit_status == 1


def test_a_missed_text_is_a_finding(make_project: MakeProject) -> None:
    # To browsers a header cell without a table is nothing, to lxml it is an element.
    page = f'{HEAD}<p>Dose\n<th abbr="{"Ask " * 30}">'
    project = make_project({**FILES, "source_articles/peeling.html": page})

    done = polypage("audit", "--extraction", "--project", project.root)

    assert done.exit_code == 1
    assert (
        "source_articles/peeling.html:2: error: 'Ask Ask Ask Ask Ask Ask Ask Ask Ask Ask Ask Ask Ask"
        ' Ask Ask…\' in <th abbr> is offered to no translator; mark it translate="no" if that is'
        " meant, else please report it (text-missed)"
    ) in done.output


def test_many_missed_texts_are_counted() -> None:
    (article,) = ACCOUNTS.articles
    many = Accounts((Accounted("a", article.path, article.account, (MISSED,) * 23),))

    assert "  … and 3 more; --format json names them all" in list(lines(many, Page()))


def test_the_accounts_can_be_had_as_json(clinic: Project) -> None:
    done = polypage("audit", "--extraction", "--format", "json", "--project", clinic.root)
    report = json.loads(done.output)

    assert (report["version"], report["command"], report["good"]) == (1, "audit", True)
    assert report["accounts"][0] == {
        "slug": "peeling",
        "path": "source_articles/peeling.html",
        "texts": 9,
        "segment": 9,
        "protected": 0,
        "ignored": 0,
        "missed": 0,
        "coverage": 1.0,
        "rules": {"protected": {}, "ignored": {}},
        "left": [],
        "failure": None,
    }
    assert report["findings"] == report["failures"] == []


def test_json_names_every_text_that_is_no_segment() -> None:
    report = json.loads(to_json(ACCOUNTS))
    article = report["accounts"][0]

    assert report["good"] is False
    assert article["rules"] == {"protected": {"translate": 1}, "ignored": {"number": 2, "code": 1}}
    assert article["left"][1] == {
        "fate": "missed",
        "rule": "",
        "place": "<p>",
        "line": 3,
        "text": "Ask",
    }
    assert [len(left["text"]) for left in article["left"]] == [5, 3, 200, 2, 2]
    assert report["findings"][0]["code"] == "text-missed"


def test_the_documented_keys_are_those_there_are() -> None:
    table = section(ROOT / "docs/reference/reports.md", "Each of accounts")
    documented = [row[0].strip("`") for row in rows(table)]

    assert documented == list(json.loads(to_json(ACCOUNTS))["accounts"][0])


def test_the_documented_rules_are_those_there_are() -> None:
    page = (ROOT / "docs/how-to/before-translators.md").read_text("utf-8")
    documented = {name for row in rows(page) for name in re.findall("`([^`]+)`", row[0])}
    sources = (ROOT / f"polypage/proving/{name}.py" for name in ("account", "readable"))
    named = set(re.findall(r'"([a-z ]+)"', "".join(path.read_text("utf-8") for path in sources)))

    assert len(documented) == 21
    assert documented <= named


# --- real pages -------------------------------------------------------------------------------


def test_nothing_of_the_sample_articles_is_missed() -> None:
    accounts = survey(ROOT)

    assert accounts.articles
    assert accounts.findings == accounts.failures == ()


def test_of_the_hard_cases_nothing_is_missed(shared: Path) -> None:
    cases = json.loads((shared / "cases/hard-cases.json").read_text("utf-8"))
    missed = {
        case["name"]: [text.value for text in found.missed]
        for case in cases
        if (found := accounted(case["html"])).missed
    }

    assert len(cases) > 70
    assert missed == {}


def accounted(markup: str) -> Account:
    document = read(markup.encode(), path="case.html")
    return account_of(extract(document, Rules(), slug="case", source_tag="en"), source_tag="en")
