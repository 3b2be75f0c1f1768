"""The command line: thin, and the only package that prints.

    polypage init clinic -l vi -l ar
    polypage run --project clinic

Exit status: 0 all is good, 1 there are errors or pages held, 2 it could not work.
"""

from __future__ import annotations

# Each has commands, which are the group's once it is imported.
from polypage.cli import catalogs as catalogs
from polypage.cli import stages as stages
from polypage.cli import views as views
from polypage.cli.group import main

__all__ = ["main"]
