"""Bringing a catalog up to date with its template, and with what others saved meanwhile.

    merged = update(Path("locales/vi/LC_MESSAGES/collagen.po"), template, language="vi", clock=time)

The template decides which entries there are and in what order; translators decide what they say.
A text that is there as before keeps its translation, one that was gone comes back with it. A new
text gets the translation of the text it was made from: as its own if only typography or markup
changed, fuzzy otherwise. What the article has no more is kept as obsolete. Merging again changes
nothing, and no translation is lost.
"""

from __future__ import annotations

import logging
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias, TypedDict, Unpack

from polypage.catalog import HEADER_FIELDS, Catalog, Header, parse, serialize
from polypage.changes import Change, carry, classify, normal_form, plain_text
from polypage.errors import CatalogError
from polypage.files import Clock, commit
from polypage.heritage import NOTHING, Heritage, Inherit
from polypage.model import Entry, EntryKey
from polypage.similarity import Candidate, Wanted, pair
from polypage.worddiff import word_diff

log = logging.getLogger(__name__)

CHANGED = "changed:"
"""Begins the extracted comment that shows, word for word, what a fuzzy translation may not say."""
CARRIED = "polypage-carried:"
"""Begins the comment that says why the translation of another text stands unquestioned."""
CONFLICT = "polypage-conflict:"
"""Begins the comment that keeps a translation that lost against another."""
WAIVER = "polypage-ok:"
"""Begins the comment by which a translator accepts a finding, until the source changes."""

SUGGESTED = "suggested from"
"""Begins the extracted comment that says where a guess comes from, as long as it is one."""

_DATE = "POT-Creation-Date"


class Suggester(Protocol):
    """Knows translations from beyond the catalog; those of entries it has none for are left out."""

    def approved(self, entries: Sequence[Entry]) -> Mapping[EntryKey, Entry]:
        """Return entries with translations that need no look."""

    def suggested(self, entries: Sequence[Entry]) -> Mapping[EntryKey, Entry]:
        """Return entries with guesses: fuzzy, with a comment that says where they come from."""


class Options(TypedDict, total=False):
    """How a catalog is made of a template: the options of `merge`."""

    language: str
    plural_forms: str
    source_language: str
    suggester: Suggester | None


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog brought up to date, and what that took, in entries."""

    catalog: Catalog
    changed: bool
    """Whether it differs from the catalog it was made of."""
    unchanged: int = 0
    """Were there before, translated or not."""
    returned: int = 0
    """Were obsolete."""
    carried: int = 0
    """Have the translation of a text with the same words."""
    fuzzy: int = 0
    """Have the translation of a text like theirs, to be looked at."""
    new: int = 0
    """Have no translation."""
    obsolete: int = 0
    """Have left the article."""


def update(
    path: Path,
    template: Catalog,
    *,
    clock: Clock,
    inherit: Inherit = lambda _: NOTHING,
    **options: Unpack[Options],
) -> Merged:
    """Merge a template into the catalog on disk, without losing what is saved there meanwhile.

    `inherit` says what it takes over from other catalogs.

    Raises:
        CatalogError: the catalog cannot be read or written; it is left as it was.

    """
    results: list[Merged] = []

    def change(old: Catalog | None) -> Catalog | None:
        merged = merge(old, template, heritage=inherit(old), **options)
        results.append(merged)
        return merged.catalog if merged.changed else None

    amend(path, change, clock=clock)
    merged = results[-1]
    log.info(
        "merged %s: %d unchanged, %d returned, %d carried, %d fuzzy, %d new, %d obsolete",
        path,
        merged.unchanged,
        merged.returned,
        merged.carried,
        merged.fuzzy,
        merged.new,
        merged.obsolete,
    )
    return merged


def merge(
    catalog: Catalog | None,
    template: Catalog,
    *,
    language: str = "",
    plural_forms: str = "",
    source_language: str = "en",
    suggester: Suggester | None = None,
    heritage: Heritage = NOTHING,
) -> Merged:
    """Make a catalog of the template's entries and the translations of the old catalog."""
    old = _with_heritage(catalog, heritage, template)
    matches = _matches(old, template.live, source_language, suggester)
    live = tuple(_with_difference(match.entry) for match in matches)
    obsolete = tuple(_obsolete(old, live))
    entries = (*live, *obsolete)
    known = {"Language": language, "Plural-Forms": plural_forms}
    header = _header(
        old.header, template.header, known, changed=old is not catalog or entries != old.entries
    )
    merged = Catalog(header, entries, old.trailer)
    left = {entry.key for entry in old.live}
    counts = Counter(match.how for match in matches)
    return Merged(
        merged,
        changed=merged != catalog,
        obsolete=sum(entry.key in left for entry in obsolete),
        **counts,
    )


