"""XLIFF 1.2 (OASIS Standard, 1 February 2008), for older tools: bundles to files and back.

An entry is a trans-unit; its inline codes are `g` and `x`, named as in the notation:

    <trans-unit id="e2f6…" xml:space="preserve">
      <source>Read <g id="a1" ctype="link" equiv-text="link to collagen.html">how</g>.</source>
      <note from="developer">a1: link to collagen.html</note>
    </trans-unit>

References and contexts stand in context groups as the representation guide for gettext has them,
the previous source text in an alt-trans, the rest in elements of our own. A translation is fuzzy
if its state needs something done, or if it has none and is not approved. Characters that XML cannot
hold are written as `␛{7}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from polypage.errors import ExchangeError
from polypage.exchange import codes
from polypage.exchange.bundle import Bundle, Unit, identify, refuse_unfit
from polypage.exchange.codes import Alone, End, Piece, Pieces, Start
from polypage.exchange.extras import (
    Found,
    file_extras,
    first_msgstr,
    header_of,
    unit_extras,
    unit_of,
)
from polypage.exchange.marking import Mark, legends, marks
from polypage.html.xmltree import Child, Element, shield, shielded, unshield
from polypage.html.xmltree import parse as parse_xml
from polypage.html.xmltree import serialize as serialize_xml
from polypage.model import Entry

NAMESPACES = {
    "": "urn:oasis:names:tc:xliff:document:1.2",
    "pp": "urn:polypage:exchange",
}
_OBSOLETE = "x-polypage-obsolete"
_FINISHED = {"translated", "signed-off", "final"}
_DEEPEST = 50
"""How deep pairs nest as `g`; parsers refuse what is too deep."""
_MIXED = ("source", "target", "note", "context", "pp:meta")


def serialize(bundle: Bundle, **_: Any) -> bytes:  # noqa: ANN401 - no code can be told to stay here
    """Write a bundle."""
    live = [unit for unit in bundle.units if not unit.entry.obsolete]
    gone = [unit for unit in bundle.units if unit.entry.obsolete]
    units = [_unit(unit) for unit in live]
    if gone:
        about = {"id": "obsolete", "restype": _OBSOLETE, "translate": "no"}
        units.append(Element("group", about, tuple(map(_unit, gone))))
    about = {
        "original": shield(bundle.path),
        "source-language": bundle.source,
        "target-language": bundle.target,
        "datatype": "po",
    }
    header = Element("header", {}, _metas(file_extras(bundle.header, bundle.trailer)))
    file = Element("file", about, (header, Element("body", {}, tuple(units))))
    root = Element("xliff", {"version": "1.2"}, (file,))
    return serialize_xml(root, namespaces=NAMESPACES, mixed=_MIXED)


def parse(data: bytes, *, path: str) -> tuple[Bundle, ...]:
    """Read the bundles of an XLIFF 1 file.

    Raises:
        ExchangeError: It is no such file, or not whole.
    """
    prefixes = {address: prefix for prefix, address in NAMESPACES.items()}
    # The versions before differ in what does not matter here.
    prefixes["urn:oasis:names:tc:xliff:document:1.1"] = ""
    root = parse_xml(data, path=path, prefixes=prefixes)
    if root.name != "xliff" or not root.get("version").startswith("1."):
        raise ExchangeError(path, "is no XLIFF 1.2", line=root.line)
    return tuple(_bundle(file, path) for file in root.all("file"))


# --- writing ----------------------------------------------------------------------------------


def _unit(unit: Unit) -> Element:
    entry = unit.entry
    source = codes.of_msgid(entry.msgid)
    target = codes.of_msgstr(first_msgstr(entry), entry.msgid)
    told = legends(entry)
    known = marks(source, told, frozenset())
    written = [Element("source", {}, tuple(_children(source, known)))]
    if target:
        state = "needs-review-translation" if entry.fuzzy else "translated"
        written.append(Element("target", {"state": state}, tuple(_children(target, known))))
    about = {"id": identify(entry.key)}
    if target:
        about["approved"] = "no" if entry.fuzzy else "yes"
    if entry.plural is not None:
        about["translate"] = "no"
    rest = (*_contexts(entry), *_notes(entry), *_previous(entry, told))
    extras = [*unit_extras(unit, source, target), *_previous_extras(entry)]
    return Element(
        "trans-unit",
        {**about, "xml:space": "preserve"},
        (*written, *rest, *_metas(extras)),
    )


def _contexts(entry: Entry) -> Iterator[Element]:
    if entry.context is not None:
        yield _context_group("po-entry", "information", ("x-po-msgctxt", entry.context))
    for reference in entry.references:
        path, _, line = reference.rpartition(":")
        places = [("sourcefile", path), ("linenumber", line)]
        if not (path and line.isdecimal()):
            places = [("sourcefile", reference)]
        yield _context_group("po-reference", "location", *places)


def _context_group(name: str, purpose: str, *contexts: tuple[str, str]) -> Element:
    written = tuple(
        Element("context", {"context-type": kind}, shielded(value)) for kind, value in contexts
    )
    return Element("context-group", {"name": name, "purpose": purpose}, written)


def _notes(entry: Entry) -> Iterator[Element]:
    for who, comments in (
        ("developer", entry.extracted_comments),
        ("translator", entry.translator_comments),
    ):
        for comment in comments:
            yield Element("note", {"from": who}, shielded(comment))


def _previous(entry: Entry, told: Mapping[str, str]) -> Iterator[Element]:
    """Show the source text that a fuzzy translation was made for."""
    if entry.previous_msgid is None or not entry.translated:
        return
    source = codes.of_msgid(entry.previous_msgid)
    target = codes.of_msgstr(first_msgstr(entry), entry.previous_msgid)
    known = marks(source, told, frozenset())
    pair = (
        Element("source", {}, tuple(_children(source, known))),
        Element("target", {}, tuple(_children(target, known))),
    )
    yield Element("alt-trans", {"alttranstype": "previous-version"}, pair)


def _previous_extras(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.previous_context is not None:
        yield "previous-context", entry.previous_context
    if entry.previous_msgid is not None:
        yield "previous-source", entry.previous_msgid


def _metas(extras: Iterable[tuple[str, str]]) -> tuple[Element, ...]:
    return tuple(Element("pp:meta", {"type": name}, shielded(value)) for name, value in extras)


_Marks = Mapping[tuple[str, int], Mark]


def _children(pieces: Pieces, known: _Marks) -> Iterator[Child]:
    """Write pieces: pairs as `g`, or as `bx` and `ex` where they are not nested."""
    if codes.is_nested(pieces, deepest=_DEEPEST):
        yield from _nested(iter(tuple(codes.numbered(pieces))), known)
    else:
        yield from _loose(pieces, known)


def _nested(pieces: Iterator[tuple[Piece, int]], known: _Marks) -> Iterator[Child]:
    for piece, number in pieces:
        match piece:
            case str():
                yield shield(piece)
            case Start():
                within = tuple(_nested(pieces, known))
                yield Element("g", _about(piece, number, known), within)
            case End():
                return
            case Alone():
                yield Element("x", _about(piece, number, known))


def _loose(pieces: Pieces, known: _Marks) -> Iterator[Child]:
    starts = {end: start for start, end in codes.partners(pieces).items()}
    for place, (piece, number) in enumerate(codes.numbered(pieces)):
        match piece:
            case str():
                yield shield(piece)
            case Start():
                yield Element("bx", {**_about(piece, number, known), "rid": f"r{place}"})
            case End(name):
                about = {"id": f"end-{place}", "pp:name": name}
                if place in starts:
                    about["rid"] = f"r{starts[place]}"
                yield Element("ex", about)
            case Alone():
                yield Element("x", _about(piece, number, known))


_OF_PAIRS = {"xlf:b": "bold", "xlf:i": "italic", "xlf:u": "underlined", "link": "link"}
_OF_STANDALONES = {"xlf:lb": "lb", "image": "image"}
"""What a code may be called by the standard, by subtype or type; other names begin with `x-`."""


def _about(code: Start | Alone, number: int, known: _Marks) -> dict[str, str]:
    name = code.name
    mark = known.get((name, number)) or _again(known[name, 1], number)
    kinds = _OF_PAIRS if isinstance(code, Start) else _OF_STANDALONES
    kind = kinds.get(mark.sub_type) or kinds.get(mark.type)
    element = name.rstrip("0123456789").lower()
    about = {"id": mark.id, "ctype": kind or f"x-html-{element}", "clone": "no"}
    if mark.id != name:
        about["pp:name"] = name
    return {**about, "equiv-text": mark.shown}


def _again(mark: Mark, number: int) -> Mark:
    return replace(mark, id=f"{mark.id}.again{number}")


# --- reading ----------------------------------------------------------------------------------


def _bundle(file: Element, path: str) -> Bundle:
    target = file.get("target-language")
    if not target:
        remedy = "write the language of the translations into target-language"
        raise ExchangeError(path, "names no target language", line=file.line, remedy=remedy)
    body, header = file.first("body"), file.first("header")
    units = tuple(_units(body, obsolete=False)) if body else ()
    refuse_unfit(units, path)
    extras = _read_metas(header) if header else {}
    return Bundle(
        unshield(file.get("original")),
        file.get("source-language"),
        target,
        units,
        header_of(extras),
        tuple(extras.get("trailer", ())),
    )


def _read_metas(within: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in within.all("pp:meta"):
        found.setdefault(meta.get("type"), []).append(unshield(meta.text))
    return found


def _units(within: Element, *, obsolete: bool) -> Iterator[Unit]:
    for element in within.elements:
        if element.name == "group":
            yield from _units(element, obsolete=obsolete or element.get("restype") == _OBSOLETE)
        elif element.name == "trans-unit":
            yield _read(element, obsolete=obsolete)


def _read(unit: Element, *, obsolete: bool) -> Unit:
    source, target = unit.first("source"), unit.first("target")
    extras = _read_metas(unit)
    return unit_of(
        Found(
            source=_pieces(source),
            target=_pieces(target),
            extras=extras,
            notes={**_read_notes(unit), **_previous_notes(extras)},
            fuzzy=_is_fuzzy(unit, target),
            obsolete=obsolete,
            line=unit.line,
        )
    )


def _is_fuzzy(unit: Element, target: Element | None) -> bool:
    state = target.get("state") if target else ""
    return state not in _FINISHED if state else unit.get("approved") == "no"


def _read_notes(unit: Element) -> dict[str, list[str]]:
    """Return contexts and notes by category; notes of nobody in particular are a translator's."""
    found: dict[str, list[str]] = {}
    for group in unit.all("context-group"):
        contexts = {each.get("context-type"): unshield(each.text) for each in group.all("context")}
        if "x-po-msgctxt" in contexts:
            found.setdefault("context", []).append(contexts["x-po-msgctxt"])
        if group.get("name") == "po-reference" and "sourcefile" in contexts:
            line = contexts.get("linenumber")
            place = contexts["sourcefile"] + (f":{line}" if line else "")
            found.setdefault("reference", []).append(place)
    for note in unit.all("note"):
        text = unshield(note.text)
        if note.get("from") == "developer":
            found.setdefault("extracted", []).append(text)
        elif note.get("from") == "translator":
            found.setdefault("translator", []).append(text)
        else:
            lines = (line for line in text.splitlines() if line.strip())
            found.setdefault("translator", []).extend(lines)
    return found


