"""What automations are told of articles."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path

from flows.announcements import Line, Seldom, events, lines
from polypage.model import BuildOutcome, Status


def test_a_recall_is_an_event_of_its_own() -> None:
    built = (
        BuildOutcome("dose", "vi", Status.RECALLED, "site/vi/dose.html", "line 6 …", written=True),
        BuildOutcome("dose", "ar", Status.PUBLISHED, "site/ar/dose.html", "changed"),
        BuildOutcome("dose", "th", Status.UNCHANGED, "site/th/dose.html"),
    )

    told = {event.name: event.payload["pages"] for event in events(built, Path("clinic"))}

    assert told == {
        "polypage.site.published": {"published": 1, "recalled": 1},
        "polypage.article.published": [
            {"locale": "ar", "path": "site/ar/dose.html", "reason": "changed"}
        ],
        "polypage.article.recalled": [
            {"locale": "vi", "path": "site/vi/dose.html", "reason": "line 6 …"}
        ],
    }


def test_of_very_many_articles_some_are_told_and_of_recalls_all() -> None:
    built = tuple(
        BuildOutcome(f"a{n}", "vi", status, f"site/vi/a{n}.html", "why")
        for status in (Status.PUBLISHED, Status.HELD, Status.RECALLED)
        for n in range(5)
    )

    told = Counter(event.name for event in events(built, Path("clinic"), most=3))

    assert told == {
        "polypage.site.published": 1,
        "polypage.article.published": 3,
        "polypage.article.held": 3,
        "polypage.article.recalled": 5,
    }


def test_where_no_page_changed_the_site_did_not() -> None:
    built = (
        BuildOutcome("dose", "vi", Status.HELD, "site/vi/dose.html", "why"),
        BuildOutcome("dose", "th", Status.UNCHANGED, "site/th/dose.html"),
    )

    told = [event.name for event in events(built, Path("clinic"))]

    assert told == ["polypage.article.held"]


def test_the_log_has_a_line_for_what_became_of_several_pages_of_an_article() -> None:
    built = (
        BuildOutcome("dose", "vi", Status.PUBLISHED, reason="new"),
        BuildOutcome("dose", "ar", Status.HELD, reason="64 % of its words are translated"),
        BuildOutcome("dose", "th", Status.PUBLISHED, reason="new"),
        BuildOutcome("sleep", "vi", Status.UNCHANGED),
    )

    assert [*lines(built)] == [
        (logging.INFO, "dose in vi, th published: new"),
        (logging.WARNING, "dose in ar held: 64 % of its words are translated"),
        (logging.INFO, "sleep in vi unchanged"),
    ]


def test_who_does_not_answer_for_long_is_left_alone_for_a_while() -> None:
    now = 0.0
    calls = []

    def nobody_answers(*, seconds: float) -> None:
        nonlocal now
        calls.append(now)
        now += seconds
        raise ConnectionRefusedError

    line = Line(patience=10, rest=300, clock=lambda: now)
    for seconds in (1, 1, 66, 66, 66):
        line.tell(nobody_answers, seconds=seconds)
    now += 300
    line.tell(nobody_answers, seconds=66)

    assert calls == [0, 1, 2, 368]


def test_how_far_a_run_is_is_told_now_and_then_and_at_the_end() -> None:
    now = 0.0
    seldom = Seldom(2, clock=lambda: now)
    told = []
    for now, at_the_end in ((0, False), (1, False), (2, False), (3, True), (4.5, False)):
        if seldom.due(whatever=at_the_end):
            told.append(now)

    assert told == [0, 2, 3]