def _with_heritage(catalog: Catalog | None, heritage: Heritage, template: Catalog) -> Catalog:
    """Add the entries of other catalogs as if they had been here once, and were gone."""
    old = catalog or heritage.predecessor or Catalog()
    if not heritage.arrivals:
        return old
    present, wanted = _by_key(old), {entry.key for entry in template.live}
    wanted -= {entry.key for entry in old.live}
    arrived = {
        entry.key: _arrived(present.get(entry.key), entry)
        for entry in heritage.arrivals
        if entry.key in wanted
    }
    stayed = (entry for entry in old.entries if entry.key not in arrived)
    return replace(old, entries=(*stayed, *arrived.values()))


def _arrived(own: Entry | None, entry: Entry) -> Entry:
    """Make an obsolete entry of one from elsewhere; what was here before is not forgotten."""
    if own is None:
        return replace(entry, obsolete=True)
    if own.plural != entry.plural:
        return own
    united = _united(None, own, entry)
    theirs = words_of(united) == words_of(entry)
    previous = entry if theirs else own
    return replace(
        united,
        previous_context=previous.previous_context,
        previous_msgid=previous.previous_msgid,
        previous_plural=previous.previous_plural,
    )


def _with_difference(entry: Entry) -> Entry:
    """Tell the translator of a fuzzy entry what changed since its translation was made."""
    if not (entry.fuzzy and entry.translated and entry.previous_msgid):
        return entry
    difference = word_diff(entry.previous_msgid, entry.msgid)
    if not difference:
        return entry
    comments = (*entry.extracted_comments, f"{CHANGED} {difference}")
    return replace(entry, extracted_comments=comments)


def amend(path: Path, change: Callable[[Catalog | None], Catalog | None], *, clock: Clock) -> bool:
    """Change the catalog on disk by a function, without losing what is saved there meanwhile.

    None stands for no catalog, or for nothing to change. The function may be asked again.

    Raises:
        CatalogError: the catalog cannot be read or written; it is left as it was.

    """

    def change_bytes(data: bytes | None) -> bytes | None:
        old = None if data is None else parse(data, path=str(path))
        changed = change(old)
        if changed is None and (data or b"").startswith(BOM_UTF8):
            changed = old  # gettext's own tools refuse a file with a byte order mark
        return None if changed is None else serialize(changed, original=data, path=str(path))

    try:
        return commit(
            path,
            change_bytes,
            reconcile=partial(_reconciled_bytes, path=str(path)),
            clock=clock,
            whole=partial(_whole, path=str(path)),
        )
    except OSError as exc:
        raise CatalogError(path, f"cannot be updated: {exc.strerror}") from exc


