"""Rules: what is to be done with each element of a page.

They come, weakest first, from HTML's own defaults, from rules of ITS, from the project's settings
(CSS selectors) and from attributes in the page (`translate`, `lang`, `class="notranslate"`,
`data-polypage-*`, `its-*`):

    rules = Rules(skip=(".share",), site=("header", "footer"))
    verdicts = judge(document, rules, partial(select, document), source_tag="en")
    verdicts[element.place].translate

An element inherits whether it is translated, its language, whether white space counts, whose
catalog it goes to, notes and context, what it is about, for which locales it is and in which
characters; whether it stands within text is its own, and so is what is in `own`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from polypage.html import vocabulary as html
from polypage.html.tree import Bearer, Element
from polypage.limits import LocaleFilter, is_for_all
from polypage.model import Domain
from polypage.rules.its import NOTHING, Its
from polypage.rules.its_marks import Marks, Note, over

_T = TypeVar("_T")


class Flow(Enum):
    """How an element stands to the text around it."""

    BLOCK = "block"
    """It begins and ends segments."""
    INLINE = "inline"
    """It is part of the text: an inline code around text."""
    NESTED = "nested"
    """One inline code for the text around it; its content is read on its own."""
    OPAQUE = "opaque"
    """One inline code; its content is not read."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The project's rules: CSS selectors, most in tuples, `note` and `context` with their text."""

    skip: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
    """Elements whose content is an entry of the article, wherever they stand."""
    keep_space: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    note: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one element."""

    flow: Flow
    translate: bool
    reason: str = ""
    """Why it is not translated: the rule's name."""
    preserve_space: bool = False
    domain: Domain = "article"
    drop: bool = False
    notes: tuple[str, ...] = ()
    context: str | None = None
    topics: tuple[str, ...] = ()
    """What it is about: the domains of ITS."""
    locales: LocaleFilter | None = None
    """Which locales it is for; None: for all."""
    allowed: str | None = None
    """The characters that it may have."""
    direction: str = ""
    """What a rule says of the direction of its text."""
    own: Marks | None = None
    """What is said of it and not of what is in it: whether it is a term, its identifier and size."""


class Page(Protocol):
    """What is asked of a document."""

    @property
    def elements(self) -> Sequence[Element]: ...
    @property
    def bearers(self) -> Mapping[str, Sequence[Bearer]]: ...


Select: TypeAlias = Callable[[str], Iterable[Element]]
"""Finds the elements that a CSS selector matches."""


def judge(
    page: Page,
    rules: Rules,
    select: Select,
    *,
    source_tag: str,
    around: Verdict | None = None,
    its: Its = NOTHING,
) -> tuple[Verdict, ...]:
    """Return the verdict on each element; `source_tag` is the source's language tag.

    `around` is the verdict on the element that a page within a page stands in.

    Raises:
        SettingsError: A selector cannot be understood.
    """
    said = _Said(
        _chosen(rules, select), *_said_by_its(its), _speaking(page.bearers), language(source_tag)
    )
    places = said.places
    kinds = _Kinds()
    outside = kinds[around or _ABOVE_ROOT]
    found: list[_Kind] = []
    for place, element in enumerate(page.elements):
        above = found[element.parent] if found else outside
        below = above.below[element.foreign]
        kind = below.get(element.name)
        if kind is None:
            kind = below[element.name] = kinds[_inherited(element, above.verdict)]
        if place in places:
            kind = kinds[_ruled(kind.verdict, said, element)]
        found.append(kind)
    return tuple([kind.verdict for kind in found])


class _Said(NamedTuple):
    """What is said of a page's elements, beside HTML's words for them."""

    chosen: _Chosen
    by_rules: Mapping[int, Marks]
    by_marks: Mapping[int, Marks]
    speaking: frozenset[int]
    source: str
    """The source's language."""

    @property
    def places(self) -> frozenset[int]:
        """The elements of which anything is said."""
        return self.speaking.union(self.chosen, self.by_rules, self.by_marks)


