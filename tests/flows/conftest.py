"""What tests of flows need: one Prefect server for all of them, with a home of its own."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest

# The core works without Prefect, and so do its tests.
collect_ignore_glob = [] if importlib.util.find_spec("prefect") else ["test_*.py"]


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a server for the session; return its address, for commands that are to use it."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DO_NOT_TRACK", "1")
        environment.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        environment.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        from prefect.settings import PREFECT_API_URL  # noqa: PLC0415 - reads the environment
        from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415

        with prefect_test_harness(server_startup_timeout=120):
            address = PREFECT_API_URL.value()
            assert address
            yield address
