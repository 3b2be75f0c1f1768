r"""The PO syntax: text to entries and back.

Reading is strict: the whole file follows the grammar, or nothing of it is used.
Writing gives, byte for byte, what `msgcat --no-wrap` makes of the entry,

    #. heading level 2
    #: source_articles/collagen.html
    msgid "Why <b>collagen</b>?"
    msgstr "Tại sao là <b>collagen</b>?"

but for what msgcat would drop and we keep: flags it does not know, and obsolete entries that have
a translator's comment but no translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from polypage.errors import CatalogError
from polypage.model import Entry

_SPACE = r"[ \t\r\f\v]*+"
_GAP = r"[ \t\r\f\v\n]*+"
_STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'


def _entry_pattern(mark: str, gap: str) -> re.Pattern[str]:
    """Make the grammar of an entry whose lines begin with a mark."""
    strings = rf"(?:{gap}{_STRING})++"
    empty_lines = rf"(?:{_SPACE}\n{_SPACE}\#{mark}{_SPACE}(?=\n))*+" if mark else ""
    return re.compile(
        rf"(?:{_SPACE}\n)*+"
        rf"(?P<comments>(?:{_SPACE}(?:\#(?![~|])[^\n]*+)?\n)*+)"
        rf"(?P<previous>(?:{_SPACE}\#{mark}\|[^\n]*+\n)*+)"
        rf"{_SPACE}{rf'#{mark}' if mark else ''}{gap}"
        rf"(?:msgctxt(?P<context>{strings}){gap})?+"
        rf"msgid(?P<msgid>{strings}){gap}"
        rf"(?:msgstr(?P<msgstr>{strings})|"
        rf"msgid_plural(?P<plural>{strings})(?P<msgstrs>(?:{gap}msgstr\[\d++\]{strings})++))"
        rf"{empty_lines}"
        rf"{_SPACE}(?:\n|(?=[m\#]))"
    )


_USUAL = re.compile(
    r"\n*+(?P<told>(?:#\. [^\n]*+\n)*+)(?:#:(?P<places>[^\n]*+)\n)?+"
    rf"msgid (?P<msgid>{_STRING})\nmsgstr (?P<msgstr>{_STRING})\n(?!{_GAP}\")"
)
"""The grammar of most entries as we write them, which is quicker to follow than the whole of it."""
_LIVE = _entry_pattern("", _GAP)
_OBSOLETE = _entry_pattern("~", rf"(?:[ \t\r\f\v]++|\n{_SPACE}\#~(?!\|))*+")
_REST = re.compile(rf"(?:{_SPACE}(?:\#(?![~|])[^\n]*+)?\n)*+")
_STRINGS = rf"(?:{_GAP}{_STRING})++"
_PREVIOUS = re.compile(
    rf"{_GAP}(?:msgctxt({_STRINGS}))?+{_GAP}(?:msgid({_STRINGS}))?+{_GAP}"
    rf"(?:msgid_plural({_STRINGS}))?+{_GAP}"
)
_PREVIOUS_MARK = re.compile(rf"(?m)^{_SPACE}#~?\|")
_PLURAL_PART = re.compile(rf"msgstr\[(\d+)\]|({_STRING})")
_ONE_STRING = re.compile(_STRING)

_ESCAPE = re.compile(r"(?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]+)\0*)+|\\.")
"""NUL, which no catalog holds, stands between strings: escapes end there, characters need not."""
_BYTE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]+))")
_UNESCAPED = {
    "\\n": "\n",
    '\\"': '"',
    "\\\\": "\\",
    "\\t": "\t",
    "\\r": "\r",
    "\\a": "\a",
    "\\b": "\b",
    "\\f": "\f",
    "\\v": "\v",
}
_ESCAPED = str.maketrans({character: escape for escape, character in _UNESCAPED.items()})

_REFERENCE = re.compile("\u2068([^\u2069\n]*)\u2069(\\S*)|(\\S+)")
_LINE_NUMBER = re.compile(r":\d+\Z")
_FLAG = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*"|")+')
_FLAG_MARKERS = {"#,", "#!"}
_NEW_LINE = re.compile(r"\r\n|\r|\n")

_CONFLICT = re.compile(r"(?m)^(?:<{7}|>{7}|={7}|\|{7})")
_TOKEN = re.compile(
    rf"{_GAP}(?:(?P<keyword>[a-z_]+(?:\[\d+\])?)|(?P<string>{_STRING})"
    rf"|(?P<comment>\#[^\n]*)|(?P<other>[^\n]+))"
)
_AT_OBSOLETE = re.compile(rf"(?:{_SPACE}(?:\#(?!~)[^\n]*+)?\n)*+{_SPACE}\#~")
_OBSOLETE_MARK = re.compile(rf"(?m)^({_SPACE})#~(?!\|)")
_FOLLOW = {
    "": ("msgid", "msgctxt"),
    "msgctxt": ("msgid",),
    "msgid": ("msgstr", "msgid_plural"),
    "msgid_plural": ("msgstr",),
    "msgstr": ("msgid", "msgstr", "msgctxt"),
}

_LANGUAGES = {
    language: rank
    for rank, language in enumerate(
        "c objc python python-brace java java-printf csharp javascript scheme lisp elisp librep"
        " ruby sh awk lua object-pascal smalltalk qt qt-plural kde kde-kuit boost tcl perl"
        " perl-brace php gcc-internal gfc-internal ycp".split()
    )
}
"""Other people's format flags, in the order that msgcat gives them."""
_REFERENCE_WIDTH = 79
"""msgcat folds references, and only them, even when told not to wrap; it counts bytes."""

