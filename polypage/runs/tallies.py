"""How many entries of each locale were checked, and what was found in them.

    tallies(run)      (Tally("fr", entries=52, errors=1, warnings=2, families={"negation": 1, …}), …)

A finding about a text that stands on many pages counts once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from polypage.model import Finding, Severity
from polypage.runs.answers import bare
from polypage.runs.outcomes import Run

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
    counts = _counts(run) if have else {}
    return tuple(_tally(locale, entries[locale], counts.get(locale, Counter())) for locale in have)


_Counts: TypeAlias = Counter[tuple[str, Severity]]
"""How many findings there are of each code and severity."""


def _counts(run: Run) -> Mapping[str, _Counts]:
    """Count what was found in each locale, each finding once.

    What is found in an outcome's own file is found in no other outcome, and need not be kept.
    """
    counts: dict[str, _Counts] = defaultdict(Counter)
    shared: dict[str, set[Finding]] = defaultdict(set)
    for outcome in run.checked:
        for finding in set(outcome.findings):
            if finding.path == outcome.path:
                counts[outcome.locale][finding.code, finding.severity] += 1
            else:
                shared[outcome.locale].add(finding)
    for compared in run.compared:
        shared[compared.locale].update(compared.findings)
    for locale, findings in shared.items():
        counts[locale].update((finding.code, finding.severity) for finding in findings)
    return counts


def _tally(locale: str, entries: int, counts: _Counts) -> Tally:
    from polypage.checking.checklist import CODES
    from polypage.checking.rows import Family

    severities, families = Counter[Severity](), Counter[Family]()
    for (code, severity), count in counts.items():
        if code in CODES:
            severities[severity] += count
            if severity is not Severity.INFO:
                families[CODES[code].family] += count
    return Tally(
        locale,
        entries,
        severities[Severity.ERROR],
        severities[Severity.WARNING],
        severities[Severity.INFO],
        {family.value: families[family] for family in Family if families[family]},
    )
