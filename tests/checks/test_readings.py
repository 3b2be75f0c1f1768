"""What a reading leaves out looking for is not there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from polypage.language.cues import find
from polypage.language.dates import dates, months_of
from polypage.language.labels import exchanged
from polypage.language.lexicon import COMPARISONS, lexicon
from polypage.language.numerals import read_words, words_of_portions
from polypage.language.readings import Reading, whole_words
from polypage.language.signals import signals
from polypage.language.texts import Text
from polypage.language.times import times, words_of_clocks
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

    signalled = signals(text.words, text.profile)

    names = {name for cue in find(text.words, known) for name in cue.names}
    assert "denials" in signalled or names.isdisjoint({"negations", "opposites"})
    assert "comparisons" in signalled or names.isdisjoint(COMPARISONS)
    numerals = read_words(text)
    assert "numerals" in signalled or all(each.value == 1 for each in numerals)
    assert "ones" in signalled or "numerals" in signalled or not numerals
    often = whole_words(tuple(known.often), known.language)
    assert "rates" in signalled or not often.search(text.words)
    portions = words_of_portions(known.language)
    assert any(word in text.words for word in portions) or all(
        each.value % 1 == 0 for each in numerals
    )


@given(texts())
def test_cues_tell_what_denies(text: Text) -> None:
    one = Reading(text)

    assert one.denies == any(each.plain or each.opposite or each.not_only for each in one.denials)


@st.composite
def days_and_hours(draw: st.DrawFn) -> Text:
    """Make texts of what dates and times of day are made of, and of other words and figures."""
    written = profile(draw(st.sampled_from(TABLES)).stem)
    known = lexicon(written.language)
    words = sorted({*months_of(written.locale), *words_of_clocks(written.locale)})
    words += sorted({*known.clocks.hours, *known.clocks.at, *known.units, *known.numerals})
    figures = ["3", "12", "20", "8:30", "8h30", "20.30", "2020", "2563", "4/3/2020", "3/2020"]
    pieces = st.lists(st.sampled_from(words) | st.sampled_from(figures), max_size=6)
    gap = st.sampled_from([" ", " ", "", "-", ", ", ". ", " (", "\u00a0"])
    return Text.of("".join(piece + draw(gap) for piece in draw(pieces)), written)


@given(days_and_hours())
def test_dates_and_times_that_are_not_signalled_are_not_there(text: Text) -> None:
    reading = Reading(text)

    plain = [each.span for each in times(text) if each.plain]

    assert reading.may_be_timed or not plain
    assert reading.dates == tuple(dates(text.without(plain)))
    assert reading.times == tuple(times(text))


def test_a_reading_may_serve_many_comparisons() -> None:
    reading = Reading(Text.of("Call 555-123-4567 within 2 days.", profile("en")))

    again = reading.without([(5, 17)])

    assert [str(each) for each in again.figures] == ["2 days"]
    assert [str(each) for each in reading.figures][-1] == "2 days"
    assert len(reading.figures) > len(again.figures)


def test_a_number_and_its_half_in_one_word_is_no_figure() -> None:
    reading = Reading(Text.of("Um 20 Uhr anderthalb Tabletten", profile("de")))

    assert [str(each) for each in reading.figures] == ["20"]
    assert [str(each) for each in reading.worded] == ["anderthalb Tabletten"]


def test_of_several_names_with_figures_of_others_the_first_is_told() -> None:
    ones, others = ("b12 and omega3", "d400 and zinc15"), ("b3 y omega12", "d15 y zinc400")

    told = [
        next(
            exchanged(Reading(Text.of(one, profile("en"))), Reading(Text.of(other, profile("es"))))
        )
        for one, other in zip(ones, others, strict=True)
    ]

    assert [each.message for each in told] == ["b12 has become b3", "d400 has become d15"]
