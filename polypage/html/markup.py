"""Markup as tokens with exact positions, cut as the HTML standard's tokenizer cuts it.

    tokenize("<p>Read <a href='/x'>this</a>")

gives a start tag (0, 3), a text (3, 8), a start tag (8, 21) whose attribute `href` has its value
at (17, 19), a text (21, 25) and an end tag (25, 29). Tokens tile the text: each begins where the
one before it ends, and nothing is left out. Section numbers are those of the HTML standard.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from enum import StrEnum
from functools import cache
from typing import NamedTuple, TypeAlias

from polypage.html.foreign import ForeignContent
from polypage.html.references import resolve
from polypage.model import Span


class State(StrEnum):
    """Where tokenizing begins."""

    DATA = "data"
    RCDATA = "rcdata"
    RAWTEXT = "rawtext"
    SCRIPT = "script"
    PLAINTEXT = "plaintext"


class TextKind(StrEnum):
    """How the characters of a text are read."""

    DATA = "data"
    """Character references count."""
    RCDATA = "rcdata"
    """The content of title and textarea: character references count."""
    RAW = "raw"
    """The content of script, style and their like: every character is itself."""
    CDATA = "cdata"
    """A section `<![CDATA[…]]>` of SVG or MathML, marks included: every character is itself."""


class Attribute(NamedTuple):
    """An attribute; tags in which the same attributes are written have them in common.

    So its offsets count from the end of a tag's name; `StartTag.whole` and `StartTag.written` say
    where in the text it stands.
    """

    name: str
    """In lower case, even where SVG has capitals."""
    value: str
    """As a browser reads it: character references resolved, line ends as LF."""
    offset: int
    """Where its name begins."""
    value_offset: int
    """Where its value begins as written, without quotes; at the end where there is none."""
    end_offset: int
    """Where it ends, closing quote included."""
    quote: str
    """`"`, `'` or nothing."""


class StartTag(NamedTuple):
    """A start tag. Of several attributes of one name it has the first, as in browsers."""

    start: int
    end: int
    name: str
    """In lower case, even where SVG has capitals."""
    attributes: tuple[Attribute, ...]
    self_closing: bool

    def get(self, name: str) -> Attribute | None:
        """Look up an attribute by its name in lower case."""
        for attribute in self.attributes:  # a third of the cost of `next`
            if attribute.name == name:
                return attribute
        return None

    def whole(self, attribute: Attribute) -> Span:
        """Return where an attribute of this tag stands, from its name to its closing quote."""
        base = self.start + len("<") + len(self.name)
        return _new(Span, (base + attribute.offset, base + attribute.end_offset))

    def written(self, attribute: Attribute) -> Span:
        """Return where its value stands as written, without quotes; the end where there is none."""
        base = self.start + len("<") + len(self.name)
        end = attribute.end_offset - len(attribute.quote)
        return _new(Span, (base + attribute.value_offset, base + end))


class EndTag(NamedTuple):
    """An end tag; attributes mean nothing in it."""

    start: int
    end: int
    name: str


class Text(NamedTuple):
    """Characters for readers or scripts."""

    start: int
    end: int
    kind: TextKind


class Comment(NamedTuple):
    """A comment, or what browsers take for one: `<?php … ?>`, `<!x>`, `</3>`."""

    start: int
    end: int
    bogus: bool
    data_start: int
    data_end: int


class Doctype(NamedTuple):
    """A document type declaration."""

    start: int
    end: int
    name: str | None
    public_id: str | None
    system_id: str | None
    quirks: bool
    """Whether it is malformed, which sends browsers to quirks mode."""


class Junk(NamedTuple):
    """What browsers drop: `</>`, and a tag that the end of the text cuts off."""

    start: int
    end: int


Token: TypeAlias = StartTag | EndTag | Text | Comment | Doctype | Junk


def tokenize(
    text: str,
    *,
    state: State = State.DATA,
    last_start_tag: str | None = None,
    end: int | None = None,
) -> tuple[Token, ...]:
    """Cut text into tokens; the content of noscript is markup, as where scripting is off.

    Behind an `end` tokens may be left out; a text there may be cut short.
    """
    tokenizer = _Tokenizer(text)
    position = 0
    if state is not State.DATA:
        position = tokenizer.raw_text(0, state, last_start_tag)
    tokenizer.run(position, len(text) if end is None else min(end, len(text)))
    return tuple(tokenizer.tokens)


def value(text: str, token: Text | Comment) -> str:
    """Read a token's characters as a browser does: references resolved, line ends as LF."""
    if isinstance(token, Comment):
        return _without_nul(_unified(text[token.data_start : token.data_end]))
    raw = _unified(text[token.start : token.end])
    match token.kind:
        case TextKind.DATA:
            return resolve(raw)
        case TextKind.RCDATA:
            return resolve(_without_nul(raw))
        case TextKind.RAW:
            return _without_nul(raw)
        case TextKind.CDATA:
            return raw.removeprefix(_CDATA_OPEN).removesuffix(_CDATA_CLOSE)


