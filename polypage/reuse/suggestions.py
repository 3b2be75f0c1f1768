"""What the compendium and the translation memory have for entries without a translation.

    suggestions = Suggestions(memory, compendium, Standards(profile("en"), profile("vi")), least=75)
    suggestions.approved(entries)       the compendium's own words, which stand
    suggestions.suggested(entries)      what is like them, fuzzy, with its origin in a comment

The compendium (`locales/vi/compendium.po`) is what people approved for all articles: the
translation of a text that is in it is that text's translation. All else is a guess: it is fuzzy,
says where it comes from, and has the codes and, where nothing else differs, the figures of its
own text. What an error would keep off a page is no guess worth making: it is not suggested.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.changes import Change, classify
from polypage.catalogs.leverage import CARRIED
from polypage.catalogs.uniting import SUGGESTED
from polypage.errors import DamagedError
from polypage.model import Entry, EntryKey
from polypage.reuse.fitting import fit_codes, fit_figures
from polypage.reuse.memory import Hit, Memory
from polypage.reuse.vetting import Standards, errors_of

log = logging.getLogger(__name__)


class Suggestions:
    """What there is for the entries of one locale, as `merge.Suggester` asks for it."""

    def __init__(
        self,
        memory: Memory | None,
        compendium: Catalog,
        standards: Standards,
        *,
        least: float,
    ) -> None:
        self._memory = memory
        self._compendium = {entry.key: entry for entry in compendium.live if _is_approved(entry)}
        self._standards = standards
        self._spoken = standards.spoken
        self._written = standards.written
        self._least = least
        self.failed = False
        """Whether the memory could not be read: what was found may not be all there is."""

    def approved(self, entries: Sequence[Entry]) -> dict[EntryKey, Entry]:
        """Translate the entries whose texts are in the compendium."""
        return {
            entry.key: _approved(entry, self._compendium[entry.key].msgstr)
            for entry in entries
            if entry.plural is None and entry.key in self._compendium
        }

    def suggested(self, entries: Sequence[Entry]) -> dict[EntryKey, Entry]:
        """Suggest translations for the entries for which there is something like them."""
        if self._memory is None or self.failed:
            return {}
        wanted = [entry for entry in entries if entry.plural is None]
        try:
            return self._suggested(self._memory, wanted)
        except DamagedError as error:
            log.info("no suggestions: %s", error)
            self.failed = True
            return {}

    def _suggested(self, memory: Memory, entries: Sequence[Entry]) -> dict[EntryKey, Entry]:
        exact = memory.exact((entry.msgid for entry in entries), self._written.locale)
        found = {}
        for entry in entries:
            hits = exact.get(entry.msgid) or memory.similar(
                entry.msgid, self._written.locale, least=self._least
            )
            fitted = filter(None, (self._fitted(hit, entry) for hit in hits))
            best = next(filter(self._is_sound, sorted(fitted, key=_worth)), None)
            if best is not None:
                found[entry.key] = _suggested(entry, best)
        return found

    def _is_sound(self, fitted: _Fitted) -> bool:
        return not errors_of(fitted.hit.entry, self._standards)

    def _fitted(self, hit: Hit, entry: Entry) -> _Fitted | None:
        """Make a translation fit an entry; None if it cannot."""
        msgstr = fit_codes(hit.msgstr, old=hit.msgid, new=entry.msgid)
        if msgstr is None:
            return None
        if hit.msgid == entry.msgid:
            return _Fitted(0, -hit.score, hit.context != entry.context, msgstr, "", hit)
        old = fit_codes(hit.msgid, old=hit.msgid, new=entry.msgid) or hit.msgid
        changed = fit_figures(
            msgstr, old=old, new=entry.msgid, spoken=self._spoken, written=self._written
        )
        if changed is not None:
            return _Fitted(1, -hit.score, hit.context != entry.context, changed, _FIGURES, hit)
        change = classify(hit.msgid, entry.msgid, language=self._spoken.language)
        note = _NOTES.get(change, "")
        return _Fitted(2, -hit.score, hit.context != entry.context, msgstr, note, hit)


class _Fitted(NamedTuple):
    """A translation that fits an entry."""

    kind: int
    """The same text, the same but for figures, or one like it."""
    distance: float
    elsewhere: bool
    """It has another context."""
    msgstr: str
    note: str
    hit: Hit


def _worth(fitted: _Fitted) -> tuple[int, float, bool, bool]:
    """Decide between several; where they are equal, the order of the hits stands."""
    collected = "/LC_MESSAGES/" in fitted.hit.path  # not in the compendium
    return fitted.kind, fitted.distance, fitted.elsewhere, collected


_FIGURES = "with the figures of this text"
_NOTES = {
    Change.NUMBER: "a figure differs",
    Change.NEGATION: "a negation differs",
}


def _is_approved(entry: Entry) -> bool:
    return entry.usable and entry.plural is None


def _approved(entry: Entry, msgstr: str) -> Entry:
    comments = (*entry.translator_comments, f"{CARRIED} from the compendium")
    return replace(entry, msgstr=msgstr, translator_comments=tuple(dict.fromkeys(comments)))


def _suggested(entry: Entry, fitted: _Fitted) -> Entry:
    hit = fitted.hit
    same = (hit.context, hit.msgid) == entry.key
    return replace(
        entry,
        msgstr=fitted.msgstr,
        extracted_comments=(*entry.extracted_comments, _origin(fitted)),
        flags=tuple(dict.fromkeys(("fuzzy", *entry.flags))),
        previous_context=None if same else hit.context,
        previous_msgid=None if same else hit.msgid,
    )


def _origin(fitted: _Fitted) -> str:
    """Say where a suggestion comes from, and what to look at."""
    name = fitted.hit.path.partition("/LC_MESSAGES/")[2] or fitted.hit.path.rpartition("/")[2]
    note = f", {fitted.note}" if fitted.note else ""
    return f"{SUGGESTED} {name}, {int(fitted.hit.score)} %{note}"
