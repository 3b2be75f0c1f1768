from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from polypage.catalogs.catalog import Catalog, parse, serialize
from polypage.catalogs.merge import merge
from polypage.catalogs.uniting import reconcile
from polypage.model import Entry
from polypage.profiles import profile
from polypage.reuse.memory import Memory, opened
from polypage.reuse.suggestions import Suggestions
from polypage.reuse.vetting import Standards
from tests.memory.keeping import HEADER, kept


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with opened(tmp_path / "memory") as made:
        yield made


def suggestions(memory: Memory | None, compendium: tuple[Entry, ...] = ()) -> Suggestions:
    return Suggestions(
        memory,
        Catalog(HEADER, compendium),
        Standards(profile("en"), profile("vi")),
        least=75,
    )


def suggested(memory: Memory, msgid: str, context: str | None = None) -> Entry | None:
    entry = Entry(msgid, context=context, extracted_comments=("paragraph",))
    return suggestions(memory).suggested([entry]).get(entry.key)


def dose(memory: Memory, *translations: tuple[str, str]) -> None:
    memory.refresh(lambda: [kept("skin/dose", dict(translations))])


def test_the_same_text_is_suggested_with_its_origin(memory: Memory) -> None:
    dose(memory, ("Take it with food.", "Uống cùng thức ăn."))

    assert suggested(memory, "Take it with food.") == Entry(
        "Take it with food.",
        "Uống cùng thức ăn.",
        flags=("fuzzy",),
        extracted_comments=("paragraph", "suggested from skin/dose.po, 100 %"),
    )


def test_a_text_like_it_is_suggested_with_its_source(memory: Memory) -> None:
    dose(memory, ("Take it with food.", "Uống cùng thức ăn."))

    found = suggested(memory, "Take it with some food.")

    assert found
    assert found.previous_msgid == "Take it with food."
    assert found.extracted_comments[-1] == "suggested from skin/dose.po, 87 %"


def test_the_same_text_in_another_context_is_one_like_it(memory: Memory) -> None:
    home = [Entry("Home", "Trang chủ", context="menu")]
    memory.refresh(lambda: [kept("home", home)])

    found = suggested(memory, "Home")

    assert found
    assert (found.msgstr, found.previous_context, found.previous_msgid) == (
        "Trang chủ",
        "menu",
        "Home",
    )


def test_of_equal_texts_the_one_of_its_context_is_suggested(memory: Memory) -> None:
    home = [Entry("Home", "Nhà"), Entry("Home", "Trang chủ", context="menu")]
    memory.refresh(lambda: [kept("home", home)])

    menu, plain = suggested(memory, "Home", "menu"), suggested(memory, "Home")

    assert menu
    assert plain
    assert (menu.msgstr, plain.msgstr) == ("Trang chủ", "Nhà")


NOTES = [
    ("Take 5 mg.", "Uống 5 mg.", "Take 10 mg.", "Uống 10 mg.", ", with the figures of this text"),
    (
        "Take 5 mg now.",
        "Uống 5 mg ngay.",
        "Take 5 ml now.",
        "Uống 5 mg ngay.",
        ", a figure differs",
    ),
    ("Take it at night.", "Uống.", "Do not take it at night.", "Uống.", ", a negation differs"),
    ("Take it at night.", "Uống.", "Take it at noon.", "Uống.", ""),
]


@pytest.mark.parametrize(("old", "msgstr", "new", "fitted", "note"), NOTES)
def test_a_suggestion_says_what_to_look_at(
    memory: Memory, old: str, msgstr: str, new: str, fitted: str, note: str
) -> None:
    dose(memory, (old, msgstr))

    found = suggested(memory, new)

    assert found
    assert found.fuzzy
    assert found.msgstr == fitted
    assert found.extracted_comments[-1].partition(" %")[2] == note


def test_a_text_that_differs_in_figures_alone_goes_before_one_that_is_more_alike(
    memory: Memory,
) -> None:
    dose(memory, ("Take 1000 mg daily.", "Uống 1000 mg."), ("Take 5 mL daily.", "Uống 5 mL."))

    found = suggested(memory, "Take 5 mg daily.")

    assert found
    assert found.msgstr == "Uống 5 mg."


def test_a_suggestion_has_the_codes_of_its_text_or_there_is_none(memory: Memory) -> None:
    dose(memory, ("Read <a2>this</a2> now.", "Đọc <a2>bài</a2> ngay."))

    renamed, lacking = suggested(memory, "Read <a1>that</a1> now."), "Read <b>this</b> now<br/>."

    assert renamed
    assert renamed.msgstr == "Đọc <a1>bài</a1> ngay."
    assert suggested(memory, lacking) is None


WRONG = [
    ("Take 500 mg.", "Uống 5000 mg."),
    ("Never give aspirin to children.", "Cho trẻ em uống aspirin."),
    ("Do not take more than 4 g a day.", "Không uống ít hơn 4 g mỗi ngày."),
    ("Take <b>one</b> &amp; rest.", "Uống một viên rồi nghỉ."),
]


@pytest.mark.parametrize(("msgid", "msgstr"), WRONG)
def test_what_an_error_keeps_off_the_page_is_not_suggested(
    memory: Memory, msgid: str, msgstr: str
) -> None:
    dose(memory, (msgid, msgstr))

    assert suggested(memory, msgid) is None
    assert suggested(memory, msgid.replace(".", " now.")) is None


