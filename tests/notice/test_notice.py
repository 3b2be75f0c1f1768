"""The notice from the source page to the built one, and the audit's word on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from polypage.building.insertion import texts
from polypage.building.notice import Localized, Notice, find, localize
from polypage.building.render import render
from polypage.errors import SettingsError
from polypage.html.document import read
from polypage.model import Target
from polypage.proving.audit import Expected, Link, Wording, audit_page
from polypage.reading.extract import extract
from polypage.rules.judging import Rules
from polypage.settings import NoticeSettings
from tests.notice.translating import translated

PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Needles</title>
<link rel="canonical" href="https://www.h.example/needles"></head>
<body><article><h1>Needles</h1><p>They prick.</p>
<p class="disclaimer">For <b>reference</b> only.</p>
<p class="source-link">Source link &lt; <a href="https://h.example/?a=1&amp;b=2">Needles</a> &gt; h.example</p>
</article></body></html>
"""
DISCLAIMER = '<p class="disclaimer">For <b>reference</b> only.</p>\n'
LINK = PAGE[PAGE.index('<p class="source-link"') : PAGE.index("</article>")]
BARE = PAGE.replace(DISCLAIMER, "").replace(LINK, "")
SETTINGS = NoticeSettings(source_link=".source-link a", disclaimer=".disclaimer")
INSERT = replace(
    SETTINGS, on_missing="insert", disclaimer_text="No <substitute> for a doctor & a nurse."
)
VIETNAMESE = Target("vi", "ltr", "vi_VN", "en", "ltr")
ARABIC = Target("ar", "rtl", "ar_AR", "en", "ltr")
WORDS = {
    "Needles": "Kim châm",
    "For <b>reference</b> only.": "Chỉ để <b>tham khảo</b>.",
    "Source link &lt; <a1/> &gt; h.example": "Liên kết gốc &lt; <a1/> &gt; h.example",
    "No &lt;substitute> for a doctor &amp; a nurse.": "Không &lt;thay> bác sĩ & y tá.",
    "Source link &lt; <title/> > <site/>": "Nguồn: <site/> – <title/>",
}


@dataclass(frozen=True)
class Built:
    notice: Notice
    localized: Localized
    page: str
    codes: list[str]
    """What the audit finds."""


def found(page: str, settings: NoticeSettings = SETTINGS, source_url: str | None = None) -> Notice:
    document = read(page.encode(), path="source_articles/needles.html")
    rules = Rules(nested=(settings.source_link,))
    article = extract(document, rules, slug="needles", source_tag="en")
    return find(
        document, article, settings, source_url=source_url, approved=tuple(settings.approved)
    )


def build(
    page: str,
    settings: NoticeSettings = SETTINGS,
    *,
    words: Mapping[str, str] = WORDS,
    target: Target = VIETNAMESE,
    approved: str | None = None,
    source_url: str | None = None,
) -> Built:
    notice = found(page, settings, source_url)
    translations = translated(notice.article, words)
    inserted = translated(texts(settings), words) or (None, None)
    localized = localize(
        notice, target, translations=translations, inserted=inserted, approved=approved
    )
    built = render(notice.article, translations, target, edits=localized.edits)
    findings = audit_page(built.encode(), expected(notice, localized, target), path="site/x.html")
    return Built(notice, localized, built, [finding.code for finding in findings])


def expected(notice: Notice, localized: Localized, target: Target) -> Expected:
    return Expected(
        tag=target.tag,
        direction=target.direction,
        source_tag=target.source_tag,
        source_link=notice.settings.source_link if notice.has_link else None,
        source_direction=target.source_direction,
        links=tuple(Link(*promised) for promised in localized.links),
        after=notice.settings.after,
        disclaimer=notice.settings.disclaimer if notice.has_disclaimer else None,
        disclaimers=tuple(Wording(*wanted) for wanted in localized.disclaimers),
        source=notice.article.skeleton.text.encode(),
        inserted=localized.inserted,
    )


# --- pages that have their notice -------------------------------------------------------------


