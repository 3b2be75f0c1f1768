"""The list of all checks, each with an example of what it has something against.

    check = CODES["number-changed"]
    check.about                                     "A figure is another than in the source"
    [*map(check.finding, check.find(passage))]      what it finds in a passage

A new check is a function and an entry in `CHECKS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol

from polypage.checking import characters, contacts, terminology, typography
from polypage.checking.glossary import Glossary, Status, Term
from polypage.checking.limited import forbidden_in, too_long_in
from polypage.checking.passage import Passage
from polypage.language.lexicon import lexicon
from polypage.language.negations import added, lost
from polypage.limits import Limits, Storage
from polypage.model import Finding, Severity
from polypage.profiles import Profile

Find = Callable[[Passage], Iterable[str]]
"""Looks for one thing and says what it found, once for each place."""


class Example(NamedTuple):
    """An entry that a check has something against."""

    locale: str
    msgid: str
    msgstr: str
    comment: str = ""
    limits: tuple[Limits, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be wrong with a translation."""

    code: str
    severity: Severity
    about: str
    """What it is, in one line."""
    example: Example
    find: Find | None = None
    """None for what comes out before there is a text to look at."""
    doubt: Find | None = None
    """Looks for what may be a matter of style: a warning whatever the severity."""

    def finding(self, message: str) -> Finding:
        return Finding(self.code, self.severity, message)


# --- figures, addresses, words ----------------------------------------------------------------


def _figures(passage: Passage, *, kind: str, certain: bool = True) -> Iterator[str]:
    found = (each for each in passage.drifts if each.kind == kind)
    return (each.message for each in found if each.certain == certain)


def _addresses(passage: Passage, *, kind: contacts.Kind) -> Iterator[str]:
    return contacts.changed(passage.source, passage.target, kind=kind)


def _lost_negation(passage: Passage, *, certain: bool) -> Iterator[str]:
    """Find a text that denies or forbids, and a translation with no word for it."""
    for loss in lost(*passage.denials):
        if loss.certain == certain and not _is_kept(loss.cue, passage.target):
            yield f"{loss.cue!r} has no counterpart in the translation"


def _is_kept(cue: str, target: str) -> bool:
    """Whether a word of the source is in the translation as it is; short ones are words of many."""
    return len(cue) > _SHORT_CUE and bool(
        re.search(rf"\b{re.escape(cue)}\b", target, re.IGNORECASE)
    )


_SHORT_CUE = 3


def _added_negation(passage: Passage) -> Iterator[str]:
    for cue in added(*passage.denials):
        yield f"{cue!r} has no counterpart in the source"


def _lost_sentence(passage: Passage) -> Iterator[str]:
    """Find a translation with fewer sentences that is shorter than that can account for."""
    before, after = (len(each) for each in passage.denials)
    if after >= before:
        return
    spoken, written = lexicon(passage.spoken.language), lexicon(passage.written.language)
    if not spoken.length or not written.length:
        return
    lengths = [len(" ".join(text.split())) for text in (passage.source, passage.target)]
    share = lengths[1] / lengths[0] * spoken.length / written.length
    if share < (_SHORT_UNSPACED if written.unspaced else _SHORT):
        yield f"{before} sentences have become {after}, and {share:.0%} of the length to expect"


_SHORT, _SHORT_UNSPACED = 0.75, 0.6
"""How short is suspect; Thai has no sign for the end of a sentence, Chinese need not use it."""


def _written(passage: Passage, *, find: _Look) -> Iterator[str]:
    return find(passage.source, passage.target, passage.written)


def _terms(passage: Passage, *, find: _Seek) -> Iterator[str]:
    if not passage.glossary.terms:
        return iter(())
    return find(passage.source, passage.target, passage.glossary, language=passage.written.language)


class _Seek(Protocol):
    """Looks at a text and its translation for what a glossary says."""

    def __call__(
        self, source: str, target: str, glossary: Glossary, *, language: str
    ) -> Iterator[str]: ...


