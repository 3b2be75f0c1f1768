"""What a translation may have wrong, looked for entry by entry.

    >>> entry = Entry("Take 5 mg.", "Nehmen Sie 50 mg.", line=12)
    >>> check_entry(entry, ("Take 5 mg.",), profile("de"), path="locales/de/…")
    (Finding(code='number-changed', severity='error', message='5 mg has become 50 mg', line=12, …),)

`CHECKS` is the whole list, with an example of each. An error keeps a translation off the page;
whoever knows better says so in a translator comment, and the finding is gone:

    # polypage-ok: number-changed converted to the units used here
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import NamedTuple, Protocol

from polypage import terminology, typography
from polypage.counterparts import Drift
from polypage.cues import find
from polypage.drift import drift
from polypage.glossary import NO_TERMS, Glossary, Status, Term
from polypage.inline import from_msgstr, plain_text
from polypage.lexicon import lexicon
from polypage.limited import forbidden_in, too_long_in
from polypage.limits import Limits, Storage
from polypage.model import Content, Entry, Finding, Severity, Weight
from polypage.negations import Denials, added, denials, lost
from polypage.profiles import Profile
from polypage.profiles import profile as profile_of
from polypage.quantities import Text


def check_entry(  # noqa: PLR0913 - settings, page and author each have their say
    entry: Entry,
    content: Content,
    profile: Profile,
    *,
    path: str,
    source_locale: str = "en",
    preserve_space: bool = False,
    weights: Mapping[str, Weight] = MappingProxyType({}),
    limits: tuple[Limits, ...] = (),
    glossary: Glossary = NO_TERMS,
) -> tuple[Finding, ...]:
    """Check the translation of a segment's content; there is nothing to find where there is none.

    A fuzzy translation is not checked: it is not published, and only guessed at. `weights` say by
    code how grave a finding is, where that is not what `CHECKS` says.
    """
    if not entry.usable or entry.plural is not None:
        return ()
    spoken = profile_of(source_locale)
    if _is_visible(entry.msgid) and not _is_visible(entry.msgstr):
        found = [_CODES["blank"].finding("nothing of the translation is visible")]
    else:
        reading = from_msgstr(entry.msgstr, content, preserve_space=preserve_space)
        found = [*reading.findings]
        if reading.content is not None:
            passage = _passage(content, reading.content, spoken, profile)
            found += _findings(replace(passage, limits=limits, glossary=glossary))
    kept = weighed(_not_waived(tuple(found), entry), weights)
    return tuple(replace(finding, path=path, line=entry.line) for finding in kept)


def _findings(passage: Passage) -> Iterator[Finding]:
    for check in CHECKS:
        if check.find:
            yield from map(check.finding, check.find(passage))
        if check.doubt:
            found = map(check.finding, check.doubt(passage))
            yield from (replace(finding, severity=Severity.WARNING) for finding in found)


def weighed(found: Iterable[Finding], weights: Mapping[str, Weight]) -> Iterator[Finding]:
    """Give findings the weight that a project wants; what is in doubt becomes no error by that."""
    for finding in found:
        weight = weights.get(finding.code)
        check = _CODES.get(finding.code)
        doubtful = check is not None and finding.severity is not check.severity
        if weight is None or (doubtful and weight == "error"):
            yield finding
        elif weight != "off":
            yield replace(finding, severity=Severity(weight))


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and its translation, without inline codes."""

    source: str
    target: str
    spoken: Profile
    """The source's locale."""
    written: Profile
    """The translation's."""
    drifts: tuple[Drift, ...]
    """What has become of the source's figures."""
    denials: tuple[list[Denials], list[Denials]]
    """What each sentence of either denies; nothing where we do not know how one of them does."""
    content: Content = ()
    """The translation with its inline codes."""
    limits: tuple[Limits, ...] = ()
    """What it must keep to by its author's word."""
    glossary: Glossary = NO_TERMS


def _passage(source: Content, target: Content, spoken: Profile, written: Profile) -> Passage:
    one, other = plain_text(source, code=" "), plain_text(target, code=" ")
    texts = _without_addresses(one, spoken), _without_addresses(other, written)
    cues = [find(text.words, text.known) for text in texts]
    denied: list[list[Denials]] = [[], []]
    if all(text.known.cues for text in texts):
        denied = [
            denials(text.words, found, concord=text.known.concord)
            for text, found in zip(texts, cues, strict=True)
        ]
    drifts = tuple(drift(*texts, cues))
    return Passage(one, other, spoken, written, drifts, (denied[0], denied[1]), target)


