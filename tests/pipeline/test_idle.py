"""Selectors in the settings that find nothing on any page are told of."""

from __future__ import annotations

import pytest

from polypage.runs.pipeline import run
from tests.conftest import MakeProject

PAGE = '<html lang="en"><title>Dose</title><h1>Dose</h1><p class="warning">Not for children.</p>'
PLAIN = '<html lang="en"><title>Rest</title><h1>Rest</h1><nav class="languages"></nav>'

CASES = """
[publish] warnings = ["p.warnign"]                         | 3 'p.warnign'
[publish] warnings = ["p.warning"]                         |
[publish] switcher = "nav.langauges"                       | 3 'nav.langauges'
[publish] switcher = "nav.languages"                       |
[publish.locales.de] warnings = [".danger"]                | 3 '.danger'
[[publish.classes]] pages = ["main.drug"]                  | 3 'main.drug'
[notice] disclaimer = "p.disclaimr"; on_missing = "ignore" | 3 'p.disclaimr'
[notice] on_missing = "ignore"                             |
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_a_selector_that_finds_nothing_anywhere_is_told_of(
    case: str, make_project: MakeProject
) -> None:
    written, _, expected = (part.strip() for part in case.partition("|"))
    table, _, keys = written.partition("] ")
    settings = f'project.locales = ["de"]\n{table}]\n' + keys.replace("; ", "\n").lstrip("] ")
    project = make_project(
        {
            "polypage.toml": settings,
            "source_articles/dose.html": PAGE,
            "source_articles/rest.html": PLAIN,
        }
    )

    first, again = run(project.root), run(project.root)

    told = [f"{each.line} {each.message.split(' finds')[0]}" for each in first.idle]
    assert told == ([expected] if expected else [])
    assert again.idle == first.idle


def test_a_page_that_cannot_be_read_may_have_what_is_asked_for(make_project: MakeProject) -> None:
    project = make_project(
        {
            "polypage.toml": '[publish]\nwarnings = [".danger"]\n[notice]\non_missing = "ignore"\n',
            "source_articles/dose.html": PAGE,
            "source_articles/broken.html": b"",
        }
    )

    assert run(project.root).idle == ()
