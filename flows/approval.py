"""A person's word before anything is built: a run that waits, suspended, for a reviewer.

    approve(shown, made_of, hours=24)        the reviewer's `Approval`, or the run ends here for now

What is approved is what was shown. A question is known by the bytes of all files that pages are
made of: a run that is resumed looks at them anew, and if they are others, the question is another
and is asked again. Nobody's answer within the hours makes the run fail, with nothing built.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput
from prefect.runtime import deployment, flow_run
from pydantic import Field

from flows import markdown
from polypage.errors import PolypageError
from polypage.files import read_file
from polypage.model import BuildOutcome, Status
from polypage.project import Project
from polypage.runs.pipeline import rehearse
from polypage.runs.stages.batch import recipe_of

NEWS = (Status.PUBLISHED, Status.RECALLED)
"""What a reviewer is asked about: pages that would be written, or taken off the site."""


class Approval(RunInput):
    """What a reviewer answers."""

    approve: bool = Field(
        default=False, description="Whether the pages may be built as they are shown above."
    )
    by: str = Field(min_length=1, description="Your role: editor, physician, lawyer.")
    remark: str = Field(default="", description="Anything that should be remembered.")

    def __str__(self) -> str:
        word = "approved" if self.approve else "declined"
        return f"{word} by {self.by}{f': {self.remark}' if self.remark else ''}"


def require_deployment() -> None:
    """Refuse a run that nobody could resume.

    Raises:
        PolypageError: It is of no deployment.
    """
    if not deployment.id:
        problem = "only runs of deployments can wait for somebody"
        remedy = "start it on Prefect's pages, or without `approval`"
        raise PolypageError("approval", problem, remedy=remedy)


def rehearsed(
    project: Project, slugs: Sequence[str], locales: Sequence[str], *, workers: int, prune: bool
) -> tuple[tuple[BuildOutcome, ...], str]:
    """Say what would be new on the site, and identify what all of it is made of."""
    shown, made_of = None, ""
    while shown is None or made_of != identity(project):  # somebody saved meanwhile
        made_of = identity(project)
        shown = rehearse(project.root, slugs=slugs, locales=locales, workers=workers, prune=prune)
    return tuple(page for page in shown.built if page.status in NEWS), made_of


def approve(shown: Sequence[BuildOutcome], made_of: str, *, hours: float) -> Approval:
    """Return what a reviewer answered; where there is no answer yet, the process ends here."""
    asked = Approval.with_initial_data(description=_question(shown))
    return suspend_flow_run(wait_for_input=asked, timeout=round(hours * 3600), key=made_of)


def identity(project: Project) -> str:
    """Identify the bytes of everything that pages are made of."""
    whole = blake2b(recipe_of(project).encode(), digest_size=16)
    for path in _files(project):
        try:
            data = read_file(path)
        except FileNotFoundError:  # gone between looking and reading
            continue
        whole.update(blake2b(project.relative(path).encode(), digest_size=16).digest())
        whole.update(blake2b(data, digest_size=16).digest())
    return whole.hexdigest()


def _files(project: Project) -> Iterator[Path]:
    for folder in (project.source_dir, project.locales_dir):
        found = (path for path in folder.rglob("*") if not path.name.startswith("."))
        yield from sorted(path for path in found if path.is_file())
    if project.settings.publish.index_template:
        yield project.root / project.settings.publish.index_template


def _question(shown: Sequence[BuildOutcome]) -> str:
    again = "Files were saved since this was asked before: look again.\n\n" if _asked() else ""
    return f"{again}{markdown.question(shown)}"


def _asked() -> bool:
    """Say whether this run has asked before."""
    with get_client(sync_client=True) as client:
        policy = client.read_flow_run(UUID(flow_run.id)).empirical_policy
    return bool(policy.pause_keys)