def test_a_notice_is_found_where_it_stands() -> None:
    notice = found(PAGE)

    assert notice.source_url == "https://h.example/?a=1&b=2"
    assert [PAGE[slice(*link.span)] for link in notice.links] == [
        '<a href="https://h.example/?a=1&amp;b=2">Needles</a>'
    ]
    assert [link.is_title for link in notice.links] == [True]
    assert [PAGE[slice(*span)] for span in notice.disclaimers] == ["For <b>reference</b> only."]
    assert notice.findings == ()


def test_a_translated_notice_is_proven() -> None:
    built = build(PAGE)

    assert built.codes == []
    assert built.localized.links == (("https://h.example/?a=1&b=2", "Kim châm"),)
    assert built.localized.disclaimers == (("Chỉ để tham khảo.", frozenset({"vi"})),)
    assert 'href="https://h.example/?a=1&amp;b=2">Kim châm</a> &gt; h.example</p>' in built.page


def test_an_untranslated_notice_stands_in_the_source_language_and_is_marked() -> None:
    built = build(PAGE, words={})

    assert built.codes == []
    assert built.localized.disclaimers == (("For reference only.", frozenset({"en"})),)


def test_an_unmarked_fallback_is_not_asked_to_be_marked() -> None:
    assert build(PAGE, words={}, target=replace(VIETNAMESE, mark_fallback=False)).codes == []


def test_a_page_in_the_source_language_stays_as_it_is() -> None:
    built = build(PAGE, words={}, target=Target("en", "ltr", "en_US", "en", "ltr"))

    assert (built.codes, built.page) == ([], PAGE)


def test_an_emptied_disclaimer_is_held() -> None:
    built = build(PAGE, words={**WORDS, "For <b>reference</b> only.": "<b>–</b>"})

    assert built.codes == ["notice-disclaimer-missing"]


def test_no_other_link_takes_the_place_of_the_source_link() -> None:
    links = {"https://h.example/?a=1&b=2": "/vi/needles.html"}

    built = build(PAGE, target=replace(VIETNAMESE, links=links))

    assert built.codes == []
    assert "/vi/needles.html" not in built.page


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_settings_say_where_the_source_link_leads(quote: str) -> None:
    page = PAGE.replace('"https://h.example/?a=1&amp;b=2"', f"{quote}/old{quote}")

    built = build(page, source_url="https://h.example/new?a='1'&b=\"2\"")

    assert built.codes == []
    assert built.notice.source_url == "https://h.example/new?a='1'&b=\"2\""


APPROVED = [
    ("words", "Chỉ để tham khảo, không thay bác sĩ."),
    ("markup is text", "Nồng độ < 5 % & <b>ít</b>."),
    ("lines of TOML", "Chỉ để\n  tham khảo.\n"),
    ("what the translator wrote", "Chỉ để tham khảo."),
]


@pytest.mark.parametrize("approved", [c[1] for c in APPROVED], ids=[c[0] for c in APPROVED])
@pytest.mark.parametrize("words", [WORDS, {}], ids=["translated", "untranslated"])
def test_the_approved_disclaimer_stands_word_for_word(approved: str, words: dict[str, str]) -> None:
    built = build(PAGE, approved=approved, words=words)

    assert built.codes == []
    assert built.localized.disclaimers == ((" ".join(approved.split()), frozenset({"vi"})),)


def test_an_approved_disclaimer_that_is_there_keeps_its_markup() -> None:
    built = build(PAGE, approved="Chỉ để tham khảo.")

    assert "Chỉ để <b>tham khảo</b>." in built.page


