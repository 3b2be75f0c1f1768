"""What came of a stage, over many articles: what is settled is unpacked only if somebody asks.

    answers = Answers((AtHand(done), settled))
    len(answers), answers[0], list(answers)      as a tuple of outcomes
    notable(answers)                             those that are not as they should be
    found(answers)                               the findings of all
    bare(answers)                                all, but perhaps without their findings

Most outcomes of most runs say that all is as it should be. Of those that are settled it is known
how many they are, what was found and which are notable, and a report needs no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, Protocol, TypeVar, overload

from polypage.model import BuildOutcome, Finding, Status

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Part(Protocol[T_co]):
    """The outcomes of some articles."""

    def __len__(self) -> int: ...

    def outcomes(self) -> tuple[T_co, ...]:
        """Return all of them."""

    def bare(self) -> tuple[T_co, ...]:
        """Return all of them; they may lack their findings."""

    def notable(self) -> tuple[T_co, ...]:
        """Return at least those that are not as they should be."""

    def found(self) -> Iterable[Finding]:
        """Return the findings of all."""


class Answers(Sequence[T_co]):
    """Outcomes, article by article; equal to others if the outcomes are.

    What has been unpacked stays so.
    """

    def __init__(self, parts: Iterable[Part[T_co]]) -> None:
        self.parts = tuple(parts)
        self._size = sum(map(len, self.parts))
        self._unpacked: dict[int, tuple[T_co, ...]] = {}

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[T_co]:
        return chain.from_iterable(map(self._part, range(len(self.parts))))

    def _part(self, at: int) -> tuple[T_co, ...]:
        if at not in self._unpacked:
            self._unpacked[at] = self.parts[at].outcomes()
        return self._unpacked[at]

    @overload
    def __getitem__(self, at: int) -> T_co: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, at: int | slice) -> T_co | tuple[T_co, ...]:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answers | tuple) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


@dataclass(frozen=True, slots=True)
class AtHand(Generic[T_co]):
    """Outcomes that need no unpacking."""

    own: tuple[T_co, ...]

    def __len__(self) -> int:
        return len(self.own)

    def outcomes(self) -> tuple[T_co, ...]:
        """Return all of them."""
        return self.own

    def bare(self) -> tuple[T_co, ...]:
        """Return all of them, with what findings they have."""
        return self.own

    def notable(self) -> tuple[T_co, ...]:
        """Return all of them: who asks looks at each."""
        return self.own

    def found(self) -> Iterable[Finding]:
        """Return the findings of all; what made a page fail is told among the failures."""
        return (finding for one in self.own for finding in _findings(one))


def joined(*some: Sequence[T]) -> Sequence[T]:
    """Return outcomes one after the other."""
    return Answers(chain.from_iterable(map(parts_of, filter(len, some))))


def notable(outcomes: Sequence[T]) -> Iterator[T]:
    """Yield at least those outcomes that are not as they should be."""
    return chain.from_iterable(part.notable() for part in parts_of(outcomes))


def bare(outcomes: Sequence[T]) -> Iterator[T]:
    """Yield all outcomes, for who does not ask for their findings: those that are packed lack them.

    Nothing of what is unpacked for that stays.
    """
    return chain.from_iterable(part.bare() for part in parts_of(outcomes))


def at_hand(outcomes: Sequence[T]) -> Iterator[T]:
    """Yield the outcomes that need no unpacking."""
    parts = (part for part in parts_of(outcomes) if isinstance(part, AtHand))
    return chain.from_iterable(part.own for part in parts)


def found(outcomes: Sequence[object]) -> Iterator[Finding]:
    """Yield the findings of all outcomes, in their order."""
    return chain.from_iterable(part.found() for part in parts_of(outcomes))


def paired(work: Callable[[T, T], T], first: Sequence[T], second: Sequence[T]) -> Sequence[T]:
    """Unite the outcomes of doing a stage twice over the same articles; packed ones are the same."""
    if not (isinstance(first, Answers) and isinstance(second, Answers)):
        return tuple(map(work, first, second))
    both = zip(first.parts, second.parts, strict=True)
    return Answers(
        AtHand(tuple(map(work, one.outcomes(), other.outcomes())))
        if isinstance(one, AtHand) or isinstance(other, AtHand)
        else other
        for one, other in both
    )


def parts_of(outcomes: Sequence[T]) -> tuple[Part[T], ...]:
    """Return outcomes as they are put together."""
    if isinstance(outcomes, Answers):
        return outcomes.parts
    return (AtHand(tuple(outcomes)),)


def _findings(outcome: Any) -> tuple[Finding, ...]:  # noqa: ANN401 - of any stage that has some
    if isinstance(outcome, BuildOutcome) and outcome.status is Status.FAILED:
        return ()
    findings: tuple[Finding, ...] = outcome.findings
    return findings
