"""XLIFF 2.1 (OASIS Standard, 13 February 2018): bundles to files and back.

An entry is a unit with one segment; its inline codes are `pc` and `ph`, named as in the notation:

    <unit id="e2f6…">
      <notes><note category="extracted">a1: link to collagen.html</note></notes>
      <originalData><data id="d1">&lt;a1&gt;</data><data id="d2">&lt;/a1&gt;</data></originalData>
      <segment state="initial">
        <source>Read <pc id="a1" dispStart="link to collagen.html" …>how</pc>.</source>
      </segment>
    </unit>

What PO has and XLIFF has not stands in notes, by category, or in the metadata module. A fuzzy
translation is one in the state `initial`; any other state finishes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

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
from polypage.html.xmltree import UNFIT, Child, Element, character, shield, shielded, unshield
from polypage.html.xmltree import parse as parse_xml
from polypage.html.xmltree import serialize as serialize_xml
from polypage.model import Entry, EntryKey

NAMESPACES = {
    "": "urn:oasis:names:tc:xliff:document:2.0",
    "mda": "urn:oasis:names:tc:xliff:metadata:2.0",
}
FUZZY = "polypage:fuzzy"
"""The subState of a fuzzy translation, and of nothing else."""
_OBSOLETE = "polypage:obsolete"
_DEEPEST = 50
"""How deep pairs nest as `pc`; parsers refuse what is too deep."""
_MIXED = ("source", "target", "note", "data", "mda:meta")


def serialize(bundle: Bundle, *, fixed: Mapping[EntryKey, frozenset[str]] | None = None) -> bytes:
    """Write a bundle; `fixed` names the codes of entries that may not change their places."""
    fixed = fixed or {}
    live = [unit for unit in bundle.units if not unit.entry.obsolete]
    gone = [unit for unit in bundle.units if unit.entry.obsolete]
    units = [_unit(unit, fixed.get(unit.entry.key, frozenset())) for unit in live]
    if gone:
        kept = tuple(_unit(unit, frozenset()) for unit in gone)
        about = {"id": "obsolete", "type": _OBSOLETE, "translate": "no"}
        units.append(Element("group", about, kept))
    about = {"id": "f1", "original": shield(bundle.path), "canResegment": "no"}
    file = Element("file", about, (*_metadata(file_extras(bundle.header, bundle.trailer)), *units))
    languages = {"version": "2.1", "srcLang": bundle.source, "trgLang": bundle.target}
    root = Element("xliff", {**languages, "xml:space": "preserve"}, (file,))
    return serialize_xml(root, namespaces=NAMESPACES, mixed=_MIXED)


def parse(data: bytes, *, path: str) -> tuple[Bundle, ...]:
    """Read the bundles of an XLIFF 2 file.

    Raises:
        ExchangeError: It is no such file, or not whole.
    """
    prefixes = {address: prefix for prefix, address in NAMESPACES.items()}
    root = parse_xml(data, path=path, prefixes=prefixes)
    if root.name != "xliff" or not root.get("version").startswith("2."):
        raise ExchangeError(path, "is no XLIFF 2", line=root.line)
    return tuple(_bundle(file, root, path) for file in root.all("file"))


# --- writing: units ---------------------------------------------------------------------------


def _unit(unit: Unit, fixed: frozenset[str]) -> Element:
    entry = unit.entry
    source = codes.of_msgid(entry.msgid)
    target = codes.of_msgstr(first_msgstr(entry), entry.msgid)
    data = _Data()
    coding = _Coding(marks(source, legends(entry), fixed), data)
    written = [Element("source", {}, tuple(coding.children(source)))]
    if target:
        written.append(Element("target", {}, tuple(coding.children(target))))
    segment = Element("segment", {"id": "s1", **_state(entry)}, tuple(written))
    about = {"id": identify(entry.key)}
    if entry.plural is not None:
        about["translate"] = "no"
    return Element(
        "unit",
        about,
        (*_metadata(unit_extras(unit, source, target)), *_notes(entry), *data.elements, segment),
    )


def _state(entry: Entry) -> dict[str, str]:
    if entry.translated and entry.fuzzy:
        return {"state": "initial", "subState": FUZZY}
    return {"state": "translated" if entry.translated else "initial"}


_CATEGORIES = ("context", "extracted", "reference", "previous-context", "previous-source")


def _notes(entry: Entry) -> tuple[Element, ...]:
    notes = [
        ("context", entry.context),
        *(("extracted", comment) for comment in entry.extracted_comments),
        *(("translator", comment) for comment in entry.translator_comments),
        *(("reference", reference) for reference in entry.references),
        ("previous-context", entry.previous_context),
        ("previous-source", entry.previous_msgid),
    ]
    written = tuple(
        Element("note", {"category": category}, shielded(text))
        for category, text in notes
        if text is not None
    )
    return (Element("notes", {}, written),) if written else ()


def _metadata(extras: Iterable[tuple[str, str]]) -> tuple[Element, ...]:
    written = tuple(Element("mda:meta", {"type": name}, shielded(value)) for name, value in extras)
    if not written:
        return ()
    group = Element("mda:metaGroup", {"category": "polypage"}, written)
    return (Element("mda:metadata", {}, (group,)),)


# --- writing: content -------------------------------------------------------------------------


class _Data:
    """What the codes of a unit are in the catalog, each once (XLIFF 2.1 §4.2.2.11)."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def refer(self, code: Start | End | Alone) -> str:
        return self._ids.setdefault(codes.tag(code), f"d{len(self._ids) + 1}")

    @property
    def elements(self) -> tuple[Element, ...]:
        written = tuple(Element("data", {"id": name}, (text,)) for text, name in self._ids.items())
        return (Element("originalData", {}, written),) if written else ()


