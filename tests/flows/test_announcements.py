"""What automations are told of articles."""

from __future__ import annotations

from pathlib import Path

from flows.announcements import events
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
