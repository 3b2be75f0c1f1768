"""What comes back changes what a translator changed, and loses nothing that others did meanwhile."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polypage.catalogs.catalog import Catalog, serialize
from polypage.catalogs.merge import merge
from polypage.exchange.bundle import pack
from polypage.exchange.taking import add, take
from polypage.model import Entry
from tests.catalog.strategies import catalogs
from tests.exchange.files import PATH, bundle_of, catalog, edited, read, says, written

REST = '#. heading level 1\nmsgid "Rest"\nmsgstr "Nghỉ"\n'
OPEN = 'msgid "Drink"\nmsgstr ""\n'
GUESS = '# see the leaflet\n#, fuzzy\n#| msgid "Eat"\nmsgid "Eat well"\nmsgstr "Ăn"\n'
OLD = '#~ msgid "Gone"\n#~ msgstr "Rồi"\n'
WHOLE = f"{REST}\n{OPEN}\n{GUESS}\n{OLD}"


def entry_of(made: Catalog, msgid: str) -> Entry:
    (entry,) = (each for each in made.entries if each.msgid == msgid)
    return entry


@given(made=catalogs())
def test_what_nobody_touched_changes_nothing(made: Catalog) -> None:
    taken = take(made, bundle_of(made), path="dose.xlf")

    assert taken.catalog == made
    assert not taken.keys
    assert not taken.findings


@given(now=catalogs(), then=catalogs())
def test_what_nobody_touched_changes_no_other_catalog_either(now: Catalog, then: Catalog) -> None:
    assert take(now, bundle_of(then), path="dose.xlf").catalog == now


@given(made=catalogs(), data=st.data())
def test_only_what_was_edited_changes(made: Catalog, data: st.DataObject) -> None:
    plain = [entry for entry in made.entries if entry.plural is None]
    if not plain:
        return
    chosen = data.draw(st.sampled_from(plain))
    bundle = bundle_of(made)
    units = tuple(
        replace(unit, entry=replace(unit.entry, msgstr="Khác", flags=()))
        if unit.entry.key == chosen.key
        else unit
        for unit in bundle.units
    )

    taken = take(made, replace(bundle, units=units), path="dose.xlf")

    before = {entry.key: entry for entry in made.entries}
    after = {entry.key: entry for entry in taken.catalog.entries}
    assert list(before) == list(after)
    assert {key for key in before if before[key] != after[key]} <= {chosen.key}
    assert after[chosen.key].msgstr == "Khác"
    assert not after[chosen.key].fuzzy


def test_a_translation_comes_in_and_the_rest_keeps_its_bytes() -> None:
    made = catalog(WHOLE)
    back = edited(bundle_of(made), {"Drink": says("Uống")})

    taken = take(made, back, path="dose.xlf")

    before, after = serialize(made).decode(), serialize(taken.catalog).decode()
    assert after == before.replace('"Drink"\nmsgstr ""', '"Drink"\nmsgstr "Uống"')


def test_a_fuzzy_translation_that_was_confirmed_forgets_its_previous_text() -> None:
    made = catalog(WHOLE)
    back = edited(bundle_of(made), {"Eat well": says("Ăn ngon")})

    taken = take(made, back, path="dose.xlf")

    entry = entry_of(taken.catalog, "Eat well")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Ăn ngon", False, None)
    assert entry.translator_comments == ("see the leaflet",)


def test_a_comment_comes_in() -> None:
    made = catalog(WHOLE)

    def comment(entry: Entry) -> Entry:
        return replace(entry, translator_comments=("with water",))

    taken = take(made, edited(bundle_of(made), {"Drink": comment}), path="dose.xlf")

    assert entry_of(taken.catalog, "Drink").translator_comments == ("with water",)


NOTED = (
    "# asked twice: 5 is right\n# polypage-ok: number-changed\n# polypage-conflict: Ngủ\n"
    'msgid "Rest"\nmsgstr "Nghỉ"\n'
)
COMMENTS = ("asked twice: 5 is right", "polypage-ok: number-changed", "polypage-conflict: Ngủ")


@pytest.mark.parametrize("words", ["Nghỉ", "Hãy nghỉ"])
@pytest.mark.parametrize("kept", [(), COMMENTS[:1], COMMENTS[1:]])
def test_a_comment_that_is_gone_from_the_file_stays(kept: tuple[str, ...], words: str) -> None:
    made = catalog(NOTED)

    def drop(entry: Entry) -> Entry:
        return replace(entry, msgstr=words, translator_comments=kept)

    taken = take(made, edited(bundle_of(made), {"Rest": drop}), path="dose.xlf")

    (entry,) = taken.catalog.entries
    assert (entry.msgstr, entry.translator_comments) == (words, COMMENTS)
    assert not taken.findings


@pytest.mark.parametrize("form", ["xliff", "xliff-1.2"])
def test_a_tool_that_drops_all_notes_costs_no_comment(form: str) -> None:
    made = catalog(NOTED)
    back = re.sub(
        r"\s*(<notes>.*</notes>|<note .*</note>)", "", written(made, form), flags=re.DOTALL
    )
    assert COMMENTS[0] not in back

    taken = take(made, read(back, form), path="dose.xlf")

    assert taken.catalog == made
    assert not taken.keys
    assert not taken.findings


def test_a_comment_comes_in_beside_those_that_are_there() -> None:
    made = catalog(NOTED)

    def edit(entry: Entry) -> Entry:
        return replace(entry, translator_comments=("with water", COMMENTS[1]))

    taken = take(made, edited(bundle_of(made), {"Rest": edit}), path="dose.xlf")

    assert set(entry_of(taken.catalog, "Rest").translator_comments) == {*COMMENTS, "with water"}


def test_a_comment_that_was_deleted_in_the_catalog_stays_deleted() -> None:
    then, now = catalog(NOTED), catalog(NOTED.replace("# polypage-conflict: Ngủ\n", ""))

    taken = take(now, edited(bundle_of(then), {"Rest": says("Hãy nghỉ")}), path="dose.xlf")

    entry = entry_of(taken.catalog, "Rest")
    assert (entry.msgstr, entry.translator_comments) == ("Hãy nghỉ", COMMENTS[:2])


def test_no_text_is_missed_for_comments_that_a_file_has_not() -> None:
    now, then = catalog(OPEN), catalog(NOTED)

    def drop(entry: Entry) -> Entry:
        return replace(entry, translator_comments=())

    taken = take(now, edited(bundle_of(then), {"Rest": drop}), path="dose.xlf")

    assert not taken.findings


def test_a_translation_that_is_gone_from_the_file_stays() -> None:
    made = catalog(WHOLE)

    taken = take(made, edited(bundle_of(made), {"Rest": says("")}), path="dose.xlf")

    assert taken.catalog == made
    assert [finding.code for finding in taken.findings] == ["exchange-emptied"]


# --- the catalog went on meanwhile ------------------------------------------------------------


def test_what_others_did_in_the_catalog_stays() -> None:
    then, now = catalog(WHOLE), catalog(WHOLE.replace("Nghỉ", "Nghỉ ngơi"))
    back = edited(bundle_of(then), {"Drink": says("Uống")})

    taken = take(now, back, path="dose.xlf")

    assert entry_of(taken.catalog, "Rest").msgstr == "Nghỉ ngơi"
    assert entry_of(taken.catalog, "Drink").msgstr == "Uống"
    assert not taken.findings


def test_of_two_finished_translations_the_newer_in_the_catalog_stands() -> None:
    then, now = catalog(WHOLE), catalog(WHOLE.replace("Nghỉ", "Nghỉ ngơi"))
    back = edited(bundle_of(then), {"Rest": says("Hãy nghỉ")})

    taken = take(now, back, path="dose.xlf")

    entry = entry_of(taken.catalog, "Rest")
    assert entry.msgstr == "Nghỉ ngơi"
    assert entry.translator_comments == ("polypage-conflict: Hãy nghỉ",)
    assert taken.conflicts == 1
    assert [finding.code for finding in taken.findings] == ["exchange-conflict"]
    assert "the catalog's translation stands" in taken.findings[0].message


def test_a_finished_translation_beats_a_guess_in_the_catalog() -> None:
    then = catalog(WHOLE)
    now = catalog(WHOLE.replace('msgstr "Ăn"', 'msgstr "Xơi"'))
    back = edited(bundle_of(then), {"Eat well": says("Ăn ngon")})

    taken = take(now, back, path="dose.xlf")

    entry = entry_of(taken.catalog, "Eat well")
    assert (entry.msgstr, entry.fuzzy) == ("Ăn ngon", False)
    assert "polypage-conflict: Xơi" in entry.translator_comments
    assert "the file's translation stands" in taken.findings[0].message


def test_a_file_that_does_not_say_what_went_out_beats_nothing_finished() -> None:
    made = catalog(WHOLE)
    units = tuple(replace(unit, base="", noted="") for unit in bundle_of(made).units)
    back = edited(
        replace(bundle_of(made), units=units), {"Rest": says("Hãy nghỉ"), "Drink": says("Uống")}
    )

    taken = take(made, back, path="dose.xlf")

    assert entry_of(taken.catalog, "Rest").msgstr == "Nghỉ"
    assert entry_of(taken.catalog, "Drink").msgstr == "Uống"
    assert [finding.code for finding in taken.findings] == ["exchange-conflict"]


def updated(made: Catalog, template: str) -> Catalog:
    return merge(made, catalog(template)).catalog


def test_only_markup_of_the_source_changed_and_the_words_are_carried_over() -> None:
    then = catalog('msgid "Rest <b>well</b>."\nmsgstr "Nghỉ <b>đi</b>."\n')
    now = updated(then, 'msgid "Rest <em>well</em>."\nmsgstr ""\n')
    back = edited(bundle_of(then), {"Rest <b>well</b>.": says("Hãy nghỉ <b>nhé</b>.")})

    taken = take(now, back, path="dose.xlf")

    entry = entry_of(taken.catalog, "Rest <em>well</em>.")
    assert (entry.msgstr, entry.fuzzy) == ("Hãy nghỉ <em>nhé</em>.", False)
    assert not taken.findings


def test_words_of_the_source_changed_and_the_translation_is_taken_as_fuzzy() -> None:
    then = catalog('msgid "Rest for 5 minutes."\nmsgstr "Nghỉ 5 phút."\n')
    now = updated(then, 'msgid "Rest for 50 minutes."\nmsgstr ""\n')
    back = edited(bundle_of(then), {"Rest for 5 minutes.": says("Hãy nghỉ 5 phút.")})

    taken = take(now, back, path="dose.xlf")

    entry = entry_of(taken.catalog, "Rest for 50 minutes.")
    assert (entry.msgstr, entry.fuzzy) == ("Hãy nghỉ 5 phút.", True)
    assert entry.previous_msgid == "Rest for 5 minutes."
    assert [finding.code for finding in taken.findings] == ["exchange-source-changed"]


def test_a_translation_of_a_text_that_nobody_knows_is_not_taken() -> None:
    then, now = catalog(WHOLE), catalog(OPEN)
    back = edited(bundle_of(then), {"Rest": says("Hãy nghỉ")})

    taken = take(now, back, path="dose.xlf")

    assert taken.catalog == now
    assert taken.left == 1
    assert [finding.code for finding in taken.findings] == ["exchange-source-gone"]


def test_a_text_that_left_the_article_keeps_its_new_words_for_when_it_returns() -> None:
    then = catalog(WHOLE)
    now = updated(then, OPEN)
    back = edited(bundle_of(then), {"Rest": says("Hãy nghỉ")})

    taken = take(now, back, path="dose.xlf")

    entry = entry_of(taken.catalog, "Rest")
    assert (entry.obsolete, entry.msgstr) == (True, "Hãy nghỉ")
    assert [finding.code for finding in taken.findings] == ["exchange-obsolete"]
    assert taken.left == 0


# --- memories ---------------------------------------------------------------------------------


def test_a_memory_adds_what_is_missing_and_changes_nothing() -> None:
    now = catalog(REST)
    memory = pack(catalog(WHOLE.replace("Nghỉ", "Hãy nghỉ")), path=PATH, source="en", target="vi")
    units = tuple(unit for unit in memory.units if unit.entry.usable)

    added = add(now, replace(memory, units=(*units, units[0])), path="in/agency.tmx")

    assert added.catalog == now
    assert added.conflicts == 2
    assert {finding.code for finding in added.findings} == {"exchange-otherwise"}


@pytest.mark.parametrize("msgstr", ["Uống", "Uống <b>nước</b>"])
def test_an_entry_of_a_memory_says_where_it_comes_from(msgstr: str) -> None:
    memory = bundle_of(catalog(f'msgid "Drink"\nmsgstr "{msgstr}"\n'))

    added = add(catalog(REST), memory, path="in/agency.tmx")

    entry = entry_of(added.catalog, "Drink")
    assert (entry.msgstr, entry.translator_comments) == (msgstr, ("from agency.tmx",))
