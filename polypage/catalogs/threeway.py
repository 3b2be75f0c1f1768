"""Two versions of a catalog that were made of a third, united entry by entry for git.

    merged = merge_versions(base, ours, theirs, path="locales/vi/LC_MESSAGES/collagen.po")

What one branch changed and the other left alone is taken, header fields too. Where an update on
one branch moved, edited or removed a text that the other translated, the translation goes with
it as if it had been there before the update. Only where both say something else for good is there
a conflict, marked at that entry alone:

    msgid "Rest."
    from polypage.catalogs.merge import CHANGED, merge
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from polypage.catalogs.catalog import Catalog, Header, parse, serialize, texts_of
from polypage.catalogs.merge import CHANGED, merge
from polypage.catalogs.po import format_entry
from polypage.catalogs.uniting import (
    SUGGESTED,
    conflict,
    noted_code,
    said_in,
    united_lines,
    words_of,
)
from polypage.errors import CatalogError
from polypage.model import Entry, EntryKey

MARKER_SIZE = 7
"""How many characters git's conflict markers have unless its attributes say otherwise."""

_DATES = frozenset({"POT-Creation-Date", "PO-Revision-Date"})


@dataclass(frozen=True, slots=True)
class MergedVersions:
    """The bytes of the united catalog, and how many entries are in conflict."""

    data: bytes
    conflicts: int


def merge_versions(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    *,
    path: str = "catalog",
    marker_size: int = MARKER_SIZE,
) -> MergedVersions:
    """Unite two versions of a catalog or template; `base` is empty where they have none in common.

    A base that cannot be read counts as none.

    Raises:
        CatalogError: one of the two versions cannot be read.

    """
    one, other = parse(ours, path=path), parse(theirs, path=path)
    united, rivals = unite(_readable(base, path), one, other)
    if not rivals and united in {one, other}:
        return MergedVersions(ours if united == one else theirs, 0)
    texts = {**texts_of(theirs, path=path), **texts_of(ours, path=path)}
    texts |= {entry: _marked(entry, rival, marker_size) for entry, rival in rivals.items()}
    return MergedVersions(serialize(united, texts=texts, path=path), len(rivals))


def unite(base: Catalog, ours: Catalog, theirs: Catalog) -> tuple[Catalog, dict[Entry, Entry]]:
    """Return the united catalog, and of its entries those in conflict with what `theirs` has there."""
    newer = _is_newer(ours.header, theirs.header)
    entries: list[Entry] = []
    rivals: dict[Entry, Entry] = {}
    bases, mine, yours = (each.by_key for each in (base, ours, theirs))
    for key in _order(base, ours, theirs):
        entry, rival = _united(bases.get(key), mine.get(key), yours.get(key), newer=newer)
        if entry is not None:
            entries.append(entry)
        if entry is not None and rival is not None:
            rivals[entry] = rival
    united = Catalog(
        _united_header(base.header, ours.header, theirs.header, newer=newer),
        tuple(sorted(entries, key=lambda entry: entry.obsolete)),
        united_lines(base.trailer, ours.trailer, theirs.trailer),
    )
    united = _updated(united, base, updated=ours, translated=theirs)
    return _updated(united, base, updated=theirs, translated=ours), rivals


def _readable(data: bytes, path: str) -> Catalog:
    try:
        return parse(data, path=path)
    except CatalogError:
        return Catalog()


def _is_newer(ours: Header | None, theirs: Header | None) -> bool:
    """Whether theirs was revised after ours."""
    return _date(theirs, "PO-Revision-Date") > _date(ours, "PO-Revision-Date")


def _date(header: Header | None, name: str) -> float:
    """Return a date in seconds since 1970; one that is none is before all others."""
    try:
        value = header.get(name) if header else ""
        return datetime.strptime(value, "%Y-%m-%d %H:%M%z").timestamp()
    except ValueError:
        return float("-inf")


# --- which entries there are ------------------------------------------------------------------


