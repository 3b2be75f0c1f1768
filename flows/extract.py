"""The first part of `localize`: articles to templates.

By hand: `python -m flows.extract skin/collagen`.
"""

from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State

from flows.command import main
from flows.contact import leave
from flows.parameters import ALL_ARTICLES, DEFAULT, Articles, How
from flows.runs import perform


@flow(persist_result=False)
def extract(
    scope: Articles = ALL_ARTICLES,
    how: How = DEFAULT,
) -> State[Any]:
    """Write the templates of the articles."""
    return perform(("extract",), scope, how)


if __name__ == "__main__":
    leave(main(extract))
