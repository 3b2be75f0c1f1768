"""What a run is called in Prefect's lists: `localize · 3 changed · vi, ar`.

How many articles are worked on is known once a run has looked at them, so its name grows. Its
tags are the project's folder and the chosen locales.
"""

from collections.abc import Sequence

from prefect.client.orchestration import get_client
from prefect.runtime import flow_run

from polypage.project import SITE, Project

MOST = 4
"""How many locales are named."""


class Title:
    """The name of the flow run that goes on, and its tags."""

    def __init__(self, project: Project, locales: Sequence[str]) -> None:
        self._tags = (project.root.resolve().name, *locales)
        self._locales = _named(locales or project.settings.project.locales)
        self._changed: set[str] | None = None

    def works_on(self, slugs: Sequence[str]) -> None:
        """Count articles, each once, and name the run anew if there are more of them."""
        known = self._changed
        self._changed = (known or set()) | set(slugs) - {SITE}
        if self._changed != known:
            self.show()

    def show(self) -> None:
        """Name the run as it stands.

        Raises:
            Exception: Whatever keeps Prefect from hearing it.
        """
        parts = (str(flow_run.flow_name), self._count(), self._locales)
        with get_client(sync_client=True) as client:
            client.update_flow_run(
                flow_run.id,
                name=" · ".join(filter(None, parts)),
                tags=sorted({*flow_run.tags, *self._tags}),
            )

    def _count(self) -> str:
        return "" if self._changed is None else f"{len(self._changed):,} changed"


def _named(locales: Sequence[str]) -> str:
    return ", ".join(locales) if len(locales) <= MOST else f"{len(locales)} locales"
