"""What somebody fills in to start a flow, on Prefect's pages or a command line.

    localize(Scope(project=Path("clinic"), locales=("vi",)), Publishing(prune=True))

The descriptions stand in Prefect's form and in the help of the commands.
"""

import os
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from prefect.types import PositiveInteger
from pydantic import BaseModel, ConfigDict, Field, PositiveFloat

Runner: TypeAlias = Literal["threads", "processes", "dask"]
"""Who does the work: a pool of processes, Prefect's own processes, or a cluster."""


class _Parameters(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Articles(_Parameters):
    """The articles that a flow is about."""

    project: Path = Field(
        default=Path(), description="The project's folder. By default where the flow is started."
    )
    articles: tuple[str, ...] = Field(
        default=(), description="Only these articles, such as skin/collagen. By default all."
    )


class Scope(Articles):
    """The articles and locales that a flow is about."""

    locales: tuple[str, ...] = Field(
        default=(), description="Only these locales, such as vi. By default all."
    )


class Publishing(_Parameters):
    """What happens beside building, and before it."""

    prune: bool = Field(
        default=False, description="Remove built files that belong to nothing any more."
    )
    approval: Annotated[PositiveFloat, Field(title="hours")] | None = Field(
        default=None,
        description="For how many hours the run waits, before it builds, for somebody to approve"
        " of it on Prefect's pages. By default nobody is asked.",
    )
    status: Annotated[Path, Field(title="file")] | None = Field(
        default=None,
        description="Write how far each locale has come into this file of the project, a page for"
        " browsers, such as status.html. By default none is written.",
    )


class How(_Parameters):
    """How the work is done."""

    runner: Runner = Field(default="threads", description="Who runs the batches.")
    workers: Annotated[PositiveInteger, Field(title="number")] | None = Field(
        default=None, description="How many batches are at work at a time. By default one per core."
    )
    pages: Annotated[PositiveInteger, Field(title="number")] | None = Field(
        default=None,
        description="How many pages a batch has, if there are as many. By default what takes some"
        " five seconds, as the first batches of a stage tell. It has more where a stage would have"
        " more than forty batches, or than two per worker if that is more.",
    )
    scheduler: Annotated[str, Field(title="address")] | None = Field(
        default=None,
        description="Where a Dask scheduler is, such as tcp://10.0.0.5:8786. By default where"
        " DASK_SCHEDULER_ADDRESS says; without either, a cluster is made on this machine.",
    )
    limit: Annotated[str, Field(title="name")] | None = Field(
        default=None,
        description="A concurrency limit of Prefect's to wait for, besides the project's lock.",
    )

    @property
    def crew_size(self) -> int:
        return self.workers or os.cpu_count() or 1


ALL_ARTICLES = Articles()
EVERYTHING = Scope()
PLAINLY = Publishing()
DEFAULT = How()
