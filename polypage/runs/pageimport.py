"""Filling a catalog from a page that somebody translated before.

    survey(Path("clinic"), "rolling", "vi", Path("old/lan-kim.html"))     what would be taken over
    perform(Path("clinic"), "rolling", "vi", Path("old/lan-kim.html"))    the same, written

What surely belongs to an entry becomes its translation, what may belong to it comes in fuzzy. An
entry that has a translation keeps it, if only a fuzzy one; what the memory suggested is none.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TypeAlias

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.merge import CHANGED, amend
from polypage.catalogs.uniting import is_suggestion, without_origin
from polypage.errors import PolypageError, SettingsError, SourceError
from polypage.model import Article, Domain, Entry, EntryKey, Finding
from polypage.profiles import is_pseudo, profile
from polypage.project import SITE, Project, load
from polypage.reuse.adopt import Adopted, adopt
from polypage.runs import columns, records
from polypage.runs.localefiles import open_catalog
from polypage.runs.pipeline import exclusive
from polypage.runs.report import VERSION, Page, Style
from polypage.runs.scope import scope_of
from polypage.runs.sources import Source, open_source
from polypage.runs.stages.extracting import extract_batch
from polypage.runs.stages.updating import update_batch


class State(StrEnum):
    """What becomes of an entry."""

    TAKEN = "taken"
    FUZZY = "fuzzy"
    OPEN = "open"
    """The page says nothing that could be meant."""
    KEPT = "kept"
    """It had a translation."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry, and what the page says for it."""

    domain: Domain
    msgid: str
    state: State
    msgstr: str = ""
    doubt: str = ""
    """Why somebody has to look at it."""


@dataclass(frozen=True, slots=True)
class PageImport:
    """What a page gives, or gave, to an article's catalog."""

    slug: str
    locale: str
    page: str
    rows: tuple[Row, ...]
    """In the order of the article."""
    written: bool = False


def survey(root: Path, slug: str, locale: str, page: Path) -> PageImport:
    """Say what the page would give; nothing is written.

    Raises:
        PolypageError: The project has no such article or locale, or something cannot be read.
    """
    project = load(root)
    locale = _checked(project, slug, locale)
    adopted = _adopted(project, slug, locale, page)
    catalogs = {
        domain: open_catalog(project, name, locale).catalog for domain, name in _names(slug).items()
    }
    return PageImport(slug, locale, str(page), tuple(_rows(adopted, catalogs)))


def perform(root: Path, slug: str, locale: str, page: Path) -> PageImport:
    """Bring the article's catalog up to date and fill it from the page.

    Raises:
        PolypageError: As `survey`, or a catalog cannot be written, or a run is at work.
    """
    locale = _checked(load(root), slug, locale)
    adopted = _adopted(load(root), slug, locale, page)
    with exclusive(root) as project:
        _stop_at(*(outcome.failure for outcome in extract_batch(root, (slug,))))
        _stop_at(*(outcome.failure for outcome in update_batch(root, (slug,), (locale,))))
        catalogs: dict[Domain, Catalog] = {}
        for domain, name in _names(slug).items():
            catalogs[domain] = open_catalog(project, name, locale).catalog
            said = {each.key: each for each in adopted if each.domain == domain}
            change = partial(_filled, said=said)
            amend(project.catalog_path(name, locale), change, clock=time)
    return PageImport(slug, locale, str(page), tuple(_rows(adopted, catalogs)), written=True)


def _checked(project: Project, slug: str, locale: str) -> str:
    """Return the locale as the project spells it."""
    if is_pseudo(locale):
        remedy = "its pages are made without any"
        raise SettingsError(project.root, f"{locale} is a locale without catalogs", remedy=remedy)
    return scope_of(project, (slug,), (locale,)).locales[0]


def _names(slug: str) -> dict[Domain, str]:
    """Return whose catalog holds the entries of each domain."""
    return {"article": slug, "site": SITE}


def _adopted(project: Project, slug: str, locale: str, page: Path) -> tuple[Adopted, ...]:
    spoken, written = profile(project.settings.project.source_locale), profile(locale)
    source = open_source(project, slug).article
    return adopt(source, _translated(project, slug, locale, page), spoken=spoken, written=written)


