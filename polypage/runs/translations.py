"""What translators made of an article, as far as it can be published.

    found = translate(article.segments, {"article": own, "site": shared}, profile("vi"))
    found.contents     for each segment its translation, or None: it stays in the source language
    found.coverage     how much that is
    found.findings     what is wrong with the catalogs' entries

An entry with an error falls back alone; the rest of the page does not suffer from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from polypage.building.pseudo import pseudo
from polypage.catalogs.changes import Change, classify
from polypage.catalogs.words import count_words
from polypage.checking.accessibility import ROLES
from polypage.checking.checks import check_entry
from polypage.checking.glossary import NO_TERMS, Glossary
from polypage.limits import Limits, admits
from polypage.model import (
    Content,
    Coverage,
    Domain,
    Entry,
    EntryKey,
    Finding,
    Segment,
    Severity,
    Syntax,
    Weight,
)
from polypage.profiles import Profile
from polypage.profiles import profile as profile_of
from polypage.reading.inline import from_msgstr, plain_text
from polypage.runs.localefiles import CatalogFile
from polypage.runs.outcomes import is_error

_Place: TypeAlias = tuple[Domain, EntryKey]


@dataclass(frozen=True, slots=True)
class Translations:
    """An article's translations in one locale."""

    contents: tuple[Content | None, ...]
    """Parallel to the segments."""
    coverage: Coverage = field(default_factory=Coverage)
    findings: tuple[Finding, ...] = ()
    checked: int = 0
    """How many finished translations of the article's own catalog were looked at."""
    note: Content | None = None
    """That of the note on how much is translated, which is no part of what is counted."""
    kept_out: tuple[int, ...] = ()
    """The places of finished translations that stay out; the note's comes after the segments."""


def translate(  # noqa: PLR0913 - settings and page each have their say
    segments: Sequence[Segment],
    catalogs: Mapping[Domain, CatalogFile],
    profile: Profile,
    *,
    source_locale: str = "en",
    weights: Mapping[str, Weight] = MappingProxyType({}),
    glossary: Glossary = NO_TERMS,
    fuzzy: bool = False,
    replaced: Collection[int] = (),
    approved: str = "",
) -> Translations:
    """Find the translation of each segment, `fuzzy` ones only if they may go out.

    The page says what is `approved` in the places that are `replaced`: it lacks no translation there.

    Raises:
        CatalogError: A catalog cannot be read.
    """
    check = partial(
        check_entry,
        profile=profile,
        source_locale=source_locale,
        weights=weights,
        glossary=glossary,
    )
    language = source_locale if fuzzy else None
    opened = {
        domain: _Catalog(file.path, _by_key(file, language)) for domain, file in catalogs.items()
    }
    asked = _asked(segments, profile.tag, [segments[n] for n in replaced], approved)
    readings = _readings(segments, opened, profile.tag, check, asked)
    for place in readings.keys() - _wanted(segments, replaced):
        readings[place] = readings[place]._replace(is_wanted=False)
    offers = [
        _offer(segment, opened[segment.domain], readings[segment.domain, segment.key])
        if admits(segment.locales, profile.tag)
        else _NOTHING
        for segment in segments
    ]
    own = [reading for place, reading in readings.items() if place[0] == "article"]
    found = (finding for reading in readings.values() for finding in reading.findings)
    smuggled = (offer.smuggled for offer in offers if offer.smuggled)
    return Translations(
        tuple(offer.content for offer in offers),
        _coverage(readings.values()),
        tuple(dict.fromkeys((*found, *smuggled))),
        checked=sum(reading.usable or reading.rejected for reading in own),
        kept_out=tuple(n for n, offer in enumerate(offers) if offer.is_kept_out),
    )


def retold(
    segments: Sequence[Segment],
    catalogs: Mapping[Domain, CatalogFile],
    profile: Profile,
    *,
    kept_out: Collection[int],
    source_locale: str = "en",
    fuzzy: bool = False,
) -> tuple[Content | None, ...]:
    """Return the contents that `translate` gave, when it had these translations stay out.

    They are read as strictly as then, whatever is said of them.

    Raises:
        CatalogError: A catalog cannot be read.
    """
    language = source_locale if fuzzy else None
    entries = {domain: _by_key(file, language) for domain, file in catalogs.items()}
    return tuple(
        _content(entry, segment)
        if n not in kept_out
        and admits(segment.locales, profile.tag)
        and (entry := entries[segment.domain].get(segment.key)) is not None
        and _is_finished(entry)
        else None
        for n, segment in enumerate(segments)
    )


