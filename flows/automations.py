"""Notes to people, as automations of Prefect's: of failed runs, of errors in translations, and of pages held or recalled.

    $ python -m flows.automations --notify slack-webhook/editors

The block that sends them is made on Prefect's pages, and named by its type and its own name. Done
again, this mends what there is and makes nothing twice.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TypeAlias
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ActionTypes, ChangeFlowRunState, SendNotification
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import ObjectNotFound

from flows.contact import require_server
from flows.endings import WITH_ERRORS
from polypage.errors import PolypageError

Labels: TypeAlias = dict[str, str | list[str]]
_TAGGED: Labels = {
    "prefect.resource.role": "tag",
    "prefect.resource.id": "prefect.tag.polypage",
}
"""What a run has that a deployment of ours made."""
PAGES = "{% for page in event.payload.pages %}{{ page.path }}: {{ page.reason }}\n{% endfor %}"
"""What a note about an article says, in Prefect's templates."""


def arrange(block: str) -> tuple[str, ...]:
    """Make the automations, or bring them up to date; return their names.

    Raises:
        ObjectNotFound: There is no such block.
    """
    kind, _, name = block.partition("/")
    with get_client(sync_client=True) as client:
        notifier = client.read_block_document_by_name(name, block_type_slug=kind)
        return tuple(_put(client, each) for each in automations(notifier.id))


def automations(block_id: UUID) -> Iterator[AutomationCore]:
    """Yield the automations that send notes by a block."""
    yield _of_runs(
        "a run failed", "Sends the sentence that says what is wrong.", "Failed", block_id
    )
    yield _of_runs(
        "translations have errors", "Sends which ones, with file and line.", WITH_ERRORS, block_id
    )
    for what in ("held", "recalled"):
        yield _of_pages(what, block_id)
    yield of_the_gone(
        SendNotification(
            block_document_id=block_id,
            subject="polypage: a run is gone: {{ flow_run.name }}",
            body="Its process was killed, or its machine is down. The next run does what is left.",
        )
    )


def arrange_at_least() -> None:
    """Make the automation that no project should be without, unless there is one of its name."""
    with get_client(sync_client=True) as client:
        if not client.read_automations_by_name((own := of_the_gone()).name):
            client.create_automation(own)


def of_the_gone(*actions: ActionTypes) -> AutomationCore:
    """Return the automation that ends a run on Prefect's pages whose process is no more.

    Each run of a deployment says now and then that it is alive (`[flows] heartbeat_frequency`).
    https://docs.prefect.io/v3/advanced/detect-zombie-flows
    """
    return AutomationCore(
        name="polypage: a run is gone",
        description="Calls a run crashed of which nothing was heard for three minutes.",
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.*"},  # whatever it came to: its states have many names
            for_each={"prefect.resource.id"},
            match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
            match_related=ResourceSpecification(_TAGGED),
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(minutes=3),
        ),
        actions=[
            ChangeFlowRunState(
                name=None,
                state=StateType.CRASHED,
                message="Nothing was heard of it for three minutes.",
                force=False,
            ),
            *actions,
        ],
    )


def _of_runs(what: str, description: str, state: str, block_id: UUID) -> AutomationCore:
    return AutomationCore(
        name=f"polypage: {what}",
        description=description,
        trigger=_on(
            f"prefect.flow-run.{state}",
            related=_TAGGED,
        ),
        actions=[
            SendNotification(
                block_document_id=block_id,
                subject=f"polypage: {what}: {{{{ flow_run.name }}}}",
                body="{{ flow_run.state.message }}",
            )
        ],
    )


def _of_pages(what: str, block_id: UUID) -> AutomationCore:
    return AutomationCore(
        name=f"polypage: pages are {what}",
        description=f"Sends which pages of an article are {what}, and why.",
        trigger=_on(
            f"polypage.article.{what}", resource={"prefect.resource.id": "polypage.article.*"}
        ),
        actions=[
            SendNotification(
                block_document_id=block_id,
                subject=f"{{{{ event.resource.name }}}} is {what}",
                body=PAGES,
            )
        ],
    )


def _on(
    event: str, *, resource: Labels | None = None, related: Labels | None = None
) -> EventTrigger:
    return EventTrigger(
        expect={event},
        match=resource or {},
        match_related=related or {},
        posture=Posture.Reactive,
        threshold=1,
        within=timedelta(0),
    )


def _put(client: SyncPrefectClient, automation: AutomationCore) -> str:
    known = client.read_automations_by_name(automation.name)
    if known:
        client.update_automation(known[0].id, automation)
    else:
        client.create_automation(automation)
    return automation.name


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the automations; return the exit status."""
    parser = ArgumentParser(prog="python -m flows.automations", description=arrange.__doc__)
    parser.add_argument(
        "--notify", metavar="TYPE/NAME", required=True, help="the block that sends notes"
    )
    options = parser.parse_args(arguments)
    try:
        require_server()
        names = arrange(options.notify)
    except PolypageError as error:
        parser.error(str(error))
    except ObjectNotFound:
        parser.error(f"Prefect has no block {options.notify}; make it on its pages, under Blocks")
    sys.stdout.writelines(f"{name}\n" for name in names)
    return 0


if __name__ == "__main__":
    sys.exit(main())
