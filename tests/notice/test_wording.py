"""What a passage says: the builder's own reading, and the audit's that must be the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.building.render import render
from polypage.building.wording import wording
from polypage.html.document import read, select
from polypage.model import Article, Span, Target
from polypage.proving.audit import Expected, Wording, audit_page
from polypage.reading.extract import extract
from polypage.rules.judging import Rules
from tests.notice.translating import translated


def passage(html: str) -> tuple[Article, Span]:
    document = read(f'<html lang="en"><body><div id="it">{html}</div>'.encode(), path="a.html")
    article = extract(document, Rules(skip=(".kept",)), slug="a", source_tag="en")
    return article, select(document, "#it")[0].content


def test_what_a_page_leaves_out_is_not_said() -> None:
    markup = (
        "<p>Ask <span class=x>your <b>own</b></span> doctor<i its-locale-filter-list=fr> now</i>."
    )
    document = read(f"<html lang=en><body>{markup}".encode(), path="a.html")
    article = extract(document, Rules(drop=(".x",)), slug="a", source_tag="en")
    span = select(document, "p")[0].content

    said = {tag: wording(article, span, tag=tag).text for tag in ("de", "fr")}

    assert said == {"de": "Ask doctor.", "fr": "Ask doctor now."}


SAID = [
    ("text", "Ask  a\n doctor.", "Ask a doctor."),
    ("references", "5&nbsp;mg &lt; 1&thinsp;g &amp; more", "5\u00a0mg < 1\u2009g & more"),
    ("inline codes", "Ask <b>a</b>n<i>aly</i>st.", "Ask analyst."),
    ("a line break", "Ask<br>a doctor.", "Ask a doctor."),
    ("paragraphs", "<p>Ask.<p>Ask again.", "Ask. Ask again."),
    ("text around paragraphs", "Ask<p>a</p>doctor", "Ask a doctor"),
    ("an image", 'Ask <img src="a" alt="a doctor">.', "Ask ."),
    ("a comment", "Ask<!-- a --> doctor.", "Ask doctor."),
    ("a script and a style", "Ask.<script>a()</script><style>b{}</style>", "Ask."),
    ("what is kept", 'Ask <b class="kept">Dr. <i>No</i></b>.', "Ask Dr. No."),
    ("what is not offered", "<p>12 / 5</p><p>Ask.</p>", "12 / 5 Ask."),
    ("another language", 'Ask <i lang="la">in vitro</i>.', "Ask in vitro."),
    ("what is hidden", "Ask <b hidden>no </b>doctor.", "Ask doctor."),
    ("hidden paragraphs", "<div hidden><p>No</p><div>No</div></div><p>Ask.</p>", "Ask."),
    ("what is not displayed", 'Ask <b style="color: red; display:none">no</b> doctor.', "Ask doctor."),
    ("a closed dialog", "Ask.<dialog>No.</dialog><dialog open>Yes.</dialog>", "Ask. Yes."),
    ("a choice and a field", "Ask. <select><option>No</select><textarea>No</textarea>", "Ask."),
    ("a fallback", "Ask.<video src=a>No.</video><noscript>No.</noscript><object>No.</object>", "Ask."),
    ("a drawing", "Ask. <svg><text>Here</text></svg>", "Ask. Here"),
    ("a tag that is never closed", "Ask <b>a <i>doctor.", "Ask a doctor."),
    ("nothing", " <!-- --><br>", ""),
]  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), [c[1:] for c in SAID], ids=[c[0] for c in SAID])
def test_a_passage_says_what_readers_see(html: str, expected: str) -> None:
    assert wording(*passage(html)).text == expected


TRANSLATED = [
    ("all of it", "<p>Ask.<p>Wait.", {"Ask.": "Frag.", "Wait.": "Warte."}, "Frag. Warte.", {True}),
    ("half of it", "<p>Ask.<p>Wait.", {"Wait.": "Warte."}, "Ask. Warte.", {True, False}),
    ("none of it", "<p>Ask.", {}, "Ask.", {False}),
    ("what nobody translates", '<p class="kept">Ask.', {}, "Ask.", set()),
    ("codes that move", "<b>A</b> or <br>B", {"<b>A</b> or <br/>B": "B <br/>oder <b>A</b>"}, "B oder A", {True}),
    ("a text in a text", "Ask <svg><text>Here</text></svg>", {"Here": "Hier"}, "Ask Hier", {True, False}),
    ("what moves into hiding", "Ask <b hidden>no</b>", {"Ask <b1>no</b1>": "- <b1>Frag</b1>"}, "-", {True}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "words", "text", "flags"), [c[1:] for c in TRANSLATED], ids=[c[0] for c in TRANSLATED]
)
def test_translations_speak_in_their_places(
    html: str, words: dict[str, str], text: str, flags: set[bool]
) -> None:
    article, span = passage(html)

    said = wording(article, span, translated(article, words))

    assert (said.text, said.translated) == (text, frozenset(flags))


def htmls() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(
        [
            "Ask",
            " ",
            "5 ",
            "a&amp;b",
            "&nbsp;",
            "<br>",
            "<!-- x -->",
            "<img src=a alt=b>",
            "\n",
            "no.",
        ]
    )
    wraps = st.sampled_from(
        ["<b>{}</b>", "<i class=x>{}</i>", "<p>{}</p>", "<div>{}</div>", "<span hidden>{}</span>",
         "<ul><li>{}</li></ul>", "<b class=kept>{}</b>", "<svg><text>{}</text></svg>"]
    )  # fmt: skip
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(str.format, wraps, inner) | st.lists(inner, max_size=4).map("".join)
        ),
        max_leaves=12,
    )


@given(htmls(), st.sets(st.integers(0, 9)))
def test_the_audit_reads_the_built_page_alike(html: str, translated: set[int]) -> None:
    article, span = passage(html.replace("<p>", "<section>").replace("</p>", "</section>"))
    contents = [
        ("Á", *segment.content) if place in translated else None
        for place, segment in enumerate(article.segments)
    ]
    said = wording(article, span, contents)
    page = render(article, contents, Target("vi", "ltr", "vi_VN", "en", "ltr"))
    wanted = (Wording(said.text),) if any(map(str.isalnum, said.text)) else ()
    expected = Expected(
        tag="vi", direction="ltr", source_tag="en", disclaimer="#it", disclaimers=wanted
    )

    assert audit_page(page.encode(), expected, path="a.html") == ()