VARIANTS = [
    ("a link that is not the title", ">Needles</a> &gt;", ">the paper</a> &gt;", None),
    ("a title in two lines", "<h1>Needles</h1>", "<h1>Needles<br>Pins</h1>", None),
    ("codes in the heading", "<h1>Needles</h1>", "<h1><em>Needles</em></h1>", "Kim châm"),
    ("codes in the link", ">Needles</a>", "><b> Needles </b></a>", "Kim châm"),
    ("a disclaimer in paragraphs", DISCLAIMER, "<div class=disclaimer><p>A.<p>B. <br>C.</div>", "Kim châm"),
    ("a disclaimer with parts that are kept", "only.", "<i lang=la>in  vitro</i>, 5&nbsp;mg.<!-- x -->", "Kim châm"),
    ("a disclaimer with hidden parts", "only.", "only<span hidden> or not</span>.", "Kim châm"),
    ("a disclaimer with an image", "only.", 'only. <img src=a alt="A doctor">', "Kim châm"),
    ("a disclaimer with a list", "only.</p>", "only.</p><ul class=disclaimer><li>A<li>B</ul>", "Kim châm"),
    ("a disclaimer that nobody translates", 'class="disclaimer"', 'class="disclaimer" translate=no', "Kim châm"),
    ("a link twice", "<p>They", f"{LINK}<p>They", "Kim châm"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "title"), [c[1:] for c in VARIANTS], ids=[c[0] for c in VARIANTS]
)
@pytest.mark.parametrize("words", [WORDS, {}, {"A.": "Á.", "B. <br/>C.": "B́. <br/>Ć."}])
def test_notices_of_all_kinds_are_proven(
    old: str, new: str, title: str | None, words: dict[str, str]
) -> None:
    assert old in PAGE

    built = build(PAGE.replace(old, new, 1), words=words)

    assert built.codes == []
    assert built.notice.findings == ()
    wanted = title if "Needles" in words else title and "Needles"
    assert {says for _, says in built.localized.links} == {wanted}


def test_a_disclaimer_half_translated_is_in_two_languages() -> None:
    page = PAGE.replace(DISCLAIMER, '<div class="disclaimer"><p>A.</p><p>B.</p></div>')

    built = build(page, words={"A.": "Á."})

    assert built.codes == []
    assert built.localized.disclaimers == (("Á. B.", frozenset({"en", "vi"})),)


# --- pages that lack it -----------------------------------------------------------------------

