"""Strategies for catalogs: what people write in them, and what nobody should."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import strategies as st

from polypage.catalog import Catalog, Header, new_header
from polypage.model import Entry

_FRAGMENTS = (
    *('"', "\\", "\\n", "\n", "\t", "\r", "\a\b\f\v", "\x01", "\x7f", "#", "# ", "#~ ", "msgid "),
    *('msgstr "x"', "\x85", "\u2028", "\u2068", "\N{NO-BREAK SPACE}", "\ufeff", " ", "  ", "fuzzy"),
    *("Take", "5 mg", "<b>", "</b>", "<br/>", "&amp;", "%s", "é", "薬", "دواء", "💊", "<<<<<<< "),
)


_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\4")
"""U+0004 is gettext's own mark after a context."""


def texts(*, min_size: int = 0) -> st.SearchStrategy[str]:
    """Make what can stand between quotes."""
    fragments = st.lists(st.sampled_from(_FRAGMENTS), min_size=min_size, max_size=3).map("".join)
    return fragments | st.text(_CHARACTERS, min_size=min_size, max_size=5)


def plural_msgstrs() -> st.SearchStrategy[list[str]]:
    """Make plural forms; to msgcat an entry without the first has none."""
    return st.lists(texts(), min_size=1, max_size=3).filter(
        lambda forms: forms[0] or not any(forms)
    )


def comments() -> st.SearchStrategy[tuple[str, ...]]:
    """Make comments, each of one line; none ends in a backslash, which would get a blank after it."""
    one_line = texts().map(lambda text: re.sub(r"[\r\n]", "", text).rstrip("\\"))
    return st.lists(one_line, max_size=2).map(tuple)


def references() -> st.SearchStrategy[tuple[str, ...]]:
    """Make references, long ones and some with blanks among them."""
    paths = st.sampled_from(["a.html", "skin/collagen.html", "bài.html", "y" * 90 + ".html"])
    lines = st.integers(1, 9999).map(str)
    places = st.tuples(paths, lines).map(":".join) | paths
    return st.lists(places | st.just("two words.html:7"), max_size=3, unique=True).map(tuple)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Make any entry that a catalog can hold."""
    optional = st.none() | texts()
    context = draw(optional)
    plural = draw(st.none() | optional)
    entry = Entry(
        msgid=draw(texts(min_size=1 if context is None else 0).filter(bool)),
        msgstr=draw(texts()) if plural is None else "",
        context=context,
        plural=plural,
        plural_msgstrs=() if plural is None else tuple(draw(plural_msgstrs())),
        translator_comments=draw(comments()),
        extracted_comments=draw(comments()),
        references=draw(references()),
        obsolete=draw(st.booleans()),
    )
    if entry.translated and draw(st.booleans()):
        entry = replace(entry, previous_msgid=draw(texts()), previous_context=draw(optional))
    flags = ("fuzzy",) if entry.translated and draw(st.booleans()) else ()
    return replace(entry, flags=(*flags, *draw(st.sampled_from([(), ("no-wrap",)]))))


@st.composite
def headers(draw: st.DrawFn) -> Header:
    header = new_header(project="health", created="2026-11-22 10:00+0000", language="vi")
    entry = replace(header.entry, translator_comments=draw(comments()))
    return Header(entry).with_field("Last-Translator", draw(texts()).replace("\n", " ").strip())


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Make any catalog."""
    made = draw(st.lists(entries(), max_size=3, unique_by=lambda entry: entry.key))
    in_order = sorted(made, key=lambda entry: entry.obsolete)
    return Catalog(
        draw(headers()),
        tuple(in_order),
        tuple(f"# {comment}" for comment in draw(comments())),
    )
