"""How files of rules are read, and what is wrong with those that cannot be."""

from __future__ import annotations

import pytest

from polypage.errors import SettingsError, SourceError
from polypage.rules.its import read
from polypage.rules.its_rules import Expression, LinkedFile, Rule, parse
from tests.its.marking import linked, page, parsed, rules

NO = '<translateRule selector="//h:p" translate="no"/>'
YES = '<translateRule selector="//h:p" translate="yes"/>'


def test_a_rule_is_read() -> None:
    inner = (
        '<param name="code">x</param>'
        '<locNoteRule selector="//h:p[@class=$code]" locNoteType="alert" locNotePointer="@title"/>'
    )

    (rule,) = parsed(inner)

    assert isinstance(rule, Rule)
    assert (rule.name, rule.path, rule.line) == ("locNoteRule", "glossary.its", 1)
    assert rule.selector.text == "//h:p[@class=$code]"
    assert rule.said == {"locNoteType": "alert"}
    assert rule.pointers["locNote"].text == "@title"
    assert dict(rule.selector.variables) == {"code": "x"}
    assert dict(rule.selector.namespaces)["h"] == "http://www.w3.org/1999/xhtml"


@pytest.mark.parametrize(
    "inner",
    [
        '<locQualityIssueRule selector="//h:p"/>',
        '<rubyRule selector="//h:p"/>',
        '<param name="a">b</param>',
        "<!-- a comment -->",
    ],
)
def test_what_does_not_concern_translations_is_passed_over(inner: str) -> None:
    written = rules(inner).replace(b"<its:!--", b"<!--")

    assert parse(written, path="glossary.its") == ()


def test_rules_are_found_wherever_they_stand() -> None:
    data = b"\n <doc>" + rules(NO) + b"<part>\n" + rules(YES) + b"</part></doc>"

    found = parse(data, path="glossary.its")

    assert [(rule.said["translate"], rule.line) for rule in found] == [("no", 2), ("yes", 3)]


WRONG = {
    "nothing": (b"", 1, "is no XML: Document is empty"),
    "not well-formed": (b"<a>\n<b>\n</a>", 3, "is no XML: Opening and ending tag mismatch"),
    "something else": (b"<html/>", 1, "holds no its:rules element"),
    "entities": (
        b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', 1,
        "declares entities; write out what they stand for",
    ),
    "an unknown rule": (
        rules('\n<tranlsateRule selector="//h:p"/>'), 2,
        "its:tranlsateRule is no rule of ITS 2.0",
    ),
    "nothing said": (
        rules('\n<translateRule selector="//h:p"/>'), 2, "its:translateRule has no translate",
    ),
    "nothing said, of several things": (
        rules('<storageSizeRule selector="//h:p"/>'), 1,
        "its:storageSizeRule has no storageSize or storageSizePointer",
    ),
    "no selector": (rules('<translateRule translate="no"/>'), 1, "its:translateRule has no selector"),
    "a wrong word": (
        rules('\n\n<translateRule selector="//h:p" translate="never"/>'), 3,
        'translate="never" must be yes or no',
    ),
    "a wrong number": (
        rules('<storageSizeRule selector="//h:p" storageSize="-1"/>'), 1,
        'storageSize="-1" must be a number of bytes',
    ),
    "a relative selector": (
        rules('<translateRule selector="h:p" translate="no"/>'), 1, 'selector="h:p" must begin with /',
    ),
    "no expression": (
        rules('<translateRule selector="//h:p[" translate="no"/>'), 1,
        'selector="//h:p[": Invalid expression',
    ),
    "an undeclared prefix": (
        rules('<translateRule selector="//x:p" translate="no"/>'), 1,
        'selector="//x:p": the prefix x is not declared',
    ),
    "an unknown variable": (
        rules('<langRule selector="//h:p" langPointer="@*[name()=$LCID]"/>'), 1,
        'langPointer="@*[name()=$LCID]": there is no its:param called LCID',
    ),
    "no CSS": (
        rules('<translateRule selector="p[" translate="no"/>', 'queryLanguage="css"'), 1,
        'selector="p[": Expected',
    ),
    "another language": (
        rules(NO, 'queryLanguage="xpath2"'), 1, 'queryLanguage="xpath2" is neither xpath nor css',
    ),
    "a link to nothing": (
        rules(NO, 'xlink:href="more.its"'), 1, 'links to "more.its", which cannot be found',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "line", "problem"), WRONG.values(), ids=WRONG)
