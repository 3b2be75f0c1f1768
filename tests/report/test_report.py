"""What people and programs are told of a run."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from polypage.model import BuildOutcome, Coverage, Excerpt, Finding, Severity, Span, Status
from polypage.runs.outcomes import (
    STAYS,
    Approved,
    Audited,
    Checked,
    Extracted,
    Finished,
    Run,
    Updated,
)
from polypage.runs.report import (
    Page,
    approvals,
    first_page,
    percent,
    place,
    summary,
    to_json,
)
from polypage.status.articles import article_table

LOST_LINK = Finding(
    "inline-missing",
    Severity.ERROR,
    "<a1> is missing: the link to collagen.html must stay in the translation",
    "locales/vi/LC_MESSAGES/rolling.po",
    12,
)
ODD_NUMBER = Finding(
    "number-missing", Severity.WARNING, "2 is missing", "locales/ar/LC_MESSAGES/rolling.po", 7
)
BROKEN = Finding(
    "catalog-unreadable",
    Severity.ERROR,
    'a text has no closing "; add it',
    "locales/th/LC_MESSAGES/rolling.po",
    40,
)
NO_LINK = Finding(
    "notice-source-link-missing",
    Severity.ERROR,
    "the page has no source link",
    "source_articles/peeling.html",
)
HALF = Coverage(entries=4, translated=2, words=100, translated_words=50)
WRONG = replace(HALF, rejected=2)
FULL = Coverage(entries=4, translated=4, words=100, translated_words=100)

RUN = Run(
    extracted=(Extracted("rolling", "rolling.html", "rolling.pot", written=True, words=1291),),
    updated=(
        Updated("rolling", "vi", "vi/rolling.po", written=True, new=3, fuzzy=2),
        Updated("rolling", "th", "th/rolling.po", failure=BROKEN),
    ),
    checked=(
        Checked("rolling", "en", "rolling.html", standing=True),
        Checked("rolling", "vi", "vi/rolling.po", FULL, standing=True, findings=(LOST_LINK,)),
        Checked("rolling", "ar", "ar/rolling.po", HALF, hold="50 %", findings=(ODD_NUMBER,)),
        Checked("rolling", "th", "th/rolling.po", failure=BROKEN),
        Checked("site", "vi", "vi/site.po", FULL),
    ),
    built=(
        BuildOutcome("rolling", "en", Status.UNCHANGED, "site/en/rolling.html"),
        BuildOutcome("rolling", "vi", Status.PUBLISHED, "site/vi/rolling.html", coverage=FULL),
        BuildOutcome("rolling", "ar", Status.HELD, "site/ar/rolling.html", "50 %", HALF),
        BuildOutcome("rolling", "es", Status.HELD, "site/es/rolling.html", f"50 %: {STAYS}", WRONG),
        *(
            BuildOutcome(
                "peeling",
                tag,
                Status.HELD,
                f"site/{tag}/peeling.html",
                "the page has no source link",
                findings=(NO_LINK,),
            )
            for tag in ("vi", "ar")
        ),
        BuildOutcome(
            "rolling", "th", Status.FAILED, "site/th/rolling.html", "no", findings=(BROKEN,)
        ),
    ),
    audited=(Audited("rolling", "vi", "site/vi/rolling.html"),),
    finished=Finished(orphans=("locales/fr/LC_MESSAGES/rolling.po", "site/fr/rolling.html")),
)

SUMMARY = """\
Found
  locales/vi/LC_MESSAGES/rolling.po:12: error: <a1> is missing: the link to collagen.html must stay in the translation (inline-missing)
  source_articles/peeling.html: error: the page has no source link (notice-source-link-missing)
  locales/ar/LC_MESSAGES/rolling.po:7: warning: 2 is missing (number-missing)

Belongs to no article or locale
  locales/fr/LC_MESSAGES/rolling.po: stays: catalogs may hold translations; delete it by hand
  site/fr/rolling.html: stays; --prune removes built ones

Could not be worked on
  locales/th/LC_MESSAGES/rolling.po:40: a text has no closing "; add it

Held until more is translated
  rolling: ar 50 %, es 50 % (2 entries have errors, an older page stays)

Held
  site/{vi,ar}/peeling.html: the page has no source link

templates  1 written · 1,291 words
catalogs   1 written, 1 failed · entries: 3 new, 2 fuzzy
findings   2 errors, 1 warning
pages      1 published, 1 unchanged, 4 held, 1 failed
proofs     1 proven
open       site/vi/rolling.html
"""

NARROW = """\
Found
  locales/vi/LC_MESSAGES/rolling.po:12
    error: <a1> is missing: the link to collagen.html must
    stay in the translation (inline-missing)
