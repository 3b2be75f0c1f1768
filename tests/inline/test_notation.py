from __future__ import annotations

import pytest

from polypage.model import Content, Paired, Severity, Span, Standalone
from polypage.reading.inline import from_msgstr, plain_text, to_msgid
from tests.contents import content

FIXED = ("font1", "font2")


def test_a_segment_is_written_with_named_tags() -> None:
    bold = Paired("b", Span(31, 34), Span(38, 42), ("full",))
    segment: Content = (
        "Read ",
        Paired("a1", Span(5, 27), Span(48, 52), ("the ", bold, " paper")),
        Standalone("br", Span(52, 56)),
        "R&D: x < y",
    )

    assert to_msgid(segment) == "Read <a1>the <b>full</b> paper</a1><br/>R&amp;D: x &lt; y"


def test_a_msgid_is_xml_to_editors_that_check_it() -> None:
    assert to_msgid(("a[b[0]]>1",)) == "a[b[0]]&gt;1"


def test_plain_text_leaves_codes_out_or_marks_standalone_ones() -> None:
    segment = content("<b>Rice</b><br/>with <img1/>tea")

    assert plain_text(segment) == "Ricewith tea"
    assert plain_text(segment, code=" ") == "Rice with  tea"


def test_content_may_nest_deeper_than_functions_may() -> None:
    depth = 5_000
    deep: Content = ("x",)
    for place in range(depth):
        deep = (Paired("b", Span(place, place), Span(place, place), deep),)

    reading = from_msgstr(to_msgid(deep), deep)

    assert not reading.findings
    assert reading.content is not None
    assert to_msgid(reading.content) == "<b>" * depth + "x" + "</b>" * depth


READ = {
    "an ampersand as it should be": ("Rice", "Riz &amp; thé", "Riz &amp; thé"),
    "a lone ampersand": ("Rice", "Riz & thé", "Riz &amp; thé"),
    "a named reference": ("5 mg", "5&nbsp;mg", "5\xa0mg"),
    "numbered references": ("Yes", "D&#8217;accord &#x2713;", "D’accord ✓"),
    "what only resembles a reference": (
        "Dogs",
        "R&Dogs, ?a=1&copy=2",
        "R&amp;Dogs, ?a=1&amp;copy=2",
    ),
    "a reference to a reference": ("Write &amp;lt;", "Écrire &amp;lt;", "Écrire &amp;lt;"),
    "a lone less-than": ("x &lt; y", "x < y > z", "x &lt; y > z"),
    "numbers compared": ("x &lt; 5", "x<5 et y>6", "x&lt;5 et y>6"),
    "letters compared, a code's name among them": (
        "<b>B</b>",
        "<b>B</b>: a < x",
        "<b>B</b>: a &lt; x",
    ),
    "white space": ("One two", "\n Un \t deux\n", "Un deux"),
    "no-break spaces": ("One", "\xa0Un\xa0\xa0", "\xa0Un\xa0\xa0"),
    "blanks at codes": ("Is <b>it</b>?", "C’est <b> ça </b> ?", "C’est <b> ça </b> ?"),
    "a standalone code in HTML's way": ("A<br/>B", "C<br>D", "C<br/>D"),
    "a standalone code with a blank": ("A<br/>B", "C<br />D", "C<br/>D"),
    "a standalone code with an end": ("A<img1/>B", "C<img1></img1>D", "C<img1/>D"),
    "an end for a standalone code": ("A<br/>B", "C</br>D", "C<br/>D"),
    "blanks in tags": ("<a1>A</a1>", "< a1 >B< / a1>", "<a1>B</a1>"),
    "capitals in tags": ("<a1>A</a1><br/>", "<A1>B</A1><BR>", "<a1>B</a1><br/>"),
    "links in another order": (
        "<a1>One</a1> and <a2>two</a2>",
        "<a2>Deux</a2> et <a1>un</a1>",
        "<a2>Deux</a2> et <a1>un</a1>",
    ),
    "a quotation in a quotation": (
        "<q>She said <q>yes</q></q>",
        "<q>Elle <q>oui</q> a dit</q>",
        "<q>Elle <q>oui</q> a dit</q>",
    ),
    "equal pairs nested otherwise": (
        "<b>Rice</b> and <em><b>tea</b></em>",
        "<em><b>Thé</b></em> et <b>riz</b>",
        "<em><b>Thé</b></em> et <b>riz</b>",
    ),
    "equal pairs, one in the other": (
        "<b>A</b> <b>B</b>",
        "<b>A <b>B</b></b>",
        "<b>A <b>B</b></b>",
    ),
    "formatting the other way round": (
        "<b><em>A</em></b>",
        "<em><b>A</b></em>",
        "<em><b>A</b></em>",
    ),
    "formatting that leaves its link": (
        "<a1>A <b>B</b></a1>",
        "<b>A</b> <a1>B</a1>",
        "<b>A</b> <a1>B</a1>",
    ),
    "an empty pair written short": ("<i1></i1>A", "<i1/>B", "<i1></i1>B"),
    "a pair and a standalone code of one name": ("<i>A</i><i/>", "<i/><i>B</i>", "<i/><i>B</i>"),
    "a tag that is a text in the source": ("Use &lt;b>", "Mettez &lt;b&gt;", "Mettez &lt;b>"),
    "text around fixed codes": (
        "A<font1/>B <b>C</b>",
        "D <font1/> <b>E</b> F",
        "D <font1/> <b>E</b> F",
    ),
}


