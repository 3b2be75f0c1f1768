"""Read and rebuild hundreds of real pages, and count those that come out whole (`make corpus`).

Echo: every translation is its msgid; an independent judge must find the same page.
Rewritten: the same, and every text is written anew, even where it says what the source says.
Nothing missed: every letter of every translation is Ж; no other may be left for a reader, but by
a rule that is named and counted.
Accounted: what `polypage audit --extraction` says of it, which reads pages with another parser.

    python -m benchmarks.corpus [--only NAME] [--show] [--segmentation sentence]
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, partial
from types import ModuleType
from typing import Any, get_args

from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks.measuring import as_article, built, echoed, pages, shared
from polypage.errors import PolypageError
from polypage.model import (
    Article,
    Content,
    Inline,
    Paired,
    Segmentation,
    SlotKind,
    Span,
    Standalone,
    Syntax,
)
from polypage.proving.account import Fate
from polypage.runs.stages.accounting import account_of
from tests.extract.browser import values

MARKER = "Ж"


@dataclass(frozen=True)
class Measured:
    """What was seen of one page."""

    name: str
    size: int
    seconds: float
    """Of reading and rebuilding it."""
    encoding: str = ""
    """What the judge takes it to be written in; that it is rebuilt in UTF-8 is part of the echo."""
    failure: str = ""
    difference: str = ""
    rewritten: str = ""
    """How the page with all texts written anew differs."""
    missed: tuple[str, ...] = ()
    exceptions: Counter[str] = field(default_factory=Counter)
    texts: Counter[Fate] = field(default_factory=Counter)
    """How many there are, by what becomes of them."""


def main() -> int:
    """Print the counts; the exit status is 1 when a page is not whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="measure pages whose name holds this")
    parser.add_argument("--show", action="store_true", help="print what differs or is missed")
    choices = get_args(Segmentation)
    parser.add_argument("--segmentation", choices=choices, default="block", help="read by")
    options = parser.parse_args()
    folder = shared()
    if folder is None:
        print(
            "no measuring data: put it beside the project as ../shared, or name it in POLYPAGE_SHARED"
        )
        return 0
    chosen = [
        page for page in pages(folder / "corpora/articles-dev.tar.xz") if options.only in page[0]
    ]
    with ProcessPoolExecutor() as pool:
        work = partial(measure, segmentation=options.segmentation)
        results = list(pool.map(work, *zip(*chosen, strict=True), chunksize=4))
    return report(results, show=options.show)


def report(results: list[Measured], *, show: bool) -> int:
    """Print what was measured."""
    count = len(results)
    failed = [result for result in results if result.failure]
    different = [result for result in results if result.difference]
    rewritten = [result for result in results if result.rewritten]
    missed = [result for result in results if result.missed]
    unaccounted = [result for result in results if result.texts[Fate.MISSED]]
    seconds = sum(result.seconds for result in results)
    size = sum(result.size for result in results)
    exceptions = sum((result.exceptions for result in results), Counter[str]())
    print(f"extracted       {count - len(failed)} of {count} pages")
    print(f"echo            {count - len(failed) - len(different)} of {count} the same page")
    for encoding, number in Counter(each.encoding for each in results).most_common():
        same = sum(each.encoding == encoding and not each.difference for each in results)
        print(f"  written in    {same:6} of {number} {encoding or 'no encoding'}")
    print(f"rewritten       {count - len(failed) - len(rewritten)} of {count} the same page")
    print(f"nothing missed  {count - len(failed) - len(missed)} of {count} pages")
    for rule, number in sorted(exceptions.items()):
        print(f"  left by rule  {number:6} {rule}")
    print(f"accounted       {count - len(failed) - len(unaccounted)} of {count} pages")
    for fate, number in sum((result.texts for result in results), Counter[Fate]()).items():
        print(f"  texts         {number:6} {fate}")
    print(
        f"speed           {count / seconds:.1f} pages/s, {size / 1e6 / seconds:.1f} MB/s on one core"
    )
    print("                (reading, echo, rebuilding; judging not counted)")
    for result in failed + (different + rewritten + missed if show else []):
        said = (result.failure, result.difference, result.rewritten, *result.missed[:5])
        print(result.name, *filter(None, said), sep="\n    ")
    return 1 if failed or different or rewritten or missed or unaccounted else 0


def measure(name: str, data: bytes, *, segmentation: Segmentation = "block") -> Measured:
    """Rebuild a page twice and judge both."""
    begun = time.process_time()
    try:
        article = as_article(name, data, segmentation)
        echo = built(article, echoed(article))
    except PolypageError as exc:
        return Measured(name, len(data), time.process_time() - begun, failure=str(exc))
    seconds = time.process_time() - begun
    judged = _judge().diff(data, echo, ws="render", ignore_locale=True)
    marked = built(article, [marked_content(segment.content) for segment in article.segments])
    exceptions: Counter[str] = Counter()
    missed = tuple(_missed(marked, exceptions))
    written = built(_to_be_written(article), echoed(article))
    # With scripts, noscript holds plain text, in which a reference is not its character.
    anew = _judge().diff(data, written, ws="render", ignore_locale=True, noscript="parsed")
    texts = account_of(article, source_tag=_language_of(article)).counts
    said = _said(judged), _said(anew)
    encoding = _judge().sniff(data)[0].name
    return Measured(name, len(data), seconds, encoding, "", *said, missed, exceptions, texts)


