"""What tests of other systems stand on: that the system does refuse, there alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.refusals import refusing


def test_what_is_refused_is_refused_in_one_place_alone(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"")

    with refusing("link") as asked, pytest.raises(PermissionError):
        asked(os.link, tmp_path / "one", tmp_path / "other")
    os.link(tmp_path / "one", tmp_path / "third")

    assert {path.name for path in tmp_path.iterdir()} == {"one", "third"}


def test_a_refused_call_is_refused_for_the_argument_it_is_about(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    path = tmp_path / "one"
    path.write_bytes(b"")

    with path.open() as file, refusing("lease") as asked:
        flags = asked(fcntl.fcntl, file, fcntl.F_GETFD)
        with pytest.raises(OSError, match="Invalid argument"):
            asked(fcntl.fcntl, file, fcntl.F_SETLEASE, fcntl.F_UNLCK)

    assert flags == fcntl.FD_CLOEXEC
