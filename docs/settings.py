"""Writes `docs/reference/settings.md` from the classes of the settings and their docstrings.

make reference
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from itertools import pairwise
from typing import Any

from docs.prose import REFERENCE, cell, sentences
from polypage.schema import accepted
from polypage.settings import (
    ArticleSettings,
    LocalePublishSettings,
    PublishClass,
    PublishSettings,
    Settings,
)

PAGE = REFERENCE / "settings.md"
PARTS: Mapping[type, Sequence[type]] = {PublishSettings: (LocalePublishSettings, PublishClass)}
"""The tables within a table."""


def page() -> str:
    """Return the page of the reference."""
    return "\n\n".join((_HEAD.strip(), *map(_section, tables()))) + "\n"


def tables() -> Iterator[type]:
    """Yield the classes of all tables, each before those within it."""
    for each in fields(Settings):
        kind = type(each.default) if is_dataclass(each.default) else ArticleSettings
        yield kind
        yield from PARTS.get(kind, ())


def title(kind: type) -> str:
    """Return how a table is headed in the file: `[publish]`, `[[publish.classes]]`."""
    return str(inspect.getdoc(kind)).partition(": ")[0]


def _section(kind: type) -> str:
    is_part = any(kind in parts for parts in PARTS.values())
    about = str(inspect.getdoc(kind)).partition(": ")[2]
    paragraphs = (sentences(each) for each in (about[0].upper() + about[1:]).split("\n\n"))
    table = (
        "| key | can be | meaning |",
        "|---|---|---|",
        *(_row(kind, each) for each in fields(kind)),
    )
    level = "###" if is_part else "##"
    return "\n\n".join((f"{level} {title(kind)}", *paragraphs, "\n".join(table)))


def _row(kind: type, field: Field[Any]) -> str:
    default = field.default if field.default_factory is MISSING else field.default_factory()
    key = field.name if default is None else f"{field.name} = {_written(default)}"
    can_be = cell(accepted(field.metadata["read"]))
    meaning = cell(_meaning(kind, field.name) + _elsewhere(kind, field.name))
    return f"| `{cell(key)}` | {can_be} | {meaning} |"


def _meaning(kind: type, name: str) -> str:
    """Return what a field's docstring says of it, or whose key it repeats."""
    if own := _docstrings(kind).get(name):
        return own[0].lower() + own[1:].removesuffix(".")
    whole = next(each for each, parts in PARTS.items() if kind in parts)
    return f"as in `{title(whole)}`"


def _elsewhere(kind: type, name: str) -> str:
    repeated = (
        part
        for part in PARTS.get(kind, ())
        if name in {each.name for each in fields(part)} - _docstrings(part).keys()
    )
    places = ", ".join(f"`{title(part)}`" for part in repeated)
    return f". Also in {places}" if places else ""


def _docstrings(kind: type) -> Mapping[str, str]:
    """Return the texts that stand below the fields of a class."""
    written = ast.walk(ast.parse(inspect.getsource(kind)))
    body = next(node.body for node in written if isinstance(node, ast.ClassDef))
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }


def _written(value: object) -> str:
    """Write a default as TOML does."""
    return f"{value:g}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


_HEAD = """\
# Settings

<!-- written by `make reference` from polypage/settings.py -->

`polypage.toml` at the project's root holds them all.
Everything may be left out; what stands here as a value is the default.
A key that polypage does not know, a selector that is none, a locale that nobody speaks: each is an error that names the line.

Selectors are CSS, as in a style sheet: `.share`, `main > header`, `p.note, aside`.
Locales are written as in `zh_Hant_TW` or as in `zh-Hant-TW`; files and folders are always named the first way, pages the second.
Paths are those below the project's root, with forward slashes.

```toml
[project]
source_locale = "en"
locales = ["vi", "ar", "zh_Hant_TW"]
base_url = "https://health.example"

[extract]
skip = [".share", "code"]
note = { "td.dose" = "A dose: keep figure and unit together" }

[site]
parts = ["body > header", "body > footer", "p.disclaimer"]

[publish]
min_coverage = 1
on_incomplete = "hold"

[notice]
source_link = "p.source-link a"
disclaimer = "p.disclaimer"
on_missing = "insert"
disclaimer_text = "This article is for information only."

[notice.approved]
vi = "Bài viết chỉ mang tính tham khảo, không thay thế lời khuyên của bác sĩ."

[articles."skin/concave-scars"]
source_url = "https://health.example/articles/concave-scars"
```
"""
