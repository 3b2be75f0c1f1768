"""The tree, beside that of a browser's parser."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from polypage.errors import SourceError
from polypage.html.document import Document, read
from polypage.html.tree import MAX_DEPTH
from tests.growth import assert_grows_evenly

PATH = "source_articles/page.html"


ALIKE = [
    "<!DOCTYPE html><html><head><title>a</title></head><body><p>b</p></body></html>",
    # tags that may be left out (HTML §13.1.2.4)
    "<title>a</title><p>b",
    "<link><meta><style></style><script></script>a",
    "a",
    "<p>a",
    "<html><p>a",
    "<body><p>a",
    "<head><title>a</title><p>b",
    "<!-- a --> <!-- b --><p>c",
    "<p>a<p>b",
    "<p>a<div>b</div>c",
    "<p>a<ul><li>b<li>c</ul>d",
    "<p>a<hr>b",
    "<p>a<table><tbody><tr><td>b</table>",
    "<p><b>a</b><h2>b</h2>",
    "<ul><li>a<ul><li>b</ul><li>c</ul>",
    "<ul><li><div>a<li>b</ul>",
    "<ol><li><p>a<li><p>b</ol>c",
    "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
    "<dl><div><dt>a<dd>b</div><div><dt>c</div></dl>",
    "<table><caption>a<tbody><tr><td>b</table>",
    "<table><colgroup><col><col><tbody><tr><td>a<th>b<tr><td>c<tbody><tr><td>d</table>",
    "<table><thead><tr><th>a<tfoot><tr><td>b<tbody><tr><td>c</table>e",
    "<table><tbody><tr><td><table><tbody><tr><td>a</table>b<td>c</table>",
    "<select><option>a<option>b<optgroup><option>c<optgroup><option>d</select>e",
    "<select><option>a<select>b",
    "<select><option>a<input>b</select>c",
    "<ruby>a<rp>(<rt>b<rp>)</ruby>c",
    "<ruby>a<rt>b<rt>c</ruby>",
    # void elements, and slashes that mean nothing
    "<p>a<br>b<br/>c<img><input><wbr><embed>d",
    "<div/>a",
    "<p>a<source><track><col><tr><tbody>",
    "<object><param>a</object>",
    # what holds other content
    "<textarea><p>a</textarea><p>b",
    "<title><b>a</b></title>",
    "<script>'<p>'</script><style>a<b</style><iframe><p></iframe><noscript><p>a</noscript>",
    "<button>a<button>b</button>",
    "<a href=x><h3>a</h3><p>b</p></a>c",
    "<a>a<a>b</a>",
    "<nobr>a<nobr>b",
    "<h1>a<h2>b</h1>c",
    "<h1>a</h2>b",
    "<form>a<form>b</form>c",
    "<p>a<noscript><p>b</noscript>c",
    "<body><noscript><pre>a</noscript>b",
    "<video><source><track>a</video>",
    "<details><summary>a</summary>b</details>",
    "<template><p>a</template>",
    "<fieldset><legend>a</legend>b</fieldset>",
    "<my-card><p>a</p></my-card>",
    # end tags that end nothing, or more than one
    "<p>a</span>b",
    "<div><span>a</div>b",
    "<div><p>a</div>b",
    "<p>a<span>b</p>c",
    "<ul><li><span>a</ul>b",
    "<div>a</section>b</div>",
    "<table><tbody><tr><td><p>a</table>b",
    "<table><tbody><tr><td>a</div>b</table>",
    "<div><b>a</div>",
    "<body>a</body>b",
    "<body>a</body></html><p>b",
    "<p>a</body>b</html>c",
    # SVG and MathML
    "<svg><g><path/><text>a</text></g></svg>b",
    "<svg><title><b>a</b></title><desc>b</desc></svg>c",
    "<svg><foreignObject><p>a<p>b</foreignObject></svg>c",
    "<svg><g>a<p>b",
    "<svg><a><text>b</text></a></svg>",
    "<p>a<svg><circle/></svg>b",
    "<math><mi>x</mi><mo>=</mo><mtext><b>a</b></mtext></math>b",
    "<math><mi>x<p>a</math>b",
    "<svg><style>a</style><script>b</script></svg>c",
    # capitals and odd names
    "<P>a<B>b</B></P>",
    "<a:b>c</a:b>",
    '<p a:b=1 c{=2 d"e=3 @f=4 =g>h',
    "<p\x0ca\x1f\uffff=1>b",
    "<div><form></div><form>a</form><form>b",
    "<form><div></form>a</div>b",
    "<ul><form><li>a</form>b</ul>",
    "<template><table><tbody><tr><td>a</template>b",
    "<rt>a<rt>b",
    "<ruby>a<p>b<rt>c<rtc>d<rt>e<rb>f</ruby>",
    "<svg><foreignObject><font color=red>a</font></foreignObject><font size=1>b</svg>",
]


@pytest.mark.parametrize("page", ALIKE)
def test_the_tree_is_a_browsers(page: str) -> None:
    assert as_read(page) == as_in_browsers(page)


DIFFERENT = {
    "parts of tables are not invented": (
        "<table><tr><td>a</table>",
        "html(head body(table(tr(td))))",
        "html(head body(table(tbody(tr(td)))))",
    ),
    "nor columns": (
        "<table><col><tbody></table>",
        "html(head body(table(col tbody)))",
        "html(head body(table(colgroup(col) tbody)))",
    ),
    "what a table cannot hold is not moved out of it": (
        "<table><p>a<tr><td>b</table>",
        "html(head body(table(p tr(td))))",
        "html(head body(p table(tbody(tr(td)))))",
    ),
    "formatting is not taken up again": (
        "<p><b>a<p>b",
        "html(head body(p(b) p))",
        "html(head body(p(b) p(b)))",
    ),
    "nor cut in two by blocks": (
        "<b>a<p>b</b>c",
        "html(head body(b(p)))",
        "html(head body(b p(b)))",
    ),
    "but ends where its end tag is": (
        "<b>a<p>b</b>c</p>d<i>e</i>",
        "html(head body(b(p) i))",
        "html(head body(b p(b) i))",
    ),
    "nor by other formatting": (
        "<b>a<i>b</b>c</i>",
        "html(head body(b(i)))",
        "html(head body(b(i) i))",
    ),
    "end tags make no elements": (
        "a</p>b</br>c",
        "html(head body)",
        "html(head body(p br))",
    ),
    "an image is an image": (
        "<image>",
        "html(head body(image))",
        "html(head body(img))",
    ),
    "frames are seen": (
        "<body>a<frameset><frame></frameset>",
        "html(head body(frameset(frame)))",
        "html(head body)",
    ),
}
"""Where we keep to the page's own tags: each element of ours is one of them."""


