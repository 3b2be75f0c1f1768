"""What a page's own styles say of an element, as far as bytes alone can tell.

    styles = Styles(root)
    styles.declared(node, "")                        {"display": "none"}: whatever the screen
    styles.declared(node, "(max-width: 40em)")       what holds on small screens besides

Style elements and style attributes are read, weighed as browsers do (CSS Cascade §6): importance,
attribute before element, specificity, order. Style sheets in files of their own are not seen, nor
what holds in print alone. Of declarations only those that can hide a text are kept.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import tinycss2
from cssselect import SelectorError
from cssselect.parser import Class, CombinedSelector, Element, Hash, Selector, parse
from lxml import etree
from lxml.cssselect import CSSSelector

_PROPERTIES = frozenset(
    "background background-color bottom clip clip-path color content-visibility direction display"
    " filter font font-size height left margin-left margin-top max-height max-width opacity overflow"
    " overflow-x overflow-y position right scale text-decoration text-decoration-line text-indent top"
    " transform unicode-bidi visibility width -webkit-text-fill-color".split()
)


@dataclass(frozen=True, slots=True)
class _Declaration:
    name: str
    value: str
    """In lower case, without comments."""
    important: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """One selector with its declarations."""

    selector: Selector
    needs: frozenset[str]
    """What an element must have to be selected: `p`, `.class`, `#id`."""
    specificity: tuple[int, int, int]
    condition: str
    """When it holds; empty: always."""
    declarations: tuple[_Declaration, ...]


class Styles:
    """The styles that stand in a page."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._rules = tuple(rule for css, media in _sheets(root) for rule in _rules(css, media))
        self._by_need: dict[str, list[int]] = {}
        for place, rule in enumerate(self._rules):
            # The rarest need comes first: `#` before `.`, both before letters.
            self._by_need.setdefault(min(rule.needs, default=""), []).append(place)
        self._selected: dict[int, frozenset[etree._Element]] = {}
        self._known: dict[etree._Element, tuple[int, ...]] = {}

    def conditions(self, nodes: Iterable[etree._Element]) -> tuple[str, ...]:
        """Return all that rules for these elements ask of a screen; the empty condition first."""
        asked = (self._rules[place].condition for node in nodes for place in self._of(node))
        return tuple(dict.fromkeys(("", *asked)))

    def declared(self, node: etree._Element, condition: str) -> dict[str, str]:
        """Return the properties of an element where a condition holds."""
        winning: dict[str, tuple[tuple[object, ...], str]] = {}
        for weight, declaration in self._weighed(node, condition):
            known = winning.get(declaration.name)
            if known is None or known[0] <= weight:
                winning[declaration.name] = weight, declaration.value
        return {name: value for name, (_, value) in winning.items()}

    def _weighed(
        self, node: etree._Element, condition: str
    ) -> Iterator[tuple[tuple[object, ...], _Declaration]]:
        for place in self._of(node):
            rule = self._rules[place]
            if rule.condition in ("", condition):
                for each in rule.declarations:
                    yield (each.important, False, rule.specificity, place), each
        for each in _of_attribute(node.get("style") or ""):
            yield (each.important, True, (0, 0, 0), 0), each

    def _of(self, node: etree._Element) -> tuple[int, ...]:
        """Return the places of the rules that select an element."""
        if node not in self._known:
            features = _features(node)
            near = (place for need in ("", *features) for place in self._by_need.get(need, ()))
            fitting = (place for place in near if self._rules[place].needs <= features)
            self._known[node] = tuple(
                sorted(place for place in fitting if node in self._selection(place))
            )
        return self._known[node]

    def _selection(self, place: int) -> frozenset[etree._Element]:
        if place not in self._selected:
            self._selected[place] = _selected(self._root, self._rules[place].selector)
        return self._selected[place]


def _selected(root: etree._Element, selector: Selector) -> frozenset[etree._Element]:
    try:
        nodes: list[etree._Element] = _compiled(selector.canonical())(root)  # type: ignore[assignment]
    except (SelectorError, etree.XPathError):
        return frozenset()  # of selectors that ask what only a browser knows
    return frozenset(nodes)


@lru_cache(maxsize=256)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def _features(node: etree._Element) -> frozenset[str]:
    classes = (f".{name}" for name in (node.get("class") or "").split())
    return frozenset((str(node.tag), f"#{node.get('id')}", *classes))


