"""What came of a stage, over many articles, each of which is unpacked only while somebody asks.

    answers = Answers((AtHand(done), settled))
    len(answers), answers[0], list(answers)      as a tuple of outcomes
    notable(answers)                             those that are not as they should be
    found(answers)                               the findings of all
    bare(answers)                                all, but perhaps without their findings

Most outcomes of most runs say that all is as it should be. Of those that are settled it is known
how many they are, what was found and which are notable, and a report needs no more. Others are
packed as they come, see `polypage.runs.packing`: what came of all pages is more than fits.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any, Generic, Protocol, TypeVar, overload

from polypage.model import BuildOutcome, Finding, Status

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Part(Protocol[T_co]):
    """The outcomes of some articles."""

    @property
    def is_fresh(self) -> bool:
        """Whether a stage was asked for them, and nothing is known of them from earlier runs."""

    def __len__(self) -> int: ...

    def outcomes(self) -> tuple[T_co, ...]:
        """Return all of them."""

    def bare(self) -> tuple[T_co, ...]:
        """Return all of them; they may lack their findings."""

    def notable(self) -> tuple[T_co, ...]:
        """Return at least those that are not as they should be."""

    def found(self) -> Iterable[Finding]:
        """Return the findings of all."""


class Whole(ABC, Generic[T_co]):
    """Outcomes of which no more is known than what they say: each question looks at all of them."""

    __slots__ = ()

    @abstractmethod
    def outcomes(self) -> tuple[T_co, ...]:
        """Return all of them."""

    def bare(self) -> tuple[T_co, ...]:
        """Return all of them, with what findings they have."""
        return self.outcomes()

    def notable(self) -> tuple[T_co, ...]:
        """Return all of them: who asks looks at each."""
        return self.outcomes()

    def found(self) -> Iterable[Finding]:
        """Return the findings of all."""
        return findings_of(self.outcomes())


class Answers(Sequence[T_co]):
    """Outcomes, article by article; equal to others if the outcomes are.

    What is unpacked is let go again: going through it twice unpacks it twice.
    """

    def __init__(self, parts: Iterable[Part[T_co]]) -> None:
        self.parts = tuple(parts)
        self._ends = tuple(accumulate(map(len, self.parts)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[T_co]:
        return chain.from_iterable(part.outcomes() for part in self.parts)

    @overload
    def __getitem__(self, at: int) -> T_co: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, at: int | slice) -> T_co | tuple[T_co, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        place = range(len(self))[at]
        part = bisect_right(self._ends, place)
        return self.parts[part].outcomes()[place - self._ends[part]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answers | tuple) and tuple(self) == tuple(other)

    def __reduce__(self) -> tuple[Any, ...]:
        # Packed ones may lie in a file that no other process can open.
        return type(self), ((AtHand(tuple(self)),),)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


@dataclass(frozen=True, slots=True)
class AtHand(Whole[T_co]):
    """Outcomes that need no unpacking."""

    own: tuple[T_co, ...]
    is_fresh: bool = True

    def __len__(self) -> int:
        return len(self.own)

    def outcomes(self) -> tuple[T_co, ...]:
        """Return all of them."""
        return self.own


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


def fresh(outcomes: Sequence[T]) -> Iterator[T]:
    """Yield the outcomes that a stage was asked for."""
    parts = (part for part in parts_of(outcomes) if part.is_fresh)
    return chain.from_iterable(part.outcomes() for part in parts)


def found(outcomes: Sequence[object]) -> Iterator[Finding]:
    """Yield the findings of all outcomes, in their order."""
    return chain.from_iterable(part.found() for part in parts_of(outcomes))


def paired(work: Callable[[T, T], T], first: Sequence[T], second: Sequence[T]) -> Sequence[T]:
    """Unite the outcomes of doing a stage twice over the same articles; settled ones are the same."""
    if not (isinstance(first, Answers) and isinstance(second, Answers)):
        return tuple(map(work, first, second))
    both = zip(first.parts, second.parts, strict=True)
    return Answers(
        _Paired(work, one, other) if one.is_fresh or other.is_fresh else other
        for one, other in both
    )


@dataclass(frozen=True, slots=True)
class _Paired(Whole[T]):
    """The outcomes of doing a stage twice over some articles, united when somebody asks."""

    work: Callable[[T, T], T]
    first: Part[T]
    second: Part[T]
    is_fresh: bool = True

    def __len__(self) -> int:
        return len(self.second)

    def outcomes(self) -> tuple[T, ...]:
        """Unite all of them."""
        return tuple(map(self.work, self.first.outcomes(), self.second.outcomes()))


def parts_of(outcomes: Sequence[T]) -> tuple[Part[T], ...]:
    """Return outcomes as they are put together."""
    if isinstance(outcomes, Answers):
        return outcomes.parts
    return (AtHand(tuple(outcomes)),)


def findings_of(outcomes: Iterable[object]) -> Iterator[Finding]:
    """Yield the findings of outcomes; what made a page fail is told among the failures."""
    return (finding for one in outcomes for finding in _findings(one))


def _findings(outcome: Any) -> tuple[Finding, ...]:  # noqa: ANN401 - of any stage that has some
    if isinstance(outcome, BuildOutcome) and outcome.status is Status.FAILED:
        return ()
    findings: tuple[Finding, ...] = outcome.findings
    return findings
