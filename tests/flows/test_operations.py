"""Deployments, settings, and what the page about operations says of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # stubs for one call would be one more thing to lock
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.flows import Flow, load_flow_from_entrypoint

from flows import announcements, endings
from flows.command import main
from flows.parameters import How, Publishing, Scope
from polypage.runs.scaffold import init
from tests.conftest import ROOT
from tests.docs.reading import Block, blocks

PAGE = ROOT / "docs/how-to/operations.md"
TEXT = PAGE.read_text("utf-8")
STARTER = ROOT / "polypage/starter"
DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "prefect.yaml").read_bytes())[
    "deployments"
]
BLOCK_ID = "11111111-1111-4111-8111-111111111111"


def flow_of(deployment: dict[str, Any]) -> Flow[..., Any]:
    return load_flow_from_entrypoint(str(ROOT / deployment["entrypoint"]))


def test_every_flow_is_deployed_and_none_is_scheduled_until_somebody_says_so() -> None:
    flows = [flow_of(deployment).name for deployment in DEPLOYMENTS]
    schedules = [each for one in DEPLOYMENTS for each in one.get("schedules", ())]

    assert flows == ["localize", "extract", "update", "build", "audit"]
    assert [each["active"] for each in schedules] == [False]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda each: each["entrypoint"])
def test_a_flow_says_how_it_is_called(
    deployment: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    flow = flow_of(deployment)

    with pytest.raises(SystemExit):
        main(flow, ["--help"])

    said = capsys.readouterr().out
    assert f"python -m flows.{flow.name}" in said
    assert str(flow.description) in " ".join(said.split())
    assert all(f"--{name}" in said for name in How.model_fields)


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_number_that_makes_no_sense_is_named(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(flow_of(DEPLOYMENTS[0]), [f"--workers={number}"])

    assert f"{number!r} is no number above 0" in capsys.readouterr().err


def test_new_projects_have_the_same_deployments_and_settings() -> None:
    own = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["prefect"]

    assert (STARTER / "prefect.yaml").read_bytes() == (ROOT / "prefect.yaml").read_bytes()
    assert tomllib.loads((STARTER / "prefect.toml").read_text("utf-8")) == own


def test_the_page_tells_of_all_states_events_and_parameters() -> None:
    states = re.findall(r"^    (\w+)  ", str(endings.__doc__), re.MULTILINE)
    events = re.findall(r"^    (polypage\.\S+)", str(announcements.__doc__), re.MULTILINE)

    parameters = (*Scope.model_fields, *Publishing.model_fields, *How.model_fields)
    for name in (*states, *events, *parameters):
        assert f"| `{name}` |" in TEXT


# --- the examples -----------------------------------------------------------------------------


def examples(option: str) -> Iterator[Block]:
    return (block for block in blocks(PAGE) if option in block.options)


@pytest.mark.slow
def test_deployments_and_automations_are_made_as_the_page_says(
    tmp_path: Path, prefect_server: str
) -> None:
    init(tmp_path, locales=["vi"])
    notification = CustomWebhookNotificationBlock(
        name="here", url="http://127.0.0.1:9/", headers=None, cookies=None
    )
    block_id = notification.save("here")
    (automations,) = examples("automations")
    (tmp_path / "automations.yaml").write_text(automations.text.replace(BLOCK_ID, str(block_id)))

    for block in examples("in"):
        for command in re.findall(r"^\$ (.*)$", block.text, re.MULTILINE):
            done = prefect(command, tmp_path, prefect_server)
            assert done.returncode == 0, f"{command}\n{done.stdout}"

    made = prefect("prefect deployment ls", tmp_path, prefect_server).stdout
    assert all(name in made for name in ("localize/nightly", "build/by-hand", "audit/by-hand"))


def prefect(command: str, folder: Path, server: str) -> subprocess.CompletedProcess[str]:
    """Give a command as somebody would who has Prefect for himself."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    home = str(folder / "home")
    return subprocess.run(
        command.split(),
        cwd=folder,
        env={**os.environ, "PATH": path, "PREFECT_HOME": home, "PREFECT_API_URL": server},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
