from __future__ import annotations

import os
import re
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from polypage import files
from polypage.files import (
    BusyFileError,
    commit,
    displaced_from,
    read_at_rest,
    remove_stale,
    write_atomically,
)
from tests.conftest import SEALED
from tests.instants import before_renaming
from tests.refusals import AVAILABLE, Asked, refuse, refusing


class Clock:
    """A clock that stands still but for sleep, while which something may happen."""

    def __init__(self, happens: Callable[[float], object] = lambda _: None) -> None:
        self.now = 1_000_000_000.0
        self.happens = happens

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float, /) -> None:
        self.now += seconds
        self.happens(self.now)


def everything(known: Sequence[bytes], held: bytes, displaced: bytes) -> bytes:
    """Reconcile files whose lines are their content: lines are only ever added."""
    assert known
    return b"".join(sorted({*held.splitlines(keepends=True), *displaced.splitlines(keepends=True)}))


def add(line: bytes) -> Callable[[bytes | None], bytes | None]:
    def change(data: bytes | None) -> bytes | None:
        lines = (data or b"").splitlines(keepends=True)
        return None if line in lines else b"".join([*lines, line])

    return change


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.startswith(".polypage")]


# --- writing ----------------------------------------------------------------------------------


def test_a_file_is_written_with_the_folders_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "site" / "vi" / "collagen.html"

    assert write_atomically(path, b"page")

    assert path.read_bytes() == b"page"
    assert leftovers(tmp_path) == []


def test_a_file_that_is_there_already_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    write_atomically(path, b"page")
    before = path.stat()

    assert not write_atomically(path, b"page")

    assert path.stat() == before


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664])
def test_a_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "x.html"
    path.write_bytes(b"old")
    path.chmod(mode)

    write_atomically(path, b"new")

    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")

    write_atomically(tmp_path / "x.html", b"new")

    assert (tmp_path / "x.html").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "x.html").symlink_to(tmp_path / "real.html")

    write_atomically(tmp_path / "x.html", b"page")

    assert (tmp_path / "x.html").is_symlink()
    assert (tmp_path / "real.html").read_bytes() == b"page"


def test_a_failure_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.mkdir()

    with pytest.raises(OSError, match="Is a directory"):
        write_atomically(path, b"page")

    assert path.is_dir()
    assert leftovers(tmp_path) == []


@pytest.mark.skipif(not SEALED.is_dir(), reason="no folder here refuses files to everybody")
def test_an_error_names_the_file_that_was_to_be_written() -> None:
    with pytest.raises(OSError, match=r"dose\.pot") as raised:
        write_atomically(SEALED / "dose.pot", b"new")

    assert raised.value.filename == str(SEALED / "dose.pot")


def test_an_error_halfway_names_the_file_too(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    path = tmp_path / "dose.pot"
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(OSError, match=r"dose\.pot") as raised:
            write_atomically(path, b"new" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert raised.value.filename == str(path)
    assert list(tmp_path.iterdir()) == []


def test_what_an_interrupted_run_left_can_be_removed(tmp_path: Path) -> None:
    stale, other = tmp_path / ".polypage-1-1.tmp", tmp_path / "a"
    for path in (stale, other):
        path.write_bytes(b"")

    assert remove_stale(tmp_path) == (stale,)

    assert list(tmp_path.iterdir()) == [other]


def test_what_was_left_before_the_clock_was_set_back_can_be_removed(tmp_path: Path) -> None:
    stale = tmp_path / ".polypage-1-1.tmp"
    stale.write_bytes(b"")
    tomorrow = time.time() + 24 * 3600
    os.utime(stale, (tomorrow, tomorrow))

    assert remove_stale(tmp_path) == (stale,)


# --- files that others write too --------------------------------------------------------------


@pytest.fixture(
    params=[(), ("exchange",), ("exchange", "link")], ids=["exchange", "link", "rename"]
)
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    """Make do with ever less: a system without exchange, a file system without hard links."""
    with refusing(*request.param) as asked:
        yield asked


def test_a_change_is_made_once(tmp_path: Path, asked: Asked) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"a\n")

    assert asked(commit, path, add(b"b\n"), reconcile=everything, clock=Clock())
    assert not asked(commit, path, add(b"b\n"), reconcile=everything, clock=Clock())

    assert path.read_bytes() == b"a\nb\n"
    assert leftovers(tmp_path) == []


def test_a_file_that_was_not_there_is_made(tmp_path: Path, asked: Asked) -> None:
    path = tmp_path / "vi" / "x.po"

    assert asked(commit, path, add(b"a\n"), reconcile=everything, clock=Clock())

    assert path.read_bytes() == b"a\n"
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("saves", [1, 2, 5])
@pytest.mark.parametrize("in_place", [True, False])
def test_what_is_saved_meanwhile_is_kept(
    tmp_path: Path, asked: Asked, saves: int, in_place: bool
) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"a\n")
    left = list(range(saves))

    def change(data: bytes | None) -> bytes | None:
        if left:
            save(path, f"a\ntheirs {left.pop()}\n".encode(), in_place=in_place)
        return add(b"ours\n")(data)

    assert asked(commit, path, change, reconcile=everything, clock=Clock())

    assert set(path.read_bytes().split(b"\n")) == {
        *(b"a", b"ours", b""),
        *(f"theirs {n}".encode() for n in range(saves)),
    }
    assert leftovers(tmp_path) == []


