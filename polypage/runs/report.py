"""What a run comes to, as text and as JSON.

Each finding stands with its place, written so that terminals and editors can jump there:

    locales/vi/LC_MESSAGES/rolling.po:12: error: <a1> is missing (inline-missing)

A `Page` says how wide the text may be and how it is coloured; without one, each finding is one
line of plain text, for logs and mails. The keys of the JSON are only ever added to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import Any, Literal, TypeAlias

from polypage.errors import place_of
from polypage.files import DISPLACED
from polypage.model import BuildOutcome, Coverage, Finding, Severity, Status
from polypage.oneline import visible
from polypage.runs import columns, records
from polypage.runs.answers import bare, notable
from polypage.runs.ordering import Ordered
from polypage.runs.outcomes import (
    STAYS,
    Approved,
    Audited,
    Checked,
    Extracted,
    Noted,
    Run,
    Updated,
    is_error,
    told_errors,
)
from polypage.runs.tallies import tallies

VERSION = 1
"""Of the JSON; it goes up if a key is removed or changes its meaning."""

Style: TypeAlias = Literal["good", "warning", "error", "strong", "faint", "mark"]


def _plain(text: str, _style: Style) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Page:
    """Where a report is read."""

    width: int | None = None
    """The number of columns; None: lines are never broken."""
    paint: Callable[[str, Style], str] = _plain
    most: int = 20
    """How many pages or findings of a kind are named."""

    @property
    def marks(self) -> bool:
        """Whether paint can be seen, so that words need no other marks."""
        return self.paint is not _plain


# --- a run as text ----------------------------------------------------------------------------


def summary(run: Run, page: Page = Page()) -> Iterator[str]:
    """Yield the lines that tell people what a run came to, what matters most at the end."""
    if run.planned:
        yield from _section(page, "To be published", "good", _news(run.built))
        yield from _section(
            page, "To be written", "good", (("", path, "good") for path in run.finished.written)
        )
    yield from _found(run, page)
    yield from _section(page, "Belongs to no article or locale", "warning", _orphans(run))
    yield from failures(run.failures, page)
    yield from _section(page, "Held until more is translated", "warning", _waiting(run))
    yield from _section(page, "Held", "error", _held(run.pages(Status.HELD)))
    yield from _section(page, "Recalled", "error", _recalled(run.pages(Status.RECALLED)))
    yield from totals(run, page)
    if run.settled and not run.planned:
        yield page.paint(f"nothing to do: {_nothing(run)}", "good")
    if run.planned:
        yield page.paint("nothing was written: this is what a build would do", "faint")
    elif first := first_page(run):
        yield page.paint(f"{'open':<10} ", "faint") + page.paint(visible(first), "strong")


def failures(found: Iterable[Finding], page: Page) -> Iterator[str]:
    """Yield what stopped the work on an article, catalog or page; nothing if nothing did."""
    yield from _section(page, "Could not be worked on", "error", map(_of_failure, found))


def totals(run: Run, page: Page) -> Iterator[str]:
    """Yield a line for each stage: how much was done."""
    for name, told in _totals(run):
        yield page.paint(f"{name:<10} ", "faint") + told


def item_of(finding: Finding, page: Page) -> Iterator[str]:
    """Yield a finding with its place."""
    yield from _item(page, *_of_finding(finding))


def _nothing(run: Run) -> str:
    """Say what was found as it should be; who did not read pages cannot speak of them."""
    if run.updated and not run.extracted:
        return "catalogs are as their templates ask; `polypage extract` reads the pages"
    return "nothing changed since the last run"


def first_page(run: Run) -> str:
    """Return the page to look at first: a new one rather than an old, a translated rather than not."""
    news = [page for page in notable(run.built) if page.status is Status.PUBLISHED]
    standing = (Status.PUBLISHED, Status.UNCHANGED)
    pages = chain(
        (page for page in news if page.coverage.translated),
        news,
        (page for page in run.built if page.status in standing and page.coverage.translated),
        (page for page in run.built if page.status in standing),
    )
    return next((page.path for page in pages), "")


def place(finding: Finding) -> str:
    """Return a finding's file and line, as terminals understand them."""
    return place_of(finding.path, finding.line)


def message_of(finding: Finding) -> str:
    """Return what a finding says, and what kind it is of."""
    return visible(f"{finding.severity}: {finding.message} ({finding.code})")


_Item: TypeAlias = tuple[str, str, Style]
"""A place, what there is to say of it, and how grave that is."""


def _section(
    page: Page, title: str, style: Style, items: Iterable[_Item], *, total: int | None = None
) -> Iterator[str]:
    """Yield the first items; unless somebody knows how many there are in all, they are counted."""
    rest = iter(items)
    listed = list(islice(rest, page.most))
    if not listed:
        return
    yield page.paint(title, style)
    for item in listed:
        yield from _item(page, *item)
    left = sum(1 for _ in rest) if total is None else total - len(listed)
    if left:
        more = f"  … and {left} more; --format json names them all"
        yield page.paint(more, "faint")
    yield ""


