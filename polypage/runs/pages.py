"""One page in one language: what it is written as, and what it must prove.

    version = Version(source, target, contents)
    page = page_of(version)
    proof_of(version, page, path="site/vi/rolling.html")     -> () when it can be published

The builder's part and the proof's meet here, and nowhere else.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from polypage.building.completeness import note, text
from polypage.building.notice import Localized, localize
from polypage.building.render import render
from polypage.building.switcher import filled
from polypage.model import Content, Coverage, Edit, Finding, SlotKind, Target
from polypage.proving.audit import Expected, Link, Wording, audit_page
from polypage.runs.sources import Source


@dataclass(frozen=True)
class Version:
    """An article in one language."""

    source: Source
    target: Target
    contents: tuple[Content | None, ...]
    """The translations of its segments."""
    inserted: tuple[Content | None, ...] = ()
    """The translations of what is inserted where the source page has no notice."""
    approved: str | None = None
    """The disclaimer's approved text."""
    mark: str = ""
    """The HTML that says what the page was made of, for an urgent article."""
    note: Content | None = None
    """The translation of the note on how much is translated."""
    coverage: Coverage = field(default_factory=Coverage)

    @cached_property
    def localized(self) -> Localized:
        return localize(
            self.source.notice,
            self.target,
            translations=self.contents,
            inserted=self.inserted or (None, None),
            approved=self.approved,
        )

    @cached_property
    def switches(self) -> tuple[Edit, ...]:
        return filled(self.source.switchers, self.target)

    @cached_property
    def notes(self) -> tuple[Edit, ...]:
        """What readers are told of how much is translated."""
        publish = self.source.settings.publish
        if publish.note is None:
            return ()
        (said,) = text(publish).segments
        return note(self.source.note_place, said, self.note, self.target, self.coverage)

    @property
    def edits(self) -> tuple[Edit, ...]:
        return (*self.localized.edits, *self.switches, *self.notes, *_marking(self))

    @property
    def inserted_html(self) -> str:
        """What the page has that its source page has not."""
        added = (edit.text for edit in (*self.switches, *self.notes))
        return "".join((self.mark, self.localized.inserted, *added))


def page_of(version: Version) -> bytes:
    """Write the page of a version: its source page, with all that this language has in its places."""
    article = version.source.article
    text = render(article, version.contents, version.target, edits=version.edits)
    return (codecs.BOM_UTF8 if article.skeleton.bom else b"") + _encoded(text)


def _marking(version: Version) -> Iterator[Edit]:
    slots = version.source.article.skeleton.slots
    head_end = next((slot.span for slot in slots if slot.kind is SlotKind.HEAD_END), None)
    if version.mark and head_end is not None:
        yield Edit(head_end, f"{version.mark}\n")


def _encoded(text: str) -> bytes:
    """Write the page in UTF-8, bytes that were none as what they were."""
    return text.encode("utf-8", "surrogateescape")


def proof_of(
    version: Version, page: bytes, *, path: str, current: bool = True
) -> tuple[Finding, ...]:
    """Return what keeps the bytes from being this version's page; nothing: they are proven.

    A page that is not `current` was built from an older source page and catalog, which are not
    known any more.
    """
    return audit_page(page, _expected(version, current=current), path=path)


def _expected(version: Version, *, current: bool) -> Expected:
    source, localized, target = version.source, version.localized, version.target
    notice, settings = source.notice, source.settings.notice
    return Expected(
        tag=target.tag,
        direction=target.direction,
        source_tag=target.source_tag,
        source_direction=target.source_direction,
        source_link=settings.source_link if notice.has_link else None,
        links=tuple(Link(url, title if current else None) for url, title in localized.links),
        disclaimer=settings.disclaimer if notice.has_disclaimer else None,
        disclaimers=tuple(Wording(text, tags) for text, tags in localized.disclaimers),
        after=settings.after,
        source=_encoded(source.article.skeleton.text) if current else None,
        inserted=version.inserted_html,
    )
