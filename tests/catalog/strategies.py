"""Strategies for catalogs: what people write in them, and what nobody should."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import strategies as st

from polypage.catalogs.catalog import Catalog, Header, new_header
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


# --- files as other tools and people write them -----------------------------------------------

_PIECES = (
    *("a", "5 mg", "<b>x</b>", "é", "薬", "💊", " ", "#~ ", "msgid ", "x" * 90, "%1$s", "\t", "\r"),
    *("\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x01", "\ufeff", "\N{NO-BREAK SPACE}"),
    *(r"\n", r"\t", r"\"", r"\\", r"\a", r"\b", r"\f", r"\v", r"\r"),
    *(r"\101", r"\x41", r"\303\251", r"\xc3\xa9", r"\7", r"\0101", r"\x141"),
)
_NOTES = (
    *("# note", "#note", "#", "# ", "#\t", "#= x", "#=fuzzy", "#-", "##", "#. ext", "#.ext", "#."),
    *("#. ", "#:", "#: a.c:1", "#:a.c:1 b.c", "#: a.c:1 ./b.c:2 a.c:1", "#: (a b)", "#  two"),
    *("# x\x0cy", "# a\u2028b", "# a\x85b", "#. a\x0bb", "# trailing  ", "# tab\tx", "#!"),
    "#: " + " ".join(f"file{number}.html:{number}" for number in range(12)),
)
_FLAGS = ("#, fuzzy", "#,no-wrap", "#, no-wrap, c-format, fuzzy", "#,fuzzy,no-c-format", "#,")
_PREVIOUS = (
    *('| msgid "old"', '|msgid "old"', '|  msgid\n#@| "x"', '| msgid "o"\n#@| msgid_plural "os"'),
    *('| msgctxt "c"\n#@| msgid "old"', '| msgid ""\n#@| "two\\n"\n#@| "three"'),
)
_FIELDS = (
    *(r"X-Odd: y\n", r"Junk\n", r"Language: de\n", r"X-Odd: z\n", r"PO-Revision-Date: UTC\n"),
    r"Plural-Forms:  nplurals=2; plural=n != 1;\n",
)


@st.composite
def odd_files(draw: st.DrawFn) -> str:
    """Make the text of a file that follows the grammar of PO files, in all manner of ways."""
    fields = [*draw(st.lists(st.sampled_from(_FIELDS), max_size=3))]
    fields.insert(draw(st.integers(0, len(fields))), r"Content-Type: text/plain; charset=UTF-8\n")
    header = "".join(f'"{field}"\n' for field in fields)
    count = draw(st.integers(1, 3))
    entries = (draw(_odd_entries(number)) for number in range(count))
    return f'msgid ""\nmsgstr ""\n{header}\n{"".join(entries)}'


@st.composite
def _odd_entries(draw: st.DrawFn, number: int) -> str:
    mark = draw(st.sampled_from(["", "", "", "~"]))
    start = f"#{mark} " if mark else ""
    gap = draw(st.sampled_from([f"\n{start}", f"\n{start}  ", f"\n{start}\t", " "]))

    def strings(*, first: str = "") -> str:
        pieces = st.lists(st.sampled_from(_PIECES), max_size=3).map("".join)
        made = draw(st.lists(pieces, min_size=1, max_size=3))
        return gap.join(f'"{each}"' for each in (*((first,) if first else ()), *made))

    def keyword(name: str, *, first: str = "") -> str:
        between = draw(st.sampled_from([" ", "  ", "\t", "", f"\n{start}"]))
        return f"{start}{name}{between}{strings(first=first)}"

    lines = draw(st.lists(st.sampled_from(_NOTES), max_size=3))
    lines += draw(st.lists(st.sampled_from(_FLAGS), max_size=1))
    previous = draw(st.lists(st.sampled_from(_PREVIOUS), max_size=1))
    lines += [f"#{mark}{each.replace('@', mark)}" for each in previous]
    lines += [keyword("msgctxt")] if draw(st.booleans()) else []
    lines.append(keyword("msgid", first=f"{number} "))
    if draw(st.booleans()):
        lines.append(keyword("msgid_plural"))
        lines += [keyword("msgstr[0]", first="x"), keyword("msgstr[1]")]
    else:
        lines.append(keyword("msgstr", first="x"))
    ends = ["\n\n", "\n", "\n\n\n", "\n \n", *(["\n#~\n"] if mark else [])]
    return "\n".join(lines) + draw(st.sampled_from(ends))
