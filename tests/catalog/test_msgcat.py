"""What gettext's own tool makes of odd but valid catalogs, and we with it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from polypage.catalogs.catalog import parse, serialize

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'

SAME = {
    "blanks and line ends between tokens": '  msgid   "c"\n\t"x"\nmsgstr\n"d"\n',
    "all on one line": 'msgid "a" msgstr "b" msgid "c" msgstr "d"\n',
    "no line end at the end": 'msgid "a"\nmsgstr "b"',
    "no blank line between": 'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n',
    "a comment behind": 'msgid "a"\nmsgstr "b" # c\nmsgid "c"\nmsgstr "d"\n',
    "escapes": r'msgid "\"\\\a\b\t\v\f\r"' + '\nmsgstr "x"\n',
    "characters as bytes": r'msgid "\101\x41\303\251\xc3\xa9"' + '\nmsgstr "x"\n',
    "an escape that ends with its string": 'msgid "\\7" "\\x9"\n"1a"\nmsgstr "\\1" "01"\n',
    "a character as bytes of two strings": 'msgid "\\303" "\\251"\nmsgstr "\\xc3"\n"\\xa9"\n',
    "hexadecimal escapes of any length": 'msgid "\\x1041"\nmsgstr "\\0101"\n',
    "a lone CR": 'msgid "a\rb"\nmsgstr "\r"\n',
    "a line end within": 'msgid "a\\nb"\nmsgstr "\\n"\n',
    "a line end at the end": 'msgid "a\\n"\nmsgstr "\\nb\\n\\n"\n',
    "line separators that are none": 'msgid "a\x85\u2028\u2029"\nmsgstr "\x1c"\n',
    "an empty context": 'msgctxt ""\nmsgid "a"\nmsgstr "b"\n',
    "an empty msgid with a context": 'msgctxt "x"\nmsgid ""\nmsgstr "b"\n',
    "one text in two contexts": 'msgid "a"\nmsgstr "b"\n\nmsgctxt "x"\nmsgid "a"\nmsgstr "c"\n',
    "plural forms": 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] ""\n',
    "comments without a blank": '#a\n#.b\n#:c.c:3\n#,no-wrap\nmsgid "a"\nmsgstr "b"\n',
    "empty comments": '# \n#\n#  \n#.\n#. \n#. x\nmsgid "a"\nmsgstr "b"\n',
    "comments after blank lines": '#c1\n\n\n#c2\n\nmsgid "a"\nmsgstr "d"\n',
    "an EOT in a comment": '# a\4b\nmsgid "a"\nmsgstr "b"\n',
    "odd comments": '#= x\n#-x\n##\n#\tx\n# x \nmsgid "a"\nmsgstr "b"\n',
    "comments out of order": '#: a:1\n#. x\n# y\n#, no-wrap\n#. z\nmsgid "a"\nmsgstr "b"\n',
    "references at the margin": f'#: {"x" * 40} {"y" * 35}\nmsgid "a"\nmsgstr "b"\n',
    "references past the margin": f'#: {"x" * 40} {"y" * 36} z\nmsgid "a"\nmsgstr "b"\n',
    "references in bytes": f'#: {"é" * 20} {"y" * 36}\nmsgid "a"\nmsgstr "b"\n',
    "a reference that is too long": f'#: {"x" * 99} a:1\nmsgid "a"\nmsgstr "b"\n',
    "references twice": '#: a.c:1 b.c:2\n#: a.c:1 ./d.c:3\nmsgid "a"\nmsgstr "b"\n',
    "no references": '#:\nmsgid "a"\nmsgstr "b"\n',
    "flags out of order": '#, no-wrap, c-format, range: 0..9, fuzzy\nmsgid "a"\nmsgstr "b"\n',
    "languages out of order": '#, php-format, no-c-format, python-format\nmsgid "a"\nmsgstr "b"\n',
    "fuzzy without a translation": '#, fuzzy\nmsgid "a"\nmsgstr ""\n',
    "previous texts": '#| msgctxt "c"\n#| msgid "k"\n#| msgid_plural "ks"\nmsgid "a"\nmsgstr "b"\n',
    "a previous text of many lines": '#| msgid ""\n#|"k\\n"\n#| "l"\nmsgid "a"\nmsgstr "b"\n',
    "obsolete entries in between": '#~ msgid "a"\n#~ msgstr "b"\n\nmsgid "c"\nmsgstr "d"\n',
    "obsolete entries in a row": '#~ msgid "a"\n#~ msgstr "b"\n#~ msgid "c"\n#~ msgstr "d"\n',
    "an obsolete entry with everything": (
        '# c\n#. x\n#: r:1\n#, fuzzy\n#~| msgctxt "o"\n#~| msgid "k"\n'
        '#~ msgctxt "x"\n#~ msgid "a\\n"\n#~ "b"\n#~ msgid_plural ""\n#~ "as"\n'
        '#~ msgstr[0] "b"\n#~ msgstr[1] "msgstr[2]"\n#~ "c"\n'
    ),
    "obsolete without a blank": '#~|msgid "k"\n#~msgid "a"\n#~msgstr "b"\n',
    "empty obsolete lines": '#~\n#~ msgid "a"\n#~\n#~ msgstr "b"\n#~\n\n#~ msgid "c"\n#~ msgstr "d"\n#~',
    "an obsolete context alone": '#~ msgctxt ""\n#~ msgid ""\n#~ msgstr "d"\n',
}

KEPT = {
    "flags that only Weblate knows": '#, max-length:40, placeholders:"a,b"\nmsgid "a"\nmsgstr ""\n',
    "two lines of flags": '#, fuzzy, no-wrap\nmsgid "a"\nmsgstr "b"\n',
    "comments at the end": 'msgid "a"\nmsgstr "b"\n\n# end\n# of file\n',
    "a comment on an untranslated obsolete entry": '# c\n#~ msgid "a"\n#~ msgstr ""\n',
    "a range without plural forms": '#, range: 1..3\nmsgid "a"\nmsgstr "b"\n',
    "a reference with blanks": '#: \u2068two words.html\u2069:3 a.html\nmsgid "a"\nmsgstr "b"\n',
}


@pytest.mark.needs_program("msgcat")
@pytest.mark.parametrize("name", SAME)
def test_we_write_what_msgcat_writes(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.po"
    path.write_text(HEADER + SAME[name], "utf-8")

    done = subprocess.run(["msgcat", "--no-wrap", path], capture_output=True, check=True)

    assert serialize(parse(path.read_bytes(), path="x.po")) == done.stdout


@pytest.mark.parametrize("name", KEPT)
def test_we_keep_what_msgcat_drops(name: str) -> None:
    text = HEADER + KEPT[name]

    assert serialize(parse(text.encode(), path="x.po")).decode() == text


def test_fuzzy_survives_a_second_line_of_flags() -> None:
    text = HEADER + '#, fuzzy\n#, no-wrap\nmsgid "a"\nmsgstr "b"\n'

    (entry,) = parse(text.encode(), path="x.po").entries

    assert entry.flags == ("fuzzy", "no-wrap")


@pytest.mark.parametrize("comment", [b"#", b"#."])
def test_a_backslash_does_not_swallow_the_next_line(comment: bytes) -> None:
    entry = b'msgid "a"\nmsgstr "b"\n'
    catalog = parse(comment + b" C:\\\n" + entry, path="x.po")

    written = serialize(catalog)

    assert written == comment + b" C:\\ \n" + entry
    assert parse(written, path="x.po") == catalog