class _Kind:
    """Elements with one verdict, and what elements within them are by their names.

    Most elements say nothing of themselves: those of one name below one verdict are alike.
    """

    __slots__ = ("below", "verdict")

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.below: tuple[dict[str, _Kind], dict[str, _Kind]] = ({}, {})
        """Those of HTML, and those of SVG and MathML."""


class _Kinds(dict[Verdict, _Kind]):
    """The kinds of a page's elements: a few dozen."""

    def __missing__(self, verdict: Verdict) -> _Kind:
        self[verdict] = kind = _Kind(verdict)
        return kind


def _ruled(inherited: Verdict, said: _Said, element: Element) -> Verdict:
    """Obey all that is said of an element."""
    verdict, place = inherited, element.place
    if place in said.by_rules:
        verdict = _by_its(verdict, said.by_rules[place], element, said.source, verdict.notes)
    weaker = verdict.notes
    if place in said.chosen:
        verdict = _by_settings(verdict, said.chosen[place])
    if place in said.speaking:
        verdict = _by_page(verdict, element, inherited, said.source)
    if place in said.by_marks:
        verdict = _by_its(verdict, said.by_marks[place], element, said.source, weaker)
    if verdict.locales is not inherited.locales:
        verdict = _set_apart(verdict, element)
    return verdict


_ABOVE_ROOT = Verdict(Flow.BLOCK, translate=True)


def language(tag: str) -> str:
    """Return the language of a tag, without script and region: `en` for `en-US`."""
    return tag.replace("_", "-").split("-", 1)[0].lower()


# --- HTML's defaults --------------------------------------------------------------------------

_HTML_FLOW = {
    **dict.fromkeys(html.BLOCK, Flow.BLOCK),
    **dict.fromkeys(html.NESTED, Flow.NESTED),
    **dict.fromkeys(html.OPAQUE, Flow.OPAQUE),
}


def _inherited(element: Element, above: Verdict) -> Verdict:
    """Say what holds for an element of which no rule speaks."""
    preserve = above.preserve_space or element.name in html.PRESERVE_SPACE
    if not element.foreign:
        flow = _HTML_FLOW.get(element.name, Flow.INLINE)
        if above.flow is flow and above.preserve_space is preserve and above.own is None:
            return above  # as half of them
        return replace(above, flow=flow, preserve_space=preserve, own=None)
    translate, reason = _in_graphic(element, above)
    return replace(
        above,
        flow=_foreign_flow(element, above),
        translate=translate,
        reason=reason,
        preserve_space=preserve,
        own=None,
    )


def _foreign_flow(element: Element, above: Verdict) -> Flow:
    if element.name in html.FOREIGN:
        return Flow.NESTED
    if element.name in html.OPAQUE:
        return Flow.OPAQUE
    is_within_text = above.translate and element.name not in html.FOREIGN_TEXT
    return Flow.INLINE if is_within_text or element.name in html.FOREIGN_INLINE else Flow.BLOCK


def _in_graphic(element: Element, above: Verdict) -> tuple[bool, str]:
    """Say whether a part of SVG or MathML holds text: lengths, paths and identifiers are none."""
    if element.name in html.FOREIGN_TEXT and above.reason in ("", "graphic"):
        return True, ""
    if element.name in html.FOREIGN and above.translate:
        return False, "graphic"
    return above.translate, above.reason


# --- what ITS says ----------------------------------------------------------------------------

_FLOWS = {"yes": Flow.INLINE, "no": Flow.BLOCK, "nested": Flow.NESTED}
_FRAME = frozenset(("html", "head", "body", "title"))
"""What stands around all text, or has a place of its own, whatever is said of it."""
_OWN = ("id_value", "storage", "term")


