"""What becomes of translations when articles are revised (`make merge-quality`).

Real articles are revised twice, in ways that `revisions` names; a sixth of their texts is edited.
Each text has a translation that tells where it came from, so that what polypage, `msgmerge --previous`
and Babel make of it can be judged:

right        The translation of the text it was made of is offered: as it is where only typography, an
             address or markup changed, fuzzy where the meaning may be another.
needless     It is offered, but fuzzy, though nothing that it says can be wrong.
wrong        The translation of another text is offered, or the right one as if nothing had changed.
none         None is offered.
false fuzzy  A new text is offered the translation of a text it has nothing to do with.
lost         A translation is nowhere in the catalog any more, neither live nor obsolete.

The articles of the corpus are halved by their names. Thresholds are tuned on one half (`--half
tuning`) and reported on the other. Without the corpus the sample articles are taken, all of them.

    python -m benchmarks.merge_quality [--articles N] [--half tuning] [--only polypage] [--show KIND]

The exit status is 1 when polypage misses its aims: right for 98.5 % of the edited texts, one false
fuzzy in 100 new texts, nothing lost, and no translation that passes for one of a changed text.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from random import Random
from typing import TypeAlias

import polib
from babel.messages.pofile import read_po, write_po

from benchmarks.measuring import ROOT, as_article, pages, shared
from benchmarks.revisions import KINDS, Block, Donors, Manner, Revision, revise
from polypage.catalogs.catalog import Catalog, new_header, parse, serialize
from polypage.catalogs.merge import merge
from polypage.catalogs.templates import template_entries
from polypage.errors import PolypageError
from polypage.model import Article, Entry, SlotKind

ARTICLES = 40
"""How many articles of the corpus are revised unless told otherwise."""
SHARE = 6
"""Of the texts of an article one in so many is edited."""
REVISIONS = 3
"""How often each of them is, each time in another way."""
RIGHT = 0.985
FALSE_FUZZY = 0.01

_FEWEST, _MOST = 25, 150
"""How many texts an article has that is worth revising, and that Babel can be asked to update."""


class Verdict(StrEnum):
    """What was made of a text's translation; the module says what each means."""

    RIGHT = "right"
    NEEDLESS = "needless"
    WRONG = "wrong"
    UNMARKED = "unmarked"
    """One of the wrong ones: its own translation, as if nothing had changed."""
    NONE = "none"
    FALSE_FUZZY = "false fuzzy"
    LOST = "lost"


@dataclass(frozen=True)
class Sample:
    """An article to revise."""

    name: str
    language: str
    entries: tuple[Entry, ...]


_Tool: TypeAlias = "Callable[[bytes, bytes, str], bytes]"
"""Updates a catalog to a template, written in a language."""
_Counts: TypeAlias = "dict[str, Counter[tuple[str, Verdict]]]"
"""How often each verdict was given, by tool, for each kind of edit."""