FINDINGS = [
    ("neither", BARE, SETTINGS, ["notice-source-link-missing", "notice-disclaimer-missing"]),
    ("no link", PAGE.replace(LINK, ""), SETTINGS, ["notice-source-link-missing"]),
    ("no disclaimer", PAGE.replace(DISCLAIMER, ""), SETTINGS, ["notice-disclaimer-missing"]),
    ("an empty disclaimer", PAGE.replace("For <b>reference</b> only.", " <b></b>"), SETTINGS, ["notice-disclaimer-missing"]),
    ("a link without an address", PAGE.replace("https://h.example/?a=1&amp;b=2", ""), SETTINGS, ["notice-source-link-missing"]),
    ("a link to nowhere", PAGE.replace("https://h.example/?a=1&amp;b=2", "javascript:go()"), SETTINGS, ["notice-source-link-address"]),
    ("links to two pages", PAGE.replace("<p>They", LINK.replace("?a=1", "?a=2") + "<p>They"), SETTINGS, []),
    ("a link that poses as another", PAGE.replace("h.example/?a", "h.example@evil.example/?a"), SETTINGS, ["notice-source-link-address"]),
    ("two disclaimers for one text", PAGE.replace("<p>They", "<p class=disclaimer>They"), replace(SETTINGS, approved={"vi": "Chỉ."}), ["notice-disclaimer-ambiguous"]),
    ("two disclaimers alike", PAGE.replace("<p>They", DISCLAIMER + "<p>They"), replace(SETTINGS, approved={"vi": "Chỉ."}), []),
    ("two disclaimers, none approved", PAGE.replace("<p>They", "<p class=disclaimer>They"), SETTINGS, []),
    ("what is ignored", BARE, replace(SETTINGS, on_missing="ignore"), []),
    ("what is inserted", BARE, INSERT, []),
    ("no address to insert", BARE.replace("canonical", "icon"), INSERT, ["notice-source-link-address"]),
    ("a relative address to insert", BARE.replace("https://www.h.example", ""), INSERT, ["notice-source-link-address"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "settings", "codes"), [c[1:] for c in FINDINGS], ids=[c[0] for c in FINDINGS]
)
def test_what_is_wrong_with_a_source_page_is_found(
    page: str, settings: NoticeSettings, codes: list[str]
) -> None:
    findings = found(page, settings).findings

    assert [finding.code for finding in findings] == codes
    assert {finding.path for finding in findings} <= {"source_articles/needles.html"}


def test_what_is_ignored_is_not_asked_for() -> None:
    built = build(BARE, replace(SETTINGS, on_missing="ignore"))

    assert (built.codes, built.localized.edits) == ([], ())
    assert (built.notice.has_link, built.notice.has_disclaimer) == (False, False)


def test_what_is_there_is_proven_even_where_it_may_be_missing() -> None:
    settings = replace(SETTINGS, on_missing="ignore")

    built = build(
        PAGE.replace(LINK, ""), settings, words={**WORDS, "For <b>reference</b> only.": "<b>.</b>"}
    )

    assert built.codes == ["notice-disclaimer-missing"]


def test_a_missing_notice_is_inserted_where_the_article_ends() -> None:
    built = build(BARE, INSERT)

    assert built.codes == []
    assert built.localized.inserted == (
        '\n<p class="disclaimer">Không &lt;thay&gt; bác sĩ &amp; y tá.</p>'
        '\n<p class="source-link">Nguồn: h.example – '
        '<a href="https://www.h.example/needles">Kim châm</a></p>'
    )
    assert f"{built.localized.inserted}\n</article>" in built.page


def test_an_inserted_notice_without_translation_is_marked() -> None:
    built = build(BARE, INSERT, words={}, target=ARABIC)

    assert built.codes == []
    assert built.localized.inserted == (
        '\n<p class="disclaimer" lang="en" dir="ltr">No &lt;substitute&gt; for a doctor &amp; a nurse.</p>'
        '\n<p class="source-link" lang="en" dir="ltr">Source link &lt; '
        '<a href="https://www.h.example/needles">Needles</a> &gt; h.example</p>'
    )


@pytest.mark.parametrize(
    ("msgid", "expected"),
    [
        ("Needles", '<p class="source-link" lang="en" dir="ltr">Source link &lt; <a href="https://www.h.example/needles" lang="ar" dir="rtl">'),
        ("Source link &lt; <title/> > <site/>", '<p class="source-link">Nguồn: h.example – <a href="https://www.h.example/needles" lang="en" dir="ltr">'),
    ],
)  # fmt: skip
def test_an_inserted_line_half_translated_is_marked_by_halves(msgid: str, expected: str) -> None:
    built = build(BARE, INSERT, words={msgid: WORDS[msgid]}, target=ARABIC)

    assert built.codes == []
    assert expected in built.page


def test_the_approved_disclaimer_is_inserted_where_there_is_one() -> None:
    built = build(BARE, INSERT, words={}, approved="Chỉ < để.")

    assert built.codes == []
    assert '<p class="disclaimer">Chỉ &lt; để.</p>' in built.page


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (WORDS, "<p class=disclaimer>Không &lt;thay&gt; bác sĩ &amp; y tá.</p>"),
        ({}, '<p class=disclaimer><span lang="en" dir="ltr">No &lt;substitute'),
    ],
)
def test_an_empty_disclaimer_is_filled(words: dict[str, str], expected: str) -> None:
    built = build(PAGE.replace(DISCLAIMER, "<p class=disclaimer></p>"), INSERT, words=words)

    assert built.codes == []
    assert expected in built.page


SELECTORS = [
    (".note", '<p class="note">', ".source", '<p class="source">Nguồn: h.example – <a href='),
    ("div.a.b#c", '<div class="a b" id="c">', "a.source", '<p>Nguồn: h.example – <a class="source" href='),
    ("aside[role=note]", '<aside role="note">', "p.s > a[rel='x y']", '<p class="s">Nguồn: h.example – <a rel="x y" href='),
    ("[data-note]", '<p data-note="">', "#s a", '<p id="s">Nguồn: h.example – <a href='),
    ("article .note", '<p class="note">', "article > .s a", '<p class="s">Nguồn: h.example – <a href='),
    ("body article > p.note", '<p class="note">', "body a.s", '<p>Nguồn: h.example – <a class="s" href='),
    ("footer .note, .x", '<footer><p class="note">', "main a.s, .s a", '<main>Nguồn: h.example – <a class="s" href='),
]  # fmt: skip