@pytest.mark.parametrize(("msgid", "msgstr", "read"), READ.values(), ids=READ)
def test_a_translation_is_read_as_it_is_meant(msgid: str, msgstr: str, read: str) -> None:
    reading = from_msgstr(msgstr, content(msgid, fixed=FIXED))

    assert reading.content is not None, reading.findings
    assert to_msgid(reading.content) == read
    assert not reading.findings


def test_white_space_stays_where_it_counts() -> None:
    reading = from_msgstr("  un\n\tdeux ", ("one\n  two",), preserve_space=True)

    assert reading.content == ("  un\n\tdeux ",)


WRONG = {
    "a lost link": (
        "Read <a1>this</a1>",
        "Lisez ceci",
        "inline-missing",
        "<a1> is missing: the link must stay in the translation",
    ),
    "lost emphasis": (
        "Do <b>not</b>",
        "Ne pas",
        "inline-missing",
        "<b> is missing: it must stay in the translation",
    ),
    "one of several lost": (
        "<b>A</b> <b>B</b> <b>C</b>",
        "<b>D</b> <b>E</b>",
        "inline-missing",
        "<b> is there 2 times instead of 3: put in the rest",
    ),
    "a doubled image": (
        "<img1/>A",
        "<img1/>B<img1/>",
        "inline-doubled",
        "<img1/> is there 2 times instead of 1: leave out what is too much",
    ),
    "a pair without its end": (
        "Do <b>not</b>",
        "Ne <b>pas",
        "inline-unbalanced",
        "<b> has no </b> after it: put one in",
    ),
    "a pair without its start": (
        "<b>A</b> <b>B</b>",
        "<b>C</b> <b>D</b></b>",
        "inline-unbalanced",
        "</b> has no <b> before it: put one in",
    ),
    "pairs that cut through each other": (
        "<a1>A <b>B</b></a1>",
        "<a1>C <b>D</a1></b>",
        "inline-unbalanced",
        "</a1> cuts through <b>: end <b> first",
    ),
    "a code of another text": (
        "Read",
        "Lisez <a1>",
        "inline-unknown",
        "<a1> is not in the source: leave it out, or write &lt;a1> if it is text",
    ),
    "a script": (
        "Read",
        "Lisez <script src=x>",
        "inline-unknown",
        "<script src=x> is not in the source: leave it out, or write &lt;script src=x> if it is text",
    ),
    "a comment": (
        "Read",
        "Lisez <!-- bien -->",
        "inline-unknown",
        "<!-- bien --> is not in the source: leave it out, or write &lt;!-- bien --> if it is text",
    ),
    "a link in a link": (
        "<a1>A</a1> <a2>B</a2>",
        "<a1>C <a2>D</a2></a1>",
        "inline-nesting",
        "<a2> may not stand in the link <a1>: move it out",
    ),
    "what may hold a link in a link": (
        "<a1>A</a1> <object1/>",
        "<a1>B <object1/></a1>",
        "inline-nesting",
        "<object1/> may not stand in the link <a1>: move it out",
    ),
    "an annotation outside its ruby": (
        "<ruby>A<rt>B</rt></ruby>",
        "<ruby>C</ruby><rt>D</rt>",
        "inline-nesting",
        "<rt> has left <ruby>: put it back",
    ),
    "a code in a pair that is no formatting": (
        "<button1>A</button1><br/>",
        "<button1>B<br/></button1>",
        "inline-nesting",
        "<br/> does not belong in <button1>: move it out",
    ),
    "a fixed code within formatting": (
        "<b>A</b><font1/>",
        "<b>C<font1/></b>",
        "inline-nesting",
        "<font1/> does not belong in <b>: move it out",
    ),
    "fixed codes in another order": (
        "A<font1/>B<font2/>",
        "C<font2/>D<font1/>",
        "inline-order",
        "<font2/>, <font1/> must be in this order: <font1/>, <font2/>",
    ),
    "a code that passes a fixed one": (
        "<b>A</b><font1/>",
        "<font1/><b>B</b>",
        "inline-order",
        "<b> has moved past <font1/>: put it back",
    ),
    "no words at all": (
        "<b>A</b>",
        " <b>\xa0</b>",
        "inline-empty",
        "no words are left: translate the text around the codes",
    ),
}


