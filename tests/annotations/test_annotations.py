from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from polypage.checking.checklist import CHECKS
from polypage.model import Backlog, BuildOutcome, Finding, Severity, Status
from polypage.runs.annotations import lines, waiting
from polypage.runs.outcomes import Checked, Run

CHANGED = Finding("number-changed", Severity.ERROR, "5 % has become\n50 %", "locales/vi/a:b.po", 12)
NO_LINE = Finding(
    "asset-missing", Severity.WARNING, "img/a.png is missing", "source_articles/a.html"
)
INFO = Finding("untranslated", Severity.INFO, "the same", "locales/vi/ä b.po", 3)


def test_github_reads_a_command_per_finding() -> None:
    told = list(lines([CHANGED, NO_LINE, INFO], form="github", folder="site"))

    assert told == [
        "::error file=site/locales/vi/a%3Ab.po,line=12,title=number-changed::5 %25 has become%0A50 %25",
        "::warning file=site/source_articles/a.html,line=1,title=asset-missing::img/a.png is missing",
        "::notice file=site/locales/vi/ä b.po,line=3,title=untranslated::the same",
    ]


def test_sarif_has_a_result_per_finding_and_a_rule_per_code() -> None:
    (log,) = lines([CHANGED, NO_LINE, INFO, CHANGED], form="sarif", folder="..")

    (run,) = json.loads(log)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["number-changed", "asset-missing", "untranslated"]
    assert rules[0]["defaultConfiguration"] == {"level": "error"}
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 2, 0]
    assert run["results"][0] == {
        "ruleId": "number-changed",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "5 % has become\n50 %"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "../locales/vi/a%3Ab.po"},
                    "region": {"startLine": 12},
                }
            }
        ],
    }


def test_pages_that_wait_are_named_at_what_has_to_be_done_and_recalled_ones_are_errors() -> None:
    catalog = "locales/vi/LC_MESSAGES/dose.po"
    run = Run(
        checked=(
            Checked("dose", "en", "source_articles/dose.html"),
            Checked("dose", "vi", catalog, backlog=Backlog(9, 100, line=12)),
        ),
        built=(
            BuildOutcome("dose", "en", Status.HELD, "site/en/dose.html", "it has no source link"),
            BuildOutcome("dose", "vi", Status.RECALLED, "site/vi/dose.html", "10 mg is 5 mg now"),
            BuildOutcome("burn", "vi", Status.PUBLISHED, "site/vi/burn.html", "it is new"),
        ),
    )

    told = list(lines([*waiting(run)], form="github"))

    assert told == [
        "::error file=locales/vi/LC_MESSAGES/dose.po,line=12,title=page-recalled"
        "::site/vi/dose.html is recalled: 10 mg is 5 mg now",
        "::warning file=source_articles/dose.html,line=1,title=page-held"
        "::site/en/dose.html is held: it has no source link",
    ]


findings = st.builds(
    Finding,
    st.sampled_from([check.code for check in CHECKS] + ["json-broken"]),
    st.sampled_from(Severity),
    st.text(),
    st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1),
    st.none() | st.integers(1, 9999),
)


@given(st.lists(findings))
def test_every_finding_is_in_the_log_at_its_place(found: list[Finding]) -> None:
    (log,) = lines(found, form="sarif")

    results = json.loads(log)["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    uris = [unquote(place["artifactLocation"]["uri"]) for place in places]
    assert uris == [str(Path(finding.path)) for finding in found]
    assert [place.get("region", {}).get("startLine") for place in places] == [
        finding.line for finding in found
    ]
    assert [result["message"]["text"] for result in results] == [each.message for each in found]


@given(st.lists(findings))
def test_every_finding_is_one_command(found: list[Finding]) -> None:
    told = list(lines(found, form="github"))

    assert len(told) == len(found)
    assert not any("\n" in line or "\r" in line for line in told)
