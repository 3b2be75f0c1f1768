"""What `make merge-quality` measures on hundreds of articles, on those of this project."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from benchmarks.merge_quality import Verdict, donors_of, judged, sample_of
from benchmarks.revisions import KINDS, Donors, Manner, revise
from tests.conftest import ROOT

DONORS = Donors(
    ("The clinic is closed on all holidays and on the last Monday of each month, as ever.",),
    ("Opening hours", "How to find us"),
    ("Bring your insurance card and a list of the medicines that you take at the moment.",),
    ("clinic", "holiday", "insurance", "medicine"),
)
TEXTS = [f"Paragraph number {n}. It has two sentences and says 'never' once." for n in range(40)]


def test_no_translation_is_wrong_or_lost_when_the_sample_articles_are_revised() -> None:
    pages = sorted((ROOT / "source_articles").rglob("*.html"))
    samples = [sample for page in pages if (sample := sample_of((page.name, page.read_bytes())))]

    counts: Counter[tuple[str, Verdict]] = Counter()
    for sample in samples:
        revised = judged(sample, donors=donors_of(samples), tools=["polypage"], share=6)
        counts.update(revised["polypage"])

    verdicts: Counter[Verdict] = Counter()
    for (_, verdict), number in counts.items():
        verdicts[verdict] += number
    assert {verdict for verdict, number in verdicts.items() if number} == {Verdict.RIGHT}
    assert {kind for kind, _ in counts} == set(KINDS)


@pytest.mark.parametrize("seed", range(20))
def test_a_revision_says_of_each_text_what_it_is_made_of(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 (the same revisions every time)

    revision = revise(TEXTS, DONORS, chance, language="en", share=3)

    kept = {number for block in revision.blocks for number in block.origins}
    assert kept == set(range(len(TEXTS)))
    for block in revision.blocks:
        assert (block.manner is Manner.NONE) == (block.kind in ("new text", "rewritten"))
        if block.kind not in ("untouched", "two swapped", "new text"):
            assert not set(block.second) & set(block.first)