@dataclass(frozen=True, slots=True)
class _Coding:
    """How the codes of a unit are written."""

    marks: Mapping[tuple[str, int], Mark]
    data: _Data

    def children(self, pieces: Pieces) -> Iterator[Child]:
        """Write pieces: pairs as `pc`, or as `sc` and `ec` where they are not nested."""
        if codes.is_nested(pieces, deepest=_DEEPEST):
            yield from self._nested(iter(tuple(codes.numbered(pieces))))
        else:
            yield from self._loose(pieces)

    def _nested(self, pieces: Iterator[tuple[Piece, int]]) -> Iterator[Child]:
        for piece, number in pieces:
            match piece:
                case str():
                    yield from _text(piece)
                case Start(name):
                    within = tuple(self._nested(pieces))
                    yield Element("pc", self._of_pair(name, number), within)
                case End():
                    return
                case Alone(name):
                    yield self._standalone(name, number)

    def _loose(self, pieces: Pieces) -> Iterator[Child]:
        pairs = codes.partners(pieces)
        starts = {end: start for start, end in pairs.items()}
        ids: dict[int, str] = {}
        for place, (piece, number) in enumerate(codes.numbered(pieces)):
            match piece:
                case str():
                    yield from _text(piece)
                case Start(name):
                    mark = self._mark(name, number)
                    ids[place] = mark.id
                    about = {"id": mark.id, "dataRef": self.data.refer(piece)}
                    if place not in pairs:
                        about["isolated"] = "yes"
                    yield Element("sc", {**about, **_rights(mark), **_kind(mark)})
                case End() if place in starts:
                    about = {"startRef": ids[starts[place]], "dataRef": self.data.refer(piece)}
                    yield Element("ec", about)
                case End(name):
                    about = {"id": f"end-{place}", "dataRef": self.data.refer(piece)}
                    yield Element("ec", {**about, "isolated": "yes"})
                case Alone(name):
                    yield self._standalone(name, number)

    def _mark(self, name: str, number: int) -> Mark:
        """Return how a code is marked; one more than the source has gets an id of its own."""
        mark = self.marks.get((name, number))
        if mark is not None:
            return mark
        return replace(self.marks[name, 1], id=f"{self.marks[name, 1].id}.again{number}")

    def _of_pair(self, name: str, number: int) -> dict[str, str]:
        mark = self._mark(name, number)
        references = {
            "dataRefStart": self.data.refer(Start(name)),
            "dataRefEnd": self.data.refer(End(name)),
        }
        shown = {"dispStart": mark.shown, "dispEnd": f"</{name}>", "equivStart": "", "equivEnd": ""}
        return {"id": mark.id, **_rights(mark), **references, **shown, **_kind(mark)}

    def _standalone(self, name: str, number: int) -> Element:
        mark = self._mark(name, number)
        about = {"dataRef": self.data.refer(Alone(name)), "disp": mark.shown, "equiv": mark.equal}
        return Element("ph", {"id": mark.id, **_rights(mark), **about, **_kind(mark)})


