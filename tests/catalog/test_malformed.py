from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from polypage.catalogs.catalog import parse, read
from polypage.errors import CatalogError


class Case(NamedTuple):
    """A file, what is wrong with it, and on which line."""

    problem: str
    line: int
    data: bytes


def read_cases() -> Iterator[Case]:
    text = (Path(__file__).parent / "malformed.txt").read_text("utf-8")
    parts = re.split(r"^# (.+) @ (\d+)\n", text, flags=re.MULTILINE)[1:]
    for problem, line, file in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        content = file.rstrip("\n") + "\n"
        content = content.replace("‡\n", "").replace("¶", "\0")
        yield Case(problem, int(line), content.encode())


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.problem)
def test_a_malformed_file_is_refused_with_line_and_remedy(case: Case) -> None:
    with pytest.raises(CatalogError) as caught:
        parse(case.data, path="de/dose.po")

    assert (caught.value.problem, caught.value.line) == (case.problem, case.line)
    assert caught.value.remedy
    assert str(caught.value).startswith(f"de/dose.po:{case.line}: ")


LOSES_TEXT_IN_MSGCAT = {
    "declares charset=ISO-8859-1 but is written in UTF-8",
    "has bytes that no text has",
    r"\000 is an escape that means nothing",
}


@pytest.mark.needs_program("msgcat")
@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.problem)
def test_msgcat_refuses_it_too_or_loses_text(tmp_path: Path, case: Case) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(case.data)

    done = subprocess.run(["msgcat", path], capture_output=True, check=False)

    assert (done.returncode == 0) == (case.problem in LOSES_TEXT_IN_MSGCAT)


def test_a_file_that_is_not_there_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"gone\.po: cannot be read: No such file"):
        read(tmp_path / "gone.po")


@pytest.mark.parametrize("bom", ["utf-16", "utf-32"])
def test_other_unicode_encodings_are_refused(bom: str) -> None:
    with pytest.raises(CatalogError, match="save it as UTF-8"):
        parse('msgid "Dose"\nmsgstr "Dosis"\n'.encode(bom), path="dose.po")