def reconcile(base: Catalog, ours: Catalog, theirs: Catalog) -> Catalog:
    """Unite two catalogs that were made of `base`, entry by entry; `theirs` is the newer.

    An entry that one of them lacks is not deleted. Where both changed a translation, the one that
    is finished or else the newer stands, and the other is kept in a comment.
    """
    bases, others = _by_key(base), _by_key(theirs)
    united = [
        _united(bases.get(entry.key), entry, others.pop(entry.key, entry)) for entry in ours.entries
    ]
    entries = sorted((*united, *others.values()), key=lambda entry: entry.obsolete)
    header = _united_header(base.header, ours.header, theirs.header)
    return Catalog(header, tuple(entries), tuple(dict.fromkeys(ours.trailer + theirs.trailer)))


# --- finding translations ---------------------------------------------------------------------


class _Match(NamedTuple):
    """A template's entry as it will be, and how it came by its translation."""

    entry: Entry
    how: str
    source: Entry | None = None


class _Old(NamedTuple):
    """The old catalog, as far as translations are looked for."""

    by_key: Mapping[EntryKey, Entry]
    places: Mapping[EntryKey, int]
    """Where the live entries stood."""
    gone: tuple[Entry, ...]
    """Translated, live until now, and not in the template."""
    obsolete: tuple[Entry, ...]
    """Translated, gone before, and not in the template."""


_Matches: TypeAlias = dict[EntryKey, _Match]


def _matches(
    catalog: Catalog, template: Sequence[Entry], language: str, suggester: Suggester | None
) -> list[_Match]:
    """Return the template's entries in order, each with the best translation there is."""
    old = _old(catalog, template)
    matches = _exact(template, old)
    if len(matches) < len(template):
        matches |= _carried(template, old, matches, language=language)
    if suggester:
        matches |= _offered(template, matches, suggester.approved, "carried")
    for find in (_in_other_context, _similar):
        if len(matches) < len(template):
            matches |= find(template, old, matches)
    if suggester:
        matches |= _offered(template, matches, suggester.suggested, "fuzzy")
    return [matches.get(entry.key) or _Match(entry, "new") for entry in template]


def _offered(
    template: Sequence[Entry],
    matches: _Matches,
    offer: Callable[[Sequence[Entry]], Mapping[EntryKey, Entry]],
    how: str,
) -> _Matches:
    """Ask for translations of what has none, be it new or not."""
    present = {entry.key: matches.get(entry.key) or _Match(entry, "new") for entry in template}
    empty = [match.entry for match in present.values() if not match.entry.translated]
    offered = offer(empty) if empty else {}
    return {key: present[key]._replace(entry=entry, how=how) for key, entry in offered.items()}


def _old(catalog: Catalog, template: Sequence[Entry]) -> _Old:
    keys = {entry.key for entry in template}
    left = [entry for entry in catalog.entries if entry.key not in keys and entry.translated]
    return _Old(
        by_key=_by_key(catalog),
        places={entry.key: place for place, entry in enumerate(catalog.live)},
        gone=tuple(entry for entry in left if not entry.obsolete),
        obsolete=tuple(entry for entry in left if entry.obsolete),
    )


def _exact(template: Sequence[Entry], old: _Old) -> _Matches:
    """Find what is there already, or was once."""
    matches = {}
    for entry in template:
        if source := old.by_key.get(entry.key):
            how = "returned" if source.obsolete else "unchanged"
            matches[entry.key] = _Match(_kept(entry, source), how, source)
    return matches


def _kept(entry: Entry, source: Entry) -> Entry:
    """Renew what the template says of an entry, and nothing else."""
    if entry.plural != source.plural:
        return _reshaped(entry, source)
    kept = replace(
        source,
        extracted_comments=entry.extracted_comments,
        references=entry.references,
        flags=tuple(dict.fromkeys(source.flags + entry.flags)),
        obsolete=False,
    )
    if kept.fuzzy and kept.translated:
        suggested = (line for line in source.extracted_comments if line.startswith(SUGGESTED))
        return replace(kept, extracted_comments=(*entry.extracted_comments, *suggested))
    return replace(kept, previous_context=None, previous_msgid=None, previous_plural=None)


