"""The flows on a small clinic's site, with a server of Prefect's."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar, cast
from uuid import UUID

import pytest
from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    LogFilter,
    LogFilterFlowRunId,
    TaskRunFilter,
    TaskRunFilterFlowRunId,
)
from prefect.client.schemas.objects import FlowRun, State
from prefect.events.filters import EventFilter, EventNameFilter, EventRelatedFilter
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.announcements import announce
from flows.audit import audit
from flows.build import build
from flows.command import main
from flows.endings import RunError
from flows.extract import extract
from flows.localize import localize
from flows.parameters import DEFAULT, Articles, How, Publishing, Scope
from flows.update import update
from polypage.model import Status
from polypage.project import Project
from polypage.runs.outcomes import Run
from polypage.runs.pipeline import exclusive, run
from polypage.runs.scaffold import init
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES, PEELING, SETTINGS, times, translate, translated, tree

T = TypeVar("T")

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture
def clinic(make_project: MakeProject) -> Project:
    """Make a project whose catalogs are complete."""
    return translated(make_project(FILES), "vi", "ar")


def state_of(
    flow: Flow[..., State[Any]],
    project: Project,
    *,
    articles: tuple[str, ...] = (),
    locales: tuple[str, ...] = (),
    how: How = DEFAULT,
) -> State[Any]:
    scope = Articles(project=project.root, articles=articles)
    if flow is not extract:
        scope = Scope(**dict(scope), locales=locales)
    state = flow(scope=scope, how=how, return_state=True)
    assert isinstance(state, State)
    return state


# --- localize ---------------------------------------------------------------------------------


def test_a_run_ends_completed_with_what_the_command_line_builds(
    clinic: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "clinic"
    shutil.copytree(clinic.root, other)
    run(other)

    state = state_of(localize, clinic)

    assert (state.name, state.is_completed()) == ("Completed", True)
    assert tree(clinic.root) == tree(other)


def test_a_second_run_says_that_nothing_changed_and_writes_nothing(clinic: Project) -> None:
    localize(Scope(project=clinic.root))
    before = times(clinic.root)

    state = state_of(localize, clinic)

    assert (state.name, state.message) == (
        "Unchanged",
        "Nothing to do: everything is up to date",
    )
    assert times(clinic.root) == before


def test_pages_that_wait_for_translators_do_not_fail_a_run(make_project: MakeProject) -> None:
    project = make_project(FILES)

    state = state_of(localize, project)

    assert (state.name, state.is_completed()) == ("CompletedWithHolds", True)
    assert (
        "4 pages held until more is translated: peeling (vi 0 %, ar 0 %), rolling (vi 0 %, ar 0 %)"
        in str(state.message)
    )


def test_one_bad_catalog_does_not_stop_the_others(clinic: Project) -> None:
    path = clinic.catalog_path("peeling", "vi")
    path.write_text(path.read_text().replace('msgstr "Peeling !"', 'msgstr "Peeling !'))

    state = state_of(localize, clinic)

    outcome = state.result(raise_on_failure=False)
    assert state.name == "Failed"
    assert "locales/vi/LC_MESSAGES/peeling.po:" in str(state.message)
    assert isinstance(outcome, RunError)
    assert [page.slug for page in outcome.run.built if page.status is Status.PUBLISHED] == [
        *["peeling"] * 2,
        *["rolling"] * 3,
    ]


def spoil_settings(project: Project) -> Iterator[None]:
    (project.root / "polypage.toml").write_text("[publish]\nmin_covrage = 0.9\n")
    yield


def hold_lock(project: Project) -> Iterator[None]:
    with exclusive(project.root):
        yield


@pytest.mark.parametrize(
    ("hinder", "options", "says"),
    [
        (spoil_settings, {}, "did you mean 'min_coverage'?"),
        (hold_lock, {}, "another run is at work in this project"),
        (None, {"articles": ("pealing",)}, "did you mean 'peeling'?"),
        (None, {"locales": ("fr",)}, "no locale of this project"),
        (None, {"how": How(limit="no-such-limit")}, "no-such-limit"),
    ],
)
def test_a_run_that_cannot_work_fails_with_one_sentence(
    clinic: Project,
    hinder: Callable[[Project], Iterator[None]] | None,
    options: dict[str, Any],
    says: str,
) -> None:
    hindrance = hinder(clinic) if hinder else iter((None,))
    next(hindrance)

    state = state_of(localize, clinic, **options)

    next(hindrance, None)
    assert state.is_failed()
    assert says in str(state.message)
    assert "\n" not in str(state.message)


def test_only_the_chosen_articles_and_locales_are_worked_on(clinic: Project) -> None:
    localize(Scope(project=clinic.root, articles=("peeling",), locales=("vi",)))

    assert {path for path in tree(clinic.root) if path.endswith(".html")} == {
        "source_articles/peeling.html",
        "source_articles/rolling.html",
        *("site/en/index.html", "site/vi/index.html"),
        *("site/en/peeling.html", "site/vi/peeling.html"),
    }


def test_what_a_flow_returns_is_the_run(clinic: Project) -> None:
    outcome: object = localize(Scope(project=clinic.root))

    assert isinstance(outcome, Run)
    assert outcome.exit_status == 0


# --- the parts --------------------------------------------------------------------------------


def test_the_parts_do_in_turn_what_localize_does(
    clinic: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "clinic"
    shutil.copytree(clinic.root, other)
    localize(Scope(project=other))

    for flow in (extract, update, build, audit):
        assert state_of(flow, clinic).is_completed()

    assert tree(clinic.root) == tree(other)


# --- who works --------------------------------------------------------------------------------


@pytest.mark.parametrize("runner", ["threads", pytest.param("processes", marks=pytest.mark.slow)])
def test_several_batches_give_the_same_pages(
    clinic: Project, tmp_path_factory: pytest.TempPathFactory, runner: str
) -> None:
    other = tmp_path_factory.mktemp("other") / "clinic"
    shutil.copytree(clinic.root, other)
    run(other)

    state = state_of(
        localize, clinic, how=How.model_validate({"runner": runner, "workers": 2, "pages": 1})
    )

    assert state.name == "Completed"
    assert tree(clinic.root) == tree(other)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no alarm clock")
@pytest.mark.parametrize("runner", ["threads", pytest.param("processes", marks=pytest.mark.slow)])
def test_a_page_that_takes_too_long_is_named_and_stops_no_other(
    make_project: MakeProject, runner: str
) -> None:
    text = "".join(f"<p>Take {n} of <b>them</b>.</p>\n" for n in range(200_000))
    endless = f"<html lang=en><title>Long</title>{text}"
    settings = f"{SETTINGS}[run]\ntime_limit = 2\n"
    files = {"polypage.toml": settings, "source_articles/endless.html": endless}
    project = make_project({**FILES, **files})

    state = state_of(localize, project, how=How.model_validate({"runner": runner, "workers": 1}))

    assert state.name == "Failed"
    assert "source_articles/endless.html (takes longer than 2 seconds" in str(state.message)
    assert "2 published" in str(state.message)


def test_without_dask_a_run_says_how_to_get_it(
    clinic: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)  # cannot be imported

    state = state_of(localize, clinic, how=How(runner="dask"))

    assert "install polypage[dask]" in str(state.message)


# --- what Prefect is told ---------------------------------------------------------------------


def test_each_batch_of_a_stage_is_a_task_run(clinic: Project) -> None:
    expected = [
        *("audit 1 of 2", "audit 2 of 2"),
        *("build 1 of 2", "build 2 of 2"),
        *("check 1 of 3", "check 2 to 3 of 3"),
        "extract 1 to 2 of 2",
        *("settle 1 of 2", "settle 2 of 2"),
        *("update 1 of 3", "update 2 to 3 of 3"),
    ]

    state = state_of(localize, clinic, how=How(workers=2, pages=4))

    assert eventually(lambda: task_runs(state), len(expected)) == expected


def test_a_run_shows_its_plan_its_progress_and_what_came_of_it(make_project: MakeProject) -> None:
    project = make_project({**FILES, "source_articles/a_*b*.html": PEELING})

    shown = artifacts(state_of(localize, project))

    assert shown.keys() == {
        f"polypage-{key}"
        for key in ("plan", "progress", "coverage", "effort", "pages", "findings", "report")
    }
    assert shown["polypage-progress"] == 100
    assert "**a\\_\\*b\\* in vi** " in str(shown["polypage-plan"])


@pytest.mark.parametrize(
    ("file", "link"),
    [("site/told.html", "https://h.example/told.html"), ("told.html", "file://{root}/told.html")],
)
def test_the_page_about_all_locales_is_written_and_linked(
    clinic: Project, file: str, link: str
) -> None:
    publishing = Publishing(status=Path(file))

    state = build(Scope(project=clinic.root), publishing, return_state=True)

    told = artifacts(cast("State[Any]", state))["polypage-status"]
    assert f"]({link.format(root=clinic.root)})" in str(told)
    assert "<html" in (clinic.root / file).read_text("utf-8")


def test_automations_hear_of_published_and_of_held_articles(clinic: Project) -> None:
    translate(clinic, "peeling", "ar", lambda entry: replace(entry, msgstr=""))

    state = state_of(localize, clinic)

    told = eventually(lambda: events(state), 4)
    assert [(name, resource) for name, resource, _ in told] == [
        ("polypage.article.held", "polypage.article.peeling"),
        ("polypage.article.published", "polypage.article.peeling"),
        ("polypage.article.published", "polypage.article.rolling"),
        ("polypage.site.published", f"polypage.project.{clinic.root.name}"),
    ]
    assert [page["path"] for page in told[0][2]["pages"]] == ["site/ar/peeling.html"]
    assert "of its words are translated" in told[0][2]["pages"][0]["reason"]


def test_a_run_is_named_after_what_it_works_on(clinic: Project) -> None:
    first = flow_run(state_of(localize, clinic))
    again = flow_run(state_of(localize, clinic, articles=("peeling",), locales=("vi",)))

    assert (first.name, first.tags) == ("localize · 2 changed · vi, ar", [clinic.root.name])
    assert (again.name, again.tags) == ("localize · vi", sorted([clinic.root.name, "vi"]))


def test_the_log_says_what_became_of_each_page(clinic: Project) -> None:
    translate(clinic, "peeling", "ar", lambda entry: replace(entry, msgstr=""))

    state = state_of(localize, clinic)

    told = eventually(lambda: logged(state, "polypage.flows"), 3)
    assert told[0].startswith("peeling in ar held: ")
    assert "rolling in en, vi, ar published: new" in told


def test_our_warnings_are_seen_on_the_page_of_a_run(clinic: Project) -> None:
    clinic.template_path("peeling").write_text("no template")

    state = state_of(localize, clinic)

    logged = eventually(lambda: warnings(state), 1)
    assert "peeling.pot" in logged[0]


def test_nothing_is_stopped_where_prefect_cannot_be_told(
    clinic: Project, caplog: pytest.LogCaptureFixture
) -> None:
    outcome = run(clinic.root)

    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}):
        announce(outcome, clinic.root, base_url=None)

    assert "Prefect could not be told" in caplog.text


def task_runs(state: State[Any]) -> list[str]:
    chosen = TaskRunFilter(flow_run_id=TaskRunFilterFlowRunId(any_=[run_id(state)]))
    with get_client(sync_client=True) as client:
        return sorted(run.name for run in client.read_task_runs(task_run_filter=chosen))


def artifacts(state: State[Any]) -> dict[str | None, object]:
    chosen = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run_id(state)]))
    with get_client(sync_client=True) as client:
        return {each.key: each.data for each in client.read_artifacts(artifact_filter=chosen)}


def events(state: State[Any]) -> list[tuple[str, str, dict[str, Any]]]:
    chosen = EventFilter(
        event=EventNameFilter(prefix=["polypage."]),
        related=EventRelatedFilter(id=[f"prefect.flow-run.{run_id(state)}"]),
    )
    with get_client(sync_client=True) as client:
        found = client.read_events(chosen, limit=50).events
    return sorted(
        ((one.event, one.resource.id, one.payload) for one in found), key=itemgetter(0, 1)
    )


def warnings(state: State[Any]) -> list[str]:
    chosen = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run_id(state)]))
    with get_client(sync_client=True) as client:
        found = client.read_logs(chosen)
    return [one.message for one in found if one.level == logging.WARNING]


def logged(state: State[Any], logger: str) -> list[str]:
    chosen = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run_id(state)]))
    with get_client(sync_client=True) as client:
        return [one.message for one in client.read_logs(chosen) if one.name == logger]


def flow_run(state: State[Any]) -> FlowRun:
    with get_client(sync_client=True) as client:
        return client.read_flow_run(run_id(state))


def run_id(state: State[Any]) -> UUID:
    found = state.state_details.flow_run_id
    assert found is not None
    return found


def eventually(look: Callable[[], list[T]], count: int) -> list[T]:
    """Look until there are so many: Prefect hears of task runs, events and logs in the background."""
    end = time.monotonic() + 30
    while len(found := look()) < count and time.monotonic() < end:
        time.sleep(0.2)
    return found


# --- the command ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "arguments", "status", "says"),
    [
        (None, [], 0, "open       site/vi/peeling.html"),
        (None, ["-l", "ar", "rolling"], 0, "open       site/ar/rolling.html"),
        (None, ["--workers", "2", "--pages", "2"], 0, "6 published"),
        ("locales/vi/LC_MESSAGES/peeling.po", [], 1, "locales/vi/LC_MESSAGES/peeling.po:1: "),
        ("polypage.toml", [], 2, "polypage.toml:1: is no TOML"),
    ],
)
def test_the_command_prints_what_a_run_came_to(
    clinic: Project,
    capsys: pytest.CaptureFixture[str],
    spoil: str | None,
    arguments: list[str],
    status: int,
    says: str,
) -> None:
    if spoil:
        (clinic.root / spoil).write_text("what is this")

    assert main(localize, ["--project", str(clinic.root), *arguments]) == status

    assert says in capsys.readouterr().out


@pytest.mark.slow
def test_a_new_project_is_run_by_its_own_flows_and_a_server_of_their_own(tmp_path: Path) -> None:
    init(tmp_path / "clinic", locales=["vi"])
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")
    }
    environment["PREFECT_HOME"] = str(tmp_path / "home")

    done = subprocess.run(
        [sys.executable, "-m", "flows.localize"],
        cwd=tmp_path / "clinic",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "open       site/en/sleeping-well.html" in done.stdout
    assert "Traceback" not in done.stderr
