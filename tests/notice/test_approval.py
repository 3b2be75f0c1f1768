"""Approved disclaimers: read strictly, shown word for word, and known to be outdated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from polypage.approval import Approval, paragraphs, read
from polypage.errors import SettingsError
from polypage.model import Severity, Status
from polypage.project import Project
from polypage.runs.localefiles import approved_texts
from polypage.runs.outcomes import Run
from polypage.runs.pipeline import run
from polypage.runs.status import survey
from tests.conftest import MakeProject
from tests.pipeline.projects import translate

PATH = "locales/vi/notice.toml"
GIVEN = """\
# what the medical desk agreed to
text = \"\"\"
Chỉ để tham khảo.

Hãy hỏi <b>bác sĩ</b> & y tá.
\"\"\"
source = "For reference only."
approved_by = "medical desk"
approved_on = 2026-03-04
"""


def test_an_approval_is_read_from_its_file() -> None:
    approval = read(GIVEN.encode(), path=PATH)

    assert approval == Approval(
        "Chỉ để tham khảo.\n\nHãy hỏi <b>bác sĩ</b> & y tá.",
        PATH,
        "For reference only.",
        "medical desk",
        date(2026, 3, 4),
        7,
    )
    assert paragraphs(approval.text) == ("Chỉ để tham khảo.", "Hãy hỏi <b>bác sĩ</b> & y tá.")


@pytest.mark.parametrize(
    ("source", "covered"),
    [
        ("For reference only.", True),
        ("\n For  reference\tonly. ", True),
        ("For reference only!", False),
        ("Not for reference only.", False),
        ("For reference\u00a0only.", False),
        ("", False),
    ],
)
def test_an_approval_covers_the_words_it_was_given_for(source: str, covered: bool) -> None:
    assert read(GIVEN.encode(), path=PATH).covers(source) is covered


WRONG = [
    ("no TOML", "approved_on = 2026-03-04", "approved_on = ", ":9: is no TOML"),
    ("no text", 'source = "For reference only."\n', "", ": source is missing; add the source text"),
    ("no date", "approved_on = 2026-03-04\n", "", ": approved_on is missing; add the date"),
    ("an unknown key", "approved_by", "aproved_by", ":8: aproved_by is no key of an approval; did you mean 'approved_by'?"),
    ("a key of another kind", "# what", "colour = 1\n# what", ":1: colour is no key of an approval; known are text, source, approved_by, approved_on"),
    ("a date in quotes", "2026-03-04", '"4 March"', ":9: approved_on must be a date, written as 2026-03-04 without quotes, not '4 March'"),
    ("a date with a time", "2026-03-04", "2026-03-04T10:00:00", ":9: approved_on must be a date"),
    ("nobody", '"medical desk"', '" "', ":8: approved_by must say who or which desk approved the text, not ' '"),
    ("no words", '"For reference only."', '"…"', ":7: source must be a text with words, not '…'"),
    ("a number", '"For reference only."', "5", ":7: source must be a text with words, not 5"),
    ("an override", "tham khảo", "tham \u202ekhảo", ":2: text has U+202E RIGHT-TO-LEFT OVERRIDE"),
    ("a lost letter", "tham khảo", "tham kh\ufffdo", ":2: text has U+FFFD REPLACEMENT CHARACTER"),
    ("a control character", "tham khảo", "tham\\u0007khảo", ":2: text has U+0007 a control character"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), [c[1:] for c in WRONG], ids=[c[0] for c in WRONG])
def test_what_is_wrong_with_an_approval_is_said_with_its_line(
    old: str, new: str, says: str
) -> None:
    assert old in GIVEN

    with pytest.raises(SettingsError) as caught:
        read(GIVEN.replace(old, new, 1).encode(), path=PATH)

    assert str(caught.value).startswith(f"{PATH}{says}")


def test_an_approval_in_another_encoding_is_an_error() -> None:
    with pytest.raises(SettingsError, match=r"notice\.toml:3: is not UTF-8; save it as UTF-8"):
        read(GIVEN.encode("utf-8").replace("ỉ".encode(), b"\xec"), path=PATH)


# --- in a project -----------------------------------------------------------------------------

SETTINGS = """\
[project]
locales = ["vi", "ar"]
[publish]
on_incomplete = "mixed"
min_coverage = 0
[notice]
source_link = "p.source-link a"
disclaimer = ".disclaimer"
"""
PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Needles</title></head>
<body><article><h1>Needles</h1><p>They prick.</p>
<p class="disclaimer">For reference only.</p>
<p class="source-link">From <a href="https://h.example/needles">Needles</a></p>
</article></body></html>
"""
FILES = {"polypage.toml": SETTINGS, "source_articles/needles.html": PAGE}