def _language_of(article: Article) -> str:
    slots = article.skeleton.slots
    return next((s.value for s in slots if s.kind is SlotKind.ROOT_LANG and s.value), "en")


def _said(difference: tuple[object, ...] | None) -> str:
    return "" if difference is None else " ".join(map(str, difference))


def _to_be_written(article: Article) -> Article:
    """Have no segment say what its translation says, so that each text is written anew.

    Blanks in attributes and escapes in JSON are read as one or the other spelling: those are left.
    """
    insets = [inset.span for inset in article.skeleton.insets]
    segments = tuple(
        segment
        if segment.syntax is Syntax.ATTRIBUTE
        or any(_holds(inset, segment.span) for inset in insets)
        else segment._replace(content=("\0",))
        for segment in article.segments
    )
    return replace(article, segments=segments)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


@cache
def _judge() -> ModuleType:
    folder = shared()
    assert folder
    sys.path.insert(0, str(folder / "judge"))
    import dom_equal  # noqa: PLC0415 (its place is known only now)

    return dom_equal  # type: ignore[no-any-return, unused-ignore]


def marked_content(content: Content) -> Content:
    """Put the marker in place of every letter."""
    return tuple(_marked(part) for part in content)


def _marked(part: Inline) -> Inline:
    match part:
        case str():
            return "".join(MARKER if character.isalpha() else character for character in part)
        case Paired():
            return part._replace(children=marked_content(part.children))
        case Standalone():
            return part


# --- looking for what was missed, in a browser's tree -----------------------------------------

_UNREAD = {"script": "script", "style": "style", "code": "code"}
_RAW = frozenset("iframe noembed noframes xmp plaintext".split())
_SVG_TEXT = frozenset("text title desc foreignobject".split())
_IDENTIFIER = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)|(?:doi:)?10\.\d+/\S+|[a-z]{0,4}[-:_]?\d{6,}"
    r"|\d{4}-\d{3}x|[\da-f]{8}-[\da-f-]{27}|[\da-f]{32,}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+|\S+@\S+", re.IGNORECASE)


def _missed(page: bytes, exceptions: Counter[str]) -> Iterator[str]:
    """Yield the texts with letters that no translation could reach."""
    text = page.decode("utf-8", "replace")
    root: Any = LexborHTMLParser(text.encode(), scripting=False).root
    language = _language(root.attributes.get("lang"))
    stack: list[tuple[LexborNode, str]] = [(root, "")]
    while stack:
        node, rule = stack.pop()
        found = _texts(node)
        if node.tag != "-text":
            rule = _rule(node, rule, language)
            children = list(node.iter(include_text=True))
            if node.tag == "template":
                children = list(node.template_fragments()[0].iter(include_text=True))
            stack.extend((child, rule) for child in reversed(children))
        for place, value in found:
            if not any(each.isalpha() and each != MARKER for each in value):
                continue
            reason = rule if node.tag == "-text" or rule not in ("graphic", "raw") else ""
            reason = reason or ("address" if _is_address(node, value) else "")
            reason = reason or ("identifier" if _IDENTIFIER.fullmatch(value.strip()) else "")
            reason = reason or ("undecodable" if "\N{REPLACEMENT CHARACTER}" in value else "")
            if reason:
                exceptions[reason] += 1
            else:
                yield f"{place}: {value.strip()[:120]}"


def _is_address(node: LexborNode, value: str) -> bool:
    """Say whether a text, or the whole that it is a piece of, is nothing but an address."""
    around = node.parent.text() if node.tag == "-text" and node.parent else value
    return any(_ADDRESS.fullmatch(each.strip()) for each in (value, around))


def _rule(node: LexborNode, above: str, language: str) -> str:
    """Return the rule by which an element's texts are left alone; empty where there is none."""
    name = (node.tag or "").lower()
    attributes = node.attributes
    if above in ("script", "style", "code", "raw"):
        return above
    rule = above
    declared = attributes.get("lang") or attributes.get("xml:lang")
    if declared and name != "html":
        other = _language(declared) != language
        rule = "language" if other else ("" if rule == "language" else rule)
    if "notranslate" in (attributes.get("class") or "").split():
        rule = "translate"
    if "translate" in attributes:
        rule = "translate" if attributes["translate"] == "no" else ""
    if name in ("svg", "math"):
        return rule or "graphic"
    if rule == "graphic" and name in (*_SVG_TEXT, "mtext"):
        return ""
    return rule or _UNREAD.get(name, "") or ("raw" if name in _RAW else "")


def _texts(node: LexborNode) -> Iterator[tuple[str, str]]:
    name = node.tag or ""
    if name == "-text":
        yield "text", node.text_content or ""
    else:
        yield from ((f"<{name} {place}>", value) for place, value in values(node))


def _language(tag: str | None) -> str:
    return (tag or "en").replace("_", "-").split("-", 1)[0].lower()


if __name__ == "__main__":
    sys.exit(main())