def _rights(mark: Mark) -> dict[str, str]:
    rights = {"canCopy": "no", "canDelete": "no"}
    return {**rights, "canReorder": mark.reorder} if mark.reorder != "yes" else rights


def _kind(mark: Mark) -> dict[str, str]:
    """Say what a code is; a subType goes with its type only (XLIFF 2.1 §4.3.1.41)."""
    return {"type": mark.type, **({"subType": mark.sub_type} if mark.sub_type else {})}


def _text(text: str) -> Iterator[Child]:
    """Write text; characters that XML cannot hold as `cp` (XLIFF 2.1 §4.2.3.1)."""
    end = 0
    for match in UNFIT.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield Element("cp", {"hex": f"{ord(match[0]):04X}"})
        end = match.end()
    if end < len(text):
        yield text[end:]


# --- reading ----------------------------------------------------------------------------------


def _bundle(file: Element, root: Element, path: str) -> Bundle:
    target = root.get("trgLang")
    if not target:
        remedy = "write the language of the translations into trgLang"
        raise ExchangeError(path, "names no target language", line=root.line, remedy=remedy)
    units = tuple(_units(file, path, obsolete=False))
    refuse_unfit(units, path)
    metas = _metas(file)
    return Bundle(
        unshield(file.get("original")),
        root.get("srcLang"),
        target,
        units,
        header_of(metas),
        tuple(metas.get("trailer", ())),
    )


def _metas(element: Element) -> dict[str, list[str]]:
    """Return what the metadata of ours say, by name."""
    found: dict[str, list[str]] = {}
    for metadata in element.all("mda:metadata"):
        for group in metadata.all("mda:metaGroup"):
            for meta in group.all("mda:meta") if group.get("category") == "polypage" else ():
                found.setdefault(meta.get("type"), []).append(unshield(meta.text))
    return found


def _units(within: Element, path: str, *, obsolete: bool) -> Iterator[Unit]:
    for element in within.elements:
        if element.name == "group":
            gone = obsolete or element.get("type") == _OBSOLETE
            yield from _units(element, path, obsolete=gone)
        elif element.name == "unit":
            yield _read(element, path, obsolete=obsolete)


def _read(unit: Element, path: str, *, obsolete: bool) -> Unit:
    segments = [each for each in unit.elements if each.name in {"segment", "ignorable"}]
    if not segments:
        raise ExchangeError(path, "a unit has no segment", line=unit.line, remedy="delete the unit")
    originals = {
        data.get("id"): data.text for each in unit.all("originalData") for data in each.all("data")
    }
    reading = _Reading(originals)
    found = Found(
        source=reading.pieces(_contents(each.first("source") for each in segments)),
        target=reading.pieces(_contents(_targets(segments, path))),
        extras=_metas(unit),
        notes=_read_notes(unit),
        fuzzy=_is_fuzzy(segments),
        obsolete=obsolete,
        line=segments[0].line,
    )
    return unit_of(found)


