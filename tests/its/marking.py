"""Pages with ITS rules, written in short, and what is read of their part with the id `x`."""

from __future__ import annotations

from collections.abc import Mapping

from polypage.html.document import Document
from polypage.html.document import read as read_document
from polypage.rules.its import Its, read
from polypage.rules.its_marks import Marks
from polypage.rules.its_rules import LinkedFile, Rule, parse
from tests.its.inheritance import of_attribute, resolve

OPENING = (
    '<its:rules xmlns:its="http://www.w3.org/2005/11/its" version="2.0"'
    ' xmlns:h="http://www.w3.org/1999/xhtml" xmlns:svg="http://www.w3.org/2000/svg"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def rules(inner: str, attributes: str = "") -> bytes:
    """Write a file of rules; `<tra` stands for `<its:tra` in it, and so for all elements."""
    named = inner.replace("</", "\0").replace("<", "<its:").replace("\0", "</its:")
    return f"{OPENING} {attributes}>{named}</its:rules>".encode()


def parsed(inner: str, attributes: str = "") -> tuple[Rule, ...]:
    return parse(rules(inner, attributes), path="glossary.its")


def page(html: str) -> Document:
    return read_document(html.encode(), path="source_articles/dose.html")


def marked(html: str, inner: str = "", attributes: str = "", attribute: str = "") -> Marks:
    """Return what holds for the element with the id `x`, or for an attribute of it."""
    document = page(html)
    its = read(document, rules=parsed(inner, attributes) if inner else ())
    place = next(each.place for each in document.elements if each.attribute("id") == "x")
    marks = resolve(document.elements, its)[place]
    if attribute:
        return of_attribute(marks, its.attributes.get((place, attribute)), name=attribute)
    return marks


def linked(html: str, files: Mapping[str, bytes]) -> Its:
    """Read a page beside which there are files."""

    def load(href: str, _path: str) -> LinkedFile | None:
        return LinkedFile(f"source_articles/{href}", files[href]) if href in files else None

    return read(page(html), load=load)
