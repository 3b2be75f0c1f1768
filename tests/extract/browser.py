"""A page as a browser's parser has it: an independent judge of what was read and rebuilt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

Event: TypeAlias = "tuple[str, dict[str, str | None]] | str"
"""A start tag with its attributes; an end tag, a text or a comment."""

_BLANKS = re.compile("[\t\n\f\r ]+")
_VERBATIM = frozenset("pre textarea listing xmp plaintext script style".split())


def events(page: str) -> list[Event]:
    """Return what a page consists of; runs of white space are one blank where they show as one.

    Declarations of the encoding are left out.
    """
    return list(_events(_root(page), verbatim=False))


def _events(node: LexborNode, *, verbatim: bool) -> Iterator[Event]:
    name = node.tag or ""
    if name == "-text":
        text = node.text_content or ""
        yield text if verbatim else _BLANKS.sub(" ", text)
    elif name.startswith(("-", "!")):
        yield f"<!-- {node.comment_content} -->"
    elif name != "meta" or "charset" not in node.attributes:
        yield name, {key: _collapsed(value) for key, value in node.attributes.items()}
        verbatim = verbatim or name in _VERBATIM or "style" in node.attributes
        for child in _children(node):
            yield from _events(child, verbatim=verbatim)
        yield f"</{name}>"


def _collapsed(value: str | None) -> str | None:
    return value and _BLANKS.sub(" ", value).strip(" ")


def _children(node: LexborNode) -> Iterator[LexborNode]:
    fragments = node.template_fragments() if node.tag == "template" else ()
    return (fragments[0] if fragments else node).iter(include_text=True)


def _root(page: str) -> LexborNode:
    # Lone surrogates stand for bytes that are not UTF-8.
    root = LexborHTMLParser(page.encode("utf-8", "replace"), scripting=False).root
    assert root
    return root


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
_META = re.compile(
    r"description|keywords|(?:og|twitter):(?:title|description|site_name|image:alt)", re.IGNORECASE
)
_RAW = frozenset("script style iframe noembed noframes xmp plaintext".split())
_TEXT_OF_GRAPHICS = frozenset("text title desc foreignobject mtext".split())


def legible(page: str, *, language: str = "en") -> Iterator[str]:
    """Yield each text, and each value of an attribute, that a page has for translators."""
    return (text for text, _ in _legible(_root(page), "", language))


def texts(page: str, *, language: str = "en") -> Iterator[str]:
    """Yield each text between two tags that a page has for translators."""
    return (text for text, is_value in _legible(_root(page), "", language) if not is_value)


def _legible(node: LexborNode, rule: str, language: str) -> Iterator[tuple[str, bool]]:
    """Yield what is in a node, and whether it is the value of an attribute.

    `rule` says why what is in the node is left alone, if it is.
    """
    for child in _children(node):
        if child.tag == "-text" and not rule and _has_words(child.text_content):
            yield child.text_content or "", False
        elif child.tag and child.tag[0] not in "-!":
            inner = _rule(child, rule, language)
            if inner in ("", "graphic", "raw"):
                yield from ((value, True) for _, value in values(child) if _has_words(value))
            yield from _legible(child, inner, language)


def _rule(node: LexborNode, above: str, language: str) -> str:
    name, attributes = (node.tag or "").lower(), node.attributes
    rule = above
    declared = attributes.get("lang") or attributes.get("xml:lang")
    if declared:
        is_other = declared.split("-")[0].lower() != language
        rule = "language" if is_other else above.replace("language", "")
    if "notranslate" in (attributes.get("class") or "").split():
        rule = "translate"
    if attributes.get("translate") in ("yes", "no"):
        rule = "translate" if attributes["translate"] == "no" else ""
    if name in ("svg", "math"):
        return rule or "graphic"
    if name in _TEXT_OF_GRAPHICS:
        return rule.replace("graphic", "")
    return rule or ("raw" if name in _RAW else "")


def values(node: LexborNode) -> Iterator[tuple[str, str]]:
    """Yield each value of an element's attributes that people read, and before it whose it is."""
    name = node.tag or ""
    for attribute, value in node.attributes.items():
        is_style_set = attribute == "title" and name in ("link", "style")
        named = attribute in _ANYWHERE or name in _SOMEWHERE.get(attribute, ())
        if value and named and not is_style_set:
            yield attribute, value
    key = node.attributes.get("name") or node.attributes.get("property") or ""
    if name == "meta" and _META.fullmatch(key.strip()):
        yield key, node.attributes.get("content") or ""
    if name == "input" and node.attributes.get("type") in ("button", "submit", "reset"):
        yield "value", node.attributes.get("value") or ""


def _has_words(text: str | None) -> bool:
    return any(map(str.isalpha, text or ""))
