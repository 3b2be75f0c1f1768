from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from polypage.settings import ArticleSettings, Settings, parse
from tests.conftest import ROOT

PAGE = (ROOT / "docs/reference/settings.md").read_text("utf-8")


def settings() -> Iterator[tuple[str, str]]:
    tables = {table.name: getattr(Settings(), table.name) for table in fields(Settings)}
    for name, table in (tables | {"articles": ArticleSettings()}).items():
        yield from ((name, setting.name) for setting in fields(table))


def section(table: str) -> str:
    found = re.search(rf"^## \[{table}[\].](.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"[{table}] is not in docs/reference/settings.md"
    return found[1]


@pytest.mark.parametrize(("table", "setting"), [*settings()])
def test_a_setting_is_documented(table: str, setting: str) -> None:
    assert re.search(rf"^\| `{setting}\b", section(table), re.MULTILINE)


def test_the_documented_defaults_are_true() -> None:
    tables = re.findall(r"^## \[(\w+)\]$", PAGE, re.MULTILINE)
    lines = [
        line
        for table in tables
        for line in [
            f"[{table}]",
            *re.findall(r"^\| `(\w+ = .*?)` \|", section(table), re.MULTILINE),
        ]
    ]

    assert parse("\n".join(lines).encode(), path=Path("settings.md")) == Settings()
