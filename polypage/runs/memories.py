"""The translation memory of a project, as people ask for it.

state = survey(Path("clinic"))              how much is remembered, by locale
rebuild(Path("clinic"))                     the same, after it was made anew
search(Path("clinic"), "Take it with food.", locales=("vi",))
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polypage.catalogs.changes import plain_text
from polypage.catalogs.templates import one_line
from polypage.errors import DamagedError, PolypageError
from polypage.model import Finding
from polypage.profiles import is_pseudo
from polypage.project import Project, load
from polypage.reuse.index import words_in
from polypage.reuse.memory import Hit, Holding, Memory, opened
from polypage.reuse.vetting import errors_of
from polypage.runs.pipeline import exclusive
from polypage.runs.report import VERSION, Page
from polypage.runs.scope import scope_of
from polypage.runs.stages.remembering import remember
from polypage.runs.standards import standards_of

_LEAST = 50
"""Percent of likeness: less is of no help to anybody."""
_MOST = 10
"""How many translations are told of a locale."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is remembered."""

    bytes: int
    """How much room it takes on the disk."""
    locales: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a locale, the most alike first."""

    locale: str
    hits: tuple[Hit, ...]
    errors: tuple[tuple[Finding, ...], ...]
    """What keeps each of them off pages: none of those is suggested."""


def survey(root: Path) -> Holdings:
    """Say what is remembered, as of the last update; nothing is written.

    Raises:
        PolypageError: There is no memory, or none that can be read.
    """
    with _read(load(root)) as memory:
        return Holdings(memory.size, memory.holdings())


def rebuild(root: Path) -> Holdings:
    """Make the memory anew from all catalogs, and say what is remembered.

    Raises:
        PolypageError: Another run is at work, or nothing can be written.
    """
    with exclusive(root) as project:
        with opened(project.memory_dir) as memory:
            memory.forget()
        remember(root)
        return survey(root)


def search(root: Path, text: str, *, locales: Sequence[str] = ()) -> tuple[Found, ...]:
    """Find translations of texts like this one, or else of those that have all its words.

    They are looked for in all locales if none is named.

    Raises:
        PolypageError: There is no memory, or none that can be read; or no such locale.
    """
    project = load(root)
    chosen = scope_of(project, (), locales).locales
    with _read(project) as memory:
        return tuple(
            _found(project, locale, _hits(memory, text, locale)[:_MOST])
            for locale in chosen
            if not is_pseudo(locale)
        )


def _hits(memory: Memory, text: str, locale: str) -> tuple[Hit, ...]:
    alike = memory.similar(text, locale, least=_LEAST)
    words = _words(text)
    if alike or not words:
        return alike
    # A word or two are not much like the sentence that they are looked for in.
    some = memory.similar(text, locale, least=0)
    return tuple(hit for hit in some if words <= _words(hit.entry.msgid))


def _words(text: str) -> set[str]:
    return set(words_in(plain_text(text)))


def _found(project: Project, locale: str, hits: tuple[Hit, ...]) -> Found:
    standards = standards_of(project, locale)
    return Found(locale, hits, tuple(errors_of(hit.entry, standards) for hit in hits))


@contextmanager
def _read(project: Project) -> Iterator[Memory]:
    remedy = "`polypage memory rebuild` makes one of the catalogs"
    if not project.settings.memory.suggest:
        remedy = "`[memory] suggest` is false: nothing is remembered"
    with opened(project.memory_dir) as memory:
        if not memory.exists:
            problem = "there is no translation memory"
            raise PolypageError(project.memory_dir, problem, remedy=remedy)
        try:
            yield memory
        except DamagedError as error:
            problem = f"the translation memory cannot be read ({error})"
            raise PolypageError(project.memory_dir, problem, remedy=remedy) from error


# --- as text ----------------------------------------------------------------------------------


def holdings_lines(holdings: Holdings, page: Page) -> Iterator[str]:
    """Yield a table of the locales, and the size."""
    names = max(map(len, ("locale", *(each.locale for each in holdings.locales))))
    head = f"{'locale':<{names}}  {'catalogs':>10}  {'texts':>10}  {'translations':>12}"
    yield page.paint(head, "faint")
    for each in holdings.locales:
        name = page.paint(f"{each.locale:<{names}}", "strong")
        yield f"{name}  {each.catalogs:>10,}  {each.texts:>10,}  {each.translations:>12,}"
    yield page.paint("size  ", "faint") + f"{holdings.bytes / 1e6:.1f} MB"


def found_lines(found: Sequence[Found], page: Page) -> Iterator[str]:
    """Yield the translations by locale, each after the text it was made for."""
    for each in found:
        yield page.paint(each.locale, "strong")
        if not each.hits:
            yield page.paint("  nothing like it", "faint")
        for hit, errors in zip(each.hits, each.errors, strict=True):
            yield f"  {int(hit.score):>3} %  {one_line(hit.msgid)}"
            yield page.paint(f"         {one_line(hit.msgstr)}", "error" if errors else "good")
            for error in errors:
                yield page.paint(f"         error: {error.message} ({error.code})", "error")
            yield page.paint(f"         {_origin(hit)}", "faint")


def _origin(hit: Hit) -> str:
    context = f", context {hit.context}" if hit.context is not None else ""
    more = f" and {hit.catalogs - 1} more" if hit.catalogs > 1 else ""
    return f"{hit.path}{more}{context}"


# --- JSON -------------------------------------------------------------------------------------


def holdings_json(holdings: Holdings) -> str:
    """Write what is remembered as JSON."""
    locales = [each._asdict() for each in holdings.locales]
    return _json({"bytes": holdings.bytes, "locales": locales})


def found_json(found: Sequence[Found]) -> str:
    """Write what was found as JSON."""
    return _json(
        {
            "found": [
                {"locale": each.locale, "hits": [*map(_plain, each.hits, each.errors)]}
                for each in found
            ]
        }
    )


def _plain(hit: Hit, errors: Sequence[Finding]) -> dict[str, Any]:
    told = [{"code": error.code, "message": error.message} for error in errors]
    return {**hit._asdict(), "score": round(hit.score, 1), "errors": told}


def _json(report: dict[str, Any]) -> str:
    whole = {"version": VERSION, "command": "memory", **report}
    return json.dumps(whole, ensure_ascii=False, indent=2)
