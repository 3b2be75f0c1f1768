"""Projects whose pages obey ITS 2.0, from the source page to the built ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from polypage.catalogs import catalog as catalogs
from polypage.errors import SettingsError
from polypage.model import Entry, Severity, Status
from polypage.project import Project, load
from polypage.proving.account import Fate
from polypage.runs.accounts import survey
from polypage.runs.localefiles import open_template
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.its.marking import rules
from tests.pipeline.projects import shouted, translate, tree

SETTINGS = """\
[project]
locales = ["vi", "fr_CA"]
[publish]
min_coverage = 1
"""

PAGE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Needles</title>
<link rel="its-rules" href="medical.its">
</head>
<body>
<h1>Needles</h1>
<p>Use <code>N-05</code> once.</p>
<p>Call <span its-locale-filter-list="*-CA">811 <b>now</b></span><span its-locale-filter-list="*-CA" its-locale-filter-type="exclude">your doctor</span>.</p>
<p its-locale-filter-list="fr-CA">This notice is for Canada.</p>
<div its-locale-filter-list="fr">Sold <i>here</i>.<p its-locale-filter-list="*">Sold everywhere.</p></div>
<p class="disclaimer" its-locale-filter-list="*-CA">Advice in Canada.</p>
<p class="disclaimer" its-locale-filter-list="*-CA" its-locale-filter-type="exclude">Advice only.</p>
<p class="source-link">Source: <a href="https://clinic.example/needles">Needles</a></p>
</body>
</html>
"""
RULES = rules('<translateRule selector="//h:code" translate="no"/>')
FILES: dict[str, str | bytes] = {
    "polypage.toml": SETTINGS,
    "source_articles/needles.html": PAGE,
    "source_articles/medical.its": RULES,
}


def msgids(project: Project, locale: str = "") -> list[str]:
    file = project.catalog_path("needles", locale) if locale else project.template_path("needles")
    return [entry.msgid for entry in catalogs.read(file).live]


def page(project: Project, tag: str) -> str:
    return project.page_path("needles", tag).read_text("utf-8")


# --- locale filter ----------------------------------------------------------------------------


def test_a_passage_is_in_the_catalogs_and_pages_of_its_locales_alone(
    make_project: MakeProject,
) -> None:
    project = make_project(FILES)
    run(project.root)

    assert set(msgids(project)) - set(msgids(project, "vi")) == {
        "811 <b>now</b>",
        "This notice is for Canada.",
        "Sold <i>here</i>.",
        "Advice in Canada.",
    }
    assert set(msgids(project)) - set(msgids(project, "fr_CA")) == {"your doctor", "Advice only."}

    for locale in ("vi", "fr_CA"):
        translate(project, "needles", locale)
    outcome = run(project.root)

    assert {(built.locale, built.status) for built in outcome.built} == {
        ("en", Status.UNCHANGED),
        ("vi", Status.PUBLISHED),
        ("fr_CA", Status.PUBLISHED),
    }
    assert {built.locale: built.coverage.ratio for built in outcome.built}["vi"] == 1
    body = page(project, "vi").partition("<h1>")[2]
    assert body == (
        "Needles !</h1>\n"
        "<p>Use <code>N-05</code> once. !</p>\n"
        '<p>Call <span its-locale-filter-list="*-CA" its-locale-filter-type="exclude">your doctor !'
        "</span>. !</p>\n"
        "\n"
        '<div its-locale-filter-list="fr"><p its-locale-filter-list="*">Sold everywhere. !</p></div>\n'
        "\n"
        '<p class="disclaimer" its-locale-filter-list="*-CA" its-locale-filter-type="exclude">'
        "Advice only. !</p>\n"
        '<p class="source-link">Source: <a href="https://clinic.example/needles">Needles !</a> !</p>\n'
        "</body>\n</html>\n"
    )
    canadian = page(project, "fr-CA")
    assert "811 <b>now</b> !" in canadian
    assert "This notice is for Canada. !" in canadian
    assert "Sold <i>here</i>. !" in canadian
    assert "Advice in Canada. !" in canadian
    assert "your doctor" not in canadian
    assert "This notice" not in page(project, "en")
    assert all(audited.proven for audited in run(project.root, stages=["audit"]).audited)


