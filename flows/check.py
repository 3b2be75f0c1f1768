"""What is wrong with translations, alone and together; translators need not wait for the night.

By hand: `python -m flows.check -l vi`.
"""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.command import main
from flows.contact import leave
from flows.parameters import DEFAULT, EVERYTHING, How, Scope
from flows.runs import perform


@flow(persist_result=False)
def check(
    scope: Scope = EVERYTHING,
    how: How = DEFAULT,
) -> State[Any]:
    """Check the catalogs, and what they say of the same text; write nothing."""
    return perform(("check", "compare"), scope, how)


if __name__ == "__main__":
    leave(main(check))
