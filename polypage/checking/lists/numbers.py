"""Checks of figures and what they measure, of dates and times of day."""

from __future__ import annotations

from functools import partial

from polypage.checking import meaning
from polypage.checking.rows import Check, Example, Family
from polypage.model import Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

NUMBERS = (
    Check(
        "number-changed",
        Family.NUMBERS,
        _ERROR,
        "A figure is another than in the source",
        Example("fr", "Take 5 mg.", "Prenez 50 mg."),
        Example("fr", "Take 2.5 mg.", "Prenez 2,5 mg."),
        "Correct the figure, or [say why it is right](#waiving-a-finding).\n"
        "As a **warning** it says the same of words: a month or a weekday without a date, twice for three times.",
        partial(meaning.figures, kind="changed"),
        concerns="drifted",
    ),
    Check(
        "number-missing",
        Family.NUMBERS,
        _ERROR,
        "A figure of the source is neither there nor said in words",
        Example("fr", "Wait for 20 minutes.", "Attendez quelques minutes."),
        Example("fr", "Wait for 20 minutes.", "Attendez vingt minutes."),
        "Put the figure in; said in words it counts too, in the languages [named below](#how-figures-are-read).\n"
        "As a **warning** it says the same of a language whose numerals are not known, where the figure may stand in words; "
        "or that a dose in words, `two tablets`, or how often it is taken, `twice a day`, has no counterpart.",
        partial(meaning.figures, kind="missing"),
        concerns="drifted",
    ),
    Check(
        "number-added",
        Family.NUMBERS,
        _ERROR,
        "A figure is there that the source does not have",
        Example("fr", "Wait some minutes.", "Attendez 20 minutes."),
        Example("fr", "Wait for twenty minutes.", "Attendez 20 minutes."),
        "Take it out, or [say why it is there](#waiving-a-finding).\n"
        "As a **warning** it says that the figure has no unit that is known, "
        "or that it is a dose in words, `two tablets`, or how often it is taken, `twice a day`.",
        partial(meaning.figures, kind="added"),
        concerns="drifted",
    ),
    Check(
        "number-moved",
        Family.NUMBERS,
        _WARNING,
        "A figure stands in another sentence than in the source, or beside another word",
        Example("fr", "Adults: 500 mg. Children: 250 mg.", "Adultes : 250 mg. Enfants : 500 mg."),
        Example(
            "fr",
            "Adults: 500 mg. Children: 250 mg.",
            "Adultes\u00a0: 500 mg. Enfants\u00a0: 250 mg.",
        ),
        "See that each figure is said of what it is about; sentences may well come in another order.\n"
        "Within a sentence it is found beside weekdays, parts of the day, and words that both texts have, where each of these has a figure.",
        partial(meaning.figures, kind="moved"),
        concerns="drifted",
    ),
    Check(
        "number-format",
        Family.NUMBERS,
        _ERROR,
        "A figure reads as another one with the separators of the locale",
        Example("de", "Take 1,000 mg.", "Nehmen Sie 1,000 mg."),
        Example("de", "Take 1,000 mg.", "Nehmen Sie 1.000 mg."),
        "Write it as the message says.",
        partial(meaning.figures, kind="format"),
        concerns="drifted",
    ),
    Check(
        "date-changed",
        Family.NUMBERS,
        _ERROR,
        "A day, a month, a year or a weekday is another than in the source",
        Example("fr", "Reviewed on March 4, 2020.", "Révisé le 3 avril 2020."),
        Example("fr", "Reviewed on March 4, 2020.", "Révisé le 04/03/2020."),
        "Correct the date, or [say why it is right](#waiving-a-finding).\n"
        "Dates are read as the locale writes them, in words or in figures, the years of the Thai, Japanese and Chinese eras included.\n"
        "Of a day that is one end of a range the figure alone is compared.",
        partial(meaning.moments, kind="date"),
        concerns="slipped",
    ),
    Check(
        "date-order",
        Family.NUMBERS,
        _WARNING,
        "A date in figures reads as another one in the order of the locale",
        Example("fr", "Reviewed on 03/04/2020.", "Révisé le 03/04/2020."),
        Example("fr", "Reviewed on 03/04/2020.", "Révisé le 04/03/2020."),
        "Write day and month in the order of the language, or name the month.\n"
        "English is read with the month first unless its locale says otherwise, as `en_GB` does; `2020-03-04` is the same everywhere.",
        partial(meaning.moments, kind="order"),
        concerns="slipped",
    ),
    Check(
        "time-changed",
        Family.NUMBERS,
        _ERROR,
        "A time of day is another than in the source",
        Example("fr", "Open until 8:30 pm.", "Ouvert jusqu’à 20\u00a0h\u00a045."),
        Example("fr", "Open until 8:30 pm.", "Ouvert jusqu’à 20\u00a0h\u00a030."),
        "Correct the time, or [say why it is right](#waiving-a-finding).\n"
        "Half past eight in the evening is 20:30; each language's words for the parts of the day count.\n"
        "As a **warning** it says that nothing in one of the languages tells which half of the day is meant.",
        partial(meaning.moments, kind="time"),
        concerns="slipped",
    ),
    Check(
        "unit-changed",
        Family.NUMBERS,
        _ERROR,
        "A figure measures something else, or has lost its unit",
        Example("fr", "Take 5 mg.", "Prenez 5 g."),
        Example("fr", "Take 1000 mg.", "Prenez 1 g."),
        "Write the unit of the source, or [say why the other is right](#waiving-a-finding).\n"
        "1000 mg and 1 g are the same; 5 mg/kg and 5 mg are not.\n"
        "As a **warning** it says that something is done or taken by another unit: each week instead of each day.",
        partial(meaning.figures, kind="unit"),
        concerns="drifted",
    ),
    Check(
        "comparison-reversed",
        Family.NUMBERS,
        _ERROR,
        "A figure is an upper bound in one language, a lower one in the other",
        Example("fr", "Keep it at <120.", "Restez à >120."),
        Example("fr", "Keep it at <120.", "Restez au-dessous de 120."),
        "Write the sign, or the words, of the source's bound.\n"
        "As a **warning** it says that something is denied beside the figure in one language alone, which may turn the words round.",
        partial(meaning.figures, kind="bound"),
        concerns="drifted",
    ),
)
