"""What translators' tools, and people, make of a file is read for what it says, or refused."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest

from polypage.errors import ExchangeError
from polypage.exchange.bundle import Bundle
from polypage.exchange.formats import FORMATS, read
from polypage.html.xmltree import Element, parse, serialize, shield, unshield
from polypage.model import Entry
from tests.exchange.files import catalog, written
from tests.exchange.files import read as read_back

TEXT = '# mine\n#. ours\n#: a.html\nmsgid "Read <a1>this</a1><br/>now"\nmsgstr ""\n'


def entry_of(bundle: Bundle) -> Entry:
    (unit,) = bundle.units
    return unit.entry


def back(form: str, *edits: tuple[str, str]) -> Entry:
    """Read a file back in which somebody replaced texts, all of them there."""
    text = written(catalog(TEXT), form)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return entry_of(read_back(text, form))


CLOSED = "now</source>"


@pytest.mark.parametrize(
    ("target", "msgstr"),
    [
        ("<target>Xem</target>", "Xem"),
        ('<target><pc id="a1">Xem</pc><ph id="br"/></target>', "<a1>Xem</a1><br/>"),
        (
            '<target><sc id="a1"/>Xem<ec startRef="a1"/> R&amp;D</target>',
            "<a1>Xem</a1> R&amp;D",
        ),
        ('<target><mrk id="m1" type="term">Xem</mrk></target>', "Xem"),
        ('<target><sm id="m1" type="term"/>Xem<em startRef="m1"/></target>', "Xem"),
        ('<target><ec id="x" dataRef="d2" isolated="yes"/>Xem</target>', "</a1>Xem"),
        ('<target>Xem<cp hex="0007"/></target>', "Xem\a"),
        ('<target><pc id="1">Xem</pc></target>', "<x1>Xem</x1>"),
        ("<target>&lt;script&gt;</target>", "&lt;script>"),
        ("<target><![CDATA[a < b]]></target>", "a &lt; b"),
    ],
)
def test_a_target_of_xliff_2_is_read_whatever_tools_made_of_it(target: str, msgstr: str) -> None:
    assert back("xliff", (CLOSED, CLOSED + target)).msgstr == msgstr


@pytest.mark.parametrize(
    ("target", "msgstr"),
    [
        ('<target><g id="a1">Xem</g><x id="br"/></target>', "<a1>Xem</a1><br/>"),
        ('<target><bx id="a1" rid="1"/>Xem<ex id="9" rid="1"/></target>', "<a1>Xem</a1>"),
        ('<target><bpt id="a1">x</bpt>Xem<ept id="a1">x</ept></target>', "<a1>Xem</a1>"),
        ('<target><mrk mtype="seg" mid="0">Xem</mrk> <mrk mtype="seg">đi</mrk></target>', "Xem đi"),
        ("<target>Xem␛{7}</target>", "Xem\a"),
    ],
)
def test_a_target_of_xliff_1_is_read_whatever_tools_made_of_it(target: str, msgstr: str) -> None:
    assert back("xliff-1.2", (CLOSED, CLOSED + target)).msgstr == msgstr


@pytest.mark.parametrize(
    ("state", "fuzzy"),
    [
        ('state="translated"', False),
        ('state="reviewed"', False),
        ('state="final" subState="polypage:fuzzy"', False),
        ('state="initial"', True),
        ("", True),
    ],
)
def test_only_a_state_finishes_a_translation_in_xliff_2(state: str, fuzzy: bool) -> None:
    edits = ('state="initial"', state), (CLOSED, f"{CLOSED}<target>Xem</target>")

    assert back("xliff", *edits).fuzzy is fuzzy


@pytest.mark.parametrize(
    ("target", "approved", "fuzzy"),
    [
        ("<target>Xem</target>", "", False),
        ("<target>Xem</target>", ' approved="no"', True),
        ('<target state="translated">Xem</target>', ' approved="no"', False),
        ('<target state="needs-review-l10n">Xem</target>', ' approved="yes"', True),
        ('<target state="new">Xem</target>', "", True),
    ],
)
def test_a_state_that_asks_for_work_is_fuzzy_in_xliff_1(
    target: str, approved: str, fuzzy: bool
) -> None:
    edits = (CLOSED, CLOSED + target), (' xml:space="preserve"', f'{approved} xml:space="preserve"')

    assert back("xliff-1.2", *edits).fuzzy is fuzzy


@pytest.mark.parametrize(
    ("form", "note"),
    [
        ("xliff", ('<note category="reference">', "<note>see\nthe leaflet</note>")),
        ("xliff-1.2", ("<pp:meta", "<note>see\nthe leaflet</note>")),
    ],
)
def test_a_note_of_no_kind_of_ours_is_a_translator_comment(
    form: str, note: tuple[str, str]
) -> None:
    before, added = note
    text = written(catalog(TEXT), form)
    place = text.index(before, text.index("ours"))

    entry = entry_of(read_back(text[:place] + added + text[place:], form))

    assert set(entry.translator_comments) == {"mine", "see", "the leaflet"}
    assert entry.extracted_comments == ("ours",)


def test_segments_that_a_tool_cut_are_joined_in_the_order_of_their_targets() -> None:
    cut = (
        f'{CLOSED}<target order="3">ba</target></segment><ignorable><source/>'
        '<target order="2"> </target></ignorable><segment state="translated"><source>!</source>'
        '<target order="1">một</target>'
    )
    edits = ('state="initial"', 'state="translated"'), (CLOSED, cut)

    entry = back("xliff", *edits)

    assert entry.msgid == "Read <a1>this</a1><br/>now!"
    assert entry.msgstr == "một ba"
    assert not entry.fuzzy


NOW = '<segment state="final"><source>Rest now.</source><target{}>Nghỉ đi.</target></segment>'
BLANK = "<ignorable><source> </source>{}</ignorable>"
THEN = '<segment state="final"><source>Sleep.</source><target{}>Ngủ.</target></segment>'


@pytest.mark.parametrize(
    ("segments", "msgstr"),
    [
        ((NOW, BLANK, THEN), "Nghỉ đi. Ngủ."),
        ((NOW, BLANK.format("<target/>"), THEN), "Nghỉ đi.Ngủ."),
        ((NOW.format(' order="3"'), BLANK, THEN.format(' order="1"')), "Ngủ. Nghỉ đi."),
        ((NOW.format(' order="2"'), THEN.format(' order="01"'), BLANK), "Ngủ.Nghỉ đi. "),
        (
            (NOW, THEN.format(' order="3"'), BLANK.format('<target order="2"> </target>')),
            "Nghỉ đi. Ngủ.",
        ),
    ],
)
def test_segments_that_a_tool_cut_keep_what_stands_between_them(
    segments: tuple[str, ...], msgstr: str
) -> None:
    entry = entry_of(read_back(unit_of(*segments)))

    assert entry.msgstr == msgstr
    assert not entry.fuzzy


@pytest.mark.parametrize("copied", ["", "<target> </target>"])
def test_what_stands_between_segments_alone_is_no_translation(copied: str) -> None:
    blank = BLANK.format(copied)
    untranslated = "<segment><source>{}</source></segment>"

    entry = entry_of(
        read_back(unit_of(untranslated.format("Rest now."), blank, untranslated.format("Sleep.")))
    )

    assert (entry.msgid, entry.msgstr) == ("Rest now. Sleep.", "")


def test_a_translation_of_some_segments_is_not_finished() -> None:
    half = '<segment state="final"><source>Sleep.</source></segment>'

    entry = entry_of(read_back(unit_of(NOW, BLANK, half)))

    assert entry.fuzzy


@pytest.mark.parametrize("order", ["0", "4", "-1", "x", "1.5", "٢", "9" * 5_000])
def test_an_order_that_names_no_place_in_the_unit_is_refused(order: str) -> None:
    text = unit_of(NOW, f"\n{BLANK}", THEN.format(f' order="{order}"'))

    with pytest.raises(ExchangeError, match="order") as error:
        read_back(text)

    assert error.value.line == 3
    assert error.value.remedy
    assert len(str(error.value)) < 200


def unit_of(*segments: str) -> str:
    """Return a file of one unit with these segments; the marks in them are left empty."""
    head = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"'
    unit = "".join(segment.format("") for segment in segments)
    return f'{head} srcLang="en" trgLang="vi">\n<file id="f1"><unit id="u1">{unit}</unit></file></xliff>'


def test_what_a_tool_drops_of_codes_is_made_good_by_their_ids() -> None:
    text = written(catalog(TEXT))
    start, end = text.index("<originalData>"), text.index("</originalData>")

    bundle = read_back(text[:start] + text[end + len("</originalData>") :])

    assert entry_of(bundle).msgid == "Read <a1>this</a1><br/>now"


def test_a_translation_keeps_its_spelling_unless_it_was_edited() -> None:
    text = written(catalog('msgid "R&amp;D"\nmsgstr "R&D <b>&nbsp;"\n'))

    edited = text.replace("<target>R&amp;D", "<target>R&amp;D:")

    assert entry_of(read_back(text)).msgstr == "R&D <b>&nbsp;"
    assert entry_of(read_back(edited)).msgstr == "R&amp;D: &lt;b>\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("<b>", "b"),
        ('<A href="x/y">', "a1"),
        ("< / span >", "span1"),
        ("<br/>", "br"),
        ("<br / >", "br1"),
        ("<br\n/>", "br1"),
        ("<a1>", "a1"),
        ("<b<", "x1"),
        ("{b}", "x1"),
        # What is cut off is read in the time of one pass.
        ("<a" + " " * 200_000 + "<", "x1"),
        ("<" + " " * 200_000 + "<", "x1"),
        ("<a" + "-" * 200_000 + "<", "x1"),
    ],
    ids=lambda text: text[:9],
)
def test_a_code_of_another_memory_is_named_by_its_element(code: str, name: str) -> None:
    start = f'<bpt i="1">{escape(code)}</bpt>'
    own, other = (f'<seg>{start}{word}<ept i="1">x</ept></seg>' for word in ("Rest", "Nghỉ"))
    text = (
        f'{HEAD}<tmx version="1.4"><header srclang="en"/><body><tu>'
        f'<tuv xml:lang="en">{own}</tuv><tuv xml:lang="vi">{other}</tuv>'
        "</tu></body></tmx>"
    )

    entry = entry_of(read_back(text, "tmx"))

    assert (entry.msgid, entry.msgstr) == (f"<{name}>Rest</{name}>", f"<{name}>Nghỉ</{name}>")


def test_a_file_may_be_in_another_encoding() -> None:
    text = written(catalog('msgid "Drink"\nmsgstr "Uống"\n'))

    data = text.replace('"UTF-8"', '"UTF-16"').encode("utf-16")

    (bundle,) = FORMATS["xliff"].parse(data, path="dose.xlf")
    assert entry_of(bundle).msgstr == "Uống"


# --- what is refused --------------------------------------------------------------------------

HEAD = '<?xml version="1.0"?>\n'
BOMB = f"""{HEAD}<!DOCTYPE xliff [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<xliff version="1.2"><file original="&b;"/></xliff>"""
OUTSIDE = f"""{HEAD}<!DOCTYPE xliff [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<xliff version="1.2">&a;</xliff>"""
XLIFF = 'xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"'


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("", "is no well-formed XML", 1),
        ("<xliff", "is no well-formed XML", 1),
        (f"{HEAD}<xliff>\n<file></xliff>", "is no well-formed XML", 3),
        (f"{HEAD}<a>\x07</a>", "is no well-formed XML", 2),
        (f"{HEAD}<a>&nbsp;</a>", "is no well-formed XML", 2),
        (BOMB, "declares entities", None),
        (OUTSIDE, "declares entities", None),
        ("<d>" * 300 + "</d>" * 300, "is no well-formed XML", 1),
        (f'{HEAD}<html version="2"/>', "is in no format that can be read", 2),
        (f"{HEAD}<xliff {XLIFF}/>".replace("2.1", "3.0"), "is in no format", 2),
        (f'{HEAD}<xliff {XLIFF} srcLang="en">\n<file id="1"/></xliff>', "names no target", 2),
        (
            f'{HEAD}<xliff {XLIFF} srcLang="en" trgLang="vi"><file id="1">\n<unit id="1"/></file></xliff>',
            "a unit has no segment",
            3,
        ),
        (
            f'{HEAD}<xliff {XLIFF} srcLang="en" trgLang="vi"><file id="1">'
            '<unit id="1"><segment><source>A</source></segment></unit>\n'
            '<unit id="2"><segment><source>A</source></segment></unit></file></xliff>',
            "is there twice, first on line 2",
            3,
        ),
        (
            f'{HEAD}<xliff {XLIFF} srcLang="en" trgLang="vi"><file id="1">\n<unit id="1">'
            "<segment><source/><target>A</target></segment></unit></file></xliff>",
            "a unit has no source text",
            3,
        ),
        (
            f'{HEAD}<tmx version="1.4"><header srclang="*all*"/><body>\n<tu/></body></tmx>',
            "names no source language",
            3,
        ),
    ],
)
def test_a_file_that_cannot_be_trusted_or_understood_is_refused(
    text: str, says: str, line: int | None
) -> None:
    with pytest.raises(ExchangeError) as error:
        read(text.encode(), path="dose.xlf")

    assert says in str(error.value)
    assert error.value.line == line
    assert error.value.remedy or "no format" not in says


def test_each_format_refuses_the_others() -> None:
    files = {name: written(catalog(TEXT), name).encode() for name in FORMATS}

    for name, form in FORMATS.items():
        for other, data in files.items():
            if other != name:
                with pytest.raises(ExchangeError):
                    form.parse(data, path="dose")
        assert read(files[name], path="dose")[0] == name


# --- characters that XML cannot hold ----------------------------------------------------------


@pytest.mark.parametrize("text", ["", "plain", "\a", "␛", "␛{7}", "a␛\x0b␛{41}", "\uffff", "␛{}"])
def test_what_xml_cannot_hold_is_written_so_that_it_can_be_read_back(text: str) -> None:
    shielded = shield(text)
    tree = Element("a", {"b": shielded}, (shielded,) if text else ())

    data = serialize(tree, namespaces={}, mixed={"a"})

    assert parse(data, path="a.xml", prefixes={}) == tree
    assert unshield(shielded) == text


@pytest.mark.parametrize("text", ["␛{0}", "␛{d800}", "␛{110000}", "␛{99999999999999999}"])
def test_what_names_no_character_is_text(text: str) -> None:
    assert unshield(text) == text
