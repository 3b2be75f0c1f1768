"""ITS 2.0 rules, read from XML: what an author says of a page's parts, apart from the page.

    <its:rules xmlns:its="http://www.w3.org/2005/11/its" version="2.0"
               xmlns:h="http://www.w3.org/1999/xhtml">
      <its:param name="code">x-code</its:param>
      <its:translateRule selector="//h:span[@class=$code]" translate="no"/>
    </its:rules>

gives

    Rule("translateRule", Expression("//h:span[@class=$code]", …), said={"translate": "no"})

A rule says things outright (`said`), or points to where the page says them (`pointers`); both go
by the names that ITS gives to the values: `locNote` for `locNote` and `locNotePointer`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias, cast

from lxml import etree

from polypage.errors import PolypageError, SettingsError
from polypage.html.selectors import check
from polypage.html.xmltree import declares_entities, parse_warily


class LinkedFile(NamedTuple):
    """A file of rules that a page or another such file links to."""

    path: str
    data: bytes


Loader: TypeAlias = Callable[[str, str], LinkedFile | None]
"""Finds the file that a link leads to, from its `href` and the path of the file that it is in;
None where there is no such file, or none that may be read."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A selector or a pointer, with the names it may use."""

    text: str
    css: bool = False
    """A CSS selector; else XPath."""
    namespaces: tuple[tuple[str, str], ...] = ()
    variables: tuple[tuple[str, str], ...] = ()

    @property
    def is_prefixed(self) -> bool:
        """Whether it names elements by namespace; HTML's own are meant otherwise."""
        return not self.css and any(match["prefix"] for match in _NAMES.finditer(self.text))

    @property
    def substituted(self) -> str:
        """The expression with its variables' values in their places."""
        values = dict(self.variables)
        return _NAMES.sub(lambda m: _quoted(values[m["name"]]) if m["name"] else m[0], self.text)


_NAMES = re.compile(
    r""" "[^"]*" | '[^']*'
    | \$ (?P<name> [\w.-]+ (?: : [\w.-]+ )? )
    | (?<! [\w.-] ) (?P<prefix> [^\W\d] [\w.-]* ) : (?= [\w*] )
    """,
    re.VERBOSE,
)
"""In XPath: literals, which hide what they hold, variables, and prefixes."""


def _quoted(value: str) -> str:
    return f'"{value}"' if "'" in value else f"'{value}'"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it selects, and what it says of that."""

    name: str
    """Of its element: `translateRule`."""
    selector: Expression
    said: Mapping[str, str] = field(default_factory=dict)
    pointers: Mapping[str, Expression] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    """What domains are called here, by what the page calls them."""
    path: str = ""
    line: int = 1
    blame: type[PolypageError] = SettingsError
    """What is raised when it turns out that it cannot be applied."""


def parse(
    data: bytes | str,
    *,
    path: str,
    line: int = 1,
    load: Loader | None = None,
    blame: type[PolypageError] = SettingsError,
) -> tuple[Rule, ...]:
    """Read the rules of a file, or of the part of a page that begins at a line; the last wins.

    Raises:
        PolypageError: They cannot be read; `blame` says which kind of error it is.
    """
    return tuple(_rules(data, _File(path, line, load, blame, (path,))))


ITS: Final = "{http://www.w3.org/2005/11/its}"
_HREF = "{http://www.w3.org/1999/xlink}href"

KEYWORDS: Final = {
    "translate": ("yes", "no"),
    "term": ("yes", "no"),
    "withinText": ("yes", "no", "nested"),
    "locNoteType": ("description", "alert"),
    "dir": ("ltr", "rtl", "lro", "rlo", "auto"),
    "localeFilterType": ("include", "exclude"),
    "lineBreakType": ("lf", "cr", "crlf", "nel"),
    "space": ("default", "preserve"),
}
"""Values of which there are a few."""

_NEEDED: Final = {
    "translateRule": ("translate",),
    "withinTextRule": ("withinText",),
    "locNoteRule": ("locNote", "locNotePointer", "locNoteRef", "locNoteRefPointer"),
    "termRule": ("term",),
    "dirRule": ("dir",),
    "langRule": ("langPointer",),
    "domainRule": ("domainPointer",),
    "localeFilterRule": ("localeFilterList",),
    "idValueRule": ("idValue",),
    "preserveSpaceRule": ("space",),
    "externalResourceRefRule": ("externalResourceRefPointer",),
    "targetPointerRule": ("targetPointer",),
    "allowedCharactersRule": ("allowedCharacters", "allowedCharactersPointer"),
    "storageSizeRule": ("storageSize", "storageSizePointer"),
}
"""The rules, and the attributes of which each must have one."""

_ALSO: Final = {
    "locNoteRule": ("locNoteType",),
    "termRule": ("termInfoPointer", "termInfoRef", "termInfoRefPointer"),
    "localeFilterRule": ("localeFilterType",),
    "storageSizeRule": ("storageEncoding", "storageEncodingPointer", "lineBreakType"),
}
"""The attributes that a rule may have besides; `domainMapping` is read apart."""

_OF_NO_CONCERN: Final = frozenset(
    ("locQualityIssueRule", "mtConfidenceRule", "provRule", "rubyRule", "textAnalysisRule")
)
"""Rules about how a text came to be; and ITS 1.0's for ruby."""

