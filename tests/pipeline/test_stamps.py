"""Whether files are what they were."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from polypage.files import fingerprint
from polypage.runs.stamps import Stamps, moment, moved, stamp

TIMES = (0, 10**18, 4 * 10**18)
"""Nanoseconds: 1970, 2001, 2096."""

changes = st.lists(
    st.tuples(
        st.sampled_from(["one", "other"]),
        st.sampled_from([b"a", b"b", b"long", None]),
        st.sampled_from([*TIMES, None]),
    ),
    max_size=6,
)


@given(changes)
def test_whatever_is_written_and_whatever_time_it_is_given_is_noticed(
    written: list[tuple[str, bytes | None, int | None]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [str(folder / "one"), str(folder / "other")]
        stamps = stamp(paths, now=moment(folder))
        for file, data, time in written:
            _change(folder / file, data, time)

            stamps = stamp(paths, stamps, now=moment(folder))

            assert stamps.digests == b"".join(map(_fingerprint, paths))


def _change(path: Path, data: bytes | None, time: int | None) -> None:
    """Write a file, with the time it had or another; without data only give it another time."""
    before = path.stat().st_mtime_ns if path.exists() else None
    if data is not None:
        path.write_bytes(data)
    if path.exists() and (time or before) is not None:
        os.utime(path, ns=(time or before or 0, time or before or 0))


def _fingerprint(path: str) -> bytes:
    return fingerprint(Path(path).read_bytes()) if os.path.exists(path) else bytes(16)  # noqa: PTH110


def test_a_file_that_nobody_touched_is_looked_at_and_not_read(tmp_path: Path) -> None:
    path = _written(tmp_path, b"text")
    stamps = Stamps(stamp([path], now=moment(tmp_path)).marks, b"told so before..")

    assert stamp([path], stamps) is stamps


def test_a_file_as_young_as_the_clock_is_read_again(tmp_path: Path) -> None:
    now = moment(tmp_path)
    path = str(tmp_path / "page.html")
    Path(path).write_bytes(b"text")
    stamps = Stamps(stamp([path], now=now).marks, b"told so before..")

    assert stamp([path], stamps).digests == fingerprint(b"text")


def test_a_copy_is_the_same_under_other_marks(tmp_path: Path) -> None:
    path = _written(tmp_path, b"text")
    before = stamp([path], now=moment(tmp_path))

    shutil.copy2(path, tmp_path / "copy")
    found = stamp([str(tmp_path / "copy")], before)

    assert found.digests == before.digests
    assert moved(before, found)


def test_what_is_no_file_can_be_told_from_what_is_none(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").write_bytes(b"")

    names = ("folder", "empty", "none", "none/below")
    digests = [stamp([str(tmp_path / name)]).digests for name in names]

    assert len({*digests}) == 3
    assert digests[2] == digests[3]


def test_where_nothing_can_be_written_it_was_long_ago(tmp_path: Path) -> None:
    assert moment(tmp_path / "none") == 0


def _written(folder: Path, data: bytes) -> str:
    """Write a file that is older than the clock."""
    path = folder / "page.html"
    path.write_bytes(data)
    while moment(folder) <= path.stat().st_ctime_ns:
        pass
    return str(path)
