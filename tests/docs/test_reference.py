"""What people can say to polypage, and what it says to them, is documented, and nothing else is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

from docs import commands
from docs import settings as settings_page
from polypage.building.render import render
from polypage.cli import main
from polypage.html import vocabulary as html
from polypage.html.document import read
from polypage.model import Article, Target
from polypage.reading.extract import extract
from polypage.reading.inline import from_msgstr
from polypage.rules.judging import Rules
from polypage.runs import pipeline, report
from polypage.runs.status import survey
from polypage.settings import (
    ArticleSettings,
    LocalePublishSettings,
    PublishClass,
    Settings,
    parse,
)
from tests.conftest import ROOT
from tests.docs.reading import prose, rows, section, sections

REFERENCE = ROOT / "docs/reference"
COMMANDS, REPORTS, SETTINGS = (
    REFERENCE / f"{name}.md" for name in ("commands", "reports", "settings")
)
NOTATION, TEXTS = REFERENCE / "notation.md", REFERENCE / "texts.md"
QUALITY = REFERENCE / "check-quality.md"


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_module_has_its_place_in_the_architecture() -> None:
    placed: dict[str, set[str]] = {}
    package = ""  # a row without one goes on with the package above
    for about, _, modules in rows(section(ROOT / "ARCHITECTURE.md", "Where things are")):
        package = about.strip("`") or package
        placed.setdefault(package, set()).update(codes(modules))
    packages = [each.parent for each in (ROOT / "polypage").rglob("__init__.py")]

    assert placed == {"flows": set()} | {
        ".".join(each.relative_to(ROOT).parts): {path.stem for path in each.glob("*.py")}
        - {"__init__"}
        for each in packages
    }


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (each for extra in project["optional-dependencies"].values() for each in extra)
    needed = {re.split(r"[^\w.-]", each)[0] for each in (*project["dependencies"], *extras)}
    table = rows(prose(ROOT / "docs/decisions/0005-dependencies.md"))

    assert {name.strip() for row in table for name in row[0].split(",")} == needed


@pytest.mark.parametrize("page", [commands, settings_page], ids=["commands", "settings"])
def test_the_page_is_what_the_code_says(page: ModuleType) -> None:
    assert page.PAGE.read_text("utf-8") == page.page()


def test_the_documented_classes_of_seeded_errors_are_those_there_are() -> None:
    floors = tomllib.loads((ROOT / "tests/checks/quality/floors.toml").read_text("utf-8"))
    documented, measured = (
        [codes(row[0])[0] for row in rows(section(QUALITY, title)) if codes(row[0])]
        for title in ("The classes", "What came of it")
    )

    assert {*documented} == {*floors["found"]}
    assert documented == measured


# --- commands ---------------------------------------------------------------------------------


def test_the_documented_commands_are_those_there_are() -> None:
    documented = {each.title for each in sections(COMMANDS) if each.title.startswith("polypage ")}

    assert documented == {f"polypage {command}" for command in main.commands}


@pytest.mark.parametrize("command", [main, *main.commands.values()], ids=lambda one: one.name)
def test_the_documented_options_of_a_command_are_those_it_has(command: click.Command) -> None:
    title = "Commands" if command is main else f"polypage {command.name}"
    options = (each for each in command.params if isinstance(each, click.Option))
    taken = {name for option in options for name in option.opts}
    if command is main:
        taken |= set(main.context_settings["help_option_names"])

    documented = (re.findall(r"--?[a-z][a-z-]*", row[0]) for row in rows(section(COMMANDS, title)))

    assert {name for names in documented for name in names} == taken


@pytest.fixture(scope="module")
def run_report(tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401 - it is JSON
    root = tmp_path_factory.mktemp("project")
    (root / "source_articles").mkdir()
    (root / "source_articles/dose.html").write_text("<html lang=en><p>Take <i>5 mg</i>.", "utf-8")
    (root / "source_articles/broken.html").write_bytes(b"")
    (root / "polypage.toml").write_text('[project]\nlocales = ["de"]\n', "utf-8")
    done = replace(pipeline.run(root), approved=survey(root).approved)
    return json.loads(report.to_json(done, command="run"))


@pytest.mark.parametrize(
    ("title", "way"),
    [
        ("JSON", ()),
        ("Each of templates", ("templates", 0)),
        ("Each of catalogs", ("catalogs", 0)),
        ("Each of checks", ("checks", 0)),
        ("Each of pages", ("pages", 0)),
        ("Each of approvals", ("approvals", 0)),
        ("Each of locales", ("locales", 0)),
        ("A coverage", ("checks", 0, "coverage")),
        ("The files", ("files",)),
        ("A finding", ("failures", 0)),
    ],
)
def test_the_documented_keys_of_the_report_are_those_it_has(
    title: str,
    way: tuple[str | int, ...],
    run_report: Any,  # noqa: ANN401
) -> None:
    described = run_report
    for step in way:
        described = described[step]

    documented = [codes(row[0])[0] for row in rows(section(REPORTS, title))]

    assert documented == [key for key in described if key != "findings" or not way]


# --- settings ---------------------------------------------------------------------------------


def settings() -> Iterator[tuple[str, list[str]]]:
    tables = {table.name: getattr(Settings(), table.name) for table in fields(Settings)}
    titled = {f"[{name}]": table for name, table in tables.items() if name != "articles"}
    parts = {
        '[articles."SLUG"]': ArticleSettings(),
        "[publish.locales.LOCALE]": LocalePublishSettings(),
        "[[publish.classes]]": PublishClass(),
    }
    for title, table in (titled | parts).items():
        yield title, [setting.name for setting in fields(table)]


@pytest.mark.parametrize(("title", "keys"), [*settings()])
def test_the_documented_settings_are_those_there_are(title: str, keys: list[str]) -> None:
    documented = [codes(row[0])[0].partition(" ")[0] for row in rows(section(SETTINGS, title))]

    assert documented == keys


def test_the_documented_defaults_are_true() -> None:
    tables = [each for each in sections(SETTINGS) if re.fullmatch(r"\[\w+\]", each.title)]
    lines = [
        line
        for table in tables
        for line in (table.title, *(codes(row[0])[0] for row in rows(table.text)))
        if "=" in line or line.startswith("[")
    ]

    assert parse("\n".join(lines).encode(), path=Path("settings.md")) == Settings()


# --- what is translated, and how it is written ------------------------------------------------


def test_the_documented_attributes_are_those_that_are_read() -> None:
    documented = {codes(name)[0]: codes(of) for name, of in rows(section(TEXTS, "Attributes"))}
    elements = {name: sorted(html.TEXT_ATTRIBUTE_ELEMENTS.get(name, ())) for name in documented}
    elements["value"] += sorted(html.BUTTON_TYPES)

    assert list(documented) == list(html.TEXT_ATTRIBUTES)
    assert documented == elements


def test_the_documented_metadata_are_those_that_are_read() -> None:
    named = codes(section(TEXTS, "Metadata").rpartition(":\n")[2])

    assert [name.lower() for name in named] == list(html.META_ROLES)


def article_of(markup: str) -> Article:
    page = f'<html lang="en"><meta charset="utf-8"><p>{markup}</p>'.encode()
    return extract(read(page, path="page.html"), Rules(), slug="page", source_tag="en")


@pytest.mark.parametrize(
    ("markup", "msgid"), rows(section(NOTATION, "What stands in a msgid")), ids=lambda cell: cell
)
def test_a_text_is_written_as_the_notation_says(markup: str, msgid: str) -> None:
    article = article_of(codes(markup)[0])

    assert [segment.msgid for segment in article.segments] == codes(msgid)


def examples_of_reading() -> Iterator[list[str]]:
    return (row for row in rows(section(NOTATION, "What may stand in a msgstr")) if row[2:])


@pytest.mark.parametrize(("msgid", "msgstr", "said"), [*examples_of_reading()])
def test_a_translation_is_read_as_the_notation_says(msgid: str, msgstr: str, said: str) -> None:
    article = article_of('Read <a href="x.html">this</a> <b>now</b>.')
    target = Target("de", "ltr", "de_DE", "en", "ltr")

    reading = from_msgstr(codes(msgstr)[0], article.segments[0].content)

    assert article.segments[0].msgid == codes(msgid)[0]
    if said.startswith("nothing: "):
        assert {finding.code for finding in reading.findings} == {said.removeprefix("nothing: ")}
    else:
        assert f"<p>{codes(said)[0]}</p>" in render(article, [reading.content], target)


def formatting() -> list[str]:
    listed = section(NOTATION, "What may stand in a msgstr").partition("These are formatting: `")[2]
    return listed.partition("`")[0].split()


@pytest.mark.parametrize(
    ("name", "is_formatting"), [*((n, True) for n in formatting()), ("rt", False)]
)
def test_codes_leave_formatting_and_nothing_else(name: str, is_formatting: bool) -> None:
    article = article_of(f"One <{name} id=x>two<br>three</{name}> four.")
    content = article.segments[0].content

    reading = from_msgstr(f"Eins <{name}1>zwei drei</{name}1> vier.<br/>", content)

    assert (reading.content is not None) is is_formatting
