"""What a crash leaves: some of `make faults`, and that it finds what is wrong."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from threading import Lock
from time import sleep

import pytest

from benchmarks.faults import killing, places
from benchmarks.faults.judging import Harm, different, harm_of, strays, tree
from benchmarks.faults.scenes import Scene, scenes
from benchmarks.faults.trials import Trial
from benchmarks.faults.trying import Fault, Tries, tried

pytestmark = [pytest.mark.slow, pytest.mark.needs_program("msgfmt")]


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Make a project whose pages were edited since its last run."""
    (scene,) = scenes(tmp_path_factory.mktemp("scenes"), named=["pages edited"])
    return scene


@pytest.mark.parametrize(
    "trial",
    [
        killing.kill_runs,
        killing.kill_workers,
        killing.kill_while_saving,
        killing.run_at_once,
        places.damage_state("ledger.sqlite3"),
        places.set_clock_back,
    ],
)
def test_nothing_is_lost_and_the_next_run_is_as_ever(
    edited: Scene, tmp_path: Path, trial: Callable[[Scene, Path, random.Random], Trial]
) -> None:
    told = trial(edited, tmp_path / "project", random.Random(1))  # noqa: S311

    assert told.good, told


def _lose(root: Path) -> str:
    path = next(path for path in sorted(root.rglob("*.po")) if path.name != "site.po")
    text = path.read_text("utf-8")
    start = text.rindex('\nmsgstr "') + len('\nmsgstr "')
    path.write_text(f'{text[:start]}"\n', "utf-8")
    return path.relative_to(root).as_posix()


def _cut_catalog(root: Path) -> str:
    path = next(path for path in sorted(root.rglob("*.po")) if path.name != "site.po")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 5])
    return path.relative_to(root).as_posix()


def _cut_page(root: Path) -> str:
    path = next(iter(sorted((root / "site").rglob("*.html"))))
    path.write_bytes(path.read_bytes()[:500])
    return path.relative_to(root).as_posix()


def _cut_paragraph(root: Path) -> str:
    path = next(iter(sorted((root / "site").rglob("fever-*.html"))))
    path.write_bytes(re.sub(rb"<p\b.*?</p>", b"", path.read_bytes(), count=1, flags=re.DOTALL))
    return path.relative_to(root).as_posix()


def test_a_translation_that_is_gone_counts_as_lost(edited: Scene, tmp_path: Path) -> None:
    root = shutil.copytree(edited.start, tmp_path / "project")

    path = _lose(root)

    (lost,) = harm_of(root, before=edited.before, after=edited.after).lost
    assert lost.startswith(f"{path}: ")


@pytest.mark.parametrize("harm", [_cut_catalog, _cut_page, _cut_paragraph])
def test_a_file_that_was_cut_counts_as_half_a_one(
    edited: Scene, tmp_path: Path, harm: Callable[[Path], str]
) -> None:
    root = shutil.copytree(edited.start, tmp_path / "project")

    path = harm(root)

    assert harm_of(root, before=edited.before, after=edited.after).halves == (path,)


def test_a_page_that_leads_elsewhere_is_whole(edited: Scene, tmp_path: Path) -> None:
    root = shutil.copytree(edited.start, tmp_path / "project")
    page = next(iter(sorted((root / "site").rglob("fever-*.html"))))

    page.write_bytes(page.read_bytes().replace(b'<a href="', b'<a href="https://source.example/'))

    assert not harm_of(root, before=edited.before, after=edited.after)


def test_what_no_run_leaves_is_a_stray(edited: Scene, tmp_path: Path) -> None:
    root = shutil.copytree(edited.start, tmp_path / "project")

    (root / "site/.polypage-1-1.tmp").write_bytes(b"")

    assert strays(tree(root), edited.after) == ("site/.polypage-1-1.tmp",)
    assert different(tree(root), edited.after)


_SCENE = Scene("any", Path(), {}, {}, 0, 0.0)


def test_a_fault_is_tried_until_it_has_befallen_as_many_runs_as_asked_for(tmp_path: Path) -> None:
    ends = cycle([(killing.BEFORE,), ("killed", killing.BEFORE), ("killed", "killed")])
    often = Tries(Fault("often", lambda *_: Trial(next(ends), Harm())), [_SCENE], 10, seed=1)
    seldom = Tries(
        Fault("seldom", lambda *_: Trial(("killed",), Harm()), 0.1), [_SCENE], 10, seed=1
    )

    told = [*tried([often, seldom], tmp_path, at_once=2)]

    assert sorted(tries.fault.name for tries in told) == ["often", "seldom"]
    assert sum(trial.ended.count("killed") for trial in often.trials) in {10, 11}
    assert len(seldom.trials) == 1


def test_a_fault_that_would_befall_others_is_tried_once_at_a_time(tmp_path: Path) -> None:
    under_way = Lock()

    def alone(*_: object) -> Trial:
        assert under_way.acquire(blocking=False)
        sleep(0.001)
        under_way.release()
        return Trial(("killed",), Harm())

    tries = Tries(Fault("alone", alone, alone=True), [_SCENE], 20, seed=1)

    assert [*tried([tries], tmp_path, at_once=4)] == [tries]
    assert len(tries.trials) == 20
