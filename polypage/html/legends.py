"""What translators are told of a page's tags and attributes, beside the words themselves.

legend_of(tag)              -> "link to dose.html", "image collagen.jpg", "span, class dose"
role_of(tag, attribute)     -> "image text", "page description"; empty where people do not read it
"""

from __future__ import annotations

from collections.abc import Iterator

from polypage.html import vocabulary as html
from polypage.html.markup import Attribute, StartTag

_LENGTH = 60


def legend_of(tag: StartTag) -> str:
    """Say what a translator may want to know of a tag: where a link leads, what an image is."""
    if not tag.attributes:
        return ""
    if tag.name == "a" and (href := tag.get("href")):
        return shortened(f"link to {href.value}")
    if tag.name == "img" and (source := tag.get("src")):
        return shortened(f"image {source.value.rsplit('/', 1)[-1]}")
    if tag.name == "input":
        kind = tag.get("type")
        return shortened(f"input {kind.value if kind else 'text'}")
    for name in ("title", "datetime", "lang", "class", "id"):
        if (telling := tag.get(name)) and telling.value:
            return shortened(f"{tag.name}, {name} {telling.value}")
    return ""


def shortened(text: str) -> str:
    """Shorten what is said of a code to one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LENGTH else f"{line[: _LENGTH - 1]}…"


def role_of(tag: StartTag, attribute: Attribute) -> str:
    """Return what an attribute's text is; empty where people do not read it."""
    role = html.TEXT_ATTRIBUTES.get(attribute.name)
    if role is None or tag.name not in html.TEXT_ATTRIBUTE_ELEMENTS.get(
        attribute.name, (tag.name,)
    ):
        return ""
    match attribute.name:
        case "title" if tag.name in ("link", "style"):
            return ""  # the name of a set of style sheets (HTML §4.2.4), or of a feed
        case "content" if any(each not in html.META_ROLES for each in _values(tag, "http-equiv")):
            return ""  # an order to browsers, whatever else it is called
        case "content":
            names = _values(tag, "name", "property", "itemprop")
            return next((html.META_ROLES[name] for name in names if name in html.META_ROLES), "")
        case "value":
            return role if any(kind in html.BUTTON_TYPES for kind in _values(tag, "type")) else ""
        case _:
            return role


def _values(tag: StartTag, *names: str) -> Iterator[str]:
    for name in names:
        attribute = tag.get(name)
        if attribute is not None:
            yield attribute.value.strip().lower()
