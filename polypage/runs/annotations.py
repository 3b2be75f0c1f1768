"""Findings as other programs read them, each put at its file and line.

    lines(findings, form="github")    ::error file=locales/vi/…,line=12,title=number-changed::5 mg …
    lines(findings, form="sarif")     one JSON document (OASIS SARIF 2.1.0)

Both name files by where the program stands, often the top of a repository, and not the project.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, Literal, TypeAlias
from urllib.parse import quote

from polypage import __version__
from polypage.checking.checklist import CHECKS
from polypage.model import Finding, Severity

Form: TypeAlias = Literal["sarif", "github"]


def lines(findings: Sequence[Finding], *, form: Form, folder: str = ".") -> Iterator[str]:
    """Yield the lines to print; `folder` is the project's, from where the program stands."""
    if form == "sarif":
        yield json.dumps(_sarif(findings, folder), ensure_ascii=False, indent=2)
    else:
        yield from (_command(finding, folder) for finding in findings)


def _path(finding: Finding, folder: str) -> str:
    return str(PurePosixPath(folder, finding.path))


# --- GitHub -----------------------------------------------------------------------------------

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _command(finding: Finding, folder: str) -> str:
    """Write a workflow command, as GitHub's documentation of workflow commands describes it."""
    places = {"file": _path(finding, folder), "line": finding.line or 1, "title": finding.code}
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


def _sarif(findings: Sequence[Finding], folder: str) -> dict[str, Any]:
    codes = list(dict.fromkeys(finding.code for finding in findings))
    driver = {
        "name": "polypage",
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in codes],
    }
    results = [_result(finding, folder, codes.index(finding.code)) for finding in findings]
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
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }


def _result(finding: Finding, folder: str, rule: int) -> dict[str, Any]:
    """Describe a result (§3.27)."""
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(_path(finding, folder))}}
    if finding.line is not None:
        location["region"] = {"startLine": finding.line}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": location}],
    }
