"""Findings as other programs read them, each put at its file and line.

    lines(findings, form="github")    ::error file=locales/vi/…,line=12,title=number-changed::5 mg …
    lines(findings, form="sarif")     one JSON document (OASIS SARIF 2.1.0)
    waiting(run)                      the pages that were not published, as findings

Both name files by where the program stands, often the top of a repository, and not the project.
Given the catalogs' lines, they name the columns of the words that a finding is about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any, Literal, TypeAlias
from urllib.parse import quote

from polypage import __version__
from polypage.checking.checklist import CHECKS
from polypage.model import Finding, Severity, Status
from polypage.runs.answers import bare
from polypage.runs.outcomes import Run
from polypage.runs.positions import Position, position

Form: TypeAlias = Literal["sarif", "github"]


Read: TypeAlias = Callable[[str], Sequence[str]]
"""Gives the lines of a file by its path below the project's root; none where it cannot be read."""


def lines(
    findings: Sequence[Finding], *, form: Form, folder: str = ".", read: Read = lambda _: ()
) -> Iterator[str]:
    """Yield the lines to print; `folder` is the project's, from where the program stands."""
    placed = [(finding, _position(finding, read)) for finding in findings]
    if form == "sarif":
        yield json.dumps(_sarif(placed, folder), ensure_ascii=False, indent=2)
    else:
        yield from (_command(finding, at, folder) for finding, at in placed)


def waiting(run: Run) -> Iterator[Finding]:
    """Yield the pages that were recalled or held, at what has to be done for them.

    They make the exit status 1, whether anything was found or not.
    """
    pages = (*run.recalled, *run.held)
    asked = {(page.slug, page.locale) for page in pages}
    places = {
        (one.slug, one.locale): (one.path, one.backlog.line)
        for one in (bare(run.checked) if asked else ())
        if (one.slug, one.locale) in asked
    }
    for page in pages:
        path, line = places.get((page.slug, page.locale), (page.path, None))
        message = f"{page.path} is {page.status}: {page.reason}"
        if page.status is Status.RECALLED:
            yield Finding("page-recalled", Severity.ERROR, message, path, line)
        else:
            yield Finding("page-held", Severity.WARNING, message, path, line)


_Placed: TypeAlias = tuple[Finding, Position | None]
"""A finding, and where the words stand that it is about, if that is known."""


def _position(finding: Finding, read: Read) -> Position | None:
    if finding.target is None or finding.line is None:
        return None
    return position(read(finding.path), finding.line, finding.target)


def _path(finding: Finding, folder: str) -> str:
    return str(PurePosixPath(folder, finding.path))


# --- GitHub -----------------------------------------------------------------------------------

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _command(finding: Finding, at: Position | None, folder: str) -> str:
    """Write a workflow command, as GitHub's documentation of workflow commands describes it."""
    places: dict[str, object] = {"file": _path(finding, folder), "line": finding.line or 1}
    if at:
        places["line"] = at.line
        # Columns are of one line: GitHub refuses them where there are several.
        one_line = at.line == at.end_line
        places |= {"col": at.column, "endColumn": at.end_column} if one_line else {}
    places["title"] = finding.code
    options = ",".join(f"{name}={_option(str(value))}" for name, value in places.items())
    return f"::{_COMMANDS[finding.severity]} {options}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _option(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# --- SARIF ------------------------------------------------------------------------------------

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ABOUT = {check.code: check for check in CHECKS}


def _sarif(placed: Sequence[_Placed], folder: str) -> dict[str, Any]:
    codes = list(dict.fromkeys(finding.code for finding, _ in placed))
    driver = {
        "name": "polypage",
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in codes],
    }
    results = [_result(*each, folder, codes.index(each[0].code)) for each in placed]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    """Describe a reportingDescriptor (§3.49); what is not found in entries has only its name."""
    check = _ABOUT.get(code)
    if check is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": check.about},
        "help": {"text": _LINK.sub(r"\1", check.advice)},
        "properties": {"tags": [check.family]},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }


_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
"""A link of our documentation, which leads nowhere from elsewhere."""


def _result(finding: Finding, at: Position | None, folder: str, rule: int) -> dict[str, Any]:
    """Describe a result (§3.27); its properties have what other programs need not understand."""
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(_path(finding, folder))}}
    if finding.line is not None:
        location["region"] = _region(finding, at)
    texts = {"source": finding.source, "target": finding.target}
    properties = {name: asdict(text) for name, text in texts.items() if text is not None}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": location}],
        **({"properties": properties} if properties else {}),
    }


def _region(finding: Finding, at: Position | None) -> dict[str, Any]:
    """Describe a region (§3.30): the words where their place is known, or else the line."""
    if at is None or finding.target is None:
        return {"startLine": finding.line}
    region: dict[str, Any] = {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }
    start, end = finding.target.spans[0]
    # An escape is longer than what it stands for, and a snippet is what the file has.
    if (at.line, at.end_column - at.column) == (at.end_line, end - start):
        region["snippet"] = {"text": finding.target.text[start:end]}
    return region