def save(path: Path, data: bytes, *, in_place: bool) -> None:
    if in_place:
        path.write_bytes(data)
    else:
        beside = path.with_suffix(".editor")
        beside.write_bytes(data)
        beside.replace(path)


def test_a_file_made_meanwhile_is_kept_too(tmp_path: Path, asked: Asked) -> None:
    path = tmp_path / "x.po"

    def change(data: bytes | None) -> bytes | None:
        if data is None:
            path.write_bytes(b"theirs\n")
        return add(b"ours\n")(data)

    asked(commit, path, change, reconcile=everything, clock=Clock())

    assert path.read_bytes() == b"theirs\nours\n"


@pytest.mark.skipif(not AVAILABLE, reason="nobody knows here how to refuse calls")
@pytest.mark.parametrize(
    ("name", "shown"), [("x.po", "-x.po"), (f"{'ü' * 120}.po", "")], ids=["short", "long"]
)
@pytest.mark.parametrize("exchange", [True, False])
def test_what_a_killed_run_displaces_is_named_after_its_file(
    tmp_path: Path, name: str, shown: str, exchange: bool
) -> None:
    path = tmp_path / name
    path.write_bytes(b"a\n")

    def work() -> None:
        refuse("exchange", kills=exchange)
        with before_renaming(name, lambda _: os.kill(os.getpid(), signal.SIGKILL)):
            commit(path, add(b"ours\n"), reconcile=everything, clock=Clock())

    assert is_killed(work)

    names = leftovers(tmp_path)
    assert names
    assert {re.sub(r"\d+", "N", left) for left in names} == {f".polypage-N-N{shown}.displaced"}


