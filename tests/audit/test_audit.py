"""The audit: a good page is proven, and whatever is done to it is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from polypage.errors import SettingsError
from polypage.proving.audit import Expected, Link, Wording, audit_page

SOURCE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Needles</title>
<script>track("it");</script><style>p { color: red; background: url(a.png) }</style>
<script type="application/ld+json">{"headline": "Needles"}</script></head>
<body class="page"><h1>Needles</h1>
<p>Read <a href="more.html">more</a>. <img src="needle.png" alt="A needle">
<a href="mailto:a@b.example" onclick="go()" style="color: blue; background: url(a.png)">Write</a></p>
<iframe srcdoc="<p>Ask <a href='ask.html'>us</a>"></iframe>
<div class="box"><p class="disclaimer">For <b>reference</b> only.</p></div>
<p class="source-link">Source link &lt; <a href="https://h.example/?a=1&amp;b=%c3%a9">Needles</a> &gt; h.example</p>
</body></html>
"""
PAGE = (
    SOURCE.replace('lang="en"', 'lang="vi" dir="ltr"')
    .replace("Needles", "Kim châm")
    .replace("For <b>reference</b> only.", "Chỉ để <b>tham khảo</b>.")
    .replace("Source link", "Liên kết gốc")
    .replace(
        "</head>", '<link rel="alternate" hreflang="en" href="https://a.example/en/">\n</head>'
    )
    .replace("A needle", "Cây kim")
)
DISCLAIMER = '<p class="disclaimer">Chỉ để <b>tham khảo</b>.</p>'
ADDRESS = "https://h.example/?a=1&amp;b=%c3%a9"
LINK = f'<a href="{ADDRESS}">Kim châm</a>'
EXPECTED = Expected(
    tag="vi",
    direction="ltr",
    source_tag="en",
    source_link=".source-link a",
    links=(Link("https://h.example/?a=1&b=%C3%A9", "Kim châm"),),
    disclaimer=".disclaimer",
    disclaimers=(Wording("Chỉ để tham khảo.", frozenset(("vi",))),),
    source=SOURCE.encode(),
)


def codes(page: str | bytes, expected: Expected = EXPECTED) -> list[str]:
    data = page if isinstance(page, bytes) else page.encode()
    return [finding.code for finding in audit_page(data, expected, path="site/vi/needles.html")]


def test_a_good_page_is_proven() -> None:
    assert codes(PAGE) == []


def test_a_finding_is_an_error_with_path_and_words() -> None:
    (finding,) = audit_page(
        PAGE.replace("h.example/?", "evil.example/?").encode(), EXPECTED, path="site/vi/a.html"
    )

    assert (finding.severity, finding.path) == ("error", "site/vi/a.html")
    assert "'https://evil.example/?a=1&b=%c3%a9'" in finding.message


# --- what may be done to a page ---------------------------------------------------------------

MISSING_LINK = "notice-source-link-missing"
MISSING_DISCLAIMER = "notice-disclaimer-missing"
CHANGED = "notice-disclaimer-changed"
HIDDEN = "notice-hidden"

