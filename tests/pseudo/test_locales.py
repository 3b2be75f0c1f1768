"""What is known of pseudo-locales, and where they count."""

from __future__ import annotations

import pytest

from polypage.profiles import Profile, is_pseudo, profile, spelling, tag
from polypage.runs.registry import Listing, address, alternates, links, register
from polypage.runs.sitemap import sitemaps

REGISTRY = register(
    {name: Listing(f"{name}.html", frozenset({"en", "vi", "en-XA"})) for name in ("a", "b")},
    source_tag="en",
    base_url="https://h.example",
)


@pytest.mark.parametrize("written", ["en_XA", "en-XA", "EN-xa", "en_xa"])
def test_a_pseudo_locale_has_a_profile(written: str) -> None:
    assert profile(written) == Profile(
        locale="en_XA",
        tag="en-XA",
        direction="ltr",
        name="Pseudo-English (accents)",
        native_name="Pseudo-English (accents)",
        plural_forms="nplurals=2; plural=(n != 1);",
        og_locale="en_XA",
    )


def test_the_other_runs_from_right_to_left() -> None:
    assert profile("ar-XB").direction == "rtl"
    assert (profile("ar-XB").og_locale, spelling("ar-xb"), tag("ar_xb")) == (
        "ar_XB",
        "ar_XB",
        "ar-XB",
    )


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("en_XA", True), ("ar-XB", True), ("en", False), ("ar", False), ("en_XB", False)],
)
def test_the_others_are_none(locale: str, expected: bool) -> None:
    assert is_pseudo(locale) is expected


def test_a_pseudo_page_is_no_version_for_readers() -> None:
    assert [tag for tag, _ in alternates(REGISTRY, "a")] == ["en", "vi", "x-default"]
    assert b"XA" not in dict(sitemaps(REGISTRY))["sitemap.xml"]


def test_a_pseudo_page_says_that_the_source_page_is_the_one_to_find() -> None:
    assert address(REGISTRY, "a", "en-XA") == "https://h.example/en/a.html"


def test_pseudo_pages_link_to_each_other() -> None:
    assert links(REGISTRY, "a", "en-XA", ["b.html", "https://h.example/en/b.html"]) == {}
