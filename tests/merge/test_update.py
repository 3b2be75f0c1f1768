from __future__ import annotations

import logging
import time
from dataclasses import replace
from pathlib import Path

import pytest

from polypage.catalogs.catalog import Catalog, parse, read, serialize
from polypage.catalogs.catalog import template as make_template
from polypage.catalogs.merge import merge, update
from polypage.errors import CatalogError
from polypage.model import Entry
from tests.catalog.test_malformed import Case, read_cases


class Clock:
    """A clock that stands still."""

    def time(self) -> float:
        return 1_000_000_000.0

    def sleep(self, seconds: float, /) -> None:
        raise AssertionError(seconds)


PLACE = ("source_articles/rolling.html",)
TEMPLATE = make_template(
    [
        Entry("Rolling", references=PLACE, extracted_comments=("heading level 1",)),
        Entry("Roll <b>gently</b>.", references=PLACE),
        Entry("Clean the roller.", references=PLACE),
    ],
    project="health",
    created="2026-11-22 10:00+0000",
)

VIETNAMESE = """\
# Nhóm dịch.
msgid ""
msgstr ""
"Project-Id-Version: health 1\\n"
"POT-Creation-Date: 2026-01-01 10:00+0000\\n"
"Last-Translator: Lan <lan@example.org>\\n"
"Language-Team: \\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"
"X-Generator: Poedit 3.5\\n"

#. heading level 1
#: source_articles/rolling.html
msgid "Rolling"
msgstr "Lăn kim"

msgid "Roll <b>very gently</b>, please."
msgstr "Hãy lăn "
       "<b>thật nhẹ</b>."
"""


def test_a_catalog_is_made_of_its_template(tmp_path: Path) -> None:
    path = tmp_path / "vi" / "LC_MESSAGES" / "rolling.po"

    merged = update(
        path, TEMPLATE, clock=Clock(), language="vi", plural_forms="nplurals=1; plural=0;"
    )

    assert (merged.new, merged.changed) == (3, True)
    catalog = read(path)
    assert catalog.entries == TEMPLATE.entries
    assert catalog.header
    assert catalog.header.get("Language") == "vi"
    assert catalog.header.get("Plural-Forms") == "nplurals=1; plural=0;"
    assert catalog.header.get("POT-Creation-Date") == "2026-11-22 10:00+0000"
    assert serialize(parse(path.read_bytes(), path="x")) == path.read_bytes()


def test_a_catalog_follows_its_template(tmp_path: Path) -> None:
    path = tmp_path / "rolling.po"
    path.write_text(VIETNAMESE, "utf-8")

    merged = update(
        path, TEMPLATE, clock=Clock(), language="vi", plural_forms="nplurals=1; plural=0;"
    )

    assert (merged.unchanged, merged.fuzzy, merged.new, merged.obsolete) == (1, 1, 1, 1)
    assert (
        path.read_text("utf-8")
        == """\
# Nhóm dịch.
msgid ""
msgstr ""
"Project-Id-Version: health 1\\n"
"Report-Msgid-Bugs-To: \\n"
"POT-Creation-Date: 2026-11-22 10:00+0000\\n"
"PO-Revision-Date: \\n"
"Last-Translator: Lan <lan@example.org>\\n"
"Language-Team: \\n"
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"X-Generator: Poedit 3.5\\n"

#. heading level 1
#: source_articles/rolling.html
msgid "Rolling"
msgstr "Lăn kim"

#. changed: Roll <b>[-very -]gently</b>[-, please-].
#: source_articles/rolling.html
#, fuzzy
#| msgid "Roll <b>very gently</b>, please."
msgid "Roll <b>gently</b>."
msgstr "Hãy lăn <b>thật nhẹ</b>."

#: source_articles/rolling.html
msgid "Clean the roller."
msgstr ""

#~ msgid "Roll <b>very gently</b>, please."
#~ msgstr "Hãy lăn <b>thật nhẹ</b>."
"""
    )


def test_a_run_with_nothing_to_do_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rolling.po"
    update(path, TEMPLATE, clock=Clock(), language="vi")
    path.write_bytes(path.read_bytes().replace(b'msgid "Rolling"', b'msgid ""\n"Rolling"'))
    before = path.read_bytes(), path.stat()

    later = make_template(TEMPLATE.entries, project="health", created="2027-01-01 00:00+0000")
    merged = update(path, later, clock=Clock(), language="vi")

    assert not merged.changed
    assert (path.read_bytes(), path.stat()) == before


def test_a_byte_order_mark_which_gettext_refuses_is_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "rolling.po"
    update(path, TEMPLATE, clock=Clock(), language="vi")
    sound = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + sound)

    merged = update(path, TEMPLATE, clock=Clock(), language="vi")

    assert merged.changed
    assert path.read_bytes() == sound


def test_only_the_entries_that_changed_get_other_bytes(tmp_path: Path) -> None:
    path = tmp_path / "rolling.po"
    update(path, TEMPLATE, clock=Clock())
    wrapped = path.read_bytes().replace(
        b'msgid "Clean the roller."', b'msgid ""\n"Clean the "\n"roller."'
    )
    path.write_bytes(wrapped)

    more = (*TEMPLATE.entries, Entry("Keep it dry.", references=PLACE))
    update(path, replace(TEMPLATE, entries=more), clock=Clock())

    assert path.read_bytes().startswith(wrapped)


