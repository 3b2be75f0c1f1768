"""What comes of comparing the translations of a locale."""

from __future__ import annotations

from polypage.runs.outcomes import Compared, Run
from polypage.runs.pipeline import run
from polypage.runs.stages.comparing import compare_batch
from tests.conftest import MakeProject
from tests.pipeline.projects import FILES

UNTHINKABLE = "vi\0"
"""A name that the system refuses in a way that nobody reckons with."""


def test_a_defect_stops_the_comparison_of_its_own_locale_alone(make_project: MakeProject) -> None:
    project = make_project(FILES)
    run(project.root, stages=["extract", "update"])

    stopped, vietnamese = compare_batch(project.root, (UNTHINKABLE, "vi"))

    assert stopped.failure is not None
    assert stopped.failure.code == "internal-error"
    assert vietnamese == Compared("vi")
    done = Run(compared=(stopped, vietnamese))
    assert done.failures == (stopped.failure,)
    assert not done.good
