"""How well texts of translated pages are found again, and how often wrongly.

    make import-quality

Pages are built from complete catalogs, and from real pages in a pseudo-locale; then paragraphs and
list items of the built page are joined, dropped and moved, as translators do. What is taken over
unasked (`sure`) must be right; what is fuzzy should be.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from benchmarks.measuring import ROOT, as_article, pages, shared
from polypage.building.pseudo import pseudo
from polypage.building.render import render
from polypage.catalogs.catalog import read as read_catalog
from polypage.html.document import read
from polypage.model import Article, Content, EntryKey, Target
from polypage.profiles import Profile, profile
from polypage.reading.extract import extract
from polypage.reading.inline import from_msgstr, to_msgid
from polypage.reuse.adopt import adopt
from polypage.rules.judging import Rules

_BLOCK = re.compile(r"<(p|li)\b[^>]*>(?:(?!</?(?:p|li|ul|ol|div|table)\b).)*?</\1>", re.DOTALL)
_KINDS = ("as built", "joined", "dropped", "moved", "all three")


class Page(NamedTuple):
    """A source page and what each of its texts is in another language."""

    name: str
    source: Article
    written: Profile
    contents: Sequence[Content | None]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40, help="how many real pages")
    options = parser.parse_args()
    totals: dict[tuple[str, str], Counter[str]] = {}
    for group, page in (*samples(), *real_pages(options.pages)):
        for kind in _KINDS:
            totals.setdefault((group, kind), Counter()).update(measured(page, kind))
    print(f"  {'':<28}{'sure':>8}{'wrong':>8}{'fuzzy':>8}{'wrong':>8}{'none':>8}{'no more':>9}")
    for (group, kind), counts in totals.items():
        row = [
            counts[each] for each in ("sure", "sure wrong", "fuzzy", "fuzzy wrong", "none", "gone")
        ]
        cells = "".join(f"{count:>8}" for count in row[:-1])
        print(f"  {group + ', ' + kind:<28}{cells}{row[-1]:>9}")
    return 1 if any(counts["sure wrong"] for counts in totals.values()) else 0


# --- pages ------------------------------------------------------------------------------------


def samples() -> Iterator[tuple[str, Page]]:
    """Yield the sample articles in each language in which they are complete."""
    for path in sorted((ROOT / "source_articles").rglob("*.html")):
        slug = path.relative_to(ROOT / "source_articles").with_suffix("").as_posix()
        source = as_article(path.name, path.read_bytes())
        for catalog in sorted((ROOT / "locales").glob(f"*/LC_MESSAGES/{slug}.po")):
            locale = catalog.relative_to(ROOT / "locales").parts[0]
            said: Mapping[EntryKey, str] = {
                entry.key: entry.msgstr
                for each in (catalog, catalog.with_name("site.po"))
                if each.is_file()
                for entry in read_catalog(each).live
                if entry.usable
            }
            contents = [
                from_msgstr(said.get(each.key, ""), each.content).content
                if said.get(each.key)
                else None
                for each in source.segments
            ]
            if sum(each is not None for each in contents) > 0.9 * len(contents):
                yield "samples", Page(f"{slug} {locale}", source, profile(locale), contents)


def real_pages(count: int) -> Iterator[tuple[str, Page]]:
    """Yield real pages, not too long ones, in a language that nobody speaks."""
    folder = shared()
    archive = folder and folder / "corpora" / "articles-dev.tar.xz"
    if not archive or not archive.exists():
        print("  the real pages are not here (POLYPAGE_SHARED names their folder)")
        return
    for name, data in pages(archive):
        source = as_article(name, data)
        if not 10 <= len(source.segments) <= 150 or not _language(source.skeleton.text):
            continue
        contents = [pseudo(each.content, "en_XA") for each in source.segments]
        yield "real pages, pseudo", Page(name, source, profile("en_XA"), contents)
        count -= 1
        if not count:
            return


def _language(text: str) -> bool:
    return re.search(r"<html[^>]*\blang=[\"']?en\b", text) is not None


# --- measuring --------------------------------------------------------------------------------


def measured(page: Page, kind: str) -> Counter[str]:
    """Count what becomes of the texts of a page that was changed in one way."""
    target = Target(
        page.written.tag, page.written.direction, "xx_XX", "en", "ltr", mark_fallback=False
    )
    text = render(page.source, list(page.contents), target)
    chance = random.Random(f"{page.name} {kind}")  # noqa: S311
    changed, gone = change(text, kind, chance)
    tag = page.written.tag
    other = extract(
        read(changed.encode("utf-8", "replace"), path="page.html"),
        Rules(),
        slug="page",
        source_tag=tag,
    )
    truth: dict[EntryKey, set[str]] = {}
    for segment, content in zip(page.source.segments, page.contents, strict=True):
        if content is not None:
            truth.setdefault(segment.key, set()).add(plain(to_msgid(content)))
    counts: Counter[str] = Counter()
    for each in adopt(page.source, other, spoken=profile("en"), written=page.written):
        right = truth.get(each.key)
        if right is None:
            continue
        said = plain(each.msgstr)
        is_gone = bool(right) and all(plain_words(one) in gone for one in right)
        if not said:
            counts["gone" if is_gone else "none"] += 1
        elif each.doubt:
            inside = any(
                plain_words(one) in plain_words(said) or plain_words(said) in plain_words(one)
                for one in right
            )
            counts["fuzzy" if inside else "fuzzy wrong"] += 1
        else:
            counts["sure" if said in right else "sure wrong"] += 1
    return counts


def plain(text: str) -> str:
    return " ".join(text.split())


def plain_words(text: str) -> str:
    return plain(re.sub(r"<[^<>]*>", "", text))


def change(text: str, kind: str, chance: random.Random) -> tuple[str, set[str]]:
    """Join, drop or move some blocks of a page; also return the words of what was dropped."""
    gone: set[str] = set()
    kinds: tuple[Callable[..., str], ...] = {
        "as built": (),
        "joined": (_join,),
        "dropped": (_drop,),
        "moved": (_move,),
        "all three": (_join, _drop, _move),
    }[kind]
    for make in kinds:
        for _ in range(2):
            text = make(text, chance, gone)
    return text, gone


def _join(text: str, chance: random.Random, _gone: set[str]) -> str:
    pairs = _neighbours(text)
    if not pairs:
        return text
    one, other = chance.choice(pairs)
    start = text.rindex("</", one.start(), one.end())
    end = text.index(">", other.start()) + 1
    return f"{text[:start]} {text[end:]}"


def _drop(text: str, chance: random.Random, gone: set[str]) -> str:
    blocks = list(_BLOCK.finditer(text))
    if not blocks:
        return text
    block = chance.choice(blocks)
    for segment in as_article("page.html", block[0].encode("utf-8", "replace")).segments:
        gone.add(plain_words(segment.msgid))
    return text[: block.start()] + text[block.end() :]


def _move(text: str, chance: random.Random, _gone: set[str]) -> str:
    pairs = _neighbours(text)
    if not pairs:
        return text
    one, other = chance.choice(pairs)
    between = text[one.end() : other.start()]
    return text[: one.start()] + other[0] + between + one[0] + text[other.end() :]


def _neighbours(text: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    blocks = list(_BLOCK.finditer(text))
    return [
        (one, other)
        for one, other in pairwise(blocks)
        if one[1] == other[1] and not text[one.end() : other.start()].strip()
    ]


if __name__ == "__main__":
    raise SystemExit(main())
