"""TMX 1.4b (LISA, 26 April 2005): finished translations for translation memories, and back.

    <tu tuid="e2f6…">
      <tuv xml:lang="en"><seg>Read <bpt i="1" x="1" type="link">&lt;a1&gt;</bpt>how<ept i="1">…</seg></tuv>
      <tuv xml:lang="vi"><seg>…</seg></tuv>
    </tu>

What is obsolete or missing stays at home; what is fuzzy has a property that says so. Codes of
memories that others filled are named as the notation has it: `<a href="…">` is `<a1>`. Characters
that XML cannot hold are written as `␛{7}`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from polypage import __version__
from polypage.errors import ExchangeError
from polypage.exchange import codes
from polypage.exchange.bundle import Bundle, Unit, identify
from polypage.exchange.codes import Alone, End, Piece, Pieces, Start
from polypage.exchange.marking import Mark, legends, marks
from polypage.html.xmltree import Child, Element, shield, shielded, unshield
from polypage.html.xmltree import parse as parse_xml
from polypage.html.xmltree import serialize as serialize_xml
from polypage.model import Entry

_CONTEXT = "x-msgctxt"
_FUZZY = "x-fuzzy"


def serialize(bundle: Bundle, **_: Any) -> bytes:  # noqa: ANN401 - memories know no fixed codes
    """Write the translations of a bundle."""
    about = {
        "creationtool": "polypage",
        "creationtoolversion": __version__,
        "segtype": "block",
        "o-tmf": "PO",
        "adminlang": "en",
        "srclang": bundle.source,
        "datatype": "html",
    }
    entries = (unit.entry for unit in bundle.units)
    units = tuple(
        _unit(entry, bundle)
        for entry in entries
        if entry.translated and not entry.obsolete and entry.plural is None
    )
    root = Element(
        "tmx", {"version": "1.4"}, (Element("header", about), Element("body", {}, units))
    )
    return serialize_xml(root, namespaces={}, mixed={"seg", "prop"})


def parse(data: bytes, *, path: str) -> tuple[Bundle, ...]:
    """Read a translation memory: a bundle for each language that it has translations in.

    Raises:
        ExchangeError: It is no such file, or not whole.
    """
    root = parse_xml(data, path=path, prefixes={})
    header, body = root.first("header"), root.first("body")
    if root.name != "tmx" or not header or not body:
        raise ExchangeError(path, "is no TMX 1.4", line=root.line)
    found: dict[str, list[Unit]] = {}
    for unit in body.all("tu"):
        source = unit.get("srclang") or header.get("srclang")
        for language, entry in _read(unit, source, path):
            found.setdefault(language, []).append(Unit(entry))
    source = header.get("srclang")
    return tuple(Bundle("", source, target, tuple(units)) for target, units in found.items())


# --- writing ----------------------------------------------------------------------------------


def _unit(entry: Entry, bundle: Bundle) -> Element:
    source = codes.of_msgid(entry.msgid)
    target = codes.of_msgstr(entry.msgstr, entry.msgid)
    known = marks(source, legends(entry), frozenset())
    texts = (
        Element("tuv", {"xml:lang": language}, (Element("seg", {}, tuple(_children(text, known))),))
        for language, text in ((bundle.source, source), (bundle.target, target))
    )
    props = {_CONTEXT: entry.context, _FUZZY: "yes" if entry.fuzzy else None}
    told = tuple(
        Element("prop", {"type": name}, shielded(value))
        for name, value in props.items()
        if value is not None
    )
    return Element("tu", {"tuid": identify(entry.key)}, (*told, *texts))


def _children(pieces: Pieces, known: Mapping[tuple[str, int], Mark]) -> Iterator[Child]:
    """Write pieces; `x` ties a code to its counterpart in the other text, `i` to its partner."""
    places = {key: str(place) for place, key in enumerate(known, start=1)}
    starts = {end: start for start, end in codes.partners(pieces).items()}
    for place, (piece, number) in enumerate(codes.numbered(pieces)):
        match piece:
            case str():
                yield shield(piece)
            case Start(name):
                about = _about(known[name, 1], places.get((name, number)))
                kind = "bpt" if place in starts.values() else "it"
                way = {"i": str(place + 1)} if kind == "bpt" else {"pos": "begin"}
                yield Element(kind, {**way, **about}, (codes.tag(piece),))
            case End() if place in starts:
                yield Element("ept", {"i": str(starts[place] + 1)}, (codes.tag(piece),))
            case End():
                yield Element("it", {"pos": "end"}, (codes.tag(piece),))
            case Alone(name):
                about = _about(known[name, 1], places.get((name, number)))
                yield Element("ph", about, (codes.tag(piece),))


_TYPES = {"xlf:b": "bold", "xlf:i": "italic", "xlf:u": "ulined", "xlf:lb": "lb"}


def _about(mark: Mark, place: str | None) -> dict[str, str]:
    kind = mark.type if mark.type in {"link", "image"} else _TYPES.get(mark.sub_type, "")
    about = {"x": place} if place else {}
    return {**about, "type": kind} if kind else about


# --- reading ----------------------------------------------------------------------------------


def _read(unit: Element, source: str, path: str) -> Iterator[tuple[str, Entry]]:
    """Yield the translations of a unit with their languages."""
    if not source or source == "*all*":
        remedy = "write the language of the source texts into srclang"
        raise ExchangeError(path, "names no source language", line=unit.line, remedy=remedy)
    variants = [
        (each.get("xml:lang") or each.get("lang"), each.first("seg")) for each in unit.all("tuv")
    ]
    own = next((seg for language, seg in variants if _is_in(language, source)), None)
    if own is None:
        return
    props = {prop.get("type"): unshield(prop.text) for prop in unit.all("prop")}
    names = _Names()
    msgid = codes.notation(_pieces(own, names))
    for language, seg in variants:
        if seg is not None and seg is not own and not _is_in(language, source):
            msgstr = codes.notation(_pieces(seg, names))
            if msgid.strip() and msgstr.strip():
                flags = ("fuzzy",) if _FUZZY in props else ()
                yield (
                    language,
                    Entry(msgid, msgstr, props.get(_CONTEXT), flags=flags, line=unit.line),
                )


def _is_in(language: str, source: str) -> bool:
    """Whether a text is in the source language: `en-US` is in `en`."""
    one, other = language.lower(), source.lower()
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


_OWN = re.compile(r"</?([a-z][^\s/<>&\"'=]*)/?>", re.IGNORECASE)
_FOREIGN = re.compile(r"<\s*+/?\s*+([a-z][\w:.-]*+)(?:\s[^<>]*+|/\s*+)?>", re.IGNORECASE)


class _Names:
    """What the codes of a unit are called; those of a translation as their counterparts."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def name(self, code: Element, nth: int) -> str:
        """Name a code: by its own name, or by its element and how many of that came before."""
        key = f"x{code.get('x')}" if code.get("x") else f"{nth} {code.text}"
        if key not in self._known:
            self._known[key] = self._new(code.text.strip())
        return self._known[key]

    def _new(self, native: str) -> str:
        if own := _OWN.fullmatch(native):
            return own[1]
        foreign = _FOREIGN.fullmatch(native)
        element = foreign[1].lower() if foreign else "x"
        self._counts[element] += 1
        return f"{codes.as_name(element) or 'x'}{self._counts[element]}"


