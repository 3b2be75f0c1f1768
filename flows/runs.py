"""The work of a flow: a run of `polypage.runs.pipeline`, shown in Prefect and brought to an end.

    @flow(persist_result=False)
    def update(scope: Scope = EVERYTHING, how: How = DEFAULT) -> State[Any]:
        return perform(("update",), scope, how)

A flow that is called as a function returns the `Run`, or raises a `RunError` that has it.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from prefect.client.schemas.objects import State
from prefect.concurrency.sync import concurrency
from prefect.states import Failed

from flows.announcements import Announcer, announce, show_status
from flows.approval import approve, identity, rehearsed, require_deployment
from flows.crew import gathered
from flows.endings import declined, ending, unseen
from flows.lifeline import tie_server
from flows.parameters import PLAINLY, Articles, How, Publishing, Scope
from flows.titles import Title
from polypage.errors import PolypageError
from polypage.project import Project, load
from polypage.runs.outcomes import Run
from polypage.runs.pipeline import run_with


def perform(
    stages: Sequence[str], scope: Articles, how: How, publishing: Publishing = PLAINLY
) -> State[Any]:
    """Do these stages of a run, and say how the flow ends."""
    tie_server()
    try:
        project = load(scope.project)
        with _limited(how.limit):
            if publishing.approval:
                return _after_approval(stages, project, scope, how, publishing)
            run = _run(stages, project, scope, how, publishing)
    except (PolypageError, OSError) as error:
        return Failed(message=str(error), data=error)
    _tell(run, project, publishing)
    return ending(run)


def _after_approval(
    stages: Sequence[str], project: Project, scope: Articles, how: How, publishing: Publishing
) -> State[Any]:
    """Do what comes before building, ask, and do it all if the answer is yes."""
    require_deployment()
    run = _run(stages[: stages.index("build")], project, scope, how, publishing)
    _tell(run, project, publishing)
    locales, workers = _locales(scope), how.crew_size
    shown, made_of = rehearsed(
        project, scope.articles, locales, workers=workers, prune=publishing.prune
    )
    answer = approve(shown, made_of, hours=publishing.approval or 0) if shown else None
    if answer and not answer.approve:
        return declined(run, str(answer))
    run = _run(stages, project, scope, how, publishing)
    _tell(run, project, publishing)
    if answer and identity(project) != made_of:
        return unseen(run, str(answer))
    return ending(run, str(answer) if answer else "")


def _tell(run: Run, project: Project, publishing: Publishing) -> None:
    announce(run, project.root, base_url=project.settings.project.base_url)
    if publishing.status:
        show_status(project, publishing.status)


def _limited(name: str | None) -> AbstractContextManager[None]:
    # Prefect passes over a limit that does not exist, unless it is strict.
    return concurrency(name, lease_duration=60, strict=True) if name else nullcontext()


def _run(
    stages: Sequence[str], project: Project, scope: Articles, how: How, publishing: Publishing
) -> Run:
    locales = _locales(scope)
    title = Title(project, locales)
    with (
        Announcer(stages, title, workers=how.crew_size) as onlooker,
        gathered(project.root, how, onlooker) as crew,
    ):
        return run_with(
            crew,
            project.root,
            stages=stages,
            slugs=scope.articles,
            locales=locales,
            prune=publishing.prune,
        )


def _locales(scope: Articles) -> tuple[str, ...]:
    return scope.locales if isinstance(scope, Scope) else ()
