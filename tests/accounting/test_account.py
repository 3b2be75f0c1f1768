"""What becomes of every text of a page, whatever the extraction says of itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from polypage.errors import SettingsError, SourceError
from polypage.html.document import read
from polypage.proving.account import Account, Fate, LeftOut, Text, account
from polypage.reading.extract import extract
from polypage.rules.judging import Rules
from polypage.runs.stages.accounting import account_of
from tests.strategies import pages

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8">'


def of(markup: str, *, skip: tuple[str, ...] = (), drop: tuple[str, ...] = ()) -> Account:
    """Account for what our own extraction finds on a page."""
    page = (markup if markup.startswith("<!doctype") else f"{HEAD}{markup}").encode()
    rules = Rules(skip=skip, drop=drop)
    article = extract(read(page, path="page.html"), rules, slug="page", source_tag="en")
    return account_of(article, source_tag="en", skip=skip, drop=drop)


def told(found: Account) -> list[str]:
    """Write each text as `what it says: fate rule`; a segment as what it says."""
    return [
        text.value if text.fate is Fate.SEGMENT else f"{text.value}: {text.fate} {text.rule}"
        for text in found.texts
    ]


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>Take <b>5 mg</b> daily.", ["Take", "5 mg", "daily."]),
        ("<p>Take <b translate=no>Forte</b>.", ["Take", "Forte: protected translate", "."]),
        (
            "<div translate=no>No <b translate=yes>yes</b></div>",
            ["No: protected translate", "yes"],
        ),
        ("<p lang=de>Nein <i lang=en>yes</i>", ["Nein: protected language", "yes"]),
        ("<p lang=en-GB>Colour", ["Colour"]),
        (
            "<p>One<!-- translate:off -->two<b title=x>three</b><!-- translate:on --><p>Four",
            [
                "One",
                "two: ignored switched off",
                "x: ignored switched off",
                "three: ignored switched off",
                "Four",
            ],
        ),
        ("<p class='x notranslate'>ACME", ["ACME: protected notranslate"]),
        ("<p data-polypage-skip>ACME", ["ACME: protected skip"]),
        ("<p data-translate-ignore>ACME", ["ACME: protected skip"]),
        (
            "<svg aria-label=Heart><text>Beat</text><metadata>x1</metadata></svg>",
            ["Heart", "Beat", "x1: protected graphic"],
        ),
        ("<p>12:30<p>—<p>3 mg", ["12:30: ignored number", "—: ignored no letters", "3 mg"]),
        (
            "<p>https://a.example/b<p>a@b.example<p>See www.a.example",
            [
                "https://a.example/b: ignored address",
                "a@b.example: ignored address",
                "See www.a.example",
            ],
        ),
        (
            "<img alt=IMG_8299.jpeg><p>NCT01234567<p>B12<p>10.1038/d41586-019-02790-3",
            [
                "IMG_8299.jpeg: ignored identifier",
                "NCT01234567: ignored identifier",
                "B12",
                "10.1038/d41586-019-02790-3: ignored identifier",
            ],
        ),
        (
            "<script>let dose</script><style>p {}</style>",
            ["let dose: ignored code", "p {}: ignored code"],
        ),
        ("<script src=x />a</script><p>b", ["a: ignored code", "b"]),
        ("<iframe>Old <b>browser", ["Old <b>browser: ignored raw text"]),
        (
            "<input value=a><option value=b>B</option><input type=submit value=C>",
            ["a: ignored form value", "b: ignored form value", "B", "C"],
        ),
        (
            "<img alt=A title=B><a aria-label=C></a><input placeholder=D>"
            "<track label=E><table summary=F><th abbr=G></table><optgroup label=H>",
            ["A", "B", "C", "D", "E", "F", "G", "H"],
        ),
        ("<link title='Feed'>", ["Feed: ignored metadata for machines"]),
        ("<!-- note --><p title=' '>  <br>\N{NO-BREAK SPACE}", []),
        ("<noscript><p>Enable it</noscript><template><p>Later</template>", ["Enable it", "Later"]),
        ("<pre>\n a  b\n</pre><textarea>c</textarea>", ["a  b", "c"]),
    ],
)
def test_every_text_has_its_fate(markup: str, texts: list[str]) -> None:
    assert told(of(markup)) == texts


@pytest.mark.parametrize(
    ("meta", "text"),
    [
        ('name="description"', "Sleep"),
        ('property="og:title"', "Sleep"),
        ('name="title"', "Sleep"),
        ('name="twitter:label1"', "Sleep"),
        ('itemprop="headline"', "Sleep"),
        ('name="author"', "Sleep: ignored metadata for machines"),
        ('name="viewport"', "Sleep: ignored metadata for machines"),
        ('http-equiv="x"', "Sleep: ignored metadata for machines"),
    ],
)
def test_metadata_is_for_people_or_for_machines(meta: str, text: str) -> None:
    assert told(of(f'<meta {meta} content="Sleep">')) == [text]


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        ('{"headline": "Sleep"}', ["Sleep"]),
        (
            '[{"@type": "Question", "name": "Why?"}]',
            ["Question: ignored data for machines", "Why?"],
        ),
        ('{"author": {"name": "Ann Lee"}}', ["Ann Lee: ignored proper name"]),
        (
            '{"author": {"image": {"caption": "Ann Lee"}}}',
            ["Ann Lee: ignored proper name"],
        ),
        (
            '{"inLanguage": "de", "headline": "Schlaf"}',
            ["de: ignored data for machines", "Schlaf: protected language"],
        ),
        ('{"keywords": ["rest", "a:b"]}', ["rest", "a:b: ignored address"]),
        ('{"headline": {"@value": "Sleep"}}', ["Sleep"]),
        ('//<![CDATA[\n{"headline": "Sleep"}\n//]]>', ["Sleep"]),
        ("{broken", ["{broken: ignored broken data"]),
        ("", []),
    ],
)
def test_structured_data_is_accounted_for_string_by_string(data: str, texts: list[str]) -> None:
    assert told(of(f'<script type="application/ld+json">{data}</script>')) == texts


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<iframe srcdoc='<p title=Tip>Take &lt;b>5 mg</b>'></iframe>", ["Tip", "Take", "5 mg"]),
        ("<iframe srcdoc='R&amp;amp;D'></iframe>", ["R&D"]),
        ("<iframe srcdoc=' '></iframe><iframe srcdoc='<!-- x -->'></iframe>", []),
        (
            "<iframe srcdoc='<p lang=fr>Un<p translate=no>Two<p class=by>Three<p>Four'></iframe>",
            ["Un: protected language", "Two: protected translate", "Three: protected skip", "Four"],
        ),
        ("<iframe srcdoc='<html lang=fr><p>Un'></iframe>", ["Un: protected language"]),
        (
            "<div translate=no><iframe srcdoc='<p>One<iframe srcdoc=Two></iframe>'></iframe></div>",
            ["One: protected translate", "Two: protected translate"],
        ),
        (
            r"""<iframe srcdoc='<script type="application/ld+json">{"name": "A \"b\""}</script>'>""",
            ['A "b"'],
        ),
    ],
)
def test_a_page_within_the_page_is_accounted_for_as_a_page(markup: str, texts: list[str]) -> None:
    assert told(of(markup, skip=(".by",))) == texts


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (r'{"text": "<p>Take <b>5 mg<\/b> daily.<li>Two"}', ["Take", "5 mg", "daily.", "Two"]),
        ('{"text": "<p lang=fr>Un<p>Two"}', ["Un: protected language", "Two"]),
        ('{"headline": "R&amp;D &lt;b&gt;"}', ["R&D <b>"]),
        ('{"text": "BMI <b and x<y>z"}', ["BMI <b and x<y>z"]),
        ('{"articleBody": "One.\\n\\nTwo three"}', ["One.\n\nTwo three"]),
        (
            '{"inLanguage": "de", "text": "<p>Schlaf"}',
            ["de: ignored data for machines", "Schlaf: protected language"],
        ),
        ('{"author": {"name": "<b>Ann</b>"}}', ["<b>Ann</b>: ignored proper name"]),
    ],
)
def test_a_page_in_structured_data_is_accounted_for_as_a_page(data: str, texts: list[str]) -> None:
    assert told(of(f'<script type="application/ld+json">{data}</script>')) == texts


def test_what_the_settings_leave_out_is_named() -> None:
    found = of("<p>Rest<p class=by>Ann <b translate=yes>Lee</b><form>Ask</form>",
               skip=(".by",), drop=("form",))  # fmt: skip

    assert told(found) == ["Rest", "Ann: protected skip", "Lee", "Ask: ignored drop"]


def test_a_byte_that_is_no_text_is_named() -> None:
    page = f"{HEAD}<p>{'Künftig ' * 200}".encode() + b"\xffdie<p title='Wei\xfft'>"
    article = extract(read(page, path="page.html"), Rules(), slug="page", source_tag="en")

    found = account_of(article, source_tag="en")

    assert found.rules == {(Fate.IGNORED, "undecodable"): 1}


# --- what was missed --------------------------------------------------------------------------

MARKER = "Ж"


def with_copy(markup: str) -> Account:
    """Account for a page of which all but the texts in «» was overwritten."""
    page = HEAD + re.sub("[«»]", "", markup)
    parts = re.split(r"(<[^>]*>|«[^»]*»|[a-z]+=)", markup)
    copy = "".join(
        part.strip("«»") if part[:1] in {"<", "«"} else re.sub(r"\S", MARKER, part)
        for part in parts
    )
    return account(
        page.encode(), (HEAD + copy).encode(), marker=MARKER, source_tag="en", path="page.html"
    )


@pytest.mark.parametrize(
    ("markup", "missed"),
    [
        ("<p>Take\n<b>«one»</b> daily.", [("one", "<b>", 2)]),
        ("<p>Take\n\ntwo «or\nthree» daily.", [("or three", "<p>", 3)]),
        ("<p>One<br>\n«two»<!-- x -->\n«three»", [("two", "<p>", 2), ("three", "<p>", 3)]),
        ("<p\ntitle='Tip'\nid=x>a", [("Tip", "<p title>", 2)]),
        ("<img src=x\nalt='A &quot;big&quot; one'>", [('A "big" one', "<img alt>", 2)]),
        ("<p>«&#65;sk»", [("Ask", "<p>", 1)]),
        ("<p>One 2", []),
        ("<p>One «2 — 3»", []),
    ],
)
def test_what_is_left_without_a_rule_is_missed(
    markup: str, missed: list[tuple[str, str, int]]
) -> None:
    found = with_copy(markup)

    assert [(text.value, text.place, text.line) for text in found.missed] == missed
    assert (found.coverage == 1) is (not missed)


def test_coverage_is_the_share_of_the_texts_that_are_accounted_for() -> None:
    found = with_copy("<p>One<p>two<p>«three»<p translate=no>«four»<p>«5»")

    assert found.coverage == 0.8
    assert found.counts == {Fate.SEGMENT: 2, Fate.MISSED: 1, Fate.PROTECTED: 1, Fate.IGNORED: 1}
    assert found.rules == {(Fate.PROTECTED, "translate"): 1, (Fate.IGNORED, "number"): 1}


def test_a_page_without_texts_is_accounted_for() -> None:
    found = of("<!doctype html><p>")

    assert found == Account()
    assert found.coverage == 1


def test_a_lost_text_is_an_error_with_its_line() -> None:
    source, copy = b"<p>One\n<p>Two<p>Three", b"<p>One\n<p><p>Three"

    with pytest.raises(SourceError, match=r"page\.html:2: a text was lost or moved"):
        account(source, copy, marker=MARKER, source_tag="en", path="page.html")


def test_a_page_that_lxml_does_not_read_to_its_end_is_an_error() -> None:
    deep = b"<div>" * 3000 + b"Dose"

    with pytest.raises(SourceError, match="lxml gives up"):
        account(deep, deep, marker=MARKER, source_tag="en", path="page.html")


def test_a_selector_that_lxml_does_not_understand_is_an_error() -> None:
    with pytest.raises(SettingsError, match="selector"):
        account(b"<p>a", b"<p>a", marker=MARKER, source_tag="en", path="x",
                left_out=LeftOut(skip=("p:?",)))  # fmt: skip


# --- laws -------------------------------------------------------------------------------------


@given(pages() | pages(tidy=False))
def test_nothing_is_missed(markup: str) -> None:
    found = of(markup)

    assert found.missed == ()


def test_an_extraction_that_forgets_something_is_found_out() -> None:
    article = extract(
        read(f"{HEAD}<p>One<p title=Two>Three".encode(), path="page.html"),
        Rules(), slug="page", source_tag="en",
    )  # fmt: skip
    for forgotten in article.segments:
        kept = tuple(each for each in article.segments if each is not forgotten)
        page = type(article)(article.slug, article.path, article.skeleton, kept)

        found = account_of(page, source_tag="en")

        assert [text.value for text in found.missed] == [forgotten.msgid]


def test_a_text_is_a_plain_value() -> None:
    text = Text("Dose", "<p>", Fate.MISSED, line=1)

    assert (text.rule, str(text.fate)) == ("", "missed")