def is_killed(work: Callable[[], None]) -> bool:
    """Work in a process of its own; say whether that was killed."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def test_what_another_killed_run_displaced_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"a\n")
    names: list[str] = []
    with before_renaming("-x.po.displaced", names.append):
        commit(path, add(b"first\n"), reconcile=everything, clock=Clock())
        count = int(names[0].split("-")[-2])
        others = [Path(names[0].replace(f"-{count}-", f"-{count + n}-")) for n in range(1, 5)]
        for other in others:
            other.write_bytes(b"saved\n")

        commit(path, add(b"ours\n"), reconcile=everything, clock=Clock())

    assert names[1] == names[0].replace(f"-{count}-", f"-{count + 5}-")
    assert [other.read_bytes() for other in others] == [b"saved\n"] * 4
    assert path.read_bytes() == b"a\nfirst\nours\n"


def test_an_editor_that_has_the_displaced_file_open_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"a\n")
    editor = None

    def change(data: bytes | None) -> bytes | None:
        nonlocal editor
        if editor is None:
            editor = path.open("wb")
            editor.write(b"a\nthe")
            editor.flush()
        return add(b"ours\n")(data)

    def finish(_: float) -> None:
        assert editor
        if not editor.closed:
            editor.write(b"irs\n")
            editor.close()

    commit(path, change, reconcile=everything, clock=Clock(finish))

    assert set(path.read_bytes().split()) == {b"a", b"ours", b"theirs"}


def test_what_cannot_be_reconciled_is_given_back(tmp_path: Path, asked: Asked) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"a\n")

    def change(data: bytes | None) -> bytes | None:
        if data == b"a\n":
            path.write_bytes(b"torn")
        return add(b"ours\n")(data)

    def reject(_known: Sequence[bytes], _held: bytes, displaced: bytes) -> bytes:
        raise ValueError(displaced)

    with pytest.raises(ValueError, match="torn"):
        asked(commit, path, change, reconcile=reject, clock=Clock())

    assert path.read_bytes() == b"torn"
    assert leftovers(tmp_path) == []


def test_a_file_that_somebody_keeps_saving_is_given_up_without_loss(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"a\n")
    saves = iter(range(1000))

    def change(data: bytes | None) -> bytes | None:
        path.write_bytes(f"theirs {next(saves)}\n".encode())
        return add(b"ours\n")(data)

    with pytest.raises(BusyFileError, match="somebody keeps saving it"):
        commit(path, change, reconcile=everything, clock=Clock())

    (beside,) = (tmp_path / name for name in leftovers(tmp_path))
    assert displaced_from(beside) == path
    kept = path.read_bytes() + beside.read_bytes()
    assert {f"theirs {n}".encode() for n in range(next(saves))} <= set(kept.split(b"\n"))


def test_what_is_saved_while_a_version_is_given_back_stands(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"a\n")
    instants = iter([b"torn", b"half mended"])

    def save_once_more(_: str) -> None:
        if last := next(instants, None):
            path.write_bytes(last)

    def reject(_known: Sequence[bytes], _held: bytes, displaced: bytes) -> bytes:
        raise ValueError(displaced)

    with before_renaming(".displaced", save_once_more), pytest.raises(ValueError, match="torn"):
        commit(path, add(b"ours\n"), reconcile=reject, clock=Clock())

    assert path.read_bytes() == b"half mended"
    assert leftovers(tmp_path) == []


def test_what_is_saved_before_a_version_is_given_back_stands(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"a\n")

    def tear(_: str) -> None:
        path.write_bytes(b"torn")

    def reject(_known: Sequence[bytes], _held: bytes, displaced: bytes) -> bytes:
        path.write_bytes(b"mended")
        raise ValueError(displaced)

    with before_renaming(".displaced", tear), pytest.raises(ValueError, match="torn"):
        commit(path, add(b"ours\n"), reconcile=reject, clock=Clock())

    assert path.read_bytes() == b"mended"


# --- files that are being written -------------------------------------------------------------


def test_a_file_at_rest_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"a\n")
    clock = Clock()

    assert read_at_rest(path, clock=clock) == b"a\n"
    assert read_at_rest(tmp_path / "y.po", clock=clock) is None

    assert clock.now == Clock().now


def test_a_file_that_is_being_written_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    with path.open("wb") as file:
        file.write(b"half")
        file.flush()

        def finish(_: float) -> None:
            file.write(b" and half")
            file.close()

        assert read_at_rest(path, clock=Clock(finish)) == b"half and half"


def test_patience_has_an_end(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    clock = Clock()
    with path.open("wb") as file:
        file.write(b"half")
        file.flush()

        assert read_at_rest(path, clock=clock) == b"half"

    assert clock.now >= Clock().now + files.PATIENCE


def test_where_the_system_cannot_tell_half_a_file_is_waited_for_until_it_is_quiet(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"half")
    clock = Clock()
    os.utime(path, (clock.now, clock.now))

    with refusing("lease") as asked:
        half = asked(read_at_rest, path, clock=clock, whole=lambda data: data == b"all")

    assert half == b"half"
    assert clock.now == pytest.approx(Clock().now + files.QUIET, abs=0.1)


def test_where_the_system_cannot_tell_half_a_file_is_waited_for_until_it_is_whole(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"half")
    clock = Clock(lambda _: path.write_bytes(b"all"))
    os.utime(path, (clock.now, clock.now))

    with refusing("lease") as asked:
        whole = asked(read_at_rest, path, clock=clock, whole=lambda data: data == b"all")

    assert whole == b"all"


def test_threads_that_change_one_file_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"")
    lines = [f"{thread} {n}\n".encode() for thread in range(4) for n in range(10)]

    def work(mine: Sequence[bytes]) -> None:
        for line in mine:
            commit(path, add(line), reconcile=everything, clock=time)

    threads = [threading.Thread(target=work, args=(lines[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(path.read_bytes().splitlines(keepends=True)) == set(lines)
    assert leftovers(tmp_path) == []