def _said_by_its(its: Its) -> tuple[Mapping[int, Marks], Mapping[int, Marks]]:
    """Return what rules say of elements, and what these say of themselves beside HTML's words."""
    rules = dict(its.rules)
    for place, attribute in its.targets:
        if attribute is None:
            rules[place] = over(_TARGET, rules.get(place))
    is_directed = any(said.direction for said in rules.values())
    marks = {
        place: replace(
            said,
            translate=None,
            language=None,
            direction=said.direction if is_directed else None,
        )
        for place, said in its.local.items()
    }
    return rules, {place: said for place, said in marks.items() if said != Marks()}


# What stands there is no source: it is kept as it is, and offered to nobody.
_TARGET = Marks(translate=False)


def _by_its(
    verdict: Verdict, marks: Marks, element: Element, source: str, weaker: tuple[str, ...]
) -> Verdict:
    """Obey what is said; a note takes the place of the weaker ones."""
    translate, reason = verdict.translate, verdict.reason
    if marks.language and element.parent >= 0:
        translate, reason = _in_language(marks.language, verdict, source)
    if marks.translate is not None:
        translate, reason = marks.translate, "" if marks.translate else "its"
    locales = verdict.locales
    if marks.locales is not None:
        locales = None if is_for_all(marks.locales) else marks.locales
    own = {name: value for name in _OWN if (value := getattr(marks, name)) is not None}
    return replace(
        verdict,
        flow=_flow_by_its(verdict, marks, element),
        translate=translate,
        reason=reason,
        preserve_space=_first(marks.preserve_space, verdict.preserve_space),
        notes=_noted(marks.note, verdict, weaker) if marks.note else verdict.notes,
        topics=_first(marks.domains, verdict.topics),
        locales=locales,
        allowed=_first(marks.allowed_characters, verdict.allowed),
        direction=_first(marks.direction, verdict.direction),
        own=over(verdict.own, Marks(**own)) if own else verdict.own,
    )


def _noted(note: Note, verdict: Verdict, weaker: tuple[str, ...]) -> tuple[str, ...]:
    return (note_of(note), *(each for each in verdict.notes if each not in weaker))


def note_of(note: Note) -> str:
    """Write a note of ITS as translators read it."""
    said = note.text or f"see {note.reference}"
    return f"Important: {said}" if note.alert else said


def _flow_by_its(verdict: Verdict, marks: Marks, element: Element) -> Flow:
    # Nobody reads scripts and style sheets, wherever they stand.
    if marks.within_text is None or verdict.flow is Flow.OPAQUE or element.name in _FRAME:
        return verdict.flow
    flow = _FLOWS[marks.within_text]
    return verdict.flow if flow is Flow.NESTED and element.name in html.VOID else flow


def _first(said: _T | None, otherwise: _T) -> _T:
    return otherwise if said is None else said


def _set_apart(verdict: Verdict, element: Element) -> Verdict:
    """Have what is for other locales than the text around it read on its own, to be left out."""
    if verdict.flow is Flow.INLINE and element.name not in html.VOID:
        return replace(verdict, flow=Flow.NESTED)
    return verdict


# --- the project's settings -------------------------------------------------------------------

_Chosen: TypeAlias = Mapping[int, Mapping[str, str]]
"""For each element that selectors match the names of their rules, with what these rules say."""


def _chosen(rules: Rules, select: Select) -> _Chosen:
    chosen: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for name in ("skip", "inline", "block", "nested", "keep_space", "site", "drop"):
        for css in getattr(rules, name):
            for element in select(css):
                chosen[element.place][name] = ""
    for name, texts in (("note", rules.note), ("context", rules.context)):
        for css, text in texts.items():
            for element in select(css):
                chosen[element.place][name] = text
    return dict(chosen)