def _previous_notes(extras: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {
        name: extras[name] for name in ("previous-context", "previous-source") if name in extras
    }


_STARTS, _ENDS, _ALONE = {"bx", "bpt"}, {"ex", "ept"}, {"x", "ph", "it"}


def _pieces(content: Element | None) -> Pieces:
    """Read content; marks around words are left out, and what is in them stays."""
    children = content.children if content else ()
    starts = {
        code.get("rid") or code.get("id"): _name(code)
        for code in _below(children)
        if code.name in _STARTS
    }
    return codes.merged(_read_children(children, starts))


def _below(children: Iterable[Child]) -> Iterator[Element]:
    for child in children:
        if isinstance(child, Element):
            yield child
            yield from _below(child.children)


def _read_children(children: Iterable[Child], starts: Mapping[str, str]) -> Iterator[Piece]:
    for child in children:
        if isinstance(child, str):
            yield unshield(child)
        elif child.name == "g":
            yield Start(_name(child))
            yield from _read_children(child.children, starts)
            yield End(_name(child))
        elif child.name == "mrk":
            yield from _read_children(child.children, starts)
        elif child.name in _STARTS:
            yield Start(_name(child))
        elif child.name in _ENDS:
            own = child.get("pp:name")
            yield End(own or starts.get(child.get("rid") or child.get("id")) or _name(child))
        elif child.name in _ALONE:
            yield Alone(_name(child))


def _name(code: Element) -> str:
    own = code.get("pp:name") or code.get("id").partition(".")[0]
    return codes.as_name(own) or codes.as_name(f"x{own}") or "x"