def _reshaped(entry: Entry, source: Entry) -> Entry:
    """Make plural forms of a translation or the other way round; what is too much is noted."""
    if not source.translated:
        return replace(entry, translator_comments=source.translator_comments)
    fuzzy = _fuzzy(entry, source)
    lost = {source.msgstr, *source.plural_msgstrs} - {"", fuzzy.msgstr, *fuzzy.plural_msgstrs}
    notes = (*source.translator_comments, *map(conflict, sorted(lost)))
    return replace(fuzzy, translator_comments=notes)


def _carried(template: Sequence[Entry], old: _Old, matches: _Matches, *, language: str) -> _Matches:
    """Find texts of the same words whose translation holds as it is."""
    sources: dict[EntryKey, list[Entry]] = {}
    for source in (*old.gone, *(old.by_key[key] for key in old.places), *old.obsolete):
        sources.setdefault(_even_key(source), []).append(source)
    found = {}
    for entry in _missing(template, matches):
        for source in sources.get(_even_key(entry), ()):
            msgstr = carry(source.msgstr, old=source.msgid, new=entry.msgid)
            if msgstr and not source.fuzzy and entry.plural is source.plural is None:
                reason = classify(source.msgid, entry.msgid, language=language)
                found[entry.key] = _Match(_carry(entry, source, msgstr, reason), "carried", source)
                break
    return found


def _even_key(entry: Entry) -> EntryKey:
    return EntryKey(entry.context, normal_form(entry.msgid))


def _carry(entry: Entry, source: Entry, msgstr: str, reason: Change) -> Entry:
    comment = f"{CARRIED} only the {reason} of the source changed"
    return replace(
        entry,
        msgstr=msgstr,
        translator_comments=(*_lasting_comments(source), comment),
        flags=tuple(dict.fromkeys(source.flags + entry.flags)),
    )


def _in_other_context(template: Sequence[Entry], old: _Old, matches: _Matches) -> _Matches:
    """Find texts that only got another context, where there is no doubt which."""
    missing = _missing(template, matches)
    before = Counter(source.msgid for source in old.gone)
    after = Counter(entry.msgid for entry in missing)
    sources = {source.msgid: source for source in old.gone}
    return {
        entry.key: _Match(_fuzzy(entry, sources[entry.msgid]), "fuzzy", sources[entry.msgid])
        for entry in missing
        if before[entry.msgid] == after[entry.msgid] == 1
    }


def _similar(template: Sequence[Entry], old: _Old, matches: _Matches) -> _Matches:
    """Find texts that were edited, split, joined or extended; never those of another context."""
    used = {match.source.key for match in matches.values() if match.source}
    sources = [source for source in (*old.gone, *old.obsolete) if source.key not in used]
    windows = _windows(template, old, matches)
    found = {}
    missing = _missing(template, matches)
    for context in dict.fromkeys(entry.context for entry in missing):
        entries = [entry for entry in missing if entry.context == context]
        candidates = [source for source in sources if source.context == context]
        pairs = pair(
            [Wanted(plain_text(entry.msgid), *windows[entry.key]) for entry in entries],
            [
                Candidate(plain_text(source.msgid), old.places.get(source.key))
                for source in candidates
            ],
        )
        for new, former in pairs.items():
            entry, source = entries[new], candidates[former]
            found[entry.key] = _Match(_fuzzy(entry, source), "fuzzy", source)
    return found


def _windows(
    template: Sequence[Entry], old: _Old, matches: _Matches
) -> dict[EntryKey, tuple[int, int]]:
    """Say of each entry where its nearest neighbours that were there before stood."""
    found = (matches.get(entry.key) for entry in template)
    places = [
        old.places.get(match.source.key) if match and match.source else None for match in found
    ]
    after = _nearest(places, -1)
    before = _nearest(places[::-1], len(old.places))[::-1]
    return {
        entry.key: window
        for entry, window in zip(template, zip(after, before, strict=True), strict=True)
    }