def _pieces(seg: Element, names: _Names) -> Pieces:
    return codes.merged(_Reading(names).pieces(seg.children))


class _Reading:
    """A text on the way through it: how often a code was there, which pairs were opened."""

    def __init__(self, names: _Names) -> None:
        self._names = names
        self._counts: Counter[str] = Counter()
        self._opened: dict[str, str] = {}

    def pieces(self, children: Iterable[Child]) -> Iterator[Piece]:
        for child in children:
            if isinstance(child, str):
                yield unshield(child)
            elif child.name == "hi":
                yield from self.pieces(child.children)
            elif piece := self._piece(child):
                yield piece

    def _piece(self, code: Element) -> Piece | None:
        """Read a code; what stands for no markup, such as a placeholder, is text."""
        match code.name:
            case "bpt":
                self._opened[code.get("i")] = self._name(code)
                return Start(self._opened[code.get("i")])
            case "ept":
                return End(self._opened.get(code.get("i"), "x"))
            case "it" if code.get("pos") == "end":
                own = _OWN.fullmatch(code.text)
                return End(own[1] if own else "x")
            case "it":
                return Start(self._name(code))
            case "ph":
                return Alone(self._name(code)) if "<" in code.text else code.text
        return None

    def _name(self, code: Element) -> str:
        self._counts[code.text] += 1
        return self._names.name(code, self._counts[code.text])
