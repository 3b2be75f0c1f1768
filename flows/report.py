"""Where a project stands, for people who look at it once a week.

By hand: `python -m flows.report`.
"""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.command import main
from flows.contact import leave
from flows.parameters import DEFAULT, EVERYTHING, How, Scope
from flows.runs import perform


@flow(persist_result=False)
def report(
    scope: Scope = EVERYTHING,
    how: How = DEFAULT,
) -> State[Any]:
    """Tell how much is translated and what is wrong; prove the pages; write nothing."""
    return perform(("check", "compare", "audit"), scope, how)


if __name__ == "__main__":
    leave(main(report))
