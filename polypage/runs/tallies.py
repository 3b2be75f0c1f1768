"""How many entries of each locale were checked, and what was found in them.

    tallies(run)      (Tally("fr", entries=52, errors=1, warnings=2, families={"negation": 1, …}), …)

A finding about a text that stands on many pages counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from polypage.model import Finding, Severity
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
    locales = dict.fromkeys(
        outcome.locale for outcome in run.checked if outcome.path.endswith(".po")
    )
    return tuple(_tally(run, locale) for locale in locales)


def _tally(run: Run, locale: str) -> Tally:
    from polypage.checking.checklist import CODES
    from polypage.checking.rows import Family

    entries = sum(outcome.checked for outcome in run.checked if outcome.locale == locale)
    found = [each for each in dict.fromkeys(_found(run, locale)) if each.code in CODES]
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


def _found(run: Run, locale: str) -> Iterator[Finding]:
    outcomes: tuple[Checked | Compared, ...] = (*run.checked, *run.compared)
    for outcome in outcomes:
        if outcome.locale == locale:
            yield from outcome.findings
