"""What runs show in Prefect's pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from flows import markdown
from flows.markdown import MOST, MOST_CHARACTERS, escaped
from polypage.model import Backlog, BuildOutcome, Coverage, Finding, Severity, Status, Todo
from polypage.runs.outcomes import Checked, Run, Updated

RENDERER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table")
CHECKED = (
    Checked("skin/a_b", "vi", "a.po", Coverage(2, 2, 0, 10, 10), standing=True),
    Checked("skin/a_b", "ar", "a.po", Coverage(2, 1, 0, 10, 5), "50 % of its words"),
    Checked("site", "vi", "site.po", Coverage(1, 0, 0, 90, 0)),
)


@given(st.text(max_size=MOST_CHARACTERS))
@example("<script>alert(1)</script>")
@example("a|b **c** [d](javascript:e) `f` &amp; ~~g~~ <https://h.example>")
@example("1. # - + > ---")
def test_text_stays_text(text: str) -> None:
    document = f"| head |\n| --- |\n| {escaped(text)} |"

    parsed = list(flat(RENDERER.parse(document)))

    assert {token.type for token in parsed} <= {
        *("table_open", "thead_open", "tr_open", "th_open", "th_close", "tr_close", "thead_close"),
        *("tbody_open", "td_open", "td_close", "tbody_close", "table_close", "inline", "text"),
        "text_special",
    }
    shown = "".join(token.content for token in parsed if token.type.startswith("text"))
    assert shown.replace("\ufffd", "\0") == f"head{' '.join(text.split())}".replace("\ufffd", "\0")


def flat(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flat(token.children or [])


def test_long_text_is_cut() -> None:
    assert len(escaped("a" * 5_000)) == MOST_CHARACTERS + 1


def test_the_coverage_is_a_table_with_a_total() -> None:
    assert markdown.coverage(CHECKED) == (
        "| article | vi | ar |\n"
        "| --- | --- | --- |\n"
        "| skin\\/a\\_b | 100 \\% ● | 50 \\% |\n"
        "| site | 0 \\% |  |\n"
        "| all pages | 100 \\% | 50 \\% |\n"
        "\n"
        "● its page stands on the site, ○ an older page does, ▲ a recalled one"
    )


def test_the_coverage_shows_pages_that_stand_since_this_run() -> None:
    checked = tuple(replace(one, standing=False) for one in CHECKED)
    published = BuildOutcome("skin/a_b", "vi", Status.PUBLISHED, "site/vi/skin/a_b.html")

    before, after = markdown.coverage(checked), markdown.coverage(checked, (published,))

    assert "| skin\\/a\\_b | 100 \\% | 50 \\% |" in before
    assert "| skin\\/a\\_b | 100 \\% ● | 50 \\% |" in after


def test_a_large_table_is_cut_and_says_so() -> None:
    checked = [Checked(f"a{n}", "vi", "a.po", Coverage(1, 1, 0, 2, 1)) for n in range(1_500)]

    written = markdown.coverage(checked)

    assert written.count("\n| a") == MOST + 1
    assert "| all pages | 50 \\% |" in written
    assert "… and 1,300 more" in written


def test_the_plan_says_what_is_held_back_and_why() -> None:
    assert markdown.plan(CHECKED, workers=2) == (
        "Of what changed: 1 page of 1 article to publish, or published already; 1 held back."
        " 2 workers at work.\n"
        "\n"
        "- **skin\\/a\\_b in ar** 50 \\% of its words"
    )


PAGES = (
    BuildOutcome("a b", "en", Status.UNCHANGED, "site/en/a b.html"),
    BuildOutcome("a b", "vi", Status.PUBLISHED, "site/vi/a b.html"),
    BuildOutcome("a b", "ar", Status.HELD, "site/ar/a b.html", "too little"),
)


@pytest.mark.parametrize(
    ("base_url", "url"),
    [
        ("https://h.example/x", "https://h.example/x/vi/a%20b.html"),
        (None, "file:///clinic/site/vi/a%20b.html"),
    ],
)
def test_held_pages_stand_first_then_new_ones_that_lead_to_their_address(
    base_url: str | None, url: str
) -> None:
    lines = markdown.pages(PAGES, Path("/clinic"), base_url=base_url).splitlines()

    assert lines[0] == "2 pages up to date, 1 held, recalled or failed."
    assert lines[6] == f"| site\\/vi\\/a b\\.html | published | [open](<{url}>) |"
    assert lines[2] == "- held **site\\/ar\\/a b\\.html** too little"


def test_errors_stand_before_warnings() -> None:
    odd = Finding("numbers-differ", Severity.WARNING, "5 is missing", "a.po", 1)
    lost = Finding("inline-missing", Severity.ERROR, "<a1> is missing", "a.po", 7)
    run = Run(checked=(Checked("a", "vi", "a.po", findings=(odd, lost)),))

    assert markdown.findings(run).splitlines()[-2:] == [
        "- error **a\\.po\\:7** \\<a1\\> is missing \\(inline\\-missing\\)",
        "- warning **a\\.po\\:1** 5 is missing \\(numbers\\-differ\\)",
    ]


def test_a_run_without_findings_says_so() -> None:
    assert markdown.findings(Run()) == "Nothing was found."


def test_findings_are_counted_by_locale_and_family() -> None:
    found = (
        Finding("number-changed", Severity.ERROR, "5 mg has become 50 mg", path="a.po", line=3),
        Finding("negation-added", Severity.WARNING, "'ne' has no counterpart", path="a.po", line=9),
    )
    run = Run(
        checked=(
            Checked("a", "fr", "a.po", checked=40, findings=found),
            Checked("a", "vi", "b.po", checked=1_200),
        )
    )

    assert markdown.findings(run).split("\n\n")[0] == (
        "| locale | entries checked | errors | warnings | about |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| fr | 40 | 1 | 1 | numbers and units 1\\, negation 1 |\n"
        "| vi | 1\\,200 | 0 | 0 |  |"
    )


def test_what_findings_are_about_is_told_where_there_are_any() -> None:
    run = Run(checked=(Checked("a", "vi", "b.po", checked=12),))

    assert markdown.findings(run) == (
        "| locale | entries checked | errors | warnings |\n"
        "| --- | --- | --- | --- |\n"
        "| vi | 12 | 0 | 0 |\n\n"
        "Nothing was found."
    )


def test_effort_is_counted_by_locale() -> None:
    updated = (
        Updated("a", "vi", "a.po", new=2, fuzzy=1),
        Updated("a", "ar", "a.po"),
        Updated("b", "vi", "b.po", new=3, obsolete=4),
    )

    rows = markdown.effort((), updated).splitlines()[-2:]

    assert rows == ["| --- | --- | --- | --- |", "| vi | 5 | 1 | 4 |"]  # nothing in the other


def test_work_is_told_in_words_by_kind() -> None:
    def checked(slug: str, locale: str, *todo: Todo) -> Checked:
        return Checked(slug, locale, f"{slug}.po", backlog=Backlog(9, 90, todo))

    written = markdown.effort(
        (
            checked("a", "en"),
            checked("a", "vi", Todo("new", 2, 30), Todo("number", 1, 12)),
            checked("b", "vi", Todo("new", 1, 1_500)),
            checked("a", "ar", Todo("number", 1, 12)),
        ),
        (),
    )

    assert written.splitlines()[2:] == [
        "| locale | new | number changed | all |",
        "| --- | --- | --- | --- |",
        "| vi | 1\\,530 | 12 | 1\\,542 |",
        "| ar |  | 12 | 12 |",
    ]


def test_where_nothing_is_to_be_done_that_is_said() -> None:
    assert markdown.effort((Checked("a", "vi", "a.po"),), ()) == "Nothing is left to do."