MUTATIONS = [
    # the source link
    ("its element is gone", LINK, "Kim châm", {MISSING_LINK}),
    ("its class is gone", ' class="source-link"', "", {MISSING_LINK}),
    ("it is in a comment", LINK, f"<!--{LINK}-->", {MISSING_LINK}),
    ("it is in a script", LINK, f"<script>{LINK}</script>", {MISSING_LINK, "audit-element", "audit-script"}),
    ("it is escaped", LINK, LINK.replace("<", "&lt;"), {MISSING_LINK}),
    ("it is in a text field", LINK, f"<textarea>{LINK}</textarea>", {MISSING_LINK, "audit-element"}),
    ("it has no address", f' href="{ADDRESS}"', "", {MISSING_LINK}),
    ("its address is empty", ADDRESS, "", {MISSING_LINK}),
    ("its address is blank", ADDRESS, " ", {MISSING_LINK}),
    ("its host is another", "//h.example/?", "//evil.example/?", {"notice-source-link-changed"}),
    ("its query is another", "?a=1", "?a=2", {"notice-source-link-changed"}),
    ("its query is cut", "&amp;b=%c3%a9", "", {"notice-source-link-changed"}),
    ("it got a fragment", ADDRESS, f"{ADDRESS}#x", {"notice-source-link-changed"}),
    ("its path has other capitals", "h.example/?a", "h.example/?A", {"notice-source-link-changed"}),
    ("its scheme is another", ADDRESS, ADDRESS.replace("https", "http"), {"notice-source-link-changed"}),
    ("its address is relative", ADDRESS, "/vi/", {"notice-source-link-changed"}),
    (
        "its address is a script",
        ADDRESS,
        "javascript:alert(1)",
        {"notice-source-link-changed", "audit-scheme"},
    ),
    ("it stands twice", LINK, LINK + LINK, {"notice-source-link-duplicate", "audit-element"}),
    ("its text is gone", "Kim châm</a>", "</a>", {"notice-source-link-title"}),
    ("its text is no word", "Kim châm</a>", "&zwj;…</a>", {"notice-source-link-title"}),
    ("its text is not the title", "Kim châm</a>", "Kim</a>", {"notice-source-link-title"}),
    ("its text is in the source language", "Kim châm</a>", "Needles</a>", {"notice-source-link-title"}),
    # the disclaimer
    ("its element is gone", DISCLAIMER, "", {MISSING_DISCLAIMER}),
    ("its class is gone", ' class="disclaimer"', "", {MISSING_DISCLAIMER}),
    ("its class is another", "disclaimer", "disclaimers", {MISSING_DISCLAIMER}),
    ("it is in a comment", DISCLAIMER, f"<!--{DISCLAIMER}-->", {MISSING_DISCLAIMER}),
    ("it is empty", DISCLAIMER, '<p class="disclaimer"></p>', {MISSING_DISCLAIMER}),
    ("it is blank", DISCLAIMER, '<p class="disclaimer">&nbsp;&#8203;</p>', {MISSING_DISCLAIMER}),
    ("it is a dash", DISCLAIMER, '<p class="disclaimer">— .</p>', {MISSING_DISCLAIMER}),
    ("its text is in an attribute", DISCLAIMER, '<p class="disclaimer" title="Chỉ để"></p>', {MISSING_DISCLAIMER, "audit-attribute"}),
    ("it lost a word", "Chỉ để ", "Chỉ ", {CHANGED}),
    ("it lost a blank", "Chỉ để ", "Chỉđể ", {CHANGED}),
    ("it lost its full stop", "</b>.</p></div>", "</b></p></div>", {CHANGED}),
    ("it got a word", "Chỉ để", "Không chỉ để", {CHANGED}),
    ("it has other capitals", "Chỉ để", "chỉ để", {CHANGED}),
    ("it is another", DISCLAIMER, '<p class="disclaimer">Uống ngay.</p>', {CHANGED}),
    ("its words are apart", "tham khảo", "tham<br>k hảo", {CHANGED, "audit-element"}),
    ("it stands twice", DISCLAIMER, DISCLAIMER + DISCLAIMER, {"notice-disclaimer-duplicate", "audit-element"}),
    ("it says to be English", '<p class="disclaimer">', '<p class="disclaimer" lang="en">', {"notice-disclaimer-language"}),
    ("a word says to be English", "<b>tham", '<b lang="en">tham', {"notice-disclaimer-language"}),
    ("what is around it says so", '<div class="box">', '<div class="box" lang="en">', {"notice-disclaimer-language"}),
    ("a word of it is hidden", "<b>tham", "<b hidden>tham", {CHANGED, "audit-attribute"}),
    ("a word of it is not displayed", "<b>tham", '<b style="display:none">tham', {CHANGED, "audit-attribute"}),
    # what is around them
    ("hidden", '<div class="box">', '<div class="box" hidden>', {HIDDEN, "audit-attribute"}),
    ("hidden until found", 'class="disclaimer"', 'class="disclaimer" hidden="until-found"', {HIDDEN, "audit-attribute"}),
    ("not displayed", '<div class="box">', '<div class="box" style="color:red; DISPLAY : none !important">', {HIDDEN, "audit-attribute"}),
    ("invisible", '<div class="box">', '<div class="box" style="visibility:hidden">', {HIDDEN, "audit-attribute"}),
    ("transparent", '<div class="box">', '<div class="box" style="opacity:0.0">', {HIDDEN, "audit-attribute"}),
    ("too small to be seen", '<div class="box">', '<div class="box" style="font-size: 0px">', {HIDDEN, "audit-attribute"}),
    ("hidden from screen readers", '<div class="box">', '<div class="box" aria-hidden="true">', {HIDDEN, "audit-attribute"}),
    ("in a template", DISCLAIMER, f"<template>{DISCLAIMER}</template>", {HIDDEN, "audit-element"}),
    ("in noscript", DISCLAIMER, f"<noscript>{DISCLAIMER}</noscript>", {HIDDEN, "audit-element"}),
    ("in an object", DISCLAIMER, f"<object>{DISCLAIMER}</object>", {HIDDEN, "audit-element"}),
    ("in a closed dialog", DISCLAIMER, f"<dialog>{DISCLAIMER}</dialog>", {HIDDEN, "audit-element"}),
    # the page
    ("no language", ' lang="vi"', "", {"audit-language", "notice-disclaimer-language"}),
    ("the source's language", ' lang="vi"', ' lang="en"', {"audit-language", "notice-disclaimer-language"}),
    ("no direction", ' dir="ltr"', "", {"audit-direction"}),
    ("the other direction", ' dir="ltr"', ' dir="rtl"', {"audit-direction", "notice-direction"}),
    ("another encoding is declared", "utf-8", "windows-1258", {"audit-encoding"}),
    ("another encoding is declared in a long way", '<meta charset="utf-8">', '<meta http-equiv="Content-Type" content="text/html; charset=latin1">', {"audit-encoding", "audit-attribute", "audit-element"}),
    # what the source does not have
    ("a script", "</h1>", "</h1><script>alert(1)</script>", {"audit-element", "audit-script"}),
    ("another script", 'track("it")', "alert(1)", {"audit-script"}),
    ("another style", "red", "green", {"audit-script"}),
    ("a style that hides the text", "red", "transparent", {"audit-script", "notice-hidden"}),
    ("an element", "</h1>", '</h1><embed src="https://evil.example">', {"audit-element", "audit-attribute"}),
    ("another frame", "</h1>", '</h1><iframe src="https://evil.example"></iframe>', {"audit-element", "audit-attribute"}),
    ("an element more", "<b>tham khảo</b>", "<b>tham</b> <b>khảo</b>", {"audit-element"}),
    ("an image more", "<img ", '<img src="x.png"><img ', {"audit-element"}),
    ("an event handler", "<h1>", '<h1 onclick="alert(1)">', {"audit-attribute"}),
    ("another event handler", "go()", "alert(1)", {"audit-attribute"}),
    ("a script as address in a style", "red; background: url(a.png)", "red; background: url(javascript:x)", {"audit-scheme"}),
    ("a script as address in a style attribute", "blue; background: url(a.png)", "blue; background: url(' javascript:x')", {"audit-scheme"}),
    ("more in a style than an address", "red; background: url(a.png)", "red; background: url(a.png); order: 1", {"audit-script"}),
    ("another style attribute", "color: blue", "color: white", {"audit-attribute"}),
    ("an attribute", "<h1>", '<h1 id="x">', {"audit-attribute"}),
    ("a script as address", '"more.html"', '"javascript:alert(1)"', {"audit-scheme"}),
    ("a script as address, disguised", '"more.html"', '" java&#10;Script:alert(1)"', {"audit-scheme"}),
    ("data as address", '"needle.png"', '"data:text/html,x"', {"audit-scheme"}),
    ("another base", "<title>", '<base href="https://evil.example"><title>', {"audit-attribute", "audit-element"}),
    ("a redirection", "<title>", '<meta http-equiv="refresh" content="0"><title>', {"audit-attribute", "audit-element"}),
    ("a link that does more", 'rel="alternate"', 'rel="alternate stylesheet"', {"audit-attribute", "audit-element"}),
    ("a mark that does more", "Chỉ để", '<span onclick="x()">Chỉ</span> để', {"audit-attribute", "audit-element"}),
    ("a script in a frame", "<p>Ask", "<p><script>alert(1)</script>Ask", {"audit-element", "audit-script"}),
    ("an event handler in a frame", "<p>Ask", "<p onclick='x()'>Ask", {"audit-attribute", "audit-element"}),
    ("a script as address in a frame", "'ask.html'", "'javascript:x()'", {"audit-scheme"}),
    ("a frame in a frame", "<p>Ask", "<p><iframe srcdoc=x></iframe>Ask", {"audit-element"}),
    ("broken structured data", '{"headline": "Kim châm"}', '{"headline": "Kim "châm"}', {"audit-json"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [case[1:] for case in MUTATIONS],
    ids=[f"{number}: {case[0]}" for number, case in enumerate(MUTATIONS)],
)
def test_whatever_is_done_to_a_page_is_found(old: str, new: str, expected: set[str]) -> None:
    assert old in PAGE

    assert set(codes(PAGE.replace(old, new, 1))) == expected


HARMLESS = [
    ("an address with other escapes of the same", ADDRESS, "https://h.example/?a=1&#38;b=%C3%A9"),
    ("an address with blanks around it", ADDRESS, f"\n{ADDRESS} "),
    ("white space in a text", "Chỉ để <b>tham khảo</b>.", "\n Chỉ\tđể <b>tham\nkhảo</b>. "),
    ("references for letters", "Chỉ", "Ch&#x1EC9;"),
    ("the mark of a fallback elsewhere", "<h1>", '<h1><span lang="en" dir="ltr"></span>'),
    ("a canonical address", "<title>", '<link rel="canonical" href="https://a.example/vi"><title>'),
    ("a comment in the disclaimer", "Chỉ để", "Chỉ<!-- nur --> để"),
    ("an element less", '<img src="needle.png" alt="Cây kim">', ""),
    ("quotes", 'class="disclaimer"', "class=disclaimer"),
    (
        "other words in a frame, and another link",
        "Ask <a href='ask.html'",
        "Hỏi &lt;a href='../en/ask.html'",
    ),
    ("a frame that says its language", "<p>Ask", "<html lang='vi' dir='ltr'><p>Ask"),
    (
        "another picture in a style",
        "red; background: url(a.png)",
        "red; background: url(../en/a.png)",
    ),
    (
        "another picture in a style attribute",
        "blue; background: url(a.png)",
        "blue; background: url('../en/a.png')",
    ),
    ("more classes", 'class="disclaimer"', 'class="note disclaimer"'),
    ("a fallback elsewhere", DISCLAIMER, f"{DISCLAIMER}<p lang=en>For all.</p>"),
]


@pytest.mark.parametrize(("old", "new"), [c[1:] for c in HARMLESS], ids=[c[0] for c in HARMLESS])
def test_what_changes_nothing_for_readers_is_not_found(old: str, new: str) -> None:
    assert old in PAGE

    assert codes(PAGE.replace(old, new)) == []


# --- what is expected -------------------------------------------------------------------------

FALLBACK = PAGE.replace(
    DISCLAIMER, '<p class="disclaimer" lang="en" dir="ltr">For reference only.</p>'
)
SPANS = PAGE.replace(
    DISCLAIMER, '<p class="disclaimer"><span lang="en" dir="ltr">For reference only.</span></p>'
)
ENGLISH = (Wording("For reference only.", frozenset(("en",))),)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (FALLBACK, []),
        (SPANS, []),
        (FALLBACK.replace('lang="en" dir="ltr"', ""), ["notice-disclaimer-language"]),
        (SPANS.replace('lang="en" dir="ltr"', ""), ["notice-disclaimer-language"]),
        (PAGE, ["notice-disclaimer-changed", "notice-disclaimer-language"]),
    ],
)  # fmt: skip
def test_a_disclaimer_in_the_source_language_must_be_marked(page: str, expected: list[str]) -> None:
    assert codes(page, replace(EXPECTED, disclaimers=ENGLISH)) == expected


