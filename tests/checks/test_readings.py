"""What a reading leaves out looking for is not there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from polypage.language.cues import find
from polypage.language.lexicon import COMPARISONS, lexicon
from polypage.language.numerals import read_words
from polypage.language.readings import Reading, whole_words
from polypage.language.signals import signals
from polypage.language.texts import Text
from polypage.profiles import profile
from tests.checks.test_lexicon import TABLES


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Make texts of a language's own words, put together in all kinds of ways."""
    known = lexicon(draw(st.sampled_from(TABLES)).stem)
    words = sorted({*known.numerals, *known.half, *known.often, *known.cues, *known.units})
    affixes = [*known.stems, *known.endings, "xyz", "5", "١", "ال", "12.5", "≥"]
    pieces = st.lists(st.sampled_from(words) | st.sampled_from(affixes), max_size=6)
    gap = st.sampled_from(["", " ", " ", "-", ", ", "’", "'", "\u00a0", "\n", "  "])
    text = "".join(piece + draw(gap) for piece in draw(pieces))
    return Text.of(text, profile(known.language))


@given(texts())
def test_what_is_not_signalled_is_not_there(text: Text) -> None:
    known = text.known

    signalled = signals(text.words, known)

    names = {name for cue in find(text.words, known) for name in cue.names}
    assert "denials" in signalled or names.isdisjoint({"negations", "opposites"})
    assert "comparisons" in signalled or names.isdisjoint(COMPARISONS)
    assert "numerals" in signalled or not read_words(text)
    often = whole_words(tuple(known.often), known.language)
    assert "rates" in signalled or not often.search(text.words)


def test_a_reading_may_serve_many_comparisons() -> None:
    reading = Reading(Text.of("Call 555-123-4567 within 2 days.", profile("en")))

    again = reading.without([(5, 17)])

    assert [str(each) for each in again.figures] == ["2 days"]
    assert [str(each) for each in reading.figures][-1] == "2 days"
    assert len(reading.figures) > len(again.figures)
