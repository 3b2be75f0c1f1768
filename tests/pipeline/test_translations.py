"""What translators made of an article."""

from __future__ import annotations

from polypage.html.document import read
from polypage.model import Domain
from polypage.profiles import profile
from polypage.reading.extract import extract
from polypage.rules.judging import Rules
from polypage.runs.sources import CatalogFile
from polypage.runs.translations import translate

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
