"""The second part of `localize`: templates to catalogs.

By hand: `python -m flows.update -l vi`.
"""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.command import main
from flows.contact import leave
from flows.parameters import DEFAULT, EVERYTHING, How, Scope
from flows.runs import perform


@flow(persist_result=False)
def update(
    scope: Scope = EVERYTHING,
    how: How = DEFAULT,
) -> State[Any]:
    """Merge the templates into the catalogs."""
    return perform(("update",), scope, how)


if __name__ == "__main__":
    leave(main(update))
