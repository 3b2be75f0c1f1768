"""The second part of `localize`: templates to catalogs.

By hand: `python -m flows.update -l vi`.
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
def update(
    project: Path = HERE,
    slugs: tuple[str, ...] = (),
    locales: tuple[str, ...] = (),
    how: How = DEFAULT,
) -> State[Any]:
    """Merge the templates into the catalogs."""
    return perform(("update",), project, how, slugs=slugs, locales=locales)


if __name__ == "__main__":
    sys.exit(main(update))
