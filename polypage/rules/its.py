"""ITS 2.0: what a page and its author's rules say of its parts, for those who translate it.

    its = read(document, rules=parse(data, path="glossary.its"), load=load)
    its.rules[12].translate                 what a rule says of the element that it selects
    its.local[12].note                      what the element's own attributes say
    its.attributes[12, "alt"].note          what a rule says of an attribute

What is said are the data categories of https://www.w3.org/TR/its20/ that concern a translation.
An element's own attributes (`its-loc-note`, `translate`, `lang`) prevail over rules; of the rules
the last prevails. Those given come first, then the page's own in their order: the files that
`<link rel="its-rules">` leads to, and `<script type="application/its+xml">`. Both prevail over what
is inherited, and that over the defaults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final, Protocol

from polypage.errors import SourceError
from polypage.html.markup import Lines, StartTag
from polypage.html.tree import Bearer, Element
from polypage.limits import is_character_class, is_encoding
from polypage.model import Finding, Severity
from polypage.rules.its_marks import Marks, Target, domains_of, inherited, marks_of, over
from polypage.rules.its_rules import KEYWORDS, Loader, Rule, parse, problem_of
from polypage.rules.its_selection import Finder, Part, Tree


@dataclass(frozen=True, slots=True)
class Its:
    """What is said of a page's parts, each thing where it is said."""

    rules: Mapping[int, Marks] = field(default_factory=dict)
    """What rules say of the elements they select, by place."""
    local: Mapping[int, Marks] = field(default_factory=dict)
    """What elements say of themselves."""
    attributes: Mapping[tuple[int, str], Marks] = field(default_factory=dict)
    """What rules say of the attributes they select, by their element's place and their name."""
    findings: tuple[Finding, ...] = ()

    @property
    def targets(self) -> frozenset[Part]:
        """Where the page itself keeps translations; what holds its own source keeps none."""
        pointed = (
            (place, marks.target.part)
            for place, marks in _by_element(self)
            if marks.target and marks.target.part
        )
        return frozenset(part for place, part in pointed if part != Part(place))


def _by_element(its: Its) -> Iterator[tuple[int, Marks]]:
    yield from its.rules.items()
    yield from ((place, marks) for (place, _), marks in its.attributes.items())


NOTHING: Final = Its()
"""Nothing is said that HTML does not say."""