def test_rules_that_cannot_be_read_are_an_error(data: bytes, line: int, problem: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse(data, path="glossary.its")

    assert str(caught.value).startswith(f"glossary.its:{line}: {problem}")


def test_rules_that_are_linked_to_are_weaker() -> None:
    files = {"more.its": rules(YES, 'xlink:href="still.its"'), "still.its": rules(NO + NO)}

    found = parse(
        rules(NO, 'xlink:href="more.its"'),
        path="glossary.its",
        load=lambda href, _path: LinkedFile(href, files[href]),
    )

    assert [rule.path for rule in found] == ["still.its", "still.its", "more.its", "glossary.its"]


def test_rules_that_link_to_themselves_are_an_error() -> None:
    data = rules(NO, 'xlink:href="glossary.its"')

    with pytest.raises(SettingsError, match="leads back here"):
        parse(data, path="glossary.its", load=lambda href, _path: LinkedFile(href, data))


def test_a_doctype_elsewhere_is_not_read() -> None:
    data = b'<!DOCTYPE its:rules SYSTEM "file:///nowhere/its.dtd">' + rules(NO)

    assert len(parse(data, path="glossary.its")) == 1


def test_an_expression_is_written_with_the_values_of_its_variables() -> None:
    expression = Expression("a[@b=$c and .='$c'] | $d", variables=(("c", "it's"), ("d", '"')))

    assert expression.substituted == """a[@b="it's" and .='$c'] | '"'"""


# --- rules of pages ---------------------------------------------------------------------------

LINK = '<link rel="its-rules" href="a.its">'
SCRIPT = f'<script type="application/its+xml">{rules(YES).decode()}</script>'


@pytest.mark.parametrize(
    ("head", "translate"),
    [
        (LINK, False),
        ('<link rel="stylesheet ITS-Rules" href=" a.its ">', False),
        (SCRIPT, True),
        (LINK + SCRIPT, True),
        (SCRIPT + LINK, False),
        (SCRIPT.replace("its+xml", "its+xml; charset=utf-8"), True),
        (SCRIPT.replace("<its:rules", '\n<?xml version="1.0" encoding="ISO-8859-1"?><its:rules'), True),
        ('<link rel="stylesheet" href="a.its">', None),
        (SCRIPT.replace("its+xml", "xml"), None),
    ],
)  # fmt: skip
def test_the_rules_of_a_page_hold_in_their_order(head: str, *, translate: bool | None) -> None:
    its = linked(f"{head}<p>", {"a.its": rules(NO)})

    assert [marks.translate for marks in its.rules.values()] == (
        [] if translate is None else [translate]
    )


def test_the_rules_of_a_page_prevail_over_those_of_the_project() -> None:
    its = read(page(f"{SCRIPT}<p>"), rules=parsed(NO))

    assert [marks.translate for marks in its.rules.values()] == [True]


def test_rules_that_a_page_links_to_in_vain_are_found() -> None:
    its = linked(f"<title>Dose</title>\n{LINK}<p>", {})

    (finding,) = its.findings
    assert (finding.code, finding.line) == ("its-rules-missing", 2)
    assert finding.message == 'the ITS rules "a.its" cannot be found and are left out of account'


def test_broken_rules_in_a_page_are_an_error_of_that_page() -> None:
    html = '<title>Dose</title>\n<script type="application/its+xml">\n\n<a>\n</b></script>'

    with pytest.raises(SourceError) as caught:
        read(page(html))

    assert str(caught.value).startswith("source_articles/dose.html:5: is no XML: Opening")


def test_broken_rules_beside_a_page_are_an_error_of_that_file() -> None:
    with pytest.raises(SourceError) as caught:
        linked(LINK, {"a.its": b"\n<a"})

    assert str(caught.value).startswith("source_articles/a.its:2: is no XML")


def test_letters_of_any_script_are_read_in_a_page() -> None:
    inner = '<locNoteRule selector="//h:p" locNoteType="alert"><locNote>Đà</locNote></locNoteRule>'
    html = f'<script type="application/its+xml">{rules(inner).decode()}</script><p>'

    its = read(page(html))

    assert [marks.note and marks.note.text for marks in its.rules.values()] == ["Đà"]
