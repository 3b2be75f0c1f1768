"""Files for translators' tools, out of a project and into it.

    sent = send(Path("clinic"), Path("to-agency"), form="xliff", locales=["vi"])
    got = receive(Path("clinic"), [Path("to-agency")])
    lines(got, Page())          what was taken from which file, and what was not

The formats are told in `polypage.exchange.formats`, what becomes of the words in `polypage.exchange.taking`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from polypage.errors import ExchangeError
from polypage.exchange.formats import ENDINGS
from polypage.model import Finding, Severity
from polypage.project import SITE, load
from polypage.runs import records
from polypage.runs.outcomes import is_error
from polypage.runs.pipeline import exclusive
from polypage.runs.report import VERSION, Page, message_of, place
from polypage.runs.scope import scope_of
from polypage.runs.stages.exporting import Exported, export_batch
from polypage.runs.stages.importing import Imported, import_batch


class _Stoppable(Protocol):
    @property
    def failure(self) -> Finding | None: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of an export."""

    catalogs: tuple[Exported, ...] = ()

    @property
    def failures(self) -> tuple[Finding, ...]:
        return _failures(self.catalogs)

    @property
    def exit_status(self) -> int:
        """0 when all is written, 2 when nothing is, 1 otherwise."""
        return _status(self.catalogs, good=not self.failures)


@dataclass(frozen=True, slots=True)
class Received:
    """What came of an import."""

    catalogs: tuple[Imported, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(found for catalog in self.catalogs for found in catalog.findings)

    @property
    def failures(self) -> tuple[Finding, ...]:
        return _failures(self.catalogs)

    @property
    def exit_status(self) -> int:
        """0 when all is taken, 2 when no file could be read, 1 otherwise."""
        good = not self.failures and not any(map(is_error, self.findings))
        return _status(self.catalogs, good=good)


def _failures(outcomes: Sequence[_Stoppable]) -> tuple[Finding, ...]:
    return tuple(outcome.failure for outcome in outcomes if outcome.failure)


def _status(outcomes: Sequence[_Stoppable], *, good: bool) -> int:
    if good:
        return 0
    return 2 if all(outcome.failure for outcome in outcomes) else 1


def send(
    root: Path,
    folder: Path,
    *,
    form: str,
    slugs: Sequence[str] = (),
    locales: Sequence[str] = (),
    fuzzy: bool = False,
) -> Sent:
    """Write catalogs as exchange files below a folder: of all articles and the site, or of some.

    With `fuzzy`, memories get fuzzy translations too; the other formats have them anyway.

    Raises:
        PolypageError: The settings make no sense, or an article or locale is not the project's.
    """
    scope = scope_of(load(root), slugs, locales)
    chosen = (*scope.slugs, SITE) if scope.whole else scope.slugs
    done = export_batch(root, chosen, scope.locales, form=form, folder=folder, fuzzy=fuzzy)
    return Sent(done)


def receive(root: Path, paths: Sequence[Path], *, reviewed: bool = False) -> Received:
    """Take exchange files, and those below folders, into the project's catalogs.

    What memories bring only suggests; if it is `reviewed`, it goes into the compendium.

    Raises:
        PolypageError: The settings make no sense, a run is at work, or there is no such file.
    """
    with exclusive(root):
        return Received(import_batch(root, tuple(_files(paths)), reviewed=reviewed))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise ExchangeError(path, "there is no such file")
        found = [path] if path.is_file() else _below(path)
        if not found:
            remedy = f"their names end in {' or '.join(ENDINGS)}"
            raise ExchangeError(path, "has no exchange files in it", remedy=remedy)
        yield from found


def _below(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in ENDINGS
    )


# --- as text ----------------------------------------------------------------------------------


def lines(exchange: Sent | Received, page: Page) -> Iterator[str]:
    """Yield what stopped the work, what was found, each file, and the sum of them."""
    findings = exchange.findings if isinstance(exchange, Received) else ()
    told = [each for each in findings if each.severity is not Severity.INFO]
    yield from _told(page, "Could not be worked on", exchange.failures)
    yield from _told(page, "Found", sorted(told, key=lambda each: not is_error(each)))
    if isinstance(exchange, Sent):
        yield from _sent(exchange, page)
    else:
        yield from _received(exchange, page)


def _told(page: Page, title: str, findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield page.paint(title, "error" if any(map(is_error, findings)) else "warning")
    for finding in findings[: page.most]:
        yield f"  {page.paint(place(finding), 'strong')}: {message_of(finding)}"
    if len(findings) > page.most:
        more = f"  … and {len(findings) - page.most} more; --format json names them all"
        yield page.paint(more, "faint")
    yield ""


def _sent(sent: Sent, page: Page) -> Iterator[str]:
    done = [each for each in sent.catalogs if not each.failure]
    written = sum(each.written for each in done)
    entries = sum(each.entries for each in done)
    counts = f"{written} written, {len(done) - written} unchanged · entries: {entries:,}"
    yield page.paint("files      ", "faint") + counts
    if wrong := sum(each.wrong for each in done):
        told = f"{wrong:,} with an error: not among the finished; `polypage check` tells them"
        yield page.paint("entries    ", "faint") + page.paint(told, "warning")


def _received(received: Received, page: Page) -> Iterator[str]:
    done = [each for each in received.catalogs if not each.failure]
    for each in done:
        yield f"{page.paint(each.file, 'strong')}: {_counts(each)}"
    taken = sum(each.taken for each in done)
    written = sum(each.written for each in done)
    total = f"{written} of {len(done)} written · entries: {taken:,} changed"
    yield page.paint("catalogs   ", "faint") + total


def _counts(imported: Imported) -> str:
    counts = (
        (imported.conflicts, "conflicts"),
        (imported.left, "not taken"),
    )
    told = [f"{imported.taken} of {imported.entries} entries changed"]
    return ", ".join([*told, *(f"{count} {what}" for count, what in counts if count)])


# --- JSON -------------------------------------------------------------------------------------


def to_json(exchange: Sent | Received) -> str:
    """Write what came of an exchange as JSON."""
    sent = isinstance(exchange, Sent)
    report: dict[str, Any] = {
        "version": VERSION,
        "command": "export" if sent else "import",
        "good": exchange.exit_status == 0,
        "catalogs": [records.plain(catalog) for catalog in exchange.catalogs],
        "failures": [records.plain(failure) for failure in exchange.failures],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)