_POINTERS: Final = {
    "locNotePointer": "locNote",
    "locNoteRefPointer": "locNoteRef",
    "termInfoPointer": "termInfo",
    "termInfoRefPointer": "termInfoRef",
    "langPointer": "lang",
    "domainPointer": "domains",
    "idValue": "idValue",
    "externalResourceRefPointer": "externalResourceRef",
    "targetPointer": "targetPointer",
    "allowedCharactersPointer": "allowedCharacters",
    "storageSizePointer": "storageSize",
    "storageEncodingPointer": "storageEncoding",
}
"""Attributes that hold expressions, and the value that each leads to."""


def problem_of(name: str, value: str) -> str | None:
    """Return what is wrong with a value of ITS, if anything is: "must be yes or no"."""
    if name in KEYWORDS and value not in KEYWORDS[name]:
        *others, last = KEYWORDS[name]
        return f"must be {', '.join(others)} or {last}"
    if name == "storageSize" and not re.fullmatch("[0-9]{1,18}", value):
        return "must be a number of bytes"
    return None


class _File(NamedTuple):
    """Where rules are being read from."""

    path: str
    line: int
    """Where the XML begins."""
    load: Loader | None
    blame: type[PolypageError]
    trail: tuple[str, ...]
    """The files that led to it, and itself."""

    def line_of(self, node: etree._Element) -> int:
        return self.line + (cast("int | None", node.sourceline) or 1) - 1

    def error(
        self, node: etree._Element, problem: str, *, remedy: str = "correct the rules"
    ) -> PolypageError:
        return self.blame(self.path, problem, line=self.line_of(node), remedy=remedy)


def _rules(data: bytes | str, file: _File) -> Iterator[Rule]:
    # An XML declaration must come first, also in a script element.
    encoded = data.encode() if isinstance(data, str) else data
    xml = encoded.lstrip()
    skipped = encoded.count(b"\n", 0, len(encoded) - len(xml))
    file = file._replace(line=file.line + skipped)
    root = _root(xml, "utf-8" if isinstance(data, str) else None, file)
    found = list(root.iter(f"{ITS}rules"))
    if not found:
        raise file.error(root, "holds no its:rules element")
    for each in found:
        # Rules that are linked to are weaker than those beside the link (ITS §5.5).
        yield from _linked(each, file)
        yield from _own(each, file)


def _root(xml: bytes, encoding: str | None, file: _File) -> etree._Element:
    try:
        root = parse_warily(xml, encoding=encoding)
    except etree.XMLSyntaxError as exc:
        problem = f"is no XML: {str(exc.msg).rpartition(', line ')[0]}"
        line = file.line + (exc.lineno or 1) - 1
        raise file.blame(file.path, problem, line=line, remedy="correct it") from exc
    if declares_entities(root):
        raise file.error(root, "declares entities", remedy="write out what they stand for")
    return root


def _linked(rules: etree._Element, file: _File) -> Iterator[Rule]:
    href = rules.get(_HREF)
    if href is None:
        return
    linked = file.load(href, file.path) if file.load else None
    if linked is None:
        remedy = "put it next to this file, or take the link out"
        raise file.error(rules, f'links to "{href}", which cannot be found', remedy=remedy)
    if linked.path in file.trail:
        raise file.error(rules, f'links to "{href}", which leads back here')
    yield from _rules(
        linked.data, file._replace(path=linked.path, line=1, trail=(*file.trail, linked.path))
    )


def _own(rules: etree._Element, file: _File) -> Iterator[Rule]:
    language = rules.get("queryLanguage", "xpath").lower()
    if language not in ("xpath", "css"):
        raise file.error(rules, f'queryLanguage="{language}" is neither xpath nor css')
    variables = tuple(
        (param.get("name", ""), param.text or "") for param in rules.iterchildren(f"{ITS}param")
    )
    scope = Expression("", language == "css", (), variables)
    for node in rules.iterchildren():
        name = str(node.tag).removeprefix(ITS)
        if name not in {node.tag, "param", *_OF_NO_CONCERN}:
            yield _Reader(node, name, scope, file).rule()


