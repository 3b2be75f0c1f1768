"""Templates: what translators are told about the texts of articles.

Each segment gives an entry that says what the text is, under which headings it stands, what its
inline codes are and what the author notes:

    #. list item · under: The benefits
    #. a1: link to collagen.html
    #: source_articles/micro-needle-rolling.html
    msgid "Read <a1>how</a1>."
    msgstr ""

Equal entries are made one by `catalog.template`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from polypage.inline import Open, steps
from polypage.model import Article, Content, Domain, Entry, EntryKey, Segment, Standalone

_MOST_ARTICLES = 3
"""How many articles an entry of the site's template tells about: naming all of them would change
the template with every article that comes."""
_MOST_LETTERS = 60


def template_entries(
    article: Article, domain: Domain, *, with_lines: bool = False
) -> tuple[Entry, ...]:
    """Return an entry for each segment of a domain, in document order."""
    return tuple(
        Entry(
            msgid=segment.msgid,
            context=segment.context,
            extracted_comments=tuple(dict.fromkeys(_comments(segment))),
            references=(f"{article.path}:{segment.line}" if with_lines else article.path,),
        )
        for segment in article.segments
        if segment.domain == domain
    )


def site_entries(shares: Iterable[tuple[Entry, ...]]) -> Iterator[Entry]:
    """Yield the entries of the site's template from the shares of all articles."""
    articles: Counter[EntryKey] = Counter()
    for share in shares:
        articles.update({entry.key for entry in share})
        yield from (entry for entry in share if articles[entry.key] <= _MOST_ARTICLES)


def _comments(segment: Segment) -> Iterator[str]:
    yield _place(segment)
    yield from map(_one_line, segment.notes)
    for name, legend in _legends(segment.content):
        yield f"{name}: {_one_line(legend)}"


def _place(segment: Segment) -> str:
    # The headings over a shared part are those of whatever article it was found in.
    if segment.domain == "site" or not segment.headings:
        return segment.role
    return f"{segment.role} · under: {' / '.join(map(_short, segment.headings))}"


def _legends(content: Content) -> Iterator[tuple[str, str]]:
    for step in steps(content):
        match step:
            case Open(code) | (Standalone() as code) if code.legend:
                yield code.name, code.legend
            case _:
                pass


def _short(text: str) -> str:
    line = _one_line(text)
    return line if len(line) <= _MOST_LETTERS else f"{line[: _MOST_LETTERS - 1].rstrip()}…"


def _one_line(text: str) -> str:
    return " ".join(text.split())