def test_a_second_run_writes_nothing(make_project: MakeProject) -> None:
    project = make_project(FILES)
    run(project.root)
    before = tree(project.root)

    outcome = run(project.root)

    assert tree(project.root) == before
    assert not any(extracted.written for extracted in outcome.extracted)


def test_an_entry_is_for_every_locale_that_one_of_its_places_is_for(
    make_project: MakeProject,
) -> None:
    markup = (
        "<h1>Needles</h1><p its-locale-filter-list=fr>Rest</p><p its-locale-filter-list=de>Rest</p>"
        "<p its-locale-filter-list=de>Sleep</p><p>Sleep</p><p its-locale-filter-list=''>Nobody</p>"
    )
    project = make_project(
        {
            "polypage.toml": '[project]\nlocales = ["vi", "fr", "de"]\n[notice]\non_missing = "ignore"',
            "source_articles/needles.html": f"<html lang=en>{markup}",
        }
    )

    run(project.root)

    template = {entry.msgid: entry for entry in open_template(project, "needles").catalog.entries}
    assert template["Rest"].extracted_comments[:3] == (
        "only for: fr",
        "only for: de",
        "paragraph · under: Needles",
    )
    assert template["Sleep"].extracted_comments == ("paragraph · under: Needles",)
    assert template["Nobody"].extracted_comments[0] == "only for: none"
    assert msgids(project, "fr") == ["Needles", "Rest", "Sleep"]
    assert msgids(project, "vi") == ["Needles", "Sleep"]


def test_a_note_is_not_taken_for_a_locale_filter(make_project: MakeProject) -> None:
    project = make_project(
        FILES
        | {
            "source_articles/needles.html": PAGE.replace(
                "<h1>", '<h1 data-polypage-note="only for: adults">'
            )
        }
    )

    run(project.root)

    assert "Needles" in msgids(project, "vi")


def test_what_articles_share_is_for_the_locales_of_any_of_them(make_project: MakeProject) -> None:
    settings = '[project]\nlocales = ["vi", "fr"]\n[site]\nparts = ["footer"]\n[notice]\non_missing = "ignore"'
    filtered = "<footer><p its-locale-filter-list=fr>Rights</p><p its-locale-filter-list=fr>Law</p></footer>"
    project = make_project(
        {
            "polypage.toml": settings,
            "source_articles/a.html": f"<html lang=en><p>One</p>{filtered}",
            "source_articles/b.html": "<html lang=en><p>Two</p><footer><p>Rights</p></footer>",
        }
    )

    run(project.root)

    shared = {
        locale: [entry.msgid for entry in catalogs.read(project.catalog_path("site", locale)).live]
        for locale in ("vi", "fr")
    }
    assert shared == {"vi": ["Rights"], "fr": ["Rights", "Law"]}


def test_a_page_without_its_disclaimer_in_a_locale_is_held(make_project: MakeProject) -> None:
    one = PAGE.replace('<p class="disclaimer" its-locale-filter-list="*-CA" its', "<p its")
    project = make_project(FILES | {"source_articles/needles.html": one})
    run(project.root)
    translate(project, "needles", "vi")

    outcome = run(project.root)

    (held,) = [built for built in outcome.built if built.locale == "vi"]
    assert held.status is Status.HELD
    assert "notice-disclaimer-missing" in {finding.code for finding in held.findings}


def test_a_page_that_is_for_other_locales_is_held(make_project: MakeProject) -> None:
    whole = PAGE.replace("<body>", '<body its-locale-filter-list="en, fr-CA">')
    project = make_project(FILES | {"source_articles/needles.html": whole})

    outcome = run(project.root)

    reasons = {built.locale: built.reason for built in outcome.built}
    assert reasons["vi"] == "the page is for other locales, as its ITS locale filter says"
    assert "other locales" not in reasons["en"] + reasons["fr_CA"]


