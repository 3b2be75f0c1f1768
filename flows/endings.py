"""How a flow ends: what a run came to, as a state that automations can tell apart.

    Completed             all pages stand, and something was written
    Unchanged             nothing had to be written (it is completed, too)
    CompletedWithHolds    pages are held until more of them is translated (completed, too)
    CompletedWithErrors   translations have errors, so they are kept off the site (completed, too)
    CompletedWithRecalls  pages were wrong in what matters: they say so, or are gone (completed, too)
    Declined              a reviewer did not approve, so nothing was built (completed, too)
    Failed                something is wrong; the message is a sentence that says what

A page that waits for its translators is daily life, and so is a translation with an error: it
stands on no page that is built, and it is its translator who mends it. Neither makes a run fail,
so that whoever is told of failed runs can believe them: a file that cannot be read, a page that
failed its proof. For the command line's exit status all of it counts.
"""

from collections.abc import Iterator, Sequence

from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from polypage.model import BuildOutcome, Finding, Status
from polypage.runs import report
from polypage.runs.outcomes import Run, is_error

WITH_ERRORS = "CompletedWithErrors"
"""How a run is called of which only translations have errors."""
_MOST = 3
"""How many articles, or files, the sentence names."""


class RunError(Exception):
    """What a flow raises where it is called as a function and something is wrong."""

    def __init__(self, message: str, run: Run) -> None:
        super().__init__(message)
        self.run = run


def declined(run: Run, answer: str) -> State[Run]:
    """Say how a flow ends that was not to build."""
    return Completed(name="Declined", message=f"Nothing was built: {answer}", data=run)


def unseen(run: Run, answer: str) -> State[RunError]:
    """Say how a flow ends that may have built what nobody was shown."""
    problem = "files were saved while it was built: look at the pages, they may be newer than shown"
    message = f"{problem}; {answer}"
    return Failed(message=message, data=RunError(message, run))


def ending(run: Run, answer: str = "") -> State[Run | RunError]:
    """Say how a flow ends, and what a reviewer answered if one was asked."""
    state = _state(run)
    state.message = "; ".join(filter(None, (state.message, answer)))
    return state


def _state(run: Run) -> State[Run | RunError]:
    held = run.held  # gone through once: each look unpacks what came of all pages
    errors = _errors(run, held)
    mistakes = [error for error in errors if _is_mistake(error)]
    waiting = (*_waiting(run, held, mistakes),)
    if wrong := (*_wrong(run, held, [one for one in errors if not _is_mistake(one)]),):
        message = "; ".join((*wrong, *waiting, *_tally(run)))
        return Failed(message=message, data=RunError(message, run))
    told = "; ".join((*waiting, *_tally(run)))
    if next(run.pages(Status.RECALLED), None):
        return Completed(name="CompletedWithRecalls", message=told, data=run)
    if mistakes:
        return Completed(name=WITH_ERRORS, message=told, data=run)
    if run.settled:
        told = "; ".join(("Nothing to do: everything is up to date", *waiting))
        return Completed(name="Unchanged", message=told, data=run)
    if waiting:
        return Completed(name="CompletedWithHolds", message=told, data=run)
    return Completed(message="; ".join(("All is well", *_tally(run))), data=run)


def _errors(run: Run, held: Sequence[BuildOutcome]) -> list[Finding]:
    """Return the errors, but for those that pages are held for."""
    told = {finding for page in held for finding in page.findings}
    return [finding for finding in run.findings if is_error(finding) and finding not in told]


def _wrong(run: Run, held: Sequence[BuildOutcome], errors: Sequence[Finding]) -> Iterator[str]:
    """Yield what is wrong, each thing once."""
    failed = [page for page in held if page.findings]
    if run.failures:
        yield f"{report.counted(len(run.failures), 'file')} left alone: {_findings(run.failures)}"
    if failed:
        yield f"{report.counted(len(failed), 'page')} held: {_some(_reasons(failed))}"
    if errors:
        yield f"{report.counted(len(errors), 'error')} found: {_findings(errors)}"


def _is_mistake(error: Finding) -> bool:
    """Whether an error is one of a translation; what keeps a catalog from being read is a failure."""
    return error.path.endswith(".po")


def _waiting(run: Run, held: Sequence[BuildOutcome], mistakes: Sequence[Finding]) -> Iterator[str]:
    """Yield what waits for translators: errors, recalled pages, those held with nothing wrong."""
    recalled = run.recalled
    if mistakes:
        kept = ", kept off the site" if run.built else ""
        yield f"{report.counted(len(mistakes), 'error')} in translations{kept}: {_findings(mistakes)}"
    if recalled:
        yield f"{report.counted(len(recalled), 'page')} recalled: {_some(_reasons(recalled))}"
    waiting = [page for page in held if not page.findings]
    if waiting:
        yield f"{report.counted(len(waiting), 'page')} held until more is translated: {_some(_shares(waiting))}"


def _tally(run: Run) -> Iterator[str]:
    """Yield how many pages came to what, in one part of a sentence, if any were to be built."""
    counts = run.statuses
    parts = (f"{counts[status]:,} {status}" for status in Status if counts[status])
    if run.built:
        yield f"pages: {', '.join(parts)}"


def _reasons(pages: Sequence[BuildOutcome]) -> list[str]:
    groups: dict[tuple[str, str], list[str]] = {}
    for page in pages:
        groups.setdefault((page.slug, page.reason), []).append(page.locale)
    return [f"{slug} in {', '.join(own)} ({reason})" for (slug, reason), own in groups.items()]


def _shares(pages: Sequence[BuildOutcome]) -> list[str]:
    groups: dict[str, list[str]] = {}
    for page in pages:
        groups.setdefault(page.slug, []).append(f"{page.locale} {report.percent(page.coverage)}")
    return [f"{slug} ({', '.join(shares)})" for slug, shares in groups.items()]


def _findings(findings: Sequence[Finding]) -> str:
    return _some([f"{report.place(one)} ({one.message})" for one in findings])


def _some(named: Sequence[str]) -> str:
    more = [f"{len(named) - _MOST} more"] if len(named) > _MOST else []
    return ", ".join((*named[:_MOST], *more))