def _without_addresses(text: str, profile: Profile) -> Text:
    """Leave figures and words in addresses alone."""
    return Text.of(_ADDRESS.sub(" ", text) if _SIGN_OF_ADDRESS.search(text) else text, profile)


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


# --- waivers ----------------------------------------------------------------------------------

_WAIVER = re.compile(r"\s*polypage-ok:\s*(?P<code>\S*)\s*(?P<reason>.*)")


def waived(entry: Entry) -> frozenset[str]:
    """Return the codes of the findings that a translator answers for, with a reason."""
    return frozenset(match["code"] for match in _waivers(entry) if match["reason"]) & _WAIVABLE


def _waivers(entry: Entry) -> list[re.Match[str]]:
    return [match for line in entry.translator_comments if (match := _WAIVER.match(line))]


def _not_waived(found: tuple[Finding, ...], entry: Entry) -> Iterator[Finding]:
    """Leave out what a translator answers for; report waivers that are good for nothing."""
    answered = waived(entry)
    yield from (finding for finding in found if finding.code not in answered)
    for match in _waivers(entry):
        if problem := _waiver_problem(match["code"], match["reason"], found):
            yield _CODES["waiver"].finding(problem)


def _waiver_problem(code: str, reason: str, found: Iterable[Finding]) -> str | None:
    if code not in _WAIVABLE:
        near = difflib.get_close_matches(code, _WAIVABLE, n=1)
        meant = f": did you mean {near[0]}?" if near else ""
        return f"{code or 'a waiver without a code'} is nothing that can be waived{meant}"
    if not reason:
        return f"{code} is waived without a reason: put one behind it"
    if code not in COMPARED and all(finding.code != code for finding in found):
        return f"{code} is waived, but there is no such finding: take the comment out"
    return None


# --- characters -------------------------------------------------------------------------------


def _is_visible(text: str) -> bool:
    """Whether there is anything but blanks and what has no width."""
    return any(not c.isspace() and unicodedata.category(c) != "Cf" for c in text)


_OPENING = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
"""Embeddings and isolates, and what ends them (Unicode Standard Annex 9)."""


def _unpaired_controls(passage: Passage) -> Iterator[str]:
    open_: list[str] = []
    for letter in re.findall("[\u202a-\u202e\u2066-\u2069]", passage.target):
        if letter in _OPENING:
            open_.append(letter)
        elif not (open_ and _OPENING[open_.pop()] == letter):
            yield f"{_named(letter)} ends nothing"
    yield from (f"{_named(letter)} has no {_named(_OPENING[letter])}" for letter in open_)


def _overrides(passage: Passage) -> Iterator[str]:
    for letter in _new(passage, "\u202d\u202e"):
        yield f"{_named(letter)} turns the order of letters round"


def _replacements(passage: Passage) -> Iterator[str]:
    if _new(passage, "\ufffd"):
        yield "a character is lost: U+FFFD stands in its place"


def _garbled(passage: Passage) -> Iterator[str]:
    """Find UTF-8 that was read as Windows-1252."""
    runs = re.findall("[\u0080-\u024f\u02c6\u02dc\u2013-\u2122]{2,}", passage.target)
    for run in dict.fromkeys(runs):
        try:
            meant = run.encode("cp1252").decode()
        except UnicodeError:
            continue
        if run not in passage.source:
            yield f"{run!r} seems to be {meant!r} in the wrong encoding"


_JOINING = frozenset("fa ar ur ps ckb ug sd he hi bn mr ne gu pa ta te kn ml si my km lo".split())
"""Languages whose spelling or display needs characters without width."""
_UNSPACED = frozenset("th lo km my ja zh bo".split())
"""Languages where a zero-width space says where a line may end."""


def _invisible(passage: Passage) -> Iterator[str]:
    for letter in sorted(set(passage.target) - set(passage.source)):
        if _is_invisible(letter) and not _is_of_use(letter, passage):
            yield f"{_named(letter)} cannot be seen"