def test_an_approved_disclaimer_stands_where_each_locale_has_its_own(
    make_project: MakeProject,
) -> None:
    approved = '[notice.approved]\nvi = "Chỉ để tham khảo."\n'
    project = make_project(FILES | {"polypage.toml": SETTINGS + approved})
    run(project.root)
    translate(project, "needles", "vi")

    outcome = run(project.root)

    assert {built.status for built in outcome.built if built.locale == "vi"} == {Status.PUBLISHED}
    assert page(project, "vi").count("Chỉ để tham khảo.") == 1


def test_a_disclaimer_may_have_a_part_for_some_locales(make_project: MakeProject) -> None:
    markup = (
        "<h1>Needles</h1><p class=disclaimer>Advice only. <span its-locale-filter-list='*-CA'>Call 811"
        " now.</span></p><p class=source-link><a href=https://clinic.example/n>Needles</a>"
    )
    project = make_project(FILES | {"source_articles/needles.html": f"<html lang=en>{markup}"})
    run(project.root)
    for locale in ("vi", "fr_CA"):
        translate(project, "needles", locale)

    outcome = run(project.root)

    assert Status.HELD not in {built.status for built in outcome.built}
    assert "811" not in page(project, "vi")
    assert "Call 811 now. !" in page(project, "fr-CA")


# --- rules ------------------------------------------------------------------------------------


def test_a_page_is_read_anew_when_the_rules_it_links_to_change(make_project: MakeProject) -> None:
    project = make_project(FILES)
    run(project.root)
    assert "Use <code1/> once." in msgids(project)

    (project.source_dir / "medical.its").write_bytes(
        rules('<withinTextRule selector="//h:code" withinText="yes"/>')
    )
    run(project.root)

    assert "Use <code>N-05</code> once." in msgids(project)


def test_rules_that_are_not_there_are_told_of_and_may_come(make_project: MakeProject) -> None:
    project = make_project({key: FILES[key] for key in FILES if not key.endswith(".its")})

    outcome = run(project.root, stages=["extract"])

    (finding,) = outcome.extracted[0].findings
    assert (finding.code, finding.severity) == ("its-rules-missing", Severity.ERROR)
    assert (finding.path, finding.line) == ("source_articles/needles.html", 4)

    (project.source_dir / "medical.its").write_bytes(RULES)
    outcome = run(project.root, stages=["extract"])

    assert outcome.extracted[0].findings == ()
    assert "Use <code1/> once." in msgids(project)


@pytest.mark.parametrize(
    "href",
    [
        "../secret.its",
        "skin/../../secret.its",
        "/secret.its",
        "file:///secret.its",
        "https://clinic.example/medical.its",
        "//clinic.example/medical.its",
        "http://[",
        "%00",
        "",
    ],
)
def test_rules_are_read_from_the_source_folder_alone(make_project: MakeProject, href: str) -> None:
    linking = PAGE.replace("medical.its", href)
    files = FILES | {"source_articles/needles.html": linking, "secret.its": RULES}
    project = make_project(files)

    outcome = run(project.root, stages=["extract"])

    assert [found.code for found in outcome.extracted[0].findings] == ["its-rules-missing"]


def test_rules_lead_to_further_ones_beside_them(make_project: MakeProject) -> None:
    linking = rules('<dirRule selector="//h:q" dir="rtl"/>', 'xlink:href="base.its"')
    page = PAGE.replace("medical.its", "its/medical.its")
    project = make_project(
        {
            "polypage.toml": SETTINGS,
            "source_articles/needles.html": page,
            "source_articles/its/medical.its": linking,
            "source_articles/its/base.its": RULES,
        }
    )
    run(project.root)
    assert "Use <code1/> once." in msgids(project)

    (project.source_dir / "its/base.its").write_bytes(RULES.replace(b'"no"', b'"yes"'))
    run(project.root)

    assert "Use <code>N-05</code> once." in msgids(project)


