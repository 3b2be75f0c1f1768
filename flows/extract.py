"""The first part of `localize`: articles to templates.

By hand: `python -m flows.extract skin/collagen`.
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
def extract(
    project: Path = HERE,
    slugs: tuple[str, ...] = (),
    how: How = DEFAULT,
) -> State[Any]:
    """Write the templates of the articles."""
    return perform(("extract",), project, how, slugs=slugs)


if __name__ == "__main__":
    sys.exit(main(extract))
