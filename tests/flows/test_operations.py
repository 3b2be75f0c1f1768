"""Deployments, settings, and what the page about operations says of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any
from uuid import uuid4

import pytest
import yaml  # type: ignore[import-untyped]  # stubs for one call would be one more thing to lock
from prefect.blocks.notifications import CustomWebhookNotificationBlock
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterTags
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState, SendNotification
from prefect.events.schemas.automations import EventTrigger
from prefect.flows import Flow, load_flow_from_entrypoint

from flows import announcements, automations, endings, serve, watch
from flows.command import main
from flows.parameters import How, Publishing, Scope
from polypage.errors import PolypageError
from polypage.runs.scaffold import init
from polypage.runs.state import exclusive
from tests.conftest import ROOT, MakeProject
from tests.docs.reading import Block, blocks
from tests.pipeline.projects import FILES

PAGE = ROOT / "docs/how-to/operations.md"
TEXT = PAGE.read_text("utf-8")
STARTER = ROOT / "polypage/starter"
DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "prefect.yaml").read_bytes())[
    "deployments"
]


def flow_of(deployment: dict[str, Any]) -> Flow[..., Any]:
    return load_flow_from_entrypoint(str(ROOT / deployment["entrypoint"]))


def test_every_flow_is_deployed_and_none_is_scheduled_until_somebody_says_so() -> None:
    flows = [flow_of(deployment).name for deployment in DEPLOYMENTS]
    schedules = [each for one in DEPLOYMENTS for each in one.get("schedules", ())]

    assert sorted(flows) == [
        *("audit", "build", "check", "extract", "localize", "report", "update")
    ]
    assert [each["active"] for each in schedules] == [False, False]


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

    events += [watch.CATALOG, watch.SOURCE]
    parameters = (*Scope.model_fields, *Publishing.model_fields, *How.model_fields)
    for name in (*states, *events, *parameters):
        assert f"| `{name}` |" in TEXT


# --- the examples -----------------------------------------------------------------------------


def examples(option: str) -> Iterator[Block]:
    return (block for block in blocks(PAGE) if option in block.options)


@pytest.mark.slow
def test_deployments_are_made_as_the_page_says(tmp_path: Path, prefect_server: str) -> None:
    init(tmp_path, locales=["vi"])
    for block in examples("in"):
        for command in re.findall(r"^\$ (.*)$", block.text, re.MULTILINE):
            done = prefect(command, tmp_path, prefect_server)
            assert done.returncode == 0, f"{command}\n{done.stdout}"

    made = prefect("prefect deployment ls", tmp_path, prefect_server).stdout
    assert all(name in made for name in ("localize/nightly", "build/on-demand", "audit/by-hand"))


@pytest.mark.slow
def test_a_worker_does_one_run_at_a_time_of_what_is_deployed(
    tmp_path: Path, prefect_server: str
) -> None:
    init(tmp_path, locales=["vi"])
    for command in (
        "prefect work-pool create polypage --type process --overwrite",
        "prefect deploy --all",
        "prefect deployment run localize/nightly --tag first",
        "prefect deployment run localize/nightly --tag second",
        "prefect worker start --pool polypage --run-once",
    ):
        done = prefect(command, tmp_path, prefect_server)
        assert done.returncode == 0, f"{command}\n{done.stdout}"

    # A night that takes longer than a day is not joined by the next.
    assert sorted(_states("first", "second")) == ["Cancelled", "CompletedWithHolds"]
    assert (tmp_path / "site/en/sleeping-well.html").is_file()


def _states(*tags: str) -> list[str]:
    chosen = FlowRunFilter(tags=FlowRunFilterTags(any_=[*tags]))
    with get_client(sync_client=True) as client:
        return [str(run.state_name) for run in client.read_flow_runs(flow_run_filter=chosen)]


def test_notes_are_arranged_once_however_often_it_is_done(
    prefect_server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prefect_server
    CustomWebhookNotificationBlock(
        name="here", url="http://127.0.0.1:9/", headers=None, cookies=None
    ).save("here")

    for _ in range(2):
        assert automations.main(["--notify", "custom-webhook/here"]) == 0

    names = capsys.readouterr().out.splitlines()
    with get_client(sync_client=True) as client:
        counts = [len(client.read_automations_by_name(name)) for name in names]
    assert counts == [1] * 10


def test_people_are_told_of_every_event_that_needs_them() -> None:
    events = {
        event
        for each in automations.automations(uuid4())
        if isinstance(each.trigger, EventTrigger)
        for event in each.trigger.expect
    }

    told = set(re.findall(r"^    (polypage\.\S+)", str(announcements.__doc__), re.MULTILINE))
    assert events == told - {"polypage.article.published", "polypage.site.published"} | {
        "prefect.flow-run.Failed",
        "prefect.flow-run.CompletedWithErrors",
        "prefect.flow-run.*",
    }


def test_a_run_whose_process_is_gone_is_called_crashed_by_what_is_served(
    prefect_server: str,
) -> None:
    assert prefect_server

    for _ in range(2):
        automations.arrange_at_least()

    with get_client(sync_client=True) as client:
        (made,) = client.read_automations_by_name(automations.of_the_gone().name)
    ends, *_ = made.actions  # the notes of another test come after it
    assert isinstance(ends, ChangeFlowRunState)
    assert ends.state is StateType.CRASHED


def test_a_note_about_a_recall_says_so() -> None:
    (note,) = (
        action
        for each in automations.automations(uuid4())
        if isinstance(each.trigger, EventTrigger)
        and "polypage.article.recalled" in each.trigger.expect
        for action in each.actions
        if isinstance(action, SendNotification)
    )
    assert "recalled" in note.subject
    assert "{{ page.reason }}" in note.body


def test_a_block_that_is_not_there_is_named(
    prefect_server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prefect_server
    with pytest.raises(SystemExit, match="2"):
        automations.main(["--notify", "slack-webhook/nobody"])

    assert "no block slack-webhook/nobody" in capsys.readouterr().err


def test_what_is_served_is_what_is_deployed() -> None:
    served = {f"{one.flow_name}/{one.name}": one for one in serve.deployments(ROOT)}

    assert served.keys() == {f"{flow_of(each).name}/{each['name']}" for each in DEPLOYMENTS}
    assert [name for name, one in served.items() if one.schedules] == [
        *("localize/nightly", "report/weekly")
    ]
    assert [name for name, one in served.items() if one.triggers] == [
        *("build/on-demand", "check/on-change")
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "prefect.yaml: is not there; `polypage init` writes one"),
        ("deployments:\n- name: [", r"prefect.yaml:2: is no YAML: "),
        ("name: clinic", "prefect.yaml: deploys nothing; "),
        ("", "prefect.yaml: deploys nothing; "),
    ],
)
def test_what_cannot_be_served_is_said_with_its_remedy(
    tmp_path: Path, text: str | None, problem: str
) -> None:
    if text is not None:
        (tmp_path / "prefect.yaml").write_text(text)

    with pytest.raises(PolypageError, match=problem):
        [*serve.deployments(tmp_path)]


def test_what_is_served_starts_for_its_own_project_alone(tmp_path: Path) -> None:
    init(tmp_path / "clinic", locales=["vi"])

    triggers = [each for one in serve.deployments(tmp_path / "clinic") for each in one.triggers]

    own = {"prefect.resource.id": "polypage.project.clinic"}
    assert [each.model_dump()["match"] for each in triggers] == [own, own]


def test_a_build_starts_whatever_was_saved() -> None:
    started = {event for name, event in _started() if name == "build/on-demand"}

    assert started == {watch.CATALOG, watch.SOURCE}  # a page that is saved may recall others


def _started() -> Iterator[tuple[str, str]]:
    """Yield which deployments are started by which events."""
    for one in DEPLOYMENTS:
        for trigger in one.get("triggers", ()):
            for event in trigger["expect"]:
                yield f"{flow_of(one).name}/{one['name']}", event


def test_what_was_saved_is_told_by_kind(make_project: MakeProject) -> None:
    project = make_project(FILES)
    saved = ("locales/vi/LC_MESSAGES/peeling.po", "source_articles/peeling.html", "polypage.toml")

    told = tuple(watch.news(project, [project.root / path for path in saved]))

    assert told == ((watch.CATALOG, saved[:1]), (watch.SOURCE, saved[1:2]))


def test_a_folder_that_comes_later_is_watched_and_what_is_in_it_told(
    make_project: MakeProject,
) -> None:
    page = "source_articles/peeling.html"
    project = make_project({name: FILES[name] for name in ("polypage.toml", page)})
    catalog = project.catalog_path("peeling", "vi")
    stop = Event()
    end = Timer(60, stop.set)
    end.start()

    news = watch.saved(project, stop)
    saving = Thread(target=_save_until_told, args=(project.root / page, told := Event()))
    saving.start()
    first = next(filter(None, news), frozenset())  # by now it is watched
    told.set()
    saving.join()
    catalog.parent.mkdir(parents=True)
    catalog.write_text("")
    found = any(catalog in files for files in news)
    end.cancel()

    assert first == {project.root / page}
    assert found


def test_while_a_run_is_at_work_nothing_is_told(make_project: MakeProject) -> None:
    project = make_project(FILES)
    page, stop, told = project.root / "source_articles/peeling.html", Event(), Event()
    end = Timer(60, stop.set)
    end.start()
    due = watch.due(project, stop)
    seen = Thread(target=_note_when_told, args=(due, told))
    saving = Thread(target=_save_until_told, args=(page, told))

    with exclusive(project.state_dir):
        seen.start()
        saving.start()
        at_work = told.wait(3 * watch.SETTLED / 1000)
    afterwards = told.wait(30)
    stop.set()
    end.cancel()
    seen.join()
    saving.join()

    assert (at_work, afterwards) == (False, True)


def _note_when_told(due: Iterator[frozenset[Path]], told: Event) -> None:
    if next(due, None):
        told.set()


def _save_until_told(path: Path, told: Event) -> None:
    while not told.wait(0.2):
        path.write_text("<p>Peeling")


@pytest.mark.parametrize(
    "name", ["glossary.csv", "glossary.tbx", "notice.toml", "links.toml", "compendium.po"]
)
def test_what_stands_beside_catalogs_is_told_of_as_they_are(
    make_project: MakeProject, name: str
) -> None:
    project = make_project(FILES)

    told = tuple(watch.news(project, [project.locales_dir / "vi" / name]))

    assert told == ((watch.CATALOG, (f"locales/vi/{name}",)),)


def test_files_that_are_being_written_are_told_to_nobody(make_project: MakeProject) -> None:
    project = make_project(FILES)

    assert not tuple(watch.news(project, [project.root / "locales/vi/LC_MESSAGES/.peeling.po"]))


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