@pytest.mark.parametrize(("page", "ours", "theirs"), DIFFERENT.values(), ids=DIFFERENT)
def test_the_tree_is_the_pages_own(page: str, ours: str, theirs: str) -> None:
    assert as_read(page) == ours
    assert as_in_browsers(page) == theirs


@pytest.mark.parametrize("page", [*ALIKE, *(page for page, *_ in DIFFERENT.values())])
def test_an_element_stands_where_its_tags_are(page: str) -> None:
    document = parsed(page)

    for element in document.elements:
        start, end = element.span
        assert start <= element.open.end <= element.content.end <= end
        if element.tag is not None:
            assert document.tokens[element.first - 1] is element.tag
            assert element.open == (element.tag.start, element.tag.end)
        if element.closed:
            assert document.tokens[element.last].end == end


# --- limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<svg>", "<table><tr><td>", "<ul><li>"])
def test_a_page_that_nests_without_end_is_refused(tag: str) -> None:
    with pytest.raises(SourceError) as caught:
        parsed("<p>\n" + tag * 100_000)

    assert f"nests elements more than {MAX_DEPTH} deep" in caught.value.problem
    assert caught.value.line == 2
    assert caught.value.remedy


def test_a_page_may_nest_deeper_than_browsers_go() -> None:
    document = parsed("<div>" * 1000 + "a" + "</div>" * 1000)

    assert len(document.elements) == 1002


@pytest.mark.parametrize(
    "part",
    [
        "<p>one <b>two</b> three\n",
        "<div><span>" * 900 + "</span></div>" * 900,
        "<b><p>" * 900 + "</b></p>" * 900,
        "</b></i></p></li></td></section></x>" * 20,
        "<div>" * 900 + "<b></i><a>" * 900 + "</div>" * 900,
        "<table>" * 300 + "<td><form>" * 300 + "</table>" * 300,
        "<svg><g>" * 400 + "</b>" * 900 + "</svg>" * 400,
    ],
)
def test_a_page_of_any_kind_takes_time_by_its_length(part: str) -> None:
    assert_grows_evenly(parsed, part * 2, part * 16)


@pytest.mark.slow
def test_a_page_of_twenty_megabytes_takes_time_by_its_length() -> None:
    line = '<li><a href="/x?a=1&amp;b=2" class=link>Take <b>5&nbsp;mg</b></a> daily\n'
    megabytes = line * (2_500_000 // len(line))

    assert_grows_evenly(parsed, megabytes, megabytes * 8)


# --- the two trees, written alike -------------------------------------------------------------


def parsed(page: str) -> Document:
    return read(page.encode(), path=PATH)


def test_elements_are_found_by_name_and_by_attribute() -> None:
    document = parsed("<p title=a class=x><a href=b>c</a><p TITLE=d><a>e</a>")
    (first, second), (link, _) = document.named["p"], document.named["a"]

    titles = [(element, attribute.value) for element, attribute in document.bearers["title"]]

    assert titles == [(first, "a"), (second, "d")]
    assert [element for element, _ in document.bearers["href"]] == [link]
    assert sum(map(len, document.named.values())) == len(document.elements)
    assert document.bearers.keys() == {"title", "class", "href"}


def as_read(page: str) -> str:
    """Write our tree as `html(head body(p))`."""
    elements = parsed(page).elements
    children: list[list[int]] = [[] for _ in elements]
    for element in elements[1:]:
        children[element.parent].append(element.place)

    def written(index: int) -> str:
        inner = [written(child) for child in children[index]]
        if index == 0 and elements[0].name == "html" and "head" not in {i[:4] for i in inner}:
            inner.insert(0, "head")
        if index == 0 and len(inner) == 1:
            inner.append("body")
        return elements[index].name + (f"({' '.join(inner)})" if inner else "")

    return written(0)


def as_in_browsers(page: str) -> str:
    def written(node: LexborNode) -> str:
        around = node.template_fragments()[0] if node.tag == "template" else node
        inner = [written(child) for child in around.iter()]
        name = (node.tag or "").lower()
        return name + (f"({' '.join(inner)})" if inner else "")

    standard = page if page.startswith("<!DOCTYPE") else f"<!DOCTYPE html>{page}"
    root = LexborHTMLParser(standard, scripting=False).root
    assert root
    return written(root)