@pytest.mark.parametrize(("disclaimer", "disclaimer_html", "link", "link_html"), SELECTORS)
def test_what_is_inserted_is_what_the_selectors_ask_for(
    disclaimer: str, disclaimer_html: str, link: str, link_html: str
) -> None:
    settings = replace(INSERT, disclaimer=disclaimer, source_link=link)

    built = build(BARE, settings)

    assert disclaimer_html in built.page
    assert link_html in built.page
    assert built.codes == []


@pytest.mark.parametrize(
    "css", ["i:first-child", "h1 + p", "p.a\\:b", "nav ul .x .y", "p:not(h1)", "div *", "body > i"]
)
def test_a_selector_that_tells_nothing_is_an_error_of_the_settings(css: str) -> None:
    page = BARE.replace("<h1>Needles</h1><p>They prick.</p>", "")

    with pytest.raises(SettingsError, match=r"disclaimer: .* does not say what to insert"):
        found(page, replace(INSERT, disclaimer=css))


# --- texts for translators --------------------------------------------------------------------


def test_texts_to_insert_are_entries_of_the_site() -> None:
    article = texts(INSERT)

    assert [(segment.msgid, segment.domain) for segment in article.segments] == [
        ("No &lt;substitute> for a doctor &amp; a nurse.", "site"),
        ("Source link &lt; <title/> > <site/>", "site"),
    ]


def test_nothing_is_offered_where_nothing_is_inserted() -> None:
    assert texts(SETTINGS).segments == ()


@pytest.mark.parametrize("pattern", ["Source link", "{title} {title}", "{site} {site} {title}"])
def test_a_line_needs_one_title(pattern: str) -> None:
    with pytest.raises(SettingsError, match="source_link_text"):
        texts(replace(INSERT, source_link_text=pattern))


# --- places and numbers -----------------------------------------------------------------------

BODY = BARE.replace("<p>They prick.</p>", '<div class="body"><p>They prick.</p></div><p>More.</p>')


def test_a_missing_notice_is_inserted_behind_what_the_settings_say() -> None:
    built = build(BODY, replace(INSERT, after=".body"))

    assert built.codes == []
    assert f"They prick.</p></div>{built.localized.inserted}" in built.page


@pytest.mark.parametrize("css", [".text", "article > p b"])
def test_a_page_without_the_place_is_held(css: str) -> None:
    page = BODY.replace("More.", "More <b>of</b> it.")

    findings = found(page, replace(INSERT, after=css)).findings

    assert [finding.code for finding in findings] == ["notice-place-missing"]


def test_each_of_several_sources_keeps_its_address_and_the_title_its_link() -> None:
    other = 'and <a href="https://doctors.example/b">the doctors</a></p>'
    page = PAGE.replace("h.example</p>", f"h.example {other}")
    words = {**WORDS, "the doctors": "các bác sĩ"}

    built = build(page, words=words)

    assert built.codes == []
    assert built.localized.links == (
        ("https://h.example/?a=1&b=2", "Kim châm"),
        ("https://doctors.example/b", None),
    )
    swapped = built.page.replace("//h.example/?a=1&amp;b=2", "//X/").replace(
        "//doctors.example/b", "//h.example/?a=1&amp;b=2"
    )
    wanted = expected(built.notice, built.localized, VIETNAMESE)
    findings = audit_page(swapped.encode(), wanted, path="site/x.html")
    assert {finding.code for finding in findings} == {
        "notice-source-link-title",
        "notice-source-link-changed",
    }


def test_one_address_in_the_settings_does_not_do_for_several_sources() -> None:
    page = PAGE.replace("h.example</p>", 'h.example <a href="https://doctors.example/b">b</a></p>')

    findings = found(page, source_url="https://h.example/new").findings

    assert [finding.code for finding in findings] == ["notice-source-link-ambiguous"]
