"""What is said of a part of a page, in each of the data categories of ITS 2.0."""

from __future__ import annotations

import pytest

from polypage.html.document import read as read_document
from polypage.limits import LocaleFilter, Storage
from polypage.rules.its import Its, read
from polypage.rules.its_marks import Marks, Note, Target, Term
from polypage.rules.its_selection import Part
from tests.its.inheritance import resolve
from tests.its.marking import marked, page, parsed

TRANSLATE_NO = '<translateRule selector="//h:p" translate="no"/>'
STORAGE = '<storageSizeRule selector="//h:p" storageSizePointer="@data-size"'

CASES = {
    # -- translate
    "nothing is said": ("<p id=x>", "", Marks()),
    "translate": ("<p id=x translate=no>", "", Marks(translate=False)),
    "translate in any case": ("<p id=x translate=nO>", "", Marks(translate=False)),
    "translate alone means yes": ("<p id=x translate>", "", Marks(translate=True)),
    "a wrong translate means nothing": ("<p id=x translate=maybe>", "", Marks()),
    "translate is inherited": ("<p translate=no><b id=x>", "", Marks(translate=False)),
    "a rule": ("<p id=x>", TRANSLATE_NO, Marks(translate=False)),
    "what a rule says is inherited": ("<p><b id=x>", TRANSLATE_NO, Marks(translate=False)),
    "an attribute prevails over a rule": (
        "<p id=x translate=yes>", TRANSLATE_NO, Marks(translate=True),
    ),
    "a rule prevails over what is inherited from an attribute": (
        "<div translate=yes><p id=x>", TRANSLATE_NO, Marks(translate=False),
    ),
    "the last rule prevails": (
        "<p id=x>",
        TRANSLATE_NO + '<translateRule selector="//h:*" translate="yes"/>',
        Marks(translate=True),
    ),
    "rules of different categories add up": (
        "<p id=x>",
        TRANSLATE_NO + '<dirRule selector="//h:p" dir="rtl"/>',
        Marks(translate=False, direction="rtl"),
    ),
    # -- elements within text
    "within text": ("<p id=x its-within-text=Nested>", "", Marks(within_text="nested")),
    "within text is not inherited": ("<p its-within-text=nested><b id=x>", "", Marks()),
    "a rule for within text": (
        "<b id=x>", '<withinTextRule selector="//h:b" withinText="no"/>', Marks(within_text="no"),
    ),
    # -- localization note
    "a note": (
        '<p id=x its-loc-note=" the\n drug ">', "", Marks(note=Note("the drug")),
    ),
    "an alert": (
        "<p id=x its-loc-note=dose its-loc-note-type=ALERT>", "", Marks(note=Note("dose", alert=True)),
    ),
    "a note elsewhere": (
        "<p id=x its-loc-note-ref=notes.html#1>", "", Marks(note=Note(reference="notes.html#1")),
    ),
    "a note is inherited": ("<p its-loc-note=dose><b id=x>", "", Marks(note=Note("dose"))),
    "a kind of note alone is no note": ("<p id=x its-loc-note-type=alert>", "", Marks()),
    "a note in a rule": (
        "<p id=x>",
        '<locNoteRule selector="//h:p" locNoteType="alert"><locNote>the\n  drug</locNote></locNoteRule>',
        Marks(note=Note("the drug", alert=True)),
    ),
    "a note on the page": (
        "<p id=x>5 <i>not</i> <b>the\n drug</b>",
        '<locNoteRule selector="//h:p" locNoteType="description" locNotePointer="h:b"/>',
        Marks(note=Note("the drug")),
    ),
    "a pointer to nothing": (
        "<p id=x>",
        '<locNoteRule selector="//h:p" locNoteType="description" locNotePointer="h:b"/>',
        Marks(),
    ),
    "an address in a rule": (
        "<p id=x>",
        '<locNoteRule selector="//h:p" locNoteType="alert" locNoteRef="notes.html"/>',
        Marks(note=Note(reference="notes.html", alert=True)),
    ),
    "an address on the page": (
        "<div title=notes.html><p id=x>",
        '<locNoteRule selector="//h:p" locNoteType="description" locNoteRefPointer="../@title"/>',
        Marks(note=Note(reference="notes.html")),
    ),
    "one note prevails over another as a whole": (
        "<p id=x its-loc-note=dose>",
        '<locNoteRule selector="//h:p" locNoteType="alert" locNoteRef="notes.html"/>',
        Marks(note=Note("dose")),
    ),
    # -- terminology
    "a term": (
        "<p id=x its-term=YES its-term-info-ref=#t its-term-confidence=0.5"
        " its-annotators-ref='terminology|tool text-analysis|other'>",
        "",
        Marks(
            term=Term(reference="#t", confidence="0.5"),
            annotators=(("terminology", "tool"), ("text-analysis", "other")),
        ),
    ),
    "no term": ("<p id=x its-term=no its-term-info-ref=#t>", "", Marks(term=Term(is_term=False))),
    "a term is not inherited": ("<p its-term=yes><b id=x>", "", Marks()),
    "a term and its definition": (
        "<p><em id=x>dose</em> <dfn>how\n much</dfn>",
        '<termRule selector="//h:em" term="yes" termInfoPointer="../h:dfn"/>',
        Marks(term=Term(info="how much")),
    ),
    "a term and its address": (
        "<p><a id=x href=#dose>dose</a>",
        '<termRule selector="//h:a" term="yes" termInfoRefPointer="@href"/>',
        Marks(term=Term(reference="#dose")),
    ),
    "programs are inherited, each for its category": (
        "<div its-annotators-ref='a|1 b|1'><p id=x its-annotators-ref=b|2>",
        "",
        Marks(annotators=(("a", "1"), ("b", "2"))),
    ),
    # -- language, directionality, white space
    "a language": ("<p lang=fr-CA><b id=x>", "", Marks(language="fr-CA")),
    "an unknown language": ("<p id=x lang>", "", Marks(language="")),
    "HTML's lang prevails over XML's": ("<p id=x lang=fr xml:lang=de>", "", Marks(language="fr")),
    "XML's lang": ("<p id=x xml:lang=de>", "", Marks(language="de")),
    "a language that is said in another way": (
        "<p id=x data-l=fr>", '<langRule selector="//h:p" langPointer="@data-l"/>', Marks(language="fr"),
    ),
    "lang prevails over another way": (
        "<p id=x data-l=fr lang=de>",
        '<langRule selector="//h:p" langPointer="@data-l"/>',
        Marks(language="de"),
    ),
    "a direction": ("<p dir=RTL><b id=x>", "", Marks(direction="rtl")),
    "a wrong direction means nothing": ("<p id=x dir=up>", "", Marks()),
    "a rule for directions": (
        "<p id=x class=r>", '<dirRule selector="//*[@class=&apos;r&apos;]" dir="rlo"/>',
        Marks(direction="rlo"),
    ),
    "white space": ("<p xml:space=preserve><b id=x>", "", Marks(preserve_space=True)),
    "a rule for white space": (
        "<p id=x>", '<preserveSpaceRule selector="//h:p" space="preserve"/>', Marks(preserve_space=True),
    ),
    # -- domain
    "a domain": (
        "<meta name=keywords content=\"skin, 'criminal law' ,, skin,Sports\"><p id=x>",
        '<domainRule selector="/h:html/h:body" domainPointer="/h:html/h:head/h:meta/@content"'
        " domainMapping=\"'criminal law' law, sports leisure\"/>",
        Marks(domains=("skin", "law", "Sports")),
    ),
    "domains of several places": (
        "<p id=x><i>skin</i><i>hair</i>",
        '<domainRule selector="//h:p" domainPointer="h:i" domainMapping="skin dermatology"/>',
        Marks(domains=("dermatology", "hair")),
    ),
    # -- locale filter
    "some locales": (
        '<div its-locale-filter-list="fr-CA, *-DE"><p id=x>', "", Marks(locales=LocaleFilter("fr-CA, *-DE")),
    ),
    "all but some locales": (
        "<p id=x its-locale-filter-list=fr its-locale-filter-type=ExClude>",
        "",
        Marks(locales=LocaleFilter("fr", exclude=True)),
    ),
    "no locales": ("<p id=x its-locale-filter-list=''>", "", Marks(locales=LocaleFilter(""))),
    "a rule for locales": (
        "<p id=x>",
        '<localeFilterRule selector="//h:p" localeFilterList="" localeFilterType="exclude"/>',
        Marks(locales=LocaleFilter("", exclude=True)),
    ),
    # -- id value
    "an id alone": ("<p id=x>", "", Marks()),
    "an id that a rule points to": (
        "<p id=x>", '<idValueRule selector="//h:p" idValue="@id"/>', Marks(id_value="x"),
    ),
    "an id prevails over what a rule makes": (
        "<p id=x>", '<idValueRule selector="//h:p" idValue="\'y\'"/>', Marks(id_value="x"),
    ),
    # -- external resource, target pointer
    "an external resource": (
        "<video id=x src=v.mp4 poster=v.png>",
        '<externalResourceRefRule selector="//h:video" externalResourceRefPointer="@poster"/>',
        Marks(external_resource="v.png"),
    ),
    "a target": (
        "<p id=x>source<p class=t>target",
        '<param name="c">t</param><targetPointerRule selector="//h:p[not(@class)]"'
        " targetPointer=\"following::h:p[@class=$c and '$c'!='']\"/>",
        Marks(target=Target("following::h:p[@class='t' and '$c'!='']", Part(3))),
    ),
    # -- limits
    "allowed characters": (
        "<p its-allowed-characters=[a-z]><b id=x>", "", Marks(allowed_characters="[a-z]"),
    ),
    "a rule for allowed characters": (
        "<p id=x data-a=[0-9]>",
        '<allowedCharactersRule selector="//h:p" allowedCharactersPointer="@data-a"/>',
        Marks(allowed_characters="[0-9]"),
    ),
    "a storage size": (
        "<p id=x its-storage-size=25 its-storage-encoding=ISO-8859-1 its-line-break-type=lF>",
        "",
        Marks(storage=Storage(25, "ISO-8859-1")),
    ),
    "a storage size is not inherited": ("<p its-storage-size=25><b id=x>", "", Marks()),
    "a storage size on the page": (
        "<p id=x data-size=8 data-e=UTF-16>",
        f'{STORAGE} storageEncodingPointer="@data-e" lineBreakType="crlf"/>',
        Marks(storage=Storage(8, "UTF-16", "crlf")),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("html", "inner", "expected"), CASES.values(), ids=CASES)
def test_an_element_is_marked(html: str, inner: str, expected: Marks) -> None:
    assert marked(html, inner) == expected


ATTRIBUTE_CASES = {
    "HTML's texts": ("<p id=x title=t>", "", "title", Marks()),
    "texts where nothing is translated": (
        "<p id=x title=t translate=no>", "", "title", Marks(translate=False),
    ),
    "what is no text": ("<p id=x>", "", "id", Marks(translate=False)),
    "a rule": (
        "<p id=x data-t=t>",
        '<translateRule selector="//h:p/@data-t" translate="yes"/>',
        "data-t",
        Marks(translate=True),
    ),
    "a rule for the element only": ("<p id=x title=t>", TRANSLATE_NO, "title", Marks(translate=False)),
    "notes are for elements": ("<p id=x title=t its-loc-note=dose>", "", "title", Marks()),
    "a note for the attribute": (
        "<img id=x alt=t>",
        '<locNoteRule selector="//@alt" locNoteType="alert"><locNote>n</locNote></locNoteRule>',
        "alt",
        Marks(note=Note("n", alert=True)),
    ),
    "language and direction": (
        "<p id=x title=t lang=fr dir=rtl>", "", "title", Marks(language="fr", direction="rtl"),
    ),
    "an identifier made of another": (
        "<img id=x alt=t>",
        """<idValueRule selector="//h:img/@alt" idValue="concat(../@id, '-', .)"/>""",
        "alt",
        Marks(id_value="x-t"),
    ),
    "what an attribute refers to": (
        "<video id=x src=v.mp4>",
        '<externalResourceRefRule selector="//h:video/@src" externalResourceRefPointer="."/>',
        "src",
        Marks(translate=False, external_resource="v.mp4"),
    ),
    "a term": (
        "<img id=x alt=t title=d>",
        '<termRule selector="//h:img/@alt" term="yes" termInfoPointer="../@title"/>',
        "alt",
        Marks(term=Term(info="d")),
    ),
    "XML's attributes": (
        "<p id=x xml:lang=fr>",
        '<translateRule selector="//@xml:lang" translate="yes"/>',
        "xml:lang",
        Marks(translate=True, language="fr"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("html", "inner", "attribute", "expected"), ATTRIBUTE_CASES.values(), ids=ATTRIBUTE_CASES
)
def test_an_attribute_is_marked(html: str, inner: str, attribute: str, expected: Marks) -> None:
    assert marked(html, inner, attribute=attribute) == expected


@pytest.mark.parametrize(
    ("expression", "id_value"),
    [
        ("../@id", "a"),
        ("concat(../@id, '_t')", "a_t"),
        ("count(../h:p)", "2"),
        ("count(../h:p) div 4", "0.5"),
        ("not(../@id)", "false"),
        ("text()", "one"),
        ("@name", None),
    ],
)
def test_an_identifier_is_made_of_what_stands_around(expression: str, id_value: str | None) -> None:
    document = page("<div id=a><p>one</p><p>two")

    its = read(document, rules=parsed(f'<idValueRule selector="//h:p[1]" idValue="{expression}"/>'))

    assert [marks.id_value for marks in its.rules.values()] == [id_value]


def test_what_is_said_is_kept_apart_by_who_says_it() -> None:
    document = page("<p><b translate=yes title=t>")
    (*_, p, b) = document.elements

    its = read(
        document, rules=parsed(TRANSLATE_NO + '<dirRule selector="//h:b/@title" dir="ltr"/>')
    )

    assert its == Its(
        rules={p.place: Marks(translate=False)},
        local={b.place: Marks(translate=True)},
        attributes={(b.place, "title"): Marks(direction="ltr")},
    )


@pytest.mark.parametrize(
    ("html", "code", "message"),
    [
        (
            "<p>\n<p its-storage-size=many>", "its-value",
            'its-storage-size="many" must be a number of bytes',
        ),
        (
            "<p>\n<p its-within-text=maybe>", "its-value",
            'its-within-text="maybe" must be yes, no or nested',
        ),
        (
            "<p>\n<p its-allowed-characters='a|b'>", "its-unchecked",
            'the allowed characters "a|b" cannot be understood, so that nothing is checked against it',
        ),
        (
            "<p>\n<p its-storage-size=5 its-storage-encoding=EBCDIC-XX>", "its-unchecked",
            'the storage encoding "EBCDIC-XX" cannot be understood, so that nothing is checked against it',
        ),
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_found(html: str, code: str, message: str) -> None:
    its = read(page(html))

    assert [(each.code, each.line, each.message) for each in its.findings] == [(code, 2, message)]


def test_a_value_on_the_page_that_a_rule_cannot_take_is_found() -> None:
    document = page("<p data-size=many>")

    its = read(document, rules=parsed(f"{STORAGE}/>"))

    assert resolve(document.elements, its)[-1] == Marks()
    assert [(each.code, each.path, each.line) for each in its.findings] == [
        ("its-value", "glossary.its", 1)
    ]


def test_a_page_without_its_says_nothing() -> None:
    document = read_document(b"<h1 class=a>Dose</h1><p id=b>Take <b>5 mg</b>.", path="dose.html")

    its = read(document)

    assert its == Its()
    assert set(resolve(document.elements, its)) == {Marks()}