def _by_settings(verdict: Verdict, chosen: Mapping[str, str]) -> Verdict:
    flow = verdict.flow
    if "nested" in chosen:
        flow = Flow.NESTED
    elif "inline" in chosen:
        flow = Flow.INLINE
    elif "block" in chosen:
        flow = Flow.BLOCK
    domain: Domain = "site" if "site" in chosen else verdict.domain
    return replace(
        verdict,
        flow=flow,
        translate=verdict.translate and "skip" not in chosen,
        reason="skip" if "skip" in chosen else verdict.reason,
        preserve_space=verdict.preserve_space or "keep_space" in chosen,
        domain="article" if "nested" in chosen else domain,
        drop=verdict.drop or "drop" in chosen,
        notes=(chosen["note"],) if "note" in chosen else verdict.notes,
        context=chosen.get("context", verdict.context),
    )


# --- what the page says -----------------------------------------------------------------------

_SIGNS = {
    "lang": "",
    "xml:lang": "",
    "translate": "",
    "class": "notranslate",
    "style": "white-space",
    "xml:space": "preserve",
    "data-polypage-skip": "",
    "data-polypage-note": "",
    "data-polypage-context": "",
    # of translate toolkit
    "data-translate-ignore": "",
    "data-translate-comment": "",
    "data-translate-context": "",
}
"""The attributes that say something, and what must be in them for that."""


def _speaking(bearers: Mapping[str, Sequence[Bearer]]) -> frozenset[int]:
    """Return the elements whose attributes say something."""
    return frozenset(
        element.place
        for name, sign in _SIGNS.items()
        for element, attribute in bearers.get(name, ())
        if not sign or sign in (attribute.value if name == "class" else attribute.value.lower())
    )


def _by_page(verdict: Verdict, element: Element, inherited: Verdict, source: str) -> Verdict:
    said = {each.name: each.value for each in element.tag.attributes} if element.tag else {}
    translate, reason = verdict.translate, verdict.reason
    named = said.get("lang") or said.get("xml:lang")
    if named and element.parent >= 0:
        translate, reason = _in_language(named, verdict, source)
    translate, reason = _marked(said, translate=translate, reason=reason)
    return replace(
        verdict,
        translate=translate,
        reason=reason,
        preserve_space=_preserved(said, preserve=verdict.preserve_space),
        notes=_notes(_own(said, "note", "comment"), verdict, inherited),
        context=_own(said, "context", "context") or verdict.context,
    )


def _own(said: Mapping[str, str], name: str, toolkits: str) -> str | None:
    """Return what an attribute of ours says, or the one of translate toolkit for the same."""
    return said.get(f"data-polypage-{name}") or said.get(f"data-translate-{toolkits}")


def _in_language(tag: str, verdict: Verdict, source: str) -> tuple[bool, str]:
    """Say whether a passage is translated that says it is in a language."""
    if language(tag) != source:
        return False, "language"
    return (True, "") if verdict.reason == "language" else (verdict.translate, verdict.reason)


def _marked(said: Mapping[str, str], *, translate: bool, reason: str) -> tuple[bool, str]:
    """Obey what the page says of translation itself (HTML §3.2.6.1.1 `translate`)."""
    marked = said.get("translate", "none").strip().lower()
    if marked in ("", "yes"):
        return True, ""
    if marked == "no":
        return False, "translate"
    if "data-polypage-skip" in said or "data-translate-ignore" in said:
        return False, "skip"
    if "notranslate" in said.get("class", "").split():
        return False, "notranslate"
    return translate, reason


def _preserved(said: Mapping[str, str], *, preserve: bool) -> bool:
    style = said.get("style", "").lower()
    if "white-space" in style:
        value = style.split("white-space", 1)[1].lstrip(" :")
        return value.startswith(("pre", "break-spaces")) or (
            preserve and not value.startswith(("normal", "nowrap"))
        )
    return preserve or said.get("xml:space") == "preserve"


def _notes(note: str | None, verdict: Verdict, inherited: Verdict) -> tuple[str, ...]:
    """Put the page's note before that of a rule for the same element; both outweigh inherited ones."""
    if not note:
        return verdict.notes
    by_rule = () if verdict.notes is inherited.notes else verdict.notes
    return (note, *by_rule)