def _item(page: Page, where: str, what: str, style: Style) -> Iterator[str]:
    """Yield one line, or several where that would be too long."""
    where, what = visible(where), visible(what)
    line = f"  {where}: {what}" if where else f"  {what}"
    if page.width is None or columns.width(line) <= page.width:
        yield line.replace(where, page.paint(where, "strong"), 1) if where else line
        return
    yield f"  {page.paint(where, 'strong')}"
    for part in columns.wrapped(what, page.width - 4):
        yield f"    {page.paint(part, style) if style == 'error' else part}"


def _of_finding(finding: Finding) -> _Item:
    style: Style = "error" if is_error(finding) else "warning"
    return place(finding), message_of(finding), style


def _of_failure(failure: Finding) -> _Item:
    return place(failure), failure.message, "error"


def _telling(findings: Ordered) -> Iterator[Finding]:
    """Yield what people should act on, errors first."""
    for severity in (Severity.ERROR, Severity.WARNING):
        if findings.counts[severity]:
            yield from (finding for finding in findings if finding.severity is severity)


def _found(run: Run, page: Page) -> Iterator[str]:
    """Yield what people should act on; of very many findings only the first are gone through."""
    counts = run.findings.counts
    first = islice(_telling(run.findings), _LOOKED_AT)
    shown = _together(first)[: page.most]
    left = counts[Severity.ERROR] + counts[Severity.WARNING] - sum(count for _, count in shown)
    items = (item for item, _ in shown)
    yield from _section(page, "Found", "warning", items, total=len(shown) + left)


_LOOKED_AT = 500
"""Among how many findings those that are the same are put together."""


def _together(findings: Iterable[Finding]) -> list[tuple[_Item, int]]:
    """Count findings; the same one on the same line of several locales is `locales/{ar,de}/…`."""
    groups: dict[tuple[str, str, int | None, str, Style], list[str]] = {}
    for finding in findings:
        folder, locale, name = _parted(finding.path)
        _, what, style = _of_finding(finding)
        groups.setdefault((folder, name, finding.line, what, style), []).append(locale)
    return [
        (
            (place_of(f"{folder}{_braced([*dict.fromkeys(locales)])}{name}", line), what, style),
            len(locales),
        )
        for (folder, name, line, what, style), locales in groups.items()
    ]


def _parted(path: str) -> tuple[str, str, str]:
    """Part the path of a catalog before and behind its locale; other paths have none."""
    head, mark, name = path.partition("/LC_MESSAGES/")
    folder, slash, locale = head.rpartition("/")
    return (f"{folder}{slash}", locale, f"{mark}{name}") if mark else (path, "", "")


def _braced(names: Sequence[str]) -> str:
    return f"{{{','.join(names)}}}" if names[1:] else names[0]


def _waiting(run: Run) -> Iterator[_Item]:
    """Yield the articles with nothing wrong about them, and how far their locales have come."""
    # Where catalogs were checked, their errors are named above.
    if not run.checked and any(page.coverage.rejected for page in _patient(run)):
        yield "", "`polypage check` tells which entries have errors", "warning"
    for slug, pages in groupby(_patient(run), attrgetter("slug")):
        told = (f"{page.locale} {percent(page.coverage)}{_besides(page)}" for page in pages)
        yield slug, ", ".join(told), "warning"


def _patient(run: Run) -> Iterator[BuildOutcome]:
    return (page for page in run.pages(Status.HELD) if not page.findings)


def _besides(page: BuildOutcome) -> str:
    """Say, in brackets, what else there is to know of a page that waits for translations."""
    stays = "an older page stays" if page.reason.endswith(STAYS) else ""
    told = ", ".join(filter(None, (told_errors(page.coverage), stays)))
    return told and f" ({told})"


def _held(held: Iterable[BuildOutcome]) -> Iterator[_Item]:
    """Yield the pages with errors; those of an article with the same one as `site/{vi,th}/…`."""
    wrong = (page for page in held if page.findings)
    for _, pages in groupby(wrong, attrgetter("slug")):
        groups: dict[str, list[str]] = {}
        for page in pages:
            groups.setdefault(page.reason, []).append(page.path)
        for reason, paths in groups.items():
            site, _, name = paths[0].split("/", 2)
            tags = [path.split("/", 2)[1] for path in paths]
            yield f"{site}/{_braced(tags)}/{name}", reason, "warning"


def _news(built: Sequence[BuildOutcome]) -> Iterator[_Item]:
    for page in built:
        if page.status is Status.PUBLISHED:
            yield page.path, page.reason, "good"


def _recalled(recalled: Iterable[BuildOutcome]) -> Iterator[_Item]:
    """Yield the pages that are out of date in what matters."""
    for page in recalled:
        yield page.path, page.reason, "error"


def _orphans(run: Run) -> Iterator[_Item]:
    for path in run.finished.orphans:
        told = "stays; --prune removes built ones"
        if path in run.finished.removed:
            told = "to be removed" if run.planned else "removed"
        elif path.endswith(DISPLACED):
            told = "may hold what somebody saved as a run was killed; compare it, then delete it"
        elif path.endswith(".po"):
            told = "stays: catalogs may hold translations; delete it by hand"
        yield path, told, "warning"


