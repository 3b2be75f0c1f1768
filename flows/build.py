"""The third part of `localize`: catalogs to pages, for when translators have been at work.

By hand: `python -m flows.build -l vi skin/collagen`.
"""

import sys
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.command import main
from flows.crew import How
from flows.runs import DEFAULT, HERE, perform


@flow(persist_result=False)
def build(
    project: Path = HERE,
    slugs: tuple[str, ...] = (),
    locales: tuple[str, ...] = (),
    prune: bool = False,  # noqa: FBT001, FBT002 - parameters of flows are given by name
    how: How = DEFAULT,
) -> State[Any]:
    """Check the catalogs; build, prove and publish the pages."""
    return perform(("check", "build"), project, how, slugs=slugs, locales=locales, prune=prune)


if __name__ == "__main__":
    sys.exit(main(build))
