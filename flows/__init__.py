"""Prefect flows: what `polypage` does, scheduled and watched.

`localize` brings everything up to date and is the one to schedule; `extract`, `update`, `build`
and `audit` are its parts. Each can be run from the folder that holds this one:

    python -m flows.localize
"""

import os

# Prefect sends what it calls telemetry as soon as it is imported; who wants that sets it to 0.
os.environ.setdefault("DO_NOT_TRACK", "1")
