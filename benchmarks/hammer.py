"""Editors against updates: how many saves are lost, of as many as it takes to believe it.

make hammer ARGS="--saves 5000"
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.merge.hammering import PAUSE, STYLES, hammer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=5000)
    parser.add_argument("--pause", type=float, default=PAUSE, help="seconds between saves, at most")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        told = hammer(Path(folder), saves=options.saves, pause=options.pause)
    print(f"  {told.saves} saves by {len(STYLES)} editors ({', '.join(STYLES)})")
    print(f"  {told.updates} updates, {told.written} wrote, {told.busy} gave way")
    print(f"  {told.conflicts} texts in comments, as the other one of two")
    print(f"  {len(told.lost)} lost, {len(told.leftovers)} files left over, {told.seconds:.0f} s")
    for text in told.lost:
        print(f"  lost: {text}")
    return 1 if told.lost or told.leftovers else 0


if __name__ == "__main__":
    raise SystemExit(main())
