"""The flow to schedule: extract, update, check, build, audit, and a report of what came of it.

By hand: `python -m flows.localize --project clinic -l vi -l ar`.
"""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.command import main
from flows.contact import leave
from flows.parameters import DEFAULT, EVERYTHING, PLAINLY, How, Publishing, Scope
from flows.runs import perform
from polypage.runs.pipeline import STAGES


@flow(persist_result=False)
def localize(
    scope: Scope = EVERYTHING,
    publishing: Publishing = PLAINLY,
    how: How = DEFAULT,
) -> State[Any]:
    """Bring templates, catalogs and pages up to date, and prove the pages."""
    return perform(STAGES, scope, how, publishing)


if __name__ == "__main__":
    leave(main(localize))
