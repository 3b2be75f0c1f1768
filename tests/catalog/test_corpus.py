"""Other people's catalogs: nothing in them is lost, and msgcat agrees."""

from __future__ import annotations

import random
import re
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from polypage.catalogs.catalog import parse, serialize, texts_of
from polypage.catalogs.po import format_entry
from polypage.errors import CatalogError

SAMPLE = 60
MOST = 0.9
"""The share of real catalogs that can be read and have a translation, at least."""

MOJIBAKE = "declares charset=.* but is written in UTF-8"
"""What msgcat takes at its word."""

WRONG_IN_MSGCAT = {
    # It leaves the CR of a line end in a comment.
    "po-dev/debconf/debian_po_hu.po": (b"\r\n", b"\n"),
    # It forgets all lines of flags but the last, here an empty one.
    "po-dev/polib/tests_test_utf8.po": (b"\n#,\n", b"\n"),
}
"""What to replace by what, without any other meaning, for msgcat to do as we do."""


@pytest.fixture(scope="session")
def corpus(shared: Path) -> dict[str, bytes]:
    archive = shared / "corpora" / "po-dev.tar.xz"
    if not archive.exists():
        pytest.skip(f"{archive} is not here")
    with tarfile.open(archive) as tar:
        files = {member.name: tar.extractfile(member) for member in tar if member.isfile()}
        return {name: file.read() for name, file in sorted(files.items()) if file}


@pytest.mark.needs_program("msgcat")
def test_some_real_catalogs_are_written_as_msgcat_does(corpus: Mapping[str, bytes]) -> None:
    names = sorted(corpus)[:: len(corpus) // SAMPLE + 1]

    assert differing({name: corpus[name] for name in names}) == []


@pytest.mark.slow
@pytest.mark.needs_program("msgcat")
def test_all_real_catalogs_are_written_as_msgcat_does(corpus: Mapping[str, bytes]) -> None:
    assert differing(corpus) == []


@pytest.mark.needs_program("msgcat")
@pytest.mark.parametrize("name", WRONG_IN_MSGCAT)
def test_where_we_differ_msgcat_is_wrong(corpus: Mapping[str, bytes], name: str) -> None:
    written = ours(corpus[name])

    assert written != msgcat(corpus[name])
    assert written == msgcat(corpus[name].replace(*WRONG_IN_MSGCAT[name]))


def test_editing_one_translation_of_some_real_catalogs_changes_its_lines_alone(
    corpus: Mapping[str, bytes],
) -> None:
    names = sorted(corpus)[:: len(corpus) // SAMPLE + 1]

    edited = [name for name in names if edit_one_translation(name, corpus[name])]

    assert len(edited) >= MOST * len(names)


@pytest.mark.slow
def test_editing_one_translation_of_any_real_catalog_changes_its_lines_alone(
    corpus: Mapping[str, bytes],
) -> None:
    edited = [name for name, data in corpus.items() if edit_one_translation(name, data)]

    assert len(edited) >= MOST * len(corpus)


def edit_one_translation(name: str, data: bytes) -> bool:
    """Change a translation, and see that all other lines stand as before, in the same order.

    A catalog that cannot be read, or has no translation, has none to change: that is said.
    """
    try:
        catalog = parse(data, path=name)
    except CatalogError:
        return False
    written = {form: entry for entry, form in texts_of(data, path=name).items() if entry.msgstr}
    chosen = [(entry, form) for form, entry in written.items() if entry in catalog.entries]
    if not chosen:
        return False
    entry, form = random.Random(name).choice(chosen)  # noqa: S311  (the same every time)
    edited = replace(entry, msgstr=f"{entry.msgstr} (edited)")
    entries = tuple(edited if one == entry else one for one in catalog.entries)

    after = serialize(replace(catalog, entries=entries), original=data).decode()

    before = serialize(catalog, original=data).decode()
    assert f"\n\n{after}" == f"\n\n{before}".replace(f"\n\n{form}", f"\n\n{format_entry(edited)}")
    charset = re.search(rb"charset=([-\w]+)", data)
    text = data.removeprefix(b"\xef\xbb\xbf").decode(charset[1].decode() if charset else "utf-8")
    kept = [line for line in lines(text) if "charset=" not in line]
    assert kept == [line for line in lines(before) if "charset=" not in line]
    return True


def lines(text: str) -> list[str]:
    """Return the lines that say anything."""
    return [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


@pytest.mark.slow
def test_real_catalogs_keep_the_bytes_of_every_entry(corpus: Mapping[str, bytes]) -> None:
    read = 0
    for name, data in corpus.items():
        try:
            catalog = parse(data, path=name)
        except CatalogError:
            continue
        read += 1

        again = serialize(catalog, original=data)

        assert parse(again, path=name) == catalog
        assert serialize(catalog, original=again) == again
        text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        if b"charset=UTF-8" in data and not re.search(rb"\n[ \t]*\n[ \t]*\n|\A\n|#~[ \t]*\n", text):
            assert set(again.splitlines()) == set(text.splitlines())
    assert read >= MOST * len(corpus)


def differing(files: Mapping[str, bytes]) -> list[str]:
    """Name the files that we write otherwise than msgcat, or refuse where it does not."""
    return [
        name
        for name, data in files.items()
        if name not in WRONG_IN_MSGCAT and ours(data) != msgcat(data)
    ]


def ours(data: bytes) -> bytes | None:
    try:
        return serialize(parse(data, path="x.po"))
    except CatalogError as error:
        return msgcat(data) if re.match(MOJIBAKE, error.problem) else None


def msgcat(data: bytes) -> bytes | None:
    """Return what msgcat writes, None where it refuses; only a byte order mark is no reason."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    in_utf_8 = re.search(rb"charset=utf-8", data, re.IGNORECASE)
    options = ["--no-wrap", "--force-po", *([] if in_utf_8 else ["--to-code=UTF-8"])]
    done = subprocess.run(["msgcat", *options, "-"], input=data, capture_output=True, check=False)
    return None if done.returncode else done.stdout
