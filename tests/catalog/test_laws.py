from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from polypage.catalogs.catalog import Catalog, parse, serialize
from polypage.errors import CatalogError
from polypage.model import Entry
from tests.catalog.strategies import catalogs, odd_files


@given(catalogs())
def test_what_was_written_is_read_back(catalog: Catalog) -> None:
    assert parse(serialize(catalog), path="x.po") == catalog


@given(catalogs())
def test_what_was_read_is_written_the_same(catalog: Catalog) -> None:
    data = serialize(catalog)

    assert serialize(parse(data, path="x.po")) == data
    assert serialize(parse(data, path="x.po"), original=data) == data


@given(catalogs())
def test_blanks_between_keyword_and_text_change_nothing_that_is_read(catalog: Catalog) -> None:
    usual = serialize(catalog)
    odd = usual.replace(b'\nmsgid "', b'\nmsgid  "')

    found = [parse(data, path="x.po").entries for data in (usual, odd)]

    assert _with_lines(found[0]) == _with_lines(found[1])


def _with_lines(entries: Sequence[Entry]) -> list[tuple[Entry, int | None, int | None]]:
    return [(entry, entry.line, entry.msgstr_line) for entry in entries]


@pytest.mark.needs_program("msgcat")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogs())
def test_msgcat_would_write_the_same(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(serialize(known_to_msgcat(catalog)))

    command = ["msgcat", "--no-wrap", "--force-po", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)

    assert done.stdout == path.read_bytes()


@pytest.mark.needs_program("msgcat")
@settings(max_examples=60)
@given(odd_files())
def test_what_others_write_oddly_is_written_as_msgcat_does(text: str) -> None:
    command = ["msgcat", "--no-wrap", "--force-po", "-"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)

    assert serialize(parse(text.encode(), path="x.po")).decode() == done.stdout.decode()


@given(odd_files())
def test_what_others_write_oddly_keeps_its_bytes(text: str) -> None:
    for data in (text.encode(), text.encode("utf-8-sig"), text.replace("\n", "\r\n").encode()):
        catalog = parse(data, path="x.po")

        again = serialize(catalog, original=data)

        assert parse(again, path="x.po") == catalog
        assert serialize(catalog, original=again) == again


def known_to_msgcat(catalog: Catalog) -> Catalog:
    """Leave out what msgcat 0.21 drops, or folds because it knows no blanks in references."""
    known = (
        replace(entry, references=tuple(place for place in entry.references if " " not in place))
        for entry in catalog.entries
        if entry.translated or not entry.obsolete
    )
    return Catalog(catalog.header, tuple(known))


@given(catalogs(), st.data())
def test_a_file_cut_short_is_refused_or_a_true_beginning(
    catalog: Catalog, data: st.DataObject
) -> None:
    whole = serialize(catalog)
    cut = whole[: data.draw(st.integers(0, len(whole)))]

    try:
        beginning = parse(cut, path="x.po").entries
    except CatalogError:
        return

    assert beginning[:-1] == catalog.entries[: len(beginning[:-1])]
    for entry, full in zip(beginning[-1:], catalog.entries[len(beginning) - 1 :], strict=False):
        assert entry.key == full.key
        assert full.msgstr.startswith(entry.msgstr)


@given(catalogs(), st.data())
@example(Catalog(), None)
def test_a_damaged_file_is_refused_or_read_but_never_breaks_the_reader(
    catalog: Catalog, data: st.DataObject | None
) -> None:
    whole = bytearray(serialize(catalog))
    if data is not None:
        for _ in range(3):
            start = data.draw(st.integers(0, len(whole)))
            end = data.draw(st.integers(start, min(start + 8, len(whole))))
            whole[start:end] = data.draw(st.sampled_from(DAMAGE) | st.binary(max_size=3))

    try:
        read_back = parse(bytes(whole), path="x.po")
    except CatalogError:
        return

    assert parse(serialize(read_back), path="x.po") == read_back


DAMAGE = (b'"', b"\n", b"\\", b"#", b"#~ ", b"#| ", b"msgid ", b'msgstr ""\n', b"\xff", b"\r\n")


@given(catalogs(), st.data())
def test_an_entry_that_did_not_change_keeps_its_bytes(
    written: Catalog, data: st.DataObject
) -> None:
    foreign = serialize(written).replace(b'msgid "', b'msgid   "')
    catalog = parse(foreign, path="x.po")
    changed = data.draw(st.sampled_from((None, *catalog.entries)))
    entries = tuple(
        replace(entry, translator_comments=("new",)) if entry is changed else entry
        for entry in catalog.entries
    )

    again = serialize(replace(catalog, entries=entries), original=foreign)

    assert parse(again, path="x.po").entries == entries
    lost = set(foreign.rstrip().split(b"\n\n")) - set(again.rstrip().split(b"\n\n"))
    assert len(lost) <= (changed is not None)
