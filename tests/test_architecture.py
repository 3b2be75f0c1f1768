"""What holds for the code as a whole; who may import whom stands in pyproject.toml."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from subprocess import run

import pytest

from tests.conftest import ROOT

CORE = sorted((ROOT / "polypage").rglob("*.py"))
FLOWS = sorted((ROOT / "flows").rglob("*.py"))
SCREEN = 60
"""How many lines a function may have at most."""


def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


each_module = pytest.mark.parametrize("path", CORE, ids=name)


def test_imports_lead_the_way_they_may() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    done = run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@each_module
def test_a_module_says_in_its_first_line_what_it_does(path: Path) -> None:
    said = ast.get_docstring(syntax(path)) or ""

    assert said.split("\n", 1)[0].endswith((".", ":"))


@each_module
def test_a_function_fits_on_a_screen(path: Path) -> None:
    long = {
        function.name: function.end_lineno - function.lineno + 1
        for function in functions(path)
        if function.end_lineno and function.end_lineno - function.lineno >= SCREEN
    }

    assert not long


READ_ELSEWHERE = {
    "polypage/files.py": "it is the door",
    "polypage/language/lexicon.py": "the package's own data",
    "polypage/preview/framing.py": "the package's own data",
    "polypage/status/page.py": "the package's own data",
    "polypage/runs/scaffold.py": "the package's own data",
    "polypage/runs/stages/batch.py": "the package's own code",
    "polypage/cli/reports.py": "the lines of files that were read before",
    "polypage/runs/pageimport.py": "a file that somebody names, and may be a pipe",
    "polypage/runs/repository.py": "files that git names",
    "polypage/runs/inspections.py": "a file that somebody names, and may be a pipe",
    "polypage/runs/stages/importing.py": "a file that somebody names, and may be a pipe",
}
"""Modules that read files without `polypage.files`, and why they may."""
_READ = frozenset({"read_bytes", "read_text"})


@each_module
def test_files_of_a_project_are_read_through_one_door(path: Path) -> None:
    read = {
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(syntax(path))
        if (isinstance(node, ast.Attribute) and node.attr in _READ)
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "open")
        or (isinstance(node, ast.Call) and ast.unparse(node).endswith(".open('rb')"))
    }

    assert bool(read) == (name(path) in READ_ELSEWHERE), read


@each_module
def test_values_are_frozen_unless_they_are_private(path: Path) -> None:
    loose = [
        node.name
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and any("dataclass" in ast.unparse(each) for each in node.decorator_list)
        and not any("frozen=True" in ast.unparse(each) for each in node.decorator_list)
    ]

    assert not loose


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_has_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    pinned = re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==", text, re.MULTILINE)

    assert "://" not in text
    assert "--index-url" not in text
    assert len(pinned) > 20
    assert len(re.findall(r"^[\w.-]+.* \\\n    --hash=sha256:", text, re.MULTILINE)) == len(pinned)


def test_the_locks_hold_what_the_project_depends_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["build"]
    locked = (ROOT / "requirements.lock").read_text("utf-8")
    locked_too = (ROOT / "requirements-dev.lock").read_text("utf-8")

    for requirement in wanted:
        package = re.match(r"[\w.-]+", requirement)
        assert package
        assert f"\n{package[0]}==" in locked
        assert f"\n{package[0]}==" in locked_too


def test_both_locks_hold_the_same_versions() -> None:
    run_with, developed_with = (
        set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    )

    assert run_with <= developed_with


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(syntax(path)):
        match node:
            case ast.Import(names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]


def test_what_is_imported_is_declared() -> None:
    """Else it works here by accident, through a dependency of a dependency."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[^\w.-]", each)[0].lower() for each in project["dependencies"]}
    wanted = {name for path in [*CORE, *FLOWS] for name in imported(path)}
    outside = wanted - set(sys.stdlib_module_names) - {"polypage", "flows"}

    packages = packages_distributions()
    undeclared = {
        name
        for name in outside
        if not declared & {package.lower().replace("_", "-") for package in packages[name]}
    }

    assert not undeclared


def test_every_target_of_make_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony

    explained = re.findall(r"^([a-z-]+):.* ## ", makefile, re.MULTILINE)

    assert phony[1].split() == explained
