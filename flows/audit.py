"""The last part of `localize`: the proof of the pages that stand, at any time.

By hand: `python -m flows.audit`.
"""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.command import main
from flows.contact import leave
from flows.parameters import DEFAULT, EVERYTHING, How, Scope
from flows.runs import perform


@flow(persist_result=False)
def audit(
    scope: Scope = EVERYTHING,
    how: How = DEFAULT,
) -> State[Any]:
    """Prove source link and disclaimer on the pages that stand; write nothing."""
    return perform(("audit",), scope, how)


if __name__ == "__main__":
    leave(main(audit))