_Look = Callable[[str, str, Profile], Iterator[str]]
"""Looks at a text, its translation and the translation's profile."""


def _untranslated(passage: Passage) -> Iterator[str]:
    """Find source text in place of a translation; a single word or a name may well be the same."""
    if passage.spoken.language == passage.written.language:
        return
    if passage.source.split() == passage.target.split():
        words = re.findall(r"[^\W\d_]{2,}", contacts.without(passage.source))
        if len(words) > 1 and not all(word[0].isupper() for word in words):
            yield "the translation is the source text"


# --- what the author limits -------------------------------------------------------------------


def _forbidden(passage: Passage) -> Iterator[str]:
    yield from forbidden_in(passage.content, passage.limits)


def _too_long(passage: Passage) -> Iterator[str]:
    yield from too_long_in(passage.content, passage.limits)


# --- the list ---------------------------------------------------------------------------------

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

CHECKS = (
    Check(
        "blank",
        _ERROR,
        "The translation is nothing but white space",
        Example("de", "Take care.", " "),
    ),
    Check(
        "inline-missing",
        _ERROR,
        "An inline code of the source is not in the translation",
        Example("de", "Read <a1>the paper</a1>.", "Lesen Sie das Papier."),
    ),
    Check(
        "inline-doubled",
        _ERROR,
        "An inline code is there more often than in the source",
        Example("de", "Rest<br/>well.", "Ruhen<br/>Sie<br/>gut."),
    ),
    Check(
        "inline-unbalanced",
        _ERROR,
        "The start or the end of a pair is missing, or two pairs overlap",
        Example("de", "Read <a1>the paper</a1>.", "Lesen Sie <a1>das Papier."),
    ),
    Check(
        "inline-order",
        _ERROR,
        "A code whose partner is in another segment has changed places",
        Example("de", "<font1/>Rest.<font2/>", "<font2/>Ruhe.<font1/>"),
    ),
    Check(
        "inline-nesting",
        _ERROR,
        "An inline code has entered or left a pair where it may not",
        Example("de", "<a1>One</a1> <a2>two</a2>", "<a1>Eins <a2>zwei</a2></a1>"),
    ),
    Check(
        "inline-unknown",
        _ERROR,
        "Something looks like markup and is no inline code of the source",
        Example("de", "Rest well.", "Ruhen Sie <b>gut</b>."),
    ),
    Check(
        "inline-empty",
        _WARNING,
        "An inline code has lost the words it held",
        Example("de", "Read <b>this</b>.", "Lesen Sie das.<b></b>"),
    ),
    Check(
        "bidi-unpaired",
        _ERROR,
        "A control for the direction of writing is not ended, or ends nothing",
        Example("ar", "Ask Dr. Lee.", "اسأل \u2067Dr. Lee."),
        partial(_written, find=characters.unpaired_controls),
    ),
    Check(
        "bidi-override",
        _ERROR,
        "A control makes text read other than it is stored",
        Example("ar", "Ask Dr. Lee.", "اسأل \u202eeeL .rD\u202c."),
        partial(_written, find=characters.overrides),
    ),
    Check(
        "character-lost",
        _ERROR,
        "The replacement character stands where a character was lost",
        Example("vi", "Skin", "Da th\ufffdt"),
        partial(_written, find=characters.replacements),
    ),
    Check(
        "character-garbled",
        _WARNING,
        "Text in UTF-8 was read in another encoding",
        Example("fr", "Summer", "\u00c3\u0089t\u00c3\u00a9"),
        partial(_written, find=characters.garbled),
    ),
    Check(
        "character-invisible",
        _WARNING,
        "A character that nobody sees, and that the language has no use for",
        Example("de", "Rest", "Ru\u200bhe"),
        partial(_written, find=characters.invisible),
    ),
    Check(
        "number-changed",
        _ERROR,
        "A figure is another than in the source",
        Example("fr", "Take 5 mg.", "Prenez 50 mg."),
        partial(_figures, kind="changed"),
    ),
    Check(
        "number-missing",
        _ERROR,
        "A figure of the source is neither there nor said in words",
        Example("fr", "Wait for 20 minutes.", "Attendez quelques minutes."),
        partial(_figures, kind="missing"),
        partial(_figures, kind="missing", certain=False),
    ),
    Check(
        "number-added",
        _ERROR,
        "A figure is there that the source does not have",
        Example("fr", "Wait some minutes.", "Attendez 20 minutes."),
        partial(_figures, kind="added"),
        partial(_figures, kind="added", certain=False),
    ),
    Check(
        "number-moved",
        _WARNING,
        "A figure stands in another sentence than in the source",
        Example("fr", "Adults: 500 mg. Children: 250 mg.", "Adultes : 250 mg. Enfants : 500 mg."),
        partial(_figures, kind="moved", certain=False),
    ),
    Check(
        "number-format",
        _ERROR,
        "A figure reads as another one with the separators of the locale",
        Example("de", "Take 1,000 mg.", "Nehmen Sie 1,000 mg."),
        partial(_figures, kind="format"),
    ),
    Check(
        "unit-changed",
        _ERROR,
        "A figure measures something else, or has lost its unit",
        Example("fr", "Take 5 mg.", "Prenez 5 g."),
        partial(_figures, kind="unit"),
        partial(_figures, kind="unit", certain=False),
    ),
    Check(
        "comparison-reversed",
        _ERROR,
        "A figure is an upper bound in one language, a lower one in the other",
        Example("fr", "Keep it at <120.", "Restez à >120."),
        partial(_figures, kind="bound"),
        partial(_figures, kind="bound", certain=False),
    ),
    Check(
        "negation-lost",
        _ERROR,
        "The source denies or forbids something, the translation does not",
        Example("fr", "This is not medical advice.", "Ceci est un avis médical."),
        partial(_lost_negation, certain=True),
        partial(_lost_negation, certain=False),
    ),
    Check(
        "negation-added",
        _WARNING,
        "The translation denies or forbids something, the source does not",
        Example("fr", "Rest when you feel tired.", "Ne vous reposez pas si vous êtes fatigué."),
        _added_negation,
    ),
    Check(
        "sentence-missing",
        _WARNING,
        "The translation has fewer sentences, and is much shorter",
        Example("fr", "Rest well. Drink plenty of water.", "Buvez beaucoup d'eau."),
        _lost_sentence,
    ),
    Check(
        "url-changed",
        _ERROR,
        "A web address that readers see is another one",
        Example("fr", "See who.example/flu.", "Voir who.example/grippe."),
        partial(_addresses, kind="url"),
    ),
    Check(
        "email-changed",
        _ERROR,
        "An e-mail address that readers see is another one",
        Example("fr", "Write to help@a.example.", "Écrivez à aide@a.example."),
        partial(_addresses, kind="mail"),
    ),
    Check(
        "its-characters",
        _ERROR,
        "A character stands there that the author does not allow",
        Example("de", "Size", "Größe", limits=(Limits(allowed="[a-zA-Z]"),)),
        _forbidden,
    ),
    Check(
        "its-storage",
        _ERROR,
        "The text is too long, or cannot be written, where it will be kept",
        Example("de", "Curve", "Wölbung", limits=(Limits(storage=Storage(7)),)),
        _too_long,
    ),
    Check(
        "term-unused",
        _WARNING,
        "The translation of a term is none that the glossary prefers",
        Example("es", "An old scar", "Una vieja marca", terms=(Term("scar", "cicatriz"),)),
        partial(_terms, find=terminology.unused),
    ),
    Check(
        "term-forbidden",
        _WARNING,
        "A term is translated as the glossary forbids",
        Example(
            "es",
            "An old scar",
            "Una vieja marca",
            terms=(Term("scar", "marca", Status.FORBIDDEN),),
        ),
        partial(_terms, find=terminology.forbidden),
    ),
    Check(
        "term-translated",
        _WARNING,
        "A term is translated that stays as it is",
        Example(
            "es",
            "Use Retinol.",
            "Use vitamina A.",
            terms=(Term("Retinol", status=Status.DO_NOT_TRANSLATE),),
        ),
        partial(_terms, find=terminology.translated),
    ),
    Check(
        "untranslated",
        _INFO,
        "The translation is the source text",
        Example("de", "Rest well today.", "Rest well today."),
        _untranslated,
    ),
    Check(
        "script-foreign",
        _WARNING,
        "The translation is hardly written in the letters of its language",
        Example("ru", "Rest well and drink water.", "Otdykhayte i peyte vodu."),
        partial(_written, find=typography.wrong_script),
    ),
    Check(
        "script-mixed",
        _WARNING,
        "A word has letters of two scripts that look the same",
        Example("ru", "Cancer", "Р\u0061к"),
        partial(_written, find=typography.mixed_scripts),
    ),
    Check(
        "character-decomposed",
        _WARNING,
        "A letter and its marks are characters of their own",
        Example("vi", "Skin", "Da li\u0065\u0302\u0300n"),
        partial(_written, find=typography.decomposed),
    ),
    Check(
        "punctuation-end",
        _WARNING,
        "A question, a list or a sentence is none any more, by its last sign",
        Example("de", "Do you sleep well?", "Schlafen Sie gut"),
        partial(_written, find=typography.ends),
    ),
    Check(
        "punctuation-opening",
        _WARNING,
        "A Spanish question or exclamation is ended, but not begun",
        Example("es", "Do you sleep well?", "Duerme bien?"),
        partial(_written, find=typography.opening),
    ),
    Check(
        "punctuation-foreign",
        _WARNING,
        "A sign is that of another language",
        Example("ar", "Rest, then walk.", "استرح, ثم امش."),
        partial(_written, find=typography.foreign),
    ),
    Check(
        "space-missing",
        _WARNING,
        "A French sign lacks the space that belongs to it",
        Example("fr", "Do you sleep well?", "Dormez-vous bien?"),
        partial(_written, find=typography.missing_spaces),
    ),
    Check(
        "space-breaking",
        _INFO,
        "A line may break before a French sign",
        Example("fr", "Do you sleep well?", "Dormez-vous bien ?"),
        partial(_written, find=typography.breaking_spaces),
    ),
    Check(
        "space-odd",
        _WARNING,
        "A space stands before a sign that has none, or none behind a comma",
        Example("de", "Rest, then walk.", "Ruhen Sie , dann gehen Sie."),
        partial(_written, find=typography.stray_spaces),
    ),
    Check(
        "word-doubled",
        _WARNING,
        "A word stands twice in a row",
        Example("de", "Rest well today.", "Ruhen Sie heute heute gut."),
        partial(_written, find=typography.doubled_words),
    ),
    Check(
        "waiver",
        _WARNING,
        "A comment waives nothing, or gives no reason",
        Example("de", "Rest", "Ruhe", "polypage-ok: number-added"),
    ),
)
"""All that is looked for. What `blank`, `inline-…` and `waiver` are about is found on the way."""

CODES = {check.code: check for check in CHECKS}
COMPARED = frozenset(("translation-varies", "translation-shared", "length-odd"))
"""What `polypage.checking.consistency` finds, which sees all translations at a time."""
WAIVABLE = COMPARED.union(
    ["inline-empty"],
    (code for code in CODES if not code.startswith(("inline-", "waiver", "blank"))),
)
"""What can be published on a translator's word; no word makes up for a lost inline code."""
WEIGHABLE = WAIVABLE | {"waiver"}
"""What a project may find more or less grave than `CHECKS` does."""