_CONTEXT_END = "\4"
"""Stands between context and msgid in compiled catalogs; gettext refuses texts with it."""

_Lines: TypeAlias = tuple[str, ...]
_NO_COMMENTS: tuple[_Lines, _Lines, _Lines, _Lines] = ((), (), (), ())


Record: TypeAlias = tuple[Entry, int, int]
"""An entry and the span of the text it was read from, comments included."""


def read_records(
    text: str, *, path: str, charset: str = "utf-8"
) -> tuple[list[Record], tuple[str, ...]]:
    """Read the text of a catalog; return its records, and the comment lines after the last.

    Line ends are LF, and the last line has one. `charset` says what bytes written as octal or
    hexadecimal escapes mean.

    Raises:
        CatalogError: the text does not follow the grammar.

    """
    records: list[Record] = []
    end, line, counted = 0, 1, 0
    while match := _USUAL.match(text, end) or _LIVE.match(text, end) or _OBSOLETE.match(text, end):
        msgid = match.start("msgid")
        line += text.count("\n", counted, msgid)
        counted, end = msgid, match.end()
        read = _usual_entry if match.re is _USUAL else _entry
        try:
            entry = read(match, line, charset)
        except ValueError as exc:
            raise CatalogError(path, str(exc), line=line, remedy="correct the entry") from exc
        records.append((entry, match.start(1), end))
    rest = _REST.match(text, end)
    if rest is None or rest.end() != len(text):
        raise _explain(text, rest.end() if rest else end, path=path)
    return records, tuple(filter(str.strip, rest[0].split("\n")))


def format_entry(entry: Entry) -> str:
    """Write one entry as msgcat does, the line end after it included."""
    mark = "#~ " if entry.obsolete else ""
    return "".join((*_comment_lines(entry), *_previous_lines(entry), *_body_lines(entry, mark)))


# --- reading ----------------------------------------------------------------------------------


def _usual_entry(match: re.Match[str], line: int, charset: str) -> Entry:
    told, places, msgid, msgstr = match.groups()
    return Entry(
        _resolved(msgid, msgid[1:-1], charset),
        _resolved(msgstr, msgstr[1:-1], charset),
        None,
        None,
        (),
        (),
        _extracted(told) if told else (),
        _references(places) if places else (),
        line=line,
        msgstr_line=line + 1,
    )


def _extracted(block: str) -> _Lines:
    """Read lines of extracted comments, each with a blank behind its marker."""
    if "\\\n" in block:
        block = block.replace("\\\n", "\\ \n")  # as `_comments` writes it
    return tuple(block[len("#. ") : -1].split("\n#. "))


def _entry(match: re.Match[str], line: int, charset: str) -> Entry:
    comments, previous, context, msgid, msgstr, plural, msgstrs = match.groups()
    return Entry(
        _text(msgid, charset),
        "" if msgstr is None else _text(msgstr, charset),
        None if context is None else _text(context, charset),
        None if plural is None else _text(plural, charset),
        () if msgstrs is None else _plural_msgstrs(msgstrs, charset),
        *(_classify(comments) if comments else _NO_COMMENTS),
        *(_previous(previous, charset) if previous else (None, None, None)),
        obsolete=match.re is _OBSOLETE,
        line=line,
        msgstr_line=line + match.string.count("\n", *_to_msgstr(match)),
    )


def _to_msgstr(match: re.Match[str]) -> tuple[int, int]:
    """Return where the msgid begins, and where the (first) msgstr does."""
    msgstr = match.start("msgstr")
    return match.start("msgid"), msgstr if msgstr >= 0 else match.string.index(
        "[", match.start("msgstrs")
    )


