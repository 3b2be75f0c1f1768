"""A preview in a browser that reaches nothing but this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, Frame, Page, expect, sync_playwright

from polypage.project import Project
from tests.conftest import ROOT

Serve: TypeAlias = Callable[[Path], str]
expect.set_options(timeout=20_000)  # machines are shared


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            # Nothing but this machine: what an article asks of others would be seen as an error.
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve projects as the command does; each has an address of its own."""
    servers: list[subprocess.Popen[str]] = []

    def start(root: Path) -> str:
        words = [sys.executable, "-m", "polypage", "preview", "--port", "0", "--project", str(root)]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
        server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
        servers.append(server)
        assert server.stdout
        told = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", told)
        assert found, told
        return found[0]

    yield start
    for server in servers:
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0
        assert server.stdout
        server.stdout.close()


@pytest.fixture
def address(serve: Serve, project: Project) -> str:
    return serve(project.root)


def opened(page: Page, address: str) -> Page:
    """Open an article, and wait until its frames have answered."""
    page.goto(address)
    for side in ("source", "target"):
        shown = page.frame_locator(f"iframe[name={side}]:not(.coming)")
        expect(shown.locator("html")).to_have_attribute("data-polypage-show", re.compile("fuzzy"))
    return page


def frame(page: Page, side: str) -> Frame:
    found = page.frame(name=side)
    assert found
    return found


def listed(page: Page) -> list[str]:
    return page.locator("#entries > li:visible .msgid").all_inner_texts()
