"""Moving a catalog from one segmentation to the other, with its translations.

    moved = migrate(catalog, old_template, new_template, blocks, to="sentence", …)
    moved.catalog        its entries are those of the new template, then obsolete ones

A paragraph's translation becomes those of its sentences where there is no doubt which is whose;
with some doubt they are fuzzy; else the first sentence gets the whole of it, fuzzy. Sentences are
put together again, fuzzy where one of them is or is missing. What was there before becomes
obsolete, so that nothing is lost, and comes back as it was if the catalog is moved back and
nobody changed a word meanwhile. What the memory only suggested stays behind: it can suggest again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from polypage.catalogs.catalog import Catalog
from polypage.catalogs.leverage import CARRIED, WAIVER
from polypage.catalogs.merge import merge
from polypage.catalogs.uniting import CONFLICT, conflict, is_suggestion
from polypage.checking.checks import check_entry
from polypage.model import Entry, EntryKey, Segment, Segmentation
from polypage.profiles import Profile
from polypage.reading.inline import from_msgstr
from polypage.reuse.alignment import Block, join, split


@dataclass(frozen=True, slots=True)
class Moved:
    """A catalog in the other segmentation, and what became of the translations that were moved."""

    catalog: Catalog
    carried: int = 0
    """Entries whose translation stands unquestioned."""
    fuzzy: int = 0
    """Entries whose translation is to be looked at."""
    open: int = 0
    """Entries without one, though what they were cut from has one."""


def migrate(
    catalog: Catalog,
    old: Catalog,
    new: Catalog,
    blocks: Sequence[Block],
    *,
    to: Segmentation,
    spoken: Profile,
    written: Profile,
) -> Moved:
    """Move a catalog from the old template to the new one."""
    is_there = _is_there(catalog, old, new)
    update = partial(
        merge,
        language=written.locale,
        plural_forms=written.plural_forms,
        source_language=spoken.language,
    )
    start = catalog if is_there else update(catalog, old).catalog
    mover = _Mover(start, spoken, written, late=is_there)
    for block in _each_once(blocks):
        mover.to_sentences(block) if to == "sentence" else mover.to_block(block)
    # A text that is not to be had from its block is none that was edited: no guesses at it.
    blanks = (entry for entry in new.live if entry.key not in mover.entries)
    entries = sorted((*mover.entries.values(), *blanks), key=lambda entry: entry.obsolete)
    merged = update(replace(start, entries=tuple(entries)), new).catalog
    return _counted(merged, mover.moved)


def _is_there(catalog: Catalog, old: Catalog, new: Catalog) -> bool:
    """Whether a catalog is in the new segmentation already."""
    live = {entry.key for entry in catalog.live}
    before, after = ({entry.key for entry in template.live} for template in (old, new))
    return bool(live & (after - before)) and not live & (before - after)


def _each_once(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield one block of those with the same texts."""
    seen: dict[tuple[EntryKey, ...], Block] = {}
    for block in blocks:
        seen.setdefault((block.whole.key, *(each.key for each in block.sentences)), block)
    yield from seen.values()


def _counted(catalog: Catalog, moved: set[EntryKey]) -> Moved:
    entries = [entry for entry in catalog.live if entry.key in moved]
    carried = sum(entry.usable for entry in entries)
    fuzzy = sum(entry.fuzzy and entry.translated for entry in entries)
    return Moved(catalog, carried, fuzzy, len(entries) - carried - fuzzy)