def test_wrong_rules_stop_the_pages_that_link_to_them(make_project: MakeProject) -> None:
    project = make_project(
        FILES
        | {
            "source_articles/medical.its": RULES.replace(b"//h:code", b"//h:code["),
            "source_articles/other.html": "<html lang=en><p>Text</p>",
        }
    )

    outcome = run(project.root, stages=["extract"])

    failed = {each.slug: each.failure for each in outcome.extracted if each.failure}
    assert list(failed) == ["needles"]
    assert failed["needles"].path == "source_articles/medical.its"
    assert '"//h:code["' in failed["needles"].message


# --- rules that the settings name -------------------------------------------------------------

NAMED = SETTINGS + '[extract]\nits_rules = [\n  "its/house.its",\n]\n'


def test_rules_of_the_settings_hold_for_all_pages(make_project: MakeProject) -> None:
    files = {**FILES, "polypage.toml": NAMED, "source_articles/medical.its": rules("")}
    project = make_project({**files, "its/house.its": RULES})

    run(project.root)
    assert "Use <code1/> once." in msgids(project)

    (project.root / "its/house.its").write_bytes(rules(""))
    run(project.root)
    assert "Use <code>N-05</code> once." in msgids(project)


def test_rules_of_a_page_prevail_over_those_of_the_settings(make_project: MakeProject) -> None:
    house = rules('<translateRule selector="//h:p | //h:code" translate="no"/>')
    project = make_project(
        FILES
        | {
            "polypage.toml": NAMED,
            "its/house.its": house,
            "source_articles/medical.its": RULES.replace(b'"no"', b'"yes"'),
        }
    )

    run(project.root)

    assert msgids(project)[:2] == ["Needles", "N-05"]


def test_a_file_that_is_not_there_is_blamed_on_its_line(make_project: MakeProject) -> None:
    project = make_project(FILES)
    (project.root / "polypage.toml").write_text(NAMED, "utf-8")

    with pytest.raises(SettingsError) as caught:
        load(project.root)

    assert caught.value.line == NAMED[: NAMED.index("its/house.its")].count("\n") + 1
    assert caught.value.problem == "[extract] its_rules: 'its/house.its' is no file"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (
            '<dirRule selector="//h:q" dir="rtl"/>\n<translateRule selector="//h:p[" translate="no"/>',
            'selector="//h:p["',
        ),
        (
            '<dirRule selector="//h:q" dir="rtl"/>\n<translateRule selector="//x:p" translate="no"/>',
            "the prefix x is not declared",
        ),
        (
            '<dirRule selector="//h:q" dir="rtl"/>\n<translateRule selector="//h:p" translate="on"/>',
            "must be yes or no",
        ),
    ],
)
def test_a_wrong_rule_is_blamed_on_its_file_and_line(
    make_project: MakeProject, wrong: str, problem: str
) -> None:
    project = make_project({**FILES, "its/house.its": rules(wrong)})
    (project.root / "polypage.toml").write_text(NAMED, "utf-8")

    with pytest.raises(SettingsError) as caught:
        load(project.root)

    assert (caught.value.path, caught.value.line) == ("its/house.its", 2)
    assert problem in caught.value.problem
    assert caught.value.remedy


# --- checks -----------------------------------------------------------------------------------

LIMITED = PAGE.replace(
    "<h1>",
    '<h2 its-allowed-characters="[a-zA-Z ]" its-storage-size="8">Sold out</h2>'
    '<h3>Press <b its-allowed-characters="[A-Z]">SAVE</b> now</h3><h1>',
)