def _nearest(places: Iterable[int | None], nearest: int) -> list[int]:
    """Replace each place by the last one before it that is known."""
    known = []
    for place in places:
        known.append(nearest)
        nearest = nearest if place is None else place
    return known


def _missing(template: Sequence[Entry], matches: _Matches) -> list[Entry]:
    return [entry for entry in template if entry.key not in matches]


def _fuzzy(entry: Entry, source: Entry) -> Entry:
    """Give an entry the translation of another text, to be looked at.

    The previous msgid is the text that the translation was made for: where that was fuzzy
    already, an earlier one.
    """
    msgstr, plural_msgstrs = _shaped(entry, source)
    fuzzy = replace(
        entry,
        msgstr=msgstr,
        plural_msgstrs=plural_msgstrs,
        translator_comments=tuple(_lasting_comments(source)),
        flags=tuple(dict.fromkeys(("fuzzy", *source.flags, *entry.flags))),
        previous_context=source.context,
        previous_msgid=source.msgid,
        previous_plural=source.plural,
    )
    if not source.fuzzy or source.previous_msgid is None:
        return fuzzy
    return replace(
        fuzzy,
        previous_context=source.previous_context,
        previous_msgid=source.previous_msgid,
        previous_plural=source.previous_plural,
    )


def _shaped(entry: Entry, source: Entry) -> tuple[str, tuple[str, ...]]:
    """Return msgstr and plural forms as the entry needs them."""
    if entry.plural is None:
        return source.msgstr or next(filter(None, source.plural_msgstrs), ""), ()
    return "", source.plural_msgstrs or (source.msgstr,)


def _lasting_comments(source: Entry) -> Iterator[str]:
    """Yield the comments that are true of another source text too."""
    for comment in source.translator_comments:
        if not comment.startswith((CARRIED, WAIVER)):
            yield comment


# --- what has left the article ----------------------------------------------------------------


