"""What a translation says otherwise than its source: figures, addresses, denials, sentences.

passage = passage_of(("Take 5 mg.",), ("Prenez 50 mg.",), profile("en"), profile("fr"))
[*figures(passage, kind="changed")]     Remark("5 mg has become 50 mg", …)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from polypage.catalogs.worddiff import word_diff
from polypage.checking import contacts
from polypage.checking.excerpts import spans_in, spans_of
from polypage.checking.passage import Passage
from polypage.checking.remarks import Remark
from polypage.language.negations import added, lost
from polypage.language.texts import Text
from polypage.model import Span


def figures(passage: Passage, *, kind: str) -> Iterator[Remark]:
    """Find figures that are others, missing, added: whatever the kind of drift."""
    for drift in passage.drifts:
        if drift.kind == kind:
            yield Remark(
                drift.message,
                spans_of(drift.before, passage.before.text, passage.source),
                spans_of(drift.after, passage.after.text, passage.target),
                drift.certain,
            )


def moments(passage: Passage, *, kind: str) -> Iterator[Remark]:
    """Find dates and times of day that are others."""
    for slip in passage.moments.slips:
        if slip.kind == kind:
            yield Remark(
                slip.message,
                spans_in([slip.before], passage.before.text, passage.source),
                spans_in([slip.after], passage.after.text, passage.target),
                slip.certain,
            )


def addresses(passage: Passage, *, kind: contacts.Kind) -> Iterator[Remark]:
    """Find web or e-mail addresses that are others."""
    return contacts.changed(passage.source, passage.target, kind=kind)


def lost_negation(passage: Passage) -> Iterator[Remark]:
    """Find a text that denies or forbids, and a translation with no word for it."""
    if not (passage.before.denies and passage.readable):
        return
    losses = [*lost(passage.before.denials, passage.after.denials)]
    places = {
        cue: _said(cue, passage.before.text, passage.source)
        for cue in {loss.cue for loss in losses}
        if not _is_kept(cue, passage.target)
    }
    bare = not any(each.met for each in passage.after.denials)
    for loss in losses:
        if loss.cue in places:
            message = f"{loss.cue!r} has no counterpart in the translation"
            certain = loss.certain or (bare and _is_in_capitals(loss.cue, passage.source))
            yield Remark(message, places[loss.cue], certain=certain)


def _is_kept(cue: str, target: str) -> bool:
    """Whether a word of the source is in the translation as it is; short ones are words of many."""
    return len(cue) > _SHORT_CUE and bool(
        re.search(rf"\b{re.escape(cue)}\b", target, re.IGNORECASE)
    )


_SHORT_CUE = 3


def _is_in_capitals(cue: str, source: str) -> bool:
    """Whether a denial stands out from its text: `Do NOT swallow`, so that no hint will do for it."""
    loud = cue.upper()
    return len(cue) > 1 and loud != cue and bool(re.search(rf"\b{re.escape(loud)}\b", source))


def _said(cue: str, text: Text, plain: str) -> tuple[Span, ...]:
    """Say where a word stands that denies, at each of its places."""
    word = re.escape(cue) if text.known.unspaced else rf"(?<!\w){re.escape(cue)}(?!\w)"
    found = [*re.finditer(word, text.words)] or re.finditer(re.escape(cue), text.words)
    return spans_in((match.span() for match in found), text, plain)


def added_negation(passage: Passage) -> Iterator[Remark]:
    """Find a translation that denies or forbids, and a text with no word for it."""
    if not (passage.readable and passage.after.denies):
        return
    for cue in added(passage.before.denials, passage.after.denials):
        places = _said(cue, passage.after.text, passage.target)
        yield Remark(f"{cue!r} has no counterpart in the source", target=places)


def lost_sentence(passage: Passage) -> Iterator[Remark]:
    """Find a translation with fewer sentences that is shorter than that can account for."""
    spoken, written = passage.before.known, passage.known
    if not passage.readable or not (spoken.length and written.length):
        return
    share = _length(passage.target) / max(_length(passage.source), 1)
    share = share * spoken.length / written.length
    if share >= (_SHORT_UNSPACED if written.unspaced else _SHORT):
        return
    before, after = len(passage.before.sentences), len(passage.after.sentences)
    if after < before:
        yield Remark(
            f"{before} sentences have become {after}, and {share:.0%} of the length to expect"
        )


def _length(text: str) -> int:
    """Count the letters of a text, and a run of blanks as one."""
    if "  " in text or not text.isprintable():  # as line ends and odd blanks are not
        text = " ".join(text.split())
    return len(text.strip())


_SHORT, _SHORT_UNSPACED = 0.75, 0.6
"""How short is suspect; Thai has no sign for the end of a sentence, Chinese need not use it."""


def other_than_approved(passage: Passage) -> Iterator[Remark]:
    """Find a disclaimer that is translated otherwise than in the words that are approved."""
    said, approved = (" ".join(text.split()) for text in (passage.target, passage.approved))
    if approved and said not in approved:
        difference = word_diff(said, approved)
        yield Remark(f"pages show the approved text instead: {difference}")