def made_up(segments: Sequence[Segment], locale: str) -> Translations:
    """Translate each segment into a pseudo-locale."""
    own = profile_of(locale)
    words = {
        (segment.domain, segment.key): count_words(plain_text(segment.content, code=" "))
        for segment in segments
        if admits(segment.locales, own.tag)
    }
    readings = (_Reading(count, usable=True, fuzzy=False, findings=()) for count in words.values())
    contents = tuple(pseudo(segment.content, locale) for segment in segments)
    return Translations(contents, _coverage(readings))


class _Catalog(NamedTuple):
    """A catalog's entries, as they may go out."""

    path: str
    entries: Mapping[EntryKey, Entry]


def _readings(
    segments: Iterable[Segment],
    opened: Mapping[Domain, _Catalog],
    tag: str,
    check: Callable[..., tuple[Finding, ...]],
    asked: Mapping[_Place, Mapping[str, Any]],
) -> dict[_Place, _Reading]:
    """Read each entry once, for the first segment that it is the translation of."""
    readings: dict[_Place, _Reading] = {}
    for segment in segments:
        place = segment.domain, segment.key
        if place not in readings and admits(segment.locales, tag):
            catalog = opened[segment.domain]
            own = partial(check, path=catalog.path, **asked.get(place, {}))
            readings[place] = _read(catalog.entries.get(segment.key), segment, own)
    return readings


def _wanted(segments: Sequence[Segment], replaced: Collection[int]) -> frozenset[_Place]:
    """Return what readers see the translation of, in one place at least."""
    if not replaced:
        return frozenset((segment.domain, segment.key) for segment in segments)
    seen = (segment for place, segment in enumerate(segments) if place not in replaced)
    return frozenset((segment.domain, segment.key) for segment in seen)


class _Offer(NamedTuple):
    """What a segment may have."""

    content: Content | None
    smuggled: Finding | None = None
    """What is wrong with the translation at this place alone."""
    is_kept_out: bool = False
    """Whether it is a finished translation that stays out."""


_NOTHING = _Offer(None)


def _offer(segment: Segment, catalog: _Catalog, reading: _Reading) -> _Offer:
    entry = catalog.entries.get(segment.key)
    content = _offered(entry, segment, reading)
    if content is None:
        return _Offer(None, is_kept_out=_is_finished(entry))
    if _brings_markup(content, segment):
        return _Offer(None, _smuggled(entry, catalog.path), is_kept_out=_is_finished(entry))
    return _Offer(content)


def _brings_markup(content: Content, segment: Segment) -> bool:
    """Say whether structured data would get tags that its source lacks: its readers may obey them."""
    if segment.syntax is not Syntax.PLAIN:
        return False
    return sorted(_TAG.findall(plain_text(content))) != sorted(
        _TAG.findall(plain_text(segment.content))
    )


_TAG = re.compile(r"<[A-Za-z/!?][^>]*>?")


def _smuggled(entry: Entry | None, path: str) -> Finding:
    message = (
        "the structured data stays in the source language: the translation has tags of its own"
    )
    line = entry.told_line if entry else None
    return Finding("inline-unknown", Severity.ERROR, message, path, line)


class _Reading(NamedTuple):
    """What an entry comes to."""

    words: int
    usable: bool
    fuzzy: bool
    findings: tuple[Finding, ...]
    is_wanted: bool = True
    """Whether readers would miss its translation."""
    first: Segment | None = None
    """The segment that it was read for, if it has a translation."""
    content: Content | None = None
    """What that comes to there."""

    def is_for(self, segment: Segment) -> bool:
        """Say whether the translation comes to the same at the place of a segment."""
        first = self.first
        return first is not None and (first.content, first.preserve_space) == (
            segment.content,
            segment.preserve_space,
        )

    @property
    def counts(self) -> bool:
        """Whether the page is in its language here."""
        return self.usable or not self.is_wanted

    @property
    def rejected(self) -> bool:
        return any(map(is_error, self.findings))


