"""The proof of pages from elsewhere: any folder of HTML, whoever built it.

demands = demands_of(Path("clinic"), source_link="p.source a")     settings, and what overrides
inspections = inspect(Path("/srv/www"), demands)
inspections.exit_status             0: every page shows its source link and disclaimer
lines(inspections, Page())          what is wrong, page by page
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from polypage.approval import read as read_approval
from polypage.building.teasers import is_front_page
from polypage.errors import SettingsError
from polypage.files import open_file, read_file
from polypage.model import Finding, Severity
from polypage.profiles import tag
from polypage.project import ENDINGS, SETTINGS_FILE, load
from polypage.proving.elsewhere import Demands, Inspected, inspect_page
from polypage.runs import records
from polypage.runs.localefiles import approved_texts
from polypage.runs.pipeline import Progress, pool
from polypage.runs.report import VERSION, Page, message_of, place
from polypage.runs.sources import MOST_BYTES
from polypage.runs.stages.fronts import FRONTS

_BATCH = 100
"""How many pages go to a process at a time."""


@dataclass(frozen=True, slots=True)
class Inspections:
    """What the proof of all pages gave."""

    pages: tuple[Inspected, ...] = ()
    failures: tuple[Finding, ...] = ()
    """Pages that cannot be opened."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for page in self.pages for finding in page.findings)

    @property
    def exit_status(self) -> int:
        """0 when all pages are fit, 2 when there was none to look at, 1 otherwise."""
        if not self.pages:
            return 2
        return 0 if not self.failures and all(page.fit for page in self.pages) else 1


def demands_of(
    root: Path,
    *,
    source_link: str | None = None,
    disclaimer: str | None = None,
    approved: Sequence[str] = (),
) -> Demands:
    """Return what pages must show: what a project's settings say, if there are any, and the rest.

    `approved` are files of approved texts with their locales, as in `vi=locales/vi/notice.toml`.

    Raises:
        SettingsError: The settings or an approved text make no sense, or nothing is asked for.
    """
    demands = Demands()
    if (root / SETTINGS_FILE).is_file():
        project = load(root)
        notice = project.settings.notice
        texts = {tag(locale): text for locale, text in approved_texts(project).items()}
        demands = Demands(
            source_link=notice.source_link,
            disclaimer=notice.disclaimer,
            after=notice.after,
            approved=texts,
        )
    demands = replace(
        demands,
        source_link=source_link or demands.source_link,
        disclaimer=disclaimer or demands.disclaimer,
        approved={**demands.approved, **dict(map(_approved, approved))},
    )
    if demands.source_link is None and demands.disclaimer is None:
        remedy = "say what to look for by --source-link and --disclaimer"
        raise SettingsError(root / SETTINGS_FILE, "there is no such file", remedy=remedy)
    return demands


def _approved(option: str) -> tuple[str, str]:
    locale, parted, name = option.partition("=")
    if not parted:
        remedy = "write it as vi=locales/vi/notice.toml"
        raise SettingsError(option, "names no locale", remedy=remedy)
    try:
        data = Path(name).read_bytes()
    except OSError as exc:
        raise SettingsError(name, f"cannot be read: {exc.strerror}") from exc
    return tag(locale), read_approval(data, path=name).text


def inspect(
    folder: Path, demands: Demands, *, workers: int = 1, on_progress: Progress | None = None
) -> Inspections:
    """Look at every page below a folder; nothing is written.

    Raises:
        SettingsError: A selector cannot be understood.
    """
    paths = sorted(_pages(folder))
    batches = [paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)]
    look = partial(_looked_at, demands)
    pages: list[Inspected] = []
    failures: list[Finding] = []
    with pool(workers) if workers > 1 else nullcontext() as processes:
        for found in processes.map(look, batches) if processes else map(look, batches):
            pages += (each for each in found if isinstance(each, Inspected))
            failures += (each for each in found if isinstance(each, Finding))
            if on_progress:
                on_progress("audit", len(pages) + len(failures), len(paths))
    return Inspections(tuple(pages), tuple(failures))


def _pages(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        is_page = path.name.lower().endswith(ENDINGS) and not hidden and path.is_file()
        if is_page and not _is_front_page(path):
            yield path


def _is_front_page(path: Path) -> bool:
    """Whether it is a list of articles that a build wrote, which owes no notice."""
    if path.name != FRONTS[0]:
        return False
    try:
        with open_file(path) as file:
            return is_front_page(file.read(MOST_BYTES))
    except OSError:
        return False  # proving it tells of that


def _looked_at(demands: Demands, paths: Sequence[Path]) -> tuple[Inspected | Finding, ...]:
    return tuple(_inspected(path, demands) for path in paths)


def _inspected(path: Path, demands: Demands) -> Inspected | Finding:
    name = path.as_posix()
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            problem = f"is {size / 1e6:.1f} MB large, and a page has {MOST_BYTES / 1e6:.0f} at most"
            return Finding("source-unreadable", Severity.ERROR, problem, name)
        return inspect_page(read_file(path), demands, path=name)
    except OSError as exc:
        problem = f"cannot be read: {exc.strerror}"
        return Finding("source-unreadable", Severity.ERROR, problem, name)


# --- as text ----------------------------------------------------------------------------------


def lines(inspections: Inspections, page: Page) -> Iterator[str]:
    """Yield what is wrong with each page, and how many are fit."""
    wrong = (*inspections.failures, *inspections.findings)
    for finding in wrong[: page.most]:
        where = page.paint(place(finding), "strong")
        yield f"{where}: {message_of(finding)}"
    if len(wrong) > page.most:
        more = f"… and {len(wrong) - page.most} more; --format json names them all"
        yield page.paint(more, "faint")
    fit = sum(each.fit for each in inspections.pages)
    unfit = len(inspections.pages) - fit + len(inspections.failures)
    told = f"{fit:,} fit" + (f", {unfit:,} not" if unfit else "")
    yield page.paint("pages      ", "faint") + (told if fit or unfit else "none")


# --- JSON -------------------------------------------------------------------------------------


def to_json(inspections: Inspections) -> str:
    """Write the proofs as JSON."""
    report = {
        "version": VERSION,
        "command": "audit",
        "good": inspections.exit_status == 0,
        "pages": [
            {"path": page.path, "language": page.language, "fit": page.fit}
            for page in inspections.pages
        ],
        "findings": [records.plain(finding) for finding in inspections.findings],
        "failures": [records.plain(failure) for failure in inspections.failures],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)
