"""One translation of a paragraph, or one of each of its sentences: from either to the other.

    paragraph    Read <a1>this</a1>. Then <a2>rest</a2>.      Lies <a1>das</a1>. Dann <a2>ruh</a2>.
    sentences    Read <a1>this</a1>.                          Lies <a1>das</a1>.
                 Then <a1>rest</a1>.                          Dann <a1>ruh</a1>.

Codes are told by where they stand on the page, which is the same however it is cut. A translation
is parted only where it has as many sentences as its source and each holds the codes of its own;
it is sure that they belong together if figures, questions and lengths agree, too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeAlias

from polypage.language.drift import drift
from polypage.language.sentences import CODE, Slice, Unit, blank_after, gaps, gaps_between, without
from polypage.language.texts import Text
from polypage.model import Article, Content, Domain, Inline, Paired, Segment, Span, Standalone
from polypage.profiles import Profile
from polypage.reading.inline import Close, Open, from_msgstr, plain_text, steps, to_msgid


@dataclass(frozen=True, slots=True)
class Block:
    """A segment that is cut into sentences, and these."""

    whole: Segment
    sentences: tuple[Segment, ...]


class Parts(NamedTuple):
    """The translations of a block's sentences, in the notation of each."""

    msgstrs: tuple[str, ...]
    sure: bool
    """There is no doubt that each belongs to its sentence."""


def blocks(whole: Article, cut: Article, domain: Domain) -> tuple[Block, ...]:
    """Return what is in one piece in an article read by blocks, and is cut by sentences."""
    known = {(segment.span, segment.msgid) for segment in whole.segments}
    left = {(segment.span, segment.msgid) for segment in cut.segments}
    gone = [each for each in whole.segments if (each.span, each.msgid) not in left]
    starts = [each.span.start for each in gone]
    found: dict[int, list[Segment]] = {}
    for segment in cut.segments:
        if (segment.span, segment.msgid) not in known:
            place = bisect_right(starts, segment.span.start) - 1
            while gone[place].span.end < segment.span.end:
                place -= 1
            found.setdefault(place, []).append(segment)
    return tuple(
        Block(gone[place], tuple(sentences))
        for place, sentences in sorted(found.items())
        if gone[place].domain == domain
    )


# --- from a paragraph to its sentences --------------------------------------------------------


def split(block: Block, msgstr: str, *, spoken: Profile, written: Profile) -> Parts | None:
    """Part the translation of a block; None unless it has a part for each sentence."""
    content = from_msgstr(msgstr, block.whole.content).content
    if content is None or _frame(block) is None:
        return None
    parts = _parts(content, block, partial(gaps, tag=written.tag))
    if len(parts) < len(block.sentences):
        parts = _parts(content, block, partial(gaps, tag=written.tag, eager=True))
    if len(parts) != len(block.sentences):
        return None
    own = [_own(*pair) for pair in zip(parts, block.sentences, strict=True)]
    contents = [each for each in own if each is not None]
    if len(contents) < len(own):
        return None
    msgstrs = tuple(map(to_msgid, contents))
    return Parts(msgstrs, _is_sure(block, content, contents, spoken, written))


def _parts(content: Content, block: Block, find: Callable[[str], Sequence[Span]]) -> list[Content]:
    """Cut a translation between sentences, and nowhere in a code."""
    names = _names(*block.sentences)
    units = [_unit(each, names) for each in content]
    found = gaps_between(units, find)
    return [tuple(_slices(content, each)) for each in without(found, units)]


def _slices(content: Content, slices: Iterable[Slice]) -> Iterator[Inline]:
    for place, start, end in slices:
        part = content[place]
        yield part[start:end] if isinstance(part, str) else part


_Names: TypeAlias = Mapping[Span, str]
"""What codes are called, by the place of their tag."""


def _names(*segments: Segment) -> _Names:
    return dict(code for segment in segments for code in _codes(segment.content))


def _codes(content: Content) -> Iterator[tuple[Span, str]]:
    for step in steps(content):
        match step:
            case Standalone(name, span):
                yield span, name
            case Open(code):
                yield code.open, code.name
            case _:
                pass


def _unit(part: Inline, names: _Names) -> Unit:
    match part:
        case str():
            return Unit(part, is_code=False)
        case Paired(children=children):
            return Unit("".join(_unit(child, names).text for child in children), is_code=True)
        case Standalone(name="br"):
            return Unit(" ", is_code=True)
        case Standalone():
            return Unit(CODE if part.span in names else "", is_code=True)


def _own(part: Content, sentence: Segment) -> Content | None:
    """Name the codes as the sentence does, without those around it; None if others are in it."""
    names = _names(sentence)
    trimmed = _trimmed(part, names)
    while len(trimmed) == 1 and isinstance(pair := trimmed[0], Paired) and pair.open not in names:
        trimmed = _trimmed(pair.children, names)
    if sorted(span for span, _ in _codes(trimmed)) != sorted(names):
        return None
    content = _renamed(trimmed, names)
    return content if from_msgstr(to_msgid(content), sentence.content).content else None


def _trimmed(part: Content, names: _Names) -> Content:
    """Take off blanks and codes at the ends that are not the sentence's own."""

    def is_edge(inline: Inline) -> bool:
        match inline:
            case str():
                return inline.isspace()
            case Standalone():
                return inline.span not in names
            case Paired():
                return inline.open not in names and all(map(is_edge, inline.children))

    inlines = list(part)
    while inlines and is_edge(inlines[0]):
        del inlines[0]
    while inlines and is_edge(inlines[-1]):
        del inlines[-1]
    if inlines and isinstance(first := inlines[0], str):
        inlines[0] = first.lstrip()
    if inlines and isinstance(last := inlines[-1], str):
        inlines[-1] = last.rstrip()
    return tuple(inlines)


