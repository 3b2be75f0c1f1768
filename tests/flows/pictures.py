"""The documentation's pictures of Prefect's pages, taken of the sample project as it is served.

    python -m tests.flows.pictures [DIR]

They go to `docs/pictures` if no folder is named. A copy of the samples is served, with a server and a
home of its own; a run that asks for approval comes first, while all pages are new, then a whole one.
Look at the pictures before you commit them.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import Page, sync_playwright
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    ArtifactFilterKey,
)
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Cancelled

from flows.serve import answers
from polypage.runs.scaffold import init
from tests.conftest import ROOT

SETTLES = 3_000
"""Milliseconds until what Prefect draws stands still."""
STARTS_WITHIN = 180
WIDE = 1200


def main() -> None:
    """Take the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/pictures"
    with (
        tempfile.TemporaryDirectory() as place,
        _served(_samples(Path(place) / "clinic"), Path(place) / "prefect") as address,
        temporary_settings({PREFECT_API_URL: f"{address}/api"}),
        get_client(sync_client=True) as client,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        _take(browser.new_page(), client, address, folder)
        browser.close()


def _take(page: Page, client: SyncPrefectClient, address: str, folder: Path) -> None:
    asking = _run(client, "build/on-demand", {"publishing": {"approval": 24}})
    _open(page, f"{address}/runs/flow-run/{asking}", height=1000)
    page.get_by_role("button", name="Resume").click()
    page.wait_for_timeout(SETTLES)
    page.screenshot(path=folder / "prefect-question.png")
    client.set_flow_run_state(asking, Cancelled(), force=True)
    whole = _run(client, "localize/nightly", {})
    _open(page, f"{address}/runs/flow-run/{whole}", height=1300)
    page.screenshot(path=folder / "prefect-run.png")
    _open(page, f"{address}/artifacts/artifact/{_coverage(client, whole)}", height=520)
    page.screenshot(path=folder / "prefect-coverage.png")
    form = client.read_deployment_by_name("localize/nightly").id
    _open(page, f"{address}/deployments/deployment/{form}/run", height=1900)
    page.screenshot(path=folder / "prefect-form.png")


def _open(page: Page, address: str, *, height: int) -> None:
    page.set_viewport_size({"width": WIDE, "height": height})
    page.goto(address)
    page.wait_for_timeout(SETTLES)


# --- runs -------------------------------------------------------------------------------------


def _run(client: SyncPrefectClient, deployment: str, parameters: Mapping[str, Any]) -> UUID:
    """Run a deployment until it has ended, or waits for somebody."""
    found = client.read_deployment_by_name(deployment)
    run = client.create_flow_run_from_deployment(found.id, parameters={**parameters}).id
    while True:
        state = client.read_flow_run(run).state
        if state and (state.is_final() or state.is_paused()):
            return run
        time.sleep(0.5)


def _coverage(client: SyncPrefectClient, run: UUID) -> UUID:
    chosen = ArtifactFilter(
        flow_run_id=ArtifactFilterFlowRunId(any_=[run]),
        key=ArtifactFilterKey(any_=["polypage-coverage"]),
    )
    (artifact,) = client.read_artifacts(artifact_filter=chosen)
    return artifact.id


# --- the project, served ----------------------------------------------------------------------


def _samples(root: Path) -> Path:
    root.mkdir()
    init(root, locales=("vi",))
    for name in ("source_articles", "locales"):
        shutil.rmtree(root / name)
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "polypage.toml", root)
    return root


@contextmanager
def _served(root: Path, home: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "flows.serve", "--port", str(port)]
    settings = {"PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1"}
    environment = {**os.environ, **settings}
    environment.pop("PREFECT_API_URL", None)
    with subprocess.Popen(command, cwd=root, env=environment) as serving:
        try:
            _await(address)
            yield address
        finally:
            serving.terminate()


def _await(address: str) -> None:
    """Wait until the deployments are served."""
    end = time.monotonic() + STARTS_WITHIN
    while not (answers(address) and _deployed(address)):
        if time.monotonic() > end:
            raise SystemExit(f"nothing is served at {address}")
        time.sleep(0.5)


def _deployed(address: str) -> bool:
    with (
        temporary_settings({PREFECT_API_URL: f"{address}/api"}),
        get_client(sync_client=True) as client,
    ):
        return {"nightly", "on-demand"} <= {each.name for each in client.read_deployments()}


if __name__ == "__main__":
    main()
