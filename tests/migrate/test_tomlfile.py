"""One value of a settings file is changed, and all around it stays."""

from __future__ import annotations

import tomllib

import pytest

from polypage.tomlfile import with_value

CASES = {
    "a value with a comment": (
        '# ours\n[extract]  # rules\nskip = []\nsegmentation = "block" # for now\n[site]\n',
        '# ours\n[extract]  # rules\nskip = []\nsegmentation = "sentence" # for now\n[site]\n',
    ),
    "no value": (
        "[project]\n[extract]\nskip = [\n  '[x]',\n]\n",
        "[project]\n[extract]\nsegmentation = \"sentence\"\nskip = [\n  '[x]',\n]\n",
    ),
    "the same key elsewhere": (
        '[a]\nsegmentation = "block"\n[extract]\n',
        '[a]\nsegmentation = "block"\n[extract]\nsegmentation = "sentence"\n',
    ),
    "no table": (
        "[project]\nlocales = []",
        '[project]\nlocales = []\n\n[extract]\nsegmentation = "sentence"\n',
    ),
    "a table of the table": (
        '[extract.note]\np = "x"\n',
        '[extract.note]\np = "x"\n\n[extract]\nsegmentation = "sentence"\n',
    ),
    "an empty file": ("", '[extract]\nsegmentation = "sentence"\n'),
    "a header at the end": ("[extract]", None),
    "line ends of Windows": (
        "[extract]\r\nskip = []\r\n",
        '[extract]\r\nsegmentation = "sentence"\r\nskip = []\r\n',
    ),
    "single quotes": (
        "[extract]\nsegmentation='block'\n",
        '[extract]\nsegmentation="sentence"\n',
    ),
    "the value it is to have": (
        '[extract]\nsegmentation = "sentence"\n',
        '[extract]\nsegmentation = "sentence"\n',
    ),
    "a table in one line": ("extract = { skip = [] }\n", None),
    "a dotted key": ('extract.segmentation = "block"\n', None),
    "no table at all": ('extract = "block"\n', None),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_a_value_is_set(before: str, after: str | None) -> None:
    assert with_value(before, "extract", "segmentation", "sentence") == after


def test_a_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        with_value("[extract", "extract", "segmentation", "sentence")
