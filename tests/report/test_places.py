"""A file's name cannot break the line of a report that names it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.errors import SourceError, place_of
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES

NAMES = [
    ("source_articles/Säge 1.html", "source_articles/Säge 1.html"),
    ("source_articles/new\nline.html", "source_articles/new\\nline.html"),
    ("source_articles/\x1b[31mred.html", "source_articles/\\x1b[31mred.html"),
    ("source_articles/\u202elmth.html", "source_articles/\\u202elmth.html"),
]


@pytest.mark.parametrize(("path", "shown"), NAMES)
def test_a_place_shows_what_would_move_or_break_a_line(path: str, shown: str) -> None:
    assert place_of(path, 3) == f"{shown}:3"
    assert str(SourceError(path, "is empty")) == f"{shown}: is empty"


@given(st.text())
def test_a_place_is_always_one_line(path: str) -> None:
    assert len(place_of(path, None).splitlines()) <= 1


def test_an_article_with_a_line_end_in_its_name_is_told_of_in_one_line(
    make_project: MakeProject,
) -> None:
    project = make_project({**FILES, "source_articles/new\nline.html": "<p>New"})

    (failure,) = (each.failure for each in run(project.root).extracted if each.failure)

    assert place_of(failure.path, failure.line) == "source_articles/new\\nline.html"