def _translated(project: Project, slug: str, locale: str, page: Path) -> Article:
    """Read a page by the project's rules, as if its language were the one to translate from."""
    try:
        data = page.read_bytes()
    except OSError as exc:
        raise SourceError(page, f"cannot be read: {exc.strerror}") from exc
    own = replace(project.settings.project, source_locale=locale)
    source = Source(slug, str(page), data, replace(project.settings, project=own))
    declared = source.document.elements[0].attribute("lang") or ""
    if (
        declared
        and declared.replace("_", "-").partition("-")[0].lower() != profile(locale).language
    ):
        problem = f'declares lang="{declared}", not {profile(locale).tag}'
        raise SourceError(page, problem, remedy="name its locale, or correct the attribute")
    return source.article


def _stop_at(*failures: Finding | None) -> None:
    for failure in filter(None, failures):
        raise PolypageError(failure.path, failure.message, line=failure.line)


def _filled(catalog: Catalog | None, *, said: Mapping[EntryKey, Adopted]) -> Catalog | None:
    """Give entries without a translation what the page says for them."""
    if catalog is None:
        return None
    entries = tuple(_with_words(entry, said.get(entry.key)) for entry in catalog.entries)
    return None if entries == catalog.entries else replace(catalog, entries=entries)


def _with_words(entry: Entry, adopted: Adopted | None) -> Entry:
    if adopted is None or not adopted.msgstr or _has_words(entry) or entry.plural is not None:
        return entry
    blank = _without_suggestion(entry)
    flags = dict.fromkeys(("fuzzy", *blank.flags) if adopted.doubt else blank.flags)
    return replace(blank, msgstr=adopted.msgstr, flags=tuple(flags))


def _has_words(entry: Entry) -> bool:
    """Whether there is a translation that stays: a person's words beat a machine's."""
    return entry.translated and not is_suggestion(entry)


def _without_suggestion(entry: Entry) -> Entry:
    if not is_suggestion(entry):
        return entry
    plain = without_origin(entry)
    return replace(
        plain,
        msgstr="",
        extracted_comments=tuple(
            line for line in plain.extracted_comments if not line.startswith(CHANGED)
        ),
        flags=tuple(flag for flag in plain.flags if flag != "fuzzy"),
        previous_context=None,
        previous_msgid=None,
        previous_plural=None,
    )


_Catalogs: TypeAlias = Mapping[Domain, Catalog]


def _rows(adopted: tuple[Adopted, ...], catalogs: _Catalogs) -> Iterator[Row]:
    """Yield what becomes of each entry, given the catalogs before."""
    known = {
        domain: {entry.key: entry for entry in catalog.entries}
        for domain, catalog in catalogs.items()
    }
    for each in adopted:
        entry = known[each.domain].get(each.key)
        msgid = each.key.msgid
        if entry is not None and _has_words(entry):
            yield Row(each.domain, msgid, State.KEPT, entry.msgstr)
        elif entry is None and each.domain == "site":
            yield Row(each.domain, msgid, State.OPEN, doubt="the site's catalog lacks it: update")
        elif not each.msgstr:
            yield Row(each.domain, msgid, State.OPEN, doubt=each.doubt)
        else:
            state = State.FUZZY if each.doubt else State.TAKEN
            yield Row(each.domain, msgid, state, each.msgstr, each.doubt)


# --- as text ----------------------------------------------------------------------------------

_STYLES: dict[State, Style] = {
    State.TAKEN: "good",
    State.FUZZY: "warning",
    State.OPEN: "error",
    State.KEPT: "faint",
}
_WIDTH = 36
"""How many columns of a text are shown."""


def lines(done: PageImport, page: Page) -> Iterator[str]:
    """Yield a line for each entry, and what it comes to."""
    for row in done.rows:
        state = page.paint(f"{row.state:<6}", _STYLES[row.state])
        cells = (state, _cell(row.msgid), _cell(row.msgstr), row.doubt)
        yield "  ".join(cells).rstrip()
    counts = Counter(row.state for row in done.rows)
    yield ""
    yield ", ".join(f"{counts[state]} {state}" for state in State)
    if not done.written:
        yield "nothing is written yet: it is without --dry-run"


def _cell(text: str) -> str:
    return columns.padded(columns.shortened(" ".join(text.split()), _WIDTH), _WIDTH)


def to_json(done: PageImport) -> str:
    """Write what becomes of each entry as JSON."""
    report = {"version": VERSION, "command": "import-page", "good": True, **records.plain(done)}
    return json.dumps(report, ensure_ascii=False, indent=2)
