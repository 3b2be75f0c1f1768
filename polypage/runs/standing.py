"""What is said of an article's page in a locale: whether it may be published, and if not, why.

state(checked)     State.HELD
why(checked)       "37 % of its words are translated, 90 % are needed"
stands(checked)    "an older page"
"""

from __future__ import annotations

from enum import StrEnum

from polypage.oneline import visible
from polypage.runs.outcomes import Checked
from polypage.runs.report import place


class State(StrEnum):
    """What becomes of a page with the next build, and what stands until then.

    It looks ahead; what a build made of a page is told by `model.Status`.
    """

    PUBLISHED = "published"
    """It stands, and goes on being brought up to date."""
    READY = "ready"
    """The next build publishes it."""
    HELD = "held"
    RECALLED = "recalled"
    """It is held, and the older page that stands must not stay as it is."""
    FAILED = "failed"
    """Page or catalog cannot be read."""


SIGNS = {
    "●": "published",
    "○": "an older page",
    "▲": "a recalled page: what matters has changed",
}
"""What they say of the page that stands."""


def state(checked: Checked) -> State:
    """Return what becomes of a page."""
    if checked.failure is not None:
        return State.FAILED
    if checked.publishable:
        return State.PUBLISHED if checked.standing else State.READY
    return State.RECALLED if checked.recall else State.HELD


def sign(checked: Checked) -> str:
    """Return the one of `SIGNS` for the page that stands; empty if none does."""
    if not checked.standing:
        return ""
    if checked.publishable:
        return "●"
    return "▲" if checked.recall else "○"


def why(checked: Checked) -> str:
    """Say why a page cannot be published as it is; empty if it can."""
    if checked.failure is not None:
        return f"{place(checked.failure)}: {visible(checked.failure.message)}"
    return checked.hold


def stands(checked: Checked) -> str:
    """Say what stands on the site in the place of a page that cannot be published."""
    if checked.recall:
        return f"an older page, out of date: {checked.recall}"
    return "an older page" if checked.standing else "nothing"
