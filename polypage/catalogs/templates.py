"""Templates: what translators are told about the texts of articles.

Each segment gives an entry that says what the text is, under which headings it stands, what its
inline codes are and what the author notes:

    #. list item · under: The benefits
    #. a1: link to collagen.html
    #: source_articles/micro-needle-rolling.html
    msgid "Read <a1>how</a1>."
    msgstr ""

What an author says by ITS stands there too, first of all for which locales a text is:

    #. only for: fr-CA, en-CA
    #. paragraph
    #. at most 25 bytes in UTF-8

An entry that says so is in the catalogs of these locales alone; `for_locale` reads it back.
Equal entries are made one by `catalog.template`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import compress, takewhile

from polypage.catalogs.catalog import Catalog
from polypage.limits import Limits, LocaleFilter, admits
from polypage.model import Article, Content, Domain, Entry, EntryKey, Segment, Standalone
from polypage.reading.inline import Open, steps

_MOST_ARTICLES = 3
"""How many articles an entry of the site's template tells about: naming all of them would change
the template with every article that comes."""
_MOST_LETTERS = 60


def template_entries(
    article: Article, domain: Domain, *, with_lines: bool = False
) -> tuple[Entry, ...]:
    """Return an entry for each segment of a domain, in document order."""
    entries = [
        Entry(
            msgid=segment.msgid,
            context=segment.context,
            extracted_comments=tuple(dict.fromkeys(_comments(segment))),
            references=(f"{article.path}:{segment.line}" if with_lines else article.path,),
        )
        for segment in article.segments
        if segment.domain == domain
    ]
    return tuple(_agreed(entries))


def site_entries(shares: Iterable[tuple[Entry, ...]]) -> Iterator[Entry]:
    """Yield the entries of the site's template from the shares of all articles.

    Of an entry that is told no more, what is kept is the first that is for other locales.
    """
    articles: Counter[EntryKey] = Counter()
    entries: list[Entry] = []
    told: list[bool] = []
    heard: set[tuple[EntryKey, tuple[str, ...]]] = set()
    for share in shares:
        articles.update({entry.key for entry in share})
        for entry in share:
            is_told, own = articles[entry.key] <= _MOST_ARTICLES, (entry.key, _filters(entry))
            if is_told or own not in heard:
                heard.add(own)
                entries.append(entry)
                told.append(is_told)
    yield from compress(_agreed(entries), told)


def for_locale(template: Catalog, tag: str) -> Catalog:
    """Leave out of a template what is not for the locale of a language tag."""
    entries = tuple(entry for entry in template.entries if _is_for(entry, tag))
    return template if len(entries) == len(template.entries) else replace(template, entries=entries)


# --- for which locales a text is --------------------------------------------------------------

_ONLY, _NOT = "only for: ", "not for: "
"""Begin a comment before the one that says what the text is: no author can write such a one."""
_NOBODY = "none"
"""No language is called so."""


def _filter_comment(locales: LocaleFilter | None) -> Iterator[str]:
    if locales is not None:
        ranges = ", ".join(filter(None, map(str.strip, locales.languages.split(","))))
        yield f"{_NOT if locales.exclude else _ONLY}{ranges or _NOBODY}"


def _filters(entry: Entry) -> tuple[str, ...]:
    """Return the comments of an entry that say for which locales it is; none: for all."""
    return tuple(takewhile(lambda line: line.startswith((_ONLY, _NOT)), entry.extracted_comments))


def _agreed(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Have equal entries say the same of their locales: what one of them is for."""
    if not any(map(_filters, entries)):
        yield from entries
        return
    filters: dict[EntryKey, dict[str, None] | None] = {}
    for entry in entries:
        known, own = filters.setdefault(entry.key, {}), _filters(entry)
        filters[entry.key] = None if known is None or not own else known | dict.fromkeys(own)
    for entry in entries:
        rest = entry.extracted_comments[len(_filters(entry)) :]
        yield replace(entry, extracted_comments=(*(filters[entry.key] or ()), *rest))


def _is_for(entry: Entry, tag: str) -> bool:
    filters = [
        LocaleFilter(line.partition(": ")[2], exclude=line.startswith(_NOT))
        for line in _filters(entry)
    ]
    return not filters or any(admits(each, tag) for each in filters)


# --- what is said of a text -------------------------------------------------------------------


def _comments(segment: Segment) -> Iterator[str]:
    yield from _filter_comment(segment.locales)
    yield _place(segment)
    yield from map(one_line, segment.notes)
    yield from map(_limit, segment.limits)
    for name, legend in _legends(segment.content):
        yield f"{name}: {one_line(legend)}"


def _place(segment: Segment) -> str:
    # The headings over a shared part are those of whatever article it was found in.
    if segment.domain == "site" or not segment.headings:
        return segment.role
    return f"{segment.role} · under: {' / '.join(map(_short, segment.headings))}"


def _limit(limits: Limits) -> str:
    about = f"{limits.code}: " if limits.code else ""
    storage = limits.storage
    size = f"at most {storage.size} bytes in {storage.encoding}" if storage else ""
    allowed = limits.allowed
    characters = "" if allowed is None else f"characters: {one_line(allowed) or _NOBODY}"
    return about + ", ".join(filter(None, (size, characters)))


def _legends(content: Content) -> Iterator[tuple[str, str]]:
    for step in steps(content):
        match step:
            case Open(code) | (Standalone() as code) if code.legend:
                yield code.name, code.legend
            case _:
                pass


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _MOST_LETTERS else f"{line[: _MOST_LETTERS - 1].rstrip()}…"


def one_line(text: str) -> str:
    """Return a text with single blanks between its words, as a comment needs it."""
    return " ".join(text.split())
