"""Catalogs edited through translate-toolkit's storage, which Weblate and Virtaal save with.

Weblate asks for lines of 65535 characters where `po_line_wrap` says so; Virtaal, and Weblate as it
is installed, for 77.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from translate.storage import factory
from translate.storage.pypo import pofile

from polypage.catalogs.catalog import Catalog, parse, read, serialize
from polypage.model import Entry
from tests.conftest import ROOT

NO_WRAP, WRAPPED = 65535, 77
CATALOGS = sorted((ROOT / "locales").rglob("*.po"))

Store: TypeAlias = Any
Unit: TypeAlias = Any
"""A catalog and an entry, as translate-toolkit has them."""


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "locales").as_posix()


each_catalog = pytest.mark.parametrize("path", CATALOGS, ids=_name)


@each_catalog
def test_saved_without_an_edit_a_catalog_is_the_same_bytes(path: Path) -> None:
    data = path.read_bytes()

    assert edited(data, lambda _: None, width=NO_WRAP) == data
    assert edited(data, lambda _: None, width=WRAPPED) == data


@each_catalog
def test_translations_are_saved_as_polypage_writes_them(path: Path) -> None:
    def translate(unit: Unit) -> None:
        unit.target = f'{unit.source} "neu" \\ {"lang " * 30}'
        unit.markfuzzy(False)
        unit.prev_source = ""

    expected = with_entries(
        read(path),
        lambda entry: replace(
            entry,
            msgstr=f'{entry.msgid} "neu" \\ {"lang " * 30}',
            flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
            previous_msgid=None,
        ),
    )

    assert edited(path.read_bytes(), translate, width=NO_WRAP) == expected


@each_catalog
def test_marks_and_comments_are_saved_as_polypage_writes_them(path: Path) -> None:
    def doubt(unit: Unit) -> None:
        unit.target = unit.target or "vielleicht"
        unit.markfuzzy()
        unit.addnote("Is this right?", origin="translator")

    expected = with_entries(
        read(path),
        lambda entry: replace(
            entry,
            msgstr=entry.msgstr or "vielleicht",
            flags=tuple(sorted({*entry.flags, "fuzzy"})),
            translator_comments=(*entry.translator_comments, "Is this right?"),
        ),
    )

    assert edited(path.read_bytes(), doubt, width=NO_WRAP) == expected


@each_catalog
def test_one_edit_changes_one_entry_even_where_lines_are_wrapped(path: Path) -> None:
    data = path.read_bytes()
    entries = [entry for entry in parse(data, path="catalog").entries if not entry.obsolete]
    chosen = max(entries, key=lambda entry: len(entry.msgid))

    def translate(unit: Unit) -> None:
        if unit.source == chosen.msgid:
            unit.target = "lang " * 30

    before, after = (
        re.split(rb"\n\n", each) for each in (data, edited(data, translate, width=WRAPPED))
    )

    assert len(before) == len(after)
    assert [old == new for old, new in zip(before, after, strict=True)].count(False) == 1
    assert [entry.msgstr for entry in parse(b"\n\n".join(after), path="catalog").entries] == [
        "lang " * 30 if entry == chosen else entry.msgstr
        for entry in parse(data, path="catalog").entries
    ]


@each_catalog
def test_of_the_header_only_what_is_set_changes(path: Path) -> None:
    store: Store = pofile(BytesIO(path.read_bytes()))
    store.wrapper.width = NO_WRAP
    store.updateheader(
        PO_Revision_Date="2026-01-02 03:04+0000",
        Last_Translator="Ana <ana@clinic.example>",
        Language_Team="Clinic <clinic.example>",
        X_Generator="Weblate",
    )

    before = path.read_bytes().splitlines()
    after = bytes(store).splitlines()

    assert [new.partition(b":")[0] for new in after if new not in before] == [
        b'"PO-Revision-Date',
        b'"Last-Translator',
        b'"Language-Team',
        b'"X-Generator',
    ]
    assert len(before) == len(after)


@each_catalog
def test_virtaals_door_saves_the_same(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())

    factory.getobject(str(copy)).save()

    assert copy.read_bytes() == path.read_bytes()


# ----------------------------------------------------------------------------------------------


def edited(data: bytes, edit: Callable[[Unit], None], *, width: int) -> bytes:
    """Edit each entry that is in use, and save."""
    store: Store = pofile(BytesIO(data))
    store.wrapper.width = width
    for unit in store.units:
        if not unit.isheader() and not unit.isobsolete():
            edit(unit)
    return bytes(store)


def with_entries(catalog: Catalog, edit: Callable[[Entry], Entry]) -> bytes:
    """Do the same in a way of our own."""
    entries = (entry if entry.obsolete else edit(entry) for entry in catalog.entries)
    return serialize(Catalog(catalog.header, tuple(entries)))