@pytest.mark.parametrize(("msgid", "msgstr", "code", "message"), WRONG.values(), ids=WRONG)
def test_a_translation_that_would_break_the_page_is_not_used(
    msgid: str, msgstr: str, code: str, message: str
) -> None:
    reading = from_msgstr(msgstr, content(msgid, fixed=FIXED))

    assert reading.content is None
    assert [(each.severity, each.code, each.message) for each in reading.findings] == [
        (Severity.ERROR, code, message)
    ]


DOUBTFUL = {
    "text like a tag": (
        "x &lt;y and z> w",
        "x <y et z> w",
        "inline-unknown",
        "<y et z> is taken for text: write &lt;y et z> to be sure",
    ),
    "a tag that the source speaks of": (
        "Use &lt;b>",
        "Mettez <b>",
        "inline-unknown",
        "<b> is taken for text: write &lt;b> to be sure",
    ),
    "an image that left its link": (
        "<a1><img1/> A</a1>",
        "<img1/> <a1>B</a1>",
        "inline-nesting",
        "<img1/> has left the link <a1>: see that it is meant to",
    ),
    "an image that came into a link": (
        "<img1/> <a1>A</a1>",
        "<a1><img1/> B</a1>",
        "inline-nesting",
        "<img1/> has come into the link <a1>: see that it is meant to",
    ),
    "a link around nothing": (
        "Read <a1>this</a1>",
        "Lisez ceci <a1></a1>",
        "inline-empty",
        "<a1> holds no words: see that none belong in it",
    ),
}


@pytest.mark.parametrize(("msgid", "msgstr", "code", "message"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_doubtful_translation_is_used_with_a_warning(
    msgid: str, msgstr: str, code: str, message: str
) -> None:
    reading = from_msgstr(msgstr, content(msgid))

    assert reading.content is not None
    assert [(each.severity, each.code, each.message) for each in reading.findings] == [
        (Severity.WARNING, code, message)
    ]


def test_a_lost_code_is_named_by_what_it_does() -> None:
    link = Paired("a1", Span(0, 1), Span(2, 3), ("this",), legend="link to collagen.html")

    reading = from_msgstr("ceci", (link,))

    assert [finding.message for finding in reading.findings] == [
        "<a1> (link to collagen.html) is missing: the link must stay in the translation"
    ]


def test_all_that_is_wrong_is_found_at_once() -> None:
    hostile = "Ouvert <b>gras </p><div> & x < y"

    reading = from_msgstr(hostile, content("<b>Open</b> <a1>here</a1>"))

    assert [finding.message for finding in reading.findings] == [
        "</p> is not in the source: leave it out, or write &lt;/p> if it is text",
        "<div> is not in the source: leave it out, or write &lt;div> if it is text",
        "<b> has no </b> after it: put one in",
        "<a1> is missing: the link must stay in the translation",
    ]