def _totals(run: Run) -> Iterator[tuple[str, str]]:
    if run.extracted:
        words = sum(outcome.words for outcome in run.extracted)
        yield "templates", f"{_counted(run.extracted)} · {words:,} words"
    if run.updated:
        yield "catalogs", f"{_counted(run.updated)}{_merged(run.updated)}"
    if run.noted:
        yield "comments", _counted(run.noted)
    if run.checked:
        yield "findings", _severities(run.findings.counts)
    if run.built:
        told = ((run.statuses.get(status, 0), status.value) for status in Status)
        yield "pages", _listed(*told)
    if run.audited:
        left = len(run.audited) - run.proven
        yield "proofs", _listed((run.proven, "proven"), (left, "not proven"))


def _counted(outcomes: Sequence[Extracted | Updated | Noted]) -> str:
    written = sum(outcome.written for outcome in notable(outcomes))
    failed = sum(outcome.failure is not None for outcome in notable(outcomes))
    same = len(outcomes) - written - failed
    return _listed((written, "written"), (same, "unchanged"), (failed, "failed"))


def _merged(updated: Sequence[Updated]) -> str:
    written = [outcome for outcome in notable(updated) if outcome.written]
    new = sum(outcome.new for outcome in written)
    fuzzy = sum(outcome.fuzzy for outcome in written)
    obsolete = sum(outcome.obsolete for outcome in written)
    told = _listed((new, "new"), (fuzzy, "fuzzy"), (obsolete, "obsolete"))
    return f" · entries: {told}" if new or fuzzy or obsolete else ""


def _severities(found: Mapping[Severity, int]) -> str:
    told = ((found[severity], severity.value) for severity in (Severity.ERROR, Severity.WARNING))
    return _listed(*((count, f"{name}{'' if count == 1 else 's'}") for count, name in told))


def _listed(*counts: tuple[int, str]) -> str:
    return ", ".join(f"{count:,} {what}" for count, what in counts if count) or "none"


# --- approvals and coverage as text -----------------------------------------------------------


def approvals(approved: Sequence[Approved], page: Page = Page()) -> Iterator[str]:
    """Yield which locales have an approved disclaimer, and which have none; nothing if none has."""
    known = [f"{one.locale} ({_approval(one)})" for one in approved if one.path]
    missing = [one.locale for one in approved if not one.path]
    if known:
        yield page.paint("disclaimer approved ", "faint") + ", ".join(known)
    if known and missing:
        yield page.paint("not approved        ", "faint") + ", ".join(missing)


def _approval(approved: Approved) -> str:
    """Say who approved a disclaimer and when, or why that is not known."""
    if approved.failure:
        return f"{place(approved.failure)}: {visible(approved.failure.message)}"
    return f"{approved.by}, {approved.on}" if approved.by else approved.path


def percent(coverage: Coverage) -> str:
    """Write how much is translated; only all of it is 100 %."""
    return f"{int(coverage.ratio * 100)} %"


def counted(count: int, what: str) -> str:
    """Write how many of something there are: `1 page`, `2,000 pages`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


# --- JSON -------------------------------------------------------------------------------------


def to_json(run: Run, *, command: str) -> str:
    """Write all that a run came to as JSON."""
    told = plain(run, command=command)
    listed = {key: [*item] if isinstance(item, Iterator) else item for key, item in told.items()}
    return json.dumps(listed, ensure_ascii=False, indent=2)


def plain(run: Run, *, command: str) -> dict[str, Any]:
    """Return all that a run came to as what JSON is made of; long lists are iterators."""
    return {
        "version": VERSION,
        "command": command,
        "good": run.good,
        "changed": run.changed,
        "planned": run.planned,
        "templates": [_outcome(outcome) for outcome in run.extracted],
        "catalogs": [_outcome(outcome) for outcome in run.updated],
        "comments": [_outcome(outcome) for outcome in run.noted],
        "checks": map(_outcome, bare(run.checked)),
        "pages": map(_outcome, bare(run.built)),
        "proofs": (_outcome(outcome) | {"proven": outcome.proven} for outcome in run.audited),
        "locales": [records.plain(tally) for tally in tallies(run)],
        "files": records.plain(run.finished),
        "approvals": [_outcome(outcome) for outcome in run.approved],
        "findings": map(records.plain, run.findings),
        "failures": [records.plain(failure) for failure in run.failures],
    }


def _outcome(
    outcome: Extracted | Updated | Noted | Checked | BuildOutcome | Audited | Approved,
) -> dict[str, Any]:
    plain: dict[str, Any] = records.plain(outcome)
    # Findings stand in a list of their own; facts are for the other stages.
    told = {key: item for key, item in plain.items() if key not in ("facts", "findings")}
    if "coverage" in told:
        told["coverage"]["ratio"] = round(getattr(outcome, "coverage").ratio, 4)  # noqa: B009
    return told
