"""How many entries of each locale were checked, and what was found in them.

    tallies(run)      (Tally("fr", entries=52, errors=1, warnings=2, families={"negation": 1, …}), …)

A finding about a text that stands on many pages counts once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from polypage.model import Finding, Severity
from polypage.runs.answers import bare
from polypage.runs.outcomes import Checked, Compared, Run

# The list of checks takes time to import, and is needed where something was checked.
# ruff: noqa: PLC0415


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of checking one locale."""

    locale: str
    entries: int
    """Finished translations that were looked at."""
    errors: int
    warnings: int
    infos: int
    families: Mapping[str, int]
    """How many errors and warnings each family of checks has, in the order of the families."""


def tallies(run: Run) -> tuple[Tally, ...]:
    """Count by locale, in the order in which they were checked; those without catalogs have none."""
    entries, have = Counter[str](), dict[str, None]()
    for outcome in bare(run.checked):
        entries[outcome.locale] += outcome.checked
        if outcome.path.endswith(".po"):
            have.setdefault(outcome.locale)
    found = _found(run) if have else {}
    return tuple(_tally(locale, entries[locale], found.get(locale, ())) for locale in have)


def _found(run: Run) -> Mapping[str, Iterable[Finding]]:
    """Return what was found in each locale, each finding once."""
    found: dict[str, dict[Finding, None]] = defaultdict(dict)
    outcomes: Iterator[Checked | Compared] = chain(run.checked, run.compared)
    for outcome in outcomes:
        found[outcome.locale].update(dict.fromkeys(outcome.findings))
    return found


def _tally(locale: str, entries: int, findings: Iterable[Finding]) -> Tally:
    from polypage.checking.checklist import CODES
    from polypage.checking.rows import Family

    found = [each for each in findings if each.code in CODES]
    severities = Counter(each.severity for each in found)
    families = Counter(
        CODES[each.code].family for each in found if each.severity is not Severity.INFO
    )
    return Tally(
        locale,
        entries,
        severities[Severity.ERROR],
        severities[Severity.WARNING],
        severities[Severity.INFO],
        {family.value: families[family] for family in Family if families[family]},
    )
