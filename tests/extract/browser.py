"""A page as a browser's parser has it: an independent judge of what was read and rebuilt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

Event: TypeAlias = "tuple[str, dict[str, str | None]] | str"
"""A start tag with its attributes, an end tag, a text, a comment."""

_BLANKS = re.compile("[\t\n\f\r ]+")
_VERBATIM = frozenset("pre textarea listing xmp plaintext script style".split())


def events(page: str) -> list[Event]:
    """Return what a page consists of; runs of white space are one blank where they show as one.

    Meta tags of encodings are left out.
    """
    found: list[Event] = []
    for node, closing, within in _walk(_root(page), frozenset()):
        name = node.tag or ""
        if name == "-text":
            text = node.text_content or ""
            found.append(text if within & _VERBATIM else _BLANKS.sub(" ", text))
        elif name.startswith(("-", "!")):
            found.append(f"<!-- {node.comment_content} -->")
        elif name == "meta" and "charset" in node.attributes:
            continue
        elif closing:
            found.append(f"</{name}>")
        else:
            values = {key: _collapsed(value) for key, value in node.attributes.items()}
            found.append((name, values))
    return found


def _collapsed(value: str | None) -> str | None:
    return value and _BLANKS.sub(" ", value).strip(" ")


# --- what people read -------------------------------------------------------------------------

_ANYWHERE = frozenset(
    "title aria-label aria-description aria-roledescription aria-valuetext aria-placeholder".split()
)
_SOMEWHERE = {
    "alt": {"img", "area", "input"},
    "placeholder": {"input", "textarea"},
    "label": {"track", "option", "optgroup"},
    "summary": {"table"},
    "abbr": {"th"},
}
_META = re.compile(r"description|keywords|(?:og|twitter):(?:title|description|site_name|image:alt)")
_RAW = frozenset("script style iframe noembed noframes xmp plaintext".split())
_TEXT_OF_GRAPHICS = frozenset("text title desc foreignobject mtext".split())


def legible(page: str, *, language: str = "en") -> Iterator[str]:
    """Yield each text and each value of an attribute that is to be translated, in document order."""
    rules: dict[int, bool] = {}
    for node, closing, _ in _walk(_root(page), frozenset()):
        if closing:
            continue
        above = rules.get(node.parent.mem_id, True) if node.parent else True
        name = (node.tag or "").lower()
        if name == "-text":
            if above and _has_words(node.text_content or ""):
                yield node.text_content or ""
            continue
        is_read, is_graphic = _is_read(node, name, above=above, language=language)
        rules[node.mem_id] = is_read
        if is_read or is_graphic:
            yield from filter(_has_words, _values(node, name))


def _is_read(
    node: LexborNode, name: str, *, above: bool, language: str
) -> tuple[bool, bool]:
    """Say whether an element's texts are translated, and whether it is part of a graphic."""
    attributes = node.attributes
    translated = above
    declared = attributes.get("lang")
    if declared and name != "html":
        translated = declared.split("-")[0].lower() == language and (
            above or _marked(node.parent) != "no"
        )
    if "notranslate" in (attributes.get("class") or "").split():
        translated = False
    if attributes.get("translate", "") in ("yes", "no"):
        translated = attributes["translate"] == "yes"
    return translated and name not in _RAW, False


def _marked(node: LexborNode | None) -> str:
    while node is not None and node.attributes:
        if node.attributes.get("translate") in ("yes", "no"):
            return node.attributes["translate"] or ""
        node = node.parent
    return ""


def _values(node: LexborNode, name: str) -> Iterator[str]:
    for attribute, value in node.attributes.items():
        if value and (attribute in _ANYWHERE or name in _SOMEWHERE.get(attribute, ())):
            yield value


def _has_words(text: str) -> bool:
    return any(map(str.isalpha, text))


# --- the tree ---------------------------------------------------------------------------------


def _root(page: str) -> LexborNode:
    # Pages may hold lone surrogates, which stand for bytes that are not UTF-8.
    root = LexborHTMLParser(page.encode("utf-8", "replace"), scripting=False).root
    assert root
    return root


def _walk(
    node: LexborNode, within: frozenset[str]
) -> Iterator[tuple[LexborNode, bool, frozenset[str]]]:
    """Yield each node when it begins, each element again when it ends, with the names around it."""
    yield node, False, within
    around = node.template_fragments()[0] if node.tag == "template" else node
    if node.tag and not node.tag.startswith(("-", "!")):
        for child in around.iter(include_text=True):
            yield from _walk(child, within | {node.tag})
        yield node, True, within