def _order(base: Catalog, ours: Catalog, theirs: Catalog) -> Iterator[EntryKey]:
    """Yield all keys: live ones in the order of the page, each new one after its neighbour."""
    first, second = _live_keys(ours), _live_keys(theirs)
    if first == _live_keys(base):
        first, second = second, first
    known = set(first)
    following: dict[EntryKey | None, list[EntryKey]] = {}
    last = None
    for key in second:
        if key in known:
            last = key
        else:
            following.setdefault(last, []).append(key)
    live = [*following.get(None, ())]
    for key in first:
        live += (key, *following.get(key, ()))
    yield from dict.fromkeys(
        (*live, *(entry.key for each in (ours, theirs) for entry in each.obsolete))
    )


def _live_keys(catalog: Catalog) -> list[EntryKey]:
    return [entry.key for entry in catalog.entries if not entry.obsolete]


def _united(
    base: Entry | None, ours: Entry | None, theirs: Entry | None, *, newer: bool
) -> tuple[Entry | None, Entry | None]:
    """Return an entry as it will be, if at all, and the other one if they are in conflict."""
    if ours is None or theirs is None:
        return _alone(base, ours or theirs), None
    if theirs in {ours, base}:
        return ours, None
    if ours == base:
        return theirs, None
    return _both(base, ours, theirs, newer=newer)


def _alone(base: Entry | None, entry: Entry | None) -> Entry | None:
    """Settle an entry that one version lacks: if it was removed there, its translation stays."""
    if entry is None or base is None:
        return entry
    if base.obsolete:
        return None if entry == base else entry
    return _retired(entry)


def _retired(entry: Entry) -> Entry | None:
    if not (entry.translated or entry.translator_comments):
        return None
    return replace(entry, obsolete=True, extracted_comments=(), references=())


# --- one entry of two -------------------------------------------------------------------------


def _both(
    base: Entry | None, ours: Entry, theirs: Entry, *, newer: bool
) -> tuple[Entry, Entry | None]:
    """Unite what both changed: what polypage says of the text, and what translators say."""
    text = _text(base, ours, theirs)
    winner, loser = _winner(base, ours, theirs, newer=newer)
    in_conflict = loser is not None and not text.obsolete and _rank(winner) == _rank(loser)
    comments = united_lines(
        () if base is None else base.translator_comments,
        ours.translator_comments,
        theirs.translator_comments,
    )
    if loser is not None and not in_conflict:
        lost = {loser.msgstr, *loser.plural_msgstrs} - {"", winner.msgstr, *winner.plural_msgstrs}
        comments = tuple(dict.fromkeys((*comments, *map(conflict, sorted(lost)))))
    text = replace(text, translator_comments=comments)
    if not in_conflict:
        return _saying(text, winner), None
    return _saying(text, ours), _saying(text, theirs)


def _text(base: Entry | None, ours: Entry, theirs: Entry) -> Entry:
    """Unite what polypage decides about an entry."""
    if ours.obsolete != theirs.obsolete:
        obsolete = base is not None and not base.obsolete
        return ours if ours.obsolete == obsolete else theirs
    before = base or Entry(ours.msgid)
    return replace(
        ours,
        extracted_comments=united_lines(_told(before), _told(ours), _told(theirs)),
        references=united_lines(before.references, ours.references, theirs.references),
        flags=united_lines(before.flags, ours.flags, theirs.flags),
    )


def _told(entry: Entry) -> tuple[str, ...]:
    """Return what translators are told of the text, without what is told of its translation."""
    lines = (line for line in entry.extracted_comments if not noted_code(line))
    return tuple(line for line in lines if not line.startswith((CHANGED, SUGGESTED)))


def _winner(
    base: Entry | None, ours: Entry, theirs: Entry, *, newer: bool
) -> tuple[Entry, Entry | None]:
    """Return whose translation stands, and whose is lost by that."""
    before = None if base is None else words_of(base)
    mine, yours = words_of(ours), words_of(theirs)
    if yours in {mine, before}:
        return ours, None
    if mine == before:
        return theirs, None
    by_rank = (theirs, ours) if yours.rank > mine.rank else (ours, theirs)
    if mine[:2] == yours[:2]:
        return by_rank[0], None
    if mine.rank == yours.rank and newer:
        return theirs, ours
    return by_rank


def _rank(entry: Entry) -> int:
    return words_of(entry).rank


