"""Emphasis and links that go on over all that follows are told, and nothing else is."""

from __future__ import annotations

import pytest

from polypage.html.document import read
from polypage.reading.unclosed import find_unclosed


def told(page: str) -> list[tuple[int | None, str]]:
    found = find_unclosed(read(page.encode(), path="dose.html"))
    return [(each.line, each.message) for each in found]


GOES_ON = [
    ("<p>Call <b>after 3.</p>\n<p>Rest.</p>", 1, "<b>", "is bold, to the end of the page"),
    ("<p>x</p>\n<p>Call <b>after 3.<p>Rest.", 2, "<b>", "is bold, to the end of the page"),
    ("<body><em><p>One</p><p>Two</p></body>", 1, "<em>", "is in italics, to the end of the page"),
    (
        '<ul><li>One\n<li>Two <a href="x.html">fever\n</ul><p>Three</p>',
        2,
        "<a>",
        "is part of the link, to the end of the page",
    ),
    (
        '<p><a href="x">fever</p><p>Rest, or <a href="y">call</a>.</p>',
        1,
        "<a>",
        "is part of the link, to the next link",
    ),
    (
        "<table><tr><td><p><b>One<p>Two</td><td>Three</td></tr></table>",
        1,
        "<b>",
        "is bold, to the end of the <td>",
    ),
    ("<div><b>One <i>Two</i></div>Three", 1, "<b>", "is bold, to the end of the page"),
    ("<p><b>One</p><p>Two <b>three</b> four", 1, "<b>", "is bold, to the end of the page"),
    ("<p><font color=red>One</p><p>Two", 1, "<font>", "it holds for all that follows, to the end"),
]


@pytest.mark.parametrize(("page", "line", "tag", "says"), GOES_ON)
def test_what_is_not_closed_and_goes_on_is_told(page: str, line: int, tag: str, says: str) -> None:
    ((where, message),) = told(page)

    assert where == line
    assert message.startswith(f"{tag} is not closed: ")
    assert says in message


GOOD = [
    "<ul><li>One<li><b>Two</b><li>Three</ul><p>Four<p>Five",
    "<table><tr><td>One<td><b>Two<td>Three</table><p>Four",
    "<p>One</p><p><b>Two</p>",
    "<p><b>One</p> <hr> <script>let x = 1</script></body>",
    "<p><b>One</p><p>Two</b> three</p>",
    "<b><p>One</p><p>Two</p></b><p>Three</p>",
    "<a href=x><div>One</div><p>Two</p></a><p>Three</p>",
    '<a name="top"><h2>One</h2><p>Two',
    "<noscript><b>One</noscript><p>Two",
    '<p><a href="x">One <a href="y">two</a> three</p><p>Four',
    "<template><b>One</template><p>Two",
    "<svg><a href='x'><text>One</text></svg><p>Two",
    "<p><span>One</p><p>Two",
    "<table><tr><td><b>One</td><td>Two</td></table>",
]


@pytest.mark.parametrize("page", GOOD)
def test_what_is_closed_or_may_stay_open_or_shows_nowhere_is_not_told(page: str) -> None:
    assert told(page) == []


def test_each_of_several_is_told_in_its_place() -> None:
    page = "<p><b>One</p>\n<p><i>Two</p>\n<p>Three</i> four</p>\n<p><a href=x>Five</p>\n<p>Six"

    assert [line for line, _ in told(page)] == [1, 4]