@pytest.mark.parametrize("damage", [b'msgid "torn', b"<<<<<<< HEAD\n", b"\xff"])
def test_a_file_that_cannot_be_read_is_left_as_it_was(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "rolling.po"
    path.write_bytes(VIETNAMESE.encode() + damage)

    with pytest.raises(CatalogError, match=r"rolling\.po:\d+: "):
        update(path, TEMPLATE, clock=Clock())

    assert path.read_bytes() == VIETNAMESE.encode() + damage


@pytest.mark.parametrize("case", list(read_cases()), ids=lambda case: case.problem)
def test_a_malformed_file_is_left_to_the_byte(tmp_path: Path, case: Case) -> None:
    path = tmp_path / "rolling.po"
    path.write_bytes(case.data)

    with pytest.raises(CatalogError, match=rf"rolling\.po:{case.line}: "):
        update(path, TEMPLATE, clock=time)

    assert path.read_bytes() == case.data
    assert [file.name for file in tmp_path.iterdir()] == ["rolling.po"]


def test_a_folder_that_cannot_be_written_is_an_error_with_the_path(tmp_path: Path) -> None:
    (tmp_path / "vi").write_bytes(b"")

    with pytest.raises(CatalogError, match=r"rolling\.po: cannot be updated: "):
        update(tmp_path / "vi" / "rolling.po", TEMPLATE, clock=Clock())


def test_a_line_is_logged_with_numbers(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "rolling.po"
    path.write_text(VIETNAMESE, "utf-8")

    with caplog.at_level(logging.INFO):
        update(path, TEMPLATE, clock=time)

    assert caplog.messages == [
        f"merged {path}: 1 unchanged, 0 returned, 0 carried, 1 fuzzy, 1 new, 1 obsolete"
    ]


# --- what is kept -----------------------------------------------------------------------------


def updated(*old: Entry, template: tuple[str, ...]) -> tuple[Entry, ...]:
    entries = tuple(Entry(msgid) for msgid in template)
    return merge(Catalog(None, old), Catalog(None, entries)).catalog.entries


def test_comments_of_translators_go_with_the_translation() -> None:
    old = Entry("It's safe.", "Sicher.", translator_comments=("ask Lan", "polypage-ok: x because"))

    new, gone = updated(old, template=("It’s safe.",))

    assert new.translator_comments == (
        "ask Lan",
        "polypage-carried: only the typography of the source changed",
    )
    assert gone == replace(old, obsolete=True)


def test_an_untranslated_entry_that_goes_is_kept_for_its_comments_alone() -> None:
    old = Entry("Dose", translator_comments=("which?",), references=("a.html",)), Entry("Rest")

    assert updated(*old, template=()) == (
        Entry("Dose", translator_comments=("which?",), obsolete=True),
    )


def test_a_guess_of_a_guess_names_the_text_that_was_translated() -> None:
    first = updated(Entry("Keep it in the box.", "In der Dose."), template=("Keep it in its box.",))

    second = updated(*first, template=("Keep it in its own box.",))

    assert [entry.previous_msgid for entry in second] == ["Keep it in the box.", None]
    assert [entry.msgid for entry in second if entry.obsolete] == ["Keep it in the box."]


def test_a_text_that_returns_has_its_own_translation_again() -> None:
    first = updated(Entry("Keep it in the box.", "In der Dose."), template=("Keep it in its box.",))

    second = updated(*first, template=("Keep it in the box.",))

    assert second == (Entry("Keep it in the box.", "In der Dose."),)


def test_a_previous_text_goes_when_the_translation_is_finished() -> None:
    old = Entry("Dose", "Dosis", previous_msgid="Doses")

    assert updated(old, template=("Dose",)) == (Entry("Dose", "Dosis"),)


def test_what_changed_is_told_until_somebody_has_looked_at_it() -> None:
    told = updated(Entry("Take 5 mg.", "5 mg."), template=("Take 50 mg.",))

    looked_at = replace(told[0], flags=())

    assert told[0].extracted_comments == ("changed: Take [-5-]{+50+} mg.",)
    assert updated(*told, template=("Take 50 mg.",)) == told
    assert updated(looked_at, template=("Take 50 mg.",)) == (Entry("Take 50 mg.", "5 mg."),)


def test_what_is_told_is_the_change_since_the_text_that_was_translated() -> None:
    told = updated(Entry("Take 5 mg.", "5 mg."), template=("Take 50 mg.",))

    again = updated(*told, template=("Take 55 mg.",))

    assert again[0].extracted_comments == ("changed: Take [-5-]{+55+} mg.",)


def test_flags_of_others_stay() -> None:
    old = Entry("Dose", "Dosis", flags=("fuzzy", "max-length:40"))

    assert updated(old, template=("Dose",)) == (old,)


def test_forms_that_have_no_place_any_more_are_noted() -> None:
    old = Entry("%d day", plural="%d days", plural_msgstrs=("%d Tag", "%d Tage"))

    (new,) = updated(old, template=("%d day",))

    assert (new.msgstr, new.fuzzy) == ("%d Tag", True)
    assert new.translator_comments == ("polypage-conflict: %d Tage",)
