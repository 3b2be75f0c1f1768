from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from polypage.errors import SettingsError
from polypage.settings import (
    ArticleSettings,
    LocalePublishSettings,
    PublishClass,
    Settings,
    parse,
)

PATH = Path("polypage.toml")

WHOLE = """\
[project]
source_locale = "en"
locales = ["vi", "zh-Hant-TW"]
base_url = "https://health.example/"
[extract]
segmentation = "block"
skip = [".share"]
inline = ["x-term"]
block = ["x-card"]
keep_space = [".verse"]
note = { "p.dose" = "A dose" }
context = { ".menu li" = "menu" }
references = "line"
[site]
parts = ["header", "footer, .comments"]
[drop]
parts = ["#respond"]
[publish]
min_coverage = 1
on_incomplete = "mixed"
[publish.locales.vi]
fuzzy = true
[[publish.classes]]
articles = ["recalls/*"]
pages = [".recall"]
locales = ["zh-Hant-TW"]
min_coverage = 0.5
[checks.severity]
number-missing = "warning"
untranslated = "off"
[checks.locales.zh-Hant-TW]
untranslated = "error"
[notice]
source_link = "p.source-link a"
disclaimer = "p.disclaimer"
on_missing = "insert"
disclaimer_text = "Ask a doctor."
source_link_text = "From {title} at {site}"
approved.zh-Hant-TW = "請諮詢醫師。"
[articles."skin/collagen"]
source_url = "https://health.example/collagen"
"""


def test_every_setting_is_read() -> None:
    settings = parse(WHOLE.encode(), path=PATH)

    assert settings.project.locales == ("vi", "zh_Hant_TW")
    assert settings.project.base_url == "https://health.example"
    assert settings.extract.note == {"p.dose": "A dose"}
    assert settings.publish.min_coverage == 1.0
    assert settings.publish.locales == {"vi": LocalePublishSettings(fuzzy=True)}
    assert settings.publish.classes == (
        PublishClass(
            articles=("recalls/*",), pages=(".recall",), locales=("zh_Hant_TW",), min_coverage=0.5
        ),
    )
    assert settings.checks.weights("vi") == {"number-missing": "warning", "untranslated": "off"}
    assert settings.checks.weights("zh_Hant_TW")["untranslated"] == "error"
    assert settings.notice.approved == {"zh_Hant_TW": "請諮詢醫師。"}
    assert settings.articles == {
        "skin/collagen": ArticleSettings(source_url="https://health.example/collagen")
    }


def test_what_is_not_set_has_its_default() -> None:
    assert parse(b"", path=PATH) == Settings()


def test_settings_travel_to_worker_processes() -> None:
    settings = parse(WHOLE.encode(), path=PATH)

    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301 - our own bytes


def test_windows_editors_may_save_them() -> None:
    saved = "\ufeff" + WHOLE.replace("\n", "\r\n")

    assert parse(saved.encode(), path=PATH) == parse(WHOLE.encode(), path=PATH)


