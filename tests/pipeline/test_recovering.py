"""What a killed run left beside catalogs, and what becomes of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from polypage.catalogs.catalog import Catalog, parse, serialize
from polypage.model import Entry
from polypage.project import Project
from polypage.runs.stages.recovering import recover
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES

YES, NO = Entry("Yes", "Có"), Entry("No", "Không")
GUESS = Entry("Yes", "Có", flags=("fuzzy",))


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    return make_project(FILES)


def leave(project: Project, *entries: Entry, beside: tuple[Entry, ...] | None) -> Path:
    """Write a catalog, and beside it what a killed run displaced."""
    catalog = project.catalog_path("rolling", "vi")
    catalog.parent.mkdir(parents=True)
    if beside is not None:
        catalog.write_bytes(written(*beside))
    displaced = catalog.with_name(f".polypage-1-2-{catalog.name}.displaced")
    displaced.write_bytes(written(*entries))
    return displaced


def written(*entries: Entry) -> bytes:
    return serialize(Catalog(entries=entries), path="rolling.po")


def entries(project: Project) -> tuple[Entry, ...]:
    return parse(project.catalog_path("rolling", "vi").read_bytes(), path="rolling.po").entries


@pytest.mark.parametrize(
    ("present", "displaced", "united"),
    [
        pytest.param((YES, NO), (NO, YES), (YES, NO), id="all there"),
        pytest.param((YES,), (Entry("No"), Entry("Yes")), (YES,), id="nothing written"),
        pytest.param(
            (Entry("Yes", "Không"), Entry("No", "Có")),
            (YES, NO),
            (
                Entry("Yes", "Không", translator_comments=("polypage-conflict: Có",)),
                Entry("No", "Có", translator_comments=("polypage-conflict: Không",)),
            ),
            id="same words, other entries",
        ),
        pytest.param((NO, GUESS), (YES,), (NO, YES), id="a guess approved"),
        pytest.param((NO, YES), (GUESS,), (NO, YES), id="approved since"),
        pytest.param((NO, Entry("Yes")), (YES,), (NO, YES), id="translated"),
        pytest.param((NO,), (YES,), (NO, YES), id="missing"),
        pytest.param(
            (YES,),
            (Entry("Yes", "Có", obsolete=True), Entry("No", "Không", obsolete=True)),
            (YES, Entry("No", "Không", obsolete=True)),
            id="obsolete",
        ),
        pytest.param(
            (YES,),
            (Entry("Yes", translator_comments=("ask Lan",)),),
            (Entry("Yes", "Có", translator_comments=("ask Lan",)),),
            id="a comment",
        ),
        pytest.param(
            (Entry("Yes"),),
            (Entry("Yes", plural="Yeses", plural_msgstrs=("Có",)),),
            (Entry("Yes", translator_comments=("polypage-conflict: Có",)),),
            id="plural forms of what has none",
        ),
        pytest.param(
            (replace(GUESS, flags=("fuzzy", "no-wrap")), Entry("No")),
            (NO,),
            (replace(GUESS, flags=("fuzzy", "no-wrap")), NO),
            id="other entries stay as they are",
        ),
        pytest.param(
            (replace(YES, references=("a.html:1",), flags=("no-wrap", "fuzzy")),),
            (replace(YES, references=("a.html:9",)),),
            (replace(YES, references=("a.html:1",), flags=("no-wrap",)),),
            id="only words are put back",
        ),
        pytest.param(None, (YES, NO), (YES, NO), id="no catalog"),
    ],
)
def test_what_is_missing_in_the_catalog_is_united_with_it(
    clinic: Project,
    present: tuple[Entry, ...] | None,
    displaced: tuple[Entry, ...],
    united: tuple[Entry, ...],
) -> None:
    left = leave(clinic, *displaced, beside=present)

    kept = recover(clinic)

    assert kept == ()
    assert not left.exists()
    assert entries(clinic) == united


def test_a_catalog_that_holds_all_of_it_is_not_written(clinic: Project) -> None:
    leave(clinic, YES, beside=(YES, NO))
    catalog = clinic.catalog_path("rolling", "vi")
    before = catalog.stat().st_ino

    recover(clinic)

    assert catalog.stat().st_ino == before


def test_only_the_catalog_it_was_displaced_from_counts(clinic: Project) -> None:
    leave(clinic, YES, beside=(NO,))
    clinic.catalog_path("peeling", "vi").write_bytes(written(YES))

    recover(clinic)

    assert entries(clinic) == (NO, YES)


def test_a_new_catalog_without_a_translation_is_not_put_in_place(clinic: Project) -> None:
    left = leave(clinic, Entry("Yes"), beside=None)

    recover(clinic)

    assert not left.exists()
    assert not clinic.catalog_path("rolling", "vi").exists()


@pytest.mark.parametrize("broken", ["the displaced", "the catalog", "the name"])
def test_what_cannot_be_united_is_kept(clinic: Project, broken: str) -> None:
    left = leave(clinic, YES, beside=(NO,))
    catalog = clinic.catalog_path("rolling", "vi")
    match broken:
        case "the displaced":
            left.write_text('msgid "Yes\n')
        case "the catalog":
            catalog.write_text('msgid "No\n')
        case _:
            left = left.rename(left.with_name(".polypage-1-2.displaced"))
    before = left.read_bytes(), catalog.read_bytes()

    kept = recover(clinic)

    assert kept == (left,)
    assert (left.read_bytes(), catalog.read_bytes()) == before


def test_what_a_translator_noted_at_the_head_is_put_back(clinic: Project) -> None:
    left = leave(clinic, YES, beside=(YES,))
    header = b'# ask Lan\nmsgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    left.write_bytes(header + written(YES))

    recover(clinic)

    assert b"# ask Lan\n" in clinic.catalog_path("rolling", "vi").read_bytes()


@dataclass
class SavingClock:
    """Time in which somebody saves a file: when it has been read, and before it is replaced."""

    path: Path
    data: bytes
    looks: int = 0

    def time(self) -> float:
        self.looks += 1
        if self.looks == 3:
            self.path.write_bytes(self.data)
        return float(self.looks) / 1e3

    def sleep(self, seconds: float, /) -> None:
        time.sleep(seconds)


def test_what_is_saved_meanwhile_stays(clinic: Project) -> None:
    leave(clinic, YES, beside=(Entry("Yes"),))
    catalog = clinic.catalog_path("rolling", "vi")
    clock = SavingClock(catalog, written(Entry("Yes"), NO))

    recover(clinic, clock=clock)

    assert entries(clinic) == (YES, NO)
