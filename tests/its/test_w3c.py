"""The HTML files of the W3C's ITS 2.0 test suite: what it expects of them is what is read.

What the verdicts on a page's elements say is taken from them; of the rest, what is read of the page.

The files lie beside the project, since they may be passed on only as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from polypage.html.document import Document, select
from polypage.html.document import read as read_document
from polypage.html.tree import Element
from polypage.limits import LocaleFilter, is_for_all
from polypage.rules.its import Its, read
from polypage.rules.its_marks import Marks, inherited, over
from polypage.rules.its_rules import LinkedFile
from polypage.rules.judging import Rules, Verdict, judge
from tests.its.inheritance import defaulted, of_attribute, resolve


def pages(suite: Path) -> Iterator[tuple[Path, Path]]:
    """Yield the pages that the suite expects something of, and the files that say what."""
    for page in sorted(suite.glob("inputdata/*/html/*.html")):
        folder = suite / "expected" / page.parent.relative_to(suite / "inputdata")
        expected = folder / f"{page.stem}output.txt"
        if expected.is_file() and page.parts[-3] in CELLS:
            yield page, expected


def test_the_pages_of_the_suite_are_read_as_it_expects(shared: Path) -> None:
    wrong: dict[str, list[str]] = {}
    count = 0

    for page, expected in pages(shared / "cases" / "its"):
        document = read_document(page.read_bytes(), path=str(page))
        its = read(document, load=beside)
        written = list(lines(document, its, CELLS[page.parts[-3]]))
        count += 1
        if written != list(cleaned(expected)) or its.findings:
            wrong[page.stem] = sorted({*written} ^ {*cleaned(expected)})

    assert count, "there are no pages"
    assert not wrong


def beside(href: str, path: str) -> LinkedFile | None:
    file = Path(path).with_name(href)
    return LinkedFile(str(file), file.read_bytes()) if file.is_file() else None


def cleaned(expected: Path) -> Iterator[str]:
    """Yield the lines without what the suite leaves to chance: line ends, empty cells."""
    for line in expected.read_text("utf-8-sig").splitlines():
        if line.strip():
            yield "\t".join(filter(None, line.rstrip().split("\t")))


# --- the suite's own format -------------------------------------------------------------------

Cells = Mapping[str, str | None]


class Paths:
    """The path of each element that has been asked for: `/html/body[1]/p[2]`."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.implied: dict[int, str] = {}
        """For tables, the part without a tag that the next rows go into."""
        self._siblings: Counter[str] = Counter()

    def of(self, element: Element, around: Element | None) -> str:
        path = f"/{element.name}"
        if around is not None:
            above = self.paths[around.place]
            if (around.name, element.name) == ("table", "tr"):
                if around.place not in self.implied:
                    self.implied[around.place] = self.below(above, "/tbody")
                above = self.implied[around.place]
            elif around.name == "table":
                self.implied.pop(around.place, None)
            path = self.below(above, path)
        self.paths.append(path)
        return path

    def below(self, above: str, name: str) -> str:
        self._siblings[above + name] += 1
        return f"{above}{name}[{self._siblings[above + name]}]"


def lines(document: Document, its: Its, category: Callable[[Marks], Cells]) -> Iterator[str]:
    """Yield a line for each element and attribute: its path, and what the category says of it."""
    elements = document.elements
    verdicts = judge(document, Rules(), partial(select, document), source_tag="en", its=its)
    resolved = resolve(elements, its)
    paths = Paths()
    for element, marks in zip(elements, resolved, strict=True):
        before = set(paths.implied.values())
        path = paths.of(element, elements[element.parent] if element.place else None)
        for implied in set(paths.implied.values()) - before:
            around = inherited(resolved[element.parent])
            yield line(implied, category(defaulted(around, name="tbody")))
        judged = as_judged(defaulted(marks, name=element.name), verdicts[element.place])
        yield line(path, category(judged))
        for name in sorted(each.name for each in element.tag.attributes) if element.tag else ():
            said = its.attributes.get((element.place, name))
            of_it = of_attribute(marks, said, name=name)
            yield line(f"{path}/@{name}", category(defaulted(of_it)))


def as_judged(marks: Marks, verdict: Verdict) -> Marks:
    """Put what the verdict on an element says of it over what is read of the page."""
    is_foreign_language = verdict.reason == "language"
    said = marks.locales if marks.locales and is_for_all(marks.locales) else LocaleFilter()
    return replace(
        over(marks, verdict.own),
        translate=marks.translate if is_foreign_language else verdict.translate,
        domains=verdict.topics or None,
        locales=verdict.locales or said,  # to a verdict all are the same that are for all
        allowed_characters=verdict.allowed,
        preserve_space=verdict.preserve_space,
    )


def line(path: str, cells: Cells) -> str:
    written = (f'{name}="{value}"' for name, value in sorted(cells.items()) if value is not None)
    return "\t".join((path, *written))


def translate(marks: Marks) -> Cells:
    return {"translate": "yes" if marks.translate else "no"}


def note(marks: Marks) -> Cells:
    said = marks.note
    if said is None:
        return {}
    return {
        "locNote": said.text or None,
        "locNoteRef": said.reference or None,
        "locNoteType": "alert" if said.alert else "description",
    }


def term(marks: Marks) -> Cells:
    said = marks.term
    assert said
    programs = (f"{category}|{program}" for category, program in marks.annotators or ())
    return {
        "term": "yes" if said.is_term else "no",
        "termInfo": said.info or None,
        "termInfoRef": said.reference or None,
        "termConfidence": said.confidence or None,
        "annotatorsRef": " ".join(programs) or None,
    }


def locales(marks: Marks) -> Cells:
    said = marks.locales
    assert said
    kind = "exclude" if said.exclude else "include"
    return {"localeFilterList": said.languages, "localeFilterType": kind}


def storage(marks: Marks) -> Cells:
    said = marks.storage
    if said is None:
        return {}
    return {
        "storageSize": str(said.size),
        "storageEncoding": said.encoding,
        "lineBreakType": said.line_break,
    }


CELLS: Mapping[str, Callable[[Marks], Cells]] = {
    "translate": translate,
    "elementswithintext": lambda marks: {"withinText": marks.within_text},
    "localizationnote": note,
    "languageinformation": lambda marks: {"lang": marks.language},
    "directionality": lambda marks: {"dir": marks.direction},
    "terminology": term,
    "idvalue": lambda marks: {"idValue": marks.id_value},
    "domain": lambda marks: {"domains": ", ".join(marks.domains) if marks.domains else None},
    "localefilter": locales,
    "allowedcharacters": lambda marks: {"allowedCharacters": marks.allowed_characters},
    "storagesize": storage,
    "externalresource": lambda marks: {"externalResourceRef": marks.external_resource},
    "targetpointer": lambda marks: {
        "targetPointer": marks.target.pointer if marks.target else None
    },
}
