"""Taking into a catalog what came back from translators' tools.

    taken = take(catalog, bundle, path="dose.xlf")
    taken.catalog       the catalog with the new words
    taken.keys          the entries that have any
    taken.findings      what could not be taken as it came, with its line in the file

Only words come in, with their fuzzy mark, and new comments: an entry whose unit is as it went out
keeps what it has, and so do header, order, references. Where the catalog changed since, the two
are united as any simultaneous edits are (`merge.reconcile`): nothing is lost, and a finished
translation in the catalog stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.changes import carry, normal_form
from polypage.catalogs.uniting import CONFLICT, reconcile
from polypage.exchange.bundle import Bundle, Unit, comments_digest, words_digest
from polypage.model import Entry, EntryKey, Finding, Severity


@dataclass(frozen=True, slots=True)
class Taken:
    """A catalog with what a bundle brings."""

    catalog: Catalog
    keys: tuple[EntryKey, ...] = ()
    """The entries that changed."""
    brought: tuple[EntryKey, ...] = ()
    """The entries that the bundle has new words or comments for, if they have had them before too."""
    conflicts: int = 0
    """How many of them were changed in the catalog too."""
    left: int = 0
    """How many units could not be taken."""
    findings: tuple[Finding, ...] = ()


def take(present: Catalog, bundle: Bundle, *, path: str) -> Taken:
    """Take the changed units of a bundle, which was read from `path`, into a catalog."""
    known = {entry.key: entry for entry in present.entries}
    edits: dict[EntryKey, _Edit] = {}
    findings: list[Finding] = []
    left = 0
    for unit in bundle.units:
        found, told = _edits(unit, known, path)
        # What a unit says of its own entry weighs more than what another passes on to it.
        edits |= {edit.new.key: edit for edit in found if edit.own or edit.new.key not in edits}
        findings += told
        left += not found and any(finding.code != _EMPTIED for finding in told)
    united = _united(present, edits)
    entries = tuple(
        _settled(united[entry.key]) if entry.key in edits else entry for entry in present.entries
    )
    changed = [entry for entry in entries if entry != known[entry.key]]
    conflicts = [entry for entry in changed if _lost(entry, known[entry.key])]
    findings += (_conflict(entry, edits[entry.key], path) for entry in conflicts)
    keys = tuple(entry.key for entry in changed)
    return Taken(
        replace(present, entries=entries),
        keys,
        tuple(edits),
        conflicts=len(conflicts),
        left=left,
        findings=tuple(findings),
    )


def add(present: Catalog, bundle: Bundle, *, path: str) -> Taken:
    """Add a bundle's translations to a catalog that has none of them; what it has, it keeps."""
    entries = {entry.key: entry for entry in present.entries}
    findings: list[Finding] = []
    keys: list[EntryKey] = []
    for unit in bundle.units:
        here = entries.get(unit.entry.key)
        if here is None:
            origin = (f"from {Path(path).name}",)
            entries[unit.entry.key] = replace(unit.entry, translator_comments=origin)
            keys.append(unit.entry.key)
        elif here.msgstr != unit.entry.msgstr:
            findings.append(_finding(_OTHERWISE, Severity.WARNING, unit, path))
    united = replace(present, entries=tuple(sorted(entries.values(), key=_is_obsolete)))
    return Taken(united, tuple(keys), conflicts=len(findings), findings=tuple(findings))


def _is_obsolete(entry: Entry) -> bool:
    return entry.obsolete


class _Edit(NamedTuple):
    """What a unit does to an entry of the catalog."""

    new: Entry
    """The entry as it is, with the unit's words."""
    base: Entry | None
    """The entry as it is, with the words that went out; None if nobody knows them."""
    line: int | None
    own: bool = True
    """The entry has the unit's own source text."""


# --- which entries a unit is about ------------------------------------------------------------

_EMPTIED = "exchange-emptied"
_OTHERWISE = "exchange-otherwise"


def _edits(
    unit: Unit, known: Mapping[EntryKey, Entry], path: str
) -> tuple[list[_Edit], list[Finding]]:
    """Return what a unit changes, and what there is to say of it."""
    here = known.get(unit.entry.key)
    if not unit.reworded and not unit.commented:
        return [], []
    if not unit.entry.translated and here and here.translated and unit.reworded:
        return [], [_finding(_EMPTIED, Severity.WARNING, unit, path)]
    own = [_edit(unit, here)] if here else []
    if (here and not here.obsolete) or not unit.entry.translated:
        return own, []
    successors = (entry for entry in known.values() if _follows(entry, unit))
    passed_on = [edit for entry in successors if (edit := _moved(unit, here, entry))]
    if any(edit.new.fuzzy for edit in passed_on):
        told = [_finding("exchange-source-changed", Severity.WARNING, unit, path)]
    elif not own and not passed_on:
        told = [_finding("exchange-source-gone", Severity.ERROR, unit, path)]
    elif not passed_on and unit.reworded and not unit.entry.obsolete:
        told = [_finding("exchange-obsolete", Severity.WARNING, unit, path)]
    else:
        told = []
    return own + passed_on, told


