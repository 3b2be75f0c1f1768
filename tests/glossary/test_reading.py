"""Glossaries are read for what they say, or refused with file and line."""

from __future__ import annotations

import pytest

from polypage.checking.glossary import Status, Term, read_csv
from polypage.checking.tbx import read_tbx
from polypage.errors import GlossaryError

PATH = "locales/vi/glossary.csv"


def csv(text: str) -> tuple[Term, ...]:
    return read_csv(text.encode(), path=PATH)


def test_each_line_is_a_term() -> None:
    terms = csv(
        "source,target,status,note,part of speech,case-sensitive\n"
        "scar,sẹo,,,noun,\n"
        'scar,thẹo,forbidden,"a dialect\'s word, says the clinic",,\n'
        "\n"
        "IT,,do not translate,,,yes\n"
    )

    assert terms == (
        Term("scar", "sẹo", part_of_speech="noun"),
        Term("scar", "thẹo", Status.FORBIDDEN, "a dialect's word, says the clinic"),
        Term("IT", "", Status.DO_NOT_TRANSLATE, case_sensitive=True),
    )
    assert [term.line for term in terms] == [2, 3, 5]


@pytest.mark.parametrize(
    "text",
    ["source;target\nscar;sẹo, vết\n", "\ufeffSource\tTarget\r\nscar\tsẹo, vết\r\n"],
)
def test_what_spreadsheets_write_is_read(text: str) -> None:
    assert csv(text) == (Term("scar", "sẹo, vết"),)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", None, "is empty; begin it with source,target,status,note"),
        ("scar,sẹo\n", 1, "'scar' is no column; there are: source"),
        ("source,targt\n", 1, "'targt' is no column; did you mean 'target'?"),
        ("target\nsẹo\n", 1, "has no column 'source'"),
        ("source,source\n", 1, "'source' is there twice"),
        ("source,target\nscar,sẹo,noun\n", 2, "has 3 cells for 2 columns"),
        ("source,target\nscar,sẹo\n,thẹo\n", 3, "has no source term"),
        ("source,target\nscar,\n", 2, "'scar' has no target; write one, or the status do-not-"),
        ("source,target,status\nscar,sẹo,prefered\n", 2, "did you mean 'preferred'?"),
        ("source,target,case_sensitive\nscar,sẹo,perhaps\n", 2, "is 'perhaps'; write yes or no"),
        ('source,target\nscar,"sẹo\nthẹo\n', 2, "is no CSV"),
        ("source,target,status\nscar,sẹo,\nScar,sẹo,forbidden\n", 3, "is forbidden here and pref"),
        ("source,target,status\na,b,\na,,do-not-translate\n", 3, "is do-not-translate here and pr"),
        ("source,target,status\na,,do-not-translate\na,b,\n", 3, "is preferred here and do-not"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(text: str, line: int | None, says: str) -> None:
    with pytest.raises(GlossaryError) as error:
        csv(text)

    assert says in str(error.value)
    assert (error.value.path, error.value.line) == (PATH, line)


def test_a_table_in_another_encoding_is_refused() -> None:
    with pytest.raises(GlossaryError) as error:
        read_csv("source,target\nscar,cicatrisé\n".encode("latin-1"), path=PATH)

    assert str(error.value) == f"{PATH}:2: is not UTF-8; save it as UTF-8"


def test_the_same_source_may_be_two_words_by_their_capitals() -> None:
    terms = csv("source,target,status,case_sensitive\nIT,,do-not-translate,yes\nit,nó,,yes\n")

    assert len(terms) == 2


# --- TBX --------------------------------------------------------------------------------------

DCA = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>A clinic</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
<conceptEntry id="1">
  <descrip type="subjectField">skin</descrip>
  <langSec xml:lang="en-US"><termSec><term>scar</term>
    <termNote type="partOfSpeech">noun</termNote></termSec></langSec>
  <langSec xml:lang="vi">
    <termSec><term>sẹo</term></termSec>
    <termSec><term>thẹo</term>
      <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
      <note>a dialect's word</note></termSec>
  </langSec>
</conceptEntry>
<conceptEntry id="2">
  <langSec xml:lang="en"><termSec><term>collagen</term></termSec></langSec>
  <langSec xml:lang="vi"><termSec><term>collagen</term></termSec></langSec>
  <langSec xml:lang="de"><termSec><term>Kollagen</term></termSec></langSec>
</conceptEntry>
<conceptEntry id="3"><langSec xml:lang="en"><termSec><term>roller</term></termSec></langSec>
</conceptEntry>
</body></text></tbx>
"""

DCT = (
    DCA.replace('style="dca"', 'style="dct" xmlns:min="http://www.tbxinfo.net/ns/min"')
    .replace(
        '<descrip type="subjectField">skin</descrip>', "<min:subjectField>skin</min:subjectField>"
    )
    .replace(
        '<termNote type="partOfSpeech">noun</termNote>', "<min:partOfSpeech>noun</min:partOfSpeech>"
    )
    .replace(
        '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>',
        "<min:administrativeStatus>notRecommended</min:administrativeStatus>",
    )
)

MARTIF = (
    DCA.replace(
        '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">',
        '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">\n<martif type="TBX-Basic" xml:lang="en">',
    )
    .replace("</tbx>", "</martif>")
    .replace("tbxHeader", "martifHeader")
    .replace("conceptEntry", "termEntry")
    .replace("langSec", "langSet")
    .replace("<termSec>", "<ntig><termGrp>")
    .replace("</termSec>", "</termGrp></ntig>")
)
TIG = MARTIF.replace("<ntig><termGrp>", "<tig>").replace("</termGrp></ntig>", "</tig>")


def tbx(text: str) -> tuple[Term, ...]:
    return read_tbx(text.encode(), path="glossary.tbx", source="en", target="vi")


@pytest.mark.parametrize("text", [DCA, DCT, MARTIF, TIG], ids=["dca", "dct", "ntig", "tig"])
def test_every_form_of_tbx_says_the_same(text: str) -> None:
    terms = tbx(text)

    assert terms == (
        Term("scar", "sẹo", part_of_speech="noun"),
        Term("scar", "thẹo", Status.FORBIDDEN, "a dialect's word", part_of_speech="noun"),
        Term("collagen", "", Status.DO_NOT_TRANSLATE),
    )
    assert [term.path for term in terms] == ["glossary.tbx"] * 3
    assert terms[0].line == text[: text.index("sẹo")].count("\n") + 1


def test_a_section_of_just_the_locale_goes_before_one_of_its_language() -> None:
    text = DCA.replace('xml:lang="vi"', 'xml:lang="vi-VN"').replace(
        'xml:lang="de"', 'xml:lang="vi"'
    )

    terms = tbx(text)

    assert [term.target for term in terms] == ["sẹo", "thẹo", "Kollagen"]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("<tbx", 1, "is no well-formed XML"),
        ("<xliff/>", 1, "is no TBX"),
        (DCA.replace('"vi"', '"de"'), None, "has no terms in en and vi"),
        (DCA.replace("deprecatedTerm-", "deprecated-"), 11, "is no administrative status"),
        (DCA.replace("<term>sẹo</term>", "<term/>"), 10, "a term is empty"),
        (DCA.replace("<term>thẹo</term>", "<term>sẹo</term>"), 11, "is forbidden here and pref"),
    ],
)
def test_a_terminology_that_makes_no_sense_is_refused(
    text: str, line: int | None, says: str
) -> None:
    with pytest.raises(GlossaryError) as error:
        tbx(text)

    assert says in str(error.value)
    assert error.value.line == line