def built(project: Project, tag: str) -> str:
    return project.page_path("needles", tag).read_text("utf-8")


def codes(done: Run) -> list[str]:
    """Return what is found about pages and their notices."""
    families = ("audit-", "notice-")
    found = [each.code for each in done.findings if each.code.startswith(families)]
    # In Arabic nothing is approved, and few tests translate anything.
    return [code for code in found if code != "notice-disclaimer-untranslated"]


def test_the_page_has_the_approved_words_whatever_the_catalog_has(
    make_project: MakeProject,
) -> None:
    project = make_project({**FILES, PATH: GIVEN})
    run(project.root, stages=["extract", "update"])
    translate(project, "needles", "vi")

    done = run(project.root)

    approved = "Chỉ để tham khảo.<br><br>Hãy hỏi &lt;b&gt;bác sĩ&lt;/b&gt; &amp; y tá."
    assert f'<p class="disclaimer">{approved}</p>' in built(project, "vi")
    assert "For reference only." in built(project, "ar")
    assert codes(done) == []


def test_paragraphs_stand_as_such_where_they_may(make_project: MakeProject) -> None:
    page = PAGE.replace(
        '<p class="disclaimer">For reference only.</p>',
        '<div class="disclaimer"><p>For reference only.</p></div>',
    )
    project = make_project({**FILES, PATH: GIVEN, "source_articles/needles.html": page})

    done = run(project.root)

    assert '<div class="disclaimer"><p>Chỉ để tham khảo.</p><p>Hãy hỏi' in built(project, "vi")
    assert codes(done) == []


def test_an_inserted_disclaimer_has_the_approved_paragraphs(make_project: MakeProject) -> None:
    settings = (
        f'{SETTINGS}on_missing = "insert"\ndisclaimer_text = "For reference only."\n'
    ).replace('".disclaimer"', '"aside.disclaimer"')
    page = PAGE.replace('<p class="disclaimer">For reference only.</p>\n', "")
    files = {"polypage.toml": settings, "source_articles/needles.html": page, PATH: GIVEN}
    project = make_project(files)

    done = run(project.root)

    assert '<aside class="disclaimer"><p>Chỉ để tham khảo.</p><p>Hãy' in built(project, "vi")
    assert codes(done) == []


def test_an_approval_for_other_words_of_the_source_is_told_of_once(
    make_project: MakeProject,
) -> None:
    edited = PAGE.replace("For reference only.", "For reference only, never a diagnosis.")
    pages = {f"source_articles/{slug}.html": edited for slug in ("needles", "pins")}
    project = make_project({**FILES, **pages, PATH: GIVEN})

    done = run(project.root)

    (finding,) = [each for each in done.findings if each.code == "notice-approval-outdated"]
    assert (finding.severity, finding.path, finding.line) == ("warning", PATH, 7)
    assert finding.message == (
        "the source of the disclaimer is now 'For reference only, never a diagnosis.', the text"
        " approved on 2026-03-04 translates 'For reference only.'; have it approved anew"
    )
    assert "Chỉ để tham khảo." in built(project, "vi")


UNTRANSLATED = (
    "the disclaimer is not translated, its readers get it in English; translate it, or have a text"
    " approved"
)


def test_an_untranslated_disclaimer_on_a_published_page_is_warned_of(
    make_project: MakeProject,
) -> None:
    project = make_project({**FILES, PATH: GIVEN})

    done = run(project.root)

    catalog = project.catalog_path("needles", "ar")
    lines = catalog.read_text("utf-8").splitlines()
    line = lines.index('msgid "For reference only."') + 2
    found = [each for each in done.findings if each.code == "notice-disclaimer-untranslated"]
    assert [(each.severity, each.path, each.line, each.message) for each in found] == [
        ("warning", "locales/ar/LC_MESSAGES/needles.po", line, UNTRANSLATED)
    ]


