"""The third part of `localize`: catalogs to pages, for when translators have been at work.

By hand: `python -m flows.build -l vi skin/collagen`.
"""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.command import main
from flows.contact import leave
from flows.parameters import DEFAULT, EVERYTHING, PLAINLY, How, Publishing, Scope
from flows.runs import perform


@flow(persist_result=False)
def build(
    scope: Scope = EVERYTHING,
    publishing: Publishing = PLAINLY,
    how: How = DEFAULT,
) -> State[Any]:
    """Check the catalogs; build, prove and publish the pages."""
    return perform(("check", "build"), scope, how, publishing)


if __name__ == "__main__":
    leave(main(build))
