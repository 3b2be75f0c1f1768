"""Where the links on a page lead."""

from __future__ import annotations

import pickle
from dataclasses import asdict

import pytest

from polypage.building.twins import Twins
from polypage.runs.registry import (
    Listing,
    Registry,
    address,
    alternates,
    editions,
    languages,
    links,
    missing,
    register,
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


@pytest.mark.parametrize(
    ("slug", "tag", "link", "language"),
    [
        ("peeling", "vi", "rolling.html#care", "vi"),
        ("rolling", "vi", "peeling.html?x=1", "en"),
        ("rolling", "en", "peeling.html", "en"),
        ("rolling", "vi", "https://clinic.example/peeling", "en"),
        ("peeling", "vi", "//clinic.example/rolling/", "vi"),
        ("rolling", "vi", "held.html", "en"),
        ("rolling", "vi", "img/needle%201.jpg", None),
        ("rolling", "vi", "https://clinic.example/rolling/", None),
        ("rolling", "vi", "https://elsewhere.example/", None),
    ],
)
def test_the_language_of_an_article_that_a_link_leads_to_is_known(
    slug: str, tag: str, link: str, language: str | None
) -> None:
    assert languages(REGISTRY, slug, tag, (link,)) == ({link: language} if language else {})


TWINS = Twins(
    {
        "https://who.example/news": "https://who.example/vi/news",
        "https://who.example/a#b": "https://who.example/vi/a",
        "https://clinic.example/peeling": "https://clinic.example/vi/peeling",
        "https://clinic.example/rolling/": "https://clinic.example/vi/rolling/",
        "https://clinic.example/about": "https://clinic.example/vi/about",
        "img/needle 1.jpg": "skin/data.pdf",
    },
    (
        ("https://wiki.example/en/x", "https://wiki.example/vi/x"),
        ("https://wiki.example/en/", "https://wiki.example/vi/*"),
        ("skin/", "img/*"),
    ),
)


@pytest.mark.parametrize(
    ("slug", "link", "target"),
    [
        ("rolling", "https://who.example/news", "https://who.example/vi/news"),
        ("rolling", " https://who.example/news#now", "https://who.example/vi/news#now"),
        ("rolling", "//who.example/news", "https://who.example/vi/news"),
        ("rolling", "https://who.example/news/2", None),
        ("rolling", "https://who.example/a#b", "https://who.example/vi/a"),
        ("rolling", "https://who.example/a#c", None),
        ("rolling", "https://wiki.example/en/skin?q=1#a", "https://wiki.example/vi/skin?q=1#a"),
        ("rolling", "https://wiki.example/en/xy", "https://wiki.example/vi/x"),
        ("rolling", "https://wiki.example/de/skin", None),
        ("rolling", "img/needle%201.jpg?v=2", "../en/skin/data.pdf?v=2"),
        ("skin/collagen", "../img/needle 1.jpg", "../../en/skin/data.pdf"),
        ("skin/collagen", "data.pdf", "../../en/skin/data.pdf"),
        ("rolling", "/about", "https://clinic.example/vi/about"),
        ("rolling", "https://clinic.example/peeling", "https://clinic.example/vi/peeling"),
        ("peeling", "https://clinic.example/peeling", None),
        ("rolling", "mailto:a@who.example", None),
        ("rolling", "#care", None),
    ],
)
def test_a_link_leads_to_the_localized_twin_if_there_is_one(
    slug: str, link: str, target: str | None
) -> None:
    became = links(REGISTRY, slug, "vi", (link,), TWINS)

    assert became == ({} if target is None else {link: target})


def test_a_link_to_a_twin_is_not_said_to_be_in_the_language_of_the_article() -> None:
    link = "https://clinic.example/peeling"

    assert languages(REGISTRY, "rolling", "vi", (link,), TWINS) == {}


def test_pictures_that_are_not_there_are_named() -> None:
    written = (
        "img/needle 1.jpg",
        "img/a.PNG?v=1",
        "/img/b.png",
        "c.pdf",
        "https://x.example/d.png",
    )

    assert missing(REGISTRY, "rolling", written) == ("img/a.PNG?v=1",)


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


def sent(registry: Registry) -> Registry:
    arrived = pickle.loads(pickle.dumps(registry))  # noqa: S301 - dumped here
    assert isinstance(arrived, Registry)
    return arrived


def test_whoever_is_sent_a_registry_with_each_batch_has_it_once() -> None:
    first, second = sent(REGISTRY), sent(REGISTRY)

    assert asdict(first) == asdict(REGISTRY)
    assert first is second


def test_a_registry_that_lost_a_page_is_another_one_to_whom_it_is_sent() -> None:
    sent(REGISTRY)

    less = sent(without(REGISTRY, "rolling", "vi"))

    assert less.listings["rolling"].tags == ENGLISH
    assert sent(REGISTRY).listings["rolling"].tags == BOTH