def test_a_disclaimer_that_is_inserted_is_warned_of_at_its_entry(make_project: MakeProject) -> None:
    settings = SETTINGS + 'on_missing = "insert"\ndisclaimer_text = "Ask a doctor."\n'
    page = PAGE.replace('<p class="disclaimer">For reference only.</p>\n', "")
    pages = {f"source_articles/{slug}.html": page for slug in ("needles", "pins")}
    settings = settings.replace('".disclaimer"', '"p.disclaimer"')
    project = make_project({"polypage.toml": settings, **pages})

    done = run(project.root)

    found = [each for each in done.findings if each.code == "notice-disclaimer-untranslated"]
    assert [each.path for each in found] == [
        f"locales/{locale}/LC_MESSAGES/site.po" for locale in ("ar", "vi")
    ]


def test_nothing_is_said_of_the_disclaimer_while_the_page_is_held_or_an_error_keeps_it_out(
    make_project: MakeProject,
) -> None:
    waits = SETTINGS.replace('"mixed"', '"hold"').replace("min_coverage = 0", "min_coverage = 1")
    project = make_project({**FILES, "polypage.toml": waits})
    held = run(project.root)
    make_project({"polypage.toml": SETTINGS})
    for locale in ("vi", "ar"):
        translate(
            project, "needles", locale, lambda entry: replace(entry, msgstr=f"<b>{entry.msgid}")
        )

    wrong = run(project.root)

    said = {each.code for each in (*held.findings, *wrong.findings)}
    assert "notice-disclaimer-untranslated" not in said
    assert wrong.findings.counts[Severity.ERROR]


def test_a_changed_approval_is_published(make_project: MakeProject) -> None:
    project = make_project({**FILES, PATH: GIVEN})
    run(project.root)
    make_project({PATH: GIVEN.replace("Chỉ để", "Chỉ dùng để"), "polypage.toml": SETTINGS})

    run(project.root)

    assert "Chỉ dùng để tham khảo." in built(project, "vi")


def test_a_changed_approval_of_the_source_language_is_published(
    make_project: MakeProject,
) -> None:
    path = "locales/en/notice.toml"
    project = make_project({**FILES, path: GIVEN.replace("Chỉ để tham khảo", "For information")})
    run(project.root)
    run(project.root)
    make_project({path: GIVEN.replace("Chỉ để tham khảo", "For orientation"), **FILES})

    run(project.root)

    assert "For orientation." in built(project, "en")


def test_a_broken_approval_stops_its_own_locale_and_the_last_good_page_stays(
    make_project: MakeProject,
) -> None:
    project = make_project({**FILES, PATH: GIVEN})
    run(project.root)
    before = built(project, "vi")
    changed = PAGE.replace("They prick.", "They prick a lot.")
    make_project({**FILES, PATH: "text = 5", "source_articles/needles.html": changed})

    done = run(project.root)

    assert [(finding.code, finding.path) for finding in done.failures] == [("settings-wrong", PATH)]
    assert [page.locale for page in done.built if page.status is Status.FAILED] == ["vi"]
    assert built(project, "vi") == before
    assert "They prick a lot." in built(project, "ar")


def test_a_locale_with_an_approval_in_both_places_is_refused(make_project: MakeProject) -> None:
    settings = f'{SETTINGS}[notice.approved]\nvi = "Chỉ để tham khảo."\n'
    project = make_project({**FILES, "polypage.toml": settings, PATH: GIVEN})

    done = run(project.root)

    (failure,) = done.failures
    assert failure.path == PATH
    assert failure.message == (
        "[notice.approved] in polypage.toml has a text for vi too; take it out there, this file"
        " says more"
    )


def test_status_tells_which_locales_have_an_approved_text(make_project: MakeProject) -> None:
    project = make_project({**FILES, PATH: GIVEN, "locales/ar/notice.toml": "text = 5"})

    found = {each.locale: each for each in survey(project.root).approved}

    assert (found["vi"].path, found["vi"].by, found["vi"].on) == (
        PATH,
        "medical desk",
        "2026-03-04",
    )
    assert found["ar"].failure is not None
    assert survey(make_project(FILES).root, locales=["vi"]).good


def test_approved_texts_are_had_by_locale(make_project: MakeProject) -> None:
    settings = f'{SETTINGS}[notice.approved]\nar = "للعلم فقط."\n'
    project = make_project({**FILES, "polypage.toml": settings, PATH: GIVEN})

    assert approved_texts(project) == {
        "vi": "Chỉ để tham khảo.\n\nHãy hỏi <b>bác sĩ</b> & y tá.",
        "ar": "للعلم فقط.",
    }
