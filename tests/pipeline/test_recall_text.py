"""What a recalled page says is to be translated before it is needed: a check tells where it is not."""

from __future__ import annotations

import pytest

from polypage.project import Project
from polypage.runs.pipeline import run
from tests.conftest import MakeProject
from tests.pipeline.projects import translate

DOSE = '<html lang="en"><title>Dose</title><h1>Dose</h1><p>Take 5 mg a day.</p></html>'
SETTINGS = '[project]\nlocales = ["de"]\n[notice]\non_missing = "ignore"\n'


def warned(project: Project) -> list[tuple[str, str]]:
    found = run(project.root).findings
    return [(each.path, each.message) for each in found if each.code == "recall-untranslated"]


def test_a_banner_in_another_language_is_told_of_until_it_is_translated(
    make_project: MakeProject,
) -> None:
    settings = f"{SETTINGS}[publish]\nurgent = true\n"
    project = make_project({"polypage.toml": settings, "source_articles/dose.html": DOSE})

    before = warned(project)
    translate(project, "site", "de")
    after = warned(project)

    assert [path for path, _ in before] == ["locales/de/LC_MESSAGES/site.po"]
    assert "its readers would get it in English" in before[0][1]
    assert after == []


@pytest.mark.parametrize(
    "publish",
    [
        "",
        "[publish]\nurgent = true\non_recall = 'pull'\n",
        "[publish]\nurgent = true\n[publish.locales.de]\nrecall_text = 'Diese Seite ist veraltet.'\n",
    ],
)
def test_where_no_banner_is_needed_none_is_asked_for(
    publish: str, make_project: MakeProject
) -> None:
    project = make_project(
        {"polypage.toml": f"{SETTINGS}{publish}", "source_articles/dose.html": DOSE}
    )

    assert warned(project) == []