"""


def test_a_summary_names_what_to_do_and_what_was_done() -> None:
    assert "".join(f"{line}\n" for line in summary(RUN)) == SUMMARY


def test_on_a_narrow_page_a_place_still_stands_whole_on_its_line() -> None:
    lines = list(summary(RUN, Page(width=60)))

    assert "".join(f"{line}\n" for line in lines).startswith(NARROW)
    assert max(map(len, lines)) <= 60


def test_a_long_list_is_cut_and_says_so() -> None:
    findings = tuple(
        Finding("blank", Severity.ERROR, "nothing", "a.po", line) for line in range(1, 31)
    )

    lines = list(summary(Run(checked=(Checked("a", "vi", "a.po", findings=findings),))))

    assert lines[21] == "  … and 10 more; --format json names them all"


def test_a_run_with_nothing_to_do_says_so() -> None:
    run = Run(built=(BuildOutcome("a", "en", Status.UNCHANGED, "site/en/a.html"),))

    told = "nothing to do: nothing changed since the last run"
    assert told in list(summary(run))
    assert told not in list(summary(Run()))
    assert told not in list(summary(replace(run, checked=RUN.checked)))


def test_a_run_that_read_no_pages_does_not_speak_of_them() -> None:
    *_, told = summary(Run(updated=(Updated("a", "vi", "vi/a.po"),)))

    assert "`polypage extract` reads the pages" in told


def test_what_matters_most_is_coloured() -> None:
    page = Page(paint=lambda text, style: f"<{style}>{text}</>")

    text = "\n".join(summary(RUN, page))

    assert "<error>Could not be worked on</>" in text
    assert "<strong>locales/vi/LC_MESSAGES/rolling.po:12</>" in text


TABLE = """\
article  words       en       vi       ar       th
rolling    100        ●  100 % ●   50 %     failed
site       100           100 %

