"""Strategies for what polypage works on, to test its laws with."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import TypeAlias

from hypothesis import strategies as st

from polypage.model import Content
from polypage.reading.inline import to_msgid
from tests.contents import content

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
    "</title><script>alert(1)</script>",
    '" onerror="alert(1)',
    "' onerror='alert(1)",
    "</p><div>",
    "<b>",
    "</b>",
    "<br>",
    "--><b>",
    "<!--",
    "]]>",
    '{"x": "</script><script>"}',
    '"}</script>',
    "\\u003c/script>",
    "&lt;script&gt;",
    "&#60;b&#62;",
    "&",
    "<",
)
"""What somebody might try to get into a page."""

_FRAGMENTS = (
    *HOSTILE,
    *("a", "Dose", "5 mg", " ", "  ", "\n", "\N{NO-BREAK SPACE}", "&amp;", "&lt;b&gt;", "&copy=1"),
    *("<a1>", "</a1>", "<br/>", "AT&T", "R&D", "x < y > z", '"', "'", "é", "薬", "دواء", "💊"),
)


_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def texts() -> st.SearchStrategy[str]:
    """Make texts of what is special in markup and of anything else."""
    fragments = st.sampled_from(_FRAGMENTS) | st.text(_CHARACTERS, max_size=3)
    return st.lists(fragments, max_size=4).map("".join)


# --- contents ---------------------------------------------------------------------------------

Tree: TypeAlias = "str | tuple[str, Sequence[Tree] | None]"
"""A text, or an element's name with what it holds; None where it can hold nothing."""

_PAIRS = ("a1", "a1", "b", "b", "em", "q", "span1", "ruby", "rt", "button1")
_STANDALONES = ("br", "br", "img1", "wbr", "code1", "svg1", "comment1", "font1")
"""Names that end in 1 stand for numbered ones; `font1` is a fixed code."""


def contents(*, preserve_space: bool = False) -> st.SearchStrategy[Content]:
    """Make what segments hold: text, codes of all kinds, links in no links."""
    leaves = texts() | st.sampled_from(_STANDALONES).map(lambda name: (name, None))
    trees = st.recursive(leaves, _elements, max_leaves=12)
    return st.lists(trees, max_size=5).map(partial(_content, preserve_space=preserve_space))


