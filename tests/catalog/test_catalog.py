from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polib
import pytest

from polypage.catalogs.catalog import (
    HEADER_FIELDS,
    Catalog,
    Header,
    from_polib,
    new_header,
    parse,
    read,
    serialize,
    template,
    to_polib,
    write,
)
from polypage.errors import CatalogError
from polypage.model import Entry

VIETNAMESE = """\
# Bản dịch tiếng Việt.
msgid ""
msgstr ""
"Project-Id-Version: health\\n"
"POT-Creation-Date: 2026-11-01 08:00+0000\\n"
"Last-Translator: Lan <lan@example.org>\\n"
"Language: vi\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Team-Note: keep: this\\n"

# Nhớ hỏi bác sĩ.
#. heading level 2
#: source_articles/skin/collagen.html source_articles/needles.html:12
#, fuzzy
#| msgctxt "title"
#| msgid "Why <b>collagen</b>"
msgctxt "title"
msgid "Why <b>collagen</b>?"
msgstr "Tại sao là \\"<b>collagen</b>\\"?"

msgid ""
"Line one\\n"
"Line two\\n"
msgstr ""
"Dòng một\\n"
"Dòng hai\\n"

#, python-format
msgid "%d day"
msgid_plural "%d days"
msgstr[0] "%d ngày"

#~ msgid "Old"
#~ msgstr "Cũ"
"""


# --- what a file may be like ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("charset", "word"),
    [
        ("windows-1252", "Überdosis"),
        ("koi8-r", "Доза"),
        ("gb18030", "剂量"),
        ("euc-jp", "用量"),
        ("shift_jis", "表示"),  # its second byte is a backslash
    ],
)
def test_any_charset_is_read_and_becomes_utf_8(charset: str, word: str) -> None:
    text = (
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n'
        f'\nmsgid "a"\nmsgstr "{word}"\n'
    )

    catalog = parse(text.encode(charset), path="x.po")

    assert catalog.entries == (Entry("a", word),)
    assert serialize(catalog).decode() == text.replace(charset, "UTF-8")


def test_a_header_without_a_charset_of_its_own_gets_one() -> None:
    data = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=CHARSET\\n"\n'

    header = parse(data, path="x.pot").header

    assert header
    assert header.get("Content-Type") == "text/plain; charset=UTF-8"


@pytest.mark.parametrize(
    "data",
    [
        VIETNAMESE.encode("utf-8-sig"),
        VIETNAMESE.replace("\n", "\r\n").encode(),
        VIETNAMESE.rstrip("\n").encode(),
    ],
    ids=["byte order mark", "CRLF", "no last line end"],
)
def test_files_of_other_systems_are_read_the_same(data: bytes) -> None:
    catalog = parse(data, path="x.po")

    assert catalog == parse(VIETNAMESE.encode(), path="x.po")
    assert serialize(catalog, original=data).decode() == VIETNAMESE


def test_an_entry_knows_its_line() -> None:
    catalog = parse(VIETNAMESE.encode(), path="x.po")

    assert [entry.line for entry in catalog.entries] == [18, 21, 29, 33]


def test_live_entries_come_before_obsolete_ones() -> None:
    data = b'#~ msgid "a"\n#~ msgstr "b"\n\nmsgid "c"\nmsgstr "d"\n'

    catalog = parse(data, path="x.po")

    assert [entry.msgid for entry in catalog.live] == ["c"]
    assert [entry.msgid for entry in catalog.obsolete] == ["a"]
    assert catalog.entries == (*catalog.live, *catalog.obsolete)


@pytest.mark.parametrize(
    "text", ["a\0b", "a\4b", "a\ud800b"], ids=["NUL", "EOT", "half a character"]
)
def test_what_no_file_can_hold_is_refused_and_the_file_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.po"
    write(path, Catalog(None, (Entry("a", "b"),)))

    with pytest.raises(CatalogError, match=r"x\.po: a text holds"):
        write(path, Catalog(None, (Entry("a", text),)))

    assert read(path).entries == (Entry("a", "b"),)


def test_a_comment_of_several_lines_becomes_several() -> None:
    catalog = Catalog(None, (Entry("a", extracted_comments=("one\r\ntwo\rthree",)),))

    (entry,) = parse(serialize(catalog), path="x.po").entries

    assert entry.extracted_comments == ("one", "two", "three")


# --- writing ----------------------------------------------------------------------------------

FOREIGN = """\
msgid   ""
msgstr  "Language: vi\\n"


#: b.html a.html
msgid "Take one tablet "
      "with water."
msgstr "Uống một viên "
       "với nước."

#: a.html
msgid "Stop."
msgstr "Dừng."
""".replace("\n", "\r\n").encode()


def test_a_file_in_another_style_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(FOREIGN)

    assert not write(path, read(path))

    assert path.read_bytes() == FOREIGN


