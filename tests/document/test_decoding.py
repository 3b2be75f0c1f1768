from __future__ import annotations

import codecs
from functools import partial

import pytest

from polypage.errors import SourceError
from polypage.html.decoding import decode
from tests.growth import assert_grows_evenly

PATH = "source_articles/page.html"
META = '<meta charset="{}">'
PRAGMA = '<meta http-equiv="Content-Type" content="text/html; charset={}">'
GERMAN = "Ärzte raten: täglich eine Übung für die Füße, höchstens zwölf Stück, nie müde. " * 9
RUSSIAN = "Врачи советуют: каждый день одно упражнение для ног, не больше двенадцати раз. " * 9


DECLARED = {
    "a UTF-8 byte order mark": (codecs.BOM_UTF8 + "né".encode(), "né"),
    "a mark outweighs a declaration": (
        codecs.BOM_UTF8 + (META.format("latin1") + "né").encode(),
        META.format("latin1") + "né",
    ),
    "UTF-16, little end first": (codecs.BOM_UTF16_LE + "né".encode("utf-16-le"), "né"),
    "UTF-16, big end first": (codecs.BOM_UTF16_BE + "né".encode("utf-16-be"), "né"),
    "nothing said: UTF-8": ("né".encode(), "né"),
    "meta charset": (META.format("windows-1251").encode() + "жар".encode("cp1251"), "жар"),
    "in capitals, without quotes": (b"<META CHARSET=KOI8-R>" + "жар".encode("koi8-r"), "жар"),
    "http-equiv": (PRAGMA.format("iso-8859-2").encode() + "ř".encode("iso8859-2"), "ř"),
    "its attributes in the other order": (
        b"<meta content='charset=\"iso-8859-7\"' http-equiv=content-type>" + b"\xe1",
        "α",
    ),
    "latin-1 means windows-1252": (b"<meta charset=iso-8859-1>\x93n\xe9\x94", "“né”"),
    "so does ASCII": (b"<meta charset=us-ascii>n\xe9", "né"),
    "what windows-1252 leaves open is a control character": (
        b"<meta charset=windows-1252>a\x81b",
        "a\x81b",
    ),
    "Japanese, with Microsoft's signs": (b"<meta charset=shift_jis>\x87\x40", "①"),
    "Korean, all of it": (b"<meta charset=euc-kr>\xb0\xa1\x81\x41", "가갂"),
    "Chinese, all of it": (b"<meta charset=gb2312>\xc4\xe3\x81\x30\x84\x36", "你¥"),
    "Taiwan": ("<meta charset=big5>好".encode("big5"), "好"),
    "a user's own": (b"<meta charset=x-user-defined>n\xe9", "né"),
    "a declaration of UTF-16 that can be read is wrong": ("<meta charset=utf-16>né".encode(), "né"),
    "far down in the page": (b" " * 9000 + b"<meta charset=latin1>n\xe9", "né"),
    "an unknown label, then a known one": (
        b"<meta charset=foo><meta charset=koi8-r>" + "жар".encode("koi8-r"),
        "жар",
    ),
    "an unknown label alone": ("<meta charset=foo>né".encode(), "né"),
    "in a comment it says nothing": (b"<!-- <meta charset=koi8-r> -->n\xc3\xa9", "né"),
    "nor in a script": (b"<script>'<meta charset=koi8-r>'</script>n\xc3\xa9", "né"),
    "nor as a part of a name": (b"<meta name=x data-charset=koi8-r>n\xc3\xa9", "né"),
    "nor as a description": (
        b'<meta name=description content="charset=koi8-r">n\xc3\xa9',
        "né",
    ),
    "an XML declaration": (b"<?xml version='1.0' encoding='iso-8859-1'?>n\xe9", "né"),
    "meta outweighs it": (
        b'<?xml version="1.0" encoding="koi8-r"?><meta charset=latin1>n\xe9',
        "né",
    ),
    "German without a declaration": (GERMAN.encode("cp1252"), GERMAN),
    "Russian without a declaration": (RUSSIAN.encode("cp1251"), RUSSIAN),
    "a stray byte in UTF-8": ((GERMAN + "x").encode() + b"\x93.", "x\udc93."),
    "and with a declaration": (
        (META.format("utf-8") + GERMAN + "x").encode() + b"\x93.",
        "x\udc93.",
    ),
}


@pytest.mark.parametrize(("data", "text"), DECLARED.values(), ids=DECLARED)
def test_a_page_is_read_in_its_encoding(data: bytes, text: str) -> None:
    decoded = decode(data, path=PATH)

    assert decoded.text.endswith(text)
    assert decoded.stray == ("\udc93" in text)


@pytest.mark.parametrize(
    ("data", "bom"),
    [
        (codecs.BOM_UTF8 + b"x", True),
        (b"x", False),
        (codecs.BOM_UTF16_LE + "x".encode("utf-16-le"), False),
        ("\ufeffx".encode("utf-16-be"), False),
    ],
)
def test_the_mark_of_utf_8_alone_is_remembered(data: bytes, bom: bool) -> None:
    assert decode(data, path=PATH) == ("x", bom, False)


REFUSED = {
    "empty": (b"", None, "is empty"),
    "blank": (b" \r\n\t ", None, "is empty"),
    "a mark and nothing else": (codecs.BOM_UTF8, None, "is empty"),
    "a mark and blanks": (codecs.BOM_UTF16_LE + " \n".encode("utf-16-le"), None, "is empty"),
    "no text": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, "is no text"),
    "not what it declares": (
        b"<meta charset=utf-8>\n<p>\nn\xe9</p>",
        3,
        "the byte 0xe9 at offset 26 is not utf-8",
    ),
    "not what its mark says": (
        codecs.BOM_UTF8 + b"\nn\xe9 ",
        2,
        "the byte 0xe9 at offset 5 is not utf-8",
    ),
    "half a character of UTF-16": (
        codecs.BOM_UTF16_LE + "x\n".encode("utf-16-le") + b"x",
        2,
        "the byte 0x78 at offset 6 is not utf-16-le",
    ),
    "not Japanese": (
        b"<meta charset=shift_jis>\n\x81 ",
        2,
        "the byte 0x81 at offset 25 is not cp932",
    ),
    "a byte that no character has": (
        b"<meta charset=windows-1253>\xaa",
        1,
        "the byte 0xaa at offset 27 is not cp1253",
    ),
    "an encoding that browsers refuse": (
        b"<meta charset=hz-gb-2312>n",
        None,
        "declares an encoding that no browser reads",
    ),
    "in no encoding that is known": (bytes(range(128, 256)) * 3, None, "in no encoding"),
}


@pytest.mark.parametrize(("data", "line", "problem"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_decoded_is_refused(data: bytes, line: int | None, problem: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, path=PATH)

    error = caught.value
    assert problem in error.problem
    assert (error.path, error.line) == (PATH, line)
    assert error.remedy


def test_declarations_by_the_thousand_are_read_a_few_times_at_most() -> None:
    mention = b"<meta charset=foo> "

    assert_grows_evenly(partial(decode, path=PATH), mention * 1000, mention * 8000)
