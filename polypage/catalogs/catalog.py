r"""Catalogs and templates: bytes to entries and back, strictly and without loss.

    catalog = read(Path("locales/vi/LC_MESSAGES/collagen.po"))
    write(Path("locales/vi/LC_MESSAGES/collagen.po"), replace(catalog, entries=entries))

A catalog is read whole or not at all. It is written as UTF-8 with LF line ends, byte for byte what
`msgcat --no-wrap` writes; an entry that did not change keeps the bytes it has on disk. This is
also the one door to polib, whose types other tools know.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias

import polib

from polypage.catalogs.po import Record, format_entry, read_records
from polypage.errors import CatalogError
from polypage.files import read_file, read_if_exists, write_atomically
from polypage.model import Entry, EntryKey

HEADER_FIELDS = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
)
"""What every header has, in this order; other fields follow."""

_FIXED_FIELDS = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "X-Generator": "polypage",
}
_HEADER_KEY = EntryKey(None, "")
_STRING = rb'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
_HEADER = re.compile(rb'(?m)^[ \t]*msgid[ \t]*""\s*^[ \t]*msgstr((?:\s*+' + _STRING + rb")++)")
_CHARSET = re.compile(r"(charset=)([^\s\\;\"]+)")
_NO_CHARSET = {"", "charset"}
_IN_NO_TEXT = re.compile(rb"\x00|(?m:^(?![ \t]*#(?![~|])).*\x04)")
"""NUL, and outside of comments what parts context and msgid in compiled catalogs."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Texts: TypeAlias = Mapping[Entry, str]
"""How entries are written, with their comments and the line end after them."""


@dataclass(frozen=True, slots=True)
class Header:
    """A catalog's header: its fields as they were written, with comments and flags."""

    entry: Entry
    """The entry with the empty msgid; its msgstr holds a field on each line."""

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Name and value of each field in order; lines without a colon are none."""
        lines = (line.partition(":") for line in self.entry.msgstr.split("\n"))
        return tuple((name, value.strip()) for name, colon, value in lines if colon)

    def get(self, name: str) -> str:
        """Return a field's value, or the empty string."""
        return next((value for field, value in self.fields if field == name), "")

    def with_field(self, name: str, value: str) -> Header:
        """Set one field at its place, or at the place it should have; leave all others as they are."""
        lines = self.entry.msgstr.split("\n")
        names = [line.partition(":")[0] if ":" in line else None for line in lines]
        line = f"{name}: {value}"
        if name in names:
            lines[names.index(name)] = line
        else:
            lines.insert(_place(name, names), line)
        return Header(replace(self.entry, msgstr="\n".join(lines)))


@dataclass(frozen=True, slots=True)
class Catalog:
    """A catalog or a template: its header and its entries."""

    header: Header | None = None
    entries: tuple[Entry, ...] = ()
    """Live entries in document order, then obsolete ones."""
    trailer: tuple[str, ...] = ()
    """Comment lines after the last entry, with their markers."""

    @property
    def live(self) -> tuple[Entry, ...]:
        """The entries that stand in the article."""
        return tuple(entry for entry in self.entries if not entry.obsolete)

    @property
    def obsolete(self) -> tuple[Entry, ...]:
        """The entries that the article has no more."""
        return tuple(entry for entry in self.entries if entry.obsolete)

    @property
    def by_key(self) -> dict[EntryKey, Entry]:
        """All entries, by what tells them apart."""
        return {entry.key: entry for entry in self.entries}


def read(path: Path) -> Catalog:
    """Read a catalog or template.

    Raises:
        CatalogError: there is no such file, or it cannot be understood.

    """
    try:
        data = read_file(path)
    except OSError as exc:
        raise CatalogError(path, f"cannot be read: {exc.strerror}") from exc
    return parse_file(data, path=str(path))