def test_the_next_best_is_suggested_instead(memory: Memory) -> None:
    wrong, right = {"Take 500 mg.": "Uống 5000 mg."}, {"Take 500 mg.": "Uống 500 mg."}
    memory.refresh(lambda: [kept("a", wrong), kept("b", wrong), kept("c", right)])

    found = suggested(memory, "Take 500 mg.")

    assert found
    assert found.msgstr == "Uống 500 mg."


def test_what_a_translator_answers_for_is_suggested(memory: Memory) -> None:
    answered = Entry(
        "Take 500 mg.",
        "Uống 5000 mg.",
        translator_comments=("polypage-ok: number-changed the tablets here are others",),
    )
    memory.refresh(lambda: [kept("a", [answered])])

    assert suggested(memory, "Take 500 mg.")


# --- in catalogs ------------------------------------------------------------------------------


def template(*msgids: str) -> Catalog:
    return Catalog(HEADER, tuple(Entry(msgid, references=("a.html",)) for msgid in msgids))


def test_new_and_empty_entries_get_suggestions_and_no_others(memory: Memory) -> None:
    dose(memory, ("Take it.", "Uống."), ("Stop.", "Dừng."), ("Roll.", "Lăn."))
    old = Catalog(HEADER, (Entry("Take it.", "Dùng nó."), Entry("Stop.")))

    merged = merge(old, template("Take it.", "Stop.", "Roll.", "?"), suggester=suggestions(memory))

    said = [(entry.msgstr, entry.fuzzy) for entry in merged.catalog.entries]
    assert said == [("Dùng nó.", False), ("Dừng.", True), ("Lăn.", True), ("", False)]
    assert (merged.fuzzy, merged.new, merged.unchanged) == (2, 1, 1)


def test_a_suggestion_stays_as_it_is_until_somebody_decides(memory: Memory) -> None:
    dose(memory, ("Take it.", "Uống."))
    page = template("Take it.")
    first = merge(None, page, suggester=suggestions(memory)).catalog
    dose(memory, ("Take it.", "Dùng nó."))

    again = merge(first, page, suggester=suggestions(memory))

    assert not again.changed
    written = serialize(again.catalog).decode()
    assert "#. suggested from skin/dose.po, 100 %\n" in written
    done = written.replace("#, fuzzy\nmsgid", "msgid")
    assert done != written
    settled = merge(parse(done.encode(), path="x.po"), page, suggester=suggestions(memory))
    (entry,) = settled.catalog.entries
    assert (entry.msgstr, entry.fuzzy, entry.extracted_comments) == ("Uống.", False, ())


def test_who_saves_something_else_meanwhile_is_not_said_to_have_it_from_there(
    memory: Memory,
) -> None:
    dose(memory, ("Take it.", "Uống."))
    base = merge(None, template("Take it.")).catalog
    ours = merge(base, template("Take it."), suggester=suggestions(memory)).catalog
    theirs = Catalog(base.header, (Entry("Take it.", "Dùng nó."),))

    (entry,) = reconcile(base, ours, theirs).entries

    assert (entry.msgstr, entry.extracted_comments) == ("Dùng nó.", ())


def test_an_edited_text_gets_its_own_translation_before_others(memory: Memory) -> None:
    dose(memory, ("Take it twice daily, please.", "Của bài khác."))
    old = Catalog(HEADER, (Entry("Take it twice daily.", "Của bài này."),))
    page = template("Take it twice daily, please.")

    merged = merge(old, page, suggester=suggestions(memory)).catalog

    assert merged.live[0].msgstr == "Của bài này."


# --- the compendium ---------------------------------------------------------------------------

APPROVED = (
    Entry("Take it.", "Uống thuốc."),
    Entry("Stop.", "Ngừng.", flags=("fuzzy",)),
    Entry("Roll.", "Lăn.", context="menu"),
)


def test_the_compendium_translates_new_and_empty_entries_for_good() -> None:
    old = Catalog(HEADER, (Entry("Take it."),))
    page = template("Take it.", "Stop.", "Roll.")

    merged = merge(old, page, suggester=suggestions(None, APPROVED)).catalog

    take, stop, roll = merged.entries
    assert (take.msgstr, take.usable) == ("Uống thuốc.", True)
    assert take.translator_comments == ("polypage-carried: from the compendium",)
    assert not stop.translated
    assert not roll.translated
    assert not merge(merged, page, suggester=suggestions(None, APPROVED)).changed


@pytest.mark.parametrize("flags", [(), ("fuzzy",)])
def test_the_compendium_leaves_what_people_wrote(flags: tuple[str, ...]) -> None:
    old = Catalog(HEADER, (Entry("Take it.", "Dùng nó.", flags=flags),))

    merged = merge(old, template("Take it."), suggester=suggestions(None, APPROVED)).catalog

    assert merged.entries[0].msgstr == "Dùng nó."


def test_the_compendium_goes_before_guesses(memory: Memory) -> None:
    dose(memory, ("Take it.", "Dùng nó."))
    old = Catalog(HEADER, (Entry("Take it, please.", "Xin dùng nó."),))

    merged = merge(old, template("Take it."), suggester=suggestions(memory, APPROVED)).catalog

    assert (merged.live[0].msgstr, merged.live[0].fuzzy) == ("Uống thuốc.", False)
    assert [entry.msgstr for entry in merged.obsolete] == ["Xin dùng nó."]
