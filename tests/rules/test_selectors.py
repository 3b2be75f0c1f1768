from __future__ import annotations

import pytest

from polypage.errors import SettingsError
from polypage.html.document import read, select
from polypage.html.selectors import check

PAGE = b"""\
<!DOCTYPE html><html lang=en><body class="post single">
<article id=a1><H2 Class=Title>One</H2><p>Two <em>three</em><p class="x dose">Four<ul><li>5<li>6</ul>
<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><linearGradient id=g></svg>
<a href="https://a.example/x" xlink:href=y>b</a><input disabled data-x='a "b" &amp; c'><p></p>
<x-card a:b=1 c{=2 @click="f(1<2)">\x01\xef\xbf\xbf</x-card></article>
<table><tr><td>7</table>"""


FOUND = {
    "p": ["p", "p", "p"],
    "body.single > article#a1 > h2.Title": ["h2"],
    "P.dose": ["p"],
    "article :not(p) > em": [],
    "p em, li:nth-child(2)": ["em", "li"],
    "p ~ ul li:last-child": ["li"],
    "h2 + p": ["p"],
    'a[href^="https://a.example"]': ["a"],
    "[disabled]": ["input"],
    """[data-x='a "b" & c']""": ["input"],
    "svg linearGradient": ["lineargradient"],
    "svg[viewBox]": ["svg"],
    "x-card": ["x-card"],
    "article:has(em)": ["article"],
    "p:empty": ["p"],
    "p:contains(Four)": ["p"],
    "html:lang(en) > body": ["body"],
    "table > tr > td": ["td"],
    "table tbody": [],
    ".none": [],
}


@pytest.mark.parametrize(("css", "names"), FOUND.items(), ids=FOUND)
def test_a_selector_finds_elements_in_their_order(css: str, names: list[str]) -> None:
    document = read(PAGE, path="source_articles/page.html")

    found = select(document, css)

    assert [element.name for element in found] == names
    assert list(found) == sorted(found, key=lambda element: element.start)


@pytest.mark.parametrize(
    "css", ["", "p[", "p >", "..x", "p::before", "svg|rect", "p:nope", "p:nth-child(x)", "a b)"]
)
def test_what_is_no_selector_is_an_error_that_names_it(css: str) -> None:
    document = read(PAGE, path="source_articles/page.html")

    with pytest.raises(SettingsError, match="is no CSS selector") as caught:
        select(document, css)

    assert repr(css) in str(caught.value)
    assert check(css)


def test_each_element_has_its_node() -> None:
    document = read(PAGE, path="source_articles/page.html")

    assert len(document.nodes) == len(document.elements)
    for element, node in zip(document.elements, document.nodes, strict=True):
        assert node.tag == element.name
        if element.parent >= 0:
            assert node.getparent() is document.nodes[element.parent]