class Lines:
    """The lines of a text; CR, LF and CR LF end one."""

    def __init__(self, text: str) -> None:
        self._ends = [match.end() for match in _LINE_END.finditer(text)]

    def at(self, offset: int) -> int:
        """Tell the line of the character at this offset; the first is 1."""
        return bisect_right(self._ends, offset) + 1


_LINE_END = re.compile(r"\r\n?|\n")


class _Tokenizer:
    """The tokens read so far, and what decides how to read on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.names = _Names()
        self.attributes = _Attributes(self.names)
        self.foreign = ForeignContent()
        self._counted = 0
        self._unclosed: Counter[str] = Counter()

    def run(self, position: int, end: int) -> None:
        """Read text and tags in the data state, from here up to the end at least."""
        text, tokens, names, foreign = self.text, self.tokens, self.names, self.foreign
        attributes = self.attributes
        match_at = _TEXT_AND_TAG.match
        data = TextKind.DATA  # a member's look-up takes as long as making the token
        while position < end and (match := match_at(text, position)):
            start = match.end(1)
            if start > position:
                tokens.append(_new(Text, (position, start, data)))
            position = match.end()
            if match.lastindex == _END_NAME:
                name = names[match[_END_NAME]]
                if foreign.elements and not foreign.close(name) and self._is_open(name):
                    foreign.leave()
                tokens.append(_new(EndTag, (start, position, name)))
            elif match.lastindex == _AFTER_NAME:
                name = names[match[_START_NAME]]
                said, slash = attributes[match[_AFTER_NAME]]
                tag = _new(StartTag, (start, position, name, said, slash))
                tokens.append(tag)
                if name in _REMARKABLE or foreign.elements:
                    position = self._content(tag)
            elif start < len(text):
                position = self._other(start)

    def raw_text(self, start: int, state: State, name: str | None) -> int:
        """Read up to the end tag that alone ends such content (§13.2.5.2 to 13.2.5.31)."""
        end = len(self.text)
        if name is not None and state is not State.PLAINTEXT:
            find = _script_end if state is State.SCRIPT else _raw_end
            end = find(self.text, start, name)
        if end > start:
            kind = TextKind.RCDATA if state is State.RCDATA else TextKind.RAW
            self.tokens.append(Text(start, end, kind))
        return end

    def _content(self, tag: StartTag) -> int:
        values = {attribute.name: attribute.value for attribute in tag.attributes}
        is_html = self.foreign.open(tag.name, values, self_closing=tag.self_closing)
        if is_html and tag.name in _CONTENT:
            return self.raw_text(tag.end, _CONTENT[tag.name], tag.name)
        return tag.end

    def _is_open(self, name: str) -> bool:
        """Tell whether an element of this name is open, judging by the tags so far."""
        for index in range(self._counted, len(self.tokens)):
            token = self.tokens[index]
            if isinstance(token, StartTag):
                self._unclosed[token.name] += not token.self_closing
            elif isinstance(token, EndTag) and self._unclosed[token.name]:
                self._unclosed[token.name] -= 1
        self._counted = len(self.tokens)
        return self._unclosed[name] > 0

    def _other(self, start: int) -> int:
        """Read what is neither a whole tag nor text up to a tag (§13.2.5.6)."""
        text = self.text
        token: Token
        if text.startswith("<!", start):
            token = self._declaration(start)
        elif text.startswith("</>", start):
            token = Junk(start, start + len("</>"))
        elif _TAG_OPEN.match(text, start):
            token = Junk(start, len(text))
        elif _OPEN.match(text, start):
            token = _bogus_comment(text, start, start + (1 if text[start + 1] == "?" else 2))
        else:
            token = self._stray(start)
        self.tokens.append(token)
        return token.end

    def _declaration(self, start: int) -> Token:
        text = self.text
        if text.startswith("<!--", start):
            return _comment(text, start)
        if doctype := _DOCTYPE.match(text, start):
            return _doctype(doctype, self.names)
        if self.foreign.allows_cdata and text.startswith(_CDATA_OPEN, start):
            close = text.find(_CDATA_CLOSE, start + len(_CDATA_OPEN))
            end = len(text) if close < 0 else close + len(_CDATA_CLOSE)
            return Text(start, end, TextKind.CDATA)
        return _bogus_comment(text, start, start + len("<!"))

    def _stray(self, start: int) -> Text:
        """Read a `<` that begins nothing: it belongs to the text around it."""
        next_open = _OPEN.search(self.text, start)
        end = next_open.start() if next_open else len(self.text)
        before = self.tokens[-1] if self.tokens else None
        if isinstance(before, Text) and before.kind is TextKind.DATA:
            start = self.tokens.pop().start
        return Text(start, end, TextKind.DATA)


class _Names(dict[str, str]):
    """Names as written, and as they are: ASCII letters in lower case, NUL replaced."""

    def __missing__(self, written: str) -> str:
        name = written.lower() if written.isascii() else written.translate(_ASCII_LOWER)
        self[written] = name = _without_nul(name)
        return name


_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class _Attributes(dict[str, tuple[tuple[Attribute, ...], bool]]):
    """What stands after a tag's name, and what it says: the attributes, and whether a slash ends it.

    A tag in three has the same as one before.
    """

    def __init__(self, names: _Names) -> None:
        self._heads = _Heads(names)
        self[">"] = (), False

    def __missing__(self, written: str) -> tuple[tuple[Attribute, ...], bool]:
        attributes = _attributes(written, self._heads)
        # The slash of `<a href=x/>` is the value's.
        is_value = bool(attributes) and attributes[-1].end_offset == len(written) - 1
        self[written] = found = attributes, written[-2] == "/" and not is_value
        return found


class _Heads(dict[str, tuple[str, int] | None]):
    """What stands before a quoted value: for ` class=` the name in it, and where that begins.

    None where that is no name alone.
    """

    def __init__(self, names: _Names) -> None:
        self.names = names

    def __missing__(self, written: str) -> tuple[str, int] | None:
        match = _HEAD.fullmatch(written)
        self[written] = head = match and (self.names[match[1]], match.start(1))
        return head


def _attributes(text: str, heads: _Heads) -> tuple[Attribute, ...]:
    """Read the attributes of a tag.

    Nearly all are in double quotes, after one of a few dozen names: to part the text there and look
    the names up takes a quarter less time than to match each attribute.
    """
    *parts, rest = text.split('"')
    if len(parts) % 2 or "&" in text or "\r" in text or "\0" in text or rest.strip(_AFTER):
        return _matched(text, heads.names)
    found: dict[str, Attribute] = {}
    end = 0
    quoted = iter(parts)
    for written in quoted:
        head = heads[written]
        if head is None:
            return _matched(text, heads.names)
        name, offset = head
        meant = next(quoted)
        value = end + len(written) + 1
        close = value + len(meant) + 1
        if name not in found:
            found[name] = _new(Attribute, (name, meant, end + offset, value, close, '"'))
        end = close
    return tuple(found.values())


def _matched(text: str, names: _Names) -> tuple[Attribute, ...]:
    """Read attributes however they are written."""
    found: dict[str, Attribute] = {}
    for match in _ATTRIBUTE.finditer(text):
        name = names[match[1]]
        if name in found:
            continue
        begin, close = match.span()
        group = match.lastindex or 1
        if group == 1:
            found[name] = _new(Attribute, (name, "", begin, close, close, ""))
            continue
        meant = written = match[group]
        if "&" in written or "\r" in written or "\0" in written:
            meant = resolve(_without_nul(_unified(written)), attribute=True)
        quote = _QUOTES[group]
        value = close - len(quote) - len(written)  # half the cost of asking the match
        found[name] = _new(Attribute, (name, meant, begin, value, close, quote))
    return tuple(found.values())


def _comment(text: str, start: int) -> Comment:
    data = start + len("<!--")
    if match := _ABRUPT_CLOSE.match(text, data):
        return Comment(start, match.end(), bogus=False, data_start=data, data_end=data)
    if match := _COMMENT_CLOSE.search(text, data):
        close, end = match.span()
        return Comment(start, end, bogus=False, data_start=data, data_end=close)
    close = end = len(text)
    for mark in ("--!", "--", "-"):
        if text.endswith(mark, data):
            close -= len(mark)
            break
    return Comment(start, end, bogus=False, data_start=data, data_end=close)


_ABRUPT_CLOSE = re.compile(r"-?>")
_COMMENT_CLOSE = re.compile(r"--!?>")


def _bogus_comment(text: str, start: int, data: int) -> Comment:
    close = text.find(">", data)
    if close < 0:
        return Comment(start, len(text), bogus=True, data_start=data, data_end=len(text))
    return Comment(start, close + 1, bogus=True, data_start=data, data_end=close)


def _doctype(match: re.Match[str], names: _Names) -> Doctype:
    name, keyword, first, second, rest, close = match.groups()
    if keyword and keyword.lower() == "system":
        public_id, system_id, rest = None, first, (second or "") + rest
    else:
        public_id, system_id = first, second
    # Whatever follows a whole system identifier is forgiven, even the end of the text.
    sound = (
        name
        and (first or not keyword)
        and all(_is_closed(quoted) for quoted in (public_id, system_id) if quoted)
        and (_is_closed(system_id) if rest else close)
    )
    return Doctype(
        *match.span(),
        names[name] if name else None,
        _identifier(public_id),
        _identifier(system_id),
        quirks=not sound,
    )


_BLANKS = r"[\t\n\f\r ]*+"
_QUOTED = r"""("[^">]*+"?+|'[^'>]*+'?+)"""
_DOCTYPE = re.compile(
    rf"<!doctype{_BLANKS}([^\t\n\f\r >]*+){_BLANKS}"
    rf"(?:(public|system){_BLANKS}{_QUOTED}?{_BLANKS}{_QUOTED}?)?{_BLANKS}([^>]*+)(>?+)",
    re.IGNORECASE | re.ASCII,
)


