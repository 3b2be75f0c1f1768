"""The list of all checks, each with an example of what it has something against.

    check = CODES["number-changed"]
    check.about                         "A figure is another than in the source"
    [*check.find(passage)]              what it has to say of a passage, and where

A new check is a function and an entry in `CHECKS`, which also says on which occasion it looks;
`make reference` brings the page of the documentation up to date with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

from polypage.checking import (
    accessibility,
    characters,
    meaning,
    sameness,
    terminology,
    typography,
)
from polypage.checking.glossary import Glossary, Status, Term
from polypage.checking.languages import in_another
from polypage.checking.limited import forbidden_in, too_long_in
from polypage.checking.passage import Passage
from polypage.checking.remarks import Remark
from polypage.checking.rows import Check, Example, Family
from polypage.limits import Limits, Storage
from polypage.model import Severity
from polypage.profiles import Profile


def _written(passage: Passage, *, find: _Look) -> Iterator[Remark]:
    return find(passage.source, passage.target, passage.written)


def _terms(passage: Passage, *, find: _Seek) -> Iterator[Remark]:
    if not passage.glossary.terms:
        return iter(())
    return find(passage.source, passage.target, passage.glossary, language=passage.written.language)


def _languages(passage: Passage) -> Iterator[Remark]:
    one, other = passage.spoken, passage.written
    return in_another(passage.source, passage.target, one, other)


class _Seek(Protocol):
    """Looks at a text and its translation for what a glossary says."""

    def __call__(
        self, source: str, target: str, glossary: Glossary, *, language: str
    ) -> Iterator[Remark]: ...


_Look = Callable[[str, str, Profile], Iterator[Remark]]
"""Looks at a text, its translation and the translation's profile."""


def _forbidden(passage: Passage) -> Iterator[Remark]:
    return forbidden_in(passage.content, passage.limits)


def _too_long(passage: Passage) -> Iterator[Remark]:
    return too_long_in(passage.content, passage.limits)


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_USUAL = tuple(
    (
        f"Walk for {minutes} minutes every day, and drink water when it is hot.",
        f"Gehen Sie jeden Tag {minutes} Minuten, und trinken Sie bei Hitze Wasser.",
    )
    for minutes in range(15, 45)
)

