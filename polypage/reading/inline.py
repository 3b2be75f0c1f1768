"""Inline content and its notation in catalogs.

A translator must see that words are a link, not where the link leads. So a segment is written
with named tags for its inline codes, and a translation is read back against that segment:

    page    Read <a href="paper.html">the <b>full</b> paper</a> first, R&amp;D says.
    msgid   Read <a1>the <b>full</b> paper</a1> first, R&amp;D says.
    msgstr  Lisez <a1>tout <b>le</b> texte</a1> : R&D le dit.

Reading forgives what cannot be misunderstood: any character reference, a lone `&` or `<`, `<br>`
or `<br></br>` for `<br/>`, blanks and capitals in a tag. It lets nothing in: each code stands in
the translation as often as in its source, and what is no code is text. Where that is hardly meant
(`<script>`, a code of another segment), or a code is lost, the translation is not used.

Codes may move, and formatting may nest as it likes. What a page needs to stay whole:

- a code keeps the pairs around it that are more than formatting: an `rt` its `ruby`;
- no link enters a link, nor does a code that may have one in it (whatever else moves into a link
  or out of it is worth a warning);
- a fixed code, which lacks its partner, keeps all pairs around it, and no code passes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeAlias, TypeVar

from polypage.html.references import resolve
from polypage.model import Content, Finding, Inline, Paired, Severity, Standalone


class Reading(NamedTuple):
    """What a translation comes to."""

    content: Content | None
    """None if it cannot be used; errors among the findings say why."""
    findings: tuple[Finding, ...] = ()


def to_msgid(content: Content) -> str:
    """Write content in the notation."""
    if len(content) == 1 and isinstance(content[0], str):  # as most are
        return _escaped(content[0])
    return "".join(map(_written, steps(content)))


def from_msgstr(msgstr: str, source: Content, *, preserve_space: bool = False) -> Reading:
    """Read a translation of `source`.

    A run of white space is one blank, and none at the ends, unless told to preserve it.
    """
    text = msgstr if preserve_space else _collapsed(msgstr)
    if "<" not in text and len(source) == 1 and isinstance(source[0], str):  # as in most entries
        words = _resolved(text)
        if words and not words.isspace():
            return Reading((words,))
    content = _in_order(text, source)
    return Reading(content) if content else _read(text, source)


def _in_order(text: str, source: Content) -> Content | None:
    """Read a translation that has the tags of its source in the same order, as most do.

    Nothing can be wrong with them then; nor is there with the words, if there are some wherever the
    source has some. None if it is another one.
    """
    all_steps, tags = way(source)
    pieces = _PLAIN_TAG.split(text)
    if pieces[1::2] != tags or text.count("<") != len(tags):
        return None
    words = [*map(_resolved, pieces[::2])]
    filled: list[Step] = [words[0]]
    passed = 0
    for step in all_steps:
        if not isinstance(step, str):
            passed += 1
            filled += (step, words[passed])
        elif not step.isspace() and (not words[passed] or words[passed].isspace()):
            return None
    return _nested(filled)


@lru_cache(2_000)
def way(source: Content) -> tuple[Sequence[Step], Sequence[str]]:
    """Return the way through a source text, and its tags, once for all its translations."""
    all_steps = [*steps(source)]
    return all_steps, [_written(step) for step in all_steps if not isinstance(step, str)]


_PLAIN_TAG = re.compile(r"(</?[^\s<>/]+/?>)")


def _read(text: str, source: Content) -> Reading:
    before = tuple(_places(source))
    codes = _codes(before)
    marks = tuple(_marks(text, codes))
    findings = tuple(_misspelt(marks, codes, source))
    if _is_hopeless(findings):
        return Reading(None, findings)
    content = _nested(_matched(marks, codes))
    findings += (*_misplaced(content, before), *_wordless(content, source))
    return Reading(None if _is_hopeless(findings) else content, findings)


def plain_text(content: Content, *, code: str = "") -> str:
    """Leave out all codes, or put `code` in the place of standalone ones."""
    if len(content) == 1 and isinstance(content[0], str):  # as most are
        return content[0]
    texts: list[str] = []
    ahead: list[Inline] = [*reversed(content)]
    while ahead:  # as `steps` does, without the ends of pairs
        part = ahead.pop()
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, Paired):
            ahead += part.children[::-1]
        else:
            texts.append(code)
    return "".join(texts)


class Open(NamedTuple):
    """Where a pair begins, on the way through content."""

    code: Paired


class Close(NamedTuple):
    """Where a pair ends."""

    code: Paired


Step: TypeAlias = "str | Standalone | Open | Close"


def steps(content: Content) -> Iterator[Step]:
    """Go through content from its beginning to its end, however deep it nests."""
    ahead: list[Inline | Close] = [*reversed(content)]
    while ahead:
        step = ahead.pop()
        if isinstance(step, Paired):
            yield _new(Open, (step,))
            ahead.append(_new(Close, (step,)))
            ahead += step.children[::-1]
        else:
            yield step


_new = tuple.__new__  # half the cost of a named tuple's own


def _written(step: Step) -> str:
    if isinstance(step, str):  # a third of the cost of `match`
        return _escaped(step)
    if isinstance(step, Standalone):
        return f"<{step.name}/>"
    return f"<{step.code.name}>" if isinstance(step, Open) else f"</{step.code.name}>"


def _escaped(text: str) -> str:
    if "&" not in text and "<" not in text and "]]>" not in text:  # as most
        return text
    # `]]>` is no text in XML, which editors check msgids as.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")


# --- from characters to content ---------------------------------------------------------------


class _Kind(StrEnum):
    """What a tag does; the value is how it is written."""

    OPEN = "<{}>"
    CLOSE = "</{}>"
    STANDALONE = "<{}/>"


class _Tag(NamedTuple):
    """A code, or half of one, by its name in small letters."""

    name: str
    kind: _Kind

    def __str__(self) -> str:
        return self.kind.value.format(self.name)


_Codes: TypeAlias = Mapping[_Tag, Sequence[Paired | Standalone]]
"""What a tag stands for: more than one code where equal ones are interchangeable."""


def _codes(places: Iterable[_Place]) -> _Codes:
    codes: dict[_Tag, list[Paired | Standalone]] = {}
    for place in places:
        codes.setdefault(_tag(place.code), []).append(place.code)
    return codes


def _tag(code: Paired | Standalone) -> _Tag:
    kind = _Kind.OPEN if isinstance(code, Paired) else _Kind.STANDALONE
    return _Tag(code.name.lower(), kind)


_BLANKS = re.compile(r"[ \t\n\f\r]+")


def _collapsed(text: str) -> str:
    # A look for each is a fraction of what the pattern takes, which hardly any text needs.
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text:
        text = _BLANKS.sub(" ", text)
    return text.strip(" ")


_NAME = r"[a-z][^\s/<>&\"'=]*+"
_TAG = re.compile(
    rf"<\s*(?:/\s*(?P<end>{_NAME})|(?P<start>{_NAME})(?:\s*(?P<slash>/)|(?P<twin>></(?P=start)))?)\s*>",
    re.IGNORECASE,
)


def _marks(msgstr: str, codes: _Codes) -> Iterator[str | _Tag]:
    """Cut a translation at the tags of its own codes."""
    end = 0
    for match in _TAG.finditer(msgstr):
        if tags := _tags(match, codes):
            yield msgstr[end : match.start()]
            yield from tags
            end = match.end()
    yield msgstr[end:]


def _tags(match: re.Match[str], codes: _Codes) -> tuple[_Tag, ...]:
    name = (match["start"] or match["end"]).lower()
    opening, alone = _Tag(name, _Kind.OPEN), _Tag(name, _Kind.STANDALONE)
    if alone in codes and (match["slash"] or opening not in codes):
        return (alone,)
    if opening not in codes:
        return ()
    closing = _Tag(name, _Kind.CLOSE)
    if match["end"]:
        return (closing,)
    return (opening, closing) if match["slash"] or match["twin"] else (opening,)


def _matched(marks: Iterable[str | _Tag], codes: _Codes) -> Iterator[Step]:
    """Put the source's codes for their tags, equal ones in order of appearance."""
    left = {tag: iter(those) for tag, those in codes.items()}
    opened: list[Paired] = []
    for mark in marks:
        if isinstance(mark, str):
            yield _resolved(mark)
        elif mark.kind is _Kind.CLOSE:
            yield Close(opened.pop())
        else:
            code = next(left[mark])
            if isinstance(code, Paired):
                opened.append(code)
                yield Open(code)
            else:
                yield code