def _elements(within: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.tuples(st.sampled_from(_PAIRS), st.lists(within, max_size=4))


def _content(trees: Sequence[Tree], *, preserve_space: bool) -> Content:
    msgid = "".join(_notation(trees, Counter(), within_link=False))
    fixed = [f"font{number}" for number in range(1, 20)]
    return content(msgid if preserve_space else _collapsed(msgid), fixed=fixed)


def _notation(trees: Sequence[Tree], numbers: Counter[str], *, within_link: bool) -> Iterator[str]:
    for tree in trees:
        if isinstance(tree, str):
            yield tree.replace("&", "&amp;").replace("<", "&lt;")
            continue
        name, children = ("em", tree[1]) if within_link and tree[0] == "a1" else tree
        if name.endswith("1"):
            numbers[name] += 1
            name = f"{name[:-1]}{numbers[name]}"
        if children is None:
            yield f"<{name}/>"
        else:
            yield f"<{name}>"
            yield from _notation(children, numbers, within_link=within_link or name.startswith("a"))
            yield f"</{name}>"


def _collapsed(text: str) -> str:
    return re.sub(r"[ \t\n\f\r]+", " ", text).strip(" ")


# --- translations -----------------------------------------------------------------------------


def msgstrs(source: Content) -> st.SearchStrategy[str]:
    """Make translations of a segment: good ones, ones in another order, ones that try something."""
    pieces = re.split(r"(<[^<>]*>)", to_msgid(source))
    anything = st.sampled_from((*pieces, *HOSTILE)) | st.text(max_size=3)
    return st.one_of(
        st.tuples(*map(_rewritten, pieces)).map("".join),
        st.permutations(pieces).map("".join),
        st.lists(anything, max_size=len(pieces) + 3).map("".join),
    )


def _rewritten(piece: str) -> st.SearchStrategy[str]:
    """Keep a tag; put other words for words."""
    return st.just(piece) if piece.startswith("<") else st.just(piece) | st.sampled_from(HOSTILE)


# --- pages ------------------------------------------------------------------------------------

_TAGS = {
    "a1": ('<a href="x.html" title={}>', "</a>"),
    "b": ("<b>", "</b>"),
    "em": ("<em\n>", "</EM >"),
    "q": ("<q>", "</q>"),
    "span1": ("<span class=x>", "</span>"),
    "ruby": ("<ruby>", "</ruby>"),
    "rt": ("<rt>", "</rt>"),
    "button1": ("<label for=x>", "</label>"),
    "br": ("<br>", ""),
    "wbr": ("<wbr/>", ""),
    "img1": ("<img src=x.png alt={}>", ""),
    "code1": ("<code translate=no>x &lt; y</code>", ""),
    "svg1": ('<svg><text>Dose<tspan x="1">!</tspan></text></svg>', ""),
    "comment1": ("<!-- x --><!--> -->", ""),
    "font1": ("<font size=1></font>", ""),
}
"""What the names in trees are on a tidy page."""
_UNTIDY_TAGS = _TAGS | {
    "rt": ("<rt>", ""),
    "font1": ("<font size=1>", ""),
    "wbr": ("</i>", ""),
}
"""Some end tags are left out, some have nothing to end."""

_BLOCKS = {
    "<p>": "</p>",
    "<p title={}>": "",
    "<h2>": "</h2>",
    "<ul><li>": "<li>x</ul>",
    "<div>Fish": "<p>Rice</p>tea</div>",
    "<table><tr><td>": "</table>",
    "<pre>": "</pre>",
    "<select><option label={}>": "</select>",
    "<blockquote lang=en-GB>": "</blockquote>",
}
_VALUE = """'Say "yes" &amp; &#39;no&#39; &lt;b>'"""

_HEAD = """<!DOCTYPE html>
<html lang=en><head><meta charset=utf-8><title>{title}</title>
<meta name=description content="{title}">
<script type="application/ld+json">{{"@type": "Article", "headline": {json}}}</script>
</head><body>
"""


def pages(*, tidy: bool = True) -> st.SearchStrategy[str]:
    """Make pages of a few blocks, with text in all the places where text can be."""
    tags = _TAGS if tidy else _UNTIDY_TAGS
    leaves = texts() | st.sampled_from(_STANDALONES).map(lambda name: (name, None))
    trees = st.recursive(leaves, _elements, max_leaves=8)
    markup = st.lists(trees, max_size=5).map(partial(_markup, tags=tags))
    block = st.tuples(st.sampled_from([*_BLOCKS.items()]), markup)
    return st.builds(_page, texts(), st.lists(block, max_size=4))


def _page(title: str, blocks: Sequence[tuple[tuple[str, str], str]]) -> str:
    head = _HEAD.format(title=escape(title), json=json.dumps(title).replace("<", "\\u003c"))
    body = (f"{start.format(_VALUE)}{within}{end}\n" for (start, end), within in blocks)
    return head + "".join(body)


def _markup(
    trees: Sequence[Tree], *, tags: Mapping[str, tuple[str, str]], within_link: bool = False
) -> str:
    written = []
    for tree in trees:
        if isinstance(tree, str):
            written.append(escape(tree, quote=False))
            continue
        name = "em" if within_link and tree[0] == "a1" else tree[0]
        start, end = tags[name]
        within = _markup(tree[1] or (), tags=tags, within_link=within_link or name == "a1")
        written.append(f"{start.format(_VALUE)}{within}{end}")
    return "".join(written)
