"""What automations are told of articles."""

from __future__ import annotations

from pathlib import Path

from flows.announcements import Line, events
from polypage.model import BuildOutcome, Status


def test_a_recall_is_an_event_of_its_own() -> None:
    built = (
        BuildOutcome("dose", "vi", Status.RECALLED, "site/vi/dose.html", "line 6 …", written=True),
        BuildOutcome("dose", "ar", Status.PUBLISHED, "site/ar/dose.html", "changed"),
        BuildOutcome("dose", "th", Status.UNCHANGED, "site/th/dose.html"),
    )

    told = {event.name: event.payload["pages"] for event in events(built, Path("clinic"))}

    assert told == {
        "polypage.article.published": [
            {"locale": "ar", "path": "site/ar/dose.html", "reason": "changed"}
        ],
        "polypage.article.recalled": [
            {"locale": "vi", "path": "site/vi/dose.html", "reason": "line 6 …"}
        ],
    }


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