def _edit(unit: Unit, here: Entry) -> _Edit:
    new = _worded(here, unit.entry) if unit.reworded else here
    if unit.commented:
        # Tools drop notes: one that is missing in the file was not deleted by anybody.
        comments = dict.fromkeys((*here.translator_comments, *unit.entry.translator_comments))
        new = replace(new, translator_comments=tuple(comments))
    return _Edit(new, _base(unit, here, new), unit.entry.line)


def _worded(entry: Entry, words: Entry) -> Entry:
    """Give an entry the words of another."""
    flags = [flag for flag in entry.flags if flag != "fuzzy"]
    if entry.plural != words.plural:
        return entry
    return replace(
        entry,
        msgstr=words.msgstr,
        plural_msgstrs=words.plural_msgstrs,
        flags=("fuzzy", *flags) if words.fuzzy else tuple(flags),
    )


def _base(unit: Unit, here: Entry, new: Entry) -> Entry | None:
    """Return the entry as it went out, as far as digests tell."""
    words = next((each for each in (here, new) if words_digest(each) == unit.base), None)
    if words is None:
        return None
    noted = next((each for each in (here, new) if comments_digest(each) == unit.noted), None)
    comments = noted.translator_comments if noted else ()
    return replace(words, translator_comments=comments)


# --- where the source changed since -----------------------------------------------------------


def _follows(entry: Entry, unit: Unit) -> bool:
    """Whether an entry was made of a unit's source text, which the article has no more."""
    if entry.obsolete or entry.plural is not None or entry.key == unit.entry.key:
        return False
    before = EntryKey(entry.previous_context, entry.previous_msgid or "")
    if entry.fuzzy and before == unit.entry.key:
        return True
    return entry.context == unit.entry.context and normal_form(entry.msgid) == normal_form(
        unit.entry.msgid
    )


def _moved(unit: Unit, old: Entry | None, entry: Entry) -> _Edit | None:
    """Give a unit's words to the entry that its source text has become."""
    if not unit.entry.translated:
        return None
    went_out = old if old and words_digest(old) == unit.base else None
    if entry.fuzzy and entry.previous_msgid == unit.entry.msgid:
        # Made for the text of before: to be looked at, as the entry itself is.
        new = replace(entry, msgstr=unit.entry.msgstr)
        base = replace(entry, msgstr=went_out.msgstr) if went_out else None
        return _Edit(new, base, unit.entry.line, own=False)
    carried = carry(unit.entry.msgstr, old=unit.entry.msgid, new=entry.msgid)
    if carried is None:
        return None
    before = carry(went_out.msgstr, old=unit.entry.msgid, new=entry.msgid) if went_out else None
    base = None if before is None or went_out is None else replace(entry, msgstr=before)
    new = _worded(entry, replace(unit.entry, msgstr=carried))
    return _Edit(new, base, unit.entry.line, own=False)


# --- uniting ----------------------------------------------------------------------------------


def _united(present: Catalog, edits: dict[EntryKey, _Edit]) -> dict[EntryKey, Entry]:
    """Unite the edits with the catalog, which is what people saved last."""
    news = tuple(edit.new for edit in edits.values())
    bases = tuple(edit.base for edit in edits.values() if edit.base)
    theirs = tuple(entry for entry in present.entries if entry.key in edits)
    united = reconcile(Catalog(entries=bases), Catalog(entries=news), Catalog(entries=theirs))
    return {entry.key: entry for entry in united.entries}


def _settled(entry: Entry) -> Entry:
    """Forget the previous source of a translation that is not in question any more."""
    if entry.fuzzy and entry.translated:
        return entry
    return replace(entry, previous_context=None, previous_msgid=None, previous_plural=None)


def _lost(entry: Entry, before: Entry) -> list[str]:
    """Return the comments that keep what lost."""
    notes = set(entry.translator_comments) - set(before.translator_comments)
    return [note for note in notes if note.startswith(CONFLICT)]


# --- findings ---------------------------------------------------------------------------------

_MESSAGES = {
    _EMPTIED: "{source} has no translation any more; the catalog keeps the one it has: delete it"
    " there if that is meant",
    _OTHERWISE: "{source} is translated otherwise already; that stands: change it there if the other"
    " is better",
    "exchange-obsolete": "{source} has left the article since; the translation is kept in its obsolete"
    " entry, until the text returns: see what stands in its place",
    "exchange-source-changed": "{source} is not the source text any more; the translation is taken"
    " as fuzzy for the text of now: look at it there",
    "exchange-source-gone": "{source} is no source text of the catalog; the translation is not"
    " taken: see whether the text was changed in the file, or export again",
}
_LENGTH = 60


def _finding(code: str, severity: Severity, unit: Unit, path: str) -> Finding:
    text = unit.entry.msgid
    shown = text if len(text) <= _LENGTH else f"{text[: _LENGTH - 1].rstrip()}…"
    message = _MESSAGES[code].format(source=f'"{shown}"')
    return Finding(code, severity, message, path, unit.entry.line)


def _conflict(entry: Entry, edit: _Edit, path: str) -> Finding:
    stands = "the file's" if entry.msgstr == edit.new.msgstr else "the catalog's"
    message = (
        f"the catalog was changed since the export too: {stands} translation stands, the other"
        f" is kept in a comment, {CONFLICT} …: compare the two"
    )
    return Finding("exchange-conflict", Severity.WARNING, message, path, edit.line)