def write(path: Path, catalog: Catalog, *, base: Catalog | None = None) -> bool:
    """Write a catalog or template; say whether it differs from what is there.

    `base` is what the catalog was made of: if the file holds something else by now, it is not
    written. Where people are at work on the file, use `polypage.catalogs.merge.update`.

    Raises:
        CatalogError: somebody changed the file, or it cannot be read or written.

    """
    original = read_if_exists(path)
    present = None if original is None else parse(original, path=str(path))
    if base is not None and present != base:
        raise CatalogError(path, "somebody changed it meanwhile", remedy="run again")
    if present == catalog:
        return False
    data = serialize(catalog, original=original, path=str(path))
    try:
        return write_atomically(path, data)
    except OSError as exc:
        raise CatalogError(path, f"cannot be written: {exc.strerror}") from exc


def parse_file(data: bytes, *, path: str) -> Catalog:
    """Read what a file of the project holds, as `parse` does; one of 0 bytes has lost all it had.

    Raises:
        CatalogError: the bytes are no whole, valid catalog.

    """
    if not data:
        remedy = "take it back from git or a backup; to begin anew, delete it"
        raise CatalogError(path, "is empty, with 0 bytes", remedy=remedy)
    return parse(data, path=path)


def parse(data: bytes, *, path: str) -> Catalog:
    """Read the bytes of a catalog or template.

    Whatever its encoding, the header of the result says UTF-8.

    Raises:
        CatalogError: the bytes are no whole, valid catalog.

    """
    text, charset = _decode(data, path)
    records, trailer = read_records(text, path=path, charset=charset)
    _refuse_duplicates(records, path)
    entries = [entry for entry, _, _ in records]
    header = next((entry for entry in entries if _is_header(entry)), None)
    return Catalog(
        header=None if header is None else Header(_in_utf_8(header, charset)),
        entries=_in_order(entry for entry in entries if entry is not header),
        trailer=trailer,
    )


def serialize(
    catalog: Catalog,
    *,
    original: bytes | None = None,
    texts: Texts | None = None,
    path: str = "catalog",
) -> bytes:
    """Write a catalog or template as bytes.

    `original` is the file it replaces: entries that stand there just so keep their form. `texts`
    has the form of entries where there is more than one such file, see `texts_of`.

    Raises:
        CatalogError: a text cannot be written in a catalog.

    """
    if texts is None:
        texts = {} if original is None else texts_of(original, path=path)
    header = (catalog.header.entry,) if catalog.header else ()
    blocks = [texts.get(entry) or format_entry(entry) for entry in (*header, *catalog.entries)]
    if catalog.trailer:
        blocks.append("".join(f"{line}\n" for line in catalog.trailer))
    return _encode("\n".join(blocks), path)


def texts_of(data: bytes, *, path: str) -> Texts:
    """Return the form of every entry of a file that stands on lines of its own.

    Raises:
        CatalogError: the bytes are no valid catalog.

    """
    text, charset = _decode(data, path)
    records, _ = read_records(text, path=path, charset=charset)
    texts = {
        entry: text[start:end]
        for entry, start, end in records
        if text[end - 1] == "\n" and (start == 0 or text[start - 1] == "\n")
    }
    for header in filter(_is_header, tuple(texts)):
        declared = _in_utf_8(header, charset)
        if declared != header:
            texts[declared] = _CHARSET.sub(r"\g<1>UTF-8", texts[header], count=1)
    return texts


def template(
    entries: Iterable[Entry], *, project: str, created: str, previous: Catalog | None = None
) -> Catalog:
    """Make a template of entries; equal ones become one with all their places.

    `created` is the POT-Creation-Date, as `2026-11-22 10:00+0000`. If no entry differs from those
    of the previous template, that one's date stays.
    """
    header = new_header(project=project, created=created)
    made = parse(serialize(Catalog(header, _combined(entries))), path="template")
    if previous is not None and previous.header and previous.entries == made.entries:
        date = previous.header.get("POT-Creation-Date")
        return replace(made, header=header.with_field("POT-Creation-Date", date or created))
    return made