class _Reader(NamedTuple):
    """A rule's element that is being read."""

    node: etree._Element
    name: str
    scope: Expression
    """What its expressions have in common."""
    file: _File

    def rule(self) -> Rule:
        name = self.name
        if name not in _NEEDED:
            raise self._error(f"its:{name} is no rule of ITS 2.0")
        written = {str(key): str(value) for key, value in self.node.attrib.items()}
        written |= _note(self.node)
        if not any(each in written for each in _NEEDED[name]):
            raise self._error(f"its:{name} has no {' or '.join(_NEEDED[name])}")
        known = [each for each in (*_NEEDED[name], *_ALSO.get(name, ())) if each in written]
        return Rule(
            name,
            self._selector(),
            {each: self._value(each, written[each]) for each in known if each not in _POINTERS},
            {_POINTERS[each]: self._expression(each) for each in known if each in _POINTERS},
            _mapping(written.get("domainMapping", "")),
            self.file.path,
            self.file.line_of(self.node),
            self.file.blame,
        )

    def _error(self, problem: str) -> PolypageError:
        return self.file.error(self.node, problem)

    def _selector(self) -> Expression:
        selector = self._expression("selector")
        if not selector.text:
            raise self._error(f"its:{self.name} has no selector")
        if not selector.css and not selector.text.startswith(("/", "id(", "(")):
            raise self._error(f'selector="{selector.text}" must begin with /')
        return selector

    def _value(self, attribute: str, written: str) -> str:
        value = written.strip().lower() if attribute in KEYWORDS else written
        problem = problem_of(attribute, value)
        if problem:
            raise self._error(f'{attribute}="{written}" {problem}')
        return value

    def _expression(self, attribute: str) -> Expression:
        namespaces = tuple((prefix, uri) for prefix, uri in self.node.nsmap.items() if prefix)
        text = self.node.get(attribute, "").strip()
        expression = replace(self.scope, text=text, namespaces=namespaces)
        problem = (
            (_problem_of_css if expression.css else _problem_of_xpath)(expression) if text else None
        )
        if problem:
            kind = "a CSS selector" if expression.css else 'XPath 1.0, or say queryLanguage="css"'
            problem = f'{attribute}="{text}": {problem}'
            raise self.file.error(self.node, problem, remedy=f"write {kind}")
        return expression


def _note(node: etree._Element) -> dict[str, str]:
    note = node.find(f"{ITS}locNote")
    return {} if note is None else {"locNote": " ".join(str(note.xpath("string()")).split())}


def _problem_of_css(expression: Expression) -> str | None:
    return check(expression.text)


def _mapping(text: str) -> dict[str, str]:
    """Read pairs of what a page says and what is meant: `'criminal law' law, sports leisure`."""
    return {_unquoted(pair["theirs"]): _unquoted(pair["ours"]) for pair in _MAPPED.finditer(text)}


_MAPPED = re.compile(
    r"""\s* (?P<theirs> "[^"]*" | '[^']*' | [^\s,"'][^\s,]* )
        \s+ (?P<ours>   "[^"]*" | '[^']*' | [^\s,"'][^\s,]* ) \s* (?: , | \Z )""",
    re.VERBOSE,
)


def _unquoted(text: str) -> str:
    return text[1:-1] if text[0] in "\"'" else text


def _problem_of_xpath(expression: Expression) -> str | None:
    prefixes, variables = {"xml", *dict(expression.namespaces)}, dict(expression.variables)
    for match in _NAMES.finditer(expression.text):
        if match["prefix"] and match["prefix"] not in prefixes:
            return f"the prefix {match['prefix']} is not declared"
        if match["name"] and match["name"] not in variables:
            return f"there is no its:param called {match['name']}"
    try:
        compiled(expression.text, expression.namespaces)
    except etree.XPathError as exc:
        return str(exc)
    return None


@lru_cache(maxsize=1024)
def compiled(text: str, namespaces: tuple[tuple[str, str], ...]) -> etree.XPath:
    """Make an XPath expression ready for use.

    Raises:
        XPathError: It is none.
    """
    written = _IDENTIFIED.sub(r"//*[@id=\1]", text)
    return etree.XPath(written, namespaces=dict(namespaces), regexp=False)


# XPath's own function knows identifiers by a document type alone, and HTML's has none of them.
_IDENTIFIED = re.compile(r"""(?<![\w:-])id\(\s*('[^']*'|"[^"]*"|\$[\w.-]+)\s*\)""")
