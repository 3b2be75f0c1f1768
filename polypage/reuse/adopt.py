"""The translations that a page in another language holds for the texts of an article.

    source       Read <a1>the guide</a1> first.        a1: link to guide.html
    elsewhere    <a3>Anleitung</a3> zuerst lesen.      a3: link to ../de/guide.html
    adopted      <a1>Anleitung</a1> zuerst lesen.

Which text belongs to which is told by `polypage.reuse.pairing`; here it is written in the notation of
the source. Codes are matched by their element and where they lead, then by their element alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from polypage.model import (
    Article,
    Content,
    Domain,
    EntryKey,
    Inline,
    Paired,
    Segment,
    Span,
    Standalone,
)
from polypage.profiles import Profile
from polypage.reading.inline import Open, from_msgstr, to_msgid
from polypage.reuse.landmarks import code_landmark, codes, landmarks
from polypage.reuse.pairing import Bead, pair_up


@dataclass(frozen=True, slots=True)
class Adopted:
    """What the other page says for an entry."""

    domain: Domain
    key: EntryKey
    msgstr: str = ""
    """Empty where it says nothing that could be meant."""
    doubt: str = ""
    """Why somebody has to look at it; empty where there is no doubt."""


def adopt(
    source: Article, target: Article, *, spoken: Profile, written: Profile
) -> tuple[Adopted, ...]:
    """Return what a translated page says for each entry of an article, in order."""
    beads = pair_up(
        landmarks(source, spoken), landmarks(target, written), spoken=spoken, written=written
    )
    said: dict[tuple[Domain, EntryKey], list[Adopted]] = {
        (segment.domain, segment.key): [] for segment in source.segments
    }
    for bead in beads:
        if bead.sources:
            segment = source.segments[bead.sources[0]]
            said[segment.domain, segment.key].append(_adopted(bead, source, target))
    return tuple(
        _settled([each for each in several if each.msgstr]) or Adopted(*entry, doubt=_none(several))
        for entry, several in said.items()
    )


def _adopted(bead: Bead, source: Article, target: Article) -> Adopted:
    segment = source.segments[bead.sources[0]]
    if not bead.targets:
        return Adopted(segment.domain, segment.key, doubt=bead.doubt)
    targets = [target.segments[place] for place in bead.targets]
    msgstr = _written(segment, source, _together([each.content for each in targets]), target)
    reading = from_msgstr(msgstr, segment.content, preserve_space=segment.preserve_space)
    doubt = bead.doubt or next((finding.message for finding in reading.findings), "")
    return Adopted(segment.domain, segment.key, msgstr, doubt)


def _settled(several: Sequence[Adopted]) -> Adopted | None:
    """Return what stands where an entry is in several places."""
    sure = [each for each in several if not each.doubt]
    if len({each.msgstr for each in sure}) > 1:
        return replace(sure[0], doubt="is translated in several ways there")
    return next(iter((*sure, *several)), None)


def _none(several: Sequence[Adopted]) -> str:
    return next((each.doubt for each in several if each.doubt), "is part of what is joined there")


# --- codes ------------------------------------------------------------------------------------

_Names: TypeAlias = dict[Span, str]
"""What codes are to be called, by the place of their tag on the other page."""


def _written(segment: Segment, source: Article, content: Content, target: Article) -> str:
    """Write what the other page says in the notation of the source."""
    names = _names(segment.content, source, content, target)
    return to_msgid(_merged(_renamed(content, names)))


def _together(contents: Sequence[Content]) -> Content:
    joined: list[Inline] = []
    for content in contents:
        joined += (" ", *content) if joined else content
    return tuple(joined)


def _names(ours: Content, source: Article, theirs: Content, target: Article) -> _Names:
    """Find for each code of theirs one of ours: of the same address first."""
    free = [(code_landmark(code, source), code) for code in codes(ours)]
    names: _Names = {}
    left = [(code_landmark(code, target), code) for code in codes(theirs)]
    for exact in (True, False):
        unmatched = []
        for landmark, code in left:
            match = next((own for own in free if _fits(own, (landmark, code), exact=exact)), None)
            if match is None:
                unmatched.append((landmark, code))
            else:
                free.remove(match)
                names[_place(code)] = _name(match[1])
        left = unmatched
    return names


_Code: TypeAlias = "Open | Standalone"


def _fits(own: tuple[str, _Code], other: tuple[str, _Code], *, exact: bool) -> bool:
    if isinstance(own[1], Open) != isinstance(other[1], Open):
        return False
    if exact:
        return own[0] == other[0]
    return own[0].partition(" ")[0] == other[0].partition(" ")[0]


def _place(code: _Code) -> Span:
    return code.code.open if isinstance(code, Open) else code.span


def _name(code: _Code) -> str:
    return code.code.name if isinstance(code, Open) else code.name


def _renamed(content: Content, names: _Names) -> Iterator[Inline]:
    """Call codes as the source does; of those it has not, only what is in them stays."""
    for part in content:
        match part:
            case str():
                yield part
            case Standalone() if part.span in names:
                yield part._replace(name=names[part.span])
            case Standalone():
                yield " "
            case Paired() if part.open in names:
                children = _merged(_renamed(part.children, names))
                yield part._replace(name=names[part.open], children=children)
            case Paired():
                yield from _renamed(part.children, names)


def _merged(parts: Iterator[Inline]) -> Content:
    """Put texts that follow each other together, with single blanks."""
    merged: list[Inline] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return tuple(merged)