def test_a_disclaimer_in_two_languages_must_be_marked_as_both() -> None:
    both = replace(
        EXPECTED, disclaimers=(Wording("Chỉ vậy. For reference.", frozenset(("en", "vi"))),)
    )
    text = "Chỉ vậy. <span lang=en dir=ltr>For reference.</span>"

    assert codes(PAGE.replace("Chỉ để <b>tham khảo</b>.", text), both) == []
    assert codes(PAGE.replace("Chỉ để <b>tham khảo</b>.", "Chỉ vậy. For reference."), both) == [
        "notice-disclaimer-language"
    ]


def test_words_of_a_third_language_do_not_matter() -> None:
    latin = replace(EXPECTED, disclaimers=(Wording("Chỉ in vitro.", frozenset(("vi",))),))
    page = PAGE.replace("để <b>tham khảo</b>.", '<i lang="la">in vitro</i>.')

    assert codes(page, replace(latin, source=None)) == []


def test_each_of_several_disclaimers_must_be_there() -> None:
    two = replace(
        EXPECTED, disclaimers=(*EXPECTED.disclaimers, Wording("Hỏi bác sĩ.")), source=None
    )
    page = PAGE.replace(DISCLAIMER, f'{DISCLAIMER}<p class="disclaimer">Hỏi bác sĩ.</p>')

    assert codes(page, two) == []
    assert codes(PAGE, two) == ["notice-disclaimer-missing"]