@pytest.mark.parametrize(
    ("msgid", "msgstr", "codes"),
    [
        ("Sold out", "Het hang", []),
        ("Sold out", "Hết h", ["its-characters"]),
        ("Sold out", "Het hang roi", ["its-storage"]),
        ("Sold out", "Hết hàng rồi", ["its-characters", "its-storage"]),
        ("Press <b1>SAVE</b1> now", "Nhấn <b1>LUU</b1>", []),
        ("Press <b1>SAVE</b1> now", "Nhấn <b1>Lưu</b1>", ["its-characters"]),
    ],
)
def test_a_translation_keeps_to_the_limits_of_its_author(
    make_project: MakeProject, msgid: str, msgstr: str, codes: list[str]
) -> None:
    project = make_project({**FILES, "source_articles/needles.html": LIMITED})
    run(project.root, stages=["extract", "update"])

    def written(entry: Entry) -> Entry:
        return replace(shouted(entry), msgstr=msgstr) if entry.msgid == msgid else entry

    translate(project, "needles", "vi", written)
    outcome = run(project.root, stages=["check"], locales=["vi"])

    (checked,) = [each for each in outcome.checked if (each.slug, each.locale) == ("needles", "vi")]
    found = [each.code for each in checked.findings if each.code.startswith("its-")]
    assert found == codes
    assert checked.coverage.translated == (0 if codes else 1)


def test_a_template_tells_of_limits(make_project: MakeProject) -> None:
    project = make_project({**FILES, "source_articles/needles.html": LIMITED})

    run(project.root, stages=["extract"])

    template = project.template_path("needles").read_text("utf-8")
    assert "#. characters: [a-zA-Z ]\n#. at most 8 bytes in UTF-8\n" in template
    assert "#. b1: characters: [A-Z]\n" in template


# --- the account ------------------------------------------------------------------------------


def test_what_its_leaves_out_is_accounted_for(make_project: MakeProject) -> None:
    inner = (
        '<translateRule selector="//h:code | //h:img/@alt" translate="no"/>'
        '<translateRule selector="//h:b" translate="yes"/>'
        '<langRule selector="//h:q" langPointer="@data-l"/>'
        """<targetPointerRule selector="//h:dt" targetPointer="following-sibling::h:dd[1]"/>"""
        """<targetPointerRule selector="//h:input/@placeholder" targetPointer="../@title"/>"""
        '<translateRule selector="//h:aside" translate="no"/>'
    )
    markup = (
        "<p>Use <code>ACME <b>twice</b></code></p><img alt=Logo><q data-l=fr>Non merci</q>"
        "<dl><dt>Rest<dd>Ruhe</dl><input placeholder=Name title=Nom><aside>Quiet <i>part</i></aside>"
        "<p its-locale-filter-list=fr>For some</p>"
    )
    project = make_project(
        FILES
        | {
            "source_articles/needles.html": PAGE.replace("<h1>", f"{markup}<h1>"),
            "source_articles/medical.its": rules(inner),
        }
    )

    accounts = survey(project.root)

    texts = {text.value: (text.fate, text.rule) for text in accounts.whole.texts}
    assert accounts.whole.missed == ()
    assert [value for value in texts if texts[value] == (Fate.PROTECTED, "its")] == [
        "ACME", "Logo", "Ruhe", "Nom", "Quiet", "part", "N-05",
    ]  # fmt: skip
    assert texts["Non merci"] == (Fate.PROTECTED, "language")
    assert texts["twice"] == texts["For some"] == texts["Name"] == (Fate.SEGMENT, "")


def test_what_its_says_of_elements_without_tags_is_accounted_for(
    make_project: MakeProject,
) -> None:
    inner = '<translateRule selector="//h:body" translate="no"/>'
    project = make_project(
        {
            "polypage.toml": NAMED,
            "its/house.its": rules(inner),
            "source_articles/needles.html": "<title>Needles</title><p>Text<p translate=yes>Yes",
        }
    )

    accounts = survey(project.root)

    assert [(text.value, text.rule) for text in accounts.whole.texts] == [
        ("Needles", ""),
        ("Text", "its"),
        ("Yes", ""),
    ]