def _text(strings: str, charset: str) -> str:
    """Join strings and resolve their escapes."""
    text = strings.strip()[1:-1].replace('"\n"', "")
    if '"' in text and '"' in text.replace('\\"', ""):
        text = "".join([string[1:-1] for string in _ONE_STRING.findall(strings)])
    return _resolved(strings, text, charset)


def _resolved(strings: str, text: str, charset: str) -> str:
    """Resolve the escapes in a text; `strings` is how it is written."""
    if "\\" not in text:
        return text
    if "\\\\" not in text:
        simple = text.replace("\\n", "\n").replace('\\"', '"')
        if "\\" not in simple:
            return simple
    text = "\0".join([string[1:-1] for string in _ONE_STRING.findall(strings)])
    text = _ESCAPE.sub(lambda match: _UNESCAPED.get(match[0]) or _bytes(match[0], charset), text)
    return text.replace("\0", "")


def _bytes(escape: str, charset: str) -> str:
    """Resolve characters that are written as octal or hexadecimal bytes."""
    values = [
        int(octal, 8) if octal else int(hexa[-2:], 16) for octal, hexa in _BYTE.findall(escape)
    ]
    try:
        text = bytes(values).decode(charset)
    except ValueError:
        text = ""
    if not text or "\0" in text or _CONTEXT_END in text:
        escape = escape.replace("\0", "")
        raise ValueError(f"{escape} is an escape that means nothing")
    return text


def _plural_msgstrs(block: str, charset: str) -> tuple[str, ...]:
    strings: list[str] = []
    for index, string in _PLURAL_PART.findall(block):
        if not index:
            strings[-1] += string
        elif int(index) == len(strings):
            strings.append("")
        else:
            raise ValueError("plural forms are not numbered from msgstr[0] up, without gaps")
    return tuple(_text(joined, charset) for joined in strings)


def _previous(block: str, charset: str) -> tuple[str | None, str | None, str | None]:
    match = _PREVIOUS.fullmatch(_PREVIOUS_MARK.sub("", block))
    if match is None or match[2] is None:
        raise ValueError("#| lines hold no msgid")
    context, msgid, plural = match.groups()
    return (
        None if context is None else _text(context, charset),
        None if msgid is None else _text(msgid, charset),
        None if plural is None else _text(plural, charset),
    )


def _classify(comments: str) -> tuple[_Lines, _Lines, _Lines, _Lines]:
    """Sort comment lines into those of translators, extracted ones, references and flags."""
    translator: list[str] = []
    extracted: list[str] = []
    references = ""
    flags: list[str] = []
    if "\\\n" in comments:
        comments = comments.replace("\\\n", "\\ \n")  # as `_comments` writes it
    for line in comments.split("\n"):
        comment = line if line[:1] == "#" else line.lstrip()
        kind = comment[:2]
        if kind == "#:":
            references += f"{comment[2:]} "
        elif kind == "#.":
            extracted.append(comment[3:] if comment[2:3] == " " else comment[2:])
        elif kind in _FLAG_MARKERS:
            flags += _flag_names(comment[2:])
        elif kind:
            translator.append(comment[2:] if kind == "# " else comment[1:])
    return (
        tuple(translator),
        tuple(extracted),
        _references(references) if references else (),
        tuple(dict.fromkeys(flags)) if flags else (),
    )


def _flag_names(text: str) -> Iterator[str]:
    names = _FLAG.findall(text) if '"' in text else text.split(",")
    return filter(None, map(str.strip, names))


def _references(text: str) -> tuple[str, ...]:
    """Read references; those with blanks stand between isolating marks, as since gettext 0.22."""
    if "\u2068" not in text:
        found = text.split()
    else:
        found = [
            isolated + rest if isolated else plain
            for isolated, rest, plain in _REFERENCE.findall(text)
        ]
    if "./" in text:
        found = [reference.removeprefix("./") for reference in found]
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def _explain(text: str, start: int, *, path: str) -> CatalogError:
    """Find out why no entry can be read at `start`."""
    if conflict := _CONFLICT.search(text):
        what = "a merge conflict was left in it"
        remedy = "choose between the versions and delete the marker lines"
        return CatalogError(path, what, line=_line(text, conflict.start()), remedy=remedy)
    if _AT_OBSOLETE.match(text, start):
        text = text[:start] + _OBSOLETE_MARK.sub(r"\1  ", text[start:])
    state = ""
    for token in _TOKEN.finditer(text, start):
        problem = _problem(token, state)
        if problem is not None:
            line = _line(text, token.start(token.lastgroup or 0))
            return CatalogError(path, problem, line=line, remedy="correct the line")
        if token["keyword"]:
            state = token["keyword"].partition("[")[0]
    return CatalogError(
        path,
        "the file ends in the middle of an entry",
        line=_line(text, len(text) - 1),
        remedy="it may be cut off: restore it, or complete the entry",
    )


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _problem(token: re.Match[str], state: str) -> str | None:
    """Say what is wrong with a token that follows the keyword `state`; None if nothing is."""
    follow = _FOLLOW[state]
    match token.lastgroup, token[token.lastgroup or 0]:
        case "keyword", keyword:
            kind = keyword.partition("[")[0]
            return (
                None if kind in follow else f"{keyword} stands where {' or '.join(follow)} should"
            )
        case "string", _:
            return None if state else "a text stands without its keyword"
        case "comment", comment if comment.startswith(("#|", "#~")) or not state:
            return f"a {comment[:2]} line stands in the middle of an entry" if state else None
        case "comment", _:
            return "a comment stands in the middle of an entry"
        case _, other if other.startswith('"'):
            return "a quote is not closed"
        case _, other:
            return f'"{other[:40]}" is outside of quotes'