class _Mover:
    """Translations on their way from some entries to others."""

    def __init__(self, catalog: Catalog, spoken: Profile, written: Profile, *, late: bool) -> None:
        self.entries = {entry.key: entry for entry in catalog.entries}
        self.moved: set[EntryKey] = set()
        """The new entries of what was translated before."""
        self._spoken = spoken
        self._written = written
        self._late = late
        """The new entries are there already, and the old ones obsolete."""

    def _sources(self, *segments: Segment) -> list[Entry | None]:
        """Look up what there is to move."""
        found = (self.entries.get(segment.key) for segment in segments)
        return [entry if entry and self._can_move(entry) else None for entry in found]

    def _can_move(self, entry: Entry) -> bool:
        is_words = _is_plain(entry) and not is_suggestion(entry)
        return is_words and (self._late or not entry.obsolete)

    # -- from a block to its sentences

    def to_sentences(self, block: Block) -> None:
        (source,) = self._sources(block.whole)
        if source is None:
            return
        self.moved |= {sentence.key for sentence in block.sentences}
        former = [self._former(sentence) for sentence in block.sentences]
        if source.fuzzy and any(former) and self._joined(block, former).msgstr == source.msgstr:
            return  # it was put together of what is there
        parts = split(block, source.msgstr, spoken=self._spoken, written=self._written)
        if parts is None:
            self._leave_whole(block, source)
            return
        is_sure = parts.sure and not source.fuzzy
        comments = _lasting_comments([source])
        for sentence, msgstr in zip(block.sentences, parts.msgstrs, strict=True):
            made = _entry(sentence, msgstr) if is_sure else _guess(sentence, msgstr, [source])
            self._settle(sentence, made, [source], comments)
            comments = ()

    def _former(self, segment: Segment) -> Entry | None:
        entry = self.entries.get(segment.key)
        return entry if entry and _is_plain(entry) else None

    def _leave_whole(self, block: Block, source: Entry) -> None:
        """Give the whole translation to the first sentence that has none."""
        for sentence in block.sentences:
            entry = self.entries.get(sentence.key)
            if entry is None or _is_open(entry) or _is_guess(entry, [source]):
                guess = _guess(sentence, source.msgstr, [source])
                self._settle(sentence, guess, [source], _lasting_comments([source]))
                return

    # -- from sentences to their block

    def to_block(self, block: Block) -> None:
        former = self.entries.get(block.whole.key)
        found = self._sources(*block.sentences)
        if former:
            found = [None if each and _is_guess(each, [former]) else each for each in found]
        sources = [source for source in found if source]
        if not sources:
            return
        self.moved.add(block.whole.key)
        if former is None or not self._is_unchanged(block, former, found):
            self._settle(
                block.whole, self._joined(block, found), sources, _lasting_comments(sources)
            )

    def _is_unchanged(self, block: Block, former: Entry, found: Sequence[Entry | None]) -> bool:
        """Whether the sentences say what they were given when the block was cut."""
        if former.fuzzy or not _is_plain(former):
            return False
        parts = split(block, former.msgstr, spoken=self._spoken, written=self._written)
        return parts is not None and all(
            entry and (entry.msgstr == msgstr or conflict(msgstr) in entry.translator_comments)
            for entry, msgstr in zip(found, parts.msgstrs, strict=True)
        )

    def _joined(self, block: Block, found: Sequence[Entry | None]) -> Entry:
        sources = [source for source in found if source]
        msgstrs = [source.msgstr if source else "" for source in found]
        joined = join(block, msgstrs, spoken=self._spoken, written=self._written)
        if joined is None:
            return _guess(block.whole, " ".join(filter(None, msgstrs)), sources)
        is_sure = all(source and not source.fuzzy for source in found)
        if is_sure and from_msgstr(joined, block.whole.content).content is not None:
            return _entry(block.whole, joined)
        return _guess(block.whole, joined, sources)

    # -- what stands where there is something already

    def _settle(
        self, segment: Segment, made: Entry, sources: Sequence[Entry], comments: Sequence[str]
    ) -> None:
        """Put in an entry that was made of others, unless what is there is better."""
        former = self.entries.get(segment.key)
        comments = (*comments, *self._waivers(segment, made, sources))
        if former is None or _is_open(former) or _is_guess(former, sources):
            self._put(made, former, comments)
        elif self._late or former.plural is not None or made.fuzzy:
            return
        elif former.msgstr == made.msgstr:
            if former.fuzzy:
                self._put(made, former, comments)
            else:  # another block may say it otherwise: the first to come back stands again
                self.entries[segment.key] = replace(former, obsolete=False)
        elif former.fuzzy or former.obsolete:
            self._put(made, former, (*comments, conflict(former.msgstr)))
        else:
            lines = dict.fromkeys((*former.translator_comments, conflict(made.msgstr)))
            self.entries[segment.key] = replace(former, translator_comments=tuple(lines))

    def _put(self, made: Entry, former: Entry | None, comments: Sequence[str]) -> None:
        lines = (*(former.translator_comments if former else ()), *comments)
        own = (line for line in lines if not line.startswith(CARRIED))
        flags = (flag for flag in (former.flags if former else ()) if flag != "fuzzy")
        self.entries[made.key] = replace(
            made,
            translator_comments=tuple(dict.fromkeys((*own, *made.translator_comments))),
            flags=tuple(dict.fromkeys((*made.flags, *flags))),
        )

    def _waivers(self, segment: Segment, made: Entry, sources: Sequence[Entry]) -> Iterator[str]:
        """Yield what translators answered for and is found again."""
        waivers = [
            comment
            for source in sources
            for comment in source.translator_comments
            if comment.startswith(WAIVER)
        ]
        if not waivers:
            return
        bare = replace(made, translator_comments=(), flags=())
        found = check_entry(
            bare, segment.content, self._written, path="", source_locale=self._spoken.locale
        )
        codes = {finding.code for finding in found}
        yield from (each for each in waivers if {*each.split()[1:2]} & codes)


def _is_plain(entry: Entry) -> bool:
    return entry.translated and entry.plural is None


def _is_open(entry: Entry) -> bool:
    """Whether nobody has said anything for an entry; what the memory suggests nobody has said."""
    return not entry.translated or is_suggestion(entry)


def _entry(segment: Segment, msgstr: str) -> Entry:
    """Make an entry that needs no second look."""
    comment = f"{CARRIED} only the segmentation changed"
    return Entry(segment.msgid, msgstr, segment.context, translator_comments=(comment,))


def _guess(segment: Segment, msgstr: str, sources: Sequence[Entry]) -> Entry:
    """Make a fuzzy entry; its previous msgid is what the translation was made for."""
    texts = ((each.fuzzy and each.previous_msgid) or each.msgid for each in sources)
    return Entry(
        segment.msgid,
        msgstr,
        segment.context,
        flags=("fuzzy",),
        previous_context=sources[0].context,
        previous_msgid=" ".join(dict.fromkeys(texts)),
    )


def _is_guess(entry: Entry, sources: Sequence[Entry]) -> bool:
    """Whether an entry only has what another has, and nobody looked at it."""
    return entry.fuzzy and any(
        entry.msgstr == source.msgstr
        and entry.previous_msgid in {source.msgid, source.previous_msgid}
        for source in sources
    )


def _lasting_comments(sources: Sequence[Entry]) -> tuple[str, ...]:
    """Return the comments that are true of another source text too."""
    return tuple(
        comment
        for source in sources
        for comment in source.translator_comments
        if not comment.startswith((CARRIED, CONFLICT, WAIVER))
    )