def _saying(text: Entry, said: Entry) -> Entry:
    flags = tuple(flag for flag in text.flags if flag != "fuzzy")
    lines = said.extracted_comments
    guessed = (line for line in lines if line.startswith((CHANGED, SUGGESTED)))
    told = guessed if said.fuzzy else filter(noted_code, lines)
    return replace(
        text,
        extracted_comments=(*_told(text), *told),
        msgstr=said.msgstr,
        plural=said.plural,
        plural_msgstrs=said.plural_msgstrs,
        flags=("fuzzy", *flags) if said.fuzzy else flags,
        previous_context=said.previous_context,
        previous_msgid=said.previous_msgid,
        previous_plural=said.previous_plural,
    )


# --- an update on one branch, a translation on the other --------------------------------------


def _updated(united: Catalog, base: Catalog, *, updated: Catalog, translated: Catalog) -> Catalog:
    """Give new texts what a branch that did not know them yet said of the texts they replace.

    What the update made of the base is made again of the other branch's translations; what
    somebody has changed since stays as it is.
    """
    if not _says_more(base, updated, translated):
        return united
    bases, others = base.by_key, translated.by_key
    news = [entry for entry in updated.live if entry.key not in bases and entry.key not in others]
    made = merge(base, _as_template(updated.live)).catalog.by_key
    guesses = {entry.key for entry in news if said_in(made[entry.key]) == said_in(entry)}
    if not guesses:
        return united
    known = replace(
        united, entries=tuple(entry for entry in united.entries if entry.key not in guesses)
    )
    again = merge(known, _as_template(united.live)).catalog.by_key
    entries = (again[entry.key] if entry.key in guesses else entry for entry in united.entries)
    return replace(united, entries=tuple(entries))


def _says_more(base: Catalog, updated: Catalog, translated: Catalog) -> bool:
    """Whether a branch translated what the other one's page has no more."""
    live = {entry.key for entry in updated.live}
    bases = base.by_key
    return any(
        entry.translated
        and entry.key not in live
        and entry.key in bases
        and words_of(entry) != words_of(bases[entry.key])
        for entry in translated.live
    )


def _as_template(entries: Iterable[Entry]) -> Catalog:
    return Catalog(
        None,
        tuple(
            Entry(
                entry.msgid,
                context=entry.context,
                plural=entry.plural,
                extracted_comments=_told(entry),
                references=entry.references,
            )
            for entry in entries
        ),
    )


# --- headers ----------------------------------------------------------------------------------


def _united_header(
    base: Header | None, ours: Header | None, theirs: Header | None, *, newer: bool
) -> Header | None:
    """Unite headers field by field: of two new values the one of the newer version stands."""
    if ours is None or theirs is None:
        return ours or theirs
    before = base or Header(Entry(""))
    header = Header(
        replace(
            ours.entry,
            translator_comments=united_lines(
                before.entry.translator_comments,
                ours.entry.translator_comments,
                theirs.entry.translator_comments,
            ),
            flags=united_lines(before.entry.flags, ours.entry.flags, theirs.entry.flags),
        )
    )
    values = [dict(each.fields) for each in (before, ours, theirs)]
    for name in dict.fromkeys(name for each in values for name in each):
        old, one, other = (each.get(name) for each in values)
        if other in {one, old}:
            continue
        if one != old and other is not None:
            later = _date(theirs, name) > _date(ours, name) if name in _DATES else newer
            other = other if not one or (later and other) else one
        header = _without(header, name) if other is None else header.with_field(name, other)
    return header


def _without(header: Header, name: str) -> Header:
    lines = header.entry.msgstr.split("\n")
    kept = (line for line in lines if line.partition(":")[0] != name)
    return Header(replace(header.entry, msgstr="\n".join(kept)))


# --- conflicts --------------------------------------------------------------------------------


def _marked(ours: Entry, theirs: Entry, size: int) -> str:
    """Write both entries, what they have in common above their translations once."""
    one, other = (_lines(format_entry(entry)) for entry in (ours, theirs))
    same = takewhile(_is_same_text, zip(one, other, strict=False))
    common = len(list(same))
    return "".join(
        (
            *one[:common],
            f"{'<' * size} ours\n",
            *one[common:],
            f"{'=' * size}\n",
            *other[common:],
            f"{'>' * size} theirs\n",
        )
    )


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")[:-1]]


def _is_same_text(lines: tuple[str, str]) -> bool:
    return lines[0] == lines[1] and not lines[0].startswith("msgstr")
