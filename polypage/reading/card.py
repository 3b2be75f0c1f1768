"""What a page says of itself, for lists of pages: its title, what it is about, its dates.

    card_of('<title>Dose</title><meta name="description" content="How much.">')
        -> Card(title="Dose", description="How much.", …)

Only the page's own words count: no date is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from polypage.html.blanks import collapsed
from polypage.html.markup import EndTag, StartTag, Text, TextKind, Token, tokenize, value
from polypage.reading.addresses import names_of


@dataclass(frozen=True, slots=True)
class Card:
    """A page in a list."""

    title: str = ""
    """Its first heading of level 1, or else its title element."""
    title_tag: str = ""
    """The language that the heading is marked as; empty where it is not."""
    description: str = ""
    site_name: str = ""
    """What it calls the site that it belongs to."""
    published: str = ""
    """As RFC 3339 has it, `2020-06-12T08:00:00+07:00`; midnight UTC for a day alone."""
    updated: str = ""
    """When it was last changed; when it was published, if it says no more."""


def card_of(page: str) -> Card:
    """Read a page's card."""
    tokens = tokenize(page, end=_end_of_what_tells(page))
    said = dict(reversed([*_metadata(tokens), *_data(page, tokens)]))
    heading, title_tag = _heading(page, tokens)
    published = _first(said, _PUBLISHED)
    return Card(
        title=heading or _title(page, tokens),
        title_tag=title_tag if heading else "",
        description=said.get("description") or said.get("og:description", ""),
        site_name=said.get("og:site_name", ""),
        published=published,
        updated=_first(said, _UPDATED) or published,
    )


def _end_of_what_tells(page: str) -> int:
    """Return where nothing follows any more that a card is made of."""
    last = _TELLING.match(page)
    return last.end() if last else 0


_TELLING = re.compile(r'.*(?:<(?:meta|title|textarea|/?h1)|"date)', re.IGNORECASE | re.DOTALL)
"""Up to the last tag, or date in structured data, of those that anything is read of."""
_PUBLISHED = (
    "article:published_time datepublished dcterms.issued dcterms.created dc.date.issued dc.date date"
    " pubdate"
).split()
_UPDATED = "article:modified_time og:updated_time datemodified dcterms.modified".split()
"""What dates are called, the names that are meant for them first."""


def _metadata(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield the content of `meta` elements by their names."""
    for token in tokens:
        if isinstance(token, StartTag) and token.name == "meta" and (said := token.get("content")):
            for name in names_of(token):
                yield name, collapsed(said.value)


_DATED = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"\\]*)"')


def _data(page: str, tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield the dates in structured data: the outermost object's stand first by custom."""
    for token, content in pairwise(tokens):
        if isinstance(token, StartTag) and token.name == "script" and isinstance(content, Text):
            kind = token.get("type")
            if kind and kind.value.strip().lower() == "application/ld+json":
                for match in _DATED.finditer(page, content.start, content.end):
                    yield match[1].lower(), match[2]


def _first(said: dict[str, str], names: Sequence[str]) -> str:
    return next((date for name in names if (date := _date(said.get(name, "")))), "")


def _date(written: str) -> str:
    """Write a date as RFC 3339 has it; nothing if it is none."""
    try:
        moment = datetime.fromisoformat(written.strip())
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        zoned.astimezone(UTC)  # the first and the last day there are may have no other zone
        return zoned.isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return ""


def _title(page: str, tokens: Sequence[Token]) -> str:
    for token in tokens:
        if isinstance(token, Text) and token.kind is TextKind.RCDATA:
            return collapsed(value(page, token))
    return ""


def _heading(page: str, tokens: Sequence[Token]) -> tuple[str, str]:
    """Return the first heading with words in it, and the language it is marked as."""
    said: list[str] = []
    tag = ""
    is_within = False
    for token in tokens:
        match token:
            case StartTag(name="h1"):
                said, tag, is_within = [], _language(token), True
            case StartTag() if is_within and not "".join(said).strip():
                tag = _language(token) or tag
            case EndTag(name="h1") if is_within:
                is_within = False
                if text := collapsed("".join(said)):
                    return text, tag
            case Text(kind=TextKind.DATA) if is_within:
                said.append(value(page, token))
            case _:
                pass
    return "", ""


def _language(tag: StartTag) -> str:
    attribute = tag.get("lang")
    return attribute.value if attribute else ""