WRONG = {
    "a finding mistyped": (
        '[checks.severity]\nnumber-mising = "off"',
        "polypage.toml:2: [checks.severity] number-mising: there is no such finding; "
        "did you mean 'number-missing'?",
    ),
    "a lost link as a mere warning": (
        '[checks.severity]\ninline-missing = "warning"',
        "polypage.toml:2: [checks.severity] inline-missing: a page cannot be built in spite of it: "
        "it is always an error",
    ),
    "a severity that is none": (
        '[checks.locales.vi]\nwaiver = "fatal"',
        "polypage.toml:2: [checks.locales.vi] waiver: must be 'error' or 'warning' or 'info' or "
        "'off', not 'fatal'",
    ),
    "severities for a locale that nobody translates into": (
        '[project]\nlocales = ["vi"]\n[checks.locales.vi]\n[checks.locales.zh-Hant]\nwaiver = "off"',
        "polypage.toml:4: [checks.locales] zh-Hant: 'zh-Hant' is no locale of this project; "
        "add it to [project] locales, or take it out",
    ),
    "severities for a locale mistyped": (
        '[project]\nlocales = ["zh_Hant_TW"]\n[checks.locales]\nzh_Hant = { waiver = "off" }',
        "polypage.toml:4: [checks.locales] zh_Hant: 'zh_Hant' is no locale of this project; "
        "did you mean 'zh_Hant_TW'?",
    ),
    "a key mistyped": (
        "[publish]\nmin_covrage = 1",
        "polypage.toml:2: [publish] min_covrage: unknown key; did you mean 'min_coverage'?",
    ),
    "a key in the wrong table": (
        "\n[project]\nmin_coverage = 1",
        "polypage.toml:3: [project] min_coverage: unknown key; it belongs in [publish]",
    ),
    "a key outside of tables": (
        "min_coverage = 1",
        "polypage.toml:1: [min_coverage]: unknown key; it belongs in [publish]",
    ),
    "a key like no other": (
        "[site]\n# a comment\n\nxyz = 1",
        "polypage.toml:4: [site] xyz: unknown key; known here: parts",
    ),
    "a table mistyped": (
        "# one\n[publsh]\nmin_coverage = 1",
        "polypage.toml:2: [publsh]: unknown key; did you mean 'publish'?",
    ),
    "a key of an article mistyped": (
        '[articles."skin/scars"]\nsource_ulr = "https://a.example"',
        (
            'polypage.toml:2: [articles."skin/scars"] source_ulr: unknown key;'
            " did you mean 'source_url'?"
        ),
    ),
    "an unknown locale in a long list": (
        '[project]\nlocales = [\n  "th",\n  "vn",  # Vietnamese\n]',
        (
            "polypage.toml:4: [project] locales: 'vn': no locale of this name is known;"
            " did you mean 'vi' or 'vun'?"
        ),
    ),
    "a locale twice": (
        '[project]\nlocales = ["zh_TW", "zh-TW"]',
        "polypage.toml:2: [project] locales: 'zh_TW' is named twice",
    ),
    "the source locale": (
        '[project]\nlocales = ["en"]',
        "polypage.toml:2: [project] locales: 'en' is the source locale; take it out",
    ),
    "an approved text for no locale": (
        '[notice.approved]\nvi = "x"\nxx = "x"',
        "polypage.toml:3: [notice.approved] xx: 'xx': no locale of this name is known",
    ),
    "a selector that ends too soon": (
        '[extract]\nskip = [\n".a",\n".b >"]',
        (
            "polypage.toml:4: [extract] skip: '.b >' is no CSS selector:"
            " Expected selector, got <EOF at 4>"
        ),
    ),
    "a selector as a key": (
        '[extract.note]\n"p >" = "x"',
        (
            "polypage.toml:2: [extract.note] \"p >\": 'p >' is no CSS selector:"
            " Expected selector, got <EOF at 3>"
        ),
    ),
    "one selector for a list": (
        '[site]\nparts = "header"',
        "polypage.toml:2: [site] parts: must be a list, not 'header'; put it in [ ]",
    ),
    "no kind of segment": (
        '[extract]\nsegmentation = "sentences"',
        (
            "polypage.toml:2: [extract] segmentation: must be 'block' or 'sentence', not 'sentences';"
            " did you mean 'sentence'?"
        ),
    ),
    "a choice mistyped": (
        '[publish]\non_incomplete = "hodl"',
        (
            "polypage.toml:2: [publish] on_incomplete: must be 'hold' or 'mixed', not 'hodl';"
            " did you mean 'hold'?"
        ),
    ),
    "a share above one": (
        "[publish]\nmin_coverage = 90",
        "polypage.toml:2: [publish] min_coverage: must be a number from 0 to 1, not 90",
    ),
    "a locale that nobody speaks, of pages": (
        "[publish.locales.vn]\nmin_coverage = 1",
        "polypage.toml:1: [publish.locales] vn: 'vn': no locale of this name is known;"
        " did you mean 'vi' or 'vun'?",
    ),
    "a locale of pages that are not made": (
        '[project]\nlocales = ["vi"]\n[publish]\n[publish.locales]\nar.min_coverage = 1',
        "polypage.toml:5: [publish.locales] ar: 'ar' is no locale of this project;"
        " add it to [project] locales, or take it out",
    ),
    "a locale of a class of pages that are not made": (
        '[[publish.classes]]\narticles = ["a"]\n[[publish.classes]]\narticles = ["b"]\n'
        'locales = ["ar"]',
        "polypage.toml:5: [[publish.classes]] locales: 'ar' is no locale of this project;"
        " add it to [project] locales, or take it out",
    ),
    "a key of a locale mistyped": (
        "[publish.locales.vi]\nmin_covrage = 1",
        "polypage.toml:2: [publish.locales.vi] min_covrage: unknown key;"
        " did you mean 'min_coverage'?",
    ),
    "a key of the second class mistyped": (
        '[[publish.classes]]\narticles = ["a"]\n\n[[publish.classes]]\narticels = ["b"]',
        "polypage.toml:5: [[publish.classes]] articels: unknown key; did you mean 'articles'?",
    ),
    "a class of no pages": (
        "\n[[publish.classes]]\nmin_coverage = 1",
        "polypage.toml:2: [[publish.classes]]: does not say which pages it is for;"
        " give it articles = [PATTERN] or pages = [SELECTOR]",
    ),
    "a class that is no list": (
        '[publish.classes]\narticles = ["a"]',
        "polypage.toml:1: [publish] classes: must be a list of tables;"
        " write its name between [[ and ]]",
    ),
    "a path for a pattern of slugs": (
        '[[publish.classes]]\narticles = ["recalls/*.html"]',
        "polypage.toml:2: [[publish.classes]] articles: 'recalls/*.html' is no pattern of slugs;"
        " name articles without folder of sources and ending, as in 'recalls/*'",
    ),
    "a selector of a class that is none": (
        '[[publish.classes]]\npages = ["p >"]',
        "polypage.toml:2: [[publish.classes]] pages: 'p >' is no CSS selector:"
        " Expected selector, got <EOF at 3>",
    ),
    "a truth for a share": (
        "[publish]\nmin_coverage = true",
        "polypage.toml:2: [publish] min_coverage: must be a number from 0 to 1, not True",
    ),
    "an address without its scheme": (
        '[project]\nbase_url = "health.example"',
        (
            "polypage.toml:2: [project] base_url: 'health.example' is no address;"
            " begin it with https://"
        ),
    ),
    "an address with a query": (
        '[project]\nbase_url = "https://health.example/?a"',
        (
            "polypage.toml:2: [project] base_url: 'https://health.example/?a' has a query or"
            " fragment; end it with the path"
        ),
    ),
    "an unknown name in a pattern": (
        '[notice]\nsource_link_text = "From {name}"',
        (
            "polypage.toml:2: [notice] source_link_text: 'From {name}' can have {title} and {site},"
            " nothing else in braces"
        ),
    ),
    "a brace left open": (
        '[notice]\nsource_link_text = "From {title"',
        (
            "polypage.toml:2: [notice] source_link_text: 'From {title' can have {title} and {site},"
            " nothing else in braces"
        ),
    ),
    "nothing to insert": (
        '[notice]\n\non_missing = "insert"',
        "polypage.toml:3: [notice] on_missing: there is no disclaimer_text to insert",
    ),
    "a value for a table": (
        "articles = 1",
        "polypage.toml:1: [articles]: must be a table, not 1",
    ),
    "an empty text": (
        '[notice]\ndisclaimer = ""',
        "polypage.toml:2: [notice] disclaimer: must be a text, not empty",
    ),
    "a line that is no TOML": (
        "[project]\nlocales = [vi]",
        "polypage.toml:2: is no TOML: Invalid value",
    ),
    "a text without its end": (
        '[project]\nbase_url = """\n',
        "polypage.toml:3: is no TOML: Unterminated string",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_what_makes_no_sense_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse(text.encode(), path=PATH)

    assert str(caught.value) == message


def test_settings_in_another_encoding_are_refused_with_the_line() -> None:
    with pytest.raises(SettingsError) as caught:
        parse("[project]\n# für uns\n".encode("latin-1"), path=PATH)

    assert str(caught.value) == "polypage.toml:2: is not UTF-8; save it as UTF-8"
