"""Finding translations for the texts of a template, in the catalog there is and beyond.

    for match in find_matches(catalog, template.live, "en", None):
        match.entry     the template's entry with the best translation there is
        match.how       "unchanged", "returned", "carried", "fuzzy" or "new"

The order of search: the same text, now or before; the same words with other typography or codes;
what is approved for all catalogs; the same text in another context; a text like it; a suggestion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol, TypeAlias

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.changes import Change, carry, classify, normal_form, plain_text
from polypage.catalogs.similarity import Candidate, Wanted, pair
from polypage.catalogs.uniting import SUGGESTED, conflict, noted_code
from polypage.model import Entry, EntryKey

CARRIED = "polypage-carried:"
"""Begins the comment that says why the translation of another text stands unquestioned."""
WAIVER = "polypage-ok:"
"""Begins the comment by which a translator accepts a finding, until the source changes."""


class Suggester(Protocol):
    """Knows translations from beyond the catalog; those of entries it has none for are left out."""

    def approved(self, entries: Sequence[Entry]) -> Mapping[EntryKey, Entry]:
        """Return entries with translations that need no look."""

    def suggested(self, entries: Sequence[Entry]) -> Mapping[EntryKey, Entry]:
        """Return entries with guesses: fuzzy, with a comment that says where they come from."""


class Match(NamedTuple):
    """A template's entry as it will be, and how it came by its translation."""

    entry: Entry
    how: str
    source: Entry | None = None


def find_matches(
    catalog: Catalog, template: Sequence[Entry], language: str, suggester: Suggester | None
) -> list[Match]:
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
    return [matches.get(entry.key) or Match(entry, "new") for entry in template]


class _Old(NamedTuple):
    """The old catalog, as far as translations are looked for."""

    by_key: Mapping[EntryKey, Entry]
    places: Mapping[EntryKey, int]
    """Where the live entries stood."""
    gone: tuple[Entry, ...]
    """Translated, live until now, and not in the template."""
    obsolete: tuple[Entry, ...]
    """Translated, gone before, and not in the template."""


_Matches: TypeAlias = dict[EntryKey, Match]


def _offered(
    template: Sequence[Entry],
    matches: _Matches,
    offer: Callable[[Sequence[Entry]], Mapping[EntryKey, Entry]],
    how: str,
) -> _Matches:
    """Ask for translations of what has none, be it new or not."""
    present = {entry.key: matches.get(entry.key) or Match(entry, "new") for entry in template}
    empty = [match.entry for match in present.values() if not match.entry.translated]
    offered = offer(empty) if empty else {}
    return {key: present[key]._replace(entry=entry, how=how) for key, entry in offered.items()}


def _old(catalog: Catalog, template: Sequence[Entry]) -> _Old:
    keys = {entry.key for entry in template}
    left = [entry for entry in catalog.entries if entry.key not in keys and entry.translated]
    return _Old(
        by_key={entry.key: entry for entry in catalog.entries},
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
            matches[entry.key] = Match(_kept(entry, source), how, source)
    return matches


def _kept(entry: Entry, source: Entry) -> Entry:
    """Renew what the template says of an entry, and nothing else."""
    if entry.plural != source.plural:
        return _reshaped(entry, source)
    if _is_as_told(entry, source):
        return source
    flags = tuple(dict.fromkeys(source.flags + entry.flags))
    is_guessed = source.translated and "fuzzy" in flags
    return replace(
        source,
        extracted_comments=_told(entry, source, is_guessed=is_guessed),
        references=entry.references,
        flags=flags,
        previous_context=source.previous_context if is_guessed else None,
        previous_msgid=source.previous_msgid if is_guessed else None,
        previous_plural=source.previous_plural if is_guessed else None,
        obsolete=False,
    )


def _is_as_told(entry: Entry, source: Entry) -> bool:
    """Say whether an entry without flags is already what the template says, as most are."""
    return (
        source.extracted_comments == entry.extracted_comments
        and source.references == entry.references
        and not (source.flags or entry.flags or source.obsolete)
        and source.previous_msgid is source.previous_context is source.previous_plural is None
    )


def _told(entry: Entry, source: Entry, *, is_guessed: bool) -> tuple[str, ...]:
    """Return what the template says of an entry, and what we have said of its translation."""
    if not source.translated:
        return entry.extracted_comments
    lines = source.extracted_comments
    guessed = (line for line in lines if line.startswith(SUGGESTED))
    told = guessed if is_guessed else filter(noted_code, lines)
    return tuple(dict.fromkeys((*entry.extracted_comments, *told)))


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
                found[entry.key] = Match(_carry(entry, source, msgstr, reason), "carried", source)
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
        entry.key: Match(_fuzzy(entry, sources[entry.msgid]), "fuzzy", sources[entry.msgid])
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
            found[entry.key] = Match(_fuzzy(entry, source), "fuzzy", source)
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
