from __future__ import annotations

import pickle
from gettext import c2py
from pathlib import Path
from subprocess import run

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from polypage.errors import SettingsError
from polypage.profiles import Profile, profile

LANGUAGES = sorted({locale for locale in locale_identifiers() if "_" not in locale} - {"root"})


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "vi",
            Profile(
                locale="vi",
                tag="vi",
                direction="ltr",
                name="Vietnamese",
                native_name="Tiếng Việt",
                plural_forms="nplurals=1; plural=0;",
                og_locale="vi_VN",
                decimal=",",
                group=".",
            ),
        ),
        (
            "zh-Hant-TW",
            Profile(
                locale="zh_Hant_TW",
                tag="zh-Hant-TW",
                direction="ltr",
                name="Chinese (Traditional, Taiwan)",
                native_name="中文 (繁體, 台灣)",
                plural_forms="nplurals=1; plural=0;",
                og_locale="zh_TW",
                script="Hant",
            ),
        ),
    ],
)
def test_a_profile_tells_what_cldr_knows(written: str, expected: Profile) -> None:
    assert profile(written) == expected


@pytest.mark.parametrize(
    ("written", "locale", "tag"),
    [
        ("pt-br", "pt_BR", "pt-BR"),
        ("zh_TW", "zh_TW", "zh-TW"),
        ("ZH-hant-tw", "zh_Hant_TW", "zh-Hant-TW"),
        ("sr_latn", "sr_Latn", "sr-Latn"),
        ("es-419", "es_419", "es-419"),
    ],
)
def test_a_locale_keeps_its_subtags_in_the_usual_spelling(
    written: str, locale: str, tag: str
) -> None:
    found = profile(written)

    assert (found.locale, found.tag) == (locale, tag)


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("vn", "'vi'"),
        ("jp", "'ja'"),
        ("thai", "'th'"),
        ("zh_Hnat_TW", "'zh_Hant_TW'"),
        ("vi_XX", "'vi'"),
        ("vi_VN.UTF-8", "'vi_VN'"),
        ("sr@latin", "'sr_Latn'"),
    ],
)
def test_an_unknown_locale_is_refused_with_what_may_be_meant(written: str, near: str) -> None:
    with pytest.raises(SettingsError) as caught:
        profile(written)

    assert caught.value.remedy is not None
    assert near in caught.value.remedy.removesuffix("?").replace("did you mean ", "")


@pytest.mark.parametrize("written", ["", "_", "xx", "root", "../vi", "vi/", "qqq"])
def test_what_is_no_locale_at_all_is_refused(written: str) -> None:
    with pytest.raises(SettingsError):
        profile(written)


@pytest.mark.parametrize("locale", ["ar", "he", "fa", "ur", "ckb"])
def test_some_languages_run_from_right_to_left(locale: str) -> None:
    assert profile(locale).direction == "rtl"


@pytest.mark.parametrize(
    ("locale", "og_locale"),
    [
        ("en", "en_US"),
        ("pt", "pt_BR"),
        ("pt_PT", "pt_PT"),
        ("ar", "ar_AR"),
        ("ar_EG", "ar_EG"),
        ("es_419", "es_LA"),
        ("sr_Latn", "sr_RS"),
        ("zh_Hans", "zh_CN"),
    ],
)
def test_open_graph_wants_a_territory(locale: str, og_locale: str) -> None:
    assert profile(locale).og_locale == og_locale


@pytest.mark.parametrize(
    ("locale", "plural_forms"),
    [
        ("en", "nplurals=2; plural=(n != 1);"),
        ("fr", "nplurals=2; plural=(n > 1);"),
        ("ja", "nplurals=1; plural=0;"),
        (
            "pl",
            (
                "nplurals=3; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14)"
                " ? 1 : 2);"
            ),
        ),
    ],
)
def test_plural_forms_are_those_that_translators_know(locale: str, plural_forms: str) -> None:
    assert profile(locale).plural_forms == plural_forms


@pytest.mark.parametrize("locale", [*LANGUAGES, "pt_PT"])
def test_plural_forms_part_numbers_as_cldr_does(locale: str) -> None:
    count, formula = profile(locale).plural_forms.removesuffix(";").split("; plural=")
    form, rule = c2py(formula), Locale.parse(locale).plural_form

    pairs = {(form(number), rule(number)) for number in range(200)}

    assert sorted(number for number, _ in pairs) == list(range(int(count.split("=")[1])))
    assert len({category for _, category in pairs}) == len(pairs)


@pytest.mark.needs_program("msgfmt")
def test_gettext_accepts_every_plural_formula(tmp_path: Path) -> None:
    forms = sorted({profile(locale).plural_forms for locale in LANGUAGES})
    for number, plural_forms in enumerate(forms):
        count = int(plural_forms.removeprefix("nplurals=").split(";")[0])
        msgstrs = "\n".join(f'msgstr[{form}] "x"' for form in range(count))
        (tmp_path / f"{number}.po").write_text(
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
            f'"Plural-Forms: {plural_forms}\\n"\n\nmsgid "a"\nmsgid_plural "b"\n{msgstrs}\n'
        )

    for path in sorted(tmp_path.glob("*.po")):
        done = run(
            ["msgfmt", "--check", "-o", "/dev/null", path],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_a_profile_travels_to_worker_processes() -> None:
    arabic = profile("ar")

    assert pickle.loads(pickle.dumps(arabic)) == arabic  # noqa: S301 - our own bytes
