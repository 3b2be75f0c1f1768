"""Other people's catalogs: nothing in them is lost, and msgcat agrees."""

from __future__ import annotations

import re
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from polypage.catalog import parse, serialize
from polypage.errors import CatalogError

SAMPLE = 60

MOJIBAKE = "declares charset=.* but is written in UTF-8"
"""What msgcat takes at its word."""

EXCEPT = {
    "po-dev/debconf/debian_po_hu.po": "msgcat leaves the CR of a line end in an empty comment",
    "po-dev/polib/tests_test_utf8.po": "msgcat forgets all lines of flags but the last",
}


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


@pytest.mark.slow
def test_real_catalogs_keep_the_bytes_of_every_entry(corpus: Mapping[str, bytes]) -> None:
    for name, data in corpus.items():
        try:
            catalog = parse(data, path=name)
        except CatalogError:
            continue

        again = serialize(catalog, original=data)

        assert parse(again, path=name) == catalog
        assert serialize(catalog, original=again) == again
        text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        if b"charset=UTF-8" in data and not re.search(rb"\n[ \t]*\n[ \t]*\n|\A\n|#~[ \t]*\n", text):
            assert set(again.splitlines()) == set(text.splitlines())


def differing(files: Mapping[str, bytes]) -> list[str]:
    """Name the files that we write otherwise than msgcat, or refuse where it does not."""
    return [
        name for name, data in files.items() if name not in EXCEPT and ours(data) != msgcat(data)
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