def _obsolete(old: Catalog, live: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries to keep as obsolete, those that were so before first."""
    kept = {entry.key: entry for entry in live}
    left = [entry for entry in (*old.obsolete, *old.live) if entry.key not in kept]
    kept.update({entry.key: entry for entry in left if not entry.fuzzy})
    for entry in left:
        if (entry.translated or entry.translator_comments) and not _repeats(entry, kept):
            yield _retired(entry)


def _repeats(entry: Entry, kept: Mapping[EntryKey, Entry]) -> bool:
    """Whether an entry is an unreviewed guess, made of a translation that is there in its own right."""
    if not entry.fuzzy or entry.previous_msgid is None:
        return False
    source = kept.get(EntryKey(entry.previous_context, entry.previous_msgid))
    return (
        source is not None
        and (entry.msgstr, entry.plural_msgstrs) == (source.msgstr, source.plural_msgstrs)
        and set(entry.translator_comments) <= set(source.translator_comments)
    )


def _retired(entry: Entry) -> Entry:
    """Make an entry obsolete; where it stood is of no interest any more."""
    if entry.obsolete:
        return entry
    return replace(entry, obsolete=True, extracted_comments=(), references=())


# --- headers ----------------------------------------------------------------------------------


def _header(
    old: Header | None, template: Header | None, known: Mapping[str, str], *, changed: bool
) -> Header | None:
    """Fill in what a header lacks; what translators wrote stays."""
    header = old or template
    if header is None:
        return None
    given = dict(template.fields) if template else {}
    names = HEADER_FIELDS if changed else tuple(known)
    for name in names:
        value = known.get(name) or given.get(name, "")
        present = name in dict(header.fields)
        if not present or (value and _empty(header.get(name))):
            header = header.with_field(name, value)
    date = given.get(_DATE)
    return header.with_field(_DATE, date) if changed and date else header


def _empty(value: str) -> bool:
    """Whether nobody filled in a field: `nplurals=INTEGER; plural=EXPRESSION;` is a blank form."""
    return not value or "INTEGER" in value


# --- uniting ----------------------------------------------------------------------------------


class Words(NamedTuple):
    """What a translator decides about an entry."""

    msgstr: str
    plural_msgstrs: tuple[str, ...]
    fuzzy: bool

    @property
    def rank(self) -> int:
        """Finished, to be looked at, or missing."""
        translated = bool(self.msgstr) or any(self.plural_msgstrs)
        return translated + (translated and not self.fuzzy)


def _united(base: Entry | None, ours: Entry, theirs: Entry) -> Entry:
    before = () if base is None else base.translator_comments
    comments = united_lines(before, ours.translator_comments, theirs.translator_comments)
    words, lost = _united_words(
        None if base is None else words_of(base), words_of(ours), words_of(theirs)
    )
    flags = dict.fromkeys(("fuzzy", *ours.flags, *theirs.flags))
    if not words.fuzzy:
        del flags["fuzzy"]
    return replace(
        ours if words == words_of(ours) else _without_origin(ours),
        msgstr=words.msgstr,
        plural_msgstrs=words.plural_msgstrs,
        translator_comments=tuple(dict.fromkeys((*comments, *map(conflict, lost)))),
        flags=tuple(flags),
    )


def _without_origin(entry: Entry) -> Entry:
    """Say no more where a guess came from: somebody made something else of it."""
    lines = (line for line in entry.extracted_comments if not line.startswith(SUGGESTED))
    return replace(entry, extracted_comments=tuple(lines))


def words_of(entry: Entry) -> Words:
    """Return what a translator decided about an entry."""
    return Words(entry.msgstr, entry.plural_msgstrs, entry.fuzzy)


def _united_words(base: Words | None, ours: Words, theirs: Words) -> tuple[Words, tuple[str, ...]]:
    """Return the words that stand, and the texts that lost against them."""
    if theirs in {ours, base}:
        return ours, ()
    if ours == base:
        return theirs, ()
    winner, loser = (theirs, ours) if theirs.rank >= ours.rank else (ours, theirs)
    lost = {loser.msgstr, *loser.plural_msgstrs} - {"", winner.msgstr, *winner.plural_msgstrs}
    return winner, tuple(sorted(lost))


def conflict(msgstr: str) -> str:
    """Write the comment that keeps a translation that lost."""
    return f"{CONFLICT} {msgstr}".replace("\n", "\\n")


def united_lines(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> tuple[str, ...]:
    """Unite lines; one that was there before stays only if nobody removed it."""
    lines = dict.fromkeys((*ours, *theirs))
    return tuple(line for line in lines if line not in base or (line in ours and line in theirs))


def _united_header(
    base: Header | None, ours: Header | None, theirs: Header | None
) -> Header | None:
    if ours is None or theirs is None:
        return ours or theirs
    before = base.entry.translator_comments if base else ()
    comments = united_lines(
        before, ours.entry.translator_comments, theirs.entry.translator_comments
    )
    header = Header(replace(ours.entry, translator_comments=comments))
    for name, value in theirs.fields:
        if value and (base is None or base.get(name) != value):
            header = header.with_field(name, value)
    return header


def _reconciled_bytes(known: Sequence[bytes], held: bytes, displaced: bytes, *, path: str) -> bytes:
    """Unite what we hold with what somebody saved, which was made of one of the known versions."""
    theirs = parse(displaced, path=path)
    bases = [parse(data, path=path) for data in known]
    base = max(bases, key=lambda catalog: len(set(catalog.entries) & set(theirs.entries)))
    united = reconcile(base, parse(held, path=path), theirs)
    return serialize(united, original=displaced, path=path)


def _whole(data: bytes, *, path: str) -> bool:
    try:
        parse(data, path=path)
    except CatalogError:
        return False
    return True


def _by_key(catalog: Catalog) -> dict[EntryKey, Entry]:
    return {entry.key: entry for entry in catalog.entries}
