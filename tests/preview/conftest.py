"""A small project whose entries are in every state, and a preview of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from polypage.preview.server import application
from polypage.project import Project
from polypage.runs.pipeline import run
from tests.conftest import MakeProject

HOST = "127.0.0.1:8643"

PAGE = """\
<!doctype html>
<html lang="en"><head><title>Rolling</title><link rel="stylesheet" href="look/site.css"></head>
<body><h1>Rolling</h1>
<p>Read <a href="x.html">the <b>paper</b></a> first.</p>
<p>Take 5 mg of collagen.</p>
<p>Rest for two days.</p>
<p>Drink water.</p>
<p><img src="look/needle.png" alt="A needle"></p>
</body></html>
"""
CATALOG = "locales/de/LC_MESSAGES/rolling.po"
HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de\\n"

"""
TRANSLATED = (
    HEADER
    + """\
#. page title
#: source_articles/rolling.html
msgid "Rolling"
msgstr "Rollen"

#. paragraph · under: Rolling
#. a1: link to x.html
#: source_articles/rolling.html
msgid "Read <a1>the <b>paper</b></a1> first."
msgstr "Lesen Sie zuerst <a1>den <b>Artikel</b></a1>."

#: source_articles/rolling.html
msgid "Take 5 mg of collagen."
msgstr "Nehmen Sie 50 mg Kollagen."

# not sure of the days
#: source_articles/rolling.html
#, fuzzy
#| msgid "Rest for three days."
msgid "Rest for two days."
msgstr "Ruhen Sie drei Tage."

#: source_articles/rolling.html
msgid "Drink water."
msgstr ""

#: source_articles/rolling.html
msgid "A needle"
msgstr "Eine Nadel"
"""
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d"
    "49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
FILES: dict[str, str | bytes] = {
    "source_articles/rolling.html": PAGE,
    "source_articles/look/site.css": "p { color: black }",
    "source_articles/look/needle.png": PNG,
    "locales/de/glossary.csv": "source,target,status,note\ncollagen,Kollagen,preferred,a protein\n",
    CATALOG: TRANSLATED,
}


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    return make_project(FILES)


@pytest.fixture
def client(project: Project) -> Iterator[TestClient]:
    with TestClient(application(project.root, host=HOST), base_url=f"http://{HOST}") as client:
        yield client


@pytest.fixture
def remembering(project: Project) -> Project:
    """Return the project after a run, which fills the translation memory."""
    run(project.root)
    return project
