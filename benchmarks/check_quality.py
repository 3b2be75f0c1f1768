"""How many seeded errors the checks of entries find, and what they say of right translations.

Beside each figure stands what pofilter of translate-toolkit makes of the same entries.

    make check-quality              a table of classes, and one of languages
    make check-quality ARGS=-v      what was missed, and what was found in right translations
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from benchmarks.mutations import Pair, Table, mutants, shown, tables
from polypage.checking.checks import check_entry
from polypage.model import Entry
from polypage.profiles import profile
from tests.contents import content

Found: TypeAlias = "frozenset[tuple[str, str]]"
"""Severities and what is found, in words."""
Checker: TypeAlias = Callable[[Pair, str], Found]


@dataclass
class Score:
    """What one checker makes of one language."""

    name: str
    right: int = 0
    errors: int = 0
    """Right translations with errors."""
    warnings: int = 0
    """Right translations with warnings and no errors."""
    seeded: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    """Seeded errors with a finding that the right translation does not have, by class."""
    remarks: list[str] = field(default_factory=list)

    def recall(self, kind: str) -> float:
        return self.caught[kind] / self.seeded[kind] if self.seeded[kind] else 1.0


def measure(checker: Checker) -> tuple[Score, ...]:
    """Check all pairs and what can be made of them, language by language."""
    return tuple(_score(table, checker) for table in tables())


def _score(table: Table, checker: Checker) -> Score:
    score = Score(table.name)
    for pair in table.pairs:
        good = checker(pair, shown(pair.msgstr))
        severities = {severity for severity, _ in good}
        score.right += 1
        score.errors += "error" in severities
        score.warnings += severities == {"warning"}
        if good:
            score.remarks.append(_remark("false", pair, shown(pair.msgstr), good))
        for kind, msgstr in mutants(pair, table):
            score.seeded[kind] += 1
            found = checker(pair, msgstr)
            if found - good:
                score.caught[kind] += 1
            else:
                score.remarks.append(_remark(f"missed {kind}", pair, msgstr, found))
    return score


def _remark(what: str, pair: Pair, msgstr: str, found: Found) -> str:
    said = "".join(f"\n    {severity}: {message}" for severity, message in sorted(found))
    return f"{pair.spoken}-{pair.written} {what}\n  - {pair.msgid}\n  + {msgstr}{said}"


def polypage(pair: Pair, msgstr: str) -> Found:
    """Check an entry as `polypage check` does."""
    found = check_entry(
        Entry(pair.msgid, msgstr),
        content(pair.msgid),
        profile(pair.written),
        path="",
        source_locale=pair.spoken,
    )
    return frozenset(
        (each.severity.value, f"{each.code}: {each.message}")
        for each in found
        if each.severity.value != "info"
    )


def pofilter() -> Checker:
    """Return translate-toolkit's checker, all of its filters on."""
    from translate.filters.checks import CheckerConfig, StandardChecker  # noqa: PLC0415
    from translate.storage.po import pounit  # noqa: PLC0415

    checkers = {}

    def check(pair: Pair, msgstr: str) -> Found:
        if pair.written not in checkers:
            config = CheckerConfig(targetlanguage=pair.written)
            checkers[pair.written] = StandardChecker(checkerconfig=config)
        unit = pounit(pair.msgid)
        unit.target = msgstr
        failures = checkers[pair.written].run_filters(unit)
        return frozenset(("error", f"{name}: {said}") for name, said in failures.items())

    return check


# --- what is printed --------------------------------------------------------------------------


def main() -> None:
    """Print the figures of both checkers, and on demand what lies behind ours."""
    ours, theirs = measure(polypage), measure(pofilter())
    if "-v" in sys.argv:
        print("\n".join(remark for score in ours for remark in score.remarks))
    print("\n".join(_by_class(ours, theirs)))
    print("\n".join(_by_language(ours, theirs)))


def _by_class(ours: Iterable[Score], theirs: Iterable[Score]) -> Iterator[str]:
    yield f"{'class':<12}{'seeded':>8}{'found':>8}{'pofilter':>10}"
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for column, scores in ((1, ours), (2, theirs)):
        for score in scores:
            for kind, seeded in score.seeded.items():
                counts[kind][0] += seeded * (column == 1)
                counts[kind][column] += score.caught[kind]
    for kind, (seeded, one, other) in counts.items():
        yield f"{kind:<12}{seeded:>8}{one / seeded:>8.3f}{other / seeded:>10.3f}"


def _by_language(ours: Iterable[Score], theirs: Iterable[Score]) -> Iterator[str]:
    yield ""
    yield f"{'language':<10}{'right':>6}{'errors':>8}{'warnings':>9}{'found':>8}{'pofilter: errors':>18}{'found':>8}"
    total = [0, 0, 0, 0, 0, 0, 0]
    for one, other in zip(ours, theirs, strict=True):
        row = [
            one.right,
            one.errors,
            one.warnings,
            one.caught.total(),
            other.errors,
            other.caught.total(),
            one.seeded.total(),
        ]
        total = [a + b for a, b in zip(total, row, strict=True)]
        yield _row(one.name, row)
    yield _row("all", total)
    yield "errors and warnings: for 1,000 right translations"


def _row(name: str, counts: list[int]) -> str:
    right, errors, warnings, found, their_errors, their_found, seeded = counts
    return (
        f"{name:<10}{right:>6}{errors / right * 1000:>8.1f}{warnings / right * 1000:>9.1f}"
        f"{found / seeded:>8.3f}{their_errors / right * 1000:>18.1f}{their_found / seeded:>8.3f}"
    )


if __name__ == "__main__":
    main()