def _by_key(file: CatalogFile, language: str | None) -> Mapping[EntryKey, Entry]:
    """Return the entries; with a source language, fuzzy ones that may go out as if they were not."""
    if language is None:
        return file.live
    return {key: _trusted(entry, language) for key, entry in file.live.items()}


def _trusted(entry: Entry, language: str) -> Entry:
    """Take a fuzzy translation as it is, unless its source says other figures or denials now."""
    if not (entry.fuzzy and entry.translated):
        return entry
    if entry.previous_msgid is not None:
        change = classify(entry.previous_msgid, entry.msgid, language=language)
        if change in {Change.NUMBER, Change.NEGATION}:
            return entry
    return replace(entry, flags=tuple(flag for flag in entry.flags if flag != "fuzzy"))


def _asked(
    segments: Sequence[Segment], tag: str, disclaimers: Iterable[Segment], approved: str
) -> dict[_Place, dict[str, Any]]:
    """Collect what checks need to know of some texts, as arguments of `check_entry`."""
    asked: dict[_Place, dict[str, Any]] = {}
    for place, limits in _limits(segments, tag).items():
        asked.setdefault(place, {})["limits"] = limits
    for place, roles in _roles(segments).items():
        asked.setdefault(place, {})["roles"] = roles
    for segment in disclaimers:
        asked.setdefault((segment.domain, segment.key), {})["approved"] = approved
    return asked


def _limits(segments: Iterable[Segment], tag: str) -> dict[_Place, tuple[Limits, ...]]:
    """Collect what translations must keep to: an entry to what is said of any place it stands in."""
    found: dict[_Place, tuple[Limits, ...]] = {}
    for segment in segments:
        if segment.limits and admits(segment.locales, tag):
            place = segment.domain, segment.key
            found[place] = tuple(dict.fromkeys((*found.get(place, ()), *segment.limits)))
    return found


def _roles(segments: Iterable[Segment]) -> dict[_Place, frozenset[str]]:
    """Collect what the texts are that only voices say."""
    found: dict[_Place, frozenset[str]] = {}
    for segment in segments:
        if segment.role in ROLES:
            place = segment.domain, segment.key
            found[place] = found.get(place, frozenset()) | {segment.role}
    return found


def _read(
    entry: Entry | None, segment: Segment, check: Callable[..., tuple[Finding, ...]]
) -> _Reading:
    words = count_words(plain_text(segment.content, code=" "))
    if entry is None:
        return _Reading(words, usable=False, fuzzy=False, findings=())
    if not _is_finished(entry):
        return _Reading(words, usable=False, fuzzy=entry.fuzzy and entry.translated, findings=())
    space, source = segment.preserve_space, segment.content
    reading = from_msgstr(entry.msgstr, source, preserve_space=space)
    findings = check(entry, source, preserve_space=space, reading=reading)
    usable = not any(map(is_error, findings))
    return _Reading(
        words, usable, fuzzy=False, findings=findings, first=segment, content=reading.content
    )


def _offered(entry: Entry | None, segment: Segment, reading: _Reading) -> Content | None:
    """Return what a segment may have; equal ones share a translation, each has its own codes."""
    if entry is None or not reading.usable:
        return None
    return reading.content if reading.is_for(segment) else _content(entry, segment)


def _is_finished(entry: Entry | None) -> bool:
    """Say whether an entry has a translation that goes out if nothing is wrong with it."""
    return entry is not None and entry.usable and entry.plural is None


def _content(entry: Entry, segment: Segment) -> Content | None:
    return from_msgstr(entry.msgstr, segment.content, preserve_space=segment.preserve_space).content


def _coverage(readings: Iterable[_Reading]) -> Coverage:
    every = tuple(readings)
    return Coverage(
        entries=len(every),
        translated=sum(reading.counts for reading in every),
        fuzzy=sum(reading.fuzzy for reading in every),
        words=sum(reading.words for reading in every),
        translated_words=sum(reading.words for reading in every if reading.counts),
        rejected=sum(reading.rejected for reading in every),
    )
