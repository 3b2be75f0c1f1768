"""Findings are in order and told once, however many there are."""

from __future__ import annotations

import pickle
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from polypage.model import Excerpt, Finding, Severity, Span
from polypage.runs.ordering import Ordered

findings = st.builds(
    Finding,
    st.sampled_from(["number-changed", "lost-negation"]),
    st.sampled_from(Severity),
    st.sampled_from(["5 mg has become 50 mg", "a denial is lost"]),
    st.sampled_from(["locales/ar/dose.po", "locales/vi/dose.po"]),
    st.none() | st.integers(1, 3),
    st.none() | st.just(Excerpt("Take 5 mg.", (Span(5, 9),))),
)
many = st.lists(findings, max_size=40)


@given(many, st.integers(1, 10))
def test_any_number_at_a_time_gives_what_sorting_all_would(found: list[Finding], most: int) -> None:
    told = tuple(sorted(dict.fromkeys(found), key=lambda finding: finding.order))

    ordered = Ordered(found, most=most)

    assert tuple(ordered) == told
    assert tuple(ordered) == told  # a second time, too
    assert (len(ordered), [ordered[at] for at in range(len(told))]) == (len(told), [*told])
    assert ordered.counts == Counter(finding.severity for finding in told)


@given(many, st.integers(1, 10), st.slices(45))
def test_a_part_is_that_of_all(found: list[Finding], most: int, part: slice) -> None:
    ordered = Ordered(found, most=most)

    assert ordered[part] == tuple(ordered)[part]


@given(many, st.integers(1, 10))
def test_findings_reach_another_process(found: list[Finding], most: int) -> None:
    ordered = Ordered(found, most=most)

    assert pickle.loads(pickle.dumps(ordered)) == ordered  # noqa: S301 - our own