def _sheets(root: etree._Element) -> Iterator[tuple[str, str]]:
    for style in root.iter("style"):
        if (style.get("type") or "text/css").strip().lower() == "text/css":
            yield style.text or "", style.get("media") or ""


# --- reading CSS ------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _rules(css: str, media: str) -> tuple[_Rule, ...]:
    """Read a style sheet; the pages of a site have the same ones."""
    sheet = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return tuple(_read(sheet, _joined("", media)))


def _read(nodes: Sequence[tinycss2.ast.Node], condition: str | None) -> Iterator[_Rule]:
    for node in nodes if condition is not None else ():
        if node.type == "qualified-rule":
            yield from _of_rule(node, condition or "")
        elif node.type == "at-rule" and node.content and node.lower_at_keyword in _CONDITIONAL:
            within = tinycss2.parse_rule_list(
                node.content, skip_comments=True, skip_whitespace=True
            )
            asked = tinycss2.serialize(node.prelude) if node.lower_at_keyword == "media" else ""
            yield from _read(within, _joined(condition or "", asked))


_CONDITIONAL = frozenset(("media", "supports", "layer", "container"))


def _joined(condition: str, media: str) -> str | None:
    """Return the condition within one, for a screen; None where it is about no screen."""
    queries = [query.strip() for query in media.lower().split(",")]
    shown = [query for query in queries if not _UNSHOWN.match(query)]
    if queries != [""] and not shown:
        return None
    if any(query in ("", "all", "screen") for query in shown):
        return condition
    return " and ".join(filter(None, (condition, ", ".join(shown))))


_UNSHOWN = re.compile(r"(?:only\s+)?(?:print|speech|aural|braille|embossed|tty)\b|not\s+all\b")


def _of_rule(node: tinycss2.ast.QualifiedRule, condition: str) -> Iterator[_Rule]:
    declarations = tuple(_declarations(node.content))
    if not declarations:
        return
    try:
        selectors = parse(tinycss2.serialize(node.prelude).strip())
    except SelectorError:
        return  # browsers drop the rule as well, or know selectors that do not matter here
    for selector in selectors:
        if selector.pseudo_element is None:
            needs = frozenset(_needs(selector.parsed_tree))
            yield _Rule(selector, needs, selector.specificity(), condition, declarations)


def _needs(tree: object) -> Iterator[str]:
    """Yield what the selected element itself must have."""
    match tree:
        case CombinedSelector():
            yield from _needs(tree.subselector)
        case Class():
            yield f".{tree.class_name}"
            yield from _needs(tree.selector)
        case Hash():
            yield f"#{tree.id}"
            yield from _needs(tree.selector)
        case Element():
            if tree.element:
                yield tree.element.lower()
        case _ if hasattr(tree, "selector"):
            yield from _needs(tree.selector)


@lru_cache(maxsize=1024)
def _of_attribute(css: str) -> tuple[_Declaration, ...]:
    return tuple(_declarations(css))


def _declarations(css: str | Sequence[tinycss2.ast.Node]) -> Iterator[_Declaration]:
    for each in tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration" and each.lower_name in _PROPERTIES:
            value = " ".join(tinycss2.serialize(each.value).lower().split())
            yield from _longhands(_Declaration(each.lower_name, value, each.important))


def _longhands(declaration: _Declaration) -> Iterator[_Declaration]:
    """Tell of a shorthand what can hide a text."""
    name, value, important = declaration.name, declaration.value, declaration.important
    match name:
        case "background":
            parts = re.findall(r"[a-z-]+\([^()]*\)|[^\s,()]+", value)
            colours = [each for each in parts if tinycss2.color4.parse_color(each) is not None]
            # A picture has colours of its own, a variable may be any.
            painted = "(" in value and not colours
            colour = "unknown" if painted else next(iter(colours), "transparent")
            yield _Declaration("background-color", colour, important)
        case "font":
            if size := re.search(r"(?<![\w.#-])(\d*\.?\d+(?:[a-z]+|%)?)(?=\s*/|\s+\S)", value):
                yield _Declaration("font-size", size[1], important)
        case "text-decoration":
            yield _Declaration("text-decoration-line", value, important)
        case "overflow-x" | "overflow-y":
            yield _Declaration("overflow", value, important)
        case _:
            yield declaration
