"""What translators made of an article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from polypage.catalogs.catalog import Catalog, new_header, serialize
from polypage.html.document import read
from polypage.model import Domain, Entry
from polypage.profiles import profile
from polypage.reading.extract import extract
from polypage.rules.judging import Rules
from polypage.runs.localefiles import CatalogFile
from polypage.runs.translations import retold, translate
from tests.strategies import texts

PAGE = b"""<script type="application/ld+json">
{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "May I?",
"acceptedAnswer": {"@type": "Answer", "text": "Yes it is."}}]}</script>"""
CATALOG = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_a_translation_brings_no_tags_into_structured_data() -> None:
    segments = extract(read(PAGE, path="x.html"), Rules(), slug="x", source_tag="en").segments
    entries = b'msgid "Yes it is."\nmsgstr "&lt;img src=x onerror=alert(1)&gt; C\xc3\xb3."\n'
    files: dict[Domain, CatalogFile] = {
        "article": CatalogFile("x.po", CATALOG + entries),
        "site": CatalogFile("s.po", None),
    }

    found = translate(segments, files, profile("vi"))

    assert found.contents == (None, None)
    assert [(each.code, each.line) for each in found.findings] == [("inline-unknown", 5)]


PAGE_OF_ALL_SORTS = b"""<title>Take 5 mg.</title><h1>Take 5 mg.</h1>
<p>Read <a href="a.html">the <b>guide</b></a>.</p><p>Read <a href="b.html">the <b>guide</b></a>.</p>
<img alt="A needle"><script type="application/ld+json">{"@type": "Article", "headline":
"A needle"}</script>"""
SEGMENTS = extract(
    read(PAGE_OF_ALL_SORTS, path="x.html"), Rules(), slug="x", source_tag="en"
).segments
MSGIDS = tuple(dict.fromkeys(segment.msgid for segment in SEGMENTS))
RIGHT = {"Take 5 mg.": "D\u00f9ng 5 mg.", "A needle": "M\u1ed9t c\u00e2y kim"}


@st.composite
def catalogs(draw: st.DrawFn) -> CatalogFile:
    """Make a catalog with entries that are right, wrong, fuzzy, empty or not there at all."""
    entries = []
    for msgid in MSGIDS:
        told = draw(
            st.sampled_from([RIGHT.get(msgid, msgid), msgid, "", "Ok <b>5</b> mg"]) | texts()
        )
        flags = draw(st.sampled_from([(), ("fuzzy",)]))
        if draw(st.integers(0, 9)):
            entries.append(Entry(msgid, told.replace("\x04", ""), flags=flags))  # no catalog has it
    header = new_header(project="x", created="")
    return CatalogFile("x.po", serialize(Catalog(header, tuple(entries))))


@given(catalogs(), st.booleans())
def test_what_was_checked_once_is_told_again_without_checking(
    own: CatalogFile, fuzzy: bool
) -> None:
    files: dict[Domain, CatalogFile] = {"article": own, "site": CatalogFile("s.po", None)}
    found = translate(SEGMENTS, files, profile("vi"), fuzzy=fuzzy)

    again = retold(SEGMENTS, files, profile("vi"), kept_out=found.kept_out, fuzzy=fuzzy)

    assert again == found.contents
