"""Work during which its process is killed."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def die_once(mark: Path) -> str:
    """Be killed, but not a second time."""
    if not mark.exists():
        mark.touch()
        die()
    return "done"


def die() -> str:
    """Be killed."""
    os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def live() -> str:
    """Be done."""
    return "done"
