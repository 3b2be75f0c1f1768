"""A project with pages within pages: translated, built and proven."""

from __future__ import annotations

from polypage.runs.pipeline import run
from tests.conftest import SETTINGS, MakeProject

PAGE = r"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sleep</title>
<meta property="og:image" content="img/bed.png">
<style>body { background: url(img/bed.png) }</style>
<script type="application/ld+json">
{"@type": "Answer", "text": "<p>Read <a href=\"rest.html\">this<\/a>.</p>"}</script></head>
<body><h1>Sleep</h1><p style="background: url('img/bed.png')">Rest.</p>
<iframe srcdoc="&lt;p>Read &lt;a href='rest.html'>this&lt;/a>.&lt;/p>&lt;img src=img/bed.png alt=Bed>"></iframe>
</body></html>
"""
MIXED = '[publish]\non_incomplete = "mixed"\nmin_coverage = 0\n'


def test_pages_within_pages_are_built_and_proven(make_project: MakeProject) -> None:
    project = make_project(
        {
            "polypage.toml": SETTINGS + MIXED,
            "source_articles/sleep.html": PAGE,
            "source_articles/rest.html": '<html lang="en"><h1>Rest</h1>',
            "source_articles/img/bed.png": b"png",
        }
    )
    run(project.root, stages=["extract", "update"])
    catalog = project.catalog_path("sleep", "de")
    translated = catalog.read_text("utf-8").replace(
        'msgid "Read <a1>this</a1>."\nmsgstr ""',
        'msgid "Read <a1>this</a1>."\nmsgstr "Lies <a1>\\"dies\\"</a1> & mehr."',
    )
    catalog.write_text(translated, "utf-8")

    outcome = run(project.root)

    assert outcome.exit_status == 0
    page = project.page_path("sleep", "de").read_text("utf-8")
    assert r'"<p>Lies <a href=\"rest.html\">\"dies\"<\/a> &amp; mehr.</p>"' in page
    assert (
        "<iframe srcdoc=\"&lt;html lang=&quot;de&quot; dir=&quot;ltr&quot;&gt;&lt;p>Lies &lt;a href='rest.html'>"
        '&quot;dies&quot;&lt;/a> &amp;amp; mehr.&lt;/p>&lt;img src=&quot;../en/img/bed.png&quot; alt=Bed>">'
    ) in page
    assert page.count("../en/img/bed.png") == 4
