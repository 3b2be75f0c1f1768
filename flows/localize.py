"""The flow to schedule: extract, update, check, build, audit, and a report of what came of it.

By hand: `python -m flows.localize --project clinic -l vi -l ar`.
"""

import sys
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.command import main
from flows.crew import How
from flows.runs import DEFAULT, HERE, perform
from polypage.runs.pipeline import STAGES


@flow(persist_result=False)
def localize(
    project: Path = HERE,
    slugs: tuple[str, ...] = (),
    locales: tuple[str, ...] = (),
    prune: bool = False,  # noqa: FBT001, FBT002 - parameters of flows are given by name
    how: How = DEFAULT,
) -> State[Any]:
    """Bring templates, catalogs and pages up to date, and prove the pages."""
    return perform(STAGES, project, how, slugs=slugs, locales=locales, prune=prune)


if __name__ == "__main__":
    sys.exit(main(localize))
