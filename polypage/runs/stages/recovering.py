"""What a run that was killed left beside catalogs.

A catalog is exchanged for its new version in one step, and only then is what it displaced looked
at: somebody may have saved it a moment before. A run that is killed in between leaves the one or
the other of the two behind, under a name of ours. What the catalog lacks of it is put back:

    .polypage-814-3-collagen.po.displaced   msgid "Yes"  msgstr "Có"
    collagen.po                             msgid "Yes"  msgstr "", and then "Có"
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from polypage.catalogs.catalog import Catalog, parse, serialize
from polypage.catalogs.uniting import conflict, reconcile, words_of
from polypage.errors import CatalogError
from polypage.files import DISPLACED, HIDDEN, Clock, commit, displaced_from, files_below, read_file
from polypage.model import Entry
from polypage.project import Project

log = logging.getLogger(__name__)


def recover(project: Project, *, clock: Clock = time) -> tuple[Path, ...]:
    """Unite leftovers with the catalogs they were displaced from; return those that cannot be."""
    kept = []
    for path in leftovers(project):
        if _is_recovered(path, clock):
            path.unlink(missing_ok=True)
        else:
            log.warning("%s may hold what somebody saved: compare it, then delete it", path)
            kept.append(path)
    return tuple(kept)


def leftovers(project: Project) -> Iterator[Path]:
    """Yield the files that may hold what somebody saved."""
    yield from sorted(map(Path, files_below(project.locales_dir, DISPLACED, hidden=HIDDEN)))


def is_leftover(path: str) -> bool:
    """Say whether that is a name of such a file."""
    name = path.rpartition("/")[2]
    return name.startswith(HIDDEN) and name.endswith(DISPLACED)


def _is_recovered(path: Path, clock: Clock) -> bool:
    """Put back what a catalog lacks of a leftover; say whether nothing is missing now."""
    target = displaced_from(path)
    if target is None:
        return False
    try:
        if _put_back(path, target, clock):
            log.info("put back into %s what it lacked of %s", target, path.name)
    except (CatalogError, OSError):
        return False
    return True


def _put_back(path: Path, target: Path, clock: Clock) -> bool:
    data = read_file(path)
    displaced = parse(data, path=str(path))

    def change(present: bytes | None) -> bytes | None:
        if present is None:
            return data if _missing(Catalog(), displaced) else None
        catalog = parse(present, path=str(target))
        united = _united(catalog, displaced)
        if united == catalog:
            return None
        return serialize(united, original=present, path=str(target))

    return commit(target, change, reconcile=_latest, clock=clock, whole=_is_whole)


def _latest(_known: Sequence[bytes], _held: bytes, saved: bytes) -> bytes:
    """Take what somebody saved as it is: what it lacks is put back into it like into any other."""
    return saved


def _is_whole(data: bytes) -> bool:
    try:
        parse(data, path="")
    except CatalogError:
        return False
    return True


# --- uniting ----------------------------------------------------------------------------------


def _united(catalog: Catalog, displaced: Catalog) -> Catalog:
    """Put back what a catalog lacks; of two finished translations its own stands."""
    missing = _missing(catalog, displaced)
    if not missing and _notes(displaced) <= _notes(catalog):
        return catalog
    # Of two that are equally good, `reconcile` lets the second stand, and the order of the first.
    both = reconcile(Catalog(), replace(displaced, entries=missing), catalog)
    united = {entry.key: entry for entry in both.entries}
    entries = (
        *(_with_words(entry, united.pop(entry.key)) for entry in catalog.entries),
        *united.values(),
    )
    return replace(both, entries=tuple(sorted(entries, key=lambda entry: entry.obsolete)))


def _missing(catalog: Catalog, displaced: Catalog) -> tuple[Entry, ...]:
    """Return the entries of which a catalog lacks the translation or a comment."""
    present = {entry.key: entry for entry in catalog.entries}
    return tuple(
        _like(other, entry) if other else entry
        for entry in displaced.entries
        if not _holds(other := present.get(entry.key), entry)
    )


def _holds(present: Entry | None, entry: Entry) -> bool:
    comments = () if present is None else present.translator_comments
    words = None if present is None else words_of(present)
    return set(entry.translator_comments) <= set(comments) and (
        not entry.translated or words_of(entry) == words
    )


def _like(present: Entry, entry: Entry) -> Entry:
    """Note as comments what has plural forms where the other has none, or the other way round."""
    if (present.plural is None) == (entry.plural is None):
        return entry
    lost = map(conflict, _texts(entry))
    comments = tuple(dict.fromkeys((*entry.translator_comments, *lost)))
    return replace(present, msgstr="", plural_msgstrs=(), translator_comments=comments)


def _texts(entry: Entry) -> Iterator[str]:
    return filter(None, (entry.msgstr, *entry.plural_msgstrs))


def _notes(catalog: Catalog) -> set[str]:
    header = catalog.header.entry.translator_comments if catalog.header else ()
    return {*header, *catalog.trailer}


def _with_words(entry: Entry, united: Entry) -> Entry:
    """Give an entry of the catalog what was united; all else of it stays."""
    if _holds(entry, united):
        return entry
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    return replace(
        entry,
        msgstr=united.msgstr,
        plural_msgstrs=united.plural_msgstrs,
        flags=("fuzzy", *flags) if united.fuzzy else flags,
        translator_comments=tuple(
            dict.fromkeys((*entry.translator_comments, *united.translator_comments))
        ),
    )
