"""Two hundred articles in seven languages name each other, seen by code that built none of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from polypage.project import load
from polypage.runs.pipeline import run
from tests.pipeline.projects import translate, tree
from tests.site.looking import (
    Seen,
    look_at_all,
    reciprocity_problems,
    sitemap,
    switcher_problems,
)

BASE = "https://h.example"
LOCALES = ("ar", "de", "ja", "pt_BR", "vi", "zh_Hant_TW")
ARTICLES = 200
SETTINGS = f"""\
[project]
locales = [{", ".join(f'"{locale}"' for locale in LOCALES)}]
base_url = "{BASE}"
[publish]
switcher = "nav"
index = false
feed = false
[memory]
suggest = false
[notice]
on_missing = "ignore"
"""
PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Article {n}</title>
<meta property="og:locale" content="en_US">{more}</head>
<body><nav></nav><h1>Article {n}</h1><p>See <a href="{other}.html">another</a>.</p></body></html>
"""
OWN = (
    "",
    '<link rel="canonical" href="https://old.example/{n}">',
    '<link rel="alternate" hreflang="fr" href="https://old.example/fr/{n}">'
    '<meta property="og:locale:alternate" content="fr_FR">',
)
"""What source pages bring with them."""


def slug(n: int) -> str:
    return f"part {n % 7}/{n:03}" if n % 5 == 0 else f"{n:03}"


def is_translated(n: int, locale: str) -> bool:
    """Leave out a different set of languages for each article, from none to all."""
    return bool((n * 37 % 64) >> LOCALES.index(locale) & 1)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    (root / "polypage.toml").write_text(SETTINGS, "utf-8")
    for n in range(ARTICLES):
        path = root / "source_articles" / f"{slug(n)}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        more = OWN[n % len(OWN)].format(n=n)
        path.write_text(PAGE.format(n=n, more=more, other=(n + 1) % ARTICLES), "utf-8")
    run(root, stages=["extract", "update"])
    project = load(root)
    for n in range(ARTICLES):
        for locale in [each for each in LOCALES if is_translated(n, each)]:
            translate(project, slug(n), locale, lambda entry: replace(entry, msgstr=entry.msgid))
    run(root, stages=["build"])
    return root / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Seen]:
    return look_at_all(site, BASE)


def encoded(url: str) -> str:
    return url.replace(" ", "%20")


@pytest.mark.slow
def test_what_is_translated_is_published_and_nothing_else(pages: dict[str, Seen]) -> None:
    tags = {locale: locale.replace("_", "-") for locale in LOCALES}

    assert set(pages) == {
        f"{BASE}/{tag}/{slug(n)}.html"
        for n in range(ARTICLES)
        for tag in ["en", *(tags[locale] for locale in LOCALES if is_translated(n, locale))]
    }
    assert len({len(seen.alternates) for seen in pages.values()}) == len(LOCALES) + 1


@pytest.mark.slow
def test_languages_name_each_other(pages: dict[str, Seen]) -> None:
    by_address = {encoded(url): seen for url, seen in pages.items()}

    assert list(reciprocity_problems(by_address)) == []
    assert all(dict(seen.alternates)["x-default"] for seen in pages.values())
    assert all("/en/" in dict(seen.alternates)["x-default"] for seen in pages.values())


@pytest.mark.slow
def test_switchers_lead_to_the_same_pages(pages: dict[str, Seen]) -> None:
    assert list(switcher_problems(pages)) == []


@pytest.mark.slow
def test_the_sitemap_says_the_same(site: Path, pages: dict[str, Seen]) -> None:
    said = sitemap(site / "sitemap.xml")

    assert said == {encoded(url): set(seen.alternates) for url, seen in pages.items()}


@pytest.mark.slow
def test_social_media_are_told_the_other_languages(pages: dict[str, Seen]) -> None:
    known = {"pt-BR": "pt_BR", "zh-Hant-TW": "zh_TW", "ar": "ar_AR", "de": "de_DE", "ja": "ja_JP"}
    known |= {"vi": "vi_VN", "en": "en_US"}

    for seen in pages.values():
        tags = [tag for tag, _ in seen.alternates if tag != "x-default"]
        assert seen.og_locale == [known[seen.lang or ""]]
        assert seen.og_alternates == [known[tag] for tag in tags if tag != seen.lang]


@pytest.mark.slow
def test_a_broken_set_is_seen(pages: dict[str, Seen]) -> None:
    """The looker is no judge that says yes to everything."""
    by_address = {encoded(url): seen for url, seen in pages.items()}
    url = next(url for url, seen in by_address.items() if len(seen.alternates) > 3)
    seen = by_address[url]
    wrong = [
        replace(seen, alternates=seen.alternates[1:]),
        replace(seen, alternates=[*seen.alternates, ("fr", f"{BASE}/fr/gone.html")]),
        replace(seen, canonical=[f"{BASE}/en/other.html"]),
        replace(seen, lang="fr"),
    ]

    for each in wrong:
        assert list(reciprocity_problems({**by_address, url: each}))


@pytest.mark.slow
def test_a_second_build_writes_the_same_bytes(site: Path) -> None:
    before = tree(site)

    run(site.parent, stages=["build"])

    assert tree(site) == before