def _resolved(text: str) -> str:
    # By the rule for attributes `R&Dnot` and `?a=1&copy=2` are no references.
    return resolve(text, attribute=True)


def _nested(steps: Iterable[Step]) -> Content:
    """Build content from the way through it."""
    around: list[list[Inline]] = []
    here: list[Inline] = []
    for step in steps:
        if isinstance(step, Open):  # a third of the cost of `match`
            around.append(here)
            here = []
        elif isinstance(step, Close):
            pair = step.code._replace(children=tuple(here))
            here = around.pop()
            here.append(pair)
        elif step:
            here.append(step)
    return tuple(here)


# --- what is wrong with a translation's tags --------------------------------------------------


def _is_hopeless(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _error(code: str, message: str) -> Finding:
    return Finding(code, Severity.ERROR, message)


def _warning(code: str, message: str) -> Finding:
    return Finding(code, Severity.WARNING, message)


def _misspelt(marks: Sequence[str | _Tag], codes: _Codes, source: Content) -> Iterator[Finding]:
    tags = [mark for mark in marks if isinstance(mark, _Tag)]
    words = plain_text(source)
    for text in marks:
        if isinstance(text, str):
            yield from _unknown(text, words)
    yield from _unbalanced(tags)
    yield from _miscounted(tags, codes)


_TAG_LIKE = re.compile(r"<[a-z/!?][^<>]*+>", re.IGNORECASE)
_MARKUP = re.compile(rf"</?{_NAME}\s*/?>|<[!?]|<[^=]*=", re.IGNORECASE)
"""Of what looks like a tag, what will hardly be meant as text."""


def _unknown(text: str, words: str) -> Iterator[Finding]:
    for match in _TAG_LIKE.finditer(text):
        what, as_text = match[0], match[0].replace("<", "&lt;")
        if _MARKUP.match(what) and what not in words:
            remedy = f"leave it out, or write {as_text} if it is text"
            yield _error("inline-unknown", f"{what} is not in the source: {remedy}")
        else:
            yield _warning(
                "inline-unknown", f"{what} is taken for text: write {as_text} to be sure"
            )


def _unbalanced(tags: Iterable[_Tag]) -> Iterator[Finding]:
    unclosed: list[_Tag] = []
    for tag in tags:
        opening = _Tag(tag.name, _Kind.OPEN)
        if tag.kind is _Kind.OPEN:
            unclosed.append(tag)
        elif tag.kind is _Kind.CLOSE and unclosed[-1:] == [opening]:
            unclosed.pop()
        elif tag.kind is _Kind.CLOSE and opening not in unclosed:
            yield _error("inline-unbalanced", f"{tag} has no {opening} before it: put one in")
        elif tag.kind is _Kind.CLOSE:
            place = len(unclosed) - 1 - unclosed[::-1].index(opening)
            for inner in unclosed[place + 1 :]:
                yield _error("inline-unbalanced", f"{tag} cuts through {inner}: end {inner} first")
            del unclosed[place]
    for tag in unclosed:
        closing = tag._replace(kind=_Kind.CLOSE)
        yield _error("inline-unbalanced", f"{tag} has no {closing} after it: put one in")


def _miscounted(tags: Iterable[_Tag], codes: _Codes) -> Iterator[Finding]:
    found = Counter(tags)
    for tag, wanted in codes.items():
        counted = f"{tag} is there {found[tag]} times instead of {len(wanted)}"
        if not found[tag]:
            yield _error("inline-missing", _lost(tag, wanted[0]))
        elif found[tag] < len(wanted):
            yield _error("inline-missing", f"{counted}: put in the rest")
        elif found[tag] > len(wanted):
            yield _error("inline-doubled", f"{counted}: leave out what is too much")


_NOUNS = {"a": "the link", "br": "the line break", "img": "the image"}


def _lost(tag: _Tag, code: Paired | Standalone) -> str:
    legend = f" ({code.legend})" if code.legend else ""
    noun = _NOUNS.get(_element(code), "it")
    return f"{tag}{legend} is missing: {noun} must stay in the translation"


def _element(code: Paired | Standalone) -> str:
    return code.name.rstrip("0123456789").lower()


# --- what is wrong with the places of codes ---------------------------------------------------

_FORMATTING = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp"
    " small span strike strong sub sup time tt u var".split()
)
"""Elements that may stand in each other in any order, as far as browsers care."""