● published
"""


def test_coverage_is_a_table_of_articles_and_locales() -> None:
    assert "".join(f"{line}\n" for line in article_table(RUN.checked, Page())) == TABLE


def test_an_older_page_has_a_sign_of_its_own() -> None:
    checked = [Checked("rolling", "ar", "ar/rolling.po", HALF, hold="50 %", standing=True)]

    assert list(article_table(checked, Page()))[1:] == [
        "rolling    100   50 % ○",
        "",
        "● published   ○ an older page",
    ]
    recalled = replace(checked[0], slug="scars", recall="line 6 has come to say '50 mg'")
    assert list(article_table([*checked, recalled], Page()))[1:] == [
        "rolling    100   50 % ○",
        "scars      100   50 % ▲",
        "",
        "● published   ○ an older page   ▲ a recalled page: what matters has changed",
    ]


def test_recalled_pages_come_last_with_the_reason() -> None:
    reason = "line 6 has come to say '50 mg'; the older page is taken off the site (50 %)"
    page = BuildOutcome("dose", "vi", Status.RECALLED, "site/vi/dose.html", reason, written=True)
    run = Run(built=(page,))

    assert list(summary(run)) == [
        "Recalled",
        f"  site/vi/dose.html: {reason}",
        "",
        "pages      1 recalled",
    ]
    assert run.changed
    assert run.exit_status == 1


def test_a_table_that_would_be_too_wide_is_several() -> None:
    lines = list(article_table(RUN.checked, Page(width=40)))

    assert max(map(len, lines)) <= 40
    assert [line.split() for line in lines if line.startswith("article")] == [
        ["article", "words", "en", "vi"],
        ["article", "words", "ar", "th"],
    ]


@pytest.mark.parametrize(
    ("words", "translated", "text"),
    [(1000, 999, "99 %"), (1000, 1000, "100 %"), (1000, 1, "0 %"), (0, 0, "100 %")],
)
def test_only_all_of_it_is_a_hundred_percent(words: int, translated: int, text: str) -> None:
    assert percent(Coverage(1, 0, 0, words, translated)) == text


def test_the_page_to_open_is_a_new_translated_one() -> None:
    assert first_page(RUN) == "site/vi/rolling.html"
    assert first_page(Run(built=RUN.built[:1])) == "site/en/rolling.html"
    assert first_page(Run(built=RUN.built[2:])) == ""


def test_the_page_to_open_is_one_that_this_run_wrote() -> None:
    older = BuildOutcome("rolling", "vi", Status.UNCHANGED, "site/vi/rolling.html", coverage=FULL)
    source = BuildOutcome("dose", "en", Status.PUBLISHED, "site/en/dose.html")

    assert first_page(Run(built=(older, source))) == "site/en/dose.html"
    assert first_page(Run(built=(older,))) == "site/vi/rolling.html"


def test_approvals_tell_who_approved_what_and_what_nobody_has() -> None:
    approved = (
        Approved("vi", "locales/vi/notice.toml", "medical desk", "2026-03-04"),
        Approved("es", "polypage.toml"),
        Approved("th", "locales/th/notice.toml", failure=BROKEN),
        Approved("ar"),
    )

    assert list(approvals(approved)) == [
        "disclaimer approved vi (medical desk, 2026-03-04), es (polypage.toml),"
        f" th ({place(BROKEN)}: {BROKEN.message})",
        "not approved        ar",
    ]
    assert list(approvals(approved[3:])) == []


def test_json_tells_everything() -> None:
    report = json.loads(to_json(RUN, command="run"))

    assert list(report) == [
        "version",
        "command",
        "good",
        "changed",
        "planned",
        "templates",
        "catalogs",
        "comments",
        "checks",
        "pages",
        "proofs",
        "locales",
        "files",
        "approvals",
        "findings",
        "failures",
    ]
    assert report["pages"][1] == {
        "slug": "rolling",
        "locale": "vi",
        "status": "published",
        "path": "site/vi/rolling.html",
        "reason": "",
        "coverage": {
            "entries": 4,
            "translated": 4,
            "fuzzy": 0,
            "words": 100,
            "translated_words": 100,
            "rejected": 0,
            "ratio": 1.0,
        },
        "standing": True,
        "written": False,
    }
    assert report["findings"][1]["code"] == "inline-missing"
    assert report["failures"] == [
        {
            "code": "catalog-unreadable",
            "severity": "error",
            "message": 'a text has no closing "; add it',
            "path": "locales/th/LC_MESSAGES/rolling.po",
            "line": 40,
            "source": None,
            "target": None,
        }
    ]


def test_exit_status_tells_good_from_bad_from_nothing_done() -> None:
    good = Run(built=(BuildOutcome("a", "en", Status.PUBLISHED, "site/en/a.html"),))
    warned = Run(checked=(Checked("a", "vi", "a.po", findings=(ODD_NUMBER,)),))
    unread = Extracted("a", "a.html", "a.pot", failure=BROKEN)
    site = Extracted("site", "", "site.pot"), Updated("site", "vi", "site.po")
    nothing = Run((unread, site[0]), site[1:])

    assert [run.exit_status for run in (good, warned, RUN, nothing)] == [0, 0, 1, 2]


def test_the_same_finding_in_catalogs_of_several_locales_is_told_once() -> None:
    said = replace(ODD_NUMBER, path="locales/ar/LC_MESSAGES/site.po", line=9)
    paths = [f"locales/{locale}/LC_MESSAGES/site.po" for locale in ("ar", "de", "vi")]
    ar, de, vi = (replace(said, path=path) for path in paths)
    elsewhere = replace(vi, line=12)
    found = (Checked("dose", "ar", "ar/dose.po", findings=(ar, de, elsewhere)),)

    lines = [*summary(Run(checked=found))]

    assert [line.split(": ")[0] for line in lines[1:3]] == [
        "  locales/{ar,de}/LC_MESSAGES/site.po:9",
        "  locales/vi/LC_MESSAGES/site.po:12",
    ]
    assert "findings   3 warnings" in lines


def test_findings_that_read_the_same_are_one_line() -> None:
    marked = replace(NO_LINK, source=Excerpt("Dose", (Span(0, 4),)))
    found = (Checked("dose", "ar", "ar/dose.po", findings=(NO_LINK, marked)),)

    lines = [*summary(Run(checked=found))]

    told = "  source_articles/peeling.html: error: the page has no source link"
    assert [line for line in lines if line.startswith("  source")] == [
        f"{told} (notice-source-link-missing)"
    ]


def test_a_page_held_for_a_mistake_is_something_to_do() -> None:
    held = BuildOutcome("rolling", "es", Status.HELD, "site/es/rolling.html", "50 %", WRONG)
    waiting = replace(held, coverage=HALF)

    told = {page: "\n".join(summary(Run(built=(page,)))) for page in (held, waiting)}

    assert "nothing to do" not in told[held]
    assert "nothing to do" in told[waiting]


def test_who_has_not_checked_is_told_where_to_look_for_errors() -> None:
    hint = "  `polypage check` tells which entries have errors"

    assert hint in summary(replace(RUN, checked=()))
    assert hint not in summary(RUN)
