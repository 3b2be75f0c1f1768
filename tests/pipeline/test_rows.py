"""What the ledger keeps is what was written, by this very code, or nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from polypage.runs.basis import Basis
from polypage.runs.records import shape
from polypage.runs.rows import Common, Rows
from polypage.runs.settled import Outcomes, Packed, Settled
from polypage.runs.stamps import Stamps
from tests.conftest import ROOT
from tests.pipeline.projects import changed

STAMPS = Stamps(bytes(range(64)), bytes(range(32)))
STAGES = (Packed(b"[2]"), Packed(b"[3]", b"{}", b"[[]]"), Packed(b""), Packed(b"[5]", b"{6}"))
SETTLED = Settled("dose", "dose.html", "b", "v", STAMPS, b"[1]", *STAGES)
COMMON = Common(Basis("", STAMPS, ("0a", "0b")), "world")

PLACES = st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=3)


def _kept() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "ledger.sqlite3"
        Rows(path).put([SETTLED], COMMON, without=())
        assert [*Rows(path).all()] == [SETTLED]
        assert Rows(path).common() == COMMON
        return path.read_bytes()


KEPT = _kept()


@settings(max_examples=300)
@given(PLACES)
def test_what_was_damaged_is_not_there_and_is_made_anew(changes: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "ledger.sqlite3"
        path.write_bytes(changed(KEPT, changes))
        rows = Rows(path)

        found, common = [*rows.all()], rows.common()

        assert found in ([], [SETTLED])
        assert common in (None, COMMON)


def test_what_other_code_wrote_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(KEPT)
    other = tmp_path / "other"
    shutil.copytree(ROOT / "polypage", other / "polypage")
    model = other / "polypage/model.py"
    field = "    rejected: int = 0\n"
    model.write_text(
        model.read_text("utf-8").replace(field, f"{field}    more: int = 0\n"), "utf-8"
    )

    assert _slugs(path, code=ROOT) == "['dose']\n"
    assert _slugs(path, code=other) == "[]\n"


def _slugs(path: Path, *, code: Path) -> str:
    """Read a ledger in a process that has this code."""
    asked = (
        "import sys; from pathlib import Path; from polypage.runs.rows import Rows\n"
        "print([row.slug for row in Rows(Path(sys.argv[1])).all()])"
    )
    return subprocess.run(
        [sys.executable, "-c", asked, str(path)],
        cwd=code,
        env={**os.environ, "PYTHONPATH": str(code)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_file_with_other_columns_holds_nothing_and_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE articles (slug TEXT PRIMARY KEY, found BLOB, proof BLOB)")
        connection.execute("INSERT INTO articles VALUES ('dose', x'00', x'00')")
    rows = Rows(path)
    before = [*rows.all()]

    rows.put([SETTLED], COMMON, without=())

    assert (before, [*rows.all()]) == ([], [SETTLED])


def test_a_shape_goes_all_the_way_down() -> None:
    assert shape(Outcomes) == shape(Outcomes)
    assert len({shape(Outcomes), shape(Settled), shape(Stamps), shape(tuple[Stamps, ...])}) == 4