def test_a_selector_may_name_what_holds_the_link() -> None:
    assert codes(PAGE, replace(EXPECTED, source_link="p.source-link")) == []


def test_a_disclaimer_within_a_disclaimer_is_one() -> None:
    assert codes(PAGE, replace(EXPECTED, disclaimer=".box, .disclaimer")) == []


def test_a_link_that_is_an_image_needs_no_text() -> None:
    image = PAGE.replace("Kim châm</a>", '<img src="needle.png" alt="Kim châm"></a>')
    untitled = replace(EXPECTED, links=(Link(EXPECTED.links[0].url),), source=None)

    assert codes(image, untitled) == []
    assert codes(PAGE, untitled) == []
    assert codes(PAGE.replace("Kim châm</a>", "</a>"), untitled) == ["notice-source-link-title"]


def test_what_is_not_asked_for_is_not_looked_for() -> None:
    nothing = Expected(tag="vi", direction="ltr", source_tag="en")

    assert codes("<html lang=vi dir=ltr><p>Kim", nothing) == []


def test_a_page_in_the_source_language_keeps_its_own_lang() -> None:
    english = replace(
        EXPECTED,
        tag="en",
        links=(Link(EXPECTED.links[0].url, "Needles"),),
        disclaimers=(Wording("For reference only.", frozenset(("en",))),),
    )

    assert codes(SOURCE, english) == []
    assert codes(SOURCE.replace(' lang="en"', ""), english) == []


