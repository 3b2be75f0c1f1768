"""Checks of whole translations: how long they are, what they are for, how they go together."""

from __future__ import annotations

from collections.abc import Iterator

from polypage.checking import accessibility, meaning
from polypage.checking.limited import too_long_in
from polypage.checking.passage import Passage
from polypage.checking.remarks import Remark
from polypage.checking.rows import Check, Example, Family
from polypage.limits import Limits, Storage
from polypage.model import Severity


def _too_long(passage: Passage) -> Iterator[Remark]:
    return too_long_in(passage.content, passage.limits)


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

_USUAL = tuple(
    (
        f"Walk for {minutes} minutes every day, and drink water when it is hot.",
        f"Gehen Sie jeden Tag {minutes} Minuten, und trinken Sie bei Hitze Wasser.",
    )
    for minutes in range(15, 45)
)

LENGTH = (
    Check(
        "blank",
        Family.LENGTH,
        _ERROR,
        "The translation is nothing but white space",
        Example("de", "Take care.", " "),
        Example("de", "Take care.", "Gute Besserung!"),
        "Translate the text, or leave the translation empty: then it counts as untranslated.",
    ),
    Check(
        "sentence-missing",
        Family.LENGTH,
        _WARNING,
        "The translation has fewer sentences, and is much shorter",
        Example("fr", "Rest well. Drink plenty of water.", "Buvez beaucoup d'eau."),
        Example(
            "fr", "Rest well. Drink plenty of water.", "Reposez-vous bien et buvez beaucoup d'eau."
        ),
        "See that nothing is left out.\n"
        "The length to expect is that of other texts in the language.",
        meaning.lost_sentence,
        concerns="sentences",
    ),
    Check(
        "its-storage",
        Family.LENGTH,
        _ERROR,
        "The text is too long, or cannot be written, where it will be kept",
        Example("de", "Curve", "Wölbung", limits=(Limits(storage=Storage(7)),)),
        Example("de", "Curve", "Biegung", limits=(Limits(storage=Storage(7)),)),
        "Find a shorter text; letters beyond ASCII have two bytes or more.\n"
        "A line break counts as the bytes that the author says it has.\n"
        "An extracted comment tells translators beforehand: `at most 7 bytes in UTF-8`.",
        _too_long,
        concerns="limited",
    ),
    Check(
        "length-odd",
        Family.LENGTH,
        _WARNING,
        "A translation is much shorter or longer than those of its language are",
        Example(
            "de",
            "Rest for an hour after lunch, and go to bed before ten.",
            "Ruhen Sie mittags.",
            others=_USUAL,
        ),
        Example(
            "de",
            "Rest for an hour after lunch, and go to bed before ten.",
            "Ruhen Sie mittags eine Stunde, und gehen Sie vor zehn zu Bett.",
            others=_USUAL,
        ),
        "See that no sentence is lost, and none translated twice.\n"
        "What is usual is learned from the locale's own translations; there must be 30 of some length.",
        compared=True,
    ),
)

ACCESSIBILITY = (
    Check(
        "alt-filename",
        Family.ACCESSIBILITY,
        _WARNING,
        "An image text is the name of a file",
        Example("de", "A hand rolling", "hand-roller.jpg", role="image text"),
        Example("de", "A hand rolling", "Eine Hand, die rollt", role="image text"),
        "Say what the image shows: voices read the text out where nobody sees the image.",
        accessibility.file_names,
        concerns="unseen",
    ),
    Check(
        "alt-announced",
        Family.ACCESSIBILITY,
        _WARNING,
        "An image text says that it is one",
        Example("de", "A hand rolling", "Bild von einer Hand", role="image text"),
        Example("de", "Picture of a hand", "Bild von einer Hand", role="image text"),
        "Leave the words out: screen readers announce images themselves.\n"
        "Where the source says so too, it is left to the author.",
        accessibility.announced,
        concerns="unseen",
    ),
    Check(
        "label-untranslated",
        Family.ACCESSIBILITY,
        _WARNING,
        "A label for screen readers is the source text",
        Example("de", "Close the menu", "Close the menu", role="label for screen readers"),
        Example("de", "Menu", "Menu", role="label for screen readers"),
        "Translate it: a voice of the page's language reads it out, and hardly anybody understands it.\n"
        "A single word is found only in small letters, and where the language has others: it may be a name.",
        accessibility.unsaid,
        concerns="unseen",
    ),
)

CONSISTENCY = (
    Check(
        "disclaimer-unapproved",
        Family.CONSISTENCY,
        _WARNING,
        "The disclaimer is translated in other words than the approved ones",
        Example(
            "de",
            "Ask a doctor first.",
            "Fragen Sie einen Arzt.",
            approved="Fragen Sie zuerst einen Arzt.",
        ),
        Example(
            "de",
            "Ask a doctor first.",
            "Fragen Sie zuerst einen Arzt.",
            approved="Fragen Sie zuerst einen Arzt.",
        ),
        "Write the approved words, or have yours approved: [the notice](../how-to/notice.md) tells where they stand.\n"
        "Pages show the approved text whatever the catalog says.",
        meaning.other_than_approved,
        concerns="disclaimer",
    ),
    Check(
        "translation-varies",
        Family.CONSISTENCY,
        _WARNING,
        "A text is translated in several ways",
        Example("de", "Rest", "Erholung", others=(("Rest", "Ruhe"), ("Rest", "Ruhe"))),
        Example("de", "Rest", "Ruhe", others=(("Rest", "Ruhe"), ("Sleep", "Schlaf"))),
        "Choose one, or give the text a context where it means something else.\n"
        "The way that is most often taken, or else the first, is not found.",
        compared=True,
    ),
    Check(
        "translation-shared",
        Family.CONSISTENCY,
        _WARNING,
        "One translation stands for several texts",
        Example(
            "de",
            "Do not take it with coffee.",
            "Nicht mit Alkohol einnehmen.",
            others=(("Do not take it with alcohol.", "Nicht mit Alkohol einnehmen."),),
        ),
        Example(
            "de",
            "Do not take it with alcohol!",
            "Nicht mit Alkohol einnehmen.",
            others=(("Do not take it with alcohol.", "Nicht mit Alkohol einnehmen."),),
        ),
        "See which of the texts it translates.\n"
        "Texts that differ in signs, spaces, capitals or inline codes alone may well have the same; short ones too.",
        compared=True,
    ),
)

WAIVERS = (
    Check(
        "waiver",
        Family.WAIVERS,
        _WARNING,
        "A comment waives nothing, or gives no reason",
        Example("de", "Rest", "Ruhe", "polypage-ok: number-added"),
        Example("de", "Take 5 mg.", "Nehmen Sie 6 mg.", "polypage-ok: number-changed sold so here"),
        "Give a reason, correct the code, or take the comment out: the finding it speaks of may be gone.",
    ),
)
