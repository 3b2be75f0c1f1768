"""Outcomes that are unpacked only while somebody asks for them."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pytest

from polypage.model import Finding, Severity
from polypage.runs.answers import Answers, AtHand, bare, found, fresh, joined, notable, paired

HEARD = Finding("lost-negation", Severity.ERROR, "a denial is lost", "vi/dose.po", 12)


@dataclass(frozen=True)
class One:
    """An outcome."""

    name: str
    findings: tuple[Finding, ...] = ()


@dataclass
class Sealed:
    """Outcomes that are packed, and count how often they are unpacked."""

    own: tuple[One, ...]
    times: list[int] = field(default_factory=list)
    is_fresh: bool = False

    def __len__(self) -> int:
        return len(self.own)

    def outcomes(self) -> tuple[One, ...]:
        self.times.append(1)
        return self.own

    def bare(self) -> tuple[One, ...]:
        return tuple(replace(one, findings=()) for one in self.own)

    def notable(self) -> tuple[One, ...]:
        return ()

    def found(self) -> Iterable[Finding]:
        return (HEARD,)


def test_counting_and_findings_unpack_nothing() -> None:
    sealed = Sealed((One("vi"), One("ar")))
    answers = Answers((AtHand((One("en"),)), sealed))

    assert (len(answers), [*notable(answers)], [*found(answers)]) == (3, [One("en")], [HEARD])
    assert sealed.times == []


def test_one_outcome_unpacks_no_other_article() -> None:
    sealed, last = Sealed((One("vi"), One("ar"))), Sealed((One("th"),))
    answers = Answers((AtHand((One("en"),)), sealed, last))

    assert [answers[at].name for at in (0, 1, 2, -2)] == ["en", "vi", "ar", "ar"]
    assert answers[1:] == (One("vi"), One("ar"), One("th"))
    assert (len(sealed.times), len(last.times)) == (4, 1)


def test_there_is_nothing_beyond_the_last_outcome() -> None:
    with pytest.raises(IndexError):
        Answers((AtHand((One("en"),)),))[1]


def test_what_was_not_asked_for_again_is_not_fresh() -> None:
    answers = Answers((AtHand((One("en"),)), Sealed((One("vi"),))))

    assert [*fresh(answers)] == [One("en")]


def test_answers_reach_another_process_with_all_their_outcomes() -> None:
    answers = Answers((AtHand((One("en"),)), Sealed((One("vi"),))))

    assert pickle.loads(pickle.dumps(answers)) == answers  # noqa: S301 - our own


def test_bare_outcomes_need_not_have_findings_and_leave_nothing_unpacked() -> None:
    sealed = Sealed((One("vi", (HEARD,)), One("ar")))
    answers = Answers((AtHand((One("en"),)), sealed))

    assert [*bare(answers)] == [One("en"), One("vi"), One("ar")]
    assert sealed.times == []


def test_answers_are_equal_where_their_outcomes_are() -> None:
    own = (One("vi"), One("ar"))
    answers = Answers((Sealed(own),))

    assert answers == own
    assert own == answers
    assert answers == joined(own[:1], own[1:])
    assert answers != own[:1]


def test_a_first_outcome_takes_no_unpacking_of_the_others() -> None:
    last = Sealed((One("ar"),))

    first = next(iter(Answers((Sealed((One("vi"),)), last))))

    assert (first, last.times) == (One("vi"), [])


def test_of_two_rounds_packed_outcomes_are_taken_as_they_are() -> None:
    sealed = Sealed((One("ar"),))
    first = Answers((AtHand((One("vi"),)), sealed))
    second = Answers((AtHand((One("VI"),)), sealed))

    both = paired(lambda one, other: One(one.name + other.name), first, second)

    assert sealed.times == []
    assert both == (One("viVI"), One("ar"))
