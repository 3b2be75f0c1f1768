"""What a survey of a project comes to: figures for each locale, and what is found most often.

    found = figures(survey(root))
    found.locales[0].words, found.locales[0].of("new").words, found.locales[0].held
    to_json(run, found)                   in pieces

Words are those of the source. A locale's are counted in its catalogs, where a text that stands on
all pages is one entry; an article's are those of its page. The texts that have waited longest are
those of the unfinished catalog to which none has come for the longest time: each of them has waited
since that day, or longer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from polypage.model import Todo
from polypage.profiles import is_pseudo, profile
from polypage.project import SITE
from polypage.runs import records, report
from polypage.runs.answers import bare, parts_of
from polypage.runs.kinds import Kind, added
from polypage.runs.outcomes import Checked, Run
from polypage.runs.settled import part_kinds
from polypage.runs.standing import State, state

_MOST = 10
"""How many kinds of findings are named."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The unfinished catalog to which no text has come for the longest time."""

    since: str
    """The day of the last: `2026-03-04`."""
    path: str
    """Below the project's root."""
    line: int | None
    """Of the first entry that asks for work."""


@dataclass(frozen=True, slots=True)
class LocaleFigures:
    """How far one locale has come."""

    locale: str
    entries: int
    words: int
    todo: tuple[Todo, ...]
    """What is left to do, by kind."""
    pages: int
    """Those there could be: each of these is in one of the following."""
    published: int
    """They stand in their newest state."""
    ready: int
    """The next build publishes them."""
    held: int
    failed: int
    """Page or catalog cannot be read."""
    stale: int
    """Held ones where an older page stands."""
    recalled: int
    """The older page that stands must not stay as it is."""
    oldest: Waiting | None

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return profile(self.locale).native_name

    @property
    def translated_words(self) -> int:
        """The words of what can be published."""
        return self.words - sum(each.words for each in self.todo)

    @property
    def ratio(self) -> float:
        """The share of words whose translation can be published; 1 where there are none."""
        return self.translated_words / self.words if self.words else 1.0

    def of(self, kind: str) -> Todo:
        """Return what is left to do of one kind."""
        return next((each for each in self.todo if each.kind == kind), Todo(kind, 0, 0))

    @property
    def fuzzy_words(self) -> int:
        """The words of what has a translation that somebody has to look at."""
        return sum(each.words for each in self.todo if each.kind not in ("new", "wrong"))


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a project has come."""

    articles: tuple[str, ...]
    locales: tuple[LocaleFigures, ...]
    frequent: tuple[Kind, ...]
    """The kinds of errors and warnings, errors first, what is found most often before the rest."""


def figures(run: Run) -> Figures:
    """Add up what a survey found."""
    targets = {each.locale for each in run.approved}
    sums: dict[str, _Sum] = {}
    slugs: dict[str, None] = {}
    for outcome in bare(run.checked):
        slugs.setdefault(outcome.slug)
        if outcome.locale in targets or is_pseudo(outcome.locale):
            sums.setdefault(outcome.locale, _Sum(outcome.locale)).add(outcome)
    slugs.pop(SITE, None)
    locales = tuple(each.figures() for each in sums.values())
    return Figures(tuple(slugs), locales, _frequent(run.checked))


class _Sum:
    """Adds up one locale, of which there may be more outcomes than there is memory for."""

    def __init__(self, locale: str) -> None:
        self._locale = locale
        self._counts = Counter[str]()
        self._entries = Counter[str]()
        self._words = Counter[str]()
        self._oldest: Waiting | None = None

    def add(self, checked: Checked) -> None:
        """Count a page, or the site's texts."""
        backlog = checked.backlog
        self._counts["entries"] += backlog.entries
        self._counts["words"] += backlog.words
        for each in backlog.todo:
            self._entries[each.kind] += each.entries
            self._words[each.kind] += each.words
        if backlog.todo and backlog.since:
            waiting = Waiting(backlog.since, checked.path, backlog.line)
            self._oldest = min(self._oldest or waiting, waiting, key=_patience)
        if checked.slug != SITE:
            becomes = state(checked)
            self._counts["pages"] += 1
            self._counts[becomes] += 1
            self._counts["stale"] += becomes is State.HELD and checked.standing

    def figures(self) -> LocaleFigures:
        """Return how far the locale has come, by what was added so far."""
        from polypage.catalogs.backlog import KINDS  # noqa: PLC0415 - slow, and for work alone

        counts, entries, words = self._counts, self._entries, self._words
        return LocaleFigures(
            self._locale,
            entries=counts["entries"],
            words=counts["words"],
            todo=tuple(Todo(kind, entries[kind], words[kind]) for kind in KINDS if entries[kind]),
            pages=counts["pages"],
            published=counts[State.PUBLISHED],
            ready=counts[State.READY],
            held=counts[State.HELD],
            failed=counts[State.FAILED],
            stale=counts["stale"],
            recalled=counts[State.RECALLED],
            oldest=self._oldest,
        )


def _patience(waiting: Waiting) -> tuple[str, str]:
    return waiting.since, waiting.path


def _frequent(checked: Sequence[Checked]) -> tuple[Kind, ...]:
    """Return what is found most often; of what is packed, its findings stay so."""
    return added(map(part_kinds, parts_of(checked)))[:_MOST]


# --- JSON -------------------------------------------------------------------------------------


def to_json(run: Run, found: Figures) -> Iterator[str]:
    """Write a survey as JSON on one line: what every run tells, and the figures.

    It comes in pieces: what is found in ten thousand articles makes a long line.
    """
    told = report.plain(run, command="status")
    more = {
        "progress": [_plain(each) for each in found.locales],
        "frequent": [records.plain(each) for each in found.frequent],
    }
    return records.told(told | more)


def _plain(each: LocaleFigures) -> Mapping[str, object]:
    counted = {
        "name": each.name,
        "translated_words": each.translated_words,
        "fuzzy_words": each.fuzzy_words,
        "new_words": each.of("new").words,
        "wrong_words": each.of("wrong").words,
        "ratio": round(each.ratio, 4),
    }
    plain: dict[str, object] = records.plain(each)
    return plain | counted