_LINKLESS = frozenset("br comment embed hr img input wbr".split())
"""Elements without content, so without a link in it."""


class _Place(NamedTuple):
    """Where a code stands."""

    code: Paired | Standalone
    holders: tuple[str, ...]
    """The pairs around it that it may not leave, outermost first."""
    link: str | None
    """The link around it."""
    passed: int
    """How many fixed codes come before it."""

    @property
    def where(self) -> tuple[object, ...]:
        """All of it in a form to compare."""
        return type(self.code), self.code.name, self.holders, self.link, self.passed


def _places(content: Content) -> Iterator[_Place]:
    outside: list[tuple[str, tuple[str, ...], str | None]] = []
    holders: tuple[str, ...] = ()
    link: str | None = None
    passed = 0
    for step in steps(content):
        match step:
            case Open(code):
                yield _Place(code, holders, link, passed)
                outside.append((code.name, holders, link))
                link = code.name if _element(code) == "a" else link
                holders = holders if _element(code) in _FORMATTING else (*holders, code.name)
            case Close():
                _, holders, link = outside.pop()
            case Standalone(fixed=True):
                yield _Place(step, tuple(name for name, _, _ in outside), link, passed)
                passed += 1
            case Standalone():
                yield _Place(step, holders, link, passed)


def _misplaced(content: Content, before: Sequence[_Place]) -> Iterator[Finding]:
    after = tuple(_places(content))
    if [place.where for place in after] != [place.where for place in before]:
        yield from _out_of_order(before, after)
        yield from _out_of_holders(before, after)
        yield from _across_links(before, after)


