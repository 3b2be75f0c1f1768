"""How a flow ends."""

from __future__ import annotations

import pytest

from flows.endings import RunError, ending
from polypage.model import BuildOutcome, Coverage, Finding, Severity, Status
from polypage.runs.outcomes import Audited, Checked, Extracted, Finished, Run, Updated

EXTRACTED = (Extracted("a", "source_articles/a.html", "locales/templates/a.pot"),)
HALF = "50 % of its words are translated, 90 % are needed"
UNPROVEN = Finding(
    "notice-disclaimer-missing", Severity.ERROR, "the disclaimer is missing", "site/vi/a.html"
)
LOST = Finding("inline-missing", Severity.ERROR, "<a1> is missing", "locales/vi/a.po", 7)
ODD = Finding("numbers-differ", Severity.WARNING, "5 is missing", "locales/vi/a.po", 9)
BROKEN = Finding("catalog-unreadable", Severity.ERROR, "unclosed quote", "locales/ar/a.po", 12)


def page(
    status: Status, reason: str = "", *findings: Finding, slug: str = "a", locale: str = "vi"
) -> BuildOutcome:
    path = f"site/{locale}/{slug}.html"
    coverage = Coverage(2, 1, 0, 10, 5)
    return BuildOutcome(slug, locale, status, path, reason, coverage, findings)


@pytest.mark.parametrize(
    ("run", "name", "says"),
    [
        pytest.param(
            Run(EXTRACTED, built=(page(Status.PUBLISHED),)), "Completed", "All is well; pages: 1 published", id="built"
        ),
        pytest.param(
            Run(built=(page(Status.PUBLISHED),), checked=(Checked("a", "vi", "a.po", findings=(ODD,)),)),
            "Completed",
            "All is well; pages: 1 published",
            id="warned",
        ),
        pytest.param(
            Run(EXTRACTED, built=(page(Status.UNCHANGED),)),
            "Unchanged",
            "Nothing to do: everything is up to date",
            id="unchanged",
        ),
        pytest.param(
            Run(built=(page(Status.PUBLISHED), page(Status.HELD, HALF, locale="ar"))),
            "CompletedWithHolds",
            "1 page held until more is translated: a (ar 50 %); pages: 1 published, 1 held",
            id="waiting",
        ),
        pytest.param(
            Run(
                built=(
                    page(Status.RECALLED, "line 6 has come to say '50 mg'"),
                    page(Status.HELD, HALF, locale="ar"),
                )
            ),
            "CompletedWithRecalls",
            "1 page recalled: a in vi (line 6 has come to say '50 mg');"
            " 1 page held until more is translated: a (ar 50 %); pages: 1 held, 1 recalled",
            id="recalled",
        ),
        pytest.param(
            Run(built=(page(Status.UNCHANGED), page(Status.HELD, HALF, locale="ar"))),
            "Unchanged",
            "Nothing to do: everything is up to date; 1 page held until more is translated: a (ar 50 %)",
            id="unchanged and waiting",
        ),
        pytest.param(
            Run(built=tuple(page(Status.HELD, HALF, slug=slug) for slug in "abcde"), finished=Finished(("x",))),
            "CompletedWithHolds",
            "5 pages held until more is translated: a (vi 50 %), b (vi 50 %), c (vi 50 %), 2 more;"
            " pages: 5 held",
            id="many waiting",
        ),
        pytest.param(
            Run(
                built=(
                    page(Status.HELD, HALF, locale="ar"),
                    page(Status.HELD, "the disclaimer is missing", UNPROVEN),
                    page(Status.HELD, "the disclaimer is missing", UNPROVEN, locale="th"),
                )
            ),
            "Failed",
            "2 pages held: a in vi, th (the disclaimer is missing);"
            " 1 page held until more is translated: a (ar 50 %); pages: 3 held",
            id="unproven",
        ),
        pytest.param(
            Run(updated=(Updated("a", "ar", "locales/ar/a.po", failure=BROKEN), Updated("a", "vi", ""))),
            "Failed",
            "1 file left alone: locales/ar/a.po:12 (unclosed quote)",
            id="broken catalog",
        ),
        pytest.param(
            Run(checked=(Checked("a", "vi", "locales/vi/a.po", findings=(LOST, ODD)),)),
            "CompletedWithErrors",
            "1 error in translations: locales/vi/a.po:7 (<a1> is missing)",
            id="translator's error",
        ),
        pytest.param(
            Run(
                checked=(Checked("a", "vi", "locales/vi/a.po", findings=(LOST,)),),
                built=(page(Status.UNCHANGED), page(Status.HELD, HALF, locale="ar")),
            ),
            "CompletedWithErrors",
            "1 error in translations, kept off the site: locales/vi/a.po:7 (<a1> is missing);"
            " 1 page held until more is translated: a (ar 50 %); pages: 1 unchanged, 1 held",
            id="translator's error, and waiting",
        ),
        pytest.param(
            Run(
                checked=(Checked("a", "vi", "locales/vi/a.po", findings=(LOST,)),),
                audited=(Audited("a", "vi", "site/vi/a.html", (UNPROVEN,)),),
            ),
            "Failed",
            "1 error found: site/vi/a.html (the disclaimer is missing);"
            " 1 error in translations: locales/vi/a.po:7 (<a1> is missing)",
            id="audit, and a translator's error",
        ),
        pytest.param(
            Run(audited=(Audited("a", "vi", "site/vi/a.html", (UNPROVEN,)),)),
            "Failed",
            "1 error found: site/vi/a.html (the disclaimer is missing)",
            id="audit",
        ),
    ],
)  # fmt: skip
def test_the_state_tells_what_a_run_came_to(run: Run, name: str, says: str) -> None:
    state = ending(run)

    assert (state.name, state.message) == (name, says)
    assert state.is_failed() == (name == "Failed")


def test_what_is_raised_for_a_failed_run_has_the_run() -> None:
    run = Run(audited=(Audited("a", "vi", "site/vi/a.html", (UNPROVEN,)),))

    error = ending(run).data

    assert isinstance(error, RunError)
    assert error.run is run