def main() -> int:
    """Print a table per tool; the exit status is 1 when polypage misses its aims."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=ARTICLES, metavar="N")
    parser.add_argument("--half", choices=("tuning", "reporting"), default="reporting")
    parser.add_argument("--only", choices=[*_TOOLS], help="judge one tool")
    parser.add_argument("--share", type=int, default=SHARE, metavar="N", help="edit every Nth text")
    parser.add_argument("--show", metavar="KIND", default="", help="show what was not right")
    options = parser.parse_args()
    begun = time.monotonic()
    chosen = _samples(options.half, options.articles)
    donors = donors_of(chosen)
    tools = [options.only] if options.only else [name for name in _TOOLS if _is_here(name)]
    counts: _Counts = defaultdict(Counter)
    judge = partial(judged, donors=donors, tools=tools, share=options.share, show=options.show)
    with ProcessPoolExecutor() as processes:
        for article in processes.map(judge, chosen, chunksize=2):
            for tool, verdict_counts in article.items():
                counts[tool].update(verdict_counts)
    revised = sum(len(sample.entries) for sample in chosen)
    print(f"{len(chosen)} articles, {revised} texts, {REVISIONS} revisions of each, seed = name")
    for tool in tools:
        print("\n".join(_table(tool, counts[tool])))
    print(f"\n{time.monotonic() - begun:.0f} s")
    return 0 if "polypage" not in tools or _aims_are_met(counts["polypage"]) else 1


def _is_here(tool: str) -> bool:
    return tool != "msgmerge" or shutil.which("msgmerge") is not None


# --- articles ---------------------------------------------------------------------------------


def _samples(half: str, count: int) -> list[Sample]:
    """Read articles of one half of the corpus, or else all sample articles."""
    folder = shared()
    archive = folder and folder / "corpora" / "articles-dev.tar.xz"
    if archive and archive.is_file():
        # By their digests, so that those of one publisher are not all the first.
        named = sorted((page for page in pages(archive) if _half(page[0]) == half), key=_digest)
    else:
        sources = sorted((ROOT / "source_articles").rglob("*.html"))
        named = [(path.name, path.read_bytes()) for path in sources]
    samples: list[Sample] = []
    with ProcessPoolExecutor() as processes:
        while named and len(samples) < count:
            batch, named = named[:count], named[count:]
            read = processes.map(sample_of, batch, chunksize=4)
            samples += [each for each in read if each and len(each.entries) >= _FEWEST]
    return samples[:count]


def _digest(page: tuple[str, bytes]) -> bytes:
    return blake2b(page[0].encode()).digest()


def _half(name: str) -> str:
    return "tuning" if blake2b(name.encode()).digest()[0] % 2 else "reporting"


def sample_of(page: tuple[str, bytes]) -> Sample | None:
    """Read a page, given by name and bytes; None if it cannot be read."""
    name, data = page
    try:
        article = as_article(name, data)
    except PolypageError:
        return None
    entries = {entry.msgid: entry for entry in template_entries(article, "article")}
    texts = tuple(entry for entry in entries.values() if entry.context is None)[:_MOST]
    return Sample(name, _language(article), texts)


def _language(article: Article) -> str:
    slots = article.skeleton.slots
    tag = next((s.value for s in slots if s.kind is SlotKind.ROOT_LANG and s.value), "en")
    return tag.replace("_", "-").partition("-")[0].lower()


def donors_of(samples: Iterable[Sample]) -> Mapping[str, Mapping[str, Donors]]:
    """Collect what new texts are made of: by language, and by the article that gives it."""
    donors: dict[str, dict[str, Donors]] = defaultdict(dict)
    for sample in samples:
        texts = [entry.msgid for entry in sample.entries if "<" not in entry.msgid]
        paragraphs = tuple(text for text in texts if len(text.split()) >= 15)
        headings = tuple(text for text in texts if 2 <= len(text.split()) <= 6)
        sentences = tuple(text for text in texts if 8 <= len(text.split()) <= 25)
        words = tuple(word for text in paragraphs for word in text.split() if word.isalpha())
        if paragraphs and headings and sentences:
            donors[sample.language][sample.name] = Donors(paragraphs, headings, sentences, words)
    return donors


def _others(
    sample: Sample, donors: Mapping[str, Mapping[str, Donors]], chance: Random
) -> Donors | None:
    """Choose an article of the same language; texts that both have are not new."""
    others = [each for name, each in donors[sample.language].items() if name != sample.name]
    if not others:
        return None
    own = {entry.msgid for entry in sample.entries}
    other = chance.choice(others)
    paragraphs, headings = (
        tuple(text for text in texts if text not in own)
        for texts in (other.paragraphs, other.headings)
    )
    return (
        replace(other, paragraphs=paragraphs, headings=headings)
        if paragraphs and headings
        else None
    )


# --- judging ----------------------------------------------------------------------------------


def judged(
    sample: Sample,
    *,
    donors: Mapping[str, Mapping[str, Donors]],
    tools: Sequence[str],
    share: int,
    show: str = "",
) -> _Counts:
    """Revise an article and count what each tool makes of it."""
    counts: _Counts = defaultdict(Counter)
    for number in range(REVISIONS):
        chance = Random(f"{sample.name} {number}")  # noqa: S311 (the same revisions every time)
        other = _others(sample, donors, chance)
        if other is None:
            continue
        texts = [entry.msgid for entry in sample.entries]
        revision = revise(texts, other, chance, language=sample.language, share=share)
        for tool in tools:
            updated = _updated(sample, revision, _TOOLS[tool])
            for block, verdict, text in _verdicts(revision, updated):
                counts[tool][block.kind, verdict] += 1
                if show in (block.kind, "all") and verdict is not Verdict.RIGHT:
                    print(_shown(tool, sample, block, verdict, text, updated))
    return counts


def _updated(sample: Sample, revision: Revision, tool: _Tool) -> polib.POFile:
    """Update a catalog twice; what comes of it is read by none of the tools."""
    header = new_header(project="p", created=_DATE, language="de", plural_forms=_PLURAL_FORMS)
    header = header.with_field("PO-Revision-Date", _DATE)
    translated = (
        replace(entry, msgstr=_translation(number, entry.msgid))
        for number, entry in enumerate(sample.entries)
    )
    data = serialize(Catalog(header, tuple(translated)))
    known = {entry.msgid: entry for entry in sample.entries}
    for texts in (revision.first, revision.second):
        entries = (known.get(text, Entry(text)) for text in dict.fromkeys(texts))
        data = tool(data, serialize(Catalog(header, tuple(entries))), sample.language)
    return polib.pofile(data.decode())


_DATE = "2026-11-22 10:00+0000"
_PLURAL_FORMS = "nplurals=2; plural=(n != 1);"


def _translation(number: int, text: str) -> str:
    """Translate a text so that its number can be read again; codes stand as in the source."""
    return f"№{number}№ {text}"


def _number(msgstr: str) -> int | None:
    return int(msgstr.split("№")[1]) if msgstr.startswith("№") else None


def _verdicts(revision: Revision, updated: polib.POFile) -> Iterator[tuple[Block, Verdict, str]]:
    live = {entry.msgid: entry for entry in updated if not entry.obsolete}
    found = {_number(entry.msgstr) for entry in updated}
    original = {text for block in revision.blocks if block.origins for text in block.first}
    for block in revision.blocks:
        for text in block.second:
            # Where it happens to be a text of this article, it is no example of its kind.
            if text in block.first or text not in original:
                yield block, _verdict(block, live[text]), text
        for number in block.origins:
            if number not in found:
                yield block, Verdict.LOST, ""
            elif block.kind == "removed":
                yield block, Verdict.RIGHT, ""


def _verdict(block: Block, entry: polib.POEntry) -> Verdict:
    if not entry.msgstr:
        return Verdict.RIGHT if block.manner is Manner.NONE else Verdict.NONE
    if block.manner is Manner.NONE:
        return Verdict.FALSE_FUZZY if entry.fuzzy else Verdict.WRONG
    if _number(entry.msgstr) not in block.origins:
        return Verdict.WRONG
    if entry.fuzzy:
        return Verdict.RIGHT if block.manner is Manner.FUZZY else Verdict.NEEDLESS
    return Verdict.RIGHT if block.manner is Manner.PLAIN else Verdict.UNMARKED


def _shown(
    tool: str, sample: Sample, block: Block, verdict: Verdict, text: str, updated: polib.POFile
) -> str:
    was = " + ".join(sample.entries[number].msgid for number in sorted(block.origins))
    offered = next((entry.msgstr for entry in updated if entry.msgid == text), "")
    return f"{tool} {sample.name}: {verdict}\n  was {was}\n  is  {text}\n  got {offered}"


# --- tools ------------------------------------------------------------------------------------


def _polypage(catalog: bytes, template: bytes, language: str) -> bytes:
    old, new = parse(catalog, path="old.po"), parse(template, path="new.pot")
    return serialize(merge(old, new, source_language=language).catalog, original=catalog)


def _msgmerge(catalog: bytes, template: bytes, _language: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder, "old.po"), Path(folder, "new.pot")
        old.write_bytes(catalog)
        new.write_bytes(template)
        command = ["msgmerge", "--previous", "--no-wrap", "--quiet", str(old), str(new)]
        return subprocess.run(command, capture_output=True, check=True).stdout


def _babel(catalog: bytes, template: bytes, _language: str) -> bytes:
    old, new = read_po(BytesIO(catalog), locale="de"), read_po(BytesIO(template))
    old.update(new)
    written = BytesIO()
    write_po(written, old, include_previous=False, width=0)
    return written.getvalue()


_TOOLS: Mapping[str, _Tool] = {"polypage": _polypage, "msgmerge": _msgmerge, "babel": _babel}


# --- figures ----------------------------------------------------------------------------------

_COLUMNS = tuple(verdict for verdict in Verdict if verdict is not Verdict.UNMARKED)
_NEW = ("new text", "rewritten")
_NOT_EDITED = ("untouched", "removed", *_NEW)


def _table(tool: str, counts: Counter[tuple[str, Verdict]]) -> Iterator[str]:
    yield f"\n{tool:24}" + "".join(f"{column:>12}" for column in _COLUMNS)
    for kind in KINDS:
        row = (_wrong(counts, kind) if v is Verdict.WRONG else counts[kind, v] for v in _COLUMNS)
        yield f"{kind:24}" + "".join(f"{number or '-':>12}" for number in row)
    figures = _figures(counts)
    yield (
        f"right for {figures.right:.1%} of the edited texts, offered for {figures.offered:.1%}, "
        f"{figures.false_fuzzy:.1%} of the new texts falsely fuzzy, "
        f"{figures.unmarked} changed but not marked, {figures.lost} lost"
    )


def _wrong(counts: Counter[tuple[str, Verdict]], kind: str) -> int:
    return counts[kind, Verdict.WRONG] + counts[kind, Verdict.UNMARKED]


@dataclass(frozen=True)
class _Figures:
    right: float
    offered: float
    """Right or needless."""
    false_fuzzy: float
    unmarked: int
    lost: int


def _figures(counts: Counter[tuple[str, Verdict]]) -> _Figures:
    edited = [kind for kind in KINDS if kind not in _NOT_EDITED]
    lost = sum(counts[kind, Verdict.LOST] for kind in KINDS)
    of_edited = sum(
        counts[kind, verdict] for kind in edited for verdict in Verdict if verdict != Verdict.LOST
    )
    of_new = sum(counts[kind, verdict] for kind in _NEW for verdict in Verdict) - sum(
        counts[kind, Verdict.LOST] for kind in _NEW
    )
    right = sum(counts[kind, Verdict.RIGHT] for kind in edited)
    needless = sum(counts[kind, Verdict.NEEDLESS] for kind in edited)
    return _Figures(
        right / max(of_edited, 1),
        (right + needless) / max(of_edited, 1),
        sum(counts[kind, Verdict.FALSE_FUZZY] for kind in _NEW) / max(of_new, 1),
        sum(counts[kind, Verdict.UNMARKED] for kind in KINDS),
        lost,
    )


def _aims_are_met(counts: Counter[tuple[str, Verdict]]) -> bool:
    figures = _figures(counts)
    return (
        figures.right >= RIGHT
        and figures.false_fuzzy <= FALSE_FUZZY
        and not figures.unmarked
        and not figures.lost
    )


if __name__ == "__main__":
    sys.exit(main())
