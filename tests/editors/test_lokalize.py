"""The settings that a new project has for Lokalize stand where it reads them."""

from __future__ import annotations

from configparser import RawConfigParser
from pathlib import Path

from polypage.project import load
from polypage.runs.scaffold import init


def test_lokalize_is_told_to_leave_lines_as_they_are(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)

    # Under [General] it does not see this, and wraps all texts.
    assert settings["RegExps"]["WordWrap"] == "1"
    assert "WordWrap" not in settings["General"]


def test_lokalize_finds_the_catalogs_and_templates_of_the_first_locale(tmp_path: Path) -> None:
    general = settings_of(tmp_path)["General"]

    project = load(tmp_path)

    assert general["TargetLangCode"] == general["LangCode"] == "vi"
    assert project.catalog_path("dose", "vi") == tmp_path / general["PoBaseDir"] / "dose.po"
    assert project.template_path("dose") == tmp_path / general["PotBaseDir"] / "dose.pot"


def settings_of(folder: Path) -> RawConfigParser:
    init(folder, locales=("vi", "ar"))
    settings = RawConfigParser()
    settings.optionxform = str  # type: ignore[assignment,method-assign]
    settings.read(folder / "index.lokalize", "utf-8")
    return settings