def test_the_inserted_notice_is_no_foreign_matter() -> None:
    html = '\n<p class="warning" id="w">Chỉ.</p>\n<p class="s"><a rel="source" href="x">Kim</a></p>'
    page = PAGE.replace("</body>", f"{html}</body>")

    assert codes(page, replace(EXPECTED, inserted=html)) == []
    assert "audit-element" in codes(page)


def test_a_selector_that_is_none_is_an_error_of_the_settings() -> None:
    with pytest.raises(SettingsError, match="no CSS selector"):
        codes(PAGE, replace(EXPECTED, disclaimer="p["))


# --- pages that are hard to read --------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"", "audit-unreadable"),
        (b" \n", "audit-unreadable"),
        (b"<!-- nothing -->", "audit-unreadable"),
        (PAGE.encode("utf-16"), "audit-encoding"),
        (PAGE.encode("utf-8").replace("â".encode(), b"\xe2"), "audit-encoding"),
        (("<div>" * 3_000 + PAGE).encode(), "audit-unreadable"),
        (("<b>" * 200_000).encode(), "audit-unreadable"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_not_proven(page: bytes, expected: str) -> None:
    assert codes(page) == [expected]


@pytest.mark.parametrize(
    "page",
    [
        PAGE.encode("utf-8-sig"),
        PAGE.replace("<h1>", "<div>" * 500 + "<h1>").encode(),
        PAGE.replace("</h1>", "</h1>" + "<p>Văn bản dài. " * 100_000).encode(),
    ],
    ids=["byte order mark", "deep", "long"],
)
def test_large_and_odd_pages_can_be_proven(page: bytes) -> None:
    assert codes(page, replace(EXPECTED, source=None)) == []


@pytest.mark.parametrize(
    "before",
    [
        "<script>'<html lang=de>'</script>",
        "<link rel=icon>",
        "<!doctype html><html><!--<html lang=de>-->",
    ],
)
def test_the_root_may_have_its_tag_behind_others(before: str) -> None:
    expected = replace(EXPECTED, source=(before + SOURCE).encode())

    assert codes(before + PAGE, expected) == []
    assert codes(before + PAGE.replace(' dir="ltr"', ""), expected) == ["audit-direction"]


def test_stray_bytes_of_the_source_page_may_stay() -> None:
    text = SOURCE.replace("For <b>", "F\udcfcr <b>").encode("utf-8", "surrogateescape")
    page = PAGE.replace("Chỉ để", "Ch\udcfc để").encode("utf-8", "surrogateescape")
    wording = Wording("Ch\udcfc để tham khảo.", frozenset(("vi",)))

    assert codes(page, replace(EXPECTED, source=text, disclaimers=(wording,))) == []
    assert codes(page, replace(EXPECTED, disclaimers=(wording,))) == ["audit-encoding"]


# --- laws -------------------------------------------------------------------------------------

NOTICE = PAGE[PAGE.index(DISCLAIMER) : PAGE.index("</body>")]
BEFORE, AFTER = PAGE[: PAGE.index(DISCLAIMER)], PAGE[PAGE.index("</body>") :]


def seen(page: str) -> tuple[list[str], list[tuple[str | None, str]]]:
    """Read the notice as a browser's parser does."""
    tree = LexborHTMLParser(page)
    links = tree.css(".source-link a[href]")
    texts = [" ".join(node.text().split()) for node in tree.css(".disclaimer")]
    return texts, [(node.attributes["href"], " ".join(node.text().split())) for node in links]


@given(st.data())
def test_no_part_of_the_notice_can_go_missing_unnoticed(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(NOTICE) - 1))
    end = data.draw(st.integers(start + 1, len(NOTICE)))
    mutilated = BEFORE + NOTICE[:start] + NOTICE[end:] + AFTER

    found = codes(mutilated, replace(EXPECTED, source=None))

    assert found or seen(mutilated) == seen(PAGE)


@given(
    st.text(alphabet=st.sampled_from('<>/="!-&; abp\n\0'), max_size=12), st.integers(0, len(NOTICE))
)
def test_nothing_put_into_the_notice_makes_the_audit_fail_itself(text: str, at: int) -> None:
    audit_page((BEFORE + NOTICE[:at] + text + NOTICE[at:] + AFTER).encode(), EXPECTED, path="x")


@given(st.binary())
def test_any_bytes_get_an_answer(page: bytes) -> None:
    assert codes(page)