def _renamed(content: Content, names: _Names) -> Content:
    return tuple(_as_named(part, names) for part in content)


def _as_named(part: Inline, names: _Names) -> Inline:
    match part:
        case str():
            return part
        case Standalone():
            return part._replace(name=names[part.span])
        case Paired():
            children = _renamed(part.children, names)
            return part._replace(name=names[part.open], children=children)


# --- whether parts belong together ------------------------------------------------------------

_LONGEST = 2.5
"""How many times longer than expected a sentence may be."""
_SLACK = 12
"""How many letters more do not count."""
_QUESTIONS = ("?", "？", "؟", ";", "\u037e")


def _is_sure(
    block: Block, whole: Content, parts: Sequence[Content], spoken: Profile, written: Profile
) -> bool:
    """Whether nothing tells against it that each part translates its sentence."""
    source, target = _text(block.whole.content), _text(whole)
    pairs = [
        (_text(sentence.content), _text(part))
        for sentence, part in zip(block.sentences, parts, strict=True)
    ]
    found = Counter(
        each.message
        for one, other in pairs
        for each in drift(Text.of(one, spoken), Text.of(other, written))
    )
    known = drift(Text.of(source, spoken), Text.of(target, written))
    if found - Counter(each.message for each in known):
        return False
    asked = [_asks(other) for _, other in pairs]
    if any(asked) and asked != [_asks(one) for one, _ in pairs]:
        return False
    share = len(target) / len(source)
    return all(is_as_long(len(one) * share, len(other)) for one, other in pairs)


def _text(content: Content) -> str:
    return plain_text(content, code=" ")


def _asks(text: str) -> bool:
    return text.rstrip(" \"'’”»)」』").endswith(_QUESTIONS)


def is_as_long(expected: float, length: int) -> bool:
    """Whether a translation is about as long as expected, in characters."""
    shorter, longer = sorted((expected + _SLACK, length + _SLACK))
    return longer <= _LONGEST * shorter


# --- from sentences to their paragraph --------------------------------------------------------


def join(block: Block, msgstrs: Sequence[str], *, spoken: Profile, written: Profile) -> str | None:
    """Put the translations of sentences together, as many as are not empty; None if that fails."""
    frame = _frame(block)
    contents = [
        from_msgstr(msgstr, sentence.content).content if msgstr else ()
        for msgstr, sentence in zip(msgstrs, block.sentences, strict=True)
    ]
    if frame is None or None in contents:
        return None
    said = [content or () for content in contents]
    names = _names(block.whole)
    joined = ""
    last: int | None = None
    for between, number in _holes(frame):
        content = () if number is None else said[number]
        blank = ""
        if content and last is not None:
            spaced = _is_spaced(between, block.sentences[last], spoken)
            blank = blank_after(_text(said[last]), written.tag) if spaced else ""
        joined += _joint(between, blank) + to_msgid(_renamed(content, names))
        last = number if content else last
    return joined


def _holes(frame: _Frame) -> Iterator[tuple[list[str], int | None]]:
    """Yield what stands before each sentence, with its number, and what stands behind the last."""
    between: list[str] = []
    for each in frame:
        if isinstance(each, int):
            yield between, each
            between = []
        else:
            between.append(each)
    yield between, None


def _is_spaced(between: Sequence[str], before: Segment, spoken: Profile) -> bool:
    """Whether a blank stands behind a sentence, or would in a language that puts one there."""
    if any(map(str.isspace, between)):
        return True
    return not blank_after(_text(before.content), spoken.tag) and "<br/>" not in between


def _joint(between: Sequence[str], blank: str) -> str:
    """Write the tags between two sentences, and the blank where the first one is."""
    tags = [each for each in between if not each.isspace()]
    place = next((n for n, each in enumerate(between) if each.isspace()), 0)
    return "".join((*tags[:place], blank, *tags[place:]))


_Frame: TypeAlias = "Sequence[int | str]"
"""A block's text with the number of a sentence in place of each; else tags and blanks."""


class _Atom(NamedTuple):
    """A character, or one end of a code."""

    key: object
    """What is equal in a block and its sentences, whatever codes are called there."""
    written: str

    @property
    def is_between(self) -> bool:
        """Whether it can stand between sentences."""
        return not isinstance(self.key, str) or self.key.isspace()


def _atoms(content: Content) -> Iterator[_Atom]:
    for step in steps(content):
        match step:
            case str():
                yield from (_Atom(character, character) for character in step)
            case Standalone(name, span):
                yield _Atom(span, f"<{name}/>")
            case Open(code):
                yield _Atom(code.open, f"<{code.name}>")
            case Close(code):
                yield _Atom((code.open, code.close), f"</{code.name}>")


def _frame(block: Block) -> _Frame | None:
    """Find the sentences in their block; None if there are words between them."""
    atoms = [*_atoms(block.whole.content)]
    frame: list[int | str] = []
    at = 0
    for number, sentence in enumerate(block.sentences):
        keys = [atom.key for atom in _atoms(sentence.content)]
        while at < len(atoms) and atoms[at].is_between and atoms[at].key != keys[0]:
            frame.append(atoms[at].written)
            at += 1
        if [atom.key for atom in atoms[at : at + len(keys)]] != keys:
            return None
        frame.append(number)
        at += len(keys)
    frame += (atom.written for atom in atoms[at:])
    return frame if all(atom.is_between for atom in atoms[at:]) else None