def _is_closed(quoted: str | None) -> bool:
    return quoted is not None and len(quoted) > 1 and quoted[0] == quoted[-1]


def _identifier(quoted: str | None) -> str | None:
    return quoted and _without_nul(_unified(quoted.strip(quoted[0])))


def _raw_end(text: str, start: int, name: str) -> int:
    match = _end_tag(name).search(text, start)
    return match.start() if match else len(text)


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</(?i:{re.escape(name)})(?=[\t\n\f\r />])", re.ASCII)


def _script_end(text: str, start: int, name: str) -> int:
    """Find the end tag, passing over scripts inside of `<!-- -->`."""
    plain, escaped, double_escaped = _script_marks(name)
    pattern = plain
    position = start
    while match := pattern.search(text, position):
        position = match.end()
        mark = match[0].lower()
        if mark == "<!--":
            pattern = escaped
            position -= len("--")  # they may be those of `-->`
        elif mark == "-->":
            pattern = plain
        elif mark == "<script":
            pattern = double_escaped
        elif pattern is double_escaped:
            pattern = escaped
        else:
            return match.start()
    return len(text)


@cache
def _script_marks(name: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    end = rf"/(?i:{re.escape(name)})(?=[\t\n\f\r />])"
    return (
        re.compile(rf"<(?:!--|{end})", re.ASCII),
        re.compile(rf"-->|<(?:{end}|(?i:script)(?=[\t\n\f\r />]))", re.ASCII),
        re.compile(r"-->|</(?i:script)(?=[\t\n\f\r />])", re.ASCII),
    )


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _without_nul(text: str) -> str:
    return text.replace("\0", "\ufffd") if "\0" in text else text


# Single characters repeat possessively, groups do not: before Python 3.11.5 a possessive group may
# end in the midst of a failed attempt. Each group matches in one way only, so nothing is read twice
# in vain.
_KEY = r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
_IS = rf"{_BLANKS}={_BLANKS}"
_BARE = r"""[^\t\n\f\r >"'][^\t\n\f\r >]*+"""
_ATTRIBUTE = re.compile(rf"""({_KEY})(?:{_IS}(?:"([^"]*+)"|'([^']*+)'|({_BARE})|(?=>)))?""")
_QUOTES = ("", "", '"', "'", "")
_HEAD = re.compile(rf"[\t\n\f\r /]*+({_KEY}){_IS}")
_AFTER = "\t\n\f\r />"
"""What may stand after the last attribute of a tag."""
_WITHIN = (
    r"(?:[\t\n\f\r /]*+"
    rf"""{_KEY}(?:{_IS}(?:"[^"]*+"|'[^']*+'|{_BARE}|(?=>))|(?!{_IS})))*[\t\n\f\r /]*+"""
)
_NAME = r"([A-Za-z][^\t\n\f\r />]*+)"
_TEXT_AND_TAG = re.compile(rf"([^<]*+)(?:<{_NAME}({_WITHIN}>)|</{_NAME}{_WITHIN}>)?")
_START_NAME, _AFTER_NAME, _END_NAME = 2, 3, 4
_TAG_OPEN = re.compile(r"</?[A-Za-z]")
_OPEN = re.compile(r"<(?:[A-Za-z!?]|/.)", re.DOTALL)
_CDATA_OPEN = "<![CDATA["
_CDATA_CLOSE = "]]>"
_CONTENT = {
    "title": State.RCDATA,
    "textarea": State.RCDATA,
    "style": State.RAWTEXT,
    "xmp": State.RAWTEXT,
    "iframe": State.RAWTEXT,
    "noembed": State.RAWTEXT,
    "noframes": State.RAWTEXT,
    "script": State.SCRIPT,
    "plaintext": State.PLAINTEXT,
}
_REMARKABLE = {*_CONTENT, "svg", "math"}
_new = tuple.__new__  # half the cost of a named tuple's own
