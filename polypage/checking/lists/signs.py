"""Checks of what a translation is written with: characters, scripts, punctuation and blanks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from polypage.checking import characters, typography
from polypage.checking.limited import forbidden_in
from polypage.checking.passage import Passage
from polypage.checking.remarks import Remark
from polypage.checking.rows import Check, Example, Family
from polypage.limits import Limits
from polypage.model import Severity
from polypage.profiles import Profile


def _written(passage: Passage, *, find: _Look) -> Iterator[Remark]:
    return find(passage.source, passage.target, passage.written)


_Look = Callable[[str, str, Profile], Iterator[Remark]]
"""Looks at a text, its translation and the translation's profile."""


def _forbidden(passage: Passage) -> Iterator[Remark]:
    return forbidden_in(passage.content, passage.limits)


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

CHARACTERS = (
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
)

SCRIPTS = (
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
)

PUNCTUATION = (
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
)
