"""Where the links on a page lead."""

from __future__ import annotations

import pytest
from lxml import etree

from polypage.runs.registry import (
    Listing,
    address,
    alternates,
    editions,
    links,
    register,
    sitemaps,
    without,
)

BOTH = frozenset({"en", "vi"})
ENGLISH = frozenset({"en"})

REGISTRY = register(
    {
        "rolling": Listing("rolling.html", BOTH, ("https://clinic.example/rolling/",)),
        "peeling": Listing("peeling.html", ENGLISH, ("https://clinic.example/peeling",)),
        "skin/collagen": Listing("skin/collagen.htm", BOTH, ("https://clinic.example/?p=7",)),
        "skin/index": Listing("skin/index.html", BOTH),
        "held": Listing("held.html", frozenset(), ("https://clinic.example/held",)),
        "mute": Listing("mute.html", frozenset()),
        "a b/ü": Listing("a b/ü.html", BOTH),
    },
    source_tag="en",
    base_url="https://h.example/",
    assets={"img/needle 1.jpg", "skin/data.pdf"},
)


@pytest.mark.parametrize(
    ("slug", "tag", "link", "target"),
    [
        ("peeling", "vi", "rolling.html", None),
        ("peeling", "vi", "./rolling.html?x=1#care", None),
        ("rolling", "vi", "peeling.html?x=1#care", "../en/peeling.html?x=1#care"),
        ("rolling", "en", "peeling.html", None),
        ("rolling", "vi", "skin/collagen.htm#a", "skin/collagen.html#a"),
        ("rolling", "en", "skin/collagen.htm#a", "skin/collagen.html#a"),
        ("skin/collagen", "vi", "../rolling.html", None),
        ("skin/collagen", "vi", "../peeling.html", "../../en/peeling.html"),
        ("skin/collagen", "vi", "/rolling/", "../rolling.html"),
        ("rolling", "vi", "skin/", None),
        ("rolling", "vi", "a%20b/%C3%BC.html", None),
        ("rolling", "vi", "img/needle%201.jpg", "../en/img/needle%201.jpg"),
        ("rolling", "vi", "img/needle 1.jpg", "../en/img/needle%201.jpg"),
        ("rolling", "en", "img/needle 1.jpg", None),
        ("skin/collagen", "vi", "data.pdf", "../../en/skin/data.pdf"),
        ("peeling", "vi", "https://clinic.example/rolling", "rolling.html"),
        ("peeling", "vi", "http://Clinic.example/rolling/#care", "rolling.html#care"),
        ("peeling", "vi", "//clinic.example/rolling/", "rolling.html"),
        ("rolling", "vi", "https://clinic.example/?p=7", "skin/collagen.html?p=7"),
        (
            "rolling",
            "vi",
            "https://clinic.example?p=7&utm_source=x",
            "skin/collagen.html?p=7&utm_source=x",
        ),
        ("rolling", "vi", "https://clinic.example/rolling/", None),
        ("rolling", "vi", "https://clinic.example/held", None),
        ("rolling", "vi", "held.html", "https://clinic.example/held"),
        ("rolling", "vi", "mute.html", None),
        ("rolling", "vi", "missing.html", None),
        ("rolling", "vi", "#care", None),
        ("rolling", "vi", "", None),
        ("rolling", "vi", "mailto:a@clinic.example", None),
        ("rolling", "vi", "https://[broken/", None),
        ("rolling", "vi", "../../../etc/passwd", None),
        ("rolling", "vi", "https://clinic.example.evil/rolling/", None),
    ],
)
def test_a_link_leads_to_the_page_in_the_same_language_or_else_to_the_source(
    slug: str, tag: str, link: str, target: str | None
) -> None:
    became = links(REGISTRY, slug, tag, (link,))

    assert became == ({} if target is None else {link: target})


@pytest.mark.parametrize(
    ("query", "own"),
    [
        ("", True),
        ("?utm_source=x&fbclid=1", True),
        ("?gclid=1&mc_cid=2&mc_eid=3#care", True),
        ("?p=99", False),
        ("?utm_source=x&p=99", False),
        ("?utm=x", False),
    ],
)
def test_a_query_is_part_of_an_address_unless_it_only_tracks_readers(query: str, own: bool) -> None:
    registry = register(
        {
            "home": Listing("home.html", BOTH, ("https://c.example/",)),
            "other": Listing("other.html", BOTH),
        },
        source_tag="en",
    )

    link = f"https://c.example/{query}"

    assert links(registry, "other", "vi", (link,)) == ({link: f"home.html{query}"} if own else {})


def test_an_address_that_two_articles_claim_leads_to_neither() -> None:
    claimed = ("https://clinic.example/a",)
    registry = register(
        {name: Listing(f"{name}.html", BOTH, claimed) for name in ("one", "two")}
        | {"three": Listing("three.html", BOTH)},
        source_tag="en",
    )

    assert links(registry, "three", "vi", claimed) == {}


def test_a_page_taken_away_is_no_longer_linked_to() -> None:
    registry = without(REGISTRY, "rolling", "vi")

    became = links(registry, "peeling", "vi", ("rolling.html",))

    assert became == {"rolling.html": "../en/rolling.html"}


def test_alternates_name_every_version_and_the_source_for_all_others() -> None:
    assert alternates(REGISTRY, "a b/ü") == (
        ("en", "https://h.example/en/a%20b/%C3%BC.html"),
        ("vi", "https://h.example/vi/a%20b/%C3%BC.html"),
        ("x-default", "https://h.example/en/a%20b/%C3%BC.html"),
    )
    assert alternates(REGISTRY, "held") == ()


def test_editions_are_named_in_their_own_language_and_led_to_from_the_page() -> None:
    named = editions(REGISTRY, "skin/collagen", "vi")

    assert [(each.tag, each.name, each.href) for each in named] == [
        ("en", "English", "../../en/skin/collagen.html"),
        ("vi", "Tiếng Việt", "collagen.html"),
    ]
    assert editions(REGISTRY, "held", "vi") == ()


def test_pages_for_testing_are_no_editions() -> None:
    tags = frozenset({"en", "ar-XB"})
    registry = register({"a": Listing("a.html", tags)}, source_tag="en")

    assert [each.href for each in editions(registry, "a", "ar-XB")] == ["../en/a.html"]


def test_without_a_base_url_there_are_no_addresses() -> None:
    registry = register(REGISTRY.listings, source_tag="en")

    assert address(registry, "rolling", "vi") is None
    assert alternates(registry, "rolling") == ()
    assert sitemaps(registry) == {}


def test_the_sitemap_lists_every_page_with_its_versions() -> None:
    files = sitemaps(REGISTRY)

    root = etree.fromstring(files["sitemap.xml"])
    places = [url[0].text for url in root]
    assert list(files) == ["sitemap.xml"]
    assert len(places) == 9
    assert "https://h.example/vi/rolling.html" in places
    assert [link.get("hreflang") for link in list(root[0])[1:]] == ["en", "vi", "x-default"]


def test_a_large_sitemap_is_an_index_of_several() -> None:
    files = sitemaps(REGISTRY, most=4)

    index = etree.fromstring(files["sitemap.xml"])
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert index[0][0].text == "https://h.example/sitemap-1.xml"
    assert [len(etree.fromstring(files[f"sitemap-{n}.xml"])) for n in (1, 2, 3)] == [4, 4, 1]