def new_header(*, project: str, created: str, language: str = "", plural_forms: str = "") -> Header:
    """Make a header with all its fields; those of translators are empty."""
    known = {
        "Project-Id-Version": project,
        "POT-Creation-Date": created,
        "Language": language,
        "Plural-Forms": plural_forms,
        **_FIXED_FIELDS,
    }
    names = (*HEADER_FIELDS, "X-Generator")
    return Header(Entry("", "".join(f"{name}: {known.get(name, '')}\n" for name in names)))


def to_polib(catalog: Catalog) -> polib.POFile:
    """Give a catalog in the types that other Python tools know."""
    pofile = polib.POFile(wrapwidth=0, encoding="utf-8")
    if catalog.header:
        pofile.header = "\n".join(catalog.header.entry.translator_comments)
        pofile.metadata_is_fuzzy = catalog.header.entry.fuzzy
        pofile.metadata = dict(catalog.header.fields)
    pofile.extend(_to_polib_entry(entry) for entry in catalog.entries)
    return pofile


def from_polib(pofile: polib.POFile) -> Catalog:
    """Take a catalog in the types that other Python tools know."""
    msgstr = "".join(f"{name}: {value}\n" for name, value in pofile.metadata.items())
    header = Entry(
        "",
        msgstr,
        translator_comments=_lines(pofile.header),
        flags=("fuzzy",) if pofile.metadata_is_fuzzy else (),
    )
    return Catalog(
        Header(header) if msgstr or header.translator_comments else None,
        _in_order(_from_polib_entry(entry) for entry in pofile),
    )


# --- bytes and text ---------------------------------------------------------------------------


def _decode(data: bytes, path: str) -> tuple[str, str]:
    """Return the text, with LF line ends, and the charset it is written in."""
    unheard_of = _found_in_no_text(data)
    if data.startswith(_UTF_16) or unheard_of:
        line = data.count(b"\n", 0, unheard_of.start() if unheard_of else 0) + 1
        raise CatalogError(
            path, "has bytes that no text has", line=line, remedy="save it as UTF-8 text"
        )
    data = data.removeprefix(codecs.BOM_UTF8)
    charset = _declared_charset(data) or "utf-8"
    try:
        text = data.decode(charset)
    except UnicodeDecodeError as exc:
        raise CatalogError(
            path,
            f"has bytes that are not {charset.upper()}",
            line=data.count(b"\n", 0, exc.start) + 1,
            remedy="save it as UTF-8 and declare charset=UTF-8",
        ) from exc
    except (LookupError, ValueError) as exc:
        line = data[: data.find(b"charset=")].count(b"\n") + 1
        problem = f'"{charset}" is no known charset'
        raise CatalogError(path, problem, line=line, remedy="declare charset=UTF-8") from exc
    _refuse_mojibake(data, text, charset, path)
    if "\r" in text:  # a look for one sign is a fraction of what a look for two takes
        text = text.replace("\r\n", "\n")
    return text if text.endswith("\n") else f"{text}\n", charset


def _found_in_no_text(data: bytes) -> re.Match[bytes] | None:
    return _IN_NO_TEXT.search(data) if b"\0" in data or b"\x04" in data else None


def _encode(text: str, path: str) -> bytes:
    try:
        data = text.encode()
    except UnicodeEncodeError as exc:
        half = text[exc.start]
        raise CatalogError(path, f"a text holds half a character, {half!a}") from exc
    if unheard_of := _found_in_no_text(data):
        name = "NUL" if unheard_of[0][-1:] == b"\0" else "EOT"
        raise CatalogError(path, f"a text holds {name}, a character that no catalog can hold")
    return data


def _declared_charset(data: bytes) -> str:
    header = _HEADER.search(data)
    charset = _CHARSET.search(header[1].decode("latin-1")) if header else None
    name = charset[2] if charset else ""
    return "" if name.lower() in _NO_CHARSET else name


