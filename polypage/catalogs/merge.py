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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

from polypage.catalogs.catalog import HEADER_FIELDS, Catalog, Header, parse, parse_file, serialize
from polypage.catalogs.heritage import NOTHING, Heritage, Inherit
from polypage.catalogs.leverage import Suggester, find_matches
from polypage.catalogs.uniting import reconcile, united, words_of
from polypage.catalogs.worddiff import word_diff
from polypage.errors import CatalogError
from polypage.files import Clock, commit
from polypage.model import Entry, EntryKey

log = logging.getLogger(__name__)

CHANGED = "changed:"
"""Begins the extracted comment that shows, word for word, what a fuzzy translation may not say."""
_DATE = "POT-Creation-Date"


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
    """Whether it differs from the catalog it was made of, or the file was written for its bytes."""
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

    written = amend(path, change, clock=clock)
    merged = replace(results[-1], changed=written)
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
    found = find_matches(old, template.live, source_language, suggester)
    live = tuple(_with_difference(match.entry) for match in found)
    obsolete = tuple(_obsolete(old, live))
    entries = (*live, *obsolete)
    known = {"Language": language, "Plural-Forms": plural_forms}
    header = _header(
        old.header, template.header, known, changed=old is not catalog or entries != old.entries
    )
    merged = Catalog(header, entries, old.trailer)
    left = {entry.key for entry in old.live}
    counts = Counter(match.how for match in found)
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
    present, wanted = old.by_key, {entry.key for entry in template.live}
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
    both = united(None, own, entry)
    theirs = words_of(both) == words_of(entry)
    previous = entry if theirs else own
    return replace(
        both,
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
        old = None if data is None else parse_file(data, path=str(path))
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


def _reconciled_bytes(known: Sequence[bytes], held: bytes, displaced: bytes, *, path: str) -> bytes:
    """Unite what we hold with what somebody saved, which was made of one of the known versions."""
    theirs = parse(displaced, path=path)
    bases = [parse(data, path=path) for data in known]
    base = max(bases, key=lambda catalog: len(set(catalog.entries) & set(theirs.entries)))
    united = reconcile(base, parse(held, path=path), theirs)
    return serialize(united, original=displaced, path=path)


def _whole(data: bytes, *, path: str) -> bool:
    try:
        parse_file(data, path=path)
    except CatalogError:
        return False
    return True
