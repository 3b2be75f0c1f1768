"""Kinds of findings, counted article by article, are those of all findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from polypage.model import Finding, Severity
from polypage.runs.kinds import Kind, added, kinds_of

SHARED = "locales/vi/LC_MESSAGES/site.po"
ARTICLES = ("dose", "fever", "sleep")


def findings_of(slug: str) -> st.SearchStrategy[list[Finding]]:
    return st.lists(
        st.builds(
            Finding,
            code=st.sampled_from(("lost-negation", "number-changed")),
            severity=st.sampled_from(Severity),
            message=st.sampled_from(("a denial is lost", "5 mg has become 50 mg")),
            path=st.sampled_from((f"locales/vi/LC_MESSAGES/{slug}.po", SHARED)),
            line=st.one_of(st.none(), st.integers(1, 3)),
        )
    )


@given(st.tuples(*map(findings_of, ARTICLES)))
def test_kinds_of_articles_add_up_to_those_of_all_findings_each_once(
    found: Sequence[list[Finding]],
) -> None:
    own = [{f"locales/vi/LC_MESSAGES/{slug}.po"} for slug in ARTICLES]

    counted = added(
        kinds_of(findings, own=paths) for findings, paths in zip(found, own, strict=True)
    )

    every = sorted({one for findings in found for one in findings}, key=lambda one: one.order)
    told = [one for one in every if one.severity is not Severity.INFO]
    counts = Counter((one.code, one.severity) for one in told)
    first = {(one.code, one.severity): one for one in reversed(told)}
    assert {(kind.code, kind.severity): kind for kind in counted} == {
        key: Kind(*key, count, first[key]) for key, count in counts.items()
    }
    ranks = [(kind.severity is not Severity.ERROR, -kind.count) for kind in counted]
    assert ranks == sorted(ranks)
