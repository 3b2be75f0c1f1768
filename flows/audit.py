"""The last part of `localize`: the proof of the pages that stand, at any time.

By hand: `python -m flows.audit`.
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
def audit(
    project: Path = HERE,
    slugs: tuple[str, ...] = (),
    locales: tuple[str, ...] = (),
    how: How = DEFAULT,
) -> State[Any]:
    """Prove source link and disclaimer on the pages that stand; write nothing."""
    return perform(("audit",), project, how, slugs=slugs, locales=locales)


if __name__ == "__main__":
    sys.exit(main(audit))
