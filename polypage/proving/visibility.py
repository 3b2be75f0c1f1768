"""Whether readers see an element: what hides it or what is around it.

    sight = Sight(root)
    sight.hidden(link)          ("the style display: none", <div>), or None: it shows
    sight.hidden_part(notice)   the same for what stands in it

Attributes, elements whose content browsers keep back, and the styles that stand in the page are
looked at: all that a page's own bytes can tell. `keeps_back` is what the words of a text are heard
by; the rest makes a page one that is not proven.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import tinycss2.color4
from lxml import etree

from polypage.proving.styles import Styles


class Hiding(NamedTuple):
    """What keeps an element from being seen."""

    reason: str
    tag: str
    """The element that does."""


# Elements whose content browsers do not show, or only where they cannot do better.
_UNSEEN = frozenset(
    "audio canvas datalist defs head iframe noembed noframes noscript object script select style"
    " symbol template textarea title video xmp".split()
)
_STRUCK = frozenset("del s strike".split())


def keeps_back(node: etree._Element) -> str | None:
    """Say what about an element itself keeps its content back, wherever it stands."""
    styled = "the style" if _HIDING_STYLE.search(node.get("style") or "") else None
    return _closed_up(node) or styled


def _closed_up(node: etree._Element) -> str | None:
    if node.tag in _UNSEEN:
        return "the content"
    if "hidden" in node.attrib:
        return "the attribute hidden"
    if node.tag == "dialog" and "open" not in node.attrib:
        return "the closed state"
    return None


_HIDING_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|(?:opacity|font-size)\s*:\s*0*\.?0+(?:[a-z%]*)\s*(?:!|;|$))",
    re.IGNORECASE,
)


class Sight:
    """A page as readers see it."""

    def __init__(self, root: etree._Element) -> None:
        self._styles = Styles(root)
        self._plain = not any(
            "stylesheet" in (link.get("rel") or "").lower().split() for link in root.iter("link")
        )

    def hidden(self, element: etree._Element) -> Hiding | None:
        """Say what hides an element; None if it shows."""
        way = (element, *element.iterancestors())
        for inner, node in zip((None, *way), way, strict=False):
            reason = _closed_up(node) or _kept_from_some(node, inner)
            if reason:
                return Hiding(reason, str(node.tag))
        return self._unseen(way)

    def hidden_part(self, element: etree._Element) -> Hiding | None:
        """Say what hides words within an element that shows; None if all of them show."""
        for node in element.iterdescendants(etree.Element):
            if keeps_back(node) or not _has_words(node):
                continue
            reason = "the closed state" if _is_closed(node) else None
            reason = reason or ("the deletion" if node.tag in _STRUCK else None)
            if reason:
                return Hiding(reason, str(node.tag))
            if found := self._unseen((node,)):
                return found
        return None

    def reversed(self, element: etree._Element) -> Hiding | None:
        """Say what turns the order of letters round, in an element or around it."""
        inside = element.iterdescendants(etree.Element)
        for node in (element, *element.iterancestors(), *inside):
            if node.tag == "bdo":
                return Hiding("the element", "bdo")
            for condition in self._styles.conditions((node,)):
                bidi = self._styles.declared(node, condition).get("unicode-bidi", "")
                if "override" in bidi:
                    return Hiding(f"unicode-bidi: {bidi}", str(node.tag))
        return None

    def _unseen(self, way: tuple[etree._Element, ...]) -> Hiding | None:
        for condition in self._styles.conditions(way):
            declared = [self._styles.declared(node, condition) for node in way]
            if not any(declared):  # as for most elements
                continue
            for node, style in zip(way, declared, strict=True):
                if shown := next(_concealing(style), None):
                    return _by_style(shown, condition, node)
            found = _inherited(declared)
            if found is None and not condition:
                found = self._camouflaged(declared)
            if found:
                shown, place = found
                return _by_style(shown, condition, way[place])
        return None

    def _camouflaged(self, declared: list[dict[str, str]]) -> tuple[str, int] | None:
        """Say whether a text has the colour of what is behind it.

        Where style sheets in other files may paint as well, only one element's own colours tell.
        """
        place = next((n for n, style in enumerate(declared) if "color" in style), None)
        if place is None:
            return None
        around = declared if self._plain else declared[place : place + 1]
        grounds = (style["background-color"] for style in around if "background-color" in style)
        ground = next((each for each in grounds if each not in _CLEAR), None)
        if ground is None and self._plain:
            ground = "white"
        one, other = _colour(declared[place]["color"]), _colour(ground or "")
        if one and other and all(abs(a - b) < _ALIKE for a, b in zip(one, other, strict=True)):
            return f"color: {declared[place]['color']} on the same", place
        return None


def _inherited(declared: list[dict[str, str]]) -> tuple[str, int] | None:
    """Look at what elements have from those around them, unless they say otherwise."""
    for name, conceals in _INHERITED.items():
        for place, style in enumerate(declared):
            value = style.get(name)
            if value is None or value == "inherit":
                continue
            if conceals(value):
                return f"{name}: {value}", place
            if not (name == "font-size" and re.search(r"em$|%$", value)):
                break
    return None


_CLEAR = frozenset(("transparent", "none", "initial", "inherit", "unset"))
"""Backgrounds through which one sees what is behind."""


def _by_style(shown: str, condition: str, node: etree._Element) -> Hiding:
    when = f" where {condition}" if condition else ""
    return Hiding(f"the style {shown}{when}", str(node.tag))


def _kept_from_some(node: etree._Element, inner: etree._Element | None) -> str | None:
    """Say what hides an element from some readers, or until they ask for it."""
    if (node.get("aria-hidden") or "").strip().lower() == "true":
        return "aria-hidden"
    for name in ("inert", "popover"):
        if name in node.attrib:
            return f"the attribute {name}"
    if _is_closed(node) and inner is not None and inner is not _summary(node):
        return "the closed state"
    return "the deletion" if node.tag in _STRUCK else None


def _is_closed(node: etree._Element) -> bool:
    return node.tag == "details" and "open" not in node.attrib


def _summary(details: etree._Element) -> etree._Element | None:
    return next(details.iterchildren("summary"), None)


def _has_words(node: etree._Element) -> bool:
    return any(map(str.isalnum, "".join(map(str, node.itertext()))))


# --- declarations -----------------------------------------------------------------------------

_FAINT = 0.1
"""The opacity at which a text cannot be read any more."""
_ALIKE = 0.06
"""The difference of colours, of 1, at which it cannot be told from what is behind it."""
_SMALLEST = 4.0
"""The least size of letters that can be read, in CSS pixels."""
_FAR = 500.0
"""How far to the left or above something must be put to be out of sight, in CSS pixels."""
_BEYOND = 3000.0
"""How far in the other direction, where wide screens reach further and pages can be scrolled."""
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "em": 16.0, "rem": 16.0, "ex": 8.0,
           "ch": 8.0, "vw": 5.0, "vh": 5.0, "%": 5.0, "cm": 37.8, "mm": 3.78, "in": 96.0}  # fmt: skip
"""CSS pixels in a unit, roughly for those that depend on the screen."""


def _concealing(style: Mapping[str, str]) -> Iterator[str]:
    """Yield the declarations that hide an element with all that is in it."""
    if not style:
        return
    for name, pattern in _HIDING.items():
        if re.search(pattern, style.get(name, "")):
            yield f"{name}: {style[name]}"
    if _share(style.get("opacity", "")) <= _FAINT:
        yield f"opacity: {style['opacity']}"
    yield from _displaced(style)
    if style.get("overflow") in ("hidden", "clip"):
        for name in ("width", "height", "max-width", "max-height"):
            if _length(style.get(name, ""), default=_SMALLEST) <= 1:
                yield f"{name}: {style[name]}"


def _displaced(style: Mapping[str, str]) -> Iterator[str]:
    """Yield the declarations that put an element where nobody looks."""
    names = ["text-indent", "margin-left", "margin-top"]
    if style.get("position") in ("absolute", "fixed", "relative"):
        names += ["left", "top", "right", "bottom"]
    for name in names:
        if not -_FAR < _length(style.get(name, "")) < _BEYOND:
            yield f"{name}: {style[name]}"


_HIDING = {
    "display": r"^none$",
    "content-visibility": r"^hidden$",
    "text-decoration-line": r"\bline-through\b",
    "filter": r"\bopacity\(\s*0*(?:\.0\d*|\.?0*|\d%)?\s*\)",
    "clip": r"^rect\((?:\s*,?\s*(?:0|1)(?:px)?){4}\s*\)$",
    "clip-path": r"^inset\(\s*(?:[5-9]\d|100)%|^circle\(\s*0|^polygon\((?:\s*0\w*\s+0\w*\s*,?)+\)$",
    "scale": r"^0*\.?0+(?:\s|$|%)",
    "transform": r"\bscale[xy3d]*\(\s*0*\.?0+\s*[,)]|\btranslate[xyz3d]*\([^)]*-(?:\d{4,}px|[1-9]\d{2,}(?:vw|vh|%|em))",
}


def _is_tiny(value: str) -> bool:
    return _length(value, default=_SMALLEST, percent=0.16) < _SMALLEST


def _is_transparent(value: str) -> bool:
    colour = _colour(value)
    return colour is not None and colour[3] <= _FAINT


_INHERITED = {
    "visibility": lambda value: value in ("hidden", "collapse"),
    "font-size": _is_tiny,
    "color": _is_transparent,
    "-webkit-text-fill-color": _is_transparent,
}


def _length(value: str, *, default: float = 1.0, percent: float = 5.0) -> float:
    """Return a length in CSS pixels, or the default for what is none."""
    found = re.fullmatch(r"([+-]?(?:\d+\.?\d*|\.\d+))([a-z]*|%)", value)
    if not found or found[2] not in _PIXELS:
        return default
    return float(found[1]) * (percent if found[2] == "%" else _PIXELS[found[2]])


def _share(value: str) -> float:
    found = re.fullmatch(r"([+-]?(?:\d+\.?\d*|\.\d+))(%?)", value)
    return float(found[1]) / (100 if found[2] else 1) if found else 1.0


def _colour(value: str) -> tuple[float, float, float, float] | None:
    """Return red, green, blue and opacity, each from 0 to 1; None for what tells no colour."""
    colour = tinycss2.color4.parse_color(value) if value else None
    if colour is None or isinstance(colour, str):
        return None
    try:
        red, green, blue, opacity = colour.to("srgb")
    except NotImplementedError:  # of colour spaces that nobody hides a text with
        return None
    return float(red or 0), float(green or 0), float(blue or 0), float(opacity or 0)
