"""What a catalog leaves to be done."""

from __future__ import annotations

from polypage.catalogs.backlog import KINDS, backlog_of
from polypage.catalogs.catalog import parse
from polypage.catalogs.changes import Change
from polypage.model import Backlog, Todo

HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"POT-Creation-Date: 2026-03-04 10:00+0000\\n"

"""

CATALOG = f"""\
{HEADER}msgid "Wash your hands."
msgstr "Die Hände waschen."

msgid "Take <b>two tablets</b>."
msgstr ""

#, fuzzy
#| msgid "Take 5 mg."
msgid "Take 50 mg."
msgstr "5 mg nehmen."

#, fuzzy
#| msgid "Do drive."
msgid "Do not drive."
msgstr "Fahren Sie."

#, fuzzy
#| msgid "Ask a doctor."
msgid "Ask a nurse first."
msgstr "Den Arzt fragen."

#, fuzzy
msgid "Rest a while."
msgstr "Ausruhen."

msgid "Use 3 ml."
msgstr "30 ml nehmen."

#~ msgid "Gone, and nobody's work."
#~ msgstr ""
"""


def test_work_is_told_by_kind() -> None:
    catalog = parse(CATALOG.encode(), path="de.po")
    line = next(entry.told_line for entry in catalog.entries if entry.msgid == "Use 3 ml.")
    assert line is not None

    found = backlog_of(catalog, wrong={line}, language="en")

    assert found == Backlog(
        entries=7,
        words=22,
        todo=(
            Todo("new", 1, 3),
            Todo("text", 1, 4),
            Todo("number", 1, 3),
            Todo("negation", 1, 3),
            Todo("review", 1, 3),
            Todo("wrong", 1, 3),
        ),
        line=10,
        since="2026-03-04",
    )


def test_a_finished_catalog_leaves_nothing_to_do() -> None:
    catalog = parse(f'{HEADER}msgid "Rest."\nmsgstr "Ruhen."\n'.encode(), path="de.po")

    found = backlog_of(catalog, wrong=(), language="en")

    assert (found.todo, found.line) == ((), None)
    assert (found.entries, found.words) == (1, 1)


def test_there_is_a_kind_for_each_change() -> None:
    assert {change.value for change in Change} <= set(KINDS)