def test_a_change_leaves_other_entries_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(FOREIGN)
    catalog = read(path)
    first, second = catalog.entries

    assert write(path, replace(catalog, entries=(first, replace(second, msgstr="Ngừng."))))

    expected = FOREIGN.decode().replace("\r\n", "\n").replace("\n\n\n", "\n\n")
    assert path.read_text("utf-8") == expected.replace("Dừng", "Ngừng")


def test_what_somebody_saved_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(FOREIGN)
    base = read(path)
    path.write_text('msgid "Stop."\nmsgstr "Ngừng."\n', "utf-8")

    with pytest.raises(CatalogError, match="changed it meanwhile; run again"):
        write(path, replace(base, entries=()), base=base)

    assert read(path).entries == (Entry("Stop.", "Ngừng."),)


# --- headers ----------------------------------------------------------------------------------


def test_a_new_header_has_all_fields_in_their_order() -> None:
    header = new_header(
        project="health", created="2026-11-22 10:00+0000", language="vi", plural_forms="nplurals=1;"
    )

    assert [name for name, _ in header.fields] == [*HEADER_FIELDS, "X-Generator"]
    assert header.get("Project-Id-Version") == "health"
    assert header.get("Language") == "vi"
    assert header.get("Plural-Forms") == "nplurals=1;"
    assert header.get("Last-Translator") == ""
    assert header.get("X-Generator") == "polypage"


def test_a_header_that_gets_another_charset_keeps_its_other_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    header = 'msgid   ""\nmsgstr  "Content-Type: text/plain; charset=latin1\\n"\n"X-a: "\n"b\\n"\n'
    path.write_bytes(f'{header}\nmsgid "a"\nmsgstr "ä"\n'.encode("latin-1"))
    catalog = read(path)

    write(path, replace(catalog, entries=(Entry("a", "ö"),)))

    expected = header.replace("latin1", "UTF-8")
    assert path.read_text("utf-8") == f'{expected}\nmsgid "a"\nmsgstr "ö"\n'


def test_setting_a_field_changes_its_line_alone() -> None:
    header = parse(VIETNAMESE.encode(), path="x.po").header
    assert header

    changed = header.with_field("POT-Creation-Date", "2027").with_field("X-Domain", "article")

    assert changed.entry.msgstr == (
        "Project-Id-Version: health\n"
        "POT-Creation-Date: 2027\n"
        "Last-Translator: Lan <lan@example.org>\n"
        "Language: vi\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "X-Team-Note: keep: this\n"
        "X-Domain: article\n"
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [("Project-Id-Version", 0), ("Language-Team", 1), ("Plural-Forms", 2), ("X-Other", 3)],
)
def test_a_missing_field_goes_where_it_belongs(name: str, line: int) -> None:
    header = Header(Entry("", "PO-Revision-Date: 2026\nLanguage: vi\nX-More: y\n"))

    changed = header.with_field(name, "new")

    lines = header.entry.msgstr.split("\n")
    lines.insert(line, f"{name}: new")
    assert changed.entry.msgstr.split("\n") == lines


# --- templates --------------------------------------------------------------------------------


def test_equal_entries_of_a_template_are_one_with_all_places() -> None:
    made = template(
        [
            Entry("Dose", references=("a.html",), extracted_comments=("heading", "shared")),
            Entry("Dose", references=("b.html",), extracted_comments=("shared", "link")),
            Entry("Dose", context="menu"),
        ],
        project="health",
        created="2026-11-22",
    )

    assert made.entries == (
        Entry(
            "Dose",
            references=("a.html", "b.html"),
            extracted_comments=("heading", "shared", "link"),
        ),
        Entry("Dose", context="menu"),
    )


def test_a_template_keeps_its_date_while_no_entry_changes() -> None:
    entries = [Entry("Dose", extracted_comments=("two\nlines",), references=("a b.html",))]
    first = template(entries, project="health", created="2026-11-01")
    on_disk = parse(serialize(first), path="x.pot")

    same = template(entries, project="health", created="2026-11-22", previous=on_disk)
    other = template([Entry("Rest")], project="health", created="2026-11-22", previous=on_disk)

    assert same == on_disk
    assert other.header
    assert other.header.get("POT-Creation-Date") == "2026-11-22"


# --- polib ------------------------------------------------------------------------------------


def test_polib_reads_what_we_write(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_text(VIETNAMESE, "utf-8")

    seen = polib.pofile(str(path), wrapwidth=0)

    assert from_polib(seen).entries == read(path).entries
    assert from_polib(seen).header == read(path).header


def test_a_catalog_goes_to_polib_and_back() -> None:
    catalog = parse(VIETNAMESE.encode(), path="x.po")

    pofile = to_polib(catalog)

    assert pofile.metadata["Language"] == "vi"
    assert [entry.msgid for entry in pofile.obsolete_entries()] == ["Old"]
    assert from_polib(pofile) == catalog