def _read_notes(unit: Element) -> dict[str, list[str]]:
    """Return the notes by category; those that are of no category of ours are a translator's."""
    found: dict[str, list[str]] = {}
    for notes in unit.all("notes"):
        for note in notes.all("note"):
            category, text = note.get("category"), unshield(note.text)
            if category in _CATEGORIES:
                found.setdefault(category, []).append(text)
            elif category == "translator":
                found.setdefault("translator", []).append(text)
            else:
                lines = (line for line in text.splitlines() if line.strip())
                found.setdefault("translator", []).extend(lines)
    return found


def _is_fuzzy(segments: Sequence[Element]) -> bool:
    """Whether part of a translation is not finished, or missing."""
    own = [each for each in segments if each.name == "segment"]
    given = [each for each in own if each.first("target")]
    unfinished = any(each.get("state", "initial") == "initial" for each in own)
    return unfinished or 0 < len(given) < len(own)


def _targets(segments: Sequence[Element], path: str) -> tuple[Element, ...]:
    """Return the targets of a unit in their order."""
    if not any(each.first("target") for each in segments if each.name == "segment"):
        return ()
    placed: list[tuple[int, Element]] = []
    for number, segment in enumerate(segments, start=1):
        target = segment.first("target")
        if target is None and segment.name == "ignorable":
            target = segment.first("source")  # a blank, say, that nobody translates
        if target is not None:
            placed.append((_place(target, number, len(segments), path), target))
    return tuple(target for _, target in sorted(placed, key=itemgetter(0)))


def _place(target: Element, number: int, parts: int, path: str) -> int:
    """Return where a target belongs: where its source does, unless its `order` tells (XLIFF 2.1)."""
    order = target.get("order")
    if not order:
        return number
    digits = order.lstrip("0")
    if digits.isascii() and digits.isdecimal() and len(digits) <= len(str(parts)):
        place = int(digits)
        if place <= parts:
            return place
    problem = f'order="{order[:20]}" is not from 1 to {parts}, the places in its unit'
    remedy = "send it through the tool that wrote it once more"
    raise ExchangeError(path, problem, line=target.line, remedy=remedy)


def _contents(elements: Iterable[Element | None]) -> tuple[Child, ...]:
    return tuple(child for each in elements if each for child in each.children)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the codes of a unit stand for."""

    originals: Mapping[str, str]

    def pieces(self, children: Iterable[Child]) -> Pieces:
        """Read content; annotations are left out, and what is in them stays."""
        children = tuple(children)
        starts: dict[str, str] = {}
        _note_starts(self, children, starts)
        return codes.merged(self._pieces(children, starts))

    def _pieces(self, children: Iterable[Child], starts: Mapping[str, str]) -> Iterator[Piece]:
        for child in children:
            if isinstance(child, str):
                yield child
                continue
            match child.name:
                case "cp":
                    yield character(child.get("hex"))
                case "pc":
                    name = self.name(child, "dataRefStart")
                    yield Start(name)
                    yield from self._pieces(child.children, starts)
                    yield End(name)
                case "ph":
                    yield Alone(self.name(child, "dataRef"))
                case "sc":
                    yield Start(self.name(child, "dataRef"))
                case "ec":
                    start = starts.get(child.get("startRef"))
                    yield End(start or self.name(child, "dataRef"))
                case "mrk":
                    yield from self._pieces(child.children, starts)
                case _:
                    pass

    def name(self, code: Element, reference: str) -> str:
        """Return the name of a code; a tool that dropped the original data left us its id."""
        original = self.originals.get(code.get(reference), "").strip("</>")
        own = code.get("id").partition(".")[0]
        return codes.as_name(original) or codes.as_name(own) or codes.as_name(f"x{own}") or "x"


def _note_starts(reading: _Reading, children: Iterable[Child], starts: dict[str, str]) -> None:
    for child in children:
        if isinstance(child, Element):
            if child.name == "sc":
                starts[child.get("id")] = reading.name(child, "dataRef")
            _note_starts(reading, child.children, starts)
