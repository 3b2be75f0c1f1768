from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.catalogs.catalog import Catalog, parse, serialize
from polypage.catalogs.merge import merge
from polypage.catalogs.threeway import merge_versions, unite
from polypage.errors import CatalogError
from polypage.model import Entry
from tests.merge.test_laws import old_catalogs, remembered, said, saves, templates


class Case(NamedTuple):
    """What the branches have, and what comes of it."""

    name: str
    base: bytes
    ours: bytes
    theirs: bytes
    united: str


def read_cases() -> Iterator[Case]:
    text = (Path(__file__).parent / "cases.txt").read_text("utf-8")
    for block in re.split(r"^# (?=.*\n--- )", text, flags=re.MULTILINE)[1:]:
        name, *parts = re.split(r"^--- (?:base|ours|theirs|united)\n", block, flags=re.MULTILINE)
        base, ours, theirs, united = (f"{part.strip()}\n".lstrip() for part in parts)
        yield Case(name.strip(), base.encode(), ours.encode(), theirs.encode(), united)


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.name)
def test_branches_are_united_entry_by_entry(case: Case) -> None:
    merged = merge_versions(case.base, case.ours, case.theirs)

    assert merged.data.decode() == case.united
    assert merged.conflicts == case.united.count("<<<<<<<")


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.name)
def test_what_did_not_change_on_one_branch_is_what_the_other_made_of_it(case: Case) -> None:
    if "by hand" not in case.name and "leaves" not in case.name and "Templates" not in case.name:
        assert merge_versions(case.base, case.ours, case.base).data == case.ours
        assert merge_versions(case.base, case.base, case.ours).data == case.ours


def test_markers_are_as_long_as_git_wants_them() -> None:
    versions = b"", b'msgid "a"\nmsgstr "b"\n', b'msgid "a"\nmsgstr "c"\n'

    merged = merge_versions(*versions, marker_size=9)

    assert re.findall(rb"^[<=>]{9}(?: \w+)?$", merged.data, re.MULTILINE) == [
        b"<<<<<<<<< ours",
        b"=========",
        b">>>>>>>>> theirs",
    ]


def test_a_base_that_cannot_be_read_counts_as_none() -> None:
    base = b'msgid "a"\n<<<<<<< ours\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> theirs\n'
    ours, theirs = b'msgid "a"\nmsgstr "b"\n', b'msgid "a"\nmsgstr "c"\n'

    assert merge_versions(base, ours, ours).data == ours
    assert merge_versions(base, ours, theirs).conflicts == 1


@pytest.mark.parametrize("damaged", [1, 2], ids=["ours", "theirs"])
def test_a_version_that_cannot_be_read_is_an_error_with_its_line(damaged: int) -> None:
    versions = [b'msgid "a"\nmsgstr "b"\n'] * 3
    versions[damaged] = b'msgid "a"\nmsgstr "b\n'

    with pytest.raises(CatalogError, match=r"^de/dose\.po:2: a quote is not closed"):
        merge_versions(*versions, path="de/dose.po")


# --- laws -------------------------------------------------------------------------------------


@st.composite
def branches(draw: st.DrawFn) -> tuple[Catalog, Catalog, Catalog]:
    """Make a catalog and what two branches make of it: edits, updates, both."""
    base = as_written(draw(old_catalogs()))

    def branch() -> Catalog:
        made = draw(saves(base))
        made = merge(made, draw(templates(made))).catalog if draw(st.booleans()) else made
        return as_written(made)

    return base, branch(), branch()


def as_written(catalog: Catalog) -> Catalog:
    return parse(serialize(catalog), path="x.po")


@given(branches())
def test_nothing_that_either_branch_wrote_is_lost(
    versions: tuple[Catalog, Catalog, Catalog],
) -> None:
    base, ours, theirs = versions

    united, rivals = unite(base, ours, theirs)

    new = (said(ours.entries) | said(theirs.entries)) - said(base.entries)
    assert new <= remembered((*united.entries, *rivals.values()))


@given(branches())
def test_no_finished_translation_of_the_base_is_lost_that_both_kept(
    versions: tuple[Catalog, Catalog, Catalog],
) -> None:
    base, ours, theirs = versions

    united, _ = unite(base, ours, theirs)

    kept = set(base.entries) & set(ours.entries) & set(theirs.entries)
    assert kept <= set(united.entries)


@given(branches())
def test_each_entry_is_there_once_and_the_file_can_be_read_once_conflicts_are_settled(
    versions: tuple[Catalog, Catalog, Catalog],
) -> None:
    merged = merge_versions(*map(serialize, versions))
    united, rivals = unite(*versions)

    ours = re.sub(rb"(?ms)^<{7}.*?\n(.*?)^={7}\n.*?^>{7}.*?\n", rb"\1", merged.data)
    theirs = re.sub(rb"(?ms)^<{7}.*?\n.*?^={7}\n(.*?)^>{7}.*?\n", rb"\1", merged.data)

    assert len({entry.key for entry in united.entries}) == len(united.entries)
    assert merged.conflicts == len(rivals)
    assert parse(ours, path="x").entries == as_written(united).entries
    settled = tuple(rivals.get(entry, entry) for entry in united.entries)
    assert parse(theirs, path="x").entries == as_written(Catalog(None, settled)).entries


@given(branches())
def test_both_sides_see_the_same_conflicts_and_the_same_texts(
    versions: tuple[Catalog, Catalog, Catalog],
) -> None:
    base, ours, theirs = versions

    one, conflicts = unite(base, ours, theirs)
    other, others = unite(base, theirs, ours)

    assert {entry.key for entry in conflicts} == {entry.key for entry in others}
    assert keys(one.live) == keys(other.live)
    assert keys(one.obsolete) == keys(other.obsolete)


def keys(entries: tuple[Entry, ...]) -> set[object]:
    return {entry.key for entry in entries}


@given(branches())
def test_a_branch_without_changes_adds_nothing(
    versions: tuple[Catalog, Catalog, Catalog],
) -> None:
    base, ours, _ = versions

    united, rivals = unite(base, ours, base)

    assert not rivals
    assert set(ours.entries) <= set(united.entries)
    assert all(entry.obsolete for entry in set(united.entries) - set(ours.entries))
    assert unite(base, ours, ours) == (ours, {})