def _out_of_order(before: Sequence[_Place], after: Sequence[_Place]) -> Iterator[Finding]:
    fixed, now = _fixed(before), _fixed(after)
    if fixed != now:
        yield _error("inline-order", f"{_listed(now)} must be in this order: {_listed(fixed)}")
        return
    for place, home in _moves(lambda place: place.passed, before, after):
        passed = fixed[min(home, place.passed) : max(home, place.passed)]
        message = f"{_tag(place.code)} has moved past {_listed(passed)}: put it back"
        yield _error("inline-order", message)


def _fixed(places: Iterable[_Place]) -> list[_Tag]:
    codes = (place.code for place in places)
    return [_tag(code) for code in codes if isinstance(code, Standalone) and code.fixed]


def _listed(tags: Iterable[_Tag]) -> str:
    return ", ".join(map(str, tags))


def _out_of_holders(before: Sequence[_Place], after: Sequence[_Place]) -> Iterator[Finding]:
    for place, home in _moves(lambda place: place.holders, before, after):
        tag, here = _tag(place.code), place.holders
        left = [name for name in home if name not in here]
        if left:
            yield _error("inline-nesting", f"{tag} has left <{left[-1]}>: put it back")
        else:
            message = f"{tag} does not belong in <{here[-1]}>: move it out"
            yield _error("inline-nesting", message)


def _across_links(before: Sequence[_Place], after: Sequence[_Place]) -> Iterator[Finding]:
    for place, home in _moves(lambda place: place.link, before, after):
        tag, here = _tag(place.code), place.link
        if here and not home and _may_hold_link(place.code):
            yield _error("inline-nesting", f"{tag} may not stand in the link <{here}>: move it out")
        elif isinstance(place.code, Standalone) or _element(place.code) not in _FORMATTING:
            where = f"has come into the link <{here}>" if here else f"has left the link <{home}>"
            yield _warning("inline-nesting", f"{tag} {where}: see that it is meant to")


def _may_hold_link(code: Paired | Standalone) -> bool:
    if isinstance(code, Paired):
        return _element(code) == "a"
    return _element(code) not in _LINKLESS


_Where = TypeVar("_Where")


def _moves(
    where: Callable[[_Place], _Where], before: Iterable[_Place], after: Iterable[_Place]
) -> Iterator[tuple[_Place, _Where]]:
    """Find the codes that stand where none of their tag stood, and say where they did stand."""
    homes: dict[_Tag, list[_Where]] = {}
    for place in before:
        homes.setdefault(_tag(place.code), []).append(where(place))
    strays: list[_Place] = []
    for place in after:
        home, here = homes[_tag(place.code)], where(place)
        if here in home:
            home.remove(here)
        else:
            strays.append(place)
    return ((place, homes[_tag(place.code)].pop(0)) for place in strays)


# --- what is wrong with its words -------------------------------------------------------------


def _wordless(content: Content, source: Content) -> Iterator[Finding]:
    if _has_words(source) and not _has_words(content):
        yield _error("inline-empty", "no words are left: translate the text around the codes")
        return
    hollow = _hollow(content)
    for tag in hollow - _hollow(source) if hollow else ():
        yield _warning("inline-empty", f"{tag} holds no words: see that none belong in it")


def _has_words(content: Content) -> bool:
    return any(isinstance(step, str) and not step.isspace() for step in steps(content))


def _hollow(content: Content) -> Counter[_Tag]:
    """Count the pairs without words in them."""
    hollow: Counter[_Tag] = Counter()
    words = 0
    words_before: list[int] = []
    for step in steps(content):
        match step:
            case str():
                words += not step.isspace()
            case Open():
                words_before.append(words)
            case Close(code) if words_before.pop() == words:
                hollow[_tag(code)] += 1
    return hollow