def _is_invisible(letter: str) -> bool:
    if letter in "\n\t\r":
        return False
    fillers = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2028\u2029"
    return unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cn", "Cs"} or letter in fillers


def _is_of_use(letter: str, passage: Passage) -> bool:
    """Whether typography, or another check, knows what to do with it."""
    if letter in "\u00ad\u2060" or letter in _OPENING or letter in _OPENING.values():
        return True
    if letter == "\u200b":
        return passage.written.language in _UNSPACED
    if letter in "\u200c\u200d":
        return passage.written.language in _JOINING or bool(_EMOJI.search(passage.target))
    return letter in "\u200e\u200f\u061c"


_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
"""Their parts are held together by a character without width."""


def _new(passage: Passage, letters: str) -> list[str]:
    return [c for c in letters if c in passage.target and c not in passage.source]


def _named(letter: str) -> str:
    return f"U+{ord(letter):04X} {unicodedata.name(letter, 'no character')}"


# --- figures, addresses, words ----------------------------------------------------------------


def _figures(passage: Passage, *, kind: str, certain: bool = True) -> Iterator[str]:
    found = (each for each in passage.drifts if each.kind == kind)
    return (each.message for each in found if each.certain == certain)


_SIGN_OF_ADDRESS = re.compile(r"[.@]\w|://")
_LETTER = r"[^\s\"<>\x7f-\U0010ffff]"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_DOMAINS = "com|org|net|gov|edu|info|int|example"
_ADDRESS = re.compile(
    rf"(?P<mail>{_MAIL})|(?P<url>(?:https?://|www\.){_LETTER}+|\b(?:[a-z0-9-]+\.)+(?:{_DOMAINS})\b(?:/{_LETTER}*)?)",
    re.IGNORECASE | re.ASCII,
)


def _addresses(passage: Passage, *, kind: str) -> Iterator[str]:
    before, after = _found(passage.source, kind), _found(passage.target, kind)
    gone = [written for key, written in before.items() if key not in after]
    new = [written for key, written in after.items() if key not in before]
    for one, other in zip(gone, new, strict=False):
        yield f"{one} has become {other}"
    for one in gone[len(new) :]:
        yield f"{one} is missing"
    for other in new[len(gone) :]:
        yield f"{other} is not in the source"


def _found(text: str, kind: str) -> dict[str, str]:
    """Find addresses as they are written, by what makes no difference to where they lead."""
    if not _SIGN_OF_ADDRESS.search(text):
        return {}
    matches = (match[kind] for match in _ADDRESS.finditer(text) if match[kind])
    written = (match.rstrip(".,;:!?)]}>'\"") for match in matches)
    return {re.sub(r"^(https?://)?(www\.)?|/$", "", each.lower()): each for each in written}


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
        words = re.findall(r"[^\W\d_]{2,}", _ADDRESS.sub(" ", passage.source))
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
        _unpaired_controls,
    ),
    Check(
        "bidi-override",
        _ERROR,
        "A control makes text read other than it is stored",
        Example("ar", "Ask Dr. Lee.", "اسأل \u202eeeL .rD\u202c."),
        _overrides,
    ),
    Check(
        "character-lost",
        _ERROR,
        "The replacement character stands where a character was lost",
        Example("vi", "Skin", "Da th\ufffdt"),
        _replacements,
    ),
    Check(
        "character-garbled",
        _WARNING,
        "Text in UTF-8 was read in another encoding",
        Example("fr", "Summer", "\u00c3\u0089t\u00c3\u00a9"),
        _garbled,
    ),
    Check(
        "character-invisible",
        _WARNING,
        "A character that nobody sees, and that the language has no use for",
        Example("de", "Rest", "Ru\u200bhe"),
        _invisible,
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
        Example("ru", "Cancer", "Р\u0061к"),  # noqa: RUF001
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

_CODES = {check.code: check for check in CHECKS}
COMPARED = frozenset(("translation-varies", "translation-shared", "length-odd"))
"""What `polypage.consistency` finds, which sees all translations at a time."""
_WAIVABLE = COMPARED.union(
    ["inline-empty"],
    (code for code in _CODES if not code.startswith(("inline-", "waiver", "blank"))),
)
"""What can be published on a translator's word; no word makes up for a lost inline code."""
WEIGHABLE = _WAIVABLE | {"waiver"}
"""What a project may find more or less grave than `CHECKS` does."""