def _refuse_mojibake(data: bytes, text: str, charset: str, path: str) -> None:
    """Refuse UTF-8 under the name of a charset that has a character for every byte."""
    if data.isascii() or codecs.lookup(charset).name == "utf-8" or len(text) != len(data):
        return
    try:
        data.decode()
    except UnicodeDecodeError:
        return
    raise CatalogError(
        path,
        f"declares charset={charset} but is written in UTF-8",
        line=data[: data.find(b"charset=")].count(b"\n") + 1,
        remedy="declare charset=UTF-8",
    )


def _refuse_duplicates(records: list[Record], path: str) -> None:
    if len({(entry.context, entry.msgid) for entry, _, _ in records}) == len(records):
        return
    seen: dict[EntryKey, int | None] = {}
    for entry, _, _ in records:
        if entry.key in seen:
            raise CatalogError(
                path,
                f'"{entry.msgid[:40]}" is there twice, first on line {seen[entry.key]}',
                line=entry.line,
                remedy="keep the better translation and delete the other entry",
            )
        seen[entry.key] = entry.line


def _is_header(entry: Entry) -> bool:
    return entry.key == _HEADER_KEY and not entry.obsolete


def _in_utf_8(header: Entry, charset: str) -> Entry:
    """Declare UTF-8, unless the header does so already, in whatever letters."""
    declared = _CHARSET.search(header.msgstr)
    if declared is None or (declared[2] == charset and codecs.lookup(charset).name == "utf-8"):
        return header
    return replace(header, msgstr=_CHARSET.sub(r"\g<1>UTF-8", header.msgstr, count=1))


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=attrgetter("obsolete")))


# --- headers and templates --------------------------------------------------------------------


def _place(name: str, names: list[str | None]) -> int:
    """Find where a field that is missing belongs: after those that precede it."""
    end = len(names) - 1 if names and names[-1] is None else len(names)
    if name not in HEADER_FIELDS:
        return end
    before = HEADER_FIELDS[: HEADER_FIELDS.index(name)]
    return max((index + 1 for index, field in enumerate(names) if field in before), default=0)


def _combined(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    combined: dict[EntryKey, Entry] = {}
    for entry in entries:
        same = combined.get(entry.key)
        combined[entry.key] = entry if same is None else _joined(same, entry)
    return tuple(combined.values())


def _joined(one: Entry, other: Entry) -> Entry:
    comments = dict.fromkeys(one.extracted_comments + other.extracted_comments)
    references = dict.fromkeys(one.references + other.references)
    return replace(one, extracted_comments=tuple(comments), references=tuple(references))


# --- polib ------------------------------------------------------------------------------------


def _to_polib_entry(entry: Entry) -> polib.POEntry:
    return polib.POEntry(
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        msgctxt=entry.context,
        msgid_plural=entry.plural or "",
        msgstr_plural=dict(enumerate(entry.plural_msgstrs)),
        tcomment="\n".join(entry.translator_comments),
        comment="\n".join(entry.extracted_comments),
        occurrences=[_split_reference(reference) for reference in entry.references],
        flags=list(entry.flags),
        previous_msgctxt=entry.previous_context,
        previous_msgid=entry.previous_msgid,
        previous_msgid_plural=entry.previous_plural,
        obsolete=entry.obsolete,
        linenum=entry.line,
    )


def _from_polib_entry(entry: polib.POEntry) -> Entry:
    plural_msgstrs = sorted((int(index), text) for index, text in entry.msgstr_plural.items())
    return Entry(
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        context=entry.msgctxt,
        plural=entry.msgid_plural or None,
        plural_msgstrs=tuple(text for _, text in plural_msgstrs),
        translator_comments=_lines(entry.tcomment),
        extracted_comments=_lines(entry.comment),
        references=tuple(":".join(filter(None, place)) for place in entry.occurrences),
        flags=tuple(entry.flags),
        previous_context=entry.previous_msgctxt,
        previous_msgid=entry.previous_msgid,
        previous_plural=entry.previous_msgid_plural,
        obsolete=bool(entry.obsolete),
        line=entry.linenum,
    )


def _split_reference(reference: str) -> tuple[str, str]:
    path, colon, line = reference.rpartition(":")
    return (path, line) if colon and line.isdecimal() else (reference, "")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