class Page(Tree, Protocol):
    """What is asked of a document."""

    @property
    def path(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def lines(self) -> Lines: ...
    @property
    def named(self) -> Mapping[str, Sequence[Element]]: ...
    @property
    def bearers(self) -> Mapping[str, Sequence[Bearer]]: ...


def read(page: Page, *, rules: Sequence[Rule] = (), load: Loader | None = None) -> Its:
    """Read what is said of a page, by the given rules and by the page itself.

    Raises:
        PolypageError: Rules cannot be read, or cannot be applied.
    """
    reader = _Reader(page, load)
    reader.read_own()
    for rule in (*rules, *reader.rules):
        reader.apply(rule)
    reader.handover()
    reader.report_unchecked()
    return Its(reader.elements, reader.local, reader.attributes, tuple(reader.findings))


def read_beside_html(page: Page, *, rules: Sequence[Rule] = (), load: Loader | None = None) -> Its:
    """Read a page unless it speaks in HTML's words alone, as most do: then `NOTHING` is returned.

    Raises:
        PolypageError: As for `read`.
    """
    if rules or _speaks_its(page):
        return read(page, rules=rules, load=load)
    return NOTHING


def _speaks_its(page: Page) -> bool:
    """Say whether a page has an attribute, a link or a script of ITS."""
    return any(name.startswith("its-") for name in page.bearers) or any(
        sign in (element.attribute(attribute) or "").lower()
        for name, attribute, sign in (("link", "rel", "its-rules"), ("script", "type", "its+xml"))
        for element in page.named.get(name, ())
    )


_LOCAL: Final = {
    "translate": "translate",
    "xml:lang": "lang",
    "lang": "lang",
    "dir": "dir",
    "xml:space": "space",
    "its-within-text": "withinText",
    "its-loc-note": "locNote",
    "its-loc-note-ref": "locNoteRef",
    "its-loc-note-type": "locNoteType",
    "its-term": "term",
    "its-term-info-ref": "termInfoRef",
    "its-term-confidence": "termConfidence",
    "its-locale-filter-list": "localeFilterList",
    "its-locale-filter-type": "localeFilterType",
    "its-allowed-characters": "allowedCharacters",
    "its-storage-size": "storageSize",
    "its-storage-encoding": "storageEncoding",
    "its-line-break-type": "lineBreakType",
    "its-annotators-ref": "annotatorsRef",
}
"""HTML's attributes, and what ITS calls them; of two for one thing the later prevails."""


class _Reader:
    """A page that is being read."""

    def __init__(self, page: Page, load: Loader | None) -> None:
        self.rules: list[Rule] = []
        self.elements: dict[int, Marks] = {}
        self.local: dict[int, Marks] = {}
        self.attributes: dict[tuple[int, str], Marks] = {}
        self.findings: list[Finding] = []
        self._page = page
        self._load = load
        self._finder = Finder(page)

    # -- the page's own markup and rules

    def read_own(self) -> None:
        for element in self._page.elements:
            if element.tag is None or not element.tag.attributes:
                continue
            if not _LOCAL.keys().isdisjoint(map(_name, element.tag.attributes)):
                self._read_local(element, element.tag)
            if element.name in ("link", "script"):
                self._read_rules(element)

    def _read_local(self, element: Element, tag: StartTag) -> None:
        written = {attribute.name: attribute.value.strip() for attribute in tag.attributes}
        said: dict[str, str] = {}
        for attribute, name in _LOCAL.items():
            if attribute in written:
                value = written[attribute]
                value = _keyword(attribute, value) if name in KEYWORDS else value
                if self._is_sound(name, value, attribute, element):
                    said[name] = value
        if said:
            self.local[element.place] = marks_of(said)

    def _is_sound(self, name: str, value: str, attribute: str, element: Element) -> bool:
        problem = problem_of(name, value)
        # What HTML itself says of wrong values is to pass over them.
        if problem and attribute.startswith("its-"):
            self._report("its-value", Severity.WARNING, f'{attribute}="{value}" {problem}', element)
        return not problem

    def _read_rules(self, element: Element) -> None:
        relations = (element.attribute("rel") or "").lower().split()
        if element.name == "link" and "its-rules" in relations:
            self._read_linked(element, (element.attribute("href") or "").strip())
        kind = (element.attribute("type") or "").partition(";")[0].strip().lower()
        if element.name == "script" and kind == "application/its+xml":
            content = element.content
            line = self._page.lines.at(content.start)
            self._parse(self._page.text[slice(*content)], self._page.path, line)

    def _read_linked(self, element: Element, href: str) -> None:
        file = self._load(href, self._page.path) if self._load else None
        if file is None:
            message = f'the ITS rules "{href}" cannot be found and are left out of account'
            self._report("its-rules-missing", Severity.ERROR, message, element)
        else:
            self._parse(file.data, file.path, 1)

    def _parse(self, data: bytes | str, path: str, line: int) -> None:
        self.rules += parse(data, path=path, line=line, load=self._load, blame=SourceError)

    def _report(self, code: str, severity: Severity, message: str, element: Element) -> None:
        line = self._page.lines.at(element.start)
        self.findings.append(Finding(code, severity, message, self._page.path, line))

    # -- rules

    def apply(self, rule: Rule) -> None:
        """Take in what a rule says of the parts of the page that it selects."""
        same_everywhere = None if rule.pointers else marks_of(rule.said)
        for part in self._finder.select(rule):
            marks = same_everywhere or self._pointed(rule, part)
            if part.attribute is None:
                self.elements[part.place] = over(self.elements.get(part.place), marks)
            else:
                at = (part.place, part.attribute)
                self.attributes[at] = over(self.attributes.get(at), marks)

    def _pointed(self, rule: Rule, part: Part) -> Marks:
        said = dict(rule.said)
        for name, pointer in rule.pointers.items():
            if name == "targetPointer":
                parts = self._finder.parts(rule, pointer, part)
                return Marks(target=Target(pointer.substituted, parts[0] if parts else None))
            texts = self._finder.texts(rule, pointer, part)
            if name == "domains":
                return Marks(domains=domains_of(texts, rule.mapping) or None)
            if texts and self._is_fit(name, texts[0].strip(), rule):
                said[name] = texts[0].strip()
        # An element's id is its identifier, whatever the rule would make one of (ITS §8.14).
        if said.get("idValue") and part.attribute is None and part.place >= 0:
            said["idValue"] = self._page.elements[part.place].attribute("id") or said["idValue"]
        return marks_of(said)

    def _is_fit(self, name: str, value: str, rule: Rule) -> bool:
        problem = problem_of(name, value)
        if problem:
            message = f'{name} is "{value}" on {self._page.path}, which {problem}'
            finding = Finding("its-value", Severity.WARNING, message, rule.path, rule.line)
            self.findings.append(finding)
        return not problem

    def handover(self) -> None:
        """Give what is said of parts of tables that have no tags to the elements in them."""
        if all(place >= 0 for place in self.elements):
            return
        for place, children in self._finder.implied.items():
            marks = self.elements.pop(place, None)
            for child in children if marks else ():
                weaker = inherited(marks or Marks())
                self.elements[child] = over(weaker, self.elements.get(child))

    def report_unchecked(self) -> None:
        """Tell of limits that no text can be held to."""
        of_attributes = ((place, marks) for (place, _), marks in self.attributes.items())
        unclear: dict[str, int] = {}
        for place, marks in (*self.elements.items(), *self.local.items(), *of_attributes):
            allowed, storage = marks.allowed_characters, marks.storage
            if allowed is not None and not is_character_class(allowed):
                unclear.setdefault(f'the allowed characters "{allowed}"', place)
            if storage and not is_encoding(storage.encoding):
                unclear.setdefault(f'the storage encoding "{storage.encoding}"', place)
        for what, place in unclear.items():
            message = f"{what} cannot be understood, so that nothing is checked against it"
            self._report("its-unchecked", Severity.WARNING, message, self._page.elements[place])


_name = attrgetter("name")


def _keyword(attribute: str, value: str) -> str:
    # HTML §3.2.6: `translate` alone means yes.
    return "yes" if attribute == "translate" and not value else value.lower()
