"""Lists of a locale's articles: its front page, for readers, and its feed, for their programs.

    front_page(front, DEFAULT)      <li><h2><a href="dose.html">Liều dùng</a></h2> …
    feed(front)                     <entry><id>https://health.example/vi/dose.html</id> …

Whatever pages say is text here, and escaped. Dates are the articles' own: the same pages make the
same lists, whatever the clock says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from string import Template

from polypage.building.switcher import link
from polypage.errors import SettingsError
from polypage.html.references import escape_anywhere, escape_attribute, escape_text
from polypage.model import Direction, Edition
from polypage.profiles import written_date

FEED = "feed.xml"
MOST = 100
"""How many articles a feed has, the newest: readers load it again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """An article in a list."""

    href: str
    """Relative to the list."""
    url: str | None
    """The page's public address."""
    title: str
    title_tag: str
    """The language of the title, and of the description: the list's or the source's."""
    description: str = ""
    description_tag: str = ""
    published: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What a locale's lists show."""

    tag: str
    direction: Direction
    language: str
    """What the language calls itself."""
    source_tag: str
    source_direction: Direction
    title: str
    """What the site is called."""
    teasers: tuple[Teaser, ...]
    url: str | None = None
    """The public address of its folder, with a slash at the end; None where it has none."""
    editions: tuple[Edition, ...] = ()
    """The front pages of all locales."""
    alternates: tuple[tuple[str, str], ...] = ()
    """Their tags and public addresses, `x-default` last."""
    has_feed: bool = False


def in_order(teasers: Sequence[Teaser]) -> tuple[Teaser, ...]:
    """Return the newest first, then those without a date by their addresses."""
    by_name = sorted(teasers, key=lambda teaser: teaser.href)
    dated = [teaser for teaser in by_name if teaser.published or teaser.updated]
    dated.sort(key=lambda teaser: _moment(teaser.published or teaser.updated), reverse=True)
    return (*dated, *(each for each in by_name if not (each.published or each.updated)))


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


# --- the front page ---------------------------------------------------------------------------

DEFAULT = """\
<!DOCTYPE html>
<html lang="$lang" dir="$dir">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title · $language</title>
$links
<style>
body { max-width: 45rem; margin: auto; padding: 1rem; font-family: sans-serif; line-height: 1.5 }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem }
ul { padding: 0; list-style: none }
h2 { margin-bottom: 0 }
p { margin: 0 }
[aria-current] { font-weight: bold }
</style>
</head>
<body>
<header>
<h1>$title</h1>
<nav>
<ul>
$languages
</ul>
</nav>
</header>
<main>
<ul>
$articles
</ul>
</main>
</body>
</html>
"""
NAMES = frozenset("lang dir title language links languages articles".split())
"""What a template may name."""


def template(text: str, *, path: str) -> Template:
    """Take a project's own template of front pages.

    Raises:
        SettingsError: It names what is not known; the error names the line.
    """
    made = Template(text)
    for match in made.pattern.finditer(text):
        name = match["named"] or match["braced"]
        if match["escaped"] is None and name not in NAMES:
            line = text.count("\n", 0, match.start()) + 1
            problem = f"{match[0]!r} stands for nothing"
            known = ", ".join(f"${name}" for name in sorted(NAMES))
            remedy = f"known are {known}; write $$ for a dollar sign"
            raise SettingsError(path, problem, line=line, remedy=remedy)
    return made


def front_page(front: Front, made: Template) -> str:
    """Write the front page of a locale."""
    languages = (link(each, is_current=each.tag == front.tag) for each in front.editions)
    return made.substitute(
        lang=front.tag,
        dir=front.direction,
        title=escape_anywhere(front.title),
        language=escape_anywhere(front.language),
        links="\n".join(_head_links(front)),
        languages="\n".join(f"<li>{each}</li>" for each in languages),
        articles="\n".join(_listed(teaser, front) for teaser in front.teasers),
    )


def is_front_page(page: bytes) -> bool:
    """Whether the head of a page says that it is one of these."""
    return _GENERATOR.encode() in page.partition(b"</head>")[0]


_GENERATOR = '<meta name="generator" content="polypage front page">'


def _head_links(front: Front) -> Iterator[str]:
    yield _GENERATOR
    if front.url:
        yield f'<link rel="canonical" href="{_quoted(front.url)}index.html">'
    for tag, url in front.alternates:
        yield f'<link rel="alternate" hreflang="{tag}" href="{_quoted(url)}">'
    if front.has_feed:
        kind = 'type="application/atom+xml"'
        yield f'<link rel="alternate" {kind} title="{_quoted(front.title)}" href="{FEED}">'


def _listed(teaser: Teaser, front: Front) -> str:
    # The marks are on what stands within a block: its lines begin where all others do.
    marks = _marks(teaser.title_tag, front)
    title = f'<a href="{_quoted(teaser.href)}"{marks}>{escape_text(teaser.title)}</a>'
    parts = [f"<h2>{title}</h2>"]
    if teaser.description:
        said = escape_text(teaser.description)
        marks = _marks(teaser.description_tag, front)
        parts.append(f"<p><span{marks}>{said}</span></p>" if marks else f"<p>{said}</p>")
    if teaser.published:
        day = date.fromisoformat(teaser.published[:10])
        said = written_date(day, front.tag, "long") or day.isoformat()
        parts.append(f'<p><time datetime="{day.isoformat()}">{escape_text(said)}</time></p>')
    return f"<li>{''.join(parts)}</li>"


def _marks(tag: str, front: Front) -> str:
    if tag == front.tag:
        return ""
    return f' lang="{tag}" dir="{front.source_direction}"'


def _quoted(text: str) -> str:
    return escape_attribute(text, '"')


# --- the feed ---------------------------------------------------------------------------------


def feed(front: Front) -> bytes | None:
    """Write the Atom feed of a locale (RFC 4287); None where none of its articles has a date.

    Each entry must say when it was updated, so that an article without a date is not in it.
    """
    newest = [each for each in front.teasers if each.updated and each.url][:MOST]
    if not (newest and front.url):
        return None
    updated = max((each.updated for each in newest), key=_moment)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{front.tag}">',
        f"<id>{_xml(front.url)}{FEED}</id>",
        f"<title>{_xml(front.title)}</title>",
        f"<updated>{updated}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{_xml(front.url)}{FEED}"/>',
        f'<link rel="alternate" type="text/html" href="{_xml(front.url)}index.html"/>',
        f"<author><name>{_xml(front.title)}</name></author>",
        *(_entry(teaser, front) for teaser in newest),
        "</feed>",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _entry(teaser: Teaser, front: Front) -> str:
    url = _xml(teaser.url or "")
    parts = [
        f"<id>{url}</id>",
        _said("title", teaser.title, teaser.title_tag, front),
        f"<updated>{teaser.updated}</updated>",
        f"<published>{teaser.published}</published>" if teaser.published else "",
        f'<link rel="alternate" type="text/html" href="{url}"/>',
    ]
    if teaser.description:
        parts.append(_said("summary", teaser.description, teaser.description_tag, front))
    return f"<entry>{''.join(parts)}</entry>"


def _said(name: str, text: str, tag: str, front: Front) -> str:
    marks = "" if tag == front.tag else f' xml:lang="{tag}"'
    return f"<{name}{marks}>{_xml(text)}</{name}>"


_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file may hold (XML 1.0 §2.2)."""


def _xml(text: str) -> str:
    return _quoted(_NO_XML.sub("\ufffd", text))