CHECKS = (
    Check(
        "inline-missing",
        Family.INLINE,
        _ERROR,
        "An inline code of the source is not in the translation",
        Example("de", "Read <a1>the paper</a1>.", "Lesen Sie das Papier."),
        Example("de", "Read <a1>the paper</a1>.", "<a1>Das Papier</a1> lesen."),
        "Put the code in where the words want it; the extracted comment says what it stands for.",
    ),
    Check(
        "inline-doubled",
        Family.INLINE,
        _ERROR,
        "An inline code is there more often than in the source",
        Example("de", "Rest<br/>well.", "Ruhen<br/>Sie<br/>gut."),
        Example("de", "Rest<br/>well.", "Ruhen<br/>Sie gut."),
        "Take out what is too much.\n"
        "Of codes without a number, such as `<br/>` or `<b>`, there must be as many as in the source.",
    ),
    Check(
        "inline-unbalanced",
        Family.INLINE,
        _ERROR,
        "The start or the end of a pair is missing, or two pairs overlap",
        Example("de", "Read <a1>the paper</a1>.", "Lesen Sie <a1>das Papier."),
        Example("de", "Read <a1>the paper</a1>.", "Lesen Sie <a1>das Papier</a1>."),
        "Put in what is missing; of two pairs that overlap, end the inner one first.",
    ),
    Check(
        "inline-order",
        Family.INLINE,
        _ERROR,
        "A code whose partner is in another segment has changed places",
        Example("de", "<font1/>Rest.<font2/>", "<font2/>Ruhe.<font1/>"),
        Example("de", "<font1/>Rest.<font2/>", "<font1/>Ruhe.<font2/>"),
        "Put the codes in the order of the source, and no code past them that stood on their other side.\n"
        "Such tags begin or end outside the text that the translator sees; [notation](notation.md#tags-without-their-partner) tells why.",
    ),
    Check(
        "inline-nesting",
        Family.INLINE,
        _ERROR,
        "An inline code has entered or left a pair where it may not",
        Example("de", "<a1>One</a1> <a2>two</a2>", "<a1>Eins <a2>zwei</a2></a1>"),
        Example("de", "<a1>One</a1> <a2>two</a2>", "<a2>Zwei</a2> <a1>eins</a1>"),
        "Move the code out of the link, or back into its pair.\n"
        "As a **warning** it says that something has moved into a link or out of it: see that it is meant to.",
    ),
    Check(
        "inline-unknown",
        Family.INLINE,
        _ERROR,
        "Something looks like markup and is no inline code of the source",
        Example("de", "Rest well.", "Ruhen Sie <b>gut</b>."),
        Example("de", "Rest below 60 beats.", "Ruhen Sie bei < 60 Schlägen."),
        "Leave it out, or write `&lt;b>` if it is text.\n"
        "As a **warning** it says that something merely looks like a tag, and is taken for text.",
    ),
    Check(
        "inline-empty",
        Family.INLINE,
        _WARNING,
        "An inline code has lost the words it held",
        Example("de", "Read <b>this</b>.", "Lesen Sie das.<b></b>"),
        Example("de", "Read <b>this</b>.", "Lesen Sie <b>das</b>."),
        "See that none of the words belong into the pair.\n"
        "As an **error** it says that no words are left at all.",
    ),
    Check(
        "bidi-unpaired",
        Family.CHARACTERS,
        _ERROR,
        "A control for the direction of writing is not ended, or ends nothing",
        Example("ar", "Ask Dr. Lee.", "اسأل \u2067Dr. Lee."),
        Example("ar", "Ask Dr. Lee.", "اسأل \u2067Dr. Lee\u2069."),
        "End what is begun, or take it out; most texts need no such controls.",
        partial(_written, find=characters.unpaired_controls),
        concerns="odd",
    ),
    Check(
        "bidi-override",
        Family.CHARACTERS,
        _ERROR,
        "A control makes text read other than it is stored",
        Example("ar", "Ask Dr. Lee.", "اسأل \u202eeeL .rD\u202c."),
        Example("ar", "Ask Dr. Lee.", "اسأل \u2066Dr. Lee\u2069."),
        "Take it out: browsers order letters by themselves.",
        partial(_written, find=characters.overrides),
        concerns="odd",
    ),
    Check(
        "character-lost",
        Family.CHARACTERS,
        _ERROR,
        "The replacement character stands where a character was lost",
        Example("vi", "Skin", "Da th\ufffdt"),
        Example("vi", "Skin", "Da thịt"),
        "Write the character again.",
        partial(_written, find=characters.replacements),
        concerns="odd",
    ),
    Check(
        "character-garbled",
        Family.CHARACTERS,
        _WARNING,
        "Text in UTF-8 was read in another encoding",
        Example("fr", "Summer", "\u00c3\u0089t\u00c3\u00a9"),
        Example("fr", "Summer", "Été"),
        "Write it as it was meant; the tool that it went through has read UTF-8 as Windows-1252.",
        partial(_written, find=characters.garbled),
        concerns="garbled",
    ),
    Check(
        "character-invisible",
        Family.CHARACTERS,
        _WARNING,
        "A character that nobody sees, and that the language has no use for",
        Example("de", "Rest", "Ru\u200bhe"),
        Example("de", "Rest", "Ru\u00adhe"),
        "Take it out.\n"
        "Joiners are of use in Arabic, Persian, Hindi and others, zero-width spaces in Thai and others: there they are not found.",
        partial(_written, find=characters.invisible),
        concerns="odd",
    ),
    Check(
        "character-decomposed",
        Family.CHARACTERS,
        _WARNING,
        "A letter and its marks are characters of their own",
        Example("vi", "Skin", "Da li\u0065\u0302\u0300n"),
        Example("vi", "Skin", "Da liền"),
        "Write it with the keyboard of the language, or have the editor compose it (Unicode's form NFC).\n"
        "Arabic, Hebrew, Thai and the scripts of India are typed so, and are not looked at.",
        partial(_written, find=typography.decomposed),
        concerns="decomposed",
    ),
    Check(
        "its-characters",
        Family.CHARACTERS,
        _ERROR,
        "A character stands there that the author does not allow",
        Example("de", "Size", "Größe", limits=(Limits(allowed="[a-zA-Z]"),)),
        Example("de", "Size", "Groesse", limits=(Limits(allowed="[a-zA-Z]"),)),
        "Do without these characters: the page, or a rule, [says by ITS](its.md) which ones may be there.\n"
        "An extracted comment tells translators beforehand: `characters: [a-zA-Z]`.",
        _forbidden,
        concerns="limited",
    ),
    Check(
        "number-changed",
        Family.NUMBERS,
        _ERROR,
        "A figure is another than in the source",
        Example("fr", "Take 5 mg.", "Prenez 50 mg."),
        Example("fr", "Take 2.5 mg.", "Prenez 2,5 mg."),
        "Correct the figure, or [say why it is right](#waiving-a-finding).",
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
        "As a **warning** it says the same of a language whose numerals are not known, where the figure may stand in words.",
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
        "As a **warning** it says that the figure has no unit that is known.",
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
    Check(
        "negation-lost",
        Family.NEGATION,
        _ERROR,
        "The source denies or forbids something, the translation does not",
        Example("fr", "This is not medical advice.", "Ceci est un avis médical."),
        Example("fr", "Do not drive.", "Évitez de conduire."),
        "See that the translation denies or forbids what the source does, or [say how it does so](#waiving-a-finding).\n"
        "Where both have the same number of sentences, each is compared with its own.\n"
        "As a **warning** it says that a sentence denies two things, and its translation one, or that the denial stands in another sentence.",
        meaning.lost_negation,
        concerns="denied",
    ),
    Check(
        "negation-added",
        Family.NEGATION,
        _WARNING,
        "The translation denies or forbids something, the source does not",
        Example("fr", "Rest when you feel tired.", "Ne vous reposez pas si vous êtes fatigué."),
        Example("fr", "Avoid the stairs.", "Ne prenez pas les escaliers."),
        "See that the source means it so; languages deny with different words, so this may be well.",
        meaning.added_negation,
        concerns="denying",
    ),
    Check(
        "url-changed",
        Family.ADDRESSES,
        _ERROR,
        "A web address that readers see is another one",
        Example("fr", "See who.example/flu.", "Voir who.example/grippe."),
        Example("fr", "See who.example/flu.", "Voir https://www.who.example/flu."),
        "Write the address as in the source; one that differs for readers of the language needs [a reason](#waiving-a-finding).",
        partial(meaning.addresses, kind="url"),
        concerns="addressed",
    ),
    Check(
        "email-changed",
        Family.ADDRESSES,
        _ERROR,
        "An e-mail address that readers see is another one",
        Example("fr", "Write to help@a.example.", "Écrivez à aide@a.example."),
        Example("fr", "Write to help@a.example.", "Écrivez à Help@a.example."),
        "Write the address as in the source.",
        partial(meaning.addresses, kind="mail"),
        concerns="addressed",
    ),
    Check(
        "term-unused",
        Family.GLOSSARY,
        _WARNING,
        "The translation of a term is none that the glossary prefers",
        Example("es", "An old scar", "Una vieja marca", terms=(Term("scar", "cicatriz"),)),
        Example("es", "Old scars", "Viejas cicatrices", terms=(Term("scar", "cicatriz"),)),
        "Use the word of the [glossary](../how-to/glossary.md), in whatever form the sentence needs.",
        partial(_terms, find=terminology.unused),
        concerns="terms",
    ),
    Check(
        "term-forbidden",
        Family.GLOSSARY,
        _WARNING,
        "A term is translated as the glossary forbids",
        Example(
            "es",
            "An old scar",
            "Una vieja marca",
            terms=(Term("scar", "marca", Status.FORBIDDEN),),
        ),
        Example(
            "es", "An old sign", "Una vieja marca", terms=(Term("scar", "marca", Status.FORBIDDEN),)
        ),
        "Choose another word; the glossary may say which.",
        partial(_terms, find=terminology.forbidden),
        concerns="terms",
    ),
    Check(
        "term-translated",
        Family.GLOSSARY,
        _WARNING,
        "A term is translated that stays as it is",
        Example(
            "es",
            "Use Retinol.",
            "Use vitamina A.",
            terms=(Term("Retinol", status=Status.DO_NOT_TRANSLATE),),
        ),
        Example(
            "es",
            "Use Retinol.",
            "Retinol es lo mejor.",
            terms=(Term("Retinol", status=Status.DO_NOT_TRANSLATE),),
        ),
        "Write the term as the source does.",
        partial(_terms, find=terminology.translated),
        concerns="terms",
    ),
    Check(
        "untranslated",
        Family.LANGUAGE,
        _INFO,
        "The translation is the source text",
        Example("de", "Rest well today.", "Rest well today."),
        Example("de", "Dr. Mary Lee", "Dr. Mary Lee"),
        "Translate it, or let it be: names and single words are not found, nor terms that the glossary leaves as they are, nor what is no word, such as `%s` or `a/b`.\n"
        "Nothing is said of locales that share a language with the source, as `en_GB` does with `en`.",
        sameness.untranslated,
        concerns="alike",
    ),
    Check(
        "language-foreign",
        Family.LANGUAGE,
        _WARNING,
        "The translation is written in another language",
        Example(
            "id",
            "Let the skin rest for two days after each treatment.",
            "Lassen Sie die Haut nach jeder Behandlung zwei Tage ruhen.",
        ),
        Example(
            "id",
            "Let the skin rest for two days after each treatment.",
            "Biarkan kulit beristirahat selama dua hari setelah setiap perawatan.",
        ),
        "Put the translation where it belongs, or translate the text.\n"
        "It takes some forty letters to tell a language; of shorter texts nothing is said.\n"
        "Near relatives are not told apart: Indonesian and Malay, Spanish and Portuguese, Danish and Norwegian.\n"
        "What the source quotes in a third language may stand in the translation.",
        _languages,
    ),
    Check(
        "script-foreign",
        Family.LANGUAGE,
        _WARNING,
        "The translation is hardly written in the letters of its language",
        Example("ru", "Rest well and drink water.", "Otdykhayte i peyte vodu."),
        Example("ru", "Rest well and drink water.", "Отдыхайте и пейте воду."),
        "Translate the text, or write it in the script of the language; names and addresses alone are not found.",
        partial(_written, find=typography.wrong_script),
        concerns="foreign",
    ),
    Check(
        "script-mixed",
        Family.LANGUAGE,
        _WARNING,
        "A word has letters of two scripts that look the same",
        Example("ru", "Cancer", "Р\u0061к"),
        Example("ru", "Cancer", "Рак"),
        "Write the word anew with the keyboard of the language; search does not find it as it is, and voices misread it.",
        partial(_written, find=typography.mixed_scripts),
        concerns="mixed",
    ),
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
    Check(
        "punctuation-end",
        Family.PUNCTUATION,
        _WARNING,
        "A question, a list or a sentence is none any more, by its last sign",
        Example("de", "Do you sleep well?", "Schlafen Sie gut"),
        Example("th", "Do you sleep well?", "คุณนอนหลับดีไหม"),
        "End the translation as the source ends, with the sign that the language has for it.\n"
        "Thai and Lao need no full stop; Thai, Lao, Khmer, Burmese and Japanese no question mark.",
        partial(_written, find=typography.ends),
        concerns="ended",
    ),
    Check(
        "punctuation-opening",
        Family.PUNCTUATION,
        _WARNING,
        "A Spanish question or exclamation is ended, but not begun",
        Example("es", "Do you sleep well?", "Duerme bien?"),
        Example("es", "Do you sleep well?", "¿Duerme bien?"),
        "Put it where the question begins.",
        partial(_written, find=typography.opening),
        concerns="signs",
        tongues=frozenset({"es"}),
    ),
    Check(
        "punctuation-foreign",
        Family.PUNCTUATION,
        _WARNING,
        "A sign is that of another language",
        Example("ar", "Rest, then walk.", "استرح, ثم امش."),
        Example("ar", "Rest, then walk.", "استرح، ثم امش."),
        "Write the sign that the message names.",
        partial(_written, find=typography.foreign),
        concerns="signs",
        tongues=typography.FOREIGN_SIGNS,
    ),
    Check(
        "space-missing",
        Family.PUNCTUATION,
        _WARNING,
        "A French sign lacks the space that belongs to it",
        Example("fr", "Do you sleep well?", "Dormez-vous bien?"),
        Example("fr_CA", "Do you sleep well?", "Dormez-vous bien?"),
        "Put a no-break space (U+00A0, or the narrow U+202F) before `?`, `!`, `;`, `:` and `»`, and behind `«`.\n"
        "In Canada only `:`, `«` and `»` have one.",
        partial(_written, find=typography.missing_spaces),
        concerns="signs",
        tongues=frozenset({"fr"}),
    ),
    Check(
        "space-breaking",
        Family.PUNCTUATION,
        _INFO,
        "A line may break before a French sign",
        Example("fr", "Do you sleep well?", "Dormez-vous bien ?"),
        Example("fr", "Do you sleep well?", "Dormez-vous bien\u00a0?"),
        "Make it a no-break space.",
        partial(_written, find=typography.breaking_spaces),
        concerns="signs",
        tongues=frozenset({"fr"}),
    ),
    Check(
        "space-odd",
        Family.PUNCTUATION,
        _WARNING,
        "A space stands before a sign that has none, or none behind a comma",
        Example("de", "Rest, then walk.", "Ruhen Sie , dann gehen Sie."),
        Example("de", "Rest, then walk.", "Ruhen Sie, dann gehen Sie."),
        "Take the space out, or put one in.",
        partial(_written, find=typography.stray_spaces),
        concerns="stray",
    ),
    Check(
        "word-doubled",
        Family.PUNCTUATION,
        _WARNING,
        "A word stands twice in a row",
        Example("de", "Rest well today.", "Ruhen Sie heute heute gut."),
        Example("fr", "You rest.", "Vous vous reposez."),
        "Take one out.\n"
        "Only German, English, Spanish, French, Italian, Dutch and Portuguese are looked at: others double words to say something by it.",
        partial(_written, find=typography.doubled_words),
        tongues=typography.DOUBLING,
    ),
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
"""All that is looked for. What `blank`, `inline-…` and `waiver` are about is found on the way."""

CODES = {check.code: check for check in CHECKS}
COMPARED = frozenset(check.code for check in CHECKS if check.compared)
WAIVABLE = frozenset(
    check.code for check in CHECKS if check.find or check.compared or check.code == "inline-empty"
)
"""What can be published on a translator's word; no word makes up for a lost inline code."""
WEIGHABLE = WAIVABLE | {"waiver"}
"""What a project may find more or less grave than `CHECKS` does."""