# --- writing ----------------------------------------------------------------------------------


def _comment_lines(entry: Entry) -> Iterator[str]:
    yield from _comments("#", entry.translator_comments)
    yield from _comments("#.", entry.extracted_comments)
    if entry.references:
        yield from _fold(entry.references)
    if flags := _flags(entry):
        yield f"#, {', '.join(flags)}\n"


def _comments(marker: str, comments: Sequence[str]) -> Iterator[str]:
    for comment in comments:
        for line in _NEW_LINE.split(comment):
            # To gettext a backslash at the end of a line makes the next one part of it.
            end = " \n" if line.endswith("\\") else "\n"
            yield f"{marker} {line}{end}" if line else f"{marker}{end}"


def _fold(references: Sequence[str]) -> Iterator[str]:
    line = "#:"
    for reference in map(_isolated, references):
        if line != "#:" and len(f"{line} {reference}".encode()) > _REFERENCE_WIDTH:
            yield f"{line}\n"
            line = "#:"
        line = f"{line} {reference}"
    yield f"{line}\n"


def _isolated(reference: str) -> str:
    if " " not in reference and "\t" not in reference:
        return reference
    number = _LINE_NUMBER.search(reference)
    end = number.start() if number else len(reference)
    return f"\u2068{reference[:end]}\u2069{reference[end:]}"


def _flags(entry: Entry) -> tuple[str, ...]:
    """Order the flags as msgcat does: fuzzy first, range and wrapping last."""
    flags = dict.fromkeys(entry.flags)
    if not entry.translated:
        flags.pop("fuzzy", None)
    return tuple(sorted(flags, key=_flag_rank))


def _flag_rank(flag: str) -> tuple[int, int]:
    if flag == "fuzzy":
        return 0, 0
    if flag.startswith("range:"):
        return 2, 0
    if flag in {"wrap", "no-wrap"}:
        return 3, 0
    language = flag.removeprefix("no-").removesuffix("-format")
    return 1, _LANGUAGES.get(language, len(_LANGUAGES))


def _previous_lines(entry: Entry) -> Iterator[str]:
    mark = "#~| " if entry.obsolete else "#| "
    if entry.previous_context is not None:
        yield from _string_lines(mark, "msgctxt", entry.previous_context)
    if entry.previous_msgid is not None:
        yield from _string_lines(mark, "msgid", entry.previous_msgid)
    if entry.previous_plural is not None:
        yield from _string_lines(mark, "msgid_plural", entry.previous_plural)


def _body_lines(entry: Entry, mark: str) -> Iterator[str]:
    if entry.context is not None:
        yield from _string_lines(mark, "msgctxt", entry.context)
    yield from _string_lines(mark, "msgid", entry.msgid)
    if entry.plural is None:
        yield from _string_lines(mark, "msgstr", entry.msgstr)
        return
    yield from _string_lines(mark, "msgid_plural", entry.plural)
    for index, msgstr in enumerate(entry.plural_msgstrs or ("",)):
        yield from _string_lines(mark, f"msgstr[{index}]", msgstr)


def _string_lines(mark: str, keyword: str, text: str) -> Iterator[str]:
    """Write a string on one line, or line by line where there are line ends within it."""
    escaped = text.translate(_ESCAPED)
    if "\n" not in text[:-1]:
        yield f'{mark}{keyword} "{escaped}"\n'
        return
    yield f'{mark}{keyword} ""\n'
    for line in text.split("\n")[:-1]:
        yield f'{mark}"{line.translate(_ESCAPED)}\\n"\n'
    if last := text.rpartition("\n")[2]:
        yield f'{mark}"{last.translate(_ESCAPED)}"\n'
