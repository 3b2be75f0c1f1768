"""How good the checks are does not fall below what it was, language by language."""

from __future__ import annotations

import tomllib
from functools import cache

import pytest

from benchmarks.check_quality import Score, measure, polypage
from benchmarks.mutations import FOLDER, Pair, shown, tables

FLOORS = tomllib.loads((FOLDER / "floors.toml").read_text("utf-8"))


@cache
def scores() -> dict[str, Score]:
    return {score.name: score for score in measure(polypage)}


def test_each_language_is_measured_with_enough_right_translations() -> None:
    assert {name for name, score in scores().items() if score.right >= FLOORS["pairs"]} == {
        *"ar de en es fr hi id it ja ko ms pt ru th vi zh".split()
    }


@pytest.mark.parametrize("kind", FLOORS["found"])
def test_seeded_errors_are_found(kind: str) -> None:
    seeded = sum(score.seeded[kind] for score in scores().values())
    caught = sum(score.caught[kind] for score in scores().values())

    assert caught / seeded >= FLOORS["found"][kind]


@pytest.mark.parametrize("name", FLOORS["language"])
def test_no_language_is_left_behind(name: str) -> None:
    score = scores()[name]

    caught, seeded = (
        sum(count for kind, count in counts.items() if kind not in FLOORS["untold"])
        for counts in (score.caught, score.seeded)
    )

    assert caught / seeded >= FLOORS["language"][name]


def test_right_translations_are_left_alone() -> None:
    right = sum(score.right for score in scores().values())
    errors = sum(score.errors for score in scores().values())
    warnings = sum(score.warnings for score in scores().values())

    assert errors / right * 1000 <= FLOORS["false"]["errors"]
    assert warnings / right * 1000 <= FLOORS["false"]["warnings"]


def test_right_translations_are_right_the_other_way_round() -> None:
    pairs = [
        Pair(pair.written, "en", shown(pair.msgstr), pair.msgid, "")
        for table in tables()
        for pair in table.pairs
        if pair.written != "en"
    ]

    wrong = [pair for pair in pairs if "error" in {each for each, _ in polypage(pair, pair.msgstr)}]

    assert len(wrong) / len(pairs) * 1000 <= FLOORS["false"]["errors"], wrong
