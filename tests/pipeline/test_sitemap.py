"""The sitemap names every page that stands, in files of a size that is allowed."""

from lxml import etree

from polypage.runs.registry import Listing, register
from polypage.runs.sitemap import sitemaps

TAGS = {
    "rolling": {"en", "vi"},
    "skin/collagen": {"en", "vi"},
    "skin/index": {"en", "vi"},
    "a b/ü": {"en", "vi"},
    "peeling": {"en"},
    "held": set[str](),
}
LISTINGS = {slug: Listing(f"{slug}.html", frozenset(tags)) for slug, tags in TAGS.items()}
REGISTRY = register(LISTINGS, source_tag="en", base_url="https://h.example/")


def test_the_sitemap_lists_every_page_with_its_versions() -> None:
    files = dict(sitemaps(REGISTRY))

    root = etree.fromstring(files["sitemap.xml"])
    places = [url[0].text for url in root]
    assert list(files) == ["sitemap.xml"]
    assert len(places) == 9
    assert "https://h.example/vi/rolling.html" in places
    assert [link.get("hreflang") for link in list(root[0])[1:]] == ["en", "vi", "x-default"]


def test_a_large_sitemap_is_an_index_of_several() -> None:
    files = dict(sitemaps(REGISTRY, most=4))

    index = etree.fromstring(files["sitemap.xml"])
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert index[0][0].text == "https://h.example/sitemap-1.xml"
    assert [len(etree.fromstring(files[f"sitemap-{n}.xml"])) for n in (1, 2, 3)] == [4, 4, 1]


def test_no_file_of_a_sitemap_has_more_bytes_than_allowed_but_for_one_address() -> None:
    whole = dict(sitemaps(REGISTRY))["sitemap.xml"]

    files = dict(sitemaps(REGISTRY, size=len(whole) // 4))

    *parts, index = files.values()
    urls = [etree.tostring(url) for part in parts for url in etree.fromstring(part)]
    assert urls == [etree.tostring(url) for url in etree.fromstring(whole)]
    assert len(parts) == len(etree.fromstring(index)) > 2
    assert all(len(part) < len(whole) // 2 for part in parts)
    assert len(dict(sitemaps(REGISTRY, size=1))) == 9 + 1


def test_without_a_base_url_there_is_no_sitemap() -> None:
    assert dict(sitemaps(register(LISTINGS, source_tag="en"))) == {}
