"""Kinds of findings: how often each is found, and where first.

    kinds = kinds_of(findings, own={"locales/vi/LC_MESSAGES/rolling.po"})
    added([kinds, …])        (Kind("lost-negation", Severity.ERROR, 3, Finding(…)), …)

What is found in an article's own files is found nowhere else, and can be counted article by
article; what is found in a file that articles share is found with each of them, and counts once.
Kinds are those of errors and warnings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from polypage.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding, and how often it is found."""

    code: str
    severity: Severity
    count: int
    example: Finding
    """The first of them, by file and line."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """What was found about an article."""

    own: tuple[Kind, ...]
    shared: tuple[Finding, ...]
    """In files that are not its own."""


def kinds_of(findings: Iterable[Finding], *, own: Collection[str]) -> Kinds:
    """Count what was found about an article, each finding once; `own` are the paths of its files."""
    told = [one for one in dict.fromkeys(findings) if one.severity is not Severity.INFO]
    counted: _Counted = {}
    for finding in told:
        if finding.path in own:
            _count(counted, _kind(finding))
    return Kinds(tuple(counted.values()), tuple(one for one in told if one.path not in own))


def added(articles: Iterable[Kinds]) -> tuple[Kind, ...]:
    """Add up what was found about articles; errors first, what is found most often before the rest."""
    counted: _Counted = {}
    shared: dict[Finding, None] = {}
    for article in articles:
        shared.update(dict.fromkeys(article.shared))
        for kind in article.own:
            _count(counted, kind)
    for finding in shared:
        _count(counted, _kind(finding))
    return tuple(sorted(counted.values(), key=_rank))


_Counted: TypeAlias = dict[tuple[str, Severity], Kind]


def _count(counted: _Counted, kind: Kind) -> None:
    known = counted.setdefault((kind.code, kind.severity), kind)
    if known is not kind:
        first = min(known.example, kind.example, key=lambda finding: finding.order)
        count = known.count + kind.count
        counted[kind.code, kind.severity] = replace(known, count=count, example=first)


def _kind(finding: Finding) -> Kind:
    return Kind(finding.code, finding.severity, 1, finding)


def _rank(kind: Kind) -> tuple[bool, int, str]:
    return kind.severity is not Severity.ERROR, -kind.count, kind.code
